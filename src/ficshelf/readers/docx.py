"""Word-processor files (docx, Office Open XML), read from their parts: a node a line.

The text layer is the paragraphs in order, each ended by a line end, a line break within one being a line end too; then
the footnotes and endnotes, each under its number, in brackets. Deleted text of tracked changes, field codes and the
fallback copies of drawings are no text of the document (ECMA-376 part 1, sections 17.3, 17.13, 17.16).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from lxml import etree

from ficshelf.model import MARKS, Draft, Facts, Remark, Run
from ficshelf.readers.document import Document, hint_of_style, indent_of, properties, web_link
from ficshelf.readers.package import Package, open_package, parse_xml, remarks_on
from ficshelf.sources.zips import RefusedError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOSE = _W[1:-1].encode()
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the same names, as ISO 29500 spells them
_HR = "{urn:schemas-microsoft-com:office:office}hr"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_OF_PARAGRAPH, _OF_RUN, _BOX = _W + "pPr", _W + "rPr", _W + "txbxContent"
_MARK_TAGS = {"b": "strong", "i": "em", "u": "underline", "strike": "strike", "dstrike": "strike"}
_SKIPPED = frozenset(
    ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "sectPr",
     "Fallback", "rubyPr")
)  # fmt: skip
_FRAME = re.compile(r"word/(header|footer)\d{0,4}\.xml")
_OFF = frozenset({"0", "false", "off", "none"})
_RULE = "\x1d"  # a run of this is a line drawn across the page; no XML can hold it

_new = tuple.__new__  # a run made at once: a document has one for every line


def sure(data: bytes, path: str) -> float:
    """1 for a zip whose first entries name a word-processor document's parts."""
    return 1.0 if data[:4] == b"PK\x03\x04" and (b"word/document.xml" in data) else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a docx. Never raises; what is damaged or too large gives a remark."""
    try:
        package = open_package(data)
    except RefusedError as refused:
        return Draft("", (), remarks=(Remark("damaged", f"This document cannot be opened: {refused}."),))
    part = package.read("word/document.xml")
    if part is None:
        return Draft("", (), remarks=(Remark("damaged", "This document's text cannot be unpacked."),))
    root, trouble = parse_xml(part.replace(_STRICT, _LOOSE))
    remarks = remarks_on(trouble)
    if root is None:
        return Draft("", (), remarks=remarks)
    writer = _Writer(_styles(package), _links(package))
    writer.body(root)
    if writer.capital:
        writer.document.paragraph(writer.capital)
    writer.document.settle_headings()
    for name, kind in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes = _part(package, name)
        if notes is not None:
            writer.notes(notes, kind)
    document = writer.document
    remarks += _set_apart(package, root, document)
    return Draft("".join(document.text), tuple(document.nodes), _properties(package), tuple(document.chrome), remarks,
                 encoding="utf-8")  # fmt: skip


def _set_apart(package: Package, root: etree._Element, document: Document) -> tuple[Remark, ...]:
    """Below the story, as chrome: page headers and footers, comments, and what is deleted but still tracked."""
    for name in sorted(package.names):
        if (found := _FRAME.fullmatch(name)) and (part := _part(package, name)) is not None:
            document.apart(_plain(part), "page header" if found[1] == "header" else "page footer")
    comments = _part(package, "word/comments.xml")
    if comments is not None:
        document.apart(_plain(comments), "comment")
    deleted = ["".join(str(text.text or "") for text in one.iter(_W + "delText")) for one in root.iter(_W + "del")]
    if not any(deleted):
        return ()
    document.apart("\n".join(deleted), "deleted text")
    return (Remark("changes-tracked", f"{len([one for one in deleted if one])} deletions were still tracked."),)


def _plain(root: etree._Element) -> str:
    """The words of a part, a line a paragraph."""
    return "\n".join("".join(str(text.text or "") for text in one.iter(_W + "t")) for one in root.iter(_W + "p"))


def _part(package: Package, name: str) -> etree._Element | None:
    """The root of another part than the text; None where there is none that can be read."""
    return parse_xml((package.read(name) or b"").replace(_STRICT, _LOOSE))[0]


class _Style(NamedTuple):
    """What a style of paragraphs means: the hint of its lines, the marks of its text."""

    hint: str = "p"
    marks: frozenset[str] = frozenset()
    centred: bool = False


class _Looks(NamedTuple):
    """A paragraph's style, and what it sets itself; `top` and `bottom` are lines drawn above and below it."""

    style: _Style
    indent: int = 0
    listed: bool = False
    top: bool = False
    bottom: bool = False
    page: bool = False
    is_drop_cap: bool = False


