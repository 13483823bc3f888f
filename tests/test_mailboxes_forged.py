"""Mailboxes that the forge made are read as well as their bars say: stories and talk, parts, copies, letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.forge.mailboxes import BARS, run


@pytest.mark.parametrize("seed", [11, 12])
def test_mailboxes_are_read_as_well_as_promised(tmp_path: Path, seed: int) -> None:
    result = run(220, seed, tmp_path / "list.mbox")
    below = {name: figure for name, figure in result.figures.items() if figure < BARS[name]}
    assert not below, f"{below}: {result.slips[:10]}"


def test_the_same_seed_makes_the_same_mailbox(tmp_path: Path) -> None:
    from random import Random

    from bench.forge.posts import make

    one, other = (make(Random("same"), 40) for _ in range(2))
    assert one == other
    assert any(post.story >= 0 for mail in one for post in mail.truth)
    assert any(post.story < 0 for mail in one for post in mail.truth)
