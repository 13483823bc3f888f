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

from ficshelf.model import Draft, Remark, Run
from ficshelf.readers import encoding, unread
from ficshelf.readers.document import hint_of_style, indent_of, properties, web_link
from ficshelf.readers.marks import NAMES_OF
from ficshelf.readers.rtf_lines import PLAIN, Lines, State
from ficshelf.readers.rtf_words import (
    BIT,
    CHARSETS,
    CODE_PAGE,
    CONTROLS,
    ENDS,
    LETTER,
    LINE_ENDS,
    LINK,
    MARK,
    PAGES,
    SKIPPED,
    SYMBOL,
    TOKEN,
    codec_of_raw,
)
from ficshelf.sources import limits

_START = re.compile(rb"[\s\xef\xbb\xbf]*\{\\rtf")


def sure(data: bytes, path: str) -> float:
    """1 for what begins as every RTF does."""
    return 1.0 if _START.match(data[:200]) else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read an RTF. Never raises; what is damaged gives a remark."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    return _Reader(data).draft()


class _Reader(Lines):
    """One pass over the tokens. A group costs a reference, so that a million of them within one another do no harm."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data
        self.state = PLAIN
        self.stack: list[State] = []
        self.codec = CODE_PAGE
        self.raw = codec_of_raw(data)
        self.fonts: dict[int, str] = {}
        self.font = -1  # that the font table is telling of
        self.default_font = -1
        self.told: dict[str, list[str]] = {"title": [], "author": [], "style": [], "field": []}
        self.link = ""
        self.bytes = bytearray()  # of letters that are not decoded yet
        self.surrogate = 0
        self.skip = 0  # characters of a fallback that are still to come
        self.is_star = False
        self.replaced = 0
        self.unknown: set[str] = set()

    def draft(self) -> Draft:
        """Read to the end."""
        self._tokens()
        self._flush()
        self.end_document(self.state)
        facts = properties("".join(self.told["author"]), "".join(self.told["title"]))
        return Draft("".join(self.text), tuple(self.nodes), facts, remarks=self._remarks(), encoding=self.codec)

    def _remarks(self) -> tuple[Remark, ...]:
        remarks: tuple[Remark, ...] = ()
        if self.stack:
            remarks += (Remark("damaged", "The file ends before its last group does; what there is was read."),)
        if self.unknown:
            which = ", ".join(sorted(self.unknown)[:5])
            remarks += (Remark("encoding-guessed", f"Nobody knows the code page {which}; it was read as {CODE_PAGE}."),)
        if self.replaced:
            remarks += (Remark("bytes-replaced", f"{self.replaced} letters could not be read."),)
        return remarks

    def _tokens(self) -> None:
        data, match, at, size = self.data, TOKEN.match, 0, len(self.data)
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
        self.close_outer(len(self.stack))

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
        elif symbol in SYMBOL:
            self._flush()
            self._say(SYMBOL[symbol])

    def _word(self, name: str, value: int | None) -> None:
        is_star, self.is_star = self.is_star, False
        if name == "u" and value is not None:
            self._unicode(value)
            return
        self.skip = 0
        within = self.state.within
        if within == "skipped":
            return
        if name in ("listtext", "pntext"):
            self._enter("list")
            self.told["list"] = self.bullet = []
        elif name in SKIPPED or (is_star and name not in ("fldinst", "shpinst", "footnote", "shptxt")):
            self._enter("skipped")
        elif within == "":
            self._story(name, value)
        else:
            self._table(name, value, within)

    def _story(self, name: str, value: int | None) -> None:
        """A control word in the story."""
        state = self.state
        if mark := MARK.get(name):
            self._flush()
            bit = BIT[mark]
            if mark in ("sup", "sub"):
                state = state._replace(mask=state.mask & ~(BIT["sup"] | BIT["sub"]))
            self.state = state._replace(mask=state.mask & ~bit if value == 0 else state.mask | bit)
        elif name in LETTER:
            self._flush()
            self._say(LETTER[name])
        elif name in ENDS:
            self._flush()
            self.end(name, self.state)
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
            gone = BIT["underline"] if name == "ulnone" else BIT["sup"] | BIT["sub"]
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
        known = PAGES.get(number) or encoding.known(f"cp{number}")
        if not known:
            self.unknown.add(str(number))
        return known or CODE_PAGE

    def _destination(self, name: str) -> None:
        if name in ("fonttbl", "stylesheet", "info"):
            self._enter(name)
        elif name == "fldinst":
            self._enter("field")
            self.told["field"] = []
        elif name == "fldrslt":
            found = LINK.search("".join(self.told["field"]))
            self._flush()
            self.state = self.state._replace(link=web_link(found[1]) if found else "")
            self.told["field"] = []
        elif name in ("footnote", "shptxt"):
            self._flush()
            if name == "footnote":
                if self.outer:
                    return  # no word processor lets a note stand within a note: its text goes on
                self._say(f"[{len(self.noted) + 1}]", BIT["sup"])
            self.open_outer(len(self.stack), is_note=name == "footnote")
            state = self.state
            is_plain = not state.codec and state.fallback == 1
            self.state = PLAIN if is_plain else PLAIN._replace(codec=state.codec, fallback=state.fallback)

    def _table(self, name: str, value: int | None, within: str) -> None:
        """A control word in the tables before the story: fonts, styles, what the file says of itself."""
        state = self.state
        if name == "uc":
            self.state = state._replace(fallback=max(0, min(value if value is not None else 1, 16)))
        elif within == "fonttbl":
            if name == "f":
                self.font = value or 0
            elif name == "fcharset" and value in CHARSETS:
                self.fonts.setdefault(self.font, CHARSETS[value])
            elif name == "cpg":
                self.fonts[self.font] = self._page(value or 0)
        elif within == "stylesheet" and name == "s":
            self.state = state._replace(style=value or 0)
        elif within == "info":
            self._enter(name if name in ("title", "author") else "skipped")
        elif name in LETTER and name != "tab":
            self._flush()
            self._say(LETTER[name])

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
        text = text.translate(CONTROLS)
        if state.within == "stylesheet":
            self._style(text)
        elif state.within:
            self.told.get(state.within, []).append(text)
        elif text and not state.is_deleted:
            marks = NAMES_OF[state.mask | mask]
            if "\u2028" not in text and "\u2029" not in text:
                self.runs.append(Run(text, marks, state.link))
                return
            for number, piece in enumerate(LINE_ENDS.split(text)):
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
