"""Author's notes: the author speaking, at the top, at the bottom, between scenes, labelled or not.

A labelled note (`A/N:`, `Author's Note`) counts anywhere. Without a label a paragraph counts only at the edge of a
chapter, and only when it speaks of the story as a story: of chapters, reviews, betas, updates.
"""

from __future__ import annotations

import itertools
import re

from ficshelf.model import INFERRED, Draft, Fact, Node
from ficshelf.passes.facts import add_fact

_LABEL = re.compile(
    r"[\s\[({<*_~=\-–—|/\\.•#]*(?:a\s?/\s?n\s?s?|a\.n\.?|an|n/a|(?:the\s+)?(?:author|writer)(?:['’]?s?['’]?)?\s+(?:note|"
    r"comment|babble|ramble|rambling)s?|note\s+from\s+(?:the\s+)?(?:author|me)|note\s+de\s+l['’]auteur|"
    r"anmerkung(?:\s+de[rs]\s+autor(?:in|s)?)?|от\s+автора|beta\s+note|end\s+notes?|story\s+notes?|"
    r"chapter\s+notes?|review(?:er)?\s+(?:replies|responses)|(?:replies|responses|shout\s?-?outs?|"
    r"thanks)\s+to\s+(?:my\s+)?review(?:s|ers))\s*(?:\d{1,2}\s*)?[*_\])}>/]*\s*(?P<sign>[:;\-–—)\].=~*]|"
    r"$)",
    re.I,
)
_EDGE_LABEL = re.compile(
    r"[\s\[({<*_~=\-–—|]*(?:notes?|disclaimers?|warnings?|thanks|beta|feedback|dedication|p\.?\s?s\.?|"
    r"nb|n\.b\.|translations?|glossary|reviews?|credits|lyrics|song|coming\s+(?:up|soon)|next\s+(?:time|"
    r"chapter))\s*[*_\])}>]*\s*:",
    re.I,
)
_BRACKETED = re.compile(r"[(\[{<]\s*(?:a\s?/\s?n|an|author['’]?s?['’]?\s+note)", re.I)
_STRONG = re.compile(
    r"\b(?:(?:this|next|last|previous|new|the|that|each|every|these|few|more|of\s+the)\s+(?:\w+\s+)?(?:chapters?|"
    r"fics?|fanfics?|fanfiction|installments?|one-?shots?|drabbles?|songfics?)|chapters?\s+(?:to\s+go|"
    r"left|away|is|are|was|were|will|took|ahead|up|soon)|fan\s?-?fic(?:tion)?s?|\bfics?\b|(?:read|"
    r"please)\s+(?:and|&|n)\s+review|r\s?&\s?r|reviews?\b|reviewers?|reviewed|reviewing|feedback|"
    r"beta(?:s|d|ed|'d|-read(?:er|ing)?)?|betaing|updat(?:e|es|ed|ing)|writer['’]?s\s+block|plot\s?bunn(?:y|"
    r"ies)|kudos|flames?\b|unbeta['’]?d|disclaimer|(?:don['’]t|do\s+not)\s+own|(?:i|we)\s+own\s+nothing|"
    r"copyright|this\s+(?:story|part|series)|my\s+(?:first|second|other|newest|stories|story|readers?|"
    r"muse|livejournal|lj|website|profile|tumblr)|(?:the|my)\s+(?:end\s+of\s+)?(?:the\s+)?story|sequel|"
    r"cliff\s?hangers?|cliffie|a/n|posting|posted|lyrics|song\s+(?:is|used|belongs)|readers|hope\s+you\s+(?:all\s+)?(?:like|"
    r"liked|enjoy|enjoyed)|stay\s+tuned)\b",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:thanks?|thank\s+you|sorry|hope|enjoy|please|writing|wrote|write|written|editing|encouragement|"
    r"comments?|let\s+me\s+know|you\s+(?:all|guys)|everyone|everybody|i['’]?m|i|me|my|we|you|guys|"
    r"soon|patience|support|apologi[sz]e|anyway|ideas?|chapters?|story)\b",
    re.I,
)
_SPEECH = re.compile(r"[\"“«][^\"”»]{2,}[\"”»,]|[\"“]$")
_WORKED = re.compile(
    r"\b(?:this\s+one|edited\s+(?:it|this)|proof-?read|to\s+go|more\s+after\s+this|chapters?|story|writing|wrote)\b",
    re.I,
)
_SPEAKS = re.compile(r"\b(?:i|i['’]m|i['’]ve|me|my|we|you|your|thanks|thank)\b", re.I)
_TOLD = re.compile(
    r"\b(?:said|asked|thought|whispered|murmured|replied|answered|muttered|sighed|laughed|cried)\s+(?:[A-Z]|"
    r"he\b|she\b|they\b|the\b)"
    r"|\b(?:he|she|they)\s+(?:said|asked|thought|whispered|murmured|replied|answered|muttered|sighed|did|had)\b"
)
_BETA = re.compile(
    r"\b(?:(?i:thank(?:s|\s+you)|kudos|hugs|gratitude)\b[^.!?\n]{0,60}?\bto\s+(?:my\s+(?:\w+\s+){0,3}beta(?:-?reader)?s?,?\s+)?(?P<name>[A-Z][\w'’-]{1,30}(?:\s+[A-Z][\w'’-]{1,20})?)[^.!?\n]{0,40}?\b(?:beta\w*|"
    r"edit\w*|proof-?read\w*|read(?:ing)?\s+(?:it|this)?\s*over|corrections?)|(?i:beta(?:-?read|['’]?d|"
    r"ed)?\s+by|(?:my|our)\s+(?:\w+\s+){0,2}beta(?:-?reader)?,?)\s+(?P<by>[A-Z][\w'’-]{1,30}(?:\s+[A-Z][\w'’-]{1,20})?))"
)
_THANKED_TO_BETA = re.compile(r"\bto\s+my\s+(?:\w+\s+){0,3}beta(?:-?reader)?s?,?\s+(?P<name>[A-Z][\w'’-]{1,30})")
_WHO_EDITED = re.compile(r"\b(?P<name>[A-Z][\w'’-]{1,30}),?\s+who\s+(?:\w+\s+)?(?:edited|beta['’]?e?d|proof-?read)\b")
_REVIEWERS = re.compile(r"\breview(?:er)?s?\b", re.I)
_REPLY = re.compile(r"[\w .@*~'-]{2,40}?\s*(?::|\s[-–—]+)\s+\S")
_NEAR_EDGE = 8  # paragraphs from the top of a chapter that may be unlabelled notes
_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">"}


