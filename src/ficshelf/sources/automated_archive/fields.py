"""What the fields of an entry mean. Besides a few, each archive chose its own: they are known by their names, and by
what stands in them. Passwords and the addresses of machines are left out, mail addresses are sealed."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf import dates, names
from ficshelf.encodings import likely, suspects
from ficshelf.record import Field, Noticed, Record
from ficshelf.sources.automated_archive.files import Files
from ficshelf.sources.perl import Entry, Value
from ficshelf.sources.places import Place

PROGRAM = "Automated Archive"
# What a field's name, its letters alone, says that it is; the first that fits.
_MEANINGS: tuple[tuple[str, str], ...] = (
    ("secret", r".*(?:pass(?:word|wd|wrd)?|passcode|pwd|secret|cookie|remoteaddr|remotehost|ipaddr(?:ess)?)|ip|host"),
    ("mail", r".*e?mail.*"),
    ("location", r"location|file(?:name)?|path|filelocation"),
    ("ending", r"filetype|extension|ext|fileext"),
    ("address", r"locationurl|storyurl|fileurl|url|link|storylink|externalurl|offsiteurl"),
    ("offsite", r"off-?site|external"),
    ("published", r"printtime|dateprint|printabletime|date|dateadded|datearchived|dateposted|datesubmitted|posted|"
                  r"added|published|submitted|time|datetime|archived|timestamp|pubdate"),
    ("updated", r"updated|lastupdated?|dateupdated|revised|modified|lastmodified|daterevised|update"),
    ("title", r"title|storytitle|storyname"),
    ("author", r"(?:co-?)?authors?(?:name)?\d?|penname\d?|pseud(?:onym)?|writer|by|author(?:two|three|second)"),
    ("website", r"(?:author)?(?:website|homepage|site|webpage)(?:url)?|(?:url|web)author|authorurl"),
    ("summary", r".*summary|description|teaser|blurb|synopsis"),
    ("note", r".*notes?|comments?|authorscomments?|an"),
    ("disclaimer", r"disclaimers?"),
    ("rating", r".*rating|rated"),
    ("warning", r".*warnings?.*|contentadvisory|squicks?"),
    ("spoilers", r"spoilers?(?:for)?"),
    ("relationship", r".*(?:pairings?|relationships?|couples?|ships?)(?:other|main)?\d?"),
    ("character", r".*characters?\d?|chars?\d?|cast|starring"),
    ("fandom", r".*fandoms?\d?|shows?\d?|tvshow|source|canon|movie|x-?overs?|crossovers?(?:with)?"),
    ("genre", r"genres?\d?|storytype|types?\d?"),
    ("category", r".*category\d?|.*categories|cat\d?|cats|class(?:es|ification)?|codes?"),
    ("series", r"series(?:name|title)?|universe|arc|storyarc"),
    ("part", r"series(?:number|no|num|part|order)|part(?:no|number)?"),
    ("chapter", r"chapter(?:no|num|number)?|chap"),
    ("complete", r"completed?|finished|status|wip|progress"),
    ("beta", r"betas?(?:reader|by|readers)?"),
    ("dedication", r"dedications?|dedicatedto|for"),
    ("feedback", r"feedback"),
    ("archive_permission", r"archive|archiving|permission|archivepermission"),
    ("language", r"language|lang"),
    ("words", r"words?(?:count)?|numwords"),
    ("tag", r"tags?\d?|keywords?\d?|kinks?|themes?|subjects?|seasons?|era|setting|challenges?|style|episodes?|content"),
)  # fmt: skip
_MEANING = [(meaning, re.compile(form, re.IGNORECASE)) for meaning, form in _MEANINGS]
LISTS = frozenset({"fandom", "relationship", "character", "warning", "genre", "tag", "category"})
_MARKUP = frozenset({"summary", "note"})
_PAIRED = re.compile(r"[\w.'’]+\s?[/&]\s?[\w.'’]+", re.IGNORECASE)
_KINDS = frozenset(("gen", "het", "slash", "femslash", "m/m", "f/f", "f/m", "m/f", "multi", "other", "saffic", "bi"))
_NOTHING = frozenset(("", "none", "n/a", "na", "-", "--", "0", "null", "undef"))
_YES = frozenset(("yes", "y", "true", "1", "on", "complete", "completed", "finished", "done"))
_NO = frozenset(("no", "n", "false", "0", "off", "wip", "in progress", "incomplete", "unfinished", "work in progress"))
_PARTED = re.compile(r"\s*(?:[,;|\n]|<br\s*/?>)\s*", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_US_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?")
_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?")
MAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_MOST_VALUES = 500  # of one field that is a list


class Row(NamedTuple):
    """An entry: its table and key, its fields by what they mean, and its file."""

    table: str
    key: str
    fields: tuple[Field, ...]
    mails: tuple[tuple[str, str], ...]  # each with its column
    file: Place | None = None
    location: str = ""
    ending: str = ""
    address: str = ""  # of the page at another site that it names
    chapter: str = ""
    noticed: tuple[Noticed, ...] = ()
    is_story: bool = True

    def values(self, name: str) -> list[str]:
        """What it says under a name."""
        return [field.value for field in self.fields if field.name == name]


class Letters:
    """How the values of a file are written, which has been read a character a byte: each is UTF-8 by itself, or in the
    encoding that is likeliest for all that are not."""

    def __init__(self, text: str) -> None:
        lines = [line for line in text.encode("latin-1").split(b"\n") if not line.isascii()]
        odd = [line for line in lines if suspects.strictly(line, "utf-8") is None]
        self.encoding = likely.rank(likely.sample_of(odd))[0].encoding if odd else "utf-8"

    def read(self, raw: str) -> tuple[str, tuple[Noticed, ...]]:
        """A value with its letters put right."""
        try:
            data = raw.encode("latin-1")
        except UnicodeEncodeError:  # written with codes beyond a byte
            return raw, ()
        if data.isascii():
            return raw, ()
        said = suspects.strictly(data, "utf-8")
        if said is not None:
            return said, ()
        return data.decode(self.encoding, "replace"), (Noticed("encoding-guessed", f"Read as {self.encoding}."),)


def row(table: str, entry: Entry, raw: str, files: Files, letters: Letters) -> Row:
    """What an entry says. One without any field that a story has is kept as it stands."""
    writer = _Writer(table, letters)
    if isinstance(entry.value, dict):
        for name, value in entry.value.items():
            writer.field(name, value)
    if not any(field.name in ("title", "author", "summary") for field in writer.fields) and not writer.location:
        said, noticed = letters.read(raw)
        clean = MAIL.sub("(a mail address)", said)
        left = (Field("row", clean, table),)
        return Row(table, entry.key, left, tuple(writer.mails), noticed=noticed, is_story=False)
    writer.dates()
    file = files.find(writer.location, writer.ending) if writer.location else None
    if file is None and writer.address and not writer.offsite:
        file = files.find(writer.address, "")
    return Row(
        table,
        entry.key,
        tuple(writer.fields),
        tuple(writer.mails),
        file,
        writer.location.strip(),
        writer.ending.strip().lstrip("."),
        writer.address,
        writer.chapter,
        tuple(writer.noticed),
    )


class _Writer:
    """The fields of one entry so far."""

    def __init__(self, table: str, letters: Letters) -> None:
        self.table = table
        self.letters = letters
        self.fields: list[Field] = []
        self.mails: list[tuple[str, str]] = []
        self.dated: list[tuple[int, str, str, str]] = []
        self.noticed: list[Noticed] = []
        self.location = self.ending = self.address = self.chapter = ""
        self.offsite = False

    def field(self, name: str, value: Value) -> None:
        meaning, rank = meaning_of(name)
        if value is None or meaning == "secret":
            return
        column = f"{self.table}.{self.letters.read(name)[0][:100]}"
        for one in _texts(value):
            said, noticed = self.letters.read(one)
            self.noticed += [remark for remark in noticed if remark not in self.noticed]
            if said.strip():
                self._say(meaning, rank, said.strip(), column)

    def _say(self, meaning: str, rank: int, said: str, column: str) -> None:
        if meaning == "location":
            self.location = self.location or said
        elif meaning == "ending":
            self.ending = self.ending or said
        elif meaning == "offsite":
            self.offsite = said.lower() not in _NO | _NOTHING
        elif meaning == "address":
            self.address = self.address or said
        elif meaning == "chapter":
            self.chapter = said
        elif meaning == "mail":
            self.mails += [(mail, column) for mail in MAIL.findall(html.unescape(said))]
            return
        elif meaning in ("published", "updated"):
            self.dated.append((rank, meaning, said, column))
            return
        elif meaning == "author":
            self.mails += [(mail, column) for mail in MAIL.findall(said)]
            said = re.sub(r"[\s<(\[]*(?:mailto:)?\s*$", "", MAIL.sub(" ", plain(said)).strip(" <>()[],;:"))
        self.fields += list(_fields(meaning, said, column))

    def dates(self) -> None:
        """The best of several dates is the day of the story; what cannot be read is kept as it stands."""
        known = set()
        for _, meaning, said, column in sorted(self.dated):
            day = "" if meaning in known else iso(said)
            if day:
                known.add(meaning)
            self.fields.append(Field(meaning if day else "", day or said, column))


def _fields(meaning: str, said: str, column: str) -> Iterator[Field]:
    """A value as fields: a list is a field a value."""
    if meaning in _MARKUP and not said.isdigit():
        yield Field(meaning, said, column, markup="<" in said or "&" in said)
    elif meaning in LISTS:
        for one in _PARTED.split(plain(said))[:_MOST_VALUES]:
            if meaning == "warning" or one.lower() not in _NOTHING:
                yield Field(_by_value(meaning, one), one, column)
            elif one:
                yield Field("", one, column)
    elif meaning == "complete":
        small = said.lower()
        known = "true" if small in _YES else "false" if small in _NO else ""
        yield Field("complete" if known else "", known or said, column)
    elif meaning in ("location", "ending", "offsite", "chapter", "website", "", *_MARKUP):
        yield Field("", said, column)
    elif meaning == "address":
        yield Field("url" if re.match(r"https?://", said) else "", said, column)
    elif said := plain(said):
        yield Field(meaning if said.lower() not in _NOTHING or meaning == "title" else "", said, column)


def _by_value(meaning: str, said: str) -> str:
    """What a value is whose field may name several things."""
    if meaning not in ("category", "genre", "tag"):
        return meaning
    if said.lower() in _KINDS:
        return "category"
    if meaning == "category":
        return "relationship" if _PAIRED.fullmatch(said) and "/" in said else "tag"
    return meaning


def meaning_of(name: str) -> tuple[str, int]:
    """What a field's name says that it is, and how early the name stands among those that mean it."""
    letters_of = re.sub(r"[^A-Za-z0-9-]", "", name[:80])
    for meaning, form in _MEANING:
        if form.fullmatch(letters_of):
            forms = form.pattern.split("|")
            small = letters_of.lower()
            return meaning, forms.index(small) if small in forms else len(forms)
    return "", 0


