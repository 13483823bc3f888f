"""One person under several names: found by evidence alone, and confirmed by a person.

A mail address or a home page that stands with two names, a name that says what it was before: each is a clue, kept as a
digest. Clues that meet become a question; nobody is made one with anybody before it is answered. Works stay credited to
the name that they carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations, groupby, pairwise
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from ficshelf import addresses, model, names
from ficshelf.library import models
from ficshelf.library.decisions import DIFFERENT, SAME, again, key_of
from ficshelf.library.places import keyed_digest as digest
from ficshelf.library.slices import slices
from ficshelf.writers.mail_addresses import addresses_in, name_without

MOST_NAMES = 6  # that one clue may join: more have the address of a list or an archive in common
LONGEST_NAME = 60
TOLD_BY = ("author", "feedback", "note", "dedication")  # the facts in which authors tell of themselves

_FORMERLY = re.compile(
    r"\b(?:formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?|(?:also|once|better)\s+known\s+as|a\.?k\.?a\.?|"
    r"(?:used\s+to\s+)?(?:write|writing|wrote|post(?:ed|ing)?)\s+as|n[ée]e)\b[:\s]+[\"“‘']?([^\n,;.()\[\]\"”’/|]{2,60})",
    re.IGNORECASE,
)
# By-lines of otwarchive: `Marsh Wren (adafenn)` is a pen name of the account adafenn.
_OF_ACCOUNTS = "otwarchive"
_ACCOUNT = re.compile(r"[^()]+ \(([\w.-]{3,40})\)")
_NOBODYS = frozenset({"orphan_account", "Anonymous"})
WHY = {
    "mail": "the same mail address stands with both names",
    "page": "both name the page {}",
    "account": "both are names of the account “{}”",
}  # what is said of a clue that two names share, by its kind
_URL = re.compile(r"\bhttps?://[^\s<>\"')\]]{4,300}", re.IGNORECASE)
_PAGE_KINDS = (None, addresses.PERSON)  # pages of nobody's program, and profiles: a story's page tells of no person


class Found(NamedTuple):
    """A clue: its kind (mail, page, name, account), what it is compared by, and what of it may be shown."""

    kind: str
    key: str
    shown: str = ""


# -- clues


def note(facts: model.Facts, source: int) -> None:
    """Note what a work tells of who wrote it. Where several did, nobody can say of whom it tells."""
    stated = [str(fact.value) for fact in facts.get("author", ()) if fact.how != model.INFERRED]
    authors = {names.fold(name_without(name)): name for name in stated}
    people = {row.fold: row for row in models.Person.objects.filter(fold__in=list(authors))}
    urls = [str(fact.value) for fact in facts.get("url", ())]
    if any((at := addresses.read(url)) is not None and at.program == _OF_ACCOUNTS for url in urls):
        for fold, name in authors.items():
            if fold in people and (found := _ACCOUNT.fullmatch(name_without(name))) and found[1] not in _NOBODYS:
                _keep(people[fold], [Found("account", names.fold(found[1]), found[1])], source)
    if len(authors) == len(people) == 1:
        told = [str(fact.value) for name in TOLD_BY for fact in facts.get(name, ()) if fact.how != model.INFERRED]
        own = {names.url_key(url) for url in urls}
        _keep(next(iter(people.values())), (one for one in clues(told) if one.key not in own), source)


def note_archive(container: int, hear: Callable[[str, int, int], None] = lambda what, done, of: None) -> None:
    """Note what an archive's own rows tell of its members: sealed addresses, pages, former names. `hear` is told how
    many are done of how many."""
    members = models.Record.of(container).filter(kind="person").exclude(person=None)
    rows = list(members.select_related("person").only("source", "name", "told", "person"))
    forget([container, *(row.source_id for row in rows)])
    by_name = {row.name: row.person for row in rows}
    for who, value in models.Sealed.objects.filter(container=container).values_list("who", "value"):
        if who in by_name:
            _keep(by_name[who], (one for one in clues([value]) if one.kind == "mail"), container)
    for done, row in enumerate(rows):
        hear("Members", done, len(rows))
        _keep(row.person, clues([value for name, value, *_ in row.told if name]), row.source_id)


def forget(sources: Sequence[int]) -> None:
    """These sources are read anew: what they told counts no more."""
    for some in slices(sources):
        models.Clue.objects.filter(source__in=some).delete()


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


def _keep(person: models.Person, found: Iterable[Found], source: int) -> None:
    rows = [
        models.Clue(person=person, kind=one.kind, digest=digest(one.kind, one.key), shown=one.shown, source_id=source)
        for one in found
        if not (one.kind == "name" and one.key == names.match(person.name))
    ]
    if rows:
        models.Clue.objects.bulk_create(rows, ignore_conflicts=True)


# -- questions


def ask() -> int:
    """Ask of each two names that a clue joins whether they are one person's: once, and not where that would follow from
    what is asked already. What nothing speaks for any more is asked no more. Returns how many wait for an answer that
    did not before."""
    joined: dict[tuple[int, int], tuple[models.Person, models.Person, list[str], int]] = {}
    for one, other, why, source in _joined():
        joined.setdefault(_pair(one.pk, other.pk), (one, other, [], source))[2].append(why)
    rows = models.Question.objects.filter(about="same-person").only("person", "other_person", "answer", "answered")
    asked = {_pair(row.person_id, row.other_person_id): row for row in rows}
    idle = [pair for pair, row in asked.items() if pair not in joined and row.answered is None]
    models.Question.objects.filter(pk__in=[asked.pop(pair).pk for pair in idle]).delete()
    groups = _Groups()
    for pair in models.Alias.objects.values_list("person", "other"):
        groups.join(*pair)
    for pair, row in asked.items():
        if row.answer != DIFFERENT:
            groups.join(*pair)
    given = {row.key: row for row in models.Answer.objects.filter(about="same-person").defer("before")}
    count = 0
    for pair, (one, other, reasons, source) in joined.items():
        if pair in asked or not groups.join(*pair):
            continue
        row = models.Question(
            source_id=source,
            about="same-person",
            person=one,
            other_person=other,
            text=question(one, other),
            answers=[[SAME, "; ".join(dict.fromkeys(reasons))], [DIFFERENT, ""]],
        )
        row.save()
        if answer := given.get(key_of(row)[2]):
            again(row, answer)
        else:
            count += 1
    return count


def question(one: models.Person, other: models.Person) -> str:
    """The question whether two names are one person's, in words."""
    return f"Are “{name_without(one.name)}” and “{name_without(other.name)}” one person?"


