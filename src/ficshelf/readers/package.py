"""Books that are zip files (EPUB, docx): their parts by name, read within limits and never written anywhere.

The zip's own words are not trusted: entries are counted before lists are built, bytes are counted as they come, and
entries that share bytes (a bomb of few bytes) are refused. Names are labels, never paths.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from ficshelf.sources import limits
from ficshelf.sources.zips import count_entries


class RefusedError(Exception):
    """A package that is not read; the message says why."""


class Package(NamedTuple):
    """An opened zip. `names` maps each name, as it is and in lower case, to its entry."""

    archive: zipfile.ZipFile
    names: dict[str, zipfile.ZipInfo]

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none, or it is damaged, encrypted or too large."""
        entry = self.names.get(name) or self.names.get(name.lower())
        if entry is None or entry.flag_bits & 1 or entry.file_size > limits.PART:
            return None
        try:
            with self.archive.open(entry) as part:
                data = part.read(limits.PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            return None
        return data if len(data) <= limits.PART else None


def open_package(data: bytes) -> Package:
    """Open a zip that holds one book. Raises RefusedError where it is damaged, or larger than it may be."""
    if count_entries(io.BytesIO(data)) > limits.ENTRIES:
        raise RefusedError("it lists more entries than any book has")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, UnicodeDecodeError) as error:
        raise RefusedError(f"its list of entries is damaged ({error})") from error
    listed = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    for here, after in pairwise(listed):
        if here.header_offset + 30 + here.compress_size > after.header_offset:
            raise RefusedError("its entries share bytes, as only a bomb's do")
    names = {entry.filename.lower(): entry for entry in reversed(listed)}
    names.update({entry.filename: entry for entry in reversed(listed)})
    return Package(archive, names)


def parse_xml(data: bytes) -> tuple[etree._Element | None, bool]:
    """The root of an XML part, and whether it was damaged. No entity is expanded, nothing is fetched."""
    parser = etree.XMLParser(
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
