"""`find`: the one search behind the command line and the pages. Its results are stories, each with its best scenes."""

from __future__ import annotations

import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from tantivy import Order
from tantivy import Query as Matcher

from ficshelf.library.models import Chapter, Credit, Work
from ficshelf.library.visibility import may_see, some_hidden
from ficshelf.model import INFERRED, Block
from ficshelf.scenes import scenes
from ficshelf.search import compile as compiled
from ficshelf.search import index
from ficshelf.search.parser import parse
from ficshelf.search.query import SORTS, Node, OneOf, Query, Tagged, Text, Within
from ficshelf.search.reader import Reader, close, reader
from ficshelf.search.snippets import Marked, Marker
from ficshelf.search.stories import blocks_of
from ficshelf.writers.mail_addresses import without_addresses

PER_PAGE = 20
MAX_DEPTH = 10_000  # results that can be paged through
RANKED_BY_SCENES = 100  # results whose order depends on whether the words meet in a scene
SCENES_SHOWN = 3  # of each story
FACET_VALUES = 12
MAX_SCENE = 1_000_000  # characters of a scene that are looked through for its snippet

FACETS = {
    "rating": "Rating",
    "complete": "Complete",
    "fandom": "Fandom",
    "relationship": "Pairing",
    "character": "Character",
    "author": "Author",
    "genre": "Genre",
    "warning": "Warning",
    "language": "Language",
    "words": "Length",
}
BANDS = (  # lengths: (from, to, as it is written in a query, label); `to` is not in it any more
    (None, 1_000, "<1000", "under 1,000 words"),
    (1_000, 5_000, "1000-4999", "1,000 to 5,000"),
    (5_000, 20_000, "5000-19999", "5,000 to 20,000"),
    (20_000, 50_000, "20000-49999", "20,000 to 50,000"),
    (50_000, 100_000, "50000-99999", "50,000 to 100,000"),
    (100_000, None, ">=100000", "100,000 and more"),
)
_LABELS = {
    "rating": {
        "general": "General",
        "teen": "Teen",
        "mature": "Mature",
        "explicit": "Explicit",
        "unrated": "Not rated",
    },
    "complete": {"yes": "Complete", "no": "Unfinished", "unknown": "Not said"},
}
_ORDERS = {
    "title": ("sort_title", Order.Asc),
    "author": ("sort_author", Order.Asc),
    "words": ("words", Order.Desc),
    "shortest": ("words", Order.Asc),
    "updated": ("updated", Order.Desc),
    "oldest": ("updated", Order.Asc),
    "added": ("work", Order.Desc),
}


@dataclass(frozen=True, slots=True)
class SceneHit:
    """A scene where the words are. `chapter` is the position in its address, `number` and `title` are the story's own;
    `in_notes` is true where the words are the author's note, not the story."""

    work: int
    chapter: int
    scene: int
    number: int | None
    title: str
    snippet: Marked
    in_notes: bool

    @property
    def address(self) -> str:
        """Where to read it: a path of the web pages."""
        return f"/works/{self.work}/chapters/{self.chapter}#scene-{self.scene}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found. `title` is marked, and a guess or "" where nobody stated it; `summary` is the part of it
    that matches, or its beginning; `scenes` are empty where the words stand in the facts alone."""

    work: Work
    title: Marked
    title_is_guess: bool
    summary: Marked
    scenes: tuple[SceneHit, ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that stories of the result have, how many, and the query that asks for it, or no more if `chosen`."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What the results can be narrowed by."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: a page of `hits` out of `total` stories.

    `parts` are what the query demands, each with the query without it; `sorts` the orders, each with its label and the
    query in that order. `findable` of the library's `works` are in the index; where they are fewer, say so.
    """

    query: Query
    sort: str
    total: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    parts: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str, str], ...]
    findable: int
    works: int
    seconds: float

    @property
    def incomplete(self) -> bool:
        """Whether stories are still waiting to be indexed."""
        return self.findable < self.works


