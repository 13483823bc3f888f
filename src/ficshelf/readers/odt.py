"""OpenDocument texts (odt, and fodt in one XML file), as LibreOffice, OpenOffice and Google Docs write them.

A node a line. The text layer is the paragraphs and headings in order, each ended by a line end, a line break within one
being a line end too; a row of a table is one line, its cells parted by tabs; a text box stands after the paragraph that
it hangs on. Then come the footnotes and endnotes, each behind its mark in brackets, which also stands where the text
refers to it. White space is collapsed and `text:s` spelt out as OpenDocument 1.2 part 1 section 6.1 has it. Deleted
text that is still tracked, comments, page headers and footers, and descriptions of pictures are no text of the story.
A list of contents is chrome.
"""

from __future__ import annotations

import re

from lxml import etree

from ficshelf.model import Draft, Facts, Remark, Run
from ficshelf.readers.document import Document, Paragraph, properties, web_link
from ficshelf.readers.marks import NAMES_OF
from ficshelf.readers.odt_styles import Style, Styles
from ficshelf.readers.package import open_package, parse_xml, remarks_on, with_known_entities
from ficshelf.sources import limits
from ficshelf.sources.zips import RefusedError

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PARAGRAPHS = frozenset((_TEXT + "p", _TEXT + "h"))
_SPAN, _LINK, _STYLED = _TEXT + "span", _TEXT + "a", _TEXT + "style-name"
_HREF = "{http://www.w3.org/1999/xlink}href"
_MIME = b"application/vnd.oasis.opendocument.text"

_SKIPPED = frozenset(
    {_TEXT + "tracked-changes", _TEXT + "script", _TEXT + "note-citation", _TEXT + "index-title-template",
     _OFFICE + "annotation", _OFFICE + "forms", _OFFICE + "event-listeners", _OFFICE + "binary-data",
     _OFFICE + "change-info", _SVG + "title", _SVG + "desc", _TABLE + "covered-table-cell"}
)  # fmt: skip
_CONTENTS = frozenset(
    _TEXT + name
    for name in ("table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index",
                 "user-index", "bibliography")
)  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\n]+")


def sure(data: bytes, path: str) -> float:
    """1 for a zip, or one XML file, that says it is an OpenDocument text; 0.9 for a zip with the parts of one."""
    if data[:4] == b"PK\x03\x04":
        if data[30:38] == b"mimetype" and _MIME[:-4] in data[38:100]:
            return 1.0 if _MIME in data[38:100] else 0.0
        return 0.9 if b"content.xml" in data and b"META-INF/manifest.xml" in data else 0.0
    head = data[:4096]
    return (
        1.0
        if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"<office:document" in head and _MIME in head
        else 0.0
    )


def read(data: bytes, path: str) -> Draft:
    """Read an OpenDocument text. Never raises; what is damaged or locked gives a remark."""
    if data[:4] != b"PK\x03\x04":
        if len(data) > limits.READ:
            return _nothing(f"It has more than {limits.READ >> 20} MiB, the limit of one text.", "too-large")
        return _draft(data, data, data)
    try:
        package = open_package(data)
    except RefusedError as refused:
        return _nothing(f"This document cannot be opened: {refused}.")
    content = package.read("content.xml")
    if content is None:
        return _nothing("This document's text cannot be unpacked.")
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        return _nothing("This document is locked with a password; save it without one and add it again.")
    return _draft(content, package.read("styles.xml") or b"", package.read("meta.xml") or b"")


def _nothing(why: str, kind: str = "damaged") -> Draft:
    return Draft("", (), remarks=(Remark(kind, why),))


def _draft(content: bytes, styles: bytes, meta: bytes) -> Draft:
    root, trouble = parse_xml(with_known_entities(content))
    remarks = remarks_on(trouble)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if root is None or body is None:
        return Draft("", (), remarks=remarks or (Remark("not-text", "This OpenDocument file holds no text document."),))
    named = root if styles is content else parse_xml(styles)[0]
    told = root if meta is content else parse_xml(meta)[0]
    writer = _Writer(Styles(named, root))
    writer.body(body)
    return Draft("".join(writer.text), tuple(writer.nodes), _properties(told), tuple(writer.chrome), remarks,
                 encoding="utf-8")  # fmt: skip


class _Open:
    """A paragraph that is being read, and what hangs on it."""

    def __init__(self, hint: str, detail: str, style: Style, mask: int) -> None:
        self.hint, self.detail, self.style, self.mask = hint, detail, style, mask
        self.link = ""
        self.runs: list[Run] = []
        self.blank = True  # whether a blank that comes now is one too many
        self.boxes: list[Paragraph] = []

    def add(self, text: str | None) -> None:
        """Text as it stands in the XML: its runs of blanks are one."""
        if not text:
            return
        said = _BLANKS.sub(" ", text) if "  " in text or "\n" in text or "\t" in text or "\r" in text else text
        if self.blank and said[0] == " ":
            said = said[1:]
        if said:
            self.put(said)
            self.blank = said[-1] == " "

    def put(self, text: str) -> None:
        """Text as it is read."""
        self.runs.append(Run(text, NAMES_OF[self.mask], self.link))


