"""A library held against the truth of the archive that was added to it."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.forge.archives import markup
from bench.forge.archives.make import Made
from bench.forge.archives.world import CHARACTERS, RATINGS, WARNINGS, Chapter, Review, Story, mail_of, secret_of
from bench.stories import FANDOMS, GENRES

_PROSE = ("paragraph", "verse", "quote", "note", "list", "preformatted", "heading", "end")
_MOST = 40  # slips that are told


BARS = {
    "stories that came back": 1.0,
    "titles right": 0.999,
    "other facts right": 0.999,
    "visibility right": 1.0,
    "texts of chapters right to the character": 0.999,
    "titles of chapters right": 0.999,
    "orders of chapters right": 1.0,
    "reviews and replies parted and at their chapter": 0.99,
    "missing texts that are told": 1.0,
    "stories in their series, at their place": 1.0,
    "chapters and stories left alone that came back": 1.0,
}


@dataclass
class Score:
    """What came back: of each figure how many were right and how many there were, and what must not be at all."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    unaccounted: int = 0
    leaks: int = 0
    slips: list[str] = field(default_factory=list)

    def note(self, figure: str, is_right: bool, slip: str) -> None:
        self.of[figure] += 1
        self.right[figure] += is_right
        if not is_right:
            self.slip(slip)

    def slip(self, text: str) -> None:
        if len(self.slips) < _MOST:
            self.slips.append(text)

    def share(self, figure: str) -> float:
        return self.right[figure] / self.of[figure] if self.of[figure] else 1.0

    def is_good(self) -> bool:
        return all(self.share(figure) >= bar for figure, bar in BARS.items()) and not self.unaccounted + self.leaks

    def table(self) -> str:
        lines = [
            f"{one:50} {self.share(one):8.3%} of {self.of[one]:6}, at least {bar:.1%}" for one, bar in BARS.items()
        ]
        lines.append(f"{'rows unaccounted for':50} {self.unaccounted:8}, at most 0")
        lines.append(f"{'secrets that got through':50} {self.leaks:8}, at most 0")
        return "\n".join(lines)


def score(made: Made, library: Path) -> Score:
    """Hold a library, open in this process, against the truth."""
    result = Score()
    for story in made.world.stories:
        _story(story, made, result)
    _balance(made, result)
    _series(made, result)
    _left_alone(made, result)
    result.leaks = _leaks(made, library, result)
    return result


def _balance(made: Made, result: Score) -> None:
    """Each row of each table is in the library, set aside with a remark, sealed, or left out for a reason."""
    from ficshelf.library import balance, models

    containers = models.Record.objects.filter(key=balance.KEY).values_list("container", flat=True)
    counted: Counter[str] = Counter()
    for container in containers:
        sheet = balance.of(container)
        result.unaccounted += sheet.unaccounted
        counted.update({line.table: line.rows for line in sheet.lines})
    for table, rows in made.rows.items():
        if counted[table] != rows:
            result.unaccounted += abs(rows - counted[table])
            result.slip(f"table {table}: {rows} rows, {counted[table]} counted")


def _story(story: Story, made: Made, result: Score) -> None:
    from ficshelf.library import blocks, models

    name = f"story {story.key}"
    public = [one for one in story.chapters if one.is_public] or story.chapters
    if not story.validated:
        public = story.chapters
    texts = [one for one in public if one.place != "nowhere"]
    works = models.Work.objects.filter(shelfmarks__key=f"stories/{story.key}").distinct()
    if not texts:  # there is nothing to read: what is known of it is kept
        kept = models.Record.objects.filter(key=f"stories/{story.key}", name=story.title).exists()
        result.note("stories that came back", kept, f"{name}: nothing is kept of it")
    else:
        result.note("stories that came back", len(works) == 1, f"{name}: {len(works)} works")
    for chapter in public:
        if chapter.place == "nowhere":
            told = models.Remark.objects.filter(
                kind="chapter-missing", text__contains=f"file {chapter.key}.txt"
            ).exists()
            result.note("missing texts that are told", told, f"{name}: nothing tells that {chapter.key} has no text")
    if len(works) != 1:
        return
    work = works[0]
    result.note("titles right", work.title == story.title, f"{name}: title {work.title!r} for {story.title!r}")
    _facts(story, made, work, public, result)
    rows = list(work.chapters.order_by("position"))
    got = [[block for block in blocks.unpack(row.blocks) if block.kind in _PROSE] for row in rows]
    said = [[block.text for block in found] for found in got]
    expected = [_paragraphs(one) for one in texts]
    heads = [one[0] for one in expected if one]
    opened = [next((text for text in one if text in heads), None) for one in said]
    in_order = [one for one in opened if one is not None] == heads
    result.note("orders of chapters right", in_order, f"{name}: {len(rows)} chapters, in another order or not all")
    places: dict[int, int] = {}
    for place, (chapter, paragraphs) in enumerate(zip(texts, expected, strict=True)):
        at = next((n for n, one in enumerate(said) if paragraphs and paragraphs[0] in one), None)
        found = said[at] if at is not None else []
        without = [text for text in found if text not in (chapter.notes, chapter.title)]
        what = f"{name}, chapter {place + 1} ({chapter.key})"
        result.note(
            "texts of chapters right to the character",
            without == paragraphs,
            f"{what}: {_difference(without, paragraphs)}",
        )
        if at is not None:
            places[chapter.key] = rows[at].position
            title = rows[at].title
            result.note("titles of chapters right", title == chapter.title, f"{what}: {title!r} for {chapter.title!r}")
    _reviews(story, work, places, result)


