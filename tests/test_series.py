"""A series as it is stated: its name, and the place in it."""

import pytest

from ficshelf.series import in_series


@pytest.mark.parametrize(
    ("stated", "name", "place"),
    [
        ("Ashes", "Ashes", 0),
        ("Part 3 of The Returned", "The Returned", 3),
        ("Part 3 of the Rain Cycle", "Rain Cycle", 3),
        ("part 12 in Ashes and After", "Ashes and After", 12),
        ("Ashes #3", "Ashes", 3),
        ("Ashes, part 3 of 5", "Ashes", 3),
        ("Ashes (book 2)", "Ashes", 2),
        ("Ashes: Episode 4", "Ashes", 4),
        ("Apart 3", "Apart 3", 0),
        ("Counterpart 3", "Counterpart 3", 0),
        ("Book 2", "Book 2", 0),
        ("1001 Nights", "1001 Nights", 0),
        ("  Ashes \n and  After ", "Ashes and After", 0),
        ("-" * 5000 + "#", "-" * 5000 + "#", 0),
    ],
)
def test_a_series_is_told_from_the_place_in_it(stated: str, name: str, place: int) -> None:
    assert in_series(stated) == (name, place)
