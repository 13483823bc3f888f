"""`Vorwort`, `Foreword`, `Préface` alone above the first chapter, where the author speaks below it: the label of a
note, and no chapter. What is told below such a word, or kept as a chapter of its own, stays one."""

from __future__ import annotations

from ficshelf.model import Node
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.headings import Heading
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import is_heard
from ficshelf.passes.number_words import fold

_WORDS = frozenset(
    fold(word)
    for word in (
        "foreword", "preface", "vorwort", "préface", "avant-propos", "prefacio", "prefácio", "prefazione", "premessa",
        "voorwoord", "förord", "предисловие", "przedmowa", "předmluva", "前言", "まえがき",
    )
)  # fmt: skip
_LABELS = frozenset(("disclaimer", "note", "warning", "beta", "dedication", "feedback", "summary", "rating"))


def settle(nodes: list[Node], found: dict[int, Heading]) -> None:
    """Make notes of such a word on top and of what is said below it, down to the first chapter's own heading."""
    headed = sorted(found)
    if len(headed) < 2 or fold(nodes[headed[0]].text.strip(" *_~-–—:.")) not in _WORDS:
        return
    first, after = headed[:2]
    if found[after].number is None or any(node.page for node in nodes[first + 1 : after + 1]):
        return
    if any(not node.kind for node in nodes[:first]):
        return
    places = [index for index in range(first + 1, after) if not nodes[index].kind]
    said = [index for index in places if not _is_labelled(nodes[index].text)]
    texts = [nodes[index].text for index in said]
    stated = any(node.kind in ("fact", "note") for node in nodes[first + 1 : after])
    if any(map(is_heard, texts)):
        return
    if not is_foreword(texts, among_notes=True) and (texts or not (stated or places)):
        return
    del found[first]
    for index in (first, *said):
        nodes[index] = nodes[index]._replace(kind="note")


def _is_labelled(text: str) -> bool:
    line = label_line(text)
    return line is not None and line.strong and bool(_LABELS.intersection(line.label.names))
