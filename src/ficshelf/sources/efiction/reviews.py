"""Reviews: who said what of which chapter, and what the author answered, which eFiction wrote into the same text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ficshelf.record import Field, Said
from ficshelf.sources.efiction import schemas
from ficshelf.sources.efiction.shelf import Row
from ficshelf.sources.efiction.telling import Teller, field, is_mail
from ficshelf.sources.efiction.values import date, number

_TOLD = schemas.words("reviewid item chapid reviewer uid review date rating respond type seriesid")
_BARE = "no review"  # stands as the text of a review that is nothing but a rating
# Where an answer begins: an italic label with a colon, behind two breaks.
_LABEL = re.compile(r"<(?:i|em)\b[^<>]{0,80}>[ \t\r\n]{0,20}(?P<label>[^<>:\n]{2,60}?)[ \t]{0,5}:", re.I)
_BREAKS = re.compile(r"(?:(?:<br[ \t]{0,3}/?>|\r?\n)[ \t]{0,5}){2,20}\Z", re.I)
_BEFORE = 200  # characters before a label in which its breaks stand
_CLOSING = re.compile(r"</(?:i|em)>\s*\Z", re.I)
_OPENED = re.compile(r"<(?:i|em)\b[^<>]{0,80}>", re.I)
_CLOSED = re.compile(r"</(?:i|em)>", re.I)
# The label in the languages that eFiction was translated into. Where the row does not say that there is an answer, an
# italic word with a colon may be the reviewer's own: then it must be one of these.
_LABELS = re.compile(
    r"\b(?:author'?s?'?|author’s)\s+(?:response|reply|answer)|\bresponse\b|\breply\b|\bantwort\b|\br[ée]ponse\b"
    r"|\brespuesta\b|\brisposta\b|\bresposta\b|\bantwoord\b|\bodpowied[źz]|\bv[áa]lasz|\bsvar\b|\bvastaus|\bответ|\bodgovor"
    r"|\bodpov[eě][ďd]|\byanıt|\bcevap|回[复覆應应]|返信|\btugisoned\b",
    re.I,
)


class Answered(NamedTuple):
    text: str
    reply: str


def parted(text: str, answered: bool) -> Answered:
    """A review and its author's answer. `answered` is whether its row says that there is one."""
    known = unknown = None
    for one in _LABEL.finditer(text):
        if _breaks_before(text, one.start()) == one.start():
            continue
        if _LABELS.search(html.unescape(one["label"])):
            known = one
            break
        unknown = one
    start = known or (unknown if answered else None)
    if start is None:
        return Answered(text, "")
    reply = text[start.end() :]
    if len(_CLOSED.findall(reply)) > len(_OPENED.findall(reply)):
        reply = _CLOSING.sub("", reply)
    return Answered(text[: _breaks_before(text, start.start())].rstrip(), reply.strip())


def _breaks_before(text: str, end: int) -> int:
    """Where the two breaks or more begin that end at `end`; `end` itself where there are none."""
    first = max(0, end - _BEFORE)
    found = _BREAKS.search(text[first:end])
    return first + found.start() if found else end


def said(teller: Teller, row: Row, chapters: Mapping[str, int], answers: int = 0) -> Said:
    """A review as a record has it. `chapters` are the places from 1 of the chapters that it may be of."""
    fields: list[Field] = []
    typed = teller.text(row, "reviewer").strip()
    uid = row.plain("uid")
    member = penname(teller, uid)
    name = member or ("" if typed == "0" or is_mail(typed) else typed)
    if name:
        fields.append(Field("reviewer", name, f"{row.table}.{'uid' if member else 'reviewer'}"))
    if member and typed not in ("", "0", member) and not is_mail(typed):
        fields.append(Field("", typed, f"{row.table}.reviewer"))
    if uid not in ("", "0"):
        fields.append(Field("", uid, f"{row.table}.uid"))
    if when := date(row.plain("date")):
        fields.append(Field("date", when, f"{row.table}.date"))
    rating = row.plain("rating")
    if rating and number(rating) > 0:
        fields.append(Field("rating", rating, f"{row.table}.rating"))
    text = teller.text(row, "review").strip()
    told = parted(text, row.plain("respond") == "1")
    bare = told.text.strip().rstrip(".").casefold() == _BARE
    if told.text and not bare:
        fields.append(field("text", told.text, f"{row.table}.review", True))
    elif bare:
        fields.append(Field("", told.text, f"{row.table}.review"))
    if told.reply:
        fields.append(field("reply", told.reply, f"{row.table}.review", True))
    chapid = row.plain("chapid")
    if chapid not in ("", "0") and chapid not in chapters:
        fields.append(Field("", chapid, f"{row.table}.chapid"))
    return Said((*fields, *teller.kept(row, _TOLD)), chapters.get(chapid, 0), answers)


def penname(teller: Teller, uid: str) -> str:
    """The pen name of a member; "" for nobody."""
    if uid in ("", "0"):
        return ""
    rows = teller.shelf.find(teller.archive, "authors", "uid", uid)
    return teller.text(rows[0], "penname").strip() if rows else ""


def of_item(teller: Teller, kind: str, item: str) -> list[Row]:
    """The reviews of a story (kind ST) or a series (SE), in the order of the dump; comments on them (version 5) each
    behind what it comments on."""
    shelf, archive = teller.shelf, teller.archive
    if not archive.has("reviews"):
        return []
    if archive.has("reviews", "seriesid"):
        column = "item" if kind == "ST" else "seriesid"
        return [row for row in shelf.find(archive, "reviews", column, item) if _kind(row) == kind]
    return [row for row in shelf.find(archive, "reviews", "item", item) if _kind(row) == kind]


def _kind(row: Row) -> str:
    """What a review is of: before version 3 a row says so by its numbers alone."""
    if "type" in row.values:
        return row.plain("type") or "ST"
    return "SE" if number(row.raw("seriesid")) > 0 else "ST"


def subject(row: Row) -> tuple[str, str]:
    """What a review is of, and its number."""
    kind = _kind(row)
    return kind, row.plain("seriesid" if kind == "SE" and "type" not in row.values else "item")


def all_said(teller: Teller, rows: Sequence[Row], chapters: Mapping[str, int]) -> tuple[Said, ...]:
    """Reviews, and behind each what was said of it (version 5 has comments on reviews)."""
    made: list[Said] = []
    for row in rows:
        made.append(said(teller, row, chapters))
        place = len(made)
        teller.hold("reviews")
        if teller.archive.version == 5:
            for comment in teller.shelf.find(teller.archive, "reviews", "item", row.plain("reviewid")):
                if comment.plain("type") == "C":
                    made.append(said(teller, comment, {}, place))
                    teller.hold("reviews")
    return tuple(made)
