"""Which works somebody means who names them: by number, address, identity or title."""

from __future__ import annotations

import re

from django.db.models import Q

from ficshelf import names
from ficshelf.errors import FicshelfError
from ficshelf.library import old_addresses
from ficshelf.library.models import OldAddress, Work
from ficshelf.library.places import shown

_ADDRESS = re.compile(r"(?:https?://[^/\s]+)?/?works/(\d{1,18})(?:[/?#].*)?")


def works(asked: str) -> list[int]:
    """The work of that number, address or identity; else those of that title; else those whose title has all of the
    words. Raises FicshelfError where there is none."""
    asked = asked.strip()
    number = asked.lstrip("#")
    if found := _ADDRESS.fullmatch(asked):
        number = found[1]
    if number.isascii() and number.isdigit() and len(number) < 19 and Work.objects.filter(pk=int(number)).exists():
        return [int(number)]
    if "/" in asked or "?" in asked:
        url = names.fold(names.url_key(asked))
        at = Q(url_key=url) if url else Q(pk=None)
        old = OldAddress.objects.filter(key=old_addresses.key(asked)).exclude(work=None).values("work")
        if keys := list(Work.objects.filter(at | Q(pk__in=old)).order_by("pk").values_list("pk", flat=True)):
            return keys
    if re.fullmatch(r"[0-9a-f]{8,64}", asked) and (
        keys := list(Work.objects.filter(identity__startswith=asked).values_list("pk", flat=True))
    ):
        return keys
    wanted = names.match(asked)
    titles = [(key, names.match(title)) for key, title in Work.objects.exclude(title="").values_list("pk", "title")]
    if exact := [key for key, title in titles if title == wanted]:
        return exact
    words = set(wanted.split())
    if near := [key for key, title in titles if words and words <= set(title.split())]:
        return near
    raise FicshelfError(
        f"{shown(asked)}: no work of this library has that number or title. "
        f"Look with `ficshelf find {shown(asked.split(' ')[0]) or 'WORD'}`; the number stands in a work's address."
    )
