"""Rich Text Format (rtf), as Word, WordPad, LibreOffice, Google Docs and TextEdit write it, read in one pass.

A node a line. The text layer is the paragraphs in order, each ended by a line end, a line break within one being a line
end too; a row of a table is one line, its cells parted by tabs. Then come the footnotes and endnotes, each behind its
number in brackets, which also stands where the text refers to it. Letters are decoded by the code page of their font or
of the file, control characters dropped. Deleted text that is still tracked, comments, page headers and footers, the
typed-out bullets of lists, pictures, embedded objects and unknown `\\*` destinations are no text of the story.
(Rich Text Format Specification 1.9.1.)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.model import MARKS, Draft, Remark, Run
from ficshelf.readers import encoding, unread
from ficshelf.readers.document import Document, Paragraph, hint_of_style, indent_of, properties, web_link
from ficshelf.readers.marks import NAMES_OF
from ficshelf.sources import limits

_START = re.compile(rb"[\s\xef\xbb\xbf]*\{\\rtf")
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?[0-9]{1,10})?[ ]?"  # a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"
    rb"|\\([^a-zA-Z])"
    rb"|(\{+)"
    rb"|(\}+)"
    rb"|([^\\{}\r\n\0]+)"
    rb"|[\r\n\0]+|\\",
    re.DOTALL,
)
_LINK = re.compile(r'HYPERLINK\s+(?:\\\\?[a-z]\s+)*"?([^"\s]{1,2000})', re.IGNORECASE)
_CONTROLS = dict.fromkeys([*range(9), *range(10, 32), 127])
_LINE_ENDS = re.compile("[\u2028\u2029]")
_CODE_PAGE = "cp1252"
_BIT = {mark: 1 << place for place, mark in enumerate(MARKS)}
_MARK = {
    "i": "em", "b": "strong", "strike": "strike", "striked": "strike", "super": "sup", "sub": "sub",
    **dict.fromkeys(
        ("ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulth", "ulw", "ulwave", "ulhwave", "ululdbwave",
         "ulthd", "ulthdash", "ulthdashd", "ulthdashdd", "ulldash", "ulthldash"), "underline"
    ),
}  # fmt: skip
_LETTER = {
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "tab": "\t",
}  # fmt: skip
_SYMBOL = {b"~": "\xa0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\t": "\t"}
_ENDS = frozenset({"par", "line", "lbr", "page", "sect", "column", "cell", "nestcell", "row", "nestrow"})
_SKIPPED = frozenset(
    {"annotation", "atnid", "atnauthor", "atndate", "atnref", "atnicn", "aftncn", "aftnsep", "aftnsepc", "atrfend",
     "atrfstart", "bkmkend", "bkmkstart", "colortbl", "datafield", "factoidname", "falt", "filetbl", "footer",
     "footerf", "footerl", "footerr", "footnotesep", "ftncn", "ftnsep", "ftnsepc", "generator", "header", "headerf",
     "headerl", "headerr", "listtable", "listoverridetable", "listtext", "nonesttables", "nonshppict", "objclass",
     "objdata", "objname", "panose", "pict", "pntext", "private", "revtbl", "rsidtbl", "rxe", "shppict", "sn", "sp",
     "sv", "tc", "tcn", "themedata", "ud", "userprops", "xe", "xmlnstbl"}
)  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {0: "cp1252", 10000: "mac_roman", 10007: "mac_cyrillic", 10029: "mac_latin2", 65001: "utf-8"}


def sure(data: bytes, path: str) -> float:
    """1 for what begins as every RTF does."""
    return 1.0 if _START.match(data[:200]) else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read an RTF. Never raises; what is damaged gives a remark."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    return _Reader(data).draft()


class _State(NamedTuple):
    """What a group inherits and gives back when it ends. `within` names the destination; "" is the story."""

    within: str = ""
    mask: int = 0
    codec: str = ""  # of the font; "" for the file's own
    fallback: int = 1  # characters that stand after each \\u for readers that do not know it
    link: str = ""
    is_deleted: bool = False
    centred: bool = False
    indent: int = 0
    style: int = 0
    level: int = 0  # of the outline, from 1; 0 for text
    listed: bool = False
    in_table: bool = False


_PLAIN = _State()


class _Outer(NamedTuple):
    """What waits while a note or a text box is read: the group it is, the line around it, and where its own go."""

    depth: int
    runs: list[Run]
    cells: list[list[Run]]
    into: list[Paragraph]


class _Reader(Document):
    """One pass over the tokens. A group costs a reference, so that a million of them within one another do no harm."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data
        self.state = _PLAIN
        self.stack: list[_State] = []
        self.codec = _CODE_PAGE
        self.raw = _codec_of_raw(data)
        self.fonts: dict[int, str] = {}
        self.font = -1  # that the font table is telling of
        self.default_font = -1
        self.styles: dict[int, str] = {}
        self.told: dict[str, list[str]] = {"title": [], "author": [], "style": [], "field": []}
        self.link = ""
        self.bytes = bytearray()  # of letters that are not decoded yet
        self.surrogate = 0
        self.skip = 0  # characters of a fallback that are still to come
        self.is_star = False
        self.runs: list[Run] = []
        self.cells: list[list[Run]] = []
        self.outer: list[_Outer] = []
        self.noted: list[list[Paragraph]] = []
        self.boxes: list[Paragraph] = []
        self.replaced = 0
        self.unknown: set[str] = set()
        self.is_listed = False

    def draft(self) -> Draft:
        """Read to the end."""
        self._tokens()
        self._flush()
        while self.outer:
            self._close_outer()
        self._end_row()
        if self.runs:
            self._paragraph(self.state)
        self.settle_headings()
        for number, paragraphs in enumerate(self.noted, 1):
            first = len(self.nodes)
            for place, one in enumerate(paragraphs):
                self.paragraph([Run(f"[{number}] "), *one.runs] if place == 0 else one.runs)
            self.settle(first, "note", "footnote")
        facts = properties("".join(self.told["author"]), "".join(self.told["title"]))
        return Draft("".join(self.text), tuple(self.nodes), facts, remarks=self._remarks(), encoding=self.codec)

    def _remarks(self) -> tuple[Remark, ...]:
        remarks: tuple[Remark, ...] = ()
        if self.stack:
            remarks += (Remark("damaged", "The file ends before its last group does; what there is was read."),)
        if self.unknown:
            which = ", ".join(sorted(self.unknown)[:5])
            remarks += (
                Remark("encoding-guessed", f"Nobody knows the code page {which}; it was read as {_CODE_PAGE}."),
            )
        if self.replaced:
            remarks += (Remark("bytes-replaced", f"{self.replaced} letters could not be read."),)
        return remarks

    def _tokens(self) -> None:
        data, match, at, size = self.data, _TOKEN.match, 0, len(self.data)
        while at < size:
            found = match(data, at)
            if found is None:
                break
            at = found.end()
            word, number, code, symbol, opening, closing, text = found.groups()
            if text is not None:
                self._text(text)
            elif word is not None:
                name = word.decode("ascii")
                value = int(number) if number else None
                if name == "bin":
                    if value and 0 < value <= size - at:
                        at += value
                else:
                    self._word(name, value)
            elif code is not None:
                self._byte(int(code, 16))
            elif opening is not None:
                self._flush()
                self.stack += [self.state] * len(opening)
                self.is_star = False
            elif closing is not None:
                self._close(len(closing))
            elif symbol is not None:
                self._symbol(symbol)

    def _close(self, count: int) -> None:
        self._flush()
        self.skip = 0
        count = min(count, len(self.stack))
        if count:
            self.state = self.stack[-count]
            del self.stack[-count:]
        while self.outer and self.outer[-1].depth > len(self.stack):
            self._close_outer()

    def _text(self, text: bytes) -> None:
        if self.skip:
            dropped = min(self.skip, len(text))
            self.skip -= dropped
            text = text[dropped:]
        if self.state.within == "skipped" or not text:
            return
        if self.surrogate:
            self._flush()
        if self.raw and not text.isascii():
            self._flush()
            self._say(text.decode(self.raw, "replace"))
        else:
            self.bytes += text

    def _byte(self, code: int) -> None:
        if self.skip:
            self.skip -= 1
        elif self.state.within != "skipped":
            if self.surrogate:
                self._flush()
            self.bytes.append(code)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.is_star = True
        elif symbol in b"\r\n":
            self._word("par", None)
        elif self.skip:
            self.skip -= 1
        elif symbol in _SYMBOL:
            self._flush()
            self._say(_SYMBOL[symbol])

    def _word(self, name: str, value: int | None) -> None:
        is_star, self.is_star = self.is_star, False
        if name == "u" and value is not None:
            self._unicode(value)
            return
        self.skip = 0
        within = self.state.within
        if within == "skipped":
            return
        if name in _SKIPPED:
            if name in ("listtext", "pntext"):
                self.is_listed = True
            self._enter("skipped")
        elif is_star and name not in ("fldinst", "shpinst", "footnote", "shptxt"):
            self._enter("skipped")
        elif within == "":
            self._story(name, value)
        else:
            self._table(name, value, within)

    def _story(self, name: str, value: int | None) -> None:
        """A control word in the story."""
        state = self.state
        if mark := _MARK.get(name):
            self._flush()
            bit = _BIT[mark]
            if mark in ("sup", "sub"):
                state = state._replace(mask=state.mask & ~(_BIT["sup"] | _BIT["sub"]))
            self.state = state._replace(mask=state.mask & ~bit if value == 0 else state.mask | bit)
        elif name in _LETTER:
            self._flush()
            self._say(_LETTER[name])
        elif name in _ENDS:
            self._flush()
            self._ends(name)
        elif name == "plain":
            self._flush()
            codec = self.fonts.get(self.default_font, "")
            self.state = state._replace(mask=0, codec=codec, is_deleted=False)
        elif name == "pard":
            self._flush()
            self.state = state._replace(centred=False, indent=0, style=0, level=0, listed=False, in_table=False)
        elif name == "f":
            self._flush()
            self.state = state._replace(codec=self.fonts.get(value or 0, ""))
        elif name in ("ulnone", "nosupersub"):
            self._flush()
            gone = _BIT["underline"] if name == "ulnone" else _BIT["sup"] | _BIT["sub"]
            self.state = state._replace(mask=state.mask & ~gone)
        elif name in ("qc", "ql", "qr", "qj"):
            self.state = state._replace(centred=name == "qc")
        elif name == "fi":
            self.state = state._replace(indent=indent_of((value or 0) / 20))
        elif name == "s":
            self.state = state._replace(style=value or 0)
        elif name == "outlinelevel":
            self.state = state._replace(level=(value or 0) + 1 if 0 <= (value or 0) < 9 else 0)
        elif name == "ls":
            self.state = state._replace(listed=(value or 0) > 0)
        elif name == "intbl":
            self.state = state._replace(in_table=True)
        elif name == "uc":
            self.state = state._replace(fallback=max(0, min(value if value is not None else 1, 16)))
        elif name == "deleted":
            self._flush()
            self.state = state._replace(is_deleted=value != 0)
        elif name == "pagebb":
            self.page = self.page or value != 0
        elif name in ("ansicpg", "mac", "pc", "pca", "deff"):
            self._file(name, value)
        else:
            self._destination(name)

    def _file(self, name: str, value: int | None) -> None:
        """What the file says of itself as a whole."""
        if name == "deff":
            self.default_font = value or 0
        elif name == "ansicpg":
            self.codec = self._page(value or 0)
        else:
            self.codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[name]

    def _page(self, number: int) -> str:
        known = _PAGES.get(number) or encoding.known(f"cp{number}")
        if not known:
            self.unknown.add(str(number))
        return known or _CODE_PAGE

    def _destination(self, name: str) -> None:
        if name in ("fonttbl", "stylesheet", "info"):
            self._enter(name)
        elif name == "fldinst":
            self._enter("field")
            self.told["field"] = []
        elif name == "fldrslt":
            found = _LINK.search("".join(self.told["field"]))
            self._flush()
            self.state = self.state._replace(link=web_link(found[1]) if found else "")
            self.told["field"] = []
        elif name in ("footnote", "shptxt"):
            self._flush()
            if name == "footnote":
                self.noted.append([])
                self._say(f"[{len(self.noted)}]", _BIT["sup"])
            into = self.noted[-1] if name == "footnote" else self.boxes
            self.outer.append(_Outer(len(self.stack), self.runs, self.cells, into))
            self.runs, self.cells = [], []
            self.state = _PLAIN._replace(codec=self.state.codec, fallback=self.state.fallback)

    def _table(self, name: str, value: int | None, within: str) -> None:
        """A control word in the tables before the story: fonts, styles, what the file says of itself."""
        state = self.state
        if name == "uc":
            self.state = state._replace(fallback=max(0, min(value if value is not None else 1, 16)))
        elif within == "fonttbl":
            if name == "f":
                self.font = value or 0
            elif name == "fcharset" and value in _CHARSETS:
                self.fonts.setdefault(self.font, _CHARSETS[value])
            elif name == "cpg":
                self.fonts[self.font] = self._page(value or 0)
        elif within == "stylesheet" and name == "s":
            self.state = state._replace(style=value or 0)
        elif within == "info":
            self._enter(name if name in ("title", "author") else "skipped")
        elif name in _LETTER and name != "tab":
            self._flush()
            self._say(_LETTER[name])

    def _enter(self, within: str) -> None:
        self._flush()
        self.state = self.state._replace(within=within)

    def _unicode(self, value: int) -> None:
        """A letter by its number; those beyond 65,535 come as two, and are negative beyond 32,767."""
        self.skip = self.state.fallback
        if self.state.within == "skipped":
            return
        code = value & 0xFFFF
        if 0xD800 <= code < 0xDC00:
            self._flush()
            self.surrogate = code
        elif 0xDC00 <= code < 0xE000:
            high, self.surrogate = self.surrogate, 0
            self._flush()
            if high:
                self._say(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
            else:
                self.replaced += 1
                self._say("\ufffd")
        else:
            self._flush()
            self._say(chr(code))

    def _flush(self) -> None:
        """Decode the letters that have gathered."""
        if self.surrogate:
            self.surrogate = 0
            self.replaced += 1
            self._say("\ufffd")
        if self.bytes:
            gathered = bytes(self.bytes)
            self.bytes.clear()
            text = gathered.decode(self.state.codec or self.codec, "replace")
            self.replaced += text.count("\ufffd")
            self._say(text)

    def _say(self, text: str, mask: int = 0) -> None:
        """Text in the state that there is."""
        state = self.state
        text = text.translate(_CONTROLS)
        if state.within == "stylesheet":
            self._style(text)
        elif state.within:
            self.told.get(state.within, []).append(text)
        elif text and not state.is_deleted:
            marks = NAMES_OF[state.mask | mask]
            if "\u2028" not in text and "\u2029" not in text:
                self.runs.append(Run(text, marks, state.link))
                return
            for number, piece in enumerate(_LINE_ENDS.split(text)):
                if number:
                    self.runs.append(Run("\n"))
                if piece:
                    self.runs.append(Run(piece, marks, state.link))

    def _style(self, text: str) -> None:
        """A piece of a style's name, which ends with a semicolon."""
        self.told["style"].append(text)
        if text.rstrip().endswith(";"):
            name = "".join(self.told["style"]).strip(" ;")
            self.told["style"] = []
            self.styles.setdefault(self.state.style, hint_of_style(name))

    def _ends(self, name: str) -> None:
        """A paragraph, line, cell or row ends."""
        state = self.state
        if state.is_deleted and name == "par":
            return
        if name in ("line", "lbr"):
            self.runs.append(Run("\n"))
        elif name == "page" and not self.outer:
            self.runs.append(Run("\f"))
        elif name == "cell":
            self.cells.append(self.runs)
            self.runs = []
        elif name == "row":
            self._end_row()
        elif name in ("nestcell", "nestrow") or (state.in_table and name in ("par", "sect")):
            self.runs.append(Run(" "))
        elif name in ("par", "sect"):
            self._end_row()
            self._paragraph(state)

    def _end_row(self) -> None:
        cells, self.cells = self.cells, []
        if not cells:
            return
        if self.outer or len(cells) == 1:
            for cell in cells:
                self._put(Paragraph(cell))
        else:
            self.row(cells)

    def _paragraph(self, state: _State) -> None:
        runs, self.runs = self.runs, []
        hint = f"h{min(6, state.level)}" if state.level else self.styles.get(state.style, "") or "p"
        if hint == "p" and (state.listed or self.is_listed):
            hint = "li"
        elif hint == "p" and state.centred:
            hint = "center"
        self.is_listed = False
        if hint[0] == "h" or hint == "title":  # their boldness is the style's, which is written out in each
            runs = [run._replace(marks=tuple(mark for mark in run.marks if mark != "strong")) for run in runs]
        self._put(Paragraph(runs, hint, state.indent if hint == "p" else 0))

    def _put(self, made: Paragraph) -> None:
        if self.outer:
            self.outer[-1].into.append(made)
            return
        self.paragraph(*made)
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.paragraph(*box)

    def _close_outer(self) -> None:
        """A note or a text box ends."""
        self._end_row()
        if self.runs:
            self._paragraph(_PLAIN)
        outer = self.outer.pop()
        self.runs, self.cells = outer.runs, outer.cells


def _codec_of_raw(data: bytes) -> str:
    """The encoding of letters beyond ASCII that stand in the file as they are, which no word processor writes."""
    if data.isascii():
        return ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"
