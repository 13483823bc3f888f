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

from ficshelf.model import Remark
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


TROUBLE = {
    "damaged": "The markup is damaged; what could be read was read.",
    "too-deep": f"Elements deeper than {limits.DEPTH} were flattened.",
    "too-large": f"It has more than {limits.ELEMENTS:,} elements.",
}


def remarks_on(trouble: str) -> tuple[Remark, ...]:
    """The remark on what was wrong with a part, if anything was."""
    return (Remark(trouble, TROUBLE[trouble]),) if trouble else ()


def parse_xml(data: bytes, encoding: str | None = None) -> tuple[etree._Element | None, str]:
    """The root of an XML part, and what was wrong: "damaged", "too-deep", "too-large" or "" for nothing.

    No entity is expanded, nothing is fetched. An `encoding` counts more than what the part says of itself. The root is
    None for what is no XML or has too many elements. libxml2 gives up on what is nested more than 2,048 deep, and takes
    time in the square of depths below; so what is too deep is flattened first, and all its text read.
    """
    if not data:
        return None, "damaged"
    if has_too_many_elements(data):
        return None, "too-large"
    root, damaged, is_deep = _parse(data, encoding)
    if not is_deep:
        return root, "damaged" if damaged else ""
    root, damaged, is_deep = _parse(_flattened(data), encoding)
    return root, "damaged" if damaged else "too-deep"


def _parse(data: bytes, encoding: str | None) -> tuple[etree._Element | None, bool, bool]:
    """The root, whether it was damaged, and whether it was too deep."""
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
        return None, True, False
    is_deep = any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return root, bool(parser.error_log), is_deep


_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
    rb"|<(/?)([^\s<>/!?\"'=]+)(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>",
    re.DOTALL,
)
_NESTED = 64  # elements of one name within one another, beyond which those that are too deep are left out


def _flattened(data: bytes) -> bytes:
    """XML without the tags that nest too deeply, each a blank in its place: of the names that nest within themselves,
    and of every name where even the rest is too deep. Its text stays."""
    opened: dict[bytes, int] = {}
    path: list[tuple[bytes, bool]] = []  # the elements that are open, and whether their tags are kept
    kept = 0
    pieces: list[bytes] = []
    at = 0
    for found in _TAG.finditer(data):
        name = found[2]
        if name is None or found[0].endswith(b"/>"):
            continue
        if found[1]:
            if not path or path[-1][0] != name:
                continue  # damage: the parser mends it
            _, is_kept = path.pop()
            opened[name] -= 1
            kept -= is_kept
        else:
            is_kept = kept < limits.DEPTH or (opened.get(name, 0) < _NESTED and kept < 2 * limits.DEPTH)
            path.append((name, is_kept))
            opened[name] = opened.get(name, 0) + 1
            kept += is_kept
        if not is_kept:
            pieces += [data[at : found.start()], b" "]
            at = found.end()
    return b"".join([*pieces, data[at:]])
