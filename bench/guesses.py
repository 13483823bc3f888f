"""How often guesses are right, by kind of evidence: the shares that `ficshelf.sureness` has.

    python -m bench.guesses [HOW MANY STORIES] [SEED]

It makes stories whose fandom and characters are known and read as files that state neither: of fandoms that ficshelf
knows, named as people name them; of the forge's own list of fandoms; where two fandoms meet; stories of nobody's
people, who may share a name with somebody; and stories of a fandom that is treated as unknown, where any guess is
wrong. Names stand among those of people that the author made up. A quarter has a disclaimer, a few a hint in the
title, the file's name or the folder.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.words import ADJECTIVES, ADVERBS, NOUNS, SPEECH, VERBS
from ficshelf import canon, reading
from ficshelf.guesses import fandoms, mentions, pairings, shelves
from ficshelf.guesses.common_names import common, ordinary
from ficshelf.model import INFERRED
from ficshelf.sureness import SURE
from ficshelf.words import COUNTED

_DISCLAIMERS = (
    "I don't own {title}. {by} does.",
    "{title} and all its characters belong to {by}. No money is made of this.",
    "Not mine. They are {by}'s, and I only borrow them.",
    "All characters belong to {by} and {by2}. No infringement is intended.",
    "{by} owns everything, I own nothing. Please don't sue.",
    "The characters of {title} are the property of {by}.",
    "I wish I owned {title}, but I don't.",
)


class Case(NamedTuple):
    """A story with the truth about it."""

    text: str
    path: str
    fandoms: frozenset[str]
    characters: frozenset[str]
    leave_out: str = ""


def cases(count: int, seed: int) -> Iterator[Case]:
    """Stories, the same for the same seed."""
    rng = random.Random(seed)
    peopled = [canon.fandom(name) for name in canon.all_names() if canon.fandom(name).characters]
    listed = tomllib.loads((Path(__file__).parent / "forge" / "fandoms.toml").read_text("utf-8"))
    foreign = [(found, named) for title, named in listed.items() if (found := canon.titled(title)) and title != "pen"]
    strangers = sorted(common() - ordinary())
    for _ in range(count):
        kind = rng.random()
        made_up = [rng.choice(strangers).title() for _ in range(rng.choice((0, 0, 1, 1, 2, 4)))]
        if kind < 0.5:
            fandom = rng.choice(peopled)
            who = _cast(rng, fandom, rng.randint(1, 6))
            yield _case(rng, [fandom], who, made_up)
        elif kind < 0.62:
            fandom, named = rng.choice(foreign)
            who = [(name, "") for name in rng.sample(named, rng.randint(2, min(5, len(named))))]
            yield _case(rng, [fandom], who, made_up)
        elif kind < 0.70:
            two = rng.sample(peopled, 2)
            yield _case(rng, two, [pair for one in two for pair in _cast(rng, one, rng.randint(2, 4))], made_up)
        elif kind < 0.85:
            people = [(rng.choice(strangers).title(), "") for _ in range(rng.randint(2, 7))]
            for _ in range(rng.choice((0, 0, 1, 2))):  # people of one's own may be called like anybody's
                (said, _name), *_ = _cast(rng, rng.choice(peopled), 1)
                people.insert(rng.randint(0, len(people)), (said, ""))
            yield _case(rng, [], people, made_up)
        else:
            fandom = rng.choice(peopled)
            case = _case(rng, [fandom], _cast(rng, fandom, rng.randint(2, 6)), made_up, hints=False)
            yield case._replace(fandoms=frozenset(), leave_out=fandom.name)


def _cast(rng: random.Random, fandom: canon.Fandom, count: int) -> list[tuple[str, str]]:
    """Some characters, main ones rather than others: what each is called in the story, and the full name."""
    weights = [1 / (place + 2) for place in range(len(fandom.characters))]
    found: dict[str, str] = {}
    for one in rng.choices(fandom.characters, weights, k=count):
        parts = [word for word in one.name.split() if len(word) > 2 and canon.is_name_word(word)] or [one.name]
        by_itself = [name for name in one.others if " " not in name and name[:1].isupper() and len(name) > 2]
        form = rng.random()
        said = parts[0] if form < 0.55 else parts[-1] if form < 0.7 else rng.choice([*by_itself, parts[0]])
        found.setdefault(one.name, one.name if form > 0.95 else said)
    return [(said, name) for name, said in found.items()]


def _case(
    rng: random.Random,
    of: list[canon.Fandom],
    who: list[tuple[str, str]],
    made_up: list[str],
    *,
    hints: bool = True,
) -> Case:
    title = " ".join(rng.choice((ADJECTIVES, NOUNS))[rng.randrange(30)].title() for _ in range(2))
    path = f"{title.lower().replace(' ', '-')}.txt"
    head = [f"Title: {title}", "Author: somebody", "Rating: PG"]
    if of and hints:
        fandom = of[0]
        called = rng.choice([fandom.name, fandom.name, *fandom.also[:2]])
        hint = rng.random()
        if hint < 0.25 and fandom.by:
            by, by2 = rng.choice(fandom.by), rng.choice(fandom.by)
            said = rng.choice(_DISCLAIMERS).format(title=called, by=by, by2=by2)
            head.append(f"Disclaimer: {said}")
        elif hint < 0.29:
            head[0] += f" [{called}]"
        elif hint < 0.32:
            path = f"{called.replace('/', ' ')}/{path}"
        elif hint < 0.37 and len(who) > 1:
            head.append(f"Pairing: {who[0][0]}/{who[1][0]}")
        elif hint < 0.39 and fandom.codes:
            code = rng.choice(list(fandom.codes))
            head.append(f"Pairing: {code}")
            who = [*who, *((one.name, one.name) for one in fandom.pairing(code))]
        elif hint < 0.42 and len(who) > 1:
            head.append(f"Characters: {', '.join(said for said, _ in who)}")
    names = [said for said, _ in who] or ["Somebody"]
    weights = [1 / (place + 1) for place in range(len(names))] + [0.3] * len(made_up)
    people = names + made_up
    words = [word.lower() for word in fandom_words(of)]
    lines = []
    for _ in range(rng.choice((8, 20, 60, 150))):
        sentences = []
        for _ in range(rng.randint(2, 6)):
            somebody = rng.choices(people, weights)[0] if rng.random() < 0.35 else rng.choice(("He", "She", "They"))
            place = f" in {rng.choice(words).title()}" if words and rng.random() < 0.02 else ""
            sentences.append(
                f"{somebody} {rng.choice(VERBS)} the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)} "
                f"{rng.choice(ADVERBS)}{place}, and it {rng.choice(VERBS)} a {rng.choice(NOUNS)}."
            )
        if rng.random() < 0.3:
            sentences.append(
                f'"{rng.choice(ADVERBS).title()}," {rng.choice(SPEECH)} {rng.choices(people, weights)[0]}.'
            )
        lines.append(" ".join(sentences))
    text = "\n".join(head) + "\n\n" + "\n\n".join(lines) + "\n"
    return Case(text, path, frozenset(one.name for one in of), frozenset(name for _, name in who if name))


def fandom_words(of: list[canon.Fandom]) -> list[str]:
    """Words that tell the fandoms of a story."""
    return [word for one in of for word in one.words]


def measure(count: int, seed: int) -> tuple[dict[str, list[bool]], dict[int, list[bool]], dict[str, list[bool]]]:
    """Whether guesses were right: by kind of evidence, by sureness in tenths, and how many works got a guess at all."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    tenths: dict[int, list[bool]] = defaultdict(list)
    found: dict[str, list[bool]] = defaultdict(list)
    for case in cases(count, seed):
        result = reading.read([(case.text.encode("utf-8"), case.path)])
        if len(result.works) != 1:
            continue
        (work,) = result.works
        blocks = [block.text for one in work.chapters for block in one.blocks if block.kind in COUNTED]
        facts = {name: tuple(one for one in several if one.how != INFERRED) for name, several in work.facts.items()}
        named = mentions.of(mentions.sample(blocks))
        for clue in fandoms.clues(facts, named, case.path, case.leave_out):
            kinds[clue.kind].append(clue.fandom in case.fandoms)
        if case.leave_out:
            for clue in fandoms.guess(facts, named, case.path, leave_out=case.leave_out):
                if clue.sure >= 0.5:
                    tenths[int(clue.sure * 10)].append(False)
            continue
        guessed = [one for one in work.facts.get("fandom", ()) if one.how == INFERRED]
        for one in guessed:
            tenths[int((one.confidence or 0) * 10)].append(one.value in case.fandoms)
        if case.fandoms:
            found["fandom found"].append(any(one.value in case.fandoms for one in guessed))
        else:
            found["no fandom where there is none"].append(not guessed)
        known = {one.value for one in guessed} & case.fandoms
        if known and case.characters:
            for one in work.facts.get("character", ()):
                if one.how == INFERRED:
                    kind = "character in pairing" if one.evidence.startswith("paired") else "character named often"
                    kinds[kind].append(one.value in case.characters)
    _pairings(kinds, seed)
    _shelves(kinds, seed)
    return kinds, tenths, found


