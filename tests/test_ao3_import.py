"""What the Archive of Our Own's import does with a header or a page, and what a reader of saved stories does instead.

The rows follow the archive's own story parser and its specification; where it loses or mistakes something, the
expectation here is the better one. Rows about fetching pages and about its form (22, 39, 41) have no place here:
nothing is fetched. What a library is needed for (23, 42, and where the links of 43 lead) is in `tests/library`.
"""

from __future__ import annotations

import pytest

from ficshelf import ratings
from ficshelf.model import Work
from ficshelf.reading import read
from ficshelf.words import count

STORY = (
    "\n\nThe tide had gone out in the night and taken the pier with it. Nobody in the village could say when.\n\n"
    "“Somebody ought to go and look,” said Mrs. Pell, and went on shelling peas.\n\n"
    "It was the boy who went, in the end, with a lantern and a boathook and no shoes.\n"
)


def work_of(header: str) -> Work:
    """The one work of a text with that header."""
    (work,) = read([(header.encode() + STORY.encode(), "tide.txt")]).works
    return work


def page_of(body: str, head: str = "") -> Work:
    """The one work of a page with that body."""
    (work,) = read([(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "tide.html")]).works
    return work


def paragraphs(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.strip().split("\n\n"))


def stated(work: Work, name: str) -> list[str | bool]:
    return [fact.value for fact in work.facts.get(name, ()) if fact.how == "stated"]


def told(work: Work) -> str:
    return "\n".join(block.text for chapter in work.chapters for block in chapter.blocks)


@pytest.mark.parametrize(
    "line",
    [
        "Title: A Tide",
        "Title : A Tide",
        "<b>Title:</b> A Tide",
        "Title\t: A Tide",
        "<strong>Title</strong>: A Tide",
        "TITLE - A Tide",
        "Titles: A Tide",
        "Title:\nA Tide",
    ],
)
def test_1_to_3_and_6_a_title_in_any_form(line: str) -> None:
    header = f"{line}\nRating: PG"
    work = page_of(header.replace("\n", "<br>\n") + paragraphs(STORY)) if "<" in line else work_of(header)
    assert stated(work, "title") == ["A Tide"]
    assert "A Tide" not in told(work)


def test_3_summaries_is_a_summary() -> None:
    assert stated(work_of("Title: T\nSummaries: A boy goes."), "summary") == ["A boy goes."]


@pytest.mark.parametrize("label", ["Subtitle", "Entitle"])
def test_4_what_only_ends_in_title_is_none(label: str) -> None:
    assert "X" not in stated(work_of(f"{label}: X\nRating: PG"), "title")


def test_5_a_chapter_title_is_not_the_title() -> None:
    work = work_of("Chapter Title: One\nTitle: Two\nRating: PG")
    assert stated(work, "title") == ["Two"]
    assert work.chapters[0].title == "One"


def test_7_a_summary_over_several_lines_is_whole() -> None:
    lines = ["Summary: The pier is gone, and somebody has to go and", "look for it before the boats are in."]
    header = "\n".join(["Title: T", *lines, "Rating: G"])
    expected = "The pier is gone, and somebody has to go and look for it before the boats are in."
    assert stated(work_of(header), "summary") == [expected]
    page = page_of("<p>Title: T<br>Summary:<br>The pier is gone.</p>" + paragraphs(STORY))
    assert stated(page, "summary") == ["The pier is gone."]


@pytest.mark.parametrize("label", ["Pairing", "Pairings", "Relationship", "Relationships"])
def test_8_and_9_a_pairing(label: str) -> None:
    assert stated(work_of(f"Title: T\n{label}: Pell/Boy"), "relationship") == ["Pell/Boy"]


def test_10_only_the_authors_note_is_a_note() -> None:
    work = work_of("Title: T\nAuthor's Note: Be kind.\nDisclaimer Note: Not mine.")
    assert stated(work, "note") == ["Be kind."]
    assert "the speech" not in stated(work_of("Title: T\nKeynote: the speech"), "note")


