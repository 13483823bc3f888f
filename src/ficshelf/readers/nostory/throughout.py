"""Essays, recommendations, blogs and profiles in sentences: texts that speak of stories from their first line to their
last, though no single line says so loudly.

Their words of stories are few, and many stories have as many, above and below what is told. But where a story is told,
a stretch of it says nothing of stories, of sites, to the reader or of what one likes to read; such a text has no such
stretch. Short texts have none whatever they are, so they are not judged here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

_SHORTEST = 100  # words of a text that can be judged
_STRETCH = 55  # words that may pass without such a line
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
_I_THINK = re.compile(
    r"\bI(?:'ve| have|'d|'m| am|'ll)? (?:(?:really|always|never|also|just|still|usually|do|don't|can't|can|would|will|"
    r"won't|mostly|honestly|only|actually|not|rarely|rather|especially|first|currently|personally) ){0,3}"
    r"(?:love|like|hate|prefer|enjoy|recommend|read|write|think|believe|suppose|wish|suggest|appreciate|welcome|"
    r"dislike|stand|tend to|post|beta|review|(?:a )?(?:big |huge |real )?fan|wrote|written|started reading|writing|"
    r"reading|updating|know|mean|say|promise|want to|'d love|hope)\b",
    re.I,
)
_TO_YOU = re.compile(
    r"\b(?:please|thanks|thank you|feel free|if you|you can|you may|you must|you should|you'll|you want|you need|"
    r"you have to|you don't|let me know|your (?:own )?(?:story|stories|fic|work|favou?rite))\b",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')]{0,2}\s")
_QUOTED = re.compile(r"[\"“][^\"“”\n]{0,400}[\"”]")


def speaks_of_stories(
    texts: Sequence[str], speaks: Callable[[str], bool], points: float, sure: int, run: float, elsewhere: int
) -> bool:
    """Whether a text speaks of stories throughout. `texts` are its lines, and `speaks` tells whether a word of stories
    or sites stands in one; `points` are what such words are worth in all, and `sure` how many of them nobody says but
    of stories; `run` and `elsewhere` count what is told (`talk.Counts`)."""
    words = sum(len(text.split()) for text in texts)
    if words < _SHORTEST or run > _RUN or elsewhere > _ELSEWHERE:
        return False
    said = [_QUOTED.sub(" ", text.replace("’", "'")) for text in texts]
    reading = _found(_OF_READING, said)
    if points + reading < _POINTS or not (sure or reading >= _SPOKEN):
        return False
    voices = _found(_I_THINK, said) + _found(_TO_YOU, said)
    a_hundred = 100 / words
    dense = (points + reading) * a_hundred + _VOICE * min(voices * a_hundred, _LOUDEST)
    return dense - 0.8 * run - _VOICE * elsewhere >= _DENSE and _stretch(texts, speaks) <= _STRETCH


def _found(pattern: re.Pattern[str], texts: Iterable[str]) -> int:
    return sum(1 for text in texts for _ in pattern.finditer(text))


def _stretch(texts: Sequence[str], speaks: Callable[[str], bool]) -> int:
    """The words of the longest row of lines in which nothing is said of stories, nor to the reader."""
    longest = here = 0
    for text in texts:
        count = len(text.split())
        for part in _SENTENCE.split(text) if count > _LONG else [text]:
            said = _QUOTED.sub(" ", part.replace("’", "'"))
            if speaks(part) or _I_THINK.search(said) or _TO_YOU.search(said) or _OF_READING.search(said):
                here = 0
            else:
                here += len(part.split())
                longest = max(longest, here)
    return longest
