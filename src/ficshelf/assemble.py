"""Drafts → works. One source is one work, unless several hold its chapters: then their parts are put in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf import chapter_numbers, crawled, guesses, mailed, posted, recorded, yahoo
from ficshelf.chapter_files import groups
from ficshelf.listed import File, matched
from ficshelf.model import (
    INFERRED,
    Chapter,
    Chrome,
    Draft,
    Fact,
    Facts,
    Listed,
    Question,
    Reading,
    Remark,
    Source,
    Span,
    Work,
)
from ficshelf.part import Openings, Part, folded, gathered_rows, placed, strangers, unlike
from ficshelf.passes import further_stories, posts, title_lines
from ficshelf.remarks import kind_of_not_a_story
from ficshelf.words import COUNTED

_UNREAD = frozenset({"empty", "not-text", "too-large", "gave-up", "damaged", "not-a-story"})


def assemble(pieces: Sequence[tuple[Source, Draft]], *, gathered: bool = False) -> Reading:
    """The works that some sources of one folder hold, with their remarks and questions, in the order of the sources.

    `gathered` is whether they are known to hold one story, in this order, with what else was said about it.
    """
    sources = [source for source, _ in pieces]
    by_record = recorded.tell(pieces)
    for index, more in by_record.chrome.items():
        sources[index] = sources[index]._replace(chrome=tuple(sorted((*sources[index].chrome, *more))))
    works = list(by_record.works)
    remarks = list(by_record.remarks)
    questions = list(by_record.questions)
    rows: list[list[Part]] = []
    pages: list[Part] = []  # contents pages
    free = [index for index in range(len(pieces)) if index not in by_record.used]
    mailed_ones = [index for index in free if pieces[index][1].reader == "eml"]
    free = [index for index in free if pieces[index][1].reader != "eml"]
    mails: list[Part] = []
    named = [list(range(len(free)))] if gathered and free else groups([sources[index].path for index in free])
    for group in [*([free[at] for at in found] for found in named), *([at] for at in mailed_ones)]:
        parts = [part for index in group for part in _parts(index, pieces[index][1])]
        for part in parts:
            if not part.has_story:
                sources[part.index] = _untold(sources[part.index], part)
            remarks += [remark._replace(source=part.index) for remark in part.remarks]
        pages += [part for part in parts if part.draft.listed]
        told = [part for part in parts if part.has_story]
        if len(told) == 1 and told[0].is_mail:
            mails += told
        elif gathered:
            rows += gathered_rows(told, sources)
        else:
            rows += _rows(told) if _are_one_each(told) else [[part] for part in told]  # or several stories in one text
    made = [found for page in pages if (found := _listed_row(page, rows, gathered))]
    made += [(row, _Contents()) for row in _mailed_parts([row for row in rows if row])]
    for story in mailed.stories([part.post for part in mails]):
        row = [mails[at] for at in story.parts]
        made.append((row, _Contents(copies=tuple((mails[copy], mails[of]) for copy, of in story.copies))))
        for copy, of in story.copies:
            sources[mails[copy].index] = _copied(sources[mails[copy].index], mails[copy], mails[of])
            remarks.append(_told_again(mails[copy], mails[of]))
    made.sort(key=lambda one: min(part.index for part in one[0]))
    longest = max((row for row, _ in made), key=len, default=[])  # of one story: other rows are versions of its parts
    for row, contents in made:
        work, doubts, asked = _work(row, contents)
        if gathered and row is longest:
            work = crawled.with_reviews(work, _pages(row), [(index, draft) for index, (_, draft) in enumerate(pieces)])
        works.append(work)
        remarks += doubts
        questions += asked
    remarks = sorted(_told_once(remarks, [one.path for one in sources]), key=lambda remark: remark.source)
    return Reading(tuple(sources), tuple(works), tuple(remarks), tuple(questions), by_record.records)


def _copied(source: Source, copy: Part, of: Part) -> Source:
    """A post whose place another has taken: its text is kept as it came, and is no part of the story."""
    reason = "further copy" if _is_same(copy, of) else "earlier version"
    spans = {span for chapter in copy.chapters for block in chapter.blocks for span in block.spans}
    spans |= {span for node in copy.draft.nodes if node.kind == "fact" for span in node.spans}
    return source._replace(chrome=tuple(sorted({*source.chrome, *(Chrome(span, reason) for span in spans)})))


def _told_again(copy: Part, of: Part) -> Remark:
    if _is_same(copy, of):
        return Remark("part-again", f"The same text is in {of.draft.path}.", copy.index)
    return Remark("part-replaced", f"What stands is {of.draft.path}.", copy.index)


def _told_once(remarks: list[Remark], paths: list[str]) -> Iterator[Remark]:
    """Remarks on sources at `paths`; talk that a Yahoo group's export holds twice is told of once."""
    talk = {paths[one.source] for one in remarks if kind_of_not_a_story(one.text) == posts.KIND}
    for one in remarks:
        if (
            one.kind == "not-a-story"
            and paths[one.source] in talk
            and (sent := yahoo.beside(paths[one.source])) in talk
        ):
            one = Remark("part-again", f"The same message is in {sent}.", one.source)
        yield one


