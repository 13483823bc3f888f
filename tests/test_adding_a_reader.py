"""The example of docs/adding-a-reader.md works as it stands: whoever copies it has a dialect."""

from __future__ import annotations

import json
import re
import types
from pathlib import Path

import pytest

from ficshelf import reading
from ficshelf.model import STATED
from ficshelf.readers import sites

TEXT = (Path(__file__).parent.parent / "docs" / "adding-a-reader.md").read_text(encoding="utf-8")


def shown(language: str) -> str:
    """The first example in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)[0]


@pytest.fixture
def dialect(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("lanternhouse")
    exec(shown("python"), vars(module))
    others = {name: one for name, one in sites.DIALECTS.items() if name != "told"}
    monkeypatch.setattr(sites, "DIALECTS", {"lanternhouse": module.LAYOUT, **others})


def test_the_page_reads_as_the_expected_result_says(dialect: None) -> None:
    [expected] = json.loads(shown("json"))["works"]
    [work] = reading.read([(shown("html").encode(), "page.html")]).works
    stated = {
        name: [["stated", fact.value] for fact in facts if fact.how == STATED] for name, facts in work.facts.items()
    }
    assert {name: values for name, values in stated.items() if values} == expected["facts"]
    assert [
        {
            "number": chapter.number,
            "title": chapter.title,
            "blocks": [[block.kind, block.text] for block in chapter.blocks],
        }
        for chapter in work.chapters
    ] == expected["chapters"]


def test_without_the_dialect_the_page_says_less_but_loses_nothing() -> None:
    [work] = reading.read([(shown("html").encode(), "page.html")]).works
    assert "rating" not in work.facts
    assert "She kept the lamp lit" in "".join(block.text for chapter in work.chapters for block in chapter.blocks)
