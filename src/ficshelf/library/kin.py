"""What the other works of a library tell of one that states no fandom. Asked for when the work is looked at and kept
nowhere, so that it is always what the library tells now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from ficshelf import model
from ficshelf.guesses import mentions, shelves
from ficshelf.library.blocks import unpack
from ficshelf.library.models import Chapter, WorkTag
from ficshelf.words import COUNTED

_CHAPTERS = 3  # that are looked at
_MOST = 5_000  # characters of other works that are looked at


def with_fandom(pk: int, facts: model.Facts) -> model.Facts:
    """The facts of a work; where they hold no fandom, with the one that the library's other works tell."""
    if facts.get("fandom"):
        return facts
    packed = Chapter.objects.filter(work=pk).order_by("position").values_list("blocks", flat=True)[:_CHAPTERS]
    texts = [block.text for blocks in packed for block in unpack(blocks) if block.kind in COUNTED]
    named = mentions.of(mentions.sample(texts))
    found = shelves.guess(named, _table(shelves.asked(named)))
    return {**facts, "fandom": (found,)} if found else facts


def _table(names: Iterable[str]) -> shelves.Table:
    """Characters that works state, by the names that a story has of them, with the fandoms that those works state."""
    asked = set(names)
    if not asked:
        return {}
    called = Q(tag__fold__in=asked)
    for name in asked:
        if " " not in name:
            called |= Q(tag__fold__startswith=f"{name} ")
    rows = WorkTag.objects.exclude(how=model.INFERRED).filter(work__visibility="")  # what is hidden tells nothing
    people = list(rows.filter(called, tag__kind="character").values_list("work", "tag__name", "tag__fold")[:_MOST])
    fandoms: dict[int, list[str]] = {}
    works = list({work for work, _, _ in people})
    for work, fandom in rows.filter(work__in=works, tag__kind="fandom").values_list("work", "tag__name"):
        fandoms.setdefault(work, []).append(fandom)
    table: dict[str, dict[str, str]] = {}
    for work, who, fold in sorted(people):
        if len(fandoms.get(work, ())) != 1:
            continue  # a work of two fandoms does not say whose people they are
        for name in {fold, fold.split()[0]} & asked:
            table.setdefault(name, {}).setdefault(fandoms[work][0], who)
    return table
