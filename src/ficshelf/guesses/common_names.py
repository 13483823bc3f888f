"""Names that tell no story: first names and surnames that anybody may have, and words of every day that are also names.
They stand in common_names.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("common_names.toml").read_text("utf-8")
    return {kind: frozenset(said.split()) for kind, said in tomllib.loads(text).items()}


@cache
def common() -> frozenset[str]:
    """Names that anybody may have, folded."""
    return frozenset().union(*_lists().values())


def ordinary() -> frozenset[str]:
    """Words of every day among them, folded."""
    return _lists()["words"]
