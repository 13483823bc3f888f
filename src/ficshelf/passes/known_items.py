"""What single lines of a page of a known site are, once their place says what they should be: each settled where its
form agrees. The items that `known_sites.toml` names are the keys of `_ONE` and the branches of `several`."""

from __future__ import annotations

import re
from collections.abc import Callable

from ficshelf import subjects
from ficshelf.model import INFERRED, Draft, Fact
from ficshelf.passes import archive_rows, headings
from ficshelf.passes.facts import add_fact
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.known_lines import heading_in, is_of_site, is_other, page_title, titled_and_named
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.site_forms import says_sentence
from ficshelf.passes.site_landmarks import Mark
from ficshelf.passes.title_lines import by_line, clean_name, is_by_line, is_handle, is_name, is_title, subject_facts
from ficshelf.sureness import SURE

_LONGEST_TITLE = 255  # of a title: the Archive of Our Own's own limit
_LONGEST_NAME = 80
_SENTENCE = 100  # characters of a line that is surely no heading
_TOLD = 2500  # characters of a note or a summary that no landmark ends
_FURNITURE = 120  # characters of a line of furniture
_NOTED = 40  # paragraphs of a note at the end
_FIGURE = re.compile(r"[\d,./? -]{1,24}")
_AGAIN = 3  # lines on top of the story that may say the heading once more
_SHORT = 24  # characters of a number alone
_GAP = 2  # blank lines below a note or a summary that nothing else ends
_DASHES = frozenset("-–—~|/")  # between a title and a name
_SPEECH = frozenset('"“„«—–')
_AT = re.compile(r" @ \d\d?:\d\d [ap]m$")  # when an entry was posted, behind its subject


