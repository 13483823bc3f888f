"""Whatever a story, its facts or its file names hold, it is text on the page and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payloads import LINKS, PAYLOADS
from selectolax.lexbor import LexborHTMLParser
from shelves import add_work, block, paragraphs

from ficshelf.library import models
from ficshelf.model import BLOCK_KINDS, MARKS, Block, Run
from ficshelf.web import middleware
from ficshelf.web.attachments import LONGEST, disposition, safe_name
from ficshelf.writers import markup

PAGE_TAGS = markup.TAGS | frozenset(
    ("html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer", "article", "form",
     "label", "input", "button", "select", "option", "details", "summary", "dl", "dt", "dd", "time", "progress", "bdi",
     "mark", "output", "fieldset", "legend", "template", "dialog", "kbd")
)  # fmt: skip
OWN_SCRIPT = re.compile(r"/static/(look|comfort)\.[0-9a-f]{12}\.js")


def hostile(text: str) -> models.Work:
    """A work that has a text in every field there is."""
    text = storable(text)
    blocks = [block(kind, text) for kind in BLOCK_KINDS]
    blocks += [block("paragraph", text, mark) for mark in MARKS]
    blocks += [Block("paragraph", (Run(text, (), text),), ()), Block("image", (Run(text),), (), detail=text)]
    kinds = ("fandom", "relationship", "character", "warning", "genre", "category", "tag")
    names = ("url", "status", "language", "disclaimer", "dedication", "note", "beta", "feedback", "archive", "spoilers")
    facts = [(name, text, "stated", "") for name in names]
    facts += [("fandom", f"{text} 2", "inferred", text), ("complete", "true", "inferred", text)]
    return add_work(
        text,
        authors=(text,),
        chapters=((1, text, tuple(blocks)),),
        tags=dict.fromkeys(kinds, (text,)),
        series=((text, 1),),
        facts=tuple(facts),
        files=((f"{text}.html", text.encode()),),
        remarks=(("lines-joined", text, 0, 3), ("damaged", text, 0, 0)),
        questions=(("title", text, [[text, text]]),),
        summary=text,
        rating_stated=text,
        language=text[:40],
    )


def storable(text: str) -> str:
    """What of a text a database takes: no NUL, no half characters."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def pages_of(work: models.Work) -> list[str]:
    url = f"/works/{work.pk}"
    return ["/", url, f"{url}/chapters/1", f"{url}/chapters/1/original"]


def assert_harmless(response: HttpResponse) -> None:
    """Only our own tags and scripts, no handlers, no styles, no addresses that act."""
    tree = LexborHTMLParser(response.content)
    for node in tree.css("*"):
        assert node.tag in PAGE_TAGS, node.tag
        for name, value in node.attributes.items():
            assert not name.startswith("on"), name
            assert name not in ("style", "srcdoc", "formaction", "http-equiv", "xlink:href", "canary"), name
            if name == "src":
                assert OWN_SCRIPT.fullmatch(value)
            if name in ("href", "action"):
                assert re.match(r"https?://|/(?!/)|#", value), value
                if value.startswith("http"):
                    assert "noreferrer" in node.attributes["rel"]
        if node.tag == "script":
            assert not node.text()
    assert response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_no_text_becomes_markup(client: Client, number: int) -> None:
    text = PAYLOADS[number]
    work = hostile(text)
    for url in pages_of(work):
        response = client.get(url)
        assert response.status_code == 200
        assert_harmless(response)
    asked = quote(text, errors="surrogatepass")
    for query in (f"author={asked}", f"fandom={asked}&sort={asked}"):
        assert_harmless(client.get(f"/?{query}"))
    response = client.get(f"/search?q={asked}")
    assert response.status_code in (200, 400)
    assert_harmless(response)


@pytest.mark.parametrize("link", LINKS)
def test_no_link_acts(client: Client, link: str) -> None:
    blocks = (Block("paragraph", (Run("here", (), link),), ()),)
    work = add_work(chapters=((1, "", blocks),), facts=(("url", link, "stated", ""),))
    for url in pages_of(work):
        assert_harmless(client.get(url))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_text_at_all_gives_pages(client: Client, text: str) -> None:
    work = hostile(text)
    for url in pages_of(work):
        response = client.get(url)
        assert response.status_code == 200
        assert_harmless(response)
    work.delete()