class _Writer:
    """Takes the paragraphs of a body, and of its notes, into a document."""

    def __init__(self, styles: dict[str, _Style], links: dict[str, str]) -> None:
        self.styles, self.links = styles, links
        self.plain = _Looks(styles.get("", _Style()))
        self.document = Document()
        self.ruled = False  # a line was drawn below the last paragraph
        self.numbers: dict[tuple[str, str], int] = {}  # of footnotes and endnotes, by kind and id
        self.note = ""  # the number of the note at hand, until it is written
        self.capital: list[Run] = []  # a large letter in a frame of its own, which the next paragraph begins with

    def body(self, root: etree._Element) -> None:
        """All paragraphs and tables below an element, in order."""
        for element in _paragraphs(root):
            if element.tag == _W + "tr":
                self._draw()
                self.document.row(self._cell(cell) for cell in element.iterchildren(_W + "tc"))
            else:
                self._paragraph(element)

    def notes(self, root: etree._Element, kind: str) -> None:
        """Footnotes or endnotes, each under its number."""
        for note in root:
            identity = note.get(_W + "id") or ""
            if note.get(_W + "type") or not identity.lstrip("-").isdigit():
                continue  # the separator lines that every document holds
            first = len(self.document.nodes)
            self.note = self._number(kind, identity)
            self.body(note)
            self.document.settle(first, "note", kind)

    def _number(self, kind: str, identity: str) -> str:
        """What a note is called: its place in the order in which the text names them."""
        return f"[{self.numbers.setdefault((kind, identity), len(self.numbers) + 1)}]"

    def _paragraph(self, paragraph: etree._Element) -> None:
        looks = self._looks(paragraph)
        if looks.top or not looks.bottom:
            self.ruled = self.ruled or looks.top
            self._draw()
        self.ruled = looks.bottom
        self.document.page = self.document.page or looks.page
        style = looks.style
        if looks.is_drop_cap:
            self.capital += self._runs(paragraph, style.marks, "")
            return
        hint = "li" if looks.listed and not style.hint.startswith("h") else style.hint
        if style.centred and hint == "p":
            hint = "center"
        runs, self.capital = self.capital, []
        if self.note and next(paragraph.iter(_W + "footnoteRef", _W + "endnoteRef"), None) is None:
            runs.append(Run(f"{self.note} ", ("sup",)))
            self.note = ""
        for run in self._runs(paragraph, style.marks, ""):
            if run.text == _RULE:
                if runs:
                    self.document.paragraph(runs, hint, looks.indent)
                self.document.rule()
                runs = []
            else:
                runs.append(run)
        self.document.paragraph(runs, hint, looks.indent)

    def _draw(self) -> None:
        """Draw the line that waits below the last paragraph. Of paragraphs that all have one, only the last counts."""
        if self.ruled:
            self.document.rule()
        self.ruled = False

    def _cell(self, cell: etree._Element) -> Iterator[Run]:
        for count, paragraph in enumerate(_paragraphs(cell, rows=False)):
            if count:
                yield Run(" ")
            for run in self._runs(paragraph, frozenset(), ""):
                yield Run(" ") if run.text == _RULE else run

    def _looks(self, paragraph: etree._Element) -> _Looks:
        properties = _first(paragraph, _OF_PARAGRAPH)
        if properties is None or len(properties) == 0:
            return self.plain
        style = self.plain.style
        said = {one.tag: one for one in reversed(properties)}  # the first of a name counts
        named = said.get(_W + "pStyle")
        if named is not None:
            style = self.styles.get(named.get(_W + "val") or "", _Style())
        aligned = said.get(_W + "jc")
        if aligned is not None:
            style = style._replace(centred=aligned.get(_W + "val") == "center")
        indented = said.get(_W + "ind")
        first = _twips(indented.get(_W + "firstLine")) if indented is not None else 0
        framed = said.get(_W + "framePr")
        bordered = _W + "pBdr" in said
        top, bottom = (bordered and _has_border(properties, side) for side in ("top", "bottom"))
        return _Looks(
            style,
            indent_of(first),
            _W + "numPr" in said,
            top=top and not bottom,  # with both, it is a box
            bottom=bottom and not top,
            page=_is_on(said.get(_W + "pageBreakBefore")),
            is_drop_cap=(framed is not None and framed.get(_W + "dropCap") in ("drop", "margin")),
        )

    def _runs(self, element: etree._Element, marks: frozenset[str], link: str) -> Iterator[Run]:
        """The text below an element, without its nested paragraphs. A stack, for a document may be nested deeply."""
        stack: list[tuple[etree._Element, frozenset[str], str]] = [(child, marks, link) for child in reversed(element)]
        while stack:
            child, marks, link = stack.pop()
            name = _name(child.tag)
            if name == "t":
                if text := child.text:
                    yield _new(Run, (text, _in_order(marks), link))
                continue
            if name in _SKIPPED or name == "txbxContent":
                continue
            if name == "p":  # no paragraph may stand in another, but a damaged file has some
                yield Run("\n")
            if name in ("br", "cr"):
                kind = child.get(_W + "type")
                yield Run("\f" if kind == "page" else "\n")
            elif name == "tab" or name == "ptab":
                yield Run("\t")
            elif name == "noBreakHyphen":
                yield Run("-")
            elif name in ("footnoteReference", "endnoteReference"):
                yield Run(self._number(name.removesuffix("Reference"), child.get(_W + "id") or ""), ("sup",))
            elif name in ("footnoteRef", "endnoteRef"):
                yield Run(self.note, ("sup",))
                self.note = ""
            elif name == "sym":
                yield Run(_symbol(child.get(_W + "char") or ""))
            elif name == "rect" and child.get(_HR) in ("t", "true", "1"):
                yield Run(_RULE)
            else:
                if name == "r" and (properties := _first(child, _OF_RUN)) is not None:
                    styled = properties.find(_W + "rStyle")
                    if styled is not None:  # Emphasis, Strong
                        marks |= self.styles.get(styled.get(_W + "val") or "", _Style()).marks
                    marks = _marks(properties, marks) - ({"underline"} if link else frozenset())
                elif name == "hyperlink":
                    link = self.links.get(child.get(_R_ID) or "", "")
                stack += [(grandchild, marks, link) for grandchild in reversed(child)]


