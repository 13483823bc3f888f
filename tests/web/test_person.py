"""The page of somebody who writes: all of their names, and their works."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser
from shelves import add_source, add_work, block

from ficshelf.library import models
from ficshelf.library.blocks import pack


def text(client: Client, url: str, selector: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return " ".join(
        " ".join(node.text(separator=" ").split()) for node in LexborHTMLParser(response.content).css(selector)
    )


def two_names() -> None:
    add_work("Storm", authors=("Ada Fenn",))
    add_work("Calm", authors=("Marsh Wren",), files=(("b.txt", b"b"),))
    ada, wren = models.Person.objects.order_by("name")
    models.Alias.objects.create(person=wren, other=ada)


def hide(**which: str) -> None:
    models.Work.objects.filter(**which).update(visibility="hidden", changed=timezone.now())


def test_all_names_and_works_of_somebody_are_on_one_page(client: Client) -> None:
    two_names()
    for url in ("/people/Ada%20Fenn/", "/people/marsh%20wren/"):
        assert text(client, url, ".card h2") == "Calm Storm"
        assert "Ada Fenn 1 work" in text(client, url, ".pen-names li")
        assert "Marsh Wren 1 work" in text(client, url, ".pen-names li")
    assert text(client, "/people/Ada%20Fenn/", "h1") == "Ada Fenn"
    assert '/people/Ada%20Fenn/"' in client.get("/?author=Ada+Fenn").content.decode()


def test_the_owner_parts_names_again(owner: Client) -> None:
    two_names()
    add_work("Dusk", authors=("Quill",), files=())
    quill = models.Person.objects.get(name="Quill")
    models.Alias.objects.create(person=models.Person.objects.get(name="Marsh Wren"), other=quill)
    assert text(owner, "/people/Ada%20Fenn/", ".pen-names button") == "Somebody else Somebody else Somebody else"
    here = {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}
    answered = owner.post("/people/part", {"name": "Marsh Wren"}, headers=here)
    assert (answered.status_code, answered.headers["Location"]) == (303, "/people/Marsh%20Wren/")
    assert text(owner, "/people/Marsh%20Wren/", ".card h2") == "Calm"
    assert text(owner, "/people/Ada%20Fenn/", ".card h2") == "Dusk Storm"
    assert owner.post("/people/part", {"name": "Nobody"}, headers=here).status_code == 404


def test_nobody_else_parts_names(client: Client) -> None:
    two_names()
    here = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/people/part", {"name": "Ada Fenn"}, headers=here).status_code == 404
    assert text(client, "/people/Ada%20Fenn/", "button[name=name]") == ""
    assert models.Alias.objects.exists()


def test_names_that_are_not_confirmed_stay_apart(client: Client) -> None:
    two_names()
    models.Alias.objects.all().delete()
    assert text(client, "/people/Ada%20Fenn/", ".card h2") == "Storm"
    assert text(client, "/people/Ada%20Fenn/", ".pen-names") == ""


def test_what_an_archive_had_of_them_is_told_without_addresses(client: Client) -> None:
    add_work("Storm", authors=("Ada Fenn",))
    told = [
        ["joined", "2003-03-04", "authors.date"], ["website", "http://a.example/ada", "authors.website"],
        ["", "secret", "x"], ["realname", "Ada Lovelace", "x"], ["website", "ada@a.example", "x"],
    ]  # fmt: skip
    dump = add_source("marsh-light.sql", b"dump")
    site = add_source("site", b"site")
    models.Record.objects.create(source=site, container=dump, kind="page", key="site", name="The Marsh Light")
    models.Record.objects.create(
        source=add_source("ada", b"record"), container=dump, kind="person", key="authors/3", name="Ada Fenn",
        told=told, person=models.Person.objects.get(), blocks=pack((block("paragraph", "Write to ada@a.example."),)),
    )  # fmt: skip
    page = text(client, "/people/Ada%20Fenn/", ".about-them")
    assert "Joined 4 Mar 2003 Home page http://a.example/ada As The Marsh Light had it" in page
    for kept_back in ("ada@a.example", "Lovelace", "secret"):
        assert kept_back not in page


def test_who_wrote_nothing_that_one_may_see_is_not_there(client: Client, owner: Client) -> None:
    two_names()
    hide(title="Calm")
    assert text(client, "/people/Ada%20Fenn/", ".card h2") == "Storm"
    assert "Wren" not in client.get("/people/Ada%20Fenn/").content.decode()
    hide()
    assert client.get("/people/Ada%20Fenn/").status_code == 404
    assert client.get("/people/Nobody/").status_code == 404
    assert text(owner, "/people/Ada%20Fenn/", ".marks .kept-back") == "Hidden Hidden"


def test_names_of_any_kind_have_a_page(client: Client) -> None:
    from ficshelf.web import addresses

    for number, name in enumerate(("A/B & C?", "../../etc", "“★”", "<script>x</script>", "%2f%", "日本")):
        add_work(f"Story {number}", authors=(name,), files=())
        assert text(client, addresses.person(name), "h1") == name
