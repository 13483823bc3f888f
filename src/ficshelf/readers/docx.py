"""Word-processor files (docx, Office Open XML), read from their parts: a node a line.

The text layer is the paragraphs in order, each ended by a line end, a line break within one being a line end too;
then the footnotes and endnotes. Deleted text of tracked changes, field codes and the fallback copies of drawings are no
text of the document (ECMA-376 part 1, sections 17.3, 17.13, 17.16).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from ficshelf.model import INFERRED, MARKS, Draft, Fact, Facts, Node, Remark, Run, Span
from ficshelf.passes.facts import add_fact
from ficshelf.passes.nodes import join_runs, strip_runs
from ficshelf.readers.package import Package, open_package, parse_xml
from ficshelf.sources.zips import RefusedError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MARK_TAGS = {"b": "strong", "i": "em", "u": "underline", "strike": "strike", "dstrike": "strike"}
_SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "sectPr",
        "Fallback",
        "rubyPr",
        "delInstrText",
    }
)
_OFF = frozenset({"0", "false", "off", "none"})
_OFFICE_NAMES = frozenset(
    {
        "user",
        "owner",
        "admin",
        "administrator",
        "author",
        "microsoft office user",
        "windows user",
        "python-docx",
        "unknown",
    }
)


def sure(data: bytes, path: str) -> float:
    """1 for a zip whose first entries name a word-processor document's parts."""
    return 1.0 if data[:4] == b"PK\x03\x04" and (b"word/document.xml" in data) else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a docx. Never raises; what is damaged gives a remark."""
    try:
        package = open_package(data)
    except RefusedError as refused:
        return Draft("", (), remarks=(Remark("damaged", f"This document cannot be opened: {refused}."),))
    part = package.read("word/document.xml")
    if part is None:
        return Draft("", (), remarks=(Remark("damaged", "This document's text cannot be unpacked."),))
    root, damaged = parse_xml(part.replace(_W_STRICT[1:-1].encode(), _W[1:-1].encode()))
    remarks = (Remark("damaged", "The document is damaged; what could be read was read."),) if damaged else ()
    if root is None:
        return Draft("", (), remarks=remarks)
    writer = _Writer(_styles(package), _links(package))
    writer.body(root)
    for name, kind in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes, _ = parse_xml(package.read(name) or b"")
        if notes is not None:
            writer.notes(notes, kind)
    return Draft("".join(writer.text), tuple(writer.nodes), _properties(package), remarks=remarks, encoding="utf-8")


class _Style(NamedTuple):
    hint: str
    marks: frozenset[str]
    centred: bool


_PLAIN = _Style("p", frozenset(), False)


class _Writer:
    """Gathers the text layer and the nodes over it."""

    def __init__(self, styles: dict[str, _Style], links: dict[str, str]) -> None:
        self.styles, self.links = styles, links
        self.text: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.gap = 1
        self.page = False

    def body(self, root: etree._Element) -> None:
        """All paragraphs and tables below an element, in order."""
        for element in _paragraphs(root):
            if element.tag == _W + "tr":
                self._row(element)
            else:
                self._paragraph(element)

    def notes(self, root: etree._Element, kind: str) -> None:
        """Footnotes or endnotes, each under its number."""
        for note in root:
            number = note.get(_W + "id") or ""
            if note.get(_W + "type") or not number.lstrip("-").isdigit():
                continue  # the separator lines that every document holds
            first = len(self.nodes)
            self.body(note)
            for place in range(first, len(self.nodes)):
                self.nodes[place] = self.nodes[place]._replace(kind="note", detail=kind)

    def _paragraph(self, paragraph: etree._Element) -> None:
        style, indent, listed = self._looks(paragraph)
        lines: list[list[Run]] = [[]]
        for run in self._runs(paragraph, style.marks, ""):
            if run.text == "\n":
                lines.append([])
            elif run.text == "\f":
                self.page = True
            else:
                lines[-1].append(run)
        hint = "li" if listed and not style.hint.startswith("h") else style.hint
        if style.centred and hint == "p":
            hint = "center"
        for number, line in enumerate(lines):
            self._line(line, hint, indent, follows_on=number > 0)
        self.gap = max(self.gap, 0) + 1

    def _row(self, row: etree._Element) -> None:
        runs: list[Run] = []
        for number, cell in enumerate(row.iterchildren(_W + "tc")):
            if number:
                runs.append(Run("\t"))
            for count, paragraph in enumerate(cell.iter(_W + "p")):
                if count:
                    runs.append(Run(" "))
                runs += [Run(" ") if run.text in "\n\f" else run for run in self._runs(paragraph, frozenset(), "")]
        self._line(runs, "table", 0, follows_on=bool(self.nodes) and self.nodes[-1].hint == "table")
        self.gap = 0

    def _line(self, runs: list[Run], hint: str, indent: int, *, follows_on: bool) -> None:
        said = "".join(run.text for run in runs)
        start = self.length
        self.text += [said, "\n"]
        self.length += len(said) + 1
        words = said.strip()
        if not words:
            self.gap += 1
            return
        lead = len(said) - len(said.lstrip())
        span = Span(start + lead, start + lead + len(words))
        kept = join_runs(strip_runs(tuple(runs)))
        marked = any(run.marks or run.link for run in kept)
        gap = 0 if follows_on and self.gap <= 1 else max(1, self.gap)
        indent += len(said[:lead].expandtabs(4))
        self.nodes.append(Node(words, (span,), kept if marked else (), "", gap, indent, hint, self.page))
        self.gap, self.page = (0, False)

    def _looks(self, paragraph: etree._Element) -> tuple[_Style, int, bool]:
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return self.styles.get("", _PLAIN), 0, False
        named = properties.find(_W + "pStyle")
        style = (
            self.styles.get(named.get(_W + "val") or "", _PLAIN) if named is not None else self.styles.get("", _PLAIN)
        )
        aligned = properties.find(_W + "jc")
        if aligned is not None:
            style = style._replace(centred=aligned.get(_W + "val") == "center")
        indented = properties.find(_W + "ind")
        first = _number(indented.get(_W + "firstLine")) if indented is not None else 0
        return style, 4 if first > 100 else 0, properties.find(_W + "numPr") is not None

    def _runs(self, element: etree._Element, marks: frozenset[str], link: str) -> Iterator[Run]:
        """The text below an element, without its nested paragraphs. A stack, for a document may be nested deeply."""
        stack: list[tuple[etree._Element, frozenset[str], str]] = [(child, marks, link) for child in reversed(element)]
        while stack:
            child, marks, link = stack.pop()
            name = _name(child)
            if name in _SKIPPED or name in ("p", "tbl"):
                continue
            if name == "t":
                if child.text:
                    yield Run(child.text, tuple(mark for mark in MARKS if mark in marks), link)
            elif name in ("br", "cr"):
                kind = child.get(_W + "type")
                yield Run("\f" if kind == "page" else "\n")
            elif name == "tab" or name == "ptab":
                yield Run("\t")
            elif name == "noBreakHyphen":
                yield Run("-")
            elif name in ("footnoteReference", "endnoteReference"):
                yield Run(f"[{child.get(_W + 'id')}]", ("sup",))
            else:
                if name == "r":
                    marks = _marks(child.find(_W + "rPr"), marks)
                elif name == "hyperlink":
                    link = self.links.get(child.get(_R_ID) or "", "")
                stack += [(grandchild, marks, link) for grandchild in reversed(child)]


def _paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and table rows in document order, without those inside a row or in a fallback copy."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        name = _name(element)
        if name in ("p", "tr"):
            yield element
            if name == "p":  # text boxes stand inside a paragraph
                boxes = [box for box in element.iter(_W + "txbxContent") if not _in_fallback(box, element)]
                for box in reversed(boxes):
                    stack += list(reversed(box))
        elif name not in _SKIPPED:
            stack += list(reversed(element))


def _in_fallback(element: etree._Element, top: etree._Element) -> bool:
    above: Any = element.getparent()
    while above is not None and above is not top:
        if above.tag in (_MC + "Fallback", _W + "txbxContent"):
            return True
        above = above.getparent()
    return False


def _marks(properties: etree._Element | None, marks: frozenset[str]) -> frozenset[str]:
    if properties is None:
        return marks
    changed = set(marks)
    for element in properties:
        name = _name(element)
        value = (element.get(_W + "val") or "").lower()
        if name in _MARK_TAGS:
            (changed.discard if value in _OFF else changed.add)(_MARK_TAGS[name])
        elif name == "vertAlign" and value in ("superscript", "subscript"):
            changed.add(value[:3])
    return frozenset(changed)


def _styles(package: Package) -> dict[str, _Style]:
    """What each paragraph style means: a heading, a quotation, centred, italic. "" is the default style."""
    root, _ = parse_xml(package.read("word/styles.xml") or b"")
    styles: dict[str, _Style] = {}
    if root is None:
        return styles
    for element in root.iter(_W + "style"):
        named = element.find(_W + "name")
        name = (named.get(_W + "val") or "").lower() if named is not None else ""
        identity = element.get(_W + "styleId") or ""
        base = element.find(_W + "basedOn")
        style = styles.get(base.get(_W + "val") or "", _PLAIN) if base is not None else _PLAIN
        hint = style.hint
        if name.startswith("heading ") and name[8:].isdigit():
            hint = f"h{min(6, int(name[8:]))}"
        elif name == "title":
            hint = "title"
        elif name in ("quote", "intense quote", "block text"):
            hint = "blockquote"
        properties = element.find(_W + "pPr")
        aligned = properties.find(_W + "jc") if properties is not None else None
        centred = style.centred if aligned is None else aligned.get(_W + "val") == "center"
        marks = (
            style.marks if hint.startswith("h") or hint == "title" else _marks(element.find(_W + "rPr"), style.marks)
        )
        styles[identity] = _Style(hint, marks if hint in ("p", "blockquote") else frozenset(), centred)
        if element.get(_W + "default") in ("1", "true") and element.get(_W + "type") == "paragraph":
            styles[""] = styles[identity]
    return styles


def _links(package: Package) -> dict[str, str]:
    """Where hyperlinks point. Only addresses of the web and of mail; nothing else outside the package is looked at."""
    root, _ = parse_xml(package.read("word/_rels/document.xml.rels") or b"")
    if root is None:
        return {}
    return {
        relation.get("Id") or "": target
        for relation in root
        if (relation.get("Type") or "").endswith("/hyperlink")
        and (target := relation.get("Target") or "").lower().startswith(("http://", "https://", "mailto:"))
    }


def _properties(package: Package) -> Facts:
    """The document's own title and author: guesses, for a word processor fills them in by itself."""
    root, _ = parse_xml(package.read("docProps/core.xml") or b"")
    facts: Facts = {}
    if root is None:
        return facts
    for tag, name in (("creator", "author"), ("title", "title")):
        element = root.find(_DC + tag)
        value = " ".join((element.text or "").split()) if element is not None else ""
        if value and value.lower() not in _OFFICE_NAMES and len(value) < 200:
            facts = add_fact(facts, name, Fact(value, INFERRED, confidence=0.6, evidence="the document's properties"))
    return facts


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _number(written: str | None) -> int:
    return int(written) if written and written.lstrip("-").isdigit() else 0
