"""What people decide: questions answered, taken back, given again.

    question ─▶ answer ─▶ settled at once (a fact, two works joined, two names of one person)
                  └─────▶ an Answer, by what it was about: it is given again when the same source is read anew, and
                          travels to other libraries as a line of JSON

What files say is never changed by an answer. Whoever calls holds the library's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from ficshelf import model
from ficshelf.errors import LibraryError
from ficshelf.library import models, shelving, snapshots, twins
from ficshelf.library.shared import Shared

SAME, DIFFERENT = "same", "different"
_OF_NAMES, _BETWEEN = "same-person ", " | "  # in the key of an answer about two names
LONGEST_VALUE = 2_000  # characters of an answer in one's own words
FREE = frozenset(model.FACT_NAMES) - {"complete", "words", "part"}  # what one may answer in one's own words


class Settle(NamedTuple):
    """How answers to one kind of question take effect: `settle(question, value, shared)`; `whole` where that changes
    more of a work than what is known about it."""

    settle: Callable[[models.Question, str, Shared], None]
    whole: bool = False


class Like(NamedTuple):
    """Open questions that can be answered the same way at one stroke, each with the answer that would be given."""

    questions: tuple[tuple[int, str], ...]  # (question, value)

    @property
    def count(self) -> int:
        return len(self.questions)


def open_questions() -> QuerySet[models.Question]:
    """The questions that wait for an answer: those of one kind together, oldest first."""
    return models.Question.objects.filter(answered=None, about__in=KINDS).order_by("about", "pk")


def like(question: models.Question, value: str) -> Like:
    """What else would be answered if `value` were the answer to all questions like this one: those of its kind that
    offer an answer for the same reason (or, where no reason is given, the same answer)."""
    why = _reason(question, value)
    if value not in [offered for offered, _ in question.answers]:
        return Like(())
    found = []
    others = open_questions().filter(about=question.about).exclude(pk=question.pk)
    for other in others.only("answers", "about").iterator(500):
        for offered, reason in other.answers:
            if reason == why and (offered == value or question.about in model.FACT_NAMES):
                found.append((other.pk, offered))
                break
    return Like(tuple(found))


def answer(question: models.Question, value: str, *, alike: bool = False) -> int:
    """Answer a question, and with `alike` all those like it. Returns how many were answered. Raises LibraryError for an
    answer that the question does not take."""
    value = " ".join(value.replace("\0", " ").split())[:LONGEST_VALUE]
    if value not in [offered for offered, _ in question.answers] and question.about not in FREE:
        raise LibraryError(f"That is no answer to this question. Choose one of: {_offered(question)}.")
    others = like(question, value).questions if alike else ()
    batch = next_batch()
    count = 0
    for pk, its_value in ((question.pk, value), *others):
        shared = Shared()
        with transaction.atomic():
            row = models.Question.objects.filter(pk=pk, answered=None).first()
            if row is None:
                continue  # answered meanwhile, or gone with a work that another answer joined
            give(row, its_value, batch, shared)
            count += 1
    return count


def next_batch() -> int:
    """The number of the next answers that are given at one stroke."""
    return (models.Answer.objects.aggregate(last=Max("batch"))["last"] or 0) + 1


def last() -> list[models.Answer]:
    """The answers that `undo` would take back. What was said of several works together is one."""
    given = models.Answer.objects.filter(batch=next_batch() - 1).exclude(batch=0).exclude(before=b"")
    return list(given.order_by("-pk").defer("before"))


def undo() -> int:
    """Take back the answers that were given last, all those given at one stroke. Everything is as it was before.
    Returns how many were taken back."""
    rows = last()
    with transaction.atomic():
        models.Answer.objects.filter(batch__in={row.batch for row in rows}, before=b"").delete()
        for row in rows:
            before = models.Answer.objects.values_list("before", flat=True).get(pk=row.pk)
            if row.about == "same-person" and row.value == SAME:
                _part(models.Question.objects.filter(pk=snapshots.question_of(before)).first())
            if not snapshots.restore(before):
                _take_back_alone(row, before)
            row.delete()
    return len(rows)


def _part(question: models.Question | None) -> None:
    """Two names are no more one person's."""
    if question is not None:
        pair = (question.person, question.other_person)
        models.Alias.objects.filter(person__in=pair, other__in=pair).delete()