def _paragraphs(root: etree._Element, *, rows: bool = True) -> Iterator[etree._Element]:
    """Paragraphs, and table rows in place of the paragraphs within them, in document order; nothing of fallback copies.

    Without `rows` all paragraphs, also those of tables.
    """
    stack = list(reversed(root))
    has_boxes = next(root.iter(_BOX), None) is not None
    while stack:
        element = stack.pop()
        name = _name(element.tag)
        if name == "p" or (name == "tr" and rows):
            yield element
            if name == "p" and has_boxes:  # text boxes stand inside a paragraph
                boxes = [box for box in element.iter(_BOX) if not _in_fallback(box, element)]
                for box in reversed(boxes):
                    stack += list(reversed(box))
        elif name not in _SKIPPED:
            stack += list(reversed(element))


def _in_fallback(element: etree._Element, top: etree._Element) -> bool:
    above: Any = element.getparent()
    while above is not None and above is not top:
        if above.tag in (_MC + "Fallback", _BOX):
            return True
        above = above.getparent()
    return False


def _marks(properties: etree._Element | None, marks: frozenset[str]) -> frozenset[str]:
    if properties is None:
        return marks
    changed = set(marks)
    for element in properties:
        name = _name(element.tag)
        value = (element.get(_W + "val") or "").lower()
        if name in _MARK_TAGS:
            (changed.discard if value in _OFF else changed.add)(_MARK_TAGS[name])
        elif name == "vertAlign" and value in ("superscript", "subscript"):
            changed.add(value[:3])
    return frozenset(changed)


