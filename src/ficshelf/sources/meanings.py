"""What the columns of other programs mean, where each archive or reader chose their names: known by the name, and by
what stands in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ficshelf.record import Field

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
    ("complete", r"completed?|finished|(?:story)?status|wip|progress"),
    ("beta", r"betas?(?:reader|by|readers)?"),
    ("dedication", r"dedications?|dedicatedto|for"),
    ("feedback", r"feedback"),
    ("archive_permission", r"archive|archiving|permission|archivepermission"),
    ("language", r"language|lang"),
    ("words", r"words?(?:count)?|numwords"),
    ("tag", r"tags?\d?|keywords?\d?|kinks?|themes?|subjects?|seasons?|era|setting|challenges?|style|episodes?|content"),
)  # fmt: skip
_MEANING = [(meaning, re.compile(form)) for meaning, form in _MEANINGS]
LISTS = frozenset({"fandom", "relationship", "character", "warning", "genre", "tag", "category"})
MARKUP = frozenset({"summary", "note"})
_PAIRED = re.compile(r"[\w.'’]+\s?[/&]\s?[\w.'’]+", re.IGNORECASE)
_KINDS = frozenset(("gen", "het", "slash", "femslash", "m/m", "f/f", "f/m", "m/f", "multi", "other", "saffic", "bi"))
NOTHING = frozenset(("", "none", "n/a", "na", "-", "--", "0", "null", "undef"))
YES = frozenset(("yes", "y", "true", "1", "on", "complete", "completed", "finished", "done"))
NO = frozenset(
    (
        "in-progress",
        "no",
        "n",
        "false",
        "0",
        "off",
        "wip",
        "in progress",
        "incomplete",
        "unfinished",
        "work in progress",
    )
)
_PARTED = re.compile(r"\s*(?:[,;|\n]|<br\s*/?>)\s*", re.IGNORECASE)
_MOST_VALUES = 500  # of one field that is a list; what is more stays together
_TAG = re.compile(r"<[^<>]{0,500}>")


def said_as(meaning: str, said: str, column: str) -> Iterator[Field]:
    """A value as fields: a list is a field a value."""
    if meaning in MARKUP and not said.isdigit():
        yield Field(meaning, said, column, markup="<" in said or "&" in said)
    elif meaning in LISTS:
        for one in _PARTED.split(plain(said), _MOST_VALUES):
            if meaning == "warning" or one.lower() not in NOTHING:
                yield Field(_by_value(meaning, one), one, column)
            elif one:
                yield Field("", one, column)
    elif meaning == "complete":
        small = said.lower()
        known = "true" if small in YES else "false" if small in NO else ""
        yield Field("complete" if known else "", known or said, column)
    elif meaning in ("location", "ending", "offsite", "chapter", "website", "", *MARKUP):
        yield Field("", said, column)
    elif meaning == "address":
        yield Field("url" if re.match(r"https?://", said) else "", said, column)
    elif said := plain(said):
        yield Field(meaning if said.lower() not in NOTHING or meaning == "title" else "", said, column)


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
    """What a column's name says that it is, and how early the name stands among those that mean it."""
    small = re.sub(r"[^a-z0-9-]", "", name[:80].lower())
    for meaning, form in _MEANING:
        if form.fullmatch(small):
            forms = form.pattern.split("|")
            return meaning, forms.index(small) if small in forms else len(forms)
    return "", 0


def plain(said: str) -> str:
    """A value without markup, on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", said) if "<" in said else said).split())
