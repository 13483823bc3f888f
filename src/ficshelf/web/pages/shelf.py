"""The shelf: every work in the library as a list, filtered and sorted."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ficshelf.library import decisions, visibility
from ficshelf.library.models import Person, Record, Series, SeriesPart, Shelfmark, Tag, Work
from ficshelf.model import INFERRED
from ficshelf.names import fold
from ficshelf.web import addresses, series
from ficshelf.web.answers import answer
from ficshelf.web.cards import RATING_NAMES, drawn
from ficshelf.web.owner import is_owner
from ficshelf.web.pages import archive
from ficshelf.web.stamp import Stamp, library_stamp

PAGE_LENGTH = 24
FACET_LENGTH = 12  # values shown of one kind; a value that is chosen is always among them

_date = Coalesce("updated", "published")


def _named_first(column: str) -> tuple[OrderBy, OrderBy]:
    """By name; those without one come last."""
    nameless = Case(When(**{column: ""}, then=1), default=0)
    return nameless.asc(), F(column).asc()


SORTS = {
    "title": ("Title", _named_first("sort_title")),
    "author": ("Author", (*_named_first("sort_author"), *_named_first("sort_title"))),
    "words": ("Longest first", (F("words").desc(),)),
    "shortest": ("Shortest first", (F("words").asc(),)),
    "updated": ("Newest first", (_date.desc(nulls_last=True),)),
    "oldest": ("Oldest first", (_date.asc(nulls_last=True),)),
    "added": ("Last added first", (F("added").desc(),)),
}
LENGTHS = {
    "short": ("Under 1,000 words", 0, 1_000),
    "story": ("1,000 to 10,000", 1_000, 10_000),
    "novella": ("10,000 to 50,000", 10_000, 50_000),
    "novel": ("50,000 and more", 50_000, None),
}
STATES = {"yes": ("Complete", True), "no": ("Unfinished", False), "unknown": ("Not said", None)}
TAG_KINDS = {
    "fandom": "Fandom",
    "relationship": "Pairing",
    "character": "Character",
    "genre": "Genre",
    "warning": "Warning",
    "category": "Category",
    "tag": "Tag",
}
LABELS = {
    "author": "Author", **TAG_KINDS, "series": "Series", "rating": "Rating", "complete": "Complete", "length": "Length",
    "archive": "Archive",
}  # fmt: skip
NAMES = tuple(LABELS)  # every filter, in the order of the address
FACETS = ("fandom", "author", "rating", "length", "complete", "genre")  # those offered beside the list


Filters = tuple[tuple[str, str], ...]  # (name, value), in the order of NAMES


class Choice(NamedTuple):
    """What the address asks for: each filter at most once, the order, the page."""

    filters: Filters
    sort: str
    page: int

    @property
    def is_series(self) -> bool:
        """Whether the list is one series, and nothing else was chosen."""
        return len(self.filters) == 1 and self.filters[0][0] == "series"

    def url(self, **change: str | int) -> str:
        """The address of this choice with something changed; "" takes a filter away. A change leads to page 1."""
        wanted = dict(self.filters) | ({"sort": self.sort} if self.sort != "title" else {}) | change
        given = {name: wanted[name] for name in (*NAMES, "sort", "page") if wanted.get(name)}
        if given.get("page") == 1:
            del given["page"]
        return f"/?{urlencode(given)}" if given else "/"


class Value(NamedTuple):
    """One value to filter by."""

    name: str
    count: int
    url: str
    chosen: bool


class Facet(NamedTuple):
    """The values of one kind, most frequent first or in their own order."""

    name: str
    label: str
    values: tuple[Value, ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The works that the filters leave, a page of them."""
    choice = read_choice(request.GET)
    stamp = library_stamp()
    owner = is_owner(request)
    questions = decisions.open_questions().count() if owner else 0
    everything = owner or not stamp[2]  # where nothing is hidden, everybody sees what the owner sees
    key = ("shelf", stamp, choice, everything, questions)
    shown = {"questions": questions}
    return answer(request, key, lambda: render_to_string("web/shelf.html", page(choice, stamp, everything) | shown))


