"""Weights are fitted to what they were made from."""

import random

import numpy as np
from bench import fitting

DICE = random.Random(7)


def _sum(weights: fitting.Weights, row: list[float]) -> float:
    return weights.base + sum(map(float.__mul__, weights.each, row))


def test_yes_is_told_from_no() -> None:
    rows = [[DICE.random(), DICE.random()] for _ in range(400)]
    answers = [float(one > other) for one, other in rows]
    weights = fitting.yes_or_no(rows, answers, [1.0] * len(rows), 0.1)
    assert weights.each[0] > 0 > weights.each[1]
    right = sum((_sum(weights, row) > 0) == bool(answer) for row, answer in zip(rows, answers, strict=True))
    assert right > 0.97 * len(rows)


def test_a_sign_that_never_changes_weighs_nothing() -> None:
    rows = [[1.0, float(number % 2)] for number in range(50)]
    weights = fitting.yes_or_no(rows, [row[1] for row in rows], [1.0] * len(rows), 0.1)
    assert weights.each[0] == 0.0


def test_rows_that_count_for_nothing_teach_nothing() -> None:
    rows = [[float(number % 2)] for number in range(60)]
    answers = [row[0] if number < 30 else 1 - row[0] for number, row in enumerate(rows)]
    counts = [1.0] * 30 + [0.0] * 30
    assert fitting.yes_or_no(rows, answers, counts, 0.1).each[0] > 1


def test_words_weigh_by_whose_lines_they_are_in_and_rare_ones_little() -> None:
    lines = [
        (number % 2, number == 0, number % 3 == 0) for number in range(300)
    ]  # the author's, the rare, a common one
    rows = np.array([[author, rare, common, 1] for author, rare, common in lines], np.float32)
    answers = np.array([1 - author for author, _, _ in lines], np.float32)
    author, rare, common, _ = fitting.of_words(rows, answers, 0.25)
    assert author < -3
    assert abs(common) < 1
    assert abs(rare) < abs(author) / 3


def test_one_of_three_kinds_is_the_heaviest() -> None:
    middles = ((0.0, 0.0), (3.0, 0.0), (0.0, 3.0))
    answers = [number % 3 for number in range(600)]
    rows = [[DICE.gauss(mid, 0.5) for mid in middles[kind]] for kind in answers]
    weights = fitting.one_of(rows, answers, [1.0] * len(rows), 0.1, 3)
    heaviest = [max(range(3), key=lambda kind, row=row: _sum(weights[kind], row)) for row in rows]
    assert sum(map(int.__eq__, heaviest, answers)) > 0.97 * len(rows)
