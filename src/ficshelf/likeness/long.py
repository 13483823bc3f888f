"""Where in a very long text, as of an anthology of a whole archive, a much shorter one may lie.

A long text is gone through once and sampled, a run of words out of some hundred, with the stretch that each is in. Then
a short one is laid beside those stretches alone that have runs of it: that takes as long as the short one is, and the
long one costs a dozen bytes a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from zlib import crc32

from ficshelf.likeness import tokens
from ficshelf.likeness.judge import Judgement, judge

LONG = 100_000  # words from which on a text is sampled …
TIMES = 8  # … for the sake of texts so many times shorter

_STRETCH = 12_000  # letters: two thousand words
_RUN = 5  # words
_ANCHOR, _ONE_IN = 5, 12  # a run in the sample begins with a word of so many letters, and one in so many of these
_MOST_TIMES, _MOST_MORE = 4, 20_000  # words of stretches that are looked at: so many times the short text's, and more


def is_much_longer(words: int, than: int) -> bool:
    """Whether a text of so many words is worth sampling for one of `than`."""
    return words >= LONG and words >= TIMES * than


class Long:
    """A long text, given as its chapters' texts (`tokens.texts`)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.stretches = list(chain.from_iterable(map(_cut, texts)))
        self.words = 0
        self._places: dict[int, int | tuple[int, ...]] = {}
        for place, text in enumerate(self.stretches):
            words = tokens.of_text(text)
            self.words += len(words)
            for run in _sample(words):
                there = self._places.get(run)
                if there is None:
                    self._places[run] = place
                elif isinstance(there, int):
                    self._places[run] = (there, place) if there != place else there
                elif len(there) < TIMES and there[-1] != place:  # what stands everywhere tells nothing
                    self._places[run] = (*there, place)

    def judge(self, ours: Sequence[list[bytes]], one_author: bool = False) -> Judgement:
        """What a short story, given as the words of its chapters, is to this one: as `judge.judge` tells it."""
        words = list(chain.from_iterable(ours))
        return judge([words], self._near(words), one_author, self.words)

    def _near(self, words: list[bytes]) -> list[list[bytes]]:
        """The words of the stretches that have runs of these, and of those next to them, in order."""
        votes: Counter[int] = Counter()
        for run in _sample(words):
            there = self._places.get(run, ())
            votes.update((there,) if isinstance(there, int) else there)
        room = _MOST_TIMES * len(words) + _MOST_MORE
        chosen: dict[int, list[bytes]] = {}
        for place, _ in sorted(votes.items(), key=lambda one: (-one[1], one[0])):
            for near in (place, place - 1, place + 1):
                if near not in chosen and 0 <= near < len(self.stretches):
                    chosen[near] = tokens.of_text(self.stretches[near])
                    room -= len(chosen[near])
            if room < 0:
                break
        return [chosen[place] for place in sorted(chosen)]


def _sample(words: list[bytes]) -> Iterator[int]:
    """Checksums of those runs that are in the sample of whatever text they stand in."""
    last = len(words) - _RUN
    anchors = {word for word in set(words) if len(word) >= _ANCHOR and crc32(word) % _ONE_IN == 0}
    for at, word in enumerate(words):
        if word in anchors and at <= last:
            yield crc32(b" ".join(words[at : at + _RUN]))


def _cut(text: str) -> Iterator[str]:
    """The text in stretches, cut between words."""
    start = 0
    while len(text) - start > _STRETCH:
        end = max(text.rfind("\n", start, start + _STRETCH), text.rfind(" ", start, start + _STRETCH))
        end = end if end > start else start + _STRETCH
        yield text[start:end]
        start = end
    yield text[start:]
