"""Old links live: an address of an old archive leads to the story at its new place."""

from __future__ import annotations

import pytest
from django.test import Client
from shelves import add_source, add_work, paragraphs

from ficshelf.library import models
from ficshelf.library.old_addresses import key


def led(work: models.Work | None, *paths: tuple[str, int], record: models.Record | None = None) -> None:
    models.OldAddress.objects.bulk_create(
        models.OldAddress(key=key(path), path=path, work=work, chapter=chapter, record=record)
        for path, chapter in paths
    )


@pytest.fixture
def work(library: object) -> models.Work:
    """A work of three chapters, and where two archives had it."""
    work = add_work(chapters=tuple((number, "", paragraphs("The lamp was lit.")) for number in (1, 2, 3)))
    led(
        work,
        ("viewstory.php?sid=12", 0),
        *((f"viewstory.php?sid=12&chapter={number}", number) for number in (1, 2, 3)),
        ("reviews.php?type=ST&item=12", 0),
        ("s/123", 0),
        ("s/123/1", 1),
        ("archive/12/lamplight.html", 2),
        ("fic/Ünter%20den%20Linden.htm", 0),
    )
    return work


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/viewstory.php?sid=12", ""),
        ("/viewstory.php?sid=12&chapter=3", "/chapters/3"),
        ("/viewstory.php?chapter=3&sid=12", "/chapters/3"),
        ("/ViewStory.php?SID=12&Chapter=3", "/chapters/3"),
        ("/viewstory.php?sid=12&amp;chapter=3", "/chapters/3"),
        ("/viewstory.php?sid=12&textsize=2&ageconsent=ok&warning=5&chapter=2&PHPSESSID=abc", "/chapters/2"),
        ("/viewstory.php?action=printable&sid=12&textsize=0&chapter=2", "/chapters/2"),
        ("/viewstory.php?action=printable&sid=12&chapter=all", ""),
        ("/viewstory.php?sid=12&index=1", ""),
        ("/viewstory.php?sid=12&i=1", "/chapters/1"),
        ("/viewstory.php?sid=12&chapter=99", ""),
        ("/efic/viewstory.php?sid=12&chapter=3", "/chapters/3"),
        ("/~ada/efic/viewstory.php?sid=12", ""),
        ("/reviews.php?item=12&type=ST", ""),
        ("/s/123/3/", "/chapters/3"),
        ("/s/123/3/A-Lamp", "/chapters/3"),
        ("/s/123/1/A-Lamp", "/chapters/1"),
        ("/s/123/77/", ""),
        ("/s/123", ""),
        ("/archive/12/lamplight.html", "/chapters/2"),
        ("/archive/12/Lamplight.HTML", "/chapters/2"),
        ("/fic/%C3%9Cnter%20den%20Linden.htm", ""),
    ],
)
def test_an_old_link_leads_to_the_new_page(client: Client, work: models.Work, old: str, new: str) -> None:
    response = client.get(old)
    assert (response.status_code, response.headers.get("Location")) == (301, f"/works/{work.pk}{new}")
    assert client.get(response.headers["Location"]).status_code == 200
    assert client.head(old).status_code == 301


@pytest.mark.parametrize(
    "old",
    [
        "/viewstory.php", "/viewstory.php?sid=1", "/viewstory.php?sid=120", "/viewstory.php?sid=12'--", "/s/12/3/",
        "/archive/13/lamplight.html", "/archive/", "/a/b/c/d/e/f/archive/12/lamplight.html", "/%00",
        f"/{'x' * 9000}", "/?%00", "/..%2f..%2fetc/passwd", f"/{'a/' * 3000}?{'b=c&' * 3000}", "/viewuser.php?uid=3",
        "/works", "/works/x",
    ],
)  # fmt: skip
def test_any_other_address_says_so_and_offers_to_search(client: Client, work: models.Work, old: str) -> None:
    response = client.get(old)
    if old == "/?%00":
        assert response.status_code == 200
        return
    assert response.status_code == 404
    assert b'role="search"' in response.content


def test_the_search_box_holds_what_the_address_says(client: Client) -> None:
    assert 'value="the marsh light"' in client.get("/archive/12/the_marsh-light2.html").content.decode()
    page = client.get("/%3Cscript%3Ealert(1)%3C/script%3E.html").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example/viewstory.php?sid=12", "/\\evil.example/viewstory.php?sid=12", "/%5c%5cevil.example/s/123/3",
        "/http://evil.example/viewstory.php?sid=12", "/viewstory.php?sid=12&next=//evil.example",
        "/viewstory.php?sid=12%0d%0aLocation:%20//evil.example", "/@evil.example/viewstory.php?sid=12",
        "/%2f%2fevil.example/s/123/3", "/\t/evil.example/s/123/3",
    ],
)  # fmt: skip
def test_no_address_leads_away_from_the_library(client: Client, work: models.Work, evil: str) -> None:
    response = client.get(evil)
    where = response.headers.get("Location", "/works/1")
    assert where.startswith("/works/")
    assert "evil" not in where


def test_what_is_not_for_everybody_is_not_led_to(client: Client, owner: Client, work: models.Work) -> None:
    models.Work.objects.update(visibility="hidden")
    assert client.get("/viewstory.php?sid=12").status_code == 404
    assert owner.get("/viewstory.php?sid=12").status_code == 301


def test_people_series_and_pages_of_an_archive_have_new_places(client: Client) -> None:
    add_work(authors=("Ada & Fenn/Quill",), series=(("Northern Lights", 1),))
    box = add_source("dump.sql", b"dump")
    person, series = models.Person.objects.get(), models.Series.objects.get()
    for number, (kind, name, path, more) in enumerate(
        (
            ("person", "Ada & Fenn/Quill", "viewuser.php?uid=3", {"person": person}),
            ("series", "Northern Lights", "viewseries.php?seriesid=4", {"series": series}),
            ("page", "Rules", "viewpage.php?page=rules", {}),
            ("page", "", "index.php", {"key": "site"}),
            ("page", "Staff only", "viewpage.php?page=staff", {"visibility": "hidden"}),
        )
    ):
        source = add_source(f"record {number}", f"{number}".encode())
        fields = {"kind": kind, "key": f"{kind}/{number}", "name": name, "container": box, **more}
        led(None, (path, 0), record=models.Record.objects.create(source=source, **fields))
    assert client.get("/viewuser.php?uid=3").headers["Location"] == "/people/Ada%20%26%20Fenn%2FQuill/"
    assert client.get("/viewseries.php?seriesid=4").headers["Location"] == "/?series=Northern+Lights"
    rules = client.get("/viewpage.php?page=rules").headers["Location"]
    assert client.get(rules).status_code == 200
    assert client.get("/index.php").headers["Location"] == f"/archives/{box.pk}"
    assert client.get("/viewpage.php?page=staff").status_code == 404
