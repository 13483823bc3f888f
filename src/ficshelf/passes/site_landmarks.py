"""By which lines the texts of pages of known sites are known, and what these say: the table of `known_sites.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

from ficshelf.model import Node

LONGEST = 300  # characters of a landmark


class Landmark(NamedTuple):
    """A line of a site: its form, and what it and the lines around it are."""

    says: re.Pattern[str]
    role: str = ""  # "heading", "label", "labels", "count"
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    over: str = ""
    next: re.Pattern[str] | None = None
    anywhere: bool = False


class Mark(NamedTuple):
    """A landmark found in a text."""

    place: int  # of its line
    landmark: Landmark
    found: re.Match[str]
    in_story: bool = False  # whether it stands within the story, or below it


class Site(NamedTuple):
    """A site by the lines that only its pages have, and what those lines say."""

    name: str
    exactly: frozenset[str]
    proof: re.Pattern[str] | None
    within: int
    landmarks: tuple[Landmark, ...]


def _table() -> tuple[Site, ...]:
    sites = []
    for site in tomllib.loads(resources.files(__package__).joinpath("known_sites.toml").read_text("utf-8"))["site"]:
        landmarks = tuple(
            Landmark(
                re.compile(line["says"]),
                line.get("is", ""),
                tuple(line.get("below", ())),
                tuple(line.get("above", ())),
                line.get("over", ""),
                re.compile(line["next"]) if "next" in line else None,
                line.get("anywhere", False),
            )
            for line in site["line"]
        )
        proof = re.compile(site["proof"]) if "proof" in site else None
        sites.append(Site(site["name"], frozenset(site.get("exactly", ())), proof, site.get("within", 0), landmarks))
    return tuple(sites)


_SITES = _table()
_EXACTLY = {line: site for site in _SITES for line in site.exactly}
_WITHIN = max(site.within for site in _SITES)


def site_of(nodes: Sequence[Node]) -> Site | None:
    top = [node.text for node in nodes[:_WITHIN] if not node.kind and not node.hint]
    for site in _SITES:
        if site.proof is None:
            continue
        if any(len(text) <= LONGEST and site.proof.fullmatch(text) for text in top[: site.within]):
            return site
    return next((_EXACTLY[node.text] for node in nodes if node.text in _EXACTLY and not node.kind), None)
