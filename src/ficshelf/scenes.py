"""Scenes: what stands between two breaks of a chapter. Pages, books and the search index give them the same anchors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ficshelf.model import Block


class Scene(NamedTuple):
    """A run of blocks without a break. `number` counts from 1 within its chapter; `start` is the index of its first
    block among the chapter's blocks, so that a page can set the anchor there while it writes every block in turn."""

    number: int
    start: int
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        """Its id in a page: `/works/<id>/chapters/<position>#scene-<number>`."""
        return f"scene-{self.number}"


def scenes(blocks: Sequence[Block]) -> tuple[Scene, ...]:
    """Cut a chapter's blocks at its breaks. Breaks at the edges, or several together, make no empty scenes; a chapter
    without a block but breaks has one empty scene, so that every chapter has a scene 1 to point at."""
    cut: list[Scene] = []
    start = 0
    for index in range(len(blocks) + 1):
        if index == len(blocks) or blocks[index].kind == "break":
            if index > start:
                cut.append(Scene(len(cut) + 1, start, tuple(blocks[start:index])))
            start = index + 1
    return tuple(cut) or (Scene(1, 0, ()),)
