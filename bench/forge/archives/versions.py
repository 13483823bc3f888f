"""An archive laid into the tables of eFiction 1.1, 2.0 and 3.5, traps and all.

Columns and their order are those of the tables that eFiction's own installers and upgrades create.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

from bench.forge.archives import letters, markup, world
from bench.forge.archives.world import Chapter, Review, Story, World
from bench.forge.dumps import Table, Value
from bench.stories import FANDOMS, GENRES

CUT = 65_535  # bytes that a `text` holds
_TEXTS = {"summary", "storynotes", "notes", "storytext", "endnotes", "bio", "review", "description", "story", "comment"}
_TEXTS |= {"message_text", "warningtext", "info", "field_code_in", "code_text"}
_NAMES = {"title", "penname", "realname", "email", "website", "category", "charname", "class_name", "rating_text"}

STORIES_3 = (
    "sid title summary storynotes catid classes charid rid date updated uid coauthors featured validated completed rr"
    " wordcount rating reviews count challenges"
)
STORIES_2 = (
    "sid title summary catid gid charid wid rid date updated uid featured validated completed rr wordcount rating"
    " reviews challenges"
)
STORIES_1 = (
    "sid psid title chapter summary catid gid charid wid rid date updated uid featured counter validated inorder"
    " storytext completed rr wordcount numreviews"
)
CHAPTERS_3 = "chapid title inorder notes storytext endnotes validated wordcount rating reviews sid uid count"
CHAPTERS_2 = "chapid title inorder notes storytext validated wordcount rating reviews sid uid"
AUTHORS_3 = "uid penname realname email website bio image date admincreated password"
AUTHORS_2 = (
    "uid penname realname email website bio image date newreviews admincreated password validated userskin level"
    " contact carry categories"
)
REVIEWS_3 = "reviewid item chapid reviewer uid review date rating respond type"
REVIEWS_2 = "reviewid sid chapid reviewer member review date rating respond seriesid"
REVIEWS_1 = "reviewid sid psid reviewer member review date rating"
SERIES_3 = (
    "seriesid title summary uid isopen catid rating classes characters reviews numstories warnings challenges genres"
)
SERIES_2 = "seriesid title summary owner isopen catid rating warnings genres characters reviews challenges"


def tables(drawn: World, version: int, rng: random.Random) -> list[Table]:
    """The tables of a version, with another program's in between."""
    made = [*{1: _one, 2: _two, 3: _three}[version](drawn, rng)]
    made = [one._replace(name=drawn.prefix + one.name) for one in made]
    made.insert(2, _table("phpbb_posts", "post_id post_text", [(n, b"It's a forum's.") for n in range(20)], prefix=""))
    return made


def text_of(chapter: Chapter, rng: random.Random) -> bytes:
    """The bytes of a chapter's text as the database or a file has them."""
    return letters.stored(markup.written(chapter.paragraphs, rng), rng, is_markup=True)


def _table(name: str, columns: str, rows: Sequence[tuple[Value, ...]], prefix: str = "fanfiction_") -> Table:
    return Table(f"{prefix}{name}", tuple((column, _type(column)) for column in columns.split()), rows)


def _type(column: str) -> str:
    if column in _TEXTS:
        return "text"
    return "varchar(250)" if column in _NAMES or column.endswith("s") else "int(11)"


def _one(drawn: World, rng: random.Random) -> list[Table]:
    """Version 1: each row of stories is a chapter, lists hold names."""
    stories: list[tuple[Value, ...]] = []
    reviews: list[tuple[Value, ...]] = []
    for story in drawn.stories:
        summary = _m(story.summary, rng)
        for place, chapter in enumerate(story.chapters):
            stories.append(
                (
                    chapter.key, story.chapters[0].key, _m(story.title, rng), _m(chapter.title, rng),
                    summary if not place else b"", story.fandom, _named(story.genres, GENRES, rng),
                    _named(story.characters, world.CHARACTERS, rng), _named(story.warnings, world.WARNINGS, rng),
                    world.RATINGS[story.rating - 1].encode(), _when(story.published), _when(story.published + place),
                    story.author, 0, 12, min(1, story.validated), place, _in_database(chapter, rng),
                    int(story.complete), 0, 1, 2,
                )
            )  # fmt: skip
        for one in story.reviews:
            about = (one.chapter, story.chapters[0].key)
            reviews.append(
                (one.key, *about, _b(one.reviewer, rng), one.member, _said(one, drawn, rng), _when(one.key), 5)
            )
    return [
        _table("stories", STORIES_1, stories),
        _table("authors", AUTHORS_2, _members_2(drawn, rng)),
        *_lists_2(drawn),
        _table("reviews", REVIEWS_1, reviews),
        _table("favauth", "uid favuid", [(1, 2), (2, 1)]),
        _table("favstor", "uid sid", [(1, drawn.stories[0].chapters[0].key)]),
    ]


