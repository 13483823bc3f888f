"""eFiction 1, 2, 3 and 5 are told by the shape of their tables, whatever stands before the tables' names."""

from __future__ import annotations

from pathlib import Path

import pytest
from efiction_dumps import STYLES, Tables, dump, orders, take, unaccounted, values

from ficshelf.sources.efiction import layout, schemas

AUTHORS = [
    {"uid": 1, "penname": "Spindrift", "date": "2002-03-01 10:00:00", "level": 1, "password": "x"},
    {"uid": 2, "penname": "Mizzen", "date": "2002-03-01 10:00:00", "level": 0, "password": "x"},
]
CATEGORIES = [{"catid": 1, "parentcatid": -1, "category": "Treasure Island"}]
CHARACTERS = [
    {"charid": 1, "catid": 1, "charname": "Silver, Long John"},
    {"charid": 2, "catid": 1, "charname": "Jim"},
]
RATINGS = [{"rid": 1, "rating": "PG"}, {"rid": 13, "rating": "NC-17", "ratingwarning": 4}]
FIRST: Tables = {
    "authors": AUTHORS,
    "categories": CATEGORIES,
    "characters": CHARACTERS,
    "favauth": [{"uid": 2, "favuid": 1}],
    "favstor": [{"uid": 2, "sid": 5}],
    "genres": [{"gid": 1, "genre": "Angst"}, {"gid": 2, "genre": "Action, Adventure"}],
    "ratings": RATINGS,
    "reviews": [
        {"reviewid": 1, "sid": 8, "psid": 5, "reviewer": "Gull", "member": 0, "review": "Oh!", "rating": 0,
         "date": "2002-05-01 10:00:00"},
        {"reviewid": 2, "sid": 5, "psid": 5, "reviewer": "Mizzen", "member": 2, "rating": 5,
         "review": "Ah!<br><br><i>Author's Response: Thanks.</i>", "date": "2002-05-02 10:00:00"},
    ],
    "settings": [{"welcome": "Come in.", "rules": "Be kind.", "copyright": "Ours."}],
    "stories": [
        {"sid": 5, "psid": 5, "title": "Rain", "chapter": "One", "summary": "Wet.", "catid": 1,
         "gid": "Angst,Action, Adventure", "charid": "Silver, Long John, Jim", "wid": "Rum", "rid": "PG",
         "date": "2002-04-01 10:00:00", "updated": "2002-04-03 10:00:00", "uid": 1, "validated": 1, "inorder": 0,
         "storytext": "It rained.<br>A lot.", "completed": 1},
        {"sid": 8, "psid": 5, "title": "Rain", "chapter": "Two", "summary": "Wet.", "catid": 1, "gid": "Angst",
         "charid": "Jim", "wid": "", "rid": "PG", "date": "2002-04-02 10:00:00", "updated": "2002-04-02 10:00:00",
         "uid": 1, "validated": 1, "inorder": 1, "storytext": "It still rained.<br>Less.", "completed": 1},
        {"sid": 9, "psid": 9, "title": "Sun", "chapter": "Only", "summary": "Dry.", "catid": 1, "rid": "NC-17",
         "date": "2002-04-01 10:00:00", "updated": "0000-00-00 00:00:00", "uid": 2, "validated": 1, "inorder": 0,
         "storytext": "It shone.", "completed": 0},
    ],
    "warnings": [{"wid": 1, "warning": "Rum"}],
}  # fmt: skip
FIRST_ORDERS = {"stories": 4, "reviews": 3, "authors": 2, "settings": 1, "characters": 1}
SECOND: Tables = {
    "authors": [{**one, "email": ""} for one in AUTHORS],
    "categories": CATEGORIES,
    "chapters": [
        {"chapid": 10, "title": "One", "inorder": 1, "storytext": "It rained.", "validated": 1, "sid": 5, "uid": 1},
        {"chapid": 11, "title": "Two", "inorder": 2, "storytext": "It rained on.", "validated": 1, "sid": 5, "uid": 1},
    ],
    "characters": CHARACTERS,
    "comments": [{"cid": 1, "nid": 1, "uname": "Mizzen", "comment": "Hear, hear", "time": "2003-03-03 10:00:00"}],
    "favseries": [{"uid": 2, "seriesid": 3}],
    "genres": [{"gid": 1, "genre": "Angst"}],
    "inseries": [{"seriesid": 3, "sid": 5, "inorder": 2}],
    "news": [{"nid": 1, "author": "Spindrift", "title": "Open", "story": "Come in", "time": "2003-03-02 10:00:00"}],
    "ratings": RATINGS,
    "reviews": [
        {"reviewid": 1, "sid": 5, "chapid": 11, "reviewer": "Gull", "member": 0, "review": "Oh!", "rating": 3,
         "date": "2003-05-01 10:00:00", "respond": 0, "seriesid": 0},
        {"reviewid": 2, "sid": 0, "chapid": 0, "reviewer": "Mizzen", "member": 2, "review": "All!", "rating": 0,
         "date": "2003-05-01 10:00:00", "respond": 0, "seriesid": 3},
    ],
    "series": [
        {"seriesid": 3, "title": "Weather", "summary": "Wet.", "owner": 1, "isopen": 0, "catid": "1",
         "genres": "Angst,Humor", "warnings": "Rum", "characters": "Jim"},
    ],
    "stories": [
        {"sid": 5, "title": "Rain", "summary": "Wet.", "catid": "1", "gid": "Angst", "charid": "Jim,Silver, Long John",
         "wid": "Rum", "rid": "PG", "date": "2003-04-01 10:00:00", "updated": "2003-04-01 10:00:00", "uid": 1,
         "validated": 1, "completed": 0},
    ],
    "warnings": [{"wid": 1, "warning": "Rum"}],
}  # fmt: skip
SECOND_ORDERS = {"stories": 3, "chapters": 2, "reviews": 2, "series": 6, "inseries": 2, "comments": 1, "news": 1}


