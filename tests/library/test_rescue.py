"""The archive among the samples, rescued as docs/rescuing-an-archive.md says, comes out as it says."""

from __future__ import annotations

import re
from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from ficshelf.cli import add as command
from ficshelf.library import models

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "rescuing-an-archive.md").read_text(encoding="utf-8")
ARCHIVE = ROOT / "samples" / "harbour-archive"
app = Typer()
command.register(app)


def told(text: str) -> list[str]:
    """The lines of a report, their columns parted by one blank."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_the_report_of_the_page_is_the_report(library: Path) -> None:
    result = CliRunner().invoke(app, [str(ARCHIVE)])
    assert result.exit_code == 0
    (shown,) = re.findall(r"```\n(  6 works: new.*?)```", DOC, re.S)
    assert len(told(shown)) > 5
    assert set(told(shown)) <= set(told(result.output))
    rows = [line.split() for line in told(result.output) if line.startswith("fanfiction_") and ":" not in line]
    assert len(rows) == 24
    assert {row[-1] for row in rows} == {"0"}  # lost


def test_a_rescue_again_changes_nothing(library: Path) -> None:
    for _ in range(2):
        assert CliRunner().invoke(app, [str(ARCHIVE)]).exit_code == 0
        assert models.Work.objects.count() == 6


def test_no_password_and_no_address_is_in_the_library(library: Path) -> None:
    assert CliRunner().invoke(app, [str(ARCHIVE)]).exit_code == 0
    held = b"".join(path.read_bytes() for path in (library / "originals").rglob("*") if path.is_file())
    for secret in (b"9f3c1c52b1f5b6d1", b"not-the-real-one", b"mizzen@lee-shore", b"3221225985"):
        assert secret in b"".join(path.read_bytes() for path in ARCHIVE.glob("*.sql"))
        assert secret not in held
