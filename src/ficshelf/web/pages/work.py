"""A work: what is known about it, what is in doubt, its chapters, and where it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from typing import NamedTuple

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ficshelf import model
from ficshelf.library import groups, kin, twins, works
from ficshelf.library.models import Chapter, Place, Question, Remark, Review, Work, WorkSource
from ficshelf.library.places import file_name
from ficshelf.library.visibility import may_see
from ficshelf.remarks import KINDS
from ficshelf.web import addresses
from ficshelf.web.answers import answer_about
from ficshelf.web.cards import RATING_NAMES, Link, cards, title_of
from ficshelf.web.labels import ABOUT, FACTS, PROSE, chapter_label, day_name, day_of, size
from ficshelf.web.owner import is_owner
from ficshelf.web.pages.shelf import TAG_KINDS
from ficshelf.writers.mail_addresses import holds_one, name_without, without_addresses
from ficshelf.writers.markup import safe_link

# Remarks on what was put right; every other remark is a doubt, or tells how the file was read.
REPAIRS = (
    "mojibake-repaired",
    "codes-read",
    "lines-joined",
    "verse-lines-restored",
    "paragraph-parted",
    "break-unglued",
    "label-misspelt",
    "control-characters",
    "too-deep",
    "encoding-lied",
)


class Stated(NamedTuple):
    """A fact as it is shown: its values, each perhaps leading to the works that share it."""

    label: str
    values: tuple[Link, ...]


class Guess(NamedTuple):
    """What is only thought to be so, and why."""

    label: str
    value: str
    evidence: str
    sureness: str


class Other(NamedTuple):
    """A work that may be the same story."""

    title: str
    guessed: bool
    url: str
    words: int
    files: tuple[str, ...]
    told: tuple[str, ...]  # what both have in common
    compare: str  # where they stand side by side


class Asked(NamedTuple):
    """A question that only a person can settle; `other` is the work that it is about, too."""

    text: str
    answers: tuple[model.Answer, ...]
    other: Other | None


class Noticed(NamedTuple):
    """The remarks of one kind: what it means, and what each says."""

    sentence: str
    count: int
    texts: tuple[str, ...]


class Found(NamedTuple):
    """A file that the work was read from."""

    name: str
    container: str  # the name of the zip or the like it lay in, or ""
    url: str
    size: str
    encoding: str


class Contents(NamedTuple):
    """A chapter in the list of chapters."""

    url: str
    label: str
    words: int


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a work."""
    places = Place.objects.aggregate(last=Max("pk"))["last"]
    owner = is_owner(request)
    return answer_about(request, pk, ("work", places), lambda: render_to_string("web/work.html", page(pk, owner)))


def page(pk: int, owner: bool) -> dict[str, object]:
    """Everything that the template shows."""
    work = Work.objects.defer("sketch").get(pk=pk)
    facts = kin.with_fandom(pk, works.facts(work))
    remarks = list(work.remarks.order_by("pk"))
    chapters = contents(work)
    asked = Question.objects.filter(Q(work=pk) | Q(other=pk), answered=None).order_by("pk")
    if not owner:
        asked = asked.filter(Q(other=None) | may_see(owner, "other__"), may_see(owner, "work__"))
    asked = list(asked.select_related("work", "other").defer("work__sketch", "other__sketch"))
    return {
        "card": cards([pk])[pk],
        "full": True,
        "summary": [without_addresses(text) for text in known(facts, "summary")],
        "facts": [
            Stated(label, _links(name, values))
            for name, label in FACTS.items()
            if (values := known(facts, name)) and not (name == "part" and len(values) > 1)  # the chapters say it
        ],
        "prose": [
            (label, [without_addresses(text) for text in texts])
            for name, label in PROSE.items()
            if (texts := known(facts, name))
        ],
        "chapters": chapters,
        "only": chapters[0] if len(chapters) == 1 else None,
        "guesses": guesses(facts, {(one.about, value) for one in asked for value, _ in one.answers}),
        "questions": questions(asked, pk),
        "doubts": noticed(remark for remark in remarks if remark.kind not in REPAIRS),
        "repairs": noticed(remark for remark in remarks if remark.kind in REPAIRS),
        "copies": addresses.copies(pk),
        "copies_count": len(groups.of(pk)) if any(one.about == "same-work" for one in asked) else 1,
        "kept": work.versions.count(),
        "found": found(work),
        "reviews": Review.objects.filter(work=pk).count(),
        "reviews_url": addresses.reviews(pk),
        "beside": addresses.beside(pk, 1) if chapters else "",
        "epub": addresses.epub(pk),
        "answer": addresses.questions(pk) if owner and asked else "",
    }


def known(facts: model.Facts, name: str) -> list[str]:
    """The values of a fact that are stated or decided, each once."""
    return list(dict.fromkeys(str(fact.value) for fact in facts.get(name, ()) if fact.how != model.INFERRED))


