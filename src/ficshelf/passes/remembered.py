"""Questions about one line that several passes ask: each is answered once, and the answers are forgotten when the draft
is settled."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

_MOST = 20_000  # answers to one question; some 250 bytes each
_forgetting: list[Callable[[], None]] = []


def remembered(ask: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A question whose answer hangs on nothing but what it is given. Of a text with more lines than are remembered the
    oldest answers go first, so that a file of millions of short lines takes no memory for them."""
    known = lru_cache(maxsize=_MOST)(ask)
    _forgetting.append(known.cache_clear)
    return cast(Callable[_Given, _Answer], known)


def forget() -> None:
    """Forget all answers, and with them the lines that were asked about."""
    for clear in _forgetting:
        clear()
