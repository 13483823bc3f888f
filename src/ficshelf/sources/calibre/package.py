"""`metadata.opf` beside the files of a book: what calibre says of it there, with the columns of the reader's own.

(OPF 2.0.1; what calibre adds are `meta` elements with names of its own: `calibre:series`, and
`calibre:user_metadata:#label` with JSON in it.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from ficshelf.sources.calibre.books import Book, Column

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_USER = "calibre:user_metadata"
_MOST = 5_000  # elements
_MADE = frozenset({"calibre", "uuid"})  # identifiers that calibre made


def read(data: bytes) -> Book | None:
    """The book of a package; None where it is none."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or root.tag not in (f"{_OPF}package", "package"):
        return None
    said: dict[str, list[tuple[str, dict[str, str]]]] = {}
    meta: dict[str, str] = {}
    for count, element in enumerate(root.iter(f"{_DC}*", f"{_OPF}meta", "meta")):
        if count > _MOST:
            break
        if not isinstance(element.tag, str):
            continue
        kind = element.tag.rpartition("}")[2]
        if kind == "meta":
            meta.setdefault(str(element.get("name") or ""), str(element.get("content") or ""))
            continue
        if value := " ".join("".join(map(str, element.itertext())).split()):
            attributes = {str(name).rpartition("}")[2]: str(one) for name, one in element.attrib.items()}
            said.setdefault(kind, []).append((value, attributes))
    title = next((value for value, _ in said.get("title", ())), "")
    if not title:
        return None
    makers = [(value, told) for value, told in said.get("creator", ()) if told.get("role", "aut") == "aut"]
    identifiers = [(told.get("scheme", "").lower(), value) for value, told in said.get("identifier", ())]
    return Book(
        "book",
        title,
        tuple(value for value, _ in makers),
        next((told["file-as"] for _, told in makers if "file-as" in told), ""),
        meta.get("calibre:series", ""),
        meta.get("calibre:series_index", ""),
        tuple(value for value, _ in said.get("subject", ())),
        next((value for value, _ in said.get("description", ())), ""),
        next((value for value, _ in said.get("publisher", ())), ""),
        next((value for value, _ in said.get("date", ())), ""),
        tuple(value for value, _ in said.get("language", ())),
        tuple(one for one in identifiers if one[0] not in _MADE),
        tuple(_columns(meta)),
        tuple((f"identifier.{kind}", value) for kind, value in identifiers if kind in _MADE),
    )


def _columns(meta: dict[str, str]) -> Iterator[Column]:
    """The columns of the reader's own: a `meta` each, or all in one."""
    for name, content in meta.items():
        if name == _USER:
            told = _json(content)
            for label, one in told.items():
                yield from _column(label, one)
        elif name.startswith(f"{_USER}:"):
            yield from _column(name.removeprefix(f"{_USER}:"), _json(content))


def _json(content: str) -> dict[str, object]:
    try:
        told = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _column(label: str, told: object) -> Iterator[Column]:
    if not isinstance(told, dict):
        return
    value = told.get("#value#")
    if isinstance(value, dict):  # a moment: {"__class__": "datetime.datetime", "__value__": "2010-…"}
        value = value.get("__value__")
    datatype = str(told.get("datatype", "text"))
    if datatype == "composite":
        return
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, bool):
            one = int(one)
        if isinstance(one, str | int | float):
            extra = told.get("#extra#")
            place = str(extra) if isinstance(extra, int | float) else ""
            name = str(told.get("name", ""))
            yield Column(re.sub(r"^#", "", label), name, datatype, str(one), place)
