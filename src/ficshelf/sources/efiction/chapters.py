"""The chapters of a story: which rows they are, in what order, and where the text of each is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ficshelf.record import Field, Part
from ficshelf.sources import letters, limits
from ficshelf.sources.efiction import schemas
from ficshelf.sources.efiction.layout import Archive
from ficshelf.sources.efiction.shelf import Row, Shelf, opened
from ficshelf.sources.efiction.telling import Teller, field
from ficshelf.sources.efiction.values import number

_TOLD = schemas.words(
    "chapid title inorder notes storytext endnotes validated sid uid workingtext workingdate created "
    "chapter psid summary catid gid charid wid rid date updated completed"
)
_LINES_MADE = re.compile(r"<(?:br|p)\b", re.I)
_MARKUP_OF_BLOCKS = re.compile(r"</?(?:div|hr|table|center|h[1-6]|blockquote|pre|ul|ol)\b", re.I)
_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.I)


_NO_FILE = "no file {}.txt was found; add the archive's folder of stories together with the dump"


class Chapters(NamedTuple):
    """The rows of a story's chapters in their order, and rows that say nothing new: the same chapter again."""

    rows: tuple[Row, ...]
    again: tuple[Row, ...] = ()


def role(archive: Archive) -> str:
    """The table that has the chapters: in version 1 each is a story."""
    return "stories" if archive.version == 1 else "chapters"


def key_of(archive: Archive, row: Row) -> str:
    """The number of a chapter, which its file is called by."""
    return row.plain("sid" if archive.version == 1 else "chapid")


def chapters_of(shelf: Shelf, archive: Archive, sid: str) -> Chapters:
    """The chapters of a story, as it has them in order."""
    found = shelf.find(archive, role(archive), "psid" if archive.version == 1 else "sid", sid)
    if archive.version == 1 and not any(row.plain("sid") == sid for row in found):
        found += [row for row in shelf.find(archive, "stories", "sid", sid) if row.plain("psid") in ("", "0")]
    kept: dict[str, Row] = {}
    again: list[Row] = []
    for row in found:
        key = key_of(archive, row)
        if key in kept and (kept[key].raw("storytext") or not row.raw("storytext")):
            again.append(row)
        else:
            again += [kept[key]] if key in kept else []
            kept[key] = row
    rows = sorted(kept.values(), key=lambda row: (number(row.raw("inorder")), number(key_of(archive, row))))
    return Chapters(tuple(rows), tuple(again))


def without(archive: Archive, held: Chapters, keys: frozenset[str]) -> Chapters:
    """The chapters but some."""
    if not keys:
        return held
    rows, again = ([row for row in some if key_of(archive, row) not in keys] for some in held)
    return Chapters(tuple(rows), tuple(again))


def numbers(archive: Archive, rows: tuple[Row, ...], more: int = 0) -> list[int | None]:
    """The chapters' numbers as the archive counts; none for the only chapter (`more` are elsewhere), nor where two have
    the same."""
    if len(rows) + more == 1:
        return [None]
    first = 1 if archive.version == 1 else 0
    counted = [number(row.raw("inorder")) + first for row in rows]
    return list(counted) if len(set(counted)) == len(counted) else [None] * len(rows)


def text_label(archive: Archive, row: Row, base: str) -> str:
    """What the text of a chapter that lies in the dump is called: as its file would be."""
    return f"{base}/{archive.shelf}texts/{key_of(archive, row)}.txt"


def has_text(row: Row) -> bool:
    return bool(row.raw("storytext").strip())


