"""Runs of words: what two texts are compared by."""

from __future__ import annotations

from zlib import crc32

RUN = 4  # words


def runs(words: list[bytes]) -> list[int]:
    """A checksum of the run of words that begins at each; where there are fewer words than a run has, of all."""
    found = list(map(crc32, words))
    for ahead in range(1, min(RUN, len(words))):
        found = list(map(crc32, words[ahead:], found))
    return found