@pytest.mark.parametrize("style", STYLES)
def test_in_version_1_each_chapter_is_a_row_of_the_stories(tmp_path: Path, style: str) -> None:
    taken = take(tmp_path, dump(FIRST, style, places=FIRST_ORDERS))
    rain, sun = taken.story(5), taken.story(9)
    assert rain.program == "eFiction 1"
    assert values(rain.fields, "title") == ["Rain"]
    assert values(rain.fields, "author") == ["Spindrift"]
    assert values(rain.fields, "genre") == ["Angst", "Action, Adventure"]
    assert values(rain.fields, "character") == ["Silver, Long John", "Jim"]
    assert values(rain.fields, "warning") == ["Rum"]
    assert values(rain.fields, "rating") == ["PG"]
    assert [part.number for part in rain.parts] == [1, 2]
    assert [values(part.fields, "title") for part in rain.parts] == [["One"], ["Two"]]
    assert "It still rained.<br>Less." in taken.text(5, 2)
    assert [one.chapter for one in rain.reviews] == [2, 1]
    assert values(rain.reviews[1].fields, "reply") == ["Thanks."]
    assert {one.path: one.chapter for one in rain.addresses} == {
        "viewstory.php?sid=5": 0,
        "viewstory.php?sid=8": 2,
        "reviews.php?sid=5": 0,
    }
    assert (sun.visibility, values(sun.fields, "complete")) == ("members", ["false"])
    assert values(sun.fields, "updated") == []
    assert "stories/8" not in taken.records
    fan = taken.records["authors/2"]
    assert values(fan.fields, "favourite story") == ["Rain"]
    assert values(fan.fields, "favourite author") == ["Spindrift"]
    assert values(taken.records["authors/1"].fields, "staff") == ["administrator"]
    assert "Be kind." in values(taken.records["site"].fields, "text")
    assert unaccounted(taken) == {}


@pytest.mark.parametrize("style", STYLES)
def test_version_2_has_names_in_its_lists(tmp_path: Path, style: str) -> None:
    taken = take(tmp_path, dump(SECOND, style, places=SECOND_ORDERS))
    story = taken.story(5)
    assert story.program == "eFiction 2"
    assert values(story.fields, "character") == ["Jim", "Silver, Long John"]
    assert values(story.fields, "genre") == ["Angst"]
    assert values(story.fields, "series") == ["Weather #2"]
    assert [values(one.fields, "reviewer") for one in story.reviews] == [["Gull"]]
    assert [one.chapter for one in story.reviews] == [2]
    series = taken.records["series/3"]
    assert values(series.fields, "author") == ["Spindrift"]
    assert values(series.fields, "genre") == ["Angst", "Humor"]
    assert [values(one.fields, "text") for one in series.reviews] == [["All!"]]
    assert [member.key for member in series.members] == ["stories/5"]
    assert values(taken.records["authors/2"].fields, "favourite series") == ["Weather"]
    assert values(taken.records["news/1"].reviews[0].fields, "reviewer") == ["Mizzen"]
    assert unaccounted(taken) == {}


