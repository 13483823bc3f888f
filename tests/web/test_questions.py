"""The page of open questions: what it shows, what an answer does, and who may give one."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser
from shelves import add_work, paragraphs, text_of

from ficshelf.library import models
from ficshelf.library.lock import writing

OURS = {"Sec-Fetch-Site": "same-origin"}


def ask(count: int = 3) -> list[models.Work]:
    """Works without a title, each with a question about it."""
    return [
        add_work(
            "",
            suggested_title=f"Lamp {number}",
            authors=(),
            files=((f"lamp {number}.txt", f"{number}".encode()),),
            questions=(
                ("title", "What is it called?", [[f"Lamp {number}", "the file's name"], ["Dusk", "its first words"]]),
            ),
        )
        for number in range(count)
    ]


def shown(client: Client, url: str = "/questions/") -> LexborHTMLParser:
    response = client.get(url)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return LexborHTMLParser(response.content)


def send(client: Client, url: str = "/questions/", **fields: str) -> int:
    return client.post(url, fields, headers=OURS).status_code


def test_a_question_has_its_evidence_and_its_answers(owner: Client) -> None:
    ask()
    tree = shown(owner)
    assert text_of(tree, "h1") == "What is it called?"
    assert text_of(tree, ".how-far") == "1 of 3"
    assert "The lamp was lit at dusk." in text_of(tree, ".stretch")
    assert "lamp 0.txt" in text_of(tree, ".candidate .why")
    buttons = [" ".join(node.text().split()) for node in tree.css(".answers > button")]
    assert buttons == [
        "1 Lamp 0 the file's name 2 more like this",
        "2 Dusk its first words 2 more like this",
        "n It has none",
    ]


def test_two_works_stand_side_by_side(owner: Client) -> None:
    one = add_work(chapters=((1, "", paragraphs("The same.", "A storm came.")),))
    other = add_work(chapters=((1, "", paragraphs("The same.", "A calm came.")),), files=(("b.txt", b"b"),))
    models.Question.objects.create(
        work=one, other=other, source=one.sources.get(), about="same-work", text="One story?",
        answers=[["same", "same title"], ["different", ""]],
    )  # fmt: skip
    tree = shown(owner)
    assert len(tree.css(".candidates.two .candidate")) == 2
    assert text_of(tree, ".stretch.own") == "Only here: A storm came. Only here: A calm came."
    assert send(owner, question="1", value="same") == 303
    assert models.Work.objects.count() == 1
    assert send(owner, "/questions/undo") == 303
    assert models.Work.objects.count() == 2


def test_answers_count_at_once_and_are_taken_back(owner: Client) -> None:
    works = ask()
    first = models.Question.objects.first()
    response = owner.post(
        "/questions/", {"question": first.pk, "value": "Lamp 0", "after": "", "about_work": ""}, headers=OURS
    )
    assert (response.status_code, response.headers["Location"]) == (303, "/questions/")
    assert models.Work.objects.get(pk=works[0].pk).title == "Lamp 0"
    tree = shown(owner)
    assert text_of(tree, ".how-far") == "2 of 3"
    assert text_of(tree, ".undo [role=status]") == "Noted: Lamp 0"
    assert send(owner, "/questions/undo") == 303
    assert models.Work.objects.get(pk=works[0].pk).title == ""
    assert text_of(shown(owner), ".how-far") == "1 of 3"


def test_all_like_this_own_words_and_none(owner: Client) -> None:
    ask(5)
    assert send(owner, question="1", own="yes", words="The Marsh Light", value="Lamp 0") == 303
    assert send(owner, question="2", none="yes") == 303
    assert send(owner, question="3", value="Lamp 2", alike="yes") == 303
    assert sorted(models.Work.objects.values_list("title", flat=True)) == [
        "",
        "Lamp 2",
        "Lamp 3",
        "Lamp 4",
        "The Marsh Light",
    ]
    tree = shown(owner)
    assert text_of(tree, "h1") == "No open questions"
    assert text_of(tree, ".undo [role=status]") == "Noted for 3 questions: Lamp 2"
    send(owner, "/questions/undo")
    assert text_of(shown(owner), ".how-far") == "3 of 5"


def test_what_is_skipped_is_asked_later(owner: Client) -> None:
    ask(2)
    tree = shown(owner)
    for _ in range(2):
        tree = shown(owner, tree.css_first(".skip-one a").attributes["href"])
    assert text_of(tree, "h1") == "No more questions here"
    assert "2 are still open" in text_of(tree, ".empty p")
    assert text_of(shown(owner), "h1") == "What is it called?"


def test_the_shelf_and_the_work_lead_to_the_questions(owner: Client, client: Client) -> None:
    work = ask(1)[0]
    assert text_of(LexborHTMLParser(owner.get("/").content), '.list-head a[href="/questions/"]') == "1 open question"
    assert f"/questions/?work={work.pk}" in owner.get(f"/works/{work.pk}").content.decode()
    for url in ("/", f"/works/{work.pk}"):
        assert "/questions/" not in client.get(url).content.decode()


@pytest.mark.parametrize("url", ["/questions/", "/questions/undo"])
def test_for_others_there_is_no_such_page(client: Client, url: str) -> None:
    ask(1)
    assert client.get("/questions/").status_code == 404
    assert send(client, url, question="1", value="Lamp 0") == 404
    assert models.Question.objects.get().answered is None


@pytest.mark.parametrize(
    ("headers", "has_token", "status"),
    [
        (OURS, True, 303),
        (OURS, False, 403),
        ({}, True, 403),
        ({"Sec-Fetch-Site": "cross-site"}, True, 403),
        ({"Origin": "http://evil.example"}, True, 403),
        ({"Origin": "http://127.0.0.1:8000"}, True, 303),
        ({"Origin": "http://127.0.0.1:8000"}, False, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, True, 403),
    ],
)
def test_an_answer_needs_the_forms_token_and_must_come_from_our_page(
    library: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], has_token: bool, status: int
) -> None:
    monkeypatch.setenv("FICSHELF_OWNER", "here")
    ask(1)
    browser = Client(enforce_csrf_checks=True, headers={"Host": "127.0.0.1:8000"})
    tree = LexborHTMLParser(browser.get("/questions/").content)
    cookie = browser.cookies["ficshelf-token"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    token = tree.css_first("[name=csrfmiddlewaretoken]").attributes["value"]
    fields = {"question": "1", "value": "Lamp 0"} | ({"csrfmiddlewaretoken": token} if has_token else {})
    assert browser.post("/questions/", fields, headers=headers).status_code == status
    assert (models.Work.objects.get().title == "Lamp 0") == (status == 303)


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"question": "1"}, {"question": "1", "value": "Something else"},
        {"question": "nonsense", "value": "Lamp 0"},
        {"question": "9" * 30, "value": "Lamp 0"}, {"question": "1", "own": "yes", "words": " "},
        {"question": "-1", "value": "Lamp 0"}, {"question": "1", "id": "2", "work": "2", "answered": "2020-01-01"},
    ],
)  # fmt: skip
def test_nothing_but_an_answer_changes_anything(owner: Client, fields: dict[str, str]) -> None:
    ask(1)
    before = list(models.Question.objects.values()), list(models.Work.objects.values())
    assert send(owner, **fields) in (303, 400)
    owner.get("/questions/?after=1&work=1&question=1&value=Lamp+0")
    owner.head("/questions/")
    assert owner.get("/questions/undo").status_code == 405
    assert (list(models.Question.objects.values()), list(models.Work.objects.values())) == before


@pytest.mark.parametrize("after", ["//evil.example", "/\\evil", "1&next=//evil", "\r\nX: y", "-1", "1" * 40])
def test_an_answer_leads_nowhere_else(owner: Client, after: str) -> None:
    ask(2)
    response = owner.post("/questions/", {"question": "1", "value": "Lamp 0", "after": after}, headers=OURS)
    assert response.headers["Location"] == "/questions/"


def test_while_stories_are_added_the_answer_waits(owner: Client, library: Path) -> None:
    import subprocess
    import sys

    ask(1)
    code = (
        f"import fcntl,time;file=open({str(library / 'lock')!r},'a');fcntl.flock(file,fcntl.LOCK_EX);"
        "print(1,flush=True);time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        response = owner.post("/questions/", {"question": "1", "value": "Lamp 0"}, headers=OURS)
        other.kill()
    assert response.status_code == 503
    assert "being added" in response.content.decode()
    with writing(library):
        assert models.Work.objects.get().title == ""


def test_an_empty_library_has_no_questions(owner: Client) -> None:
    assert text_of(shown(owner), "h1") == "No open questions"
