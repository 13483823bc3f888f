"""What only the owner sees, and who the owner is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from shelves import add_work, block, paragraphs

from ficshelf.library import models, shelving
from ficshelf.search import index
from ficshelf.web.owner import is_owner

CANARY = "Zyzzyva"


def asks(monkeypatch: pytest.MonkeyPatch, served: str = "here", remote: str = "127.0.0.1", **meta: str) -> bool:
    monkeypatch.setenv("FICSHELF_OWNER", served)
    return is_owner(RequestFactory().get("/", REMOTE_ADDR=remote, **{"HTTP_HOST": "localhost:8000", **meta}))


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "127.9.9.9", "[::1]:80", "LOCALHOST."])
def test_the_owner_sits_at_the_machine(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    assert asks(monkeypatch, HTTP_HOST=host)


@pytest.mark.parametrize(
    "meta",
    [
        {"served": "elsewhere"},
        {"served": ""},
        {"remote": "192.0.2.7"},
        {"remote": ""},
        {"HTTP_HOST": "192.168.0.9:8000"},
        {"HTTP_HOST": "library.example"},
        {"HTTP_HOST": "localhost.example"},
        {"HTTP_HOST": "127.0.0.1.example:8000"},
        {"HTTP_HOST": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_nobody_else_is_the_owner(monkeypatch: pytest.MonkeyPatch, meta: dict[str, str]) -> None:
    assert not asks(monkeypatch, **meta)


def plant(visibility: str) -> models.Work:
    """A work with the canary in every field, and one beside it that everybody may see."""
    add_work("The Open Door", authors=("Ada Fenn",))
    work = add_work(
        f"{CANARY} title",
        authors=(f"{CANARY} author",),
        chapters=((1, f"{CANARY} one", (*paragraphs(f"A {CANARY} came in."), block("note", f"{CANARY} note"))),),
        tags={kind: (f"{CANARY} {kind}",) for kind in ("fandom", "character", "genre", "tag", "warning")},
        series=((f"{CANARY} series", 1),),
        facts=(("note", f"{CANARY} note", "stated", ""), ("genre", f"{CANARY} guess", "inferred", CANARY)),
        files=((f"{CANARY}.txt", f"{CANARY} bytes".encode()),),
        remarks=(("damaged", CANARY, 0, 9),),
        questions=(("title", CANARY, [[CANARY, CANARY]]),),
        summary=f"{CANARY} summary",
        rating_stated=CANARY,
        suggested_title=CANARY,
        visibility=visibility,
    )
    models.Question.objects.create(
        work=models.Work.objects.get(title="The Open Door"),
        other=work,
        source=models.Source.objects.first(),
        about="same-work",
        text=f"Is this the same story as “{CANARY}”?",
        answers=[["same", CANARY], ["different", ""]],
    )
    return work


def crawl(client: Client, work: models.Work) -> dict[str, bytes]:
    """Everything that is to be had: each page, what it links to, and what nobody links to."""
    sha256 = work.sources.get().sha256
    waiting = [
        "/", "/search", f"/search?q={CANARY}", "/search?q=is:hidden", "/search?q=is:members", "/search?q=-nothing",
        f"/search?q=author:{CANARY}",
        f"/?author={CANARY}+author", f"/?series={CANARY}+series", f"/?fandom={CANARY}+fandom",
        "/?sort=added", f"/works/{work.pk}", f"/works/{work.pk}/chapters/1", f"/works/{work.pk}/chapters/1/original",
        f"/works/{work.pk}/download.epub", f"/originals/{sha256}", "/questions/", f"/questions/?work={work.pk}",
        f"/people/{CANARY}%20author/", "/robots.txt", "/nothing",
    ]  # fmt: skip
    found: dict[str, bytes] = {}
    while waiting:
        url = waiting.pop()
        if url in found or (url.startswith("/static/") or len(found) > 300):
            continue
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[url] = body if response.status_code in (200, 403) else b""
        if "html" in response.headers.get("Content-Type", ""):
            waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', body.decode())]
        for name, value in response.headers.items():
            assert CANARY not in value or CANARY in url, (url, name)
    return found


@pytest.mark.parametrize("visibility", ["members", "hidden"])
def test_what_is_not_for_everybody_is_nowhere(client: Client, library: Path, visibility: str) -> None:
    work = plant(visibility)
    index.catch_up(library)
    for url, body in crawl(client, work).items():
        told = body.replace(url.encode(), b"").decode(errors="replace")
        for asked in (f"{CANARY}", f"author:{CANARY}", f"{CANARY} author", f"{CANARY} series", f"{CANARY} fandom"):
            if CANARY in url:  # what was asked for may be said again
                told = told.replace(asked, "")
        assert CANARY not in told, url
        assert "2 works" not in told, url
    assert client.get(f"/works/{work.pk}").status_code == 404
    assert b"1 work" in client.get("/").content


@pytest.mark.parametrize(("visibility", "mark"), [("members", "For members only"), ("hidden", "Hidden")])
def test_the_owner_sees_it_marked(owner: Client, library: Path, visibility: str, mark: str) -> None:
    work = plant(visibility)
    index.catch_up(library)
    for url in ("/", f"/works/{work.pk}", f"/search?q={CANARY}", f"/search?q=is:{visibility}"):
        page = owner.get(url).content.decode()
        assert f'<li class="kept-back">{mark}</li>' in page, url
        assert "title" in page
    for url in (f"/works/{work.pk}/chapters/1", f"/works/{work.pk}/download.epub"):
        assert owner.get(url).status_code == 200


def test_pages_of_the_owner_and_of_others_are_never_mixed_up(owner: Client, client: Client, library: Path) -> None:
    work = plant("hidden")
    index.catch_up(library)
    for browser, status in ((owner, 200), (client, 404), (owner, 200), (client, 404)):
        response = browser.get(f"/works/{work.pk}")
        assert response.status_code == status
        etag = response.headers.get("ETag", "")
        assert client.get(f"/works/{work.pk}", headers={"If-None-Match": etag or "*"}).status_code == 404
        assert (CANARY in browser.get("/").content.decode()) == (status == 200)
    assert "private" in owner.get("/").headers["Cache-Control"]


def test_a_container_is_the_owners_alone(owner: Client, client: Client) -> None:
    work = add_work()
    box = models.Source.objects.create(sha256="c" * 64, size=9, outcome="opened")
    inside = work.sources.get()
    inside.places.update(container=box)
    assert client.get(f"/originals/{box.sha256}").status_code == 404
    assert client.get(f"/originals/{inside.sha256}").status_code == 200


# Mail addresses

MAIL = "ada.fenn@marsh.example"


def mailed() -> models.Work:
    text = f"From: Ada Fenn <{MAIL}>\n\nThe lamp was lit.\n\nWrite to {MAIL}!\n"
    start = text.index("The lamp")
    lamp = block("paragraph", "The lamp was lit.", spans=((start, start + 17),))
    work = add_work(
        authors=(f"Ada Fenn <{MAIL}>",),
        chapters=((1, f"By {MAIL}", (lamp, block("note", f"Write to {MAIL}!"))),),
        facts=tuple(
            (name, f"Write to {MAIL}", "stated", "") for name in ("feedback", "note", "archive", "disclaimer", "series")
        ),
        files=(("lamp.txt", text.encode()),),
        remarks=(("damaged", f"From {MAIL}", 0, 9),),
        questions=(("author", f"Is it {MAIL}?", [[f"Ada <{MAIL}>", f"signed {MAIL}"]]),),
        summary=f"Write to {MAIL}",
        tags={"tag": (f"by {MAIL}",)},
    )
    shelving.refresh(work)  # as `add` stores it
    for table in (models.Person, models.Tag):
        table.objects.filter(works=None).delete()
    return work


def test_mail_addresses_are_shown_nowhere(client: Client, library: Path) -> None:
    import io
    import zipfile

    work = mailed()
    index.catch_up(library)
    found = crawl(client, work)
    book = zipfile.ZipFile(io.BytesIO(found[f"/works/{work.pk}/download.epub"]))
    found |= {name: book.read(name) for name in book.namelist()}
    found |= {"search": client.get("/search?q=lamp").content, "found": client.get("/search?q=write").content}
    assert [url for url, body in found.items() if "marsh.example" in body.decode(errors="replace")] == []
    assert "mail addresses" in found[f"/originals/{work.sources.get().sha256}"].decode()


def test_the_owner_has_the_file_as_it_was_found(owner: Client) -> None:
    work = mailed()
    body = b"".join(owner.get(f"/originals/{work.sources.get().sha256}").streaming_content)
    assert MAIL.encode() in body