def _two(drawn: World, rng: random.Random) -> list[Table]:
    """Version 2: a table of chapters, lists still hold names."""
    stories: list[tuple[Value, ...]] = [
        (
            one.key, _m(one.title, rng), _m(one.summary, rng), _list([one.fandom], rng),
            _named(one.genres, GENRES, rng), _named(one.characters, world.CHARACTERS, rng),
            _named(one.warnings, world.WARNINGS, rng), world.RATINGS[one.rating - 1].encode(),
            _when(one.published), _when(one.published), one.author, 0,
            one.validated, int(one.complete), 0, 7, 3, 1, b"0",
        )
        for one in drawn.stories
    ]  # fmt: skip
    chapters: list[tuple[Value, ...]] = [
        (
            chapter.key, _m(chapter.title, rng), place, _m(chapter.notes, rng), _in_database(chapter, rng),
            int(chapter.is_public), 7, 1, 1, story.key, chapter.author,
        )
        for story in drawn.stories
        for place, chapter in enumerate(story.chapters, 1)
    ]  # fmt: skip
    reviews: list[tuple[Value, ...]] = [
        (
            one.key, story.key, one.chapter, _b(one.reviewer, rng), one.member,
            _said(one, drawn, rng), _when(story.published),
            max(0, one.rating), int(bool(one.reply)), 0,
        )
        for story in drawn.stories
        for one in story.reviews
    ]  # fmt: skip
    chapters += [_orphan_2(one, rng) for one in drawn.orphans]
    stories += [
        (
            key, _m(title, rng), b"", b"1", b"", b"", b"", b"PG-13", _when(1_000_000_000), _when(1_000_000_000), 1, 0,
            1, 0, 0, 0, 0, 0, b"",
        )
        for key, title in drawn.bare.items()
    ]  # fmt: skip
    series: list[tuple[Value, ...]] = [
        (one.key, _b(one.title, rng), b"", one.owner, 0, b"1", 0, b"", b"", b"", 0, b"0") for one in drawn.series
    ]
    inseries: list[tuple[Value, ...]] = [
        (one.key, key, place) for one in drawn.series for place, key in enumerate(one.stories, 1)
    ]
    return [
        _table("stories", STORIES_2, stories),
        _table("chapters", CHAPTERS_2, chapters),
        _table("authors", AUTHORS_2, _members_2(drawn, rng)),
        *_lists_2(drawn),
        _table("reviews", REVIEWS_2, reviews),
        _table("series", SERIES_2, series),
        _table("inseries", "seriesid sid inorder", inseries),
        _table("favauth", "uid favuid", [(1, 2), (2, 1)]),
        _table("favstor", "uid sid", [(1, drawn.stories[0].key)]),
        _table("favseries", "uid seriesid", [(1, 1)]),
        _news(drawn),
        _table("comments", "cid nid uname comment time", [(1, 1, b"somebody", b"Hear, hear.", _when(1_100_000_000))]),
    ]


