"""Where in a text a sign may stand: an apostrophe between letters, a capital at the beginning of a word, a degree sign
behind a number. Signs that stand where none should are the surest trace of a wrong encoding."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_OPENING = frozenset("“‘„‚«‹(\"'[—–-*_<>/~")
_CLOSING = frozenset(".,;:!?…)\"'”’»›]—–-*_<>/~")
_PLAIN_SIGNS = frozenset("®©™·•")
WORST = -6.0


@lru_cache(maxsize=200_000)
def place(before: str, sign: str, after: str) -> float:
    """How well `sign` stands between two others, from -6 to 3; around 0 where that says nothing."""
    if sign == "\ufffd" or "\x7f" <= sign < "\xa0":
        return WORST
    if sign.isalpha() and sign not in "ªºƒˆ":
        return _letter(before, sign, after)
    opens, closes = before.isspace() or before in _OPENING, after.isspace() or after in _CLOSING
    in_word = before.isalpha() and after.isalpha()
    if sign == "’":
        if in_word:  # don’t, she’s, they’ll; l’été, dell’arte
            return 3.0 if after in "stdmlrvSTDMLRV" else 1.5 if before in "ldjnmstcuLDJNMSTCU" else -0.5
        return 2.0 if closes and not before.isspace() else 1.0 if opens and after.isalnum() else -1.0
    if sign in "“‘":
        if opens and not after.isspace():
            return 2.5
        return 1.0 if closes and not before.isspace() else -3.0 if in_word else -1.0  # German closes with them
    if sign in "”":
        return 2.5 if closes and not before.isspace() else 1.0 if opens and not after.isspace() else -3.0
    if sign in "„‚":
        return 2.0 if opens and after.isalnum() else -4.0 if in_word else -2.0
    if sign in "«»‹›":
        return 1.5 if opens != closes or (opens and closes) else -4.0 if in_word else -1.0
    if sign == "…":
        return 1.5 if not before.isspace() or after.isalnum() else 0.3
    if sign in "–—":
        return 1.5 if before.isspace() == after.isspace() else 0.3
    if sign in "¡¿":
        return 2.5 if opens and after.isalpha() else -4.0
    if sign == "\xa0":
        return 0.5 if before.isspace() or after.isspace() or before in _CLOSING or before == sign == after else -0.3
    if sign == "°":
        return 1.0 if before.isdigit() else -3.0 if in_word else -0.5
    if sign in "£€¥$¢§":
        return 1.0 if before.isdigit() or after.isdigit() else -4.0 if in_word else -0.5
    if sign in "½¼¾²³¹ºª":
        return 1.0 if before.isdigit() else 0.3 if opens and closes else -4.0 if in_word else -1.5
    if sign in _PLAIN_SIGNS:
        return -2.0 if in_word else -1.0 if (opens and after.isalpha()) or (sign == "•" and before.isalpha()) else 0.3
    if "─" <= sign <= "▟":  # lines of boxes
        mates = ["─" <= one <= "▟" for one in (before, after)]
        blanks = before.isspace() + after.isspace()
        return 0.4 if all(mates) or (any(mates) and blanks) else 0.0 if blanks == 2 else -1.0 if blanks else WORST
    if before.isalpha() or after.isalpha():
        return -4.0
    return 0.1 if before == sign or after == sign else -0.8


def _letter(before: str, letter: str, after: str) -> float:
    script = script_of(letter)
    if before == letter == after and letter > "\x7f" and script == "LATIN":
        return -4.0  # `ááá` is a row of something else
    score = sum(-4.0 for beside in (before, after) if beside.isalpha() and script_of(beside) != script)
    if letter.isupper() and before.isalpha():
        if before.islower():
            score -= 4.0
        elif after.islower():
            score -= 1.5
    elif letter.islower() and after.isupper():
        score -= 1.5
    return score if before.isalpha() or after.isalpha() else score - 0.5


@lru_cache(maxsize=20_000)
def script_of(letter: str) -> str:
    """The script that a letter belongs to, as the first word of its name says: LATIN, CYRILLIC …"""
    if letter < "ɐ":
        return "LATIN"
    return unicodedata.name(letter, "").partition(" ")[0]
