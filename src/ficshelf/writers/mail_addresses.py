"""People's mail addresses, which are shown to nobody: a copy travels, and whoever reads it is a stranger. The bytes as
they were found keep them, for the owner alone.

In a story an address belongs to somebody who was made up; where the author speaks (facts, notes, headings) it is real.
"""

from __future__ import annotations

import re

from ficshelf.model import Block, Run

KEPT_BACK = "(mail address kept back)"
_MAIL = re.compile(r"<?(?:mailto:)?(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}>?")


def without_addresses(text: str) -> str:
    """The text with people's mail addresses taken out."""
    return _MAIL.sub("", text) if "@" in text else text


def name_without(name: str) -> str:
    """A name without the mail address that stands with it: `Ada Fenn <ada@marsh.example>` is Ada Fenn. Where it is
    nothing but an address, what stands before the @ is the name that its owner chose."""
    if "@" not in name or (rest := " ".join(_MAIL.sub("", name).split())) == name:
        return name
    rest = re.sub(r"\(\s*\)|\[\s*\]", "", rest).strip(" ,;:-–—")
    return rest or name.strip(" <").removeprefix("mailto:").partition("@")[0]


def masked(text: str) -> str:
    """The text with a dot in place of each sign of people's mail addresses: as long as before."""
    return _MAIL.sub(lambda found: "•" * len(found[0]), text) if "@" in text else text


def addresses_in(text: str) -> list[str]:
    """The mail addresses that stand in a text."""
    return [found.strip("<>").removeprefix("mailto:") for found in _MAIL.findall(text)] if "@" in text else []


def holds_one(text: str) -> bool:
    """Whether a mail address stands in a text."""
    return "@" in text and _MAIL.search(text) is not None


def kept_back(block: Block) -> Block:
    """The block with words in place of mail addresses."""
    if not holds_one(block.text):
        return block
    runs = tuple(run._replace(text=_MAIL.sub(KEPT_BACK, run.text)) for run in block.runs)
    if holds_one("".join(run.text for run in runs)):  # one that is set in several ways
        runs = (Run(_MAIL.sub(KEPT_BACK, block.text)),)
    return block._replace(runs=runs)
