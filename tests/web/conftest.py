"""A library for the pages: an empty one for each test, and a served one for the tests that look with a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from ficshelf.search import index
from ficshelf.web.answers import kept


@pytest.fixture
def library(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library, indexed only when a test does it."""
    monkeypatch.setattr(settings, "LIBRARY", tmp_path)
    monkeypatch.setattr(index, "catch_up_in_background", lambda directory: None)  # tests say when
    kept.clear()
    return tmp_path


@pytest.fixture
def client(library: Path) -> Client:
    """A browser without scripts."""
    return Client(raise_request_exception=False)
