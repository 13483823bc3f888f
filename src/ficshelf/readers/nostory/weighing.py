"""Whether a page is surely no story by all of its signs together, where no word or landmark says so.

Every sign is weak, and each has a weight in `weighing.toml`: first those of a line, which give how sure it is told,
then those of the page. The weights were fitted by `python -m bench.pages.weigh` to pages whose kind is known; the cut
lies below all stories among them. What has a run of lines that tell is left alone, whatever it weighs; what is all
sentences that ask for nothing has a cut of its own.
"""

from __future__ import annotations

import itertools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib import resources

from ficshelf.passes import headings, mojibake
from ficshelf.passes.label_lines import label_line
from ficshelf.readers.nostory import again, signs, talk
from ficshelf.readers.nostory.sight import Line

KIND = "page of a site"
FEWEST = 16  # words of a page that can be weighed: a few sentences look like anything
FEWEST_LINES = 5  # and its lines
_SAMPLE = 3000  # characters of the beginning, and of the middle, that a cheap look takes
_TELLINGS = 6.0  # words in a thousand characters that stories are told in, beyond which nothing is weighed
_LONG = 4000  # characters of a text in which fewer are enough
_LONG_TELLINGS = 4.0
_ROW = 60  # characters of a line, all lines taken together, that may be a list's: what is told stands in its blurbs
_ROW_TELLINGS = 10.0
_LONG_LINES = 150  # characters of a line of such a text, all lines taken together, beyond which it has no rows
_TELLING = tuple(
    f" {word} "
    for word in re.findall(
        r"\w+",
        "he she her his him was had said er sie war hatte ihr il elle était avait lui él ella era había ele ela foi "
        "estava lei aveva fu он она был была его ей было ona był była hij zij han hon var",
    )
)
_UNKNOWN = re.compile(r"[\u0370-\u03ff\u0530-\u1cff]+")  # from Greek and Armenian to Thai: no word of them is in a list
_TABLE = tomllib.loads(resources.files(__package__).joinpath("weighing.toml").read_text("utf-8"))
_OF_A_LINE: tuple[float, ...] = tuple(_TABLE["line"][name] for name in signs.OF_A_LINE)
_LINE_BASE: float = _TABLE["line"]["base"]
_OF_A_PAGE: dict[str, float] = {name: _TABLE["page"].get(name, 0.0) for name in signs.OF_A_PAGE}
_PAGE_BASE: float = _TABLE["page"]["base"]
CUT: float = _TABLE["cut"]
SAYS_STORY = 0.5  # how much less a page has to weigh that says it is a story
ALL_SENTENCES = 1.5  # and one that is all sentences, and asks for nothing
ALTHOUGH_TOLD = 1.5  # and one with a run of lines that tell, where rows say besides that it lists what it does not hold
_SURELY = 4.5  # what a page weighs that is surely told; none that is no story comes near, though it was not fitted to
_HEADER = ("title", "author")
_LABELLED = 200  # characters of a line by which its label is told
_TITLES = 2  # a post's subject says it, too
_TOLD_SENTENCE = 5  # words of a sentence below such labels
_TOLD_BELOW = 0.6  # of the words there
_TOLD_CHAPTERS = 4  # lines that make it a story
_LONG_CHAPTER = 400  # characters of such a line
_BEFORE_NICK = frozenset("[(<0123456789")
_WRITTEN = re.compile(
    r"(?:[\[(]?\d{1,2}[:.]\d\d(?:[:.]\d\d)?[\])]?\s)?(?:<([^<>\n]{1,24})>\s|(?<=\s)([^\W\d_][\w.'’ -]{0,20}):\s)"
)
_POST = re.compile(  # the head of a post on a Japanese board, and on a Chinese one
    r"\d{1,4}\s?(?:名前)?\s?[:：]\s?([^:：\n]{1,24})[:：]|"
    r"(?:(?:№|#)\s?\d{1,4}|\d{1,4}\s?[楼樓])(?![\d主])\s?[:：]?\s?([^\s:：][^:：\n]{0,24})$"
)
_OPENER = re.compile(r"1|.{0,20}(?:楼主|樓主).{0,20}")  # how boards call who opened a thread
_SPEECHES = 3  # of one who speaks again and again
_RUNS = ((3, 60, 0.8), (4, 100, 0.0))  # lines, words and sureness of a run that is told whatever stands beside it
_ALL_SENTENCES = 0.7  # share of the words in whole sentences: told or talk, where hardly anything is asked
_ASKS = 0.25  # of the words of such a page that make it a site's
_QUIET_LINES = 3  # sentences, each in a line of its own or with others, that make a quiet stretch
_QUIET_WORDS = 40
_SHORT_SENTENCE = 3  # words of one
_SPEAKS = 0.42  # of its words of sites and stories, too


