"""Stories to add, and a library written down whole to compare."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Mapping
from pathlib import Path
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
        models.Record: dict(models.Record.objects.values_list("id", "source__sha256")),
    }
    found = {}
    for table in (
        models.Person, models.Tag, models.Series, models.Work, models.WorkTag, models.Credit, models.SeriesPart,
        models.Source, models.Place, models.WorkSource, models.Chapter, models.Fact, models.Decision, models.Remark,
        models.Question, models.Version, models.Shingle, models.Merged,
        models.Record, models.Review, models.Shelfmark, models.OldAddress,
        models.Sealed, models.SeriesNesting,
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


def harbour(stories: int = 8, more: Mapping[str, list[tuple[Any, ...]]] | None = None) -> str:
    """The dump of a small eFiction archive: members, stories of two chapters, reviews with replies, a series. `more`
    are further rows by table."""
    chapters = [(2 * number + part, number, part) for number in range(1, stories + 1) for part in (1, 2)]
    tables = {
        "authors": ("uid, penname, email, bio, password", [(1, "Quill", "quill@example.org", "I write.", "0" * 32)]),
        "stories": (
            "sid, title, summary, uid, catid, rid, completed, validated, date, updated",
            [
                (number, f"Harbour Tale {number}", "They wait.", 1, "1", "1", 1, int(number != 3), 10**9, 10**9)
                for number in range(1, stories + 1)
            ],
        ),
        "chapters": (
            "chapid, title, inorder, notes, storytext, sid, uid, validated, endnotes",
            [
                (chapid, f"Part {part}", part, "A note.", _told(f"{number} {part}"), number, 1, 1, "")
                for chapid, number, part in chapters
            ],
        ),
        "reviews": (
            "reviewid, item, chapid, reviewer, uid, review, date, rating, respond, type",
            [
                (chapid, number, chapid, "Ann", 0, f"More of part {part}, please.", 10**9 + chapid, 5, 0, "ST")
                for chapid, number, part in chapters
            ],
        ),
        "categories": ("catid, parentcatid, category", [(1, -1, "Sherlock Holmes")]),
        "ratings": ("rid, rating", [(1, "PG-13")]),
        "series": ("seriesid, title, summary, uid, isopen", [(1, "Years", "All of them.", 1, 1)]),
        "inseries": ("seriesid, sid, subseriesid, confirmed, inorder", [(1, 1, 0, 1, 1), (1, 2, 0, 1, 2)]),
        "favorites": ("uid, item, type, comments", []),
    }
    lines = ["-- MySQL dump 10.13  Distrib 5.5.62, for Linux (x86_64)", ""]
    for table, (columns, held) in tables.items():
        rows = [*held, *(more or {}).get(table, ())]
        if not rows:
            continue
        told = ",\n".join(f"  `{column}` text" for column in columns.split(", "))
        lines.append(f"CREATE TABLE `fanfiction_{table}` (\n{told}\n) ENGINE=MyISAM DEFAULT CHARSET=utf8;")
        values = ",".join("(" + ",".join(f"'{value}'" for value in row) + ")" for row in rows)
        lines.append(f"INSERT INTO `fanfiction_{table}` VALUES {values};")
    return "\n".join(lines) + "\n"


def _told(seed: str) -> str:
    dice = random.Random(f"harbour {seed}")
    return "".join(f"<p>{' '.join(sentence(dice) for _ in range(4))}</p>" for _ in range(6))


def left(library: Path, *words: str) -> list[tuple[str, str]]:
    """The files of the library in which any of the words stands, whole; asked of another process, since one that reads
    a database's file itself drops the locks on it."""
    found = []
    for word in words:
        for code in ("utf-8", "utf-16-le"):
            hex_of = "".join(f"\\x{byte:02x}" for byte in word.encode(code))
            command = ["grep", "-rlaPi", hex_of, str(library)]
            grep = subprocess.run(command, capture_output=True, text=True, env={"LC_ALL": "C"})
            assert grep.returncode < 2, grep.stderr
            found += [(str(Path(path).relative_to(library)), word) for path in grep.stdout.splitlines()]
    return sorted(set(found))
