"""A corpus of stories made by a seeded generator, half text files and half pages:

    python -m bench.corpus DIR --works 500 --words 10000000 --seed 1

The same arguments give the same bytes on every machine. Lengths vary as stories' do: many short ones, a few long."""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import repeat
from pathlib import Path

from bench import layouts
from bench.stories import Storyteller

CHAPTER_WORDS = 3000
_storyteller = lru_cache(maxsize=2)(Storyteller)


def lengths(works: int, words: int, seed: int) -> list[int]:
    """How long each work is, in words: they add up to about `words`, and the longest is some 20 times the median."""
    rng = random.Random(seed)
    weights = [rng.lognormvariate(0, 1) for _ in range(works)]
    return [max(200, round(words * weight / sum(weights))) for weight in weights]


def file_of(seed: int, number: int, length: int, chapter_words: int = CHAPTER_WORDS) -> tuple[str, bytes]:
    """The name and the bytes of the n-th file: even numbers are pages, odd ones texts; one text in ten is in cp1252."""
    story = _storyteller(seed).story(number, length, chapter_words)
    rng = random.Random(f"layout/{seed}/{number}")
    name = f"{number:06}-{story.title.lower().replace(' ', '-')}"
    if number % 2 == 0:
        return f"{name}.html", rng.choice(layouts.PAGES)(story, rng).encode()
    text = rng.choice(layouts.TEXTS)(story, rng)
    return f"{name}.txt", text.encode("cp1252" if rng.random() < 0.1 else "utf-8")


def files(works: int, words: int, seed: int, chapter_words: int = CHAPTER_WORDS) -> Iterator[tuple[str, bytes]]:
    """Every file of the corpus, in order, made on all cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(
            file_of, repeat(seed), range(works), lengths(works, words, seed), repeat(chapter_words), chunksize=4
        )


def write(directory: Path, works: int, words: int, seed: int = 1, chapter_words: int = CHAPTER_WORDS) -> int:
    """Write the corpus below `directory`, 500 files a folder; its size in bytes."""
    size = 0
    for number, (name, data) in enumerate(files(works, words, seed, chapter_words)):
        folder = directory / f"{number // 500:03}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        size += len(data)
    return size


def stored(root: Path, works: int, words: int, seed: int = 1, chapter_words: int = CHAPTER_WORDS) -> Path:
    """The folder of that corpus below `root`, made when it is not there yet (a file named `whole` ends the making)."""
    directory = root / f"{works}-{words}-{chapter_words}-{seed}"
    whole = root / f"{directory.name}.whole"
    if not whole.exists():
        write(directory, works, words, seed, chapter_words)
        whole.touch()
    return directory


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--works", type=int, default=500)
    parser.add_argument("--words", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chapter-words", type=int, default=CHAPTER_WORDS)
    given = parser.parse_args()
    size = write(given.directory, given.works, given.words, given.seed, given.chapter_words)
    print(f"{given.works} files, {size / 1e6:.1f} MB, in {given.directory}")


if __name__ == "__main__":
    main()
