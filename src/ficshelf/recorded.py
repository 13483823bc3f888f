"""Works as an archive's records have them: the chapters that a record names, in its order, with its notes and reviews.

A record never errs about which text is which chapter: whatever headings a text holds, it is one chapter. What is
missing of a story is said, and what no work is made of stays as a record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ficshelf import chapter_cuts, guesses
from ficshelf.model import (
    Block,
    Chapter,
    Chrome,
    Draft,
    Fact,
    Facts,
    Node,
    Question,
    Recorded,
    RecordedPart,
    Remark,
    Run,
    Shelfmark,
    Source,
    Span,
    Work,
)
from ficshelf.record import KINDS, TEXTLESS
from ficshelf.words import COUNTED

# What only a record can say of a story when it says it: a text's own header speaks of its chapter.
_ITS_OWN = frozenset({"title", "complete", "status", "words", "published", "updated", "part"})
_NO_STORY = frozenset({"not-a-story", "empty"})
_UNREAD = frozenset({"locked", "damaged", "gave-up", "too-large", "pictures-only", "not-text", "empty"})


class Told(NamedTuple):
    """What came of records. `used` are the indexes of the sources that they account for; `chrome` is what is more in
    them, by index, that is no story: what a text says again that the record says."""

    works: tuple[Work, ...] = ()
    records: tuple[Recorded, ...] = ()
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()
    used: frozenset[int] = frozenset()
    chrome: dict[int, tuple[Chrome, ...]] = {}


def tell(pieces: Sequence[tuple[Source, Draft]]) -> Told:
    """The works and other records among some sources; none where there is no record."""
    found = [(index, draft) for index, (_, draft) in enumerate(pieces) if draft.record and draft.record.kind in KINDS]
    if not found:
        return Told()
    by_path = {source.path: index for index, (source, draft) in enumerate(pieces) if draft.record is None}
    works: list[Work] = []
    records: list[Recorded] = []
    remarks: list[Remark] = []
    questions: list[Question] = []
    used: set[int] = set()
    chrome: dict[int, tuple[Chrome, ...]] = {}
    for index, draft in found:
        record = draft.record
        assert record is not None
        used.add(index)
        remarks += [remark._replace(source=index) for remark in draft.remarks]
        if record.kind != "story":
            records.append(_of_source(record, index))
            continue
        story = _Story(pieces, index, draft, record, by_path)
        used |= story.used
        remarks += story.remarks
        if story.chapters:
            work, asked = story.work()
            works.append(work)
            questions += asked
            chrome |= story.chrome
        else:
            chrome |= {at: (Chrome(Span(0, len(pieces[at][1].text)), "no story"),) for at in (index, *story.used)}
            remarks.append(Remark("text-missing", f"“{_named(draft)}”: none of its text is there.", index))
            told = tuple((name, _said(one), "") for name, found in draft.facts.items() for one in found)
            missing = tuple(("missing", one, "") for one in story.missing)
            records.append(_of_source(record, index)._replace(kind=TEXTLESS, parts=(), told=(*told, *missing)))
            continue
        records.append(_of_source(record, index)._replace(parts=(), reviews=()))
    return Told(tuple(works), tuple(records), tuple(remarks), tuple(questions), frozenset(used), chrome)


def _named(draft: Draft) -> str:
    title = draft.facts.get("title")
    return str(title[0].value) if title else "a story without a title"


def _said(fact: Fact) -> str:
    return fact.value if isinstance(fact.value, str) else "true" if fact.value else "false"


def _of_source(record: Recorded, index: int) -> Recorded:
    return record._replace(source=index, blocks=_from(record.blocks, index))


def _from(blocks: tuple[Block, ...], index: int) -> tuple[Block, ...]:
    return tuple(block._replace(source=index) for block in blocks)


class _Story:
    """One story's chapters, as its record puts them together."""

    def __init__(
        self,
        pieces: Sequence[tuple[Source, Draft]],
        index: int,
        draft: Draft,
        record: Recorded,
        by_path: dict[str, int],
    ) -> None:
        self.index, self.draft, self.record = index, draft, record
        self.used: set[int] = set()
        self.remarks: list[Remark] = []
        self.questions: list[Question] = []
        self.chapters: list[Chapter] = []
        self.missing: list[str] = []  # what is not there, a line each
        self.layers = {index: draft.text}
        self.chrome: dict[int, tuple[Chrome, ...]] = {}
        self.facts: Facts = {
            name: tuple(fact._replace(source=index) for fact in values) for name, values in draft.facts.items()
        }
        self.places: dict[int, int] = {}  # of a chapter among the record's parts → among the work's chapters
        for place, part in enumerate(record.parts, 1):
            told: tuple[Block, ...] = ()
            at = self.best([by_path[path] for path in (part.path, *part.copies) if path in by_path], pieces)
            if at is None:
                why = part.missing or "its text is not there"
                self.remarks.append(Remark("chapter-missing", f"{self.called(part, place)}: {why}.", index))
                headed = f" (“{part.heading.text}”)" if part.heading else ""
                self.missing.append(f"{self.called(part, place)}{headed}: {why}.")
            elif part.whole:
                self.places[place] = len(self.chapters) + 1
                self.chapters += self.whole(part, at, pieces[at][1])
                continue
            else:
                told = self.text(at, pieces[at][1])
            head = (part.heading._replace(source=index),) if part.heading else ()
            blocks = (*head, *_from(part.before, index), *told, *_from(part.after, index))
            if blocks:
                title = part.heading.text if part.heading else _titled(told)
                self.chapters.append(Chapter(part.number, title, blocks))
                self.places[place] = len(self.chapters)
        if not any(block.kind in chapter_cuts.STORY for one in self.chapters for block in one.blocks):
            self.chapters = []

    def best(self, copies: Sequence[int], pieces: Sequence[tuple[Source, Draft]]) -> int | None:
        """The first of the sources that hold one text which tells a story, else the first; the others stand aside."""
        free = [at for at in dict.fromkeys(copies) if at not in self.used]
        self.used |= set(free)
        found = next(
            (at for at in free if any(_is_told(node) for node in pieces[at][1].nodes)), free[0] if free else None
        )
        for at in free:
            if at != found and found is not None:
                draft = pieces[at][1]
                self.chrome[at] = (Chrome(Span(0, len(draft.text)), "a further copy"),)
                said = Remark("further-copy", f"The story was read from {pieces[found][0].path}.", at)
                self.remarks += [*(one._replace(source=at) for one in draft.remarks if one.kind in _UNREAD), said]
        return found

    def whole(self, part: RecordedPart, at: int, draft: Draft) -> list[Chapter]:
        """The chapters of a source that tells a whole story, with the record's notes around them."""
        blocks = self.text(at, draft)
        chapters = list(chapter_cuts.chapters(draft, at, [])) or [Chapter(None, None, blocks)]
        first, last = chapters[0], chapters[-1]
        if before := _from(part.before, self.index):
            chapters[0] = first._replace(blocks=(*before, *first.blocks))
        if after := _from(part.after, self.index):
            chapters[-1] = last._replace(blocks=(*chapters[-1].blocks, *after))
        return chapters

    def called(self, part: RecordedPart, place: int) -> str:
        """What a chapter is called in a remark."""
        number = part.number if part.number is not None else place
        return f"Chapter {number} of {len(self.record.parts)}"

    def text(self, at: int, draft: Draft) -> tuple[Block, ...]:
        """All that a chapter's text tells, whatever its own headings make of it."""
        self.layers[at] = draft.text
        self.remarks += [one._replace(source=at) for one in draft.remarks if one.kind not in _NO_STORY]
        for name, values in draft.facts.items():
            known = {str(fact.value).casefold() for fact in self.facts.get(name, ())}
            if name in _ITS_OWN and name in self.draft.facts:
                known |= {str(one.value).casefold() for one in values}
            new = tuple(one._replace(source=at) for one in values if str(one.value).casefold() not in known)
            if new:
                self.facts = {**self.facts, name: self.facts.get(name, ()) + new}
            again = [one for one in values if str(one.value).casefold() in known]
            said = tuple(Chrome(span, f"{name}, as the archive's record has it") for one in again for span in one.spans)
            self.chrome[at] = self.chrome.get(at, ()) + said
        if "title" not in self.draft.facts:
            self.questions += [one._replace(source=at) for one in draft.questions]
        blocks = tuple(block for one in chapter_cuts.chapters(draft, at, []) for block in one.blocks)
        return blocks or _lines(draft, at)

    def work(self) -> tuple[Work, list[Question]]:
        told = [block.text for one in self.chapters for block in one.blocks if block.kind in COUNTED]
        facts, asked = guesses.add(self.facts, told, self.draft.path, self.layers, self.index)
        reviews = tuple(
            one._replace(
                chapter=self.places.get(one.chapter, 0),
                blocks=_from(one.blocks, self.index),
                reply=_from(one.reply, self.index),
            )
            for one in self.record.reviews
        )
        addresses = tuple((path, self.places.get(place, 0)) for path, place in self.record.addresses)
        shelfmark = Shelfmark(self.record.program, self.record.key, self.record.visibility, addresses)
        return Work(facts, tuple(self.chapters), reviews, shelfmark), [*self.questions, *asked]


def _is_told(node: Node) -> bool:
    return node.kind not in ("fact", "chrome", "note", "heading") and len(node.text) > 1


def _titled(blocks: tuple[Block, ...]) -> str | None:
    """The title that a text gives itself where its record gives none: its first heading's."""
    return next((block.text for block in blocks[:3] if block.kind == "heading"), None)


def _lines(draft: Draft, at: int) -> tuple[Block, ...]:
    """The lines of a text of which no reader made a story: its record says that it is one."""
    blocks: list[Block] = []
    start = 0
    for line in draft.text.split("\n"):
        if said := line.strip():
            begin = start + line.index(said[0])
            blocks.append(Block("paragraph", (Run(said),), (Span(begin, begin + len(said)),), at))
        start += len(line) + 1
    return tuple(blocks)
