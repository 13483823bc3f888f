"""Two works side by side: what differs is shown, and nothing that may not be seen."""

from __future__ import annotations

import pytest
from django.test import Client
from shelves import add_work, paragraphs, parsed, text_of

from ficshelf.library import models, twins

DUSK = [
    f"The lamp was lit at dusk for the {number}th time, and nobody counted the ships that went by."
    for number in range(9)
]
NIGHT = [
    f"It was the night of the {number}th storm, and the boat did not come home to the island." for number in range(9)
]
DAWN = [
    f"By dawn on day {number} the keeper had written all of it down, and slept until the tide." for number in range(9)
]


def story(title: str, *chapters: list[str], **columns: object) -> models.Work:
    told = tuple((number, "", paragraphs(*texts)) for number, texts in enumerate(chapters, 1))
    return add_work(title, chapters=told, files=(), **columns)  # type: ignore[arg-type]


def with_word(texts: list[str], old: str, new: str, at: int = 4) -> list[str]:
    return [text.replace(old, new) if number == at else text for number, text in enumerate(texts)]


def test_facts_and_words_that_differ_are_shown(client: Client) -> None:
    one, other = story("Ledger", DUSK), story("Logbook", with_word(DUSK, "counted", "heard"))
    tree = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert "Title Ledger Logbook" in text_of(tree, ".fact")
    assert "Rating" not in text_of(tree, ".fact")
    assert [(node.tag, node.text()) for node in tree.css(".texts del, .texts ins")] == [
        ("del", "counted"),
        ("ins", "heard"),
    ]
    assert "1 paragraph differs" in text_of(tree, "main")
    assert "of the words of the first are in the second" in text_of(tree, ".beside-head")


def test_what_is_the_same_is_told_and_not_shown(client: Client) -> None:
    one, other = story("Ledger", DUSK), story("Logbook", with_word(DUSK, "counted", "heard"))
    tree = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert len(tree.css(".texts .pair")) == 3  # the one that differs, the one before, the one behind
    assert text_of(tree, ".same") == "3 paragraphs are the same. 3 paragraphs are the same."


def test_a_long_work_is_compared_a_chapter_at_a_time(client: Client) -> None:
    one = story("Ledger", DUSK, NIGHT, DAWN)
    other = story("Logbook", with_word(DUSK, "counted", "heard") + NIGHT, DAWN)
    overview = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert not overview.css(".texts")
    links = [node.attributes["href"] for node in overview.css(".matched a")]
    assert links == [f"/works/{one.pk}/compare/{other.pk}/{number}" for number in (1, 2, 3)]
    assert "Chapter 2 beside Chapter 1" in text_of(overview, ".matched")
    first, second = (parsed(client, str(link)) for link in links[:2])
    assert [node.text() for node in first.css(".texts del, .texts ins")] == ["counted", "heard"]
    assert "Not in the first" not in text_of(first, ".texts")  # the second chapter is no part of the first
    assert "Every word is the same" in text_of(second, "main")
    assert second.css_first("link[rel=next]").attributes["href"] == links[2]


def test_a_chapter_that_only_one_has_is_said(client: Client) -> None:
    one, other = story("Ledger", DUSK, NIGHT, DAWN), story("Logbook", DUSK, DAWN)
    tree = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert "Chapter 2 beside missing there" in text_of(tree, ".matched")
    turned = parsed(client, f"/works/{other.pk}/compare/{one.pk}")
    assert "missing here beside Chapter 2" in text_of(turned, ".matched")
    assert "Not in the second" in text_of(parsed(client, f"/works/{one.pk}/compare/{other.pk}/2"), ".texts")


def test_many_differences_go_on_on_a_further_page(client: Client) -> None:
    texts = [f"Line {number} of a long night in which the lamp was lit and nobody came." for number in range(260)]
    one, other = story("Ledger", texts), story("Logbook", [text.replace("lamp", "fire") for text in texts])
    first = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert len(first.css(".texts .repaired")) == 100
    further = first.css_first(".actions a").attributes["href"]
    assert len(parsed(client, str(further)).css(".texts .repaired")) == 100


