"""The open index that searches share within a process: reopened when it was made anew, reloaded after each commit."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import tantivy

from ficshelf.search.index import FOLDER, open_index
from ficshelf.search.query import Node

MOST_FORMS = 12
MOST_CANDIDATES = 20_000
_FIELDS = ("body", "title", "about")  # where the forms of a word are looked for

_stemmer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


class Reader:
    """The index at one commit: searchers that stay as they are, and the forms of words in it."""

    def __init__(self, works: tantivy.Searcher, scenes: tantivy.Searcher) -> None:
        self.works = works
        self.scenes = scenes
        self._forms: dict[str, tuple[str, ...]] = {}
        self.counts: dict[tuple[tuple[Node, ...], bool], dict[str, Any]] = {}  # what queries' results were counted as

    def remember(self, asked: tuple[tuple[Node, ...], bool], counted: dict[str, Any]) -> None:
        """Keep the counts of the last few queries."""
        if len(self.counts) >= 100:
            self.counts.clear()
        self.counts[asked] = counted

    def forms(self, word: str) -> tuple[str, ...]:
        """The other forms of an English word that occur in the library, most frequent first: kiss → kissed, kisses,
        kissing; watson → watsons (from “Watson's”).

        The index holds words as they stand, so that a phrase is exact, a prefix is one, and only the search pays for
        stemming. Forms begin like the stem, less a last e, i or y, which endings take away (hope, hoping).
        """
        if word not in self._forms:
            if len(self._forms) > 5_000:
                self._forms.clear()
            self._forms[word] = self._find_forms(word)
        return self._forms[word]

    def _find_forms(self, word: str) -> tuple[str, ...]:
        if len(word) < 3 or not (word.isascii() and word.isalpha()):
            return ()
        stem = _stemmer.analyze(word)[0]
        beginning = stem.rstrip("eiy")
        if len(beginning) < 2:
            beginning = stem
        counts: dict[str, int] = {}
        for field in _FIELDS:
            for other, count in self.works.terms_with_prefix(field, beginning, limit=MOST_CANDIDATES):
                counts[other] = counts.get(other, 0) + count
        counts.pop(word, None)
        stems = _stemmer.analyze(" ".join(counts))
        same = [other for other, its in zip(counts, stems, strict=True) if its == stem]
        return tuple(sorted(same, key=lambda other: -counts[other])[:MOST_FORMS])


_lock = threading.Lock()
_open: dict[Path, tuple[tuple[object, ...], Reader]] = {}


def reader(directory: Path) -> Reader | None:
    """The index of a library as of its last commit; None where there is none."""
    folder = Path(directory) / FOLDER
    state = tuple(_stamp(folder / name) for name in ("stamp", "works/meta.json", "scenes/meta.json"))
    known = _open.get(folder)
    if known and known[0] == state:
        return known[1]
    with _lock:
        indexes = open_index(Path(directory)) if None not in state else None
        if indexes is None:
            _open.pop(folder, None)
            return None
        found = Reader(*(index.searcher() for index in indexes))
        _open[folder] = (state, found)
        return found


def close(directory: Path) -> None:
    """Let go of the index, as after damage."""
    _open.pop(Path(directory) / FOLDER, None)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
