"""Chapter headings in Chinese, Japanese and Korean: `第三章 灯`, `第12話`, `제 3 장`."""

from __future__ import annotations

import re

from ficshelf.passes.heading_titles import tidy

_CJK = re.compile(
    r"[\W_]*第\s*([0-9０-９]{1,4}|[一二三四五六七八九十百零〇两]{1,6})\s*(?P<word>[章话話回节節部卷集幕])(?P<rest>.*)",
    re.S,
)
_KOREAN = re.compile(r"[\W_]*제?\s*(\d{1,4})\s*(?P<word>[장화])(?![가-힣])(?P<rest>.*)", re.S)
_LISTED = re.compile(r"([一二三四五六七八九十百]{1,4})\s*(?:[、．.：:]\s*(?P<rest>[^。！？\n]{1,40}))?")
DIGITS = frozenset("一二三四五六七八九十百")  # what such a number begins with
_CJK_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def parse(text: str) -> tuple[int, str | None, int, str] | None:
    """The number of a chapter, its title, its level as headings have them, and the word that it is called by."""
    found = _CJK.fullmatch(text) or _KOREAN.fullmatch(text)
    if found is None:
        return None
    title = tidy(found["rest"])
    if len(title) > 40 or (title and not found["rest"][0].isspace() and found["rest"][0] not in ":：-–—、.．"):
        return None
    level = 1 if found["word"] in "部卷集幕" else 2
    return _cjk_number(found[1]), title.strip("：、．") or None, level, found["word"]


def listed(text: str) -> tuple[int, str | None] | None:
    """A number alone, or before a title: `三`, `一、胶片`; None for what counts aloud (`一、二、三`)."""
    found = _LISTED.fullmatch(text)
    if found is None or (found["rest"] and (found["rest"][0] in DIGITS or found["rest"][0] in _CJK_DIGITS)):
        return None
    return _cjk_number(found[1]), tidy(found["rest"] or "") or None


def _cjk_number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    total, unit = 0, 0
    for sign in written:
        if sign in "十百":
            total += (unit or 1) * (10 if sign == "十" else 100)
            unit = 0
        else:
            unit = _CJK_DIGITS[sign]
    return total + unit
