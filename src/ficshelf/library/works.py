"""Works out of the database, as the model's values: what writers write and what is compared with a new reading."""

from __future__ import annotations

from collections.abc import Iterable

from ficshelf import model
from ficshelf.library import models
from ficshelf.library.blocks import unpack


def load(row: models.Work) -> model.Work:
    """The whole work: its facts with people's decisions applied, and its chapters."""
    return model.Work(facts(row), chapters(row))


def facts(row: models.Work) -> model.Facts:
    """What is known about a work. Where a person decided something, that stands alone, in place of what files say."""
    return decided(stated(row), ((made.name, made.value) for made in row.decisions.order_by("id")))


def stated(row: models.Work) -> model.Facts:
    """What files say and what we guess, without any person's decision."""
    found: dict[str, list[model.Fact]] = {}
    for fact in row.facts.order_by("name", "position"):
        spans = tuple(model.Span(start, end) for start, end in fact.spans)
        found.setdefault(fact.name, []).append(
            model.Fact(_value(fact.name, fact.value), fact.how, spans, fact.source, fact.confidence, fact.evidence)
        )
    return {name: tuple(found[name]) for name in model.FACT_NAMES if name in found}


def decided(facts: model.Facts, decisions: Iterable[tuple[str, str]]) -> model.Facts:
    """`facts` with decisions (name, value) in place of what they decide. Several for one name are its several values;
    "" alone says that there is none."""
    said: dict[str, list[str]] = {}
    for name, value in decisions:
        said.setdefault(name, []).append(value)
    if not said:
        return facts
    facts = dict(facts)
    for name, values in said.items():
        facts[name] = tuple(model.Fact(_value(name, value), model.DECIDED) for value in values if value)
    return {name: facts[name] for name in model.FACT_NAMES if facts.get(name)}


def chapters(row: models.Work) -> tuple[model.Chapter, ...]:
    """The chapters of a work, in order."""
    return tuple(
        model.Chapter(chapter.number, chapter.title or None, unpack(chapter.blocks))
        for chapter in row.chapters.order_by("position")
    )


def _value(name: str, value: str) -> str | bool:
    return value == "true" if name == "complete" else value
