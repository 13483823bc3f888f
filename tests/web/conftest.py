"""A library for the pages: an empty one for each test, and a served one for the tests that look with a browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from servers import serving

from ficshelf.search import index
from ficshelf.web import answers, cards, layers
from ficshelf.web.pages import compare, copies


@pytest.fixture
def library(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library, indexed only when a test does it."""
    monkeypatch.setattr(settings, "LIBRARY", tmp_path)
    monkeypatch.setattr(index, "catch_up_in_background", lambda directory, **_: None)  # tests say when
    answers.kept.clear()
    cards.kept.clear()
    compare._matched.clear()
    copies._looked.clear()
    layers._layers.clear()
    return tmp_path


@pytest.fixture
def client(library: Path) -> Client:
    """A browser without scripts."""
    return Client(raise_request_exception=False)


@pytest.fixture
def owner(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser on the owner's own machine."""
    monkeypatch.setenv("FICSHELF_OWNER", "here")
    return Client(raise_request_exception=False, headers={"Host": "127.0.0.1:8000"})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a library with a story (work 1), a hostile one (work 2) and a shelf full of others."""
    folder = tmp_path_factory.mktemp("served") / "library"
    subprocess.run([sys.executable, Path(__file__).with_name("make_library.py"), folder], check=True, timeout=60)
    with serving(folder) as (address, _):
        yield address
