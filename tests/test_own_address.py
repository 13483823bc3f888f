"""The address of a saved page that nothing states, by its links."""

from __future__ import annotations

import pytest

from ficshelf import own_address

HOST = "http://www.lantern.example/fic/"
TITLE = ("The Ford", f"{HOST}viewstory.php?sid=12")
OTHER = ("The Ford", f"{HOST}viewstory.php?sid=13")


@pytest.mark.parametrize(
    ("title", "links", "told"),
    [
        ("The Ford by Wren", [TITLE], f"{HOST}viewstory.php?sid=12"),
        ("Reviews For The Ford", [TITLE], f"{HOST}reviews.php?type=ST&item=12"),
        (
            "The Ford by Wren",
            [TITLE, ("Next", f"{HOST}viewstory.php?sid=12&chapter=3")],
            f"{HOST}viewstory.php?sid=12&chapter=2",
        ),
        ("Wren", [("Wren", f"{HOST}viewuser.php?uid=3")], f"{HOST}viewuser.php?uid=3"),
        ("The Ford by Wren", [TITLE, OTHER], ""),
        ("The Lamp by Wren", [TITLE], ""),
        ("Most Recent", [TITLE, OTHER], ""),
        ("Ford - Wren", [("EPUB", "http://lantern.example/downloads/40/Ford.epub")], "http://lantern.example/works/40"),
        (
            "wren: The Ford",
            [("Leave a comment", "http://wren.livejournal.com/123.html?mode=reply")],
            "http://wren.livejournal.com/123.html",
        ),
    ],
)  # fmt: skip
def test_a_page_is_known_by_the_links_that_only_it_has(title: str, links: list[tuple[str, str]], told: str) -> None:
    assert own_address.find(title, links) == told
