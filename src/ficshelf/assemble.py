"""Drafts → works. One source is one work, unless several hold its chapters: then their parts are put in order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from ficshelf.model import (
    INFERRED,
    Block,
    Chapter,
    Draft,
    Facts,
    Node,
    Question,
    Reading,
    Remark,
    Run,
    Source,
    Span,
    Work,
)
from ficshelf.passes import further_stories, headings

_STORY = frozenset({"paragraph", "verse", "quote", "list", "table", "preformatted", "image"})
_HINT_KINDS = {"li": "list", "pre": "preformatted", "table": "table", "img": "image", "blockquote": "quote"}
_UNREAD = frozenset({"empty", "not-text", "too-large", "gave-up", "damaged", "not-a-story"})
_NOT_BLOCKS = frozenset({"fact", "chrome"})


def assemble(pieces: Sequence[tuple[Source, Draft]]) -> Reading:
    """The works that some sources of one folder hold, with their remarks and questions, in the order of the sources."""
    sources = tuple(source for source, _ in pieces)
    works: list[Work] = []
    remarks: list[Remark] = []
    questions: list[Question] = []
    rows: list[list[_Part]] = []
    for group in groups([source.path for source in sources]):
        parts = [part for index in group for part in _parts(index, pieces[index][1])]
        for part in parts:
            if not part.has_story and part.draft.text and not any(remark.kind in _UNREAD for remark in part.remarks):
                part.remarks.append(Remark("not-a-story", "Nothing in it reads as a line of a story."))
            remarks += [remark._replace(source=part.index) for remark in part.remarks]
        told = [part for part in parts if part.has_story]
        rows += _rows(told) if len(parts) == len(group) else [[part] for part in told]  # or several stories in one text
    for row in _mailed_parts(rows):
        work, doubts, asked = _work(row)
        works.append(work)
        remarks += doubts
        questions += asked
    remarks.sort(key=lambda remark: remark.source)
    return Reading(sources, tuple(works), tuple(remarks), tuple(questions))


_CHAPTER_FILE = re.compile(
    r"(?P<stem>.*?)(?<![\s_.-])[\s_.-]*+(?:(?:chapter|chap|ch|part|pt|kapitel|teil|p|c|episode|ep)[\s_.-]*)?(?P<number>\d{1,4})(?P<tail>[\s_.-]*(?:of[\s_.-]*\d+)?)",
    re.I,
)
_VERSION_FILE = re.compile(r".*[\s_.-](?:v|ver|version|draft|rev|copy|take)[\s_.-]?\d+", re.I)
_NAMED_FILE = re.compile(r"(?P<stem>.*?)(?<![\s_.-])[\s_.-]*+(?P<name>prologue|epilogue|prolog|epilog)", re.I)
_LEADING_NUMBER = re.compile(r"(?P<number>\d{1,4})(?:[\s_.-]+(?P<title>.*))?")


def groups(paths: Sequence[str]) -> list[list[int]]:
    """Which sources may hold chapters of one story, by folder and file name: places in `paths`, in chapter order.

    `tale-01.txt`, `tale-02.txt`; `Chapter 1.html` beside `Chapter 2.html`. Names alone only suggest: what the files say
    (another title, the same chapter twice) parts them again.
    """
    rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for place, path in enumerate(paths):
        pure = PurePosixPath(path)
        key, number = _chapter_file(pure.stem)
        name = (str(pure.parent), f"{key}|{pure.suffix.lower()}") if number is not None else (path, str(place))
        rows.setdefault(name, []).append((number or 0, place))
    made: list[list[int]] = []
    for row in rows.values():
        numbers = sorted(number for number, _ in row)
        if len(row) > 1 and (len(set(numbers)) != len(numbers) or numbers[0] > 2):  # years and story ids begin higher
            made += [[place] for _, place in row]
        else:
            made.append([place for _, place in sorted(row)])
    return sorted(made, key=min)


def _chapter_file(stem: str) -> tuple[str, int | None]:
    if _VERSION_FILE.fullmatch(stem):
        return stem, None
    if found := _NAMED_FILE.fullmatch(stem):
        return found["stem"].lower(), 0 if "pro" in found["name"].lower() else 9999
    if found := _CHAPTER_FILE.fullmatch(stem):
        return found["stem"].lower().strip(" _.-"), int(found["number"])
    if (found := _LEADING_NUMBER.fullmatch(stem)) and len(found["number"]) <= 3:
        return "", int(found["number"])
    return stem, None


class _Part:
    """One source's share in a work: its chapters, and the draft they come from."""

    def __init__(self, index: int, draft: Draft) -> None:
        self.index = index
        self.draft = draft
        self.remarks = list(draft.remarks)
        self.questions = list(draft.questions)
        self.chapters = list(_chapters(draft, index, self.remarks))
        self.has_story = any(block.kind in _STORY for chapter in self.chapters for block in chapter.blocks)

    def numbers(self) -> list[int | None]:
        """The numbers of its chapters; a part without a heading takes the number of its stated part."""
        return [_placed(self, chapter, 1).number for chapter in self.chapters]

    def opening(self) -> str:
        """The first words of its story."""
        blocks = (block for chapter in self.chapters for block in chapter.blocks if block.kind == "paragraph")
        return next((block.text for block in blocks if len(block.text) > 40), "")

    def first(self, name: str) -> str:
        """The first stated value of a fact, folded to compare by; "" where none is stated."""
        fact = next((fact for fact in self.draft.facts.get(name, ()) if fact.how != INFERRED), None)
        return re.sub(r"\W+", "", str(fact.value)).lower() if fact else ""


