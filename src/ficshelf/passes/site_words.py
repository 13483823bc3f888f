"""Lines that the programs of archives wrote around a story, as they stand in a text that was copied from a page:
`[Reviews - 12]`, `Previous Chapter Next Chapter`, `Back to index`, `Page 3 of 6`.

How sure it is that a line is one follows from its words alone, which are in `site_words.toml`, in the languages of the
archives. Where such a line may stand is for `furniture` to say.
"""

from __future__ import annotations

import re
import tomllib
from enum import IntEnum
from importlib import resources

from ficshelf.passes import number_words
from ficshelf.passes.remembered import remembered

_LONGEST = 200  # characters that such a line may have
_UNKNOWN_PIECE = 32  # characters of a piece whose words nobody knows, among pieces that lead somewhere
_NAME = 100  # characters of a line with a name behind `Skin by`
_PLACE = 5  # words of the place behind `Back to`
_ROW = 3  # names of pages that stand in one line without signs between them

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*(?:[km](?![^\W_]))?", re.I)
_BAR = re.compile(r"\s*(?:[|•·«‹←→❯]|\]\s*\[|<<+|>>+|::)\s*|\s+~\s+|\s*[»›]\s*|\*\s+\*|\s+\*\s+")
_TRAIL = re.compile(r"\s+(?:>|»|›|→|❯|::|/)\s+")
_NO_SITE = frozenset('"“”„?!;…')  # a site's own lines do not speak
_AROUND = "[](){}<>«»‹›|•·:*_~=-–—+.↑↓▲▼←→ \t"
_ARROWS = frozenset("↑↓▲▼")  # a button that opens or closes a part of a page
_MADE_WITH = re.compile(
    r"skins?:\s|efiction\s+\d|posted by \S[^\n]{1,40} (?:at|on) [^\n]{0,40}\d|\W{0,3}reply #\d+ on\b|"
    r"(\S{2,40}) \(\1\) (?:wrote|posted)(?: in \S{2,40})?,?$|[^\n]{3,40} archive entry$|"
    r"(?:page |seite )?\d{1,4} (?:of|von) \d{1,4}\s+\d\d?[/.]\d\d?[/.]\d{2,4}\b|joined:? [a-z]{3,9}\.? \d{4}$|"
    r"[<«]\s*prev(?:ious)?\s+\d|[^\n:]{0,100}\bhttps?://\S+(?:action=printable|textsize=)\S*$|"
    r"(?:labels|filed under|posted in|tagged)\s*:|file:///|[^\n]{2,160}\bleft kudos on this work\b|"
    r"#\([^\n]{3,150}\)$|(?:#[\w'’-]{2,40},?\s+){2,20}#[\w'’-]{2,40}$|"
    r"(?:this )?(?:web ?)?(?:site|page) (?:is )?hosted by \S|"
    r"\[?[\w%.-]{1,60}\.(?:gif|jpe?g|png|bmp)\]?(?:\s\(\d+ bytes\))?$|"
    r"!\[{1,2}[\w%./ -]{1,120}\.(?:gif|jpe?g|png|bmp|webp)\]{1,2}$|"
    r"diese(?:s archiv|e (?:web)?seite|e website) wird (?:auf|bei|von) [^\n]{2,60} gehostet\b|"
    r"(?:make|build|create|get) your own (?:free )?(?:web ?site|web ?page|home ?page)\b",
    re.I,
)
_STAMPED = re.compile(  # a forum's line above each post
    r"(?:re-?)?(?:posted|edited|published|submitted|last edit(?:ed)?)(?: by \S[^\n]{0,40}?)?(?: on| at)?:? "
    r"[^\n]{0,30}\d[^\n]{0,20}?"
    r"\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?",
    re.I,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright)\s[^\n]{1,80}", re.I)