def _facts(story: Story, made: Made, work: Any, public: Sequence[Chapter], result: Score) -> None:
    drawn = made.world
    uids = [story.author, *story.coauthors, *(one.author for one in public)]
    wanted = {
        "author": [drawn.members[uid] for uid in dict.fromkeys(uids) if uid in drawn.members],
        "summary": [story.summary],
        "rating": [RATINGS[story.rating - 1]],
        "fandom": [FANDOMS[story.fandom - 1]],
        "character": [CHARACTERS[one - 1] for one in story.characters],
        "genre": [GENRES[one - 1] for one in story.genres],
        "warning": [WARNINGS[one - 1] for one in story.warnings],
        "complete": ["true" if story.complete else "false"],
        "published": [datetime.datetime.fromtimestamp(story.published, datetime.UTC).date().isoformat()],
    }
    stated: dict[str, list[str]] = defaultdict(list)
    for one in work.facts.filter(how="stated").order_by("position"):
        stated[one.name].append(one.value)
    for name, values in wanted.items():
        slip = f"story {story.key}, {name}: {stated[name]} for {values}"
        result.note("other facts right", sorted(stated[name]) == sorted(values), slip)
    seen = "members" if story.rating == drawn.for_members else ""
    if not story.validated or not any(one.is_public for one in story.chapters):
        seen = "hidden"
    result.note("visibility right", work.visibility == seen, f"story {story.key}: {work.visibility!r} for {seen!r}")


def _paragraphs(chapter: Chapter) -> list[str]:
    return [markup.shown(one) for one in chapter.paragraphs if one != markup.BREAK]


def _difference(found: list[str], expected: list[str]) -> str:
    for one, other in zip(found, expected, strict=False):
        if one != other:
            at = next(
                (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
            )
            return f"{one[max(0, at - 20) : at + 30]!r} for {other[max(0, at - 20) : at + 30]!r}"
    return f"{len(found)} paragraphs for {len(expected)}"


def _reviews(story: Story, work: Any, places: Mapping[int, int], result: Score) -> None:
    """Each review with its reply, at the place of its chapter where that has one."""
    rows = list(work.reviews.order_by("source", "position"))
    left = [(row.reviewer, _packed(row.blocks), _packed(row.reply), row.chapter) for row in rows]
    for one in story.reviews:
        told = _told(one)
        found = next((had for had in left if had[:3] == told and had[3] == places.get(one.chapter, had[3])), None)
        slip = f"story {story.key}, review {one.key}: {told} at {places.get(one.chapter)} is not among {left[:2]}"
        result.note("reviews and replies parted and at their chapter", found is not None, slip)
        if found:
            left.remove(found)


def _packed(data: bytes) -> str:
    from ficshelf.library import blocks

    return _plain("\n".join(block.text for block in blocks.unpack(data)) if data else "")


def _told(review: Review) -> tuple[str, str, str]:
    return review.reviewer, _plain(review.text), _plain(review.reply)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _series(made: Made, result: Score) -> None:
    from ficshelf.library import models

    readable = {one.key for one in made.world.stories if any(chapter.place != "nowhere" for chapter in one.chapters)}
    for series in made.world.series:
        for place, key in enumerate(series.stories, 1):
            if key in readable:
                parts = models.SeriesPart.objects.filter(
                    series__name=series.title, work__shelfmarks__key=f"stories/{key}"
                )
                found = list(parts.values_list("position", flat=True))
                slip = f"story {key} is at {found} in the series {series.title!r}, for {place}"
                result.note("stories in their series, at their place", found == [place], slip)
    for one in made.world.of_series:
        rows = models.Review.objects.filter(record__key=f"series/{one.chapter}", reviewer=one.reviewer)
        found = [_packed(row.blocks) for row in rows]
        result.note("reviews and replies parted and at their chapter", found == [one.text], f"{found} for {one.text!r}")


def _left_alone(made: Made, result: Score) -> None:
    """Chapters whose story is gone are works with a remark; of stories without chapters is kept what is known."""
    from ficshelf.library import blocks, models

    figure = "chapters and stories left alone that came back"
    for chapter in made.world.orphans:
        keys = [f"chapters/{chapter.key}", f"stories/{chapter.key + 10_000}"]
        works = models.Work.objects.filter(shelfmarks__key__in=keys).distinct()
        found = [block.text for work in works for row in work.chapters.all() for block in blocks.unpack(row.blocks)]
        told = models.Remark.objects.filter(kind="row-missing", work__in=works).exists()
        is_whole = told and set(_paragraphs(chapter)) <= set(found)
        result.note(figure, is_whole, f"chapter {chapter.key}, whose story is gone: {len(works)} works, told: {told}")
    for key, title in made.world.bare.items():
        kept = models.Record.objects.filter(key=f"stories/{key}", name=title).exists()
        told = models.Remark.objects.filter(source__record__key=f"stories/{key}").exists()
        result.note(figure, kept and told, f"story {key} without chapters: kept {kept}, told {told}")


def _leaks(made: Made, library: Path, result: Score) -> int:
    """How many secrets lie anywhere in the library: passwords in any file, mail addresses outside the sealed table."""
    from django.db import connection

    members = list(made.world.members)[:50]
    secrets = [secret_of(one).encode() for one in members] + [b"canary()", b"canary log"]
    leaks = 0
    for path in library.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        for secret in secrets:
            if secret in data:
                leaks += 1
                result.slip(f"{path.name} has {secret!r}")
    mails = [mail_of(one) for one in members[:5]]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith("library_") or "sealed" in table:
                continue
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            where = " OR ".join(f'CAST("{column}" AS TEXT) LIKE %s' for column in columns)
            for mail in mails:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {where}', [f"%{mail}%"] * len(columns))
                if count := cursor.fetchone()[0]:
                    leaks += count
                    result.slip(f"the table {table} has {mail}")
    return leaks
