"""Stories to add, and a library written down whole to compare."""

from __future__ import annotations

import random
from typing import Any

_WHO = ("the lamplighter", "a tired sergeant", "Mrs. Hudson", "the ferryman", "my cousin", "a clerk", "nobody at all")
_DID = ("counted the bells", "folded the letter", "waited for the tide", "said nothing", "burned the toast", "sang")
_WHERE = ("on the stairs", "under the bridge", "in the wrong carriage", "behind the orchard", "at four in the morning")


def sentence(dice: random.Random) -> str:
    said = f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHERE)}, {dice.randint(2, 999)} times"
    return f"{said[0].upper()}{said[1:]}."


def tale(
    title: str, author: str = "Quill", chapters: int = 2, *, seed: Any = None, first: int = 1, extra: str = ""
) -> str:
    """A story with a header and numbered chapters; the same words for the same seed (the title where there is none)."""
    lines = [f"Title: {title}", f"Author: {author}", "Fandom: Sherlock Holmes", *([extra] if extra else []), ""]
    for number in range(first, first + chapters):
        dice = random.Random(f"{title if seed is None else seed} {number}")
        lines += [f"Chapter {number}", ""]
        for _ in range(8):
            lines += [" ".join(sentence(dice) for _ in range(4)), ""]
    return "\n".join(lines)


# Columns that tell when or in which order something came, not what it is.
_PASSING = {"id", "added", "changed", "made", "answered"}


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """All that the library holds, without times and row numbers: rows are named by what they are about."""
    from ficshelf.library import models

    names: dict[Any, dict[int, Any]] = {
        models.Work: dict(models.Work.objects.values_list("id", "identity")),
        models.Source: dict(models.Source.objects.values_list("id", "sha256")),
        models.Person: dict(models.Person.objects.values_list("id", "fold")),
        models.Series: dict(models.Series.objects.values_list("id", "fold")),
        models.Tag: {row.id: (row.kind, row.fold) for row in models.Tag.objects.all()},
    }
    found = {}
    for table in (
        models.Person, models.Tag, models.Series, models.Work, models.WorkTag, models.Credit, models.SeriesPart,
        models.Source, models.Place, models.WorkSource, models.Chapter, models.Fact, models.Decision, models.Remark,
        models.Question, models.Version, models.Shingle, models.Merged,
    ):  # fmt: skip
        rows = []
        for row in table.objects.all():
            values = []
            for field in table._meta.concrete_fields:
                if field.name in _PASSING:
                    continue
                value = getattr(row, field.attname)
                value = names[field.related_model].get(value) if field.related_model else value
                values.append((field.name, bytes(value) if isinstance(value, memoryview) else value))
            rows.append(tuple(values))
        found[table.__name__] = sorted(rows, key=repr)
    return found