def _styles(package: Package) -> dict[str, _Style]:
    """What each style of paragraphs and of letters means, by its id; "" is the default style."""
    styles: dict[str, _Style] = {}
    root = _part(package, "word/styles.xml")
    for element in root.iter(_W + "style") if root is not None else ():
        named, base = element.find(_W + "name"), element.find(_W + "basedOn")
        inherited = styles.get(base.get(_W + "val") or "", _Style()) if base is not None else _Style()
        hint = hint_of_style(named.get(_W + "val") or "" if named is not None else "") or inherited.hint
        aligned = element.find(f"{_W}pPr/{_W}jc")
        centred = inherited.centred if aligned is None else aligned.get(_W + "val") == "center"
        is_named = hint not in ("p", "blockquote")  # headings are bold by nature: that is no emphasis
        marks = frozenset[str]() if is_named else _marks(element.find(_W + "rPr"), inherited.marks)
        styles[element.get(_W + "styleId") or ""] = style = _Style(hint, marks, centred)
        if _is_default(element):
            styles[""] = style
    return styles


def _is_default(style: etree._Element) -> bool:
    return style.get(_W + "default") in ("1", "true") and style.get(_W + "type") == "paragraph"


def _links(package: Package) -> dict[str, str]:
    """Where hyperlinks point, by their ids. Nothing outside the package is ever looked at."""
    root = _part(package, "word/_rels/document.xml.rels")
    return {
        relation.get("Id") or "": web_link(relation.get("Target") or "")
        for relation in (root if root is not None else ())
        if (relation.get("Type") or "").endswith("/hyperlink")
    }


def _properties(package: Package) -> Facts:
    root = _part(package, "docProps/core.xml")
    if root is None:
        return {}
    author, title = (root.findtext(_DC + tag) or "" for tag in ("creator", "title"))
    return properties(author, title)


def _first(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child with a tag; properties stand before all else, so one look mostly finds them."""
    first = element[0] if len(element) else None
    return first if first is None or first.tag == tag else element.find(tag)


@lru_cache(1_000)
def _name(tag: object) -> str:
    """What a tag is called in its namespace; "" for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


@cache
def _in_order(marks: frozenset[str]) -> tuple[str, ...]:
    return tuple(mark for mark in MARKS if mark in marks)


def _twips(written: str | None) -> float:
    """A length in points."""
    return int(written) / 20 if written and written.lstrip("-").isdecimal() else 0


def _symbol(code: str) -> str:
    """A letter of a named font. Fonts of pictures have theirs where no letter is: they are shown as a dot."""
    try:
        letter = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return letter if letter.isprintable() else "\u2022"


def _has_border(paragraph: etree._Element, side: str) -> bool:
    """Whether a line is drawn above or below a paragraph."""
    border = paragraph.find(f"{_W}pBdr/{_W}{side}")
    return border is not None and (border.get(_W + "val") or "nil") not in ("nil", "none")


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and (switch.get(_W + "val") or "").lower() not in _OFF
