"""What belongs to nothing is kept with a remark, and every row of a dump is accounted for."""

from __future__ import annotations

from pathlib import Path

from efiction_dumps import Row, Tables, dump, take, unaccounted, values

CHAPTER: Row = {"title": "x", "inorder": 1, "storytext": "It rained.", "validated": 1}
STORY: Row = {"sid": 5, "title": "Rain", "uid": 1, "validated": 1}
AUTHOR: Row = {"uid": 1, "penname": "Spindrift", "date": "2004-01-01 00:00:00"}
TABLES: Tables = {
    "authorinfo": [{"uid": 8, "field": 1, "info": "gone"}],
    "authorprefs": [{"uid": 8, "level": 2}],
    "authors": [AUTHOR],
    "chapters": [
        {"chapid": 1, "sid": 5, "uid": 1, **CHAPTER},
        {"chapid": 2, "sid": 50, "uid": 1, **CHAPTER},
        {"chapid": 3, "sid": 0, "uid": 0, **CHAPTER},
        {"chapid": 4, "sid": 0, "uid": 0, **CHAPTER},
    ],
    "coauthors": [{"sid": 5, "uid": 9}, {"sid": 51, "uid": 1}],
    "comments": [{"cid": 1, "nid": 6, "uid": 1, "comment": "Where?", "time": "2004-01-01 00:00:00"}],
    "favorites": [{"uid": 8, "item": 5, "type": "ST", "comments": "lovely"}, {"uid": 1, "item": 52, "type": "ST"}],
    "inseries": [
        {"seriesid": 3, "sid": 5, "subseriesid": 0, "confirmed": 1, "inorder": 1},
        {"seriesid": 3, "sid": 53, "subseriesid": 0, "confirmed": 1, "inorder": 2},
        {"seriesid": 3, "sid": 0, "subseriesid": 4, "confirmed": 1, "inorder": 3},
        {"seriesid": 3, "sid": 0, "subseriesid": 3, "confirmed": 1, "inorder": 4},
        {"seriesid": 4, "sid": 54, "subseriesid": 0, "confirmed": 0, "inorder": 5},
        {"seriesid": 30, "sid": 5, "subseriesid": 0, "confirmed": 1, "inorder": 6},
    ],
    "reviews": [
        {"reviewid": 1, "item": 55, "chapid": 2, "reviewer": "Gull", "review": "Oh!", "type": "ST"},
        {"reviewid": 2, "item": 55, "chapid": 2, "reviewer": "Tern", "review": "Ah!", "type": "ST"},
        {"reviewid": 3, "item": 31, "chapid": 0, "reviewer": "Gull", "review": "Hm!", "type": "SE"},
        {"reviewid": 4, "item": 5, "chapid": 77, "reviewer": "Gull", "review": "Eh!", "type": "ST"},
        {"reviewid": 5, "item": 1, "chapid": 0, "reviewer": "Gull", "review": "Recommended!", "type": "RC"},
        {"reviewid": 6, "item": 5, "chapid": 1, "reviewer": "Puffin", "uid": 9, "review": "Mine", "type": "ST"},
    ],
    "series": [{"seriesid": 3, "title": "Weather", "uid": 12}, {"seriesid": 4, "title": "Winter", "uid": 1}],
    "stories": [
        {**STORY, "catid": "7", "rid": "9", "classes": "4"},
        {"sid": 6, "title": "No chapters", "uid": 1, "validated": 1},
        {"sid": 7, "title": "No author", "uid": 40, "validated": 1},
    ],
}  # fmt: skip


def test_every_orphan_is_kept(tmp_path: Path) -> None:
    taken = take(tmp_path, dump(TABLES))
    assert unaccounted(taken) == {}
    rest = {key for key in taken.records if key.startswith("rest/")}
    assert rest == {
        "rest/authorinfo/uid/8",
        "rest/authorprefs/uid/8",
        "rest/coauthors/sid/51",
        "rest/comments/nid/6",
        "rest/favorites/uid/8",
        "rest/inseries/seriesid/30",
        "rest/reviews/item/ST 55",
        "rest/reviews/item/SE 31",
        "rest/reviews/item/RC 1",
    }
    assert all(any(one.kind == "row-missing" for one in taken.records[key].remarks) for key in rest)
    lost = taken.records["rest/reviews/item/ST 55"]
    assert [values(one.fields, "text") for one in lost.reviews] == [["Oh!"], ["Ah!"]]
    assert values(lost.fields, "title") == ["Reviews of story 55"]


def test_chapters_whose_story_is_gone_are_a_story_without_a_title(tmp_path: Path) -> None:
    taken = take(tmp_path, dump(TABLES))
    lost = taken.story(50)
    assert values(lost.fields, "title") == []
    assert taken.text(50) == "It rained."
    assert "its title and author are lost" in lost.remarks[0].text
    assert {"chapters/3", "chapters/4"} <= taken.records.keys()