def find(
    text: str,
    page: int = 1,
    *,
    per_page: int = PER_PAGE,
    rows: QuerySet[Work] | None = None,
    directory: Path | None = None,
    owner: bool = True,
) -> Results:
    """Search the library that is open. `page` counts from 1 and is brought within what there is; `rows` is how the
    works are fetched (with what a page wants to show of them); `directory` is the library's folder. Whoever is not the
    `owner` finds what everybody may see, and nothing tells that there is more.

    Raises QueryError for a query that cannot be meant. A missing or damaged index is made anew in the background, and
    the results say how much of the library could be searched.
    """
    began = time.perf_counter()
    query = parse(text)
    rows = (with_authors(Work.objects.defer("sketch")) if rows is None else rows).filter(may_see(owner))
    folder = Path(directory or settings.LIBRARY)
    try:
        with index.damage():
            opened = reader(folder)
            search = Search(query, opened, page, per_page, owner) if opened else None
            hits = search.hits(rows) if search else ()
    except index.IndexDamagedError:
        close(folder)
        index.discard(folder)
        opened, search, hits = None, None, ()
    works = Work.objects.count()
    findable = opened.works.num_docs if opened else 0
    if findable < works:
        index.catch_up_in_background(folder)
    if not owner and some_hidden():
        works, findable = _seen_by_all(works, findable)
    sort = search.sort if search else query.sort or "relevance"
    return Results(
        query=query,
        sort=sort,
        total=search.total if search else 0,
        page=search.page if search else 1,
        pages=search.pages if search else 1,
        hits=hits,
        facets=search.facets if search else (),
        parts=tuple((str(node), str(query.without(node))) for node in query.nodes),
        sorts=tuple((name, label, str(query.sorted_by(name))) for name, label in SORTS.items()),
        findable=findable,
        works=works,
        seconds=time.perf_counter() - began,
    )


def _seen_by_all(works: int, findable: int) -> tuple[int, int]:
    """The same two figures without works that not everybody may see."""
    kept_back = Work.objects.exclude(visibility="")
    indexed = kept_back.exclude(indexed_version=0).count()
    return works - kept_back.count(), max(0, findable - indexed)


