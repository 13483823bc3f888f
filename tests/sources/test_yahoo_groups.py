"""Exports of Yahoo groups: messages a file, a line or a list, as they were sent or as a page showed them."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

from ficshelf.reading import read
from ficshelf.sources import Place, Scratch, walk

STORY = "\n\n".join(
    f'The lamp went out for the {turn}th time that night.\n\n"It isn\'t the oil," said Marta to the {turn}th man.'
    for turn in range(8)
)


def message(number: int, subject: str, body: str) -> dict[str, Any]:
    mail = f"From: Ann Ambler <ann@...>\r\nSubject: {subject}\r\nDate: Mon, 6 Mar 2000 21:14:00 +0100\r\n" \
           f"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n{body}\r\n".replace("\n\n", "\r\n\r\n")  # fmt: skip
    return {
        "userId": 12, "authorName": "Ann Ambler", "from": "Ann Ambler &lt;ann@...&gt;", "subject": html.escape(subject),
        "postDate": "952373640", "msgId": number, "topicId": 1, "rawEmail": html.escape(mail),
    }  # fmt: skip


def shown(number: int, subject: str, body: str) -> dict[str, Any]:
    known = message(number, subject, body)
    del known["rawEmail"]
    page = "".join(f"{html.escape(line)}<br/>\n" for line in body.split("\n"))
    return {"ygData": {**known, "messageBody": f'<div id="ygrps-yiv-1">{page}</div>', "prevInTime": 0}}


MESSAGES = [
    message(1, "FIC: The Café Lamp (1/2)", f"{STORY}\n\n{{brace}} & <angle>"),
    message(2, "Re: FIC: The Café Lamp (1/2)", "Loved it! Please post more."),
    message(3, "FIC: The Café Lamp (2/2)", STORY.replace("lamp", "wick").replace("oil", "wick")),
]


def held(tmp_path: Path, files: dict[str, str]) -> list[Place]:
    (tmp_path / "group").mkdir()
    (tmp_path / "scratch").mkdir()
    for name, text in files.items():
        (tmp_path / "group" / name).write_text(text, encoding="utf-8")
    return list(walk([tmp_path / "group"], scratch=Scratch(tmp_path / "scratch")))


@pytest.mark.parametrize(
    "files",
    [
        {"messages.json": json.dumps(MESSAGES)},
        {"messages.json": json.dumps({"totalRecords": 3, "messages": MESSAGES}, indent=1)},
        {"2000.jsonl": "\n".join(json.dumps(one) for one in MESSAGES)},
        {"messages.json": json.dumps([{"ygData": one} for one in MESSAGES])},
        {f"{one['msgId']}_raw.json": json.dumps(one) for one in MESSAGES},
        {f"{one['msgId']}.json": json.dumps({"ygData": one}) for one in MESSAGES},
    ],
    ids=["list", "messages", "lines", "list-of-data", "files", "files-of-data"],
)
def test_each_message_is_a_mail_and_its_story_whole(tmp_path: Path, files: dict[str, str]) -> None:
    places = [place for place in held(tmp_path, files) if not place.container]
    assert len(places) == 3
    assert places[0].group == places[2].group != "" or places[0].group == places[1].group != ""
    reading = read([(place.content(1 << 20) or b"", place.path) for place in places])
    assert {source.reader for source in reading.sources} == {"eml"}
    (work,) = reading.works
    assert [chapter.number for chapter in work.chapters] == [1, 2]
    assert [fact.value for fact in work.facts["title"]][:1] == ["The Café Lamp"]
    assert work.chapters[0].blocks[-1].text == "{brace} & <angle>"
    assert sum(one.kind == "not-a-story" for one in reading.remarks) == 1


def test_what_a_page_showed_is_read_where_the_mail_is_not_there(tmp_path: Path) -> None:
    places = held(tmp_path, {"1.json": json.dumps(shown(1, "FIC: The Lamp (1/1)", STORY))})
    (work,) = read([(places[0].content(1 << 20) or b"", places[0].path)]).works
    assert [fact.value for fact in work.facts["author"]] == ["Ann Ambler"]
    assert [fact.value for fact in work.facts["published"]] == ["06 Mar 2000 20:14:00 +0000"]
    assert len(work.chapters[0].blocks) == 16


def test_a_message_that_was_saved_twice_is_told_once(tmp_path: Path) -> None:
    said = [("FIC: The Café Lamp (1/2)", STORY), ("OT: my cat", "She is well, thank you all."),
            ("FIC: The Café Lamp (2/2)", STORY.replace("lamp", "wick"))]  # fmt: skip
    files = {f"{number}_raw.json": json.dumps(message(number, *one)) for number, one in enumerate(said, start=1)}
    files |= {f"{number}.json": json.dumps(shown(number, *one)) for number, one in enumerate(said, start=1)}
    places = held(tmp_path, files)
    groups = {place.group: [one for one in places if one.group == place.group] for place in places}
    assert sorted(len(group) for group in groups.values()) == [2, 4]
    readings = [read([(place.content(1 << 20) or b"", place.path) for place in group]) for group in groups.values()]
    assert sum(one.kind == "not-a-story" for reading in readings for one in reading.remarks) == 1
    (work,) = [work for reading in readings for work in reading.works]
    assert [chapter.number for chapter in work.chapters] == [1, 2]


def test_a_post_that_yahoo_cut_off_is_told() -> None:
    data = json.dumps(message(1, "FIC: The Lamp (1/1)", f"{STORY}\n\n(Message over 64 KB, truncated)")).encode()
    assert "damaged" in {one.kind for one in read([(data, "1_raw.json")]).remarks}


@pytest.mark.parametrize(
    "data",
    [
        b'[{"msgId":1,"rawEmail":"' + b"{" * 2_000_000 + b'"}]',
        b'{"msgId":1,"rawEmail":"x","a":' * 200_000,
        b'{"rawEmail":"","msgId":1}\n' * 50_000,
        b'{"msgId":1,"rawEmail":"' + b"\\" * 1_000_001,
    ],
    ids=["braces", "nested", "empty", "open"],
)
def test_no_export_is_too_much(tmp_path: Path, data: bytes) -> None:
    held(tmp_path, {"messages.json": data.decode()})
