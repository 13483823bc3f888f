"""Reading plain text, on one core: bytes to a settled draft and its works."""

from __future__ import annotations

import re

from bench.measure import Figure, bytes_of, rates, stories
from ficshelf import reading


def run() -> list[Figure]:
    files = bytes_of(stories(), "*.txt")
    size = sum(len(data) for data, _ in files) / 1e6
    texts = [data.decode("utf-8", "replace") for data, _ in files]
    word = re.compile(r"\w+")
    return [
        Figure("read text", rates(size, lambda file: reading.read([file]), files), "MB/s", at_least=6),
        Figure("  peer: a bare scan for words", rates(size, word.findall, texts), "MB/s"),
    ]
