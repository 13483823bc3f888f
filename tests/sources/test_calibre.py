"""Libraries of calibre: books with all that their columns say, each with its best file; nothing but what was found."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from calibre_library import BOOK, FILES, STORY, make

from ficshelf import reading
from ficshelf.model import Reading
from ficshelf.record import Record, unpack
from ficshelf.sources import Place, Scratch, limits, walk


def places(folder: Path) -> list[Place]:
    scratch = folder.parent / f"{folder.name}-scratch"
    scratch.mkdir(exist_ok=True)
    return list(walk([folder], scratch=Scratch(scratch)))


def records(found: Sequence[Place], kind: str = "story") -> list[Record]:
    unpacked = [unpack(place.content(1 << 20) or b"") for place in found if place.kind]
    return [one for one in unpacked if one.kind == kind]


def told(record: Record) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for field in record.fields:
        said.setdefault(field.name, []).append(field.value)
    return said


def read(found: Sequence[Place]) -> Reading:
    """What comes of the first group."""
    group = next(place.group for place in found if place.group)
    return reading.read([(place.content(1 << 20) or b"", place.path) for place in found if place.group == group])


def unaccounted(found: Sequence[Place]) -> dict[str, int]:
    """Rows that are neither in a record nor left out, by table."""
    left: Counter[str] = Counter()
    for place in found:
        if place.kind:
            record = unpack(place.content(1 << 20) or b"")
            left.subtract(record.rows)
            if record.key == "balance":
                for field in record.fields:
                    count = int(field.value.partition(":")[0])
                    left[field.column] += count if field.name == "table" else -count
    return {table: count for table, count in left.items() if count}


def test_a_book_says_all_that_its_columns_say(tmp_path: Path) -> None:
    (record,) = records(places(make(tmp_path / "lib", BOOK, FILES)))
    assert record.key == "books/7"
    said = told(record)
    assert {name: said[name] for name in said if name} == {
        "title": ["Nine Boats"],
        "author": ["Ann Quill", "Bob Reed, Jr"],
        "series": ["Tides #3", "Long Arc #2"],
        "tag": ["Angst"],
        "complete": ["false"],
        "summary": ["<p>They count.</p><p>They lose count.</p>"],
        "archive": ["archive.example"],
        "published": ["2009-05-06"],
        "updated": ["2010-03-04"],
        "language": ["eng"],
        "url": ["https://archive.example/s/12", "https://www.fanfiction.net/s/345"],
        "fandom": ["Due South", "Lost"],
        "words": ["1200"],
        "rating": ["PG-13"],
    }
    assert {"FanFiction", "1", "4 of 5 stars", "3.5 of 5 stars", "u-7"} <= set(said[""])


def test_the_best_file_tells_the_story_and_the_other_stands_by(tmp_path: Path) -> None:
    found = read(places(make(tmp_path / "lib", BOOK, FILES)))
    (work,) = found.works
    assert [(one.number, one.title) for one in work.chapters] == [(1, "Ebb"), (2, "Flood")]
    assert [one.kind for one in found.remarks] == ["further-copy"]
    series = work.fact("series")
    assert series
    assert series.value == "Tides #3"


def test_nothing_is_written_to_the_library(tmp_path: Path) -> None:
    folder = make(tmp_path / "lib", BOOK, FILES)
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}
    read(places(folder))
    assert before == {path: hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*") if path.is_file()}


def test_every_row_is_somewhere(tmp_path: Path) -> None:
    strays = """
    INSERT INTO identifiers VALUES (9, 99, 'url', 'https://gone.example/');
    INSERT INTO comments VALUES (9, 99, 'of no book');
    INSERT INTO books_tags_link VALUES (9, 7, 77), (10, 99, 1);
    CREATE TABLE others_made (a, b);
    INSERT INTO others_made VALUES (1, 2);
    """
    found = places(make(tmp_path / "lib", BOOK + strays, FILES))
    assert not unaccounted(found)
    rest = {one.key: told(one)["row"] for one in records(found, "rest")}
    assert rest["rest/tags"] == ["nobody has it"]
    assert rest["rest/comments"] == ["book 99, of no book"]


def test_authors_are_people(tmp_path: Path) -> None:
    people = records(places(make(tmp_path / "lib", BOOK, FILES)), "person")
    assert [told(one)["name"] for one in people] == [["Ann Quill"], ["Bob Reed| Jr"]]
    assert told(people[0])["website"] == ["https://ann.example/"]


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    (record,) = records(places(make(tmp_path / "lib", BOOK)))
    assert record.parts[0].path == ""
    assert record.parts[0].missing == "its file “Ann Quill/Nine Boats (7)/Nine Boats - Ann Quill.html” is not there"


@pytest.mark.parametrize("path", ["../other", "..", "/etc", "Ann Quill/../../other", "C:\\other", "a\0b", ""])
@pytest.mark.parametrize("name", ["../../secret", "secret", "/etc/passwd", "..\\secret"])
def test_what_the_database_names_is_only_looked_up(tmp_path: Path, path: str, name: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "secret.txt").write_text("nobody's business")
    (tmp_path / "secret.txt").write_text("nobody's business")
    folder = make(tmp_path / "lib", "")
    with closing(sqlite3.connect(folder / "metadata.db")) as base:
        base.execute("INSERT INTO books (id, title, path) VALUES (1, 'X', ?)", (path,))
        base.execute("INSERT INTO data VALUES (1, 1, 'TXT', 1, ?)", (name,))
        base.commit()
    found = places(folder)
    assert not [place for place in found if not place.kind and place.group]
    assert records(found)[0].parts[0].path == ""


def test_a_link_out_of_the_library_is_no_more_than_any_link(tmp_path: Path) -> None:
    """A walk follows links as it does everywhere; the database alone leads nowhere."""
    folder = make(tmp_path / "lib", BOOK)
    (tmp_path / "out.html").write_text(STORY)
    book = folder / "Ann Quill" / "Nine Boats (7)"
    book.mkdir(parents=True)
    os.symlink(tmp_path / "out.html", book / "Nine Boats - Ann Quill.html")
    os.symlink(folder, book / "circle")
    (record,) = records(places(folder))
    assert record.parts[0].path.endswith("Nine Boats - Ann Quill.html")


HOSTILE = {
    "not a database": b"He said that it was no database at all.\n" * 100,
    "empty": b"",
    "only a head": b"SQLite format 3\0",
    "a head and rubbish": b"SQLite format 3\0" + bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_database_has_one_outcome_and_its_books_are_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "lib"
    book = folder / "Ann" / "Boats (1)"
    book.mkdir(parents=True)
    (folder / "metadata.db").write_bytes(HOSTILE[name])
    (book / "Boats.html").write_text(STORY)
    found = places(folder)
    assert "no database of calibre" in found[0].unread
    assert [place.path.rpartition("/")[2] for place in found[1:]] == ["Boats.html"]
    assert not found[1].group


SCHEMAS = {
    "books is a view without end": "DROP TABLE books; CREATE VIEW books AS WITH RECURSIVE r(id) AS "
    "(SELECT 1 UNION ALL SELECT id + 1 FROM r) SELECT id, 'x' AS title FROM r;",
    "books is virtual": "DROP TABLE books; CREATE VIRTUAL TABLE books USING fts5(id, title);",
    "no books": "DROP TABLE books;",
    "another program's": "DROP TABLE books; CREATE TABLE books (isbn, shelf);",
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_hostile_schema_is_no_library(tmp_path: Path, name: str) -> None:
    found = places(make(tmp_path / "lib", SCHEMAS[name], FILES))
    assert "no database of calibre" in found[0].unread
    assert len(found) == 4


@pytest.mark.parametrize(
    "script",
    [
        "DROP TABLE tags; CREATE VIEW tags AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r) "
        "SELECT id, 'x' AS name FROM r;",
        "DROP TABLE data;",
        "DROP TABLE authors; CREATE TABLE authors (id INTEGER PRIMARY KEY);",
        "UPDATE custom_columns SET label = '\"; DROP TABLE books; --';",
        "UPDATE custom_columns SET datatype = 'nosuch', name = '';",
        "UPDATE books SET title = zeroblob(1000), pubdate = 1e300, series_index = 'x', path = x'ff00fe';",
        'CREATE TABLE "a""b; --" (id); INSERT INTO "a""b; --" VALUES (1);',
        "DROP TABLE comments; CREATE TABLE comments (book, text AS (zeroblob(1000000000)));",
        "CREATE TRIGGER t AFTER INSERT ON tags BEGIN DELETE FROM books; END;",
        "UPDATE ratings SET rating = 'many'; UPDATE custom_column_4 SET value = 'much';",
    ],
)
def test_odd_schemas_cost_what_they_hold_alone(tmp_path: Path, script: str) -> None:
    found = places(make(tmp_path / "lib", BOOK + script, FILES))
    (record,) = records(found)
    assert record.key == "books/7"
    assert not unaccounted(found)


def test_values_beyond_any_size_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIELD", 10_000)
    script = "INSERT INTO comments VALUES (5, 7, CAST(zeroblob(20000) AS TEXT));"
    assert "no database of calibre" in places(make(tmp_path / "lib", BOOK + script, FILES))[0].unread


def test_a_query_without_end_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STEPS", 0)
    script = "".join(f"INSERT INTO tags VALUES ({at}, 't{at}');" for at in range(10, 3_000))
    assert "interrupted" in places(make(tmp_path / "lib", BOOK + script, FILES))[0].unread


def test_too_many_books_are_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BOOKS", 2)
    script = "".join(f"INSERT INTO books (id, title) VALUES ({at}, 'x');" for at in range(10, 13))
    assert "the limit is 2" in places(make(tmp_path / "lib", script))[0].unread


OPF = """<?xml version='1.0' encoding='utf-8'?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier opf:scheme="calibre">7</dc:identifier><dc:identifier opf:scheme="URL">https://archive.example/s/12</dc:identifier>
<dc:title>Nine Boats</dc:title><dc:creator opf:file-as="Quill, Ann" opf:role="aut">Ann Quill</dc:creator>
<dc:creator opf:role="ill">Somebody Else</dc:creator><dc:contributor opf:role="bkp">calibre</dc:contributor>
<dc:date>2009-05-06T00:00:00+00:00</dc:date><dc:description>&lt;p&gt;They count.&lt;/p&gt;</dc:description>
<dc:publisher>archive.example</dc:publisher><dc:language>eng</dc:language><dc:subject>Angst</dc:subject>
<meta name="calibre:series" content="Tides"/><meta name="calibre:series_index" content="2.5"/>
<meta name="calibre:user_metadata:#fandom" content='{"datatype": "text", "name": "Fandom", "#value#": ["Lost"]}'/>
<meta name="calibre:user_metadata:#done" content='{"datatype": "bool", "name": "Complete", "#value#": true}'/>
<meta name="calibre:user_metadata:#when" content='{"datatype": "datetime", "name": "Updated",
 "#value#": {"__class__": "datetime.datetime", "__value__": "2010-03-04T00:00:00+00:00"}}'/>
