"""Two works that are one story, made one: the longer one stays, and all that the other has goes along."""

from __future__ import annotations

from django.db.models import Max

from ficshelf.library import models, shelving, works
from ficshelf.library.readings import ReadChapter, ReadWork
from ficshelf.library.shared import Shared


def join(one: models.Work, other: models.Work, shared: Shared) -> models.Work:
    """Make two works one. The longer one stays (of two as long, the older); the other's files become its files, what
    only the other states is added, and where the other has text of its own it is kept whole, as a version."""
    stays, goes = sorted((one, other), key=lambda work: (-work.words, work.pk))
    shelving.gain(stays, _reading(goes), _sources(goes), shared)
    decided = set(stays.decisions.values_list("name", flat=True))
    goes.decisions.exclude(name__in=decided).update(work=stays)
    goes.remarks.update(work=stays)
    _move_versions(goes, stays)
    _move_questions(goes, stays)
    goes.delete()
    shelving.refresh(stays, shared)
    return stays


def _reading(work: models.Work) -> ReadWork:
    """A work as it would be read; its sources keep their order."""
    chapters = tuple(
        ReadChapter(row.number, row.title, row.words, row.scenes, row.story_sha256, bytes(row.blocks))
        for row in work.chapters.order_by("position")
    )
    sources = tuple(range(work.work_sources.count()))
    return ReadWork(works.stated(work), chapters, sources, work.story_sha256, bytes(work.sketch))


def _sources(work: models.Work) -> list[int]:
    return list(work.work_sources.order_by("position").values_list("source_id", flat=True))


def _move_versions(goes: models.Work, stays: models.Work) -> None:
    number = stays.versions.aggregate(last=Max("number"))["last"] or 0
    for version in goes.versions.order_by("number"):
        number += 1
        version.work, version.number = stays, number
        version.save()
    if number >= stays.version:
        stays.version = number + 1
        stays.save(update_fields=["version"])


def _move_questions(goes: models.Work, stays: models.Work) -> None:
    """Whether a third work is the same story is now asked of the one that stays; once, and never of itself."""
    asked = set(stays.questions.filter(about="same-work").values_list("other", flat=True))
    for question in goes.questions.filter(about="same-work").exclude(other=stays):
        if question.other_id not in asked:
            question.work = stays
            question.save()
    others = set(models.Question.objects.filter(other=stays).values_list("work", flat=True))
    for question in models.Question.objects.filter(about="same-work", other=goes).exclude(work=stays):
        if question.work_id not in others:
            question.other = stays
            question.save()
