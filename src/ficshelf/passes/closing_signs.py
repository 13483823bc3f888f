"""The signs of the lines at the foot of a text, as numbers, by which `closing.py` tells where the story ends.

A line of the story tells what was, and of the same people as the lines above it. What stands below it counts, dates,
labels, asks, thanks, signs; it stands apart, or close to others of its kind. None of that is sure of any one line, so
each sign has a weight, in `closing.toml`, and the lines at the foot are weighed together.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from importlib import resources
from typing import NamedTuple

from ficshelf.model import Node
from ficshelf.passes import ends, site_forms, site_words, wording
from ficshelf.passes.author_voice import is_heard_in, strength
from ficshelf.passes.note_labels import is_edge_label, is_edge_line, is_labelled
from ficshelf.passes.note_places import is_signed, is_told_by_one, usual_gap_from
from ficshelf.passes.site_words import Sure

_BEGINNING = 600  # characters of a line that are looked at
_ABOVE = 20  # paragraphs above the foot whose words and people are the story's
_NEAR = 12  # lines at the end that may be no story's, and lend it no words
_LITTLE = 20  # lines above a cut, beyond which there is enough
_SENTENCE = 50  # characters of a line that tells something
_ENDING = 100  # characters of a line that says that the story ends
_SHORT = 40  # characters of a short line
OPEN = frozenset(("", "verse", "quote", "list"))
_WORD = re.compile(r"[^\W\d_]+(?:['’&-][^\W\d_]+)*")
_NAME = re.compile(r"(?<=[^\W\d_,;’'] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_DIGITS = re.compile(r"\d")
_END = re.compile(r"[.!?…。！？][\"”’»」』*_)\]]*$|[\"”»」』—–]$")
_SPOKEN = re.compile(r"\s*[*_]{0,2}(?:[\"“„«‘「『]|[—–-]\s?[^\W\d_])")
_MARK = re.compile(r"[|·•»›«‹→←↑↓★☆©®™▼▲#{}\[\]]|::|\s[~/]\s|_{3}")
_TIME = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d\d?:\d\d\b|\b\d+(?:[.,]\d+)?\s?(?:[kKMм]\b|%|KB\b)"
)
_TOLD = re.compile(
    r",\s(?:he|she|they|er|sie|il|elle|él|ella|ele|ela|он|она|[A-Z]\w+)\s(?:said|says|wrote|writes|thought|asked|told|schrieb|sagte|écrivit|dit|escribió|dijo|disse|сказал\w?|написал\w?)\b"
)
_ADDRESS = re.compile(r"https?:|www\.|(?<![^\s(])@\w|\w@\w|\.(?:com|net|org|html?|php|txt)\b", re.I)
_IN_ADDRESSES = ("@", "http", "www.", ".com", ".net", ".org", ".htm", ".php", ".txt")  # one of which stands in any
_LABEL = re.compile(r"\W{0,4}([^\W\d_][^:.!?\"“”\n]{0,28}):(?:\W*\s|\W*$)")
_SHOUT = re.compile(  # one class in front, so that the search passes over all small letters
    r"[!?~A-Z](?:(?<=[!?])[!?]+|(?<=~)~*\s*$|(?<=[A-Z])(?<!\w[A-Z])[A-Z]{2,}\b)"
)
_FACE = re.compile(
    r"(?<!\w)(?:[:;=8xX]['’]?-?[)(DPp3/|*]+|<3+|\^_*\^|[>=]_*[<=]|[xX][dD]+|T_+T|:\w+:|♥|❤)|(?:[xo]){3,}\b"
)
_PAST = (
    "ed", "aient", "ait", "ава", "ал", "ала", "ил", "ила", "ел", "ела", "нул", "нула", "ял", "яла", "лась", "лся",
    "ał", "ała", "ął", "ęła", "ó", "ava", "ou", "aba", "ía", "te", "ten",
)  # fmt: skip
_WAS = re.compile(rf"[^\W\d_]{{2,}}(?:{'|'.join(_PAST)})")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")  # signs of scripts without blanks, or nearly so
_WIDE_A_WORD = 2.5  # such signs that make a word
_NUMBERED = re.compile(r"[\[(]?\^?\d{1,2}[\])]|\d{1,2}[.:]\s|\[\^|↩|[*†‡]+\s?\w", re.I)


def _lists(package: str, file: str) -> dict[str, frozenset[str]]:
    table = tomllib.loads(resources.files(package).joinpath(file).read_text("utf-8"))
    return {name: frozenset(words.split() if isinstance(words, str) else words) for name, words in table.items()}


_OWN = _lists(__package__, "closing_words.toml")
_CHAT, _TELLS, _ME, _YOU = (_OWN[name] for name in ("chat", "tells", "me", "you"))
_TALK = _lists("ficshelf.readers.nostory", "talk_words.toml")
_ASKS = _lists("ficshelf.readers.nostory", "sign_words.toml")
_SMALL = frozenset().union(*_lists("ficshelf.guesses", "languages.toml").values())

OF_WORDS = (  # the signs of a line's own words and looks
    "words", "one word", "few words", "ends", "speech", "heard", "small words", "tells", "past", "i", "you", "chat",
    "of sites", "of stories", "of either", "asks", "digits", "time", "address", "label", "label alone", "titled",
    "capitals", "linked", "strong", "italic", "small", "marks", "question", "shouts", "face", "brackets", "signed",
    "begins small", "numbered", "wording",
    "author", "title", "ending", "verse", "quote", "list",
)  # fmt: skip
_ALONE = (  # and those of what stands around it
    *OF_WORDS, "wide gap", "close", "below rule", "right below end", "below end", "right below note",
    "right below chrome", "right above note", "right above chrome", "last", "among short",
)  # fmt: skip
_I = _ALONE.index("i")
UNCOMPARED = len(_ALONE)
COMPARED = ("i as the story", "speaker", "known words", "new words", "names")  # with the story above
# What other passes know of its words, and have looked at before.
KNOWN = ("site", "site in company", "form", "voice", "voice in all", "note's label", "edge")
OF_A_LINE = (*_ALONE, *COMPARED, *KNOWN)
OF_A_CUT = (
    "cut", "of the page", "wide gap at it", "rule at it", "settled at it", "end at it", "story ends", "verse above",
    "story short", "spoken above", "little above", "heading alone",
)  # fmt: skip


class Story:
    """What is told above the foot of a chapter: its words, its people, and how far its paragraphs stand apart."""

    def __init__(self, nodes: Sequence[Node], start: int, end: int, author: str, title: str) -> None:
        self._nodes, self._start, self._end = nodes, start, end
        self.called = (author, title)
        self.usual = usual_gap_from(nodes, start, end)

    @cached_property
    def _told(self) -> str:
        last = max(self._start + (self._end - self._start) // 2, self._end - _NEAR)
        told = [node.text[:_BEGINNING] for node in self._nodes[self._start : last] if node.kind in OPEN]
        return "\n".join(told[-_ABOVE:])

    @cached_property
    def by_one(self) -> bool:
        """Whether the story says I itself."""
        return is_told_by_one(self._nodes, self._start, self._end)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(word for word in map(str.lower, _WORD.findall(self._told)) if len(word) > 3)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(_NAME.findall(self._told))

    @cached_property
    def labels(self) -> frozenset[str]:
        """What stands before the colon in its lines: who speaks, in a play."""
        found = map(_LABEL.match, self._told.split("\n"))
        return frozenset(label[1].strip("*_ ") for label in found if label)

    @cached_property
    def strong(self) -> bool:
        """Whether bold or italic lines are common in it, and say nothing."""
        told = [node for node in self._nodes[max(self._start, self._end - 2 * _ABOVE) : self._end] if node.kind in OPEN]
        return sum(bool(_look(node)) for node in told) * 2 > len(told)


class Seen(NamedTuple):
    """A line as it is weighed: its place among the nodes, and its signs in the order of OF_A_LINE."""

    place: int
    signs: tuple[float, ...]


Own = tuple[float, ...]  # the first signs of a line, without KNOWN, or COMPARED either: they take longest to find


def _look(node: Node) -> str:
    """How all of a line is set: "strong", "em", "small"; "" where it is plain, or not all of it."""
    if node.runs:
        for mark in ("strong", "em", "small"):
            if all(mark in run.marks or not run.text.strip() for run in node.runs):
                return mark
        return ""
    text = node.text
    if text.startswith("**") and text.endswith("**"):
        return "strong"
    return "em" if len(text) > 3 and text[0] in "*_" and text[-1] == text[0] else ""


def compared(node: Node, story: Story, i: float) -> tuple[float, ...]:
    """The signs of a line beside the story's own words and people. `i`: its sign of that name."""
    text = node.text[:_BEGINNING]
    long_words = [word for word in _WORD.findall(_small(text)) if len(word) > 3]
    known = sum(map(story.words.__contains__, long_words))
    labelled = _LABEL.match(text)
    return (
        i if i and story.by_one else 0.0,
        float(labelled is not None and labelled[1].strip("*_ ") in story.labels),
        known / len(long_words) if long_words else 0.0,
        float(len(long_words) > 0 and known == 0) * min(len(long_words), 4) / 4,
        float(any(word in story.names for word in _WORD.findall(text))),
    )


