"""Small rules, readable as prose: each file of tests/rules/ is a table of lines and what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from ficshelf import addresses, ratings
from ficshelf.model import Draft, Node, Span
from ficshelf.passes import (
    breaks,
    emphasis,
    ends,
    entities,
    headings,
    label_lines,
    note_labels,
    site_forms,
    site_words,
    title_lines,
)

RULES = Path(__file__).parent / "rules"


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a rules table, without its head; a cell in backticks is taken as it is typed."""
    lines = (RULES / f"{name}.md").read_text("utf-8").splitlines()
    table = [line.strip().strip("|") for line in lines if line.startswith("|")][2:]
    made = []
    for line in table:
        typed = line[line.index("`") + 1 : line.rindex("`")]
        typed = typed.replace("\\|", "|")
        made.append((typed, *(cell.strip() for cell in line[line.rindex("`") + 1 :].split("|")[1:])))
    return made


@pytest.mark.parametrize(("line", "number", "title"), rows("headings"))
def test_a_heading_says_its_number_and_title(line: str, number: str, title: str) -> None:
    found = headings.parse(line)
    if number == "no heading":
        assert found is None
        return
    assert found is not None
    assert (found.number, found.title) == (None if number == "—" else int(number), None if title == "—" else title)


@pytest.mark.parametrize(("line", "expected"), rows("breaks"))
def test_a_break_is_known_by_its_characters(line: str, expected: str) -> None:
    assert breaks.is_break(line) == (expected == "yes")


@pytest.mark.parametrize(("stated", "scale"), rows("ratings"))
def test_a_rating_has_its_place_on_the_common_scale(stated: str, scale: str) -> None:
    assert ratings.scale(stated) == scale


@pytest.mark.parametrize(("line", "names", "value"), rows("labels"))
def test_a_label_names_facts(line: str, names: str, value: str) -> None:
    found = label_lines.label_line(line, misspelt=True)
    if names == "story":
        assert found is None
        return
    assert found is not None
    assert names.split() == list(found.label.names) or names == found.label.names[0]
    assert found.value == value


@pytest.mark.parametrize(("line", "author"), rows("by-lines"))
def test_a_by_line_says_whose_story_it_is(line: str, author: str) -> None:
    assert title_lines.is_by_line(line) == (author != "no by-line")
    if author != "no by-line":
        assert title_lines.clean_name(title_lines.by_line(line)[0]) == author


@pytest.mark.parametrize(("line", "expected"), rows("endings"))
def test_an_ending_is_known_by_its_words(line: str, expected: str) -> None:
    assert ends.is_ending(line) == (expected == "yes")


@pytest.mark.parametrize(("line", "expected"), rows("note-labels"))
def test_a_note_is_known_by_its_label(line: str, expected: str) -> None:
    assert note_labels.is_labelled(line) == (expected == "yes")


@pytest.mark.parametrize(("line", "expected"), rows("legends"))
def test_a_legend_tells_what_a_sign_stands_for(line: str, expected: str) -> None:
    assert note_labels.is_legend(line) == (expected == "yes")


SAID = {
    site_words.Sure.NOT: "no",
    site_words.Sure.IN_COMPANY: "in company",
    site_words.Sure.AT_EDGES: "at the edges",
    site_words.Sure.ANYWHERE: "anywhere",
}


@pytest.mark.parametrize(("line", "expected"), rows("site-lines"))
def test_a_line_of_a_site_is_known_by_its_words(line: str, expected: str) -> None:
    assert SAID[site_words.sureness(line)] == expected


@pytest.mark.parametrize(("line", "expected"), rows("site-foot"))
def test_a_line_of_a_site_below_a_story_is_known_by_its_form(line: str, expected: str) -> None:
    assert SAID[site_forms.form(line, ("The Lamplighters", "Tansy Wren"))] == expected


@pytest.mark.parametrize(("line", "shown"), rows("emphasis"))
def test_typed_emphasis_becomes_marks(line: str, shown: str) -> None:
    typed = Draft(line, (Node(line, (Span(0, len(line)),)),))
    node = emphasis.apply(entities.apply(typed)).nodes[0]
    marked = [(" ".join(run.marks), run.text) for run in node.as_runs()]
    assert "".join(f"<{marks}>{text}</{marks}>" if marks else text for marks, text in marked) == shown


@pytest.mark.parametrize(("url", "kind", "key", "chapter"), rows("addresses"))
def test_an_address_says_where_it_leads(url: str, kind: str, key: str, chapter: str) -> None:
    found = addresses.read(url)
    if kind == "no form":
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.key or "—", "—" if found.chapter is None else str(found.chapter)) == (kind, key, chapter)