class _Writer(Document):
    """Walks over the text once, by the events of its elements, however deep they are nested."""

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self.styles = styles
        self.open: list[_Open] = []
        self.looks: list[tuple[int, str]] = []  # marks and link to put back when a span or a link ends
        self.lists: list[str] = []  # the style of each list within which we are
        self.cells: list[list[Paragraph]] | None = None  # of the row of a table
        self.tables = 0
        self.spaces = limits.READ  # that `text:s` may still spell out
        self.noted: list[tuple[str, str, list[Paragraph]]] = []  # mark, kind, text
        self.note_depth = 0
        self.contents = -1

    def body(self, root: etree._Element) -> None:
        """The text of a document, then its notes."""
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                if element.tag in _SKIPPED:
                    walker.skip_subtree()
                else:
                    self._start(element)
            else:
                self._end(element)
                if self.open:
                    self.open[-1].add(element.tail)
        self.settle_headings()
        for sign, detail, paragraphs in self.noted:
            for number, one in enumerate(paragraphs):
                runs = [Run(f"{sign} "), *one.runs] if number == 0 else one.runs
                self.paragraph(runs, detail=detail, kind="note")

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self._open_paragraph(element)
        elif tag in (_SPAN, _LINK):
            self._open_span(element)
        elif tag == _TEXT + "s":
            self._spell(element)
        elif tag == _TEXT + "tab":
            self._put("\t")
        elif tag == _TEXT + "line-break":
            self._put("\n")
        elif tag == _TEXT + "list":
            self.lists.append(element.get(_STYLED) or (self.lists[-1] if self.lists else ""))
        elif tag == _TEXT + "note":
            self._open_note(element)
        elif tag == _TABLE + "table":
            self.tables += 1
        elif tag == _TABLE + "table-row" and self.cells is None and not self.open:
            self.cells = []
        elif tag == _TABLE + "table-cell" and self.cells is not None and self.tables == 1:
            self.cells.append([])
        elif tag in _CONTENTS and self.contents < 0 and not self.open:
            self.contents = len(self.nodes)
        elif self.open:
            self.open[-1].add(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _PARAGRAPHS:
            self._close_paragraph()
        elif tag in (_SPAN, _LINK) and self.open:
            self.open[-1].mask, self.open[-1].link = self.looks.pop()
        elif tag == _TEXT + "list":
            self.lists.pop()
        elif tag == _TEXT + "note" and self.open:
            self.note_depth -= 1
        elif tag == _TABLE + "table":
            self.tables -= 1
        elif tag == _TABLE + "table-row" and self.tables == 1 and self.cells is not None:
            cells, self.cells = self.cells, None
            if len(cells) == 1:  # a frame around paragraphs
                for one in cells[0]:
                    self.paragraph(*one)
            else:
                self.row(_in_one_line(cell) for cell in cells)
        elif tag in _CONTENTS and self.contents >= 0 and not self.open:
            self.set_apart(self.contents, "contents")
            self.contents = -1

    def _open_paragraph(self, element: etree._Element) -> None:
        name = element.get(_STYLED) or ""
        style = self.styles.get("paragraph", name)
        hint, detail = style.hint or "p", ""
        if element.tag == _TEXT + "h":
            level = element.get(_TEXT + "outline-level") or "1"
            hint = "title" if hint == "title" else f"h{min(6, int(level))}" if re.fullmatch("[1-9]", level) else "h6"
        elif self.lists and hint == "p":
            hint, detail = "li", "ordered" if self.styles.is_ordered(self.lists[-1]) else ""
        elif style.centred and hint == "p":
            hint = "center"
        mask = 0 if hint[0] == "h" or hint == "title" else style.on
        opened = _Open(hint, detail, style, mask)
        if style.page and not self.open:
            opened.runs.append(Run("\f"))
        self.open.append(opened)
        opened.add(element.text)

    def _close_paragraph(self) -> None:
        done = self.open.pop()
        is_rule = done.hint == "hr"
        hint = "p" if is_rule else done.hint
        made = Paragraph(done.runs, hint, done.style.indent if hint == "p" else 0, done.detail)
        if self.note_depth and self.noted:
            self.noted[-1][2].append(made)
        elif self.open:
            self.open[-1].boxes += [made, *done.boxes]
        elif self.cells is not None:
            if not self.cells:
                self.cells.append([])
            self.cells[-1] += [made, *done.boxes]
        elif is_rule and not any(run.text.strip() for run in done.runs):
            self.rule()
        else:
            for one in (made, *done.boxes):
                self.paragraph(*one)

    def _open_span(self, element: etree._Element) -> None:
        if not self.open:
            return
        top = self.open[-1]
        self.looks.append((top.mask, top.link))
        if element.tag == _LINK:
            top.link = web_link(element.get(_HREF) or "")
        else:
            style = self.styles.get("text", element.get(_STYLED) or "")
            top.mask = top.mask & ~style.off | style.on
        top.add(element.text)

    def _open_note(self, element: etree._Element) -> None:
        if not self.open:
            return
        detail = "endnote" if element.get(_TEXT + "note-class") == "endnote" else "footnote"
        sign = " ".join((element.findtext(_TEXT + "note-citation") or "").split()) or "*"
        top = self.open[-1]
        top.runs.append(Run(f"[{sign}]", ("sup",)))
        top.blank = False
        self.note_depth += 1
        self.noted.append((f"[{sign}]", detail, []))

    def _spell(self, element: etree._Element) -> None:
        count = element.get(_TEXT + "c") or "1"
        many = min(int(count), 200, self.spaces) if count.isascii() and count.isdigit() and len(count) < 9 else 1
        self.spaces -= many
        if many:
            self._put(" " * many)

    def _put(self, text: str) -> None:
        if self.open:
            self.open[-1].put(text)
            self.open[-1].blank = False


def _in_one_line(cell: list[Paragraph]) -> list[Run]:
    runs: list[Run] = []
    for paragraph in cell:
        runs += [Run(" "), *paragraph.runs] if runs else paragraph.runs
    return runs


def _properties(root: etree._Element | None) -> Facts:
    meta = root.find(_OFFICE + "meta") if root is not None else None
    if meta is None:
        return {}
    author = meta.findtext(_META + "initial-creator") or meta.findtext(_DC + "creator") or ""
    return properties(author, meta.findtext(_DC + "title") or "")