def _is_same(copy: Part, of: Part) -> bool:
    return copy.post.paragraphs <= of.post.paragraphs


def _are_one_each(parts: list[Part]) -> bool:
    return len({part.index for part in parts}) == len(parts)


def _untold(source: Source, part: Part) -> Source:
    """A source that tells nothing is chrome as a whole."""
    if part.draft.text and not any(remark.kind in _UNREAD for remark in part.remarks):
        part.remarks.append(Remark("not-a-story", "Nothing in it reads as a line of a story."))
    if not source.text.strip() or any(remark.kind == "not-a-story" for remark in part.draft.remarks):
        return source
    start = len(source.text) - len(source.text.lstrip())
    return source._replace(chrome=(Chrome(Span(start, len(source.text.rstrip())), "no story"),))


def _rows(parts: list[Part]) -> Iterator[list[Part]]:
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
        again = _repeats(row, part) or any(_begins_alike(one, part) for one in row)
        if same_title and same_author and not again and not strangers(row[0], part):
            row.append(part)
        else:
            yield row
            row = [part]
    yield row


def _mailed_parts(rows: list[list[Part]]) -> list[list[Part]]:
    """Put together what one title and author state as different parts or chapters, whatever the files' names."""
    kept: list[list[Part]] = []
    by_name: dict[tuple[str, str], list[Part]] = {}
    for row in rows:
        title, author = row[0].first("title"), row[0].first("author")
        numbers = [number for part in row for number in part.numbers()]
        known = by_name.get((title, author))
        if not title or None in numbers:
            kept.append(row)
        elif known is not None and _go_on(known, row):
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


def _go_on(known: list[Part], row: list[Part]) -> bool:
    """Whether a row has other chapters of the same story."""
    counted = {number for part in known for number in part.numbers()}
    return counted.isdisjoint(number for part in row for number in part.numbers()) and not strangers(known[0], row[0])


def _begins_alike(one: Part, other: Part) -> bool:
    """Whether two parts open with the same words: then they are versions of one text, not chapters."""
    first, second = one.opening(), other.opening()
    return bool(first) and first[:80] == second[:80]


def _parts(index: int, draft: Draft) -> list[Part]:
    """The stories of a source; what only seems to be several, since one of them tells nothing, is one."""
    parts = [Part(index, story) for story in further_stories.parted(draft)]
    return parts if all(part.has_story for part in parts) else [Part(index, draft)]


def _repeats(row: list[Part], part: Part) -> bool:
    """Whether a part begins again at a chapter that the row has: then it is another copy, not the next chapter."""
    numbers = {chapter.number for one in row for chapter in one.chapters if chapter.number is not None}
    return len(part.chapters) > 1 and any(chapter.number in numbers for chapter in part.chapters)


class _Contents(NamedTuple):
    """What a contents page lends to a work: its facts, and what it names the chapter of each source."""

    page: Part | None = None
    names: dict[int, Listed] = {}  # by the source's index
    missing: tuple[Listed, ...] = ()
    copies: tuple[tuple[Part, Part], ...] = ()  # of posts: one whose place another has taken, and that other