def _three(drawn: World, rng: random.Random) -> list[Table]:
    """Version 3.5: ids in lists, co-authors in a table, times in seconds."""
    stories: list[tuple[Value, ...]] = [
        (
            one.key, _m(one.title, rng), _m(one.summary, rng), b"", _list([one.fandom], rng), _classes(one, rng),
            _people_of(one, rng), _rated(one, rng), _time(drawn, one.published), _updated(drawn, one, rng), one.author,
            b"1" if one.coauthors else b"0", 0, one.validated, int(one.complete), 0, 7, 3, len(one.reviews), 9, b"0",
        )
        for one in drawn.stories
    ]  # fmt: skip
    chapters: list[tuple[Value, ...]] = [
        (
            chapter.key, _m(chapter.title, rng), place, _m(chapter.notes, rng), _in_database(chapter, rng), b"",
            int(chapter.is_public), 7, 1, 1, story.key, chapter.author, 12,
        )
        for story in drawn.stories
        for place, chapter in enumerate(story.chapters, 1)
    ]  # fmt: skip
    members: list[tuple[Value, ...]] = [
        (
            number, _b(name, rng), b"", world.mail_of(number).encode(), b"http://lantern.example/%d" % number,
            _b("I write at night, by a naïve lamp.", rng), b"", 1_100_000_000, 0, world.secret_of(number).encode(),
        )
        for number, name in drawn.members.items()
    ]  # fmt: skip
    reviews: list[tuple[Value, ...]] = [
        (
            one.key, story.key, one.chapter, _b(one.reviewer, rng), one.member,
            _said(one, drawn, rng), _time(drawn, story.published),
            one.rating, b"1" if one.reply else b"0", b"ST",
        )
        for story in drawn.stories
        for one in story.reviews
    ]  # fmt: skip
    chapters += [_orphan_3(one, rng) for one in drawn.orphans]
    stories += [
        (
            key, _m(title, rng), b"", b"", b"1", b"", b"", b"1", _time(drawn, 1_000_000_000),
            _time(drawn, 1_000_000_000), 1, b"0", 0, 1, 0, 0, 0, 0, 0, 0, b"",
        )
        for key, title in drawn.bare.items()
    ]  # fmt: skip
    reviews += [
        (one.key, one.chapter, 0, one.reviewer.encode(), 0, one.text.encode(), 0, -1, b"0", b"SE")
        for one in drawn.of_series
    ]
    reviews.append((900_001, 900_001, 0, b"Nobody", 0, b"Where is it?", 1_100_000_000, -1, b"0", b"ST"))
    series: list[tuple[Value, ...]] = [
        (one.key, _b(one.title, rng), b"", one.owner, 0, b"1", 0, b"", b"", 0, 2, b"", b"", b"") for one in drawn.series
    ]
    inseries: list[tuple[Value, ...]] = [
        (1, 999_999, 0, 1, 98),
        *((one.key, key, 0, 1, place) for one in drawn.series for place, key in enumerate(one.stories, 1)),
        *((one.key, 0, key, 1, 99) for one in drawn.series for key in one.within),
    ]
    classes: list[tuple[Value, ...]] = [(n, 1, one.encode()) for n, one in enumerate(GENRES, 1)]
    classes += [(100 + n, 2, one.encode()) for n, one in enumerate(world.WARNINGS, 1)]
    preferences: list[tuple[Value, ...]] = [
        (number, 0, 0, 1, 0, 0, 0, 0, 0, b"default", 0, b"0", 0, 1) for number in drawn.members
    ]
    return [
        _table("authors", AUTHORS_3, members),
        _table(
            "authorprefs",
            "uid newreviews newrespond ageconsent alertson tinyMCE sortby storyindex validated userskin level"
            " categories contact stories",
            preferences,
        ),
        _categories(),
        _table("chapters", CHAPTERS_3, chapters),
        _table("characters", "charid catid charname bio image", [(*row, b"", b"") for row in _people()]),
        _table("classes", "class_id class_type class_name", classes),
        _table(
            "classtypes",
            "classtype_id classtype_name classtype_title",
            [(1, b"genres", b"Genres"), (2, b"warnings", b"Warnings")],
        ),
        _table(
            "coauthors", "sid uid", [(1, 999_999), *((one.key, uid) for one in drawn.stories for uid in one.coauthors)]
        ),
        _table("codeblocks", "code_id code_text code_type code_module", [(1, b"<?php canary(); ?>", b"x", b"y")]),
        _table("favorites", "uid item type comments", [(1, 1, b"ST", b"Again and again."), (1, 2, b"AU", b"")]),
        _table(
            "log",
            "log_id log_action log_uid log_ip log_timestamp log_type",
            [(1, b"canary log", 1, 2_130_706_433, 1_100_000_000, b"AM")],
        ),
        _table(
            "messages",
            "message_id message_name message_title message_text",
            [(1, b"rules", b"The Rules", b"<p>Be kind.</p>"), (2, b"copyright", b"", b"All of it is ours.")],
        ),
        _news(drawn),
        _ratings(drawn),
        _table("reviews", REVIEWS_3, reviews),
        _table("series", SERIES_3, series),
        _table("inseries", "seriesid sid subseriesid confirmed inorder", inseries),
        _table("stories", STORIES_3, stories),
        _table(
            "comments", "cid nid uid comment time", [(1, 1, 1, b"Hear, hear.", 1_100_000_000), (2, 99, 1, b"Where?", 0)]
        ),
    ]


def _orphan_2(chapter: Chapter, rng: random.Random) -> tuple[Value, ...]:
    text = text_of(chapter, rng)
    return (chapter.key, _m(chapter.title, rng), 1, b"", text, 1, 7, 1, 1, chapter.key + 10_000, chapter.author)


def _orphan_3(chapter: Chapter, rng: random.Random) -> tuple[Value, ...]:
    text = text_of(chapter, rng)
    return (chapter.key, _m(chapter.title, rng), 1, b"", text, b"", 1, 7, 1, 1, chapter.key + 10_000, chapter.author, 1)


