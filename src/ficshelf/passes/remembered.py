"""Questions about one line that several passes ask: each is answered once, and the answers are forgotten when the draft
is settled."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar, cast

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_forgetting: list[Callable[[], None]] = []


def remembered(ask: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A question whose answer hangs on nothing but what it is given."""
    known = cache(ask)
    _forgetting.append(known.cache_clear)
    return cast(Callable[_Given, _Answer], known)


def forget() -> None:
    """Forget all answers, and with them the lines that were asked about."""
    for clear in _forgetting:
        clear()
