"""What a person says of several works at one stroke: that they are one story, or that they are several.

It is one answer to take back, and remembered for every pair of them, so that it is given again in whatever order their
files are added to another library. Whoever calls holds the library's lock.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from django.db import transaction
from django.utils import timezone

from ficshelf.errors import LibraryError
from ficshelf.library import decisions, models, snapshots
from ficshelf.library.decisions import DIFFERENT, SAME
from ficshelf.library.groups import Pair, pair_of
from ficshelf.library.merging import merge

OF_ALL = "said of all copies together"
GONE = "One of these works is not there any more: it was joined with another or taken down. Look at them again."


def one_story(copies: Collection[int], front: int, others: Collection[int] = ()) -> int:
    """These works are copies of one story, `front` is shown, and each of `others` is another story. Nothing of a copy
    is lost: it is kept behind the one in front. Returns the work that they are now. Raises LibraryError where one of
    them is gone."""
    said: dict[Pair, str | int] = dict.fromkeys(combinations(sorted(copies), 2), SAME)
    said |= {pair_of(front, one): front for one in copies if one != front}
    said |= {pair_of(one, other): DIFFERENT for one in copies for other in others}
    with _remembered(said, whole=True):
        rows = models.Work.objects.in_bulk(copies)
        now = rows[front]
        for pk in sorted(set(copies) - {front}):
            now = merge(now, rows[pk], now)
    return int(now.pk)


def all_different(works: Collection[int]) -> None:
    """Each of these works is another story. Raises LibraryError where one of them is gone."""
    with _remembered(dict.fromkeys(combinations(sorted(works), 2), DIFFERENT), whole=False):
        pass


@contextlib.contextmanager
def _remembered(said: Mapping[Pair, str | int], whole: bool) -> Iterator[None]:
    """Close what was asked about pairs of works, do what follows from what is said of them (an answer, or which of them
    is shown), and write it down: one batch, whose first answer knows how all was before. All of it or nothing."""
    works = sorted({one for pair in said for one in pair})
    with transaction.atomic():
        if models.Work.objects.filter(pk__in=works).count() < len(works):
            raise LibraryError(GONE)
        before = snapshots.take(works, 0, whole=whole)
        answers = _answers(said)
        yield
        models.Answer.objects.filter(key__in=answers).delete()
        next(iter(answers.values())).before = snapshots.pack(before)
        models.Answer.objects.bulk_create(answers.values())


def _answers(said: Mapping[Pair, str | int]) -> dict[str, models.Answer]:
    """The answers, by their keys; what was asked is closed."""
    works = {one for pair in said for one in pair}
    asked = models.Question.objects.filter(work__in=works, other__in=works, about="same-work", answered=None)
    questions = {pair_of(one.work_id, one.other_id): one for one in asked.select_related("source")}
    batch = decisions.next_batch()
    answers: dict[str, models.Answer] = {}
    for pair, shown in said.items():
        question = questions.get(pair)
        work, other = (question.work_id, question.other_id) if question else pair[::-1]
        value = shown if isinstance(shown, str) else "first" if shown == work else "second"
        if question:
            sha256, theirs, key = decisions.key_of(question)
            question.answer, question.answered = value, timezone.now()
            question.save(update_fields=["answer", "answered"])
        else:
            sha256, theirs = decisions.first_source(work), decisions.first_source(other)
            key = decisions.key_of_works(sha256, theirs)
        answers[key] = models.Answer(
            about="same-work", key=key, sha256=sha256, other_sha256=theirs, value=value, batch=batch,
            text=question.text if question else "", evidence=OF_ALL,
        )  # fmt: skip
    return answers
