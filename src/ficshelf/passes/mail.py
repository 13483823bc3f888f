"""Mail and news: the header's fields, `>` before every line, letters around a forwarded story, signatures, footers.

Where the whole story stands in a quotation or is forwarded, it is the story, and the letter around it is chrome; where
a story has a quoted letter below or above it, the quotation is chrome.
"""

from __future__ import annotations

import email.errors
import email.header
import re
from collections.abc import Iterable

from ficshelf import subjects
from ficshelf.model import Chrome, Draft, Fact, Node
from ficshelf.passes import digest_frames, mail_footers, masthead, quoted_printable, title_lines
from ficshelf.passes.facts import add_fact

_FIELD = re.compile(
    r"(?P<name>From|To|Subject|Date|Message-ID|Reply-To|Sender|Cc|Bcc|Newsgroups|X-[\w-]+|Received|Return-Path|"
    r"Organi[sz]ation|Lines|Mime-Version|Content-[\w-]+|List-[\w-]+|References|In-Reply-To|Path|Delivered-To|"
    r"Mailing-List|Precedence|Sent|Posted-By|User-Agent|Status|DKIM-Signature|Approved|NNTP-[\w-]+|Xref|Followup-To|"
    r"Distribution|Importance|Priority|Return-Receipt-To|Comment|Authentication-Results|ARC-[\w-]+|Thread-[\w-]+|"
    r"Errors-To|Old-[\w-]+|Resent-[\w-]+)\s*:\s*(?P<value>.*)",
    re.I | re.S,
)
_TELLING = frozenset({"from", "subject", "date", "to", "message-id", "newsgroups", "sent"})
_BOX = re.compile(r"From \S+ .{0,60}\d{4}(?: .{0,10})?")  # what parts the mails of an mbox
_WROTE = re.compile(
    r".{2,200}?\b(?:wrote|writes|schrieb|a\s+écrit|escribió|ha\s+scritto|skrev)(?:\s+in\s+message\b.{0,120})?\s*:?",
    re.I,
)
_FORWARDED = re.compile(
    r"[-_ ]{2,}\s*(?:original|forwarded|begin\s+forwarded|start\s+of\s+forwarded|ursprüngliche)\s+(?:message|mail|"
    r"nachricht)?.{0,60}?[-_ ]{2,}|begin\s+forwarded\s+message\s*:?|-{2,}\s*forwarded\s+by\b.{0,120}",
    re.I,
)
_PGP = re.compile(r"-----BEGIN PGP (SIGNED MESSAGE|SIGNATURE|PUBLIC KEY BLOCK|MESSAGE)-----")
_PGP_END = re.compile(r"-----END PGP (?:SIGNATURE|PUBLIC KEY BLOCK|MESSAGE)-----")
_FEWEST_QUOTED = 5  # lines
_BANNER = 12  # lines that the page of a list's archive may have above a mail
_SUBJECT = re.compile(r"Subject\s*:\s*(.*)", re.I | re.S)
_MOST_FIELDS = 60  # lines of a header


def apply(draft: Draft) -> Draft:
    """Undo what mail did to a plain text; pages and books are left alone."""
    if not draft.nodes or draft.nodes[0].hint:
        return draft
    draft = quoted_printable.apply(draft)
    if not draft.nodes:
        return draft
    draft = _armour(draft)
    is_quoted = sum(1 for node in draft.nodes if node.text.startswith((">", "|")))
    heads, close = digest_frames.posts(draft.nodes)
    if heads:
        frame = (*range(heads[0].start + 1), *range(close, len(draft.nodes)))
        draft = _set_apart(draft, frame, "mailing list's digest")
        draft = digest_frames.settle(_fields(draft, heads[0].start + 1), heads)
    else:
        draft = _fields(draft, _below_banner(draft))
    draft = _further_heads(_forwarded(draft))
    if is_quoted:
        draft = _quotes(draft)
    return mail_footers.apply(draft)


def _set_apart(draft: Draft, places: Iterable[int], reason: str) -> Draft:
    """Keep lines that no rule has settled as chrome."""
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)
    for place in places:
        if not nodes[place].kind:
            nodes[place] = nodes[place]._replace(kind="chrome")
            chrome += [Chrome(span, reason) for span in nodes[place].spans]
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _armour(draft: Draft) -> Draft:
    """What PGP put around a signed text, and the signature below it."""
    if "-----BEGIN PGP" not in draft.text:
        return draft
    count = len(draft.nodes)
    place = 0
    while place < count:
        found = _PGP.fullmatch(draft.nodes[place].text)
        if not found:
            place += 1
            continue
        end = place + 1
        if found[1] == "SIGNED MESSAGE":
            while end < count and not draft.nodes[end].gap:  # Hash: SHA1
                end += 1
        else:
            while end < count and not _PGP_END.fullmatch(draft.nodes[end].text):
                end += 1
            end = min(count, end + 1)
        draft = _set_apart(draft, range(place, end), "signature")
        place = end
    return draft


