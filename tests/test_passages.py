"""Passages: small stretches of stories with what each line is, readable as prose (`tests/passages/*.md`).

A passage is a title and a block of lines. Before the bar stands what the line begins: a kind of block by its short
name (`SHORT` below), or `"` where it goes on with the block above it; `a|b` is either kind. A fact may be named:
`title`, `author|title` where it states both. Behind the bar stands the text as it is typed. A fence that says
`above a story` sets the passage on top of paragraphs of prose. One that says `in a story` sets it between them, and it
must read the same in each of the layouts that people saved stories in: lines of any length, and lines cut at a width
(or in the first alone, where the fence says `with long lines`).
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

from ficshelf.model import Block, Reading
from ficshelf.reading import read

PASSAGES = Path(__file__).parent / "passages"
SHORT = {"para": "paragraph", "head": "heading", "break": "break", "verse": "verse", "quote": "quote", "note": "note",
         "list": "list", "end": "end", "chrome": "chrome", "fact": "fact", "image": "image"}  # fmt: skip
FACTS = frozenset(("title", "author", "rating", "fandom"))
BEFORE = (
    "The tide had gone out as far as it ever went, and Ottoline walked along the edge of it, shoes in her hand.",
    "Nobody else was up. The lamps of the harbour were still lit, though the sky behind them had turned the colour of "
    "milk, and a dog that belonged to no one sat on the steps of the chandler's and watched her come.",
    '"You again," said Ottoline. The dog said nothing, as it had said nothing the day before.',
    "She counted the boats. There ought to have been eleven, and there were ten; she counted them again from the other "
    "end, to be sure of it, and there were ten.",
    '"Then he has gone," she said, "and he has gone without the map."',
    "It took her the whole length of the mole to decide what she felt about that.",
)
AFTER = (
    "By the time the bells rang she was back at the house, and the fire was lit, and the kettle was on the hook.",
    '"Was he there?" said Barnaby from the stairs. He had on one sock, and he was looking for the other.',
    '"No," said Ottoline. "Eat something. We have a long way to go, and I do not mean to listen to your stomach."',
    "He ate standing up, as he always did when something was the matter, and he did not ask her what it was until the "
    "bread was gone and there was nothing left on the table but the crumbs and the knife.",
    "Then she told him all of it, from the beginning, and it took until noon.",
)
WIDTH = 68
LINE = re.compile(r"""(?P<kinds>(?:"|[a-z]+)(?:\|(?:"|[a-z]+))*)?\s*\| ?(?P<text>.*)""")


class Line(NamedTuple):
    kinds: str  # "" for a blank line, '"' for one that goes on
    text: str


class Passage(NamedTuple):
    name: str
    layouts: tuple[str, ...]
    in_a_story: bool
    above_a_story: bool
    lines: tuple[Line, ...]


def passages() -> list[Passage]:
    found = []
    for path in sorted(PASSAGES.glob("*.md")):
        for part in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name = part.partition("\n")[0].strip()
            for fence, body in re.findall(r"^```([^\n]*)\n(.*?)^```$", part, flags=re.MULTILINE | re.DOTALL):
                lines = [line_of(line) for line in body.removesuffix("\n").split("\n")]
                in_a_story, above_a_story = fence.startswith("in a story"), fence == "above a story"
                layouts = ("long", "cut") if fence == "in a story" else ("long",)
                found.append(Passage(f"{path.stem}: {name}", layouts, in_a_story, above_a_story, tuple(lines)))
    return found


def line_of(line: str) -> Line:
    found = LINE.fullmatch(line)
    assert found, line
    return Line((found["kinds"] or "").strip(), found["text"])


def dressed(passage: Passage, layout: str) -> tuple[str, list[tuple[int, Line]]]:
    """The whole text, and where in it each line of the passage begins."""
    pieces: list[str] = []
    places: list[tuple[int, Line]] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        cut = "\n".join(textwrap.wrap(text, WIDTH)) if layout == "cut" and len(text) > WIDTH else text
        pieces.append(cut + "\n")
        length += len(cut) + 1

    for text in BEFORE if passage.in_a_story else ():
        add(text)
        add("")
    for line in passage.lines:
        if line.kinds:
            places.append((length + len(line.text) - len(line.text.lstrip()), line))
        add(line.text)
    for text in (*BEFORE, *AFTER) if passage.above_a_story else AFTER if passage.in_a_story else ():
        add("")
        add(text)
    return "".join(pieces), places


def kind_at(reading: Reading, place: int) -> tuple[str, Block | None]:
    """What stands at a place of the text, and the block it lies in."""
    for work in reading.works:
        for chapter in work.chapters:
            for block in chapter.blocks:
                if any(start <= place < end for start, end in block.spans):
                    return block.kind, block
        for facts in work.facts.values():
            if any(start <= place < end for fact in facts if fact.how == "stated" for start, end in fact.spans):
                return "fact", None
    if any(start <= place < end for (start, end), _ in reading.sources[0].chrome):
        return "chrome", None
    return "nothing", None


def states(reading: Reading, name: str, place: int, said: str) -> bool:
    """Whether a fact of this name is stated there, by words of that line."""
    facts = [fact for work in reading.works for fact in work.facts.get(name, ())]
    return any(
        fact.how == "stated" and str(fact.value) in said and any(start <= place < end for start, end in fact.spans)
        for fact in facts
    )


def read_lines(passage: Passage, layout: str) -> list[str]:
    """How the passage is read, in the form that it is written in."""
    text, places = dressed(passage, layout)
    reading = read([(text.encode(), "story.txt")])
    shown = []
    above: Block | None = None
    for place, line in places:
        kind, block = kind_at(reading, place)
        goes_on = block is not None and block is above and (line.kinds == '"' or place > block.spans[0].start)
        wanted = [SHORT.get(kind.strip(), kind) for kind in line.kinds.split("|")]
        named = FACTS.intersection(line.kinds.split("|"))
        if named and all(states(reading, name, place, line.text) for name in named):
            shown.append(f"{line.kinds}|{line.text}")
        elif goes_on and '"' not in line.kinds:
            shown.append(f'"|{line.text}')
        elif goes_on or kind in wanted:
            shown.append(f"{line.kinds}|{line.text}")
        else:
            shown.append(f"{kind}|{line.text}")
        above = block
    return shown


def cases() -> list:
    made = []
    for passage in passages():
        for layout in passage.layouts:
            made.append(pytest.param(passage, layout, id=f"{passage.name} ({layout} lines)"))
    return made


@pytest.mark.parametrize(("passage", "layout"), cases())
def test_a_passage_reads_as_it_is_marked(passage: Passage, layout: str) -> None:
    wanted = [f"{line.kinds}|{line.text}" for line in passage.lines if line.kinds]
    got = read_lines(passage, layout)
    if wanted != got:
        told = [
            f"  {one}" if one == two else f"  {two}\n      (wanted: {one[:12]})"
            for one, two in zip(wanted, got, strict=True)
        ]
        pytest.fail(f"{passage.name}\n" + "\n".join(told), pytrace=False)
