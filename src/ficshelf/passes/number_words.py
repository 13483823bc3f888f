"""Numbers in words, cardinal and ordinal, up to a hundred, in the languages that stories' headings are written in.

Each language's table is built from its words by its own rule: `twenty-one`, `einundzwanzig`, `vingt et un`.
Words are folded: lower case, no accents, a blank for a hyphen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache

_EN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_EN_TH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_MISSPELT = (
    ("eigth", 8), ("nineth", 9), ("elevin", 11), ("tweleve", 12), ("twelth", 12), ("twelveth", 12), ("thriteen", 13),
    ("forteen", 14), ("fivteen", 15), ("fiveteen", 15), ("eightteen", 18), ("ninteen", 19),
)  # fmt: skip
_DE = "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_DE_TH = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_FR = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_FR_TENS = "vingt trente quarante cinquante soixante septante huitante nonante"
_ES = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
_ES_TENS = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_ES_TH = "primero segundo tercero cuarto quinto sexto séptimo octavo noveno"
_ES_TENTHS = "décimo vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo"
_IT = (
    "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove"
)
_IT_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_IT_TH = "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo"
_PT = (
    "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito "
    "dezenove"
)
_PT_TENS = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"
_PT_TH = "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono"
_PT_TENTHS = "décimo vigésimo trigésimo quadragésimo quinquagésimo sexagésimo septuagésimo octogésimo nonagésimo"
_RU = (
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
_RU_TH = (
    "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат"
)
_RU_TENTHS = "двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност"
_NL = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien"
)
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_NL_TH = {1: "eerste", 3: "derde", 8: "achtste"}
_PL = (
    "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście czternaście "
    "piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
)
_PL_TENS = (
    "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)
_PL_TH = (
    "pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast czternast piętnast "
    "szesnast siedemnast osiemnast dziewiętnast"
)
_PL_TENTHS = "dwudziest trzydziest czterdziest pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
_SV = "ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
_SV_TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
_SV_TH = (
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde "
    "sextonde sjuttonde artonde nittonde"
)
_NO = "en to tre fire fem seks sju åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
_NO_TENS = "tjue tretti førti femti seksti sytti åtti nitti"
_DA_TENS = "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems"
_SHORT = {  # languages counted up to ten or so
    "no": "første andre tredje fjerde femte sjette sjuende åttende niende tiende",
    "da": "første anden tredje fjerde femte sjette syvende ottende niende tiende",
    "fi": "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen",
    "fi-th": "ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes",
    "cs": "jedna dvě tři čtyři pět šest sedm osm devět deset",
    "cs-th": "první druhá třetí čtvrtá pátá šestá sedmá osmá devátá desátá",
}
Pair = tuple[str, int]


def fold(word: str) -> str:
    """A word in lower case without its accents: `DREISSIG` and `dreißig`, `třetí` and `treti` are one. What is nothing
    but accents stays as it is."""
    if word.isascii():
        return word.lower()
    parted = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter)).replace("ø", "o").replace("ł", "l")
    return bare or word


def _counted(words: str, first: int = 1, step: int = 1) -> list[Pair]:
    return [(word, first + step * place) for place, word in enumerate(words.split())]


def _composed(tens: Iterable[Pair], ones: Iterable[Pair], *forms: Callable[[str, str], str]) -> Iterator[Pair]:
    units = [(one, unit) for one, unit in ones if unit < 10]
    for ten, worth in tens:
        for one, unit in units:
            for form in forms:
                yield form(ten, one), worth + unit


def _gendered(pairs: Iterable[Pair], ending: str, others: Iterable[str]) -> Iterator[Pair]:
    for word, value in pairs:
        yield word, value
        if word.endswith(ending):
            for other in others:
                yield word.removesuffix(ending) + other, value


def _english() -> Iterator[Pair]:
    ones, tens = _counted(_EN), [*_counted(_EN_TENS, 20, 10), ("fourty", 40)]
    ones += _EN_MISSPELT
    ordinals = _counted(_EN_TH)
    below = [*ones, *tens, *ordinals, *((ten[:-1] + "ieth", worth) for ten, worth in tens)]
    below += _composed(tens, [*ones, *ordinals], lambda ten, one: f"{ten} {one}", lambda ten, one: ten + one)
    yield from below
    yield ("zero", 0)
    for hundred in ("hundred", "one hundred", "a hundred"):
        yield from ((hundred, 100), (hundred + "th", 100))
        yield from ((f"{hundred} {link}{word}", 100 + value) for word, value in below for link in ("", "and "))


def _german() -> Iterator[Pair]:
    ones = [*_counted(_DE), ("achtzehn", 18), ("neunzehn", 19)]
    tens = _counted(_DE_TENS, 20, 10)
    cardinals = [*ones, *tens, *_composed(tens, ones, lambda ten, one: f"{one}und{ten}"), ("hundert", 100)]
    yield from (*cardinals, ("eins", 1), ("zwo", 2), ("einhundert", 100), ("null", 0))
    for word, value in (*cardinals, ("siebent", 7)):
        stem = _DE_TH.get(value, word + ("t" if value < 20 else "st")) if word != "siebent" else word
        yield from ((stem + ending, value) for ending in ("e", "er", "es", "en"))


def _french() -> Iterator[Pair]:
    ones = [*_counted(_FR), ("une", 1), ("dix sept", 17), ("dix huit", 18), ("dix neuf", 19)]
    tens = [*_counted(_FR_TENS, 20, 10), ("octante", 80)]
    made: list[Pair] = [*ones, *tens, ("quatre vingts", 80), ("quatre vingt", 80), ("cent", 100), ("zéro", 0)]
    for ten, worth in (*tens, ("quatre vingt", 80)):
        upto = 20 if worth in (60, 80) else 10
        for one, unit in ones:
            if unit < upto:
                made += [(f"{ten} {one}", worth + unit), (f"{ten} et {one}", worth + unit)]
    yield from made
    yield from (("premier", 1), ("première", 1), ("second", 2), ("seconde", 2), ("1er", 1))
    for word, value in made:
        stem = word.removesuffix("e").removesuffix("s") if value != 3 else word
        stem = stem + "u" if stem.endswith("cinq") else stem[:-1] + "v" if stem.endswith("neuf") else stem
        yield (stem if word[-3:] not in ("six", "dix", "ois") else word) + "ième", value


def _spanish() -> Iterator[Pair]:
    ones = [*_counted(_ES), ("un", 1), ("una", 1)]
    teens = [(f"dieci{one}", 10 + unit) for one, unit in ones if 5 < unit < 10]
    tens = _counted(_ES_TENS, 20, 10)
    yield from (*ones, *teens, *tens, ("cien", 100), ("ciento", 100), ("cero", 0))
    yield from _composed([("veint", 20)], ones, lambda ten, one: f"{ten}i{one}")
    yield from _composed([("diez", 10), *tens], ones, lambda ten, one: f"{ten} y {one}")
    ordinals = [*_counted(_ES_TH), ("primer", 1), ("tercer", 3)]
    tenths = _counted(_ES_TENTHS, 10, 10)
    made = [*ordinals, *tenths, ("undécimo", 11), ("duodécimo", 12), ("centésimo", 100)]
    made += _composed(tenths, ordinals, lambda ten, one: f"{ten} {one}", lambda ten, one: ten + one)
    yield from _gendered(made, "o", ["a"])


def _italian() -> Iterator[Pair]:
    ones, tens = _counted(_IT), _counted(_IT_TENS, 20, 10)
    made = [*ones, *tens, ("cento", 100)]
    made += _composed(tens, ones, lambda ten, one: (ten[:-1] if one in ("uno", "otto") else ten) + one)
    yield from (*made, ("zero", 0))
    ordinals = _counted(_IT_TH)
    ordinals += [((word if word[-3:] in ("tre", "sei") else word[:-1]) + "esimo", value) for word, value in made]
    yield from _gendered(ordinals, "o", ["a"])


def _portuguese() -> Iterator[Pair]:
    ones = [*_counted(_PT), ("uma", 1), ("duas", 2), ("quatorze", 14)]
    ones += [("dezasseis", 16), ("dezassete", 17), ("dezanove", 19)]
    tens = _counted(_PT_TENS, 20, 10)
    yield from (*ones, *tens, ("cem", 100), ("zero", 0))
    yield from _composed(tens, ones, lambda ten, one: f"{ten} e {one}")
    ordinals, tenths = _counted(_PT_TH), _counted(_PT_TENTHS, 10, 10)
    made = [*ordinals, *tenths, ("undécimo", 11), ("duodécimo", 12), ("centésimo", 100)]
    made += _composed(tenths, ordinals, lambda ten, one: f"{ten} {one}")
    yield from _gendered(made, "o", ["a"])


def _russian() -> Iterator[Pair]:
    ones, tens = [*_counted(_RU), ("одна", 1), ("две", 2)], _counted(_RU_TENS, 20, 10)
    yield from (*ones, *tens, ("сто", 100), ("ноль", 0))
    yield from _composed(tens, ones, lambda ten, one: f"{ten} {one}")
    ordinals = []
    for stem, value in (*_counted(_RU_TH), *_counted(_RU_TENTHS, 20, 10), ("сот", 100)):
        endings = ("я", "е", "ей") if stem == "треть" else ("ая", "ый", "ой", "ое")
        ordinals += [(stem + ending, value) for ending in endings]
    ordinals.append(("третий", 3))
    yield from ordinals
    yield from _composed(tens, ordinals, lambda ten, one: f"{ten} {one}")


def _dutch() -> Iterator[Pair]:
    ones, tens = _counted(_NL), _counted(_NL_TENS, 20, 10)
    made = [*ones, *tens, *_composed(tens, ones, lambda ten, one: f"{one}en{ten}"), ("honderd", 100)]
    yield from (*made, ("nul", 0))
    yield from ((_NL_TH.get(value, word + ("de" if value < 20 else "ste")), value) for word, value in made)


def _polish() -> Iterator[Pair]:
    ones, tens = _counted(_PL), _counted(_PL_TENS, 20, 10)
    yield from (*ones, *tens, ("sto", 100))
    yield from _composed(tens, ones, lambda ten, one: f"{ten} {one}")
    ordinals = [(stem + end, value) for stem, value in _counted(_PL_TH) for end in ("y", "a", "e", "i", "ia", "ie")]
    tenths = [(stem + end, value) for stem, value in _counted(_PL_TENTHS, 20, 10) for end in ("y", "a", "e")]
    yield from (*ordinals, *tenths, ("setny", 100), ("setna", 100))
    yield from _composed(tenths, ordinals, lambda ten, one: f"{ten} {one}")


def _scandinavian() -> Iterator[Pair]:
    swedish, swedish_tens = [*_counted(_SV), ("en", 1)], _counted(_SV_TENS, 20, 10)
    swedish_ordinals = _counted(_SV_TH)
    norwegian, norwegian_tens = _counted(_NO), _counted(_NO_TENS, 20, 10)
    yield from (*swedish, *swedish_tens, *swedish_ordinals, *norwegian, *norwegian_tens, *_counted(_DA_TENS, 20, 10))
    yield from (("syv", 7), ("otte", 8), ("hundra", 100), ("hundre", 100), ("hundrede", 100))
    yield from ((ten + "nde", worth) for ten, worth in swedish_tens)
    yield from _composed(swedish_tens, [*swedish, *swedish_ordinals], lambda ten, one: ten + one)
    yield from _composed(norwegian_tens, norwegian, lambda ten, one: ten + one)
    danish = [*norwegian, ("syv", 7), ("otte", 8)]
    yield from _composed(_counted(_DA_TENS, 20, 10), danish, lambda ten, one: f"{one}og{ten}")
    yield from (*_counted(_SHORT["no"]), *_counted(_SHORT["da"]))


def _few(*names: str) -> Iterator[Pair]:
    for name in names:
        yield from _counted(_SHORT[name])


_LANGUAGES: dict[str, Callable[[], Iterator[Pair]]] = {
    "en": _english,
    "de": _german,
    "fr": _french,
    "es": _spanish,
    "it": _italian,
    "pt": _portuguese,
    "ru": _russian,
    "nl": _dutch,
    "pl": _polish,
    "sv": _scandinavian,  # and Norwegian and Danish
    "fi": lambda: _few("fi", "fi-th"),
    "cs": lambda: _few("cs", "cs-th"),
}
LANGUAGES = tuple(_LANGUAGES)


@cache  # made when it is first needed: there are thousands of words
def table(language: str) -> dict[str, int]:
    """What each number word of a language is worth, by its folded form."""
    made: dict[str, int] = {}
    for word, value in _LANGUAGES[language]():
        made.setdefault(fold(word), value)
    return made
