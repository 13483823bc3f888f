"""Who is the library's owner: whoever sits at the machine that it is served on.

There are no accounts. `ficshelf serve` without `--public` listens to its own machine alone and says so in
`$FICSHELF_OWNER`; a request is the owner's if it comes from there, to an address that only this machine has, and
through no proxy that says so. What stands behind a proxy must be served with `--public`: then nobody is the owner.
"""

from __future__ import annotations

import functools
import os
import re
import threading
from collections.abc import Callable
from ipaddress import ip_address

from django.http import Http404, HttpRequest, HttpResponse

SERVED_AT_HOME = "FICSHELF_OWNER"  # set to "here" by `ficshelf serve` where only this machine can reach it
_PORT = re.compile(r":\d{1,5}\Z")
_PROXIED = ("HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")

one_at_a_time = threading.Lock()  # for what changes the library: its own lock keeps other processes away, not threads


def is_owner(request: HttpRequest) -> bool:
    """Whether a request is the owner's."""
    meta = request.META
    if os.environ.get(SERVED_AT_HOME) != "here":
        return False
    if any(name in meta for name in _PROXIED) or any(name.startswith("HTTP_X_FORWARDED") for name in meta):
        return False
    return _is_here(meta.get("REMOTE_ADDR", "")) and _is_here(_PORT.sub("", meta.get("HTTP_HOST", "")))


def _is_here(name: str) -> bool:
    if name.lower().removesuffix(".") == "localhost":
        return True
    try:
        return ip_address(name.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def owner_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that for everybody else is not there."""

    @functools.wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_owner(request):
            raise Http404
        return view(request, *args, **kwargs)

    return shown