def test_a_row_that_names_what_is_not_there_says_so(tmp_path: Path) -> None:
    taken = take(tmp_path, dump(TABLES))
    rain = taken.story(5)
    told = " ".join(one.text for one in rain.remarks)
    for words in ("number 7 of categories", "number 9 of ratings", "number 4 of classes", "Series 30", "Member 9"):
        assert words in told
    assert [one.chapter for one in rain.reviews] == [0, 1]
    assert ("reviews.chapid", "77") in [(one.column, one.value) for one in rain.reviews[0].fields]
    assert taken.story(6).parts == ()
    assert "Member 40" in taken.story(7).remarks[0].text


def test_a_member_who_is_gone_is_known_by_the_name_on_reviews(tmp_path: Path) -> None:
    rain = take(tmp_path, dump(TABLES)).story(5)
    assert values(rain.fields, "author") == ["Spindrift", "Puffin"]


def test_series_hold_series_and_never_themselves(tmp_path: Path) -> None:
    taken = take(tmp_path, dump(TABLES))
    assert [(one.key, one.place) for one in taken.records["series/3"].members] == [("stories/5", 1), ("series/4", 3)]
    told = [one.text for one in taken.records["series/3"].remarks]
    assert "Story 53 of series 3 is not there." in told
    assert "Series 3 names itself as one of its own." in told


def test_categories_in_a_circle_end(tmp_path: Path) -> None:
    circle: list[Row] = [
        {"catid": 1, "parentcatid": 2, "category": "Hen"},
        {"catid": 2, "parentcatid": 1, "category": "Egg"},
    ]
    tables = {
        "categories": circle,
        "stories": [{**STORY, "catid": "1"}],
        "chapters": [{"chapid": 1, "sid": 5, **CHAPTER}],
    }
    (fandom,) = (one for one in take(tmp_path, dump(tables)).story(5).fields if one.name == "fandom")
    assert (fandom.value, fandom.column) == ("Hen", "stories.catid (Egg > Hen)")


def test_a_module_that_nobody_knows_keeps_its_rows_and_no_secret(tmp_path: Path) -> None:
    rows: list[Row] = [
        {"id": 1, "text": "A shout", "ip": "10.0.0.1", "mail": "a@example.org", "code": "<?php evil();", "n": number}
        for number in range(250)
    ]
    tables = {"_shouts": rows, "stories": [STORY], "chapters": [{"chapid": 1, "sid": 5, **CHAPTER}]}
    taken = take(tmp_path, dump(tables, "mysqldump"))
    assert unaccounted(taken) == {}
    first = taken.records["rest/shouts/0"]
    assert values(first.fields, "row")[:2] == ["id: 1; text: A shout", "id: 1; text: A shout; n: 1"]
    assert len(values(first.fields, "row")) == 200
    assert len(values(taken.records["rest/shouts/1"].fields, "row")) == 50


def test_co_authors_are_a_table_or_a_list(tmp_path: Path) -> None:
    authors = [AUTHOR, {"uid": 2, "penname": "Mizzen", "date": "0"}, {"uid": 3, "penname": "Gaff", "date": "0"}]
    chapters = [{"chapid": 1, "sid": 5, **CHAPTER}]

    def told(folder: str, flag: str, **more: list[Row]) -> list[str]:
        (tmp_path / folder).mkdir()
        tables = {"authors": authors, "stories": [{**STORY, "coauthors": flag}], "chapters": chapters, **more}
        return values(take(tmp_path / folder, dump(tables)).story(5).fields, "author")

    assert told("list", "2, 3") == ["Spindrift", "Mizzen", "Gaff"]
    assert told("one", "3") == ["Spindrift", "Gaff"]
    assert told("flag", "1", coauthors=[{"sid": 5, "uid": 3}]) == ["Spindrift", "Gaff"]
    assert told("flag without rows", "1", coauthors=[{"sid": 6, "uid": 3}]) == ["Spindrift"]


def test_a_dump_that_ends_in_the_middle_gives_what_it_has(tmp_path: Path) -> None:
    stories: list[Row] = [{**STORY, "sid": sid} for sid in range(1, 6)]
    chapters: list[Row] = [{"chapid": sid, **CHAPTER, "sid": sid} for sid in range(1, 6)]
    whole = dump({"stories": stories, "chapters": chapters})
    taken = take(tmp_path, whole[: whole.rindex(b"It rained") + 4])
    assert [key for key in taken.records if key.startswith("stories/")] == [f"stories/{sid}" for sid in range(1, 6)]
    assert taken.story(5).parts == ()
    assert [one.kind for one in taken.records["site"].remarks] == ["damaged"]
    assert unaccounted(taken) == {}


def test_the_same_dump_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        taken = take(tmp_path / name, dump(TABLES))
        made.append({key: (one.fields, one.reviews, one.rows, one.remarks) for key, one in taken.records.items()})
    assert made[0] == made[1]
