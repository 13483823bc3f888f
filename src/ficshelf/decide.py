"""What becomes of a work that was read, given what the library holds already. Pure: the library looks up, this judges.

    new work ─▶ the library finds works that share a key or runs of words with it ─▶ decide ─▶ an intent, which the
                library writes

A wrong merge hurts more than a story that stands there twice: where it is not sure, both are kept and a person is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from ficshelf.likeness import sketch
from ficshelf.likeness.judge import COPIES, VERDICTS, Judgement

ALIKE = 0.3  # share of common runs of words from which on two texts of one title are readings of one story


class Known(NamedTuple):
    """What a work is recognised by. Names are as `names.match` gives them, "" where unknown."""

    title: str
    author: str
    url: str  # as names.url_key gives it
    story: str  # prints.Print.story
    chapters: tuple[tuple[int | None, str], ...]  # number and print of each
    sketch: bytes
    updated: str  # ISO date, "" where unknown
    sources: frozenset[str]  # sha256 of each
    places: frozenset[str]  # paths at which its sources lie or lay
    visibility: str = ""  # of record.VISIBILITIES
    shelves: frozenset[tuple[str, str]] = frozenset()  # the archives that it comes from, and what each called it
    copies: frozenset[str] = frozenset()  # sha256 of sources that are copies, kept beside those that it is made from


class Held(NamedTuple):
    """A work in the library that shares a key with the new one."""

    work: int
    known: Known


class Intent(NamedTuple):
    """What to do with the new work.

    - `add`: nothing like it is there.
    - `same`: it is there, word for word or as a part of a longer version; `work` gains a source.
    - `newer`: it takes the place of `work`, whose reading is kept as an earlier version.
    - `next chapter`: those of its chapters that `work` does not have are added to it.
    - `variant`: another text of the story `work`; both are kept, and a person is asked.
    - `ask`: perhaps the same story as `work`; both are kept, and a person is asked.
    """

    kind: str
    work: int | None
    reason: str
    whole: bool = True  # false for "newer" where it stands only for what came from the same files
    judgement: Judgement | None = None  # what the two texts are to each other, where that was looked at
    others: tuple[Intent, ...] = ()  # where it is kept and asked about: the further works that it is a copy of


ORDER = ("same", "newer", "next chapter", "variant", "ask")
ASKED = ("variant", "ask")


def decide(new: Known, held: Iterable[Held], look: Callable[[Held], Judgement]) -> Intent:
    """The intent for a new work. Of several works that it might belong to, the surest; of equals, the first.

    `look` lays the words of the new work beside those of one that is held; it is called only where that may matter.
    """
    intents = sorted((intent for one in held if (intent := _judge(new, one, look))), key=_rank)
    if not intents:
        return Intent("add", None, "nothing like it yet")
    surest, *rest = intents
    if surest.kind not in ASKED:
        return surest
    return surest._replace(others=tuple(one for one in rest if one.judgement and one.judgement.verdict in COPIES))


def _rank(intent: Intent) -> tuple[int, int, float]:
    """How sure an intent is; the least is the surest."""
    found = intent.judgement
    by_text = (VERDICTS.index(found.verdict), -max(found.ours, found.theirs)) if found else (len(VERDICTS), 0.0)
    return ORDER.index(intent.kind), *by_text


def _judge(new: Known, held: Held, look: Callable[[Held], Judgement]) -> Intent | None:
    old, work = held.known, held.work
    if new.sources and new.sources <= old.copies:
        return Intent("same", work, "the copy that is kept beside it")
    compatible = _agree(new.title, old.title) and _agree(new.author, old.author)
    named = bool(new.title and new.author and new.title == old.title and new.author == old.author)
    same_place = bool(new.places & old.places)
    same_source = bool(new.sources & old.sources)
    same_url = bool(new.url and new.url == old.url)
    beside = any(_beside(one, other) for one in new.places for other in old.places)

    same_record = bool(new.shelves & old.shelves)
    if not same_record:
        if _two_of_one_archive(new, old):
            if new.story and new.story == old.story:
                return Intent("ask", work, "the archive has the same words twice", judgement=look(held))
            return _by_text(new, held, look)
        if new.visibility != old.visibility:
            return None  # what is not for everybody is never joined with what is
    if new.story and new.story == old.story:
        if compatible or same_source:
            return Intent("same", work, "word for word the same story")
        return Intent("ask", work, "the same words under another title or author", judgement=look(held))
    if named or same_place or same_source or same_url or beside:
        if _holds(new, old) and (compatible or same_source):
            return Intent("newer", work, "has all chapters of the earlier version, and more")
        if _holds(old, new) and (compatible or same_source):
            return Intent("same", work, "its chapters are all there already")
        if (named or (compatible and (beside or same_place or same_source))) and _follows(new, old):
            return Intent("next chapter", work, "further chapters of the same story")
        alike = sketch.share(new.sketch, old.sketch).both >= ALIKE
        if (same_place or same_source) and (named or alike or (compatible and bool(new.title and old.title))):
            return Intent("newer", work, "the file has changed", whole=False)
        if (named or same_url) and alike and new.updated and old.updated and new.updated > old.updated:
            return Intent("newer", work, f"updated {new.updated}, the earlier version {old.updated}")
        if same_url and compatible:
            return Intent("variant", work, "another text of the story at the same address", judgement=look(held))
        if named and alike:
            return Intent("variant", work, "same title and author, another text", judgement=look(held))
    if intent := _by_text(new, held, look):
        return intent
    if named:
        return Intent("ask", work, "same title and author, but other words")
    return None


def _by_text(new: Known, held: Held, look: Callable[[Held], Judgement]) -> Intent | None:
    """To ask, where the words alone speak for one story."""
    if not sketch.is_near(sketch.share(new.sketch, held.known.sketch)):
        return None
    judgement = look(held)
    if judgement.verdict == "not":
        return None
    return Intent("ask", held.work, _BY_TEXT[judgement.verdict], judgement=judgement)


_BY_TEXT = {
    "same": "the same text, under another title or author or with other letters",
    "revised": "much of the text is the same",
    "part of": "its text lies in a longer one",
    "contains": "the text of a shorter one lies in it",
}


def _two_of_one_archive(new: Known, old: Known) -> bool:
    """Whether an archive has both, under two names: then it takes them for two stories."""
    return bool({archive for archive, _ in new.shelves} & {archive for archive, _ in old.shelves})


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _holds(larger: Known, smaller: Known) -> bool:
    """Whether all chapters of `smaller` that have words are among those of `larger`."""
    words = {story for _, story in smaller.chapters if story}
    return bool(words) and words <= {story for _, story in larger.chapters}


def _follows(new: Known, old: Known) -> bool:
    """Whether what `old` lacks of `new` is numbered chapters that fit between or behind its own."""
    there = {story for _, story in old.chapters if story}
    further = {number for number, story in new.chapters if story not in there}
    return bool(further) and None not in further and not further & {number for number, _ in old.chapters}


def _beside(one: str, other: str) -> bool:
    return one != other and stem_key(one) == stem_key(other) != ""


_NUMBERED = re.compile(r"[\W_]*(?:chapter|chap|ch|part|pt|p|c)?[\W_]*(?<!\d)\d{1,4}[a-z]?$", re.IGNORECASE)


def stem_key(path: str) -> str:
    """What the files of one story have in common when each holds a chapter: folder and name without the number
    (`tales/rain-03.txt` → `tales/rain`); "" where the name holds no number, or nothing else. A number of more than four
    digits counts no chapters: it is what an archive calls a story or a chapter by."""
    place = PurePosixPath(path)
    stem, found = _NUMBERED.subn("", place.stem)
    return f"{place.parent}/{stem.casefold()}" if found and stem else ""
