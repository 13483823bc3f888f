"""What a site says below a story: share buttons, tags, counters, hosts, the group's own lines, by their form.

Below an ending, or below the author's last words, stands nothing that is told. There a line that speaks as sites do is
one; others go with it only where they stand right next to it. Without an ending only the last lines of a text may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes import ends, site_blocks
from ficshelf.passes.author_voice import is_heard_in, strength
from ficshelf.passes.site_forms import form, says_whose
from ficshelf.passes.site_words import Sure

_FOOT = 40  # nodes at the end of a text among which a site speaks
_SPEAKS = 2  # things that only an author says
_TOLD = 60  # characters of a line that tells something
_SAID = frozenset('.!?…"”*')  # at the end of a line that may be told
_EDIT = "[]"  # what is left of `[edit]` behind a heading
_HEADING = 80  # characters of it
_WIKI = frozenset(
    ("trivia", "gallery", "references", "see also", "external links", "navigation", "appearances", "behind the scenes",
     "notes and references", "continuity", "galerie", "weblinks", "einzelnachweise", "referencias", "galería",
     "curiosidades")
)  # fmt: skip
_SETTLED = frozenset(("chrome", "break"))


def apply(draft: Draft) -> Draft:
    """Set apart what the site says at the foot of a text."""
    nodes = list(draft.nodes)
    named = [*draft.facts.get("title", ()), *draft.facts.get("author", ())]
    names = tuple(str(fact.value) for fact in named)
    sections = _sections(nodes) if _EDIT in draft.text else []
    found = sorted({*sections, *_below(nodes, names), *site_blocks.below(nodes, names)})
    if not found:
        return draft
    chrome = list(draft.chrome)
    for index in found:
        chrome += [Chrome(span, "site's own words") for span in nodes[index].spans]
        nodes[index] = nodes[index]._replace(kind="chrome")
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _sections(nodes: Sequence[Node]) -> list[int]:
    """What stands below a story on a wiki's page: `Trivia[]` and its like, where the button to edit a section has left
    its brackets behind the chapters' headings too."""
    marked = [index for index, node in enumerate(nodes) if len(node.text) <= _HEADING and node.text.endswith(_EDIT)]
    of_wiki = [index for index in marked if nodes[index].text.removesuffix(_EDIT).strip().lower() in _WIKI]
    if not of_wiki or len(marked) == len(of_wiki) or len(nodes) - of_wiki[0] > _FOOT or marked[-1] not in of_wiki:
        return []
    if marked[-len(of_wiki)] != of_wiki[0]:
        return []  # a chapter stands below one
    rest = [index for index in range(of_wiki[0], len(nodes)) if not nodes[index].kind]
    return [] if any(is_heard_in(nodes[index].text.lstrip("-*• ")) for index in rest) else rest


def _below(nodes: Sequence[Node], names: tuple[str, ...]) -> list[int]:
    """The places of the site's lines below the story."""
    first = max(1, len(nodes) - _FOOT)
    titles = [name.lower() for name in names]
    sure: dict[int, Sure] = {}
    ended = 0
    for index in range(len(nodes) - 1, first - 1, -1):
        text = nodes[index].text
        if nodes[index].kind:
            continue
        if ends.is_ending(text, titles):
            ended = index
            break
        sure[index] = form(text, names)
        if len(text) > _TOLD and not sure[index] and is_heard_in(text):
            break
    if not ended:
        return _last_lines(nodes, sure)
    return [index for index in sorted(sure) if index > ended and _goes_with_others(nodes, sure, index)]


def _last_lines(nodes: Sequence[Node], sure: dict[int, Sure]) -> list[int]:
    """The lines at the very end that are the site's, up to the last that surely is, where nothing says that it ends."""
    found: list[int] = []
    reached = 0  # how many of them stand at or below a line that surely is the site's
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        if node.kind in _SETTLED:
            reached = len(found) if node.kind == "chrome" else reached
        elif node.kind or not sure.get(index):
            break
        elif sure[index] < Sure.AT_EDGES and node.text[-1] in _SAID:
            return found[:reached] if not node.kind else []
        else:
            found.append(index)
            reached = len(found) if sure[index] >= Sure.AT_EDGES else reached
    else:
        return []  # nothing is told above them
    return found[:reached] if not node.kind else []


def _goes_with_others(nodes: Sequence[Node], sure: dict[int, Sure], index: int) -> bool:
    """Whether a line below an ending is the site's: surely, or beside one of its lines."""
    if sure[index] != Sure.IN_COMPANY:
        return sure[index] >= Sure.AT_EDGES
    text = nodes[index].text
    above, below = index - 1, index + 1
    if nodes[index].gap == 0 and (nodes[above].kind == "chrome" or sure.get(above, Sure.NOT) >= Sure.AT_EDGES):
        return strength(text).strong < _SPEAKS
    if below == len(nodes) or nodes[below].gap or strength(text).strong or (text[-1] in _SAID and not says_whose(text)):
        return False
    return nodes[below].kind == "chrome" or sure.get(below, Sure.NOT) >= Sure.AT_EDGES
