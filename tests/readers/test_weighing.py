"""Pages are weighed by all of their signs: what is weighed at all, and what is never called none."""

from __future__ import annotations

import pytest

from ficshelf.readers.nostory import sight, signs, weighing

TOLD = (
    "Marian went down to the weir before it was light, with the lamp under her coat, and nobody saw her go.",
    '"You are late," said Odile, who had been sitting on the wall since the ferry left.',
    "She took the lamp out of her hands and held it against her cheek as if it had been warm.",
)
ROWS = tuple(f"Vana sild {number} ({number * 7}) 0{number}.04.2012" for number in range(1, 9))


def lines(*texts: str) -> list[sight.Line]:
    return signs.lines_of("\n\n".join(texts))


def test_rows_are_none_and_a_story_below_them_is_one() -> None:
    assert weighing.is_none(lines("Veskiraamat", *ROWS, "« 1 2 3 »"))
    assert not weighing.is_none(lines("Veskiraamat", *ROWS, *TOLD, "« 1 2 3 »"))


def test_few_words_are_not_weighed() -> None:
    assert not weighing.is_none(lines("Parolă:", "Nume:", "37"))
    assert not weighing.is_none([])


def test_what_is_told_in_many_words_is_not_looked_at() -> None:
    assert not weighing.may_be("\n\n".join(TOLD * 40))
    assert weighing.may_be("\n".join(ROWS))


def test_no_line_is_looked_at_below_the_first_run_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    of_line = signs.of_line

    def look(line: sight.Line) -> signs.Seen:
        seen.append(line.text)
        return of_line(line)

    monkeypatch.setattr(signs, "of_line", look)
    assert not weighing.is_none(lines(*TOLD, *TOLD, *ROWS))
    assert len(seen) < 7


def test_sentences_that_ask_for_nothing_are_a_quiet_stretch() -> None:
    assert weighing.has_quiet_stretch(lines(*ROWS, *TOLD))
    assert not weighing.has_quiet_stretch(
        lines(*ROWS, "Please log in to read the story.", "Your password is your own.")
    )


def test_all_of_a_long_line_is_seen() -> None:
    whole = " ".join(TOLD * 8)
    assert "".join(line.text for line in signs.pieces(lines(whole))).replace(" ", "") == whole.replace(" ", "")
