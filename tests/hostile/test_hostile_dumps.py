"""Dumps that lie, swell, break off or give orders: every one comes out within bounds, and nothing in one is obeyed."""

from __future__ import annotations

import gzip
import lzma
import random
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.forge import dumps
from hypothesis import given, settings
from hypothesis import strategies as st
from probe import address_space, in_a_fork

from ficshelf.sources import sql

MEGABYTES, SECONDS = 300, 20
WHOLE = b"INSERT INTO whole VALUES (1,'x');\n"
LAMPS = [(number, b'the lamp went out, it\'s "late"\n' * 3, None) for number in range(40)]

Bounded = Callable[..., dict[str, Any]]


@pytest.fixture
def bounded(tmp_path: Path) -> Bounded:
    """Reads a dump in a process of its own, within bounds on memory and processor time: its tables with their counts,
    the kinds of its problems, and the length of the longest value of table "long"."""

    def read(data: bytes | Path, megabytes: int = MEGABYTES) -> dict[str, Any]:
        path = data if isinstance(data, Path) else tmp_path / "dump.sql"
        if isinstance(data, bytes):
            path.write_bytes(data)

        def work() -> dict[str, Any]:
            resource.setrlimit(resource.RLIMIT_AS, (address_space() + (megabytes << 20), resource.RLIM_INFINITY))
            used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
            resource.setrlimit(resource.RLIMIT_CPU, (used + SECONDS, resource.RLIM_INFINITY))
            dump = sql.unpack(path, tmp_path / "dump.sqlite")
            pieces = [len(piece) for piece in dump.pieces("long", 1, 1)] if "long" in dump.names() else []
            first = dump.row("long", 1) if pieces else None
            return {
                "tables": {name: dump.count(name) for name in dump.names()},
                "kinds": sorted({problem.kind for problem in dump.problems()}),
                "offsets": [problem.offset for problem in dump.problems()],
                "long": len(first[1] or b"") + sum(pieces) if first else 0,
            }

        outcome = in_a_fork(work)
        assert "failed" not in outcome, outcome["failed"]
        return outcome

    return read


def test_a_value_of_100_megabytes(bounded: Bounded, tmp_path: Path) -> None:
    """It is kept in pieces, whatever is in it, and what comes behind it is read."""
    path = tmp_path / "long.sql"
    with path.open("wb") as out:
        out.write(b"INSERT INTO `long` VALUES (1,'")
        for _ in range(100):
            out.write((b"\\'a;b''\\\\(\\n" * 96_000)[: 1 << 20])
        out.write(b"x',2),(2,'y',3);\n" + WHOLE)
    outcome = bounded(path)
    assert outcome["tables"] == {"long": 2, "whole": 1}
    assert outcome["kinds"] == ["long"]
    assert outcome["long"] > 60_000_000


ESCAPES = [b"''", b"\\\\", b"\\'", b"\\n", b"\x01\x04", b"();"]


@pytest.mark.parametrize("escape", ESCAPES)
def test_values_of_nothing_but_escapes(bounded: Bounded, escape: bytes) -> None:
    outcome = bounded(b"INSERT INTO a VALUES (1,'" + escape * 1_500_000 + b"'),(2,'b');\n" + WHOLE)
    assert outcome["tables"] == {"a": 2, "whole": 1}
    assert outcome["kinds"] == []


def test_an_insert_of_a_million_rows(bounded: Bounded) -> None:
    rows = b",".join([b"(%d,'r')" % number for number in range(1_000_000)])
    outcome = bounded(b"INSERT INTO a VALUES " + rows + b";\n" + WHOLE)
    assert outcome == {"tables": {"a": 1_000_000, "whole": 1}, "kinds": [], "offsets": [], "long": 0}


