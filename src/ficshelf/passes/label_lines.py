"""One header line: its label, its value, and what stands behind further labels in the same line."""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf import ratings
from ficshelf.model import Node
from ficshelf.passes import ffnet_row, labels, title_lines
from ficshelf.passes.header_words import COMPLETE, UNFINISHED
from ficshelf.passes.remembered import remembered

_LABEL = re.compile(
    r"(?P<open>[\[({<*_~=|•·❒❏□■▪▫◦●○◆◇★☆♡♥❥✧✦✿❀➳→»❯▸▹►✩\-\s/\\\"“>#]*)(?P<label>[^\W\d_][^:：\n=]{0,39}?)(?P<close>[\])}>*_~|/\\\"”]*)\s*(?P<sign>::?|：|"
    r"[=]+|\.{3,}|>{1,2}(?=\s)|\s[-–—~]+(?=\s)|[-–—](?=\s)|(?:--|—)(?=\w)|"
    r";(?=\s))(?P<close2>[*_~\])/]{0,3})\s*(?P<value>.*)",
    re.S,
)
_ANY_SIGN = re.compile(r"[:：=>–—~;-]|\.{3}")
_CLOSERS = '])}>*_~|/\\"” \t\n\r\f\v\xa0'
_MENU = re.compile(r"\s[-–—]+\s")
_RATED_WITHIN = 40  # characters within which a line says that the story is rated
_FARTHEST = 60  # characters within which a label ends
_INNER = re.compile(  # a capital, or any letter behind two blanks or a bar
    r"(?:(?<=\s)|(?<=[;|/.,)\]])|(?<=\d)(?=[A-Z][a-z]+:))(?P<open>[*_\[(|]{0,3})"
    r"(?P<label>(?:[A-ZÀ-ÖØ-ÞА-Я]|(?:(?<=\s\s)|(?<=\t)|(?<=[|;]\s))[^\W\d_])[\w'’/()&. -]{1,30}?)"
    r"(?P<close>[*_\])]{0,2})\s*:(?=\s|\*|\d|$)"
)
_BESIDE = re.compile(r"\s{3}(?=[^\W\d_][^\n:]{1,20}:\s)")  # in a row: `Autor: Ann      Překlad: Wren`
_UNKNOWN = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я][\w'’/&() -]{1,30}:(?:\s+\S|$)")
_RATED = re.compile(r"Rat(?:ed|ing)\s+(?!and\b|or\b)(?P<value>[^\W_][^\n:]{0,60})")
_IS_RATED = re.compile(  # `THIS IS NC-17 RATED: Male/Male relationship`, `This story is rated R for language.`
    r"[\W_]{0,4}(?:this\s(?:(?:story|fic|one|chapter|part)\s)?is|(?:the\s)?story\sis)\s(?:(?:strictly\s)?rated:?\s)?"
    r"(?P<value>(?:PG(?:-?1\d)?|NC-?17|FR\w{1,3}|[RGX])(?![\w+'’])(?!-\d)(?:\s(?:for|due)\s[^.!\n]{1,60})?)(?P<rated>[-\s]?rated)?"
    r"\s?(?:[.:!;,(–—-]\s?|$)",
    re.I,
)
_BRACKETED = re.compile(r"[\[{](?P<label>[^\W\d_][^\]}:\n]{1,30})[\]}]\s+(?=\S)")
_TAG = re.compile(  # markup typed into a text, a forum's too
    r"</?(?:b|i|u|em|strong|big|small|center|p|br|font|span)(?:\s[^<>]{0,80})?/?>|"
    r"\[/?(?:b|i|u|center|size|color|font)(?:=[^\[\]]{0,30})?\]",
    re.I,
)
_STATES = {  # what a status begins with, by whether it says that all is there
    complete: tuple(word + end for word in words for end in " ,;.(!-")
    for complete, words in ((True, COMPLETE), (False, UNFINISHED))
}
_HEADER_MOSTLY = labels.HEADER_ONLY | {
    "character", "spoilers", "updated", "published", "dedication", "beta", "language", "status", "series",
    "address",
}  # fmt: skip
_BEFORE_SEMICOLON = frozenset(("disclaimer", "note", "summary", "rating"))  # `disclaimer; not mine`, `a/n; hi`
_BEFORE_DASH = frozenset(("disclaimer", "rating"))  # without blanks: `Disclaimer--not mine`
_CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}


