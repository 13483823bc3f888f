"""Ratings as archives and authors wrote them, and the common scale that they are shown and filtered by.

The schemes are those of the MPAA (G to NC-17), FanRated (FRC to FRAO), FanFiction.Net (K to MA), AO3, ages and plain
words. The stated text is always kept beside the scale.
"""

from __future__ import annotations

import re

SCALE = ("general", "teen", "mature", "explicit")
UNRATED = "unrated"

_FORMS: dict[str, str] = {
    "general": "g pg k k+ frc gen general generalaudiences everyone allages u family clean 0+ 6+ 9+ 10+ +10 p6 "
    "verde livre tvg tvpg toutpublic fsk0 fsk6 ab6 paratodoslospúblicos alleleeftijden",
    "teen": "pg13 pg15 pg12 12 12+ 13 13+ 14+ t t+ teen teens teenandupaudiences teenandup frt fr13 12a p12 "
    "giallo tv14 pg14 ab12 fsk12 +12 +13 +14",
    "mature": "r 15 15+ 16 16+ 17+ m m+ mature fr15 frm fr17 softr hardr matureaudiences lime "
    "p16 arancione r15 r16 pg16 ab16 fsk16 +15 +16 tvma",
    "explicit": "nc17 nc18 nc21 x xx xxx ma e explicit adult adults adultsonly 18 18+ 21+ frao fr18 fr21 lemon smut "
    "p18 rosso r18 ab18 fsk18 +18",
}
_SCALE_OF = {form: rating for rating, forms in _FORMS.items() for form in forms.split()}
_SCALE_OF["nc13"] = "teen"  # somebody's own scheme: thirteen is the age that it names
_UNRATED = {"notrated", "unrated", "none", "nr", "na"}
_SPLIT = re.compile(
    r"\s*(?:[/,;|()\[\]]|\bto\b|\band\b|\bor\b|\bfor\b|\bdue\b|\bbecause\b|\boverall\b|[-–—:]\s|\s[-–—])\s*", re.I
)
_TIDY = re.compile(r"[\s.\-–—_!*\"']+")
_LEAD = re.compile(r"^(?:rated|rating|is|a|an|strong|fiction|about|probably|at\s+least|up)\s*:?\s+", re.I)


def scale(stated: str) -> str:
    """The common scale of a stated rating: one of `SCALE`, or "unrated" where the words mean none.

    Of several ratings ("PG/PG-13", "R (NC-17 later)") the strictest counts; what follows "for" is a reason.
    """
    return max((_one(piece) for piece in _pieces(stated)), key=_rank, default=UNRATED)


def is_mixed(stated: str) -> bool:
    """Whether several different ratings are stated at once."""
    return len({found for piece in _pieces(stated) if (found := _one(piece)) != UNRATED}) > 1


def _rank(rating: str) -> int:
    return SCALE.index(rating) if rating in SCALE else -1


def _pieces(stated: str) -> list[str]:
    stated = stated[:200]
    pieces = []
    for piece in re.split(r"\b(?:for|due to|because)\b", stated, maxsplit=1, flags=re.I)[:1] + re.findall(
        r"\(([^()]*)\)", stated
    ):
        pieces += _SPLIT.split(piece)
    return pieces


def _one(piece: str) -> str:
    piece = _LEAD.sub("", piece.strip())
    tidy = _TIDY.sub("", piece).lower()
    if tidy in _UNRATED:
        return UNRATED
    if tidy in _SCALE_OF:
        return _SCALE_OF[tidy]
    for width in (3, 2, 1):
        words = piece.split()[:width]
        found = _SCALE_OF.get(_TIDY.sub("", "".join(words)).lower())
        if found and (len(words[0]) > 1 or len(piece.split()) <= 3 or words[0].isupper()):
            return found
    return UNRATED