@pytest.mark.parametrize(
    "order",
    [
        b"\\! touch canary\n",
        b"system touch canary\n",
        b"source /etc/passwd\n",
        b"/*!50000 INSERT INTO canary VALUES (1) */;\n",
        b"/*!50003 CREATE TRIGGER canary AFTER INSERT ON a FOR EACH ROW INSERT INTO canary VALUES (1) */;\n",
        b"/*!999999\\- enable the sandbox mode */\n",
        b"DELIMITER ;;\nCREATE PROCEDURE p()\nBEGIN\nINSERT INTO canary VALUES (1);\nEND ;;\nDELIMITER ;\n",
        b"LOAD DATA INFILE '/etc/passwd' INTO TABLE canary;\n",
        b"SELECT 1 INTO OUTFILE 'canary';\n",
        b"ATTACH DATABASE 'canary' AS canary;\n",
        b"PRAGMA journal_mode=WAL;\n",
        b"CREATE USER 'canary'@'%' IDENTIFIED BY 'canary';\nGRANT ALL ON *.* TO 'canary'@'%';\n",
        b"DROP TABLE tables;\nDROP DATABASE canary;\nDELETE FROM whole;\nTRUNCATE whole;\n",
        b"INSERT INTO whole SELECT * FROM canary;\n",
        b"INSERT INTO whole VALUES (LOAD_FILE('/etc/passwd'));\n",
    ],
)
def test_orders_are_not_obeyed(bounded: Bounded, order: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = bounded(WHOLE + order + WHOLE)
    assert outcome["tables"] == {"whole": 2}
    assert {path.name for path in tmp_path.iterdir()} == {"dump.sql", "dump.sqlite"}


def test_names_of_tables_are_no_code(bounded: Bounded) -> None:
    name = b"a`b\"c'); DROP TABLE tables; --"
    outcome = bounded(b"INSERT INTO `" + name.replace(b"`", b"``") + b"` VALUES (1);\n" + WHOLE)
    assert outcome["tables"] == {name.decode(): 1, "whole": 1}


@pytest.mark.parametrize(
    ("cut", "kind"),
    [
        (b"INSERT INTO a VALUES (1,'never ends;\n", "unclosed"),
        (b"INSERT INTO a VALUES (1,\"never ends;\n", "unclosed"),
        (b"INSERT INTO a VALUES (1,'don't');\n", "unclosed"),
        (b"INSERT INTO a VALUES (1,NOW());\n", "row"),
        (b"INSERT INTO a SET x = 'never ends;\n", "unknown"),
        (b"/* never ends\n", "unknown"),
        (b"CREATE TABLE `a` (`x` int\n", "unknown"),
        (b"COPY a (x) FROM stdin;\n1\tdon't\n\\.\n", "unknown"),
        (b"<?php echo 'no dump';\n", "unknown"),
    ],
)  # fmt: skip
def test_what_is_broken_costs_itself_alone(bounded: Bounded, cut: bytes, kind: str) -> None:
    outcome = bounded(WHOLE + cut + WHOLE * 3)
    assert outcome["tables"]["whole"] == 4
    assert outcome["kinds"] == [kind]
    assert all(len(WHOLE) <= offset <= len(WHOLE + cut) for offset in outcome["offsets"])


LINES = [
    b"/*\n",
    b"/* /*",
    b"'",
    b'"\n',
    b"`",
    b"(\n",
    b"x'\n",
    b"INSERT INTO a VALUES (1,'\n",
    b"INSERT INTO a VALUES\n",
    b"INSERT INTO a (`",
    b"INSERT INTO" + b" " * 20_000,
    b"INSERT INTO a VALUES (1,'a'b),\n",
    b"INSERT INTO a VALUES (1,'x'y),(",
    b"INSERT INTO a VALUES (1),(1,2),(1,2,3);\n",
    b"CREATE TABLE a (\n",
    b"DELIMITER x\n",
    b"--\n",
    b"\\\n",
    b"),(",
    b"(1,'),(",
    b" ",
    b",",
    b";",
]


@pytest.mark.parametrize("line", LINES)
def test_one_line_a_hundred_thousand_times(bounded: Bounded, line: bytes) -> None:
    """No time that grows faster than the dump does."""
    bounded(WHOLE + line * (3_000_000 // max(20, len(line))) + b";\n" + WHOLE)


def test_a_table_with_a_hundred_thousand_columns(bounded: Bounded) -> None:
    values = b",".join([b"1"] * 100_000)
    columns = b",".join([b"`c%d` int" % number for number in range(20_000)])
    outcome = bounded(b"INSERT INTO a VALUES (" + values + b");\nCREATE TABLE b (" + columns + b");\n" + WHOLE)
    assert outcome["tables"]["whole"] == 1


def test_more_tables_than_any_database_has(bounded: Bounded) -> None:
    many = b"".join([b"INSERT INTO t%d VALUES (1);\n" % number for number in range(11_000)])
    assert len(bounded(WHOLE + many)["tables"]) == 10_000


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_dump_that_swells(bounded: Bounded, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(WHOLE + b"-" * 60_000_000)
    outcome = bounded(packed)
    assert outcome["tables"] == {"whole": 1}
    assert outcome["kinds"] == ["packing"]


@pytest.mark.parametrize("seed", range(6))
def test_noise(bounded: Bounded, seed: int) -> None:
    bounded(random.Random(seed).randbytes(400_000))


@pytest.mark.parametrize("wrong", [b");,(", b"),;", b");("])
def test_a_semicolon_among_rows_costs_no_more_than_the_row_behind_it(tmp_path: Path, wrong: bytes) -> None:
    columns = (("n", "int(11)"), ("t", "text"), ("m", "text"))
    made = b"".join(dumps.dump([dumps.Table("lamps", columns, LAMPS)], "mysqldump"))
    (tmp_path / "dump.sql").write_bytes(made.replace(b"),(", wrong, 1))
    dump = sql.unpack(tmp_path / "dump.sql", tmp_path / "dump.sqlite")
    assert len(list(dump.rows("lamps"))) >= len(LAMPS) - 1
    dump.close()


@settings(max_examples=150, deadline=None)
@given(
    style=st.sampled_from(dumps.STYLES),
    at=st.floats(0.01, 1),
    noise=st.one_of(st.binary(max_size=6), st.sampled_from([b"'", b'"', b"\\", b"(", b")", b";", b",", b"/*"])),
    cut=st.integers(0, 4),
)
def test_a_dump_with_a_byte_wrong_gives_its_other_rows(
    tmp_path_factory: pytest.TempPathFactory, style: str, at: float, noise: bytes, cut: int
) -> None:
    columns = (("n", "int(11)"), ("t", "text"), ("m", "text"))
    made = b"".join(dumps.dump([dumps.Table("lamps", columns, LAMPS), dumps.Table("more", columns, LAMPS)], style))
    place = int(at * len(made))
    folder = tmp_path_factory.mktemp("dump")
    (folder / "dump.sql").write_bytes(made[:place] + noise + made[place + cut :])
    dump = sql.unpack(folder / "dump.sql", folder / "dump.sqlite")
    good = {str(number).encode() for number, *_ in LAMPS}
    found = sum(
        bool(good & set(row)) for name in ("lamps", "more") if name in dump.names() for _, row in dump.rows(name)
    )
    dump.close()
    within = made[:place].rpartition(b"\n--")[2]
    words, bracket, _ = within.partition(b"(")
    is_in_rows = style == "efiction" or bool(bracket and b"VALUES" in words)
    assert found >= (2 if is_in_rows else 1) * len(LAMPS) - 3  # where the words before the rows are wrong, they go