def _small(text: str) -> str:
    return text.lower().replace("’", "'")


def of_line(node: Node, story: Story) -> tuple[float, ...]:
    """The signs of a line's own words and looks."""
    text = node.text[:_BEGINNING]
    small = _small(text)
    said = _WORD.findall(small)
    wide = len(_WIDE.findall(text)) if not text.isascii() else 0
    count = len(said) + wide / _WIDE_A_WORD if wide else len(said)
    each = 1 / max(count, 1)
    has_digit = _DIGITS.search(text) is not None
    written = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in written[1:])
    look = _look(node)
    linked = sum(len(run.text) for run in node.runs if run.link)
    return (
        min(count * (len(node.text) / max(len(text), 1)), 60) / 60,
        float(count <= 1),
        float(count <= 4),
        float(_END.search(node.text[-12:]) is not None),
        float(_SPOKEN.match(text) is not None),
        float(is_heard_in(node.text)),
        min(sum(map(_SMALL.__contains__, said)) * each * 2, 1.0),
        min(sum(map(_TELLS.__contains__, said)) * each * 4, 1.0),
        min(len([word for word in said if word.endswith(_PAST) and _WAS.fullmatch(word)]) * each * 4, 1.0),
        min(sum(map(_ME.__contains__, said)) * each * 6, 1.0),
        min(sum(map(_YOU.__contains__, said)) * each * 6, 1.0),
        min(sum(map(_CHAT.__contains__, said)) * each * 3, 1.0),
        min(sum(map(_TALK["sites"].__contains__, said)) * each * 4, 1.0),
        min(sum(map(_TALK["stories"].__contains__, said)) * each * 4, 1.0),
        min(sum(map(_TALK["weak"].__contains__, said)) * each * 4, 1.0),
        min(sum(map(_ASKS["asks"].__contains__, said)) * each * 3, 1.0),
        min(len(_DIGITS.findall(text)) / max(len(text), 1) * 5, 1.0) if has_digit else 0.0,
        float(has_digit and _TIME.search(text) is not None),
        float(any(map(small.__contains__, _IN_ADDRESSES)) and _ADDRESS.search(text) is not None),
        float(_LABEL.match(text) is not None),
        float(node.text.rstrip("*_ ").endswith(":")),
        float(len(written) > 1 and capitals * 2 > len(written) - 1),
        float(text.isupper() and len(text) > 3),
        min(linked / max(len(node.text), 1), 1.0),
        float(look == "strong" and not story.strong),
        float(look == "em" and not story.strong),
        float(look == "small"),
        min(len(_MARK.findall(text)), 3) / 3,
        float("?" in text),
        min(len(_SHOUT.findall(text)), 3) / 3,
        float(_FACE.search(text) is not None),
        float(text[0] in "([{" and text[-1] in ")]}"),
        float(is_signed(text)),
        float(text[0].islower()),
        float(_NUMBERED.match(text) is not None),
        wording.of_line(text),
        *(float(bool(name) and name.lower() in small) for name in story.called),
        float(is_ending(text)),
        float(node.kind == "verse"),
        float(node.kind == "quote"),
        float(node.hint == "li" or node.kind == "list"),
    )  # fmt: skip