<meta name="calibre:user_metadata:#bad" content='{"datatype": '/>
</metadata></package>"""


def test_without_the_database_each_book_speaks_for_itself(tmp_path: Path) -> None:
    folder = tmp_path / "lib" / "Ann Quill" / "Nine Boats (7)"
    folder.mkdir(parents=True)
    (folder / "metadata.opf").write_text(OPF)
    (folder / "Nine Boats.html").write_text(STORY)
    (folder / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    found = places(tmp_path / "lib")
    (record,) = records(found)
    said = told(record)
    assert {name: said[name] for name in said if name} == {
        "title": ["Nine Boats"],
        "author": ["Ann Quill"],
        "series": ["Tides"],
        "part": ["2.5"],
        "tag": ["Angst"],
        "summary": ["<p>They count.</p>"],
        "archive": ["archive.example"],
        "published": ["2009-05-06"],
        "updated": ["2010-03-04"],
        "language": ["eng"],
        "url": ["https://archive.example/s/12"],
        "fandom": ["Lost"],
        "complete": ["true"],
    }
    assert [(one.number, one.title) for one in read(found).works[0].chapters] == [(1, "Ebb"), (2, "Flood")]


def test_with_the_database_what_lies_beside_a_book_is_only_kept(tmp_path: Path) -> None:
    found = places(make(tmp_path / "lib", BOOK, {**FILES, "Ann Quill/Nine Boats (7)/metadata.opf": OPF}))
    assert len(records(found)) == 1
    (beside,) = [place for place in found if place.path.endswith("metadata.opf")]
    assert beside.container
    assert not beside.unread


@pytest.mark.parametrize(
    "opf",
    [
        "<package",
        "<package><metadata/></package>",
        "<html><package/></html>",
        OPF[:600],
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><package xmlns="http://www.idpf.org/2007/opf">&x;</package>',
        "<package>" + "<a>" * 100_000,
    ],
)
def test_a_package_that_is_none_has_one_outcome(tmp_path: Path, opf: str) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    (folder / "metadata.opf").write_text(opf)
    (folder / "book.html").write_text(STORY)
    found = places(folder)
    if not records(found):
        assert [place.unread[:33] for place in found if place.path.endswith(".opf")] == [
            "it is called metadata.opf, and no"
        ]
    assert sum(place.path.endswith("book.html") for place in found) == 1
