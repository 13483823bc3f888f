"""Works that seem to be copies of one story, two or many: who belongs together, and what is said of all at one stroke.

What is asked about pairs makes the groups: two works of which much of the text is the same are copies of each other,
and so are those that a third one joins. A piece of a longer story joins nobody, nor does a work of which a person said
that it is another story than one that is there already.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from ficshelf.library import models
from ficshelf.likeness.judge import COPIES, VERDICTS

MOST = 60  # works of a group: a page and a person can take in no more

Pair = tuple[int, int]  # numbers of works, the lower one first


def of(work: int) -> list[int]:
    """The works that seem to be one story with this one, itself among them, in the order in which they came."""
    pairs = _asked(work)
    if not pairs:
        return [work]
    apart = _apart({one for pair in pairs for one in pair})
    home = {one: {one} for pair in pairs for one in pair}
    for one, other in pairs:  # the surest first
        ours, theirs = home[one], home[other]
        if (
            ours is theirs
            or len(ours) + len(theirs) > MOST
            or any(pair_of(a, b) in apart for a in ours for b in theirs)
        ):
            continue
        ours |= theirs
        for member in theirs:
            home[member] = ours
    return sorted(home[work])


def _asked(work: int) -> list[Pair]:
    """The pairs of works, that hang together with this one, that are taken for copies and not settled; surest first."""
    seen, new = {work}, {work}
    found: dict[int, tuple[int, float, Pair]] = {}
    while new and len(seen) < 2 * MOST:
        rows = models.Question.objects.filter(
            Q(work__in=new) | Q(other__in=new), about="same-work", answered=None, evidence__verdict__in=COPIES
        ).exclude(Q(work=None) | Q(other=None))
        for pk, one, other, told in rows.values_list("pk", "work", "other", "evidence"):
            found[pk] = (VERDICTS.index(told["verdict"]), -max(told["shares"]), pair_of(one, other))
        new = {one for *_, pair in found.values() for one in pair} - seen
        seen |= new
    return [found[pk][-1] for pk in sorted(found, key=lambda pk: (found[pk], pk))]


def _apart(works: Collection[int]) -> set[Pair]:
    """The pairs of these works of which a person said that they are two stories."""
    digests: dict[str, set[int]] = {}
    links = models.WorkSource.objects.filter(work__in=works)
    for work, sha256 in links.values_list("work", "source__sha256"):
        digests.setdefault(sha256, set()).add(work)
    said = models.Answer.objects.filter(
        about="same-work", value="different", sha256__in=digests, other_sha256__in=digests
    ).values_list("sha256", "other_sha256")
    return {pair_of(one, other) for ours, theirs in said for one in digests[ours] for other in digests[theirs]}


def pair_of(one: int, other: int) -> Pair:
    """Two works as a pair."""
    return (one, other) if one < other else (other, one)
