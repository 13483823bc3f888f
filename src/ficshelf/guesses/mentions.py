"""Who is named in a story, and how often: one look at a sample of it.

Main characters are named every hundred words, so that a sample of a long story tells them as surely as the whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

SAMPLE = 8_000  # characters that are looked at
_RUN = re.compile(
    r"(?=[^\W\d_b-su-zà-öø-ÿа-яё])"  # most letters begin no name: so they are passed over at once
    r"(?:\b(?:[Tt]he|[Aa]n?) )?"
    r"[^\W\d_a-zà-öø-ÿа-яё][\w'’]*(?:-[^\W\d_]\w*)*(?: (?:of |de |van |al )?[^\W\d_a-zà-öø-ÿа-яё][\w'’]*(?:-\w+)*){0,3}"
)
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_SMALL = (
    "the and but then he she it they we you his her their its my your our this that there these those what when "
    "where why who how if in on at as for with from to of no yes oh ah well so now not all one two or an a i ' i'm "
    "i'll i've i'd he'd she'd it's that's don't can't didn't there's what's let's okay ok hey god sir maybe just "
    "after before while once still even though because since until every some any my mine him them me us do did "
    "does was were is are had has have will would could should can may might must only never always here "
)
_ARTICLES = frozenset(("the", "a", "an"))
_STARTS = frozenset(_SMALL.split())  # words that only begin a sentence


class Mentions(NamedTuple):
    """What a sample names: folded names of one word and of several, each with how often; how often the one word stands
    alone behind an article, as no first name and no surname does ("the Ford"); and the words of the sample that stand
    in small letters, which no name is among."""

    words: Counter[str]
    phrases: Counter[str]
    things: Counter[str]
    plain: frozenset[str]
    text: str

    def names(self) -> Counter[str]:
        """The words that seem to be names: those that are never written small."""
        return Counter({word: times for word, times in self.words.items() if word not in self.plain})


def sample(texts: Sequence[str]) -> str:
    """The beginning of a story and paragraphs from all over it, `SAMPLE` characters in all."""
    length = sum(map(len, texts))
    if length <= SAMPLE:
        return "\n".join(texts)
    taken: list[str] = []
    room = SAMPLE // 4
    start = 0
    while room > 0:
        taken.append(texts[start][:room])
        room -= len(texts[start])
        start += 1
    room = SAMPLE - SAMPLE // 4
    step = max(1, length // room)
    for place in range(start, len(texts), step):
        taken.append(texts[place][:1_000])
        room -= len(taken[-1])
        if room <= 0:
            break
    return "\n".join(taken)


def of(text: str) -> Mentions:
    """The names in a sample."""
    words: Counter[str] = Counter()
    phrases: Counter[str] = Counter()
    things: Counter[str] = Counter()
    for run, times in Counter(_RUN.findall(text)).items():
        said = run.casefold().replace("’", "'").replace("'s", "").split(" ")
        if said[0] in _ARTICLES and len(said) == 2:
            things[said[1]] += times
            phrases[" ".join(said)] += times
        if said[0] in _STARTS:
            del said[0]
        for word in said:
            words[word] += times
        for width in range(2, len(said) + 1):
            for start in range(len(said) - width + 1):
                phrases[" ".join(said[start : start + width])] += times
    if not text.isascii() and _HAN.search(text):
        words.update(Counter(_HAN.findall(text)))
    return Mentions(words, phrases, things, frozenset(text.split()), text)
