"""Endings: `The End`, `Fin`, `~Owari~`, `To be continued`, `End of part 1`. What they say becomes a fact."""

from __future__ import annotations

import re

from ficshelf.model import Draft, Fact, Node
from ficshelf.passes import numbers
from ficshelf.passes.facts import add_fact
from ficshelf.passes.nodes import STORY
from ficshelf.passes.note_words import is_labelled

_DECOR = "-–—~*=_#<>[]{}()|:.+•·♥★ \t\xa0/\\!…\"'“”"
_FINISHED = frozenset(
    [
        "the end",
        "the very end",
        "fin",
        "finis",
        "finito",
        "finished",
        "owari",
        "end",
        "das ende",
        "ende",
        "la fin",
        "fin de l'histoire",
        "конец",
        "fine",
        "el fin",
        "fim",
        "slut",
        "koniec",
        "einde",
        "the end for real",
        "the end for now",
        "complete",
        "end of story",
        "end of fic",
        "and they lived happily ever after the end",
    ]
)
_SURE = frozenset(
    ["the end", "the very end", "das ende", "la fin", "конец", "end of story", "end of fic", "owari", "finis", "el fin"]
)
_GOES_ON = re.compile(
    r"(?:to\s+be\s+(?:continued|cont\.?|con't)(?:\s+(?:in|with)\s+.{1,80})?|tbc|t\.b\.c|to\s+be|continued\s+in\s+.{1,80}|"
    r"fortsetzung\s+folgt|[àa]\s+suivre|continuará|continua|segue|wordt\s+vervolgd|c\.?d\.?n|ciąg\s+dalszy\s+nastąpi|"
    r"продолжение\s+следует|more\s+to\s+come|tsuzuku)",
    re.I,
)
_FIRST = frozenset("tfoedlкiacпmàswk")  # letters that an ending begins with: most lines are none
_PART = re.compile(
    rf"(?:the\s+)?(?:end|ende|fin|конец)\s+(?:of\s+|de\s+|von\s+)?(?:the\s+)?(?:(?:part|chapter|book|"
    rf"episode|chapitre|kapitel|teil|section|act|prologue|epilogue|act|глав\w*|част\w*)\s*(?:{numbers.PATTERN}(?:\s*/\s*\w+)?)?|"
    rf"{numbers.PATTERN}(?:\s*/\s*\w+)?)(?:\s+of\s+\w+)?",
    re.I,
)


def apply(draft: Draft) -> Draft:
    """Mark endings, and state whether the work is complete where the last of them says so."""
    nodes = list(draft.nodes)
    said: dict[int, tuple[bool, Node]] = {}  # the last ending of each story in the text
    story = 0
    for index, node in enumerate(nodes):
        if node.kind or len(node.text) > 100:
            story += node.page and node.detail == STORY
            continue
        core = " ".join(node.text.strip(_DECOR).lower().split())
        if not core or core[0] not in _FIRST:
            continue
        complete = _says(core)
        if complete is None and not _PART.fullmatch(core):
            continue
        if not _stands_alone(nodes, index, core):
            continue
        nodes[index] = node._replace(kind="end")
        if complete is not None:
            said[story] = complete, node
    facts = draft.facts
    for complete, node in said.values():
        facts = add_fact(facts, "complete", Fact(complete, spans=node.spans))
    if not story and len({fact.value for fact in facts.get("complete", ())}) > 1:
        # the header says one thing, the ending another
        facts = {name: known for name, known in facts.items() if name != "complete"}
    return draft._replace(nodes=tuple(nodes), facts=facts)


def is_ending(text: str) -> bool:
    """Whether a line says that a story, or a part of it, ends, looking at the line alone."""
    core = " ".join(text.strip(_DECOR).lower().split()) if len(text) <= 100 else ""
    return bool(core) and (_says(core) is not None or _PART.fullmatch(core) is not None)


def _says(core: str) -> bool | None:
    if core in _FINISHED:
        return True
    if _GOES_ON.fullmatch(core):
        return False
    return None


def _stands_alone(nodes: list[Node], index: int, core: str) -> bool:
    """Sure words need a line of their own; short ones (`Fin`, `End`) also stand last, or in ornament."""
    node = nodes[index]
    if node.text[0] in '"“‘' or node.text.endswith(("?", '"', "”", ",")):
        return False
    if node.gap == 0 and index and not nodes[index - 1].kind and nodes[index - 1].text[-1:] not in '.!?…"”’*)~':
        return False
    if core in _SURE or core.startswith(("to be con", "tbc", "end of ", "end part", "end chapter", "continued in")):
        return True
    adorned = not node.text[0].isalnum() and not node.text[-1].isalnum()
    story_after = 0
    for later in nodes[index + 1 : index + 40]:
        if is_labelled(later.text):
            break
        story_after += not later.kind and len(later.text) > 60
    return adorned or story_after == 0 or (_PART.fullmatch(core) is not None and story_after < 38)
