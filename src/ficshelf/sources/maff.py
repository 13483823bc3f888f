"""Pages saved by Firefox's MAF (`.maff`): a zip with a folder for each page, and beside it what address it had."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Sequence

from ficshelf.sources import limits, pages, zips
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

KIND = "maff"
_RDF = 1 << 20  # bytes of what says where a page was
_RESOURCE = r"\s[^<>]{0,200}?resource\s*=\s*[\"']([^\"']{1,2000})[\"']"
_ADDRESS = re.compile(rf"<MAF:originalurl{_RESOURCE}", re.IGNORECASE)
_INDEX = re.compile(rf"<MAF:indexfilename{_RESOURCE}", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:x?html?|shtml)$", re.IGNORECASE)

read_entry = pages.read_entry


def opens(place: Place, head: bytes) -> bool:
    """A zip that is called so."""
    return place.path.lower().endswith(".maff") and head.startswith(b"PK\x03\x04")


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """Take the pages and their frames out; pictures and styles stay in the file."""
    box = pages.Pages(scratch, place, KIND)
    try:
        with open(place.disk, "rb") as stream:
            places = [box.add(f"{place.path}/{name}", data) for name, data in _pages(zips.open_archive(stream))]
    except (OSError, zips.RefusedError) as error:
        return Opened(unread=str(error))
    finally:
        box.close()
    return Opened(places) if places else Opened(unread="no page is in this file")


def _pages(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    infos = {zips.name_of(info): info for info in archive.infolist()}
    if sum(info.file_size for info in infos.values()) > limits.EXPANDED:
        raise zips.RefusedError(f"it would unpack to more than {limits.EXPANDED >> 20:,} MB")
    addresses: dict[str, str] = {}
    for name, info in infos.items():
        folder, _, last = name.rpartition("/")
        if last.lower() == "index.rdf":
            try:
                said = zips.unpack(archive, info, _RDF).decode("utf-8", "replace")
            except zips.RefusedError:
                continue
            address, index = _ADDRESS.search(said), _INDEX.search(said)
            if address and address[1].startswith(("http://", "https://")):
                page = index[1] if index else "index.html"
                addresses[f"{folder}/{page}" if folder else page] = html.unescape(address[1])
    taken: set[str] = set()
    for name, info in sorted(infos.items(), key=lambda one: (one[0] not in addresses, one[0])):
        if name not in addresses and not _PAGE.search(name):
            continue
        called = addresses.get(name, name)
        if called in taken:
            called = name
        try:
            data = zips.unpack(archive, info, limits.UNPACKED)
        except zips.RefusedError:
            continue
        taken.add(called)
        if data.strip():
            yield called, data
