"""Letters, notes and messages within the story: they are quoted, not told.

Sure signs only: a signature under lines that stand together, a salutation with its closing, a line before that
announces it ("the note read:"), or lines of a chat.
"""

from __future__ import annotations

import re

from ficshelf.model import Draft, Node
from ficshelf.passes.layout import groups, layout
from ficshelf.passes.nodes import join

_ANNOUNCED = re.compile(
    r"\b(?:note|letter|card|(?:e-?)?mail|text|message|sign|telegram|postcard|inscription|post-?it|"
    r"scroll|parchment|plaque|poster|headline|screen|caption|memo|diary|journal|read|reads|wrote|"
    r"written|writing|scrawled|scribbled|said simply)\b[^.!?]{0,80}:$",
    re.I,
)
_SIGNATURE = re.compile(
    r"(?:[-–—~]{1,2}\s?|(?:all\s+my\s+|with\s+|much\s+)?(?:love|yours|regards|sincerely|faithfully|"
    r"affectionately|always|hugs|xoxo|xx+)\b[\w ,]{0,30}[,.]?\s*[-–—]?\s*)[A-ZÀ-Ý]?[\w .'’]{0,30}$"
)
_DASH_SIGNATURE = re.compile(r"[-–—~]{1,2}\s?[A-ZÀ-Ý][\w .'’]{0,30}$")
_TIME = re.compile(
    r"[\[(<]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?[\])>]?\s*[-–]?\s*\S", re.I
)  # a chat's clock
_SIGNED_NAME = re.compile(r"(?:[Yy]our\s+)?[A-ZÀ-Ý][\w.'’-]{0,20}(?:\s+[A-ZÀ-Ý][\w.'’-]{0,20}){0,2}")
_SALUTATION = re.compile(
    r"(?:my\s+)?(?:(?:dear|dearest|darling|beloved),?\s+){1,3}[\w .'’]{1,40}[,:.!–—-]*$|"
    r"to\s+whom\s+it\s+may\s+concern[,:.]?$|"
    r"(?:sir|madam|gentlemen|mr|mrs|miss)\b[\w .'’]{0,40}[,:]$",
    re.I,
)
_CLOSING = re.compile(
    r"(?:i\s+(?:am|remain)\b.{0,40}|yours\b.{0,40}|(?:with\s+)?(?:all\s+)?(?:my\s+)?love\b.{0,30}|"
    r"sincerely\b.{0,30}|(?:best|kind|warm)\s+(?:regards|wishes)\b.{0,20}|affectionately\b.{0,30}|"
    r"your\s+(?:\w+\s+){0,4}(?:friend|servant|sister|brother|son|daughter|wife|husband|mother|father|"
    r"cousin|obedient)\b.{0,30}|ever\s+yours\b.{0,30}|respectfully\b.{0,30})[,.]?$",
    re.I,
)
_CHAT = re.compile(
    r"(?:<(?P<tag>[\w .-]{1,24})>|\[(?P<bracket>[\w .:-]{1,24})\]:?|"
    r"(?P<name>[A-ZÀ-Ý][\w.-]{0,20}(?: [A-ZÀ-Ý][\w.-]{0,20})?|"
    r"[a-z][\w.-]{1,20}):)\s+\S"
)
SUNG = re.compile(
    r"\b(?:sang|sing|sings|singing|song|lyrics|chorus|verse|poem|recited|hummed|crooned|chanted|rhyme|ballad|radio)\b",
    re.I,
)  # what such words announce is verse
_POSTSCRIPT = re.compile(r"p\.?\s?(?:p\.?\s?)?s\b", re.I)
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,4}")
_QUOTED = '*_ "“”„«»'  # what may stand around a line of a letter
_FARTHEST = 25  # paragraphs from a salutation to its closing


def apply(draft: Draft) -> Draft:
    """Mark letters, signs and chats as quotes."""
    how = layout(draft)
    nodes: list[Node] = []
    for group in groups(draft.nodes):
        first = group[0]
        if (
            len(group) > 1
            and not first.kind
            and _is_quote(group, nodes[-1] if nodes else None, how.wrapped, how.follows_on)
        ):
            nodes.append(join(draft.text, group, "quote"))
        else:
            nodes.extend(group)
    _letters(draft.text, nodes, how.wrapped)
    _chats(nodes)
    return draft._replace(nodes=tuple(nodes))


def _is_quote(group: list[Node], before: Node | None, wrapped: bool, follows_on: float) -> bool:
    lines = [node.text for node in group]
    if max(map(len, lines)) > 120 and not wrapped:
        return False
    signed = bool(_DASH_SIGNATURE.fullmatch(lines[-1])) and len(lines[-1]) < 36
    announced = (
        before is not None and not before.kind and bool(_ANNOUNCED.search(before.text)) and not SUNG.search(before.text)
    )
    short = max(map(len, lines)) <= 75
    if _is_chat(lines):
        return True
    if follows_on > 0.5 and not wrapped:
        return False
    spoken = any(line.startswith(('"', "“")) for line in lines)
    if signed and short and not spoken:
        return True
    return announced and short and not spoken and not wrapped


