"""Which fandom a story is of, where nothing states it: every clue there is, each as sure as that kind has proved to be.

Clues that say the same make each other surer. Names clue by how telling they are: "Sesshomaru" tells all, "Harry"
hardly anything, and two main characters together more than either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from ficshelf import canon, names
from ficshelf.guesses import disclaimers, pairings
from ficshelf.guesses.common_names import common, ordinary
from ficshelf.guesses.mentions import Mentions
from ficshelf.model import Facts, Span
from ficshelf.sureness import FLOOR, SURE, both

_BRACKETED = re.compile(
    r"[\[({]([^\[\](){}]{2,40})[\])}]|^\s*([A-Z][\w:!-]{1,9}|FIC|NEW)\s*(?::|\s[-–—]\s)|,\s*([A-Z][\w:-]{1,9})$"
)
_PARTS = re.compile(r"\s*[/,|]\s*")
_WORDS = re.compile(r"[\w&]+")
_HOST = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.I)
_GRADES = (2.6, 1.6, 0.9, 0.45)  # how much names must tell for each grade of "fandom of names", 4 to 1
_MOST = 0.5  # the share of the names that few names must have, to tell more than that somebody is called so
_RIVAL = 0.6  # a second fandom must have names of its own that tell so much of what the first tells


class Clue(NamedTuple):
    """That a story may be of a fandom: which kind of evidence says so (a key of `sureness.SURE`), why in words, where
    it is said; `sure` is set where several clues are summed."""

    fandom: str
    kind: str
    why: str
    spans: tuple[Span, ...] = ()
    source: int = 0
    said: str = ""  # the words within `spans` that say it
    sure: float = 0.0


class Told(NamedTuple):
    """What the names of a text tell of one fandom: how much, by which characters (and how often each is named), and
    which share of the names that stand most often are its own."""

    fandom: str
    weight: float
    characters: dict[int, int]
    words: tuple[str, ...]
    share: float


def guess(facts: Facts, mentions: Mentions, path: str, *, leave_out: str = "") -> list[Clue]:
    """The likeliest fandoms, the likeliest first; one for each that the clues speak for. `leave_out` is for measuring:
    a fandom that is treated as unknown."""
    summed: dict[str, Clue] = {}
    for clue in clues(facts, mentions, path, leave_out):
        known = summed.get(clue.fandom)
        if known is None:
            summed[clue.fandom] = clue._replace(sure=SURE[clue.kind])
        elif clue.kind not in known.kind:
            where = known if known.spans else clue
            summed[clue.fandom] = where._replace(
                sure=both(known.sure, SURE[clue.kind]),
                kind=f"{known.kind}; {clue.kind}",
                why=f"{known.why}; {clue.why}",
            )
    return sorted(summed.values(), key=lambda clue: (-clue.sure, clue.fandom))


def clues(facts: Facts, mentions: Mentions, path: str, leave_out: str = "") -> list[Clue]:
    """Every clue by itself, the surest first."""
    told = [one for one in by_names(mentions) if one.fandom != leave_out]
    makers = _makers(facts)
    found = [*_stated_clues(facts, path), *_name_clues(told), *_maker_clues(makers, told)]
    found = [clue for clue in found if clue.fandom != leave_out]
    if not found and (unknown := _unknown_work(facts)):
        return [unknown]
    return sorted(found, key=lambda clue: -SURE[clue.kind])


def by_names(mentions: Mentions) -> list[Told]:
    """What the names of a text tell, of each fandom that they tell anything of; the most told first.

    A name tells less the more fandoms have it, and hardly anything where anybody may have it.
    """
    index = canon.by_name()
    said: dict[str, int] = {}
    for phrase, times in mentions.phrases.items():
        if phrase in index:
            said[phrase] = times
    for word, times in mentions.words.items():
        if word in index and word not in mentions.plain:
            said[word] = times
    if any(sign > "\u3000" for sign in mentions.words):
        said |= {name: times for name in _far_eastern() if (times := mentions.text.count(name))}
    weights: dict[str, dict[int, float]] = {}
    times_of: dict[str, dict[int, int]] = {}
    words_of: dict[str, list[str]] = {}
    for name, times in said.items():
        several = index[name]
        thing = 2 * mentions.things[name] > times
        for fandom, character, whole, part in several:
            if part and thing:
                continue
            weight = _telling(name, times, len(several), whole=whole)
            place = character if character >= 0 else -1 - len(words_of.get(fandom, ()))
            if character < 0:
                words_of.setdefault(fandom, []).append(name)
                weight /= 2
            mine = weights.setdefault(fandom, {})
            mine[place] = max(weight, mine.get(place, 0.0))
            if character >= 0:
                counted = times_of.setdefault(fandom, {})
                counted[character] = max(times, counted.get(character, 0))
    most = mentions.names().most_common(8)
    all_told = sum(times for _, times in most) or 1
    result = []
    for fandom, mine in weights.items():
        share = (
            sum(times for name, times in most if any(one.fandom == fandom for one in index.get(name, ()))) / all_told
        )
        amount = sum(sorted(mine.values(), reverse=True)[:8]) * min(1.0, 0.25 + share)
        result.append(Told(fandom, amount, times_of.get(fandom, {}), tuple(words_of.get(fandom, ())), share))
    result.sort(key=lambda one: (-one.weight, one.fandom))
    return result


def _telling(name: str, times: int, fandoms: int, *, whole: bool) -> float:
    if whole:
        base = 1.3 if not set(name.split()) <= common() else 0.7
    elif name in ordinary():
        base = 0.06
    elif name in common():
        base = 0.16
    else:
        base = 1.0 if len(name) > 3 else 0.4
    return base * min(1.0, 0.5 + times / 6) / fandoms


def _far_eastern() -> list[str]:
    return [name for name in canon.by_name() if name[0] > "\u3000"]


def _name_clues(told: list[Told]) -> Iterator[Clue]:
    if not told:
        return
    first = told[0]
    grade = _grade(first)
    rivals = [one for one in told[1:4] if one.weight >= 0.8 * first.weight]
    alike = [one for one in rivals if not _apart(first, one)]
    together = first._replace(weight=first.weight * (1 + len(alike)))
    if alike and _grade(together) >= 3:  # they share their names: only a person can tell
        for one in (first, *alike):
            yield Clue(one.fandom, "fandom of names, shared", f"names in the story: {_listed(one)}")
    elif grade == 1 and first.share < _MOST:  # most people of the story are nobody of this fandom
        yield Clue(first.fandom, "fandom of names, stray", f"names in the story: {_listed(first)}")
    elif grade and (not rivals or grade >= 3):
        yield Clue(first.fandom, f"fandom of names, {grade}", f"names in the story: {_listed(first)}")
    for one in told[1:6] if grade >= 3 else []:
        own = set(one.characters) and _apart(first, one)
        if own and _grade(one) >= 3 and one.weight >= _RIVAL * first.weight:
            yield Clue(one.fandom, "crossover of names", f"names in the story: {_listed(one)}")


def _grade(told: Told) -> int:
    """From 4 (the names leave no doubt) to 0 (they tell nothing)."""
    several = len(told.characters) + len(told.words)
    return next(
        (4 - place for place, least in enumerate(_GRADES) if told.weight >= least and several > 2 - place / 2), 0
    )


def _apart(first: Told, other: Told) -> bool:
    """Whether a second fandom has names that the first does not explain: then both meet in the story."""
    known = {name for one in first.characters for name in _all_names(first.fandom, one)}
    own = [one for one in other.characters if not known & set(_all_names(other.fandom, one))]
    return len(own) >= 2


def _all_names(fandom: str, character: int) -> list[str]:
    one = canon.fandom(fandom).characters[character]
    return [names.fold(part) for said in (one.name, *one.others) for part in (said, *said.split())]


def _listed(told: Told) -> str:
    most = sorted(told.characters.items(), key=lambda one: (-one[1], one[0]))[:4]
    named = [canon.fandom(told.fandom).characters[place].name for place, _ in most]
    return ", ".join(named + [word.title() for word in told.words[: max(0, 4 - len(named))]])


def _stated_clues(facts: Facts, path: str) -> Iterator[Clue]:
    for name in ("title", "summary", "series", "spoilers", "tag", "category", "genre"):
        for fact in facts.get(name, ()):
            if name == "title" or len(str(fact.value)) < 60:
                for found in _in_brackets(str(fact.value), whole=name not in ("title", "summary")):
                    yield Clue(
                        found.name,
                        "fandom in brackets",
                        f"“{str(fact.value)[:60]}” names it",
                        fact.spans,
                        fact.source,
                    )
    for fact in facts.get("disclaimer", ()):
        for title, found in _titles_in(str(fact.value)):
            yield Clue(found.name, "fandom in disclaimer", "named in the disclaimer", fact.spans, fact.source, title)
    yield from _character_clues(facts)
    for name in ("url", "archive"):
        for fact in facts.get(name, ()):
            for found in _of_site(str(fact.value)):
                yield Clue(found.name, "fandom of site", f"it lay at {str(fact.value)[:60]}", (), fact.source)
    place = PurePosixPath(path.replace("\\", "/"))
    for found in _in_brackets(place.stem.replace("_", " "), whole=False):
        yield Clue(found.name, "fandom of folder", "the file's name says so")
    for folder in place.parts[:-1]:
        if called := _title_exactly(folder.replace("_", " ")):
            yield Clue(called.name, "fandom of folder", f"it lay in a folder called {folder}")


def _in_brackets(said: str, *, whole: bool) -> Iterator[canon.Fandom]:
    """Fandoms that stand in brackets, before a colon or, with `whole`, alone: `[SPN]`, `(HP/SGA)`, `SGA: Title`."""
    pieces = [one for groups in _BRACKETED.findall(said) for one in groups if one]
    for piece in [*pieces, *([said] if whole else [])]:
        for one in (piece, *_PARTS.split(piece)):
            if found := _title_exactly(one.removesuffix(" fic").strip()):
                yield found
                break


def _title_exactly(said: str) -> canon.Fandom | None:
    """The fandom of that name; an abbreviation counts only as it is usually written, and an ordinary word never."""
    found = canon.titled(said)
    if found is None or len(said) < 2:
        return None
    if len(said) <= 5 and " " not in said:
        forms = {found.name, *found.also}
        if (
            said not in forms
            or said.isdigit()
            or names.fold(said) in ordinary()
            or (len(said) < 3 and not said.isupper())
        ):
            return None
    return None if names.fold(said) in _NOT_ALONE else found


# Names of fandoms that are words of every day: they tell nothing where no header says that a fandom follows.
_ALONE = (
    "24 alias alice am angel angels animorphs arrow atlantis avengers bones captive carmilla castle charmed "
    "community divergent dracula dream dreams dresden dune earth emma enterprise er eva eve eyes free free! friends "
    "frozen glee go hamlet hercules hero heroes hobbit home house hs hunter it kh labyrinth leverage link lost "
    "marvel me merlin ml monster moon mummy nine oblivion oc op ow oz pern persuasion phantom pokemon portal "
    "pretender prime primeval professionals red rome saiyuki sentinel serenity seven sherlock shield slayers "
    "sliders temeraire tin trek trio ts twilight vice voyager warriors wicked x "
)
_NOT_ALONE = frozenset(_ALONE.split())


def _titles_in(disclaimer: str) -> Iterator[tuple[str, canon.Fandom]]:
    """Names of fandoms in a disclaimer, the longest at each place; a single word as it is usually written."""
    text = disclaimer[:3000]
    words = [(found[0], found.start()) for found in re.finditer(r"[\w'’&:!.½-]+", text)]
    firsts = _first_words()
    skip = 0
    seen: set[str] = set()
    for place, (word, start) in enumerate(words):
        if place < skip or names.fold(word).strip(".,:!") not in firsts:
            continue
        for width in range(min(8, len(words) - place), 0, -1):
            last, begin = words[place + width - 1]
            said = text[start : begin + len(last)].strip(" .,:;!")
            found = canon.titled(said)
            if found is None or (width == 1 and not _sure_word(said, found, text[max(0, start - 24) : start])):
                continue
            if width > 1 and not any(letter.isupper() for letter in said):
                continue
            if found.name not in seen:
                seen.add(found.name)
                yield said, found
            skip = place + width
            break


_OWNED = re.compile(r"(?:\b(?:own|from|of|in|show|series|owns|for|to|on)|[\"“*_])\s*[\"“*_]?$", re.I)


def _sure_word(said: str, found: canon.Fandom, before: str) -> bool:
    if len(said) < 2 or (not said[0].isupper() and not said[0].isdigit()):
        return False
    if said.isdigit():
        return False
    forms = {found.name, *found.also, found.name.removeprefix("The ")}
    if said not in forms:
        return False
    return (names.fold(said) not in _NOT_ALONE and names.fold(said) not in common()) or (
        len(said) > 3 and bool(_OWNED.search(before))
    )


@cache
def _first_words() -> frozenset[str]:
    titles = [title for full in canon.by_title() for title in (full, full.removeprefix("the "))]
    return frozenset(title.split()[0].strip(".,:!") for title in titles if title)


def _character_clues(facts: Facts) -> Iterator[Clue]:
    """Characters and pairings that are stated name people whom few fandoms have together."""
    said: list[str] = []
    for name in ("character", "relationship"):
        for fact in facts.get(name, ()):
            value = str(fact.value)
            coded = pairings.coded(value) if name == "relationship" else ()
            if len(coded) == 1:
                yield Clue(coded[0], "fandom of pairing code", f"“{value}” is a pairing of it", fact.spans, fact.source)
            said += [value] if name == "character" else pairings.members(pairings.tidy(value))[0]
    index = canon.by_name()
    who: dict[str, dict[int, float]] = {}
    stated = dict.fromkeys(names.fold(name) for name in said if len(name) > 2)
    for one in stated:
        several = [telling for telling in index.get(one, ()) if telling.character >= 0]
        for fandom, character, whole, _ in several:
            mine = who.setdefault(fandom, {})
            mine[character] = max(mine.get(character, 0.0), _telling(one, 3, len(several), whole=whole))
    ranked = sorted(who, key=lambda fandom: (-len(who[fandom]), -sum(who[fandom].values()), fandom))
    if not ranked:
        return
    best = ranked[0]
    summed = sum(who[best].values())
    second = max((sum(who[one].values()) for one in ranked[1:] if len(who[one]) >= len(who[best])), default=0.0)
    known = len(who[best])
    if (known < 2 and summed < 0.9) or summed < 0.3 or summed <= 1.5 * second:
        return
    listed = ", ".join(canon.fandom(best).characters[place].name for place in list(who[best])[:4])
    kind = "fandom of stated characters" if known >= 2 else "fandom of one stated character"
    if 2 * known >= len(stated) + (known < 2):  # else most of them are nobody of this fandom
        yield Clue(best, kind, f"its header names {listed}")


def _makers(facts: Facts) -> dict[str, str]:
    """Fandoms whose makers a disclaimer names, each with the maker."""
    found: dict[str, str] = {}
    for fact in facts.get("disclaimer", ()):
        text = _spaced(canon.folded(str(fact.value)[:3000]).replace("'s", " "))
        for maker, said in _makers_spaced().items():
            if said in text:
                for fandom in canon.by_maker()[maker]:
                    found.setdefault(fandom, maker)
    return found


@cache
def _makers_spaced() -> dict[str, str]:
    """Makers as they stand in a text of words and single blanks; those of two letters tell nothing."""
    return {maker: _spaced(maker) for maker in canon.by_maker() if len(maker) > 2}


def _spaced(text: str) -> str:
    return f" {' '.join(_WORDS.findall(text))} "


def _maker_clues(makers: dict[str, str], told: list[Told]) -> Iterator[Clue]:
    """A maker of one fandom tells it; a maker of several tells it together with the names of one of them."""
    by_maker: dict[str, list[str]] = {}
    for fandom, maker in makers.items():
        by_maker.setdefault(maker, []).append(fandom)
    for maker, fandoms in by_maker.items():
        if len(fandoms) == 1:
            yield Clue(fandoms[0], "fandom's maker", f"the disclaimer names {maker.title()}")
        elif mine := next((one for one in told[:5] if one.fandom in fandoms and one.weight >= _GRADES[-1]), None):
            yield Clue(
                mine.fandom, "maker and names", f"the disclaimer names {maker.title()}, the story {_listed(mine)}"
            )


def _of_site(url: str) -> Iterator[canon.Fandom]:
    for part in _HOST.findall(url.lower()):
        found = canon.by_site().get(part, ())
        if len(found) == 1:
            yield canon.fandom(found[0])


def _unknown_work(facts: Facts) -> Clue | None:
    """A work that a disclaimer says belongs to others, which is none of the fandoms that are known."""
    for fact in facts.get("disclaimer", ()):
        if name := disclaimers.named_in(str(fact.value)):
            return Clue(name, "some work in disclaimer", "named in the disclaimer", fact.spans, fact.source, name)
    return None


def doubtful(clues: Iterable[Clue]) -> list[Clue]:
    """Clues that make no fact but a question: those below the floor, where there is something to choose from."""
    found = [clue for clue in clues if clue.sure < FLOOR]
    return found[:4] if len(found) >= 2 else []
