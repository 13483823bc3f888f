"""Chats: lines each of which says who writes it: `<nick> text`, `[12:03] nick: text`, `Me: text`, `Al (8:01): text`.

A play is none: its speakers have names, and its speeches are paragraphs. But where a story is told in prose, a few
lines that open with a name in capitals are messages, and so is a line that says when somebody wrote it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Draft, Node
from ficshelf.passes import labels
from ficshelf.passes.layout import groups
from ficshelf.passes.nodes import join
from ficshelf.passes.note_labels import is_edge_label, is_labelled
from ficshelf.passes.note_words import speaks_of_the_story

_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[aApP]\.?[mM]\.?)?"
_LINE = re.compile(
    rf"(?:[\[(<]?{_CLOCK}[\])>]?\s*[-–]?\s*)?"
    r"(?:(?:[Nn]ew\s)?(?:[Tt]ext|TEXT|[Mm]essage|MESSAGE|SMS|IM)(?:\s[Mm]essage)?\s(?:[Ff]rom|[Tt]o|FROM|TO)\s"
    r"(?P<who>[\w.'’ -]{1,24}):|"
    r"(?P<arrow>[A-Za-z][\w.'’-]{1,20})\s?>{1,3}(?=\s)|<[@+%&~!]?(?P<tag>[\w .|^'’-]{1,24})>|"
    r"\[(?P<bracket>[\w .:|^'’-]{1,24})\]:?|"
    r"(?P<name>[A-ZÀ-ÝА-ЯЁ][\w.'’-]{0,20}(?: [A-ZÀ-ÝА-ЯЁ][\w.'’-]{0,20})?|[a-z][\w.'’-]{1,20})"
    r"(?:\s?[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]{1,4})?"
    rf"(?:\s[\[(]{_CLOCK}[\])])?:)\s+\S"
)
_TIME = re.compile(r"[\[(<]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?[\])>]?\s*[-–]?\s*\S", re.I)
_TIMES = frozenset("0123456789[(<")
_NICK = re.compile(r"[a-z][\w.-]*|\w*[\d_]\w*|Me")  # no name of a person in a play
_FIELDS = frozenset(
    ["title", "author", "rating", "summary", "disclaimer", "relationship", "fandom", "feedback", "genre", "category",
     "warning", "words", "spoilers", "dedication", "archive_permission", "language", "beta", "series"]
)  # fmt: skip
_BRACKETS = frozenset("<[")
_TIMED = re.compile(  # sure by itself: `Al (8:01): text`, `[8:01 pm] Al: text`, `Text from Al: text`
    r"(?:[Nn]ew\s)?(?:[Tt]ext|TEXT|SMS|IM)(?:\s[Mm]essage)?\s(?:[Ff]rom|[Tt]o|FROM|TO)\s|"
    rf"[A-ZÀ-ÝА-ЯЁ][\w.'’ -]{{0,24}}?\s?[\[(]{_CLOCK}[\])]:\s\S|[\[(]{_CLOCK}[\])]\s[A-ZÀ-ÝА-ЯЁ][\w.'’-]{{0,24}}:\s\S"
)
_CLOCKED = re.compile(rf"[\[(<]{_CLOCK}[\])>]\s(?=\S)")
_COMES_OR_GOES = re.compile(
    r"[*\[(<~>_-]*\s?[\w.@'’-]{1,30}(?:\s\w{1,20})?\s(?:has\s|is\snow\s)?(?:joined|left|entered|logged|signed|added|changed|"
    r"removed|renamed|created|quit|online|offline)\b",
    re.I,
)
_HEAD = re.compile(rf"\[[^\]]{{1,50}}\]|{_CLOCK}")  # above messages: to whom they go, at what time
_MESSAGES = re.compile(
    r"\b(?:phones?|cell|mobile|texts?|texted|texting|buzz(?:ed|es|ing)?|beep(?:ed|s)?|pinged|chimed|messages?|screen|chat|"
    r"typed|handy|sms|téléphone|portable|móvil|telefono|cellulare|telemóvel|celular|телефон\w*|сообщени\w*|чат\w*)\b",
    re.I,
)
_HEADS = 4  # lines beside messages
_LONGEST_HEAD = 60  # characters of such a line
_SHARE = 3  # messages are at most one of so many paragraphs: of a play they are most
_ALL = 5  # a group with all but one in so many lines of a text is all of it
_MOST = 12  # people in one chat


def apply(draft: Draft) -> Draft:
    """Mark chats as quotes: lines that stand together as one, lines parted by blank lines each by itself."""
    wrapped = draft.layout.wrapped
    units: list[list[Node]] = []  # what stands together in a text of cut lines, else line by line
    open_lines = sum([1 for node in draft.nodes if not node.kind])
    for group in groups(draft.nodes):
        is_all = len(group) * _ALL > open_lines * (_ALL - 1)
        if len(group) > 1 and not group[0].kind and is_chat([node.text for node in group], is_all=is_all):
            units.append([join(draft.text, group, "quote")])
        elif len(group) == 1 or (wrapped and not group[0].kind):
            units.append(group)
        else:
            units.extend([[node] for node in group])
    written = _parted(units)
    if not written:
        return draft._replace(nodes=tuple(itertools.chain.from_iterable(units)))
    nodes: list[Node] = []
    for at, unit in enumerate(units):
        if at not in written:
            nodes.extend(unit)
        elif unit[0].gap or at - 1 not in written:
            together = list(
                itertools.takewhile(lambda place: place in written and not units[place][0].gap, itertools.count(at + 1))
            )
            lines = [join(draft.text, units[place], between=" ") for place in (at, *together)]
            nodes.append(join(draft.text, lines, "quote"))
    return draft._replace(nodes=tuple(nodes))


def is_chat(lines: Sequence[str], *, is_all: bool = False) -> bool:
    """Whether lines that stand together are a chat, or a list of times. `is_all`: they are nearly all of the text, so
    that names alone make a play of them."""
    if lines[0][:1] in _TIMES or lines[-1][:1] in _TIMES:
        timed = sum(1 for line in lines if _TIME.match(line))
        if timed >= 2 and timed >= 0.8 * len(lines):
            return True
    if not any(line.find(":", 0, 50) > 0 or line[:1] in _BRACKETS or "> " in line[:30] for line in lines[:2]):
        return False
    lines = [line for line in lines if not _HEAD.fullmatch(line) and not _COMES_OR_GOES.match(line)]
    names = [name for line in lines if (name := _speaker(line))]
    if not (len(names) >= 3 and len(names) >= 0.8 * len(lines) and 2 <= len(set(names)) <= _MOST):
        return False
    if is_all and not all(map(_NICK.fullmatch, names)):
        return False
    return sum(map(_is_field, names)) * 2 < len(names)


def _speaker(line: str) -> str:
    """Who speaks in a line of a chat; "" where it is none."""
    if line.find(":", 0, 50) <= 0 and line[:1] not in _BRACKETS and line.find(">", 0, 30) <= 0:
        return ""
    if line[0] in "[(<" and (clock := _CLOCKED.match(line)):
        return clock[0]
    if line[0].isdigit() and _TIME.match(line) and not _HEAD.fullmatch(line):
        return line[:5]
    found = _LINE.match(line)
    return (found["who"] or found["arrow"] or found["tag"] or found["bracket"] or found["name"]) if found else ""


def _is_field(name: str) -> bool:
    """Whether a name is that of a header's field."""
    label = labels.find(name)
    return label is not None and label.names[0] in _FIELDS