class Items(Gathered):
    """The lines of such a page while they are settled, and what they state."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.in_chapter = False  # whether what stands above the story speaks of a chapter
        self.headed = ""  # the last heading

    def settle(self, index: int, kind: str, detail: str = "") -> None:
        self.nodes[index] = self.nodes[index]._replace(kind=kind, detail=detail)

    def one(self, item: str, index: int, mark: Mark | None) -> bool:
        """Settle a line as what it is to be, below that landmark; False where its form does not agree."""
        return _ONE[item.rstrip("?")](self, index, mark, item.endswith("?"))

    def several(self, item: str, run: list[int], closed: bool, mark: Mark | None) -> int:
        """Settle the lines of a summary, a note or a value, as many as there are; how many that is."""
        if item == "furniture":
            self.furniture(run)
            return len(run)
        if item == "preview":
            for index in run[:1]:
                self.set_apart(index, "preview of the next chapter")
            return len(run[:1])
        if item == "counts":
            return sum(self.one("counts", index, mark) for index in run)
        if mark is None:
            return 0
        if item == "value":
            places = run if closed else run[:1]
            self.row(mark.found["row"], ", ".join(self.nodes[index].text for index in places), [mark.place, *places])
            return len(places)
        length = len(run) if closed and not mark.in_story else self._extent(run, mark.in_story)
        places = run[:length]
        label = [] if self.nodes[mark.place].kind else [mark.place]
        if mark.in_story and len(places) > _NOTED:
            return 0
        if not places:
            if label and item == "summary":
                self.set_apart(mark.place, "header line")
            elif label:
                self.settle(mark.place, "note")
            return 0
        if mark.in_story or self.in_chapter or item == "noted":
            for index in (*label, *places):
                self.settle(index, "note")
            return length
        said = "\n\n".join(text for index in places if any(map(str.isalnum, text := self.nodes[index].text)))
        spans = tuple(span for index in (*label, *places) for span in self.nodes[index].spans)
        if item == "summary" and self.states("summary") and not label:  # it goes on below its first paragraph
            *before, last = self.facts["summary"]
            held = last._replace(value=f"{last.value}\n\n{said}", spans=last.spans + spans)
            self.facts = {**self.facts, "summary": (*before, held)}
        elif said:
            self.add(item, said, spans)
        for index in (*label, *places):
            self.settle(index, "fact")
        return length

    def groups(self, index: int, said: dict[str, str | None]) -> None:
        """What the parts of a landmark state, each by its name."""
        spans = self.nodes[index].spans
        self.settle(index, "fact")
        for name, value in said.items():
            if not value or name == "number":
                continue
            if name == "heading":
                number = said.get("number")
                parsed = headings.parse(value)
                heading = parsed if parsed and not number else headings.Heading(None, value)
                if number:
                    title = parsed.title if parsed and parsed.number is not None else value
                    heading = headings.Heading(int(number), title)
                self.settle(index, "heading", headings.pack(heading))
            elif name == "poster":
                self.facts = add_fact(
                    self.facts,
                    "author",
                    Fact(value, INFERRED, spans, confidence=SURE["who posted it"], evidence="who posted it"),
                )
            elif name in ("title", "author", "published", "updated"):
                self.add(name, value, spans)
            else:
                self.take((name,), value, spans)

    def row(self, label: str, value: str, places: list[int]) -> None:
        """A row of the site: a label and its value, over several lines perhaps."""
        spans = tuple(span for place in places for span in self.nodes[place].spans)
        for place in places:
            self.settle(place, "fact")
        if not archive_rows.state(self, label, value, spans):
            self.silent += spans
            for place in places:
                self.set_apart(place, label.lower())

    def heading(self, index: int) -> None:
        """A chapter's heading."""
        text = self.nodes[index].text
        above = heading_in(self.headed) if self.headed else None
        numbered = above is not None and above.number is not None
        heading = (headings.parse(text) if numbered else heading_in(text)) or headings.Heading(None, tidy(text))
        self.settle(index, "heading", headings.pack(heading))
        self.headed = text

    def said_again(self, start: int) -> None:
        """Settle the story's first lines where they are but the number and the title of the chapter, or of the work,
        once more: the author's own heading below the archive's."""
        heading = heading_in(self.headed) if self.headed else None
        titles = {tidy(heading.title).casefold()} if heading and heading.title else set()
        for index in range(start, min(start + _AGAIN, len(self.nodes))):
            node = self.nodes[index]
            said = tidy(node.text).casefold()
            number = headings.bare(node.text) if len(node.text) <= _SHORT else None
            counts = bool(number and heading and number.number == heading.number and not number.title)
            if node.kind or not (said in titles or counts or headings.parse(node.text)):
                return
            if said in titles or counts:
                again = headings.Heading(number.number if counts and number else None, None if counts else node.text, 0)
                self.settle(index, "heading", headings.pack(again))

    def sign_title(self) -> None:
        """Who began a thread with the own name behind its title (`Ballast - Wren`) is stated to be the author."""
        titles, authors = self.facts.get("title", ()), self.facts.get("author", ())
        if len(titles) != 1 or len(authors) != 1 or authors[0].how != INFERRED:
            return
        title, (author,) = str(titles[0].value), authors
        called = title.removesuffix(str(author.value)).rstrip()
        if called != title and called[-1:] in _DASHES:
            spans = titles[0].spans
            self.facts = {
                **self.facts,
                "title": (titles[0]._replace(value=called[:-1].rstrip()),),
                "author": (Fact(author.value, spans=spans),),
            }

    def furniture(self, run: list[int]) -> None:
        """Lines of the site, unless one of them is as long as what is told."""
        if all(len(self.nodes[index].text) <= _FURNITURE for index in run):
            for index in run:
                self.set_apart(index, "navigation")

    def stands_alone(self, index: int) -> bool:
        below = self.nodes[index + 1 : index + 2]
        return self.nodes[index].gap > 0 and any(node.gap > 0 for node in below)

    def _extent(self, run: list[int], below_story: bool) -> int:
        """How many lines of a run that no landmark ends are one note or summary: below the story all, up to a line
        of the site; above it up to the heading once more, or to a wider gap."""
        if below_story:
            return next((at for at, index in enumerate(run) if is_of_site(self.nodes[index].text)), len(run))
        told = 0
        for at, index in enumerate(run[:_NOTED]):
            text = self.nodes[index].text
            if text == self.headed or (at and (self.nodes[index].gap >= _GAP or headings.parse(text))):
                return at
            told += len(text)
            if told > _TOLD or text[0] in _SPEECH:
                return 0
        return 0


