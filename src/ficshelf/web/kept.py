"""What was made last, kept in memory within a limit, so that it need not be made again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bytes, str)


class Kept(Generic[Thing]):
    """The things put in last, as many as their lengths together stay within the limit. Safe to use from several
    threads."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Thing | None:
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
            return thing

    def put(self, key: Hashable, thing: Thing) -> None:
        with self._lock:
            if key in self._things:
                return
            self._things[key] = thing
            self.size += len(thing)
            while self.size > self.limit:
                self.size -= len(self._things.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
            self.size = 0