def _parted(units: Sequence[Sequence[Node]]) -> set[int]:
    """Which paragraphs, or lines, people have written, each with its writer's name before it: by their places."""
    found: set[int] = set()
    firsts = [unit[0] for unit in units]
    speakers = [_speaker(node.text) if not node.kind and len(node.text) <= 300 else "" for node in firsts]
    places = [at for at, name in enumerate(speakers) if name]
    if not places:
        return found
    prose = sum([1 for node in firsts if not node.kind and node.gap])
    told_in_prose = sum([1 for at in places if firsts[at].gap]) * _SHARE <= prose
    stop = 0
    for at in places:
        if at < stop:
            continue
        stop = next((place for place in range(at, len(units)) if not speakers[place]), len(units))
        names, row = speakers[at:stop], firsts[at:stop]
        if (
            all(_TIMED.match(node.text) for node in row)
            or (len(row) >= 2 and all(_CLOCKED.match(node.text) for node in row))
            or (len(row) >= 3 and all(_TIME.match(node.text) for node in row))
            or (len(names) >= 3 and _are_writers(names, row))
            or (
                told_in_prose
                and at > 0
                and stop < len(units)
                and _may_be_messages(names, firsts[at - 1], firsts[stop])
                and not any(map(_is_the_author, row))
            )
        ):
            found.update(range(at, stop))
            found.update(_beside(units, at, stop))
            found.update(
                near for near in (at - 1, stop) if 0 <= near < len(units) and _tells_who_is_there(firsts[near])
            )
    return found


def _beside(units: Sequence[Sequence[Node]], at: int, stop: int) -> set[int]:
    """Lines that stand together with messages: to whom they go, at what time, who left."""
    first = at
    while first and units[first][0].gap == 0 and at - first < _HEADS and _may_stand_beside(units[first - 1][0]):
        first -= 1
    last = stop
    while last < len(units) and units[last][0].gap == 0 and last - stop < _HEADS and _may_stand_beside(units[last][0]):
        last += 1
    above = range(first, at) if units[first][0].gap else ()
    below = range(stop, last) if last == len(units) or units[last][0].gap else ()
    return {*above, *below}


def _may_stand_beside(node: Node) -> bool:
    return not node.kind and len(node.text) <= _LONGEST_HEAD


def _tells_who_is_there(node: Node) -> bool:
    """A line that the program of a chat wrote: `gooseherd has left the room`"""
    return not node.kind and len(node.text) <= 100 and _COMES_OR_GOES.match(node.text) is not None


def _may_be_messages(names: Sequence[str], before: Node, after: Node) -> bool:
    """Whether lines in a story may be messages: by names in capitals, or of people, below a word of telephones."""
    if before.kind not in ("", "quote") or after.kind not in ("", "quote", "break", "end"):
        return False
    if not len(names) >= 2 or len(set(names)) > _MOST or any(map(_is_field, names)):
        return False
    if all(name.isupper() and len(name) > 1 for name in names):
        return True
    return _MESSAGES.search(before.text) is not None


def _is_the_author(node: Node) -> bool:
    """Whether an author answers a reviewer."""
    return is_labelled(node.text) or is_edge_label(node.text) or speaks_of_the_story(node.text)


def _are_writers(names: Sequence[str], nodes: Sequence[Node]) -> bool:
    people = set(names)
    if not 2 <= len(people) <= _MOST:
        return False
    if all(node.text[0] in "<[" for node in nodes):
        return True
    return len(people) < len(names) and all(_NICK.fullmatch(name) for name in people)
