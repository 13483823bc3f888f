"""A reader in a process apart that does not survive what it reads: files are called what they do to it."""

from __future__ import annotations

import ctypes

from ficshelf import apart


def made(found: apart.Found) -> bytes:
    """Reads well, but for files that are called `crash`, `hang`, `greedy` or `wrong`."""
    _, path = found
    name = path.partition(".")[0]
    if name == "crash":
        ctypes.string_at(0)
    if name == "hang":
        ctypes.CDLL(None).pause()  # in C, where no signal of Python's gets through
    if name == "greedy":
        bytearray(8 << 30)
    if name == "wrong":
        raise ValueError("no such thing")
    return apart.made(found)
