"""Searching two names that stand in nine chapters of ten, in a library of 50,000 chapters, within the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from bench.measure import KEPT, Figure, count, large_library, once, percentile
from bench.words import MAIN_NAMES

TIMES = 200
QUERY = " ".join(MAIN_NAMES).lower()


def run() -> list[Figure]:
    library = large_library()
    import ficshelf.library

    ficshelf.library.setup(library)
    from ficshelf.search import find
    from ficshelf.search.parser import parse
    from ficshelf.search.reader import reader

    _, chapters = count(library)
    note = f"{chapters:,} chapters"

    def ranked() -> None:
        opened = reader(library)
        assert opened is not None
        opened.counts.clear()  # what paging through the same query would reuse
        find.Search(parse(QUERY), opened, 1, find.PER_PAGE)  # all of `find` but the snippets

    def shown() -> None:
        reader(library).counts.clear()
        find.find(QUERY)

    return [
        Figure("search two common names, p95: ranked, counted, facets", _p95(ranked), "ms", at_most=20, note=note),
        Figure("  with the snippets of the first page", _p95(shown), "ms", at_most=60, note=note),
        Figure("  peer: SQLite's FTS5 ranks the same chapters", _fts5(chapters), "ms", note=note),
    ]


def _p95(work: Callable[[], object]) -> tuple[float, ...]:
    """The 95th percentile of many calls in milliseconds, three times over, once it is warm."""
    for _ in range(10):
        work()
    return tuple(percentile([once(work) * 1000 for _ in range(TIMES)], 0.95) for _ in range(3))


def _fts5(chapters: int) -> tuple[float, ...]:
    path = KEPT / f"fts5-{chapters}.sqlite3"
    database = sqlite3.connect(path)
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'whole'").fetchone():
        database.execute("DROP TABLE IF EXISTS chapters")
        database.execute("CREATE VIRTUAL TABLE chapters USING fts5(text, content='')")
        database.executemany("INSERT INTO chapters(rowid, text) VALUES (?, ?)", _texts())
        database.execute("CREATE TABLE whole (yes)")
        database.commit()
    ask = "SELECT rowid FROM chapters WHERE chapters MATCH ? ORDER BY rank LIMIT 20"
    return tuple(once(lambda: database.execute(ask, (QUERY,)).fetchall()) * 1000 for _ in range(10))


def _texts() -> Iterator[tuple[int, str]]:
    from ficshelf.library.models import Chapter
    from ficshelf.search.stories import blocks_of

    for key, blocks in Chapter.objects.values_list("pk", "blocks").iterator():
        yield key, "\n".join(block.text for block in blocks_of(blocks))
