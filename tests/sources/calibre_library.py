"""Libraries of calibre in small, with the tables that its version 6 makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

TABLES = """
CREATE TABLE books (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL DEFAULT 'Unknown' COLLATE NOCASE,
  sort TEXT COLLATE NOCASE, timestamp TIMESTAMP, pubdate TIMESTAMP, series_index REAL NOT NULL DEFAULT 1.0,
  author_sort TEXT COLLATE NOCASE, isbn TEXT DEFAULT "", lccn TEXT DEFAULT "", path TEXT NOT NULL DEFAULT "",
  flags INTEGER NOT NULL DEFAULT 1, uuid TEXT, has_cover BOOL DEFAULT 0, last_modified TIMESTAMP);
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, sort TEXT,
  link TEXT NOT NULL DEFAULT "");
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE);
CREATE TABLE series (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, sort TEXT);
CREATE TABLE publishers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sort TEXT);
CREATE TABLE languages (id INTEGER PRIMARY KEY, lang_code TEXT NOT NULL);
CREATE TABLE ratings (id INTEGER PRIMARY KEY, rating INTEGER);
CREATE TABLE books_authors_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, author INTEGER NOT NULL);
CREATE TABLE books_tags_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, tag INTEGER NOT NULL);
CREATE TABLE books_series_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, series INTEGER NOT NULL);
CREATE TABLE books_publishers_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, publisher INTEGER NOT NULL);
CREATE TABLE books_languages_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, lang_code INTEGER NOT NULL,
  item_order INTEGER NOT NULL DEFAULT 0);
CREATE TABLE books_ratings_link (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, rating INTEGER NOT NULL);
CREATE TABLE data (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, format TEXT NOT NULL,
  uncompressed_size INTEGER NOT NULL, name TEXT NOT NULL);