def _take_back_alone(answer: models.Answer, before: bytes) -> None:
    """Take back an answer about works that have changed since in another way: only what was decided."""
    if KINDS[answer.about].whole and answer.value != DIFFERENT:
        raise LibraryError(
            "The two stories were joined, and files of theirs were added since: that cannot be taken back any more. "
            "The version that was joined is among the earlier versions of the work."
        )
    for pk in snapshots.restore_decisions(before):
        if row := models.Work.objects.filter(pk=pk).first():
            asked = models.Question.objects.filter(work=row, about=answer.about).exclude(answered=None)
            asked.update(answer="", answered=None)
            shelving.refresh(row)


def give(question: models.Question, value: str, batch: int, shared: Shared) -> None:
    """Settle a question and remember the answer."""
    kind = KINDS[question.about]
    works = [pk for pk in (question.work_id, question.other_id) if pk]
    before = snapshots.take(works, question.pk, whole=kind.whole and value != DIFFERENT)
    sha256, other, key = key_of(question)
    models.Answer.objects.filter(key=key).delete()
    question.answer, question.answered = value, timezone.now()
    question.save()
    kind.settle(question, value, shared)
    models.Answer.objects.create(
        about=question.about,
        key=key,
        sha256=sha256,
        other_sha256=other,
        text=question.text,
        value=value,
        evidence=_reason(question, value),
        batch=batch,
        before=snapshots.pack(before),
    )


# -- what an answer was about, whatever the numbers of rows


def key_of(question: models.Question) -> tuple[str, str, str]:
    """The source that a question is about, that of the other work it is about, and the key of its answer."""
    if question.about == "same-person":
        folds = sorted(one.fold for one in (question.person, question.other_person) if one)
        return "", "", f"{_OF_NAMES}{_BETWEEN.join(folds)}"[:500]
    sha256 = question.source.sha256
    if question.about == "same-work":
        other = first_source(question.other_id)
        return sha256, other, key_of_works(sha256, other)
    return sha256, "", f"{question.about} {sha256} {_place(question)}"


def names_in(key: str) -> list[str]:
    """The folded names that the key of an answer about two names tells."""
    return key.removeprefix(_OF_NAMES).split(_BETWEEN)


def key_of_works(sha256: str, other: str) -> str:
    """The key of an answer about two works, whichever of them came first."""
    return f"same-work {' '.join(sorted((sha256, other)))}"


def first_source(work: int | None) -> str:
    """The sha256 of the first source of a work."""
    first = models.WorkSource.objects.filter(work=work).order_by("position")
    return first.values_list("source__sha256", flat=True).first() or ""


def _place(question: models.Question) -> int:
    """Which of the works of its source a question is about, from 0."""
    works = models.WorkSource.objects.filter(source=question.source_id).order_by("work").values_list("work", flat=True)
    return list(dict.fromkeys(works)).index(question.work_id) if question.work_id in works else 0


# -- given again


