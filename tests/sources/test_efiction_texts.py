"""Where the text of each chapter is: in the dump, in the folder of stories, or nowhere, decided chapter by chapter."""

from __future__ import annotations

from pathlib import Path

from efiction_dumps import Row, Tables, Taken, dump, take, unaccounted, values


def archive(*chapters: Row, **more: list[Row]) -> Tables:
    """One story by Spindrift, with these chapters."""
    rows = [{"title": "x", "validated": 1, "sid": 5, "uid": 7, **one} for one in chapters]
    return {
        "authors": [{"uid": 7, "penname": "Spindrift", "date": "2004-01-01 00:00:00"}],
        "stories": [{"sid": 5, "title": "Rain", "uid": 7, "validated": 1}],
        "chapters": [{"inorder": place, **row} for place, row in enumerate(rows, 1)],
        **more,
    }


def alone(taken: Taken) -> list[str]:
    """The names of files that stand for themselves."""
    given = [place for place in taken.places if not place.kind and not place.group and not place.container]
    return [Path(place.path).name for place in given if not place.unread]


def test_text_lies_in_the_dump_in_files_or_nowhere(tmp_path: Path) -> None:
    tables = archive({"chapid": 10, "storytext": "In the dump."}, {"chapid": 11}, {"chapid": 12})
    files = {"stories/7/10.txt": b"Older.", "stories/7/11.txt": b"In a file.", "stories/7/99.txt": b"Of nobody."}
    taken = take(tmp_path, dump(tables), files)
    assert taken.text(5, 1) == "In the dump."
    assert taken.text(5, 2) == "In a file."
    assert taken.story(5).parts[2].path == ""
    assert taken.story(5).parts[2].missing.startswith("the database has no text of it, and no file 12.txt was found")
    assert [Path(one).name for one in taken.story(5).parts[0].copies] == ["10.txt"]
    (found,) = (place for place in taken.places if place.path.endswith("/7/11.txt"))
    (record,) = (place for place in taken.places if place.path.endswith("/stories/5"))
    assert found.group == record.group
    assert alone(taken) == ["99.txt"]
    assert unaccounted(taken) == {}


def test_a_file_counts_wherever_its_author_moved(tmp_path: Path) -> None:
    tables = archive({"chapid": 11}, {"chapid": 12})
    files = {"site/stories/3/11.txt": b"Moved.", "site/stories/7/12.txt": b"Here.", "notes/12.txt": b"A list."}
    taken = take(tmp_path, dump(tables), files)
    assert [taken.text(5, 1), taken.text(5, 2)] == ["Moved.", "Here."]
    assert alone(taken) == ["12.txt"]


def test_the_folder_may_be_called_otherwise_and_authors_by_their_pen_names(tmp_path: Path) -> None:
    settings: list[Row] = [{"sitekey": "k", "sitename": "S", "storiespath": "../fic_store"}]
    tables = archive({"chapid": 1}, settings=settings)
    taken = take(tmp_path, dump(tables), {"fic_store/Spindrift/1.txt": b"One."})
    assert taken.text(5) == "One."


def test_numbered_files_of_another_collection_are_left_alone(tmp_path: Path) -> None:
    tables = archive({"chapid": 1}, {"chapid": 2})
    files = {f"drafts/{number}.txt": b"Mine." for number in range(1, 12)}
    taken = take(tmp_path, dump(tables), files)
    assert [part.path for part in taken.story(5).parts] == ["", ""]
    assert len(alone(taken)) == 11


def test_a_text_of_65535_bytes_was_cut_unless_a_file_has_the_whole(tmp_path: Path) -> None:
    full = ("It rained. " * 6_000)[:65_535]
    tables = archive({"chapid": 1, "storytext": full}, {"chapid": 2, "storytext": full})
    taken = take(tmp_path, dump(tables), {"stories/7/2.txt": b"It rained. " * 6_000})
    story = taken.story(5)
    assert [(one.kind, one.text.split(":")[0]) for one in story.remarks] == [
        ("cut-short", "The text of chapter 1 has 65,535 bytes, as many as its column holds")
    ]
    assert (len(taken.text(5, 1)), len(taken.text(5, 2))) == (65_535, 66_000)
    assert [len(part.copies) for part in story.parts] == [0, 1]


def test_lines_are_breaks_where_the_text_has_none(tmp_path: Path) -> None:
    texts = {
        1: "One.\r\n\r\nTwo <i>words</i>.",
        2: "<center>One.</center>\nTwo.\nThree.",
        3: "<p>One\nline.</p>",
        4: "<html><body><p>One.</p></body></html>",
    }
    taken = take(tmp_path, dump(archive(*({"chapid": key, "storytext": text} for key, text in texts.items()))))
    assert taken.text(5, 1) == texts[1]
    assert "<center>One.</center><br />\nTwo.<br />\nThree." in taken.text(5, 2)
    assert "<p>One\nline.</p>" in taken.text(5, 3)
    assert taken.text(5, 4) == texts[4]


def test_notes_keep_their_lines(tmp_path: Path) -> None:
    part = take(tmp_path, dump(archive({"chapid": 1, "storytext": "x", "notes": "One.\nTwo <b>words</b>."}))).story(5)
    assert values(part.parts[0].fields, "note") == ["One.<br />\nTwo <b>words</b>."]


