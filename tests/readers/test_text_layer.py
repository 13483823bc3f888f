"""The text layer of a page, counted by another parser, and the lines' spans in it."""

from __future__ import annotations

import re
from collections import Counter

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf import conserve, reading
from ficshelf.readers import html

SILENT = {"script", "style", "template", "iframe", "noembed", "noframes"}

PAGES = {
    "entities": "<p>&ldquo;It&rsquo;s &lt;3 &amp; more&hellip;&rdquo; &#8212; &eacute;&nbsp;&notanentity; &copy 2001",
    "soup": "<b><p>One<i>two</b>three<p>four</i><table><tr>five<td>six<td>seven</table></font>eight",
    "script": "<p>a<script>if (a<b) write('<p>no</p>')</script>b<style>p{}</style><!-- c -->d<template>e</template>",
    "old": "<HTML><BODY BGCOLOR=#fff><CENTER><FONT SIZE=+3>T</FONT></CENTER><P>One<P>Two<BR>3<HR>Four</BODY></HTML>",
    "lists": "<ul><li>a<li>b<ol><li>c</ol></ul><dl><dt>d<dd>e</dl><select><option>f<option>g</select>",
    "pre": "<pre>\n\nTwo  spaces\n\tand a tab &amp; <b>bold</b>\n</pre><textarea>\n<p>typed</p></textarea>",
    "foreign": "<svg><title>A tree</title><text>x</text><desc><p>y</desc></svg><math><mi>z</mi><mtext>w</mtext></math>",
    "unclosed": "<p title='never closed>one two</p><p>three</p>",
    "comment": "<p>one<!-- two <p>three</p> --!>four<!-->five<!--->six",
    "cdata": "<p>a<![CDATA[b]]>c<?php echo 'd' ?>e</p>",
    "head": "<html><head><title>A &amp; B</title><meta charset=utf-8></head><body>c</body></html>tail",
    "ruby": "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
    "frames": "<noscript><p>one</p></noscript><iframe><p>two</iframe><object><p>three</object>",
}


def letters(markup: str) -> Counter[str]:
    """The letters of a page by html5lib, by the rule that our own docstring gives."""
    found: list[str] = []

    def gather(element) -> None:  # type: ignore[no-untyped-def]
        named = isinstance(element.tag, str)
        if named and element.tag.rpartition("}")[2] in SILENT:
            return
        if named and element.text:
            found.append(element.text)
        for child in element:
            gather(child)
            if child.tail:
                found.append(child.tail)

    gather(html5lib.parse(markup, treebuilder="etree"))
    return Counter("".join("".join(found).split()))


def text_layer(markup: str) -> str:
    page = html.page_of(markup)
    assert isinstance(page, html.Parsed)
    return page.text


@pytest.mark.parametrize("name", PAGES)
def test_another_parser_counts_the_same_letters(name: str) -> None:
    assert Counter("".join(text_layer(PAGES[name]).split())) == letters(PAGES[name])


WORDS = st.text(st.sampled_from("abé “”’—&;#<>=\"' \n\t\xa0"), max_size=12)
TAGS = st.sampled_from(
    re.findall(
        r"\S+",
        "p /p br hr i /i b /b div /div table tr td /td /table ul li /ul a /a font /font span /span h2 /h2 pre /pre "
        "blockquote /blockquote center /center em /em p/ dl dt dd /dl form /form",
    )
)
ATTRIBUTES = st.sampled_from(
    ["", "", "", " class=x", ' style="text-align: center"', " align=center", " id='story'", " a=>"]
)
MARKUP = st.lists(st.one_of(WORDS, st.builds(lambda tag, more: f"<{tag}{more}>", TAGS, ATTRIBUTES)), max_size=40).map(
    "".join
)


@given(MARKUP)
def test_letters_agree_on_any_soup_of_tags(markup: str) -> None:
    assert Counter("".join(text_layer(markup).split())) == letters(markup)


@given(MARKUP)
def test_lines_say_what_their_spans_hold(markup: str) -> None:
    page = html.page_of(markup)
    assert isinstance(page, html.Parsed)
    last = 0
    for node in page.nodes:
        (span,) = node.spans
        assert last <= span.start <= span.end <= len(page.text)
        last = span.end
        if node.hint not in ("img", "hr"):
            assert "".join(node.text.split()) == "".join(page.text[span.start : span.end].split())
            assert node.text == node.text.strip() != ""
            assert node.text == "".join(run.text for run in node.as_runs())


@given(MARKUP)
def test_nothing_of_a_page_is_lost(markup: str) -> None:
    found = reading.read([(f"<html><body>{markup}</body></html>".encode(), "page.html")])
    for index, source in enumerate(found.sources):
        if found.works:
            assert conserve.lost(source, found.works, index) == []


def test_references_to_control_characters_are_left_out_and_remarked() -> None:
    page = html.page_of("<p>a&#1;b&#x1F;c&#0;d&#13;e&#127;f&#10;g")
    assert isinstance(page, html.Parsed)
    assert page.text == "abcd\nef\ng"
    assert [remark.kind for remark in page.remarks] == ["control-characters"]
