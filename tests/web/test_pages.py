"""What each page shows, and what it leaves out."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser
from shelves import add_work, block, paragraphs, parsed, text_of

from ficshelf.library import models
from ficshelf.model import Block, Run, Span
from ficshelf.remarks import KINDS
from ficshelf.web.pages.work import REPAIRS


def titles(client: Client, url: str) -> list[str]:
    return [" ".join(node.text().split()) for node in parsed(client, url).css(".card h2 a")]


# The shelf


def test_an_empty_shelf_says_how_to_fill_it(client: Client) -> None:
    tree = parsed(client, "/")
    assert text_of(tree, "h1") == "Nothing on the shelf yet"
    assert "ficshelf add" in text_of(tree, ".empty code")


def test_a_card_tells_what_is_known(client: Client) -> None:
    add_work(series=(("Northern Lights", 2),), authors=("Ada Fenn", "Zoë Pell"))
    tree = parsed(client, "/")
    assert text_of(tree, ".card h2") == "The Lighthouse Keeper’s Ledger"
    assert text_of(tree, ".card .by") == "by Ada Fenn and Zoë Pell in Flannan Isle"
    assert text_of(tree, ".card .summary") == "A keeper counts the ships that do not come."
    assert text_of(tree, ".card .in-series") == "Part 2 of Northern Lights"
    marks = text_of(tree, ".card .marks")
    for mark in ("Teen", "Complete", "8 words", "1 chapter", "4 Mar 2003"):
        assert mark in marks


def test_a_guessed_title_looks_like_a_guess(client: Client) -> None:
    add_work("", authors=(), suggested_title="gunpowder v2")
    add_work("", authors=())
    assert titles(client, "/?sort=added") == ["Untitled", "perhaps gunpowder v2"]
    assert "author unknown" in text_of(parsed(client, "/"), ".card .by")


def test_a_guessed_author_or_fandom_is_listed_nowhere_on_the_shelf(client: Client) -> None:
    add_work()
    models.Credit.objects.update(how="inferred")
    models.WorkTag.objects.update(how="inferred")
    page = client.get("/").content.decode()
    assert "Mary Whitlow" not in page
    assert "Flannan" not in page
    assert titles(client, "/?author=Mary+Whitlow") == []
    assert titles(client, "/?fandom=Flannan+Isle") == []


@pytest.fixture
def some_works(client: Client) -> None:
    add_work("Ash", authors=("Zoë Pell",), tags={"fandom": ("Dracula",), "genre": ("Angst",)}, rating="mature")
    add_work("The Bee", authors=("Ada Fenn",), tags={"fandom": ("Macbeth",)}, complete=False, updated=None)
    long = ((None, "", paragraphs("word " * 1200)),)
    add_work("Coal", authors=("Ada Fenn",), tags={"fandom": ("Dracula",)}, complete=None, chapters=long)


@pytest.mark.usefixtures("some_works")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ash", "The Bee", "Coal"]),
        ("?sort=author", ["The Bee", "Coal", "Ash"]),
        ("?sort=words", ["Coal", "Ash", "The Bee"]),
        ("?sort=updated", ["Ash", "Coal", "The Bee"]),
        ("?sort=added", ["Coal", "The Bee", "Ash"]),
        ("?sort=nonsense", ["Ash", "The Bee", "Coal"]),
        ("?fandom=Dracula", ["Ash", "Coal"]),
        ("?fandom=dracula&author=ada+fenn", ["Coal"]),
        ("?rating=mature", ["Ash"]),
        ("?rating=nonsense", ["Ash", "The Bee", "Coal"]),
        ("?complete=yes", ["Ash"]),
        ("?complete=no", ["The Bee"]),
        ("?complete=unknown", ["Coal"]),
        ("?length=story", ["Coal"]),
        ("?length=short", ["Ash", "The Bee"]),
        ("?genre=Angst", ["Ash"]),
        ("?fandom=Frankenstein", []),
        ("?author=%00%FF", []),
    ],
)
def test_filters_and_orders(client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, f"/{query}") == expected


def test_works_without_a_title_come_last(client: Client) -> None:
    add_work("", files=())
    add_work("Zebra", files=())
    assert titles(client, "/") == ["Zebra", "Untitled"]


@pytest.mark.usefixtures("some_works")
def test_a_facet_counts_what_it_would_leave(client: Client) -> None:
    tree = parsed(client, "/?author=Ada+Fenn")
    for link in tree.css(".facet a"):
        count = int(re.search(r"\d+", link.css_first(".count").text())[0])
        url = unescape(link.attributes["href"])
        if "chosen" not in (link.attributes.get("class") or ""):
            assert len(titles(client, url)) == count, url


def test_what_is_chosen_is_among_the_values_however_rare_it_is(client: Client) -> None:
    for number in range(20):
        add_work(f"Story {number:02}", files=(), authors=("Common", f"Author {number:02}"))
    facet = parsed(client, "/?author=Author+19").css_first("[aria-labelledby=facet-author]")
    shown = [" ".join(node.text().split()) for node in facet.css("a")]
    assert shown[0] == "Common 20 works"
    assert shown[-1] == "Chosen: Author 19 1 work"


@pytest.mark.usefixtures("some_works")
def test_a_filter_can_be_taken_away_again(client: Client) -> None:
    tree = parsed(client, "/?fandom=Dracula&rating=mature")
    links = {link.css_first("bdi").text(): link.attributes["href"] for link in tree.css(".chosen-filters a:not(.all)")}
    assert links == {"Dracula": "/?rating=mature", "Mature": "/?fandom=Dracula"}
    assert "No work fits" in text_of(parsed(client, "/?fandom=Macbeth&rating=mature"), ".empty")


def test_many_works_stand_on_several_pages(client: Client) -> None:
    for number in range(60):
        add_work(f"Story {number:02}", files=())
    first, second, third = (parsed(client, f"/?page={page}") for page in (1, 2, 3))
    seen = [node.text() for tree in (first, second, third) for node in tree.css(".card h2 bdi")]
    assert seen == [f"Story {number:02}" for number in range(60)]
    assert first.css_first('a[rel="next"]').attributes["href"] == "/?page=2"
    assert second.css_first('a[rel="prev"]').attributes["href"] == "/"
    assert parsed(client, "/?page=0").css_first(".card h2 bdi").text() == "Story 00"
    parsed(client, "/?page=4", status=404)


@pytest.mark.parametrize("url", ["/", "/?fandom=Flannan+Isle&sort=words"])
def test_the_shelf_asks_the_database_the_same_few_questions_however_many_works_there_are(
    client: Client, url: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    add_work(files=(), series=(("A", 1),))
    few = queries()
    for number in range(20):
        add_work(f"Story {number}", files=(), authors=(f"Author {number}",), series=(("A", number + 2),))
    assert queries() == few <= 16
    assert queries() == 1  # the page is kept: all that is asked is whether anything has changed


def test_a_card_is_drawn_once_whatever_the_order_and_the_page(client: Client) -> None:
    for number in range(10):
        add_work(f"Story {number}", files=(), series=(("A", number + 1),))
    first = titles(client, "/")
    with CaptureQueriesContext(connection) as captured:
        assert sorted(titles(client, "/?sort=words")) == first
    assert len(captured) == 3  # whether anything has changed, the order, and which cards are still right


def test_a_change_of_a_work_is_seen_at_once(client: Client) -> None:
    work = add_work()
    assert titles(client, "/") == ["The Lighthouse Keeper’s Ledger"]
    work.title = "The Ledger"
    work.version += 1
    work.save()
    assert titles(client, "/") == ["The Ledger"]
    assert text_of(parsed(client, f"/works/{work.pk}"), "h1") == "The Ledger"
    work.delete()
    assert titles(client, "/") == []


# The work


def test_the_page_of_a_work(client: Client) -> None:
    work = add_work(
        chapters=(
            (1, "Dusk", paragraphs("One.")),
            (2, "", paragraphs("Two.")),
            (None, "Epilogue", paragraphs("Three.")),
        ),
        facts=(
            ("fandom", "Flannan Isle Mystery", "inferred", "named in the disclaimer"),
            ("disclaimer", "The sea is nobody’s.", "stated", ""),
            ("url", "http://lights.example/ledger.html", "stated", ""),
            ("feedback", "to mary@lights.example please", "stated", ""),
        ),
        files=(("/home/mary/My Stories/ledger.txt", b"x"),),
        remarks=(("lines-joined", "3 lines", 0, 1), ("encoding-guessed", "It looks like cp1252.", 0, 1)),
        questions=(("title", "Which is the title?", [["The Ledger", "the file’s name"]]),),
        rating_stated="PG-13 for wreckage",
    )
    tree = parsed(client, f"/works/{work.pk}")
    assert [a.text().strip() for a in tree.css(".contents a")] == ["1. Dusk", "Chapter 2", "Epilogue"]
    assert "“PG-13 for wreckage”" in text_of(tree, ".marks")
    assert "The sea is nobody’s." in text_of(tree, ".prose")
    doubt = text_of(tree, ".doubt")
    assert "perhaps Flannan Isle Mystery named in the disclaimer, 80% sure" in doubt
    assert "perhaps The Ledger the file’s name" in doubt
    assert KINDS["encoding-guessed"] in doubt
    assert KINDS["lines-joined"] in text_of(tree, "section:has(#repaired)")
    assert "Flannan Isle Mystery" not in text_of(tree, ".facts")
    found = tree.css_first(".found a")
    assert found.css_first("bdi").text() == "ledger.txt"
    assert client.get(found.attributes["href"]).status_code == 200
    page = client.get(f"/works/{work.pk}").content.decode()
    assert "My Stories" not in page  # where a file lay is nobody's business
    assert "mary@lights" not in page  # people's addresses are never shown
    assert "a mail address is kept back" in page


def test_whether_two_works_are_one_is_asked_with_a_way_to_the_other(client: Client) -> None:
    first, second = add_work("Gunpowder"), add_work("Gunpowder", files=(("v2.txt", b"y"),))
    answers = [["same", "same title and author"], ["different", "they are two stories"]]
    source = second.sources.get()
    models.Question.objects.create(work=second, source=source, about="same-work", other=first, answers=answers)
    for work, other, file in ((second, first, "ledger.txt"), (first, second, "v2.txt")):
        question = parsed(client, f"/works/{work.pk}").css_first(".question")
        assert question.css_first("a").attributes["href"] == f"/works/{other.pk}"
        text = " ".join(question.text().split())
        assert f"The other one: Gunpowder, 8 words, from {file}" in text
        assert "perhaps the same story same title and author" in text


def test_a_question_about_a_guess_shows_it_once_with_the_other_answers(client: Client) -> None:
    work = add_work(
        "",
        suggested_title="Gunpowder",
        facts=(("title", "Gunpowder", "inferred", "the file’s name"),),
        questions=(("title", "What is it called?", [["Gunpowder", "the file’s name"], ["Smoke", "its first word"]]),),
    )
    doubt = parsed(client, f"/works/{work.pk}").css_first(".doubt")
    assert [" ".join(node.text().split()) for node in doubt.css("li")] == [
        "perhaps Gunpowder the file’s name",
        "perhaps Smoke its first word",
    ]
    assert doubt.text().count("Gunpowder") == 1


def test_what_several_files_say_is_shown_once(client: Client) -> None:
    work = add_work(
        tags={},
        facts=(
            ("published", "Sat, 17 Oct 1998 23:41:07 -0500", "stated", ""),
            ("published", "Tue, 20 Oct 1998 01:02:19 -0500", "stated", ""),
            ("updated", "2003-03-04", "stated", ""),
            ("updated", "2003-03-04", "stated", ""),
            ("part", "1/2", "stated", ""),
            ("part", "2/2", "stated", ""),
            ("spoilers", "All of it.", "stated", ""),
            ("spoilers", "All of it.", "stated", ""),
            ("title", "Lights", "inferred", "the file’s name"),
            ("title", "Lights", "inferred", "the file’s name"),
        ),
    )
    tree = parsed(client, f"/works/{work.pk}")
    assert [" ".join(node.text().split()) for node in tree.css(".facts div")] == [
        "Published 17 Oct 1998 to 20 Oct 1998",
        "Updated 4 Mar 2003",
        "Spoilers All of it.",
    ]
    assert text_of(tree, ".doubt dd").count("Lights") == 1


@pytest.mark.parametrize("stated", ["3/8/2011", "March 2001", "two days before Yule", "2001-02-31"])
def test_a_date_that_does_not_name_a_day_beyond_doubt_is_shown_as_stated(client: Client, stated: str) -> None:
    work = add_work(tags={}, facts=(("published", stated, "stated", ""),))
    assert text_of(parsed(client, f"/works/{work.pk}"), ".facts dd") == stated


def test_every_repair_is_a_kind_of_remark() -> None:
    assert set(REPAIRS) <= set(KINDS)


def test_a_story_from_a_zip_says_so(client: Client) -> None:
    work = add_work(files=(("box.zip/inner/tale.txt", b"x"),))
    box = models.Source.objects.create(sha256="b" * 64, size=10)
    models.Place.objects.create(source=box, path="/home/mary/box.zip", path_sha256="c" * 64)
    models.Place.objects.update_or_create(path="box.zip/inner/tale.txt", defaults={"container": box})
    assert "tale.txt in box.zip, 1 byte" in text_of(parsed(client, f"/works/{work.pk}"), ".found")


def test_a_work_costs_the_same_few_queries_however_long_it_is(client: Client) -> None:
    works = [
        add_work(
            f"Story {chapters}",
            chapters=tuple((number, "", paragraphs("Word.")) for number in range(chapters)),
            files=tuple((f"{chapters}-{number}.txt", b"x%d %d" % (chapters, number)) for number in range(chapters)),
        )
        for chapters in (2, 40)
    ]
    counts = []
    for work in works:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/works/{work.pk}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 18


# The chapter


def chapter_of(client: Client, *blocks: Block) -> LexborHTMLParser:
    work = add_work(chapters=((1, "Dusk", blocks),))
    return parsed(client, f"/works/{work.pk}/chapters/1")


def test_a_chapter_is_set_as_what_it_is(client: Client) -> None:
    tree = chapter_of(
        client,
        block("heading", "Chapter 1: Dusk"),
        block("note", "A/N: hello"),
        Block("paragraph", (Run("The "), Run("lamp", ("em",)), Run(" was lit.")), ()),
        block("break", "***"),
        block("verse", "O light,\nturn once"),
        block("quote", "Dear Tom"),
        block("end", "The End"),
    )
    story = tree.css_first(".story")
    assert story.css_first("h2").text() == "Chapter 1: Dusk"
    assert story.css_first("em").text() == "lamp"
    assert len(story.css("hr")) == 1
    assert [node.attributes["id"] for node in story.css("section")] == ["scene-1", "scene-2"]
    assert len(story.css(".verse span")) == 2
    assert story.css_first("blockquote").text().strip() == "Dear Tom"
    assert story.css_first("[role=note]").text().strip() == "A/N: hello"
    assert len(tree.css("h1")) == 1


def test_previous_and_next_and_how_far_one_is(client: Client) -> None:
    chapters = tuple((number, "", paragraphs("word " * 100)) for number in (1, 2, 3, 4))
    work = add_work(chapters=chapters)
    tree = parsed(client, f"/works/{work.pk}/chapters/2")
    assert tree.css_first('nav a[rel="prev"]').attributes["href"] == f"/works/{work.pk}/chapters/1"
    assert tree.css_first('nav a[rel="next"]').attributes["href"] == f"/works/{work.pk}/chapters/3"
    assert tree.css_first('link[rel="next"]').attributes["href"] == f"/works/{work.pk}/chapters/3"
    assert "Chapter 2 of 4 · 50 % of the work · 1 min left" in text_of(tree, ".progress")
    assert text_of(tree, ".chapter-head .length") == "Chapter 2 of 4 · 100 words, 1 min · then 1 min to the end"
    last = parsed(client, f"/works/{work.pk}/chapters/4")
    assert last.css_first('a[rel="next"]') is None
    assert "100 %" in text_of(last, ".progress")
    for missing in (0, 5, 10**30):
        parsed(client, f"/works/{work.pk}/chapters/{missing}", status=404)


def test_a_heading_that_a_page_gives_twice_is_set_once(client: Client) -> None:
    once = chapter_of(client, block("heading", "Chapter 11"), block("heading", "CHAPTER 11"), block("heading", "Dusk"))
    assert text_of(once, ".story h2") == "Chapter 11 Dusk"


def test_a_story_in_another_language_says_so(client: Client) -> None:
    work = add_work(language="עברית")
    story = parsed(client, f"/works/{work.pk}/chapters/1").css_first(".story")
    assert (story.attributes["lang"], story.attributes["dir"]) == ("he", "rtl")


def test_a_chapter_is_sent_small_and_not_sent_again(client: Client) -> None:
    work = add_work(chapters=((1, "", paragraphs(*["The lamp was lit at dusk. " * 20] * 100)),))
    url = f"/works/{work.pk}/chapters/1"
    plain = client.get(url)
    packed = client.get(url, headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    again = client.get(url, headers={"If-None-Match": packed["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    work.version += 1
    work.save()
    assert client.get(url, headers={"If-None-Match": packed["ETag"]}).status_code == 200


def test_a_kept_chapter_costs_one_query(client: Client) -> None:
    work = add_work()
    url = f"/works/{work.pk}/chapters/1"
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert len(captured) == 1


def test_the_first_view_of_a_chapter_is_at_most_60_kb_of_everything(client: Client) -> None:
    words = [f"{'aeiou'[n % 5]}{n * 7919 % 9973:x}" for n in range(5000)]  # hard to compress, unlike a story
    text = tuple(" ".join(words[at : at + 100]) for at in range(0, 5000, 100))
    work = add_work(chapters=((1, "", paragraphs(*text)),))
    page = client.get(f"/works/{work.pk}/chapters/1", headers={"Accept-Encoding": "gzip"})
    tree = LexborHTMLParser(gzip.decompress(page.content))
    urls = [node.attributes["src"] for node in tree.css("script")]
    urls += [node.attributes["href"] for node in tree.css('link[rel="stylesheet"]')]
    total = len(page.content)
    for url in urls:
        response = client.get(url, headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert "immutable" in response["Cache-Control"]
        total += len(b"".join(response.streaming_content))
    assert total <= 60_000


# Beside the original


def beside(client: Client, text: str, blocks: tuple[Block, ...], **more: object) -> LexborHTMLParser:
    work = add_work(chapters=((1, "", blocks),), files=(("tale.txt", text.encode()),), **more)
    return parsed(client, f"/works/{work.pk}/chapters/1/original")


def whole(text: str, part: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def test_the_original_stands_beside_its_reading_and_nothing_of_it_is_hidden(client: Client) -> None:
    text = "Home | Next\n\nThe lamp was\nlit at dusk.\n\n***\n\nNobody came.\n\nMenu\n"
    blocks = (
        Block("paragraph", (Run("The lamp was lit at dusk."),), (whole(text, "The lamp was\nlit at dusk."),)),
        Block("break", (Run("***"),), (whole(text, "***"),)),
        Block("paragraph", (Run("Nobody came."),), (whole(text, "Nobody came."),)),
    )
    span = whole(text, "The lamp was\nlit at dusk.")
    tree = beside(client, text, blocks, remarks=(("lines-joined", "2 lines", *span),))
    shown = "".join(node.text() for node in tree.css(".layer")).replace("Original: ", "")
    assert "".join(shown.split()) == "".join(text.split())
    assert not tree.css(".layer mark")
    note = tree.css_first(".note-on")
    assert KINDS["lines-joined"] in note.text()
    assert "lit at dusk" in note.parent.text()
    assert len(tree.css(".pair.apart")) == 2


def test_words_that_were_repaired_are_marked(client: Client) -> None:
    text = "The cafÃ© was shut.\n"
    blocks = (Block("paragraph", (Run("The café was shut."),), (Span(0, 19),)),)
    assert [mark.text() for mark in beside(client, text, blocks).css(".layer mark")] == ["cafÃ©"]


def test_a_missing_or_damaged_original_is_told(client: Client, library) -> None:
    work = add_work(chapters=((1, "", (block("paragraph", "x", spans=((0, 1),)),)),), files=(("a.txt", b"x"),))
    [original] = [path for path in library.rglob("*") if path.is_file()]
    original.chmod(0o644)
    original.write_bytes(b"y")
    assert "damaged" in text_of(parsed(client, f"/works/{work.pk}/chapters/1/original"), ".problem")
    original.unlink()
    models.Work.objects.update(version=2)
    page = parsed(client, f"/works/{work.pk}/chapters/1/original")
    assert "ficshelf check" in text_of(page, ".problem")
    assert "x" in text_of(page, ".story")


def test_a_file_of_several_chapters_is_shared_out_between_their_pages(client: Client) -> None:
    text = "Title\n\nOne.\n\n~\n\nTwo.\n\nfooter\n"
    chapters = tuple(
        (number, "", (Block("paragraph", (Run(word),), (whole(text, word),)),))
        for number, word in enumerate(("One.", "Two."), start=1)
    )
    work = add_work(chapters=chapters, files=(("tale.txt", text.encode()),))
    shown = []
    for position in (1, 2):
        tree = parsed(client, f"/works/{work.pk}/chapters/{position}/original")
        shown.append([node.text().replace("Original: ", "").strip() for node in tree.css(".layer")])
    assert shown == [["Title", "One."], ["~", "Two.", "footer"]]


def test_what_is_compressed_already_is_sent_as_it_is(client: Client) -> None:
    work = add_work()
    for url in (f"/works/{work.pk}/download.epub", f"/originals/{models.Source.objects.get().sha256}"):
        response = client.get(url, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in response
        assert int(response["Content-Length"]) > 0
    search = client.get("/search", headers={"Accept-Encoding": "gzip"})
    assert search["Content-Encoding"] == "gzip"


def test_other_works_suggest_the_fandom_of_one_that_states_none(client: Client) -> None:
    people = ("Ysolde Marrow", "Tobiah Ashlock")
    add_work("Salt", tags={"fandom": ("The Glass Harbour",), "character": people})
    told = paragraphs("The lamp was for Ysolde. Nobody but Tobiah knew what Ysolde wanted, and so Tobiah lit it.")
    lamp = add_work("Lamp", tags={"genre": ("Angst",)}, chapters=((None, "", told),))
    page = client.get(f"/works/{lamp.pk}").content.decode()
    assert "The Glass Harbour" in page
    assert "other works here that state it have" in unescape(page)
    assert titles(client, "/?fandom=The+Glass+Harbour") == ["Salt"]
