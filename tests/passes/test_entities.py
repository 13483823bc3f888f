"""Codes of a web page that were left in a text, and codes of such codes, are read as the letters they stand for."""

from __future__ import annotations

import pytest

from ficshelf.passes.entities import apply
from ficshelf.readers import text
from ficshelf.reading import read


@pytest.mark.parametrize(
    "written",
    [
        "It wasn&rsquo;t &ldquo;far&rdquo;.",
        "It wasn&#8217;t &#8220;far&#8221;.",
        "It wasn&#x2019;t &#x201C;far&#x201d;.",
        "It wasn&amp;rsquo;t &amp;ldquo;far&amp;rdquo;.",
        "It wasn&amp;#8217;t &amp;#8220;far&amp;#8221;.",
        "It wasn&amp;amp;rsquo;t &amp;amp;#8220;far&amp;amp;rdquo;.",
        "It wasn&#146;t &#147;far&#148;.",
    ],
)
def test_codes_are_letters_however_often_they_were_escaped(written: str) -> None:
    (node,) = apply(text.read(written.encode(), "a.txt")).nodes
    assert node.text == "It wasn’t “far”."
    story = "<p>She went out into the rain, and he stayed where he was until it was dark.</p>"
    reading = read([(f"<html><body><p>{written.replace('&', '&amp;')}</p>{story}</body></html>".encode(), "a.html")])
    assert reading.works[0].chapters[0].blocks[0].text == "It wasn’t “far”."


@pytest.mark.parametrize("written", ["Black &amp; White", "AT&T; no.", "Use &lt; for less than.", "a && b; c"])
def test_one_code_alone_may_be_meant(written: str) -> None:
    assert apply(text.read(written.encode(), "a.txt")).nodes[0].text == written
