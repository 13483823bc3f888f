"""One person under several names: found by evidence alone, and confirmed by a person.

A mail address or a home page that stands with two names, a name that says what it was before: each is a clue, kept as a
digest. Clues that meet become a question; nobody is made one with anybody before it is answered. Works stay credited to
the name that they carry.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db.models import Count

from ficshelf import addresses, model, names
from ficshelf.library import models
from ficshelf.library.decisions import again, key_of
from ficshelf.writers.mail_addresses import addresses_in, name_without

MOST_NAMES = 6  # that one clue may join: more have the address of a list or an archive in common
LONGEST_NAME = 60
TOLD_BY = ("author", "feedback", "note", "dedication")  # the facts in which authors tell of themselves

_FORMERLY = re.compile(
    r"\b(?:formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?|(?:also|once|better)\s+known\s+as|a\.?k\.?a\.?|"
    r"(?:used\s+to\s+)?(?:write|writing|wrote|post(?:ed|ing)?)\s+as|n[ée]e)\b[:\s]+[\"“‘']?([^\n,;.()\[\]\"”’/|]{2,60})",
    re.IGNORECASE,
)
_URL = re.compile(r"\bhttps?://[^\s<>\"')\]]{4,300}", re.IGNORECASE)
_PAGE_KINDS = (None, addresses.PERSON)  # pages of nobody's program, and profiles: a story's page tells of no person


class Found(NamedTuple):
    """A clue: its kind (mail, page, name), what it is compared by, and what of it may be shown."""

    kind: str
    key: str
    shown: str = ""


def digest(kind: str, key: str) -> str:
    """What a clue is kept and compared as."""
    return hashlib.sha256(f"{kind} {key}".encode("utf-8", "surrogatepass")).hexdigest()


# -- clues


def note(work: models.Work, facts: model.Facts, source: int) -> int:
    """Note what a work tells of who wrote it. Where several did, nobody can say of whom it tells. Returns how many
    clues are new."""
    authors = {
        name_without(str(fact.value)): str(fact.value) for fact in facts.get("author", ()) if fact.how != model.INFERRED
    }
    if len(authors) != 1:
        return 0
    person = models.Person.objects.filter(fold=names.fold(next(iter(authors)))).first()
    if person is None:
        return 0
    told = [str(fact.value) for name in TOLD_BY for fact in facts.get(name, ()) if fact.how != model.INFERRED]
    own = {names.url_key(str(fact.value)) for fact in facts.get("url", ())}
    return _keep(person, (one for one in clues(told) if one.key not in own), source)


def note_archive(container: int) -> int:
    """Note what an archive's own rows tell of its members: sealed addresses, pages, former names."""
    count = 0
    people = {row.name: row.person_id for row in models.Record.objects.filter(container=container, kind="person")}
    for who, value in models.Sealed.objects.filter(container=container).values_list("who", "value"):
        if people.get(who):
            person = models.Person.objects.get(pk=people[who])
            count += _keep(person, (one for one in clues([value]) if one.kind == "mail"), container)
    for row in models.Record.objects.filter(container=container, kind="person").exclude(person=None):
        count += _keep(row.person, clues([value for name, value, *_ in row.told if name]), row.source_id)
    return count


def clues(told: Iterable[str]) -> Iterator[Found]:
    """What in these texts may tell whose name a name is."""
    for text in told:
        for mail in addresses_in(text):
            yield Found("mail", mail.casefold())
        for found in _URL.findall(text):
            key = names.url_key(found.rstrip(".,;:!?"))
            read = addresses.read(found)
            if "/" in key.rstrip("/") and (read.kind if read else None) in _PAGE_KINDS:
                yield Found("page", key.casefold(), key)
        for found in _FORMERLY.findall(text):
            name = name_without(found).strip(" \"'“”‘’*_-")
            if names.match(name) and len(name) <= LONGEST_NAME:
                yield Found("name", names.match(name), name)


