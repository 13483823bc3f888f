"""The search: stories that hold the words, each with the scenes where they stand."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from ficshelf.errors import QueryError
from ficshelf.library.models import Work
from ficshelf.search.find import Hit, Results, SceneHit, find
from ficshelf.search.query import MAX_LENGTH
from ficshelf.web import addresses
from ficshelf.web.cards import Card, cards
from ficshelf.web.labels import chapter_label
from ficshelf.web.owner import is_owner
from ficshelf.web.pages.shelf import Facet, Value, page_numbers

# What can be typed, told by examples; each is a link that tries it.
EXAMPLES = (
    ("lamp storm", "stories with both words"),
    ('"the lamp was lit"', "these words, just so"),
    ("lamp -storm", "the one without the other"),
    ("lamp OR lantern", "either of them"),
    ("lant*", "words that begin like this"),
    ("author:doyle", "by whom; also fandom:, character:, relationship:, genre:, tag:, series:, title:"),
    ("rating:teen complete:yes", "by rating, and whether it is finished"),
    ("words:>5000", "by length; also chapters:, updated:, published:"),
    ("lamp sort:words", "in another order"),
)


@require_safe
@gzip_page
def show(request: HttpRequest) -> HttpResponse:
    """What the query finds, a page of it; without a query, how to ask."""
    text = request.GET.get("q", "").replace("\0", " ")
    page = addresses.number(request.GET.get("page"), otherwise=1)
    status = 200
    shown: dict[str, object] = {"query": text[:MAX_LENGTH]}
    if text.strip():
        try:
            shown |= _found(find(text, page, rows=Work.objects.defer("sketch"), owner=is_owner(request)), text)
        except QueryError as error:
            shown |= {"problem": str(error)}
            status = 400
    if not shown.get("cards"):
        shown["examples"] = [(example, _url(example), what) for example, what in EXAMPLES]
    return HttpResponse(
        render_to_string("web/search.html", shown), status=status, headers={"Cache-Control": "private, no-cache"}
    )


def _url(query: str, page: int = 1) -> str:
    return "/search?" + urlencode({"q": query} | ({"page": page} if page > 1 else {}), errors="replace")


def _found(results: Results, text: str) -> dict[str, object]:
    """Everything that the template shows of a search."""
    shown = cards([hit.work.pk for hit in results.hits])
    return {
        "total": results.total,
        "cards": [_hit(hit, shown[hit.work.pk]) for hit in results.hits if hit.work.pk in shown],
        "facets": [
            Facet(
                facet.name,
                facet.label,
                tuple(Value(value.label, value.count, _url(value.query), value.chosen) for value in facet.values),
            )
            for facet in results.facets
            if len(facet.values) > 1 or any(value.chosen for value in facet.values)
        ],
        "parts": [(part, _url(without) if without else "/search") for part, without in results.parts],
        "sorts": [(label, _url(query), name == results.sort) for name, label, query in results.sorts],
        "incomplete": results.incomplete,
        "findable": results.findable,
        "works": results.works,
        "page": results.page,
        "pages": results.pages,
        "page_links": [
            (number, _url(text, number) if number else "") for number in page_numbers(results.page, results.pages)
        ],
        "previous": _url(text, results.page - 1) if results.page > 1 else "",
        "next": _url(text, results.page + 1) if results.page < results.pages else "",
    }


def _hit(hit: Hit, card: Card) -> Card:
    """A found work as a card, its title and summary marked, with its scenes."""
    return {
        **card,
        "marked_title": hit.title,
        "marked_summary": hit.summary,
        "scenes": [_scene(scene, hit.work) for scene in hit.scenes],
    }


def _scene(scene: SceneHit, work: Work) -> dict[str, object]:
    return {
        "url": addresses.chapter(scene.work, scene.chapter, scene.scene),
        "where": chapter_label(scene.number, scene.title, scene.chapter, work.chapter_count),
        "scene": scene.scene,
        "snippet": scene.snippet,
        "in_notes": scene.in_notes,
    }
