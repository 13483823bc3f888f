"""EPUB books: the documents of the spine, each through the HTML reader, with what the package states about the book.

The text layer is the text layers of the spine's documents, in order, parted by a blank line. Cover, title page,
imprint, colophon and contents are furniture of the book: kept as chrome. Nothing outside the package is opened.
(EPUB 3.3 sections 4 to 7; EPUB 2 OPF 2.0.1.)
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from ficshelf.model import Draft, Fact, Facts, Remark, Span
from ficshelf.passes.facts import add_fact
from ficshelf.readers import dublin_core, encoding, html
from ficshelf.readers.book import Book
from ficshelf.readers.package import Package, open_package, parse_xml, remarks_on
from ficshelf.sources import limits
from ficshelf.sources.zips import RefusedError

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"})
_MOST_DOCUMENTS = 20_000
_MOST_FACTS = 1_000  # that the package states; a long list of tags has 200


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
    root, trouble = parse_xml(package.read(name) or b"") if name else (None, "damaged")
    if root is None:
        return _nothing("This book has no package document that can be read, so the order of its pages is unknown.")
    writer = _Spine(package)
    writer.remarks += remarks_on(trouble)
    titled = root.find("{*}metadata/" + _DC + "title")
    writer.title = (titled.text or "") if titled is not None else ""
    writer.author = next(
        (" ".join(one.text.split()) for one in root.iterfind("{*}metadata/" + _DC + "creator") if one.text), ""
    )
    items = list(_spine(package, root, posixpath.dirname(name), writer.remarks))
    for item in items:
        writer.document(item)
    return writer.draft(_stated(root, writer.facts))


def _nothing(why: str) -> Draft:
    return Draft("", (), remarks=(Remark("damaged", why),))


class _Spine(Book):
    """Reads the documents of the spine, one after another, within the limits."""

    def __init__(self, package: Package) -> None:
        super().__init__()
        self.package = package
        self.unpacked = 0
        self.is_full = False  # no more of the book is read

    def document(self, item: _Item) -> None:
        """Add one document of the spine."""
        if self.is_full:
            return
        data = self.package.read(item.name)
        self.unpacked += len(data or b"")
        self.is_full = self.unpacked > limits.PART or len(self.nodes) > limits.LINES
        if data is None or self.is_full:
            why = "and what follows it is more than is read of one book" if self.is_full else "is missing or damaged"
            name = item.name[:80]
            self.remarks.append(Remark("entry-skipped", f"“{name}” {why}.", 0, Span(self.length, self.length)))
            return
        decoded = encoding.decode(data, html.declared_in(data))
        self.page(
            decoded.text, label=item.label, name=item.name, properties=item.properties, remarks=decoded.remarks_of_all
        )


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
    has_series = "series" in facts
    facts = dublin_core.state(facts, _elements(metadata))
    for element in metadata.iter(_OPF + "meta"):
        name, content = element.get("name") or "", element.get("content") or ""
        if name == "calibre:series" and content and not has_series:
            facts = add_fact(facts, "series", Fact(content))
    return facts


def _elements(metadata: etree._Element) -> Iterator[tuple[str, str]]:
    """The elements of Dublin Core with their values; of those who made the book its authors alone, of its titles no
    subtitle and no short form."""
    minor = {
        (meta.get("refines") or "").removeprefix("#")
        for meta in metadata.iter(_OPF + "meta")
        if meta.get("property") == "title-type" and (meta.text or "").strip() not in ("main", "extended", "collection")
    }
    for element in islice(metadata.iter(_DC + "*"), _MOST_FACTS):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        is_other = name == "creator" and (element.get(_OPF + "role") or "aut") != "aut"
        if not is_other and not (name == "title" and element.get("id") in minor):
            yield name, "".join(map(str, element.itertext()))
