"""`ficshelf read` of files that hold many: the stories in them are listed, or given a line each as JSON."""

# ruff: noqa: E501 - archives as their programs write them
from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ficshelf import show
from ficshelf.model import Reading
from ficshelf.reading import read

TALE = "\n\n".join(
    f'The {{}} went out for the {turn}th time.\n\n"It isn\'t the oil," said Marta to the {turn}th man.'
    for turn in range(9)
)


def mail(subject: str, body: str) -> str:
    date = "Mon, 6 Mar 2000 21:14:00 +0100"
    return (
        f"From ann@example.net Mon Mar  6 21:14:00 2000\nFrom: Ann Ambler <ann@example.net>\nTo: lamps@lists.example\n"
        f"Subject: {subject}\nDate: {date}\n\n{body}\n\n"
    )


def boxed(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as box:
        for name, data in files.items():
            box.writestr(name, data)
    return stream.getvalue()


def story(title: str, what: str) -> str:
    return f"Title: {title}\nAuthor: Ann Ambler\n\n{TALE.format(*[what] * 9)}\n"


MAILBOX = (
    mail("FIC: The Lamp (1/2)", TALE.format(*["lamp"] * 9))
    + mail("OT: my cat", "She is well, thank you all for asking.")
    + mail("FIC: The Lamp (2/2)", TALE.format(*["wick"] * 9))
    + mail("FIC: The Door (1/1)", TALE.format(*["fire"] * 9))
).encode()
STORIES = boxed(
    {"a.txt": story("The Lamp", "lamp"), "b.txt": story("The Door", "fire"), "c.bin": bytes(range(256)) * 9}
)
PAGE = f"<html><body><h1>The Tide</h1><p>{TALE.format(*['tide'] * 9)}</p></body></html>"
CRAWL = b"".join(
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d.html\r\nWARC-Date: 2009-01-01T00:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000%d>\r\nContent-Type: application/http;msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, len(said), said)
    for number, said in enumerate(
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.replace("Tide", one).encode()
            for one in ("Ebb", "Flow")
        ),
        1,
    )
)
DUMP = (
    "-- MySQL dump 10.13\nCREATE TABLE `fanfiction_stories` (`sid` int, `title` varchar(200), `summary` text, `uid` int,"
    " `validated` char(1));\nINSERT INTO `fanfiction_stories` VALUES (1,'The Lamp','Out.',1,'1'),(2,'The Door','In.',1,'1');\n"
    "CREATE TABLE `fanfiction_authors` (`uid` int, `penname` varchar(200), `email` varchar(200), `password` varchar(40));\n"
    "INSERT INTO `fanfiction_authors` VALUES (1,'Ann','ann@secret.example','5f4dcc3b5aa765d61d8327deb882cf99');\n"
    "CREATE TABLE `fanfiction_chapters` (`chapid` int, `title` varchar(200), `inorder` int, `storytext` text, `sid` int,"
    " `uid` int, `validated` char(1));\nINSERT INTO `fanfiction_chapters` VALUES "
    + ",".join(
        f"({n},'One',1,'{TALE.format(*[what] * 9)}',{n},1,'1')".replace("isn't", "isn\\'t")
        for n, what in ((1, "lamp"), (2, "fire"))
    )
    + ";\n"
).encode()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, as it is typed."""
    command = [sys.executable, "-c", "from ficshelf.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def lines(path: Path) -> list[dict[str, Any]]:
    done = run("read", "--json", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("name", "data", "titles"),
    [
        ("lamps.mbox", MAILBOX, ["The Door", "The Lamp"]),
        ("stories.zip", STORIES, ["The Door", "The Lamp"]),
        ("site.warc", CRAWL, ["The Ebb", "The Flow"]),
        ("site.sql", DUMP, ["The Door", "The Lamp"]),
        ("in.zip", boxed({"old/lamps.mbox": MAILBOX}), ["The Door", "The Lamp"]),
    ],
)
def test_what_a_file_holds_is_listed_and_given_a_line_each(
    tmp_path: Path, name: str, data: bytes, titles: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told = lines(path)
    assert all(set(one) == {"version", "sources", "works", "remarks", "questions"} for one in told)
    assert sorted(work["facts"]["title"][0]["value"] for one in told for work in one["works"]) == titles
    listed = run("read", str(path))
    assert listed.returncode == 0
    assert all(f"\n  {title}" in listed.stdout for title in titles)
    assert "\n2 works\n" in listed.stdout
    assert "secret" not in listed.stdout + json.dumps(told)


def test_talk_is_counted_and_what_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "lamps.mbox").write_bytes(MAILBOX)
    (tmp_path / "stories.zip").write_bytes(STORIES)
    listed = run("read", str(tmp_path / "lamps.mbox"), str(tmp_path / "stories.zip")).stdout
    assert "1 post that is talk" in listed
    assert "The Lamp by Ann Ambler: 2 chapters" in listed
    assert "c.bin" in listed


def test_a_file_that_holds_one_story_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(story("The Lamp", "lamp"))
    (told,) = lines(path)
    assert [source["path"] for source in told["sources"]] == [str(path)]
    both = run("read", "--json", str(path), str(path))
    assert len(both.stdout.splitlines()) == 1


def test_a_list_without_end_is_cut_and_counted() -> None:
    reading = read([(story("The Lamp", "lamp").encode(), "a.txt")])
    listed = list(show.to_list([reading] * 1_000 + [Reading((), (), (), ())]))
    assert len(listed) == show.LISTED + 2
    assert listed[-2:] == ["  … and 800 more; with --json all of them are told", "1,000 works"]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"x" * 99, boxed({"a.txt": b"\0" * (64 << 20)})])
def test_a_zip_that_cannot_be_taken_apart_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    done = run("read", str(path))
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()


def test_the_stories_of_a_folder_are_listed(tmp_path: Path) -> None:
    (tmp_path / "lamp").mkdir()
    (tmp_path / "lamp" / "keeper.txt").write_text(
        "Title: The Keeper\nAuthor: Ann Ambler\n\n" + TALE.format(*["keeper"] * 9)
    )
    assert "The Keeper by Ann Ambler: 1 chapter" in run("read", str(tmp_path)).stdout
    (tmp_path / "empty").mkdir()
    assert "0 works" in run("read", str(tmp_path / "empty")).stdout
