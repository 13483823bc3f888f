"""The open questions, one after another, for the owner to settle: one key each, by keyboard and by mouse.

Nothing is kept of a visit: which question comes next stands in the address, what was answered in the library.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ficshelf.errors import LibraryError
from ficshelf.library import decisions, evidence, group_answers, groups, twins
from ficshelf.library.lock import writing
from ficshelf.library.models import Answer, Question
from ficshelf.search import index
from ficshelf.web import addresses
from ficshelf.web.answers import see_other
from ficshelf.web.labels import ABOUT
from ficshelf.web.owner import one_at_a_time, owner_only
from ficshelf.web.pages import errors
from ficshelf.writers.mail_addresses import name_without

MOST_KEYS = 9  # answers that have a key of their own


class Offer(NamedTuple):
    """An answer on offer: its key, what it says and why, and how many questions like this it would settle, too."""

    key: str
    value: str
    label: str
    why: str
    alike: int


@owner_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The next open question; by POST, an answer to one."""
    if request.method == "POST":
        return _answer(request)
    after, work = key(request.GET.get("after")), key(request.GET.get("work"))
    question = _next(after, work)
    return render(request, "web/questions.html", page(question, after, work))


@owner_only
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was answered last."""
    try:
        with one_at_a_time, writing(Path(settings.LIBRARY)):
            decisions.undo()
    except LibraryError as error:
        return refused(request, error)
    return _on(request, after=0)


def page(question: Question | None, after: int, work: int) -> dict[str, object]:
    """Everything that the template shows."""
    left = decisions.open_questions().count()
    answered = Answer.objects.filter(is_waiting=False).count()
    last = decisions.last()
    shown: dict[str, object] = {
        "question": question,
        "left": left,
        "answered": answered,
        "total": answered + left,
        "number": answered + 1 + (_up_to(after).count() if after else 0),
        "after": after,
        "about_work": work,
        "last": bool(last),
        "last_count": len(last),
        "last_label": _said(last[-1]) if last else "",
        "again": addresses.questions(),
    }
    if question is None:
        return shown
    offers = [
        Offer(
            str(nth) if nth <= MOST_KEYS else "",
            choice.value,
            choice.label,
            choice.why,
            decisions.like(question, choice.value).count,
        )
        for nth, choice in enumerate(evidence.choices(question), 1)
    ]
    return shown | {
        "about": ABOUT.get(question.about, question.about),
        "sides": [
            (side, addresses.work(side.work) if side.work else addresses.person(side.title) if side.stretches else "")
            for side in evidence.sides(question)
        ],
        "told": twins.told(question.evidence),
        "compare": addresses.compare(question.work_id, question.other_id)
        if question.work_id and question.other_id
        else "",
        "copies": addresses.copies(question.work_id) if (together := _copies(question)) > 2 else "",
        "copies_count": together,
        "offers": offers,
        "alike": max((offer.alike for offer in offers), default=0),
        "is_free": question.about in decisions.FREE,
        "longest": decisions.LONGEST_VALUE,
        "skip": f"{addresses.questions()}?{urlencode({'after': question.pk} | ({'work': work} if work else {}))}",
    }


def _copies(question: Question) -> int:
    """How many works seem to be the one story that a question about two is about."""
    return len(groups.of(question.work_id)) if question.about == "same-work" and question.work_id else 0


def _next(after: int, work: int) -> Question | None:
    """The first open question behind the one that was skipped, perhaps of one work alone."""
    asked = decisions.open_questions().select_related("work", "other", "person", "other_person", "source")
    if work:
        asked = asked.filter(Q(work=work) | Q(other=work))
    if after:
        asked = asked.exclude(pk__in=_up_to(after).values("pk"))
    return asked.first()


def _up_to(question: int) -> QuerySet[Question]:
    """The open questions that come before one that was skipped, and that one."""
    about = Question.objects.filter(pk=question).values_list("about", flat=True).first()
    if about is None:
        return Question.objects.none()
    return decisions.open_questions().filter(Q(about__lt=about) | Q(about=about, pk__lte=question)).order_by()


def _answer(request: HttpRequest) -> HttpResponse:
    """Give the answer that was sent: the value of a button, or with it words of one's own."""
    question = decisions.open_questions().filter(pk=key(request.POST.get("question"))).first()
    if question is None:  # answered meanwhile, in another window
        return _on(request, key(request.POST.get("after")))
    value = request.POST.get("value", "")
    if request.POST.get("own") == "yes":
        value = request.POST.get("words", "")
        if not value.strip():
            return _on(request, key(request.POST.get("after")))
    elif request.POST.get("none") == "yes":
        value = ""
    elif value not in [offered for offered, _ in question.answers]:
        return errors.bad_request(request)
    try:
        with one_at_a_time, writing(Path(settings.LIBRARY)):
            decisions.answer(question, value, alike=request.POST.get("alike") == "yes")
    except LibraryError as error:
        return refused(request, error)
    return _on(request, key(request.POST.get("after")))


def _on(request: HttpRequest, after: int) -> HttpResponse:
    """To the next question, by an address of our own."""
    index.catch_up_in_background(Path(settings.LIBRARY), later=True)
    work = key(request.POST.get("about_work"))
    kept = ({"after": after} if after else {}) | ({"work": work} if work else {})
    return see_other(f"{addresses.questions()}{'?' if kept else ''}{urlencode(kept)}")


def refused(request: HttpRequest, error: LibraryError) -> HttpResponse:
    """The page that says why something was not done."""
    if "another ficshelf is writing" in str(error):
        return errors.busy(request)
    return errors.say(request, 409, "That cannot be done", str(error))


def _said(answer: Answer) -> str:
    if answer.evidence == group_answers.OF_ALL:
        return "they are different stories" if answer.value == decisions.DIFFERENT else "the copies are one story"
    label = evidence.LABELS.get((answer.about, answer.value), answer.value)
    return name_without(label) or "it has none"


def key(said: str | None) -> int:
    """The number of a row that an address or a form names; 0 where it names none."""
    return addresses.number(said, longest=18)