CREATE TABLE comments (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE identifiers (id INTEGER PRIMARY KEY, book INTEGER NOT NULL, type TEXT NOT NULL, val TEXT NOT NULL);
CREATE TABLE custom_columns (id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, name TEXT NOT NULL,
  datatype TEXT NOT NULL, mark_for_delete BOOL, editable BOOL, display TEXT, is_multiple BOOL, normalized BOOL);
CREATE TABLE preferences (id INTEGER PRIMARY KEY, key TEXT NOT NULL, val TEXT NOT NULL);
CREATE TABLE feeds (id INTEGER PRIMARY KEY, title TEXT NOT NULL, script TEXT NOT NULL);
CREATE VIEW meta AS SELECT id, title FROM books;
"""
STORY = (
    "<html><body><h2>Chapter 1: Ebb</h2><p>The lamp went out over the harbour, and Mary counted the boats.</p>"
    "<h2>Chapter 2: Flood</h2><p>In the morning there were nine, and nobody spoke of the tenth.</p></body></html>"
)


def make(folder: Path, script: str, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A library in a folder: its rows as SQL, its files by their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "metadata.db")) as base:
        base.executescript(f"PRAGMA synchronous = OFF; BEGIN; {TABLES} {script} COMMIT;")
        base.commit()
    for path, said in (files or {}).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(said.encode() if isinstance(said, str) else said)
    return folder


BOOK = """
INSERT INTO books VALUES (7, 'Nine Boats', 'Nine Boats', '2020-01-02 03:04:05+00:00', '2009-05-06 00:00:00+00:00', 3.0,
  'Quill, Ann & Reed, Bob', '', '', 'Ann Quill/Nine Boats (7)', 1, 'u-7', 1, '2020-01-02');
INSERT INTO authors VALUES (1, 'Ann Quill', 'Quill, Ann', 'https://ann.example/'), (2, 'Bob Reed| Jr', 'Reed', '');
INSERT INTO books_authors_link VALUES (1, 7, 1), (2, 7, 2);
INSERT INTO tags VALUES (1, 'Angst'), (2, 'FanFiction'), (3, 'In-Progress'), (4, 'nobody has it');
INSERT INTO books_tags_link VALUES (1, 7, 1), (2, 7, 2), (3, 7, 3);
INSERT INTO series VALUES (1, 'Tides', 'Tides');
INSERT INTO books_series_link VALUES (1, 7, 1);
INSERT INTO publishers VALUES (1, 'archive.example', '');
INSERT INTO books_publishers_link VALUES (1, 7, 1);
INSERT INTO languages VALUES (1, 'eng');
INSERT INTO books_languages_link VALUES (1, 7, 1, 0);
INSERT INTO ratings VALUES (1, 8);
INSERT INTO books_ratings_link VALUES (1, 7, 1);
INSERT INTO data VALUES (1, 7, 'TXT', 9, 'Nine Boats - Ann Quill'), (2, 7, 'HTML', 9, 'Nine Boats - Ann Quill');
INSERT INTO comments VALUES (1, 7, '<p>They count.</p><p>They lose count.</p>');
INSERT INTO identifiers VALUES (1, 7, 'url', 'https|//archive.example/s/12'), (2, 7, 'ffnet', '345'),
  (3, 7, 'isbn', '1');
INSERT INTO custom_columns VALUES (1, 'fandom', 'Fandom', 'text', 0, 1, '{}', 1, 1), (2, 'x', 'Story Status',
  'enumeration', 0, 1, '{}', 0, 1), (3, 'words', 'Words', 'int', 0, 1, '{}', 0, 0),
  (4, 'liked', 'Rating', 'rating', 0, 1, '{}', 0, 1), (5, 'complete', 'Complete', 'bool', 0, 1, '{}', 0, 0),
  (6, 'arc', 'Arc', 'series', 0, 1, '{}', 0, 1),
  (7, 'updated', 'Updated', 'datetime', 0, 1, '{}', 0, 0), (8, 'grading', 'Content Rating', 'text', 0, 1, '{}', 0, 1),
  (9, 'notes', 'My notes', 'comments', 0, 1, '{}', 0, 0), (10, 'sum', 'Sum', 'composite', 0, 1, '{}', 0, 0);
CREATE TABLE custom_column_1 (id INTEGER PRIMARY KEY, value TEXT);
CREATE TABLE books_custom_column_1_link (id INTEGER PRIMARY KEY, book INTEGER, value INTEGER);
INSERT INTO custom_column_1 VALUES (1, 'Due South'), (2, 'Lost');
INSERT INTO books_custom_column_1_link VALUES (1, 7, 1), (2, 7, 2);
CREATE TABLE custom_column_2 (id INTEGER PRIMARY KEY, value TEXT);
CREATE TABLE books_custom_column_2_link (id INTEGER PRIMARY KEY, book INTEGER, value INTEGER);
INSERT INTO custom_column_2 VALUES (1, 'In-Progress');
INSERT INTO books_custom_column_2_link VALUES (1, 7, 1);
CREATE TABLE custom_column_3 (id INTEGER PRIMARY KEY, book INTEGER, value INT);
INSERT INTO custom_column_3 VALUES (1, 7, 1200);
CREATE TABLE custom_column_4 (id INTEGER PRIMARY KEY, value INT);
CREATE TABLE books_custom_column_4_link (id INTEGER PRIMARY KEY, book INTEGER, value INTEGER);
INSERT INTO custom_column_4 VALUES (1, 7);
INSERT INTO books_custom_column_4_link VALUES (1, 7, 1);
CREATE TABLE custom_column_5 (id INTEGER PRIMARY KEY, book INTEGER, value BOOL);
CREATE TABLE custom_column_6 (id INTEGER PRIMARY KEY, value TEXT);
CREATE TABLE books_custom_column_6_link (id INTEGER PRIMARY KEY, book INTEGER, value INTEGER, extra REAL);
INSERT INTO custom_column_6 VALUES (1, 'Long Arc');
INSERT INTO books_custom_column_6_link VALUES (1, 7, 1, 2.0);
CREATE TABLE custom_column_7 (id INTEGER PRIMARY KEY, book INTEGER, value TIMESTAMP);
INSERT INTO custom_column_7 VALUES (1, 7, '2010-03-04 00:00:00+00:00');
CREATE TABLE custom_column_8 (id INTEGER PRIMARY KEY, value TEXT);
CREATE TABLE books_custom_column_8_link (id INTEGER PRIMARY KEY, book INTEGER, value INTEGER);
INSERT INTO custom_column_8 VALUES (1, 'PG-13');
INSERT INTO books_custom_column_8_link VALUES (1, 7, 1);
CREATE TABLE custom_column_9 (id INTEGER PRIMARY KEY, book INTEGER, value TEXT);
INSERT INTO preferences VALUES (1, 'a', 'b'), (2, 'c', 'd');
"""
FILES = {
    "Ann Quill/Nine Boats (7)/Nine Boats - Ann Quill.html": STORY,
    "Ann Quill/Nine Boats (7)/Nine Boats - Ann Quill.txt": "The lamp went out.\n\nIn the morning there were nine.\n",
    "Ann Quill/Nine Boats (7)/cover.jpg": b"\xff\xd8\xff\xe0",
}
