"""Mirrors: which saved pages are of one story, and in which order, whatever program saved them under whatever names."""

from __future__ import annotations

from pathlib import Path

from ficshelf.sources import walk
from ficshelf.sources.containers import Scratch


def page(text: str = "", links: dict[str, str] | None = None, title: str = "", top: str = "") -> str:
    """A page with links: what each says, and where it leads."""
    ways = " | ".join(f'<a href="{href}">{said}</a>' for said, href in (links or {}).items())
    body = f"<body><p>{text or 'The ferry came late.'}</p><p>{ways}</p></body>"
    return f"{top}<html><head><title>{title}</title></head>{body}</html>"


def gathered(folder: Path, pages: dict[str, str]) -> list[list[str]]:
    """The rows of pages of one story, each in its order, by what they are called below the folder."""
    root = folder / "mirror"
    for name, text in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (folder / "scratch").mkdir(exist_ok=True)
    rows: dict[str, list[str]] = {}
    for place in walk([root], scratch=Scratch(folder / "scratch")):
        if place.group:
            rows.setdefault(place.group, []).append(place.path.partition("mirror/")[2])
    return sorted(rows.values())


HOST = "www.lantern.example"


def test_an_archives_addresses_say_which_pages_are_of_one_story(tmp_path: Path) -> None:
    names = [
        f"{HOST}/viewstory.php?sid=12&chapter=2.html", f"{HOST}/viewstory.php?sid=12&chapter=10.html",
        f"{HOST}/viewstory.php?sid=12&chapter=1.html", f"{HOST}/viewstory.php?sid=12&index=1.html",
        f"{HOST}/viewstory.php?sid=13&chapter=1.html", f"{HOST}/viewstory.php?sid=13&chapter=2.html",
        f"{HOST}/reviews.php?type=ST&item=12.html", f"{HOST}/viewuser.php?uid=3.html", f"{HOST}/index.html",
        f"{HOST}/browse.php?type=titles.html",
    ]  # fmt: skip
    assert gathered(tmp_path, {name: page() for name in names}) == [
        [names[3], names[2], names[0], names[1], names[6]],
        [names[4], names[5]],
    ]


def test_names_may_have_an_at_sign_for_the_question_mark(tmp_path: Path) -> None:
    names = [f"old/viewstory.php@sid=5&chapter={number}.html" for number in (1, 2)]
    assert gathered(tmp_path, {name: page() for name in names}) == [names]


def test_a_page_of_all_chapters_stands_apart_from_them_and_alone_where_they_are_not(tmp_path: Path) -> None:
    whole = f"{HOST}/viewstory.php?action=printable&sid=12&chapter=all.html"
    chapters = [f"{HOST}/viewstory.php?sid=12&chapter={number}.html" for number in (1, 2)]
    alone = f"{HOST}/viewstory.php?action=printable&sid=9&chapter=all.html"
    assert gathered(tmp_path, {name: page() for name in (whole, *chapters, alone)}) == [[whole], [alone], chapters]


def test_a_comment_says_the_address_that_the_name_does_not(tmp_path: Path) -> None:
    """HTTrack makes up names for addresses with a query."""
    tops = {
        f"{HOST}/viewstory{name}.html": f"<!-- Mirrored from {HOST}/viewstory.php?sid=7&chapter={number} by HTTrack -->"
        for name, number in (("ffe1", 2), ("03ab", 10), ("9c20", 1))
    }
    saved = f"<!-- saved from url=(0050)http://{HOST}/viewstory.php?sid=7&chapter=3 -->"
    pages = {name: page(top=top) for name, top in tops.items()} | {"The Ford.htm": page(top=saved)}
    one, two, three = (f"{HOST}/viewstory{name}.html" for name in ("9c20", "ffe1", "03ab"))
    assert gathered(tmp_path, pages) == [[one, two, "The Ford.htm", three]]


def test_a_page_saved_twice_does_not_stand_twice_in_its_story(tmp_path: Path) -> None:
    first, second = (f"{HOST}/viewstory.php?sid=12&chapter={number}" for number in (1, 2))
    again = f"{HOST}/viewstory.php?sid=12&chapter=1&textsize=2.html"
    pages = {f"{first}.html": page(), f"{second}.html": page(), f"{first}.html.orig": page(), again: page()}
    assert gathered(tmp_path, pages) == [[f"{first}.html", f"{second}.html", f"{first}.html.orig", again]]


