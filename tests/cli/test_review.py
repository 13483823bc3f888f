"""`ficshelf review` as a person meets it: in a terminal, key by key, and over a pipe."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import random
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

TEXT = "\n\nChapter 1\n\nThe lamp was lit at dusk, and nobody came up the stairs.\n\nIt burned all night.\n"
COMMAND = [sys.executable, "-c", "from ficshelf.cli import main; main()"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with three stories without a title, and two that may be one."""
    stories = tmp_path_factory.mktemp("stories")
    for letter in "abc":
        (stories / f"lamp {letter}.txt").write_text(f"A tale of {letter}.{TEXT}".replace("lamp", f"lamp {letter}"))
    for number, word in enumerate(("storm", "calm")):
        (stories / str(number)).mkdir()
        (stories / str(number) / "weather.txt").write_text(
            f"Title: Weather\nAuthor: Quill\n\nThe {word} came.\n\nIt was a {word} like no other {word}.\n"
        )
    run(stories.parent / "library", "add", str(stories))
    return stories.parent / "library"


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "library"))


def run(library: Path, *arguments: str, code: int = 0) -> str:
    """What a command says where there is no terminal."""
    done = subprocess.run(
        [*COMMAND, *arguments, "--library", str(library)], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def sit(library: Path, keys: list[str], columns: int = 100, lines: int = 40) -> list[str]:
    """A sitting in a terminal of that size: each of `keys` is pressed once the screen has come to rest. Returns the
    screens, one before each key and the last one."""
    child, terminal = pty.fork()
    if not child:
        os.environ |= {
            "TERM": "dumb",
            "NO_COLOR": "1",
            "COLUMNS": str(columns),
            "LINES": str(lines),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        os.execv(sys.executable, [*COMMAND, "review", "--library", str(library)])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    screens = []
    for key in [*keys, None]:
        screens.append(_screen(terminal, ends=key is None))
        if key is not None:
            os.write(terminal, key.encode())
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, screens[-1]
    return screens


_READY = re.compile(r"(go on later|this one\.|in front\.|like this\.|to quit\.|back\) |back\.)\s*\Z")


def _screen(terminal: int, ends: bool) -> str:
    """What comes up until a key is waited for, or the end. A key that is pressed before would be lost: the terminal
    throws away what was typed when it begins to give keys without waiting for a line's end."""
    text = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                some = os.read(terminal, 65536)
            except OSError:
                break
            if not some:
                break
            text += some
        elif not ends and _READY.search(text.decode(errors="replace")) and _gives_keys(terminal, text):
            break
    return text.decode().replace("\r\n", "\n")


def _gives_keys(terminal: int, text: bytes) -> bool:
    """Whether what is typed now arrives: key by key, or a whole line where one is asked for."""
    return text.endswith(b"back) ") or not termios.tcgetattr(terminal)[3] & termios.ICANON


def test_a_pipe_gets_a_list(library: Path) -> None:
    said = run(library, "review")
    assert "What is it called?" in said
    assert "Lamp a (the file's name)" in said
    assert said.endswith("4 open questions.\n")
    assert "\x1b" not in said


def test_json_has_all_that_one_needs_to_answer(library: Path) -> None:
    lines = [json.loads(line) for line in run(library, "review", "--json").splitlines()]
    assert [line["about"] for line in lines] == ["same-work", "title", "title", "title"]
    two = lines[0]["candidates"]
    assert [one["title"] for one in two] == ["Weather", "Weather"]
    assert {stretch for one in two for stretch in one["stretches"]} >= {"The storm came.", "The calm came."}
    assert [one["value"] for one in lines[0]["answers"]] == ["same", "different"]


def test_one_key_answers_and_u_takes_it_back(library: Path) -> None:
    screens = sit(library, ["2", "1", "u", "q"])
    assert "Question 1 of 4" in screens[0]
    assert "The [storm] came." in screens[0]
    assert "[words] that differ" in screens[0]
    assert "│" in screens[0]
    assert "1 answer noted." in screens[1]
    assert "Question 2 of 4" in screens[1]
    assert "Question 3 of 4" in screens[2]
    assert "1 answer taken back." in screens[3]
    assert "Question 2 of 4" in screens[3]
    assert "3 open questions left. Go on with: ficshelf review" in screens[4]
    assert "3 open questions." in run(library, "review", "--list")


def test_all_like_this_takes_one_key_more(library: Path) -> None:
    screens = sit(library, ["s", "a", "1", "q"])
    assert "[2 more like this]" in screens[1]
    assert "The next answer counts for all like this." in screens[2]
    assert "3 answers noted." in screens[3] + screens[4]
    found = run(library, "find", "title:lamp")
    assert "3 stories" in found
    assert "guessed" not in found
    assert "3 answers taken back." in run(library, "review", "--undo")


def test_ones_own_words_and_none_at_all(library: Path) -> None:
    screens = sit(library, ["s", "e", "The Marsh Light\n", "n", "x", "q"])
    assert "That key does nothing here." in screens[5]
    assert "The Marsh Light" in run(library, "find", "title:marsh")


@pytest.mark.parametrize("columns", [60, 40])
def test_a_narrow_terminal_has_one_candidate_below_the_other(library: Path, columns: int) -> None:
    (screen, *_) = sit(library, ["q"], columns)
    assert "│" not in screen
    assert max(map(len, screen.splitlines())) < columns
    assert screen.index("The [storm] came.") != screen.index("The [calm] came.")


def test_a_low_terminal_shows_less_of_the_texts_and_never_loses_the_question(library: Path) -> None:
    high, *_ = sit(library, ["q"])
    low, *_ = sit(library, ["q"], lines=18)
    assert len(low.splitlines()) < len(high.splitlines())
    assert "Is this the same story" in low
    assert "The [storm] came." in low


def test_all_like_this_where_nothing_is_like_it(library: Path) -> None:
    screens = sit(library, ["a", "s", "q"])
    assert "There are no others like this." in screens[1]
    assert "Question 2 of 4" in screens[2]  # what is skipped is behind one


def test_answers_travel_to_a_library_made_again(library: Path, tmp_path: Path) -> None:
    sit(library, ["1", "s", "q"])
    file = tmp_path / "answers.jsonl"
    assert "1 answer written" in run(library, "review", "--export", str(file))
    run(library, "review", "--undo")
    assert "1 question answered" in run(library, "review", "--import", str(file))
    file.write_text("nonsense\n")
    assert "Line 1" in run(library, "review", "--import", str(file), code=2)
    assert "cannot be read" in run(library, "review", "--import", str(tmp_path / "nothing"), code=2)


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Title: Storm\nAuthor: Quill\n\nIt rained.\n")
    run(tmp_path / "library", "add", str(tmp_path / "s.txt"))
    assert run(tmp_path / "library", "review") == "No open questions.\n"
    assert sit(tmp_path / "library", [])[0] == "No open questions.\n"


_DICE = random.Random(5)
_WORDS = ("lantern", "harbour", "keeper", "rowed", "counted", "silver", "morning", "ladder", "quietly", "again", "a")
STORM = " ".join(f"{' '.join(_DICE.choice(_WORDS) for _ in range(9)).capitalize()}." for _ in range(60))


def test_more_than_two_copies_are_asked_about_together(tmp_path: Path) -> None:
    for number, (title, more) in enumerate((("Night Oil", ""), ("The Boat", "Nobody thanked him."), ("Oil", "Ever."))):
        (tmp_path / f"{number}.txt").write_text(f"Title: {title}\nAuthor: Q{number}\n\n{STORM} {more}\n")
        run(tmp_path / "library", "add", str(tmp_path / f"{number}.txt"))
    screens = sit(tmp_path / "library", ["f", "1"])
    assert "Are these 3 copies of one story?" in screens[0]
    assert "“The Boat” by Q1" in screens[0]
    assert "% of its words are in" in screens[0]
    assert "in front." in screens[1]
    assert "1 answer noted." in screens[2]
    assert "1 story" in run(tmp_path / "library", "find", "lantern")
    assert "1 answer taken back." in run(tmp_path / "library", "review", "--undo")
    screens = sit(tmp_path / "library", ["p", "q"])
    assert "Are these 3 copies of one story?" in screens[0]
    assert "Question 1 of 2" in screens[1]
    assert "Are these" not in screens[1]