def _rows(parts: list[_Part]) -> Iterator[list[_Part]]:
    """Part sources that their names put together where what they state says otherwise."""
    if not parts:
        return
    row = [parts[0]]
    for part in parts[1:]:
        title, known = part.first("title"), next((one.first("title") for one in row if one.first("title")), "")
        author, known_author = (
            part.first("author"),
            next((one.first("author") for one in row if one.first("author")), ""),
        )
        same_title = not title or not known or title == known or title.startswith(known) or known.startswith(title)
        same_author = not author or not known_author or author == known_author
        if same_title and same_author and not _repeats(row, part) and not any(_begins_alike(one, part) for one in row):
            row.append(part)
        else:
            yield row
            row = [part]
    yield row


def _mailed_parts(rows: list[list[_Part]]) -> list[list[_Part]]:
    """Put together what one title and author state as different parts or chapters, whatever the files' names."""
    kept: list[list[_Part]] = []
    by_name: dict[tuple[str, str], list[_Part]] = {}
    for row in rows:
        title, author = row[0].first("title"), row[0].first("author")
        numbers = [number for part in row for number in part.numbers()]
        known = by_name.get((title, author))
        if not title or None in numbers:
            kept.append(row)
        elif known is not None and not {number for part in known for number in part.numbers()} & set(numbers):
            known += row
        elif known is None:
            by_name[title, author] = row
            kept.append(row)
        else:
            kept.append(row)
    for row in kept:
        if len(row) > 1 and all(number is not None for part in row for number in part.numbers()):
            row.sort(key=lambda part: part.numbers()[0] or 0)
    return kept


def _begins_alike(one: _Part, other: _Part) -> bool:
    """Whether two parts open with the same words: then they are versions of one text, not chapters."""
    first, second = one.opening(), other.opening()
    return bool(first) and first[:80] == second[:80]


def _parts(index: int, draft: Draft) -> list[_Part]:
    """The stories of a source; what only seems to be several, since one of them tells nothing, is one."""
    parts = [_Part(index, story) for story in further_stories.parted(draft)]
    return parts if all(part.has_story for part in parts) else [_Part(index, draft)]


def _repeats(row: list[_Part], part: _Part) -> bool:
    """Whether a part begins again at a chapter that the row has: then it is another copy, not the next chapter."""
    numbers = {chapter.number for one in row for chapter in one.chapters if chapter.number is not None}
    return len(part.chapters) > 1 and any(chapter.number in numbers for chapter in part.chapters)


def _work(row: list[_Part]) -> tuple[Work, list[Remark], list[Question]]:
    facts: Facts = {}
    chapters: list[Chapter] = []
    questions: list[Question] = []
    for part in row:
        for name, values in part.draft.facts.items():
            if name == "complete" and part is not row[-1]:
                continue  # only the last part can say whether the whole is complete
            stated = tuple(fact._replace(source=part.index) for fact in values)
            facts = {**facts, name: facts.get(name, ()) + stated}
        chapters += [_placed(part, chapter, len(row)) for chapter in part.chapters]
        questions += [question._replace(source=part.index) for question in part.questions]
    if len(row) > 1:
        if any(fact.how != INFERRED for fact in facts.get("title", ())):
            questions = [question for question in questions if question.about != "title"]
        else:
            questions = _one_question(questions)
    return Work(facts, tuple(chapters)), _doubts(row, chapters), questions


def _placed(part: _Part, chapter: Chapter, count: int) -> Chapter:
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
        _, number = _chapter_file(PurePosixPath(part.draft.path).stem)
        if number is not None and number != 9999:
            return chapter._replace(number=number)
    return chapter


def _one_question(questions: list[Question]) -> list[Question]:
    title = [question for question in questions if question.about == "title"]
    others = [question for question in questions if question.about != "title"]
    return title[:1] + others


