"""Weights fitted to examples: logistic regression, for two answers and for several.

What is fitted here is written into a .toml beside the rule that weighs by it; ficshelf itself only adds numbers up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_STEPS = 60
_SMALL = 1e-9
_ENOUGH = 1e-2  # of a step, where weights are written with two decimals
_CLOSE = 1e-7  # of a step that changes nothing any more

Numbers = NDArray[np.float64]


class Weights(NamedTuple):
    """The weights of some signs, and what there is without any."""

    each: tuple[float, ...]
    base: float


def yes_or_no(
    rows: Sequence[Sequence[float]], answers: Sequence[float], counts: Sequence[float], ridge: float
) -> Weights:
    """The weights by which rows of signs tell yes (1.0) from no (0.0), each row counted as often as `counts` says.

    `ridge` holds the weights small, in units of each sign's spread. By Newton's steps.
    """
    signs, middle, spread = _even(rows)
    right, often = np.asarray(answers, float), np.asarray(counts, float)
    weights = np.zeros(signs.shape[1])
    held = np.full(signs.shape[1], ridge)
    held[-1] = 0.0
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-np.clip(signs @ weights, -20, 20)))
        slope = signs.T @ (often * (right - sure)) - held * weights
        curve = (signs.T * (often * sure * (1 - sure) + _SMALL)) @ signs + np.diag(held)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return _uneven(weights, middle, spread)


def of_words(rows: NDArray[np.float32], answers: NDArray[np.float32], ridge: float) -> list[float]:
    """The weights of very many signs by which yes is told from no, as `yes_or_no`, but that `ridge` holds them small in
    units of the signs themselves: a rare word is to weigh little. The last sign, which every row has, is not held."""
    weights = np.zeros(rows.shape[1], np.float32)
    held = np.full(rows.shape[1], ridge, np.float32)
    held[-1] = 0.0
    for _ in range(_STEPS):
        sure = 1 / (1 + np.exp(-np.clip(rows @ weights, -20, 20)))
        slope = rows.T @ (answers - sure) - held * weights
        curve = (rows.T * (sure * (1 - sure))) @ rows + np.diag(held)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _ENOUGH:
            break
    return list(map(float, weights))


def one_of(
    rows: Sequence[Sequence[float]], answers: Sequence[int], counts: Sequence[float], ridge: float, kinds: int
) -> list[Weights]:
    """The weights of each of several kinds, as `yes_or_no`; the heaviest kind is the likeliest. `answers` are the
    kinds' numbers from 0 on. By Newton's steps with a bound on the curve, the same for every step (Böhning 1992)."""
    signs, middle, spread = _even(rows)
    often = np.asarray(counts, float)
    right = np.eye(kinds)[np.asarray(answers)]
    weights = np.zeros((signs.shape[1], kinds))
    held = np.full(signs.shape[1], ridge)
    held[-1] = _SMALL
    curve = 0.5 * (signs.T * often) @ signs + np.diag(held)
    for _ in range(_STEPS * 20):
        logits = signs @ weights
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        slope = signs.T @ (often[:, None] * (right - chances)) - held[:, None] * weights
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < _CLOSE * 100:
            break
    return [_uneven(weights[:, kind], middle, spread) for kind in range(kinds)]


def which_of(
    rows: Sequence[Sequence[Sequence[float]]], answers: Sequence[int], counts: Sequence[float], ridge: float
) -> tuple[float, ...]:
    """The weights by which one of several choices is the best: of each example the signs of all its choices, and the
    number of the right one. How likely a choice is follows from what its signs weigh (McFadden's conditional logit).
    `ridge` holds the weights small, in units of the signs themselves. By Newton's steps, each halved until it helps."""
    first = np.cumsum([0, *map(len, rows)])[:-1]
    signs = np.vstack([np.asarray(choices, float) for choices in rows])
    of = np.repeat(np.arange(len(rows)), [len(choices) for choices in rows])
    right, often = first + np.asarray(answers), np.asarray(counts, float)
    weights = np.zeros(signs.shape[1])

    def likely(weights: Numbers) -> tuple[Numbers, float]:
        said = signs @ weights
        most = np.maximum.reduceat(said, first)
        each = np.exp(said - most[of])
        whole = np.add.reduceat(each, first)
        fits = float((often * (said[right] - most - np.log(whole))).sum() - ridge / 2 * (weights @ weights))
        return each / whole[of], fits

    chances, fits = likely(weights)
    for _ in range(_STEPS):
        middle = np.add.reduceat(signs * chances[:, None], first)
        slope = (often[:, None] * (signs[right] - middle)).sum(axis=0) - ridge * weights
        curve = (signs.T * (chances * often[of])) @ signs - (middle.T * often) @ middle + ridge * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        tried, better = likely(weights + step)
        while better < fits and float(np.abs(step).max()) > _CLOSE:
            step = step / 2
            tried, better = likely(weights + step)
        if better - fits < _CLOSE * 100:
            break
        weights, chances, fits = weights + step, tried, better
    return tuple(map(float, weights))


def _even(rows: Sequence[Sequence[float]]) -> tuple[Numbers, Numbers, Numbers]:
    """The rows with every sign around 0 and equally spread, and a column of ones; the middles and the spreads."""
    signs = np.asarray(rows, float)
    middle, spread = signs.mean(axis=0), signs.std(axis=0)
    spread[spread < _SMALL] = 1.0
    return np.hstack([(signs - middle) / spread, np.ones((len(signs), 1))]), middle, spread


def _uneven(weights: Numbers, middle: Numbers, spread: Numbers) -> Weights:
    each = weights[:-1] / spread
    return Weights(tuple(map(float, each)), float(weights[-1] - each @ middle))
