"""Archives that are cut, lie, swell or go in circles, all added at once: each has its outcome, and all else comes through."""

# ruff: noqa: E501 - archives as their programs write them
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tales import harbour, tale

from ficshelf.library import intake, models, unpacked
from ficshelf.library.check import check
from ficshelf.sources import walk

HEAD = "From ann@example.net Mon Mar  6 21:14:00 2000\nFrom: Ann Ambler <ann@example.net>\nTo: lamps@lists.example\nDate: Mon, 6 Mar 2000 21:14:00 +0100\nMessage-ID: <{}@example.net>\n"
NEST = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5_000))


def told(what: str) -> str:
    return "\n\n".join(
        f'The {what} went out for the {turn}th time that night.\n\n"It isn\'t the oil," said Marta to the {turn}th man.'
        for turn in range(12)
    )


def mail(name: str, subject: str, body: str) -> str:
    return f"{HEAD.format(name)}Subject: {subject}\n{body}\n\n"


MAILBOX = (
    mail("a", "FIC: The Nest (1/1)", f"{NEST}Content-Type: text/plain\n\n{told('nest')}")
    + mail("b", "FIC: Nothing At All (1/1)", NEST)
    + mail("c", "FIC: The Long Word (1/1) " + "\n ".join(["=?utf-8?Q?la=C3=A9mp?="] * 11_000), f"\n{told('word')}")
    + mail("d", "FIC: The Lamp (1/1)", f"\n{told('lamp')}")
)


def record(number: int, length: int, said: bytes) -> bytes:
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/%d.html\r\nWARC-Date: 2009-01-01T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000%d>\r\nContent-Type: application/http;msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, length, said)
    )


def page(title: str, links: str = "") -> bytes:
    said = "".join(f"<p>{one}</p>" for one in told(title.lower()).split("\n\n"))
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{said}{links}</body></html>".encode()


def crawl() -> bytes:
    answers = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(title) for title in ("Ebb", "Liar", "Flow")]
    return (
        record(1, len(answers[0]), answers[0])
        + record(2, 99_999_999, answers[1])
        + record(3, len(answers[2]), answers[2])
    )


def ring(name: str, after: str) -> bytes:
    return page(f"Ring, Chapter {name}", f'<a href="{after}.html">Next chapter</a> <a href="{name}.html">Chapter 1</a>')


def test_each_has_its_outcome_and_the_rest_comes_through(library: Path, stories: Callable[..., Path]) -> None:
    whole = harbour()
    dump = whole if isinstance(whole, str) else whole.decode()
    folder = stories(
        {
            "good.txt": tale("A Good Tale"),
            "lamps.mbox": MAILBOX,
            "calibre/metadata.db": b"He said that it was no database at all.\n" * 100,
            "calibre/Ann/Boats (1)/Boats.txt": tale("Nine Boats"),
            "cut/archive.sql": dump[: len(dump) * 2 // 3],
            "shop.sql": "CREATE TABLE `wp_posts` (`ID` int, `post_title` text);\nINSERT INTO `wp_posts` VALUES (1,'<script>alert(1)</script>');\n",
            "crawl/site.warc": crawl(),
            "ring/1.html": ring("1", "2"),
            "ring/2.html": ring("2", "3"),
            "ring/3.html": ring("3", "1"),
        }
    )
    with unpacked.scratch(library) as scratch:
        report = intake.add(library, list(walk([folder], scratch=scratch)))
    assert [one.text for one in check(library)] == []
    assert not report.problems
    titles = {one.title or one.suggested_title for one in models.Work.objects.all()}
    assert {"A Good Tale", "The Nest", "The Lamp", "Nine Boats", "Ebb", "Flow"} <= titles
    assert "Nothing At All" not in titles
    assert models.Shelfmark.objects.exists()  # of the dump what is whole
    kept = {path.rpartition("/")[2]: reason for path, reason in report.kept}
    assert kept["metadata.db"].startswith("No database of calibre can be read in it")
    kinds = set(models.Remark.objects.values_list("kind", flat=True))
    assert {"too-deep", "entry-skipped", "not-a-story"} <= kinds
    outcomes = dict(models.Place.objects.values_list("path", "source__outcome"))
    assert all(outcomes.values())
    assert len(models.Work.objects.filter(title__startswith="Ring")) <= 3