def _is_story(node: Node) -> bool:
    return not node.kind


def _length(draft: Draft, start: int, end: int) -> int:
    return sum(len(node.text) for node in draft.nodes[start:end] if _is_story(node))


def _quotes(draft: Draft) -> Draft:
    """`> ` before most lines: the story itself, without the letter around it. Before some lines of a mail: a letter."""
    open_ones = [place for place, node in enumerate(draft.nodes) if not node.kind]
    quoted = [place for place in open_ones if draft.nodes[place].text.startswith((">", "|"))]
    if len(quoted) >= _FEWEST_QUOTED and len(quoted) >= 0.6 * len(open_ones):
        first = quoted[0]
        if first and first <= 12 and any(_is_wrote(draft, place) for place in range(max(0, first - 3), first)):
            draft = _set_apart(draft, range(first), "letter around the story")
        draft = _unquoted(draft)
        return draft if any(node.kind == "fact" for node in draft.nodes[:_MOST_FIELDS]) else _fields(draft, 0)
    is_mail = any(node.kind == "fact" for node in draft.nodes[:_MOST_FIELDS])
    place = 0
    while place < len(quoted):
        start = end = quoted[place]
        while place < len(quoted) and quoted[place] == end:
            end, place = end + 1, place + 1
        lead = next((at for at in range(max(0, start - 2), start) if _is_wrote(draft, at)), start)
        if lead < start or (is_mail and end - start >= 2):
            draft = _set_apart(draft, range(lead, end), "quoted letter")
    return draft


def _is_wrote(draft: Draft, place: int) -> bool:
    """Whether a line, perhaps with the next, says who wrote what is quoted below."""
    text = draft.nodes[place].text
    if not draft.nodes[place].kind and len(text) < 300 and text.endswith(":") and _WROTE.fullmatch(text):
        return True
    after = draft.nodes[place + 1] if place + 1 < len(draft.nodes) else None
    if after is None or after.gap or len(text) + len(after.text) > 300 or after.text.startswith((">", "|")):
        return False
    return after.text.endswith(":") and _WROTE.fullmatch(f"{text} {after.text}") is not None


def _unquoted(draft: Draft) -> Draft:
    """The signs go from the text and stay in the spans."""
    nodes: list[Node] = []
    chrome = list(draft.chrome)
    gap = 0
    for node in draft.nodes:
        if node.kind:
            nodes.append(node)
            continue
        said = re.sub(r"^(?:[>|]\s?)+", "", node.text)
        if not said.strip():
            chrome += [Chrome(span, "mail quote") for span in node.spans]
            gap += 1
            continue
        nodes.append(
            node._replace(text=said.strip(), gap=node.gap + gap, indent=node.indent + len(said) - len(said.lstrip()))
        )
        gap = 0
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _forwarded(draft: Draft) -> Draft:
    """Below `-----Original Message-----`: the story, if most of the text stands there; else a quoted letter."""
    if "ssage" not in draft.text and "orwarded" not in draft.text and "achricht" not in draft.text:
        return draft
    for place, node in enumerate(draft.nodes):
        if node.kind or len(node.text) > 160 or not _FORWARDED.fullmatch(node.text):
            continue
        before, after = _length(draft, 0, place), _length(draft, place + 1, len(draft.nodes))
        if after > before:
            facts = draft.facts
            draft = _set_apart(draft, range(place + 1), "letter around the story")
            below = _fields(draft._replace(facts={}), place + 1)
            kept = {name: found for name, found in facts.items() if name not in below.facts}
            return below._replace(facts={**kept, **below.facts})
        if before and any(_FIELD.fullmatch(below.text) for below in draft.nodes[place + 1 : place + 3]):
            return _set_apart(draft, range(place, len(draft.nodes)), "quoted letter")
    return draft


