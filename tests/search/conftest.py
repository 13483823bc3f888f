"""A small library of our own to search in."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from small_library import shelve

from ficshelf.library.models import Work
from ficshelf.search import index


@pytest.fixture
def library(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library. A search that finds its index broken mends it at once, not in a thread."""
    monkeypatch.setattr(settings, "LIBRARY", tmp_path)
    monkeypatch.setattr(index, "catch_up_in_background", index.catch_up)
    return tmp_path


@pytest.fixture
def shelf(library: Path) -> dict[str, Work]:
    """A library of six works, indexed."""
    found = {
        "fog": shelve(
            "The Fog Signal",
            """# Chapter 1
            The keeper couldn’t sleep. Out on the reef the bell was ringing, and nobody had touched it in years.
            He carried his violin down the iron stair.
            ***
            In the morning Zoë found him by the lamp, kissing the cold glass as though it were a face.
            A/N Thanks to everyone who left a comment about the herring.""",
            """# Chapter 2
            There was a storm at sea, and the violin was wet. “It’s ruined,” said Marlow.
            ***
            To be or not to be a keeper: that was all that he had ever asked.""",
            authors="Ada Quill",
            fandom=["Lighthouse Tales"],
            relationship=["Marlow/Zoë"],
            character=["Marlow", "Zoë"],
            rating="teen",
            rating_stated="PG-13",
            complete=True,
            language="English",
            updated=datetime.date(2004, 5, 12),
            series="Reef Light",
            summary="A keeper hears a bell that nobody rings.",
        ),
        "tempest": shelve(
            "Tempest",
            """The storm took the mast. Marlow swore at the tempests of the world, and at the cook.
            Nobody played anything.""",
            authors=["Brin Oake", "Ada Quill"],
            fandom=["Lighthouse Tales", "Hamlet"],
            rating="explicit",
            complete=False,
            language="English",
            updated=datetime.date(2006, 1, 2),
            warning=["Major Character Death"],
            genre=["Angst"],
        ),
        "cafe": shelve(
            "Café Noir",
            "She ordered a coffee in the café. The violin case under her chair was empty; the couldn't-care-less waiter"
            " hummed.",
            authors="Ada Quillon",
            fandom=["Detective Nights"],
            rating="general",
            complete=True,
            language="English",
            updated=datetime.date(2001, 3, 4),
            genre=["Humour"],
        ),
        "guess": shelve(
            "",
            "A bell, a book, a candle: the ghost wanted none of them. " * 60,
            suggested_title="ghost story 3",
            fandom=["?Hamlet"],
        ),
        "german": shelve(
            "Der Leuchtturm",
            "Die Straße lag im Nebel, und der Wärter schlief.",
            authors="Jörg Ähre",
            language="German",
            fandom=["Lighthouse Tales"],
            rating="general",
        ),
        "numbers": shelve("Room 101", "Room 101 had 3½ windows and a well-known draught. 你好吗, said the radio."),
    }
    index.catch_up(library)
    return found