class Line(NamedTuple):
    """A header line: what its label names, its value, and how sure it is."""

    label: labels.Label
    value: str
    strong: bool  # a colon stands behind the label, or its markup says that it is one
    closing: str = ""  # the bracket that the whole line, with what goes on with it, ends with


def marked_label(node: Node) -> Line | None:
    """A label that its markup alone tells from its value: `Title` in bold, and the title behind it."""
    if len(node.runs) < 2 or not node.runs[0].marks or len(node.runs[0].text) > labels.LONGEST:
        return None
    known = labels.find(node.runs[0].text.strip(" :*_-–—"))
    value = "".join(run.text for run in node.runs[1:]).strip(" :-–—\t\xa0")
    if not known or not value or known.names[0] not in labels.HEADER_ONLY:
        return None
    return Line(known, value, True) if known.names[0] != "author" or title_lines.is_name(value) else None


@remembered
def label_line(text: str, *, misspelt: bool = False, among: bool = False) -> Line | None:
    """Read `text` as a header line; None where it is none. `among`: a header line stands right above it."""
    if ("<" in text[:40] or "[" in text[:8]) and _TAG.match(text):
        text = _TAG.sub("", text).strip()
    if "\t" in text[: labels.LONGEST]:
        label, _, value = text.partition("\t")
        cell = labels.find(label.strip(" :*_"))
        if cell and cell.names[0] in _HEADER_MOSTLY and value.strip() and value.lstrip()[0] not in ":=-":
            return Line(cell, value.strip(), True)
    if bracketed := _BRACKETED.match(text):
        known = labels.find(bracketed["label"], misspelt=misspelt)
        return Line(known, text[bracketed.end() :].strip(), True) if known else None
    if (rated := _RATED.fullmatch(text)) and ratings.scale(rated["value"]) != ratings.UNRATED:
        return Line(labels.Label(("rating",)), rated["value"], False)
    if "rated" in text[:_RATED_WITHIN].lower() and (rated := _IS_RATED.match(text)) and "rated" in rated[0].lower():
        return Line(labels.Label(("rating",)), rated["value"], True)
    if " - " in text[:12] and ffnet_row.is_row(f"Rated: {text}") and ratings.scale(text.split()[0]) != ratings.UNRATED:
        return Line(labels.Label(("rating",)), text, True)  # without its label: `PG - English - Drama - Reviews: 12`
    if not _may_have_label(text) or not (found := _LABEL.match(text[:400])) or found.end("label") > _FARTHEST:
        return None
    label = found["label"].strip().strip("*_ ")
    sign = found["sign"].strip()
    strong = sign.startswith((":", "：", "=", "...", ">", ";"))
    own = found["label"].count("(") - found["label"].count(")")  # `Pairing(s`: the bracket is the label's
    known = labels.find(label + ")" * (own > 0), misspelt=misspelt and strong)
    if known is None:
        return None
    value = text[found.start("value") :].strip() if len(text) > 400 else found["value"].strip()
    closing = _CLOSING.get(found["open"].strip()[:1], "")
    if closing and found["close"].count(closing) > (own if closing == ")" else 0):
        closing = ""
    if closing and (value.endswith(closing) and value.count(closing) > value.count(found["open"].strip()[0])):
        value, closing = value.removesuffix(closing).rstrip(), ""
    frame = found["open"].strip()[:1]
    if frame and frame in "~=|+•#":  # `~ Title: X ~`
        value, closing = (value.rstrip(frame + " "), "") if value.endswith(frame) else (value, frame)
    if label.lower() == "by" and not sign.startswith(":"):
        return None
    if sign in ("--", "—") and text[found.end("sign") :][:1].isalnum() and known.names[0] not in _BEFORE_DASH:
        return None
    if sign == ";" and (known.names[0] not in _BEFORE_SEMICOLON or (known.names[0] == "note" and "/" not in label)):
        return None
    if sign[0] in "-–—~" and _is_menu(value):
        return None
    if sign[0] == "~" and not among and (known.names[0] not in labels.HEADER_ONLY or "~" in value):
        return None
    if not strong and not among and not _dash_fits(label, value, known.names[0]):
        return None
    value = value.strip("*_ ") if found["open"].strip(" [({<")[:1] in ("*", "_") else value
    filled = known.names == ("note",) and value[:1].isupper() and not among
    if filled and (inner := label_line(value, among=True)) and inner.strong:
        return inner  # an archive's field that the author has filled with a header: `Story Notes: SPOILERS: none`
    return Line(known, value, strong, closing)