def _links(name: str, values: list[str]) -> tuple[Link, ...]:
    """The values of a fact as they are shown: of many days only the first and the last."""
    if name in ("published", "updated"):
        days = [day_of(value) for value in values]
        values = list(dict.fromkeys(day_name(day) if day else value for day, value in zip(days, values, strict=True)))
        if len(values) > 1 and all(days):
            values = [f"{day_name(min(filter(None, days)))} to {day_name(max(filter(None, days)))}"]
    return tuple(_link(name, value) for value in values)


def _link(name: str, value: str) -> Link:
    """A value, leading to the works that share it, or to the page that the story came from."""
    if name in TAG_KINDS:
        value = name_without(value)
        return Link(value, addresses.shelf(**{name: value}))
    if name == "url":
        return Link(_kept_back(value), safe_link(value) if not holds_one(value) else "")
    return Link(_kept_back(value), "")


def _kept_back(text: str) -> str:
    """The text; where it holds people's mail addresses, without them, and saying so."""
    shown = without_addresses(text)
    return text if shown == text else f"{shown.strip()} (a mail address is kept back)".strip()


def guesses(facts: model.Facts, asked: Container[tuple[str, str]] = ()) -> list[Guess]:
    """What is inferred, each value once, but for what is stated as well, and what is asked anyway as (name, value)."""
    out: dict[tuple[str, str], Guess] = {}
    for name, of_name in facts.items():
        stated = known(facts, name)
        for fact in of_name:
            value = str(fact.value)
            if fact.how == model.INFERRED and value not in stated and (name, value) not in asked:
                sureness = f"{fact.confidence:.0%} sure" if fact.confidence is not None else ""
                guess = Guess(
                    ABOUT.get(name, name), _shown(name, fact.value), without_addresses(fact.evidence), sureness
                )
                out.setdefault((name, value), guess)
    return list(out.values())


def _shown(name: str, value: str | bool) -> str:
    if name == "complete":
        return "yes" if value in (True, "true") else "no"
    return RATING_NAMES.get(str(value), str(value)) if name == "rating" else without_addresses(str(value))


_NAMED = {
    "same": "the same story",
    "newer": "the same story, and this is the newer version",
    "older": "the same story, and the other is the newer version",
    "part": "one is a piece of the other",
    "different": "another story",
}


def questions(asked: Iterable[Question], pk: int) -> list[Asked]:
    """The open questions about a work, each with the answers on offer; also one that another work asks about this."""
    out = []
    for one in asked:
        if one.about != "same-work" or not one.work or not one.other:
            answers = tuple(
                model.Answer(name_without(str(value)), without_addresses(why)) for value, why in one.answers
            )
            out.append(Asked(without_addresses(one.text) or ABOUT.get(one.about, one.about), answers, None))
            continue
        is_first = one.work_id == pk
        other, evidence = (one.other, one.evidence) if is_first else (one.work, twins.turned(one.evidence))
        named = _NAMED if is_first else _NAMED | {"newer": _NAMED["older"], "older": _NAMED["newer"]}
        answers = tuple(model.Answer(named.get(value, str(value)), str(why)) for value, why in one.answers)
        files = tuple(file.name for file in found(other))
        shown = Other(
            title_of(other),
            bool(other.suggested_title and not other.title),
            addresses.work(other.pk),
            other.words,
            files,
            tuple(twins.told(evidence, "this one", "that one")),
            addresses.compare(pk, other.pk),
        )
        out.append(Asked(f"Is this the same story as “{shown.title}”?", answers, shown))
    return out


def noticed(remarks: Iterable[Remark]) -> list[Noticed]:
    """Remarks gathered by kind, each saying once what it says several times."""
    by_kind: dict[str, Counter[str]] = {}
    for remark in remarks:
        by_kind.setdefault(remark.kind, Counter())[without_addresses(remark.text)] += 1
    return [
        Noticed(KINDS.get(kind, kind), texts.total(), tuple(text for text in list(texts)[:20] if text))
        for kind, texts in by_kind.items()
    ]


def contents(work: Work) -> list[Contents]:
    """The chapters of a work by name, without their text."""
    rows = list(
        Chapter.objects.filter(work=work).order_by("position").values_list("position", "number", "title", "words")
    )
    return [
        Contents(
            addresses.chapter(work.pk, position),
            chapter_label(number, title, position, len(rows)) or "Read the story",
            words,
        )
        for position, number, title, words in rows
    ]


def found(work: Work) -> list[Found]:
    """The files that the work was read from, each by the name that it was found under first."""
    rows = WorkSource.objects.filter(work=work).order_by("position").select_related("source")
    sources = [row.source for row in rows]
    first: dict[int, Place] = {}
    containers: dict[int, str] = {}
    places = Place.objects.filter(source__in=sources).order_by("pk").select_related("container")
    for place in places:
        first.setdefault(place.source_id, place)
    holding = [place.container_id for place in first.values() if place.container_id]
    for source, path in Place.objects.filter(source__in=holding).order_by("pk").values_list("source", "path"):
        containers.setdefault(source, file_name(path))
    return [
        Found(
            file_name(first[source.pk].path) if source.pk in first else f"{source.sha256[:12]}…",
            containers.get(first[source.pk].container_id or 0, "") if source.pk in first else "",
            addresses.original(source.sha256),
            size(source.size),
            source.encoding,
        )
        for source in sources
    ]
