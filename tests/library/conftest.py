"""Libraries in folders of their own, and stories to put into them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def library(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """An empty library on the disk, open in this process. It is made once, and copied: all tables take their time."""
    from django.conf import settings
    from django.db import connections

    from ficshelf.library import setup

    monkeypatch.setenv("FICSHELF_LIBRARY", str(tmp_path / "library"))
    with django_db_blocker.unblock():
        before, name = connections["default"], connections.settings["default"]["NAME"]
        place, key = settings.LIBRARY, settings.SECRET_KEY
        empty = tmp_path_factory.getbasetemp() / "empty library"
        if empty.exists():
            shutil.copytree(empty, tmp_path / "library")
        folder = setup(tmp_path / "library")
        if not empty.exists():
            connections["default"].close()
            shutil.copytree(folder, empty)
        yield folder
        connections["default"].close()
        connections.settings["default"]["NAME"] = name
        connections["default"] = before
        settings.LIBRARY, settings.SECRET_KEY = place, key


@pytest.fixture
def stories(tmp_path: Path) -> Callable[..., Path]:
    """Writes files into a folder of stories: `stories({"a.txt": "…"})` returns the folder."""
    folder = tmp_path / "stories"

    def write(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        folder.mkdir(exist_ok=True)
        return folder

    return write


@pytest.fixture
def add(library: Path) -> Callable[..., Any]:
    """`add(path, …)` adds what lies there and returns the report; then the library agrees with itself."""
    from ficshelf import sources
    from ficshelf.library import intake
    from ficshelf.library.check import check

    def run(*paths: Path) -> Any:
        report = intake.add(library, list(sources.walk(paths)))
        assert [finding.text for finding in check(library)] == []
        return report

    return run


@pytest.fixture
def rescue(library: Path, tmp_path: Path) -> Callable[..., Any]:
    """`rescue(story(…), Record(…), …)` adds an archive of these and returns the report; then the library agrees."""

    from ficshelf import record, sources
    from ficshelf.library import intake
    from ficshelf.library.check import check

    def run(*held: Any, name: str = "old.zip", folder: str = "") -> Any:
        place = tmp_path / (folder or "archives") / name
        place.parent.mkdir(exist_ok=True)
        groups: dict[str, str] = {}
        with zipfile.ZipFile(place, "w") as box:
            for one in held:
                made, texts = one if isinstance(one, tuple) else (one, {})
                whole = record.pack(made).replace(b"ARCHIVE/", f"{place}/".encode())
                for path, data in {made.key: whole, **texts}.items():
                    box.writestr(zipfile.ZipInfo(path), data)
                    groups[f"{place}/{path}"] = f"{place}/{made.key}" if made.kind == "story" else ""
        found = [one._replace(group=groups.get(one.path, "")) for one in sources.walk([place])]
        report = intake.add(library, found)
        assert [finding.text for finding in check(library)] == []
        return report

    return run