@pytest.mark.parametrize("label", ["A/N", "AN"])
def test_11_the_short_forms_of_note(label: str) -> None:
    assert stated(work_of(f"Title: T\n{label}: Be kind."), "note") == ["Be kind."]


@pytest.mark.parametrize("label", ["Date", "Posted", "Posted on", "Posted at", "Update", "Updated"])
def test_12_and_13_dates(label: str) -> None:
    work = work_of(f"Title: T\n{label}: 2003-04-05")
    assert stated(work, "published") + stated(work, "updated") == ["2003-04-05"]


def test_14_rated() -> None:
    assert stated(work_of("Title: T\nRated: R"), "rating") == ["R"]


def test_15_two_kinds_of_warning() -> None:
    work = work_of("Title: T\nContent Warning: the sea\nSpoiler Warning: season two")
    assert stated(work, "warning") == ["the sea"]
    assert stated(work, "spoilers") == ["season two"]


@pytest.mark.parametrize(
    ("label", "name", "value"),
    [
        ("Author", "author", "Pell"),
        ("Category", "category", "Drama"),
        ("Genre", "genre", "Drama"),
        ("Series", "series", "Tides"),
        ("Spoilers", "spoilers", "none"),
        ("Disclaimer", "disclaimer", "Not mine."),
        ("Feedback", "feedback", "Yes please."),
        ("Archive", "archive_permission", "Ask first."),
        ("Beta", "beta", "Gull"),
        ("Language", "language", "English"),
        ("Words", "words", "1,234"),
        ("Status", "status", "Complete"),
    ],
)
def test_16_labels_that_an_import_ignores(label: str, name: str, value: str) -> None:
    assert stated(work_of(f"Title: T\n{label}: {value}"), name) == [value]


def test_17_labels_are_not_left_in_the_story() -> None:
    assert told(work_of("Title: T\nAuthor: Pell\nRating: PG\nSummary: A boy goes.")).startswith("The tide had gone out")


def test_18_a_label_in_the_middle_of_the_story_is_story() -> None:
    work = read([((STORY + "\nRating: poor, said the sign on the door.\n" + STORY).encode(), "x.txt")]).works[0]
    assert stated(work, "rating") == []
    assert "Rating: poor" in told(work)


def test_19_a_header_in_a_comment() -> None:
    comment = "<!-- STORYINFO\nTitle: A Tide\nAuthor: Pell\nRating: PG\n-->"
    work = page_of(comment + paragraphs(STORY))
    assert (stated(work, "title"), stated(work, "author"), stated(work, "rating")) == (["A Tide"], ["Pell"], ["PG"])


def test_20_the_pages_title_without_the_sites_name() -> None:
    work = page_of(paragraphs(STORY), "<title>A Tide - The Harbour Fanfiction Archive</title>")
    suggested = [fact.value for fact in work.facts.get("title", ())]
    assert suggested[0] == "A Tide"


def test_21_nothing_at_all_is_said_to_be_unknown() -> None:
    reading = read([(STORY.encode(), "pier_story_final.txt")])
    (work,) = reading.works
    assert stated(work, "title") == stated(work, "fandom") == stated(work, "rating") == []
    assert [question.about for question in reading.questions] == ["title"]
    assert reading.questions[0].answers[0].evidence == "the file's name"


@pytest.mark.parametrize(
    ("rows", "scale"),
    [
        ("NC-17|NC17|NC-18|X|MA|Explicit|NC 17|FRAO|FR18|Adult|18+|NC-21", "explicit"),
        ("R|M|Mature|Hard R|FRM|FR15", "mature"),
        ("PG-13|PG13|PG-15|T|Teen|PG 13|FRT", "teen"),
        ("PG|G|K|K+|Gen|Rated PG|Everyone", "general"),
        ("R/NC-17", "explicit"),
    ],
)
def test_24_to_31_ratings(rows: str, scale: str) -> None:
    for rating in rows.split("|"):
        assert ratings.scale(rating) == scale, rating
        assert stated(work_of(f"Title: T\nRating: {rating}"), "rating") == [rating]


