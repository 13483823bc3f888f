"""A library held against the truth of the archive that was added to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bench.forge.archives import markup
from bench.forge.archives.make import Made
from bench.forge.archives.world import Chapter, Review, Story, mail_of, secret_of

_PROSE = ("paragraph", "verse", "quote", "note", "list", "preformatted", "heading", "end")
_MOST = 40  # slips that are told


@dataclass
class Score:
    """What came back. Pairs are (right, of how many)."""

    stories: int = 0
    stories_found: int = 0
    titles: int = 0
    chapters: int = 0
    texts: int = 0
    orders: int = 0
    reviews: int = 0
    reviews_right: int = 0
    missing: int = 0
    missing_told: int = 0
    unaccounted: int = 0
    leaks: int = 0
    series: int = 0
    series_right: int = 0
    slips: list[str] = field(default_factory=list)

    def bars(self) -> list[tuple[str, float, float]]:
        """Each figure with what it must reach; the last three must be 0."""
        return [
            ("stories that came back", _share(self.stories_found, self.stories), 1.0),
            ("titles right", _share(self.titles, self.stories), 0.999),
            ("texts of chapters right to the character", _share(self.texts, self.chapters), 0.999),
            ("orders of chapters right", _share(self.orders, self.stories), 1.0),
            ("reviews and replies parted and at their chapter", _share(self.reviews_right, self.reviews), 0.99),
            ("missing texts that are told", _share(self.missing_told, self.missing), 1.0),
            ("stories in their series", _share(self.series_right, self.series), 1.0),
        ]

    def is_good(self) -> bool:
        return all(value >= bar for _, value, bar in self.bars()) and not self.unaccounted and not self.leaks

    def table(self) -> str:
        lines = [f"{what:50} {value:8.4%}  of at least {bar:.1%}" for what, value, bar in self.bars()]
        lines.append(f"{'rows unaccounted for':50} {self.unaccounted:8}  of 0")
        lines.append(f"{'secrets that got through':50} {self.leaks:8}  of 0")
        return "\n".join(lines)

    def slip(self, text: str) -> None:
        if len(self.slips) < _MOST:
            self.slips.append(text)


def _share(right: int, of: int) -> float:
    return right / of if of else 1.0


def score(made: Made, library: Path) -> Score:
    """Hold a library, open in this process, against the truth."""
    from ficshelf.library import balance, models

    result = Score()
    for story in made.world.stories:
        _story(story, result)
    containers = models.Record.objects.filter(key=balance.KEY).values_list("container", flat=True)
    if not containers:
        result.unaccounted = sum(made.rows.values())
    for container in containers:
        sheet = balance.of(container)
        result.unaccounted += sheet.unaccounted
        counted = {line.table: line.rows for line in sheet.lines}
        for table, rows in made.rows.items():
            if rows and counted.get(table) != rows:
                result.unaccounted += abs(rows - counted.get(table, 0))
                result.slip(f"table {table}: {rows} rows, {counted.get(table)} counted")
    _series(made, result)
    result.leaks = _leaks(made, library, result)
    return result


def _story(story: Story, result: Score) -> None:
    from ficshelf.library import blocks, models

    public = [one for one in story.chapters if one.is_public]
    texts = [one for one in public if one.place != "nowhere"]
    result.stories += 1
    result.chapters += len(texts)
    result.missing += len(public) - len(texts)
    result.reviews += len(story.reviews)
    works = models.Work.objects.filter(shelfmarks__key=f"stories/{story.key}").distinct()
    if len(works) != 1:
        result.slip(f"story {story.key}: {len(works)} works")
        return
    work = works[0]
    result.stories_found += 1
    if work.title == story.title:
        result.titles += 1
    else:
        result.slip(f"story {story.key}: title {work.title!r} for {story.title!r}")
    rows = list(work.chapters.order_by("position"))
    got = [[block for block in blocks.unpack(row.blocks) if block.kind in _PROSE] for row in rows]
    said = [[block.text for block in found] for found in got]
    expected = [_paragraphs(one) for one in texts]
    heads = [one[0] for one in expected if one]
    opened = [next((text for text in one if text in heads), None) for one in said]
    if [one for one in opened if one is not None] == heads:
        result.orders += 1
    else:
        result.slip(f"story {story.key}: {len(rows)} chapters, in another order or not all")
    for place, (chapter, paragraphs) in enumerate(zip(texts, expected, strict=True)):
        found = next((one for one in said if paragraphs and paragraphs[0] in one), [])
        without = [text for text in found if text not in (chapter.notes, chapter.title)]
        if without == paragraphs:
            result.texts += 1
        else:
            result.slip(f"story {story.key}, chapter {place + 1} ({chapter.key}): {_difference(without, paragraphs)}")
    for chapter in public:
        if chapter.place == "nowhere":
            told = models.Remark.objects.filter(work=work, text__contains=f"{chapter.key}.txt").exists()
            result.missing_told += told
            if not told:
                result.slip(f"story {story.key}: nothing tells that the text of chapter {chapter.key} is missing")
    _reviews(story, work, {one.key: place for place, one in enumerate(public, 1)}, result)


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


def _reviews(story: Story, work, places: dict[int, int], result: Score) -> None:  # type: ignore[no-untyped-def]
    from ficshelf.library import blocks

    def text(packed: bytes) -> str:
        return _plain("\n".join(block.text for block in blocks.unpack(packed)) if packed else "")

    rows = list(work.reviews.order_by("source", "position"))
    got = [(row.reviewer, text(row.blocks), text(row.reply)) for row in rows]
    wanted = [_told(one) for one in story.reviews]
    left = list(got)
    for one, told in zip(story.reviews, wanted, strict=True):
        if told in left:
            left.remove(told)
            result.reviews_right += 1
        else:
            result.slip(f"story {story.key}, review {one.key}: {told} is not among {left[:2]}")


def _told(review: Review) -> tuple[str, str, str]:
    return review.reviewer, _plain(review.text), _plain(review.reply)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _series(made: Made, result: Score) -> None:
    from ficshelf.library import models

    for series in made.world.series:
        for key in series.stories:
            result.series += 1
            found = models.SeriesPart.objects.filter(
                series__name=series.title, work__shelfmarks__key=f"stories/{key}"
            ).exists()
            result.series_right += found
            if not found:
                result.slip(f"story {key} is not in the series {series.title!r}")


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
