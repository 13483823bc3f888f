"""Archives made by the Automated Archive, a Perl program: one file with an entry a story, and a folder of the stories.

    %FILES = (
    12 => {
        Title => 'Salt', Author => 'Quill', Email => 'quill@example.org',
        Location => '3/salt', FileType => 'html', PrintTime => '02/26/00', …
    },

The text of an entry is the file `archive/3/salt.html`; an entry may name a page at another site instead. Which further
fields there are, each archive chose for itself (`fields`). Entries that are parts of one story are put together
(`stories`). The file itself does not go among the originals where it holds mail addresses: all else that it says is in
the records. (Open Doors' loader of such files, otwcode/open-doors-code, tells what fields there are.)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from ficshelf.errors import CannotOpenError
from ficshelf.record import Field, Noticed, Record, pack
from ficshelf.sources import limits, pages, perl
from ficshelf.sources.automated_archive import fields, files, stories
from ficshelf.sources.automated_archive.fields import PROGRAM, Row
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

KIND = "automated_archive"
_NAME = re.compile(r"\.(?:pl|cgi|txt|db|dat)$", re.IGNORECASE)
_BEGINS = re.compile(
    rb"^[ \t]*(?:our[ \t]+|my[ \t]+)?[%$@][\w:]+[ \t]*=[ \t]*[({\[]\s*(?:#[^\n]*\n\s*)*"
    rb"(?:['\"]?[\w.-]+['\"]?\s*(?:=>|,)\s*)?\{",
    re.MULTILINE,
)
_FIELD = re.compile(rb"\b(?:Title|Author|Location|LocationURL|StoryURL|FileType)['\"]?\s*=>", re.IGNORECASE)


def opens(place: Place, head: bytes) -> bool:
    """Whether a file is a hash of entries with the fields of such an archive."""
    if not _NAME.search(place.path):
        return False
    begins = _BEGINS.search(head)
    return begins is not None and len(set(_FIELD.findall(head, begins.start()))) >= 2


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """Take the entries apart, and find the files of each."""
    if place.size > limits.READ:
        return Opened(unread=f"it is larger than the {limits.READ >> 20} MiB that are read of such a file")
    data = place.content(limits.READ)
    if data is None:
        raise CannotOpenError(place.path, "it grew while it was read", "Add it again when it is no longer written to.")
    text = _text(data)
    parsed = perl.parse(text)
    told: dict[str, list[str]] = {}
    for fault in parsed.faults:
        told.setdefault(fault.entry, []).append(f"Line {fault.line}, entry {fault.entry or '?'}: {fault.text}")
    found = files.Files(place, others)
    letters = fields.Letters(text)
    rows: list[Row] = []
    seen: Counter[str] = Counter()
    for table in parsed.tables:
        for entry in table.entries:
            seen[entry.key] += 1
            one = fields.row(table.name, entry, text[entry.start : entry.end], found, letters)
            rows.append(one._replace(key=f"{entry.key}-{seen[entry.key]}") if seen[entry.key] > 1 else one)
    made = _Made(place, pages.Pages(scratch, place, KIND))
    try:
        for record, held in stories.records(rows):
            made.story(record, held, told)
        for record in fields.people(rows):
            made.add(record)
        made.add(_balance(parsed, told.get("", ())))
    finally:
        made.pages.close()
    sealed = any(row.mails for row in rows)
    return Opened(made.places, frozenset(made.claimed), keep=not sealed)


read_entry = pages.read_entry


def _text(data: bytes) -> str:
    """The file with a character a byte: each value is judged by itself for how its letters are written."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode("utf-8")
    return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _balance(parsed: perl.Parsed, faults: Sequence[str]) -> Record:
    """How many entries there are, and what stood between them that is none."""
    counts = (Field("table", str(len(table.entries)), table.name) for table in parsed.tables)
    return Record("page", "balance", PROGRAM, tuple(counts), remarks=tuple(Noticed("damaged", one) for one in faults))


class _Made:
    """The places of one archive so far."""

    def __init__(self, place: Place, packed: pages.Pages) -> None:
        self.place, self.pages = place, packed
        self.places: list[Place] = []
        self.claimed: list[str] = []

    def add(self, record: Record) -> str:
        label = f"{self.place.path}/{record.key}"
        made = self.pages.add(label, pack(record))
        self.places.append(made._replace(group=label, keep=record.kind != "sealed"))
        return label

    def story(self, record: Record, held: Sequence[Row], told: dict[str, list[str]]) -> None:
        """A story's record, with what was wrong with its entries, and its files."""
        faults = [Noticed("damaged", fault) for row in held for fault in told.get(row.key, ())]
        group = self.add(replace(record, remarks=(*record.remarks, *faults)))
        for file in dict.fromkeys(row.file for row in held if row.file is not None):
            self.places.append(file._replace(group=group))
            self.claimed.append(file.path)
