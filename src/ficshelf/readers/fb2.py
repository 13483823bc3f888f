"""FictionBook 2 (fb2): one XML file with a description that states what the book is, and bodies of sections.

The text layer is the text of the description, a line for each element or paragraph of it, then the text of the bodies
in order, a line for each paragraph, title line, line of verse or row of a table. What the description says of the story
becomes facts; what it says of the file and of printed editions is chrome. The style sheet and the pictures (`binary`,
which are not even parsed) are no text. (FictionBook 2.21, `http://www.gribuser.ru/xml/fictionbook/2.0`.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ficshelf.model import MARKS, Chrome, Draft, Fact, Facts, Node, Run, Span
from ficshelf.passes import headings
from ficshelf.passes.breaks import is_break
from ficshelf.passes.facts import add_fact, list_values
from ficshelf.passes.nodes import join_runs
from ficshelf.readers import encoding, unread
from ficshelf.readers.document import Document, web_link
from ficshelf.readers.html import declared_in
from ficshelf.readers.marks import NAMES_OF
from ficshelf.readers.package import parse_xml, remarks_on, with_known_entities
from ficshelf.sources import limits

_FIRST_TAG = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?([A-Za-z]\w*)")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(rb"<binary\b[^<>]*>[^<]*</binary\s*>")
_BLANKS = re.compile(r"[ \t\r\n]+")
_BITS = {
    tag: 1 << MARKS.index(mark)
    for tag, mark in (
        ("emphasis", "em"), ("strong", "strong"), ("strikethrough", "strike"), ("sup", "sup"), ("sub", "sub"),
        ("code", "code"),
    )
}  # fmt: skip
_INLINE = frozenset({*_BITS, "a", "style", "image", "td", "th"})
_LINES = frozenset({"p", "v", "subtitle", "text-author", "date", "tr"})  # elements of a body whose text is a line
_FACTS = {"genre": "genre", "book-title": "title", "keywords": "tag", "date": "published", "lang": "language"}
_LONGEST_LABEL = 12  # characters of what stands before a note: its number
_NOTES = re.compile(r"notes?|comments?|footnotes|endnotes|примечания|комментарии|сноски", re.IGNORECASE)
_NOT_GENRES = frozenset({"fanfiction", "fanfic", "fan fiction", "unrecognised"})  # which say nothing


def sure(data: bytes, path: str) -> float:
    """1 where the first element is a FictionBook."""
    head = data[:8192].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    if head[:1] != b"<" or b"FictionBook" not in head:
        return 0.0
    found = _FIRST_TAG.search(_COMMENT.sub(b"", head))
    return 1.0 if found and found[1] == b"FictionBook" else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a FictionBook. Never raises; what is damaged gives a remark."""
    data = _PICTURE.sub(b"", data)
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    decoded = encoding.decode(data, declared_in(data))
    root, trouble = parse_xml(with_known_entities(decoded.text.encode()), encoding="utf-8")
    remarks = decoded.remarks_of_all + remarks_on(trouble)
    if root is None:
        return Draft("", (), remarks=remarks, encoding=decoded.encoding)
    writer = _Writer()
    bodies: list[etree._Element] = []
    for part in root:
        if _name(part) == "description":
            writer.description(part)
            bodies += [
                one for one in part if _name(one) == "body"
            ]  # where the tag that ends the description is missing
        elif _name(part) == "body":
            bodies.append(part)
    for number, body in enumerate(bodies):
        writer.body(body, notes=number > 0 and bool(_NOTES.fullmatch((body.get("name") or "").strip())))
    return Draft("".join(writer.text), tuple(writer.nodes), writer.facts, tuple(writer.chrome), remarks,
                 encoding=decoded.encoding)  # fmt: skip


class _Within(NamedTuple):
    """What the elements around a line say of it. `first` is the number of nodes when the innermost of them began."""

    kind: str = ""
    hint: str = "p"
    first: int = 0
    title: str = ""  # "body", "section" or "poem": whose title it is


