"""What must not be imported: the list of what authors asked to be left out, honoured at every `add`.

An entry names an author, an address (or how addresses begin), a file by its sha256, or a title with its author. It is
compared by digests, so that what was taken down leaves nothing of itself behind but the means to know it again.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import transaction

from ficshelf import model, names, saved_names
from ficshelf.errors import LibraryError
from ficshelf.library import models
from ficshelf.library.columns import columns, match_key
from ficshelf.library.harvest import ReadFile
from ficshelf.library.places import TRIMMED
from ficshelf.library.places import keyed_digest as digest
from ficshelf.library.readings import ReadWork
from ficshelf.record import TEXTLESS
from ficshelf.writers.mail_addresses import name_without

KINDS = {"author": "author", "url": "address", "file": "file", "title": "title and author"}  # what an entry may name
LONG_ENOUGH = 100  # words of a chapter by which alone a story is known again
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Entry(NamedTuple):
    """An entry of the list as its owner wrote it: `kind` of KINDS."""

    kind: str
    text: str
    why: str = ""


# -- the list


def add(entry: Entry) -> bool:
    """Put an entry on the list; false where it is there. Raises LibraryError for one that names nothing."""
    key = _key(entry)
    _, is_new = models.Wish.objects.get_or_create(
        kind=entry.kind, digest=digest(entry.kind, key), defaults={"text": entry.text.strip(), "why": entry.why.strip()}
    )
    return is_new


def _key(entry: Entry) -> str:
    """What an entry is compared by."""
    text = " ".join(entry.text.replace("\0", " ").split())
    if entry.kind == "author" and (key := names.match(text)):
        return key
    if entry.kind == "url" and (key := names.url_key(text)):
        return names.fold(key.rstrip("/*"))
    if entry.kind == "file" and _SHA256.fullmatch(text.lower()):
        return text.lower()
    if entry.kind == "title":
        title, _, author = text.rpartition(" by ")
        if names.match(title) and names.match(author):
            return names.fold(f"{names.match(title)} / {names.match(author)}")
        raise LibraryError(
            f"{text or 'title'}: name the author, too: “TITLE by AUTHOR”. A title alone fits many stories."
        )
    what = {"url": "an address such as http://archive.example/story", "file": "the 64 signs of a file's sha256"}
    raise LibraryError(f"“{text}” is not {what.get(entry.kind, 'a name')}.")


def parsed(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of a text file: `author: NAME`, `url: ADDRESS`, `sha256: DIGEST`, `title: TITLE by AUTHOR`, a line
    each, perhaps with ` # why` behind it. Raises LibraryError with the number of a line that is none of these."""
    for number, line in enumerate(lines, 1):
        line = line.strip().removeprefix("\ufeff")
        said, _, why = line.partition(" #") if not line.startswith("#") else ("", "", "")
        if not said.strip():
            continue
        label, colon, text = said.partition(":")
        kind = {"address": "url", "sha256": "file", "story": "title"}.get(label.strip().lower(), label.strip().lower())
        if said.strip().lower().startswith(("http://", "https://")):
            kind, text = "url", said
        elif _SHA256.fullmatch(said.strip().lower()):
            kind, text = "file", said
        elif not colon or kind not in KINDS:
            raise LibraryError(
                f"Line {number} names nothing. Write “author: NAME”, “url: ADDRESS”, “sha256: DIGEST” or "
                "“title: TITLE by AUTHOR”. Nothing was taken in."
            )
        entry = Entry(kind, text.strip(), why.strip())
        try:
            _key(entry)
        except LibraryError as error:
            raise LibraryError(f"Line {number}: {error} Nothing was taken in.") from None
        yield entry


def listed() -> Iterator[tuple[int, str, models.Wish]]:
    """The entries by number, each with what it says. Of a work that was taken down, one line stands for all."""
    seen: set[str] = set()
    for row in models.Wish.objects.order_by("pk"):
        if row.group and row.group in seen:
            continue
        seen.add(row.group)
        taken = "the file of a container, which was removed" if row.kind == "bytes" else "a work that was taken down"
        yield row.pk, f"{KINDS[row.kind]}: {row.text}" if row.text else taken, row


def remove(number: int) -> bool:
    """Take an entry off the list; false where there is none of that number. What named it is read again, too."""
    row = models.Wish.objects.filter(pk=number).first()
    if row is None:
        return False
    models.Source.objects.filter(outcome=TRIMMED).update(reader_version="")
    rows = models.Wish.objects.filter(group=row.group) if row.group else models.Wish.objects.filter(pk=number)
    rows.delete()
    return True


