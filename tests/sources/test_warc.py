"""Crawls: each page is found under its address, whatever the wire, the server and the crawler made of it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from crawls import answer, capture, packed

from ficshelf import record
from ficshelf.sources import Place, Scratch, walk

ROOT = "http://lantern.example/"


def told(number: int) -> bytes:
    text = f"Chapter {number}. The ferry came late, and nobody on the quay had slept."
    return f"<html><body><p>{text}</p></body></html>".encode()


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[bytes], dict[str, bytes]]:
    """The pages of a WARC by what they are called in it."""

    def run(data: bytes, name: str = "crawl.warc.gz") -> dict[str, bytes]:
        found = places(tmp_path, data, name)
        return {
            place.path.partition(f"{name}/")[2]: content
            for place in found
            if not place.container and (content := place.content(1 << 20)) and not content.startswith(record.MARK)
        }

    return run


def places(folder: Path, data: bytes, name: str = "crawl.warc.gz") -> list[Place]:
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / name).write_bytes(data)
    return list(walk([folder / "in"], scratch=Scratch(scratch)))


def balance(found: list[Place]) -> tuple[record.Record, dict[str, int]]:
    """What the crawl says of itself, and what it left out."""
    (data,) = [content for place in found if (content := place.content(1 << 20)) and content.startswith(record.MARK)]
    told = record.unpack(data)
    said = [field.value.partition(": ") for field in told.fields if field.name == "left out"]
    return told, {why: int(count) for count, _, why in said}


TWO = (
    capture(f"{ROOT}viewstory.php?sid=1&chapter=1", answer(told(1))),
    capture(f"{ROOT}viewstory.php?sid=1&chapter=2", answer(told(2))),
)
NAMES = [f"{ROOT}viewstory.php?sid=1&chapter=1", f"{ROOT}viewstory.php?sid=1&chapter=2"]


@pytest.mark.parametrize(
    "data",
    [b"".join(TWO), packed(*TWO), gzip.compress(b"".join(TWO)), b"\r\n\r\n".join(TWO)],
    ids=["plain", "each packed", "packed as a whole", "blank lines between"],
)
def test_each_page_is_called_by_its_address(opened: Callable[[bytes], dict[str, bytes]], data: bytes) -> None:
    assert opened(data) == dict(zip(NAMES, map(told, (1, 2)), strict=True))


def test_zstd_is_unpacked(tmp_path: Path) -> None:
    import io

    from fastwarc.stream_io import ZstdWriter

    stream = io.BytesIO()
    writer = ZstdWriter(stream)
    writer.write(b"".join(TWO))
    writer.close()
    found = places(tmp_path, stream.getvalue(), "crawl.warc.zst")
    assert len(found) == 4


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def in_chunks(data: bytes, size: int = 7) -> bytes:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (gzip.compress(told(1)), {"Content_Encoding": "gzip"}),
        (zlib.compress(told(1)), {"Content_Encoding": "deflate"}),
        (raw_deflate(told(1)), {"Content_Encoding": "deflate"}),
        (brotli.compress(told(1)), {"Content_Encoding": "br"}),
        (in_chunks(told(1)), {"Transfer_Encoding": "chunked"}),
        (in_chunks(gzip.compress(told(1))), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (told(1), {"Content_Encoding": "gzip"}),
        (told(1), {"Content_Encoding": "br"}),
        (told(1), {"Transfer_Encoding": "chunked"}),
        (told(1), {"Content_Length": "3"}),
        (told(1), {"Content_Length": "999999999999"}),
        (told(1), {"Content_Length": "-1"}),
    ],
    ids=["gzip", "zlib", "deflate", "brotli", "chunks", "packed in chunks", "said packed and is not",
         "said brotli and is not", "said chunked and is not", "said short", "said long", "said less than nothing"],
)  # fmt: skip
def test_what_the_wire_did_is_undone(
    opened: Callable[[bytes], dict[str, bytes]], body: bytes, head: dict[str, str]
) -> None:
    assert opened(packed(capture(NAMES[0], answer(body, **head)), TWO[1])) == {NAMES[0]: told(1), NAMES[1]: told(2)}


def test_the_newest_good_capture_stands_and_another_text_is_kept_under_its_day(
    opened: Callable[[bytes], dict[str, bytes]],
) -> None:
    url = NAMES[0]
    data = packed(
        capture(url, answer(told(1)), "2005-01-03T08:00:00Z"),
        capture(url, answer(told(3)), "2009-06-01T08:00:00Z"),
        capture(url, answer(told(3)), "2009-07-01T08:00:00Z"),
        capture(url, answer(told(4)), "2009-07-01T20:00:00Z"),
        capture(url, answer(b"<p>Not Found", "404 Not Found"), "2012-01-01T00:00:00Z"),
        capture(url, answer(b"", "302 Found", Location="/login.php"), "2013-01-01T00:00:00Z"),
        capture(url, answer(b"<h1>You must log in</h1><p>Please enter your password."), "2014-01-01T00:00:00Z"),
    )
    assert opened(data) == {url: told(4), f"2009-07-01T080000Z/{url}": told(3), f"2005-01-03/{url}": told(1)}


def test_a_short_story_beside_a_link_to_log_in_refuses_nothing(
    opened: Callable[[bytes], dict[str, bytes]],
) -> None:
    drabble = b"<ul> <li><a>Log in</a></li> </ul><p>Hob counted to twelve.</p><p>The ferry was late."
    data = packed(
        capture(NAMES[0], answer(drabble)), capture(NAMES[0], answer(drabble + b" Again."), "2003-01-01T08:00:00Z")
    )
    assert opened(data) == {NAMES[0]: drabble, f"2003-01-01/{NAMES[0]}": drabble + b" Again."}


def test_an_address_that_only_ever_refused_keeps_what_it_said(opened: Callable[[bytes], dict[str, bytes]]) -> None:
    login = b"<h1>You must log in</h1>"
    assert opened(packed(capture(NAMES[0], answer(login)))) == {NAMES[0]: login}


def test_a_revisit_is_what_it_was(opened: Callable[[bytes], dict[str, bytes]]) -> None:
    head = answer(b"", "200 OK")
    digest = {"WARC_Payload_Digest": "sha1:the-same"}
    again = {"WARC_Refers_To_Target_URI": NAMES[0], "WARC_Refers_To_Date": "2008-03-01T10:00:00Z"}
    data = packed(
        capture(NAMES[0], answer(told(1)), **digest),
        capture(NAMES[0], head, "2009-01-01T00:00:00Z", "revisit", **digest),
        capture(f"{NAMES[0]}&textsize=0", head, "2009-01-01T00:00:00Z", "revisit", **digest),
        capture(f"{NAMES[0]}&textsize=1", head, "2009-01-01T00:00:00Z", "revisit", WARC_Payload_Digest="", **again),
    )
    assert opened(data) == {NAMES[0]: told(1), f"{NAMES[0]}&textsize=0": told(1), f"{NAMES[0]}&textsize=1": told(1)}


def test_everything_is_counted(tmp_path: Path) -> None:
    found = places(
        tmp_path,
        packed(
            *TWO,
            TWO[0],
            capture(f"{ROOT}logo.gif", answer(b"GIF89a", Content_Type="image/gif")),
            capture(f"{ROOT}gone.html", answer(b"no", "404 Not Found")),
            capture(f"{ROOT}moved.html", answer(b"", "301 Moved", Location="/index.html")),
            capture("dns:lantern.example", b"20080301 lantern.example 1 IN A 10.0.0.1", kind="resource"),
            capture(f"{ROOT}old.html", answer(b""), kind="revisit", WARC_Payload_Digest="sha1:elsewhere"),
        ),
    )
    told, left_out = balance(found)
    assert left_out == {
        "captures that hold the same as another": 1,
        "pictures, styles and scripts": 1,
        "pages that the server did not have": 1,
        "redirects": 1,
        "records of the crawler's own": 1,
        "revisits of pages that are in another crawl": 1,
    }
    assert told.rows == {"captures": 2}
    assert told.fields[0].value == "8"
    assert sum(told.rows.values()) + sum(left_out.values()) == 8


# -- what is damaged, or lies


def test_a_crawl_that_is_cut_off_gives_what_came_before(opened: Callable[[bytes], dict[str, bytes]]) -> None:
    whole = packed(*TWO)
    found = opened(whole[:-30])
    assert found[NAMES[0]] == told(1)
    assert told(2).startswith(found.get(NAMES[1], b""))


def test_a_cut_capture_loses_against_a_whole_one(opened: Callable[[bytes], dict[str, bytes]]) -> None:
    newer = capture(NAMES[0], answer(told(1)), "2012-01-01T00:00:00Z")
    assert opened(TWO[0] + newer[:-40])[NAMES[0]] == told(1)


@pytest.mark.parametrize("length", [-5, 0, 90, 99_999, 99_999_999, 10**30])
@pytest.mark.parametrize("pack", [packed, lambda *records: b"".join(records)], ids=["packed", "plain"])
def test_a_record_that_lies_about_its_length_costs_itself_alone(
    opened: Callable[[bytes], dict[str, bytes]], pack: Callable[..., bytes], length: int
) -> None:
    lying = capture(f"{ROOT}lie.html", answer(told(9)), length=length)
    found = opened(pack(TWO[0], lying, TWO[1]))
    assert {name: found[name] for name in NAMES} == dict(zip(NAMES, map(told, (1, 2)), strict=True))
    if length in (99_999, 99_999_999):
        assert found[f"{ROOT}lie.html"] == told(9)


@pytest.mark.parametrize(
    "rubbish", [b"\0" * 40, b"garbage" * 30, b"\x1f\x8b\x08" * 30, b"WARC/1.0\r\n", b"\x1f\x8b"],
    ids=["noughts", "letters", "signs of gzip", "a mark", "half a sign"],
)  # fmt: skip
def test_rubbish_between_records_is_passed_over(opened: Callable[[bytes], dict[str, bytes]], rubbish: bytes) -> None:
    assert opened(packed(TWO[0]) + rubbish + packed(TWO[1])) == dict(zip(NAMES, map(told, (1, 2)), strict=True))


def test_a_bomb_within_a_crawl_is_left_out(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * (65 << 20), 1)
    found = places(tmp_path, packed(TWO[0], capture(f"{ROOT}bomb.html", answer(bomb, Content_Encoding="gzip")), TWO[1]))
    _, left_out = balance(found)
    assert left_out == {"larger than the 64 MiB that are read of one page": 1}
    assert [place.path.partition("crawl.warc.gz/")[2] for place in found[2:]] == NAMES


def test_a_crawl_that_is_a_bomb_is_read_no_further(tmp_path: Path) -> None:
    found = places(tmp_path, packed(TWO[0], capture(f"{ROOT}bomb.html", answer(b"a" * (30 << 20))), TWO[1]))
    _, left_out = balance(found)
    assert list(left_out) == ["the rest: it unpacks to more than 200 times its size, as only a bomb does"]


def test_chunks_without_end_are_read_as_far_as_the_limit(opened: Callable[[bytes], dict[str, bytes]]) -> None:
    endless = b"1\r\na\r\n" * 1_200_000
    found = opened(packed(capture(NAMES[0], answer(endless, Transfer_Encoding="chunked"))))
    assert found == {NAMES[0]: b"a" * 1_000_001} or len(next(iter(found.values()))) <= 1_000_001


def test_a_crawl_without_a_page_says_so(tmp_path: Path) -> None:
    (found,) = places(tmp_path, packed(capture(f"{ROOT}x.html", answer(b"", "404 Not Found"))))
    assert not found.container
    assert found.unread == "no page that can be read is in this crawl"