@pytest.mark.parametrize("table", sorted(schemas.COLUMNS))
def test_every_known_order_of_columns_is_told_from_its_rows(table: str) -> None:
    """Where two orders differ in counts alone, they are one as far as a reader of rows can see."""
    meant = {"i": b"12", "d": b"2004-03-05 10:00:00", "f": b"1", "c": b"ST"}
    shapes = {**schemas.SHAPES, **schemas.SHAPES_OF.get(table, {})}
    for place in range(len(schemas.COLUMNS[table])):
        order = orders(table, place)
        row = tuple(meant.get(shapes.get(column, ""), b"some words of it") for column in order)
        told = layout.infer(table, [row])
        assert [shapes.get(one, "") for one in told] == [shapes.get(one, "") for one in order]
        texts = [one for one in order if one not in shapes]
        assert [one for one in told if one not in shapes] == texts or table in {"series"}


def test_columns_that_a_module_added_come_behind_the_others(tmp_path: Path) -> None:
    stories = [{"sid": 5, "title": "Rain", "summary": "It rains.", "uid": 1, "validated": 1, "challenges": "0",
                "date": "2004-03-05 12:00:00", "updated": "2004-03-05 12:00:00", "banner": "a picture"}]  # fmt: skip
    chapters = [{"chapid": 1, "title": "x", "inorder": 1, "storytext": "It rained.", "validated": 1, "sid": 5}]
    story = take(tmp_path, dump({"stories": stories, "chapters": chapters})).story(5)
    assert values(story.fields, "published") == ["2004-03-05"]
    assert ("stories.column 22", "a picture") in [(field.column, field.value) for field in story.fields]


def test_prefixes_forums_and_settings_elsewhere(tmp_path: Path) -> None:
    stories = [{"sid": 5, "title": "Rain", "uid": 1, "validated": 1}]
    chapters = [{"chapid": 1, "title": "x", "inorder": 1, "storytext": "It rained.", "validated": 1, "sid": 5}]
    settings = [{"sitekey": "k", "sitename": "The Spyglass", "url": "http://a.example", "tableprefix": "sea_"}]
    forum = {"phpbb_posts": [{"post_id": 1, "post_text": "Hello", "poster_ip": "10.0.0.1"}]}
    dumped = dump(forum) + dump({"settings": settings}, prefix="all_")
    taken = take(tmp_path, dumped + dump({"stories": stories, "chapters": chapters}, prefix="sea_"))
    assert values(taken.story(5).fields, "archive") == ["The Spyglass"]
    balance = taken.records["balance"]
    assert [(one.column, one.value) for one in balance.fields if one.name == "left out"] == [
        ("phpbb_posts", "1: a table of another program that shared the database")
    ]
    assert unaccounted(taken) == {}


def test_two_archives_in_one_dump_stay_apart(tmp_path: Path) -> None:
    def archive(prefix: str, title: str) -> bytes:
        stories = [{"sid": 5, "title": title, "uid": 1, "validated": 1}]
        chapters = [{"chapid": 1, "title": "x", "inorder": 1, "storytext": f"{title}.", "validated": 1, "sid": 5}]
        return dump({"stories": stories, "chapters": chapters}, prefix=prefix)

    taken = take(tmp_path, archive("land_", "Sun") + archive("sea_", "Rain"))
    assert values(taken.records["land/stories/5"].fields, "title") == ["Sun"]
    assert values(taken.records["sea/stories/5"].fields, "title") == ["Rain"]
    assert taken.texts[taken.records["sea/stories/5"].parts[0].path] == b"Rain."
    assert unaccounted(taken) == {}


def test_the_version_is_what_the_settings_say(tmp_path: Path) -> None:
    settings = {"sitekey": "k", "sitename": "The Spyglass", **{f"s{n}": "0" for n in range(30)}, "version": "3.5.3"}
    stories = [{"sid": 5, "title": "Rain", "uid": 1, "validated": 1}]
    chapters = [{"chapid": 1, "title": "x", "inorder": 1, "storytext": "Rain.", "validated": 1, "sid": 5}]
    story = take(tmp_path, dump({"settings": [settings], "stories": stories, "chapters": chapters})).story(5)
    assert story.program == "eFiction 3.5.3"


