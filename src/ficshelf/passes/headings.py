"""Chapter headings, in all forms that authors and archives use: `Chapter One`, `Part 2/5: X`, `-- 3 --`, `Prologue`.

`parse` reads one line; `apply` decides where such a line really opens a chapter. "Chapter" inside a sentence and a
numbered list open none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.model import Draft, Node
from ficshelf.passes import numbers
from ficshelf.passes.nodes import cover


class Heading(NamedTuple):
    """What a heading says. `level` is 2 for a chapter, 1 for a part that chapters may stand in, 0 for a name alone."""

    number: int | None
    title: str | None
    level: int = 2
    of: str = ""  # the count in "3/7": "7", "?" or ""


_WORDS_2 = (
    "chapter|chap|ch|chpt|chptr|kapitel|kap|chapitre|capítulo|capitulo|capitolo|глава|chapter no|"
    "rozdział|hoofdstuk|kapittel"
)
_WORDS_1 = (
    "part|pt|act|book|volume|episode|day|installment|instalment|section|teil|partie|parte|часть|"
    "atto|akt|fit|stave|canto|letter|brief|lettre|carta|lettera|письмо"
)
_NUMBER = numbers.PATTERN
_END_OF_NUMBER = r"(?![^\W_])"
_COUNT = (
    r"(?:\s*(?:/|of|von|de|из)\s*(?P<of>\d{1,3}|\?+|"
    + "|".join(list(numbers.WORDS)[1:21])
    + r")"
    + _END_OF_NUMBER
    + r")?"
)
_KEYED = re.compile(
    rf"(?:the\s+)?(?P<word>{_WORDS_2}|{_WORDS_1})(?P<dot>\s*[.#№:=]?\s*|\s+the\s+|\s*[-–]\s*)(?P<number>{_NUMBER}){_END_OF_NUMBER}{_COUNT}(?P<rest>.*)",
    re.I | re.S,
)
_ORDINAL = re.compile(
    rf"(?:the\s+)?(?P<number>{_NUMBER}){_END_OF_NUMBER}(?:st|nd|rd|th|\.)?\s+(?P<word>{_WORDS_2}|{_WORDS_1})(?P<rest>(?:\s*[:.\-–—].*)?)",
    re.I | re.S,
)
_NAMES = re.compile(
    r"(?P<name>(?:the\s+)?(?:prologue|prolog|prologo|prólogo|пролог|epilogue|epilog|épilogue|epílogo|"
    r"epilogo|эпилог|interlude|intermezzo|intermission"
    r"|zwischenspiel|final(?:e)?\s+chapter|last\s+chapter|letztes\s+kapitel|dernier\s+chapitre|bonus\s+chapter|"
    r"afterword|coda|preface|foreword|prelude|vorwort|nachwort|préface|avant-propos|prefacio|prólogo|prefazione|prefácio))(?P<rest>(?:\s*[:\-–—.,(|~*].*|\s+(?:[1-9]\d?|[ivx]{1,5}))?)",
    re.I | re.S,
)
_ZERO = re.compile(r"zero\s*[:\-–—]\s*(?P<rest>\S.*)", re.I)
_BARE = re.compile(
    rf"[(\[]?(?P<number>\d{{1,3}}|[ivxlc]{{1,7}}|{'|'.join(list(numbers.WORDS)[1:21])})[)\]]?(?P<sep>\s*[.:)\-–—]*)(?P<rest>.*)",
    re.I | re.S,
)
_DECOR = "-–—~*=_#<>[]{}()|:.+•·♥★☆°oO0xX \t\xa0/\\^«»"
_PURE_DECOR = "-–—~*=_#<>[]{}|:+•·♥★☆° \t\xa0/\\^«»"
_SEPARATED = re.compile(r"\s*(?:[:.\-–—~|,*=/)\]>]+|\s)\s*(?P<title>\S.*)", re.S)
_LOWER = re.compile(r"[a-zà-öø-ÿ]")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "of",
        "off",
        "on",
        "or",
        "out",
        "over",
        "so",
        "the",
        "to",
        "up",
        "with",
        "vs",
        "you",
        "me",
        "my",
        "her",
        "his",
        "it",
        "its",
        "der",
        "die",
        "das",
        "und",
        "le",
        "la",
        "les",
        "de",
        "du",
        "des",
        "el",
        "los",
        "las",
        "y",
        "il",
        "lo",
        "e",
        "o",
        "da",
        "do",
        "dos",
    ]
)
_AT_END = re.compile(
    rf"(?P<title>[^\n]{{1,90}}?)\s*(?:[-–—:,|~]\s*|\s+\(|\s+\[)(?P<heading>(?:{_WORDS_2}|{_WORDS_1})\s*[.#]?\s*(?:{_NUMBER}){_END_OF_NUMBER}[^\n]*)",
    re.I,
)
_MAY_BE = re.compile(
    r"[^\w]*(?:the\s+)?(?:(?:\d|fir|sec|thi|fou|fif|six|sev|eig|nin|ten|ele|twe|one|two|thr|for|ers|zwe|dri|vie|fün|sie|ach|"
    r"neu|zeh|un|deu|troi|qua|cin|set|hui|dix|pre|pri|seg|ter|sex|sép|oct|nov|déc|tre|sei|otto|die|due|uno|dos|"
    r"пер|вто|тре|чет|пят|шес|сед|вос|дев|дес|од|дв|[ivxlc]+\b)[^\W_]*[.\s-]+){0,2}(?:cha?p|ch[.\s#]|kap|cap[íi]|глав|rozd|hoofd|part|pt[.\s]|act|"
    r"akt|atto|book|vol|episo|day|instal|sect"
    r"|teil|час|fit|stave|canto|prol|pról|epíl|épil|epil|inter|final|last|letzt|derni|bonus|after|"
    r"coda|zero|zwisch|пролог|эпил|lett|brief|cart|письм|pref|préf|fore|prel|vorw|nachw|avant)",
    re.I,
)  # cheap: most lines of a story are no heading
_SIGNS = re.compile(r"^[^\w\s\"“”‘’'(\[¿¡«„]+")  # hearts, stars and flowers before a heading
_CAP = 140


def parse(text: str) -> Heading | None:
    """What a line says as a heading, or None where it is none. Looks at the line alone."""
    if len(text) > _CAP or not _MAY_BE.match(text):
        return None
    bare = text.strip(_PURE_DECOR)
    if not bare or not bare[0].isalnum():
        bare = _SIGNS.sub("", bare).strip(_PURE_DECOR + '()"“”')
        if not bare:
            return None
    low = bare[:24].lower()
    first = low[0]
    if first == "z" and (found := _ZERO.fullmatch(bare)):
        return Heading(0, _tidy(found["rest"]) or None, 0)
    if first in "tpeiбзflbaпэzédcvn":
        found = _NAMES.fullmatch(bare)
        if found and _plausible_rest(found["rest"]):
            number = 0 if "prol" in low or "пролог" in low or "prólogo" in low else None
            title = (
                _tidy(found["name"].rstrip() + found["rest"].rstrip(" :.-–—~*(|"))
                if found["rest"].strip(_PURE_DECOR + ".")
                else _tidy(found["name"])
            )
            return Heading(number, title, 0)
    found = _KEYED.match(bare)
    if found and found.end() == len(bare):
        behind = _title_after(found["rest"])
        number = numbers.value(found["number"])
        if behind is not None and number is not None and _number_fits(found, bare):
            level = 2 if re.fullmatch(_WORDS_2, found["word"], re.I) else 1
            below = _heading_below(behind)
            if below:
                return below if below.level > level else Heading(number, below.title, level, found["of"] or "")
            return Heading(number, behind or None, level, found["of"] or "")
        return None
    found = _ORDINAL.fullmatch(bare)
    if found and (number := numbers.value(found["number"])) is not None:
        behind = _title_after(found["rest"])
        if behind is not None:
            return Heading(number, behind or None, 2 if re.fullmatch(_WORDS_2, found["word"], re.I) else 1)
    return None


def named(text: str) -> Heading:
    """What a line says that is known to be a heading: a bare number counts, and what is no number is the title."""
    heading = parse(text)
    if heading:
        return heading
    bare = _BARE.fullmatch(text.strip(_PURE_DECOR))
    number = numbers.value(bare["number"]) if bare else None
    if bare and number is not None and (bare["sep"].strip() or not bare["rest"].strip()):
        return Heading(number, _tidy(bare["rest"]) or None)
    return Heading(None, _tidy(text) or None, 0)


def _heading_below(title: str) -> Heading | None:
    """`Part Two, Chapter Five`: the chapter that stands behind the part."""
    return parse(title) if re.match(rf"(?:{_WORDS_2}|{_WORDS_1})\b", title, re.I) else None


def _number_fits(found: re.Match[str], bare: str) -> bool:
    """`Part I loved`: one letter that is also a word counts only when nothing, or a mark, follows it."""
    written = found["number"]
    if len(written) == 1 and written.lower() in "ivxlc":
        rest = found["rest"]
        return not rest.strip() or not rest[0].isspace() or rest.strip()[0] in ":-–—~." or written.isupper()
    return True


def _plausible_rest(rest: str) -> bool:
    return _title_after(rest) is not None


def _title_after(rest: str) -> str | None:
    """The chapter's title behind its number: "" where there is none, None where what follows is a sentence."""
    if not rest.strip(_PURE_DECOR + ".),(\"“”'"):
        return ""
    found = _SEPARATED.fullmatch(rest.rstrip())
    if not found:
        return None
    separated = bool(rest.strip()) and not rest.strip()[0].isalnum() and rest.strip()[0] not in "\"“‘'(¿¡"
    title = _tidy(found["title"])
    if not title:
        return ""
    words = title.split()
    if separated and rest.lstrip()[0] == ",":
        separated = False
    if separated:
        return title if len(words) <= 18 else None
    if len(words) > 9 or title[-1] in ".,;:" or _LOWER.match(title[0]):
        return None
    plain = sum(1 for word in words if _LOWER.match(word[0]) and word.lower() not in _SMALL)
    return title if plain == 0 else None


