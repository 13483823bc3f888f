"""An archive written to a folder: the dump, its folder of stories, and the truth beside them as JSON."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from bench.forge import dumps
from bench.forge.archives import markup, versions, world
from bench.forge.archives.world import Chapter, World


class Made(NamedTuple):
    """An archive on disk: the folder to add, and what was put into it."""

    folder: Path
    world: World
    version: int
    style: str
    rows: dict[str, int]


def make(
    into: Path, stories: int, seed: int, version: int, style: str, packed: bool = False, chapter_words: int = 700
) -> Made:
    """Write an archive into a folder that is not there yet; `packed` writes the dump with gzip."""
    rng = random.Random(f"make {seed} {version} {style}")
    drawn = world.drawn(stories, seed, version, chapter_words)
    if version == 1:
        as_one(drawn)
    _cut_one(drawn)
    tables = versions.tables(drawn, version, rng)
    given = into / "archive"
    given.mkdir(parents=True)
    data = b"".join(dumps.dump(tables, style))
    if packed:
        (given / "backup.sql.gz").write_bytes(gzip.compress(data, 1))
    else:
        (given / "backup.sql").write_bytes(data)
    for story in drawn.stories:
        for chapter in story.chapters:
            if chapter.place in ("files", "both"):
                _write(given, drawn, chapter, version, rng)
    rows = {table.name: len(list(table.rows)) for table in tables}
    truth = {"version": version, "style": style, "rows": rows, **asdict(drawn)}
    (into / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return Made(given, drawn, version, style, rows)


def as_one(drawn: World) -> None:
    """What version 1 cannot hold: series, co-authors, notes on chapters, replies that a row tells of."""
    drawn.series.clear()
    for story in drawn.stories:
        story.key = story.chapters[0].key  # its first chapter's number is its own
        story.coauthors = []
        for chapter in story.chapters:
            chapter.notes = ""


def _cut_one(drawn: World) -> None:
    """A chapter that is longer than its column: the database has the first 65,535 bytes of it alone."""
    story = drawn.stories[len(drawn.stories) // 2]
    chapter = story.chapters[0]
    prose = [markup.shown(one).translate(_ASCII) for one in chapter.paragraphs if one.strip() and one.isascii()]
    while sum(map(len, prose)) < versions.CUT:
        prose += prose
    whole = "\n\n".join(prose)[: versions.CUT].rstrip()
    whole += "x" * (versions.CUT - len(whole))
    chapter.paragraphs, chapter.place, chapter.is_cut = whole.split("\n\n"), "database", True


_ASCII = str.maketrans({"&": "and", "<": "(", ">": ")"})


def _write(given: Path, drawn: World, chapter: Chapter, version: int, rng: random.Random) -> None:
    """A chapter's file, in its author's folder; some lie in the folder of another, who had it before."""
    author = chapter.author if rng.random() > 0.02 else 1
    name = str(author) if version > 1 else drawn.members.get(author, str(author))
    folder = given / "stories" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{chapter.key}.txt").write_bytes(versions.text_of(chapter, rng))
