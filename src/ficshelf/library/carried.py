"""Answers from library to library: written out a line of JSON each, and taken in, where those to questions that are not
asked yet wait."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Q

from ficshelf import model
from ficshelf.errors import LibraryError
from ficshelf.library import decisions, models, twins
from ficshelf.library.shared import Shared


class Imported(NamedTuple):
    """What came of answers from elsewhere: given at once, waiting for sources that are not here, and known already."""

    given: int
    waiting: int
    known: int


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer as it travels: a line of JSON."""

    about: str
    key: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    value: Annotated[str, msgspec.Meta(max_length=decisions.LONGEST_VALUE)]
    made: datetime.datetime
    text: str = ""
    evidence: str = ""
    sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    other_sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""


def exported() -> Iterator[str]:
    """All answers, oldest first, a line of JSON each."""
    for row in models.Answer.objects.order_by("made", "pk").defer("before").iterator(500):
        line = _Line(row.about, row.key, row.value, row.made, row.text, row.evidence, row.sha256, row.other_sha256)
        yield msgspec.json.encode(line).decode()


def imported(lines: Iterable[str]) -> Imported:
    """Take answers from elsewhere: those to open questions are given, the others wait until their source is added.
    Answers that this library has stay as they are. Raises LibraryError for a line that is none, and takes nothing."""
    decoder = msgspec.json.Decoder(_Line)
    new: dict[str, _Line] = {}
    for number, text in enumerate(lines, 1):
        try:
            line = decoder.decode(text)
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
            raise LibraryError(
                f"Line {number} is no answer that `ficshelf review --export` wrote ({error}). Nothing was taken in."
            ) from None
        if line.about not in decisions.KINDS:
            raise LibraryError(f"Line {number} answers what this ficshelf never asks. Nothing was taken in.")
        new.setdefault(line.key, line)
    count = len(new)
    batch = decisions.next_batch()
    given = 0
    with transaction.atomic():
        for key in models.Answer.objects.filter(key__in=list(new)).values_list("key", flat=True):
            new.pop(key, None)
        known = count - len(new)
        by_digest: dict[str, list[_Line]] = {}
        for line in new.values():
            for digest in {line.sha256, line.other_sha256} - {""}:
                by_digest.setdefault(digest, []).append(line)
        models.Answer.objects.bulk_create(
            models.Answer(is_waiting=True, **msgspec.structs.asdict(one)) for one in new.values()
        )
        asked = decisions.open_questions().filter(Q(source__sha256__in=by_digest) | Q(about="same-person"))
        for pk in list(asked.values_list("pk", flat=True)):
            question = decisions.open_questions().filter(pk=pk).first()
            if question is None:
                continue  # gone with a work that another answer joined
            line = _said(question, new, by_digest)
            offered = [value for value, _ in question.answers]
            if question.about == "same-work":
                offered += [*twins.TURNED, decisions.SAME]  # what may be said of several copies together
            if line is not None and (line.about in model.FACT_NAMES or line.value in offered):
                decisions.give(question, decisions.value_of(question, line), batch, Shared())
                models.Answer.objects.filter(key=line.key).update(made=line.made, is_waiting=False)
                given += 1
    return Imported(given, len(new) - given, known)


def _said(
    question: models.Question, by_key: Mapping[str, _Line], by_digest: Mapping[str, Sequence[_Line]]
) -> _Line | None:
    if question.about != "same-work":
        return by_key.get(decisions.key_of(question)[2])
    near = [line for digest in decisions.digests(question.work_id) for line in by_digest.get(digest, ())]
    found: _Line | None = decisions.said(question, near)
    return found
