"""EPUB 3.3, for any reading device: the story set for reading, what is known about it as typed metadata.

Made with zipfile alone and checked by epubcheck in the tests. The same work gives the same bytes. Nothing in a book
refers to a place outside it, except links that the author set and that a reader may choose to follow.
"""

from __future__ import annotations

import io
import uuid
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from ficshelf.model import Work
from ficshelf.ratings import UNRATED, scale
from ficshelf.writers.cover import cover
from ficshelf.writers.epub_pages import Page, about_page, chapter_pages, cover_page, document, first_page, title_page
from ficshelf.writers.facts import About, about, label, shorten
from ficshelf.writers.languages import is_right_to_left
from ficshelf.writers.markup import escape, escape_attribute, led

NOWHERE: Mapping[str, int] = MappingProxyType({})
EXTENSION = ".epub"
MEDIA_TYPE = "application/epub+zip"

FACTS = "urn:x-ficshelf:fact:"  # what the prefix `fic` stands for in the package: one property for each kind of fact

# Of zlib's levels this one gives 7 % more bytes than 6 at three times the speed (docs/design-notes.md).
_LEVEL = 4
_LONGEST_ENTRY = 150  # characters of a title in the table of contents
_SOME_DAY = "2000-01-01"  # for works without a date of their own: the format demands one, and bytes must not vary
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n<rootfiles>\n'
    '<rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml" />\n'
    "</rootfiles>\n</container>\n"
)
_ACCESS = (
    '<meta property="schema:accessMode">textual</meta>\n'
    '<meta property="schema:accessModeSufficient">textual</meta>\n'
    '<meta property="schema:accessibilityFeature">structuralNavigation</meta>\n'
    '<meta property="schema:accessibilityFeature">tableOfContents</meta>\n'
    '<meta property="schema:accessibilityFeature">readingOrder</meta>\n'
    '<meta property="schema:accessibilityFeature">displayTransformability</meta>\n'
    '<meta property="schema:accessibilityHazard">none</meta>\n'
    '<meta property="schema:accessibilitySummary">All of the book is text; images of the original are told in '
    "words.</meta>\n"
)


def write(work: Work, *, identifier: str, leads: Mapping[str, int] = NOWHERE) -> bytes:
    """The work as an EPUB. `identifier` is any text that stays the same for the work; books of one work are known to a
    reading device as the same book by it. `leads` has the links from chapter to chapter, as the files say them, and the
    position that each leads to, from 1. Any work at all can be written: content never raises."""
    known = about(work)
    alone = len(work.chapters) == 1
    chapters: list[Page] = []
    pages_of = {link: first_page(position) for link, position in leads.items() if position <= len(work.chapters)}
    for position, chapter in enumerate(work.chapters, start=1):
        chapter = chapter._replace(blocks=tuple(led(chapter.blocks, pages_of)))
        unnamed = alone and not chapter.title and chapter.number is None
        name = known.title if unnamed else label(chapter)
        chapters.extend(chapter_pages(position, chapter, shorten(name, _LONGEST_ENTRY), known, alone=alone))
    pages = [cover_page(known), title_page(known, len(work.chapters))]
    ending = about_page(known)
    entries = [page for page in (*pages, *chapters, ending) if page.label]
    begin = chapters[0].name if chapters else ending.name
    spine = [*pages, *([_contents(known, entries, begin)]), *chapters, ending]
    name = _urn(identifier)
    files: list[tuple[str, str | bytes]] = [
        ("META-INF/container.xml", _CONTAINER),
        ("EPUB/content.opf", _package(known, name, spine, alone)),
        *((f"EPUB/{page.name}", page.text) for page in spine),
        ("EPUB/toc.ncx", _ncx(known, name, entries)),
        ("EPUB/cover.svg", cover(known)),
        ("EPUB/style.css", _style()),
    ]
    return _zip(files)


def is_of(path: Path, identifier: str) -> bool:
    """Whether the file is a book that `write` made of the work with that identifier. Any other file is not."""
    try:
        with zipfile.ZipFile(path) as book, book.open("EPUB/content.opf") as package:
            return _urn(identifier).encode() in package.read(10_000)
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False


def _urn(identifier: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'ficshelf:' + escape(identifier))}"


