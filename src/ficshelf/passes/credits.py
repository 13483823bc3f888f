"""What stands below a by-line in one stanza with title and name: a rating, who is paired, a subtitle, whose people they
are, how to write to the author. A blank line, a label or a heading ends such a stanza."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import ratings
from ficshelf.model import Node
from ficshelf.passes import headings, labels
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.title_lines import is_title

_PAIR = re.compile(r"[^\W\d_][\w.' -]{0,18}(?:\s?/\s?|\s?[xX+&]\s)[^\W\d_][\w.' -]{0,18}")
_LONGEST_ASIDE = 40
_LONGEST = 90  # characters of a line of the stanza
_TALLEST = 5  # lines that it may have
_MOST_NAMES = 3  # words of a name
_CODE = re.compile(r"(?P<rating>(?:PG|NC|FR|TV|K|T|M|G|R|E|X)[\w+-]{0,6})(?=[\s,;/|.])[\s,;/|.]+(?P<rest>\S[^\n]*)")
_MEANS = " - "  # `T - Teen: Language`
_BEFORE_PIECE = re.compile(r"\s*[,;|]\s*|\.\s+|\s+-\s+")
_SUBTITLE = re.compile(r"an?\s[^.!?\n]{0,40}\b(?:fan\s?-?fic(?:tion)?|fic|story|novel|novella|tale)", re.I)
COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b)", re.I)
_ADDRESS = re.compile(
    r"[<(\[]?[\w.+-]{2,40}(?:@|\s?(?:\[at\]|\(at\)|\bat\b)\s?)[\w-]{2,40}"
    r"(?:(?:\.|\s?(?:\[dot\]|\(dot\)|\bdot\b)\s?)[\w.-]{0,40}){1,3}[>)\]]?",
    re.I,
)
_WRITE = re.compile(
    r"(?:please\s)?(?:send\s)?(?:all\s)?(?:feedback|comments|e-?mail|mail|flames)\b(?!\s*:)[^\n]{0,80}", re.I
)


def state_below(gathered: Gathered, index: int) -> int:
    """Settle the lines of the stanza from `index` on; the index of the node after them."""
    nodes = gathered.nodes
    end = index = gathered.state_ratings_line(index)
    while end < min(len(nodes), index + _TALLEST) and _may_be_credit(nodes[end]):
        end += 1
    closed = end >= len(nodes) or nodes[end].gap > 0 or bool(nodes[end].kind) or bool(label_line(nodes[end].text))
    others = 0
    for place in range(index, end):
        if not _state(gathered, place):
            others += 1
            if not closed or others > 1 or nodes[place].text[-1] in ".!?…," or end == len(nodes):
                return place
            gathered.set_apart(place, "subtitle")
    return end


def is_address(text: str) -> bool:
    """Whether a line is but the address of whoever wrote what stands around it."""
    return ("@" in text or " at " in text or "(at)" in text or "[at]" in text) and bool(_ADDRESS.fullmatch(text))


def asks_for_comments(text: str) -> bool:
    """Whether a line below a header says how readers may write: `Comments welcome at the address above.`"""
    return _WRITE.fullmatch(text) is not None and not SAID.search(text)


def is_signed(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line below a title is a name with an address behind it, or right below it."""
    text = nodes[index].text
    if len(text) > _LONGEST or label_line(text) is not None or SAID.search(text):
        return False
    words = text.split()
    for cut in range(1, min(len(words), _MOST_NAMES + 1)):
        if is_address(" ".join(words[cut:])):
            return all(word[0].isalpha() for word in words[:cut]) and is_title(" ".join(words[:cut]))
    below = nodes[index + 1] if index + 1 < len(nodes) else None
    if below is None or below.kind or (below.gap and not below.hint) or len(words) > _MOST_NAMES or not is_title(text):
        return False
    return is_address(below.text)


def _may_be_credit(node: Node) -> bool:
    text = node.text
    is_apart = node.gap and not (node.hint and is_address(text))  # on a page lines are paragraphs
    if node.kind or is_apart or node.page or len(text) > _LONGEST or SAID.search(text) or TOLD.search(text):
        return False
    return label_line(text) is None and headings.parse(text) is None


def _state(gathered: Gathered, index: int) -> bool:
    """Settle one line by what it says; False where it says nothing that is known."""
    node = gathered.nodes[index]
    text = node.text
    bracketed = text[0] + text[-1] in ("()", "[]") and len(text) <= _LONGEST_ASIDE
    said = text[1:-1].strip() if bracketed else text
    if (coded := _CODE.fullmatch(said)) and ratings.scale(coded["rating"]) != ratings.UNRATED:
        gathered.add("rating", said if _MEANS in said else coded["rating"], node.spans)
        for piece in map(str.strip, _BEFORE_PIECE.split(coded["rest"])):
            if _PAIR.fullmatch(piece) and labels.find(piece) is None:
                gathered.add("relationship", piece, node.spans)
    elif bracketed and _PAIR.fullmatch(said):
        gathered.add("relationship", said, node.spans)
    elif bracketed:
        gathered.set_apart(index, "subtitle")
        return True
    elif COPYRIGHT.match(text):
        gathered.add("disclaimer", text, node.spans)
    elif is_address(text) or asks_for_comments(text):
        gathered.set_apart(index, "e-mail address")
        gathered.reached += node.spans
        return True
    elif _SUBTITLE.fullmatch(text):
        gathered.set_apart(index, "subtitle")
        return True
    else:
        return False
    gathered.nodes[index] = node._replace(kind="fact")
    return True