def test_32_a_warning_that_the_archive_does_not_know_is_kept() -> None:
    assert stated(work_of("Title: A Tide\nWarnings: drowned piers"), "warning") == ["drowned piers"]


def test_33_tags_are_parted_at_commas_and_semicolons() -> None:
    assert stated(work_of("Title: T\nTags: piers, the sea; boys"), "tag") == ["piers", "the sea", "boys"]


def test_34_an_unreadable_date_is_kept_as_it_is() -> None:
    assert stated(work_of("Title: T\nPosted: the day after the regatta"), "published") == ["the day after the regatta"]


def test_35_and_37_files_in_the_order_of_their_chapters_with_the_dates_of_the_first_and_the_last() -> None:
    header = "Title: A Tide\nAuthor: Osier\n"
    first = f"{header}Date: 1 May 2001\n\nChapter 1: Out\n{STORY}"
    last = f"{header}Date: 3 June 2001\n\nChapter 2: In\n\nIt came back.{STORY}"
    (work,) = read([(last.encode(), "tide2.txt"), (first.encode(), "tide1.txt")]).works
    assert [chapter.title for chapter in work.chapters] == ["Out", "In"]
    assert "1 May 2001" in stated(work, "published")


def test_36_one_page_of_many_chapters_is_split() -> None:
    work = page_of("<h2>Chapter 1: Out</h2>" + paragraphs(STORY) + "<h2>Chapter 2: Back</h2>" + paragraphs(STORY))
    assert [(chapter.number, chapter.title) for chapter in work.chapters] == [(1, "Out"), (2, "Back")]


def test_38_a_blank_chapter_among_files_does_not_stop_the_rest() -> None:
    parts = [
        ("tide-1.txt", "Title: Tide\n\nChapter 1" + STORY),
        ("tide-2.txt", " \n"),
        ("tide-3.txt", "Title: Tide\n\nChapter 3" + STORY),
    ]
    reading = read([(text.encode(), name) for name, text in parts])
    (work,) = reading.works
    assert [chapter.number for chapter in work.chapters] == [1, 3]
    assert {"empty", "chapter-missing"} <= {remark.kind for remark in reading.remarks}


def test_40_a_journal_in_its_light_format_has_its_title_without_the_posters_name() -> None:
    entry = f'<h3 class="entry-title">A Tide</h3><div class="entry-content">{paragraphs(STORY)}</div>'
    work = page_of(f'<span class="ljuser"><b>osier</b></span>{entry}', "<title>osier: A Tide</title>")
    assert stated(work, "title") == ["A Tide"]


def test_43_and_56_links_lead_where_they_led_and_run_nothing() -> None:
    links = (
        '<a href="map.html">a map</a>, <a href="javascript:go()">a lamp</a>, <a href="ftp://pier.example/">a pier</a>'
    )
    work = page_of(paragraphs(STORY) + f"<p>He had {links}, and no shoes.</p>" + paragraphs(STORY))
    runs = [run for block in work.chapters[0].blocks for run in block.runs if run.text in ("a map", "a lamp", "a pier")]
    found = {run.text: run.link for run in runs}
    assert found["a map"] == "map.html"  # on the shelf it leads to that page's story: tests/library/test_linked.py
    assert found["a pier"] == "ftp://pier.example/"
    assert "javascript" not in "".join(found.values())
    assert "He had a map, a lamp, a pier, and no shoes." in told(work)


