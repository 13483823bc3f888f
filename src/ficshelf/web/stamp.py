"""Whether the library has changed: what a page that shows many works was made from."""

from __future__ import annotations

from django.db.models import Count, Max

from ficshelf.library.models import Work


def library_stamp() -> tuple[object, ...]:
    """Differs after every change of any work that is shown: when it was, and how many works there are. One query, over
    an index."""
    found = Work.objects.aggregate(last=Max("changed"), count=Count("pk"))
    return (found["last"], found["count"])
