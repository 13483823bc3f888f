"""Numbers as chapter headings write them: digits, Roman numerals, words in eight languages."""

from __future__ import annotations

import re

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_OTHER = {
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn",
    "de-ordinal": "erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze",
    "fr-ordinal": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "es": "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince",
    "es-ordinal": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "it": "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici",
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze",
    "it-ordinal": "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo",
    "pt-ordinal": "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "ru": "один два три четыре пять шесть семь восемь девять десять",
    "ru-ordinal": "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая",
}


def _table() -> dict[str, int]:
    words: dict[str, int] = {"zero": 0}
    for row in (_ONES, _ORDINALS, *_OTHER.values()):
        for value, word in enumerate(row.split(), 1):
            words.setdefault(word, value)
    for tens_word, tens in _TENS.items():
        words[tens_word] = tens
        words[tens_word[:-1] + "ieth"] = tens
        for row in (_ONES, _ORDINALS):
            for value, word in enumerate(row.split()[:9], 1):
                words[f"{tens_word}-{word}"] = words[f"{tens_word} {word}"] = words[tens_word + word] = tens + value
    return words


WORDS = _table()
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3}|c{1,3}(?:xc|xl|l?x{0,3}))(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

# One pattern for a number of any kind, longest words first, to be built into larger patterns (ignoring case).
PATTERN = (
    r"(?:\d{1,4}(?:\.\d{1,2})?(?!\d)|"
    + "|".join(sorted((re.escape(word).replace(r"\ ", r"[\s-]") for word in WORDS), key=len, reverse=True))
    + r"|[ivxlc]{1,8})"
)


def value(written: str) -> int | None:
    """The value of a written number, or None where it is none: "12", "XII", "twelve", "twenty-first"."""
    written = " ".join(written.strip().lower().split())
    if written.isdecimal():
        return int(written) if len(written) <= 4 else None
    if written in WORDS:
        return WORDS[written]
    head, dot, tail = written.partition(".")
    if dot and head.isdecimal() and tail.isdecimal():
        return int(head)
    if _ROMAN.fullmatch(written):
        return roman(written)
    return None


def roman(written: str) -> int:
    """The value of a Roman numeral in lower case."""
    total = 0
    for here, after in zip(written, written[1:] + " ", strict=True):
        worth = _ROMAN_VALUES[here]
        total += -worth if _ROMAN_VALUES.get(after, 0) > worth else worth
    return total