def _title(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    node = page.nodes[index]
    if in_doubt and (page.states("title") or not is_title(node.text) or not page.stands_alone(index)):
        return False
    if in_doubt and (counted := headings.parse(node.text)) and counted.number is not None and not counted.title:
        return False
    if len(node.text) > _LONGEST_TITLE or label_line(node.text) or (mark is None and headings.parse(node.text)):
        return False
    page.add("title", node.text, node.spans)
    page.settle(index, "fact")
    return True


def _author(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    node = page.nodes[index]
    name = by_line(node.text)[0] if is_by_line(node.text) else node.text
    if len(node.text) > _LONGEST_NAME or not is_name(name) or node.text[-1] in "!…" or is_other(node.text):
        return False
    page.add("author", clean_name(name), node.spans)
    page.settle(index, "fact")
    return True


def _name(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    """Title and author in one line."""
    node = page.nodes[index]
    named = titled_and_named(node.text)
    if named is None:
        return False
    page.add("title", named["title"], node.spans)
    page.add("author", clean_name(named["name"]), node.spans)
    page.settle(index, "fact")
    return True


def _page(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    """Title, author and fandom in one line, as the page itself is called."""
    node = page.nodes[index]
    told = page_title(node.text) if len(node.text) <= _LONGEST_TITLE else None
    if told is None:
        return False
    for name, value in zip(("title", "author", "fandom"), told, strict=True):
        page.add(name, value, node.spans)
    page.settle(index, "fact")
    return True


def _parted(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    """The work's title and the chapter's, parted by a hyphen; the chapter's often stands below once more."""
    node = page.nodes[index]
    title, _, chapter = node.text.partition(" - ")
    if not chapter or len(node.text) > _LONGEST_TITLE:
        return False
    page.add("title", title, node.spans)
    page.settle(index, "fact")
    further = (one.text for one in page.nodes[index + 1 : index + _NOTED])
    if not any(text.endswith(chapter) and len(text) <= len(chapter) + _SHORT for text in further):
        page.settle(index, "heading", headings.pack(heading_in(chapter) or headings.Heading(None, chapter)))
    return True


def _subject(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    """The subject of a journal's entry; behind `by` it has a name only where no title goes on there."""
    node = page.nodes[index]
    line = label_line(node.text)
    if len(node.text) > _LONGEST_TITLE or node.text[-1] in ",;:" or (line and line.label.names[0] != "title"):
        return False
    text = _AT.sub("", node.text)
    said = subjects.parse(text)
    sure = not said.author or f", by {said.author}" in text or is_handle(said.author)
    if sure and said.title and said.title.count("(") == said.title.count(")"):
        page.facts = subject_facts(page.facts, text, node.spans)
    else:
        page.take(("title",), text, node.spans)
    page.settle(index, "fact")
    return True


def _heading(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    node = page.nodes[index]
    if not heading_in(node.text) and not (is_title(node.text) and not label_line(node.text)):
        return False
    below = page.nodes[index + 1 : index + 3] if mark is None else []
    if node.text[0] in '"“‘' or any(is_by_line(one.text) for one in (node, *below)):
        return False
    page.heading(index)
    return True


def _twice(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    """A heading that stands there twice."""
    if [node.text for node in page.nodes[index + 1 : index + 2]] != [page.nodes[index].text]:
        return False
    page.heading(index)
    page.said_again(index + 1)
    return True


def _value(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    """What the label above it states; what the site has no row for says nothing of the story."""
    node = page.nodes[index]
    if mark is None:
        return False
    if "row" in mark.found.groupdict():
        page.row(mark.found["row"], node.text, [mark.place, index])
        return True
    if node.gap or label_line(node.text):
        return False
    page.set_apart(index, "navigation")
    return True


def _figure(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    return _FIGURE.fullmatch(page.nodes[index].text) is not None and _value(page, index, mark, in_doubt)


def _counts(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    page.set_apart(index, "header line")
    page.silent += page.nodes[index].spans
    return True


def _summary(page: Items, index: int, mark: Mark | None, in_doubt: bool) -> bool:
    text = page.nodes[index].text
    if is_other(text) or (in_doubt and not (says_sentence(text) or len(text) > _SENTENCE)):
        return False
    page.several("summary", [index], True, mark)
    return True


_ONE: dict[str, Callable[[Items, int, Mark | None, bool], bool]] = {
    "title": _title,
    "author": _author,
    "name": _name,
    "page": _page,
    "parted": _parted,
    "subject": _subject,
    "heading": _heading,
    "twice": _twice,
    "value": _value,
    "figure": _figure,
    "counts": _counts,
    "summary": _summary,
}
