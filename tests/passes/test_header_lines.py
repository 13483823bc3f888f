"""Header lines that state nothing lie with what the header states, and no address becomes a value."""

from __future__ import annotations

from ficshelf.reading import read

STORY = "\n\nThe lamp at Gull Point had been out for three nights before anybody rowed over to ask.\n\nHesper rowed.\n"


def held(text: str) -> dict[str, list[str]]:
    """The lines that each fact of a text comes from."""
    reading = read([(text.encode(), "story.txt")])
    layer = reading.sources[0].text
    return {
        name: [line for fact in facts for span in fact.spans for line in layer[span.start : span.end].split("\n")]
        for name, facts in reading.works[0].facts.items()
    }


def chrome(text: str) -> list[str]:
    reading = read([(text.encode(), "story.txt")])
    return [reading.sources[0].text[one.span.start : one.span.end] for one in reading.sources[0].chrome]


def test_how_to_write_to_the_author_lies_with_the_author() -> None:
    header = "Title: Dark Glass\nAuthor: Salt Marsh\nE-mail: salt@harbour.example\nRating: PG"
    assert held(header + STORY)["author"] == ["Author: Salt Marsh", "E-mail: salt@harbour.example"]
    values = [
        fact.value for facts in read([((header + STORY).encode(), "a.txt")]).works[0].facts.values() for fact in facts
    ]
    assert not any("@" in str(value) for value in values)


def test_an_address_below_the_by_line_lies_with_the_author() -> None:
    header = "Dark Glass\nby Salt Marsh\nsalt@harbour.example\n\nRating: PG"
    assert "salt@harbour.example" in held(header + STORY)["author"]


def test_counts_and_unknown_labels_lie_with_the_title() -> None:
    header = "Title: Dark Glass\nAuthor: Salt Marsh\nPackaged: 2016-08-14\nChapters: 2\nLantern: brass\nRating: PG"
    assert held(header + STORY)["title"] == [
        "Title: Dark Glass",
        "Packaged: 2016-08-14",
        "Chapters: 2",
        "Lantern: brass",
    ]
    assert chrome(header + STORY) == []


def test_where_nobody_is_named_an_address_is_chrome() -> None:
    header = "Title: Dark Glass\nE-mail: salt@harbour.example\nRating: PG"
    assert chrome(header + STORY) == ["E-mail: salt@harbour.example"]
