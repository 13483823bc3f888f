"""Verse that the markup names: a poem, a stanza, a song by its class or by what a book's page calls it.

Standard Ebooks and other careful makers write `epub:type="z3998:verse"`, pandoc `line-block`, many pages `poem`. A name
alone does not make verse: it has lines, and they are short. (idpf.org/epub/vocab/structure.)
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.sites.plan import Plan, words
from ficshelf.readers.walk import Role

_NAME = r"(?:poems?|poetry|verses?|stanzas?|line-block|lyrics?|z3998:(?:poem|verse|song|hymn|lyrics))"
_NAMED = re.compile(rf"(?:class|epub:type)\s*=\s*[\"']?(?:[^\"'<>]{{0,80}}[\s_-])?{_NAME}(?=[\"'\s>_-])", re.IGNORECASE)
_ATTRIBUTES = ("class", "CLASS", "epub:type")
_WORD = re.compile(rf"(?:^|[\s_-]){_NAME}(?:$|[\s_-])", re.IGNORECASE)
_HINTS = ("oem", "oetry", "erse", "tanza", "ine-block", "yric", "z3998:")  # of those names: a quick look
_HOLDERS = "div, p, blockquote, section, ul, span"
_LONGEST = 100  # characters of a line
_MOST = 400  # elements of a page that are looked at closely


def find(tree: LexborHTMLParser, html: str, plan: Plan) -> None:
    """Say in the plan which elements are verse."""
    if not _is_named(html) or not any(hint in html for hint in _HINTS):
        return
    taken: set[int] = set()
    for node in tree.css(", ".join(f"{tag}[class], {tag}[epub\\:type]" for tag in _HOLDERS.split(", "))):
        attributes = node.attributes
        said = f"{attributes.get('class') or ''} {attributes.get('epub:type') or ''}"
        if not _WORD.search(said) or node.mem_id in taken or node.mem_id in plan.roles or len(taken) > _MOST:
            continue
        if _has_lines(node):
            taken.update(one.mem_id for one in node.css("*"))
            if _is_read(node, plan):
                plan.roles[node.mem_id] = Role("story", "verse")


def _is_named(html: str) -> bool:
    """Whether an attribute of any element may call it verse. Text is searched for a word many times as fast as for a
    pattern, and most of a book is text."""
    for name in _ATTRIBUTES:
        at = html.find(name)
        while at >= 0:
            if _NAMED.match(html, at):
                return True
            at = html.find(name, at + 1)
    return False


def _is_read(node: LexborNode, plan: Plan) -> bool:
    """Whether what lies around it is read as story."""
    above = node.parent
    while above is not None:
        if role := plan.roles.get(above.mem_id):
            return role.kind == "story"
        above = above.parent
    return True


def _has_lines(node: LexborNode) -> bool:
    """Whether it holds two lines or more, all of them short."""
    if len(words(node)) > 50 * _LONGEST:
        return False
    lines = [line for line in "".join(_pieces(node)).split("\n") if line.strip()]
    return len(lines) >= 2 and all(len(line.strip()) <= _LONGEST for line in lines)


def _pieces(node: LexborNode) -> list[str]:
    made: list[str] = []
    for one in node.traverse(include_text=True):
        if one.tag == "-text":
            made.append(" ".join(f"\0{one.text_content}\0".split()).replace("\0", " "))
        elif one.tag in ("br", "p", "div", "li", "blockquote"):
            made.append("\n")
    return made