def test_links_that_count_up_are_chapters_and_begin_again_with_another_story(tmp_path: Path) -> None:
    links = {
        "1": "ford/a.html", "2": "ford/b.html", "3": "ford/c.html", "by Ann": "ann.html",
        "Chapter One": "mill/x.html", "Chapter Two": "mill/y.html", "Epilogue": "mill/e.html", "Links": "links.html",
    }  # fmt: skip
    pages = {name: page() for name in links.values()} | {"index.html": page(links=links)}
    assert gathered(tmp_path, pages) == [
        ["ford/a.html", "ford/b.html", "ford/c.html"], ["mill/x.html", "mill/y.html", "mill/e.html"],
    ]  # fmt: skip


def test_parts_that_name_each_other_are_one_story(tmp_path: Path) -> None:
    names = [f"entry/{number}.html" for number in (5501, 4420, 8800)]

    def links(here: int) -> dict[str, str]:
        return {f"Part {n}": f"../{name}" for n, name in enumerate(names, 1) if n != here}

    pages = {name: page(links=links(number)) for number, name in enumerate(names, 1)}
    assert gathered(tmp_path, pages) == [names]


def test_next_chapter_leads_on(tmp_path: Path) -> None:
    names = ["s/smoke.html", "s/ash.html", "s/ember.html"]
    pages = {
        names[0]: page(links={"Next chapter": "ash.html", "Home": "../index.html"}),
        names[1]: page(links={"Next Chapter >>": "ember.html", "Home": "../index.html"}),
        names[2]: page(links={"Home": "../index.html"}),
        "index.html": page(),
    }
    assert gathered(tmp_path, pages) == [names]


def test_a_bare_next_leads_on_only_between_pages_that_are_called_alike(tmp_path: Path) -> None:
    def ring(names: list[str]) -> dict[str, str]:
        return {
            name: page(links={"Previous": names[at - 1], "Next": names[(at + 1) % len(names)]})
            for at, name in enumerate(names)
        }

    stories = ring(["smoke.html", "ford.html", "mill.html"])
    chapters = ring(["tale1.html", "tale2.html", "tale3.html"])
    assert gathered(tmp_path, stories | chapters) == [["tale1.html", "tale2.html", "tale3.html"]]


def test_a_part_that_nobody_links_to_is_known_by_its_name(tmp_path: Path) -> None:
    pages = {
        "ford1.html": page(links={"Next part": "ford2.html"}),
        "ford2.html": page(),
        "ford3.html": page(),
        "mill1.html": page(),
        "mill2.html": page(),
    }
    assert gathered(tmp_path, pages) == [["ford1.html", "ford2.html", "ford3.html"]]  # the mill is left to its texts


def test_entries_whose_titles_count_up_are_one_story(tmp_path: Path) -> None:
    root = "community.livejournal.com/lantern"
    pages = {
        f"{root}/5577.html": page(title="lantern: Fic: The Ford (2/3)"),
        f"{root}/5510.html": page(title="lantern: Fic: The Ford (1/3)"),
        f"{root}/6001.html": page(title="lantern: Fic: The Ford (3/3)"),
        f"{root}/6001.html?thread=12": page(title="lantern: Fic: The Ford (3/3)"),
        f"{root}/7001.html": page(title="lantern: Fic: The Mill (1/2)"),
        f"{root}/7002.html": page(title="lantern: Fic: The Mill (1/2)"),
    }
    found = gathered(tmp_path, pages)
    assert found[0][:3] == [f"{root}/{name}.html" for name in (5510, 5577, 6001)]
    assert len(found) == 1


def test_links_never_join_two_stories_of_an_archive(tmp_path: Path) -> None:
    names = [f"{HOST}/viewstory.php?sid={sid}&chapter={chapter}.html" for sid in (1, 2) for chapter in (1, 2)]
    links = {"Next chapter": names[2].rpartition("/")[2].replace("?", "%3F")}
    pages = {name: page(links=links) for name in names}
    assert gathered(tmp_path, pages) == [names[:2], names[2:]]


def test_links_in_circles_end(tmp_path: Path) -> None:
    pages = {f"ring{n}.html": page(links={"Next chapter": f"ring{(n + 1) % 50}.html"}) for n in range(50)}
    (found,) = gathered(tmp_path, pages)
    assert len(found) == 50