def test_a_story_without_paragraphs_is_compared_by_its_sentences(client: Client) -> None:
    texts = [f"On night {number} the lamp was lit and nobody came to the house." for number in range(4_000)]
    one, other = story("Ledger", [" ".join(texts)]), story("Logbook", [" ".join(with_word(texts, "lit", "out", 2_000))])
    tree = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert [node.text() for node in tree.css(".texts del, .texts ins")] == ["lit", "out"]
    assert text_of(tree, ".same") == "1,999 paragraphs are the same. 1,998 paragraphs are the same."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param("boat " * 60_000, "coat " * 60_000, id="no sentences"),
        pytest.param("A boat. " * 40_000, "A boat, a coat, " * 20_000, id="one word over and over"),
        pytest.param("A boat. " * 40_000, "A coat. " * 40_000, id="one sentence over and over"),
    ],
)
def test_a_page_has_an_end_whatever_is_compared(client: Client, ours: str, theirs: str) -> None:
    one, other = story("Ledger", [ours]), story("Logbook", [theirs])
    response = client.get(f"/works/{one.pk}/compare/{other.pk}")
    assert response.status_code == 200
    assert len(response.content) < 200_000


def test_many_long_paragraphs_over_and_over_cost_no_more(client: Client) -> None:
    ours, theirs = ["A boat. " * 200] * 300, ["A boat. " * 150 + "A coat. " * 50] * 300
    tree = parsed(client, f"/works/{story('Ledger', ours).pk}/compare/{story('Logbook', theirs).pk}")
    assert tree.css(".texts .pair")


def test_what_differs_is_told_in_words_and_marks_and_not_by_colour(client: Client) -> None:
    one, other = story("Ledger", [*DUSK, *NIGHT]), story("Logbook", with_word(DUSK, "counted", "heard"))
    tree = parsed(client, f"/works/{one.pk}/compare/{other.pk}")
    assert "only the first has look like this, words that only the second has like this" in text_of(tree, "main")
    assert text_of(tree, ".works .fact-name") == "The first The second"
    assert "Not in the second." in text_of(tree, ".texts")


def test_the_work_leads_to_the_comparison(client: Client) -> None:
    one, other = story("Ledger", DUSK), story("Logbook", with_word(DUSK, "counted", "heard"))
    found = twins.judged(other, one)
    models.Question.objects.create(
        work=other, other=one, source=models.Source.objects.create(sha256="0" * 64, size=1), about="same-work",
        answers=twins.answers("much of the text is the same", found), evidence=found,
    )  # fmt: skip
    for ours, theirs in ((one, other), (other, one)):
        tree = parsed(client, f"/works/{ours.pk}")
        assert tree.css_first(f'.question a[href="/works/{ours.pk}/compare/{theirs.pk}"]')
        assert "of the words of this one are in that one" in text_of(tree, ".question")


@pytest.mark.parametrize("url", ["/works/1/compare/1", "/works/1/compare/99", "/works/1/compare/2/9"])
def test_what_is_not_there_is_not_found(client: Client, url: str) -> None:
    story("Ledger", DUSK)
    story("Logbook", DUSK)
    parsed(client, url, status=404)


def test_a_work_that_only_members_saw_is_compared_by_the_owner_alone(client: Client, owner: Client) -> None:
    one, other = story("Ledger", DUSK), story("Logbook", DUSK, visibility="members")
    parsed(client, f"/works/{one.pk}/compare/{other.pk}", status=404)
    parsed(client, f"/works/{other.pk}/compare/{one.pk}", status=404)
    parsed(owner, f"/works/{one.pk}/compare/{other.pk}")


def test_the_address_of_a_work_that_became_one_with_another_leads_there(client: Client) -> None:
    one, other = story("Ledger", DUSK), story("Logbook", DUSK)
    gone = other.pk
    twins.merge(one, other, one)
    for url in (f"/works/{gone}", f"/works/{gone}/chapters/1", f"/works/{one.pk}/compare/{gone}"):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (302, f"/works/{one.pk}")
