"""Letters still written as a web page's codes (`&quot;`, `&eacute;`, `&#8217;`), as saved databases leave them.

The text layer stays as it was; the nodes say what was meant.
"""

from __future__ import annotations

import html
import re

from ficshelf.model import Chrome, Draft, Facts, Node, Remark

_CODE = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});")
_LAYERS = 3  # programs that wrote a text one after another, each of which escaped it anew
_FEWEST = 2  # one alone may be meant, in a story about web pages; but not within a word
_WITHIN_A_WORD = re.compile(r"[^\W\d_](?:&#\d{3,5};|&[A-Za-z]{4,6};)|(?:&#\d{3,5};|&[A-Za-z]{4,6};)[^\W\d_]")


def apply(draft: Draft) -> Draft:
    """Put the letters there that the codes stand for; lines of nothing but hard blanks are blank lines then."""
    if "&" not in draft.text or ";" not in draft.text:
        return draft
    coded = [index for index, node in enumerate(draft.nodes) if "&" in node.text and _CODE.search(node.text)]
    if sum(len(_CODE.findall(draft.nodes[index].text)) for index in coded) < _FEWEST and not any(
        _WITHIN_A_WORD.search(draft.nodes[index].text) for index in coded
    ):
        return draft
    changed = {index: node for index in coded if (node := _read(draft.nodes[index])) != draft.nodes[index]}
    if not changed:
        return draft
    nodes: list[Node] = []
    chrome = list(draft.chrome)
    gap = 0
    for index, node in enumerate(draft.nodes):
        node = changed.get(index, node)
        if index in changed and not node.text and node.hint != "img":
            chrome += [Chrome(span, "blank") for span in node.spans]
            gap += node.gap + 1
            continue
        nodes.append(node._replace(gap=node.gap + gap) if gap else node)
        gap = 0
    where = draft.nodes[min(changed)].spans
    what = f"Codes were read as letters in {len(changed)} paragraph{'s' if len(changed) != 1 else ''}."
    remarks = (*draft.remarks, *(Remark("codes-read", what, 0, span) for span in where[:1]))
    return draft._replace(nodes=tuple(nodes), facts=_facts(draft.facts), chrome=tuple(chrome), remarks=remarks)


def _facts(facts: Facts) -> Facts:
    """What a page states is written as its story is."""
    return {
        name: tuple(
            fact._replace(value=_decoded(fact.value).strip()) if isinstance(fact.value, str) else fact for fact in found
        )
        for name, found in facts.items()
    }


def _read(node: Node) -> Node:
    if node.hint in ("pre", "img"):
        return node
    runs = tuple(run if "code" in run.marks else run._replace(text=_decoded(run.text)) for run in node.runs)
    if runs:
        return node._replace(text="".join(run.text for run in runs), runs=runs)
    return node._replace(text=_decoded(node.text).strip())


def _decoded(text: str) -> str:
    """The letters that the codes stand for; codes of codes (`&amp;rsquo;`) are taken off layer by layer."""
    for _ in range(_LAYERS):
        read = _CODE.sub(lambda found: html.unescape(found[0]).replace("\n", " ").replace("\r", " "), text)
        if read == text:
            break
        text = read
    return text
