"""The words of Rich Text: its tokens, what control words mean, and which letters its code pages hold.

(Rich Text Format Specification 1.9.1.)
"""

from __future__ import annotations

import re

from ficshelf.model import MARKS

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?[0-9]{1,10})?[ ]?"  # a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\([^a-zA-Z])"
    rb"|(\{+)"
    rb"|(\}+)"
    rb"|([^\\{}\r\n\0]+)"
    rb"|[\r\n\0]+|\\",
    re.DOTALL,
)
LINK = re.compile(r'HYPERLINK\s+(?:\\\\?[a-z]\s+)*"?([^"\s]{1,2000})', re.IGNORECASE)
CONTROLS = dict.fromkeys([*range(9), *range(10, 32), 127])
LINE_ENDS = re.compile("[\u2028\u2029]")
CODE_PAGE = "cp1252"
BIT = {mark: 1 << place for place, mark in enumerate(MARKS)}
MARK = {
    "i": "em", "b": "strong", "strike": "strike", "striked": "strike", "super": "sup", "sub": "sub",
    **dict.fromkeys(
        ("ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulth", "ulw", "ulwave", "ulhwave", "ululdbwave",
         "ulthd", "ulthdash", "ulthdashd", "ulthdashdd", "ulldash", "ulthldash"), "underline"
    ),
}  # fmt: skip
LETTER = {
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "tab": "\t",
}  # fmt: skip
SYMBOL = {b"~": "\xa0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\t": "\t"}
ENDS = frozenset({"par", "line", "lbr", "page", "sect", "column", "cell", "nestcell", "row", "nestrow"})
SKIPPED = frozenset(
    {"annotation", "atnid", "atnauthor", "atndate", "atnref", "atnicn", "aftncn", "aftnsep", "aftnsepc", "atrfend",
     "atrfstart", "bkmkend", "bkmkstart", "colortbl", "datafield", "factoidname", "falt", "filetbl", "footer",
     "footerf", "footerl", "footerr", "footnotesep", "ftncn", "ftnsep", "ftnsepc", "generator", "header", "headerf",
     "headerl", "headerr", "listtable", "listoverridetable", "nonesttables", "nonshppict", "objclass",
     "objdata", "objname", "panose", "pict", "private", "revtbl", "rsidtbl", "rxe", "shppict", "sn", "sp",
     "sv", "tc", "tcn", "themedata", "ud", "userprops", "xe", "xmlnstbl"}
)  # fmt: skip
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
PAGES = {0: "cp1252", 10000: "mac_roman", 10007: "mac_cyrillic", 10029: "mac_latin2", 65001: "utf-8"}


def codec_of_raw(data: bytes) -> str:
    """The encoding of letters beyond ASCII that stand in the file as they are, which no word processor writes."""
    if data.isascii():
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"