def _zip(files: Iterable[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        book.writestr(_entry("mimetype", zipfile.ZIP_STORED), MEDIA_TYPE)
        for name, text in files:
            data = text if isinstance(text, bytes) else text.encode("utf-8")
            book.writestr(_entry(name, zipfile.ZIP_DEFLATED), data, compresslevel=_LEVEL)
    return out.getvalue()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    """An entry without a trace of when and where it was written."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


@cache
def _style() -> bytes:
    return (resources.files(__package__) / "templates" / "epub.css").read_bytes()


def _package(about: About, identifier: str, spine: list[Page], alone: bool) -> str:
    """The package document: metadata, what the book holds, and the order to read it in."""
    manifest, order = [], []
    for number, page in enumerate(spine, start=1):
        properties = ' properties="nav"' if page.name == "nav.xhtml" else ""
        manifest.append(
            f'<item id="page-{number}" href="{page.name}" media-type="application/xhtml+xml"{properties} />\n'
        )
        # The contents of a single chapter need no page; readers can still open them.
        linear = ' linear="no"' if alone and page.name == "nav.xhtml" else ""
        order.append(f'<itemref idref="page-{number}"{linear} />\n')
    way = ' page-progression-direction="rtl"' if is_right_to_left(about.language) else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" '
        f'prefix="fic: {FACTS}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="identifier">{identifier}</dc:identifier>\n{_metadata(about)}{_ACCESS}'
        '<meta name="cover" content="cover-image" />\n</metadata>\n'
        f"<manifest>\n{''.join(manifest)}"
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml" />\n'
        '<item id="cover-image" href="cover.svg" media-type="image/svg+xml" properties="cover-image" />\n'
        '<item id="style" href="style.css" media-type="text/css" />\n</manifest>\n'
        f'<spine toc="ncx"{way}>\n{"".join(order)}</spine>\n</package>\n'
    )


def _metadata(about: About) -> str:
    """What is known of the work, in the words of Dublin Core where it has them, else by the name of the fact."""
    out: list[str] = []

    def element(name: str, value: str, identity: str = "") -> None:
        if value:
            mark = f' id="{identity}"' if identity else ""
            out.append(f"<dc:{name}{mark}>{escape(value)}</dc:{name}>\n")

    def meta(name: str, value: str, of: str = "", more: str = "") -> None:
        if value:
            refines = f' refines="#{of}"' if of else ""
            out.append(f'<meta property="{name}"{refines}{more}>{escape(value)}</meta>\n')

    element("title", about.title, "title")
    meta("title-type", "main", "title")
    for number, author in enumerate(about.authors, start=1):
        element("creator", author, f"author-{number}")
        meta("role", "aut", f"author-{number}", ' scheme="marc:relators"')
        meta("file-as", author, f"author-{number}")  # a pen name is filed under its first letter
        meta("display-seq", str(number), f"author-{number}")
    element("language", about.language)
    modified = about.updated_day or about.published_day
    meta("dcterms:modified", f"{modified + _SOME_DAY[len(modified) :]}T00:00:00Z")
    element("date", about.published_day)
    element("description", about.summary)
    number = 0
    for kind, values in about.tags.items():
        for value in values:
            number += 1
            element("subject", value, f"tag-{number}")
            meta("authority", FACTS, f"tag-{number}")
            meta("term", kind, f"tag-{number}")
            meta(f"fic:{kind}", value)
    for number, series in enumerate(about.series, start=1):
        out.append(f'<meta property="belongs-to-collection" id="series-{number}">{escape(series.name)}</meta>\n')
        meta("collection-type", "series", f"series-{number}")
        if series.place:
            meta("group-position", str(series.place), f"series-{number}")
    meta("fic:rating", about.rating)
    audience = scale(about.rating) if about.rating else UNRATED
    if audience != UNRATED:
        meta("schema:contentRating", audience)
    if about.complete is not None:
        meta("fic:complete", "true" if about.complete else "false")
    meta("fic:status", about.status)
    meta("fic:spoilers", about.spoilers)
    meta("fic:published", about.published)
    meta("fic:updated", about.updated)
    meta("fic:words", str(about.words))
    meta("fic:dedication", about.dedication)
    for note in about.notes:
        meta("fic:note", note)
    meta("fic:beta", about.beta)
    meta("fic:archive_permission", about.archive_permission)
    meta("fic:feedback", about.feedback)
    meta("fic:archive", about.archive)
    for disclaimer in about.disclaimers:
        element("rights", disclaimer)
    element("source", about.url)
    return "".join(out)


def _contents(about: About, entries: list[Page], begin: str) -> Page:
    """The navigation document: the contents, and the landmarks that a device jumps to."""
    items = "".join(f'<li><a href="{page.name}">{escape(page.label)}</a></li>\n' for page in entries)
    body = (
        f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n'
        f"<ol>\n{items}</ol>\n</nav>\n"
        '<nav epub:type="landmarks" aria-label="Landmarks" hidden="hidden">\n<ol>\n'
        '<li><a epub:type="cover" href="cover.xhtml">Cover</a></li>\n'
        '<li><a epub:type="titlepage" href="title.xhtml">Title page</a></li>\n'
        '<li><a epub:type="toc" href="nav.xhtml">Contents</a></li>\n'
        f'<li><a epub:type="bodymatter" href="{begin}">The story</a></li>\n'
        '<li><a epub:type="colophon" href="about.xhtml">About this copy</a></li>\n'
        "</ol>\n</nav>\n"
    )
    return Page("nav.xhtml", "", document(about.title, body, language="en"))


def _ncx(about: About, identifier: str, entries: list[Page]) -> str:
    """The contents once more, for reading devices of the time before EPUB 3."""
    points = "".join(
        f'<navPoint id="point-{number}" playOrder="{number}"><navLabel><text>{escape(page.label)}</text></navLabel>'
        f'<content src="{page.name}" /></navPoint>\n'
        for number, page in enumerate(entries, start=1)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n<head>\n'
        f'<meta name="dtb:uid" content="{escape_attribute(identifier)}" />\n'
        '<meta name="dtb:depth" content="1" />\n<meta name="dtb:totalPageCount" content="0" />\n'
        '<meta name="dtb:maxPageNumber" content="0" />\n</head>\n'
        f"<docTitle><text>{escape(about.title)}</text></docTitle>\n<navMap>\n{points}</navMap>\n</ncx>\n"
    )