# Headers


def every_kind_of_answer(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    work = add_work()
    url = f"/works/{work.pk}"
    digest = models.Source.objects.get().sha256
    static = re.search(r'href="(/static/[^"]+)"', client.get("/").content.decode())[1]
    routes = [*pages_of(work), "/search", "/search?q=lamp", "/robots.txt", "/favicon.ico", static]
    routes += [f"{url}/download.epub", f"/originals/{digest}"]
    for route in routes:
        yield route, client.get(route)
        yield f"HEAD {route}", client.head(route)
        yield f"POST {route}", client.post(route)
        yield f"OPTIONS {route}", client.options(route)
        etag = client.get(route).headers.get("ETag")
        if etag:
            again = client.get(route, headers={"If-None-Match": etag})
            assert again.status_code == 304
            yield f"304 {route}", again
    missing = [
        "/nothing",
        "/works/999",
        f"{url}/chapters/99",
        "/originals/" + "0" * 64,
        "/static/none.css",
        "/?page=99",
    ]
    for route in missing:
        response = client.get(route)
        assert response.status_code == 404
        yield f"404 {route}", response
    bad = client.get("/search", {"q": '"never closed ('})
    yield "400 search", bad
    yield "400 host", client.get("/", headers={"Host": "evil.example"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ficshelf.web.pages.work.page", lambda pk: 1 / 0)
        models.Work.objects.update(version=77)
        broken = client.get(url)
    assert broken.status_code == 500
    assert "ZeroDivision" not in broken.content.decode()
    yield "500", broken


def test_every_answer_has_the_headers_that_keep_content_harmless(client: Client) -> None:
    for route, response in every_kind_of_answer(client):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, route
        assert "unsafe" not in policy, route
        assert "sandbox" in policy or "frame-ancestors 'none'" in policy, route
        for name in middleware.HEADERS:
            assert name in response.headers, (route, name)
        assert not response.cookies, route


# Acting on a visitor's behalf


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver.evil.example", "Host": "testserver"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver", "Host": "testserver"}, 403),
        ({"Origin": "http://testserver", "Host": "testserver"}, 405),
        ({"Sec-Fetch-Site": "same-origin"}, 405),
    ],
)
def test_a_request_that_may_change_something_must_come_from_our_own_pages(
    client: Client, method: str, headers: dict[str, str], status: int
) -> None:
    assert getattr(client, method)("/", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("192.168.1.20:8000", 200),
        ("[::1]:8000", 200),
        ("books.localhost", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example:80", 400),
        ("", 400),
        ("a b", 400),
        ("[::1", 400),
        ("localhost@evil.example", 400),
    ],
)
def test_only_our_own_names_are_answered_to(client: Client, host: str, status: int) -> None:
    assert client.get("/", headers={"Host": host}).status_code == status


def test_looking_changes_nothing(client: Client) -> None:
    work = hostile("canary")

    def dump() -> list[object]:
        with connection.cursor() as cursor:
            tables = sorted(connection.introspection.table_names(cursor))
            out = []
            for table in tables:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                out.append((table, cursor.fetchall()))
            return out

    before = dump()
    digest = models.Source.objects.get().sha256
    for route in [
        *pages_of(work),
        f"/works/{work.pk}/download.epub",
        f"/originals/{digest}",
        "/nothing",
        "/?sort=words",
    ]:
        client.get(route)
        client.head(route)
        client.post(route)
    assert dump() == before


# Originals and downloads


def test_an_original_is_only_ever_a_file(client: Client) -> None:
    page = b"<script>alert('canary')</script>"
    add_work(files=(("/home/mary/evil.html", page),))
    response = client.get(f"/originals/{models.Source.objects.get().sha256}")
    assert b"".join(response.streaming_content) == page
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="evil.html"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


