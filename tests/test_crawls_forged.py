"""Sites that the forge made and kept in nine ways come back as well as they must: pages put together, told, tied."""

from __future__ import annotations

from pathlib import Path
from random import Random

from bench.forge import keeping, loose, sites
from bench.forge.crawls import BARS, run

from ficshelf import chapter_files


def test_sites_come_back_from_every_way_of_keeping_as_well_as_promised() -> None:
    result = run(72, 7, processes=1, per_site=8)  # a site for each way of keeping
    below = {name: figure for name, figure in result.figures().items() if figure < BARS[name] - _FEW.get(name, 0.0)}
    assert not below, f"{below}: {result.slips[:10]}"


_FEW = {
    "pairs of one story, recall": 0.02,
    "text to the letter": 0.01,
    "reviews at their chapter": 0.04,
}


def test_the_same_seed_makes_the_same_site(tmp_path: Path) -> None:
    for kind in sites.KINDS:
        one, other = (sites.make(kind, 5, Random("same"), "site.example.org") for _ in range(2))
        assert one == other
        assert len({page.story for page in one.pages if page.kind == "chapter"}) >= 5


def test_every_page_is_kept_in_every_way(tmp_path: Path) -> None:
    made = sites.make("efiction", 4, Random("kept"), "site.example.org")
    for way, keep in keeping.WAYS.items():
        (tmp_path / way).mkdir()
        names = keep(made, tmp_path / way, Random("kept"))
        assert {page.url for page in names.values()} >= {page.url for page in made.pages}, way


def test_loose_files_are_put_together_by_their_names_as_well_as_promised() -> None:
    result = loose.run(48, 9)
    figures = loose.figures(result)
    below = {name: figure for name, figure in figures.items() if figure < loose.BARS[name]}
    assert not below, f"{below}: {result.slips[:10]}"


def test_a_story_goes_on_in_another_folder_where_it_left_off() -> None:
    assert chapter_files.groups(["a/ford1.txt", "a/ford2.txt", "b/ford3.txt"]) == [[0, 1, 2]]
    assert chapter_files.groups(["a/ford1.txt", "a/ford2.txt", "b/ford4.txt"]) == [[0, 1, 2]]  # one was lost
    assert chapter_files.groups(["a/ford1.txt", "a/ford2.txt", "b/ford5.txt"]) == [[0, 1], [2]]
    assert chapter_files.groups(["a/story1.txt", "b/story2.txt"]) == [[0], [1]]
    assert chapter_files.groups(["a/ford/ch1.txt", "b/ford/ch2.txt", "b/lamp/ch3.txt"]) == [[0, 1], [2]]
    assert chapter_files.groups(["a/01 - Smoke.txt", "a/02 - Room 101.txt"]) == [[0, 1]]
    assert chapter_files.groups(["a/01 - Chapter 1.txt", "a/02 - Chapter 2.txt"]) == [[0, 1]]
    assert chapter_files.groups(["a/01 - Smoke.txt", "a/02 - 1999.txt", "a/03 - Salt.txt"]) == [[0, 1, 2]]
    assert chapter_files.groups(["a/01 - Smoke.txt", "a/02-1999.txt", "a/03-1999.txt"]) == [[0], [1], [2]]  # months
    stories = ["a/10001.txt", "a/10002.txt", "a/tale30001.txt", "a/tale30002.txt"]  # called by their own numbers
    assert chapter_files.groups(stories) == [[0], [1], [2], [3]]
