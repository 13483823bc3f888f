"""Letters broken by a wrong encoding, put right line by line. The text layer stays as it was; the nodes say what was
meant, each stretch of them with its remark.

Two kinds. UTF-8 that was read as something else, once or more often (`â€™`, `Ã©`): ftfy mends it, and only where a
cheap test finds its traces, for ftfy reads 1.2 MB a second. And the alphabet of one machine read as that of another
(`donÕt`, `ìYes,î`, `Ïðèâåò`): what likelier encoding a line's bytes are in, `encodings.suspects` says. Question marks
and U+FFFD that stand for letters which are gone are only remarked upon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from ficshelf.encodings import layers, likely, suspects
from ficshelf.model import Draft, Facts, Node, Remark, Run, Span

_STRANGE = re.compile("[^\x00-\x7f’—–…\xad\xa0]+")
_TYPED = "’—–…“”‘"  # what programs make of typed signs; each takes three bytes in UTF-8
_WITHIN_A_WORD = tuple(re.compile(f"{sign}(?<=[A-Za-z]{sign})(?=[A-Za-z])") for sign in "“”‘")
# The pages that texts were read in by mistake, each with what must stand somewhere for it to be so. What reads ’ as a
# small letter leaves no sign out of place, so that only English tells.
_READ_IN: tuple[tuple[str, re.Pattern[str] | None], ...] = (
    ("cp1252", None),
    ("mac_roman", re.compile(r"(?:[a-z]|\bI)í(?:t|s|d|m|ll|re|ve)\b|(?:^|\s)ì[A-Z]")),
    ("cp437", re.compile(r"(?:[a-z]|\bI)Æ(?:t|s|d|m|ll|re|ve)\b|(?:^|\s)ô[A-Z]")),
    ("cp1251", None),
    ("koi8_r", None),
)
_FEWEST = 3  # letters that must be broken in one and the same way
_MOST_REMARKS = 20
_LOST_OPENING = re.compile(r"\?(?<![^ \n]\?)(?=[A-Z])")
_LOST_CLOSING = re.compile(r"\?(?<=[.,!?]\?)(?=$|[ \n])")
_LOST_APOSTROPHE = re.compile(r"\?(?<=[a-z]\?)(?=(?:t|s|d|m|ll|re|ve)\b)")

_SHORT_ENDS = frozenset("tsdmlrv")  # what _LOST_APOSTROPHE finds behind it

_Fix = Callable[[str], str]


def apply(draft: Draft) -> Draft:
    """Put broken letters right. Lost ones are left alone, with a remark."""
    draft = _lost(draft)
    if draft.text.isascii():
        return draft
    if _is_plain(draft.text):
        return draft
    draft = _layers(draft)
    near = _near_strange(draft.text)
    for page, form in _READ_IN:
        if form.search(near) if form else suspects.odd(page).is_in(near.encode(page, "replace")):
            draft = _other_alphabet(draft, page)
    return draft


def is_broken(text: str) -> bool:
    """Whether letters of a text are broken, as far as it can be put right."""
    if text.isascii() or _is_plain(text):
        return False
    lines = tuple(Node(line, (Span(0, 0),)) for line in text.split("\n") if line.strip())
    return any(node.text != line.text for node, line in zip(apply(Draft(text, lines)).nodes, lines, strict=True))


def _is_plain(text: str) -> bool:
    """Whether nothing but typed signs is beyond ASCII, none of them within a word. Most texts are, and counting is
    quicker than any search."""
    beyond = 2 * sum(map(text.count, _TYPED)) + text.count("\xa0")
    return len(text.encode(errors="replace")) == len(text) + beyond and not any(
        within.search(text) for within in _WITHIN_A_WORD
    )


def _near_strange(text: str) -> str:
    """All letters and signs that not every text has, each with its neighbours: little of most texts, and all that tells
    whether one stands where none should."""
    return "\n".join([text[max(0, found.start() - 2) : found.end() + 4] for found in _STRANGE.finditer(text)])


def _lost(draft: Draft) -> Draft:
    """Remark on question marks that stand for quotation marks, and on letters that are gone."""
    text = draft.text
    if "?" in text and (
        (len(_LOST_OPENING.findall(text)) >= 2 and _LOST_CLOSING.search(text))
        or (_may_be_apostrophes(text) and len(_LOST_APOSTROPHE.findall(text)) >= 2)
    ):
        where = next((node.spans[0] for node in draft.nodes if "?" in node.text), Span(0, 0))
        draft = _remarked(draft, "lost-quotes", "Question marks stand where quotation marks were.", where)
    if (at := text.find("\ufffd")) >= 0:
        what = f"{text.count(chr(0xFFFD))} letters were lost before the file came here."
        if not any(remark.kind == "bytes-replaced" for remark in draft.remarks):
            draft = _remarked(draft, "letters-lost", what, Span(at, at + 1))
    return draft


def _may_be_apostrophes(text: str) -> bool:
    """A cheap look: whether a letter stands behind any question mark, as in `don?t`."""
    return any(behind[:1] in _SHORT_ENDS for behind in text.split("?")[1:])


def _remarked(draft: Draft, kind: str, what: str, where: Span) -> Draft:
    return draft._replace(remarks=(*draft.remarks, Remark(kind, what, 0, where)))


def _layers(draft: Draft) -> Draft:
    """UTF-8 that was read as something else."""
    if not layers.are_in(draft.text):
        return draft
    asked = layers.quotes_are_asked(draft.text)

    def fix(text: str) -> str:
        return layers.taken_off(text, asked)

    broken = [place for place, node in enumerate(draft.nodes) if layers.are_in(node.text)]
    return _repaired(draft, broken, fix, layers.are_in)


def _other_alphabet(draft: Draft, page: str) -> Draft:
    """Text of one machine that was read in `page`, the alphabet of another."""
    lines = [b"" if node.text.isascii() else _bytes(node.text, page) for node in draft.nodes]
    high = [place for place, line in enumerate(lines) if not line.isascii()]
    found = suspects.find(lines, high, page) if high else {}
    counted: Counter[str] = Counter()
    for place, encoding in found.items():
        counted[encoding] += sum(byte > 127 for byte in lines[place])
    for encoding, count in counted.items():
        if count < _FEWEST or encoding not in likely.SINGLE:
            continue
        broken = [place for place in sorted(found) if found[place] == encoding]
        least = 0.8 if encoding in likely.WESTERN_PAGES else 0.4  # for each letter: few ones must be sure ones
        if likely.likelihood(likely.sample_of([lines[place] for place in broken]), encoding).mean < least:
            continue

        def fix(text: str, encoding: str = encoding) -> str:
            return _bytes(text, page).decode(encoding, "replace") or text

        draft = _repaired(draft, broken, fix, lambda text: suspects.odd(page).is_in(_bytes(text, page)))
    return draft


def _bytes(text: str, page: str) -> bytes:
    """The text in an encoding; nothing where it has other letters, for then it was not read in that. Bytes that stand
    for nothing in cp1252 come through programs as control characters."""
    try:
        return text.encode("sloppy-windows-1252" if page == "cp1252" else page)
    except UnicodeEncodeError:
        return b""


def _repaired(draft: Draft, broken: Iterable[int], fix: _Fix, is_broken: Callable[[str], bool]) -> Draft:
    """The draft with some nodes put right, and the facts whose values are broken alike; a remark a stretch."""
    nodes = list(draft.nodes)
    stretches: list[list[int]] = []
    for place in broken:
        fixed = _fixed(nodes[place], fix)
        if fixed.text == nodes[place].text:
            continue
        nodes[place] = fixed
        if stretches and stretches[-1][1] == place - 1:
            stretches[-1][1] = place
        else:
            stretches.append([place, place])
    facts = _facts(draft.facts, fix, is_broken)
    remarks: list[Remark] = []
    for first, last in stretches[:_MOST_REMARKS]:
        count = last - first + 1
        more = f", and in {len(stretches) - _MOST_REMARKS} more places" if len(remarks) == _MOST_REMARKS - 1 else ""
        more = more if len(stretches) > _MOST_REMARKS else ""
        what = f"Broken letters were put right in {count} paragraph{'s' if count > 1 else ''}{more}."
        where = Span(nodes[first].spans[0].start, nodes[last].spans[-1].end) if nodes[first].spans else Span(0, 0)
        remarks.append(Remark("mojibake-repaired", what, 0, where))
    if facts != draft.facts and not remarks:
        remarks.append(Remark("mojibake-repaired", "Broken letters were put right in what is known about the story."))
    return draft._replace(nodes=tuple(nodes), facts=facts, remarks=(*draft.remarks, *remarks))


def _fixed(node: Node, fix: _Fix) -> Node:
    runs = tuple(Run(fix(run.text), run.marks, run.link) for run in node.as_runs())
    text = "".join(run.text for run in runs)
    if not text.strip():
        return node
    return node._replace(text=text, runs=runs if node.runs else ())


def _facts(facts: Facts, fix: _Fix, is_broken: Callable[[str], bool]) -> Facts:
    if not any(isinstance(fact.value, str) and not fact.value.isascii() for found in facts.values() for fact in found):
        return facts
    return {
        name: tuple(
            fact._replace(value=fix(fact.value)) if isinstance(fact.value, str) and is_broken(fact.value) else fact
            for fact in found
        )
        for name, found in facts.items()
    }
