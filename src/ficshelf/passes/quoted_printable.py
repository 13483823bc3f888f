"""Quoted-printable that nobody decoded: `=20` and `=92` for letters, `=` at the ends of lines that go on (RFC 2045)."""

from __future__ import annotations

import quopri
import re

from ficshelf.model import Chrome, Draft, Node, Span

_QUOTED = re.compile(r"=[0-9A-F]{2}")
_SIGNS = ("=20", "=3D", "=92", "=93", "=E2=80", "=E9", "=A0", "=85", "=09", "=C3=")


def apply(draft: Draft) -> Draft:
    """Lines that end in `=` go on in the next; `=20` is a blank, `=92` a letter of cp1252, `=E2=80=99` one of UTF-8."""
    if draft.text.count("=") < 3:
        return draft
    soft = sum(1 for node in draft.nodes if _is_soft(node.text))
    blanks = sum(draft.text.count(sign) for sign in _SIGNS)
    if soft + blanks < 3 or (soft + blanks) * 60 < len(draft.nodes):
        return draft
    nodes: list[Node] = []
    pieces: list[str] = []  # of the line at hand, which goes on
    spans: list[Span] = []
    for node in draft.nodes:
        goes_on = bool(nodes) and nodes[-1].detail == "soft" and node.gap == 0
        soft_end = _is_soft(node.text)
        text = node.text[:-1] if soft_end else node.text
        if goes_on:
            before = nodes[-1]
            end = before.spans[-1].end
            parted = draft.text[end - 2 : end - 1].isspace() or node.indent
            pieces += [" " if parted and not pieces[-1].endswith(" ") else "", text]
            spans += node.spans
            nodes[-1] = before._replace(spans=node.spans, detail="soft" if soft_end else "")
        else:
            _settle(nodes, pieces, spans)
            pieces, spans = [text], list(node.spans)
            nodes.append(node._replace(detail="soft" if soft_end else ""))
    _settle(nodes, pieces, spans)
    return _without_blank(draft, nodes)


def _settle(nodes: list[Node], pieces: list[str], spans: list[Span]) -> None:
    """Give the last node the text that was gathered for it."""
    if nodes:
        nodes[-1] = nodes[-1]._replace(text=_decode("".join(pieces)), spans=tuple(spans), detail="")


def _without_blank(draft: Draft, nodes: list[Node]) -> Draft:
    settled: list[Node] = []
    chrome = list(draft.chrome)
    gap = 0
    for node in nodes:
        said = node.text.strip()
        if said:
            settled.append(node._replace(text=said, gap=node.gap + gap))
            gap = 0
        else:
            chrome += [Chrome(span, "mail encoding") for span in node.spans]
            gap += 1 + node.gap
    return draft._replace(nodes=tuple(settled), chrome=tuple(chrome))


def _is_soft(text: str) -> bool:
    return text.endswith("=") and not text.endswith("==") and len(text) > 30


def _decode(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    data = quopri.decodestring(text.encode("utf-8", "surrogatepass"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
