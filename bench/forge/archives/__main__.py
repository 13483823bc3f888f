"""Forge archives, rescue them, and say how whole they came back; exits with 1 where a bar is missed:

python -m bench.forge.archives --stories 2000 --seed 1
python -m bench.forge.archives --stories 30 --every          each version in each style
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.forge import dumps
from bench.forge.archives.make import make
from bench.forge.archives.rescue import rescue
from bench.forge.archives.score import Score, score


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=200, help="how many stories (200)")
    parser.add_argument("--seed", type=int, default=1, help="which archive: the same seed makes the same (1)")
    parser.add_argument("--version", type=int, default=3, choices=[1, 2, 3], help="of eFiction (3)")
    parser.add_argument("--style", default="mysqldump", choices=dumps.STYLES, help="which program wrote the dump")
    parser.add_argument("--every", action="store_true", help="each version in each style")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make everything here, and leave it")
    given = parser.parse_args()
    chosen = [(given.version, given.style)]
    if given.every:
        chosen = [(version, style) for version in (1, 2, 3) for style in dumps.STYLES]
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for version, style in chosen:
            into = (given.keep or Path(folder)) / f"{version}-{style}"
            good &= _one(into, given.stories, given.seed, version, style).is_good()
    return 0 if good else 1


def _one(into: Path, stories: int, seed: int, version: int, style: str) -> Score:
    from ficshelf.library import setup

    made = make(into, stories, seed, version, style)
    took = rescue(made.folder, into / "library", into)
    setup(into / "library")
    result = score(made, into / "library")
    size = sum(path.stat().st_size for path in made.folder.rglob("*") if path.is_file()) / 1e6
    print(f"eFiction {version}, {style}: {stories} stories, {size:.1f} MB, seed {seed}")
    print(result.table())
    print(f"{'seconds':50} {took.seconds:8.1f}\n{'seconds of processors':50} {took.cpu:8.1f}")
    print(f"{'megabytes at the height':50} {took.megabytes:8.0f}")
    print("".join(f"  {slip[:300]}\n" for slip in result.slips), flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