def _tidy(title: str) -> str:
    title = " ".join(title.split()).strip(_PURE_DECOR).strip()
    for opening, closing in (("(", ")"), ("“", "”"), ('"', '"'), ("[", "]")):
        if title[:1] == opening and title[-1:] == closing and opening not in title[1:-1] and closing not in title[1:-1]:
            title = title[1:-1].strip()
    if title.endswith(")") and "(" not in title:
        title = title[:-1].rstrip()
    return title


def at_end_of_title(text: str) -> tuple[str, Heading] | None:
    """`The Long Watch - Chapter 3: Fire`: a work's title with the chapter behind it; (title, heading) or None."""
    if len(text) > _CAP or not (found := _AT_END.fullmatch(text)):
        return None
    title = _tidy(found["title"])
    heading = parse(found["heading"].rstrip(")]"))
    words = title.split()
    if not heading or not title or len(words) > 14 or parse(title) or title[-1] in ".," or _LOWER.match(title[0]):
        return None
    return title, heading


def pack(heading: Heading) -> str:
    """A heading as the `detail` of its node, for `assemble` to unpack."""
    return "\t".join(
        ["" if heading.number is None else str(heading.number), heading.title or "", str(heading.level), heading.of]
    )


def unpack(detail: str) -> Heading:
    """The heading that `pack` packed."""
    number, title, level, of = detail.split("\t")
    return Heading(int(number) if number else None, title or None, int(level), of)


