"""Who may see which work: the one place that says so, asked by every page, list, count, search and download.

An old archive kept some works for its members, or had not let them out yet. The owner sees all of them, marked; for
everybody else they are not there, and nothing tells that they are.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ficshelf.library import leaving_out
from ficshelf.library.models import Source, Work

MARKS = {"members": "For members only", "hidden": "Hidden"}  # by Work.visibility


def may_see(owner: bool, work: str = "") -> Q:
    """The condition that a work may be seen; `work` is the way to it from the table asked ("work__")."""
    return Q() if owner else Q(**{f"{work}visibility": ""})


def works(owner: bool) -> QuerySet[Work]:
    """The works that may be seen."""
    return Work.objects.filter(may_see(owner))


def some_hidden() -> bool:
    """Whether there are works that not everybody may see; in most libraries there are none, and lists are quicker."""
    return Work.objects.exclude(visibility="").exists()


def may_have(source: Source, owner: bool) -> bool:
    """Whether a file may be handed out as it was found: it holds a work, and none that may not be seen. A container
    (a zip, a dump) holds more than the works made of it, and is the owner's alone."""
    if owner:
        return True
    held = Work.objects.filter(sources=source)
    is_container = source.outcome == "opened" or source.contents.exists()
    if is_container or leaving_out.holds_some(source):
        return False
    return held.exists() and not held.exclude(may_see(owner)).exists()