def _members_2(drawn: World, rng: random.Random) -> list[tuple[Value, ...]]:
    return [
        (
            number, _b(name, rng), b"", world.mail_of(number).encode(), b"", _b("I write at night.", rng), b"",
            _when(1_050_000_000), 0, 0, world.secret_of(number).encode(), 0, b"default", 0, 0, 0, b"0",
        )
        for number, name in drawn.members.items()
    ]  # fmt: skip


def _categories() -> Table:
    rows: list[tuple[Value, ...]] = [
        (n, -1, one.encode(), b"", b"", 0, 0, n, 0) for n, one in enumerate(FANDOMS, 1)
    ]  # fmt: skip
    columns = "catid parentcatid category description image locked leveldown displayorder numitems"
    return _table("categories", columns, rows)


def _lists_2(drawn: World) -> list[Table]:
    """What stories of eFiction 1 and 2 are described by."""
    return [
        _categories(),
        _table("genres", "gid genre", [(n, one.encode()) for n, one in enumerate(GENRES, 1)]),
        _table("warnings", "wid warning", [(n, one.encode()) for n, one in enumerate(world.WARNINGS, 1)]),
        _table("characters", "charid catid charname", _people()),
        _ratings(drawn),
    ]


def _ratings(drawn: World) -> Table:
    rows: list[tuple[Value, ...]] = [
        (n, one.encode(), 4 * (n == drawn.for_members), b"") for n, one in enumerate(world.RATINGS, 1)
    ]
    return _table("ratings", "rid rating ratingwarning warningtext", rows)


def _news(drawn: World) -> Table:
    rows: list[tuple[Value, ...]] = [
        (n, b"Keeper", one.encode(), b"All is well.", b"2004-05-06 07:08:09") for n, one in enumerate(drawn.news, 1)
    ]
    return _table("news", "nid author title story time", rows)


def _people() -> list[tuple[Value, ...]]:
    return [(n, -1, one.encode()) for n, one in enumerate(world.CHARACTERS, 1)]


def _classes(story: Story, rng: random.Random) -> bytes:
    return _list([*story.genres, *(100 + one for one in story.warnings)], rng)


def _list(ids: Sequence[int], rng: random.Random) -> bytes:
    """Ids as sites have them: with blanks, with commas at the ends, with ids of rows that are gone."""
    told = [str(one) for one in ids] + (["77777"] if rng.random() < 0.02 else [])
    if not told:
        return rng.choice((b"0", b"", b"-1"))
    text = rng.choice((",", ",", ", ")).join(told)
    return rng.choice((text, text, f",{text},", f"{text},")).encode()


def _named(ids: Sequence[int], names: Sequence[str], rng: random.Random) -> bytes:
    return rng.choice((", ", ",")).join(names[one - 1] for one in ids).encode()


def _b(text: str, rng: random.Random) -> bytes:
    return letters.stored(text, rng)


def _m(text: str, rng: random.Random) -> bytes:
    """A value that is markup."""
    return letters.stored(text, rng, is_markup=True)


def _time(drawn: World, seconds: int) -> Value:
    return _when(seconds) if drawn.dates == "words" else seconds


def _updated(drawn: World, story: Story, rng: random.Random) -> Value:
    """When a story was changed last; some never were, as MySQL says it."""
    if drawn.dates == "words" and rng.random() < 0.03:
        return b"0000-00-00 00:00:00"
    return _time(drawn, story.published + 5)


def _people_of(story: Story, rng: random.Random) -> bytes:
    """The characters of a story by their numbers, in some rows by their names."""
    return _named(story.characters, world.CHARACTERS, rng) if rng.random() < 0.05 else _list(story.characters, rng)


def _rated(story: Story, rng: random.Random) -> bytes:
    return world.RATINGS[story.rating - 1].encode() if rng.random() < 0.05 else b"%d" % story.rating


def _when(seconds: int) -> bytes:
    """A time as versions before 3.5.5 write it."""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%d %H:%M:%S").encode()


def _said(review: Review, drawn: World, rng: random.Random) -> bytes:
    """A review as eFiction stores it: its author's reply goes into the same text."""
    text = review.text.replace("\n", "<br />") or "No Review"
    reply = f"<br><br><i>{drawn.label}: {review.reply}</i>" if review.reply else ""
    return letters.stored(text + reply, rng, is_markup=True)


def _in_database(chapter: Chapter, rng: random.Random) -> bytes:
    """A chapter's text where the database holds it. Where it is cut, so is the truth."""
    if chapter.place not in ("database", "both"):
        return b""
    if chapter.is_cut:
        return "\n\n".join(chapter.paragraphs).encode()
    return text_of(chapter, rng)
