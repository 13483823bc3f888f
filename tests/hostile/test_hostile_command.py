"""`ficshelf read` with files that cannot be read: a message that says what to do, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = [sys.executable, "-c", "from ficshelf.cli import main; main()", "read"]
STORY = "The lamp went out, and the door stood open.\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*READ, *arguments], capture_output=True, text=True, check=False, timeout=120)


def made(folder: Path, kind: str) -> Path:
    path = folder / kind.replace(" ", "-")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link to nothing":
        path.symlink_to(folder / "nowhere")
    elif kind == "line of a gigabyte":
        with open(path, "wb") as file:
            file.truncate(2**30)
    return path


@pytest.mark.parametrize("kind", ["missing", "pipe", "link to nothing", "line of a gigabyte"])
def test_a_file_that_cannot_be_opened_is_named_with_the_reason_and_the_next_step(kind: str, tmp_path: Path) -> None:
    path = made(tmp_path, kind)
    result = run(path)
    assert result.returncode
    assert str(path) in result.stderr.replace("\n", "")
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"", "empty"), (b"\x7fELF" + bytes(range(1, 32)) * 99, "not-text"), (b"PK\x03\x04" + bytes(300), "not-text"),
     (b"* * *\n", "not-a-story"), (b"a" * (32 * 2**20 + 1), "too-large")],
    ids=["empty", "program", "truncated zip", "ornaments", "33 MB"],
)  # fmt: skip
def test_a_file_that_is_no_story_says_so(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    result = run("--json", path)
    assert not result.returncode, result.stderr
    said = json.loads(result.stdout)
    assert [remark["kind"] for remark in said["remarks"]] == [kind]
    assert said["works"] == []


def test_a_bad_file_among_good_ones_does_not_hide_them(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x7fELF" + bytes(range(1, 32)) * 99)
    result = run("--json", tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "missing.txt")
    said = json.loads(result.stdout)
    assert len(said["works"]) == 1
    assert [remark["source"] for remark in said["remarks"]] == [1]
    assert "missing.txt: it cannot be opened (no such file or directory). Check" in result.stderr
    assert result.returncode == 2


@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"new\nline.txt", b"-x.txt", b"\xf0\x9f\xa6\x84.txt"])
def test_a_file_with_an_odd_name_is_read(name: bytes, tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    try:
        with open(path, "wb") as file:
            file.write(STORY.encode())
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    for json_or_not in ([], ["--json"]):
        result = subprocess.run([*READ, *json_or_not, "--", path], capture_output=True, check=False)
        assert not result.returncode, result.stderr
        assert b"The lamp went out" in result.stdout