def apply(draft: Draft) -> Draft:
    """Mark the lines that open chapters; their nodes' `detail` is what they say, packed."""
    nodes = list(draft.nodes)
    found = _stated(draft, nodes)
    _add_bare_numbers(nodes, found)
    for index, heading in found.items():
        nodes[index] = nodes[index]._replace(kind="heading", detail=pack(heading))
    _underlines(nodes)
    return draft._replace(nodes=tuple(nodes))


def _stated(draft: Draft, nodes: list[Node]) -> dict[int, Heading]:
    found: dict[int, Heading] = {}
    page_top = 0
    for index, node in enumerate(nodes):
        if node.page:
            page_top = index
        if node.kind == "heading" and node.detail.count("\t") == 3:
            found[index] = unpack(node.detail)
        elif node.kind == "heading":
            found[index] = named(node.text)
        if node.kind or len(node.text) > _CAP or node.hint in ("li", "table", "pre"):
            continue
        heading = parse(node.text)
        if heading is None and index - page_top <= 3 and (parted := at_end_of_title(node.text)):
            heading = parted[1]
        if (
            heading is None
            and node.hint in ("h2", "h3", "h4")
            and index - page_top <= 3
            and _is_named_heading(nodes, index)
        ):
            heading = Heading(None, _tidy(node.text) or None, 0)
        if heading and _stands_alone(nodes, index, found):
            found[index] = heading
    return found