def apply(draft: Draft) -> Draft:
    """Mark notes, and infer a beta reader from the thanks in them."""
    nodes = list(draft.nodes)
    for start, end in _chapters(nodes):
        _labelled(nodes, start, end)
        _at_top(nodes, start, end)
        _at_bottom(nodes, start, end)
    facts = draft.facts
    if "beta" not in facts:
        for node in nodes:
            if node.kind == "note" and (name := _thanked(node.text)):
                evidence = "thanked for editing in a note"
                facts = add_fact(facts, "beta", Fact(name, INFERRED, node.spans, confidence=0.9, evidence=evidence))
    return draft._replace(nodes=tuple(nodes), facts=facts)


def is_labelled(text: str) -> bool:
    """Whether a paragraph opens with the label of a note: `A/N:`, `(Author's Note: …`."""
    found = _LABEL.match(text)
    if not found:
        return False
    label = found[0].strip(" \t[({<*_~=-–—|/\\.•#:;)]")
    if label.lower() == "an":
        return found["sign"] in (":", ";", ")", "]") and (label.isupper() or found["sign"] == ":")
    if found["sign"] in ("-", "–", "—", ".", "~", "*", "=", "/"):
        return label[0].isupper() or label.lower().startswith("a/n") or text[0] in "([{"
    return found["sign"] != "" or len(text) < 40


def speaks_of_the_story(text: str) -> bool:
    """Whether an unlabelled paragraph is the author speaking: it names the story as one, and nobody talks in it."""
    if len(text) > 1500 or _SPEECH.search(text) or _TOLD.search(text):
        return False
    strong = len({found[0].lower() for found in _STRONG.finditer(text)})
    if not strong:
        return False
    weak = len({found[0].lower() for found in _WEAK.finditer(text)})
    return strong >= 2 or (strong >= 1 and weak >= 2 and len(text) < 700) or (weak >= 1 and len(text) < 110)


def _chapters(nodes: list[Node]) -> list[tuple[int, int]]:
    """Where each chapter's nodes begin and end; headings that stand together open one."""
    starts = [0]
    for index, node in enumerate(nodes):
        if index and (node.page or node.kind == "heading") and nodes[index - 1].kind != "heading":
            starts.append(index)
    return list(zip(starts, [*starts[1:], len(nodes)], strict=True))


def _labelled(nodes: list[Node], start: int, end: int) -> None:
    index = start
    last_break = max((place for place in range(start, end) if nodes[place].kind == "break"), default=-1)
    has_story = False
    while index < end:
        node = nodes[index]
        if node.kind or not is_labelled(node.text):
            has_story = has_story or (not node.kind and len(node.text) > 60)
            index += 1
            continue
        stop = _note_end(nodes, index, start, end, has_story, index < last_break)
        for place in range(index, stop):
            if nodes[place].kind in ("", "verse", "quote"):
                nodes[place] = nodes[place]._replace(kind="note")
        index = stop


