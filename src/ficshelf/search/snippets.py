"""Where the words of a query stand in a text: marked in the text as it is, matched as the index matches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from ficshelf.search.normalise import normalise, words
from ficshelf.search.query import Phrase, Prefix, Text, Word

Marked = tuple[tuple[str, bool], ...]  # pieces of a text in order, and whether each was looked for

_LENGTHS = {1: (280,), 2: (170, 120), 3: (130, 90, 90)}  # characters of each place, by how many a snippet shows
_PIECE = 600  # characters; longer paragraphs are looked at piece by piece

_run = re.compile("[0-9A-Za-z'`\x80-\U0010ffff]+").finditer
_piece = re.compile(rf"\S(?:.{{0,{_PIECE - 2}}}\S)?(?=\s|$)|\S{{1,{_PIECE}}}", re.S).findall


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of `text`, which is in NFC: start, end, and the word as `normalise` makes it."""
    for found in _run(text):
        run, at = found[0], found.start()
        if run.isalnum() and run.isascii():  # nearly every word there is
            yield at, found.end(), run.lower()
            continue
        if run.isascii():
            bare = run.strip("'`")
            if bare:
                start = at + run.index(bare)
                yield start, start + len(bare), bare.lower().replace("'", "").replace("`", "")
            continue
        start, end, word = 0, 0, ""
        for index, character in enumerate(run, at):
            for folded in normalise(character) if character.isalnum() or ord(character) > 127 else "":
                if folded == " ":
                    if word:
                        yield start, end, word
                    word = ""
                else:
                    start, end, word = start if word else index, index + 1, word + folded
        if word:
            yield start, end, word


class Marker:
    """Marks the words of a query in any text."""

    def __init__(self, texts: Iterable[Text], forms: Callable[[str], tuple[str, ...]]) -> None:
        self._words: dict[str, int] = {}  # word → the number of what it was looked for as
        self._prefixes: list[tuple[str, int]] = []
        self._phrases: list[tuple[tuple[str, ...], int]] = []
        self.count = 0
        for number, text in enumerate(texts):
            self.count = number + 1
            match text:
                case Word():
                    for word in (*forms(text.text), text.text):
                        self._words[word] = number
                case Prefix():
                    self._prefixes.append((text.text, number))
                case Phrase() if len(text.words) == 1:
                    self._words.setdefault(text.words[0], number)
                case Phrase():
                    self._phrases.append((text.words, number))

    def found_in(self, text: str) -> set[int]:
        """The numbers of what is looked for that stand in `text`; fast."""
        there = words(text)
        found = {self._words[word] for word in self._words.keys() & set(there)}
        for prefix, number in self._prefixes:
            if any(word.startswith(prefix) for word in there):
                found.add(number)
        if self._phrases:
            line = f" {' '.join(there)} "
            found |= {number for phrase, number in self._phrases if f" {' '.join(phrase)} " in line}
        return found

    def places(self, text: str) -> list[tuple[int, int, int]]:
        """Where in `text`, which is in NFC, something stands: start, end, the number of what it is; none overlap."""
        there = list(tokens(text))
        found = [(start, end, self._words[word]) for start, end, word in there if word in self._words]
        for prefix, number in self._prefixes:
            found += [(start, end, number) for start, end, word in there if word.startswith(prefix)]
        for phrase, number in self._phrases:
            for index, (start, _, word) in enumerate(there):
                if word == phrase[0] and tuple(one[2] for one in there[index : index + len(phrase)]) == phrase:
                    found.append((start, there[index + len(phrase) - 1][1], number))
        found.sort(key=lambda place: (place[0], -place[1]))
        apart: list[tuple[int, int, int]] = []
        for place in found:
            if not apart or place[0] >= apart[-1][1]:
                apart.append(place)
        return apart

    def mark(self, text: str) -> Marked:
        """The whole of `text`, marked."""
        text = _tidy(text)
        return _marked(text, self.places(text)) if self.count else ((text, False),)

    def snippet(self, texts: Sequence[str]) -> Marked:
        """The place in these paragraphs that has most of what is looked for, with some text around it, and up to two
        shorter places for what is not there; () when nothing of it stands in them."""
        pieces = [piece for text in texts for piece in ([text] if len(text) <= _PIECE else _piece(text))]
        found = []
        for piece in pieces:
            found.append(self.found_in(piece))
            if len(found[-1]) == self.count:
                break
        missing = set(range(self.count))
        chosen: list[int] = []
        while missing and len(chosen) < max(_LENGTHS):
            best = max(range(len(found)), key=lambda index: (len(found[index] & missing), -index), default=None)
            if best is None or not found[best] & missing:
                break
            chosen.append(best)
            missing -= found[best]
        shown: Marked = ()
        for index, length in sorted(zip(chosen, _LENGTHS.get(len(chosen), ()), strict=True)):
            after = pieces[index + 1 :] if len(chosen) == 1 else ()
            shown = _joined(shown, self._part(pieces[index], after, length))
        return shown

    def _part(self, text: str, after: Sequence[str], length: int) -> Marked:
        """About `length` characters around what is found in `text`, and of what comes `after` where that is short."""
        for more in after:
            if len(text) >= length:
                break
            text += " " + more
        text = _tidy(text)
        places = self.places(text)
        if not places:
            return ()
        start, end = _window(text, places, length)
        inside = [(a - start, b - start, n) for a, b, n in places if start <= a and b <= end]
        marked = _marked(text[start:end], inside)
        if start > 0:
            marked = (("… ", False), *marked)
        return (*marked, (" …", False)) if end < len(text) else marked


def _joined(before: Marked, after: Marked) -> Marked:
    """Two places of a text, one after the other, with one sign of what is left out between them."""
    if not before or not after:
        return before or after
    between: Marked = () if before[-1][0] == " …" else ((" …", False),)
    return (*before, *between, (" ", False), *(after[1:] if after[0][0] == "… " else after))


def _window(text: str, places: list[tuple[int, int, int]], length: int) -> tuple[int, int]:
    """The stretch of a text that shows most of what was found in it, ending at words."""
    if len(text) <= length:
        return 0, len(text)
    before = length // 4  # what is shown before the first mark

    def shown(first: int) -> int:
        limit = places[first][0] + length - before
        return len({number for _, end, number in places[first:] if end <= limit})

    first = max(range(len(places)), key=lambda index: (shown(index), -index))
    start = max(0, min(places[first][0] - before, len(text) - length))
    if start:
        space = text.find(" ", start, places[first][0])
        start = space + 1 if space >= 0 else start
    end = max(start + length, places[first][1])
    if end < len(text):
        space = text.rfind(" ", places[first][1], end)
        end = space if space >= 0 else end
    return start, min(end, len(text))


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _marked(text: str, places: list[tuple[int, int, int]]) -> Marked:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end, _ in places:
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text) or not pieces:
        pieces.append((text[at:], False))
    return tuple(pieces)
