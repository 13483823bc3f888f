"""Reads hostile input where it can do no harm: in forks of this process, with bounds on memory and processor time.

It is a program of its own, so that what it measures holds nothing of the tests. It takes pickled orders on its standard
input and answers each with a pickled dict on its standard output; `bounded` in conftest.py speaks with it.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple


class Order(NamedTuple):
    """What to read: (bytes, path) pairs that belong together; and the bounds."""

    found: tuple[tuple[bytes, str], ...]
    megabytes: int
    seconds: int


def answer(order: Order) -> dict[str, Any]:
    """What came of an order. Memory is what reading took at its height, the input not counted."""
    from ficshelf import conserve, reading

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    resource.setrlimit(resource.RLIMIT_AS, (address_space() + (order.megabytes << 20), resource.RLIM_INFINITY))
    began = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    resource.setrlimit(resource.RLIMIT_CPU, (int(began) + order.seconds + 1, resource.RLIM_INFINITY))
    read = reading.read(order.found)
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    lengths = [len(source.text) for source in read.sources]
    spans = [
        (block.source, span)
        for work in read.works
        for chapter in work.chapters
        for block in chapter.blocks
        for span in block.spans
    ]
    return {
        "seconds": used.ru_utime - began,
        "megabytes": (used.ru_maxrss - before) / 1024,
        "kinds": {remark.kind for remark in read.remarks},
        "readers": [source.reader for source in read.sources],
        "texts": [source.text if len(source.text) < 1000 else "" for source in read.sources],
        "lengths": lengths,
        "works": len(read.works),
        "beyond": [span for source, span in spans if not 0 <= span.start <= span.end <= lengths[source]],
        "lost": [
            span
            for index, source in enumerate(read.sources)
            if any(block == index for block, _ in spans)
            for span in conserve.lost(source, read.works, index)
        ],
    }


def address_space() -> int:
    """The bytes of address space that this process has."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")


def in_a_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `work` gives, done in a fork; or how the fork ended: "failed"."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        try:
            result = work()
        except BaseException:
            result = {"failed": traceback.format_exc(limit=-6)}
        with os.fdopen(into, "wb") as stream:
            pickle.dump(result, stream)
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        written = stream.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"failed": f"ended by {signal.Signals(os.WTERMSIG(status)).name}"}
    return dict(pickle.loads(written))


def main() -> None:
    """Answer orders until there are no more."""
    import charset_normalizer  # noqa: F401  what is imported late would count as memory that reading takes
    import ftfy  # noqa: F401

    from ficshelf import conserve, reading  # noqa: F401

    reading.read([(b"Chapter 1\n\nWarm \xe2\x80\x99 up.\n", "a.txt"), (b"<html><p>Warm up.</p></html>", "b.html")])
    while True:
        try:
            order = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(in_a_fork(lambda order=order: answer(Order(*order))), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
