"""Sites that the forge made and kept in nine ways come back as well as they must: pages put together, told, tied."""

from __future__ import annotations

from pathlib import Path
from random import Random

from bench.forge import keeping, sites
from bench.forge.crawls import BARS, run


def test_sites_come_back_from_every_way_of_keeping_as_well_as_promised() -> None:
    result = run(72, 7, processes=1, per_site=8)  # a site for each way of keeping
    below = {name: figure for name, figure in result.figures().items() if figure < BARS[name] - _FEW.get(name, 0.0)}
    assert not below, f"{below}: {result.slips[:10]}"


_FEW = {
    "pairs of one story, recall": 0.02,
    "in order": 0.03,
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
