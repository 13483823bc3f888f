"""The signs of a line and of a page, as numbers, by which `weighing.py` tells whether there may be a story.

A line of a story is a sentence, or many, made of small words; it says what was, who did it and what was spoken. A line
of a site is short and has no end; it counts, dates, links, labels and asks. None of that is sure of any one line. So
each line is given a sureness that it is told, and a page is judged by how its lines stand together: the longest run of
told ones, and what there is beside it.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import NamedTuple

from ficshelf.passes import labels, site_words
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.nostory import messages, talk, throughout
from ficshelf.readers.nostory.sight import Line, has_label, is_spoken, telling

LINES = 400  # that are looked at
_BEGINNING = 600  # characters of a line that are looked at
_A_LINE = 60  # words of a line, beyond which it is as long as any
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DIGITS = re.compile(r"\d")
_END = re.compile(r"[.!?…。！？][\"”’»」*_)]*$|[\"”»」]$")
_INNER = re.compile(r"[.!?…][\"”’»]?\s+[\"“„«—–-]{0,2}\s?[^\W\d_]|[。！？][^」』\s]")
_MARK = re.compile(r"[|·•»›«‹→←↑↓★☆©®™▼▲#{}\[\]]|::|\s[~/]\s|_{3}|\.{4}")
_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d\d?:\d\d\b|\b\d+(?:[.,]\d+)?\s?(?:[kKMм]\b|%|KB\b)"
)
_COUNT = re.compile(r"\(\s?\d[\d.,/ ]*\s?\)|\b\d[\d.,]*\s?/\s?\d|:\s?\d[\d.,]*\b|\d[\d.,]*\s[^\W\d_]+$|^\d[\d.,]*$")
_ADDRESS = re.compile(
    r"https?:|www\.|@\w|\w@|\.(?:com|net|org|html?|php|txt)\b|\b(?:dot|at) \w+ (?:dot|example)\b", re.I
)
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")  # signs of scripts without blanks, or nearly so
_WIDE_SMALL = re.compile(r"[のはがをにでともたてるれらっ]|[的了是在我他她你们着就不]|[은는이가을를에의다고]")
_QUOTE = re.compile(r"[\"“„«]")
_QUOTED = re.compile(r"\"[^\"\n]{0,600}\"|[“„][^“”„\n]{0,600}[“”]|«[^«»\n]{0,600}»")
_WIDE_A_WORD = 2.5  # such signs that make a word
_SPOKEN_FIRST = re.compile(r"\s*(?:[\"“„«‘「『]|[—–-]\s?[^\W\d_])")
_PAST = re.compile(
    r"(?:[^\W\d_]{2}(?:ed|aient|ait|ава|ал|ала|ил|ила|ел|ела|нул|нула|ял|яла|ился|лась|лся|ał|ała|ął|ęła|ował|ó|ava|ou|aba|ía|ò))"
)


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name])


_LISTS: dict[str, list[str]] = tomllib.loads(
    resources.files(__package__).joinpath("sign_words.toml").read_text("utf-8")
)
_ASKS, _WAS = _words("asks"), _words("was")
_WIDE_ASKS = re.compile("|".join(sorted(map(re.escape, _LISTS["wide_asks"]), key=len, reverse=True)))
_SMALL: frozenset[str] = frozenset(
    word
    for words in tomllib.loads(
        resources.files("ficshelf.guesses").joinpath("languages.toml").read_text("utf-8")
    ).values()
    for word in words.split()
)
_YOU = talk.YOU
_ME = talk.ME

_PIECE = 450  # characters of a long line that are weighed together
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]{0,2}\s|(?<=[。！？])")
_WRAPPED = range(45, 100)  # characters of a line that goes on in the next
OF_A_LINE = (
    "long", "very long", "small words", "ends", "sentences", "comma", "speech", "who said it", "tells", "i", "you",
    "was", "past", "digits", "time", "count", "label", "colon", "marks", "address", "of sites", "of stories",
    "of either", "asks", "line of a site", "links", "capitals", "one word", "question",
)  # fmt: skip
OF_A_PAGE = (
    "lines", "words a line", "told", "not told", "share told", "run", "run's share", "run's sureness", "run's lines",
    "run tells", "told elsewhere", "lines that tell", "lines spoken", "sentences", "short", "no end", "small words",
    "of sites", "of stories", "of either", "asks", "run of stories", "run asks", "run was", "i", "you", "count",
    "digits", "labels", "numbered", "rows", "links", "no link", "says story",
    "others", "was", "of a message", "in order", "same label", "asks on top", "asks at the foot", "i like", "voices",
)  # fmt: skip
_AT = {name: place for place, name in enumerate(OF_A_LINE)}
_LOUD = tuple(_AT[name] for name in ("of sites", "of stories", "of either", "time", "count", "label", "address"))
_TOLD = 0.5  # sureness of a line that is told
_IN_RUN = 0.42  # sureness with which a line adds to a run; one below takes away
_CLEAR = 0.3  # sureness below which a line is not told, however short it is
_OFF = 1.5  # words that such a line takes away from a run
_NUMBERED = re.compile(r"\W?\d")
_FORM_WORDS = re.compile(r"[^\W\d_][^\W\d_'’ -]*")
_FORM_DIGITS = re.compile(r"[\d.,]*\d")
_FORM = 120  # characters of a line whose form is compared
_LONGEST_FORM = 16  # signs of a form that several lines may share
_LONGEST_ROW = 25  # words of a row
_RUNS_ON = 9  # words of a line in whatever language that can be a sentence
_FEW_CAPITALS = 0.25  # share of its words
_OTHERS = tag_set(
    "he she him her his hers himself herself they them their elle il lui leur elles sie ihr ihm ihn él ella ela ele "
    "lei он она его её ему ей им on ona jego jej hij zij haar hem han hon hans hennes"
)
_EDGE = 6  # lines on top of a page, and at its foot
_MESSAGE = 60  # lines among which a message stands
_LIKES = 3.0  # in a hundred words that count
_SHORT_ROW = 14  # words of a row that counts
_IN_ORDER = re.compile(r"\W{0,3}(\d{1,3})[.):\s]")
_VOICE = re.compile(  # `<nick> …`, `[22:14] Nick: …`
    r"(?:[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?[\])]?\s)?"
    r"(?:<([^<>\n]{1,24})>\s|([^\W\d_][\w.'’-]{0,20}(?: [\w.'’-]{1,20})?):\s)"
)
_VOICES = 2  # people who speak in turn
_SPEECHES = 3  # of one of them
_STOPS = (".", "!", "?", "…", '"', "”", "»")


class Seen(NamedTuple):
    """A line as it is weighed: its words, and its signs in the order of OF_A_LINE, each from 0 to 1."""

    text: str
    words: float
    signs: tuple[float, ...]
    others: int = 0  # how often it says he, she or they


def of_line(line: Line) -> Seen:
    """The signs of one line."""
    text = line.text[:_BEGINNING]
    small = text.lower().replace("’", "'")
    said = _WORD.findall(small)
    wide = len(_WIDE.findall(text)) if not text.isascii() else 0
    count = len(said) if not wide else len(said) + wide / _WIDE_A_WORD
    words = count * (len(line.text) / len(text)) if len(line.text) > _BEGINNING else count
    a = 1 / max(count, 1)
    alone = _WORD.findall(_QUOTED.sub(" ", small)) if _QUOTE.search(small) else said  # what nobody says in it
    small_words = sum(map(_SMALL.__contains__, said)) + (len(_WIDE_SMALL.findall(text)) / 1.2 if wide else 0)
    linked = sum(len(link.text) for link in line.links)
    asks = sum(map(_ASKS.__contains__, alone)) + (len(_WIDE_ASKS.findall(text)) if wide else 0)
    tells = telling(text)
    has_digit = _DIGITS.search(text) is not None
    speech = _SPOKEN_FIRST.match(text) is not None
    names = _WORD.findall(text)[1:]
    signs = (
        min(count, 20) / 20,
        min(words, _A_LINE) / _A_LINE,
        min(small_words * a * 2, 1.0),
        float(_END.search(line.text[-12:]) is not None),
        min(len(_INNER.findall(text)), 4) / 4,
        float("," in text or "，" in text or "、" in text),
        float(speech),
        float(is_spoken(text)) if tells >= 2 else 0.0,
        tells / 3,
        min(sum(map(_ME.__contains__, said)) * a * 6, 1.0),
        min(sum(map(_YOU.__contains__, said)) * a * 6, 1.0),
        min(sum(map(_WAS.__contains__, said)) * a * 6, 1.0),
        min(sum(_PAST.fullmatch(word[-6:]) is not None for word in said) * a * 6, 1.0) if tells or count > 4 else 0.0,
        min(len(_DIGITS.findall(text)) / max(len(text), 1) * 5, 1.0) if has_digit else 0.0,
        float(has_digit and _TIME.search(text) is not None),
        float(has_digit and _COUNT.search(text) is not None),
        float(has_label(text)),
        float(text.endswith(":")),
        min(len(_MARK.findall(text)), 3) / 3,
        float(_ADDRESS.search(text) is not None),
        min(sum(word in talk.WORDS["sites"] for word in alone) * a * 4, 1.0),
        min(sum(word in talk.WORDS["stories"] for word in alone) * a * 4, 1.0),
        min(sum(word in talk.WORDS["weak"] for word in alone) * a * 4, 1.0),
        min(asks * a * 3, 1.0),
        float(site_words.sureness(line.text) >= site_words.Sure.AT_EDGES),
        min(linked / max(len(line.text), 1), 1.0),
        sum(name[0].isupper() for name in names) / len(names) if names else 0.0,
        float(count <= 2),
        float("?" in text),
    )
    return Seen(text, words, signs, sum(map(_OTHERS.__contains__, said)))


def of_page(lines: Sequence[Seen], sure: Sequence[float], says_story: bool) -> dict[str, float]:
    """The signs of a page by their names in OF_A_PAGE. `sure` is how sure each line is told, and `says_story` whether
    it says of itself that it is a story."""
    first, end = _run(lines, sure)
    run = lines[first:end]
    words = sum(line.words for line in lines) or 1.0
    in_run = sum(line.words for line in run)
    told = sum(line.words * one for line, one in zip(lines, sure, strict=True))
    told_in_run = sum(line.words * one for line, one in zip(run, sure[first:end], strict=True))
    few = 1 / len(lines)

    def by_words(name: str, some: Sequence[Seen] = lines) -> float:
        at, all_words = _AT[name], sum(line.words for line in some)
        return sum(line.signs[at] * line.words for line in some) / all_words if all_words else 0.0

    def by_lines(name: str) -> float:
        return sum(line.signs[_AT[name]] for line in lines) * few

    tells, speech = _AT["tells"], _AT["speech"]
    found = (
        math.log1p(len(lines)),
        math.log1p(words * few),
        math.log1p(told),
        math.log1p(max(words - told, 0.0)),
        told / words,
        math.log1p(in_run),
        in_run / words,
        told_in_run / in_run if in_run else 0.0,
        math.log1p(len(run)),
        math.log1p(sum(line.signs[tells] > _TOLD for line in run)),
        math.log1p(max(told - told_in_run, 0.0)),
        sum(line.signs[tells] > _TOLD for line in lines) * few,
        math.log1p(sum(line.signs[speech] > 0 and one > _TOLD for line, one in zip(lines, sure, strict=True))),
        sum(line.words for line in lines if is_sentence(line)) / words,
        1 - by_lines("long"),
        1 - by_lines("ends"),
        by_words("small words"),
        by_words("of sites"),
        by_words("of stories"),
        by_words("of either"),
        by_words("asks"),
        by_words("of stories", run),
        by_words("asks", run),
        by_words("was", run),
        by_words("i"),
        by_words("you"),
        by_lines("count"),
        by_lines("digits"),
        by_lines("label"),
        sum(_NUMBERED.match(line.text) is not None for line in lines) * few,
        math.log1p(_rows(lines)),
        by_lines("links"),
        float(not any(line.signs[_AT["links"]] for line in lines)),
        float(says_story),
        sum(line.others for line in lines) / words,
        by_words("was"),
        sum(line.words for line in lines[:_MESSAGE] if _is_message(line)) / words,
        math.log1p(_in_order(lines)),
        math.log1p(_same_label(lines)),
        sum(line.signs[_AT["asks"]] for line in lines[:_EDGE]) / _EDGE,
        sum(line.signs[_AT["asks"]] + line.signs[_AT["line of a site"]] for line in lines[-_EDGE:]) / _EDGE,
        min(sum(throughout.likes(line.text) for line in lines if line.signs[_AT["i"]]) / words * 100, _LIKES),
        _speeches(lines) * few,
    )
    return dict(zip(OF_A_PAGE, found, strict=True))


def added(line: Seen, sure: float) -> float:
    """What a line adds to the run that it stands in; less than nothing where it is hardly told."""
    return line.words * (sure - _IN_RUN) - (_OFF if sure < _CLEAR else 0.0)


def _run(lines: Sequence[Seen], sure: Sequence[float]) -> tuple[int, int]:
    """Where the longest run of told lines begins and ends; a line or two between them does no harm."""
    best = here = 0.0
    first = 0
    found = (0, 0)
    for place, (line, one) in enumerate(zip(lines, sure, strict=True)):
        if here <= 0:
            here, first = 0.0, place
        here += added(line, one)
        if here > best:
            best, found = here, (first, place + 1)
    return found


def is_quiet(line: Seen) -> bool:
    """Whether nothing is asked in a line, and nothing is said of sites and stories, nor dated, counted or rated."""
    return not any(line.signs[at] for at in _LOUD)


def is_sentence(line: Seen, fewest: int = 6) -> bool:
    """Whether a line is a whole sentence, or several. The small words of most languages are not known: what runs on
    in small letters is a sentence too."""
    signs = line.signs
    return bool(
        signs[_AT["ends"]]
        and line.words >= fewest
        and (signs[_AT["small words"]] > 0.5 or _runs_on(line))
        and signs[_AT["marks"]] < 0.5
        and signs[_AT["links"]] < 0.5
    )


def _runs_on(line: Seen) -> bool:
    """Whether a line is long, has hardly a capital in it, and neither counts, dates, asks nor speaks of sites."""
    return line.words >= _RUNS_ON and line.signs[_AT["capitals"]] < _FEW_CAPITALS and is_quiet(line)


def _rows(lines: Sequence[Seen]) -> int:
    """How many lines have a form that comes again and again: a name and a date, a count in brackets, a label."""
    forms: Counter[str] = Counter()
    for line in lines:
        if line.words > _LONGEST_ROW:
            continue
        form = _FORM_DIGITS.sub("0", _FORM_WORDS.sub("a", line.text[:_FORM])).replace(" ", "")
        if len(form) <= _LONGEST_FORM and form != "a" and not (form.endswith(_STOPS) and "0" not in form):
            forms[form] += 1
    return sum(count for count in forms.values() if count > 2)


def _is_message(line: Seen) -> bool:
    """Whether a line says what only gates, errors and log-ins say, and tells nothing."""
    return line.signs[_AT["tells"]] < _TOLD and bool(messages.strong(line.text))


def _in_order(lines: Sequence[Seen]) -> int:
    """How many short lines count on in one row, whatever stands between them: `1. Tallow`, `2. Wick`."""
    best = here = last = 0
    for line in lines:
        if line.words > _SHORT_ROW or (found := _IN_ORDER.match(line.text)) is None:
            continue
        number = int(found[1])
        here = here + 1 if number == last + 1 else 1
        best, last = max(best, here), number
    return best


def _speeches(lines: Sequence[Seen]) -> int:
    """How many lines are spoken in turn by some who speak again and again, each with the name before it."""
    names = Counter((found[1] or found[2]).lower() for line in lines if (found := _VOICE.match(line.text)))
    again = [
        count for name, count in names.items() if count >= _SPEECHES and name not in _ASKS and labels.find(name) is None
    ]
    return sum(again) if len(again) >= _VOICES else 0


def _same_label(lines: Sequence[Seen]) -> int:
    """How often the label stands that comes most often."""
    label = _AT["label"]
    labels = Counter(line.text.partition(":")[0].lower() for line in lines if line.signs[label])
    return max(labels.values(), default=0)


def pieces(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, long ones in pieces of some sentences, so that all of a page is seen whatever its lines are."""
    for line in lines:
        if len(line.text) <= _BEGINNING or line.links:
            yield line
            continue
        begun = 0
        for found in _SENTENCE.finditer(line.text):
            if found.end() - begun >= _PIECE:
                yield Line(line.text[begun : found.end()].strip(), (), 0, line.hint)
                begun = found.end()
        if begun < len(line.text):
            yield Line(line.text[begun:].strip() or "…", (), 0, line.hint)


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text, those joined that were cut at a width: only what goes on in small letters is sure."""
    made: list[list[str]] = []
    above = ""
    for raw in text.split("\n"):
        line = raw.strip()
        if not line:
            above = ""
            continue
        if above and len(above) in _WRAPPED and (line[0].islower() or above[-1] == ","):
            made[-1].append(line)
        else:
            made.append([line])
        above = line
    return [Line(" ".join(parts), (), 0, "") for parts in made]
