"""Books for the hostile tests: a whole EPUB and a whole docx, any part of which can be replaced."""

from __future__ import annotations

import io
import zipfile

STORY = "The lamp went out, and the door stood open."
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    ),
    "OPS/book.opf": (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Night</dc:title></metadata>'
        '<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        '<spine toc="n"><itemref idref="a"/></spine></package>'
    ),
    "OPS/toc.ncx": (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel>'
        '<content src="a.xhtml"/></navPoint></navMap></ncx>'
    ),
    "OPS/a.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>One</h1><p>{STORY}</p></body></html>',
}
DOCX = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": f"<w:document {_W}><w:body><w:p><w:r><w:t>{STORY}</w:t></w:r></w:p></w:body></w:document>",
    "word/styles.xml": f'<w:styles {_W}><w:style w:styleId="a"><w:name w:val="Title"/></w:style></w:styles>',
    "word/_rels/document.xml.rels": '<Relationships><Relationship Id="r" Type="image" Target="a"/></Relationships>',
    "word/footnotes.xml": f"<w:footnotes {_W}/>",
    "docProps/core.xml": '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Night</dc:title></p>',
}
PARTS = [("epub", name) for name in EPUB if name != "mimetype"] + [("docx", name) for name in list(DOCX)[1:]]


def packed(parts: dict[str, str | bytes], more: dict[str, str | bytes] | None = None, method: int = 8) -> bytes:
    """A book of these parts, `more` of which replace some or come after them; by `method` 0 they are not pressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in {**parts, **(more or {})}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def book(kind: str, more: dict[str, str | bytes] | None = None, method: int = 8) -> bytes:
    """The EPUB or the docx, with some parts replaced."""
    return packed(dict(EPUB if kind == "epub" else DOCX), more, method)


def with_document_type(part: str, declarations: str, reference: str) -> str:
    """A part with a document type of its own, and a reference in place of its first text or behind its first tag."""
    end = part.index(">") + 1
    return f"<!DOCTYPE x {declarations}>{part[:end]}{reference}{part[end:]}".replace(STORY, f"{STORY}{reference}")