def read_choice(asked: QueryDict) -> Choice:
    """What the address asks for. What it asks in vain (an unknown rating or order) is left out."""
    known = {"rating": RATING_NAMES, "complete": STATES, "length": LENGTHS}
    filters = []
    for name in NAMES:
        value = " ".join(asked.get(name, "").replace("\0", " ").split())[:500]
        if name == "archive" and not addresses.number(value):
            continue
        if value and (name not in known or value in known[name]):
            filters.append((name, value))
    sort = asked.get("sort", "title")
    page = addresses.number(asked.get("page"), otherwise=1)
    return Choice(tuple(filters), sort if sort in SORTS else "title", max(page, 1))


def page(choice: Choice, stamp: Stamp, everything: bool) -> dict[str, object]:
    """Everything that the template shows."""
    works = ordered(choice.filters, choice.sort, stamp, everything)
    total = len(works)
    pages = max(1, -(-total // PAGE_LENGTH))
    if choice.page > pages:
        raise Http404
    start = (choice.page - 1) * PAGE_LENGTH
    return {
        "empty": not total and not choice.filters,
        "archives": 0 if choice.filters else archives(stamp),
        "series": series.shown(choice.filters[0][1], everything) if choice.is_series else None,
        "total": total,
        "first": start + 1,
        "cards": drawn(works[start : start + PAGE_LENGTH]),
        "facets": drawn_facets(choice.filters, choice.sort, stamp, everything) if total else "",
        "person": _person(choice),
        "chosen": [(LABELS[name], value_name(name, value), choice.url(**{name: ""})) for name, value in choice.filters],
        "filters": choice.filters,
        "sorts": [(key, label, key == choice.sort) for key, (label, _) in SORTS.items()],
        "page": choice.page,
        "pages": pages,
        "page_links": [
            (number, choice.url(page=number) if number else "") for number in page_numbers(choice.page, pages)
        ],
        "previous": choice.url(page=choice.page - 1) if choice.page > 1 else "",
        "next": choice.url(page=choice.page + 1) if choice.page < pages else "",
    }


def page_numbers(page: int, pages: int) -> list[int]:
    """The pages to link to: the ends, those around this one, and 0 for a gap."""
    near = sorted({1, pages, *(number for number in range(page - 1, page + 2) if 1 <= number <= pages)})
    out: list[int] = []
    for number in near:
        if out and number > out[-1] + 1:
            out.append(0 if number > out[-1] + 2 else number - 1)
        out.append(number)
    return out


def _person(choice: Choice) -> str:
    """The page of the author whose works these are; "" for any other list."""
    asked = dict(choice.filters).get("author", "")
    person = Person.objects.filter(fold=fold(asked)).first() if asked else None
    return addresses.person(person.name) if person else ""


def filtered(filters: Filters, everything: bool) -> QuerySet[Work]:
    """The works that all filters leave, of those that may be seen."""
    works = visibility.works(everything)
    for name, value in filters:
        works = works.filter(condition(name, value))
    return works


def condition(name: str, value: str) -> Q:
    """What one filter asks of a work. Guesses never count."""
    if name in TAG_KINDS:
        tags = Tag.objects.filter(kind=name, fold=fold(value)).values("pk")
        return Q(pk__in=Tag.works.through.objects.filter(tag__in=tags).exclude(how=INFERRED).values("work"))
    if name == "author":
        people = Person.objects.filter(fold=fold(value)).values("pk")
        credits = Person.works.through.objects.filter(person__in=people, role="author").exclude(how=INFERRED)
        return Q(pk__in=credits.values("work"))
    if name == "series":
        found = Series.objects.filter(fold=fold(value)).values("pk")
        return Q(pk__in=Series.works.through.objects.filter(series__in=found).values("work"))
    if name == "rating":
        return Q(rating=value)
    if name == "complete":
        complete = STATES[value][1]
        return Q(complete__isnull=True) if complete is None else Q(complete=complete)
    if name == "archive":
        return Q(pk__in=Shelfmark.objects.filter(container=int(value)).values("work"))
    _, low, high = LENGTHS[value]
    return Q(words__gte=low) if high is None else Q(words__gte=low, words__lt=high)


def value_name(name: str, value: str) -> str:
    """A filter's value as people read it."""
    if name == "rating":
        return RATING_NAMES[value]
    if name == "length":
        return LENGTHS[value][0]
    if name == "archive":
        return archive.name_of(int(value))
    if name == "series":
        return Series.objects.filter(fold=fold(value)).values_list("name", flat=True).first() or value
    return STATES[value][0] if name == "complete" else value


@lru_cache(32)
def ordered(filters: Filters, sort: str, stamp: Stamp, everything: bool) -> Sequence[int]:
    """The numbers of the works that the filters leave, in order. Asked for once as long as the library stays as it is,
    whatever the page."""
    _, order = SORTS[sort]
    in_series = dict(filters).get("series")
    if in_series and sort == "title":
        place = SeriesPart.objects.filter(work=OuterRef("pk"), series__fold=fold(in_series)).values("position")[:1]
        order = (Subquery(place).asc(), *order)
    return array("q", filtered(filters, everything).order_by(*order, "pk").values_list("pk", flat=True))


@lru_cache(8)
def archives(stamp: Stamp) -> int:
    """How many archives came into the library as a whole."""
    return Record.objects.exclude(container=None).aggregate(count=Count("container", distinct=True))["count"]


@lru_cache(200)
def drawn_facets(filters: Filters, sort: str, stamp: Stamp, everything: bool) -> SafeString:
    """The facets as markup, "" where there are none; the same on every page of a list."""
    found = list(facets(Choice(filters, sort, 1), stamp, everything))
    return render_to_string("web/facets.html", {"facets": found}) if found else SafeString("")


def facets(choice: Choice, stamp: Stamp, everything: bool) -> Iterator[Facet]:
    """What the list can be narrowed to, with how many works each value would leave."""
    for name in FACETS:
        others = tuple(chosen for chosen in choice.filters if chosen[0] != name)
        counts = counted(name, others, stamp, everything)
        chosen = dict(choice.filters).get(name, "")
        if chosen and all(fold(value) != fold(chosen) for value, _ in counts):
            counts = (*counts, (chosen, filtered(choice.filters, everything).count()))
        values = []
        for value, count in counts:
            is_chosen = fold(value) == fold(chosen)
            if count or is_chosen:
                url = choice.url(**{name: "" if is_chosen else value})
                values.append(Value(value_name(name, value), count, url, is_chosen))
        if len(values) > 1 or any(value.chosen for value in values):
            yield Facet(name, LABELS[name], tuple(values))


@lru_cache(1000)
def counted(name: str, filters: Filters, stamp: Stamp, everything: bool) -> tuple[tuple[str, int], ...]:
    """(value, how many of the works that the filters leave have it), in the order in which they are shown. Counted once
    as long as the library stays as it is, whatever else is chosen of that kind, the order and the page."""
    works = filtered(filters, everything)
    if name in TAG_KINDS or name == "author":
        return _shared_counts(name, works)
    if name == "length":
        counts = works.aggregate(**{key: Count("pk", filter=condition("length", key)) for key in LENGTHS})
        return tuple((key, counts[key]) for key in LENGTHS)
    if name == "rating":
        found = dict(works.order_by().values_list("rating").annotate(count=Count("pk")))
        return tuple((key, found.get(key, 0)) for key in RATING_NAMES)
    found = dict(works.order_by().values_list("complete").annotate(count=Count("pk")))
    return tuple((key, found.get(state, 0)) for key, (_, state) in STATES.items())


def _shared_counts(name: str, works: QuerySet[Work]) -> tuple[tuple[str, int], ...]:
    if name == "author":
        rows = Person.works.through.objects.filter(role="author")
        value, key = "person__name", "person"
    else:
        rows = Tag.works.through.objects.filter(tag__kind=name)
        value, key = "tag__name", "tag"
    rows = rows.exclude(how=INFERRED)
    if works.query.where:
        rows = rows.filter(work__in=works.values("pk"))
    ranked = rows.order_by().values_list(key, value).annotate(count=Count("pk")).order_by("-count", value)
    return tuple((name, count) for _, name, count in ranked[:FACET_LENGTH])
