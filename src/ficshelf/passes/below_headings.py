"""What stands right below a chapter's heading and is none of the story: for whom it was written, who wrote it, when it
was posted; and a heading with nothing below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Fact, Facts, Node
from ficshelf.passes.facts import add_fact
from ficshelf.passes.headings import Heading
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.title_lines import by_line, clean_name, is_by_alone, is_by_line

_POSTED = re.compile(  # a day and a time of the day: `19 марта 2024, 21:10`, `12 apr 2012 - 16:05`
    r"(?:\d{1,2}[./ -]{1,2}(?:\d{1,2}|[^\W\d_]{3,9}\.?)[./ -]{1,2}\d{4}|[^\W\d_]{3,9}\.?\s\d{1,2},?\s\d{4}|"
    r"\d{4}-\d\d-\d\d)"
    r"[\s,–-]{1,4}\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?",
    re.I,
)
_UPDATED = re.compile(
    r"(?:(?:last )?(?:updated|posted|edited)|dernière mise à jour|mis à jour|publié|(?:zuletzt )?aktualisiert|"
    r"actualizado|aggiornato)(?:\s(?:on|le|am|el|il))?:?\s+(?=\d)",
    re.I,
)
_COUNTED = re.compile(r"\d[\d ., ]{0,9}\s(?:words|mots|wörter|palabras|parole|palavras|слов)\b[^.!?\n]{0,60}", re.I)
_LONGEST = 80  # characters of a line that an archive prints below a heading


def is_posted(text: str) -> bool:
    """Whether a line says but when something was posted, to the minute."""
    return len(text) < 40 and _POSTED.fullmatch(text) is not None


def _is_archives(node: Node) -> bool:
    """Whether a line is what an archive prints below a heading: `2107 words, category: G`, `Last updated …`, or but a
    link to the chapter's own page."""
    text = node.text
    if len(text) > _LONGEST:
        return False
    if node.runs and all(run.link for run in node.runs if run.text.strip()):
        return True
    said = _UPDATED.match(text)
    return _COUNTED.fullmatch(text) is not None or (said is not None and is_posted(text[said.end() :]))


def is_dedication(nodes: Sequence[Node], index: int) -> bool:
    """Whether a line right under a title stands in brackets, and nothing else with it: `(prompt: tea)`."""
    text = nodes[index].text
    return text[0] in "([" and text[-1] in ")]" and index + 1 < len(nodes) and nodes[index + 1].gap > 0


def settle(draft: Draft, nodes: list[Node], found: dict[int, Heading]) -> Draft:
    """`(prompt: tea)`, `(for Tansy)` right below a heading is the author's word; `by Tansy` says who wrote it."""
    facts = draft.facts
    apart: list[Chrome] = []
    for index in found:
        below = index + 1
        while below < len(nodes) and not nodes[below].kind and _is_archives(nodes[below]):
            apart += [Chrome(span, "header line") for span in nodes[below].spans]
            nodes[below] = nodes[below]._replace(kind="chrome")
            below += 1
        if below + 1 < len(nodes) and not nodes[below].kind and is_by_alone(nodes, below):
            facts = _with_author(facts, nodes[below + 1]._replace(spans=nodes[below].spans + nodes[below + 1].spans))
            for place in (below, below + 1):
                nodes[place] = nodes[place]._replace(kind="fact")
            continue
        if below >= len(nodes) or nodes[below].kind or nodes[below].gap:
            continue
        node = nodes[below]
        if is_posted(node.text):
            nodes[below] = node._replace(kind="chrome")
            apart += [Chrome(span, "date of posting") for span in node.spans]
        elif is_by_line(node.text):
            facts = _with_author(facts, node)
            nodes[below] = node._replace(kind="fact")
        elif is_dedication(nodes, below):
            said = node.text[1:-1]
            if label_line(said) or said.lower().startswith("for "):
                nodes[below] = node._replace(kind="note")
    return draft._replace(facts=facts, chrome=(*draft.chrome, *apart))


def set_apart_last(draft: Draft, nodes: list[Node], found: dict[int, Heading]) -> Draft:
    """`Part 5` as the last line of part four leads to it: with nothing below, a number alone heads no chapter."""
    chrome: list[Chrome] = []
    for index in range(len(nodes) - 1, 0, -1):
        heading = found.get(index)
        if nodes[index].kind in ("chrome", "break"):
            continue
        if nodes[index].kind or heading is None or heading.title or heading.number is None or nodes[index].page:
            break
        nodes[index] = nodes[index]._replace(kind="chrome")
        chrome += [Chrome(span, "link to another chapter") for span in nodes[index].spans]
        del found[index]
    return draft._replace(chrome=draft.chrome + tuple(chrome))


def _with_author(facts: Facts, node: Node) -> Facts:
    """The facts with who wrote a part: a further author, or one whom the header names among others."""
    name = clean_name(by_line(node.text)[0])
    for known in facts.get("author", ()):
        if name.casefold() in str(known.value).casefold():
            return add_fact(facts, "author", known._replace(spans=node.spans))
    return add_fact(facts, "author", Fact(name, spans=node.spans))
