"""The words of header lines beside their labels, as header_words.toml lists them."""

from __future__ import annotations

import tomllib
from importlib import resources

_LISTS: dict[str, list[str]] = tomllib.loads(
    resources.files(__package__).joinpath("header_words.toml").read_text("utf-8")
)
COMPLETE, UNFINISHED = tuple(_LISTS["complete"]), tuple(_LISTS["unfinished"])
KINDS_OF_PAIRS = frozenset(_LISTS["pairs"])
NO_PAIRS = KINDS_OF_PAIRS.union(_LISTS["no_pairs"])
BEFORE_LABELS = frozenset(_LISTS["before_labels"])
