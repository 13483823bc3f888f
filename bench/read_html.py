"""Reading pages, on one core, against what selectolax needs merely to parse the same bytes, and against peers."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from bench import peers
from bench.measure import Figure, bytes_of, rates, stories
from ficshelf import reading


def run() -> list[Figure]:
    files = bytes_of(stories(), "*.html")
    size = sum(len(data) for data, _ in files) / 1e6
    ours = rates(size, lambda file: reading.read([file]), files)
    parsed = rates(size, lambda file: LexborHTMLParser(file[0]), files, runs=5)
    peer = Figure("  peer: selectolax parses the same pages", parsed, "MB/s")
    return [
        Figure("read pages", ours, "MB/s", at_least=4),
        *peers.figures(["html2text", "trafilatura", "pandoc", "calibre's ebook-convert"], files, "MB/s"),
        peer,
        Figure("read pages, of selectolax's rate", tuple(rate / peer.value for rate in ours), "", at_least=1 / 25),
    ]
