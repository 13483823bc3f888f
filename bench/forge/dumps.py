"""Dumps of databases, written as the programs write them that archives were saved with.

Three styles: mysqldump (rows by the thousand in one INSERT, comments that MySQL runs), phpMyAdmin (names of columns,
doubled quotes, blobs as hexadecimal), and the backup of eFiction itself (one INSERT a row, no names, no CREATE TABLE,
everything in double quotes, NULL as nothing). Layouts of the files from what these programs write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

Value = bytes | int | None
STYLES = ("mysqldump", "phpmyadmin", "efiction")
_NUMBERS = ("int", "tinyint", "smallint", "mediumint", "bigint", "float", "double", "decimal")
_ESCAPES = ((b"\\", b"\\\\"), (b"\0", b"\\0"), (b"\n", b"\\n"), (b"\r", b"\\r"), (b"\x1a", b"\\Z"))
_LONG = 1 << 20  # bytes of one INSERT of mysqldump, about


class Table(NamedTuple):
    """A table: its columns as (name, type) and its rows, each value the bytes in the database. `charset` is what the
    table says of itself, whatever its rows are in."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: Iterable[tuple[Value, ...]]
    charset: str = "latin1"


def dump(tables: Iterable[Table], style: str, database: str = "archive") -> Iterator[bytes]:
    """A dump in a style, piece by piece."""
    yield from {"mysqldump": _mysqldump, "phpmyadmin": _phpmyadmin, "efiction": _efiction}[style](tables, database)


def _mysqldump(tables: Iterable[Table], database: str) -> Iterator[bytes]:
    yield (
        "-- MySQL dump 10.13  Distrib 5.1.73, for redhat-linux-gnu (x86_64)\n--\n"
        f"-- Host: localhost    Database: {database}\n"
        "-- ------------------------------------------------------\n-- Server version\t5.1.73\n\n"
        "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;\n/*!40101 SET NAMES utf8 */;\n"
        "/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;\n"
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;\n\n"
    ).encode()
    for table in tables:
        name = table.name
        yield f"--\n-- Table structure for table `{name}`\n--\n\nDROP TABLE IF EXISTS `{name}`;\n".encode()
        yield b"/*!40101 SET @saved_cs_client     = @@character_set_client */;\n"
        yield _create(table).encode()
        yield (
            "/*!40101 SET character_set_client = @saved_cs_client */;\n\n"
            f"--\n-- Dumping data for table `{name}`\n--\n\n"
            f"LOCK TABLES `{name}` WRITE;\n/*!40000 ALTER TABLE `{name}` DISABLE KEYS */;\n"
        ).encode()
        length = 0
        for row in table.rows:
            written = b"(" + b",".join(_single(value, rb"\'") for value in row) + b")"
            if length and length + len(written) < _LONG:
                yield b"," + written
            else:
                yield (b";\n" if length else b"") + f"INSERT INTO `{name}` VALUES ".encode() + written
                length = 0
            length += len(written) + 1
        yield b";\n" if length else b""
        yield f"/*!40000 ALTER TABLE `{name}` ENABLE KEYS */;\nUNLOCK TABLES;\n\n".encode()
    yield b"/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\n\n-- Dump completed on 2011-03-02 21:14:07\n"


def _phpmyadmin(tables: Iterable[Table], database: str) -> Iterator[bytes]:
    yield (
        "-- phpMyAdmin SQL Dump\n-- version 3.3.9\n-- http://www.phpmyadmin.net\n--\n-- Host: localhost\n"
        "-- Generation Time: Mar 02, 2011 at 09:14 PM\n-- Server version: 5.1.73\n-- PHP Version: 5.2.17\n\n"
        'SET SQL_MODE="NO_AUTO_VALUE_ON_ZERO";\n\n'
        f"--\n-- Database: `{database}`\n--\n\n-- --------------------------------------------------------\n\n"
    ).encode()
    for table in tables:
        yield f"--\n-- Table structure for table `{table.name}`\n--\n\n".encode()
        yield _create(table).replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS").encode()
        yield f"\n--\n-- Dumping data for table `{table.name}`\n--\n\n".encode()
        names = ", ".join(f"`{name}`" for name, _ in table.columns)
        are_blobs = ["blob" in kind or "binary" in kind for _, kind in table.columns]
        count = 0
        for row in table.rows:
            values = [
                _hexadecimal(value) if is_blob else _single(value, b"''")
                for value, is_blob in zip(row, are_blobs, strict=True)
            ]
            if count % 250 == 0:
                yield (b";\n" if count else b"") + f"INSERT INTO `{table.name}` ({names}) VALUES\n".encode()
            yield (b",\n(" if count % 250 else b"(") + b", ".join(values) + b")"
            count += 1
        yield b";\n" if count else b""
        yield b"\n-- --------------------------------------------------------\n\n"


def _efiction(tables: Iterable[Table], database: str) -> Iterator[bytes]:
    for table in tables:
        yield f"# Dump of {table.name} \r\n# Dump DATE : 02-Mar-2011\r\n\r\n".encode()
        for row in table.rows:
            values = b", ".join(b'"' + _escaped(value or b"") + b'"' for value in map(_as_bytes, row))
            yield f"INSERT INTO {table.name} VALUES(".encode() + values + b");\r\n"
        yield b"\r\n\r\n\r\n"


def _create(table: Table) -> str:
    lines = [f"  `{name}` {kind} NOT NULL DEFAULT {_default(kind)}" for name, kind in table.columns]
    lines = [line.removesuffix(" DEFAULT ") for line in lines]
    lines.append(f"  PRIMARY KEY (`{table.columns[0][0]}`)")
    body = ",\n".join(lines)
    return f"CREATE TABLE `{table.name}` (\n{body}\n) ENGINE=MyISAM DEFAULT CHARSET={table.charset};\n"


def _default(kind: str) -> str:
    if "text" in kind or "blob" in kind:
        return ""
    return "'0'" if kind.startswith(_NUMBERS) else "''"


def _as_bytes(value: Value) -> bytes | None:
    return str(value).encode() if isinstance(value, int) else value


def _single(value: Value, quote: bytes) -> bytes:
    """A value as SQL has it; `quote` is what stands for a quote within one."""
    if value is None:
        return b"NULL"
    if isinstance(value, int):
        return str(value).encode()
    for byte, instead in _ESCAPES:
        value = value.replace(byte, instead)
    value = value.replace(b"'", quote)
    return b"'" + (value.replace(b'"', rb"\"") if quote != b"''" else value) + b"'"


def _hexadecimal(value: Value) -> bytes:
    value = _as_bytes(value)
    return b"NULL" if value is None else b"0x" + value.hex().encode() if value else b"''"


def _escaped(value: bytes) -> bytes:
    for byte, instead in (*_ESCAPES, (b"'", rb"\'"), (b'"', rb"\"")):
        value = value.replace(byte, instead)
    return value
