"""Finding what the library holds of a new work. Every look-up goes by an index, whatever the size of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db import connection

from ficshelf import names
from ficshelf.decide import Held, Known, stem_key
from ficshelf.library import models
from ficshelf.library.columns import columns
from ficshelf.library.places import digest
from ficshelf.library.readings import ReadWork
from ficshelf.likeness import sketch

MOST = 20  # works that one key may bring up: the latest; a thousand stories called "Untitled" are no help
MOST_BY_TEXT = 5  # works that runs of words may bring up: those that have most of them …
MOST_SKETCHES = 12  # … of so many whose sketches are compared

_BY_PLACE = (
    "SELECT link.work_id FROM library_place place JOIN library_worksource link ON link.source_id = place.source_id"
)
_KEYS = {
    "story": "SELECT id FROM library_work WHERE story_sha256 IN ({}) ORDER BY id DESC",
    "name": "SELECT id FROM library_work WHERE match_key IN ({}) ORDER BY id DESC",
    "url": "SELECT id FROM library_work WHERE url_key IN ({}) ORDER BY id DESC",
    "source": (
        "SELECT link.work_id FROM library_source source JOIN library_worksource link ON link.source_id = source.id"
        " WHERE source.sha256 IN ({}) ORDER BY link.id DESC"
    ),
    "path": _BY_PLACE + " WHERE place.path_sha256 IN ({}) ORDER BY place.id DESC",
    "stem": _BY_PLACE + " WHERE place.stem_sha256 IN ({}) ORDER BY place.id DESC",
}


def known(read: ReadWork, sources: Collection[str], places: Collection[str], container: int | None = None) -> Known:
    """What a new work is recognised by; `sources` are digests, `places` paths, `container` the archive it is from."""
    shelf = read.shelfmark
    row = columns(read.facts)
    return Known(
        title=names.match(row["title"]) if row["title"] else "",
        author=row["sort_author"],
        url=row["url_key"],
        story=read.story,
        chapters=tuple((chapter.number, chapter.story) for chapter in read.chapters),
        sketch=read.sketch,
        updated=row["updated"].isoformat() if row["updated"] else "",
        sources=frozenset(sources),
        places=frozenset(places),
        visibility=shelf.visibility if shelf else "",
        shelves=frozenset([(str(container), shelf.key)] if shelf else []),
    )


def held(read: ReadWork, new: Known) -> list[Held]:
    """The works that share a key with the new one, or runs of its words, oldest first."""
    match_key = columns(read.facts)["match_key"]
    keys = {
        "story": [new.story] if new.story else [],
        "name": [match_key] if match_key else [],
        "url": [new.url] if new.url else [],
        "source": sorted(new.sources),
        "path": sorted(digest(place) for place in new.places),
    }
    wanted = [(name, values) for name, values in keys.items() if values]
    # One by one, so that the latest are found without sorting all: thousands of files may have one.
    stems = sorted({digest(stem) for place in new.places if (stem := stem_key(place))})
    wanted += [("stem", [stem]) for stem in stems[:MOST]]
    query = " UNION ".join(
        f"SELECT * FROM ({_KEYS[name].format(', '.join(['%s'] * len(values)))} LIMIT {MOST}) AS by_{name}"
        for name, values in wanted
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [value for _, values in wanted for value in values])
        found = {row[0] for row in cursor.fetchall()}
    return _load(sorted(found | set(by_text(read.sketch))))


def by_text(sketched: bytes) -> list[int]:
    """The works that are worth laying beside a text, given its sketch; those that have most in common come first."""
    keys = sketch.looked_up(sketched)
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, work_id FROM library_shingle WHERE key IN ({', '.join(['%s'] * len(keys))})", keys)
        rows = cursor.fetchall()
    runs = Counter(work for _, work in rows)
    works = Counter(key for key, _ in rows)
    weight: dict[int, float] = {}  # a run that only two works have says more than a phrase that is in many
    for key, work in rows:
        weight[work] = weight.get(work, 0) + 1 / works[key]
    likeliest = sorted(runs, key=lambda work: (-weight[work], work))[:MOST_SKETCHES]
    found = []
    for work, other in _sketches(likeliest):
        share = sketch.share(sketched, other)
        if sketch.is_near(share, runs[work]):
            found.append((-max(share.ours, share.theirs), work))
    return [work for _, work in sorted(found)[:MOST_BY_TEXT]]


def _sketches(works: list[int]) -> list[tuple[int, bytes]]:
    if not works:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, sketch FROM library_work WHERE id IN ({', '.join(map(str, works))})")
        return [(work, bytes(other)) for work, other in cursor.fetchall()]


def note_text(work: int, sketched: bytes, anew: bool = False) -> None:
    """Put a work into the index of runs of words, each run only while few works have it; with `anew`, in place of what
    it had there."""
    keys = sketch.looked_up(sketched)
    with connection.cursor() as cursor:
        if anew:
            cursor.execute("DELETE FROM library_shingle WHERE work_id = %s", [work])
        if keys:
            cursor.execute(
                f"SELECT key FROM library_shingle WHERE key IN ({', '.join(['%s'] * len(keys))})"
                " GROUP BY key HAVING COUNT(*) >= %s",
                [*keys, MOST],
            )
            full = {key for (key,) in cursor.fetchall()}
            cursor.executemany(
                "INSERT INTO library_shingle (key, work_id) VALUES (%s, %s)",
                [(key, work) for key in keys if key not in full],
            )


def _load(ids: list[int]) -> list[Held]:
    if not ids:
        return []
    chapters: dict[int, list[tuple[int | None, str]]] = {}
    sources: dict[int, set[str]] = {}
    copies: dict[int, set[str]] = {}
    places: dict[int, set[str]] = {}
    shelves: dict[int, set[tuple[str, str]]] = {}
    for work, container, key in models.Shelfmark.objects.filter(work__in=ids).values_list("work", "container", "key"):
        shelves.setdefault(work, set()).add((str(container), key))
    for work, number, story in (
        models.Chapter.objects.filter(work__in=ids)
        .order_by("work", "position")
        .values_list("work", "number", "story_sha256")
    ):
        chapters.setdefault(work, []).append((number, story))
    for work, sha256, path, is_copy in models.WorkSource.objects.filter(work__in=ids).values_list(
        "work", "source__sha256", "source__places__path", "is_copy"
    ):
        (copies if is_copy else sources).setdefault(work, set()).add(sha256)
        if path is not None and not is_copy:
            places.setdefault(work, set()).add(path)
    return [
        Held(
            row.id,
            Known(
                title=names.match(row.title) if row.title else "",
                author=row.sort_author,
                url=row.url_key,
                story=row.story_sha256,
                chapters=tuple(chapters.get(row.id, ())),
                sketch=bytes(row.sketch),
                updated=row.updated.isoformat() if row.updated else "",
                sources=frozenset(sources.get(row.id, ())),
                places=frozenset(places.get(row.id, ())),
                visibility=row.visibility,
                shelves=frozenset(shelves.get(row.id, ())),
                copies=frozenset(copies.get(row.id, ())),
            ),
        )
        for row in models.Work.objects.filter(id__in=ids).order_by("id")
    ]