def _further_heads(draft: Draft) -> Draft:
    """The headers of further mails below the first, where their subjects name the same story: `… (2/2)`."""
    if draft.text.count("ubject:") < 2:
        return draft
    said = [index for index, node in enumerate(draft.nodes) if node.text[:8].lower() == "subject:"]
    if len(said) < 2 or not draft.nodes[said[0]].kind:
        return draft
    first = _story_of(draft.nodes[said[0]])
    places: list[int] = []
    end = 0
    for index in said[1:]:
        if index < end or not first or _story_of(draft.nodes[index]) != first:
            continue
        start, end = index, index + 1
        while index - start < _MOST_FIELDS and not draft.nodes[start].gap and _is_field(draft.nodes[start - 1]):
            start -= 1
        while end < len(draft.nodes) and not draft.nodes[end].gap and _is_field(draft.nodes[end]):
            end += 1
        if any(draft.nodes[place].text[:5].lower() == "from:" for place in range(start, end)):
            places += range(start, end)
    return _set_apart(draft, places, "mail header") if places else draft


def _story_of(node: Node) -> str:
    """What the subject of a mail has in common with those of the other parts of its story; "" for none."""
    return subjects.parse(node.text[len("subject:") :].strip()).key


def _is_field(node: Node) -> bool:
    return not node.kind and _FIELD.fullmatch(node.text) is not None


def _below_banner(draft: Draft) -> int:
    """Where a mail's header begins: on top, or below what a web archive of the list wrote above it."""
    nodes = draft.nodes
    top = nodes[:_BANNER]
    start = next((index for index, node in enumerate(top) if _FIELD.fullmatch(node.text)), 0)
    if not start or _BOX.fullmatch(top[0].text) or not any(masthead.is_sites(node.text) for node in top[:start]):
        return 0
    subject = next((found[1] for node in top[start:] if (found := _SUBJECT.fullmatch(node.text))), None)
    for index in range(start):
        text = nodes[index].text
        if text != subject and (title_lines.is_by_line(text) or not masthead.may_be_sites(text)):
            return 0
    return start


def _is_posted(block: list[tuple[int, str, str]]) -> bool:
    """Whether a header was written by mail programs: it has an address, a date, a field that only they write, or the
    subject is that of a story; what is but from somebody to somebody may be the story's own letter."""
    names = {name for _, name, _ in block}
    if names - {"from", "to", "subject", "cc", "+"} or any("@" in value or "<" in value for _, _, value in block):
        return True
    said = next((value for _, name, value in block if name == "subject"), "")
    return "to" not in names or title_lines.MAIL_TAG.match(said) is not None or bool(title_lines.part_of_title(said)[1])


def _fields(draft: Draft, start: int) -> Draft:
    """The mail's own header lines: the subject is the title, the sender the author; the rest is set apart."""
    block: list[tuple[int, str, str]] = []
    if start < len(draft.nodes) and _BOX.fullmatch(draft.nodes[start].text):
        block.append((start, "box", ""))
    for index in range(start + len(block), min(len(draft.nodes), start + _MOST_FIELDS)):
        node = draft.nodes[index]
        if index > start and (node.gap > 0 or node.page) and block:
            break
        found = None if node.kind else _FIELD.fullmatch(node.text)
        if found:
            block.append((index, found["name"].lower(), found["value"].strip()))
        elif block and (node.indent or (not block[-1][2] and title_lines.ADDRESS.fullmatch(node.text))):
            name, value = block[-1][1:]
            if name in ("subject", "from"):
                block[-1] = (block[-1][0], name, f"{value} {node.text}")
            block.append((index, "+", ""))
        else:
            break
    names = {name for _, name, _ in block}
    if len(names & _TELLING) < 2 or not names & {"from", "subject"} or not _is_posted(block):
        return draft
    draft = _set_apart(draft, range(start), "mailing list's page")
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)
    facts = draft.facts
    for index, name, value in block:
        node = nodes[index]
        nodes[index] = node._replace(kind="fact")
        chrome += [Chrome(span, "mail header") for span in node.spans]
        value = _words(value)
        if name == "subject":
            facts = title_lines.subject_facts(facts, value, node.spans)
        elif name == "from" and (author := title_lines.sender(value)):
            facts = add_fact(facts, "author", Fact(author, spans=node.spans))
        elif name in ("date", "sent") and value:
            facts = add_fact(facts, "published", Fact(value, spans=node.spans))
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts=facts)


def _words(value: str) -> str:
    """A field's words, where they are encoded: `=?iso-8859-1?Q?Caf=E9?=` is Café (RFC 2047)."""
    if "=?" not in value:
        return value
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except (email.errors.HeaderParseError, LookupError, ValueError):
        return value
