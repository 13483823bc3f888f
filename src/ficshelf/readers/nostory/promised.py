"""Lists that say how long each of their stories is, and hold none of them: home pages with teasers, recommendations
with what somebody thinks of each, a person's own list, the contents of a novel.

Between their rows stands prose, and much of it tells: a teaser, a scene that somebody loved. What gives them away is
the length. A row says `Gen, PG, 14,000 words` or `Harry Potter – 18 chapitres`, and up to the next row there are a
hundred words. Where a row's story stands below it, nothing is said here, nor where one may stand above the rows or
below them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ficshelf.readers.nostory import talk, weighing
from ficshelf.readers.nostory.sight import Line

_LINES = 400  # that are looked at
_ROW = 400  # characters of a row
_FEWEST = 3  # rows with a length that make a list
_KEPT = 0.5  # of the words that a row promises: so many below it may be the story
_BETWEEN = 300  # words between two rows, beyond which it may be another
_BELOW = 4  # lines below the last row that are still its own
_A_CHAPTER = 400  # words of one, at the fewest
_A_KILOBYTE = 170  # and of as many signs
_A_PAGE = 150
_WEIGHS = 3.0  # what such a page weighs less than
_WEIGHS_AS_STORY = 0.0  # and one that says it is a story, or has sentences on end above its rows or below them
_WIDE_A_WORD = 2.5  # signs of scripts without blanks that make a word
_WORDS = r"words|wörter|worte|mots|palabras|palavras|parole|слов[ао]?|słów|slov|woorden|sanaa|szó|từ|字|文字"
_CHAPTERS = (
    r"chapters?|chaps?|parts|kapitel|kapittel|teile|chapitres?|parties|cap[ií]tulos|partes|capitoli|глав[аы]?|"
    r"част(?:и|ей)|"
    r"rozdzia(?:łów|ły)|kapitol|hoofdstukken|lukua|osaa|fejezet|chương|章|話"
)
_PAGES = r"pages|seiten|páginas|pagine|страниц[аы]?|stron"
_NUMBER = r"\d{1,3}(?:[., ]\d{3})+|\d{1,7}"
_LENGTH = re.compile(  # a piece of a row that says how long its story is, and nothing else
    rf"(?:[^\W\d_]{{2,20}}(?: [^\W\d_]{{2,20}})?\s?[:：-]\s?)?(?:(?:about|ca\.?|approx\.?|over|almost|~|etwa|env\.|"
    rf"около)\s?)?"
    rf"(?:(?:{_NUMBER}) (?:and|und|et|y|e|и) )?(?P<number>{_NUMBER})\s?(?P<thousand>[kкKК]|тыс\.?|tsd\.?)?[bBbб]?\+?\s?"
    rf"(?P<of>{_WORDS}|{_CHAPTERS}|{_PAGES})?(?: in all| total)?|"
    rf"(?:(?P<label_words>words?(?: count)?|{_WORDS})|"
    rf"(?P<label_chapters>{_CHAPTERS}))\s?[:：]\s?(?P<after>{_NUMBER})(?:\s?/\s?[\d?]+)?",
    re.I,
)
_PARTED = re.compile(r"\s*[|•·;()\[\]…、（）【】~]+\s*|\s[-–—/]+\s|[,.:](?=\s|$)(?<!\d[,.](?=\d))|\s{2,}|\t|, ")
_OF_WORDS = re.compile(_WORDS, re.I)
_OF_PAGES = re.compile(_PAGES, re.I)
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_SIGNS = re.compile(rf"\d\s?(?:[kK]\b|{_WORDS}|{_CHAPTERS}|{_PAGES})|(?:{_WORDS}|{_CHAPTERS})\s?[:：]\s?\d", re.I)


def may_be(head: str) -> bool:
    """A cheap look: whether enough lengths stand in a text."""
    return len(list(islice(_SIGNS.finditer(head), _FEWEST))) == _FEWEST


def is_list(lines: Sequence[Line]) -> bool:
    """Whether row after row promises a story that does not stand below it, and none stands anywhere else."""
    lines = lines[:_LINES]
    rows = [(place, words) for place, line in enumerate(lines) if (words := promised(line.text))]
    if len(rows) < _FEWEST:
        return False
    counts = [_words(line.text) for line in lines]
    ends = [place for place, _ in rows[1:]] + [len(lines)]
    below = [sum(counts[place + 1 : end]) for (place, _), end in zip(rows, ends, strict=True)]
    if max(below[:-1]) > _BETWEEN:
        return False
    if any(count >= _KEPT * words for count, (_, words) in zip(below, rows, strict=True)):
        return False
    weight, limit = weighing.weighs(lines)
    if weight >= _WEIGHS or weighing.is_borrowed(lines):
        return False
    above, below_all = lines[: rows[0][0]], lines[rows[-1][0] + 1 :]
    if weight >= _WEIGHS_AS_STORY and (
        talk.says_story(lines) or weighing.has_quiet_stretch(above) or weighing.has_quiet_stretch(below_all)
    ):
        return False
    if weight < limit - weighing.ALTHOUGH_TOLD:
        return True
    return not (weighing.has_run(above) or weighing.has_run(below_all[_BELOW - 1 :]))


def promised(text: str) -> float:
    """How many words the story has that a row names; 0 for a line that is no such row."""
    if len(text) > _ROW or not any(map(str.isdigit, text)) or _SIGNS.search(text) is None:
        return 0.0
    pieces = [piece for piece in _PARTED.split(text) if piece]
    if len(pieces) < 2:
        return 0.0
    return max((_length(found) for piece in pieces if (found := _LENGTH.fullmatch(piece.strip()))), default=0.0)


def _length(found: re.Match[str]) -> float:
    """The words that a length comes to, at the fewest; 0 for a mere number, and for what has but one chapter."""
    if found["after"]:
        number = _number(found["after"])
        return number if found["label_words"] else _of_chapters(number)
    number, of = _number(found["number"]), found["of"]
    if found["thousand"]:
        return 1000 * number if of and _OF_WORDS.fullmatch(of) else _A_KILOBYTE * number
    if not of:
        return 0.0
    if _OF_WORDS.fullmatch(of):
        return number
    return _A_PAGE * number if _OF_PAGES.fullmatch(of) else _of_chapters(number)


def _of_chapters(number: float) -> float:
    return _A_CHAPTER * number if number > 1 else 0.0


def _number(said: str) -> float:
    return float(re.sub(r"\D", "", said))


def _words(text: str) -> float:
    wide = len(_WIDE.findall(text)) if not text.isascii() else 0
    return len(text.split()) + wide / _WIDE_A_WORD