def _listed_row(page: Part, rows: list[list[Part]], gathered: bool) -> tuple[list[Part], _Contents] | None:
    """The parts that a contents page names, in its order, taken out of `rows`; None where none of them is there."""
    told = [part for row in rows for part in row]
    parts = unlike(told) if gathered else [part for part in told if _may_be_of(page, part)]
    files = [File(part.draft.path, part.stated("url"), part.names(), _counted(part, gathered)) for part in parts]
    found = matched(
        page.draft.listed,
        "" if gathered else page.draft.path,
        files,
        gathered or (bool(page.first("title")) and _all_state(page, parts)),
    )
    names = {parts[at].index: one for at, one in zip(found, page.draft.listed, strict=True) if at is not None}
    if not names:
        return None
    if not gathered and _lists_stories(
        page, [(parts[at], one) for at, one in zip(found, page.draft.listed, strict=True) if at is not None]
    ):
        return None
    numbers = [one.number for one in page.draft.listed]
    row = [parts[at] for at in found if at is not None]
    if None not in numbers and len(set(numbers)) == len(numbers):  # some list the newest first
        row.sort(key=lambda part: names[part.index].number or 0)
    taken = {id(part) for part in row}
    openings = Openings(row)
    for beside in rows:
        named = sum(id(part) in taken for part in beside)
        if named and (gathered or named * 2 > len(beside)):  # what the page does not name yet
            rest = [part for part in beside if id(part) not in taken and not (gathered and openings.same(part))]
            for part in rest:
                at = next((at for at, one in enumerate(row) if gathered and one.index > part.index), len(row))
                row.insert(at, part)
            taken |= {id(part) for part in rest}
        beside[:] = [part for part in beside if id(part) not in taken]
    missing = tuple(one for at, one in zip(found, page.draft.listed, strict=True) if at is None)
    return row, _Contents(page, names, missing)


def _lists_stories(page: Part, named: Sequence[tuple[Part, Listed]]) -> bool:
    """Whether what a page names are stories, not chapters of one: some have their own titles and authors."""
    own = [
        (title, part.first("author"))
        for part, one in named
        if (title := part.first("title")) and title == folded(one.title or "") and title != page.first("title")
    ]
    authors = {author for _, author in own if author}
    return len({title for title, _ in own}) > 1 and (len(authors) > 1 or (bool(authors) and not page.first("author")))


def _counted(part: Part, gathered: bool) -> int | None:
    """The number of a part's first chapter: of pages of an archive, as their addresses count."""
    by_address = crawled.number(part.draft) if gathered else None
    return part.numbers()[0] if by_address is None else by_address


def _may_be_of(page: Part, part: Part) -> bool:
    """Whether nothing that a part states says that it is of another story than a contents page."""
    title, known = part.first("title"), page.first("title")
    author, known_author = part.first("author"), page.first("author")
    named = {folded(one.title or "") for one in page.draft.listed}
    same_title = not title or not known or title.startswith(known) or known.startswith(title) or title in named
    return same_title and (not author or not known_author or author == known_author)


def _all_state(page: Part, parts: list[Part]) -> bool:
    return bool(parts) and all(part.first("title") == page.first("title") for part in parts)