def _is_named_heading(nodes: list[Node], index: int) -> bool:
    """A page's own h2 to h4 names a chapter only where the page says so by using it again and again."""
    hint = nodes[index].hint
    alike = [node for node in nodes if node.hint == hint and not node.kind]
    return len(alike) >= 2 and all(len(node.text) <= 80 for node in alike) and any(node.page for node in alike)


def _stands_alone(nodes: list[Node], index: int, found: dict[int, Heading]) -> bool:
    """A heading has a line to itself. Under a line that does not end a sentence it is the rest of that sentence."""
    node = nodes[index]
    before = nodes[index - 1] if index else None
    after = nodes[index + 1] if index + 1 < len(nodes) else None
    if before is not None and node.gap == 0 and not node.page and not before.kind and index - 1 not in found:
        ends = before.text[-1] in '.!?…"”’*)~:]' or len(before.text) < 45
        if not ends:
            return False
    if after is not None and after.gap == 0 and not after.page and after.text[:1].islower():
        return False
    if before is not None and before.text.endswith(",") and node.gap <= 1 and not node.page and not before.kind:
        return False
    return not (
        node.text[-1] in ".,;"
        and " " in node.text
        and _LOWER.match(node.text.split()[-1][0])
        and len(node.text.split()) > 9
    )


def _add_bare_numbers(nodes: list[Node], found: dict[int, Heading]) -> None:
    """`1.`, `II`, `- 3 -`, `Two`, `4. The Fall` open chapters only in a row from one up, with prose between them."""
    row: dict[int, Heading] = {}
    expected = 1
    last = -2
    for index, node in enumerate(nodes):
        if node.kind or index in found or len(node.text) > 80 or node.hint in ("li", "table", "pre"):
            continue
        text = node.text.strip(_PURE_DECOR)
        parsed = _BARE.fullmatch(text) if text else None
        if not parsed:
            continue
        number = numbers.value(parsed["number"])
        title = _tidy(parsed["rest"])
        alone = not title
        if number != expected or (title and (not parsed["sep"].strip() or not _is_title(title))):
            continue
        if not alone and node.gap == 0 and index:
            continue
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if after is None or (not alone and after.gap == 0) or index - last < 2:
            continue
        if alone and node.gap == 0 and index and not nodes[index - 1].kind:
            continue
        row[index] = Heading(number, title or None, 2)
        expected, last = expected + 1, index
    if len(row) >= 2 and not found and _prose_between(nodes, list(row), 30 if len(row) >= 3 else 60):
        found.update(row)


def _is_title(title: str) -> bool:
    words = title.split()
    return len(words) <= 10 and title[-1] not in ".,;:" and not _LOWER.match(title[0])


def _prose_between(nodes: list[Node], indexes: list[int], least: int) -> bool:
    return all(
        any(len(node.text) > least for node in nodes[here + 1 : after])
        for here, after in zip(indexes, [*indexes[1:], len(nodes)], strict=True)
    )


def _underlines(nodes: list[Node]) -> None:
    """A rule right under a heading underlines it: it belongs to the heading."""
    for index in range(1, len(nodes)):
        node, before = nodes[index], nodes[index - 1]
        if node.kind == "break" and before.kind == "heading" and node.gap == 0 and not set(node.text) - set("=-_~*"):
            nodes[index - 1] = before._replace(spans=cover(before.spans + node.spans))
            nodes[index] = node._replace(kind="gone", spans=())
    nodes[:] = [node for node in nodes if node.kind != "gone"]