def iso(said: str) -> str:
    """A date as the archive wrote it, seconds since 1970 or month/day/year, as an ISO date; "" where it is none."""
    if _EPOCH.fullmatch(said):
        return (datetime.date(1970, 1, 1) + datetime.timedelta(seconds=int(float(said)))).isoformat()
    if found := _DAY.fullmatch(said):
        said = "-".join(found.groups())
    if found := _US_DATE.match(said):
        month, day, year = int(found[1]), int(found[2]), int(found[3])
        year += 0 if len(found[3]) == 4 else 1900 if year >= 67 else 2000
        month, day = (day, month) if month > 12 else (month, day)
        try:
            return datetime.date(year, month, day).isoformat()
        except ValueError:
            return ""
    parsed = dates.parse(said)
    return parsed.isoformat() if parsed else ""


def plain(said: str) -> str:
    """A value without markup, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", said) if "<" in said else said).split())


def _texts(value: Value) -> Iterator[str]:
    """The texts in a value, whatever holds them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if meaning_of(name)[0] != "secret":
                yield from (f"{name}: {said}" for said in _texts(one))


def people(rows: Sequence[Row]) -> Iterator[Record]:
    """Those who wrote the stories, by their pen names, and their mail addresses for the owner's eyes alone."""
    written: dict[str, str] = {}
    sealed: dict[tuple[str, str], Field] = {}
    for one in rows:
        authors = one.values("author")
        for author in authors:
            written.setdefault(names.fold(author), author)
        whose = [f"authors/{author[:150]}" for author in authors] or [f"entries/{one.key}"]
        for at, (mail, column) in enumerate(one.mails):
            who = whose[min(at, len(whose) - 1)]
            sealed.setdefault((who, mail.lower()), Field(who, mail, column))
    for author in written.values():
        yield Record("person", f"authors/{author[:150]}", PROGRAM, (Field("name", author),))
    if sealed:
        yield Record("sealed", "sealed", PROGRAM, tuple(sealed.values()))
