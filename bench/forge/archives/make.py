"""An archive written to a folder: the dump, its folder of stories, and the truth beside them as JSON."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import zipfile
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
    into: Path, stories: int, seed: int, version: int, style: str, chapter_words: int = 700, packing: str = ""
) -> Made:
    """Write an archive into a folder that is not there yet, packed as the seed or `packing` says."""
    rng = random.Random(f"make {seed} {version} {style}")
    drawn = world.drawn(stories, seed, version, chapter_words)
    drawn.packing = packing or drawn.packing
    if version < 3:
        _as_before_three(drawn, version)
    _cut_one(drawn)
    tables = versions.tables(drawn, version, rng)
    given = into / "archive"
    given.mkdir(parents=True)
    with (given / "backup.sql").open("wb") as out:
        out.writelines(dumps.dump(tables, style))
    for story in drawn.stories:
        for chapter in story.chapters:
            if chapter.place in ("files", "both"):
                _write(given, drawn, chapter, version, rng)
    _PACKERS[drawn.packing](given)
    rows = {table.name: len(list(table.rows)) for table in tables}
    truth = {"version": version, "style": style, "rows": rows, **asdict(drawn)}
    (into / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return Made(given, drawn, version, style, rows)


def _gzip(given: Path) -> None:
    dump = given / "backup.sql"
    with dump.open("rb") as whole, gzip.open(given / "backup.sql.gz", "wb", 1) as packed:
        shutil.copyfileobj(whole, packed)
    dump.unlink()


def _zip(given: Path) -> None:
    with zipfile.ZipFile(given / "backup.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.write(given / "backup.sql", "backup.sql")
    (given / "backup.sql").unlink()


def _zip_all(given: Path) -> None:
    paths = sorted(path for path in given.rglob("*") if path.is_file())
    with zipfile.ZipFile(given / "site.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for path in paths:
            packed.write(path, path.relative_to(given))
    for path in paths:
        path.unlink()


_PACKERS = {"plain": lambda given: None, "gzip": _gzip, "zip": _zip, "all in one zip": _zip_all}


def _as_before_three(drawn: World, version: int) -> None:
    """What no table held: co-authors before version 3; in version 1 series, notes on chapters, chapters kept back."""
    for story in drawn.stories:
        story.coauthors = []
        if version == 1:
            story.key = story.chapters[0].key  # its first chapter's number is its own
            for chapter in story.chapters:
                chapter.notes, chapter.is_public, chapter.author = "", True, story.author
    if version == 1:
        drawn.series.clear()


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
