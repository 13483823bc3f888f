"""The shape of the code: who may import whom, what the pure core keeps away from, that the docs tell the tree."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "ficshelf"

# What each package or module at the top may import of ours, beside itself. Nothing points back up this list.
FACTS_OF_LIFE = {"model", "remarks", "errors"}
PLAIN = FACTS_OF_LIFE | {
    "names",
    "canon",
    "sureness",
    "dates",
    "words",
    "ratings",
    "series",
    "scenes",
    "prints",
    "likeness",
    "conserve",
    "encodings",
    "casts",
    "chapter_files",
    "listed",
    "record",
    "mailed",
    "mime",
    "yahoo",
    "posted",
    "subjects",
    "addresses",
    "saved_names",
    "own_address",
    "crawled",
}
CORE = PLAIN | {
    "sources",
    "readers",
    "passes",
    "guesses",
    "chapter_numbers",
    "chapter_cuts",
    "recorded",
    "part",
    "assemble",
    "decide",
    "writers",
    "reading",
    "show",
}
MAY_IMPORT = {
    "model": set(),
    "remarks": set(),
    "errors": set(),
    **dict.fromkeys(PLAIN - FACTS_OF_LIFE, PLAIN),
    "sources": PLAIN,
    "readers": PLAIN | {"sources", "passes"},  # facts that a format states are added as passes add them
    "passes": PLAIN,
    "guesses": PLAIN,
    "chapter_numbers": PLAIN | {"passes"},
    "chapter_cuts": PLAIN | {"passes"},
    "recorded": PLAIN | {"guesses", "chapter_cuts"},
    "part": PLAIN | {"chapter_cuts"},
    "assemble": PLAIN | {"passes", "guesses", "chapter_numbers", "chapter_cuts", "recorded", "part"},
    "decide": PLAIN,
    "writers": PLAIN,
    "reading": PLAIN | {"readers", "passes", "guesses", "assemble"},
    "show": PLAIN,
    "pool": PLAIN,
    "bounds": PLAIN | {"sources"},
    "apart": CORE | {"pool", "bounds"},
    "library": CORE | {"pool", "bounds", "apart", "search"},  # `search` within functions alone, once works are safe
    "search": CORE | {"library"},
    "web": CORE | {"library", "search"},
    "cli": CORE | {"apart", "library", "search", "web"},
}
# What the pure core does without: a database, the network, the clock, chance.
IMPURE = {
    "django",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "requests",
    "sqlite3",
    "time",
    "random",
    "secrets",
    "asyncio",
}
CLOCK = {"now", "utcnow", "today"}

FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
CORE_FILES = [path for path in FILES if (path.relative_to(SOURCE).parts[0].removesuffix(".py")) in CORE]
LONGEST = 400  # lines: two or three screens would be better; a longer file usually holds two subjects
# Files that may be longer, each for a reason.
LONGER: dict[str, str] = {}


def module_of(path: Path) -> list[str]:
    parts = ["ficshelf", *path.relative_to(SOURCE).with_suffix("").parts]
    return parts[:-1] if parts[-1] == "__init__" else parts


def package_of(path: Path) -> str:
    """The first name below `ficshelf`: what MAY_IMPORT speaks of; "" for the package's own file."""
    parts = module_of(path)
    return parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every name that a file imports, in full, with its line; also within functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module_of(path) if path.name == "__init__.py" else module_of(path)[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [base])])
            yield from ((f"{base}.{name.name}", node.lineno) for name in node.names)


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=told)
def test_imports_point_one_way(path: Path) -> None:
    package = package_of(path)
    assert package in MAY_IMPORT or not package, f"{told(path)}: say in MAY_IMPORT who may import whom"
    allowed = MAY_IMPORT.get(package, set()) | {package}
    for name, line in imports(path):
        parts = name.split(".")
        if (
            parts[0] == "ficshelf"
            and len(parts) > 1
            and (SOURCE / parts[1]).with_suffix(".py").exists() | (SOURCE / parts[1]).is_dir()
        ):
            assert parts[1] in allowed, f"{told(path)}:{line}: {package} must not import ficshelf.{parts[1]}"


@pytest.mark.parametrize("path", CORE_FILES, ids=told)
def test_the_core_is_pure(path: Path) -> None:
    for name, line in imports(path):
        found = [bad for bad in IMPURE if name == bad or name.startswith(bad + ".")]
        if package_of(path) == "sources":
            found = [bad for bad in found if bad != "sqlite3"]  # a container may be one, and a dump is sorted in one
        assert not found, f"{told(path)}:{line}: the core must not import {name}"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
            pytest.fail(f"{told(path)}:{node.lineno}: the core must not ask what time it is")


def test_only_sources_opens_files_in_the_core() -> None:
    """What is read comes in as bytes: neither a reader nor a pass nor a writer opens what a story names."""
    for path in CORE_FILES:
        if package_of(path) == "sources" or path.name == "folder.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "open", f"{told(path)}:{node.lineno}: only sources/ opens files"


@pytest.mark.parametrize("path", FILES, ids=told)
def test_nothing_that_is_read_is_run(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"eval", "exec", "compile"}, f"{told(path)}:{node.lineno}: runs data as code"


@pytest.mark.parametrize("path", FILES, ids=told)
def test_files_hold_one_subject(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if told(path) in LONGER:
        assert lines > LONGEST, f"{told(path)} is short again: take it out of LONGER"
    else:
        assert lines <= LONGEST, f"{told(path)} has {lines} lines: it probably holds two subjects"


@pytest.mark.parametrize("path", FILES, ids=told)
def test_files_say_what_they_hold(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body, f"{told(path)}: begin with a sentence about what it holds"


def test_no_two_test_files_have_one_name() -> None:
    """pytest imports them by their bare names, so that tests can import helpers beside them."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})


def test_the_tree_is_in_the_docs() -> None:
    described = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = {path.parent.relative_to(SOURCE) for path in FILES} - {Path(".")}
    names = {f"{folder.name}/" for folder in folders} | {path.name for path in SOURCE.glob("*.py")} - {"__init__.py"}
    missing = sorted(name for name in names if name not in described)
    assert not missing, f"docs/architecture.md does not name {missing}"


def test_the_project_speaks_of_no_machine() -> None:
    """No path of one person's machine, no place that packages came from: it has to work elsewhere."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.fail("This test asks git which files belong to the project; run it in a clone.")
    machine = re.compile(rb"(?<![\w.])/(?:root|opt)/|--(?:extra-)?index-url|find-links file")
    address = re.compile(rb"://")
    for name in filter(None, listed.stdout.split(b"\0")):
        path = ROOT / name.decode()
        if path == Path(__file__).resolve() or not path.is_file():
            continue
        found = (address if path.suffix == ".lock" else machine).search(path.read_bytes())
        assert not found, f"{told(path)} speaks of {found[0]!r}"
