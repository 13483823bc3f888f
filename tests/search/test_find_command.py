"""`ficshelf find` and `ficshelf reindex`, as they are typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MAKE = """
import sys
from pathlib import Path
from ficshelf.library import setup
setup(Path(sys.argv[1]))
from small_library import shelve
shelve(
    "The Lamp Room",
    "The lamp couldn’t burn, and the keeper\u202e wept\\x1b[31m over the lamp."
    "\\n***\\nIn the second scene there was a violin, and Zoë.",
    authors="Ada Quill", rating="teen", rating_stated="PG-13",
)
shelve("Other", "Nothing of the kind, but a lamp and a storm.", authors="Brin Oake")
"""


def ficshelf(*arguments: str, library: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from ficshelf.cli import main; main()", *arguments]
    named = os.environ | {"FICSHELF_LIBRARY": str(library)}
    return subprocess.run(command, capture_output=True, text=True, env=named, timeout=60, check=False)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "shelf"
    subprocess.run([sys.executable, "-c", MAKE, str(folder)], check=True, cwd=Path(__file__).parent, timeout=60)
    return folder


def test_stories_are_listed_with_the_place_of_the_words(shelf):
    ran = ficshelf("find", "couldn't", "burn", library=shelf)
    assert ran.returncode == 0
    assert ran.stderr == ""
    lines = ran.stdout.splitlines()
    assert lines[0] == "1. The Lamp Room by Ada Quill"
    assert "PG-13" in lines[1]
    assert "scene 1  /works/" in lines[2]
    assert lines[2].endswith("#scene-1")
    assert "The lamp couldn’t burn" in lines[3]
    assert lines[-1] == "1 story"


def test_nothing_steers_the_terminal(shelf):
    ran = ficshelf("find", "wept", library=shelf)
    assert "\u202e" not in ran.stdout
    assert "\x1b" not in ran.stdout
    assert "keeper\\u202e wept\\x1b[31m over" in ran.stdout


def test_exclusions_and_phrases_come_through_the_shell(shelf):
    assert "1 story" in ficshelf("find", "lamp", "-storm", library=shelf).stdout
    assert "No story" in ficshelf("find", "storm lamp", "-lamp", library=shelf).stdout
    assert "1 story" in ficshelf("find", "lamp", "the second scene", library=shelf).stdout
    assert "No story" in ficshelf("find", "lamp", "second the scene", library=shelf).stdout
    assert "1 story" in ficshelf("find", "lamp", "author:Ada Quill", library=shelf).stdout


def test_pages(shelf):
    first = ficshelf("find", "lamp", "--limit", "1", library=shelf).stdout
    assert "1 to 1 of 2 stories" in first
    assert "--page 2" in first
    assert "2 to 2 of 2 stories" in ficshelf("find", "lamp", "--limit", "1", "--page", "2", library=shelf).stdout


def test_everything_is_there_as_json(shelf):
    found = json.loads(ficshelf("find", "--json", "zoe violin", library=shelf).stdout)
    (work,) = found["works"]
    assert (found["total"], work["title"], work["authors"], work["rating"]) == (
        1,
        "The Lamp Room",
        ["Ada Quill"],
        "teen",
    )
    (scene,) = work["scenes"]
    assert scene["address"] == f"/works/{work['id']}/chapters/1#scene-2"
    assert [piece["text"] for piece in scene["snippet"] if piece["match"]] == ["violin", "Zoë"]


def test_a_query_that_cannot_be_meant_is_told_in_plain_words(shelf):
    ran = ficshelf("find", "auhtor:quill", library=shelf)
    assert ran.returncode == 2
    assert ran.stderr.startswith("ficshelf: There is no filter auhtor:, did you mean author:?")


def test_there_is_no_library_to_search_in(tmp_path):
    ran = ficshelf("find", "lamp", library=tmp_path / "none")
    assert ran.returncode == 2
    assert "there is no library here yet" in ran.stderr
    assert not (tmp_path / "none").exists()


def test_reindex_makes_the_index_anew(shelf):
    (shelf / "index" / "stamp").unlink()
    ran = ficshelf("reindex", library=shelf)
    assert ran.returncode == 0
    assert ran.stdout.startswith("The search index holds 2 stories with 3 scenes")
    assert "2 stories" in ficshelf("find", "lamp", library=shelf).stdout
