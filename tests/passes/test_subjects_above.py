"""A subject above the header that holds the story's title belongs to it; another one stays the site's."""

from ficshelf.model import Reading
from ficshelf.reading import read

TOP = "harbour lights\nRecent Entries | Archive | Friends | Profile\n\n"
HEADER = "Title: The Borrowed Oar\nAuthor: fennel_tide\nRating: PG\nSummary: Somebody has taken the oar.\n\n"
STORY = "It rained upon the landing. Peg counted the boats, and then she counted the oars.\n"


def _read(subject: str) -> Reading:
    return read([(f"{TOP}{subject}\n\n{HEADER}{STORY}".encode(), "oar.txt")])


def _chrome(found: Reading) -> set[str]:
    text = found.sources[0].text
    return {text[one.span.start : one.span.end] for one in found.sources[0].chrome}


def test_a_subject_with_the_title_belongs_to_it() -> None:
    found = _read("(Fic) The Borrowed Oar PG-13")
    (title,) = found.works[0].facts["title"]
    assert (title.value, len(title.spans)) == ("The Borrowed Oar", 2)
    assert "harbour lights" in _chrome(found)
    assert "(Fic) The Borrowed Oar PG-13" not in _chrome(found)


def test_another_subject_stays_the_sites() -> None:
    assert "(Fic) The Painted Gate PG" in _chrome(_read("(Fic) The Painted Gate PG"))


def test_a_link_to_another_part_stays_the_sites() -> None:
    links = "Previous message: a boat for hire\nNext message: FIC: The Borrowed Oar 2/3\nMessages sorted by: [ date ]"
    assert "Next message: FIC: The Borrowed Oar 2/3" in _chrome(_read(f"FIC: The Borrowed Oar 1/3\n{links}"))


def test_a_short_title_stands_there_as_a_word() -> None:
    header = HEADER.replace("The Borrowed Oar", "Tern")
    found = [
        read([(f"{TOP}{subject}\n\n{header}{STORY}".encode(), "oar.txt")])
        for subject in ("(Fic) Tern PG", "a pattern for everybody")
    ]
    assert [len(one.works[0].facts["title"][0].spans) for one in found] == [2, 1]