def is_ending(text: str) -> bool:
    """Whether a line below the story says that it ends or goes on: `To be continued... soon, I hope!`"""
    return len(text) <= _ENDING and ends.begins_as_ending(text)


def tells(nodes: Sequence[Node], start: int, end: int, most: int = _NEAR) -> bool:
    """Whether something is told above a cut: a sentence of some length among the last lines, `most` of them."""
    for place in range(max(start, end - most), end):
        text = nodes[place].text
        if len(text) > _SENTENCE and nodes[place].kind in OPEN and _END.search(text[-12:]):
            return True
    return False


def is_told_of(text: str) -> bool:
    """Whether somebody says or writes in a line what stands around that."""
    return _TOLD.search(text, 0, _BEGINNING) is not None


def has_end(text: str) -> bool:
    """Whether a line ends as a sentence, or a speech, does."""
    return _END.search(text[-12:]) is not None


def is_spoken(text: str) -> bool:
    """Whether a line begins as a speech does."""
    return _SPOKEN.match(text) is not None


def known(text: str, names: tuple[str, ...]) -> tuple[float, ...]:
    """What other passes know of a line by its words."""
    sure, form = site_words.sureness(text), site_forms.form(text, names)
    said = strength(text)
    return (
        float(sure >= Sure.AT_EDGES),
        float(sure == Sure.IN_COMPANY),
        float(form >= Sure.AT_EDGES),
        min(said.strong, 3) / 3,
        min(said.all, 10) / 10,
        float(is_labelled(text)),
        float(is_edge_label(text) or is_edge_line(text)),
    )