def _work(row: list[Part], contents: _Contents) -> tuple[Work, list[Remark], list[Question]]:
    facts: Facts = {}
    chapters: list[Chapter] = []
    questions: list[Question] = []
    if contents.page is not None:
        facts = {name: _from(contents.page, values) for name, values in contents.page.draft.facts.items()}
    for part in row:
        for name, values in part.draft.facts.items():
            if name == "complete" and (part is not row[-1] or (contents.page is not None and name in facts)):
                continue  # only the last part can say whether the whole is complete
            facts = {**facts, name: facts.get(name, ()) + _from(part, values)}
        listed = contents.names.get(part.index)
        chapters += [placed(part, _named(part, chapter, listed), len(row)) for chapter in part.chapters]
        questions += [question._replace(source=part.index) for question in part.questions]
    chapters = crawled.numbered(chapters, _pages(row))
    if contents.page is not None and contents.page.stated("title"):
        kept = tuple(fact for fact in facts["title"] if fact.how != INFERRED or fact.spans)  # a guessed line stays
        facts = {**facts, "title": kept}
    if len(row) > 1 or contents.page is not None:
        if any(fact.how != INFERRED for fact in facts.get("title", ())):
            questions = [question for question in questions if question.about != "title"]
        else:
            questions = _one_question(questions)
    earlier = [copy for copy, of in contents.copies if not _is_same(copy, of)]
    for copy, _ in contents.copies:
        for name in ("title", "published") if copy in earlier else ("title",):
            facts = {**facts, name: facts.get(name, ()) + _from(copy, copy.draft.facts.get(name, ()))}
    chapters = posted.whole(chapters, {part.index for part in row if part.is_mail and part.post.subject.suffix})
    sent = {one.index: posted.header_of(one.draft.text).get("date", "") for one in (*row, *earlier) if one.is_mail}
    senders = {
        one.index: title_lines.sender(posted.header_of(one.draft.text).get("from", "")) for one in row if one.is_mail
    }
    facts = posted.signed(posted.dated(facts, sent), senders)
    told = [block.text for one in chapters for block in one.blocks if block.kind in COUNTED]
    layers = {part.index: part.draft.text for part in row}
    facts, asked = guesses.add(facts, told, row[0].draft.path, layers, row[0].index)
    facts, shelfmark = crawled.located(facts, _pages(row))
    work = Work(facts, tuple(chapters), shelfmark=shelfmark)
    return work, _doubts(row, chapters, contents), [*questions, *asked]


def _pages(row: list[Part]) -> list[crawled.Page]:
    """The sources of a row, and which of the work's chapters each of them made."""
    pages: list[crawled.Page] = []
    before = 0
    for part in row:
        after = before + len(part.chapters)
        pages.append(crawled.Page(part.draft, part.index, tuple(range(before + 1, after + 1))))
        before = after
    return pages


def _from(part: Part, values: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact._replace(source=part.index) for fact in values)


def _named(part: Part, chapter: Chapter, name: Listed | None) -> Chapter:
    """A file's only chapter, with the number and the title that the contents page gives it where it has none."""
    if name is None or len(part.chapters) > 1:
        return chapter
    number = chapter.number if chapter.number is not None else name.number
    return chapter._replace(number=number, title=chapter.title or name.title)


def _one_question(questions: list[Question]) -> list[Question]:
    first = next((question for question in questions if question.about == "title"), None)
    return [question for question in questions if question.about != "title" or question is first]


def _doubts(row: list[Part], chapters: list[Chapter], contents: _Contents) -> list[Remark]:
    """Chapter numbers that are missing or stand twice, within each part of the work that counts anew, and what a
    contents page names that is not there."""
    remarks: list[Remark] = []
    index = row[0].index
    if contents.page is not None and contents.missing:
        named = [f"{one.number}" if one.number is not None else f"“{one.title}”" for one in contents.missing[:10]]
        listed = ", ".join(named) + (" …" if len(contents.missing) > 10 else "")
        said = f"The contents page names {len(contents.page.draft.listed)} chapters. Not found: {listed}."
        remarks.append(Remark("chapter-missing", said, contents.page.index))
    if row[0].is_mail and (unsent := posted.missing([part.post for part in row])):
        listed = ", ".join(map(str, unsent[:10])) + (" …" if len(unsent) > 10 else "")
        remarks.append(Remark("chapter-missing", f"Not found: part {listed} of {row[0].post.subject.of}.", index))
    for numbers in chapter_numbers.rows(chapters):
        seen: set[int] = set()
        for number in numbers:
            if number in seen:
                remarks.append(Remark("chapter-repeated", f"Chapter {number} stands twice.", index))
            seen.add(number)
        missing = [number for number in range(min(numbers), max(numbers)) if number not in seen]
        if missing and contents.page is None:
            listed = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
            remarks.append(Remark("chapter-missing", f"Not found: chapter {listed}.", index))
    return remarks