def may_be(text: str) -> bool:
    """A cheap look: whether a text may be worth its weighing. A story is told in words that come again and again."""
    half = len(text) // 2
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[half : half + _SAMPLE]
    joined = sample.replace("\n", " ")
    limit = _TELLINGS if len(text) < _LONG else _LONG_TELLINGS
    if len(text) < _LONG and len(text) < _ROW * (text.count("\n") + 1):
        limit = _ROW_TELLINGS
    if sum(map(joined.count, _TELLING)) * 1000 > limit * len(joined):
        return False
    if len(text) >= _LONG and len(text) > _LONG_LINES * (text.count("\n") + 1):
        return False
    if not sample.isascii() and 2 * sum(map(len, _UNKNOWN.findall(sample))) > len(sample):
        return False
    return not mojibake.is_broken(sample)  # such words are none that anybody knows


def is_none(lines: Sequence[Line]) -> bool:
    """Whether the lines of a page are surely no story's. Looks no further than to the first run that is told, unless
    rows come again and again beside it."""
    if is_borrowed(lines):
        return False
    run = Run()
    told_run = False
    seen: list[signs.Seen] = []
    sure: list[float] = []
    for line in itertools.islice(signs.pieces(lines), signs.LINES):
        one = signs.of_line(line)
        told = sureness(one.signs, _OF_A_LINE, _LINE_BASE)
        if not told_run and run.is_told(one, told):
            told_run = True
            if not again.has_rows(lines):
                return False
        seen.append(one)
        sure.append(told)
    if is_short(seen):
        return False
    page = signs.of_page(seen, sure, talk.says_story(lines))
    return _weight(page) < limit(page) - (ALTHOUGH_TOLD if told_run else 0.0)


def weighs(lines: Sequence[Line]) -> tuple[float, float]:
    """What the lines of a page weigh for a story, and what they have to weigh less than to be none."""
    seen = [signs.of_line(line) for line in itertools.islice(signs.pieces(lines), signs.LINES)]
    sure = [sureness(line.signs, _OF_A_LINE, _LINE_BASE) for line in seen]
    page = signs.of_page(seen, sure, talk.says_story(lines))
    return _weight(page), limit(page)


def has_run(lines: Sequence[Line]) -> bool:
    """Whether a run of these lines tells."""
    run = Run()
    for line in itertools.islice(signs.pieces(lines), signs.LINES):
        seen = signs.of_line(line)
        if run.is_told(seen, sureness(seen.signs, _OF_A_LINE, _LINE_BASE)):
            return True
    return False


def _weight(page: dict[str, float]) -> float:
    return _PAGE_BASE + sum(page[name] * weight for name, weight in _OF_A_PAGE.items())


def is_surely_told(lines: Sequence[Line]) -> bool:
    """Whether the lines of a page are surely a story's, whatever words and forms it has beside: a run of them tells,
    and all signs together say so as they say it of no page that is none."""
    run = Run()
    seen = [signs.of_line(line) for line in itertools.islice(signs.pieces(lines), signs.LINES)]
    sure = [sureness(line.signs, _OF_A_LINE, _LINE_BASE) for line in seen]
    if not any(run.is_told(line, one) for line, one in zip(seen, sure, strict=True)):
        return False
    return _weight(signs.of_page(seen, sure, talk.says_story(lines))) > _SURELY


def is_borrowed(lines: Sequence[Line]) -> bool:
    """Whether a story says by its own form that it is one, though its lines look like a site's."""
    return has_header(lines) or has_told_chapters(lines) or is_chat(lines) or is_told_by_opener(lines)


def is_told_by_opener(lines: Sequence[Line]) -> bool:
    """Whether who opened a board's thread goes on in it under the number of his first post, or by what boards call one,
    as those do who tell there: `4 名前：1：2008/11/02`, `№17 楼主`."""
    names = [found[found.lastindex or 0] for line in lines[: signs.LINES] if (found := _POST.match(line.text))]
    his = sum(_OPENER.fullmatch(name) is not None for name in names)
    return his >= _SPEECHES and len(names) > his