class Search:
    """A query run against the index: ids, counts and facets. Only `hits` asks the database."""

    def __init__(self, query: Query, opened: Reader, page: int, per_page: int, owner: bool) -> None:
        self.query = query
        self.reader = opened
        self.texts: tuple[Text, ...] = tuple(query.text())
        ranked = bool(self.texts) and query.sort in ("", "relevance")
        self.sort = "relevance" if ranked else query.sort if query.sort not in ("", "relevance") else "title"
        matcher = compiled.works(query, opened.forms, owner)
        counted = opened.counts.get((query.nodes, owner))
        if counted is None:  # a phrase of stop words costs as much to count as to rank; paging asks for both each time
            counted = opened.works.aggregate(matcher, _COUNTS)
            opened.remember((query.nodes, owner), counted)
        self.total = int(counted["total"]["value"])
        self.pages = max(1, -(-min(self.total, MAX_DEPTH) // per_page))
        self.page = min(max(1, page), self.pages)
        self.ids = self._page_of(matcher, (self.page - 1) * per_page, per_page)
        self.facets = tuple(facet for facet in _facets(query, counted) if facet.values)

    def _page_of(self, matcher: Matcher, offset: int, per_page: int) -> list[int]:
        """The ids of the works on this page, in order."""
        field, order = _ORDERS.get(self.sort, (None, Order.Desc))
        ranked = self.sort == "relevance" and offset < RANKED_BY_SCENES
        start, limit = (0, max(RANKED_BY_SCENES, offset + per_page)) if ranked else (offset, per_page)
        found = self.reader.works.search(
            matcher, limit, count=False, order_by_field=field, order=order, offset=start
        ).hits
        ids: list[int] = list(self.reader.works.fast_field_values("work", [address for _, address in found]))
        if not ranked:
            return ids
        first = dict(zip(ids[:RANKED_BY_SCENES], (score for score, _ in found), strict=False))
        ids[:RANKED_BY_SCENES] = self._ranked_by_scenes(first)
        return ids[offset : offset + per_page]

    def _ranked_by_scenes(self, scores: dict[int, float]) -> list[int]:
        """Works in a better order: where the words meet in a scene, that scene's score is added to the work's. In a
        long story nearly any two words stand somewhere."""
        matcher = compiled.together(self.query, scores, self.reader.forms) if scores else None
        best: dict[int, float] = {}
        if matcher:
            found = self.reader.scenes.search(matcher, 5 * RANKED_BY_SCENES, count=False).hits
            works = self.reader.scenes.fast_field_values("work", [address for _, address in found])
            for work, (score, _) in zip(works, found, strict=True):
                best.setdefault(work, score)
        return sorted(scores, key=lambda work: scores[work] + best.get(work, 0.0), reverse=True)

    def hits(self, rows: QuerySet[Work]) -> tuple[Hit, ...]:
        """The works of this page with their best scenes; those that were deleted meanwhile are left out."""
        works = rows.in_bulk(self.ids)
        marker = Marker(self.texts, self.reader.forms)
        best = self._best_scenes(marker)
        return tuple(_hit(works[work], marker, best.get(work, ())) for work in self.ids if work in works)

    def _best_scenes(self, marker: Marker) -> dict[int, tuple[SceneHit, ...]]:
        """The scenes of each work on this page where most of the words are."""
        if not self.texts or not self.ids:
            return {}
        where: dict[int, list[tuple[int, int]]] = {}
        for work in self.ids:
            matcher = compiled.scenes(self.texts, work, self.reader.forms)
            addresses = [a for _, a in self.reader.scenes.search(matcher, SCENES_SHOWN, count=False).hits]
            chapters = self.reader.scenes.fast_field_values("chapter", addresses)
            numbers = self.reader.scenes.fast_field_values("scene", addresses)
            where[work] = list(zip(chapters, numbers, strict=True))
        wanted = [Q(work=work, position__in={c for c, _ in places}) for work, places in where.items() if places]
        chapters_of: dict[tuple[int, int], Chapter] = {}
        if wanted:
            asked = wanted[0]
            for one in wanted[1:]:
                asked |= one
            chapters_of = {(row.work_id, row.position): row for row in Chapter.objects.filter(asked)}
        unpacked = {key: blocks_of(row.blocks) for key, row in chapters_of.items()}
        found: dict[int, list[SceneHit]] = defaultdict(list)
        for work, places in where.items():
            for position, number in places:
                row = chapters_of.get((work, position))
                hit = _scene_hit(row, number, unpacked[work, position], marker) if row else None
                if hit:
                    found[work].append(hit)
        return {work: tuple(hits) for work, hits in found.items()}


def with_authors(rows: QuerySet[Work]) -> QuerySet[Work]:
    """Works together with who wrote them, as `authors` reads it."""
    known = Credit.objects.filter(role="author").exclude(how=INFERRED).select_related("person")
    return rows.prefetch_related(Prefetch("credits", known))


def authors(work: Work) -> list[str]:
    """The names of who wrote a work that came through `with_authors`."""
    names = (without_addresses(credit.person.name).strip() for credit in work.credits.all())
    return [name for name in names if name]


def _hit(work: Work, marker: Marker, best: tuple[SceneHit, ...]) -> Hit:
    summary = without_addresses(work.summary)
    return Hit(
        work=work,
        title=marker.mark(work.title or work.suggested_title),
        title_is_guess=not work.title and bool(work.suggested_title),
        summary=(marker.snippet([summary]) if marker.count else ()) or _beginning(summary),
        scenes=best,
    )


def _beginning(text: str) -> Marked:
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if not text:
        return ()
    if len(text) <= 300:
        return ((text, False),)
    return ((text[:280].rpartition(" ")[0] or text[:280], False), (" …", False))


def _scene_hit(row: Chapter, number: int, blocks: Sequence[Block], marker: Marker) -> SceneHit | None:
    """The scene with its snippet: of the story, or else of the notes in it; None where the chapter has changed since it
    was indexed and the words are gone."""
    cut = scenes(blocks)
    if number > len(cut):
        return None
    for in_notes in (False, True):
        snippet = marker.snippet(_paragraphs(cut[number - 1].blocks, in_notes))
        if snippet:
            return SceneHit(row.work_id, row.position, number, row.number, row.title, snippet, in_notes)
    return None


def _paragraphs(blocks: Iterable[Block], notes: bool) -> list[str]:
    found: list[str] = []
    room = MAX_SCENE
    for block in blocks:
        if (block.kind == "note") == notes and room > 0:
            text = without_addresses(block.text[:room])
            room -= len(text)
            found.append(text)
    return found


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": f"{name}_name", "size": FACET_VALUES}}


_COUNTS: dict[str, Any] = {
    "total": {"value_count": {"field": "work"}},
    **{name: _terms(name) for name in FACETS if name != "words"},
    "words": {
        "range": {
            "field": "words",
            "ranges": [
                {key: bound for key, bound in (("from", low), ("to", high)) if bound is not None}
                for low, high, _, _ in BANDS
            ],
        }
    },
}


def _facets(query: Query, counted: dict[str, Any]) -> Iterable[Facet]:
    for name, label in FACETS.items():
        values: list[FacetValue] = []
        if name == "words":
            starts = {bucket.get("from"): bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for low, high, text, words in BANDS:
                node: Node = Within("words", low, high - 1 if high else None, text)
                values.append(_value(query, node, text, words, starts.get(low, 0)))
        else:
            for bucket in counted[name]["buckets"]:
                value = bucket["key"]
                node = OneOf(name, (value,), value) if name in _LABELS else Tagged(name, value, whole=True)
                shown = _LABELS.get(name, {}).get(value, value)
                values.append(_value(query, node, value, shown, bucket["doc_count"]))
        yield Facet(name, label, tuple(value for value in values if value.count or value.chosen))


def _value(query: Query, node: Node, value: str, label: str, count: int) -> FacetValue:
    chosen = query.has(node)
    toggled = query.without(node) if chosen else query.with_(node)
    return FacetValue(value, label, count, chosen, str(toggled))
