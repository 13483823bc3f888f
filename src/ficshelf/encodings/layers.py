"""UTF-8 that was read as something else, once or more often, and written down so: `â€™` for `’`, `Ã©` for `é`.

ftfy mends it, and is asked only where a cheap test finds its traces, for it reads 1.2 MB a second. What it leaves is
what programs dropped on the way, and is known from what stands around it.
"""

from __future__ import annotations

import re

import ftfy

_TRACES = re.compile(
    "â€|Ã[\u0080-¿ƒ‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u0080-¿]|ðŸ|Ð[\u0080-¿]|â\u0080|â‚¬|ï»¿|Ãƒ|Ã |√[©®†¢£§¶°™´]|‚Ä|ã€"
)
_SIGNS = "âÃÂðÐï√‚ã"  # one of them begins every trace
# The last of the three bytes of a quotation mark is none in cp1252: programs dropped it, or wrote a question mark.
_CLOSING_LOST = re.compile(r"â€(?=[\s.,;:!)\]—–-]|$|â€)")
_CLOSING_ASKED = re.compile(r"â€\?(?=[\s.,;:!?)\]—–-]|$)")
_APOSTROPHE_LOST = re.compile(r"(?<=[a-z])â€\??(?=(?:t|s|d|m|ll|re|ve)\b)")
_GRAVE = re.compile(r"Ã (?=[ ,.;:!?)])")  # the second byte of an à is a hard blank, which became a soft one
_GRAVE_TWICE = re.compile(r"ÃƒÂ (?=\w)")  # misread twice; on a page the blank behind it made one with the hard one
_GRAVE_AT_END = re.compile(r"(?<=[a-zà-ÿ])Ã(?:[ƒ\x83]Â)?$")  # there programs dropped the hard blank
_BOM = "\ufeff"


def are_in(text: str) -> bool:
    """Whether a text has traces of it."""
    return any(sign in text for sign in _SIGNS) and _TRACES.search(text) is not None


def quotes_are_asked(text: str) -> bool:
    """Whether a program wrote a question mark for the last byte of every closing quotation mark."""
    return _CLOSING_ASKED.search(text) is not None and _CLOSING_LOST.search(text) is None


def taken_off(text: str, asked: bool = False) -> str:
    """A text with traces as it was meant. `asked` is what `quotes_are_asked` says of all that stands around it."""
    text = _GRAVE_AT_END.sub(lambda found: found[0] + "\xa0", text)
    text = _GRAVE.sub("Ã\xa0", _peeled(_GRAVE_TWICE.sub("ÃƒÂ\xa0 ", text)))
    if "â€" in text:
        text = _APOSTROPHE_LOST.sub("’", text)
        text = _CLOSING_ASKED.sub("”", text) if asked else _CLOSING_LOST.sub("”", text)
    return ftfy.fix_encoding(text).removeprefix(_BOM)


def _peeled(text: str) -> str:
    """Text without the layers that come off whole: letters whose bytes in cp1252 are UTF-8 throughout."""
    while not text.isascii():
        try:
            text = text.encode("sloppy-windows-1252").decode("utf-8")
        except UnicodeError:
            break
    return text