def _keep(person: models.Person, found: Iterable[Found], source: int) -> int:
    rows = [
        models.Clue(person=person, kind=one.kind, digest=digest(one.kind, one.key), shown=one.shown, source_id=source)
        for one in found
        if not (one.kind == "name" and one.key == names.match(person.name))
    ]
    if not rows:
        return 0
    before = models.Clue.objects.filter(person=person).count()
    models.Clue.objects.bulk_create(rows, ignore_conflicts=True)
    return models.Clue.objects.filter(person=person).count() - before


# -- questions


def some_say() -> bool:
    """Whether somebody tells of another name: whoever has it may come later."""
    return models.Clue.objects.filter(kind="name").exists()


def ask() -> int:
    """Ask of each two names that a clue joins whether they are one person's; once. Returns how many were asked."""
    questions = models.Question.objects.exclude(person=None).values_list("person", "other_person")
    asked = {tuple(sorted(pair)) for pair in questions}
    settled = set(models.Answer.objects.filter(about="same-person").values_list("key", flat=True))
    count = 0
    for person, other, why, source in _joined():
        pair = tuple(sorted((person.pk, other.pk)))
        if pair in asked or other.pk in {one.pk for one in everyone(person)}:
            continue
        asked.add(pair)
        question = models.Question(
            source_id=source,
            about="same-person",
            person=person,
            other_person=other,
            text=f"Are “{name_without(person.name)}” and “{name_without(other.name)}” one person?",
            answers=[["same", why], ["different", ""]],
        )
        question.save()
        if (key := key_of(question)[2]) in settled:
            again(question, models.Answer.objects.get(key=key))
        else:
            count += 1
    return count


def _joined() -> Iterator[tuple[models.Person, models.Person, str, int]]:
    """Pairs of names that a clue joins, with the reason in words and the source that told it."""
    shared = models.Clue.objects.values("digest").annotate(count=Count("person", distinct=True))
    for row in shared.filter(count__gt=1, count__lte=MOST_NAMES, kind__in=("mail", "page")).order_by("digest"):
        found = list(models.Clue.objects.filter(digest=row["digest"]).select_related("person").order_by("person"))
        why = "the same mail address stands with both names"
        if found[0].kind == "page":
            why = f"both name the page {found[0].shown}"
        for clue in found[1:]:
            yield found[0].person, clue.person, why, clue.source_id
    by_name: dict[str, list[models.Clue]] = {}
    for clue in models.Clue.objects.filter(kind="name").select_related("person"):
        by_name.setdefault(names.fold(clue.shown), []).append(clue)
    for person in models.Person.objects.filter(fold__in=list(by_name)):
        for clue in by_name[person.fold]:
            if clue.person_id != person.pk:
                yield (
                    clue.person,
                    person,
                    f"“{name_without(clue.person.name)}” says so of “{clue.shown}”",
                    clue.source_id,
                )


# -- who is who


def everyone(person: models.Person) -> list[models.Person]:
    """All names of whoever has this name, this one first, as far as a person confirmed them."""
    seen = {person.pk}
    waiting = {person.pk}
    while waiting:
        edges = models.Alias.objects.filter(person__in=waiting) | models.Alias.objects.filter(other__in=waiting)
        waiting = {pk for edge in edges.values_list("person", "other") for pk in edge} - seen
        seen |= waiting
    others = models.Person.objects.filter(pk__in=seen - {person.pk}).order_by("name")
    return [person, *others]


def named(name: str) -> models.Person | None:
    """The person of that name."""
    return models.Person.objects.filter(fold=names.fold(name)).first()


def with_address(address: str) -> list[str]:
    """The names that a mail address stands with: for the owner alone to ask."""
    address = address.strip().removeprefix("mailto:").strip("<>").casefold()
    found = models.Clue.objects.filter(digest=digest("mail", address)).values_list("person__name", flat=True)
    sealed = models.Sealed.objects.filter(fold=names.fold(address)[:200]).values_list("who", flat=True)
    return sorted({name_without(name) for name in (*found, *sealed)})


def works_of(people: Sequence[models.Person]) -> Collection[int]:
    """The works credited to any of these names."""
    credits = models.Credit.objects.filter(person__in=people, role="author").exclude(how=model.INFERRED)
    return set(credits.values_list("work", flat=True))
