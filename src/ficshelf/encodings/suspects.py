"""Lines that are written in another encoding than it seems: *suspects* are those with signs where none should stand,
or with letters that the language does not have. A stretch of them at a time is weighed against all encodings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from ficshelf.encodings import likely
from ficshelf.encodings.places import script_of

_HIGH = re.compile(rb"[\x80-\xff]")
_MARGIN = 5.0  # by which another encoding must be likelier for a stretch of suspects, …
_MARGIN_SHARE = 0.4  # … and by which for each byte beyond ASCII
_WEIGHED = 2**18  # bytes of suspects that are weighed at most, so that a hostile file takes no longer …
_LEAST_WEIGHED = 512  # … where each stretch counts as this many at least
_WELL = 0.9  # what speaks for a byte beyond ASCII where nobody need ask further
_ROUNDS = 3  # a stretch may itself be of several encodings


def strictly(data: bytes, encoding: str) -> str | None:
    """The text, if every byte fits."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def find(lines: Sequence[bytes], high: Sequence[int], encoding: str) -> dict[int, str]:
    """The lines that are far likelier written in another encoding, and in which."""
    usual = b""
    if encoding in likely.SINGLE:
        usual = likely.usual(likely.sample_of([lines[place] for place in high]), encoding)
    elif encoding not in likely.MANY:
        return {}
    found: dict[int, str] = {}
    weighed = 0
    for _ in range(_ROUNDS):
        changed = False
        for stretch in _stretches(lines, high, encoding, found, usual):
            sample = likely.sample_of([lines[place] for place in stretch])
            weighed += max(len(sample), _LEAST_WEIGHED)
            if weighed > _WEIGHED:
                return found
            if best := _far_likelier(sample, found.get(stretch[0], encoding)):
                found |= dict.fromkeys(stretch, best)
                changed = True
        if not changed:
            break
    return found


def _stretches(
    lines: Sequence[bytes], high: Sequence[int], encoding: str, found: dict[int, str], usual: bytes
) -> list[list[int]]:
    """Lines that stand together, are believed to be in one encoding, and are suspects in it."""
    stretches: list[list[int]] = []
    last, before = -2, ""
    for number, place in enumerate(high):
        here = found.get(place, encoding)
        if _is_suspect(lines[place], here, usual if here == encoding else b""):
            if number - 1 == last and here == before:
                stretches[-1].append(place)
            else:
                stretches.append([place])
            last, before = number, here
    return stretches


def _is_suspect(line: bytes, encoding: str, usual: bytes) -> bool:
    """Whether a line has signs where none should be, or others than most lines have."""
    if encoding in likely.SINGLE:
        return bool(usual and line.translate(None, usual)) or odd(encoding).is_in(line)
    text = strictly(line, encoding)
    return text is None or likely.BESIDE_LATIN.search(text) is not None


def _far_likelier(sample: bytes, encoding: str) -> str:
    """An encoding that is far likelier than the one that was believed; "" for none."""
    mine = likely.likelihood(sample, encoding)
    if mine.mean > _WELL:
        return ""
    best = likely.rank(sample)[0]
    high = _HIGH.findall(sample)
    count = len(high)
    is_stray = count <= 2 and len(set(high)) == 1 and best.encoding in likely.SINGLE
    if is_stray and likely.table(best.encoding)[high[0][0]].isalpha():
        return ""  # of one letter nobody can tell whether it is meant, or a byte that strayed there
    is_far = best.encoding != encoding and best.mean > 0 and best.score > mine.score + _MARGIN + _MARGIN_SHARE * count
    return best.encoding if is_far else ""


class Odd(NamedTuple):
    """The classes of an encoding's bytes, and the rows of classes that stand in no line of it."""

    classes: bytes
    rows: tuple[bytes, ...]

    def is_in(self, data: bytes) -> bool:
        """Whether one of the rows is in some bytes. Plain searches for a few bytes are quicker than one pattern."""
        classes = data.translate(self.classes)
        return any(row in classes for row in self.rows)


@cache
def odd(encoding: str) -> Odd:
    """Capitals within words (`aÉ`, `PŽl`), signs between letters, letters of two scripts in one word, words of nothing
    but accents.

    Classes: a and A are letters of ASCII; l and L others in Latin letters, r and R in the script of the encoding; s are
    signs that stand in no word, n nothing at all."""
    letters = likely.table(encoding)
    classes = bytes(_class_of(byte, letters[byte]) for byte in range(256))
    latin, other = ("aAlL", "") if encoding in likely.WESTERN_PAGES else ("aAlL", "rR")
    rows = [one + "L" for one in "al"] + ["ALa", "n"] + [one + "s" + two for one in latin for two in latin]
    rows += [one + "R" for one in "r"] + ["RRRR"]
    rows += [one + two for one in latin for two in other] + [two + one for one in latin for two in other]
    rows += [one + "s" + two for one in other for two in other]
    if not other:
        rows += ["".join(four) for four in product("lL", repeat=4)] + ["ss" + one for one in latin]
    return Odd(classes, tuple(row.encode() for row in rows))


def _class_of(byte: int, letter: str) -> int:
    if letter == "\ufffd":
        return ord("n")
    if letter.isalpha():
        name = "a" if byte < 128 else "l" if script_of(letter) == "LATIN" else "r"
        return ord(name.upper() if letter.isupper() else name)
    return ord("." if byte < 128 or letter in "’—–…\xad\xa0" else "s")
