"""What a disclaimer names as somebody else's: "the show Buffy the Vampire Slayer and all its characters belong to …".

It is a clue, never a statement: a disclaimer says what an author does not own, not what the story is about.
"""

from __future__ import annotations

import re

from ficshelf.model import Span

_NAME = (
    r"(?P<name>[A-Z0-9][\w'’.&!-]*(?:(?:\s+|:\s+)(?:[A-Z0-9][\w'’.&!-]*|of|the|and\s+the|in|to|for|"
    r"a|an|on|with|at|von|der|die|de|la|le|les|du|des)){0,8})"
)
_OWNED = re.compile(
    r"(?:\b(?:the\s+)?(?:tv\s+|television\s+)?(?:show|series|books?|novels?|movies?|films?|anime|"
    r"manga|games?|play|world|universe|musical|comics?)\s+(?:of\s+|called\s+)?[\"“*_]*" + _NAME + r"[\"”*_]*"
    r"|\b(?:don['’]?t|do\s+not|doesn['’]t|never)\s+own\s+(?:any\s+of\s+|the\s+characters\s+(?:of|"
    r"from|in)\s+|anything\s+(?:from|of|in)\s+|the\s+rights\s+to\s+)?[\"“*_]*(?P<unowned>[A-Z]\w[\w'’.&!-]*(?:(?:\s+|"
    r":\s+)(?:[A-Z0-9][\w'’.&!-]*|of|the|and\s+the|in|to|for|a)){0,8})"
    r"|(?:^|[.!?:]\s+|\bcharacters\s+(?:of|from|in)\s+)[\"“*_]*(?P<subject>[A-Z][\w'’.&!-]*(?:(?:\s+|"
    r":\s+)(?:[A-Z0-9][\w'’.&!-]*|of|the|and\s+the|in|to|for|a)){1,8}?)[\"”*_]*,?\s+(?:and\s+(?:all|"
    r"its|the)\b[^.!?]{0,80}\s+)?(?:belongs?|is\s+owned|are\s+owned|is\s+the\s+property|are\s+the\s+property|"
    r"is\s+copyright|is\s+©|is\s+not\s+mine|isn['’]t\s+mine)\b)",
)
_SENTENCE = re.compile(r"(?<=[a-z0-9]{3})\.\s+(?=[A-Z])")  # not behind "Mr." and "St."
_TAIL = re.compile(r"(?:\s+(?:of|the|and|in|to|for|a|an|on|with|at|de|la|von|der|die|and\s+the|le|les|du|des))+$", re.I)
_NOT_NAMES = {
    "i", "they", "all", "everything", "nothing", "characters", "it", "he", "she",
    "we", "anything", "any", "them", "these", "this", "that", "no", "none",
    "you", "sadly", "unfortunately", "disclaimer", "standard", "usual", "mutant", "joss",
}  # fmt: skip


def named_in(disclaimer: str) -> str:
    """The work that a disclaimer says belongs to others; "" where it names none."""
    for found in _OWNED.finditer(disclaimer[:3000]):
        said = _SENTENCE.split(found["name"] or found["unowned"] or found["subject"] or "", maxsplit=1)[0]
        name = _TAIL.sub("", said).strip(" .,!:")
        first = name.split()[0].lower() if name else ""
        if (len(name) >= 4 and first not in _NOT_NAMES and not name.isupper()) or (
            name.isupper() and 4 <= len(name) <= 40
        ):
            return name
    return ""


def where(text: str, name: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where in the text layer a name stands within `spans`; all of them where it stands there otherwise."""
    for start, end in spans:
        at = text.find(name, start, end)
        if at >= 0:
            return (Span(at, at + len(name)),)
    return spans
