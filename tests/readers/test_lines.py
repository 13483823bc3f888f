"""What the markup of a page says about its lines: gaps, hints, indents, marks, links, pictures, tables."""

from __future__ import annotations

import pytest

from ficshelf.model import Node
from ficshelf.readers import html


def lines(markup: str) -> list[Node]:
    page = html.page_of(markup)
    assert isinstance(page, html.Parsed)
    return page.nodes


def said(markup: str, *fields: str) -> list[tuple[object, ...]]:
    """The lines as tuples of their text and some other fields."""
    return [(node.text, *(getattr(node, field) for field in fields)) for node in lines(markup)]


@pytest.mark.parametrize(
    ("between", "gap"),
    [
        ("<br>", 0),
        ("<br><br>", 1),
        ("<br><br><br>", 2),
        ("<br>&nbsp;<br>", 1),
        ("<br>\n<br>\n<br>\n<br>", 3),
        ("</p><p>", 1),
        ("<br></p><p>", 1),
        ("</p>\n\n\n<p>", 1),
        ("</p><p>&nbsp;</p><p>", 2),
        ("</p><p></p><p>", 2),
        ("</p><p> </p><p>&nbsp;</p><p>", 3),
        ("</p><br><p>", 2),
        ("</p></div><div><div><p>", 1),
        ("<br><br></p><p>", 1),
    ],
)
def test_blank_lines_are_counted_as_a_reader_sees_them(between: str, gap: int) -> None:
    assert said(f"<div><p>One{between}Two</p></div>", "gap") == [("One", 1), ("Two", gap)]


def test_each_line_knows_what_its_element_is() -> None:
    markup = """
        <h1 align=center>Title</h1><h3>Chapter</h3><p>Prose</p>loose<div>block</div>
        <blockquote><p>letter</p></blockquote><center>* * *</center><p align="center">mid</p>
        <p style="margin: 0; text-align:center">mid two</p><div class="text-center">mid three</div>
        <ol><li>first<li>second<ul><li>nested</ul></ol><pre>  typed</pre><hr>
    """
    assert said(markup, "hint", "indent", "detail") == [
        ("Title", "h1", 0, ""),
        ("Chapter", "h3", 0, ""),
        ("Prose", "p", 0, ""),
        ("loose", "p", 0, ""),
        ("block", "p", 0, ""),
        ("letter", "blockquote", 0, ""),
        ("* * *", "center", 0, ""),
        ("mid", "center", 0, ""),
        ("mid two", "center", 0, ""),
        ("mid three", "center", 0, ""),
        ("first", "li", 0, "ordered"),
        ("second", "li", 0, "ordered"),
        ("nested", "li", 4, ""),
        ("typed", "pre", 2, ""),
        ("", "hr", 0, ""),
    ]


def test_white_space_is_what_a_browser_shows() -> None:
    assert said("<p>  One\n   two\tthree.&nbsp; Four&nbsp;five  </p>", "indent") == [("One two three. Four\xa0five", 0)]
    assert said("<p>&nbsp;&nbsp; &nbsp;Indented</p><p>&emsp;So is this</p>", "indent") == [
        ("Indented", 4),
        ("So is this", 1),
    ]
    assert said("<p><b>Rating:</b>\n<i>PG</i> <u> x </u> y</p>") == [("Rating: PG x y",)]


def test_marks_are_what_tags_and_styles_mean() -> None:
    markup = (
        "<p>a<i>b</i><em>c</em><b>d<i>e</i></b><u>f</u><s>g</s>H<sub>2</sub>O<sup>3</sup><tt>k</tt><small>l</small>"
        '<span style="font-style: italic">m</span><span style="font-weight:700">n</span>'
        '<font style="text-decoration: line-through">o</font><cite>p<span style="font-style:normal">q</span></cite></p>'
    )
    (line,) = lines(markup)
    assert [(run.text, *run.marks) for run in line.runs] == [
        ("a",),
        ("bc", "em"),
        ("d", "strong"),
        ("e", "em", "strong"),
        ("f", "underline"),
        ("g", "strike"),
        ("H",),
        ("2", "sub"),
        ("O",),
        ("3", "sup"),
        ("k", "code"),
        ("l", "small"),
        ("m", "em"),
        ("n", "strong"),
        ("o", "strike"),
        ("p", "em"),
        ("q",),
    ]


def test_a_line_without_marks_has_no_runs() -> None:
    assert [line.runs for line in lines("<p>plain</p><p><font face=Arial>plain</font> too</p>")] == [(), ()]


@pytest.mark.parametrize(
    ("href", "link"),
    [
        ("http://example.org/a", "http://example.org/a"),
        ("../b.html#c", "../b.html#c"),
        ("#top", "#top"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("c:d", ""),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("&#106;avascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_only_links_that_can_do_no_harm_are_kept(href: str, link: str) -> None:
    (line,) = lines(f'<p>See <a href="{href}">this</a> page.</p>')
    assert [run.link for run in line.as_runs() if "this" in run.text] == [link]


def test_pictures_are_lines_of_their_own_and_rules_are_rules() -> None:
    markup = """<p><img src="map.jpg" alt="A map"></p><p>One <img src="cat.gif" alt="cat"> two</p>
        <p><img src="divider3.gif" alt=""></p><img src="spacer.gif"><img src="x.gif" width=1 height=1><p>End</p>
        <img src="frame.gif" alt="">"""
    assert said(markup, "kind", "hint", "detail") == [
        ("A map", "image", "img", "map.jpg"),
        ("cat", "image", "img", "cat.gif"),
        ("One two", "", "p", ""),
        ("", "", "hr", "divider3.gif"),
        ("End", "", "p", ""),
    ]


def test_a_table_of_figures_keeps_its_rows() -> None:
    markup = "<table><tr><th>Day</th><th>Sheep</th></tr><tr><td>Monday</td> <td> 4 </td></tr></table>"
    assert said(markup, "hint") == [("Day\tSheep", "table"), ("Monday\t4", "table")]


def test_a_table_of_labels_is_header_lines() -> None:
    markup = "<table><tr><td>Title:</td><td>The <i>Ford</i></td></tr><tr><td><b>By:</b></td><td>Ann</td></tr></table>"
    assert said(markup, "hint") == [("Title: The Ford", "p"), ("By: Ann", "p")]


def test_a_table_for_the_layout_is_no_table() -> None:
    markup = "<table><tr><td><p>One.</p></td><td><p>Two.</p><p>Three.</p></td></tr></table>"
    assert said(markup, "hint") == [("One.", "p"), ("Two.", "p"), ("Three.", "p")]


def test_a_plain_text_set_on_a_page_is_read_as_a_text() -> None:
    markup = "<h1>T</h1><pre>Title: X\n\nOne line\n  and another\n\n\nThird</pre>"
    assert said(markup, "hint", "gap", "indent")[1:] == [
        ("Title: X", "", 1, 0),
        ("One line", "", 1, 0),
        ("and another", "", 0, 2),
        ("Third", "", 2, 0),
    ]


def test_a_header_kept_in_a_comment_counts_where_it_is_one_beyond_doubt() -> None:
    assert said("<!-- STORYINFO\nTitle: Straw\nAuthor: Winkie\n--><p>Once.</p>") == [
        ("Title: Straw",),
        ("Author: Winkie",),
        ("Once.",),
    ]
    assert said("<!-- begin story --><!-- see: below --><p>Once.</p>") == [("Once.",)]