class Replay:
    """Gives answers again while sources are added. Costs nothing where there are none."""

    def __init__(self) -> None:
        self.has_any = models.Answer.objects.exists()

    def work(self, work: models.Work, digests: Collection[str], shared: Shared) -> int:
        """Give the answers again that concern a work that was just stored, read from these sources. Returns how many
        of its open questions that settled."""
        if not self.has_any:
            return 0
        about = models.Answer.objects.filter(Q(sha256__in=digests) | Q(other_sha256__in=digests))
        answers = {row.key: row for row in about.defer("before")}
        settled = 0
        for name, value in models.Decision.objects.filter(work=work).values_list("name", "value"):
            settled += _close(work, name, value)
        if not answers:
            return settled
        for question in models.Question.objects.filter(work=work, answered=None, about__in=KINDS).order_by("pk"):
            answer = said(question, answers.values())
            if answer is not None:
                again(question, answer, shared)
                settled += 1
        if models.Work.objects.filter(pk=work.pk).exists():  # else it was joined with another
            self._facts(work, [row for row in answers.values() if row.about in model.FACT_NAMES], shared)
        return settled

    def _facts(self, work: models.Work, answers: Sequence[models.Answer], shared: Shared) -> None:
        """What was decided holds too where this reading asks no more."""
        decided = set(models.Decision.objects.filter(work=work).values_list("name", flat=True))
        changed = False
        for row in answers:
            if row.about in decided:
                continue
            source = models.Source.objects.filter(sha256=row.sha256).first()
            asked = models.Question(about=row.about, work=work, source=source)
            if source and key_of(asked)[2] == row.key:
                models.Decision.objects.create(work=work, name=row.about, value=row.value)
                row.is_waiting = False
                row.save(update_fields=["is_waiting"])
                changed = True
        if changed:
            shelving.refresh(work, shared)


def said(question: models.Question, answers: Iterable[Any]) -> Any:
    """What these answers say to a question. Of two works it may be said by any of their sources: that they are
    different counts before all else, and which of them to show before that they are one."""
    if question.about != "same-work":
        key = key_of(question)[2]
        return next((one for one in answers if one.key == key), None)
    ours, theirs = set(digests(question.work_id)), set(digests(question.other_id))
    found = [
        one
        for one in answers
        if one.about == question.about
        and ((one.sha256 in ours and one.other_sha256 in theirs) or (one.sha256 in theirs and one.other_sha256 in ours))
    ]
    return min(found, key=lambda one: (one.value != DIFFERENT, one.value not in twins.TURNED), default=None)


def again(question: models.Question, answer: models.Answer, shared: Shared | None = None) -> None:
    """Give an answer once more, to the same question asked anew."""
    question.answer, question.answered = value_of(question, answer), timezone.now()
    question.save()
    answer.is_waiting = False
    answer.save(update_fields=["is_waiting"])
    KINDS[question.about].settle(question, question.answer, shared or Shared())


def value_of(question: models.Question, answer: Any) -> str:
    """What an answer says where the two works may stand the other way round: they came in another order."""
    is_turned = answer.value in twins.TURNED and answer.sha256 not in digests(question.work_id)
    return twins.TURNED[answer.value] if is_turned else answer.value


def digests(work: int | None) -> Iterator[str]:
    return iter(models.WorkSource.objects.filter(work=work).values_list("source__sha256", flat=True))


# -- how answers take effect


def _fact(question: models.Question, value: str, shared: Shared) -> None:
    """A fact that a person decided, in place of what files say; "" says that there is none."""
    work = question.work
    if work is None:
        return
    models.Decision.objects.filter(work=work, name=question.about).delete()
    models.Decision.objects.create(work=work, name=question.about, value=value)
    _close(work, question.about, value)
    shelving.refresh(work, shared)


def _close(work: models.Work, about: str, value: str) -> int:
    """What is decided of a work is asked of none of its sources any more."""
    asked = models.Question.objects.filter(work=work, about=about, answered=None)
    return asked.update(answer=value, answered=timezone.now())


def _same_person(question: models.Question, value: str, shared: Shared) -> None:
    if value == SAME and question.person and question.other_person:
        one, other = sorted((question.person, question.other_person), key=lambda person: person.pk)
        models.Alias.objects.get_or_create(person=one, other=other)


KINDS: dict[str, Settle] = {
    **{name: Settle(_fact) for name in model.FACT_NAMES},
    "same-work": Settle(twins.settle, whole=True),
    "same-person": Settle(_same_person),
}


def _reason(question: models.Question, value: str) -> str:
    return next((why for offered, why in question.answers if offered == value), "")


def _offered(question: models.Question) -> str:
    return ", ".join(f"“{value}”" for value, _ in question.answers)
