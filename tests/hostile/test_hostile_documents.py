"""OpenDocument, FictionBook and Rich Text that swell, nest, lie or break off: read or refused within bounds."""

from __future__ import annotations

import pytest
from books import packed
from conftest import Bounded

STORY = "The lamp went out, and the door stood open, and nobody came in."
_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
FODT = (
    f'<office:document{_NAMES} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    f"<text:p>{STORY}</text:p></office:text></office:body></office:document>"
)
FB2 = (
    '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><book-title>Night'
    f"</book-title></title-info></description><body><section><p>{STORY}</p></section></body></FictionBook>"
)
RTF = rf"{{\rtf1\ansi {STORY}\par}}"
PLAIN = {"fodt": FODT, "fb2": FB2, "rtf": RTF}
XML = ("fodt", "odt", "fb2")
P = {"fodt": "text:p", "odt": "text:p", "fb2": "p"}


def made(kind: str, markup: str) -> bytes:
    """A file of that kind; for an odt the markup is that of its text."""
    if kind != "odt":
        return markup.encode()
    mimetype = "application/vnd.oasis.opendocument.text"
    return packed({"mimetype": mimetype, "content.xml": markup, "META-INF/manifest.xml": "<x/>"})


def markup_of(kind: str) -> str:
    return PLAIN["fodt" if kind == "odt" else kind]


def read(kind: str, markup: str, bounded: Bounded, seconds: int = 10, megabytes: int = 700) -> tuple[set[str], str]:
    found = bounded(made(kind, markup), f"book.{kind}", megabytes=megabytes, seconds=seconds)
    assert found.readers == ["odt" if kind == "fodt" else kind]
    return found.kinds - {"not-a-story"}, found.texts[0]


@pytest.mark.parametrize("kind", XML)
@pytest.mark.parametrize(
    ("declarations", "reference"),
    [("<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)), "&a11;"),
     (f"<!ENTITY a '{'ha' * 1_000}'>", "&a;" * 20_000),
     ("<!ENTITY a '&a;'>", "&a;"),
     ("<!ENTITY % p '<!ENTITY a \"haha\">'> %p;", "&a;"),
     ("<!ENTITY a SYSTEM 'file:///etc/hostname'>", "&a;")],
    ids=["billion laughs", "quadratic", "of itself", "parameter", "a file"],
)  # fmt: skip
def test_entities_are_never_expanded(kind: str, declarations: str, reference: str, bounded: Bounded) -> None:
    markup = f"<!DOCTYPE x [{declarations}]>" + markup_of(kind).replace(STORY, f"{STORY}{reference}")
    _, text = read(kind, markup, bounded)
    assert "haha" not in text


@pytest.mark.parametrize(("kind", "tag"), [
    *((kind, tag) for kind in ("fodt", "odt") for tag in ("text:section", "text:span", "text:p", "text:list", "x")),
    *(("fb2", tag) for tag in ("section", "emphasis", "p", "cite", "poem", "x")),
])  # fmt: skip
def test_what_is_nested_a_hundred_thousand_deep_is_flattened(kind: str, tag: str, bounded: Bounded) -> None:
    p = P[kind]
    within = (f"<{p}>", f"</{p}>") if tag in ("text:section", "text:list", "section", "cite", "x") else ("", "")
    whole = f"<{p}>{STORY}</{p}>"
    deep = f"<{tag}>" * 100_000 + within[0] + STORY + within[1] + f"</{tag}>" * 100_000
    markup = markup_of(kind).replace(whole, deep if within[0] else f"<{p}>{deep}</{p}>")
    found = bounded(made(kind, markup), f"book.{kind}", megabytes=700, seconds=10)
    assert found.kinds - {"not-a-story"} == {"too-deep"}
    assert STORY in found.texts[0] or found.lengths[0] >= 1_000  # of long texts only the length is told


@pytest.mark.parametrize("kind", XML)
def test_a_million_elements_are_too_large(kind: str, bounded: Bounded) -> None:
    markup = markup_of(kind).replace(STORY, "<a/>" * 2_000_001)
    kinds, text = read(kind, markup, bounded)
    assert kinds == {"too-large"}
    assert not text


@pytest.mark.parametrize("kind", PLAIN)
@pytest.mark.parametrize("places", range(1, 12))
def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(kind: str, places: int, bounded: Bounded) -> None:
    markup = PLAIN[kind]
    long = markup.replace(STORY, " ".join([STORY] * 10))
    cut = long[: len(long) * places // 12]
    found = bounded(cut.encode(), f"book.{kind}", seconds=5)
    if cut.count(STORY):
        assert STORY in found.texts[0]
        assert "damaged" in found.kinds


ROWS = {
    "fodt": {
        "spaces": ('<text:s text:c="999999999"/>', 3_000),
        "tabs": ("<text:tab/>", 200_000),
        "line breaks": ("<text:line-break/>", 200_000),
        "notes": ("<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>x</text:p>"
                  "</text:note-body></text:note>", 20_000),
        "spans": ("<text:span>x</text:span>", 150_000),
        "spans opened": ("<text:span>x", 150_000),
        "comments": ("<!--x-->", 100_000),
        "instructions": ("<?x y?>", 100_000),
    },
    "fb2": {
        "emphasis": ("<emphasis>x</emphasis>", 150_000),
        "emphasis opened": ("<emphasis>x", 150_000),
        "links": ("<a l:href='#n'>x</a>", 100_000),
        "paragraphs": ("</p><p>x", 20_000),
        "titles": ("</p><title><p>x</p></title><p>", 15_000),
        "stanzas": ("</p><poem><stanza><v>x</v></stanza></poem><p>", 30_000),
        "empty lines": ("</p><empty-line/><p>", 100_000),
        "pictures": ("<image l:href='#a'/>", 150_000),
        "sections": ("</p></section><section><p>x", 15_000),
    },
    "rtf": {
        "groups": ("{", 1_000_000),
        "groups closed": ("}", 1_000_000),
        "marks": (r"{\b x}", 100_000),
        "marks in marks": (r"{\b x{\i y", 100_000),
        "footnotes": (r"{\footnote x}", 40_000),
        "footnotes in footnotes": (r"{\footnote x", 100_000),
        "boxes in boxes": (r"{\*\shpinst{\shptxt x", 50_000),
        "fields in fields": (r"{\field{\*\fldinst HYPERLINK http://a}{\fldrslt x", 30_000),
        "rows": (r"\trowd x\cell y\cell\row ", 30_000),
        "cells": (r"x\cell ", 100_000),
        "lists": (r"{\listtext 1.}x\par ", 40_000),
        "letters by number": (r"\u233?", 100_000),
        "half letters by number": (r"\u-10240?", 100_000),
        "fallbacks": (r"\uc16\u233?", 100_000),
        "binary": (r"\bin5 xxxxx", 100_000),
        "binary without end": (r"\bin999999999 x", 100_000),
        "fonts": (r"{\fonttbl{\f1\fcharset204 x;}}", 40_000),
        "words of one letter": (r"\a", 300_000),
        "stars": (r"{\*\x y}", 100_000),
        "backslashes": ("\\", 1_000_000),
        "deleted": (r"{\deleted x}", 100_000),
    },
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, rows in ROWS.items() for name in rows])
def test_rows_of_one_thing_are_read_within_bounds(kind: str, name: str, bounded: Bounded) -> None:
    piece, count = ROWS[kind][name]
    markup = PLAIN[kind].replace(STORY, STORY + piece * count)
    read(kind, markup, bounded, seconds=20)