def is_chat(lines: Sequence[Line]) -> bool:
    """Whether some speak in turn, as a chat's program writes it down: `<Nick> …`, `[22:14] Nick: …`."""
    found = (_WRITTEN.match(line.text) for line in lines[: signs.LINES] if line.text[0] in _BEFORE_NICK)
    names = Counter((one[1] or one[2]).lower() for one in found if one)
    again = [count for count in names.values() if count >= _SPEECHES]
    return len(again) > 1 and 2 * sum(again) > min(len(lines), signs.LINES)


def has_header(lines: Sequence[Line]) -> bool:
    """Whether labels state one title and one author in all, and nearly all below is sentences that ask for nothing: a
    story, however short."""
    stated: list[str] = []
    last = 0
    for place, line in enumerate(lines[: signs.LINES]):
        label = label_line(line.text[:_LABELLED]) if line.labelled and not line.links else None
        if label is not None and label.strong and label.value and label.label.names[0] in _HEADER:
            stated.append(label.label.names[0])
            last = place
    if stated.count("author") != 1 or not 1 <= stated.count("title") <= _TITLES:
        return False
    below = [signs.of_line(line) for line in lines[last + 1 : signs.LINES] if not line.labelled]
    told = sum(line.words for line in below if signs.is_sentence(line, _TOLD_SENTENCE) and signs.is_quiet(line))
    return told > _TOLD_BELOW * sum(line.words for line in below)


def has_told_chapters(lines: Sequence[Line]) -> bool:
    """Whether somebody tells of herself behind the names of several chapters: a story in the form of its contents."""
    return sum(map(_is_told_chapter, lines[: signs.LINES])) >= _TOLD_CHAPTERS


def _is_told_chapter(line: Line) -> bool:
    if line.links or not line.text.endswith(".") or len(line.text) > _LONG_CHAPTER:
        return False
    head = headings.parse(line.text)
    said = (head.title or "").lower().replace("’", "'") if head is not None and head.number is not None else ""
    return not talk.ME.isdisjoint(re.findall(r"[^\W\d_]+", said)) and said.endswith(".")


def is_short(seen: Sequence[signs.Seen]) -> bool:
    """Whether a page has too few words and lines to be weighed."""
    return len(seen) < FEWEST_LINES or sum(line.words for line in seen) < FEWEST


class Run:
    """The run of told lines as it grows, line by line."""

    def __init__(self) -> None:
        self._weight = self._most = self._words = self._told = 0.0
        self._lines = 0

    def is_told(self, line: signs.Seen, sure: float) -> bool:
        """Whether so much is told up to this line, in one run, that the page is a story's."""
        if self._weight <= 0:
            self._weight = self._most = self._words = self._told = 0.0
            self._lines = 0
        self._weight += signs.added(line, sure)
        self._words += line.words
        self._told += line.words * sure
        self._lines += 1
        if self._weight <= self._most:
            return False
        self._most = self._weight
        return any(
            self._lines >= fewest and self._words >= words and self._told >= least * self._words
            for fewest, words, least in _RUNS
        )


def has_quiet_stretch(lines: Sequence[Line]) -> bool:
    """Whether sentences follow each other that ask for nothing and speak neither of sites nor of stories: beside links
    or rows, they may be all of a short story, whoever it tells of and in whatever tense."""
    count = words = 0.0
    for line in lines:
        seen = signs.of_line(line)
        if signs.is_sentence(seen, _SHORT_SENTENCE) and signs.is_quiet(seen):
            count, words = count + 1, words + seen.words
            if count >= _QUIET_LINES and words >= _QUIET_WORDS:
                return True
        elif not line.text.endswith((".", "!", "?")) or line.links or line.labelled:
            count = words = 0.0
    return False


def limit(page: dict[str, float]) -> float:
    """What a page has to weigh less than."""
    return CUT - (SAYS_STORY if page["says story"] else 0.0) - (ALL_SENTENCES if _is_clear(page) else 0.0)


def _is_clear(page: dict[str, float]) -> bool:
    """Whether a page is all sentences that ask for nothing and do not speak of stories."""
    if page["sentences"] <= _ALL_SENTENCES:
        return False
    speaks = page["asks"] + page["of sites"] + page["of stories"] + page["of either"] / 2
    return page["asks"] < _ASKS and speaks < _SPEAKS


def sureness(signs_: Sequence[float], weights: Sequence[float], base: float) -> float:
    """How sure it is that a line with such signs is told, from 0 to 1."""
    weight = base + sum(map(float.__mul__, signs_, weights))
    return 1 / (1 + math.exp(-max(-20.0, min(20.0, weight))))
