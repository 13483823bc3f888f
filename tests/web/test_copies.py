"""All copies of a story on one page, and what the owner says of them."""

from __future__ import annotations

import pytest
from django.test import Client
from shelves import add_work, paragraphs, parsed, text_of

from ficshelf.library import models, twins

OURS = {"Sec-Fetch-Site": "same-origin"}
TOLD = [f"On night {number} the keeper rowed out with lamp oil for {number * 7} ships." for number in range(40)]


def three(**columns: object) -> list[models.Work]:
    """Copies of one story; the first two, and the first and the third, were asked about."""
    rows = [
        add_work(
            title,
            authors=(title[::-1],),
            chapters=((1, "Dusk", paragraphs(*TOLD[:20])), (2, "Night", paragraphs(*TOLD[20:], *more))),
            files=((f"{title}.txt", title.encode()),),
            **columns,  # type: ignore[arg-type]
        )
        for title, more in (
            ("Oil", ()),
            ("Boat", ("Nobody at all ever thanked him for any of it. " * 4,)),
            ("Ships", ()),
        )
    ]
    for row in rows[1:]:
        found = twins.judged(row, rows[0])
        models.Question.objects.create(
            work=row, other=rows[0], source=row.sources.get(), about="same-work", text="One story?",
            answers=twins.answers("the same", found), evidence=found,
        )  # fmt: skip
    return rows


def send(client: Client, url: str, **fields: object) -> int:
    return client.post(url, fields, headers=OURS).status_code


def test_all_copies_are_listed_with_the_best_one_first(client: Client) -> None:
    rows = three()
    for row in rows:
        tree = parsed(client, f"/works/{row.pk}/copies")
        assert text_of(tree, "h1") == "3 copies of one story?"
        assert [" ".join(node.text().split()) for node in tree.css("h2")] == ["1: Boat", "2: Oil", "3: Ships"]
    assert "copy 1: none has more words" in text_of(tree, "header.beside-head")
    second = tree.css(".candidate")[1]
    told = " ".join(second.text().split())
    assert "Oil.txt, plain text" in told
    assert "100 % of its words are in copy 1" in told
    assert "words more" in told
    links = [node.attributes["href"] for node in second.css(".side-by-side a")]
    assert links == [f"/works/{rows[0].pk}/compare/{rows[1].pk}", f"/works/{rows[0].pk}/compare/{rows[2].pk}"]


def test_the_work_and_its_question_lead_there(owner: Client) -> None:
    rows = three()
    assert parsed(owner, f"/works/{rows[2].pk}").css_first(f'.doubt a[href="/works/{rows[2].pk}/copies"]')
    link = parsed(owner, "/questions/").css_first('[data-key="g"]')
    assert "all 3 copies" in link.text()


def test_one_answer_puts_them_behind_the_chosen_one_and_is_taken_back(owner: Client) -> None:
    rows = [row.pk for row in three()]
    url = f"/works/{rows[0]}/copies"
    assert parsed(owner, url).css_first('[name="front"][checked]').attributes["value"] == str(rows[1])
    assert send(owner, url, all=rows, copy=rows, front=rows[2], value="same") == 303
    assert models.Work.objects.get().title == "Ships"
    tree = parsed(owner, "/questions/")
    assert text_of(tree, ".undo [role=status]") == "Noted: the copies are one story"
    behind = parsed(owner, url)
    assert text_of(behind, "h1") == "Kept behind this story"
    assert "from Oil.txt" in text_of(behind, ".behind")
    assert "from Boat.txt" in text_of(behind, ".behind")
    assert "2 other copies or earlier versions kept" in text_of(parsed(owner, f"/works/{rows[0]}"), ".work-facts")
    assert send(owner, "/questions/undo") == 303
    assert [row.pk for row in models.Work.objects.order_by("pk")] == rows


def test_what_is_not_ticked_is_another_story(owner: Client) -> None:
    rows = [row.pk for row in three()]
    url = f"/works/{rows[0]}/copies"
    assert send(owner, url, all=rows, copy=rows[:2], front=rows[0], value="same") == 303
    assert sorted(models.Work.objects.values_list("title", flat=True)) == ["Oil", "Ships"]
    assert not models.Question.objects.filter(answered=None).exists()


def test_they_may_all_be_different(owner: Client) -> None:
    rows = [row.pk for row in three()]
    assert send(owner, f"/works/{rows[1]}/copies", all=rows, copy=rows, front=rows[0], value="different") == 303
    assert models.Work.objects.count() == 3
    parsed(owner, f"/works/{rows[1]}/copies", status=404)
    assert text_of(parsed(owner, "/questions/"), ".undo [role=status]") == "Noted: they are different stories"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"value": "nonsense"}, 400, id="no answer"),
        pytest.param({"value": "same", "copy": [1], "front": 1}, 400, id="one alone"),
        pytest.param({"value": "same", "copy": [1, 2], "front": 3}, 400, id="another one in front"),
        pytest.param({"value": "same", "all": [1, 2], "copy": [1, 2], "front": 1}, 303, id="one came meanwhile"),
    ],
)
def test_an_answer_that_makes_no_sense_changes_nothing(owner: Client, fields: dict[str, object], status: int) -> None:
    three()
    assert send(owner, "/works/1/copies", **{"all": [1, 2, 3], **fields}) == status
    assert models.Work.objects.count() == 3


def test_only_the_owner_answers_and_sees_what_is_hidden(client: Client, owner: Client) -> None:
    rows = three()
    models.Work.objects.filter(pk=rows[2].pk).update(visibility="members")
    tree = parsed(client, f"/works/{rows[0].pk}/copies")
    assert (text_of(tree, "h1"), len(tree.css("form.answers"))) == ("2 copies of one story?", 0)
    parsed(client, f"/works/{rows[2].pk}/copies", status=404)
    assert send(client, f"/works/{rows[0].pk}/copies", all=[1, 2, 3], copy=[1, 2], front=1, value="same") == 404
    assert text_of(parsed(owner, f"/works/{rows[0].pk}/copies"), "h1") == "3 copies of one story?"


def test_a_work_without_copies_has_no_such_page(client: Client) -> None:
    parsed(client, f"/works/{add_work().pk}/copies", status=404)