def test_44_the_story_is_found_in_its_container() -> None:
    menu = '<div id="menu"><a href="/">Home</a></div>'
    page = f'{menu}<div class="chapter-content">{paragraphs(STORY)}</div><p>Skin: Wren</p>'
    assert [block.text for block in page_of(page).chapters[0].blocks][:3] == STORY.strip().split("\n\n")


def test_45_windows_letters_without_a_declaration() -> None:
    reading = read([(STORY.replace("\n\n", "\r\n\r\n").encode("cp1252"), "tide.txt")])
    assert "“Somebody ought to go and look,” said" in told(reading.works[0])


def test_46_nul_and_invalid_bytes_are_counted_and_told() -> None:
    reading = read(
        [(STORY.encode().replace(b"pier", b"pi\0er", 1) + b"\n\nA last \x81\xff\xfe line of it.\n", "tide.txt")]
    )
    assert "taken the pier with it" in told(reading.works[0])
    assert {"control-characters"} <= {remark.kind for remark in reading.remarks}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_47_line_ends(end: str) -> None:
    assert read([(STORY.replace("\n", end).encode(), "tide.txt")]).works == read([(STORY.encode(), "tide.txt")]).works


def test_48_and_49_a_heart_and_joiners_are_text() -> None:
    work = page_of(
        "<p>She wrote <3 on the sand and the tide, for once, let it be. नि\u200cष्ठा stood under it.</p>"
        + paragraphs(STORY)
    )
    assert "wrote <3 on the sand" in told(work)
    assert "नि\u200cष्ठा" in told(work)


def test_50_and_51_line_breaks() -> None:
    story = STORY.strip().split("\n\n")
    two = page_of("<p>" + "<br><br>".join(story) + "</p>")
    assert [block.text for block in two.chapters[0].blocks] == story
    lines = "<br>".join(["Out went the tide", "and out went the pier", "and out went the boy with a lamp"])
    assert (
        page_of(paragraphs(STORY) + f"<p>{lines}</p>" + paragraphs(STORY)).chapters[0].blocks[3].text.count("\n") == 2
    )


@pytest.mark.parametrize("other", ["<hr>", "<h3>Two</h3>", "<ul><li>shoes</li></ul>", "<blockquote>Shoes</blockquote>"])
def test_52_text_beside_other_elements_gets_no_empty_paragraphs(other: str) -> None:
    blocks = page_of(f"{paragraphs(STORY)}{other}\nHe went on.{paragraphs(STORY)}").chapters[-1].blocks
    assert "He went on." in [block.text for block in blocks]
    assert all(block.text for block in blocks if block.kind != "break")


def test_53_hard_wrapped_mail_is_joined() -> None:
    long = (
        "The tide had gone out in the night and taken the pier with it, and\n"
        "nobody in the village could say when, nor whose fault it was, though\n"
        "there were those who had an opinion, and those who had a candidate,\n"
        "and one, down by the slip, who had a boathook and no shoes at all."
    )
    work = read([((long + "\n\n" + long + STORY).encode(), "tide.txt")]).works[0]
    assert work.chapters[0].blocks[0].text == long.replace("\n", " ")


def test_54_scripts_and_styles_are_no_story() -> None:
    page = "<script>var a='x';</script><style>p{color:red}</style>" + paragraphs(STORY) + "<noscript></noscript>"
    assert "var a" not in told(page_of(page))
    assert "color" not in told(page_of(page))


def test_55_the_meaning_of_styles_and_fonts_is_kept() -> None:
    page = (
        '<p>He <span style="font-style: italic">said</span> nothing and <font color="red"><i>meant</i></font> it.</p>'
    )
    runs = page_of(page + paragraphs(STORY)).chapters[0].blocks[0].runs
    assert [run.text for run in runs if "em" in run.marks] == ["said", "meant"]


def test_57_words() -> None:
    assert count("well-known") == count("don't") == 1
    assert count("a--b") == 2
    assert count("漢字かな") == 4
    assert count("* * * ~~~") == 0