_FIGURES = re.compile(
    r"(?=\S*[./-]\d)\d[\d.,/-]*(?:(?:\s{2,}|\s+\|\s+)\d[\d.,/-]*){2,}|"
    r"\d[\d.,]*[km]?\s+\d[\d.,]*[km]\s+\d[\d.,]*[km]?|\d[\d.,]*[km](?:\s+\d[\d.,]*[km]?){2}",
    re.I,
)  # dates and counts
_BEFORE_BUTTONS = re.compile(r"\s{2,}|\s(?=[\[(|])")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")  # names of pages whose blanks were lost: `StoryReviewsStatistics`
_MARK = re.compile(r"[\[\]|•·«»‹›←→↑↓▲▼❯<>]|::|\s~\s|\*\s+\*|\s\*\s")


class Sure(IntEnum):
    """How sure it is that a line is the site's: not at all, in company, at the edges of a page, anywhere."""

    NOT = 0
    IN_COMPANY = 1
    AT_EDGES = 2
    ANYWHERE = 3


_Kinds = frozenset[str]
_KINDS = ("certain", "sure", "ways", "places", "counts", "before_names", "leading_back", "shelves")
_NUMBERS = frozenset(number_words.table("en")) - {"first", "second", "third"}


def _phrases() -> dict[str, list[tuple[tuple[str, ...], _Kinds]]]:
    """The phrases by their first word, the longest first, each with the lists that it stands in."""
    lists = tomllib.loads(resources.files(__package__).joinpath("site_words.toml").read_text("utf-8"))
    kinds: dict[tuple[str, ...], set[str]] = {}
    for kind in _KINDS:
        for phrase in lists[kind]:
            kinds.setdefault(tuple(_words(phrase.replace("#", "1"))), set()).add(kind)
    found: dict[str, list[tuple[tuple[str, ...], _Kinds]]] = {}
    for words in sorted(kinds, key=len, reverse=True):
        found.setdefault(words[0], []).append((words, frozenset(kinds[words])))
    return found


def _words(text: str) -> list[str]:
    """The words of a line without case and accents, # for a number."""
    words = [number_words.fold(word.replace("’", "'")) for word in _WORD.findall(text)]
    return ["#" if word[0].isdigit() or word in _NUMBERS else word for word in words]


_PHRASES = _phrases()


@remembered
def sureness(text: str) -> Sure:
    """How sure it is, by its words, that a line is the site's."""
    if not text or len(text) > _LONGEST or (text[0] in _NO_SITE and text[:2] != "!["):
        return Sure.NOT
    if " " not in text and text.isalpha():
        text = _GLUED.sub(" ", text)
    first = _WORD.search(text, 0, 40)
    marked = _MARK.search(text) is not None
    if first is None or not (marked or first[0][0].isdigit() or number_words.fold(first[0]) in _PHRASES):
        return _made_with(text)
    words = _words(text)
    kinds = _known(words)
    if kinds is not None and any("certain" in kind for kind in kinds):
        return Sure.ANYWHERE
    if not _NO_SITE.isdisjoint(text.rstrip("!)") if marked else text):
        return _made_with(text)
    if marked:
        pieces = [piece for piece in _BAR.split(text.strip(_AROUND)) if piece.strip(_AROUND)]
        if len(pieces) >= 2 and (sure := _row(pieces)):
            return sure
    if (marked or " / " in text) and _leads_down(text):
        return Sure.AT_EDGES
    whole = Sure.NOT if kinds is None else _line(text, words, kinds)
    return max(whole, _open_ended(text, words), _made_with(text))


def buttons_behind(text: str) -> int:
    """Where a site's buttons begin behind something else in one line: `The Ford by Ann [Reviews - 17] Printer`; 0 for
    nowhere."""
    for found in _BEFORE_BUTTONS.finditer(text, 1):
        words = _words(text[found.end() :])
        kinds = _known(words)
        if kinds and (len(kinds) > 1 or "#" in words) and not all("places" in kind for kind in kinds):
            return found.end()
    return 0


def is_stamp(text: str) -> bool:
    """A forum's line above each post: `Posted by Ann on May 3 2004, 11:12 PM`."""
    return ":" in text and len(text) <= _NAME and _STAMPED.fullmatch(text) is not None


