"""Where the words of a query stand in a text: marked in the text as it is, matched as the index matches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from ficshelf.search.normalise import normalise, words
from ficshelf.search.query import Phrase, Prefix, Text, Word

Marked = tuple[tuple[str, bool], ...]  # pieces of a text in order, and whether each was looked for

LENGTH = 280  # characters of a snippet
_BEFORE = 70  # characters of it before the first mark
_PIECE = 600  # characters; longer paragraphs are looked at piece by piece

_run = re.compile("[0-9A-Za-z'`\x80-\U0010ffff]+").finditer
_piece = re.compile(rf"\S(?:.{{0,{_PIECE - 2}}}\S)?(?=\s|$)|\S{{1,{_PIECE}}}", re.S).findall


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of `text`, which is in NFC: start, end, and the word as `normalise` makes it."""
    for found in _run(text):
        run, at = found[0], found.start()
        if run.isascii():
            bare = run.strip("'`")
            if bare:
                start = at + run.index(bare)
                yield start, start + len(bare), normalise(bare)
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
        found: list[tuple[int, int, int]] = []
        for index, (start, end, word) in enumerate(there):
            if word in self._words:
                found.append((start, end, self._words[word]))
            found += [(start, end, number) for prefix, number in self._prefixes if word.startswith(prefix)]
            for phrase, number in self._phrases:
                if word == phrase[0] and tuple(t[2] for t in there[index : index + len(phrase)]) == phrase:
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
        """The place in these paragraphs that has most of what is looked for, with some text around it; () when nothing
        of it stands there."""
        pieces = [piece for text in texts for piece in ([text] if len(text) <= _PIECE else _piece(text))]
        best, most = 0, 0
        for index, piece in enumerate(pieces):
            found = len(self.found_in(piece))
            if found > most:
                best, most = index, found
                if found == self.count:
                    break
        if not most:
            return ()
        text = pieces[best]
        for after in pieces[best + 1 :]:
            if len(text) > LENGTH:
                break
            text += " " + after
        text = _tidy(text)
        places = self.places(text)
        if not places:
            return ()
        start, end = _window(text, places)
        inside = [(a - start, b - start, n) for a, b, n in places if start <= a and b <= end]
        marked = _marked(text[start:end], inside)
        if start > 0:
            marked = (("… ", False), *marked)
        return (*marked, (" …", False)) if end < len(text) else marked


def _window(text: str, places: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The stretch of a text that shows most of what was found in it, ending at words."""
    if len(text) <= LENGTH:
        return 0, len(text)

    def shown(first: int) -> int:
        limit = places[first][0] + LENGTH - _BEFORE
        return len({number for _, end, number in places[first:] if end <= limit})

    first = max(range(len(places)), key=lambda index: (shown(index), -index))
    start = max(0, min(places[first][0] - _BEFORE, len(text) - LENGTH))
    if start:
        space = text.find(" ", start, places[first][0])
        start = space + 1 if space >= 0 else start
    end = max(start + LENGTH, places[first][1])
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