def _pairings(kinds: dict[str, list[bool]], seed: int) -> None:
    """Whether a pairing of first names, of surnames or of initials is taken for who is meant."""
    rng = random.Random(seed)
    for name in canon.all_names():
        fandom = canon.fandom(name)
        for _ in range(6 if fandom.characters else 0):
            one, other = rng.sample(fandom.characters[:10], 2) if len(fandom.characters) > 5 else fandom.characters[:2]
            part = rng.choice((0, 0, -1))
            said = [who.name.split()[part] for who in (one, other)]
            stated = rng.choice(("{}/{}", "{} x {}", "{} & {}", "implied {}/{}", "{}/{} UST")).format(*said)
            if found := pairings.read(stated, fandom):
                kinds["pairing"].append(set(found.characters) == {one, other})


def _shelves(kinds: dict[str, list[bool]], seed: int) -> None:
    """Whether a library that has a dozen fandoms tells a further story of one of them, or of none of them."""
    rng = random.Random(seed)
    peopled = [canon.fandom(name) for name in canon.all_names() if canon.fandom(name).characters]
    for _ in range(40):
        held = rng.sample(peopled, 12)
        named: dict[str, dict[str, str]] = {}
        for fandom in held:
            for one in fandom.characters[: rng.randint(4, 10)]:
                for name in (canon.folded(one.name), canon.folded(one.name).split()[0]):
                    named.setdefault(name, {}).setdefault(fandom.name, one.name)
        for _ in range(6):
            fandom = rng.choice(held if rng.random() < 0.6 else peopled)
            case = _case(rng, [fandom], _cast(rng, fandom, rng.randint(2, 6)), [], hints=False)
            told = case.text.partition("\n\n")[2].split("\n\n")
            if found := shelves.guess(mentions.of(mentions.sample(told)), named):
                kinds["fandom of the library's works"].append(found.value == fandom.name)


def table(count: int, seed: int) -> str:
    """What was measured, a line a figure."""
    kinds, tenths, found = measure(count, seed)
    lines = [f"{'kind of evidence':30} right  of     told"]
    for kind in sorted(kinds):
        right = kinds[kind]
        lines.append(f"{kind:30} {sum(right) / len(right):5.2f}  {len(right):5}  {SURE.get(kind, 0):5.2f}")
    lines.append("guesses at the fandom, by how sure they are")
    for tenth in sorted(tenths):
        right = tenths[tenth]
        between = f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}"
        lines.append(f"{between:30} {sum(right) / len(right):5.2f}  {len(right):5}")
    lines += [f"{what:30} {sum(right) / len(right):5.2f}  {len(right):5}" for what, right in found.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(int(sys.argv[1]) if len(sys.argv) > 1 else 1_500, int(sys.argv[2]) if len(sys.argv) > 2 else 1))
