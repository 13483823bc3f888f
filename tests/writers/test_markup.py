"""Blocks as markup: well-formed for any text, of a closed list of tags, and with every letter of the story."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from odd_works import LINKS, PAYLOADS, any_blocks, any_text, block, letters, letters_of
from selectolax.lexbor import LexborHTMLParser

from ficshelf.model import BLOCK_KINDS, MARKS, Block, Run
from ficshelf.scenes import scenes
from ficshelf.writers.markup import ATTRIBUTES, TAGS, chapter_markup, escape_attribute, fit, safe_link

EPUB = "{http://www.idpf.org/2007/ops}"


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(
        f'<body xmlns:epub="http://www.idpf.org/2007/ops">{markup}</body>'.encode(),
        etree.XMLParser(resolve_entities=False, huge_tree=True),
    )


@given(any_blocks, st.booleans())
def test_any_blocks_become_well_formed_markup_of_the_closed_list(blocks: tuple[Block, ...], epub: bool) -> None:
    for element in parsed(chapter_markup(blocks, epub=epub)).iter():
        if element.tag == "body":
            continue
        assert element.tag in TAGS
        assert {name.replace(EPUB, "epub:") for name in element.attrib} <= ATTRIBUTES
        assert not element.get("href") or element.get("href", "").startswith(("http://", "https://"))


@given(any_blocks)
def test_html_and_xml_parsers_see_the_same_tree(blocks: tuple[Block, ...]) -> None:
    markup = chapter_markup(blocks)
    page = LexborHTMLParser(f"<!DOCTYPE html><html><head></head><body>{markup}</body></html>")
    assert page.body is not None
    as_html = [node.tag for node in page.body.traverse() if node.tag not in ("body", "-text")]
    as_xml = [element.tag for element in parsed(markup).iter() if element.tag != "body"]
    assert as_html == as_xml


@given(any_blocks)
def test_every_letter_comes_out_in_order(blocks: tuple[Block, ...]) -> None:
    story = tuple(one for one in blocks if one.kind not in ("image", "break"))
    assert letters("".join(parsed(chapter_markup(story)).itertext())) == letters_of(
        one._replace(runs=tuple(run._replace(text=fit(run.text)) for run in one.runs)) for one in story
    )


@given(any_blocks)
def test_scenes_have_the_anchors_that_search_links_to(blocks: tuple[Block, ...]) -> None:
    tree = parsed(chapter_markup(blocks))
    assert [section.get("id") for section in tree.iter("section")] == [scene.anchor for scene in scenes(blocks)]
    assert len(list(tree.iter("hr"))) == len(scenes(blocks)) - 1


@given(any_text)
def test_fit_text_is_what_xml_allows_and_fitting_twice_changes_nothing(text: str) -> None:
    assert fit(fit(text)) == fit(text)
    etree.fromstring(f'<a b="{escape_attribute(text)}"/>'.encode())


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", BLOCK_KINDS)
def test_a_payload_stays_text(kind: str, payload: str) -> None:
    blocks = (block(kind, payload, detail=payload), block(kind, Run(payload, MARKS, payload)))
    page = LexborHTMLParser(f"<!DOCTYPE html><html><head></head><body>{chapter_markup(blocks)}</body></html>")
    assert page.body is not None
    for node in page.body.traverse():
        assert node.tag in TAGS | {"body"}
        assert set(node.attributes) <= ATTRIBUTES


@pytest.mark.parametrize("link", LINKS)
def test_only_plain_web_addresses_become_links(link: str) -> None:
    safe = safe_link(link)
    assert safe == "" or (safe.startswith(("http://", "https://")) and safe.isascii() and safe.isprintable())
    if not link.strip().lower().startswith(("http://", "https://")):
        assert safe == ""
    assert "@" not in safe.partition("//")[2].partition("/")[0]
    assert not set(safe) & set(' <>"`\\{}|^')


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("http://example.org/a?b=c&d=e#f", "http://example.org/a?b=c&d=e#f"),
        ("HTTPS://Example.ORG/A%20b", "https://example.org/A%20b"),
        ("http://example.org/a b", "http://example.org/a%20b"),
        ("http://münchen.example/ä", "http://xn--mnchen-3ya.example/%C3%A4"),
        ("http://example.org:8080/~user/", "http://example.org:8080/~user/"),
        ("http://example.org/100%", "http://example.org/100%25"),
        ("mailto:somebody@example.org", ""),
        ("chapter2.html", ""),
    ],
)
def test_addresses_are_written_as_they_must_be(address: str, safe: str) -> None:
    assert safe_link(address) == safe


def test_headings_that_stand_together_are_one_heading() -> None:
    markup = chapter_markup((block("heading", "Chapter 1"), block("heading", "Ashes")), level=1)
    assert '<h1 id="heading">Chapter 1<br />\nAshes</h1>' in markup


def test_only_the_first_heading_has_the_id() -> None:
    markup = chapter_markup((block("heading", "One"), block("paragraph", "x"), block("heading", "Two")))
    assert markup.count('id="heading"') == 1


def test_notes_that_stand_together_are_one_note() -> None:
    markup = chapter_markup((block("note", "A/N: hello"), block("note", "and thanks"), block("paragraph", "Once.")))
    assert '<aside class="note" role="note">\n<p>A/N: hello</p>\n<p>and thanks</p>\n</aside>' in markup


def test_verse_keeps_lines_and_stanzas() -> None:
    markup = chapter_markup((block("verse", "one\ntwo"), block("verse", "three")), epub=True)
    assert (
        '<div class="verse" epub:type="z3998:verse">\n<p><span>one</span><br />\n<span>two</span></p>\n'
        "<p><span>three</span></p>\n</div>" in markup
    )


def test_a_mark_that_goes_over_a_line_end_of_verse_goes_on() -> None:
    markup = chapter_markup((block("verse", Run("one\ntwo", ("em",)), " three"),))
    assert "<span><em>one</em></span><br />\n<span><em>two</em> three</span>" in markup


def test_a_letter_is_one_quotation() -> None:
    markup = chapter_markup((block("quote", "Dear John,\nCome."), block("quote", "Irene")))
    assert "<blockquote>\n<p>Dear John,<br />\nCome.</p>\n<p>Irene</p>\n</blockquote>" in markup


def test_an_ornament_becomes_a_rule_and_a_break_that_speaks_is_shown() -> None:
    blocks = (
        block("paragraph", "a"),
        block("break", "~oOo~"),
        block("paragraph", "b"),
        block("break", "Later that night"),
        block("paragraph", "c"),
        block("break", "[scene break]"),
        block("paragraph", "d"),
    )
    markup = chapter_markup(blocks)
    assert markup.count('<hr class="break" />') == 3
    assert "oOo" not in markup
    assert "scene break" not in markup
    assert '<section class="scene" id="scene-3">\n<p class="slug">Later that night</p>' in markup


def test_lists_that_bring_their_own_signs_are_not_numbered_twice() -> None:
    assert "<ol>\n<li>milk</li>" in chapter_markup((block("list", "milk\nbread", detail="ordered"),))
    assert '<ul class="signed">\n<li>1. milk</li>' in chapter_markup((block("list", "1. milk\n2. bread"),))


def test_tables_have_rows_and_cells() -> None:
    assert "<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td></tr>" in chapter_markup((block("table", "a\tb\nc"),))


def test_an_image_is_told_and_never_fetched() -> None:
    markup = chapter_markup((block("image", "a raven", detail="http://example.org/raven.jpg"),))
    assert "Image: a raven <small>(http://example.org/raven.jpg)</small>" in markup
    assert "src" not in markup
    assert "href" not in markup


def test_preformatted_text_keeps_its_lines() -> None:
    assert "<pre>a\n  b</pre>" in chapter_markup((block("preformatted", "a\n  b"),))


def test_text_from_right_to_left_says_so() -> None:
    assert '<p dir="auto">שלום</p>' in chapter_markup((block("paragraph", "שלום"),))
