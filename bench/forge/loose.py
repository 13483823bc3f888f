"""Make folders of loose files, chapters of stories under whatever names people gave them, and score how they are put
together; exits with 1 where a bar is missed:

python -m bench.forge.loose --stories 1000 --seed 1

Nothing links the files. Names count in six ways, some of them mixed in one story; chapters lie in the folder of all, in
one of their own, or in two; some are missing, and stories share titles.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from bench.forge.crawls import Result, readings_of
from bench.forge.layouts import handmade, texts
from bench.forge.sites.page import parts, slug, story, written
from bench.forge.stories import Story

BARS = {
    "pairs of one story, precision": 0.998,
    "pairs of one story, recall": 0.97,
    "in order": 1.0,
    "missing chapters said": 0.97,
    "minus chapters called missing that are not": 0.0,
}
_PER_FOLDER = 12


def run(stories: int, seed: int) -> Result:
    """Make folders with so many stories together, and score them."""
    whole = Result()
    for n in range(-(-stories // _PER_FOLDER)):
        with tempfile.TemporaryDirectory() as folder:
            whole.add(
                _one(Path(folder), min(_PER_FOLDER, stories - n * _PER_FOLDER), random.Random(f"loose {seed}/{n}"))
            )
    return whole


def figures(result: Result) -> dict[str, float]:
    """The figures by the names of their bars."""
    return {
        "pairs of one story, precision": result.share("pairs right", "pairs found"),
        "pairs of one story, recall": result.share("pairs right", "pairs"),
        "in order": result.share("in order", "rows"),
        "missing chapters said": result.share("gaps said", "gaps"),
        "minus chapters called missing that are not": -float(result.counts["gaps invented"]),
    }


def _name(style: str, one: Story, called: str, n: int, rng: random.Random) -> str:
    title = re.sub(r'[\\/:*?"<>|.]', "", one.title)
    chapter = re.sub(r'[\\/:*?"<>|.]', "", one.chapters[n - 1].title or f"Chapter {n}")
    return {
        "underscore": f"{called}_{n}",
        "bare": f"{called}{n:02}",
        "chapter": f"{title} - Chapter {n}",
        "part": f"{called}-part{n}",
        "leading": f"{n:02} - {chapter}",
        "ch": f"ch{n}",
    }[style]


def _one(folder: Path, count: int, rng: random.Random) -> Result:
    """Make, read and score one folder."""
    root = folder / "pile"
    truth: dict[str, tuple[int, int]] = {}
    gaps: dict[int, list[int]] = {}
    taken: set[str] = set()
    made: list[Story] = []
    for number in range(count):
        one = story(rng, made)
        made.append(one)
        called = slug(one, taken)
        total = len(one.chapters)
        style = rng.choice(["underscore", "bare", "chapter", "part", "leading", "ch"])
        own = style in ("leading", "ch") or rng.random() < 0.3
        names = [_name(style, one, called, n, rng) for n in range(1, total + 1)] if total > 1 else [called]
        if total > 2 and style in ("underscore", "bare", "part") and rng.random() < 0.15:  # names of two kinds
            other = rng.choice(["underscore", "bare", "part"])
            names[-1] = _name(other, one, called, total, rng)
        suffix, layout = rng.choice([(".txt", texts.Spaced), (".html", handmade.Handmade)])
        lost = rng.randrange(2, total) if total > 3 and rng.random() < 0.2 else 0
        split = rng.randrange(1, total) if total > 1 and rng.random() < 0.1 else 0
        gaps[number] = [lost] if lost else []
        for n, (name, part) in enumerate(zip(names, parts(one), strict=True), 1):
            if n == lost:
                continue
            inner = Path(called if own else ".")
            path = root / ("disk 2" if split and n > split else "") / inner / f"{name}{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():  # two stories of one title: the second is called otherwise
                path = path.with_name(f"{called} {path.name}")
            path.write_text(written(layout(), part, rng)[0], encoding="utf-8")
            truth[str(path)] = (number, n)
    return _score(folder, root, truth, gaps)


def _score(folder: Path, root: Path, truth: dict[str, tuple[int, int]], gaps: dict[int, list[int]]) -> Result:
    result = Result()
    count = result.counts
    found: set[tuple[str, str]] = set()
    said: dict[int, str] = defaultdict(str)
    for reading in readings_of(root, folder / "scratch", result):
        for work in reading.works:
            rows = list(dict.fromkeys(block.source for chapter in work.chapters for block in chapter.blocks))
            paths = [reading.sources[row].path for row in rows]
            found |= set(combinations(sorted(paths), 2))
            if len(paths) > 1:
                order = [truth[path] for path in paths]
                count["rows"] += 1
                count["in order"] += order == sorted(order)
                if order != sorted(order):
                    result.slip(f"order {order} of {paths[0]}")
        for one in reading.remarks:
            if one.kind == "chapter-missing":
                said[truth[reading.sources[one.source].path][0]] += one.text
    by_story: dict[int, list[str]] = defaultdict(list)
    for path, (number, _) in truth.items():
        by_story[number].append(path)
    pairs = {pair for row in by_story.values() for pair in combinations(sorted(row), 2)}
    count["pairs"], count["pairs found"], count["pairs right"] = len(pairs), len(found), len(pairs & found)
    result.slips += [f"not together: {one} and {other}".replace(f"{root}/", "") for one, other in sorted(pairs - found)]
    result.slips += [
        f"together, and are two: {one} and {other}".replace(f"{root}/", "") for one, other in sorted(found - pairs)
    ]
    for number, missing in gaps.items():
        numbers = Counter(re.findall(r"\d+", said[number]))
        count["gaps"] += len(missing)
        count["gaps said"] += sum(numbers[str(n)] > 0 for n in missing)
        if not missing and said[number]:
            count["gaps invented"] += 1
            result.slip(f"nothing is missing: {said[number]} {by_story[number]}".replace(f"{root}/", ""))
        if missing and not all(numbers[str(n)] for n in missing):
            result.slip(f"missing {missing}, said {said[number]!r}: {by_story[number]}".replace(f"{root}/", ""))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=200, help="how many stories (200)")
    parser.add_argument("--seed", type=int, default=1, help="which: the same seed makes the same files (1)")
    parser.add_argument("--slips", type=int, default=20, metavar="N", help="list so many slips (20)")
    given = parser.parse_args()
    result = run(given.stories, given.seed)
    for slip in result.slips[: given.slips]:
        print(f"  {slip}")
    told = figures(result)
    for name, figure in told.items():
        print(f"{name:44} {figure:9.4f}  {'ok' if figure >= BARS[name] else f'below {BARS[name]}'}")
    return int(any(figure < BARS[name] for name, figure in told.items()))


if __name__ == "__main__":
    sys.exit(main())
