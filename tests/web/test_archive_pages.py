"""What whole archives left in the library, as pages: reviews with replies, an archive's own pages, its balance."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client
from shelves import add_work, block, paragraphs

from ficshelf.library import models
from ficshelf.library.blocks import pack


def add_review(work: models.Work, text: str, chapter: int = 0, reply: str = "", reviewer: str = "Ann") -> None:
    source = work.sources.first()
    assert source is not None
    models.Review.objects.create(
        work=work,
        source=source,
        position=work.reviews.count() + 1,
        chapter=chapter,
        reviewer=reviewer,
        date="2004-05-06",
        blocks=pack((block("paragraph", text),)) if text else b"",
        reply=pack((block("paragraph", reply),)) if reply else b"",
    )


def add_archive() -> models.Source:
    container = models.Source.objects.create(sha256="c" * 64, size=9, outcome="opened", kept=False)
    models.Place.objects.create(source=container, path="/old/harbour.sql", path_sha256="0" * 64)
    told = [["table", "3", "stories"], ["left out", "4: a log of visits", "log"], ["table", "4", "log"]]
    for key, name, fields, text in (
        ("site", "The Harbour", [["url", "http://harbour.example", ""]], ""),
        ("messages/1", "Rules", [], "Be kind. Write to keeper@example.org."),
        ("balance", "", told, ""),
    ):
        source = models.Source.objects.create(sha256=hashlib.sha256(key.encode()).hexdigest(), size=1)
        models.Record.objects.create(
            source=source, container=container, kind="page", key=key, name=name, program="eFiction 3.5", told=fields,
            blocks=pack((block("paragraph", text),)) if text else b"", rows={"stories": 3} if key == "site" else {},
        )  # fmt: skip
    return container


def two_chapters() -> models.Work:
    return add_work(chapters=((1, "Low Water", paragraphs("One.")), (2, "", paragraphs("Two."))))


def test_reviews_stand_by_chapter_with_the_authors_reply(client: Client) -> None:
    work = two_chapters()
    add_review(work, "More, please.", 2, reply="Soon!")
    add_review(work, "Lovely.", 0)
    page = client.get(f"/works/{work.pk}/reviews").content.decode()
    assert page.index("The whole story") < page.index("Lovely.") < page.index("Chapter 2") < page.index("More, please.")
    assert re.search(r"author’s reply.*?Soon!", page, re.S)
    assert "6 May 2004" in page
    assert "2 reviews" in client.get(f"/works/{work.pk}").content.decode()
    assert "1 review of this chapter" in client.get(f"/works/{work.pk}/chapters/2").content.decode()
    assert "review of this chapter" not in client.get(f"/works/{work.pk}/chapters/1").content.decode()


def test_a_rating_without_words_and_a_nameless_reviewer_are_told(client: Client) -> None:
    work = two_chapters()
    add_review(work, "", reviewer="")
    page = client.get(f"/works/{work.pk}/reviews").content.decode()
    assert "A rating without words." in page
    assert "Somebody" in page


def test_many_reviews_stand_on_several_pages(client: Client) -> None:
    work = two_chapters()
    for number in range(60):
        add_review(work, f"Review {number}.", 1 + number // 55)
    assert client.get(f"/works/{work.pk}/reviews?page=2").status_code == 200
    assert client.get(f"/works/{work.pk}/reviews?page=3").status_code == 404
    assert f"/works/{work.pk}/reviews?page=2#chapter-2" in client.get(f"/works/{work.pk}/chapters/2").content.decode()


def test_reviews_of_a_work_that_may_not_be_seen_are_not_there(client: Client, owner: Client) -> None:
    work = two_chapters()
    add_review(work, "Lovely.")
    models.Work.objects.filter(pk=work.pk).update(visibility="members")
    assert client.get(f"/works/{work.pk}/reviews").status_code == 404
    assert owner.get(f"/works/{work.pk}/reviews").status_code == 200


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_what_a_reviewer_writes_is_text(client: Client, text: str) -> None:
    work = two_chapters()
    add_review(work, text, reviewer=text, reply=text)
    page = client.get(f"/works/{work.pk}/reviews").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_an_archive_shows_its_own_pages_without_mail_addresses(client: Client) -> None:
    container = add_archive()
    two_chapters()
    assert "1 whole archive" in client.get("/").content.decode()
    assert "The Harbour" in client.get("/archives").content.decode()
    page = client.get(f"/archives/{container.pk}").content.decode()
    assert "Rules" in page
    rules = models.Record.objects.get(name="Rules")
    text = client.get(f"/archives/{container.pk}/pages/{rules.pk}").content.decode()
    assert "Be kind." in text
    assert "keeper@example.org" not in text


def test_an_archive_leads_to_its_works_on_the_shelf(client: Client) -> None:
    container = add_archive()
    work, other = two_chapters(), add_work(title="From Elsewhere")
    models.Shelfmark.objects.create(work=work, container=container, program="eFiction 3.5", key="12")
    page = client.get(f"/archives/{container.pk}").content.decode()
    assert f'<a href="/?archive={container.pk}">1 work</a>' in page
    shelf = client.get(f"/?archive={container.pk}").content.decode()
    assert f"/works/{work.pk}" in shelf
    assert f"/works/{other.pk}" not in shelf
    assert "The Harbour" in shelf
    assert "0 works" in client.get("/?archive=9999999").content.decode()
    assert "From Elsewhere" in client.get("/?archive=harbour").content.decode()


def test_the_balance_sheet_is_the_owners(client: Client, owner: Client) -> None:
    container = add_archive()
    assert "log of visits" not in client.get(f"/archives/{container.pk}").content.decode()
    page = owner.get(f"/archives/{container.pk}").content.decode()
    assert "a log of visits" in page
    assert "Every row is accounted for." in page


def test_no_page_is_made_of_what_is_no_archive(client: Client) -> None:
    work = two_chapters()
    source = work.sources.first()
    assert source is not None
    assert client.get(f"/archives/{source.pk}").status_code == 404
    assert "No archive has come" in client.get("/archives").content.decode()


def test_a_series_stands_in_its_order_with_its_summary_and_what_it_holds(client: Client) -> None:
    container = add_archive()
    add_work("Beta", series=(("Years", 1),))
    add_work("Alpha", series=(("Years", 2),))
    add_work("Gamma", series=(("Winter", 1),))
    years, winter = models.Series.objects.get(name="Years"), models.Series.objects.get(name="Winter")
    models.SeriesNesting.objects.create(parent=years, child=winter, position=3)
    source = models.Source.objects.create(sha256="d" * 64, size=1)
    record = models.Record.objects.create(
        source=source, container=container, kind="series", key="series/1", name="Years", series=years,
        blocks=pack((block("paragraph", "All of them, in order."),)),
    )  # fmt: skip
    models.Review.objects.create(
        record=record, source=source, position=1, reviewer="Ann", blocks=pack(paragraphs("Lovely."))
    )
    page = client.get("/?series=Years").content.decode()
    assert page.index("Beta") < page.index("Alpha")
    assert "All of them, in order." in page
    assert "1 review of the series" in page
    assert re.search(r"It holds the series.*?Winter", page, re.S)
    assert re.search(r"Within.*?Years", client.get("/?series=Winter").content.decode(), re.S)
