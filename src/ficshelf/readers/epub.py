"""EPUB books: the documents of the spine, each through the HTML reader, with what the package states about the book.

The text layer is the text layers of the spine's documents, in order, parted by a blank line. Cover, title page,
imprint, colophon and contents are furniture of the book: kept as chrome. Nothing outside the package is opened.
(EPUB 3.3 sections 4 to 7; EPUB 2 OPF 2.0.1.)
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from ficshelf.model import Chrome, Draft, Fact, Facts, Node, Question, Remark, Span
from ficshelf.passes import headings
from ficshelf.passes.facts import add_fact
from ficshelf.readers import encoding, html
from ficshelf.readers.package import Package, open_package, parse_xml
from ficshelf.sources import limits
from ficshelf.sources.zips import RefusedError

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_TYPE = re.compile(r"<(?:body|section|div|article|nav)\b[^>]{0,400}?epub:type\s*=\s*[\"']([^\"']{1,200})[\"']", re.I)
_FURNITURE = {
    "cover": "cover",
    "titlepage": "title page",
    "halftitlepage": "title page",
    "halftitle": "title page",
    "title-page": "title page",
    "imprint": "imprint",
    "colophon": "colophon",
    "copyright-page": "imprint",
    "toc": "contents",
    "loi": "contents",
    "landmarks": "contents",
    "page-list": "contents",
    "index": "contents",
}
_FRAMES = frozenset({"preface", "afterword", "endnotes"})  # how AO3's books name what stands around the story
_MOST_DOCUMENTS = 20_000
_MOST_FACTS = 1_000  # that the package states; a long list of tags has 200
_SHORT = 20_000  # characters: a title page or a list of contents is shorter, a story in one document is not
_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,500}", re.I)


class _Item(NamedTuple):
    """A document of the spine: its name in the package, what the package calls it, its label in the contents."""

    name: str
    properties: str
    label: str


def sure(data: bytes, path: str) -> float:
    """1 for a zip that says it is an EPUB, or that holds a package document."""
    if data[:4] != b"PK\x03\x04":
        return 0.0
    head = data[:200]
    return 1.0 if b"application/epub+zip" in head or b"META-INF/container.xml" in data else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read an EPUB. Never raises; what is damaged or refused gives a remark."""
    try:
        package = open_package(data)
    except RefusedError as refused:
        return _nothing(f"This book cannot be opened: {refused}.")
    name = _package_document(package)
    root, damaged = parse_xml(package.read(name) or b"") if name else (None, True)
    if root is None:
        return _nothing("This book has no package document that can be read, so the order of its pages is unknown.")
    writer = _Writer()
    if damaged:
        writer.remarks.append(Remark("damaged", "The book's package document is damaged; what could be read was read."))
    titled = root.find("{*}metadata/" + _DC + "title")
    writer.title = (titled.text or "") if titled is not None else ""
    items = list(_spine(package, root, posixpath.dirname(name), writer.remarks))
    for item in items:
        writer.document(package, item)
    writer.lists(items)
    facts = _stated(root, writer.facts)
    questions = () if "title" in facts else tuple(writer.questions[:1])
    nodes = tuple(writer.nodes)
    text = "".join(writer.text)
    return Draft(text, nodes, facts, tuple(writer.chrome), tuple(writer.remarks), questions, encoding="utf-8")


def _nothing(why: str) -> Draft:
    return Draft("", (), remarks=(Remark("damaged", why),))


