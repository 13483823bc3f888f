"""What nothing states but much speaks for: the fandom, who is in the story, what a pairing's code means, the language.

A guess is an inferred fact: its value, how sure it is (`sureness` has the shares that each kind of evidence is right),
and why, in words. What is stated is never guessed at; a relationship is never made out of a story's text. Guesses are
made of a whole work, so that a fact which one of its files states is known for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ficshelf import canon, names
from ficshelf.guesses import disclaimers, fandoms, language, letters, mentions, pairings
from ficshelf.guesses.fandoms import Clue
from ficshelf.guesses.mentions import Mentions
from ficshelf.model import INFERRED, Answer, Fact, Facts, Question
from ficshelf.sureness import FLOOR, SURE

_MOST_FANDOMS = 2  # more than that would be guessed of a crossover
_MOST_CHARACTERS = 6
_OFTEN = 0.2  # a main character is named at least so often as a share of how often the first is
_NEAR = 0.15  # how little a language may be ahead of one that is much like it
_FEWEST = 3  # times that a main character is named in the sample


def add(
    facts: Facts, texts: Sequence[str], path: str, layers: Mapping[int, str], source: int = 0
) -> tuple[Facts, tuple[Question, ...]]:
    """The facts of a work with what can be guessed, and the questions that remain.

    `texts` are the paragraphs of its story, `path` is a label of its first source, `layers` the text layers of its
    sources, `source` the one that a guess from the whole story is said of.
    """
    text = mentions.sample(texts)
    guessed: dict[str, list[Fact]] = {}
    questions: tuple[Question, ...] = ()
    if not _stated(facts, "language") and (spoken := language.of(text)):
        guessed["language"] = [_of_language(spoken, source)]
    named = mentions.of(text if not (_stated(facts, "fandom") and _stated(facts, "character")) else "")
    if stated := _stated(facts, "fandom"):
        known = [(found, 1.0) for said in stated if (found := canon.titled(said))]
    else:
        clues = fandoms.guess(facts, named, path)
        sure = [clue for clue in clues if clue.sure >= FLOOR][:_MOST_FANDOMS]
        guessed["fandom"] = [_of_clue(clue, layers, source) for clue in sure]
        known = [(canon.fandom(clue.fandom), clue.sure) for clue in sure if clue.fandom in canon.all_names()]
        if not sure and (doubts := fandoms.doubtful(clues)):
            answers = tuple(Answer(clue.fandom, clue.why) for clue in doubts)
            questions = (Question("fandom", answers, source, "Which fandom is this story of?"),)
    guessed["relationship"], paired = _pairings(facts, known)
    if not _stated(facts, "character"):
        guessed["character"] = paired + _main_characters(known, named, {str(one.value) for one in paired}, source)
    guessed["genre"] = letters.genres(facts, [found.name for found, _ in known])
    return {**facts, **{name: _joined(facts.get(name, ()), more) for name, more in guessed.items() if more}}, questions


def _joined(known: tuple[Fact, ...], more: list[Fact]) -> tuple[Fact, ...]:
    """The facts of one name, with the guesses that nothing says already."""
    said = {names.fold(str(fact.value)) for fact in known}
    return (*known, *(fact for fact in more if names.fold(str(fact.value)) not in said))


def _stated(facts: Facts, name: str) -> list[str]:
    return [str(fact.value) for fact in facts.get(name, ()) if fact.how != INFERRED]


def _of_clue(clue: Clue, layers: Mapping[int, str], source: int) -> Fact:
    spans = clue.spans
    if clue.source not in layers:  # said of no source
        clue, spans = clue._replace(source=source), ()
    if clue.said:
        spans = disclaimers.where(layers.get(clue.source, ""), clue.said, spans)
    return Fact(clue.fandom, INFERRED, spans, clue.source, round(clue.sure, 2), clue.why)


def _of_language(spoken: language.Spoken, source: int) -> Fact:
    kind = "language, many words" if spoken.words >= 100 else "language, few words"
    if spoken.lead < _NEAR:
        kind = "language, near another"
    why = "its commonest words" if spoken.lead < 1 else "the letters it is written in"
    return Fact(spoken.language, INFERRED, (), source, SURE[kind], why)


def _pairings(facts: Facts, known: list[tuple[canon.Fandom, float]]) -> tuple[list[Fact], list[Fact]]:
    """What the stated pairings mean, and who is in them."""
    meant: dict[str, Fact] = {}
    who: dict[str, Fact] = {}
    said = {names.fold(value) for value in _stated(facts, "relationship")}
    for fact in facts.get("relationship", ()):
        if fact.how == INFERRED:
            continue
        for fandom, sure in known:
            found = pairings.read(str(fact.value), fandom)
            if found is None:
                continue
            why = f"“{fact.value}” in {fandom.name}"
            full = {names.fold(one.name) for one in found.characters}
            if names.fold(found.value) not in said and full != set(map(names.fold, pairings.members(found.said)[0])):
                share = round(SURE["pairing"] * sure, 2)
                meant.setdefault(found.value, Fact(found.value, INFERRED, fact.spans, fact.source, share, why))
            for one in found.characters:
                share = round(SURE["character in pairing"] * sure, 2)
                who.setdefault(one.name, Fact(one.name, INFERRED, fact.spans, fact.source, share, f"paired as {why}"))
            break
    return [one for one in meant.values() if (one.confidence or 0) >= FLOOR], list(who.values())


def _main_characters(
    known: list[tuple[canon.Fandom, float]], named: Mentions, have: set[str], source: int
) -> list[Fact]:
    """The characters of the known fandoms who are named often, the most often named first."""
    told = {one.fandom: one for one in fandoms.by_names(named)} if known else {}
    counted: list[tuple[int, str, float]] = []
    for fandom, sure in known:
        if found := told.get(fandom.name):
            for place, times in found.characters.items():
                counted.append((times, fandom.characters[place].name, sure))
    counted.sort(key=lambda one: (-one[0], one[1]))
    most = counted[0][0] if counted else 0
    made = []
    for times, name, sure in counted[:_MOST_CHARACTERS]:
        share = round(SURE["character named often"] * sure, 2)
        if times >= max(_FEWEST, _OFTEN * most) and name not in have and share >= FLOOR:
            made.append(Fact(name, INFERRED, (), source, share, f"named {times} times where we looked"))
    return made
