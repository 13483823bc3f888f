"""A chapter's paragraphs as people typed them into a form, or as an editor wrote them."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence

from bench.stories import EM, END_EM

BREAK = ""  # the paragraph that parts two scenes


def written(paragraphs: Sequence[str], rng: random.Random) -> str:
    """The paragraphs in one of four ways; `EM` and `END_EM` stand around stressed words."""
    return rng.choice((_elements, _elements, _breaks, _plain, _windows))(paragraphs)


def shown(paragraph: str) -> str:
    """What a reader sees of a paragraph."""
    return paragraph.replace(EM, "").replace(END_EM, "")


def _stressed(paragraph: str, tag: str) -> str:
    text = html.escape(paragraph, quote=False)
    return text.replace(EM, f"<{tag}>").replace(END_EM, f"</{tag}>")


def _elements(paragraphs: Sequence[str]) -> str:
    return "\n".join("<hr />" if one == BREAK else f"<p>{_stressed(one, 'em')}</p>" for one in paragraphs)


def _breaks(paragraphs: Sequence[str]) -> str:
    return "<br />\n<br />\n".join(
        "<center>* * *</center>" if one == BREAK else _stressed(one, "i") for one in paragraphs
    )


def _plain(paragraphs: Sequence[str]) -> str:
    """Lines with a blank line between: what was typed without any tag but `<i>`."""
    return "\n\n".join("* * *" if one == BREAK else _stressed(one, "i") for one in paragraphs)


def _windows(paragraphs: Sequence[str]) -> str:
    return _plain(paragraphs).replace("\n", "\r\n")