TRAVERSALS = (
    "..", ".", "", "/", "../library.sqlite3", "%2e%2e%2flibrary.sqlite3", "..%5c..%5csecret-key", "....//secret-key",
    "/etc/passwd", "//etc/passwd", "%00", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "/", "a" * 64 + "%00",
    "a" * 64 + "/../" + "b" * 64, "٠" * 64, "%61" * 64 + "/x", "a" * 64 + "\n", "secret-key", "a" * 100_000,
)  # fmt: skip


@pytest.mark.parametrize("name", TRAVERSALS)
def test_no_path_comes_from_a_request(client: Client, library, name: str) -> None:
    (library / "secret-key").write_text("canary")
    add_work()
    for prefix in ("/originals/", "/static/", "/works/1/chapters/"):
        response = client.get(prefix + name)
        assert response.status_code == 404, prefix
        assert b"canary" not in response.content


def test_a_source_that_the_library_does_not_know_is_not_handed_out(client: Client, library) -> None:
    add_work()
    [original] = [path for path in library.rglob("*") if path.is_file()]
    models.WorkSource.objects.all().delete()
    models.Source.objects.all().delete()
    assert client.get(f"/originals/{original.name}").status_code == 404


def test_an_epub_is_named_for_its_author_and_title(client: Client) -> None:
    work = add_work()
    response = client.get(f"/works/{work.pk}/download.epub")
    assert response["Content-Type"] == "application/epub+zip"
    assert response.content.startswith(b"PK")
    assert response["Content-Disposition"] == (
        'attachment; filename="Mary Whitlow - The Lighthouse Keeper\'s Ledger.epub"; '
        "filename*=UTF-8''Mary%20Whitlow%20-%20The%20Lighthouse%20Keeper%E2%80%99s%20Ledger.epub"
    )


ANYTHING = st.text(st.characters(), max_size=400)


@given(ANYTHING, st.sampled_from([".epub", ".html", "", ".tar.gz", ".\u202eexe", "." + "x" * 90]))
def test_any_title_gives_a_header_and_a_name_that_are_safe_everywhere(stem: str, extension: str) -> None:
    header = disposition(stem, extension)
    match = re.fullmatch(r"attachment; filename=\"([^\"\\%;/]*)\"(?:; filename\*=UTF-8''([A-Za-z0-9._~%-]*))?", header)
    assert match
    assert match[1].isascii()
    assert match[1].isprintable()
    name = unquote(match[2], errors="strict") if match[2] is not None else match[1]
    assert name == safe_name(stem, extension)
    assert 0 < len(name.encode()) <= LONGEST
    assert len(match[1]) <= LONGEST
    assert name.isprintable() or any(not sign.isascii() for sign in name)
    assert not set(name) & set('<>:"/\\|?*\x00\r\n\u202e\u2028')
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name, re.IGNORECASE)


@pytest.mark.parametrize(
    ("stem", "extension", "name"),
    [
        ("The Long Night", ".epub", "The Long Night.epub"),
        ("../../etc/passwd", ".epub", "etc_passwd.epub"),
        ("CON", ".txt", "_CON.txt"),
        ("", ".epub", "story.epub"),
        ("evil\u202ecod", ".exe", "evilcod.exe"),
        ("a\r\nSet-Cookie: b", ".epub", "a Set-Cookie_ b.epub"),
        ("Ж" * 200, ".epub", "Ж" * 72 + ".epub"),
    ],
)
def test_names_of_files(stem: str, extension: str, name: str) -> None:
    assert safe_name(stem, extension) == name


def test_searching_never_breaks(client: Client) -> None:
    add_work(chapters=((1, "", paragraphs("The lamp was lit.")),))
    for query in (
        '"',
        "(",
        "))",
        "OR",
        "-",
        "a:b:c",
        "words:>",
        "*",
        "\\",
        "~" * 500,
        "(" * 5000,
        "a " * 5000,
        "é\u0301" * 99,
    ):
        for page in ("1", "-1", "x", "9" * 50):
            assert client.get("/search", {"q": query, "page": page}).status_code in (200, 400), query