def part(teller: Teller, row: Row, count: int | None, author: str, base: str) -> Part:
    """A chapter of a record."""
    archive = teller.archive
    key = key_of(archive, row)
    file, has_more = teller.shelf.file_of(teller.at, key)
    in_dump = text_label(archive, row, base) if has_text(row) else ""
    if in_dump and not has_more:
        text = _decoded(str(teller.shelf.disk), teller.at, key)
        for repair in text.repairs if text else ():
            teller.note(repair.kind, f"The text of chapter {key}: {repair.text()}")
        if teller.shelf.was_cut(archive, row, "storytext"):
            size = len(row.raw("storytext"))
            said = f"The text of chapter {key} has {size:,} bytes, as many as its column holds: its end is lost."
            teller.note("cut-short", said)
    found = [one for one in ((file, in_dump) if has_more else (in_dump, file)) if one]
    missing = "" if found else f"the database has no text of it, and {_NO_FILE.format(key)}"
    fields: list[Field] = []
    title = teller.text(row, "chapter" if archive.version == 1 else "title").strip()
    if title:
        fields.append(field("title", title, f"{row.table}.{'chapter' if archive.version == 1 else 'title'}", True))
    for name, column in (("note", "notes"), ("endnote", "endnotes")):
        if said := teller.text(row, column).strip():
            fields.append(field(name, said, f"{row.table}.{column}", True))
    if author:
        fields.append(Field("author", author, f"{row.table}.uid"))
    return Part(
        path=found[0] if found else "",
        copies=tuple(found[1:]),
        number=count,
        fields=(*fields, *(teller.kept(row, _TOLD) if archive.version != 1 else ())),
        missing=missing,
        visibility="" if is_public(archive, row) else "hidden",
    )


def kept_back(archive: Archive, story: Row | None, held: Chapters) -> frozenset[str]:
    """The numbers of those chapters that the archive's staff had not let through, of a story that it had: they are no
    part of what others may read."""
    if story is None or not is_public(archive, story):
        return frozenset()
    public = {key_of(archive, row) for row in (*held.rows, *held.again) if is_public(archive, row)}
    hidden = {key_of(archive, row) for row in held.rows} - public
    return frozenset(hidden if public else ())


def is_public(archive: Archive, row: Row) -> bool:
    """Whether a story or a chapter was let through by the archive's staff."""
    if "validated" not in row.values or not row.raw("validated").strip():
        return "validated" not in row.values
    value = number(row.raw("validated"))
    return value >= 30 if archive.version == 5 else value > 0


@lru_cache(maxsize=64)
def _decoded(disk: str, at: int, key: str) -> letters.Letters | None:
    shelf = opened(disk)
    archive = shelf.archives[at]
    table = archive.tables[role(archive)]
    column = table.columns.index("sid" if archive.version == 1 else "chapid")
    best: tuple[int, bytes] = (0, b"")
    for row, values in shelf.dump.lookup(table.name, column, key.encode()):
        data = values[table.columns.index("storytext")] or b""
        if len(data) > len(best[1]):
            best = (row, data)
    if not best[0]:
        return None
    held = [best[1]]
    size = len(best[1])
    for piece in shelf.dump.pieces(table.name, best[0], table.columns.index("storytext")):
        held.append(piece)
        size += len(piece)
        if size > limits.READ:
            break  # a text of that size is kept unread; whoever reads it says so
    return letters.read(b"".join(held), shelf.pages(at, role(archive)))


def text_of(shelf: Shelf, at: int, key: str) -> bytes | None:
    """The text of a chapter that lies in the dump, as a page or as plain text in UTF-8; None where there is none.

    eFiction took every line end for a line break unless the text has br or p: such text is handed on as plain text,
    where lines are paragraphs; as a page with its breaks written out where it has other markup that parts it."""
    found = _decoded(str(shelf.disk), at, key)
    if found is None:
        return None
    text = found.text
    if not _LINES_MADE.search(text):
        if not _MARKUP_OF_BLOCKS.search(text):
            return text.encode()
        text = re.sub(r"\r\n?|\n", "<br />\n", text)
    if _PAGE.search(text[:3000]):
        return text.encode()
    return f'<html><meta charset="utf-8"><body>\n{text}\n</body></html>\n'.encode()
