"""The styles of OpenDocument texts: what a paragraph or a span in a style is, with all that the style inherits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from ficshelf.model import MARKS
from ficshelf.readers.document import hint_of_style, indent_of

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(in|cm|mm|pt|pc|px)")
_POINTS = {"in": 72.0, "cm": 28.35, "mm": 2.835, "pt": 1.0, "pc": 12.0, "px": 0.75}
_BIT = {mark: 1 << place for place, mark in enumerate(MARKS)}
_LEVELS = 32  # styles that a style may be based on, one on another


class Style(NamedTuple):
    """What a style says, with all that it inherits. `on` and `off` are bits of `MARKS`: what it sets and takes away."""

    hint: str = ""
    on: int = 0
    off: int = 0
    centred: bool = False
    indent: int = 0
    page: bool = False


_NONE = Style()


class Styles:
    """The styles of a document, by family and name: the automatic ones of its text before the named ones."""

    def __init__(self, named: etree._Element | None, root: etree._Element) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self._ordered: set[str] = set()
        for part in (named, root):
            for sheet in part if part is not None else ():
                if sheet.tag in (_OFFICE + "styles", _OFFICE + "automatic-styles"):
                    self._add(sheet, sheet.tag == _OFFICE + "automatic-styles" and part is named and named is not root)

    def _add(self, sheet: etree._Element, of_page: bool) -> None:
        if of_page:
            return  # they belong to page headers and footers, and have the names of other styles of the text
        for element in sheet:
            name = element.get(_STYLE + "name") or ""
            if element.tag == _STYLE + "style":
                self._elements[element.get(_STYLE + "family") or "", name] = element
            elif element.tag == _STYLE + "default-style":
                self._elements[element.get(_STYLE + "family") or "", ""] = element
            elif element.tag == _TEXT + "list-style":
                first = next(iter(element.iterchildren(etree.Element)), None)
                if (
                    first is not None
                    and first.tag == _TEXT + "list-level-style-number"
                    and first.get(_STYLE + "num-format")
                ):
                    self._ordered.add(name)

    def is_ordered(self, name: str) -> bool:
        """Whether the items of lists in this style are numbered."""
        return name in self._ordered

    def get(self, family: str, name: str) -> Style:
        """What a style says; nothing where there is none of that name."""
        known = self._known.get((family, name))
        if known is None:
            known = self._known[family, name] = self._resolve(family, name)
        return known

    def _resolve(self, family: str, name: str) -> Style:
        chain: list[etree._Element] = []
        while (element := self._elements.get((family, name))) is not None and len(chain) < _LEVELS:
            chain.append(element)
            if not name:
                break
            name = element.get(_STYLE + "parent-style-name") or ""
        style = _NONE if chain else _NONE._replace(hint=hint_of_style(name) or _NONE.hint)  # named, and nowhere told
        for element in reversed(chain):
            style = _told(element, style)
        return style


def _told(element: etree._Element, style: Style) -> Style:
    """A style with what one more level of it says."""
    called = element.get(_STYLE + "display-name") or element.get(_STYLE + "name") or ""
    if called.replace("_20_", " ") == "Horizontal Line":
        style = style._replace(hint="hr")
    elif hint := hint_of_style(called):
        style = style._replace(hint=hint)
    looks = element.find(_STYLE + "paragraph-properties")
    if looks is not None:
        aligned = looks.get(_FO + "text-align")
        if aligned:
            style = style._replace(centred=aligned == "center")
        if found := _LENGTH.fullmatch(looks.get(_FO + "text-indent") or ""):
            style = style._replace(indent=indent_of(float(found[1]) * _POINTS[found[2]]))
        if broken := looks.get(_FO + "break-before"):
            style = style._replace(page=broken == "page")
    letters = element.find(_STYLE + "text-properties")
    if letters is not None:
        on, off = _marks(letters)
        style = style._replace(on=style.on & ~off | on, off=style.off & ~on | off)
    return style


def _marks(letters: etree._Element) -> tuple[int, int]:
    """The marks that text properties set, and those that they take away."""
    on = off = 0
    for name, mark, is_set in _LOOKS:
        value = letters.get(name)
        if value:
            if is_set(value):
                on |= _BIT[mark]
            else:
                off |= _BIT[mark]
    place = (letters.get(_STYLE + "text-position") or "").split()
    if place and place[0] in ("super", "sub"):
        on |= _BIT["sup" if place[0] == "super" else "sub"]
    elif place and (found := re.fullmatch(r"(-?)\d{1,4}(?:\.\d{1,4})?%", place[0])):
        if float(place[0][:-1]):
            on |= _BIT["sub" if found[1] else "sup"]
        else:
            off |= _BIT["sup"] | _BIT["sub"]
    return on, off


_LOOKS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (_FO + "font-style", "em", lambda value: value in ("italic", "oblique")),
    (_FO + "font-weight", "strong", lambda value: value == "bold" or value in ("600", "700", "800", "900")),
    (_STYLE + "text-underline-style", "underline", lambda value: value != "none"),
    (_STYLE + "text-line-through-style", "strike", lambda value: value != "none"),
    (_STYLE + "text-line-through-type", "strike", lambda value: value != "none"),
)
