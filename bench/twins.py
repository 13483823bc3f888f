"""Finding the same story twice: 10,000 works with 2,000 planted copies of ten kinds and 1,000 decoys, added from files
to a new library. What counts as found is what a person is asked, and what was joined without asking.

Also how the time of an `add` grows with the works: from 1,000 to 10,000, and with --long to 100,000."""

from __future__ import annotations

import math
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench import copies
from bench.measure import Figure
from bench.measure import run as ficshelf

WORDS = 1_500  # of a story, on average


class Claim(NamedTuple):
    """That two files hold one story, as the library has it: joined, or asked about with a verdict ("" for none)."""

    one: str
    other: str
    verdict: str


def write(folder: Path, pile: copies.Pile) -> None:
    """The files of a pile, 500 a folder, in an order that puts copies anywhere."""
    for number, file in enumerate(sorted(pile.files)):
        place = folder / f"{number // 500:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / file.name).write_bytes(file.data)


def claims(library: Path) -> list[Claim]:
    """All pairs of files that a library takes for one story, or asks about."""
    with closing(sqlite3.connect(f"file:{library / 'library.sqlite3'}?mode=ro", uri=True)) as database:
        files = defaultdict(set)
        for work, path in database.execute(
            "SELECT link.work_id, place.path FROM library_worksource link"
            " JOIN library_place place ON place.source_id = link.source_id"
        ):
            files[work].add(Path(path).name)
        asked = database.execute(
            "SELECT work_id, other_id, json_extract(evidence, '$.verdict') FROM library_question"
            " WHERE about = 'same-work'"
        ).fetchall()
    found = [Claim(*pair, "joined") for names in files.values() for pair in combinations(sorted(names), 2)]
    for work, other, verdict in asked:
        found += [Claim(*sorted((one, another)), verdict or "") for one in files[work] for another in files[other]]  # type: ignore[arg-type]
    return found


class Score(NamedTuple):
    """How well copies were told from the rest."""

    precision: float
    recall: float
    by_kind: dict[str, tuple[int, int]]  # found, of so many
    decoys: dict[str, Counter[str]]  # verdicts on pairs of each kind of decoy
    wrong: list[Claim]


def score(pile: copies.Pile, found: list[Claim]) -> Score:
    """Compare what was found with what was planted. A decoy that lies within another work may be told as its part, and
    is no copy then; that it is the same, or joined with it, is wrong."""
    story = {file.name: file.story for file in pile.files}
    decoys = {frozenset(pair[:2]): pair for pair in pile.decoys}
    told: dict[str, Counter[str]] = {kind: Counter() for kind in copies.DECOYS}
    right: set[frozenset[str]] = set()
    wrong = []
    for claim in found:
        pair = frozenset(claim[:2])
        if story[claim.one] == story[claim.other]:
            right.add(pair)
            continue
        if decoy := decoys.get(pair):
            told[decoy.kind][claim.verdict] += 1
            if decoy.may_be_part and claim.verdict in ("part of", "contains"):
                continue
        wrong.append(claim)
    by_kind = dict.fromkeys(copies.KINDS, (0, 0))
    for pair in pile.copies:
        hits, of = by_kind[pair.kind]
        by_kind[pair.kind] = hits + (frozenset(pair[:2]) in right), of + 1
    hits = sum(hits for hits, _ in by_kind.values())
    precision = hits / (hits + len(wrong)) if hits else 0.0
    return Score(precision, hits / len(pile.copies), by_kind, told, wrong)


def added(works: int, words: int = WORDS) -> tuple[float, Score]:
    """Seconds that adding a pile takes, and how well its copies were found."""
    with tempfile.TemporaryDirectory(prefix="twins-") as place:
        pile = copies.pile(works, works // 5, works // 10, words)
        write(Path(place) / "pile", pile)
        began = time.perf_counter()
        ficshelf("add", Path(place) / "pile", library=Path(place) / "library")
        took = time.perf_counter() - began
        return took, score(pile, claims(Path(place) / "library"))


def run() -> list[Figure]:
    few, _ = added(1_000)
    many, found = added(10_000)
    figures = [
        Figure("copies among 10,000 works: pairs told right", (found.precision,), "", at_least=0.99),
        Figure("copies among 10,000 works: pairs found", (found.recall,), "", at_least=0.95),
    ]
    figures += [Figure(f"  {kind}", (hits / of,), f"of {of}") for kind, (hits, of) in found.by_kind.items()]
    for kind, verdicts in found.decoys.items():
        said = ", ".join(f"{verdict or 'no verdict'}: {number}" for verdict, number in verdicts.items())
        figures.append(Figure(f"  decoys {kind}, asked about", (float(verdicts.total()),), "pairs", note=said))
    figures.append(growth(1_000, few, 10_000, many))
    return figures


def growth(few: int, short: float, many: int, long: float) -> Figure:
    """How the time grew, against n log n."""
    limit = many * math.log(many) / (few * math.log(few))
    return Figure(
        f"time to add {many:,} works, times that for {few:,}", (long / short,), "times", at_most=limit,
        note=f"{short:.0f} s and {long:.0f} s",
    )  # fmt: skip