def _note_end(nodes: list[Node], index: int, start: int, end: int, has_story: bool, has_breaks: bool) -> int:
    """The index after the note that opens at `index`, with story before it, with breaks after it."""
    text = nodes[index].text
    if _BRACKETED.match(text):
        opening = text.lstrip()[0]
        closing = _CLOSERS[opening]
        depth = 0
        for place in range(index, min(end, index + 12)):
            depth += nodes[place].text.count(opening) - nodes[place].text.count(closing)
            if depth <= 0:
                return place + 1
        return index + 1
    if has_story and not has_breaks:
        closed = index > start and nodes[index - 1].kind in ("end", "break", "note", "verse")
        rest = itertools.islice((place for place in range(index + 1, end) if not nodes[place].kind), 5)
        if closed or len(list(rest)) <= 4:
            return end
    stop = index + 1
    bare_label = len(text.strip(" *_:[]()-~")) < 25
    while stop < end and not nodes[stop].kind:
        same_paragraph = nodes[stop].gap == 0 and not nodes[stop].indent > nodes[index].indent
        if not (same_paragraph or (bare_label and stop == index + 1) or speaks_of_the_story(nodes[stop].text)):
            break
        stop += 1
    if not has_story:
        frame = next((place for place in range(index, min(end, index + 9)) if nodes[place].kind == "break"), None)
        if frame is not None and all(
            len(nodes[place].text) < 900 and not _SPEECH.search(nodes[place].text) for place in range(index, frame)
        ):
            return max(stop, frame)
    return stop


def _at_top(nodes: list[Node], start: int, end: int) -> None:
    """Unlabelled notes between the heading, or the header, and the story."""
    _set_apart_by_blank_lines(nodes, start, end)
    seen = 0
    opened = start == 0 and any(node.kind in ("fact", "heading") for node in nodes[:12])
    for index in range(start, end):
        node = nodes[index]
        if node.kind in ("heading", "fact", "chrome", "note", "break"):
            opened = opened or node.kind in ("heading", "fact", "note")
            continue
        seen += 1
        if node.kind or seen > _NEAR_EDGE or not opened:
            return
        if not (speaks_of_the_story(node.text) or _EDGE_LABEL.match(node.text)):
            return
        nodes[index] = node._replace(kind="note")


def _set_apart_by_blank_lines(nodes: list[Node], start: int, end: int) -> None:
    """A few words of the author right under the heading, with more blank lines after them than paragraphs have."""
    story = [index for index in range(start, min(end, start + 40)) if not nodes[index].kind]
    if len(story) < 6 or not any(node.kind == "heading" for node in nodes[start : story[0]]):
        return
    usual = sorted(nodes[index].gap for index in story[1:])[len(story) // 2]
    parted = [place for place in range(1, 5) if nodes[story[place]].gap > usual]
    if not parted or usual == 0:
        return
    words = [nodes[index] for index in story[: parted[-1]]]
    if any(_SPEECH.search(node.text) or _TOLD.search(node.text) or len(node.text) > 700 for node in words):
        return
    if all(_SPEAKS.search(node.text) for node in words) and any(_WORKED.search(node.text) for node in words):
        for index in story[: parted[-1]]:
            nodes[index] = nodes[index]._replace(kind="note")


def _at_bottom(nodes: list[Node], start: int, end: int) -> None:
    """Unlabelled notes after the last paragraph of the story: after an ending or a break, or as the very last words."""
    stories = sum(1 for node in nodes[start:end] if not node.kind)
    index = end - 1
    found: list[int] = []
    while index > start and len(found) < _NEAR_EDGE and len(found) < stories - 1:
        node = nodes[index]
        if node.kind in ("end", "chrome", "break", "note"):
            index -= 1
            continue
        if node.kind or not (speaks_of_the_story(node.text) or _EDGE_LABEL.match(node.text)):
            break
        found.append(index)
        index -= 1
    replies = _reviewers(nodes, max(start, index - 15), end)
    found += replies
    after_end = any(node.kind == "end" for node in nodes[index + 1 : end])
    if (
        index > start
        and not after_end
        and nodes[index].kind == ""
        and not any(nodes[place].kind == "break" for place in range(index + 1, end))
    ):
        found = [place for place in found if _is_sure_at_bottom(nodes[place].text) or place in replies]
    for place in found:
        nodes[place] = nodes[place]._replace(kind="note")


def _reviewers(nodes: list[Node], start: int, end: int) -> list[int]:
    """Replies to reviewers at the foot: from the paragraph that greets them, a name and an answer each."""
    for index in range(start, end):
        node = nodes[index]
        if not node.kind and len(node.text) < 200 and _REVIEWERS.search(node.text) and speaks_of_the_story(node.text):
            rest = [place for place in range(index, end) if not nodes[place].kind]
            if all(_REPLY.match(nodes[place].text) or speaks_of_the_story(nodes[place].text) for place in rest[1:]):
                return rest
    return []


def _is_sure_at_bottom(text: str) -> bool:
    strong = len({found[0].lower() for found in _STRONG.finditer(text)})
    return strong >= 2 or bool(_EDGE_LABEL.match(text)) or (strong >= 1 and len(text) < 200)


def _thanked(text: str) -> str:
    found = _BETA.search(text)
    if found:
        return found["name"] or found["by"]
    found = _THANKED_TO_BETA.search(text) or _WHO_EDITED.search(text)
    return found["name"] if found else ""
