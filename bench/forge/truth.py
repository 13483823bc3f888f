"""What a careful reader would say of a file: facts, chapters and blocks, from the pieces that stand on its sheet.

This states docs/reading-rules.md a second time, and knows nothing of the reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.forge.pieces import HEADER, STORY, Piece
from bench.forge.sheet import Sheet


class Expected(NamedTuple):
    """A block as it should come back. `also` are other kinds that are right too; `free` is not scored."""

    kind: str
    text: str
    stressed: tuple[str, ...] = ()  # the texts of its stressed runs
    also: frozenset[str] = frozenset()
    free: bool = False


class ExpectedChapter(NamedTuple):
    number: int | None
    title: str | None
    blocks: tuple[Expected, ...]


@dataclass(slots=True)
class Truth:
    """All that should come back of one file."""

    facts: dict[str, list[str | bool]]  # stated
    works: list[list[ExpectedChapter]]
    so: dict[str, list[str]]  # what is so, whether stated or not: inferred facts are held against it
    free: set[str] = field(default_factory=set)  # names of facts that are not scored
    same: dict[tuple[str, str], str] = field(
        default_factory=dict
    )  # (fact, another form of a value) → the form in `facts`

    def as_data(self) -> dict[str, Any]:
        return {
            "facts": self.facts,
            "works": [
                [
                    {
                        "number": chapter.number,
                        "title": chapter.title,
                        "blocks": [
                            [block.kind, block.text] + (["free"] if block.free else []) for block in chapter.blocks
                        ],
                    }
                    for chapter in work
                ]
                for work in self.works
            ],
            "so": self.so,
            "free": sorted(self.free),
        }


def truth_of(sheet: Sheet) -> Truth:
    """The truth of a sheet: header lines are facts, headings open chapters, edge ornaments part nothing."""
    facts: dict[str, list[str | bool]] = {}
    stated = [*sheet.facts, *(fact for one in sheet.pieces for fact in one.states)]
    for name, value in stated:
        if value not in facts.setdefault(name, []):
            facts[name].append(value)
    if len(facts.get("complete", ())) > 1:
        del facts["complete"]  # words that say both give none
    same = dict(sheet.same)
    for name in facts.get("author", ()):
        same["author", str(name).strip("~* ")] = str(name)  # with or without the ornament around it
    works: list[list[Piece]] = [[]]
    for one in sheet.pieces:
        if one.opens:
            works.append([])
        works[-1].append(one)
    return Truth(facts, [_chapters(pieces, sheet) for pieces in works], sheet.so, set(sheet.free), same)


def _chapters(pieces: list[Piece], sheet: Sheet) -> list[ExpectedChapter]:
    groups: list[list[Piece]] = [[]]
    for one in pieces:
        if one.kind in HEADER:
            continue
        told = [other for other in groups[-1] if other.kind in STORY or other.kind == "end"]
        opened = any(other.kind == "heading" for other in groups[-1])
        last = groups[-1][-1].kind if groups[-1] else ""
        parted = one.kind == "heading" and (told or (opened and last not in ("heading", "break")))
        if one.page and groups[-1] and one.kind != "heading" and told:
            parted = True
        if parted:
            groups.append([])
        groups[-1].append(one)
    made = [_chapter(group, sheet) for group in groups if group]
    if len(made) == 1 and made[0].number is None and sheet.part is not None:
        made[0] = made[0]._replace(number=sheet.part)
    return made


def _chapter(group: list[Piece], sheet: Sheet) -> ExpectedChapter:
    headings = [one for one in group if one.kind == "heading"]
    number = next((one.number for one in headings if one.number is not None), None)
    title = next((one.title for one in headings if one.title), None)
    blocks: list[Expected] = []
    pending: list[Expected] = []  # breaks since the last piece of story
    has_story = False
    for place, one in enumerate(group):
        block = _expected(one, sheet)
        if one.kind == "break":
            pending.append(block)
            continue
        if one.kind in STORY and has_story and pending:
            blocks.append(pending[0])
        elif one.kind == "note" and pending and has_story:
            later = group[place + 1 :]
            if any(other.kind in STORY for other in later):
                blocks.append(pending[0])
                has_story = False
        if one.kind in STORY:
            has_story = True
        if one.kind in STORY or one.kind == "note":
            pending = []
        blocks.append(block)
    return ExpectedChapter(number, title, tuple(blocks))


def _expected(one: Piece, sheet: Sheet) -> Expected:
    stressed = tuple(run.text for run in one.runs if run.mark == "em") if sheet.stressed else ()
    return Expected(one.kind, one.text, stressed, one.also, one.free)


def as_blocks(truth: Truth) -> list[Expected]:
    return [block for work in truth.works for chapter in work for block in chapter.blocks]
