"""What nothing states but much speaks for: guesses are right as often as they say, and never in the way of what is
stated. Small rules stand in tests/rules/pairings.md and languages.md; bench/guesses.py makes the stories."""

from __future__ import annotations

import pytest
from bench import guesses as bench_guesses
from test_rules import rows

from ficshelf import canon, reading
from ficshelf.guesses import language, pairings
from ficshelf.model import INFERRED, Reading, Work
from ficshelf.passes import note_words, titles
from ficshelf.sureness import FLOOR, SURE

TOLD = """
Mulder found the file on the second shelf, where Scully had left it. "You should sleep," Scully said. Mulder laughed.

Skinner was waiting in the corridor. He looked at Mulder, and then at Scully, and then at the file, and said nothing.

In the end it was Scully who told him, because Mulder would not. Skinner took off his glasses and put them on again.

"Go home," Skinner told Mulder.
"""


def read(header: str, told: str = TOLD, path: str = "story.txt") -> Reading:
    return reading.read([(f"{header}\n\n{told}".encode(), path)])


def work_of(header: str, told: str = TOLD, path: str = "story.txt") -> Work:
    (work,) = read(header, told, path).works
    return work


def guessed(work: Work, name: str) -> list[str]:
    return [str(fact.value) for fact in work.facts.get(name, ()) if fact.how == INFERRED]


def stated(work: Work, name: str) -> list[str]:
    return [str(fact.value) for fact in work.facts.get(name, ()) if fact.how != INFERRED]


@pytest.mark.parametrize(("said", "fandom", "means"), rows("pairings"))
def test_a_pairing_means_people(said: str, fandom: str, means: str) -> None:
    found = pairings.read(said, canon.fandom(fandom))
    assert (found.value if found else "—") == means


@pytest.mark.parametrize(("text", "name"), rows("languages"))
def test_a_language_is_known_by_its_small_words(text: str, name: str) -> None:
    found = language.of(text)
    assert (found.language if found else "—") == name


@pytest.mark.parametrize(("file", "author", "suggested"), rows("file-titles"))
def test_a_file_name_suggests_a_title(file: str, author: str, suggested: str) -> None:
    found = titles.file_titles(file, "" if author == "—" else author)
    assert "; ".join(answer.value for answer in found) == ("" if suggested == "—" else suggested)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("Series: Highlander", "fandom", "Highlander"),
        ("Series: The Salt Letters", "series", "The Salt Letters"),
        ("Category: Angst", "category", "Angst"),
        ("Category: Stargate SG-1", "fandom", "Stargate SG-1"),
        ("Category: Mulder/Scully", "relationship", "Mulder/Scully"),
        ("Category: M/M", "category", "M/M"),
        ("Category: H/C", "category", "H/C"),
        ("Codes: J/C", "relationship", "J/C"),
        ("Genre: slash", "category", "slash"),
        ("Genre: Angst", "genre", "Angst"),
        ("Content: PG-13", "rating", "PG-13"),
        ("Content: blood", "warning", "blood"),
        ("Comments: welcome at my page", "feedback", "welcome at my page"),
    ],
)
def test_what_an_ambiguous_label_names_its_value_says(line: str, name: str, value: str) -> None:
    work = work_of(f"Title: Salt\nAuthor: A\n{line}\nDisclaimer: All mine.", "He went down to the sea.\n")
    assert stated(work, name) == [value]


def test_names_tell_the_fandom_and_who_is_in_the_story() -> None:
    work = work_of("Title: The Second Shelf\nAuthor: nobody")
    assert guessed(work, "fandom") == ["The X-Files"]
    assert guessed(work, "character") == ["Fox Mulder", "Dana Scully", "Walter Skinner"]
    assert not stated(work, "fandom")
    for name in ("fandom", "character", "language"):
        for fact in work.facts[name]:
            assert fact.evidence
            assert fact.confidence
            assert fact.confidence >= FLOOR


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (
            "Title: Stones",
            "The Ford\n\nShe went down to the Ford early, and the Weir was dark.\n\nThe Mill\n\nNobody came to the "
            "Ford.\n\nThe Weir\n\nA Ford, a Weir, and the Mill between them.\n",
        ),
        (
            "Title: Salt\nAuthor: A\nPairing: Quill/Tamsin\nRating: G",
            "Quill sat down. Tamsin did not.\n\nQuill told Aldith to sleep, and Edony laughed at Corbin.\n",
        ),
        (
            "Title: Salt\nAuthor: A",
            "Perrin sat by Aldith. Aldith saw Corbin.\n\nEdony asked Perrin, and Corbin left.\n",
        ),
        ("Title: Salt\nAuthor: A\nDisclaimer: Little of this is mine.", "He sat down by the sea.\n\nIt was cold.\n"),
    ],
)
def test_words_behind_an_article_and_one_name_among_strangers_tell_no_fandom(header: str, told: str) -> None:
    work = work_of(header, told)
    assert not guessed(work, "fandom")
    assert not guessed(work, "character")


def test_a_beta_of_three_words_is_thanked_whole() -> None:
    assert note_words.thanked("A/N: Many thanks to The Tea Thief for the beta.") == "The Tea Thief"
    assert note_words.thanked("Thanks to Wren for editing.") == "Wren"


def test_who_is_only_called_by_an_article_is_found() -> None:
    told = (
        "The Doctor looked at Rose. Rose laughed, and the Doctor opened the TARDIS.\n\nRose told the Doctor to run.\n"
    )
    assert "The Doctor" in guessed(work_of("Title: Salt\nFandom: Doctor Who", told), "character")


def test_no_relationship_is_made_out_of_a_story() -> None:
    assert "relationship" not in work_of("Title: The Second Shelf\nAuthor: nobody").facts


