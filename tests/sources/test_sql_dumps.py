"""Dumps of every style give their tables and rows back, byte for byte; what is wrong with one is told."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from ficshelf.sources import sql
from ficshelf.sources.sql import Dump

Read = Callable[[bytes], Dump]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a dump's bytes."""

    def dump_of(data: bytes) -> Dump:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.sql"
        path.write_bytes(data)
        return sql.unpack(path, path.with_suffix(".sqlite"))

    return dump_of


def values(dump: Dump, table: str) -> list[tuple[bytes | None, ...]]:
    return [row for _, row in dump.rows(table)]


MYSQLDUMP = b"""-- MySQL dump 10.13  Distrib 5.5.62, for Linux (x86_64)
--
-- Host: localhost    Database: lantern_archive
-- ------------------------------------------------------
-- Server version\t5.5.62
/*!40101 SET NAMES utf8 */;
/*!40000 ALTER TABLE `lamp_stories` DISABLE KEYS */;
DROP TABLE IF EXISTS `lamp_stories`;
CREATE TABLE `lamp_stories` (
  `sid` int(11) NOT NULL auto_increment,
  `title` varchar(200) NOT NULL default 'a, b (c); `d`',
  `summary` text COMMENT 'what it''s about',
  `rating` decimal(5,2) default NULL,
  PRIMARY KEY  (`sid`),
  KEY `title` (`title`(10)),
  FULLTEXT KEY `words` (`summary`)
) ENGINE=MyISAM AUTO_INCREMENT=12 DEFAULT CHARSET=latin1 COMMENT='the stories';
LOCK TABLES `lamp_stories` WRITE;
INSERT INTO `lamp_stories` VALUES (1,'It\\'s here','one\\r\\ntwo\\\\',1.50),(-2,'','x\\0y\\Zz',NULL),
(3,_latin1'caf\xe9',0x4c616d70,-1e3),(4,x'4142','\\%\\_\\q','0');
UNLOCK TABLES;
"""


def test_a_dump_of_mysqldump(read: Read) -> None:
    dump = read(MYSQLDUMP)
    assert dump.names() == ["lamp_stories"]
    assert dump.columns("lamp_stories") == ["sid", "title", "summary", "rating"]
    assert dump.types("lamp_stories") == ["int(11)", "varchar(200)", "text", "decimal(5,2)"]
    assert dump.charset("lamp_stories") == "latin1"
    assert values(dump, "lamp_stories") == [
        (b"1", b"It's here", b"one\r\ntwo\\", b"1.50"),
        (b"-2", b"", b"x\0y\x1az", None),
        (b"3", b"caf\xe9", b"Lamp", b"-1e3"),
        (b"4", b"AB", b"\\%\\_q", b"0"),
    ]
    assert dump.problems() == []
    head = dump.head()
    assert head["program"] == "MySQL dump"
    assert head["database"] == "lantern_archive"
    assert head["charset"] == "utf8"


def test_the_backup_of_efiction_itself(read: Read) -> None:
    """No CREATE TABLE, no names of columns, no quotes around the table, double quotes around every value."""
    dump = read(
        b"# A backup of the archive\n#\n\n"
        b'INSERT INTO fanfiction_ratings VALUES ("1", "It\'s \\"all ages\\"", "0", "");\n'
        b'INSERT INTO fanfiction_ratings VALUES ("2", "Older\\nreaders; (or so)", "1", "Take care, \\\\o/");\n'
        b"\n# the next table\n"
        b'INSERT INTO phpbb_users VALUES ("1", "nobody");\n'
    )
    assert dump.columns("fanfiction_ratings") is None
    assert values(dump, "fanfiction_ratings") == [
        (b"1", b'It\'s "all ages"', b"0", b""),
        (b"2", b"Older\nreaders; (or so)", b"1", b"Take care, \\o/"),
    ]
    assert dump.count("phpbb_users") == 1
    assert dump.problems() == []


def test_names_of_columns_in_the_inserts(read: Read) -> None:
    """The order of the first INSERT counts; another one's values go where they belong."""
    dump = read(
        b"INSERT INTO `s` (`sid`, `title`) VALUES\n(1, 'a''b'),\n(2, 'c');\n"
        b"INSERT IGNORE INTO `s` (`title`, `notes`, `sid`) VALUES ('d', 'n', 3);\n"
    )
    assert dump.columns("s") == ["sid", "title", "notes"]
    assert values(dump, "s") == [(b"1", b"a'b", None), (b"2", b"c", None), (b"3", b"d", b"n")]


def test_only_what_is_wanted_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_bytes(
        b"INSERT INTO a VALUES (1,'x'),(2,'y)');\nINSERT INTO b VALUES (1);\nINSERT INTO a VALUES (3,'(');\n"
    )
    dump = sql.unpack(path, tmp_path / "a.sqlite", wanted=lambda name: name == "b")
    assert (dump.count("a"), dump.count("b")) == (3, 1)
    assert values(dump, "a") == []
    assert values(dump, "b") == [(b"1",)]


def test_looking_rows_up(read: Read) -> None:
    dump = read(b"INSERT INTO c VALUES (1,'7','a'),(2,'8','b'),(3,'7',NULL);")
    dump.index("c", 1)
    assert [row for row, _ in dump.lookup("c", 1, b"7")] == [1, 3]
    assert [row for row, _ in dump.lookup("c", 2, None)] == [3]
    assert dump.row("c", 2) == (b"2", b"8", b"b")
    assert dump.row("c", 9) is None


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_packed_dumps(read: Read, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(MYSQLDUMP)
    assert sql.is_dump(packed[:65_536])
    dump = read(packed)
    assert dump.count("lamp_stories") == 4
    cut = read(packed[: len(packed) * 3 // 4])
    assert "packing" in [problem.kind for problem in cut.problems()]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_dumps_that_a_windows_shell_wrote(read: Read, encoding: str) -> None:
    data = "\ufeffINSERT INTO `a` VALUES (1,'naïve');\r\n".encode(encoding)
    assert sql.is_dump(data)
    assert values(read(data), "a") == [(b"1", "naïve".encode())]


def test_a_dump_that_is_there_is_not_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_bytes(b"INSERT INTO a VALUES (1);")
    sql.unpack(path, tmp_path / "a.sqlite").close()
    path.unlink()
    assert sql.unpack(path, tmp_path / "a.sqlite").count("a") == 1


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"Insert into the lock the key that she gave you.\nThen turn it.\n",
        b"Create table after table, he said; lock tables (all of them).\n",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"<html><body>INSERT coin (1)</body></html>",
    ],
)
def test_what_is_no_dump(text: bytes) -> None:
    assert not sql.is_dump(text)


def test_a_row_that_is_none_costs_itself_alone(read: Read) -> None:
    dump = read(
        b"INSERT INTO d VALUES (1,'abc);\n"
        b"INSERT INTO d VALUES (2,'def');\n"
        b"INSERT INTO d VALUES (3,'don't'),(4,'x'),(5,'y','z'),(6,'');\n"
        b"INSERT INTO d VALUES (7,'end"
    )
    assert values(dump, "d") == [(b"2", b"def", None), (b"4", b"x", None), (b"5", b"y", b"z"), (b"6", b"", None)]
    assert [problem.kind for problem in dump.problems()] == ["unclosed", "unclosed", "values", "cut"]
