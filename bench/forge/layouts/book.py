"""Books in a zip: what EPUBs share."""

from __future__ import annotations

import io
import zipfile

_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def zipped(files: dict[str, str], first: tuple[str, str] | None = None) -> bytes:
    """A zip of these files, the same bytes each time; `first` stands first and uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        if first:
            package.writestr(zipfile.ZipInfo(first[0], (2004, 1, 1, 0, 0, 0)), first[1])
        for name, said in files.items():
            entry = zipfile.ZipInfo(name, (2004, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, said.encode("utf-8"))
    return out.getvalue()


def epub(metadata: str, pages: list[tuple[str, str]], titles: list[tuple[str, str]]) -> bytes:
    """An EPUB 2: its metadata, its pages (name, page) in their order, its contents (title, page's name)."""
    manifest = "".join(
        f'<item id="p{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, (name, _) in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="p{number}"/>' for number in range(len(pages)))
    points = "".join(
        f'<navPoint id="n{number}" playOrder="{number}"><navLabel><text>{title}</text></navLabel><content src="{name}"/></navPoint>'
        for number, (title, name) in enumerate(titles, 1)
    )
    opf = f"""<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="uuid_id" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
{metadata}
</metadata>
<manifest>{manifest}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx">{spine}</spine>
</package>
"""
    ncx = f"""<?xml version='1.0' encoding='utf-8'?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/><docTitle><text>x</text></docTitle>
<navMap>{points}</navMap></ncx>
"""
    files = {"META-INF/container.xml": _CONTAINER, "content.opf": opf, "toc.ncx": ncx, **dict(pages)}
    return zipped(files, ("mimetype", "application/epub+zip"))
