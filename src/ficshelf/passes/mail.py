"""Mail: its header lines, `=20` and `=` at line ends, `>` before every line, signatures, footers of mailing lists."""

from __future__ import annotations

import quopri
import re

from ficshelf.model import Chrome, Draft, Fact, Node
from ficshelf.passes import title_lines
from ficshelf.passes.facts import add_fact

_FIELD = re.compile(
    r"(?P<name>From|To|Subject|Date|Message-ID|Reply-To|Sender|Cc|Newsgroups|X-[\w-]+|Received|Return-Path|"
    r"Organization|Lines|Mime-Version|Content-[\w-]+|List-[\w-]+|References|In-Reply-To|Path|Delivered-To|"
    r"Mailing-List|Precedence|Sent|Posted-By|User-Agent|Status|DKIM-Signature)\s*:\s*(?P<value>.*)",
    re.I | re.S,
)
_QUOTED = re.compile(r"=(?:[0-9A-F]{2})", re.I)
_FOOTER = re.compile(
    r"(?:to\s+(?:un)?subscribe\b|yahoo!?\s+groups\b|your\s+use\s+of\s+yahoo|-{3,}+.{0,200}?yahoo!?\s+groups|"
    r"<\*>|community\s+email\s+addresses|list\s+(?:owner|archives?|info|home\s*page)\s*:|post\s+message\s*:|"
    r"visit\s+your\s+group|unsubscribe\b|_{20,}$|mailing\s+list\b|you\s+(?:are|received)\b.{0,60}\b(?:list|"
    r"subscribed|group)|get\s+your\s+free|do\s+you\s+yahoo|join\s+msn|to\s+post\s*(?::|,|a\s+message)|"
    r"sent\s+via\s+deja|etaf\.|http://(?:www\.)?(?:egroups|onelist|yahoogroups|groups\.yahoo)\S*$)",
    re.I,
)
_TELLING = frozenset({"from", "subject", "date", "to", "message-id", "newsgroups"})


def apply(draft: Draft) -> Draft:
    """Undo what mail did to a plain text; pages and books are left alone."""
    if not draft.nodes or draft.nodes[0].hint:
        return draft
    draft = _quotes(draft)
    draft = _quoted_printable(draft)
    draft = _fields(draft)
    return _footer(draft)


def _quotes(draft: Draft) -> Draft:
    """`> ` before most lines: a forwarded story. The signs go from the text and stay in the spans."""
    quoted = sum(1 for node in draft.nodes if node.text[:1] == ">")
    if quoted < 5 or quoted < 0.6 * len(draft.nodes):
        return draft
    nodes: list[Node] = []
    chrome = list(draft.chrome)
    gap = 0
    for node in draft.nodes:
        said = re.sub(r"^(?:>\s?)+", "", node.text)
        if not said.strip():
            chrome += [Chrome(span, "mail quote") for span in node.spans]
            gap += 1
            continue
        nodes.append(
            node._replace(text=said.strip(), gap=node.gap + gap, indent=node.indent + len(said) - len(said.lstrip()))
        )
        gap = 0
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _quoted_printable(draft: Draft) -> Draft:
    """Lines that end in `=` go on in the next; `=20` is a blank, `=92` a letter of cp1252, `=E2=80=99` one of UTF-8."""
    soft = sum(1 for node in draft.nodes if _is_soft(node.text))
    blanks = draft.text.count("=20") + draft.text.count("=3D") + draft.text.count("=92") + draft.text.count("=E2=80")
    if soft + blanks < 3 or (soft + blanks) * 60 < len(draft.nodes):
        return draft
    nodes: list[Node] = []
    for node in draft.nodes:
        goes_on = bool(nodes) and nodes[-1].detail == "soft" and node.gap == 0
        soft_end = _is_soft(node.text)
        text = _decode(node.text[:-1] if soft_end else node.text)
        if goes_on:
            before = nodes.pop()
            parted = draft.text[before.spans[-1].end - 2 : before.spans[-1].end - 1].isspace() or node.indent
            text = before.text + (" " if parted else "") + text
            node = before._replace(spans=before.spans + node.spans)
        nodes.append(node._replace(text=text, detail="soft" if soft_end else ""))
    settled: list[Node] = []
    gap = 0
    chrome = list(draft.chrome)
    for node in nodes:
        said = node.text.strip()
        if not said:
            chrome += [Chrome(span, "mail encoding") for span in node.spans]
            gap += 1 + node.gap
            continue
        settled.append(node._replace(text=said, detail="", gap=node.gap + gap))
        gap = 0
    return draft._replace(nodes=tuple(settled), chrome=tuple(chrome))


def _is_soft(text: str) -> bool:
    return text.endswith("=") and not text.endswith("==") and len(text) > 30


def _decode(text: str) -> str:
    if not _QUOTED.search(text):
        return text
    data = quopri.decodestring(text.encode("utf-8", "surrogatepass"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _fields(draft: Draft) -> Draft:
    """The mail's own header lines: the subject is the title, the sender the author; the rest is set apart."""
    block: list[tuple[int, str, str]] = []
    for index, node in enumerate(draft.nodes[:60]):
        if index and (node.gap > 0 or node.page):
            break
        found = _FIELD.fullmatch(node.text)
        if found:
            block.append((index, found["name"].lower(), found["value"].strip()))
        elif block and node.indent:
            name, value = block[-1][1:]
            block.append((index, "+" + name.lstrip("+"), value))
        else:
            break
    names = {name for _, name, _ in block}
    if len(names & _TELLING) < 2 or not names & {"from", "subject"}:
        return draft
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)
    facts = draft.facts
    for index, name, value in block:
        node = nodes[index]
        nodes[index] = node._replace(kind="fact")
        chrome += [Chrome(span, "mail header") for span in node.spans]
        if name == "subject":
            facts = title_lines.subject_facts(facts, value, node.spans)
        elif name == "from" and (author := title_lines.sender(value)):
            facts = add_fact(facts, "author", Fact(author, spans=node.spans))
        elif name == "date" and value:
            facts = add_fact(facts, "published", Fact(value, spans=node.spans))
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts=facts)


def _footer(draft: Draft) -> Draft:
    """From the signature dashes or the list's own lines to the end."""
    count = len(draft.nodes)
    tail = max(0, count - 40)
    hits = [
        index for index in range(tail, count) if not draft.nodes[index].kind and _FOOTER.match(draft.nodes[index].text)
    ]
    start = None
    for index in range(count - 1, max(0, count - 12), -1):
        if _is_signature_rule(draft, index):
            start = index
    if hits and (len(hits) >= 2 or hits[0] >= count - 4):
        start = min(hits[0], start) if start is not None else hits[0]
        while start > tail and not set(draft.nodes[start - 1].text) - set("-_=*~ "):
            start -= 1
    if start is None or start == 0:
        return draft
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)
    for index in range(start, count):
        nodes[index] = nodes[index]._replace(kind="chrome")
        chrome += [Chrome(span, "mail footer") for span in nodes[index].spans]
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _is_signature_rule(draft: Draft, index: int) -> bool:
    """`-- ` on a line of its own, in a text that is a mail."""
    node = draft.nodes[index]
    if node.text != "--" or not any(known.kind == "fact" for known in draft.nodes[:6]):
        return False
    end = node.spans[0].end
    return draft.text[end : end + 1] == " "
