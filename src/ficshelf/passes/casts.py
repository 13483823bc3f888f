"""Lists of the people of a story, as plays have them: neither verse nor a header line's value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.passes import labels

_LEADERS = re.compile(r"[^\W\d_][^\n.]{0,40}?(?:\s\.{3,}|\.{5,})\s*\w")  # `Ines ..... his sister`
_ROLE = re.compile(r"[^\W\d_][^\n]{0,60}?(?:\s+[-–—=]{1,2}\s+|:\s+|,\s+(?:an?|the|his|her|their|its|who)\s+)\S", re.I)
_BEGINS = frozenset(label[:3] for label, name in labels.LABELS.items() if name == "character")
_LONGEST = 90  # characters of a line that tells who somebody is


def is_heading(text: str) -> bool:
    """Whether a line says that a list of people stands below it: `Dramatis Personae`, `Cast:`."""
    if len(text) > labels.LONGEST:
        return False
    said = text.strip(" :.*_-=~")
    begins = said[:8].lower()
    if begins.startswith("the") and not begins[3:4].isalpha():
        begins = begins[4:]
    if said.isascii() and begins[:1].isalpha() and begins[:3] not in _BEGINS:
        return False
    label = labels.find(said)
    return label is not None and label.names == ("character",)


def is_list(lines: Sequence[str], above: str = "") -> bool:
    """Whether lines name people and say who each is: below a heading for them, or with dots between name and role."""
    if len(lines) < 2 or max(map(len, lines)) > _LONGEST:
        return False
    if is_heading(lines[0]) or is_heading(above):
        return True
    return 2 * len([line for line in lines if "..." in line and _LEADERS.match(line)]) > len(lines)


def tells_roles(lines: Sequence[str]) -> bool:
    """Whether lines below such a heading say of most of the people who they are: a list of its own, no value."""
    if len(lines) < 2 or max(map(len, lines)) > _LONGEST:
        return False
    return 2 * sum(1 for line in lines if _LEADERS.match(line) or _ROLE.match(line)) > len(lines)