def _doubts(row: list[_Part], chapters: list[Chapter]) -> list[Remark]:
    """Chapter numbers that are missing or stand twice, within each part of the work that counts anew."""
    remarks: list[Remark] = []
    index = row[0].index
    for numbers in _counts(chapters):
        seen: set[int] = set()
        for number in numbers:
            if number in seen:
                remarks.append(Remark("chapter-repeated", f"Chapter {number} stands twice.", index))
            seen.add(number)
        missing = [number for number in range(min(numbers), max(numbers)) if number not in seen]
        if missing:
            listed = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
            remarks.append(Remark("chapter-missing", f"Not found: chapter {listed}.", index))
    return remarks


def _counts(chapters: list[Chapter]) -> list[list[int]]:
    """The numbers of the chapters in rows. `Part Two` above a chapter 1 begins a row; so do chapters after letters."""
    rows: list[list[int]] = []
    word = ""
    for chapter in chapters:
        if not chapter.number:
            continue
        names = [block.text for block in chapter.blocks if block.kind == "heading"]
        parsed = [found for name in names if (found := headings.parse(name)) and found.number is not None]
        in_part = len({found.level for found in parsed}) > 1 and chapter.number == 1
        before, word = word, _kind_of(names)
        halved = any(found.suffix for found in parsed) and rows and rows[-1][-1] == chapter.number
        if halved:
            continue  # `2b` repeats no chapter
        if not rows or in_part or (chapter.number == 1 and before != word):
            rows.append([])
        rows[-1].append(chapter.number)
    return rows


def _kind_of(names: list[str]) -> str:
    """What a chapter is called, whatever its number: "chapter", "letter"; "" for a number alone."""
    found = re.search(r"[^\W\d_]{3,}", names[-1]) if names else None
    return found[0].lower() if found else ""


def _chapters(draft: Draft, index: int, remarks: list[Remark]) -> Iterator[Chapter]:
    """Cut a draft's nodes into chapters: headings that stand together, and pages that begin one, each open one."""
    lost = {remark.span for remark in draft.remarks if remark.kind == "heading-lost"}
    opened: list[Node] = []  # headings of the chapter at hand
    blocks: list[Block] = []
    has_story = False
    for node in draft.nodes:
        if node.kind in _NOT_BLOCKS:
            continue
        opens = node.kind == "heading" and (
            has_story or (blocks and (blocks[-1].kind == "end" or (opened and _is_another(opened, node, blocks[-1]))))
        )
        if opens or (node.page and has_story and not lost.isdisjoint(node.spans)):
            yield _chapter(opened, blocks, remarks)
            opened, blocks, has_story = [], [], False
        block = _block(node, index)
        if node.kind == "heading":
            opened.append(node)
        blocks.append(block)
        has_story = has_story or block.kind in _STORY
    if blocks or opened:
        yield _chapter(opened, blocks, remarks)


def _is_another(opened: list[Node], node: Node, last: Block) -> bool:
    """A chapter may hold nothing but a note: the next number under it opens another one."""
    here, after = headings.unpack(opened[-1].detail), headings.unpack(node.detail)
    return last.kind == "note" and None not in (here.number, after.number) and here.number != after.number


def _chapter(opened: list[Node], blocks: list[Block], remarks: list[Remark]) -> Chapter:
    found = [headings.unpack(node.detail) for node in opened]
    top = max((heading.level for heading in found if heading.number is not None), default=0)
    numbered = [heading for heading in found if heading.number is not None and heading.level == top]
    number = numbered[0].number if numbered else None
    title = next((heading.title for heading in found if heading.title), None)
    if len({heading.number for heading in numbered}) > 1:
        said = "; ".join(node.text for node in opened)
        spans = opened[0].spans
        remarks.append(Remark("headings-disagree", f"They say: {said}", 0, spans[0] if spans else Span(0, 0)))
    return Chapter(number, title, tuple(_joined(blocks)))


def _block(node: Node, index: int) -> Block:
    kind = node.kind or _HINT_KINDS.get(node.hint, "paragraph")
    return Block(kind, node.runs or (Run(node.text),), node.spans, index, "" if kind == "heading" else node.detail)


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """Items of one list, rows of one table and lines of one preformatted text make one block."""
    for (kind, _), alike in itertools.groupby(blocks, key=lambda block: (block.kind, block.detail)):
        row = list(alike)
        if kind in ("list", "table", "preformatted") and len(row) > 1:
            runs = list(row[0].runs)
            for block in row[1:]:
                runs += (Run("\n"), *block.runs)
            yield row[0]._replace(runs=tuple(runs), spans=tuple(span for block in row for span in block.spans))
        else:
            yield from row
