"""Joined pages: a text that was made of several saved pages shows the joins as a line end and a single blank.

The page after a join begins with exactly one blank where no other line does, right under the page before it.
"""

from __future__ import annotations

from ficshelf.model import Draft, Remark
from ficshelf.passes import headings


def apply(draft: Draft) -> Draft:
    """Mark the first line of each joined page. A joined page without a heading gets the remark `heading-lost`."""
    if any(node.page or node.hint for node in draft.nodes) or "\n " not in draft.text:
        return draft
    text = draft.text
    candidates = [
        index
        for index, node in enumerate(draft.nodes)
        if index
        and node.gap == 0
        and node.indent
        and not node.kind
        and _starts_with_one_blank(text, node.spans[0].start)
    ]
    if not candidates:
        return draft
    headed = {index for index in candidates if headings.parse(draft.nodes[index].text)}
    follows_on = sum(1 for node in draft.nodes if node.gap == 0)
    if not (headed or text.endswith("\n ")) or follows_on > len(draft.nodes) * (0.6 if headed else 0.3):
        return draft
    nodes = list(draft.nodes)
    remarks = list(draft.remarks)
    for index in candidates:
        nodes[index] = nodes[index]._replace(page=True, gap=1)
        if index not in headed:
            remarks.append(
                Remark(
                    "heading-lost",
                    "A page was joined on here; it begins a chapter without a heading.",
                    0,
                    nodes[index].spans[0],
                )
            )
    return draft._replace(nodes=tuple(nodes), remarks=tuple(remarks))


def _starts_with_one_blank(text: str, start: int) -> bool:
    begin = text.rfind("\n", 0, start) + 1
    lead = text[begin:start]
    return lead[:1] == " " and not lead.startswith("  ")
