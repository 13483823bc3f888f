"""What passes ask about a line is answered once while a text is read, and nothing of it is kept afterwards."""

from __future__ import annotations

from ficshelf import reading
from ficshelf.passes.remembered import forget, remembered


def test_a_line_is_looked_at_once_until_it_is_forgotten() -> None:
    asked: list[str] = []

    @remembered
    def is_long(text: str) -> bool:
        asked.append(text)
        return len(text) > 3

    assert [is_long("tern"), is_long("tern"), is_long("gull")] == [True, True, True]
    assert asked == ["tern", "gull"]
    forget()
    assert is_long("tern")
    assert asked == ["tern", "gull", "tern"]


def test_nothing_is_kept_of_a_text_that_was_read() -> None:
    asked: list[str] = []

    @remembered
    def is_long(text: str) -> bool:
        asked.append(text)
        return len(text) > 3

    is_long("tern")
    reading.read([(b"Title: The Ford\n\nShe went down to the water.\n", "ford.txt")])
    is_long("tern")
    assert asked == ["tern", "tern"]
