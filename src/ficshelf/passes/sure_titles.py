"""A title that stands alone on top, with no label, by-line or heading near it: when it is sure enough to be stated.

It has a form that no other line has (centred, framed, set apart by blank lines …), or the file bears its name.
What may as well set the scene or be said is only asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from ficshelf.model import Node
from ficshelf.passes import bare_titles, headings, labels
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.nodes import usual_gap
from ficshelf.passes.title_lines import is_title

_PLACE = re.compile(
    r"\b(?:streets?|road|avenue|city|town|lane|house|hall|castle|hospital|school|high|station|office|room|apartment|bar|pub|"
    r"hotel|hq|headquarters|base|lab|library|kitchen|bedroom|manor|tower|bridge|deck|planet|county|university|prison)\b",
    re.I,
)
_LONGEST_ALONE = 70  # characters of a line that may be a title
_SPOKEN_TO = re.compile(r"(?:dear|hi|hello|hey|warning|attention|part|chapter|note|title|by)\b", re.I)
_BANNER = re.compile(
    r"\b(?:welcome to|archives?|fan-?\s?fic(?:tion|s)?|fiction (?:site|page|list|library)|newsletter|digest|"
    r"mailing list|presents?|productions?|web\s?site|home\s?page|https?:|www\.)",
    re.I,
)
_HOST = re.compile(r"(?:[a-z0-9-]{2,30}\.){1,3}(?:com|net|org|edu|info|nu|cc|us|de|co\.uk|fr|it|es|ru|ca|au)", re.I)
_ARTICLE = re.compile(r"(?:the|an?|der|die|das|le|la|les|el|il)\s+", re.I)
_FRAMED = re.compile(r"([-~*=_+<>•.:#|]{1,12})\s*(?P<said>[^\W_].*?)\s*([-~*=_+<>•.:#|]{1,12})", re.S)

_MIDDLE = 12  # blanks before a line that is set in the middle


def names_place(text: str) -> bool:
    """Whether a line may say where a scene is: `Sunnydale High`, `Hammond's office`."""
    return _PLACE.search(text) is not None


def is_banner(text: str) -> bool:
    """Whether a line between rules names a site, and no story: `Welcome to the Harbour Archive`."""
    return len(text) < 100 and bool(_BANNER.search(text))


def is_host(text: str) -> bool:
    """Whether a line is but the address of a site: `harbourlight.net`."""
    return "." in text and _HOST.fullmatch(text) is not None


def is_sure(nodes: Sequence[Node], index: int, path: str, named: str = "") -> bool:
    """Whether the first line of a text is its title for sure. `named` is what the page is called in its own title."""
    node = nodes[index]
    after = next((other for other in nodes[index + 1 :] if not other.kind), None)
    said = tidy(node.text).strip('"“”#').strip()
    if after is None or len(after.text) <= len(node.text) or not is_title(said) or said[-1] in ".,;:!?":
        return False
    if bare_titles.SLUG.search(said) or "," in said or _SPOKEN_TO.match(said) or labels.find(said) is not None:
        return False
    if headings.bare(node.text) is not None:
        return False
    name = _letters(_name_of(path))
    if len(name) >= 4 and name in (_letters(said), _letters(_ARTICLE.sub("", said))):
        return True
    if len(said.split()) < 2:
        return False
    if named and _letters(named) == _letters(said) and not is_banner(said):
        return True
    if not (said.isupper() or bare_titles.is_title_case(said)):
        return False
    usual = usual_gap(nodes)
    form = _form(nodes, index, after, usual)
    if form == "quoted" and len(said.split()) < 3:
        return False  # `"Come In"` may be said
    if not form or (form in ("caps", "strong") and (_PLACE.search(said) or (form == "caps" and len(said.split()) < 3))):
        return False
    if form in ("caps", "center", "strong", "framed", "h"):  # others of its form head chapters, or scenes
        own = bare_titles.form_of(nodes, index, usual)
        for other in range(index + 1, len(nodes)):
            text = nodes[other].text
            alike = not nodes[other].kind and len(text) <= 70 and bare_titles.form_of(nodes, other, usual) == own
            if alike and headings.parse(text) is None:
                return False
    return True


def stands_apart(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line below others is set in the middle, or in capitals, as no other line is."""
    node = nodes[index]
    if not node.text.isupper() and node.hint != "center" and node.indent < _MIDDLE:
        return False
    return is_sure(nodes[index:], 0, "") and not any(other.text.isupper() for other in nodes[:index])


def is_below_header(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line alone between a header and the story is its title: in capitals as titles have them, it names no
    place and no time, and no other line of the text stands so."""
    node = nodes[index]
    after = nodes[index + 1] if index + 1 < len(nodes) else None
    if after is None or after.kind or not after.gap or not node.gap or len(after.text) <= len(node.text):
        return False
    said = tidy(node.text).strip('"“”#').strip()
    if len(said.split()) < 2 or _SPOKEN_TO.match(said) or _PLACE.search(said) or not _is_title_alone(node.text):
        return False
    alone = (place for place in range(index + 2, len(nodes) - 1) if _stands_alone(nodes, place))
    return not any(_is_title_alone(nodes[place].text) for place in alone)


def _stands_alone(nodes: Sequence[Node], index: int) -> bool:
    node = nodes[index]
    return len(node.text) <= _LONGEST_ALONE and bool(node.gap and nodes[index + 1].gap) and not node.kind


def _is_title_alone(text: str) -> bool:
    """Whether a line has the form of a title, and of nothing else."""
    if headings.parse(text) is not None or headings.bare(text) is not None or not bare_titles.may_be_title(text):
        return False
    return bare_titles.is_title_case(text) or text.isupper()


def _form(nodes: Sequence[Node], index: int, after: Node, usual: int) -> str:
    """What sets the line apart; "" where nothing does that would be enough."""
    node = nodes[index]
    text = node.text
    if node.hint in ("h1", "h2", "h3", "h4"):
        return "h"
    if node.hint == "center" or (node.indent >= _MIDDLE and after.indent <= 8):
        return "center"
    if (framed := _FRAMED.fullmatch(text)) and framed[1][0] in framed[3]:
        return "framed"
    if text.startswith("# ") or (text[0] in '"“' and text[-1] in '"”' and not node.hint):
        return "quoted"
    if bare_titles.form_of(nodes, index, usual)[0] == "strong":
        return "strong"
    if text.isupper():
        return "caps"
    return "gap" if after.gap >= usual + 2 and after is nodes[index + 1] and usual else ""


def _name_of(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).stem


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
