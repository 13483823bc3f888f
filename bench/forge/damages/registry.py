"""What a damage is, and the list of them all."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bench.forge.job import Job

STAGES = ("form", "sheet", "letters", "lines", "markup", "file", "bytes")  # in the order in which damages are done
TEXT, MARKUP, DOCUMENT = frozenset({"text"}), frozenset({"markup"}), frozenset({"document"})
CODED = TEXT | MARKUP  # files whose letters may be written in any encoding
TYPED = CODED | DOCUMENT  # files that somebody typed, headings and all
ALL = TYPED | {"package", "markdown"}


class Damage(NamedTuple):
    """One kind of damage. `apply(job, rng)` does it and says whether anything changed.

    `stage` says what it works on: the form of what is typed, the pieces of the sheet, all their letters, the lines of
    a text, the elements of a page, the whole file
    as text, or its bytes. `on` are the families of layouts it befalls. Of those with the same `slot` a file has one.
    """

    name: str
    stage: str
    apply: Callable[[Job, random.Random], bool]
    on: frozenset[str]
    slot: str
    layouts: frozenset[str]
    weight: float


DAMAGES: dict[str, Damage] = {}
Apply = Callable[["Job", random.Random], bool]


def damage(
    stage: str, *, on: frozenset[str] = ALL, slot: str = "", layouts: tuple[str, ...] = (), weight: float = 1
) -> Callable[[Apply], Apply]:
    """Register a damage under its function's name, blanks for underscores."""

    def register(apply: Apply) -> Apply:
        name = apply.__name__.replace("_", " ")
        assert name not in DAMAGES
        assert stage in STAGES
        DAMAGES[name] = Damage(name, stage, apply, on, slot, frozenset(layouts), weight)
        return apply

    return register
