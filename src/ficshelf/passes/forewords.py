"""What an author says on top, before the story's own title, first heading or rule, without a label.

No word is sure to be there. But it is said to readers, now, by an I or to a you, and of shows, books and stories as
such: where they stand in a series, how this one came about, what is in it. A narrator who begins like that goes on to
tell: what somebody else did, then. So two such words are asked for where only a heading stands below; where a title
with a by-line does, the place says most.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ficshelf.model import Node
from ficshelf.passes import foreword_words, labels
from ficshelf.passes.author_voice import greets
from ficshelf.passes.label_lines import Line, label_line
from ficshelf.passes.note_labels import is_legend
from ficshelf.passes.note_words import SAID, addresses
from ficshelf.passes.sure_titles import stands_apart
from ficshelf.passes.title_lines import by_line_below, is_by_line, is_title

_TOP = 60  # lines within which a title stands below a foreword
MOST = 14  # paragraphs of a foreword
LONGEST = 6_000  # characters that it may have
_PARAGRAPH = 2_000  # characters that one of them may have
_CUT = (40, 90)  # characters of a line that was cut at a width
_SENTENCE = 50  # characters that one of the paragraphs above a title has
_ENDS = re.compile(
    r"[.!?…][)\]}\"”’*~_]*\Z|[:;=][-^'o]?[)D]\Z|"
    r"(?<![^\W_])(?:[nu]\.[nu]|\^[_.-]?\^|[xX]D+|[TtUu]_+[TtUu]|>[._]?<|<3|♥|♡)[~^'\"]{0,5}\Z"
)
_SHORT = 160  # characters of a paragraph that need not speak to anybody
_SAID_LENGTH = 160  # characters of what is said in several sentences behind a label
_SENTENCES = re.compile(r"[.!?…]\s+[^\W\d_]")
_SILENT = 4  # of so many paragraphs one may speak to nobody
_SPOKEN = re.compile(  # somebody in a story speaks
    r"\A[—–-]\s?[^\W\d_]|\A[\"“„«][^\"”»“]{1,300}[,.!?…–—-][\"”»“]|[,.!?…–—-][\"”»“]\s+(?:\w+\s+){0,2}(?:said|asked|replied|answered|whispered|yelled|muttered)\b|"
    r"\b(?:said|asked|replied|whispered|muttered|murmured)\s+(?!(?:that|if|me|to|for|in|I)\b)[A-Z]\w+[,.]?\s+[\"“„]"
)
_LETTER = re.compile(
    r"\b(?:if\s+you\s+(?:are\s+reading|can\s+read)|by\s+the\s+time\s+you\s+read|"
    r"i\s+am\s+writing\s+(?:this\s+)?(?:by|from|in))\b",
    re.I,
)
_HOUR = re.compile(r"\W*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b.{0,15}\Z")
_RIGHTS = re.compile(
    r"\b(?:prohibited|personal\s+use|all\s+rights\s+reserved|without\s+(?:the\s+)?(?:written\s+)?(?:consent|permission))\b|https?://",
    re.I,
)


def is_foreword(texts: Sequence[str], *, above_title: bool = False, among_notes: bool = False) -> bool:
    """Whether paragraphs on top of a text are what its author says before the story.

    `above_title`: a title with its by-line stands below; `among_notes`: a header or a note stands above, and a heading
    or a rule below.
    """
    if not texts or len(texts) > MOST or sum(map(len, texts)) > LONGEST:
        return False
    if any(len(text) > _PARAGRAPH or _SPOKEN.search(text) for text in texts):
        return False
    texts = [text for text in texts if addresses(text) or not _RIGHTS.search(text)]
    whole = "\n".join(texts)
    if any(map(_HOUR.match, texts)):
        return False  # posts of readers
    if not any(map(_ENDS.search, texts)) or _LETTER.search(whole):
        return False
    now, told = foreword_words.said_now(whole), foreword_words.told(whole)
    if told > now + 1 or not _are_said(texts):
        return False
    if above_title and now > told and foreword_words.is_english(whole):
        return True
    kinds = foreword_words.of_works(whole)  # which takes longest
    if greets(texts[0]):
        kinds.add("greeting")
    if any(map(is_legend, texts)):
        kinds.add("legend")
    return bool(kinds) if above_title or among_notes else len(kinds) > 1


def is_said(text: str) -> bool:
    """Whether what stands behind a label that nobody knows is said to the readers: `IMPORTANT: Please read …`"""
    if len(text) > _SAID_LENGTH and len(_SENTENCES.findall(text)) > 1 and not SAID.search(text):
        return True
    return len(text) > _SENTENCE and text[-1] in ".!)" and is_foreword([text], above_title=True)


def _are_said(texts: Sequence[str]) -> bool:
    """Whether paragraphs may stand in a foreword: they speak to readers or of works, or are short. Of four between
    such one may be silent; none says but what others did."""
    if any(map(_is_told, texts)):
        return False
    silent = [
        place
        for place, text in enumerate(texts)
        if len(text) > _SHORT and not addresses(text) and not foreword_words.of_works(text)
    ]
    if not silent:
        return True
    return len(silent) * _SILENT <= len(texts) and silent[0] > 0 and silent[-1] < len(texts) - 1


def _is_told(text: str) -> bool:
    """Whether a paragraph says what others did, then, twice or more, and nothing to anybody."""
    return foreword_words.told(text) > 1 and not (
        foreword_words.said_now(text) or addresses(text) or foreword_words.of_works(text)
    )


def above_title(nodes: Sequence[Node], titles: Collection[str]) -> list[int]:
    """The lines that the author says above a title: one that has a by-line right below it, one of `titles` (those that
    are stated already), or one that stands in capitals or in the middle as no other line does. None where there is no
    such title, or the story may have begun above it."""
    first = 0  # the line after the last by-line
    for index, node in enumerate(nodes[:_TOP]):
        if node.kind or not node.text:
            continue
        below = by_line_below(nodes, index)
        known = node.text.strip(' *_~-="').casefold() in titles
        sure = known or (bool(below) and nodes[below].gap <= 1)
        if (
            index > first
            and (node.gap or nodes[index - 1].kind)
            and is_title(node.text)
            and (sure or stands_apart(nodes, index))
        ):
            above = [place for place in range(first, index) if not nodes[place].kind]
            return above if above and _is_above_title(nodes, above, sure=sure) else []
        line = label_line(node.text)
        if is_by_line(node.text) or (line and line.strong and (_is_headers(line) or (first and index == first))):
            first = index + 1
        elif first == index and not node.gap and not nodes[index - 1].kind and index:
            first = index + 1  # the label's value goes on
    return []


def _is_headers(line: Line) -> bool:
    return bool(labels.HEADER_ONLY.intersection(line.label.names))


def _is_above_title(nodes: Sequence[Node], places: Sequence[int], *, sure: bool) -> bool:
    texts: list[str] = []
    for place in places:
        text = nodes[place].text
        if texts and not nodes[place].gap and _CUT[0] < len(nodes[place - 1].text) < _CUT[1]:
            texts[-1] += f" {text}"
        else:
            texts.append(text)
    return max(map(len, texts)) > _SENTENCE and is_foreword(texts, above_title=sure)
