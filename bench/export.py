"""Writing works of 20,000 words as EPUB on one core, against zlib alone packing their text."""

from __future__ import annotations

import zlib

from bench.measure import Figure, bytes_of, rates, stories
from ficshelf import reading
from ficshelf.writers import epub

WORKS = 100


def run() -> list[Figure]:
    files = bytes_of(stories(), "*.txt")[: WORKS // 2] + bytes_of(stories(), "*.html")[: WORKS // 2]
    works = [work for file in files for work in reading.read([file]).works]
    texts = [data for data, _ in files]
    return [
        Figure(
            "export as EPUB",
            rates(len(works), lambda work: epub.write(work, identifier="work-1"), works),
            "works/s",
            at_least=30,
        ),
        Figure(
            "  peer: zlib level 6 packs the files",
            rates(len(files), zlib.compress, texts),
            "works/s",
        ),
    ]