def _made_with(text: str) -> Sure:
    if _MADE_WITH.match(text) or is_stamp(text):
        return Sure.AT_EDGES
    return Sure.IN_COMPANY if _RIGHTS.fullmatch(text) else Sure.NOT


def _known(words: list[str]) -> list[_Kinds] | None:
    """The lists that each phrase of a line is of; None where a word is of none."""
    found: list[_Kinds] = []
    at = 0
    while at < len(words):
        for phrase, kinds in _PHRASES.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                found.append(kinds)
                at += len(phrase)
                break
        else:
            return None
    return found


def _line(text: str, words: list[str], kinds: list[_Kinds]) -> Sure:
    """A line that is made of known phrases alone."""
    leading = sum(not kind.isdisjoint(("ways", "sure", "shelves")) for kind in kinds)
    if text[-1] in ".," or ", " in text or (":" in text and leading < _ROW):
        return Sure.NOT
    if any("sure" in kind for kind in kinds) or (text[0] in _ARROWS and leading == len(kinds)):
        return Sure.AT_EDGES
    if _FIGURES.fullmatch(text):
        return Sure.AT_EDGES
    numbers = words.count("#")
    if numbers and _counts(kinds):
        counted = any("counts" in kind for kind in kinds)
        bracketed = text[0] in "[(" and text[-1] in ")]"
        return (Sure.AT_EDGES if bracketed or numbers > 1 else Sure.IN_COMPANY) if counted else Sure.NOT
    if leading >= _ROW and leading * 2 > len(kinds):
        return Sure.AT_EDGES
    return Sure.IN_COMPANY if any("ways" in kind for kind in kinds) else Sure.NOT


def _row(pieces: list[str]) -> Sure:
    """A row of pieces, with signs between them: `<< Part 4 | The Attic | Part 6 >>`."""
    known = [_known(_words(piece)) for piece in pieces]
    said = [kinds for kinds in known if kinds and _leads(kinds)]
    back = sum(
        kinds is None and _open_ended(piece, _words(piece)) > Sure.NOT
        for kinds, piece in zip(known, pieces, strict=True)
    )
    if any("certain" in kind for kinds in said for kind in kinds):
        return Sure.ANYWHERE
    if said and (
        len(said) + back == len(pieces)
        or (len(pieces) >= 3 and 3 * len(said) >= 2 * len(pieces) and max(map(len, pieces)) <= _UNKNOWN_PIECE)
    ):
        return Sure.AT_EDGES
    return Sure.NOT


def _leads(kinds: list[_Kinds]) -> bool:
    """Whether a piece of a row leads somewhere, or counts."""
    return len(kinds) == 1 or _counts(kinds) or any("sure" in kind or "certain" in kind for kind in kinds)


def _counts(kinds: list[_Kinds]) -> bool:
    return all(kind & {"counts", "places"} for kind in kinds)


def _leads_down(text: str) -> bool:
    """A trail of links: `Home > Books > The Ford`, `Literature / Fan Fiction / Short Stories`."""
    pieces = _TRAIL.split(text)
    if len(pieces) < 3 or len(text) > 120:
        return False
    first = _known(_words(pieces[0]))
    return first is not None and len(first) == 1 and bool(first[0] & {"ways", "shelves"})


def _open_ended(text: str, words: list[str]) -> Sure:
    """`Skin by Anna`, `Jump to: 1. Oil 2. Salt`, `Back to The Attic`."""
    for phrase, kinds in _PHRASES.get(words[0], ()) if words else ():
        if tuple(words[: len(phrase)]) != phrase or len(words) == len(phrase):
            continue
        if "before_names" in kinds and (len(text) <= _NAME or ":" in text[:30]):
            return Sure.AT_EDGES
        if "leading_back" in kinds and len(words) - len(phrase) <= _PLACE and text[-1] not in ".,:":
            return Sure.IN_COMPANY
    return Sure.NOT
