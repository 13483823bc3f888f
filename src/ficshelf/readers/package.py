"""Books that are zip files (EPUB, docx): their parts by name, read within limits and never written anywhere.

The zip's own words are not trusted: entries are counted before lists are built, bytes are counted as they come, and
entries that share bytes (a bomb of few bytes) are refused. Names are labels, never paths.
"""

from __future__ import annotations

import html.entities
import io
import re
import zipfile
from typing import NamedTuple

from lxml import etree

from ficshelf.sources import limits, zips
from ficshelf.sources.zips import RefusedError


class Package(NamedTuple):
    """An opened zip. `names` maps each name, as it is and in lower case, to its entry."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none, or it is damaged, encrypted or too large."""
        entry = self.names.get(name) or self.names.get(name.lower())
        if entry is None:
            return None
        try:
            return zips.unpack(self.archive, entry, limits.PART)
        except RefusedError:
            return None


def open_package(data: bytes) -> Package:
    """Open a zip that holds one book. Raises RefusedError where it is damaged, or larger than it may be."""
    archive = zips.open_archive(io.BytesIO(data))
    listed = archive.infolist()
    names = {entry.filename.lower(): entry for entry in reversed(listed)}
    names.update({entry.filename: entry for entry in reversed(listed)})
    return Package(archive, names)


def has_too_many_elements(data: bytes) -> bool:
    """Whether an XML part has more elements than the limit: each takes 120 bytes of memory, however short it is."""
    return data.count(b"<") > 2 * limits.ELEMENTS


_REFERENCE = re.compile(rb"&(?!#|(?:amp|lt|gt|quot|apos);)([a-zA-Z][a-zA-Z0-9]{0,31};)?")


def with_known_entities(data: bytes) -> bytes:
    """XML in which only references stand that every parser knows: a name of HTML's becomes its letter, and any other
    `&` the sign itself. So a parser leaves nothing out, and no entity of the file's own is expanded."""
    if b"&" not in data:
        return data
    first, *others = data.split(b"<![CDATA[")  # in there, signs stand for themselves
    made = [_REFERENCE.sub(_letter, first)]
    for piece in others:
        end = piece.find(b"]]>") + 1 or len(piece)
        made += [b"<![CDATA[", piece[:end], _REFERENCE.sub(_letter, piece[end:])]
    return b"".join(made)


def _letter(found: re.Match[bytes]) -> bytes:
    name = found[1] or b""
    letters = html.entities.html5.get(name.decode("ascii"), "")
    return letters.encode() if letters and letters not in "<>&" else b"&amp;" + name


def parse_xml(data: bytes, encoding: str | None = None) -> tuple[etree._Element | None, bool]:
    """The root of an XML part, and whether it was damaged. No entity is expanded, nothing is fetched.

    An `encoding` counts more than what the part says of itself.
    None for what is no XML or has too many elements. What is nested more than 2,048 deep is cut off: that is damage.
    """
    if has_too_many_elements(data):
        return None, True
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    return root, bool(parser.error_log)