def test_pages_without_a_word_of_chapters_are_left_alone(tmp_path: Path) -> None:
    pages = {f"{name}.html": page(links={"Home": "index.html", "Links": "b.html"}) for name in ("a", "b", "index")}
    assert gathered(tmp_path, pages) == []


def test_two_parts_that_name_each_other_are_one_story(tmp_path: Path) -> None:
    pages = {
        "a.html": page(links={"Part 2": "b.html"}),
        "b.html": page(links={"Part 1": "a.html"}),
        "c.html": page(links={"Part 2": "a.html"}),
    }
    assert gathered(tmp_path, pages) == [["a.html", "b.html"]]


def test_pages_called_alike_are_one_story_by_their_headings_where_a_link_broke_off(tmp_path: Path) -> None:
    def told(heading: str) -> str:
        top = "<html><head><title>The Ford</title></head>"
        return f"{top}<body><h3>{heading}</h3><p>It rained.</p></body></html>"

    host = "www.lantern.example/~wren/ford"
    pages = {f"{host}/smoke.html": told("Chapter 4"), f"{host}/ash.html": told("Chapter 2: Ash")}
    assert gathered(tmp_path, pages) == [[f"{host}/ash.html", f"{host}/smoke.html"]]
    pages[f"{host}/ember.html"] = told("Chapter 2: Ember")
    assert gathered(tmp_path, pages) == []  # two of one number: nobody knows which is of which


def test_two_stories_of_one_title_are_parted_by_whom_they_are_about(tmp_path: Path) -> None:
    def told(heading: str, one: str, other: str) -> str:
        text = f"It rained, and {one} said that {other} knew it. Then {other} laughed at {one}."
        return f"<html><head><title>The Ford</title></head><body><h3>{heading}</h3><p>{text}</p></body></html>"

    root = "saved/The Ford"
    pages = {
        f"{root}.html": told("Chapter 1", "Maud", "Hob"),
        f"{root} (1).html": told("Chapter 2", "Maud", "Quill"),
        f"{root} (2).html": told("Chapter 2", "Ines", "Tomas"),
        f"{root} (3).html": told("Chapter 3", "Tomas", "Ines"),
        f"{root} (4).html": "<title>The Ford</title><body><h3>Chapter 4</h3><p>It rained.</p></body>",  # of either
    }
    assert gathered(tmp_path, pages) == [
        [f"{root} (2).html", f"{root} (3).html"],
        [f"{root}.html", f"{root} (1).html"],
    ]


def test_files_whose_names_differ_in_capitals_alone_are_two(tmp_path: Path) -> None:
    top = "<html><head><title>The Ford</title></head><body><h3>{}</h3>"
    pages = {f"saved/{name}.html": top.format(said) for name, said in (("FIC", "Chapter 1"), ("Fic", "Chapter 2"))}
    assert gathered(tmp_path, pages) == [["saved/FIC.html", "saved/Fic.html"]]


def test_pages_without_addresses_are_known_by_what_other_parts_call_them(tmp_path: Path) -> None:
    parts = [f"http://lantern.example/entry/{number}" for number in (5501, 4420, 8800)]
    pages = {
        f"saved/{name}.html": page(links={f"Part {n}": url for n, url in enumerate(parts, 1) if n != here})
        for here, name in enumerate(("smoke", "ash", "ember"), 1)
    }
    assert gathered(tmp_path, pages) == [["saved/smoke.html", "saved/ash.html", "saved/ember.html"]]
    pages |= {f"saved/{name}.html": page(links={"Part 1": parts[0], "Part 2": parts[1]}) for name in ("ember", "again")}
    assert gathered(tmp_path, pages) == [["saved/smoke.html", "saved/ash.html"]]  # two pages are part 3


def test_the_page_under_a_storys_own_address_is_its_first(tmp_path: Path) -> None:
    own = f"http://{HOST}/viewstory.php?sid=4"
    second = page(
        links={"Low Water": own, "Previous": f"{own}&chapter=1", "Next": f"{own}&chapter=3"}, title="Low Water"
    )
    pages = {"Low Water (1).html": second, "Low Water.html": page(links={"Low Water": own}, title="Low Water")}
    assert gathered(tmp_path, pages) == [["Low Water.html", "Low Water (1).html"]]