def _may_have_label(text: str) -> bool:
    """A cheap look: whether any sign that stands behind a label stands near enough, or nothing but brackets and blanks
    before it. Most paragraphs have none."""
    return _ANY_SIGN.search(text, 0, _FARTHEST + 4) is not None or not text[_FARTHEST : _FARTHEST + 4].strip(_CLOSERS)


def _is_menu(value: str) -> bool:
    """Whether what stands behind a label and a dash are labels again: `Author - Title - Date`, an archive's menu."""
    rest = _MENU.split(value, maxsplit=4)
    return len(rest) > 1 and all(labels.find(word.strip()) for word in rest[:2])


def _dash_fits(label: str, value: str, name: str) -> bool:
    """Whether a label with a dash behind it is one: `Notes - he made none` is hardly a header line."""
    if name == "note":
        return True
    if label[0].isupper():
        return len(value) < (1_000 if label.isupper() or name in labels.HEADER_ONLY else 200)
    return name in labels.HEADER_ONLY and len(value) < 1_000


def is_unknown_label(text: str, above: str = "") -> bool:
    """Whether a line looks like a header line whose label nobody knows: `Previous parts: …`.

    Below a sentence that has ended it may be in small letters too.
    """
    return bool(_UNKNOWN.match(text[:1].upper() + text[1:] if above.endswith((".", "!", "?")) else text))


def further_paragraphs(line: Line) -> int:
    """How many paragraphs without a label may stand between this label's line and the next label."""
    names = set(line.label.names)
    if names & {"disclaimer", "warning"}:
        return 6
    return 3 if names & labels.PARAGRAPHS or not line.value else 1


def completeness(value: str) -> bool | None:
    """What a status says: True, False, or None where it says neither or both."""
    said = value.strip().lower().strip(".!*_ ") + " "
    return next((complete for complete, words in _STATES.items() if said.startswith(words)), None)


def _follows_a_sentence(value: str, offset: int, label: labels.Label) -> bool:
    """Whether a label within sentences is one: hardly a story has it, and the sentence before it has ended."""
    before = value[max(0, offset - 3) : offset].rstrip()
    said = value[offset : offset + labels.LONGEST].partition(":")[0]
    is_known = label.names[0] in _HEADER_MOSTLY or (label.names[0] == "note" and "author" in said.lower())
    return is_known and len(said) >= 5 and before.endswith((".", "!", "?", ")", "]", "”", '"'))


@remembered
def split_labels(names: tuple[str, ...], value: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """`R Pairing: B/S Spoilers: none` behind `Rating:`: each label with its own value."""
    told = names[0] in ("disclaimer", "summary", "note", "feedback") and not re.search(r"\s{2}|\|", value)
    parts: list[tuple[tuple[str, ...], str]] = []
    begin = 0
    for found in _INNER.finditer(value):
        label = labels.find(found["label"])
        if label is None:
            words = found["label"].split()
            for cut in range(1, len(words)):
                label = labels.find(" ".join(words[cut:]))
                offset = found.start("label") + found["label"].rfind(" ".join(words[cut:]))
                apart = words[cut][0].isupper() or value[max(0, offset - 2) : offset].isspace()
                if label and apart and offset >= found.start("label"):
                    break
                label = None
            else:
                continue
        else:
            offset = found.start()
        if label is None or (told and offset and not _follows_a_sentence(value, offset, label)):
            continue
        parts.append((names, value[begin:offset].strip(" \t;|,/*_[]").rstrip(" -–—•·")))
        names, begin = label.names, found.end()
    tail = value[begin:].strip()
    parts.append((names, tail.strip("|;*_").strip() if parts else tail))
    if "   " not in value:
        return tuple(parts)
    return tuple((named, _BESIDE.split(said, maxsplit=1)[0].rstrip()) for named, said in parts)


def title_in(line: Line) -> str:
    """The title that a header line states, also behind other labels (`Author: Ann  Story: The Ford`); "" for none."""
    if line.label.names[0] == "title":
        return line.value
    if "  " not in line.value and "|" not in line.value:
        return ""
    return next((value for names, value in split_labels(line.label.names, line.value) if names[0] == "title"), "")