class _Writer:
    """Gathers the documents' text layers and nodes into one."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.chrome: list[Chrome] = []
        self.facts: Facts = {}
        self.remarks: list[Remark] = []
        self.questions: list[Question] = []
        self.unpacked = 0
        self.is_full = False  # no more of the book is read
        self.title = ""

    def document(self, package: Package, item: _Item) -> None:
        """Add one document of the spine."""
        if self.is_full:
            return
        data = package.read(item.name)
        self.unpacked += len(data or b"")
        self.is_full = self.unpacked > limits.PART or len(self.nodes) > limits.LINES
        if data is None or self.is_full:
            why = "and what follows it is more than is read of one book" if self.is_full else "is missing or damaged"
            name = item.name[:80]
            self.remarks.append(Remark("entry-skipped", f"“{name}” {why}.", 0, Span(self.length, self.length)))
            return
        decoded = encoding.decode(data, html.declared_in(data))
        page = html.page_of(decoded.text, xml=True)
        if isinstance(page, Remark):
            self.remarks.append(page)
            return
        base = self.length
        self.text += [page.text, "\n\n"]
        self.length += len(page.text) + 2
        self.remarks += [
            remark._replace(span=_shift(remark.span, base)) for remark in (*decoded.remarks, *page.remarks)
        ]
        self.questions += page.questions
        self.chrome += [Chrome(_shift(one.span, base), one.reason) for one in page.chrome]
        for name, facts in page.facts.items():
            for fact in facts:
                moved = fact._replace(spans=tuple(_shift(span, base) for span in fact.spans))
                self.facts = add_fact(self.facts, name, moved)
        nodes = [node._replace(spans=tuple(_shift(span, base) for span in node.spans)) for node in page.nodes]
        if not nodes:
            return
        reason = _furniture(item, decoded.text, nodes)
        if reason:
            nodes = [node._replace(kind="chrome") for node in nodes]
            self.chrome += [Chrome(span, reason) for node in nodes for span in node.spans if span.end > span.start]
        else:
            nodes = _headed(nodes, item.label, self.title)
        nodes[0] = nodes[0]._replace(page=True, gap=1)
        self.nodes += nodes

    def lists(self, items: list[_Item]) -> None:
        """A book of one long document has its headings in the text; there is nothing to add for it."""
        if self.nodes and len(items) == 1:
            self.nodes[0] = self.nodes[0]._replace(page=False)


def _shift(span: Span, base: int) -> Span:
    return Span(span.start + base, span.end + base)


def _headed(nodes: list[Node], label: str, title: str) -> list[Node]:
    """Mark as headings the lines on top of a document that are its label in the contents, or heading elements."""
    wanted = _fold(label)
    told = any(not node.kind and len(node.text) > 40 for node in nodes)
    for place, node in enumerate(nodes[:6]):
        if node.kind or len(node.text) > 160:
            continue
        folded = _fold(node.text)
        is_label = bool(wanted) and (folded == wanted or (len(folded) > 3 and folded in wanted))
        if folded == _fold(title):
            continue  # the book's own title, on its first page
        if folded in _FRAMES and not told:
            nodes[place] = node._replace(kind="note")  # it has no story: what it says stays with the chapter before
        elif is_label or (node.hint in ("h1", "h2", "h3") and place < 3 and (wanted or headings.parse(node.text))):
            nodes[place] = node._replace(kind="heading")
        elif node.hint not in ("h1", "h2", "h3", "h4"):
            break
    return nodes


def _fold(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _furniture(item: _Item, markup: str, nodes: list[Node]) -> str:
    """Why a document is no part of the story; "" where it is."""
    if "nav" in item.properties.split():
        return "contents"
    length = sum(len(node.text) for node in nodes)
    types = " ".join(found[1] for found in islice(_TYPE.finditer(markup, 0, 6000), 2))  # of the body, and of its part
    for kind in types.lower().split() if length < _SHORT else ():
        if kind in _FURNITURE:
            return _FURNITURE[kind]
    name = posixpath.basename(item.name).lower()
    linked = sum(
        len(node.text) for node in nodes if node.runs and all(run.link or not run.text.strip() for run in node.runs)
    )
    if length < _SHORT and len(nodes) >= 3 and linked > 0.8 * length and not any(node.kind == "fact" for node in nodes):
        return "contents"
    if re.match(r"(?:cover|titlepage_?cover|toc|nav)\b", name) and length < 2000:
        return "contents" if name.startswith(("toc", "nav")) else "cover"
    return ""


def _package_document(package: Package) -> str:
    """The name of the OPF: as the container says, else the first there is."""
    root, _ = parse_xml(package.read("META-INF/container.xml") or b"")
    if root is not None:
        for element in root.iter("{*}rootfile"):
            name = _inside("", element.get("full-path") or "")
            if name in package.names:
                return name
    return next((name for name in package.names if name.lower().endswith(".opf")), "")


def _inside(folder: str, href: str) -> str:
    """A reference as a name in the package; "" where it leads out of it."""
    path = unquote(href.partition("#")[0]).replace("\\", "/")
    if not path or ":" in path or path.startswith("//") or "\0" in path:
        return ""
    name = (
        posixpath.normpath(posixpath.join(folder, path)) if not path.startswith("/") else posixpath.normpath(path[1:])
    )
    return "" if name.startswith("..") or name == "." else name


def _spine(package: Package, root: etree._Element, folder: str, remarks: list[Remark]) -> Iterator[_Item]:
    """The documents in reading order; those that the spine leaves out come in no order and are only remarked."""
    manifest: dict[str, tuple[str, str, str]] = {}
    outside: list[str] = []
    for element in root.iter("{*}item"):
        name = _inside(folder, element.get("href") or "")
        if not name:
            outside.append(element.get("href") or "")
            continue
        manifest[element.get("id") or ""] = (name, element.get("media-type") or "", element.get("properties") or "")
    if outside:
        more = f", and so do {len(outside) - 1} others" if len(outside) > 1 else ""
        remarks.append(Remark("entry-skipped", f"“{outside[0][:80]}” leads out of the book{more}."))
    labels = _labels(package, manifest)
    seen: set[str] = set()
    for element in root.iter("{*}itemref"):
        name, media, properties = manifest.get(element.get("idref") or "", ("", "", ""))
        if not name or name in seen or (media not in _PAGES and not name.lower().endswith((".xhtml", ".html", ".htm"))):
            continue
        seen.add(name)
        if len(seen) > _MOST_DOCUMENTS:
            remarks.append(Remark("entry-skipped", f"Only the first {_MOST_DOCUMENTS:,} pages were read."))
            return
        yield _Item(name, properties, labels.get(name, ""))
    left = [
        name
        for name, media, properties in manifest.values()
        if media in _PAGES and name not in seen and "nav" not in properties
    ]
    if left:
        remarks.append(Remark("entry-skipped", f"{len(left)} pages stand outside the book's reading order: {left[0]}."))


def _labels(package: Package, manifest: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """What the table of contents calls each document, by its name: from the EPUB 3 nav, else from the NCX."""
    labels: dict[str, str] = {}
    named = next((name for name, _, properties in manifest.values() if "nav" in properties.split()), "")
    nav, _ = parse_xml(package.read(named) or b"")
    for link in nav.iter("{http://www.w3.org/1999/xhtml}a") if nav is not None else ():
        target = _inside(posixpath.dirname(named), link.get("href") or "")
        labels.setdefault(target, " ".join("".join(map(str, link.itertext())).split()))
    if labels:
        return labels
    named = next((name for name, media, _ in manifest.values() if media == "application/x-dtbncx+xml"), "")
    ncx, _ = parse_xml(package.read(named) or b"")
    for point in ncx.iter("{*}navPoint") if ncx is not None else ():
        text, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
        if text is not None and content is not None:
            target = _inside(posixpath.dirname(named), content.get("src") or "")
            labels.setdefault(target, " ".join((text.text or "").split()))
    return labels


def _stated(root: etree._Element, facts: Facts) -> Facts:
    """What the package states of the book, where its pages do not state it themselves. Such facts have no span."""
    metadata = root.find(_OPF + "metadata")
    if metadata is None:
        metadata = root
    typed = set(facts)
    for element in islice(metadata.iter(_DC + "*"), _MOST_FACTS):
        value = " ".join("".join(map(str, element.itertext())).split())
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        for fact_name, stated in _dublin_core(name, value, element):
            if fact_name not in typed and not (fact_name == "tag" and typed & {"fandom", "relationship", "character"}):
                facts = add_fact(facts, fact_name, Fact(stated))
    for element in metadata.iter(_OPF + "meta"):
        name, content = element.get("name") or "", element.get("content") or ""
        if name == "calibre:series" and content and "series" not in typed:
            facts = add_fact(facts, "series", Fact(content))
    return facts


def _dublin_core(name: str, value: str, element: etree._Element) -> Iterator[tuple[str, str]]:
    if not value:
        return
    role = element.get(_OPF + "role") or "aut"
    if name == "title" and value.lower() not in ("unknown", "untitled"):
        yield "title", value
    elif name == "creator" and role == "aut" and value.lower() not in ("unknown", "anonymous author"):
        yield "author", value
    elif name == "description":
        yield "summary", _plain(value)
    elif name == "language" and value.lower() not in ("und", "zxx"):
        yield "language", value
    elif name == "subject" and value.lower() not in ("fanworks", "fanfiction"):
        yield "tag", value
    elif name == "publisher":
        yield "archive", value
    elif name == "date":
        yield "published", value
    elif name in ("source", "identifier") and (found := _ADDRESS.fullmatch(value)):
        yield "url", found[0]


def _plain(markup: str) -> str:
    """A description is often HTML, escaped."""
    if "<" not in markup:
        return markup
    page = html.page_of(markup[:100_000])
    return markup if isinstance(page, Remark) else "\n\n".join(node.text for node in page.nodes)
