"""What is kept in memory: what was used last, and never more than the limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ficshelf.web.kept import Kept


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=60))
def test_what_is_kept_never_exceeds_the_limit(puts: list[tuple[int, int]]) -> None:
    kept: Kept[str] = Kept(100)
    for key, length in puts:
        kept.put(key, "x" * length)
        assert kept.size == sum(len(found) for key in range(10) if (found := kept.get(key)) is not None) <= 100


def test_what_was_not_used_for_longest_goes_first() -> None:
    kept: Kept[str] = Kept(30)
    for name in ("one", "two", "three"):
        kept.put(name, "0123456789")
    assert kept.get("one")
    kept.put("four", "0123456789")
    assert kept.get("two") is None
    assert kept.get("one")


def test_what_is_larger_than_the_limit_is_not_kept() -> None:
    kept: Kept[bytes] = Kept(30)
    kept.put("large", b"0" * 31)
    assert (kept.get("large"), kept.size) == (None, 0)
