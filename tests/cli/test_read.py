"""`ficshelf read` and `ficshelf explain`: the pure core from the command line, without a library."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ficshelf import __version__

STORY = """The Lighthouse Goose

Rating: PG
Summery: A keeper, a goose, a storm.

Chapter 1

The goose came on a Tuesday.

* * *

By Friday it had *opinions*.

The End
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, as it is typed."""
    command = [sys.executable, "-c", "from ficshelf.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "goose.txt"
    path.write_text(STORY, "utf-8")
    return path


def test_json_has_the_documented_form(story: Path) -> None:
    done = run("read", "--json", str(story))
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    reading = json.loads(done.stdout)
    assert list(reading) == ["version", "sources", "works", "remarks", "questions"]
    assert reading["sources"][0].keys() == {"path", "sha256", "reader", "encoding", "length", "chrome"}
    (work,) = reading["works"]
    assert work["facts"]["title"][0] == {
        "value": "The Lighthouse Goose", "how": "stated", "source": 0, "spans": [[0, 20]]
    }  # fmt: skip
    assert work["facts"]["complete"][0]["value"] is True
    kinds = [block["kind"] for block in work["chapters"][0]["blocks"]]
    assert kinds == ["heading", "paragraph", "break", "paragraph", "end"]
    assert work["chapters"][0]["blocks"][3]["runs"][1] == {"text": "opinions", "marks": ["em"]}
    assert reading["remarks"][0]["kind"] == "label-misspelt"


def test_every_span_finds_its_words_in_the_text_layer(story: Path) -> None:
    reading = json.loads(run("read", "--json", str(story)).stdout)
    for block in reading["works"][0]["chapters"][0]["blocks"]:
        said = "".join(STORY[start:end] for start, end in block["spans"])
        assert said.replace("*opinions*", "opinions") == "".join(run["text"] for run in block["runs"])


def test_people_get_words_not_json(story: Path) -> None:
    shown = run("read", str(story)).stdout
    assert "The Lighthouse Goose" in shown
    assert "chapter 1 [1]" in shown
    assert "“Summery” was read as “summary”" in shown


def test_a_file_that_is_not_there_is_named_with_the_next_step(tmp_path: Path) -> None:
    done = run("read", str(tmp_path / "nothing.txt"))
    assert done.returncode == 2
    assert "nothing.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_story_is_said_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    reading = json.loads(run("read", "--json", str(path)).stdout)
    assert reading["works"] == []
    assert [remark["kind"] for remark in reading["remarks"]] == ["not-text"]


def test_explain_shows_each_pass_and_what_it_did(story: Path) -> None:
    shown = run("explain", str(story)).stdout
    assert shown.startswith("── reader: text")
    assert "+ title: The Lighthouse Goose (stated)" in shown
    for name in ("mail", "breaks", "header", "headings", "notes", "emphasis"):
        assert f"── pass: {name}" in shown


def test_a_terminal_is_never_sent_the_control_characters_of_a_story(tmp_path: Path) -> None:
    path = tmp_path / "escape.txt"
    path.write_text("Title: \x1b[31mRed\x07 Tale\n\nShe said \x1b]0;owned\x07 nothing at all.\n", "utf-8")
    for command in ("read", "explain"):
        shown = run(command, str(path)).stdout
        assert "\x1b" not in shown
        assert "\x07" not in shown


def test_the_program_says_which_version_it_is() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"ficshelf {__version__}\n")
