"""An eFiction dump gives its whole archive back, whatever program wrote it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from efiction_dumps import STYLES, Tables, dump, take, unaccounted, values

from ficshelf.sources import Scratch, limits, walk

ARCHIVE: Tables = {
    "authorfields": [
        {"field_id": 2, "field_type": 1, "field_name": "lj", "field_title": "Live Journal", "field_on": 1}
    ],
    "authorinfo": [{"uid": 1, "field": 2, "info": "spray"}, {"uid": 9, "field": 2, "info": "nobody"}],
    "authorprefs": [{"uid": 1, "level": 1}, {"uid": 2}],
    "authors": [
        {
            "uid": 1,
            "penname": "Spindrift",
            "realname": "Jane Roe",
            "email": "jane@example.org",
            "website": "http://spindrift.example.org",
            "bio": "I write of <i>ships</i>.",
            "date": "2004-03-01 10:00:00",
            "password": "5f4dcc3b5aa765d61d8327deb882cf99",
        },
        {"uid": 2, "penname": "Mizzen", "email": "mizzen@example.org", "password": "0cc175b9c0f1b6a831c399e269772661"},
    ],
    "categories": [
        {"catid": 1, "parentcatid": -1, "category": "Books"},
        {"catid": 2, "parentcatid": 1, "category": "Treasure Island", "description": "Pirates"},
    ],
    "chapters": [
        {
            "chapid": 10,
            "title": "The Inn",
            "inorder": 1,
            "notes": "For Wren.",
            "storytext": "<p>It rained on the inn.</p><p>Nobody came.</p>",
            "endnotes": "Thanks!",
            "validated": 1,
            "wordcount": 7,
            "sid": 5,
            "uid": 1,
        },
        {
            "chapid": 11,
            "title": "The Ship",
            "inorder": 2,
            "storytext": "It rained on the ship.\r\n\r\nEverybody came.",
            "validated": 1,
            "sid": 5,
            "uid": 2,
        },
    ],
    "characters": [
        {"charid": 1, "catid": 2, "charname": "Jim Hawkins"},
        {"charid": 2, "catid": 2, "charname": "Silver"},
    ],
    "classes": [
        {"class_id": 1, "class_type": 1, "class_name": "Adventure"},
        {"class_id": 2, "class_type": 2, "class_name": "Rum"},
        {"class_id": 3, "class_type": 3, "class_name": "One ship"},
    ],
    "classtypes": [
        {"classtype_id": 1, "classtype_name": "genres", "classtype_title": "Genres"},
        {"classtype_id": 2, "classtype_name": "warnings", "classtype_title": "Warnings"},
        {"classtype_id": 3, "classtype_name": "ships", "classtype_title": "Ships"},
    ],
    "coauthors": [{"sid": 5, "uid": 2}],
    "comments": [{"cid": 1, "nid": 1, "uid": 2, "comment": "Hurrah!", "time": "2004-03-03 10:00:00"}],
    "favorites": [{"uid": 2, "item": 5, "type": "ST", "comments": "the rain"}, {"uid": 2, "item": 1, "type": "AU"}],
    "inseries": [{"seriesid": 3, "sid": 5, "subseriesid": 0, "confirmed": 1, "inorder": 1}],
    "log": [{"log_id": 1, "log_action": "came", "log_uid": 1, "log_ip": 16777343}],
    "messages": [
        {"message_id": 4, "message_name": "rules", "message_title": "Rules", "message_text": "No <b>whales</b>."}
    ],
    "news": [
        {"nid": 1, "author": "Spindrift", "title": "We are open", "story": "Come in.", "time": "2004-03-02 10:00:00"}
    ],
    "ratings": [{"rid": 1, "rating": "PG", "ratingwarning": 0, "warningtext": ""}],
    "reviews": [
        {
            "reviewid": 1,
            "item": 5,
            "chapid": 11,
            "reviewer": "Mizzen",
            "uid": 2,
            "review": "More rain!<br><br><i>Author's Response: There is more.</i>",
            "date": "2004-04-01 10:00:00",
            "rating": 8,
            "respond": 1,
            "type": "ST",
        },
        {"reviewid": 2, "item": 3, "reviewer": "Gull", "review": "All of it?", "rating": -1, "type": "SE"},
        {"reviewid": 3, "item": 5, "reviewer": "Gull", "review": "No Review", "rating": 10, "type": "ST"},
    ],
    "series": [
        {"seriesid": 3, "title": "Weather", "summary": "Wet.", "uid": 1, "isopen": 1, "catid": "2", "classes": "1"}
    ],
    "settings": [
        {
            "sitekey": "abc",
            "sitename": "The Spyglass",
            "slogan": "All hands",
            "url": "http://spyglass.example.org/fic",
            "siteemail": "crew@example.org",
            "tableprefix": "",
            "language": "en",
            "storiespath": "stories",
            "store": "mysql",
        }
    ],
    "stories": [
        {
            "sid": 5,
            "title": "Rain &amp; Rum",
            "summary": "It rains.",
            "storynotes": "Written in May.",
            "catid": "2",
            "classes": "1,2,3",
            "charid": "1, 2",
            "rid": "1",
            "date": "2004-03-05 12:00:00",
            "updated": "2004-03-06 12:00:00",
            "uid": 1,
            "coauthors": "1",
            "validated": 1,
            "completed": 1,
            "wordcount": 17,
            "count": 321,
        }
    ],
}


@pytest.mark.parametrize("style", STYLES)
def test_a_dump_is_a_whole_archive(tmp_path: Path, style: str) -> None:
    taken = take(tmp_path, dump(ARCHIVE, style))
    story = taken.story(5)
    assert story.kind == "story"
    assert values(story.fields, "title") == ["Rain &amp; Rum"]
    assert values(story.fields, "author") == ["Spindrift", "Mizzen"]
    assert values(story.fields, "summary") == ["It rains."]
    assert values(story.fields, "note") == ["Written in May."]
    assert values(story.fields, "fandom") == ["Treasure Island"]
    assert values(story.fields, "character") == ["Jim Hawkins", "Silver"]
    assert values(story.fields, "genre") == ["Adventure"]
    assert values(story.fields, "warning") == ["Rum"]
    assert values(story.fields, "tag") == ["One ship"]
    assert values(story.fields, "rating") == ["PG"]
    assert values(story.fields, "series") == ["Weather #1"]
    assert values(story.fields, "published") == ["2004-03-05"]
    assert values(story.fields, "updated") == ["2004-03-06"]
    assert values(story.fields, "complete") == ["true"]
    assert values(story.fields, "url") == ["http://spyglass.example.org/fic/viewstory.php?sid=5"]
    assert values(story.fields, "archive") == ["The Spyglass"]
    assert [field.column for field in story.fields if field.name == "fandom"] == [
        "stories.catid (Books > Treasure Island)"
    ]
    assert (story.visibility, story.remarks) == ("", ())
    assert [(part.number, values(part.fields, "title")) for part in story.parts] == [
        (1, ["The Inn"]),
        (2, ["The Ship"]),
    ]
    assert values(story.parts[0].fields, "note") == ["For Wren."]
    assert values(story.parts[0].fields, "endnote") == ["Thanks!"]
    assert values(story.parts[1].fields, "author") == ["Mizzen"]
    assert "<p>It rained on the inn.</p><p>Nobody came.</p>" in taken.text(5, 1)
    assert taken.text(5, 2) == "It rained on the ship.\r\n\r\nEverybody came."


@pytest.mark.parametrize("style", STYLES)
def test_every_row_is_accounted_for(tmp_path: Path, style: str) -> None:
    taken = take(tmp_path, dump(ARCHIVE, style))
    assert unaccounted(taken) == {}
    left = {field.column for field in taken.records["balance"].fields if field.name == "left out"}
    assert left == {"fanfiction_log"}


def test_a_review_and_its_answer_are_parted(tmp_path: Path) -> None:
    reviews = take(tmp_path, dump(ARCHIVE)).story(5).reviews
    assert [values(one.fields, "reviewer") for one in reviews] == [["Mizzen"], ["Gull"]]
    assert [values(one.fields, "text") for one in reviews] == [["More rain!"], []]
    assert [values(one.fields, "reply") for one in reviews] == [["There is more."], []]
    assert [values(one.fields, "date") for one in reviews] == [["2004-04-01"], []]
    assert [values(one.fields, "rating") for one in reviews] == [["8"], ["10"]]
    assert [one.chapter for one in reviews] == [2, 0]


def test_members_series_and_pages_come_back(tmp_path: Path) -> None:
    records = take(tmp_path, dump(ARCHIVE)).records
    person = records["authors/1"]
    assert values(person.fields, "name") == ["Spindrift"]
    assert values(person.fields, "about") == ["I write of <i>ships</i>."]
    assert values(person.fields, "joined") == ["2004-03-01"]
    assert values(person.fields, "Live Journal") == ["spray"]
    assert values(person.fields, "staff") == ["administrator"]
    fan = records["authors/2"]
    assert values(fan.fields, "favourite story") == ["Rain &amp; Rum (the rain)"]
    assert values(fan.fields, "favourite author") == ["Spindrift"]
    series = records["series/3"]
    assert values(series.fields, "title") == ["Weather"]
    assert values(series.fields, "author") == ["Spindrift"]
    assert values(series.fields, "open") == ["true"]
    assert [(member.key, member.place) for member in series.members] == [("stories/5", 1)]
    assert [values(one.fields, "text") for one in series.reviews] == [["All of it?"]]
    assert values(records["news/1"].fields, "text") == ["Come in."]
    assert [values(one.fields, "text") for one in records["news/1"].reviews] == [["Hurrah!"]]
    assert values(records["messages/4"].fields, "text") == ["No <b>whales</b>."]
    assert "Treasure Island: Pirates" in values(records["categories"].fields, "text")[0]
    assert values(records["site"].fields, "title") == ["The Spyglass"]


def test_the_old_addresses_are_kept(tmp_path: Path) -> None:
    records = take(tmp_path, dump(ARCHIVE)).records
    assert {one.path: one.chapter for one in records["stories/5"].addresses} == {
        "viewstory.php?sid=5": 0,
        "viewstory.php?sid=5&chapter=1": 1,
        "viewstory.php?sid=5&chapter=2": 2,
        "viewstory.php?action=printable&sid=5&chapter=all": 0,
        "reviews.php?type=ST&item=5": 0,
        "reviews.php?type=ST&item=5&chapid=10": 1,
        "reviews.php?type=ST&item=5&chapid=11": 2,
    }
    assert records["authors/1"].addresses[0].path == "viewuser.php?uid=1"
    assert records["series/3"].addresses[0].path == "viewseries.php?seriesid=3"
    assert records["messages/4"].addresses[0].path == "viewpage.php?page=rules"


def test_nothing_secret_is_carried_over(tmp_path: Path) -> None:
    taken = take(tmp_path, dump(ARCHIVE))
    sealed = {place.path for place in taken.places if not place.keep}
    assert sealed == {str(tmp_path / "given" / "backup.sql"), f"{tmp_path / 'given' / 'backup.sql'}/sealed"}
    told = str([record for key, record in taken.records.items() if key != "sealed"])
    for secret in ("5f4dcc3b5aa765d61d8327deb882cf99", "jane@", "mizzen@", "Jane Roe", "crew@", "16777343"):
        assert secret not in told
    assert values(taken.records["sealed"].fields, "authors/1") == ["jane@example.org", "Jane Roe"]


def test_an_orphan_is_kept_with_a_remark(tmp_path: Path) -> None:
    lost = take(tmp_path, dump(ARCHIVE)).records["rest/authorinfo/uid/9"]
    assert values(lost.fields, "row") == ["uid: 9; field: 2; info: nobody"]
    assert [one.kind for one in lost.remarks] == ["row-missing"]


def test_a_dump_in_a_zip_may_be_larger_than_what_is_unpacked_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dump(ARCHIVE)
    with zipfile.ZipFile(tmp_path / "site.zip", "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("backup/site.sql", data)
        box.writestr("backup/large.txt", b"The lamp went out.\n" * 1_000)
    monkeypatch.setattr(limits, "UNPACKED", len(data) // 2)
    (tmp_path / "scratch").mkdir()
    places = list(walk([tmp_path / "site.zip"], scratch=Scratch(tmp_path / "scratch")))
    assert any(place.path.startswith(str(tmp_path / "site.zip/backup/site.sql/stories/")) for place in places)
    assert [place.path.rpartition("/")[2] for place in places if place.problem] == ["large.txt"]
