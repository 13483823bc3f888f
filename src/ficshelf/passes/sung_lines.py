"""Verse a line a paragraph: what single lines look like, and in which rows they are verse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ficshelf.model import Node
from ficshelf.passes.nodes import is_italic
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.rhymes import rhymed
from ficshelf.passes.stanzas import goes_on, speaks

ITEM = re.compile(r"(?:\d{1,3}|[a-z])[.):]\s|[-•*+–—]\s|.{0,40}\S\s+[-–—=|]{1,2}\s+\S|.{0,40}[:=|\t]\s*\S", re.I)
_MARKED, _PLAIN, _SIGNED_LINE = (
    "marked line",
    "plain line",
    "line between signs",
)  # the `detail` of single lines until it is settled what they are
_SUNG = "sung line"  # by itself: stars and tildes around more words than those that part scenes
_STARRED = re.compile(r"~+\*+~*(?=[^~*]).{20,200}[^~*]~*\*+~+")
TUNES = frozenset("♪♫")
_LONGEST_SUNG = 65  # characters of a line of verse among paragraphs
_MOST_BRACKETED = 12  # lines that one pair of brackets holds
_SPEECH = ('"', "“", "«", "‘")


def is_prose(node: Node) -> bool:
    """A quick look: whether a line is too long for verse among paragraphs, unless it has tunes or blanks of its own."""
    return len(node.text) > _LONGEST_SUNG and node.text[0] != "~" and node.hint != "verse"


def look_of_line(node: Node) -> str:
    """Whether a line, a paragraph by itself, may be verse: `_MARKED` where it is all italics or stands between musical
    notes, which is verse when others stand beside it; `_SIGNED_LINE` between other signs, where a thought may stand
    too; `_PLAIN` where several have to stand in a row; else ""."""
    text = node.text
    if text[:1] in TUNES or text[-1:] in TUNES:
        return _MARKED
    if text[:1] == "~" and _STARRED.fullmatch(text) and text.count(" ") >= 8 and not speaks(text):
        return _SUNG
    if not text or len(text) > _LONGEST_SUNG:
        return ""
    if text[0] in "/~#" and text[-1] == text[0] and text.strip("/~#* ")[-1:].isalnum() and text.count(" ") >= 3:
        return _SIGNED_LINE
    if len(text) <= 60 and is_italic(node) and not text.startswith(_SPEECH) and not text.endswith((".", '?"', '."')):
        return _MARKED
    plain = node.hint in ("", "p") and not node.runs
    return _PLAIN if plain and may_be_sung(text) and text.count(" ") >= 2 else ""


def settle_lines(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Single lines are verse only in a row: marked ones with two others, or a stanza, beside them; plain ones, four;
    and those that one pair of brackets holds."""
    settled = list(nodes)
    for at, stop, look in _rows_of_lines(nodes):
        beside = (settled[at - 1 : at] if at else []) + settled[stop : stop + 1]
        if look == _PLAIN:
            lines = [node.text for node in settled[at:stop]]
            sure = len(lines) >= 4 and (not settled[at].hint or rhymed(lines) >= 0.5 or goes_on(lines))
        elif look == _SIGNED_LINE:
            lines = [node.text.strip("/~#* ") for node in settled[at:stop]]
            sure = len(lines) >= 2 and (rhymed(lines) >= 0.5 or goes_on(lines))
        else:
            sure = stop - at >= 3 or settled[at].text[0] in TUNES or any(node.kind == "verse" for node in beside)
        for place in range(at, stop):
            settled[place] = settled[place]._replace(kind="verse" if sure else "", detail="")
    for at in [place for place, node in enumerate(settled) if node.text[:1] == "["]:
        for place in range(at, _bracketed(settled, at)):
            settled[place] = settled[place]._replace(kind="verse")
    return tuple(settled)


def _bracketed(nodes: Sequence[Node], at: int) -> int:
    """The index after lines, a paragraph each, that one pair of brackets holds: `[Hang it in the window, love,` … `Hang
    it there anyhow]`; 0 for none, and for what is said there in sentences."""
    if not _may_open(nodes[at]):
        return 0
    for place in range(at + 1, min(at + _MOST_BRACKETED, len(nodes))):
        node = nodes[place]
        if node.kind or node.page or len(node.text) > _LONGEST_SUNG or "[" in node.text:
            return 0
        if "]" in node.text:
            lines = [one.text for one in nodes[at:place]]
            closed = sum(line[-1] in ".!?" for line in lines)
            return place + 1 if node.text.endswith("]") and 2 * closed <= len(lines) else 0
    return 0


def _may_open(node: Node) -> bool:
    """Whether a line opens a bracket that it does not close, in mid-sentence and without a label."""
    text = node.text
    opens = text[:1] == "[" and not node.kind and "]" not in text and 12 <= len(text) <= _LONGEST_SUNG
    return opens and text[1].isupper() and text[-1] not in ".!?:" and not is_labelled(text[1:])


def _rows_of_lines(nodes: tuple[Node, ...]) -> Iterator[tuple[int, int, str]]:
    """Where single lines of one look stand in a row: from, to, and their look."""
    at = 0
    while at < len(nodes):
        look = nodes[at].detail if nodes[at].kind == "verse" else ""
        stop = at + 1
        if look in (_MARKED, _PLAIN, _SIGNED_LINE):
            while stop < len(nodes) and nodes[stop].kind == "verse" and nodes[stop].detail == look:
                stop += 1
            yield at, stop, look
        at = stop


def may_be_sung(text: str) -> bool:
    """A line of verse among paragraphs: short, no speech, no whole sentence, no item of a list."""
    return (
        12 <= len(text) <= _LONGEST_SUNG
        and text[-1] not in '.!?…:"”“«’*)]'
        and text[0].isupper()
        and not ITEM.match(text)
        and not speaks(text)
        and not looks_like_chat(text)
    )


def looks_like_chat(line: str) -> bool:
    head, colon, _ = line.partition(":")
    return bool(colon) and 0 < len(head) <= 20 and len(head.split()) <= 2 and head[0].isupper()
