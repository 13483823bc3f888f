"""Books of works: flawless for epubcheck, the same bytes for the same work, every letter, and no guesses."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from odd_works import ODD_TEXTS, PAYLOADS, Check, any_blocks, block, letters, letters_of, works

from ficshelf.model import DECIDED, INFERRED, Block, Chapter, Fact, Run, Work
from ficshelf.reading import read
from ficshelf.writers import WRITERS, epub
from ficshelf.writers.markup import fit

SAMPLES = Path(__file__).parents[2] / "samples"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"

STORY = (
    Chapter(0, "Prologue", (block("heading", "Prologue"), block("paragraph", "It had been raining for a week."))),
    Chapter(
        1,
        "The Lamp",
        (
            block("heading", "Chapter 1: The Lamp"),
            block("note", "A/N: for Irene, who asked."),
            block("paragraph", "Watson ", Run("knew", ("em",)), " the step on the stair."),
            block("break", "~*~"),
            block("verse", "The lamp is out,\nthe street is wet."),
            block("quote", "Come at once if convenient."),
            block("end", "The End"),
        ),
    ),
)


def work(chapters: tuple[Chapter, ...] = STORY, **facts: str | bool | tuple[str, ...]) -> Work:
    return Work(
        {
            name: tuple(map(Fact, values)) if isinstance(values, tuple) else (Fact(values),)
            for name, values in facts.items()
        },
        chapters,
    )


def book(work: Work) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub.write(work, identifier="a work"))) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist()}


def package(work: Work) -> etree._Element:
    return etree.fromstring(book(work)["EPUB/content.opf"])


def metas(work: Work, name: str) -> list[str | None]:
    return [meta.text for meta in package(work).iter(f"{OPF}meta") if meta.get("property") == name]


def elements(work: Work, name: str) -> list[str | None]:
    return [element.text for element in package(work).iter(DC + name)]


def words_of(page: bytes) -> str:
    """The text of a page as it is read, with single blanks."""
    return " ".join("".join(etree.fromstring(page).find(f"{XHTML}body").itertext()).split())


def chapter_texts(files: dict[str, bytes]) -> Iterator[str]:
    """The text of the chapter documents, in the order of the spine."""
    tree = etree.fromstring(files["EPUB/content.opf"])
    places = {item.get("id"): item.get("href") for item in tree.iter(f"{OPF}item")}
    for itemref in tree.iter(f"{OPF}itemref"):
        name = places[itemref.get("idref")]
        if name.startswith("chapter-"):
            yield "".join(etree.fromstring(files[f"EPUB/{name}"]).find(f"{XHTML}body").itertext())


# What epubcheck says


def test_two_hundred_odd_works_are_flawless_books(epubcheck: Check) -> None:
    books = {f"odd-{number}": epub.write(odd, identifier=str(number)) for number, odd in enumerate(works(200))}
    assert epubcheck(books) == {}


def test_the_samples_are_flawless_books(epubcheck: Check) -> None:
    books = {
        f"{entry.name}-{number}": epub.write(sample, identifier=entry.name)
        for entry in sorted(SAMPLES.iterdir())
        for number, sample in enumerate(read(list(_sources(entry))).works)
    }
    assert len(books) >= 24
    assert epubcheck(books) == {}


def _sources(entry: Path) -> Iterator[tuple[bytes, str]]:
    """The files of a sample that belong together: one, or all of a folder or a zip."""
    for path in sorted(entry.rglob("*")) if entry.is_dir() else [entry]:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as opened:
                yield from ((opened.read(name), f"{path.name}/{name}") for name in opened.namelist())
        elif path.is_file():
            yield path.read_bytes(), str(path.relative_to(SAMPLES))


def test_extremes_are_flawless_books(epubcheck: Check) -> None:
    paragraphs = tuple(block("paragraph", f"{number} " + "and the rain fell " * 12) for number in range(2000))
    scenes = tuple(block("break", "***") if number % 50 == 0 else one for number, one in enumerate(paragraphs))
    extremes = {
        "nothing": Work({}, ()),
        "no-facts": Work({}, STORY),
        "empty-chapters": Work({}, (Chapter(None, None, ()), Chapter(3, None, ()), Chapter(None, "", ()))),
        "only-notes": Work({}, (Chapter(None, None, (block("note", "On hiatus. Sorry!"),)),)),
        "only-breaks": Work({}, (Chapter(1, None, (block("break", "***"), block("break", "***"))),)),
        "many-chapters": Work({}, tuple(Chapter(number, None, paragraphs[:1]) for number in range(1, 1001))),
        "long-chapter": Work({}, (Chapter(1, "Long", scenes),)),
        "one-long-line": Work({}, (Chapter(1, "Longer", (block("paragraph", "rain " * 100_000),)),)),
        "right-to-left": work(title="עיר הגשם", author="מרים", language="עברית", summary="גשם."),
        "everything": work(
            title="The Lamp", author=("Wren", "Ash"), summary="Rain.\nMore.", fandom=("Sherlock Holmes", "Dracula"),
            relationship="Holmes/Watson", character=("Holmes", "Watson"), rating="PG-13 for rain", warning="Rain",
            genre="Mystery", tag="rain", category="Gen", spoilers="All of it", disclaimer=("Not mine.", "Really not."),
            dedication="For Irene", note=("First.", "Second."), beta="Mrs. Hudson", feedback="Yes, please",
            archive_permission="Ask first", series=("Part 3 of The Returned", "Rain #2", "Lamps"), status="Complete",
            complete=True, language=("English", "Français"), published="2004-03-03", updated="April 5th, 2005",
            words="300", url="http://example.org/lamp?a=1&b=2", archive="The Baker Street Archive",
        ),
    }  # fmt: skip
    assert epubcheck({name: epub.write(extreme, identifier=name) for name, extreme in extremes.items()}) == {}


def test_epubcheck_would_say_so(epubcheck: Check) -> None:
    """The checker of these tests does find what is wrong: a book whose contents name a page that is not there."""
    data = epub.write(work(title="The Lamp"), identifier="x")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(out, "w") as bad:
        for entry in good.infolist():
            if entry.filename != "EPUB/about.xhtml":
                bad.writestr(entry, good.read(entry))
    found = epubcheck({"bad": out.getvalue(), "good": data})
    assert list(found) == ["bad"]
    assert "about.xhtml" in found["bad"]


# Bytes and letters


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(any_blocks)
def test_every_letter_of_the_blocks_is_in_the_chapters(blocks: tuple[Block, ...]) -> None:
    story = tuple(
        one._replace(runs=tuple(run._replace(text=fit(run.text)) for run in one.runs))
        for one in blocks
        if one.kind not in ("image", "break")
    )
    expected = letters_of(story)
    found = letters("".join(chapter_texts(book(Work({}, (Chapter(None, None, story),))))))
    assert found == (
        expected if any(one.text.strip() for one in story) else letters("There is no text in this chapter.")
    )


def test_a_long_chapter_is_cut_into_pages_without_losing_a_letter() -> None:
    blocks = tuple(
        block("break", "* * *") if number % 40 == 39 else block("paragraph", f"{number} " + "rain and rain " * 20)
        for number in range(3000)
    )
    files = book(Work({}, (Chapter(None, None, blocks),)))
    assert sum(name.startswith("EPUB/chapter-1") for name in files) > 3
    assert max(len(text) for text in chapter_texts(files)) < 260_000
    assert letters("".join(chapter_texts(files))) == letters_of(blocks)
    numbers = [
        int(section.get("id").removeprefix("scene-"))
        for name, page in files.items()
        if name.startswith("EPUB/chapter-1")
        for section in etree.fromstring(page).iter(f"{XHTML}section")
        if section.get("class") == "scene"
    ]
    assert sorted(set(numbers)) == list(range(1, 76))
    assert numbers == sorted(numbers)
    assert sum(page.count(b'<hr class="break" />') for page in files.values()) == 74


def test_the_same_work_gives_the_same_bytes() -> None:
    for odd in works(12):
        assert epub.write(odd, identifier="x") == epub.write(odd, identifier="x")


def test_the_identifier_stays_with_the_work() -> None:
    one, other = (epub.write(work(), identifier=name) for name in ("one", "other"))
    assert one != other


def test_the_first_entry_says_what_the_file_is() -> None:
    data = epub.write(work(), identifier="x")
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_every_page_of_odd_works_is_well_formed() -> None:
    for odd in works(40, seed=7):
        for name, data in book(odd).items():
            if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml")):
                etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_any_fact_stays_text(payload: str) -> None:
    facts = dict.fromkeys(("title", "author", "summary", "fandom", "series", "note", "disclaimer", "url"), payload)
    for name, data in book(work((Chapter(1, payload, ()),), **facts)).items():
        if name.endswith((".xhtml", ".svg", ".opf")):
            for element in etree.fromstring(data).iter():
                assert etree.QName(element).localname not in ("script", "iframe", "form", "style", "animate", "object")
                assert not any(etree.QName(key).localname.startswith("on") for key in element.attrib)


def test_nothing_in_a_book_is_fetched_from_elsewhere() -> None:
    for odd in works(30, seed=3):
        for name, data in book(odd).items():
            if name.endswith((".xhtml", ".svg")):
                for element in etree.fromstring(data).iter():
                    for attribute, value in element.attrib.items():
                        if etree.QName(attribute).localname in ("src", "href") and element.tag != f"{XHTML}a":
                            assert value in ("cover.svg", "style.css")


# Metadata


def test_tags_are_typed() -> None:
    tree = package(work(title="The Lamp", fandom="Sherlock Holmes", relationship="Holmes/Watson"))
    subjects = {subject.get("id"): subject.text for subject in tree.iter(f"{DC}subject")}
    terms = {
        meta.get("refines").lstrip("#"): meta.text for meta in tree.iter(f"{OPF}meta") if meta.get("property") == "term"
    }
    assert {subjects[identity]: term for identity, term in terms.items()} == {
        "Sherlock Holmes": "fandom",
        "Holmes/Watson": "relationship",
    }


def test_authors_are_credited_in_their_order() -> None:
    tree = package(work(author=("Wren", "Ash")))
    assert [creator.text for creator in tree.iter(f"{DC}creator")] == ["Wren", "Ash"]
    assert [meta.text for meta in tree.iter(f"{OPF}meta") if meta.get("property") == "role"] == ["aut", "aut"]


def test_a_work_may_stand_in_several_series() -> None:
    known = work(series=("Part 3 of The Returned", "Rain #2", "Lamps"))
    assert metas(known, "belongs-to-collection") == ["The Returned", "Rain", "Lamps"]
    assert metas(known, "group-position") == ["3", "2"]


def test_ratings_keep_their_words() -> None:
    known = work(rating="PG-13 for rain")
    assert metas(known, "fic:rating") == ["PG-13 for rain"]
    assert metas(known, "schema:contentRating") == ["teen"]


@pytest.mark.parametrize(
    ("stated", "tag"),
    [("English", "en"), ("Français", "fr"), ("русский", "ru"), ("pt-br", "pt-BR"), ("Elvish", "und"), ("", "und")],
)
def test_languages_are_named_by_their_tags(stated: str, tag: str) -> None:
    assert elements(work(language=stated), "language") == [tag]


def test_a_date_is_given_only_when_it_is_certain() -> None:
    assert elements(work(published="March 3, 2004"), "date") == ["2004-03-03"]
    assert elements(work(published="the 3rd of March 2004"), "date") == ["2004-03-03"]
    assert elements(work(published="3/4/05"), "date") == []
    assert elements(work(published="2004-02-31"), "date") == []
    assert metas(work(published="2004-03-03", updated="2005-01-01"), "dcterms:modified") == ["2005-01-01T00:00:00Z"]


def test_guesses_do_not_travel() -> None:
    guessed = Work(
        {
            "title": (Fact("A guess", INFERRED, (), 0, 0.9, "the file's name"),),
            "author": (Fact("Somebody Guessed", INFERRED, (), 0, 0.9, "a note"),),
            "fandom": (Fact("Guessed Fandom", INFERRED, (), 0, 0.9, "the disclaimer"),),
        },
        STORY,
    )
    everything = b"".join(book(guessed).values()).decode().lower()
    assert "guess" not in everything
    assert elements(guessed, "title") == ["Untitled"]
    assert elements(guessed, "creator") == []


def test_what_a_person_decided_stands_in_place_of_what_the_file_says() -> None:
    known = Work({"author": (Fact("wren_1987"), Fact("Wren", DECIDED))}, STORY)
    assert elements(known, "creator") == ["Wren"]


def test_credit_and_disclaimers_travel_with_every_copy() -> None:
    page = words_of(
        book(
            work(title="The Lamp", author="Wren", disclaimer=("Not mine.", "Sir Arthur's."), url="http://a.example/1")
        )["EPUB/about.xhtml"]
    )
    assert "The Lamp was written by Wren." in page
    assert "Not mine." in page
    assert "Sir Arthur's." in page
    assert "http://a.example/1" in page


def test_addresses_of_people_are_not_shown() -> None:
    known = work(
        author="Wren <wren@example.org>", feedback="To wren@example.org, please", disclaimer="mailto:a@b.example"
    )
    assert b"@" not in b"".join(data for name, data in book(known).items() if not name.endswith(".css"))
    assert elements(known, "creator") == ["Wren"]


# Pages


def test_chapters_say_what_they_are() -> None:
    chapters = (*STORY, Chapter(None, "Epilogue", (block("heading", "Epilogue"), block("paragraph", "Rain."))))
    files = book(Work({}, chapters))
    kinds = [
        (section.get("role"), section.get(f"{OPS}type"))
        for name in ("EPUB/chapter-1.xhtml", "EPUB/chapter-2.xhtml", "EPUB/chapter-3.xhtml")
        for section in etree.fromstring(files[name]).iter(f"{XHTML}section")
        if section.get("role")
    ]
    assert kinds == [("doc-prologue", "prologue"), ("doc-chapter", "chapter"), ("doc-epilogue", "epilogue")]


def contents(files: dict[str, bytes]) -> list[str | None]:
    return [link.text for link in next(etree.fromstring(files["EPUB/nav.xhtml"]).iter(f"{XHTML}ol")).iter(f"{XHTML}a")]


def test_the_contents_name_chapters_as_the_story_does() -> None:
    chapters = (
        *STORY,
        Chapter(3, None, (block("heading", "Part Three"), block("paragraph", "Rain."))),
        Chapter(4, None, (block("paragraph", "Rain."),)),
        Chapter(None, None, (block("paragraph", "He did not come back that night, nor on any other."),)),
    )
    assert contents(book(Work({}, chapters)))[1:-1] == [
        "Prologue", "1. The Lamp", "Part Three", "Chapter 4", "He did not come back that night, nor on…",
    ]  # fmt: skip


def test_old_readers_get_the_same_contents() -> None:
    files = book(work(title="The Lamp"))
    ncx = etree.fromstring(files["EPUB/toc.ncx"])
    assert [point.findtext(".//{*}text") for point in ncx.iter("{*}navPoint")] == contents(files)


def test_a_chapter_known_only_by_its_number_gets_a_heading() -> None:
    files = book(Work({}, (Chapter(4, None, (block("paragraph", "Rain."),)), *STORY)))
    assert b'<h2 id="heading">Chapter 4</h2>' in files["EPUB/chapter-1.xhtml"]
    assert files["EPUB/chapter-3.xhtml"].count(b"<h2") == 1


def test_the_cover_shows_title_and_author_within_its_frame() -> None:
    for title in ("The Lamp", "Rain " * 30, "word" * 200, "日本語の題名" * 12, *ODD_TEXTS):
        svg = etree.fromstring(book(work(title=title, author="Wren"))["EPUB/cover.svg"])
        lines = list(svg.iter("{http://www.w3.org/2000/svg}text"))
        assert lines[-1].text == "Wren"
        assert all(150 < int(line.get("y")) < 2300 for line in lines)
        assert [int(line.get("y")) for line in lines] == sorted(int(line.get("y")) for line in lines)


def cover_lines(title: str) -> list[tuple[int, str]]:
    """The lines of a cover without an author: (size of type, text)."""
    svg = etree.fromstring(book(work(title=title))["EPUB/cover.svg"])
    return [(int(line.get("font-size")), line.text) for line in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_the_cover_sets_short_titles_large_and_never_loses_a_word_of_a_bearable_one() -> None:
    assert cover_lines("Rain") == [(170, "Rain")]
    long = "Five Things That Never Happened to Sherlock Holmes, and One That Did, Told by Somebody Else"
    assert " ".join(text for _, text in cover_lines(long)) == long
    assert "".join(text for _, text in cover_lines("日本語の題名と長い物語の始まりについて")) == (
        "日本語の題名と長い物語の始まりについて"
    )
    assert cover_lines("日本語の題名と長い物語の始まりについて")[0][0] >= 130


def test_the_cover_is_not_overrun_by_marks_piled_on_letters() -> None:
    ((_, text),) = cover_lines("Z" + "\u0301" * 40 + "algo")
    assert len(text) < 10


def test_the_table_of_writers_names_this_one() -> None:
    assert WRITERS["epub"].EXTENSION == ".epub"
    assert WRITERS["epub"].MEDIA_TYPE == "application/epub+zip"
