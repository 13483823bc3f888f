"""The fandom of a story by the other works of a library: those whose header names both the fandom and its people.

What fandoms people write about that nobody listed, a library knows by itself. The table comes from the library, is made
when it is asked for, and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping

from ficshelf.guesses.common_names import common
from ficshelf.guesses.mentions import Mentions
from ficshelf.model import INFERRED, Fact
from ficshelf.sureness import SURE

Table = Mapping[str, Mapping[str, str]]  # a folded name → the fandoms whose works name somebody so → who, in full
_MOST_ASKED = 30  # names of a story that are looked up
_ENOUGH = 0.9  # how much the names must tell
_AHEAD = 1.5  # how many times what the next fandom's names tell


def asked(named: Mentions) -> list[str]:
    """The names of a story that a library is asked about: those that stand most often, folded."""
    words = [word for word, _ in named.names().most_common(_MOST_ASKED) if len(word) > 2]
    return [*words, *(phrase for phrase, _ in named.phrases.most_common(_MOST_ASKED))]


def guess(named: Mentions, table: Table) -> Fact | None:
    """The fandom that the names tell, where two people of it at least are named and no other fandom comes near."""
    told: dict[str, dict[str, float]] = {}
    for name in asked(named):
        fandoms = table.get(name, {})
        times = max(named.words[name], named.phrases[name])
        weight = (0.25 if name in common() else 1.0) * min(1.0, 0.5 + times / 6) / max(1, len(fandoms))
        for fandom, who in fandoms.items():
            mine = told.setdefault(fandom, {})
            mine[who] = max(weight, mine.get(who, 0.0))
    ranked = sorted(told, key=lambda fandom: (-sum(told[fandom].values()), fandom))
    if not ranked:
        return None
    best = told[ranked[0]]
    second = sum(told[ranked[1]].values()) if len(ranked) > 1 else 0.0
    if len(best) < 2 or sum(best.values()) < max(_ENOUGH, _AHEAD * second):
        return None
    listed = ", ".join(sorted(best, key=lambda who: (-best[who], who))[:4])
    why = f"other works here that state it have {listed}"
    return Fact(ranked[0], INFERRED, confidence=SURE["fandom of the library's works"], evidence=why)
