"""Pages saved as one file: MHTML of Internet Explorer and Chrome, and MAFF."""

from __future__ import annotations

import base64
import quopri
import zipfile
from pathlib import Path

import pytest

from ficshelf.sources import Place, Scratch, walk

URL = "http://lantern.example/viewstory.php?sid=12&chapter=3"
PAGE = "<html><body><p>The ferry came late, and the café was shut.</p></body></html>"


def part(data: bytes, kind: str = "text/html", where: str = URL, coded: str = "quoted-printable") -> bytes:
    body = base64.encodebytes(data) if coded == "base64" else quopri.encodestring(data)
    return (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coded}\r\nContent-Location: {where}\r\n\r\n".encode()
        + body
    )


def saved(
    *parts: bytes, head: str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: " + URL, end: bool = True
) -> bytes:
    kind = 'Content-Type: multipart/related; type="text/html";\r\n\tboundary="----x"'
    top = f"{head}\r\nMIME-Version: 1.0\r\n{kind}\r\n\r\n"
    body = b"".join(b"\r\n------x\r\n" + one for one in parts)
    return top.encode() + body + (b"\r\n------x--\r\n" if end else b"")


def taken(folder: Path, data: bytes, name: str = "page.mht") -> dict[str, bytes]:
    return {
        place.path.partition(f"{name}/")[2]: place.content(1 << 20) or b"" for place in places(folder, data, name)[1:]
    }


def places(folder: Path, data: bytes, name: str = "page.mht") -> list[Place]:
    (folder / "in").mkdir()
    (folder / "scratch").mkdir()
    (folder / "in" / name).write_bytes(data)
    return list(walk([folder / "in"], scratch=Scratch(folder / "scratch")))


@pytest.mark.parametrize("coded", ["quoted-printable", "base64"])
def test_the_page_and_its_frames_are_called_by_their_addresses(tmp_path: Path, coded: str) -> None:
    picture = part(b"GIF89a", "image/gif", "http://lantern.example/logo.gif", "base64")
    frame = part(b"<html><body><p>A frame.</p></body></html>", where="http://lantern.example/menu.html")
    style = part(b"p {}", "text/css", "cid:css-1@mhtml.blink")
    whole = saved(part(PAGE.encode(), coded=coded), picture, frame, style)
    assert taken(tmp_path, whole) == {
        URL: PAGE.encode(), "http://lantern.example/menu.html": b"<html><body><p>A frame.</p></body></html>",
    }  # fmt: skip


def test_explorer_put_the_page_in_a_part_of_its_own(tmp_path: Path) -> None:
    head = 'From: "Saved by Windows Internet Explorer 7"\r\nSubject: The Ford'
    assert list(
        taken(tmp_path, saved(part(PAGE.encode("cp1252"), 'text/html; charset="windows-1252"'), head=head))
    ) == [URL]


def test_what_encoding_only_the_part_said_is_not_lost(tmp_path: Path) -> None:
    russian = "<html><body><p>Паром опоздал.</p></body></html>"
    whole = saved(part(russian.encode("koi8-r"), "text/html; charset=koi8-r"))
    assert taken(tmp_path, whole)[URL].decode() == russian


def test_frames_without_an_address_are_numbered(tmp_path: Path) -> None:
    whole = saved(part(PAGE.encode()), part(b"<html><body><p>A frame.</p>", where="cid:frame-2@mhtml.blink"))
    assert list(taken(tmp_path, whole)) == [URL, "2.html"]


def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = saved(part(PAGE.encode()), part(b"x" * 5000, "image/gif", coded="base64"))
    assert taken(tmp_path, whole[:-3000])[URL] == PAGE.encode()


def test_five_thousand_parts_and_parts_within_parts_end(tmp_path: Path) -> None:
    many = saved(*(part(b"<p>Frame.", where=f"http://lantern.example/{n}") for n in range(5000)))
    assert len(taken(tmp_path, many)) == 200


def test_parts_within_parts_without_end_give_none(tmp_path: Path) -> None:
    deep = PAGE.encode()
    for n in range(3000):
        deep = f'Content-Type: multipart/related; boundary="b{n}"\r\n\r\n--b{n}\r\n'.encode() + deep
    (found,) = places(tmp_path, b"Content-Location: " + URL.encode() + b"\r\n" + deep)
    assert found.unread == "no page is in this file"


def test_a_mail_with_a_picture_is_no_saved_page(tmp_path: Path) -> None:
    mail = saved(part(PAGE.encode()), head="From: wren@example.org\r\nSubject: FIC: The Ford").replace(
        b"Content-Location", b"X-Where"
    )
    found = places(tmp_path, mail, "ford.eml")
    assert [place.kind for place in found if place.kind == "mhtml"] == []


# -- MAFF


def maff(path: Path, *pages: tuple[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number, (url, text) in enumerate(pages):
            rdf = (
                '<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#">'
                f'<RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="{url}"/>'
                '<MAF:title RDF:resource="The Ford"/><MAF:indexfilename RDF:resource="index.html"/>'
                "</RDF:Description></RDF:RDF>"
            )
            archive.writestr(f"{number}_1/index.html", text)
            archive.writestr(f"{number}_1/index.rdf", rdf)
            archive.writestr(f"{number}_1/index_files/logo.gif", "GIF89a")


def test_a_maff_says_what_addresses_its_pages_had(tmp_path: Path) -> None:
    made = tmp_path / "made.maff"
    maff(made, (URL.replace("&", "&amp;"), PAGE), ("http://lantern.example/two.html", PAGE + "2"))
    found = taken(tmp_path, made.read_bytes(), "page.maff")
    assert found == {URL: PAGE.encode(), "http://lantern.example/two.html": f"{PAGE}2".encode()}


def test_a_maff_that_is_damaged_says_so(tmp_path: Path) -> None:
    made = tmp_path / "made.maff"
    maff(made, (URL, PAGE))
    (found,) = places(tmp_path, made.read_bytes()[:200], "page.maff")
    assert "list of entries is damaged" in found.unread
