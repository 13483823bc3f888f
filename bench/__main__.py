"""Measure what we promise:

    python -m bench                  every bench but the long ones
    python -m bench read_text add    these
    python -m bench --long           every bench

Each line is a ratio to a limit, or to a peer measured in the same run: 1.00 just keeps it, below it is missed. The
figures are medians; all runs are in bench/out/NAME.json. Corpora and libraries are kept in bench/corpus for next time.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys

from bench import measure

BENCHES = (
    "read_text",
    "read_html",
    "read_formats",
    "memory",
    "add",
    "rescue",
    "twins",
    "search",
    "chapter_page",
    "shelf_page",
    "first_view",
    "export",
)
LONG = ("add_many", "rescue_large", "doubling", "twins_many")


def table(figures: list[measure.Figure]) -> str:
    """The figures as lines, their columns aligned."""
    lines = []
    for figure in figures:
        limit = "" if figure.limit is None else f"{'≥' if figure.at_least is not None else '≤'} {figure.limit:,.4g}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:7.2f} {'ok' if figure.ratio >= 1 else 'MISSED'}"
        note = f"   ({figure.note})" if figure.note else ""
        lines.append(f"{figure.what:58} {figure.value:10,.4g} {figure.unit:8} {limit:10} {ratio:14}{note}".rstrip())
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, *LONG, []], metavar="NAME", help="which to run")
    parser.add_argument("--long", action="store_true", help="the long ones too: half an hour")
    given = parser.parse_args()
    names = given.names or [*BENCHES, *(LONG if given.long else ())]
    if len(names) == 1:
        figures = importlib.import_module(f"bench.{names[0]}").run()
        print(table(figures), flush=True)
        measure.save(names[0], figures)
        return 0
    # Each in a process of its own: none pays for what another left in memory.
    return max(subprocess.run([sys.executable, "-m", "bench", name], check=False).returncode for name in names)


if __name__ == "__main__":
    sys.exit(main())