def test_what_is_stated_is_not_guessed_at() -> None:
    work = work_of("Title: A\nFandom: Supernatural\nCharacters: Dean\nLanguage: Deutsch\nRating: G")
    assert stated(work, "fandom") == ["Supernatural"]
    for name in ("fandom", "character", "language", "title"):
        assert not guessed(work, name)


def test_a_pairing_keeps_its_words_and_says_who_is_meant() -> None:
    work = work_of("Title: A\nFandom: BtVS\nPairing: B/S, implied W/T\nRating: R", "She went home. It was late.\n")
    assert stated(work, "relationship") == ["B/S", "implied W/T"]
    assert guessed(work, "relationship") == ["Spike/Buffy Summers", "Tara Maclay/Willow Rosenberg"]
    assert set(guessed(work, "character")) == {"Buffy Summers", "Spike", "Willow Rosenberg", "Tara Maclay"}


def test_letters_of_the_x_files_stand_for_genres() -> None:
    work = work_of("Title: A\nFandom: X-Files\nClassification: XRA\nRating: PG")
    assert stated(work, "category") == ["XRA"]
    assert guessed(work, "genre") == ["X-File", "Romance", "Angst"]
    assert not guessed(work_of("Title: A\nFandom: Naruto\nClassification: XRA\nRating: PG"), "genre")


@pytest.mark.parametrize(
    ("header", "path", "fandom"),
    [
        ("Title: Salt [SPN]\nAuthor: A\nRating: R", "story.txt", "Supernatural"),
        ("Title: Salt (HP)\nAuthor: A\nRating: R", "story.txt", "Harry Potter"),
        ("Title: Salt\nAuthor: A\nPairing: Spuffy", "story.txt", "Buffy the Vampire Slayer"),
        ("Title: Salt\nAuthor: A\nPairing: 1x2", "story.txt", "Gundam Wing"),
        ("Title: Salt\nAuthor: A\nCharacters: Ianto, Gwen, Tosh", "story.txt", "Torchwood"),
        ("Title: Salt\nAuthor: A\nRating: R", "Due South/story.txt", "due South"),
        ("Title: Salt\nAuthor: A\nDisclaimer: I don't own BtVS; Joss does.", "a.txt", "Buffy the Vampire Slayer"),
        ("Title: Salt\nAuthor: A\nDisclaimer: JKR owns them all, I own nothing.", "a.txt", "Harry Potter"),
        ("Title: Salt\nAuthor: A\nDisclaimer: They belong to Chris Carter and 1013.", "a.txt", "The X-Files"),
        ("Title: Salt\nAuthor: A\nDisclaimer: I do not own Sailor Moon.", "a.txt", "Sailor Moon"),
        ("Title: Salt\nAuthor: A\nURL: http://www.gossamer.org/a/salt.txt", "a.txt", "The X-Files"),
        ("Title: Salt\nAuthor: A\nDisclaimer: I don't own the show Nobody Knows.", "a.txt", "Nobody Knows"),
    ],
)
def test_a_hint_tells_the_fandom(header: str, path: str, fandom: str) -> None:
    told = "He went down to the sea. It was cold, and there was nobody there but a dog.\n\nHe sat down and waited.\n"
    assert guessed(work_of(header, told, path), "fandom") == [fandom]


@pytest.mark.parametrize(
    "header",
    [
        "Title: Lost\nAuthor: A",
        "Title: Bones (and Stones)\nAuthor: A",
        "Title: The Castle\nAuthor: A\nSummary: Friends, heroes, and an angel.",
        "Title: Salt [2]\nAuthor: A\nDisclaimer: All mine.",
        "Title: Salt\nAuthor: A\nPairing: M/F",
    ],
)
def test_words_of_every_day_tell_no_fandom(header: str) -> None:
    told = "Harry looked at John, and John looked at Anna. Will sighed. Rose sat by Jack, and Jack held Anna's hand.\n"
    assert not guessed(work_of(header, told * 4), "fandom")


def test_two_fandoms_that_share_their_names_are_asked_about() -> None:
    told = "Angel looked at Spike. Wesley sat by Angel, and Cordelia told Wesley to get up. Darla laughed at Angel.\n\n"
    result = read("Title: Salt\nAuthor: A\nRating: R", told * 4)
    (question,) = [one for one in result.questions if one.about == "fandom"]
    assert {answer.value for answer in question.answers} >= {"Angel: the Series", "Buffy the Vampire Slayer"}
    assert not guessed(result.works[0], "fandom")


def test_a_fandom_that_one_of_two_files_states_is_known_for_both() -> None:
    parts = [
        (f"Title: Salt\nAuthor: A\nPart: {part}/2\n{fandom}\n\n{TOLD}".encode(), f"salt{part}.txt")
        for part, fandom in ((1, "Fandom: Millennium"), (2, "Rating: R"))
    ]
    (work,) = reading.read(parts).works
    assert stated(work, "fandom") == ["Millennium"]
    assert not guessed(work, "fandom")


def test_guesses_are_right_as_often_as_they_say() -> None:
    """Of those told to be 0.9 sure or more nine in ten are right; most fandoms are found, few where there is none."""
    kinds, tenths, found = bench_guesses.measure(240, 5)
    sure = [right for tenth, several in tenths.items() if tenth >= 9 for right in several]
    assert len(sure) > 80
    assert sum(sure) / len(sure) >= 0.9
    assert sum(found["fandom found"]) / len(found["fandom found"]) >= 0.8
    none = found["no fandom where there is none"]
    assert sum(none) / len(none) >= 0.8
    for kind, several in kinds.items():
        if len(several) >= 40:
            assert sum(several) / len(several) >= SURE[kind] - 0.1, kind
