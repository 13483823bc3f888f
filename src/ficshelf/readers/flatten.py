"""Bounds on markup, kept before it is parsed: depth, attributes and the number of elements.

The HTML parser needs time in the square of the depth of elements, of the attributes of one element, of the options of a
menu, and of formatting elements that are never closed: 500 kB of `<div>` take it 49 seconds. So a linear look at the
tags comes first. What is too much is renamed, not removed: a tag within `<br>` or `<wbr>` nests no more, and no letter
of the text is touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ficshelf.sources import limits


def tag_set(names: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(names.split())


_SPACE = r"[ \t\n\f\r]"
_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+"
_ATTRIBUTE = rf"(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)(?:{_SPACE}*+={_SPACE}*+(?:{_VALUE})?+)?+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][^ \t\n\f\r/>]*+)((?:[ \t\n\f\r/]++|{_ATTRIBUTE})*+)>?")
_NAME = re.compile(r"<(/?[a-zA-Z][^ \t\n\f\r/>]*)")
# A tag that is long or holds a <, and a quoted < or >: only then need attributes be told apart to know where tags end.
_ODD_TAG = re.compile(r"<[a-zA-Z](?:[^<>]{512}|[^<>]*+<)")
_ODD_VALUE = re.compile(r"=[ \t\n\f\r]*+(?:\"[^\"<>]*+[<>]|'[^'<>]*+[<>])")
_ATTRIBUTES = re.compile(_ATTRIBUTE)

_VOID = tag_set(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr image"
)
# These close one another, so they are as deep as the elements around them. Within pictures and formulas (SVG, MathML)
# only those do that end the picture.
_BREAK_OUT = tag_set("p li dd dt br embed hr img meta head body")
_NO_DEPTH = _VOID | tag_set("p li dd dt option optgroup tr td th tbody thead tfoot html head body")
_FORMATTING = tag_set("b big code em font i nobr s small strike strong tt u")


class TooManyError(Exception):
    """More elements than the limit allows: not a page that anybody wrote."""


# Where no letter is told without regard to case, text is passed over many times as fast.
_OPTION = re.compile("<[oO][pP][tT][iI][oO][nN]")  # a menu takes the parser time in the square of its options
_TAGS_OF_CHAPTER = 1_000  # of more tags, looking at each takes no longer than counting them in several ways
_FOREIGN = re.compile("<(?:[sS][vV][gG]|[mM][aA][tT][hH])")


def flatten(html: str) -> tuple[str, bool]:
    """The markup within bounds, and whether anything had to be flattened. Raises `TooManyError`."""
    trouble = _trouble(html)
    return (_rename(html, "formatting" in trouble), True) if trouble else (html, False)


def _trouble(html: str) -> str:
    """What is too much in this markup: "depth", "formatting", "attributes", "options" or ""."""
    tags = html.count("<")
    if tags <= limits.DEPTH and len(html) < 4 * limits.ATTRIBUTES:
        return ""
    if tags > limits.OPTIONS and len(_OPTION.findall(html)) > limits.OPTIONS:
        return "options"
    if _ODD_TAG.search(html) or _ODD_VALUE.search(html):
        no_depth = _no_depth(html)
        names = _names_of_odd_tags(html)
    else:
        if tags <= _TAGS_OF_CHAPTER and _is_shallow(html, tags):
            return ""
        found = _NAME.findall(html)
        no_depth = _no_depth(html)
        if _are_few(found, no_depth):
            return ""
        names = iter(found)
    passed_over = no_depth | {f"/{name}" for name in no_depth}
    opened: dict[str, int] = {}
    depth = formatting = cost = 0
    for name in names:
        if name == "":
            return "attributes"
        if name not in passed_over:
            name = name.lower()
            closing = name[0] == "/"
            bare = name[1:] if closing else name
            if bare not in no_depth:
                count = opened.get(bare, 0)
                if closing:
                    if count:
                        opened[bare] = count - 1
                        depth -= 1
                        formatting -= bare in _FORMATTING
                elif bare != "a" or not count:  # a link closes the link before it
                    opened[bare] = count + 1
                    depth += 1
                    formatting += bare in _FORMATTING
                    if depth > limits.DEPTH:
                        return "depth"
        cost += 1 + formatting
    return "formatting" if cost > limits.ELEMENTS else ""


def _is_shallow(html: str, tags: int) -> bool:
    """Whether counting tells that nothing can be too deep, as in the chapter of a book: most of its tags are `<p>`."""
    opened_at_most = tags - html.count("</") - html.count("<p>")
    return opened_at_most <= limits.DEPTH and tags * (1 + opened_at_most) <= limits.ELEMENTS


def _are_few(names: list[str], no_depth: frozenset[str]) -> bool:
    """Whether these tags could not be too deep, nor cost too much, if none of them were ever closed."""
    counts = Counter(names)
    deep = sum(count for name, count in counts.items() if name[0] != "/" and name not in no_depth)
    formatting = sum(count for name, count in counts.items() if name.lower() in _FORMATTING)
    return deep <= limits.DEPTH and len(names) * (1 + formatting) <= limits.ELEMENTS


def _names_of_odd_tags(html: str) -> Iterator[str]:
    """The names of all tags, each as it opens or closes; "" for one with too many attributes."""
    for found in _TAG.finditer(html):
        closing, name, attributes = found.groups()
        yield "" if _has_too_many(attributes) else closing + name


def _has_too_many(attributes: str) -> bool:
    return len(attributes) > limits.ATTRIBUTES and len(_ATTRIBUTES.findall(attributes)) > limits.ATTRIBUTES


def _no_depth(html: str) -> frozenset[str]:
    return _BREAK_OUT if _FOREIGN.search(html) else _NO_DEPTH


def _rename(html: str, no_formatting: bool) -> str:
    """The same markup with the tags renamed that would be too much, and with attributes dropped where they are."""
    no_depth = _no_depth(html)
    opened: dict[str, int] = {}
    dropped: dict[str, int] = {}
    depth = at = options = 0
    pieces: list[str] = []
    for count_of_tags, found in enumerate(_TAG.finditer(html)):
        closing, name, attributes = found.groups()
        low = name.lower()
        if count_of_tags > limits.ELEMENTS:
            raise TooManyError
        new = ""
        if no_formatting and low in _FORMATTING:
            new = "wbr"
        elif low == "option":
            options += not closing
            new = "wbr" if options > limits.OPTIONS else ""
        elif low not in no_depth:
            count = opened.get(low, 0)
            if closing:
                if dropped.get(low):
                    dropped[low] -= 1
                    new = "wbr"
                elif count:
                    opened[low] = count - 1
                    depth -= 1
            elif depth >= limits.DEPTH:
                dropped[low] = dropped.get(low, 0) + 1
                new = "wbr" if low in _FORMATTING or low in {"a", "span"} else "br"
            else:
                opened[low] = count + 1
                depth += 1
        many = _has_too_many(attributes)
        if new or many:
            pieces += (html[at : found.start()], "<", closing, new or name, "" if many else attributes)
            at = found.start() + 1 + len(closing) + len(name) + len(attributes)
    pieces.append(html[at:])
    return "".join(pieces)


_VOID_XML = _VOID | {"param"}
_CLOSED_VOID = re.compile(r"<(?:br|hr|img|meta|link)\b[^<>]*/>")  # what nearly all pages have, and no others
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_SUBSET = re.compile(
    r"<!DOCTYPE[^\[>]{0,1000}\[[^\]]*\]\s*>|<!DOCTYPE[^\[>]{0,1000}\[.*?\]\s*>", re.DOTALL | re.IGNORECASE
)


def from_xml(html: str) -> str:
    """XHTML as an HTML parser understands it: `<p/>` is an empty paragraph, CDATA is text, and a document type holds no
    declarations (so no entity of its own is ever expanded)."""
    if "[" in html[:8192] and "<!DOCTYPE" in html[:8192].upper():
        html = _SUBSET.sub("<!DOCTYPE html>", html, count=1)
    if "<![CDATA[" in html:
        html = _CDATA.sub(lambda found: found.group(1).replace("&", "&amp;").replace("<", "&lt;"), html)
    if html.count("/>") == len(_CLOSED_VOID.findall(html)):
        return html
    return _TAG.sub(_closed, html)


def _closed(found: re.Match[str]) -> str:
    closing, name, attributes = found.groups()
    if closing or not attributes.endswith("/") or name.lower() in _VOID_XML:
        return found.group()
    bare = attributes.rstrip("/")
    return f"<{name}{bare}></{name}>" if found.group().endswith(">") else found.group()
