"""An archive of the Automated Archive: its entries become stories with their files, mail addresses are sealed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ficshelf import reading
from ficshelf.model import Work
from ficshelf.record import Address, Record, unpack
from ficshelf.sources import Place, Scratch, walk
from ficshelf.sources.automated_archive import fields

TOLD = "The tide went out over the flats, and the lamp on the pier burned until the boats were home again."


def archive(
    folder: Path, entries: str, files: dict[str, bytes] | None = None, name: str = "ARCHIVE_DB.pl"
) -> list[Place]:
    """The places of an archive with these entries, written as the program writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(f"%FILES = (\n\n{entries}\n);\n1;\n".encode("latin-1"))
    for path, data in (files or {}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    scratch = folder.parent / f"{folder.name}-scratch"
    scratch.mkdir(exist_ok=True)
    return list(walk([folder], scratch=Scratch(scratch)))


def records(places: Sequence[Place], kind: str = "story") -> list[Record]:
    found = [unpack(place.content(1 << 20) or b"") for place in places if place.kind]
    return [one for one in found if one.kind == kind]


def told(record: Record, name: str) -> list[str]:
    return [field.value for field in record.fields if field.name == name]


def works(places: Sequence[Place]) -> list[Work]:
    groups: dict[str, list[Place]] = {}
    for place in places:
        if place.group:
            groups.setdefault(place.group, []).append(place)
    found = []
    for held in groups.values():
        found += reading.read([(place.content(1 << 20) or b"", place.path) for place in held]).works
    return found


def page(said: str) -> bytes:
    return f"<html><body><p>{said} {TOLD}</p><p>{TOLD}</p></body></html>".encode()


ENTRY = """12 => {
	Title => 'Salt &amp; Ash',
	Author => 'Quill',
	Email => 'quill@mail.example',
	Category => 'Slash, Angst, Ray/Fraser',
	Pairing => 'Fraser/Kowalski',
	Rating => 'PG-13',
	Warnings => 'none',
	Summary => 'It&#39;s <i>raining</i>.',
	Notes => 'For Jo.',
	SequelName => 'Lime',
	Location => '3/salt',
	FileType => 'html',
	PrintTime => '02/26/00',
	Date => 951500000,
	Size => 12345,
	Password => 'hunter2',
	RemoteAddr => '10.1.2.3',
},
"""


def test_an_entry_is_a_story_with_its_file(tmp_path: Path) -> None:
    places = archive(
        tmp_path / "site", ENTRY, {"archive/3/salt.html": page("One."), "archive/4/salt.html": page("No.")}
    )
    (record,) = records(places)
    assert record.key == "stories/12"
    assert record.program == "Automated Archive"
    assert {name: told(record, name) for name in ("title", "author", "category", "tag", "relationship", "warning")} == {
        "title": ["Salt & Ash"],
        "author": ["Quill"],
        "category": ["Slash"],
        "tag": ["Angst"],
        "relationship": ["Ray/Fraser", "Fraser/Kowalski"],
        "warning": ["none"],
    }
    assert told(record, "published") == ["2000-02-26"]
    assert told(record, "rating") == ["PG-13"]
    assert [(field.value, field.markup) for field in record.fields if field.name == "summary"] == [
        ("It&#39;s <i>raining</i>.", True)
    ]
    assert {"12345", "Lime", "3/salt", "951500000"} <= {field.value for field in record.fields if not field.name}
    assert record.rows == {"FILES": 1}
    assert record.addresses == (Address("archive/3/salt.html"),)
    here, story, text, *_ = places
    assert here.kind == ""
    assert here.container
    assert text.group == story.group == f"{here.path}/stories/12"
    assert text.path.endswith("archive/3/salt.html")
    assert [place.path for place in places if place.path.endswith("4/salt.html") and not place.group]


def test_the_story_is_read_whole(tmp_path: Path) -> None:
    (work,) = works(archive(tmp_path / "site", ENTRY, {"archive/3/salt.html": page("One.")}))
    title, summary = work.fact("title"), work.fact("summary")
    assert title
    assert title.value == "Salt & Ash"
    assert summary
    assert summary.value == "It's raining."
    assert work.chapters[0].blocks[0].text.startswith("One. The tide")
    assert work.shelfmark
    assert work.shelfmark.addresses == (("archive/3/salt.html", 0),)


def test_mail_addresses_are_sealed_and_secrets_left_out(tmp_path: Path) -> None:
    entries = (
        ENTRY
        + "13 => { Title => 'Ash', Author => 'Ann <ann@mail.example>', Location => '1/ash', FileType => 'txt' },\n"
    )
    places = archive(tmp_path / "site", entries, {"archive/3/salt.html": page("One.")})
    held = {place.path: place.content(1 << 20) or b"" for place in places if place.kind}
    sealed = [place for place in places if place.kind and not place.keep]
    assert [place.path.rpartition("/")[2] for place in sealed] == ["sealed"]
    (record,) = records(sealed, "sealed")
    assert [(field.name, field.value, field.column) for field in record.fields] == [
        ("authors/Quill", "quill@mail.example", "FILES.Email"),
        ("authors/Ann", "ann@mail.example", "FILES.Author"),
    ]
    for path, data in held.items():
        assert b"hunter2" not in data, path
        assert b"10.1.2.3" not in data, path
        assert b"@mail.example" not in data or path == sealed[0].path, path
    assert not places[0].keep  # the file as it was holds them, too
    assert [told(one, "name") for one in records(places, "person")] == [["Quill"], ["Ann"]]


def test_a_file_without_addresses_is_kept(tmp_path: Path) -> None:
    places = archive(tmp_path / "site", "1 => { Title => 'Salt', Author => 'Quill', Location => '1/salt' },")
    assert places[0].keep


def test_every_entry_is_in_the_balance(tmp_path: Path) -> None:
    entries = (
        ENTRY + "13 => { Nothing => 'known', Mail => 'x@mail.example' },\n14 => 'a word',\n"
        "12 => { Title => 'Again', Author => 'Q' },\n"
    )
    places = archive(tmp_path / "site", entries)
    balance = next(one for one in records(places, "page") if one.key == "balance")
    assert [(field.name, field.value, field.column) for field in balance.fields] == [("table", "4", "FILES")]
    everything = [unpack(place.content(1 << 20) or b"") for place in places if place.kind]
    assert sum(one.rows.get("FILES", 0) for one in everything) == 4
    rest = records(places, "rest")
    assert [one.key for one in rest] == ["rest/13", "rest/14"]
    assert "(a mail address)" in told(rest[0], "row")[0]
    assert len({place.path for place in places}) == len(places)


@pytest.mark.parametrize(
    ("location", "ending", "file"),
    [
        ("3/salt", "html", "archive/3/salt.html"),
        ("3/salt", "", "archive/3/salt.txt"),
        ("3/salt.html", "html", "archive/3/salt.html"),
        ("./3/Salt", "HTML", "archive/3/salt.html"),
        ("/archive/3/salt", ".html", "archive/3/salt.html"),
        ("3\\salt", "html", "archive/3/salt.html"),
        ("3/two%20words", "html", "archive/3/two words.html"),
        ("3/salt", "htm", "archive/3/salt.html"),
    ],
)
def test_a_location_leads_to_its_file(tmp_path: Path, location: str, ending: str, file: str) -> None:
    entries = f"1 => {{ Title => 'Salt', Author => 'Quill', Location => '{location}', FileType => '{ending}' }},"
    (record,) = records(archive(tmp_path / "site", entries, {file: page("One.")}))
    assert record.parts[0].path.endswith(file)


@pytest.mark.parametrize(
    "location", ["../../secret", "/etc/passwd", "..\\..\\secret", "3/../../secret", "", "/", "..", "%2e%2e/secret"]
)
def test_a_location_leads_nowhere_else(tmp_path: Path, location: str) -> None:
    (tmp_path / "secret.html").write_bytes(page("Secret."))
    entries = f"1 => {{ Title => 'Salt', Author => 'Quill', Location => '{location}', FileType => 'html' }},"
    places = archive(tmp_path / "site", entries, {"archive/1/other.html": page("Other.")})
    (record,) = records(places)
    assert record.parts[0].path == ""
    assert record.parts[0].missing
    assert not any(place.group for place in places if not place.kind)


def test_a_story_at_another_site_is_told_as_missing(tmp_path: Path) -> None:
    entries = """
1 => { Title => 'Far', Author => 'Quill', LocationURL => 'http://far.example/salt.html', Offsite => 'offsite' },
2 => { Title => 'Near', Author => 'Quill', StoryURL => 'http://here.example/archive/2/near.html' },
"""
    files = {"archive/2/near.html": page("Near."), "salt.html": page("Not this.")}
    far, near = records(archive(tmp_path / "site", entries, files))
    assert far.parts[0].path == ""
    assert "http://far.example/salt.html" in far.parts[0].missing
    assert told(far, "url") == ["http://far.example/salt.html"]
    assert near.parts[0].path.endswith("archive/2/near.html")
    assert near.addresses == (Address("archive/2/near.html"),)


def test_parts_of_one_title_are_one_story(tmp_path: Path) -> None:
    entries = "".join(
        f"{20 + number} => {{ Title => 'Salt ({number}/4)', Author => 'Quill', Summary => 'Day {number}.', "
        f"Date => '0{number}/01/01', Location => '1/salt{number}', FileType => 'html', Warnings => 'w{number}' }},\n"
        for number in (3, 1, 2)
    )
    files = {f"archive/1/salt{number}.html": page(f"Part {number}.") for number in (1, 2, 3)}
    places = archive(tmp_path / "site", entries, files)
    (record,) = records(places)
    assert record.key == "stories/21"
    assert [(part.number, bool(part.path)) for part in record.parts] == [(1, True), (2, True), (3, True), (4, False)]
    assert "no entry" in record.parts[3].missing
    assert told(record, "title") == ["Salt"]
    assert told(record, "summary") == ["Day 1."]
    assert [field.value for field in record.parts[1].fields if field.name == "note"] == ["Day 2."]
    assert (told(record, "published"), told(record, "updated")) == (["2001-01-01"], ["2001-03-01"])
    assert told(record, "warning") == ["w1", "w2", "w3"]
    assert record.rows == {"FILES": 3}
    assert [(one.path, one.chapter) for one in record.addresses] == [
        (f"archive/1/salt{number}.html", number) for number in (1, 2, 3)
    ]
    (work,) = works(places)
    assert [(chapter.number, chapter.blocks[-2].text[:7]) for chapter in work.chapters] == [
        (1, "Part 1."),
        (2, "Part 2."),
        (3, "Part 3."),
    ]


@pytest.mark.parametrize(
    "entries",
    [
        "1 => { Title => 'Salt', Author => 'A' }, 2 => { Title => 'Salt 2', Author => 'A' },",  # a sequel
        "1 => { Title => 'Salt (1/2)', Author => 'A' }, 2 => { Title => 'Salt (2/2)', Author => 'B' },",
        "1 => { Title => 'Salt (1/2)', Author => 'A' }, 2 => { Title => 'Salt (1/2)', Author => 'A' },",
        "1 => { Title => 'Salt, Part 2', Author => 'A' }, 2 => { Title => 'Salt, Part 5', Author => 'A' },",
        "1 => { Title => 'Salt', Author => 'A' }, 2 => { Title => 'Salt', Author => 'A' },",
        "1 => { Title => 'Salt, Part 1', Location => 'a' }, 2 => { Title => 'Salt, Part 2' },",
    ],
)
def test_nothing_is_joined_that_may_stand_alone(tmp_path: Path, entries: str) -> None:
    assert len(records(archive(tmp_path / "site", entries))) == 2


def test_parts_known_by_their_files_or_a_field(tmp_path: Path) -> None:
    entries = """
1 => { Title => 'Salt', Author => 'A', Location => '1/salt-1', FileType => 'txt' },
2 => { Title => 'Salt', Author => 'A', Location => '1/salt-2', FileType => 'txt' },
3 => { Title => 'Ash', Author => 'A', Chapter => 1 }, 4 => { Title => 'Ash', Author => 'A', Chapter => 2 },
"""
    assert [len(one.parts) for one in records(archive(tmp_path / "site", entries))] == [2, 2]


def test_one_file_with_an_entry_for_each_who_wrote_it_is_one_story(tmp_path: Path) -> None:
    entries = """
1 => { Title => 'Salt', Author => 'Ann', Location => '1/salt', FileType => 'html' },
2 => { Title => 'Salt', Author => 'Bob', Location => '1/salt', FileType => 'html' },
3 => { Title => 'Ash', Author => 'Ann and Bob', Location => '1/ash', FileType => 'html' },
4 => { Title => 'Sea', Author => 'Salt and Pepper', Location => '1/sea', FileType => 'html' },
5 => { Title => 'Sun', Author => 'Kim & Lee', Email => 'k@mail.example, l@mail.example', Location => '1/sun' },
"""
    found = records(archive(tmp_path / "site", entries, {"archive/1/salt.html": page("One.")}))
    assert [told(one, "author") for one in found] == [
        ["Ann", "Bob"],
        ["Ann", "Bob"],
        ["Salt and Pepper"],
        ["Kim", "Lee"],
    ]
    assert found[0].rows == {"FILES": 2}


def test_letters_are_judged_value_by_value(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    text = b"%FILES = (\n1 => {\n Title => 'Caf\xe9 \x93Noir\x94',\n Author => 'Zo\xc3\xab',\n},\n);\n"
    (folder / "archive_db.cgi").write_bytes(text)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (record,) = records(list(walk([folder], scratch=Scratch(scratch))))
    assert told(record, "title") == ["Café “Noir”"]
    assert told(record, "author") == ["Zoë"]
    assert [one.kind for one in record.remarks] == ["encoding-guessed"]


def test_what_is_broken_is_told_with_line_and_entry(tmp_path: Path) -> None:
    entries = (
        "1 => {\n\tTitle => 'Don't look',\n\tAuthor => 'Quill',\n},\n?!\n"
        "2 => {\n\tTitle => 'Next',\n\tAuthor => 'Quill',\n},"
    )
    places = archive(tmp_path / "site", entries)
    first, second = records(places)
    assert told(first, "title") == ["Don't look"]
    assert [one.text[:16] for one in first.remarks] == ["Line 4, entry 1:"]
    assert not second.remarks
    balance = next(one for one in records(places, "page"))
    assert [one.text[:7] for one in balance.remarks] == ["Line 7,"]


@pytest.mark.parametrize(
    ("said", "day"),
    [("02/26/00", "2000-02-26"), ("2/6/1999", "1999-02-06"), ("26/02/99", "1999-02-26"), ("951500000", "2000-02-25"),
     ("20010203", "2001-02-03"), ("00,02,5", ""), ("31 May 2001", "2001-05-31"), ("99/99/99", ""), ("soon", "")],
)  # fmt: skip
def test_dates(said: str, day: str) -> None:
    assert fields.iso(said) == day


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("story.txt", b"He wrote my %FILES = ( on the wall, and Title => below it.\n"),
        ("notes.pl", b"#!/usr/bin/perl\nprint 'hello';\n"),
        ("archive.cgi", b"%CONFIG = ( host => 'x', Title => { a => 1 } );\n"),
        ("story.html", b"<p>%FILES = (1 => { Title => 'x', Author => 'y' });</p>"),
    ],
)
def test_what_is_no_such_archive_is_left_alone(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    scratch = tmp_path / ".scratch"
    scratch.mkdir()
    (place,) = walk([tmp_path], scratch=Scratch(scratch))
    assert not place.container