def _is_chat(lines: list[str]) -> bool:
    names = [name for line in lines if (name := _speaker(line))]
    timed = sum(1 for line in lines if _TIME.match(line))
    if timed >= 2 and timed >= 0.8 * len(lines):
        return True
    return len(names) >= 3 and len(names) >= 0.8 * len(lines) and 2 <= len(set(names)) <= 12


def _speaker(line: str) -> str:
    """Who speaks in a line of a chat; "" where it is none."""
    found = _CHAT.match(line)
    return (found["tag"] or found["bracket"] or found["name"]) if found else ""


def _letters(layer: str, nodes: list[Node], wrapped: bool) -> None:
    """From a salutation to its closing and the name under it."""
    index = 0
    while index < len(nodes):
        node = nodes[index]
        if not node.kind and len(node.text) <= 60 and _SALUTATION.fullmatch(node.text.strip(_QUOTED)):
            stop = _closing(nodes, index)
            if stop:
                if index and _is_date_line(nodes[index - 1]):
                    index -= 1  # the date, or the place, above the greeting
                letter = [node if node.kind else node._replace(kind="quote") for node in nodes[index:stop]]
                lines = _stand_together(layer, letter, wrapped)
                nodes[index:stop] = lines
                index += len(lines)
                continue
        index += 1


def _stand_together(layer: str, letter: list[Node], wrapped: bool) -> list[Node]:
    """Lines of a letter with no blank line between them make one block; full lines of a wrapped text are prose."""
    made: list[Node] = []
    for node in letter:
        if made and node.gap == 0 and node.kind == made[-1].kind == "quote":
            short = not wrapped or len(made[-1].text.rsplit("\n", 1)[-1]) < 50
            made[-1] = join(layer, [made[-1], node], "quote", between="\n" if short else " ")
        else:
            made.append(node)
    return made


def _closing(nodes: list[Node], start: int) -> int:
    """The index after the letter's last line; 0 where none closes it."""
    quoted = nodes[start].text[0] in '"“„«'  # read aloud: its paragraphs open with quotation marks
    for index in range(start + 1, min(len(nodes), start + _FARTHEST)):
        node = nodes[index]
        if node.kind in ("heading", "break", "end") or node.page:
            return 0
        text = node.text.strip(_QUOTED)
        if node.kind or not text or len(text) > 80:
            continue
        if _INITIALS.fullmatch(text) or (quoted and len(text) <= 40 and _SIGNED_NAME.fullmatch(text.rstrip("."))):
            return _after_postscript(nodes, index + 1)
        last = index + 1 == len(nodes) or nodes[index + 1].gap > 0 or bool(nodes[index + 1].kind)
        if node.gap == 0 and last and len(text) <= 30 and _SIGNED_NAME.fullmatch(text):
            return _after_postscript(nodes, index + 1)
        if _CLOSING.fullmatch(text) or (_SIGNATURE.fullmatch(text) and len(text) <= 40 and text[0] in "-–—~"):
            after = index + 1
            while after < min(len(nodes), index + 3) and not nodes[after].kind and _is_name(nodes[after].text):
                after += 1
                if after < len(nodes) and nodes[after].gap:
                    break
            return _after_postscript(nodes, after)
    return 0


def _is_date_line(node: Node) -> bool:
    """The place and the date above a letter: short, no sentence, nobody speaking."""
    text = node.text
    return not node.kind and len(text) < 50 and text[0].isalnum() and text[-1] not in '.!?:;"”’,…' and "," in text


def _after_postscript(nodes: list[Node], index: int) -> int:
    """The index after the `P.S.` that may follow the name."""
    while (
        index < len(nodes) and nodes[index].gap <= 1 and not nodes[index].kind and _POSTSCRIPT.match(nodes[index].text)
    ):
        index += 1
    return index


def _is_name(text: str) -> bool:
    words = text.strip("-–—~" + _QUOTED).rstrip(".").split()
    return 0 < len(words) <= 4 and all(word[0].isupper() for word in words) and not text.endswith(("!", "?", '"', "”"))


def _chats(nodes: list[Node]) -> None:
    """Three or more paragraphs in a row, each with a speaker in angle or square brackets before it."""
    at = 0
    while at < len(nodes):
        run: list[str] = []
        while at + len(run) < len(nodes):
            node = nodes[at + len(run)]
            found = None if node.kind or node.text[0] not in "<[" else _CHAT.match(node.text)
            if not found:
                break
            run.append(found["tag"] or found["bracket"] or "")
        if len(run) >= 3 and len(set(run)) >= 2:
            for place in range(at, at + len(run)):
                nodes[place] = nodes[place]._replace(kind="quote")
        at += max(1, len(run))
