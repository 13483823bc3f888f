"""One source's share in a work, and the shares that were gathered as one story, in rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath

from ficshelf import canon, casts, chapter_cuts, crawled, mailed, posted
from ficshelf.chapter_files import number_of
from ficshelf.model import INFERRED, Chapter, Chrome, Draft, Source, Span
from ficshelf.words import COUNTED

_PARAGRAPHS, _OPENING = 3, 400  # of two pages' openings, and letters of them, that are alike where they are one text
_SURE = 80  # letters of an opening that is all of what was cut off: so many tell that it is the same text
_NOTE = 40  # characters of a note that is a chapter by itself, where a title is stated


class Part:
    """One source's share in a work: its chapters, and the draft they come from."""

    @cached_property
    def post(self) -> mailed.Post:
        """What tells which story it belongs to, where it was mailed."""
        title, author = self.stated("title"), self.stated("author")
        said = mailed.of_lines(posted.header_of(self.draft.text), title, author)
        return said._replace(paragraphs=posted.paragraphs(self.chapters))

    def __init__(self, index: int, draft: Draft) -> None:
        self.index = index
        self.draft = draft
        self.remarks = list(draft.remarks)
        self.questions = list(draft.questions)
        self.chapters = list(chapter_cuts.chapters(draft, index, self.remarks))
        blocks = [block for chapter in self.chapters for block in chapter.blocks]
        self.has_story = any(block.kind in chapter_cuts.STORY for block in blocks) or (
            "title" in draft.facts and any(block.kind == "note" and len(block.text) > _NOTE for block in blocks)
        )

    @property
    def is_mail(self) -> bool:
        return self.draft.reader == "eml"

    def numbers(self) -> list[int | None]:
        """The numbers of its chapters; a part without a heading takes the number of its stated part."""
        return [placed(self, chapter, 1).number for chapter in self.chapters]

    def opening(self, paragraphs: int = 1) -> str:
        """The first words of its story: so many paragraphs of it that are no mere exclamation."""
        blocks = (block for chapter in self.chapters for block in chapter.blocks if block.kind == "paragraph")
        return " ".join(islice((block.text for block in blocks if len(block.text) > 40), paragraphs))

    @cached_property
    def head(self) -> str:
        """How its story opens, as it is held against others."""
        return self.opening(_PARAGRAPHS)[:_OPENING]

    @cached_property
    def cast(self) -> frozenset[str]:
        """Who is named in its story."""
        told = (block.text for chapter in self.chapters for block in chapter.blocks if block.kind in COUNTED)
        return casts.of("\n".join(told), self.stated("title"))

    @cached_property
    def fandoms(self) -> frozenset[str]:
        """The fandoms that it states, as they are compared."""
        said = [str(fact.value) for fact in self.draft.facts.get("fandom", ()) if fact.how != INFERRED]
        return frozenset(folded(found.name if (found := canon.titled(one)) else one) for one in said)

    def stated(self, name: str) -> str:
        """The first stated value of a fact; "" where none is stated."""
        fact = next((fact for fact in self.draft.facts.get(name, ()) if fact.how != INFERRED), None)
        return str(fact.value) if fact else ""

    def first(self, name: str) -> str:
        """The first stated value of a fact, folded to compare by; "" where none is stated."""
        return folded(self.stated(name))

    def names(self) -> tuple[str, ...]:
        """What a contents page may call it: the title of its chapter, or what it states as its title."""
        titles = [chapter.title for chapter in self.chapters[:2] if chapter.title]
        return tuple(titles if len(self.chapters) == 1 else ()) + tuple(filter(None, [self.stated("title")]))


def folded(said: str) -> str:
    """What is said, as it is compared: letters and digits alone."""
    return re.sub(r"\W+", "", said).lower()


def placed(part: Part, chapter: Chapter, count: int) -> Chapter:
    """A chapter file without a heading takes its number from `part`, or from the file's name."""
    if chapter.number is not None or chapter.title is not None or len(part.chapters) > 1:
        return chapter
    stated = part.draft.facts.get("part", ())
    in_series = {span for fact in part.draft.facts.get("series", ()) for span in fact.spans}
    if stated and not in_series.isdisjoint(stated[0].spans):
        stated = ()  # `Part 4 of a series`: the whole work's place
    if stated and (found := re.match(r"\d+", str(stated[0].value))):
        return chapter._replace(number=int(found[0]))
    if count > 1:
        if crawled.is_addressed(part.draft):
            return chapter._replace(number=crawled.number(part.draft))
        _, number = number_of(PurePosixPath(part.draft.path).stem)
        if number is not None and number != 9999:
            return chapter._replace(number=number)
    return chapter