def test_chapters_follow_their_order_whatever_their_numbers(tmp_path: Path) -> None:
    chapters: list[Row] = [
        {"chapid": 3, "inorder": 2, "storytext": "Second."},
        {"chapid": 1, "inorder": 4, "storytext": "Third."},
        {"chapid": 2, "inorder": 1, "storytext": "First."},
    ]
    taken = take(tmp_path, dump(archive(*chapters)))
    assert [taken.text(5, place) for place in (1, 2, 3)] == ["First.", "Second.", "Third."]
    assert [part.number for part in taken.story(5).parts] == [1, 2, 4]
    assert {one.path: one.chapter for one in taken.story(5).addresses}["viewstory.php?sid=5&chapter=4"] == 3


def test_two_chapters_with_one_number_lose_it(tmp_path: Path) -> None:
    chapters: list[Row] = [{"chapid": key, "inorder": 1, "storytext": f"{key}."} for key in (2, 1)]
    taken = take(tmp_path, dump(archive(*chapters)))
    assert [taken.text(5, 1), taken.text(5, 2)] == ["1.", "2."]
    assert [part.number for part in taken.story(5).parts] == [None, None]
    assert [one.kind for one in taken.story(5).remarks] == ["chapter-repeated"]


def test_the_same_chapter_twice_is_one(tmp_path: Path) -> None:
    chapters: list[Row] = [{"chapid": 1, "inorder": 1, "storytext": text} for text in ("", "Text.", "Text.")]
    taken = take(tmp_path, dump(archive(*chapters)))
    assert [part.number for part in taken.story(5).parts] == [None]
    assert taken.text(5) == "Text."
    assert {one.kind for one in taken.story(5).remarks} == {"row-again"}
    assert unaccounted(taken) == {}


def test_who_may_see_a_story_is_kept(tmp_path: Path) -> None:
    stories: list[Row] = [
        {"sid": 1, "title": "a", "rid": "1", "validated": 1},
        {"sid": 2, "title": "b", "rid": "1", "validated": 0},
        {"sid": 3, "title": "c", "rid": "2", "validated": 2},
        {"sid": 4, "title": "d", "rid": "3", "validated": 1, "featured": 2},
        {"sid": 6, "title": "e", "rid": "1", "validated": 1},
    ]
    chapters: list[Row] = [
        {"chapid": sid, "title": "x", "inorder": 1, "storytext": "x", "validated": int(sid != 6), "sid": sid}
        for sid in (1, 2, 3, 4, 6)
    ]
    ratings: list[Row] = [
        {"rid": 1, "rating": "G", "ratingwarning": 0},
        {"rid": 2, "rating": "R", "ratingwarning": 7},
        {"rid": 3, "rating": "PG", "ratingwarning": 3},
    ]
    taken = take(tmp_path, dump({"stories": stories, "chapters": chapters, "ratings": ratings}))
    told = [taken.story(sid).visibility for sid in (1, 2, 3, 4, 6)]
    assert told == ["", "hidden", "members", "", "hidden"]
    assert ("stories.featured", "2") in [(one.column, one.value) for one in taken.story(4).fields]


def test_a_chapter_that_was_not_let_through_is_kept_apart(tmp_path: Path) -> None:
    chapters: list[Row] = [
        {"chapid": key, "storytext": f"Chapter {key}.", "validated": int(key != 2)} for key in (1, 2, 3)
    ]
    taken = take(tmp_path, dump(archive(*chapters)))
    story, back = taken.story(5), taken.records["chapters/2"]
    assert [taken.text(5, place) for place in (1, 2)] == ["Chapter 1.", "Chapter 3."]
    assert [part.number for part in story.parts] == [1, 3]
    assert [one.kind for one in story.remarks] == ["kept-back"]
    assert (back.visibility, values(back.fields, "title")) == ("hidden", ["Rain"])
    assert taken.texts[back.parts[0].path] == b"Chapter 2."
    assert unaccounted(taken) == {}


def test_the_letters_of_each_value_are_judged_by_themselves(tmp_path: Path) -> None:
    chapters: list[Row] = [
        {"chapid": 1, "storytext": "Caf\xe9, she said, and it\x92s late.".encode("latin-1")},
        {"chapid": 2, "storytext": "Café, she said, and it’s late.".encode()},
        {"chapid": 3, "storytext": "Café, she said, and it’s late.".encode().decode("cp1252").encode()},
        {"chapid": 4, "storytext": "Caf\\'s, she said, and it\\'s late."},
    ]
    taken = take(tmp_path, dump(archive(*chapters)))
    right = "Café, she said, and it’s late."
    assert [taken.text(5, place) for place in (1, 2, 3)] == [right] * 3
    assert taken.text(5, 4) == "Caf's, she said, and it's late."
    assert [(one.kind, one.text.split(":")[0]) for one in taken.story(5).remarks] == [
        ("encoding-guessed", "The text of chapter 1"),
        ("mojibake-repaired", "The text of chapter 3"),
        ("slashes-removed", "The text of chapter 4"),
    ]
    assert "“CafÃ©, she said, and itâ€™s” was read as “Café, she said, and it’s la”" in taken.story(5).remarks[1].text
