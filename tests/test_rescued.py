"""Archives of eFiction that the forge makes come back whole: each version, in the dump of each program.

`python -m bench.forge.archives --every --seed N` says it of others, and of more stories.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
STORIES, SEED = 30, 11


@pytest.mark.parametrize(
    ("version", "style"), [(1, "efiction"), (2, "phpmyadmin"), (3, "mysqldump"), (3, "efiction")]
)  # fmt: skip
def test_every_row_comes_back(version: int, style: str) -> None:
    command = [sys.executable, "-m", "bench.forge.archives", "--stories", STORIES, "--seed", SEED]
    command += ["--version", version, "--style", style]
    done = subprocess.run([str(one) for one in command], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
