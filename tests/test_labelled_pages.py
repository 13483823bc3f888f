"""Whole pages whose writers had not seen our rules: how well they are read may rise and never fall.

`tests/pages_floors.json` holds the floors, by set. When the figures have risen, they are written anew by
`python -m tests.test_labelled_pages`; by hand they go down only with a reason in the commit.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from bench.pages.kinds import kinds
from bench.pages.labelled import PAGES, SETS, load, pages
from bench.pages.score import Score, score

FLOORS = Path(__file__).with_name("pages_floors.json")


@cache
def figures(name: str) -> dict[str, float]:
    if name == "kinds":
        return kinds().figures()
    total = Score()
    for page in pages(name):
        total.add(score(page))
    return total.figures()


@pytest.mark.parametrize("name", [*SETS, "kinds"])
def test_a_set_is_read_as_well_as_ever(name: str) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    found = figures(name)
    assert {figure: (found[figure], floor) for figure, floor in floors.items() if found[figure] < floor} == {}


def test_every_page_is_in_a_set_and_labelled_as_the_readme_says() -> None:
    assert {path.parent.name for path in PAGES.glob("*/*.page")} == set(SETS)
    for path in PAGES.glob("*/*.page"):
        page = load(path)
        assert page.lines
        starts = sum(line.starts for line in page.lines)
        assert starts in (0, len(page.chapters)), path.name


def test_the_score_sees_what_is_wrong() -> None:
    page = next(one for one in pages("hoards") if one.works == 1 and one.chapters)
    assert score(page).f1 > 0.5
    upside_down = page._replace(lines=tuple(line._replace(label="verse") for line in page.lines))
    assert score(upside_down).f1 < 0.2
    assert score(page._replace(works=7)).works_right == 0
    assert score(page._replace(work={"title": "Another"})).facts_right == 0
    assert score(page._replace(chapters=({"number": 77, "title": None},))).chapters_right == 0


if __name__ == "__main__":
    FLOORS.write_text(json.dumps({name: figures(name) for name in (*SETS, "kinds")}, indent=1) + "\n", encoding="utf-8")