FIVE = b"""-- MySQL dump
CREATE TABLE `ef_users` (`uid` int, `login` text, `nickname` text, `realname` text, `password` text, `email` text,
 `registered` datetime, `about` text);
INSERT INTO `ef_users` VALUES (1,'log-in','Spindrift','Jane','secret','jane@example.org','2015-01-01 10:00:00','Hm');
CREATE TABLE `ef_stories` (`sid` int, `title` text, `summary` text, `storynotes` text, `ratingid` int, `date` datetime,
 `updated` datetime, `validated` int, `completed` int, `roundrobin` char(1));
INSERT INTO `ef_stories` VALUES (5,'Rain','Wet','',1,'2015-02-01 10:00:00','2015-02-02 10:00:00',31,'3','0'),
 (6,'Fog','Grey','',1,'2015-02-01 10:00:00','2015-02-02 10:00:00',11,'2','0');
CREATE TABLE `ef_stories_authors` (`lid` int, `sid` int, `aid` int, `type` char(1));
INSERT INTO `ef_stories_authors` VALUES (1,5,1,'M'),(2,6,1,'M');
CREATE TABLE `ef_stories_tags` (`lid` int, `sid` int, `tid` int, `character` int);
INSERT INTO `ef_stories_tags` VALUES (1,5,1,0),(2,5,7,1);
CREATE TABLE `ef_stories_categories` (`lid` int, `sid` int, `cid` int);
INSERT INTO `ef_stories_categories` VALUES (1,5,2);
CREATE TABLE `ef_categories` (`cid` int, `parent_cid` int, `category` text, `description` text);
INSERT INTO `ef_categories` VALUES (2,0,'Treasure Island','');
CREATE TABLE `ef_tags` (`tid` int, `oldid` int, `tgid` int, `label` text, `description` text);
INSERT INTO `ef_tags` VALUES (1,0,1,'Angst','');
CREATE TABLE `ef_tag_groups` (`tgid` int, `label` text, `order` int, `description` text);
INSERT INTO `ef_tag_groups` VALUES (1,'genre',1,'Genre');
CREATE TABLE `ef_characters` (`charid` int, `catid` int, `charname` text, `biography` text);
INSERT INTO `ef_characters` VALUES (7,2,'Jim','');
CREATE TABLE `ef_ratings` (`rid` int, `rating` text, `rating_age` int, `ratingwarning` int, `warningtext` text);
INSERT INTO `ef_ratings` VALUES (1,'PG',0,0,'');
CREATE TABLE `ef_chapters` (`chapid` int, `sid` int, `title` text, `inorder` int, `notes` text, `chaptertext` text,
 `endnotes` text, `validated` int);
INSERT INTO `ef_chapters` VALUES (1,5,'One',1,'','<p>It rained.</p>','',31),(2,6,'One',1,'','<p>Fog.</p>','',11);
CREATE TABLE `ef_feedback` (`fid` int, `reference` int, `reference_sub` int, `writer_name` text, `writer_uid` int,
 `text` text, `datetime` datetime, `rating` int, `type` char(2));
INSERT INTO `ef_feedback` VALUES (1,5,1,'Gull',0,'Oh!','2015-03-01 10:00:00',5,'ST'),
 (2,1,NULL,'',1,'Thanks!','2015-03-02 10:00:00',NULL,'C');
CREATE TABLE `ef_sessions` (`session` text, `ip` text);
INSERT INTO `ef_sessions` VALUES ('abc','10.0.0.1');
"""


def test_version_5_has_tables_of_its_own(tmp_path: Path) -> None:
    taken = take(tmp_path, FIVE)
    story = taken.story(5)
    assert story.program == "eFiction 5"
    assert values(story.fields, "author") == ["Spindrift"]
    assert values(story.fields, "fandom") == ["Treasure Island"]
    assert values(story.fields, "genre") == ["Angst"]
    assert values(story.fields, "character") == ["Jim"]
    assert values(story.fields, "complete") == ["true"]
    assert (story.visibility, taken.story(6).visibility) == ("", "hidden")
    assert [values(one.fields, "text") for one in story.reviews] == [["Oh!"], ["Thanks!"]]
    assert [(one.chapter, one.answers) for one in story.reviews] == [(1, 0), (0, 1)]
    assert values(taken.records["authors/1"].fields, "about") == ["Hm"]
    assert unaccounted(taken) == {}


@pytest.mark.parametrize(
    "dumped",
    [
        b"-- MySQL dump\nCREATE TABLE `wp_posts` (`ID` int, `title` text);\nINSERT INTO `wp_posts` VALUES (1,'x');\n",
        b"-- phpMyAdmin SQL Dump\n-- version 4.9.5\n",
    ],
    ids=["another program", "nothing"],
)
def test_a_dump_of_something_else_is_told_from_an_archive(tmp_path: Path, dumped: bytes) -> None:
    taken = take(tmp_path, dumped)
    (place,) = taken.places
    assert place.unread.startswith("it is a dump of a database, and no tables of an eFiction archive are in it")
    assert not place.keep
