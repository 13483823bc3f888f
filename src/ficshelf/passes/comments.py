"""What readers said below a story, where a journal's or a blog's page was copied with its comments.

They begin at the page's own count of them (`(12 comments | Leave a comment)`) or with the name and the time of the
first, and end where the text ends. A story that is told as comments has none below it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes.label_lines import label_line

_REPLY = (
    "eply",
    "eplies",
    "ntwort",
    "épond",
    "espond",
    "ispond",
    "твет",
)  # without their first letters, in either case
_COUNTED = ("omment", "eplies", "esponses", "oment", "ommenti", "омментари", "COMMENTS")
_WAY = (
    r"[(\[]?\s*(?:reply|replies|parent|thread|link|expand|collapse|hide|edit|delete|freeze|screen|track|quote|report|like|"
    r"flag|antworten|répondre|responder|rispondi|ответить|ветка|развернуть|свернуть|ссылка|уровень выше)"
    r"(?: (?:to|this|from start|comment))*\s*[)\]]?"
)
_BELOW_ONE = re.compile(rf"{_WAY}(?:[\s|·•]*{_WAY}){{0,6}}", re.I)
_COUNT = re.compile(
    r"\W*(?:\d{1,5}|no|one) (?:comments?|replies|responses|kommentare?|commentaires?|comentarios?|comentários?|"
    r"commenti|комментари\w+)\b[^.!?\n]{0,60}|\W*comments?\s*[:(]\s*\d{1,5}\)?\W*|COMMENTS|"
    r"всего комментариев\s?:\s?\d{1,5}|(?:comentários|comentarios|commentaires|commenti|kommentare)\s(?:d[aeou]l?|"
    r"zu[mr]?|al?)\s[^.!?\n]{2,40}",
    re.I,
)
DATE = (
    r"(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.]\d{2,4}|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d\d?(?:st|nd|rd|th)?,? \d{4}|"
    r"\d\d?(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? \d{4})"
)
_WHO_AND_WHEN = re.compile(
    rf"(?:\S.{{0,60}}?)?{DATE}.{{0,12}}?\d\d?:\d\d.{{0,20}}|\S.{{0,40}}\s(?:said|wrote)(?:\.\.\.|…|:)", re.I
)
_SAID = '.,;:!?…"”'  # at the end of a line of a comment, or of a story
_LONGEST = 100  # characters of a line that says who wrote and when
_HIGHEST = 60  # lines of one comment
_NEXT = 3  # lines below the count of comments within which the first one begins
_LAST = 10  # lines from the foot among which one stands that is below the last comment
_NOTES = re.compile(r"\d[\d.,]* notes(?:\s?·.{0,30})?")
_ASKED, _ASKED_LETTERS = 10, 600  # lines and letters of a question below a blog's post, with its answer
_BEFORE = 1500  # letters told before comments that nothing counts


def start(nodes: Sequence[Node]) -> int:
    """Where the comments below a story begin; the number of nodes where there are none."""
    none = len(nodes)
    if (noted := _below_notes(nodes)) < none:
        return noted
    answered = any(is_below_one(node) for node in nodes[-_LAST:])
    below = [index for index, node in enumerate(nodes) if is_below_one(node)] if answered else []
    if below:
        if any(after - here > _HIGHEST for here, after in itertools.pairwise(below)):
            return none
        first = below[0]
        near = range(first - 1, max(0, first - _HIGHEST), -1)
    else:
        near = range(none - 2, max(0, none - 4 * _HIGHEST), -1)
        said = "\n".join([nodes[index].text for index in near])
        if not any(word in said for word in _COUNTED) or not any(_is_count(nodes[index]) for index in near):
            return none
    headed = 0
    for index in near:
        node = nodes[index]
        if node.kind == "heading" or (label_line(node.text) and not _is_of_one(node)):
            break
        if _is_count(node) and (below or 0 < headed - index <= _NEXT):
            return index - 1 if index > 1 and _is_count(nodes[index - 1]) else index
        if _is_of_one(node):
            headed = index
    if below and headed and sum(len(node.text) for node in nodes[:headed]) >= _BEFORE:
        return headed
    return none


def _below_notes(nodes: Sequence[Node]) -> int:
    """Where what somebody asked stands below a post that a blog's page ends with the count of its readers (`87 notes`),
    with a count of its own, and no more than a few lines; the number of nodes where it does not."""
    none = len(nodes)
    if not nodes or "notes" not in nodes[-1].text or not _NOTES.fullmatch(nodes[-1].text):
        return none
    said = 0
    for index in range(none - 2, max(0, none - _ASKED), -1):
        if "notes" in nodes[index].text and _NOTES.fullmatch(nodes[index].text):
            return index
        said += len(nodes[index].text)
        if said > _ASKED_LETTERS or nodes[index].kind:
            break
    return none


def is_below_one(node: Node) -> bool:
    """`(Reply) (Thread)`: what a page lets its readers do with a comment."""
    text = node.text
    if len(text) > 80 or node.kind or text[-1:] in _SAID or not any(word in text for word in _REPLY):
        return False
    return _BELOW_ONE.fullmatch(text) is not None and (text[0] in "([" or len(text.split()) >= 2)


def _is_count(node: Node) -> bool:
    text = node.text
    if node.kind or len(text) > _LONGEST or not any(word in text for word in _COUNTED):
        return False
    return _COUNT.fullmatch(text) is not None


def _is_of_one(node: Node) -> bool:
    """Who wrote a comment, and when."""
    return not node.kind and len(node.text) <= _LONGEST and _WHO_AND_WHEN.fullmatch(node.text) is not None
