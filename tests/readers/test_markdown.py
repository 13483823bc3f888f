"""Markdown: what its marks mean, what its front matter states, and how little it takes for a text not to be it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficshelf import conserve, readers
from ficshelf.model import Draft
from ficshelf.readers import markdown
from ficshelf.reading import read


def drafted(said: str) -> Draft:
    return markdown.read(said.encode(), "story.md")


def lines(said: str) -> list[tuple[str, str]]:
    return [(node.hint, node.text) for node in drafted(said).nodes]


def test_what_the_signs_mean() -> None:
    said = (
        "# One\n\nA line  \nbroken hard\\\ntwice, and\nwrapped.\n\n> quoted\n\n1. first\n2. second\n\n"
        "---\n\n`typed`~~gone~~\n"
    )
    assert lines(said) == [
        ("h1", "One"),
        ("p", "A line"),
        ("p", "broken hard"),
        ("p", "twice, and wrapped."),
        ("blockquote", "quoted"),
        ("li", "first"),
        ("li", "second"),
        ("hr", ""),
        ("p", "typedgone"),
    ]
    assert [run.marks for run in drafted(said).nodes[-1].runs] == [("code",), ("strike",)]


def test_letters_that_are_escaped_or_coded_are_themselves() -> None:
    assert lines(r"\* \* \*" + "\n\n&eacute;t&eacute; &amp; &lt;3\n") == [("p", "* * *"), ("p", "été & <3")]


def test_markup_of_pages_within_it_is_markup() -> None:
    (node,) = drafted("It was <i>not</i> over.\n").nodes
    assert [(run.text, run.marks) for run in node.runs] == [("It was ", ()), ("not", ("em",)), (" over.", ())]


def test_a_paragraph_that_is_set_in_is_no_code() -> None:
    assert lines("One.\n\n    The next one, set in.\n") == [("p", "One."), ("p", "The next one, set in.")]


def stated(said: str) -> dict[str, list[object]]:
    return {name: [fact.value for fact in facts] for name, facts in drafted(said).facts.items()}


@pytest.mark.parametrize(
    ("front", "facts"),
    [
        ("title: 'It''s Late'\nauthor: Ann", {"title": ["It's Late"], "author": ["Ann"]}),
        ('title: A\ntags: [fluff, "slow burn"]', {"title": ["A"], "tag": ["fluff", "slow burn"]}),
        ("author:\n  - name: Ann\n  - Bea", {"author": ["Ann", "Bea"]}),
        ("title: A\nsummary: |\n  One line.\n\n  Another.", {"title": ["A"], "summary": ["One line. Another."]}),
        ("title: A\nsummary: ~\n# a comment\nlayout: post", {"title": ["A"]}),
        (
            "title: A\nlang: de\nstatus: complete",
            {"title": ["A"], "language": ["de"], "status": ["complete"], "complete": [True]},
        ),
    ],
)
def test_front_matter_states_facts(front: str, facts: dict[str, list[object]]) -> None:
    assert stated(f"---\n{front}\n---\n\nIt rained.\n") == facts


def test_what_stands_between_two_rules_is_no_front_matter() -> None:
    said = "---\nThe rain had stopped: it was late.\nNobody came\n---\n\nHe left.\n"
    assert stated(said) == {}
    assert "The rain had stopped" in drafted(said).text


@pytest.mark.parametrize(
    "said",
    [
        "Title: A\n\nIt was *late*.\n\n***\n\n# \n\nIt was _over_.\n",
        "# 1\n\nIt rained.\n\n# 2\n\nIt did not.\n",
        "> a mail\n> of some lines\n\nand **what** was said to it\n",
    ],
)
def test_a_text_is_not_taken_for_it(said: str) -> None:
    assert readers.choose(said.encode(), "story.txt") == "text"
    assert readers.choose(said.encode(), "story.md") == "markdown"


def test_signs_enough_make_it_sure_without_a_name() -> None:
    said = "# The Ford\n\n## One\n\nIt was **cold** that night.\n\n## Two\n\nIt was not.\n"
    assert readers.choose(said.encode(), "story") == "markdown"


@pytest.mark.parametrize(
    "said",
    ["<html><body><p>One</p></body></html>", "{\\rtf1 One}"],
)
def test_what_is_named_so_but_is_another_format_is_that(said: str) -> None:
    assert readers.choose(said.encode(), "story.md") in ("html", "rtf")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("> " * 500 + "deep", id="quotes"),
        pytest.param("- " * 500 + "deep", id="lists"),
        pytest.param("".join(" " * (2 * n) + "* a\n" for n in range(150)), id="indented lists"),
        pytest.param("[" * 50_000 + "a", id="brackets"),
        pytest.param("![[]()" * 50_000, id="pictures"),
    ],
)
def test_what_is_nested_too_deeply_is_read_as_text(said: str) -> None:
    assert drafted(said).text == said


PIECES = st.lists(
    st.sampled_from(
        ["a ", "Word. ", "*", "**", "_", "`", "#", "# ", "\n", "\n\n", "> ", "- ", "1. ", "[", "](", ")", "<", "i>",
         "---\n", "title: x\n", "\\", "&amp;", "| ", "~~", "    ", "<!--", "-->", "```\n", "é", "“"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@settings(max_examples=200)
@given(PIECES)
def test_nothing_is_lost(said: str) -> None:
    found = read([(said.encode(), "story.md")])
    for index, source in enumerate(found.sources):
        if found.works:
            assert conserve.lost(source, found.works, index) == []
