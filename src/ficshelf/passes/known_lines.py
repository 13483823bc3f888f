"""What lines near the landmarks of a known site are by their form: a heading, however it is written; title and author
in one line; a header's line; a line of the site."""

from __future__ import annotations

import re

from ficshelf import canon
from ficshelf.passes import headings
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.site_words import Sure, sureness
from ficshelf.passes.title_lines import is_name, part_of_title, title_and_name

_WRITTEN = re.compile(r"(?P<title>.{1,150}) escrita por (?P<name>.{2,60})")
_DASHED = re.compile(r"(?P<title>.{1,150}) - (?P<name>[^-]{2,40}|[^-\s]\S{1,39})")
_PIECES = ("title", "name", "fandom")
_PAGE_ENDS = re.compile(r" \[Archive of Our Own\]\Z")
_YEAR = re.compile(r" \((?:19|20)\d\d\)\Z")


def titled_and_named(text: str) -> re.Match[str] | None:
    """Title and author in one line, as sites write it: `X by Y`, `X escrita por Y`, `X - Y`."""
    return title_and_name(text) or _WRITTEN.fullmatch(text) or _DASHED.fullmatch(text)


def page_title(text: str) -> tuple[str, str, str] | None:
    """Title, author and fandom as the Archive of Our Own names its pages: `X - Y - Z`, `X - Chapter 2 - Y - Z`. Only
    where nobody can take them otherwise: three pieces, the last of which is a fandom's name."""
    pieces = [piece for piece in text.split(" - ") if not headings.parse(piece)]
    if len(pieces) != len(_PIECES) or not is_name(pieces[1]):
        return None
    fandom = _PAGE_ENDS.sub("", pieces[2])
    known = next((said for said in (fandom, _YEAR.sub("", fandom)) if canon.titled(said)), "")
    return (pieces[0], pieces[1], known) if known else None


def is_of_site(text: str) -> bool:
    return text.startswith("Actions") or sureness(text) != Sure.NOT


def is_other(text: str) -> bool:
    """Whether a line is a header's or a heading, and no name or paragraph."""
    return label_line(text) is not None or headings.parse(text) is not None


def heading_in(text: str) -> headings.Heading | None:
    """What a line says that is sure to be a heading, also behind what an author wrote before the number: `5. carousel`,
    `REVISED - Chapter 8 - Thin Ice`, `FIC The Ford (10/?)`."""
    if known := headings.parse(text) or headings.bare(text):
        return known
    if ended := headings.at_end_of_title(text):
        return ended[1]
    number, _, of = part_of_title(text)[1].partition("/")
    return headings.Heading(int(number), None, of=of) if number else None
