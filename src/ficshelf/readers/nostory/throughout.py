"""Whether a text speaks of stories from its first line to its last, as essays, recommendations, blogs and profiles do.

Their words of stories may be few, and many stories have as many, above and below what is told. But where a story is
told, a stretch of it says nothing of stories, of sites, or of what one likes to read; such a text has no such stretch,
and it speaks of them in its second half as in its first. Short texts have no stretch whatever they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

_SHORTEST = 100  # words of a text that can be known by this alone
_STRETCH = 55  # words that may pass without a line that speaks of stories
_LONG_STRETCH = 70  # words that may pass so in a text that is known by other signs, too
_LONGEST_STRETCH = 110  # words that may pass so in any
_SHARE = 0.45  # of all words that may pass so in it
_LONG = 120  # words of a line that is looked at sentence by sentence
_POINTS = 3.0  # points of its words of stories, sites and either, and of what is said of reading and writing
_DENSE = 1.6  # points in a hundred words, less what is told
_RUN = 1.4  # points of the best run of lines that tell
_ELSEWHERE = 1  # other lines that may tell
_SPOKEN = 3  # times that reading and writing is spoken of, where no word of the fandoms stands
_VOICE = 0.4  # what a word to the reader or an opinion counts
_LOUDEST = 4  # of them in a hundred words that count
_READ = (
    r"(?:stor(?:y|ies)|fics?|fan-?fics?|fanfictions?|chapters?|authors?|writers?|characters?|pairings?|sequels?|"
    r"drabbles?|summar(?:y|ies)|reviews?|series|episodes?|seasons?|fandoms?|plots?|one-?shots?|slash|het|crossovers?)"
)
_OF_READING = re.compile(
    r"\b(?:read(?:ing|s|able)?|writ(?:e|es|ing|ten)|wrote|post(?:ed|ing)?|love|like|enjoy(?:ed)?|hate|recommend(?:ed)?|"
    r"rec|updat(?:e|ed|ing)|archiv(?:e|ed)|submit(?:ted)?|review(?:ed)?|favou?rite|beta)\s+(?:[\w'-]+\s){0,3}?"
    + _READ
    + r"\b|\b"
    + _READ
    + r" (?:that )?(?:I(?:'ve| have)? (?:read|written|love|like|hate|wrote|write)|"
    r"(?:you|people|they|we) (?:read|write|post|love|like))\b|"
    r"\b(?:this|my|our|these) (?:\w+ )?(?:site|archive|web ?page|profile|journal|blog|list|community|fandom|challenge|"
    r"fics?|recs?|account|show|livejournal|lj)\b|\bfan ?fic|\b(?:stories|fics?|series|drabbles?) by\b",
    re.I,
)
_OFTEN = (
    r"\bI(?:'ve| have|'d|'m| am|'ll)? (?:(?:really|always|never|also|just|still|usually|do|don't|can't|can|would|will|"
    r"won't|mostly|honestly|only|actually|not|rarely|rather|especially|first|currently|personally) ){0,3}"
)
_I_LIKE = re.compile(
    _OFTEN
    + r"(?:love|like|hate|prefer|enjoy|recommend|(?:did )?read|write|appreciate|welcome|dislike|tend to|post|beta|"
    r"review|(?:a )?(?:big |huge |real )?fan|wrote|written|started reading|writing|reading|updating)\b",
    re.I,
)
_I_THINK = re.compile(
    _OFTEN + r"(?:think|believe|suppose|wish|suggest|stand|know|mean|say|promise|want to|'d love|hope)\b", re.I
)
_TO_YOU = re.compile(
    r"\b(?:please|thanks|thank you|feel free|if you|you can|you may|you must|you should|you'll|you want|you need|"
    r"you have to|you don't|let me know|your (?:own )?(?:story|stories|fic|work|favou?rite))\b",
    re.I,
)
_QUOTED = re.compile(r"[\"“][^\"“”\n]{0,400}[\"”]")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')]{0,2}\s")
_DEAR = re.compile(r"(?:my )?dear(?:est)?\s(?!(?:readers?|all|everyone|friends|mods?)\b)\S.{0,40}[,!:–—-]?", re.I)


def speaks_of_stories(
    texts: Sequence[str], speaks: Callable[[str], bool], points: float, sure: int, run: float, elsewhere: int
) -> bool:
    """Whether a text speaks of stories throughout. `texts` are its lines, and `speaks` tells whether a word of stories
    or sites stands in one; `points` are what such words are worth in all, and `sure` how many of them nobody says but
    of stories; `run` and `elsewhere` count what is told (`talk.Counts`)."""
    words = sum(len(text.split()) for text in texts)
    if words < _SHORTEST or run > _RUN or elsewhere > _ELSEWHERE or any(map(_DEAR.fullmatch, texts)):
        return False
    said = [_said(text) for text in texts]
    reading = _found(_OF_READING, said)
    if points + reading < _POINTS or not (sure or reading >= _SPOKEN):
        return False
    voices = _found(_I_LIKE, said) + _found(_I_THINK, said) + _found(_TO_YOU, said)
    a_hundred = 100 / words
    dense = (points + reading) * a_hundred + _VOICE * min(voices * a_hundred, _LOUDEST)
    return dense - 0.8 * run - _VOICE * elsewhere >= _DENSE and _stretch(texts, speaks) <= _STRETCH


def likes(text: str) -> int:
    """How often somebody says what they like, read and write."""
    return sum(1 for _ in _I_LIKE.finditer(text))


def is_in_letters(texts: Sequence[str]) -> bool:
    """Whether somebody writes letters in it."""
    return sum(_DEAR.fullmatch(text) is not None for text in texts) > 1


def tells_between(texts: Sequence[str], speaks: Callable[[str], bool]) -> bool:
    """Whether so long a stretch of a text says nothing of stories that one may be told there."""
    stretch = _stretch(texts, speaks)
    if stretch <= _LONG_STRETCH:
        return False
    return stretch > _LONGEST_STRETCH or stretch > _SHARE * sum(len(text.split()) for text in texts)


def _said(text: str) -> str:
    """What a line says but for what is quoted in it."""
    return _QUOTED.sub(" ", text.replace("’", "'"))


def _found(pattern: re.Pattern[str], texts: Iterable[str]) -> int:
    return sum(1 for text in texts for _ in pattern.finditer(text))


def _stretch(texts: Sequence[str], speaks: Callable[[str], bool]) -> int:
    """The words of the longest row of lines in which nothing is said of stories, nor of what one likes to read."""
    longest = here = 0
    for text in texts:
        for part in _SENTENCE.split(text) if len(text.split()) > _LONG else [text]:
            said = _said(part)
            if speaks(part) or _OF_READING.search(said) or _I_LIKE.search(said):
                here = 0
            else:
                here += len(part.split())
                longest = max(longest, here)
    return longest