class _Writer(Document):
    """Gathers what the description states, then walks over each body once, however deep its sections are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: Facts = {}
        self.within: list[_Within] = []
        self.runs: list[Run] | None = None  # of the line that is being read
        self.looks: list[tuple[int, str]] = []  # marks and link of the elements within that line
        self.in_row = self.in_cell = False
        self.told = False  # whether the story has begun
        self.headed = 0  # nodes when the last title ended

    def description(self, root: etree._Element) -> None:
        """State what the description says of the story."""
        for part in root:
            if _name(part) == "title-info":
                for element in part:
                    self._state(element)
            elif _name(part) != "body":
                self._record(part, "record of the file")

    def _state(self, element: etree._Element) -> None:
        name = _name(element)
        if name == "author":
            self._author(element)
        elif name == "annotation":
            said = list(_paragraphs(element))
            self._fact("summary", "\n\n".join(said), [self._layer(one) for one in said])
        elif name == "sequence":
            self._series(element)
        elif name in _FACTS:
            said = list(_paragraphs(element))
            spans = [self._layer(one) for one in said]
            whole = " ".join(said)
            if name == "date":
                whole = (element.get("value") or "").strip() or whole
            for value in list_values(whole) if name in ("keywords", "genre") else [whole]:
                if value.lower() in _NOT_GENRES:
                    self.chrome += [Chrome(span, "genre") for span in spans]
                else:
                    self._fact(_FACTS[name], value, spans)
        else:
            self._record(element, name if name == "translator" else "record of the file")

    def _author(self, element: etree._Element) -> None:
        said = {_name(part): " ".join(_paragraphs(part)) for part in element}
        named = [part for part in ("first-name", "middle-name", "last-name") if said.get(part)] or ["nickname"]
        spans: dict[str, Span] = {}
        for part in element:
            name = _name(part)
            if name in named and said[name]:
                spans[name] = self._layer(said[name])
            else:
                self._record(part, "e-mail address" if name == "email" else "record of the author")
        self._fact("author", " ".join(said.get(part, "") for part in named), list(spans.values()))

    def _series(self, element: etree._Element) -> None:
        for one in element.iter():
            name, number = " ".join((one.get("name") or "").split()), (one.get("number") or "").strip()
            if _name(one) == "sequence" and name:
                placed = re.fullmatch("0*([1-9][0-9]{0,3})", number)
                self._fact("series", f"{name} #{placed[1]}" if placed else name, [])

    def _fact(self, name: str, value: str, spans: list[Span]) -> None:
        if value:
            self.facts = add_fact(self.facts, name, Fact(value, spans=tuple(spans)))

    def _record(self, element: etree._Element, reason: str) -> None:
        """Keep the text of an element as chrome."""
        self.chrome += [Chrome(self._layer(said), reason) for said in _paragraphs(element)]

    def _layer(self, said: str) -> Span:
        """One more line of the text layer, without a node."""
        span = Span(self.length, self.length + len(said))
        self.text += [said, "\n"]
        self.length = span.end + 1
        return span

    def body(self, root: etree._Element, *, notes: bool) -> None:
        """The sections of a body."""
        self.within = []
        self.told = self.told or notes
        self._open(_Within("note" if notes else "", first=len(self.nodes)), root)
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if element is root:
                continue
            name = _name(element)
            if event == "start":
                (self._start if self.runs is None else self._start_inside)(name, element)
                continue
            (self._end if self.runs is None or len(self.looks) == 1 else self._end_inside)(name)
            if self.runs is not None:
                self._add(element.tail)
            elif element.tail and element.tail.strip():
                self._line_of("p", [Run(_BLANKS.sub(" ", element.tail))])  # in no paragraph, as no book should have it

    def _open(self, around: _Within, element: etree._Element) -> None:
        self.within.append(around)
        if element.text and element.text.strip():
            self._line_of("p", [Run(_BLANKS.sub(" ", element.text))])

    def _start(self, name: str, element: etree._Element) -> None:
        around = self.within[-1]._replace(first=len(self.nodes))
        if name in _LINES:
            self.runs, self.looks = [], [(0, "")]
            self.in_row, self.in_cell = name == "tr", False
            self._add(element.text)
            return
        if name == "empty-line":
            self.gap += 1
        elif name == "section":
            titled = any(_name(child) == "title" for child in element)
            if not titled and not around.kind and len(self.nodes) > self.headed:
                self.rule()  # nobody says that a chapter begins here
        elif name == "title":
            whose = "poem" if around.kind == "verse" else "body" if len(self.within) == 1 else "section"
            around = around._replace(title=whose)
        elif name in ("epigraph", "cite"):
            of_book = name == "epigraph" and len(self.within) == 1  # it stands before the first chapter, and opens none
            around = around._replace(kind=around.kind or ("note" if of_book else "quote"), hint="blockquote")
        elif name == "annotation":
            around = around._replace(kind="note")
        elif name in ("poem", "stanza"):
            around = around._replace(kind="note" if around.kind == "note" else "verse")
        elif name == "table":
            around = around._replace(hint="table")
        self._open(around, element)

    def _end(self, name: str) -> None:
        if self.runs is not None:
            runs, self.runs = self.runs, None
            self._line_of(name, runs)
            return
        around = self.within.pop()
        group = self.nodes[around.first :]
        if name == "title":
            self.headed = len(self.nodes)
        elif name == "stanza" and len(group) > 1 and around.kind == "verse":
            self.nodes[around.first :] = [_joined(group, "\n")]
        elif name == "section" and around.kind == "note" and len(group) > 1 and len(group[0].text) <= _LONGEST_LABEL:
            self.nodes[around.first : around.first + 2] = [_joined(group[:2], " ")]

    def _start_inside(self, name: str, element: etree._Element) -> None:
        mask, link = self.looks[-1]
        mask |= _BITS.get(name, 0)
        if name == "a":
            href = next((value for key, value in element.items() if str(key).endswith("href")), "")
            link = web_link(str(href))
            if element.get("type") == "note" and not link:
                mask |= _BITS["sup"]
        elif name in ("td", "th"):
            if self.in_cell:
                self._put("\t")
            self.in_cell = True
        elif name not in _INLINE:
            self._break()
        self.looks.append((mask, link))
        self._add(element.text)

    def _end_inside(self, name: str) -> None:
        self.looks.pop()
        if name not in _INLINE:
            self._break()

    def _break(self) -> None:
        """A paragraph within a paragraph, as where a tag that ends it is missing, begins a line."""
        runs, self.runs = self.runs or [], []
        self._line_of("p", runs)

    def _add(self, text: str | None) -> None:
        if text and self.runs is not None and not (self.in_row and len(self.looks) == 1 and not text.strip()):
            said = _BLANKS.sub(" ", text)
            if said[0] == " " and (not self.runs or self.runs[-1].text[-1] in " \t"):
                said = said[1:]
            if said:
                self._put(said)

    def _put(self, text: str) -> None:
        if self.runs is not None:
            mask, link = self.looks[-1]
            self.runs.append(Run(text, NAMES_OF[mask], link))

    def _line_of(self, name: str, runs: list[Run]) -> None:
        """End a line: settle what it is."""
        around = self.within[-1]
        in_table = around.hint == "table"
        count = len(self.nodes)
        follows_on = around.kind == "verse" and count > around.first and name == "v"
        self.line(runs, around.hint, 0, follows_on=follows_on or (in_table and count > around.first))
        self.gap = max(self.gap, 0 if in_table or name == "v" else 1)
        if len(self.nodes) == count:
            return
        node = self.nodes[-1]
        if around.kind == "note":
            self.nodes[-1] = node._replace(kind="note", detail="footnote" if self.within[0].kind else "")
        elif around.title in ("body", "section"):
            self._title(node, around.title)
            return
        elif around.kind:
            is_verse = around.kind == "verse" and (name == "v" or around.title == "poem")
            self.nodes[-1] = node._replace(kind="verse" if is_verse else "quote")
        elif name == "subtitle":
            runs = [] if is_break(node.text) else [_bold(run) for run in node.as_runs()]
            self.nodes[-1] = node._replace(hint="center", runs=tuple(runs))
        self.told = True

    def _title(self, node: Node, whose: str) -> None:
        """A title on top of a book says again who wrote what; every other names a chapter."""
        folded = _fold(node.text)
        for name in () if self.told else ("title", "author"):
            for fact in self.facts.get(name, ()):
                if folded.removeprefix("by") == _fold(str(fact.value)) or folded == _fold(str(fact.value)):
                    self.facts = add_fact(self.facts, name, fact._replace(spans=node.spans))
                    self.nodes.pop()
                    return
        if whose == "body" and not self.told and headings.parse(node.text) is None:
            self.chrome += [Chrome(span, "subtitle") for span in node.spans]
            self.nodes.pop()
        else:
            self.nodes[-1] = node._replace(kind="heading")


def _joined(group: list[Node], between: str) -> Node:
    """One node of lines that stand together."""
    runs: list[Run] = []
    for node in group:
        runs += [Run(between), *node.as_runs()] if runs else node.as_runs()
    marked = any(run.marks or run.link for run in runs)
    return group[0]._replace(
        text=between.join(node.text for node in group),
        runs=join_runs(runs) if marked else (),
        spans=(Span(group[0].spans[0].start, group[-1].spans[-1].end),),
    )


def _bold(run: Run) -> Run:
    return run if "strong" in run.marks else run._replace(marks=tuple(m for m in MARKS if m in (*run.marks, "strong")))


def _fold(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _paragraphs(element: etree._Element) -> Iterator[str]:
    """The text below an element, cut where anything but an inline element begins or ends."""
    pieces: list[str | None] = []
    for event, one in etree.iterwalk(element, events=("start", "end")):
        if _name(one) not in _INLINE:
            if said := " ".join("".join(filter(None, pieces)).split()):
                yield said
            pieces = []
        pieces.append(one.text if event == "start" else one.tail if one is not element else "")