def _beside(nodes: Sequence[Node], place: int, start: int, end: int, story: Story, ended: int) -> tuple[float, ...]:
    """What stands around a line."""
    node = nodes[place]
    above = nodes[place - 1].kind if place > start else ""
    below = nodes[place + 1].kind if place + 1 < end else ""
    near = [nodes[at] for at in (place - 1, place + 1) if start <= at < end and nodes[at].kind in (*OPEN, "chrome")]
    short = [one for one in near if len(one.text) <= _SHORT and not _END.search(one.text)]
    is_short = len(node.text) <= _SHORT and not _END.search(node.text)
    is_list = "\n" in node.text and all(len(one) <= _SHORT and not _END.search(one) for one in node.text.split("\n"))
    return (
        float(node.gap > story.usual > 0),
        float(node.gap == 0 and story.usual > 0),
        float(above == "break"),
        float(above == "end"),
        float(0 <= ended < place),
        float(above == "note"),
        float(above == "chrome"),
        float(below == "note"),
        float(below == "chrome"),
        float(place + 1 == end),
        float(is_list or (is_short and len(short) > 0)),
    )


def lines(
    nodes: Sequence[Node], start: int, end: int, story: Story, most: int, told: Callable[[Own], bool] = lambda _: False
) -> Iterator[Seen]:
    """The open lines of a chapter from its last upwards, with their signs; none where the last looks `told`, whatever
    the story above says and other passes know of its words."""
    first = max(start, end - most)
    is_last = True
    ended = next((place for place in range(end - 1, first - 1, -1) if nodes[place].kind == "end"), -1)
    for place in range(end - 1, first - 1, -1):
        if nodes[place].kind == "fact":
            return  # a header at the foot: what stands above it may be of it, too
        if nodes[place].kind == "quote" and "\n" in nodes[place].text:
            return  # a letter or a chat of several lines
        if nodes[place].kind in OPEN and is_told_of(nodes[place].text):
            return
        if nodes[place].kind in OPEN and nodes[place].text:
            own = (*of_line(nodes[place], story), *_beside(nodes, place, start, end, story, ended))
            if is_last and told(own):
                return
            own = (*own, *compared(nodes[place], story, own[_I]))
            if is_last and told(own):
                return
            is_last = False
            yield Seen(place, (*own, *known(nodes[place].text, tuple(filter(None, story.called)))))


def of_cut(nodes: Sequence[Node], above: int, below: int, start: int, end: int, story: Story) -> tuple[float, ...]:
    """The signs of a cut between two open lines, in the order of OF_A_CUT."""
    told = sum(node.kind in OPEN for node in nodes[max(start, above - _LITTLE) : above + 1])
    cut_off = sum(node.kind in OPEN for node in nodes[below:end])
    between = [node.kind for node in nodes[above + 1 : below]]
    last = nodes[above]
    return (
        1.0,
        float(end == len(nodes)),
        float(any(node.gap > story.usual > 0 for node in nodes[above + 1 : below + 1])),
        float("break" in between),
        float("chrome" in between or "note" in between),
        float("end" in between),
        float(_END.search(last.text[-12:]) is not None),
        float(last.kind == "verse"),
        float(len(last.text) <= _SHORT and not _END.search(last.text)),
        float(_SPOKEN.match(last.text) is not None),
        float(told <= min(cut_off, _LITTLE)),
        float(told <= 2),
    )