def strangers(one: Part, other: Part) -> bool:
    """Whether parts that are called alike are of two stories: two of their authors, fandoms and people are others."""
    authors = one.first("author"), other.first("author")
    of_others = [
        "" not in authors and authors[0] != authors[1],
        bool(one.fandoms and other.fandoms)
        and not any(first in second or second in first for first in one.fandoms for second in other.fandoms),
    ]
    return any(of_others) and (all(of_others) or casts.differ(one.cast, other.cast))


class Openings:
    """How some parts open. Of two that are the same text one may have been cut off while it was saved."""

    def __init__(self, parts: Iterable[Part] = ()) -> None:
        self.whole: dict[str, Part] = {}
        self.begun: dict[str, Part] = {}
        for part in parts:
            self.add(part)

    def add(self, part: Part) -> None:
        """One more; of two that begin alike the longer opening counts."""
        self.whole[part.head] = part
        if part.head.startswith(known.head if (known := self.begun.get(part.head[:_SURE])) else ""):
            self.begun[part.head[:_SURE]] = part

    def same(self, part: Part) -> Part | None:
        """The part that is the same text, perhaps cut off; None where there is none."""
        if (known := self.whole.get(part.head)) is not None:
            return known if part.head else None
        known = self.begun.get(part.head[:_SURE])
        if known is None or len(part.chapters) != len(known.chapters):
            return None
        shorter, longer = sorted((known.head, part.head), key=len)
        return known if len(shorter) >= _SURE and longer.startswith(shorter) else None


def unlike(parts: Iterable[Part]) -> list[Part]:
    """The parts without those that are the same text as one before them."""
    openings = Openings()
    kept: list[Part] = []
    for part in parts:
        if openings.same(part) is None:
            openings.add(part)
            kept.append(part)
    return kept


def _is_cut_off(one: Part, other: Part) -> bool:
    """Whether a part of one chapter ends within a paragraph of another that is the same but longer. What ends with a
    whole paragraph is another version."""
    if len(one.chapters) != 1 or len(other.chapters) != 1:
        return False
    short, long = (
        [block.text for block in part.chapters[0].blocks if block.kind != "heading"] for part in (one, other)
    )
    if len(long) < len(short) or len(short) < 2 or long[: len(short) - 1] != short[:-1]:
        return False
    last, whole = folded(short[-1]), folded(long[len(short) - 1])
    return last != whole and whole.startswith(last)


def gathered_rows(parts: list[Part], sources: list[Source]) -> list[list[Part]]:
    """Parts of one story, in order. Another version of a part, or a page that holds several, stands in a row of its
    own; a page that holds the same as another one is chrome."""
    rows: list[tuple[list[Part], Openings, set[int], set[int]]] = []
    told: set[tuple[tuple[str, ...], ...]] = set()
    for part in parts:
        text = tuple(
            tuple(block.text for block in chapter.blocks if block.kind != "heading") for chapter in part.chapters
        )
        if text in told:
            part.remarks.clear()
            whole = Chrome(Span(0, len(part.draft.text)), "the same page again")
            sources[part.index] = sources[part.index]._replace(chrome=(whole,))
            continue
        told.add(text)
        numbers = {number for number in part.numbers() if number is not None}
        place = {number} if (number := crawled.number(part.draft)) is not None else set()
        for row, openings, counted, places in rows:
            same = openings.same(part)
            again = same is not None or (len(part.chapters) > 1 and numbers & counted) or place & places
            counts_on = numbers and counted and not numbers & counted
            if same is not None and _is_cut_off(same, part):
                row[row.index(same)] = part
                openings.add(part)
                part = same
            others = _of_others(row[0], part, "author", *(("title",) if counts_on else ()))
            if not again and not others and (crawled.is_addressed(part.draft) or not strangers(row[0], part)):
                row.append(part)
                openings.add(part)
                counted |= numbers
                places |= place
                break
        else:
            rows.append(([part], Openings([part]), numbers, place))
    return [row for row, *_ in rows]


def _of_others(one: Part, other: Part, *names: str) -> bool:
    """Whether two parts state others of all these facts. Two archives number their stories alike; and chapters that
    count on may be by several authors."""
    return all(one.first(name) and other.first(name) and one.first(name) != other.first(name) for name in names)
