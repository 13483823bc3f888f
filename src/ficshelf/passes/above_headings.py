"""What stands above the first heading, on top of a text, is the author speaking or the story's own beginning.

A text that begins with a header, or whose first chapter is not the first of the story, has nothing to tell above its
heading: a few paragraphs there, in which nobody of the story is heard, are a note.
"""

from __future__ import annotations

import re

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes import forewords
from ficshelf.passes.headings import unpack
from ficshelf.passes.label_lines import is_unknown_label
from ficshelf.passes.note_words import SPEECH, addresses, is_heard, speaks_of_the_story

_PROSE = 300  # characters of a paragraph that hardly is a note in which the author does not say I or you
_PARTED = re.compile(r"\s{2,}|\s[/|·]\s")  # between the pieces of a row: `Story  Mystery / P12 / Gen`
_LEGEND = 40  # characters of a line that says what a sign stands for
_I_SAID = re.compile(r"\bI\s+(?:said|asked)\b")  # `I said Tuesday`: where nobody is quoted, that is no speech
_OWNED = re.compile(
    r"\b(?:characters?|series|universe|show|everything|nothing|anything|figuren|personnages|personajes|personaggi|персонажи)\b",
    re.I,
)
_OWNERS = re.compile(
    r"\b(?:belongs?|own(?:s|ed)?|property|copyright|mine|infringement|profit|gehören|appartiennent|pertenecen|"
    r"appartengono|pertencem|принадлежат)\b",
    re.I,
)
_WELCOME = re.compile(
    r"\b(?:comments?|feedback|flames?|reviews?|criticism|concrit)\b[^.!?]{0,40}\b(?:welcome|appreciated|loved|used|to|fed)\b",
    re.I,
)
_SPOKEN = frozenset(("", "quote", "verse", "list"))


def apply(draft: Draft) -> Draft:
    """Mark as notes what the author says above the first heading."""
    nodes = draft.nodes
    first = next((index for index, node in enumerate(nodes) if node.kind == "heading" or (node.page and index)), 0)
    if not first or nodes[first].kind != "heading":
        return draft
    above = [index for index in range(first) if nodes[index].kind in _SPOKEN]
    if not above or len(above) > forewords.MOST or sum(len(nodes[index].text) for index in above) > forewords.LONGEST:
        return draft
    number = unpack(nodes[first].detail).number
    # A title with its part on top (`The Weir (1/3)`) heads what stands above the second part.
    titled = any(str(part.value).partition("/")[0] == str((number or 0) - 1) for part in draft.facts.get("part", ()))
    later = number is not None and number > 1 and not titled
    rows = {index for index in above if _is_row(nodes[index].text)}
    if not later and not any(node.kind == "fact" for node in nodes[:first]):
        rows = set()
    said = [nodes[index] for index in above if index not in rows]
    noted = any(node.kind == "note" for node in nodes[:first])
    stated = any(node.kind == "fact" for node in nodes[:first])
    is_note = _is_the_authors(said, later=later, noted=noted, stated=stated)
    if not rows and not is_note:
        return draft
    marked = list(nodes)
    chrome = list(draft.chrome)
    for index in above:
        if index in rows or is_note:
            marked[index] = nodes[index]._replace(kind="chrome" if index in rows else "note")
        if index in rows:
            chrome += [Chrome(span, "header line") for span in nodes[index].spans]
    return draft._replace(nodes=tuple(marked), chrome=tuple(chrome))


def _is_row(text: str) -> bool:
    """Whether a line says things of the story one beside the other, as an archive's header does, and no sentence."""
    if not any(map(str.isalpha, text)):
        return True
    return text[-1] not in ".!?…" and not addresses(text) and len(_PARTED.findall(text)) >= 2


def _is_the_authors(said: list[Node], *, later: bool, noted: bool, stated: bool) -> bool:
    """Whether paragraphs above a heading are the author's: above a later chapter (the story's first ones stand
    elsewhere) it is enough that somebody is spoken to; above the first one the story itself must be spoken of, or each
    line must have a header line's form where header lines stand above."""
    if stated and said and all(node.text[0] + node.text[-1] == "[]" for node in said):
        return True
    if (noted or stated) and said and all(_may_be_legend(node.text) for node in said):
        return True
    if forewords.is_foreword([node.text for node in said], among_notes=noted or stated):
        return True
    if any(SPEECH.search(node.text) or is_heard(_I_SAID.sub("", node.text)) for node in said):
        return False
    if any(len(node.text) > _PROSE and not addresses(node.text) for node in said):
        return False
    if any(speaks_of_the_story(node.text) or _disclaims(node.text) for node in said):
        return True
    if later:
        return noted or any(addresses(node.text) for node in said)
    return stated and all(_is_of_header(node.text) for node in said)


def _is_of_header(text: str) -> bool:
    """Whether a line has the form of a header line, whatever its label, or an aside: `Subtext: Some.`, `[Rules: …]`"""
    if len(text) > _PROSE and text[0] != "[":
        return False
    return text[0] + text[-1] == "[]" or is_unknown_label(text) or _WELCOME.search(text) is not None


def _may_be_legend(text: str) -> bool:
    """Whether a line has a legend's form, in any language: a sign, and a word or two: `- // - Recuerdos`."""
    return len(text) < _LEGEND and not text[0].isalnum() and not is_heard(text)


def _disclaims(text: str) -> bool:
    """Whether a paragraph says whose the characters are: `All characters belong to Alliance.`"""
    return len(text) <= _PROSE and _OWNED.search(text) is not None and _OWNERS.search(text) is not None
