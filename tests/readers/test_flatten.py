"""Bounds on markup before it is parsed: what is within them passes untouched, what is beyond them keeps its letters."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers import html
from ficshelf.readers.flatten import TooManyError, flatten, from_xml
from ficshelf.sources import limits


def depth_of(markup: str) -> int:
    """How deep the tree is that the parser builds."""
    root = LexborHTMLParser(markup).root
    deepest, stack = 0, [(root, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        child = node.first_child
        while child is not None:
            stack.append((child, depth + 1))
            child = child.next
    return deepest


def read(markup: str) -> html.Parsed:
    page = html.page_of(markup)
    assert isinstance(page, html.Parsed)
    return page


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" * 5000,
        "<p><i>one</i> <b>two</b>" * 5000,
        "<ul>" + "<li>x" * 5000,
        "<table>" + "<tr><td>x" * 5000,
        "<a name=x>word " * 5000,
        "<div>" * 400 + "x" + "</div>" * 400,
        "<br>" * 5000 + "<img src=x>" * 5000,
        '<p title="a > b">x</p>' * 3000,
    ],
)
def test_ordinary_pages_pass_untouched_however_long(markup: str) -> None:
    assert flatten(markup) == (markup, False)


@pytest.mark.parametrize(
    "opening",
    [
        "<div>",
        "<span>",
        "<b>",
        "<font color=red>",
        "<blockquote>",
        "<DIV CLASS='a>b'>",
        '<div a="<p>">',
        "<div></b>",
        "<div><p></p>",
        "<div\n\tid=x\n>",
        "<div/>",
        "<x-y>",
        "<table><tr><td>",
        "<svg>",
        "<svg><td>",
        '<p a=b="><div>\'">',
    ],
)
def test_however_it_is_written_markup_is_never_deep(opening: str) -> None:
    flat, flattened = flatten(opening * 3000 + "The end of it.")
    assert flattened or depth_of(flat) < 20
    assert depth_of(flat) < 5 * limits.DEPTH


def test_text_beyond_the_depth_is_all_there_and_its_blocks_stay_apart() -> None:
    markup = "".join(f"<div>line {number}" for number in range(1500)) + "</div>" * 1500 + "<p>after</p>"
    page = read(markup)
    assert [node.text for node in page.nodes] == [*(f"line {number}" for number in range(1500)), "after"]
    assert [remark.kind for remark in page.remarks] == ["too-deep"]


def test_what_follows_the_deep_part_keeps_its_marks() -> None:
    page = read("<div>" * 2000 + "<i>deep</i>" + "</div>" * 2000 + "<p>and <i>after</i></p>")
    assert page.nodes[-1].runs[-1] == ("after", ("em",), "")


def test_an_element_with_too_many_attributes_loses_them_and_keeps_its_text() -> None:
    attributes = " ".join(f"a{number}='>'" for number in range(5000))
    page = read(f"<p {attributes}>One <i>two</i></p><p class=x>three</p>")
    assert [node.text for node in page.nodes] == ["One two", "three"]


def test_formatting_that_is_never_closed_does_not_multiply() -> None:
    markup = "".join(f"<font size={number}>" for number in range(40)) + "<p>word</p>" * 60_000
    flat, flattened = flatten(markup)
    assert flattened
    assert sum(1 for _ in LexborHTMLParser(flat).root.traverse()) < 200_000


def test_a_page_of_more_elements_than_the_limit_is_refused() -> None:
    with pytest.raises(TooManyError):
        flatten("<i></i>" * (limits.ELEMENTS // 2 + 1))
    found = html.page_of("<i></i>" * (limits.ELEMENTS // 2 + 1))
    assert found[0] == "too-large"


def test_xhtml_is_understood_by_an_html_parser() -> None:
    markup = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY lol "lol"><!ENTITY l2 "&lol;&lol;">]>'
        "<html><head><title/><script src='x'/></head><body><p/><p>a<a id='x'/>b<br/>c &l2;</p>"
        "<p><![CDATA[1 < 2 & 3]]></p><div/></body></html>"
    )
    page = html.page_of(markup, xml=True)
    assert isinstance(page, html.Parsed)
    assert [node.text for node in page.nodes] == ["ab", "c &l2;", "1 < 2 & 3"]
    assert from_xml("<p>1 /> 2</p>") == "<p>1 /> 2</p>"