def keep_out(work: models.Work, files: Collection[str]) -> None:
    """Put all that a work would be known again by on the list; of `files` (digests) each as it is."""
    found = {("file", one) for one in files}
    found |= {("title", key) for key in (work.match_key,) if key}
    found |= {("page", key) for key in (work.url_key,) if key}
    found |= {("story", key) for key in (work.story_sha256,) if key}
    long = work.chapters.filter(words__gte=LONG_ENOUGH).exclude(story_sha256="")
    found |= {("story", key) for key in long.values_list("story_sha256", flat=True)}
    group = secrets.token_hex(8)
    models.Wish.objects.bulk_create(
        [models.Wish(kind=kind, digest=digest(kind, key), group=group) for kind, key in sorted(found)],
        ignore_conflicts=True,
    )


# -- at every add


class Wishes:
    """The list as an `add` asks it. Costs nothing where it is empty."""

    def __init__(self) -> None:
        self._all = set(models.Wish.objects.values_list("kind", "digest"))
        self._all |= _other_names(self._all)

    def __bool__(self) -> bool:
        return bool(self._all)

    def file(self, sha256: str) -> bool:
        """Whether a file with these bytes must not come in."""
        return self._has("file", sha256)

    def of_file(self, file: ReadFile) -> bool:
        """Whether a file in which there is no story must not come in: for its bytes, or the address that it was saved
        from."""
        if self.file(file.sha256):
            return True
        key = names.fold(names.url_key(saved_names.address(file.path)))
        return any(self._has("url", beginning) for beginning in _beginnings(key) if beginning)

    def author(self, name: str) -> bool:
        """Whether nothing of somebody must come in."""
        return self._has("author", names.match(name_without(name)))

    def work(self, match_key: str, url_key: str) -> bool:
        """Whether a work of that title and author, or from that address, must not come in."""
        if match_key and self._has("title", match_key):
            return True
        urls = _beginnings(url_key) if url_key else ()
        return any(self._has("url", one) for one in urls) or self._has("page", url_key)

    def record(self, kind: str, name: str, told: Iterable[Sequence[str]]) -> bool:
        """Whether a record must not come in: a member's, or that of a story without a text."""
        if kind == "person":
            return self.author(name)
        if kind != TEXTLESS:
            return False
        authors = [name_without(value) for label, value, *_ in told if label == "author"]
        title = match_key(name_without(name), authors[0] if authors else "")
        is_unwanted = bool(title) and self._has("title", title)
        return is_unwanted or any(map(self.author, authors))

    def why(self, work: ReadWork, files: Iterable[str]) -> str:
        """Why a work must not come in: a key of KINDS, or "story" for one that was taken down; "" where it may."""
        if not self._all:
            return ""
        return next((kind for kind, key in self._keys(work, files) if self._has(kind, key)), "")

    def _has(self, kind: str, key: str) -> bool:
        return (kind, digest(kind, key)) in self._all

    def _keys(self, work: ReadWork, files: Iterable[str]) -> Iterator[tuple[str, str]]:
        row = columns(work.facts)
        yield from (("file", sha256) for sha256 in files)
        for fact in work.facts.get("author", ()):
            if fact.how != model.INFERRED:
                yield "author", names.match(name_without(str(fact.value)))
        if row["match_key"]:
            yield "title", row["match_key"]
        for fact in work.facts.get("url", ()):
            key = names.fold(names.url_key(str(fact.value)))
            yield "page", key
            yield from (("url", beginning) for beginning in _beginnings(key))
        if work.story:
            yield "story", work.story
        yield from (("story", one.story) for one in work.chapters if one.story and one.words >= LONG_ENOUGH)


def _beginnings(url: str) -> Iterator[str]:
    """An address, and all that it begins with, cut where a part of it ends: no `sid=12` begins with `sid=1`."""
    yield url
    for found in re.finditer(r"[/?&#]", url):
        yield url[: found.start()]


def _other_names(wanted: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The other names of authors on the list, as far as a person confirmed them."""
    found: set[tuple[str, str]] = set()
    edges = [
        (("author", digest("author", names.match(one))), ("author", digest("author", names.match(other))))
        for one, other in models.Alias.objects.values_list("person__name", "other__name")
    ]
    grown = True
    while grown:
        grown = False
        for pair in edges:
            if any(one in wanted or one in found for one in pair) and not found.issuperset(pair):
                found.update(pair)
                grown = True
    return found


def import_lines(lines: Iterable[str]) -> int:
    """Put all entries of a text file on the list, or none. Returns how many are new."""
    with transaction.atomic():
        return Counter(add(entry) for entry in list(parsed(lines)))[True]
