"""Backslashes before quotation marks (`it\\'s`, `\\"Go.\\"`), which PHP put there when a story was posted.

They stand before all of a text's straight quotation marks or, where an editor came later, before nearly all. The text
layer stays as it was; the nodes say what was meant.
"""

from __future__ import annotations

import re

from ficshelf.model import Draft, Node, Remark

_SLASHES = re.compile(r"(?<!\\)\\++(?=['\"])")  # a whole run: to look at each of a million would take all day
_MARKS = re.compile(r"['\"]")
_FEWEST = 2  # one alone may be meant
_MOST = 0.9  # of the quotation marks: so many have one before them


def apply(draft: Draft) -> Draft:
    """Take the backslashes out."""
    if "\\" not in draft.text or ("\\'" not in draft.text and '\\"' not in draft.text):
        return draft
    slashed = [index for index, node in enumerate(draft.nodes) if "\\" in node.text and _SLASHES.search(node.text)]
    count = sum(len(_SLASHES.findall(draft.nodes[index].text)) for index in slashed)
    marks = sum(len(_MARKS.findall(node.text)) for node in draft.nodes)
    if count < _FEWEST or count < _MOST * marks:
        return draft
    nodes = list(draft.nodes)
    for index in slashed:
        nodes[index] = _without(nodes[index])
    what = f"Backslashes were taken out in {len(slashed)} paragraph{'s' if len(slashed) != 1 else ''}."
    remarks = (*draft.remarks, *(Remark("slashes-removed", what, 0, span) for span in nodes[slashed[0]].spans[:1]))
    facts = {
        name: tuple(
            fact._replace(value=_SLASHES.sub("", fact.value)) if isinstance(fact.value, str) else fact for fact in found
        )
        for name, found in draft.facts.items()
    }
    return draft._replace(nodes=tuple(nodes), facts=facts, remarks=remarks)


def _without(node: Node) -> Node:
    if node.hint in ("pre", "img"):
        return node
    runs = tuple(run if "code" in run.marks else run._replace(text=_SLASHES.sub("", run.text)) for run in node.runs)
    text = "".join(run.text for run in runs) if runs else _SLASHES.sub("", node.text)
    return node._replace(text=text, runs=runs)
