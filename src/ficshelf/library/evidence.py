"""What a question is asked about, laid side by side for the person who answers: names, figures, files, and stretches of
the text. No mail address is among it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

from ficshelf import prints
from ficshelf.library import models, people
from ficshelf.library.blocks import unpack
from ficshelf.library.places import file_name
from ficshelf.model import INFERRED
from ficshelf.words import COUNTED
from ficshelf.writers.facts import UNTITLED, shorten
from ficshelf.writers.mail_addresses import name_without, without_addresses

STRETCHES = 4  # shown of a text
LENGTH = 320  # characters of a stretch
CHAPTERS = 3  # looked at for where two texts part
FILES = 3  # named
WORKS = 8  # named of a person's
ALIKE = 0.4  # share of the words that two stretches have in common before the others are marked
_WORDS = re.compile(r"\s*\S+")


class Stretch(NamedTuple):
    """A piece of a text. `is_common`: the other text has it too. `pieces` are its parts, each with whether the other
    text has it otherwise; none where the two have little in common."""

    text: str
    is_common: bool = False
    pieces: tuple[tuple[str, bool], ...] = ()


class Side(NamedTuple):
    """One candidate: a work or a name."""

    title: str
    is_guess: bool  # the title is one, or there is none
    work: int  # its number; 0 for a name
    by: str
    known: tuple[str, ...]  # in words: "5,012 words", "3 chapters", …
    files: tuple[str, ...]
    stretches: tuple[Stretch, ...]


class Choice(NamedTuple):
    """An answer on offer, in words; `why` is what speaks for it."""

    value: str
    label: str
    why: str


def sides(question: models.Question) -> tuple[Side, ...]:
    """The candidates of a question, one or two."""
    if question.about == "same-person":
        one, other = question.person, question.other_person
        return (_person(one, other), _person(other, one)) if one and other else ()
    works = [work for work in (question.work, question.other) if work]
    if len(works) == 2:
        first, second = (_beginning(work) for work in works)
        stretches = _parting(first, second)
    else:
        stretches = [tuple(Stretch(_cut(text)) for text in _beginning(work)[:STRETCHES]) for work in works]
    return tuple(of_work(work, its) for work, its in zip(works, stretches, strict=True))


LABELS = {
    ("same-work", "same"): "The same story: make them one",
    ("same-work", "newer"): "The same story, and the first is the newer version: show that",
    ("same-work", "older"): "The same story, and the second is the newer version: show that",
    ("same-work", "first"): "The same story: show the first",
    ("same-work", "second"): "The same story: show the second",
    ("same-work", "part"): "One is a piece of the other: show the longer one",
    ("same-work", "different"): "Two stories: leave them apart",
    ("same-person", "same"): "One person: show their works together",
    ("same-person", "different"): "Two people: leave them apart",
}


def choices(question: models.Question) -> tuple[Choice, ...]:
    """The answers on offer, those of one's own apart."""
    return tuple(
        Choice(str(value), LABELS.get((question.about, str(value)), without_addresses(str(value))), str(why))
        for value, why in question.answers
    )


def of_work(work: models.Work, stretches: Iterable[Stretch] = ()) -> Side:
    """A work as a candidate."""
    known = [_count(work.words, "word"), _count(work.chapter_count, "chapter")]
    known += [f"updated {work.updated:%Y-%m-%d}"] if work.updated else []
    known += {True: ["complete"], False: ["unfinished"], None: []}[work.complete]
    return Side(
        work.title or work.suggested_title or UNTITLED,
        not work.title,
        work.pk,
        ", ".join(_authors(work)),
        tuple(known),
        tuple(_files(work)),
        tuple(stretches),
    )


def _person(person: models.Person, other: models.Person) -> Side:
    """A name, its works, and the files in which stands what may join it with the other."""
    credits = models.Credit.objects.filter(person=person, role="author").exclude(how=INFERRED).order_by("work")
    titles = [
        title or guess or UNTITLED for title, guess in credits.values_list("work__title", "work__suggested_title")
    ]
    known = (_count(len(titles), "work"),)
    shown = tuple(Stretch(without_addresses(title)) for title in titles[:WORKS])
    files = dict.fromkeys(name for source in people.told_in(person, other) if (name := _file(source)))
    return Side(name_without(person.name), False, 0, "", known, tuple(files)[:FILES], shown)


def _authors(work: models.Work) -> Iterator[str]:
    credits = models.Credit.objects.filter(work=work, role="author").exclude(how=INFERRED)
    for name in credits.values_list("person__name", flat=True):
        yield without_addresses(name).strip()


def _files(work: models.Work) -> Iterator[str]:
    """The names of its files, without their folders."""
    for link in work.work_sources.order_by("position")[:FILES]:
        if name := _file(link.source_id):
            yield name


def _file(source: int) -> str:
    """The name of a source's file, without its folders."""
    path = models.Place.objects.filter(source=source).order_by("pk").values_list("path", flat=True).first() or ""
    return file_name(path)


def _beginning(work: models.Work) -> list[str]:
    """The paragraphs of its first chapters."""
    rows = work.chapters.order_by("position").values_list("blocks", flat=True)[:CHAPTERS]
    return [block.text for blocks in rows for block in unpack(blocks) if block.kind in COUNTED and block.text.strip()]


def _parting(first: list[str], second: list[str]) -> list[tuple[Stretch, ...]]:
    """Of two texts the stretches that tell them apart: how both begin, then the first that only one of them has."""
    keys = [[prints.letters(text) for text in texts] for texts in (first, second)]
    common = set(keys[0]) & set(keys[1])
    shown: list[tuple[Stretch, ...]] = []
    for texts, theirs in zip((first, second), keys, strict=True):
        whole = [Stretch(_cut(text), key in common) for text, key in zip_longest(texts, theirs)]
        own = [one for one in whole[1:] if not one.is_common][: STRETCHES - 1]
        rest = [one for one in whole[1:] if one.is_common][: STRETCHES - 1 - len(own)]
        chosen = [*whole[:1], *own, *rest]
        shown.append(tuple(one for one in whole if any(one is other for other in chosen)))
    ours, theirs = shown
    both = [(one, other) for one, other in zip(ours, theirs, strict=False) if not (one.is_common or other.is_common)]
    marked = {id(one): one._replace(pieces=apart(one.text, other.text)) for one, other in both}
    marked |= {id(other): other._replace(pieces=apart(other.text, one.text)) for one, other in both}
    return [tuple(marked.get(id(one), one) for one in its) for its in shown]


def apart(text: str, other: str) -> tuple[tuple[str, bool], ...]:
    """The parts of a text, each with whether another text has it otherwise; none where they have little in common."""
    ours, theirs = (_WORDS.findall(one) for one in (text, other))
    keys = [[prints.letters(one) for one in words] for words in (ours, theirs)]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    if matcher.ratio() < ALIKE:
        return ()
    found: list[tuple[str, bool]] = []
    for how, start, end, _, _ in matcher.get_opcodes():
        said = "".join(ours[start:end])
        if how == "equal":
            found.append((said, False))
        elif words := said.lstrip():
            found += [(said[: len(said) - len(words)], False), (words, True)]
    return tuple(found)


def _cut(text: str) -> str:
    return shorten(" ".join(without_addresses(text).split()), LENGTH)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