def _pair(one: int | None, other: int | None) -> tuple[int, int]:
    return min(one or 0, other or 0), max(one or 0, other or 0)


class _Groups:
    """Numbers in groups that can be joined."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def join(self, one: int, other: int) -> bool:
        """Put two numbers into one group; false where they are in one already."""
        one, other = self._top(one), self._top(other)
        self._above[one] = other
        return one != other

    def _top(self, one: int) -> int:
        while (above := self._above.get(one, one)) != one:
            self._above[one] = self._above.get(above, above)
            one = above
        return one


def _joined() -> Iterator[tuple[models.Person, models.Person, str, int]]:
    """Pairs of names that a clue joins, with the reason in words and the source that told it."""
    shared = models.Clue.objects.values("digest").annotate(count=Count("person", distinct=True))
    for row in shared.filter(count__gt=1, count__lte=MOST_NAMES, kind__in=tuple(WHY)).order_by("digest"):
        found = models.Clue.objects.filter(digest=row["digest"]).select_related("person").order_by("person", "source")
        its = [next(clues) for _, clues in groupby(found, key=lambda clue: clue.person_id)]
        for one, other in combinations(its, 2):
            yield one.person, other.person, WHY[one.kind].format(one.shown), other.source_id
    by_name: dict[str, list[models.Clue]] = {}
    for clue in models.Clue.objects.filter(kind__in=("name", "account")).select_related("person"):
        by_name.setdefault(names.fold(clue.shown), []).append(clue)
    found = (models.Person.objects.filter(fold__in=some).order_by("pk") for some in slices(list(by_name)))
    for person in chain.from_iterable(found):
        for clue in by_name[person.fold]:
            if clue.person_id != person.pk:
                teller = name_without(clue.person.name)
                why = "“{}” says so of “{}”" if clue.kind == "name" else "“{}” is a name of the account “{}”"
                yield clue.person, person, why.format(teller, clue.shown), clue.source_id


def told_in(person: models.Person, other: models.Person) -> list[int]:
    """The sources in which stands what joins a name with another one, on this name's side."""
    theirs = set(models.Clue.objects.filter(person=other).values_list("digest", flat=True))
    rows = models.Clue.objects.filter(person=person).order_by("source")
    fold = names.fold(other.name)
    return [row.source_id for row in rows if row.digest in theirs or (row.shown and names.fold(row.shown) == fold)]


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


def part(person: models.Person) -> int:
    """Take back that a name is one person's with others, whenever that was answered; those stay with each other. It is
    remembered as an answer, and asked no more. Returns how many names it was joined with."""
    others = everyone(person)[1:]
    edges = models.Alias.objects.filter(person=person) | models.Alias.objects.filter(other=person)
    near = sorted({pk for edge in edges.values_list("person", "other") for pk in edge} - {person.pk})
    edges.delete()
    for one, other in pairwise(near):  # they were one person's by way of this name
        models.Alias.objects.get_or_create(person_id=one, other_id=other)
    for other in others:
        pair = models.Question(about="same-person", person=person, other_person=other)
        kept = {"about": "same-person", "value": DIFFERENT, "batch": 0, "before": b"", "text": question(person, other)}
        models.Answer.objects.update_or_create(key=key_of(pair)[2], defaults=kept)
        asked = models.Question.objects.filter(about="same-person", person__in=(person, other))
        asked.filter(other_person__in=(person, other)).update(answer=DIFFERENT, answered=timezone.now())
    return len(others)


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
