"""The documentation cannot fall behind: commands, targets, remarks, limits and links are held against the code."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer.main

from ficshelf import remarks
from ficshelf.cli import COMMANDS
from ficshelf.sources import limits

ROOT = Path(__file__).parent.parent
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = [path for path in (ROOT / "src" / "ficshelf").rglob("*.py") if path.name != "remarks.py"]


def command(name: str) -> typer.core.TyperCommand:
    import importlib

    app = typer.Typer()
    app.callback()(lambda: None)
    importlib.import_module(f"ficshelf.cli.{name}").register(app)
    return typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example(name: str) -> None:
    found = command(name)
    text = " ".join(filter(None, [found.help, found.epilog]))
    assert re.search(rf"Example:\s+ficshelf {name} ?", text), f"`ficshelf {name} --help` has no example"


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_options_that_there_are(name: str) -> None:
    found = command(name)
    all_of_it = [found, *getattr(found, "commands", {}).values()]  # `wish add` and the like
    known = {option for one in all_of_it for parameter in one.params for option in parameter.opts}
    text = " ".join(filter(None, [found.help, found.epilog, *(re.findall(rf"ficshelf {name} [^`|\n]*", README))]))
    used = set(re.findall(r"(?<!\S)--[a-z-]+", text)) - {"--help"}
    assert used <= known, f"ficshelf {name} has no {sorted(used - known)}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`ficshelf {name}" in README


def test_the_readme_names_no_other_command() -> None:
    named = set(re.findall(r"`ficshelf ([a-z]+)", "\n".join(path.read_text(encoding="utf-8") for path in DOCS)))
    assert named <= set(COMMANDS)


def test_every_make_target_that_is_named_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        blocks = "\n".join(re.findall(r"^```sh$(.*?)^```$", text, re.M | re.S))
        named = set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^make ([a-z]+)", blocks, re.M))
        assert named <= targets, f"{path.name} names {sorted(named - targets)}"
    shown = targets - {"develop", "help"}
    missing = {target for target in shown if f"make {target}" not in README}
    assert not missing, f"README.md does not name {sorted(missing)}"


@pytest.mark.parametrize("kind", remarks.KINDS)
def test_every_kind_of_remark_is_used(kind: str) -> None:
    quoted = f'"{kind}"'
    assert any(quoted in path.read_text(encoding="utf-8") for path in CODE), f"nothing makes the remark {kind}"


def test_every_remark_that_is_made_has_its_sentence() -> None:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name | ast.Attribute)
                and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "Remark"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                kind = node.args[0].value
                assert kind in remarks.KINDS, f"{path}:{node.lineno}: {kind} is not in remarks.KINDS"


def test_the_limits_that_are_told_are_the_limits_that_hold() -> None:
    """docs/limits.md gives each limit as `NAME` | figure, a figure as people write it: 32 MiB, 100,000, 4 GiB."""
    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    units = {"": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
    for name, value in vars(limits).items():
        if not name.isupper():
            continue
        line = next((line for line in text.splitlines() if f"`{name}`" in line), None)
        assert line, f"docs/limits.md does not tell {name}"
        figures = [
            float(number.replace(",", "")) * units[unit]
            for number, unit in re.findall(r"(?<![\w.])([\d,]*\d(?:\.\d+)?)(?: ?([KMG]iB))?", line)
        ]
        assert value in figures, f"docs/limits.md says {line!r}, and {name} is {value:,}"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path.name} links to {target}, which is not there"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    notes = (ROOT / "docs" / "design-notes.md").read_text(encoding="utf-8")
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.match(r"[\w.-]+", requirement)[0]  # type: ignore[index]
        assert f"| {name} |" in notes or f"**{name}**" in notes, f"docs/design-notes.md does not say why {name} is here"


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for lock, wanted in (
        ("requirements.lock", project["dependencies"]),
        ("requirements-dev.lock", [*project["dependencies"], *project["optional-dependencies"]["dev"]]),
    ):
        locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M))
        missing = {re.match(r"[\w.-]+", one)[0] for one in [*wanted, "setuptools"]} - locked.keys()  # type: ignore[index]
        assert not missing, f"{lock} lacks {sorted(missing)}; run `make lock`"


def test_scripts_are_plain_shell() -> None:
    for path in [*sorted((ROOT / "scripts").iterdir()), ROOT / ".ci" / "run"]:
        checked = subprocess.run(["sh", "-n", path], capture_output=True, text=True, check=False)
        assert not checked.returncode, checked.stderr
