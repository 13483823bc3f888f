"""A mailing list's digest that was kept as a plain text: its own head, its list of subjects, and the rules between its
posts. A digest in a file of its own is parted when it is opened; one that is all of one story reads as that story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import subjects
from ficshelf.model import Chrome, Draft, Fact, Facts, Node
from ficshelf.passes import headings, title_lines
from ficshelf.passes.facts import add_fact

_TOP = 120  # lines within which the first post begins
_RULE = re.compile(r"[-_=]{20,}")
_FIELD = re.compile(r"(From|Date|Subject|To|Cc|Message-ID|Reply-To|Sender)\s*:\s*(\S.*)?", re.I)
_LISTS = re.compile(r"(?:in this (?:digest|issue)|topics (?:covered )?in this|today's topics)\b", re.I)
_CLOSES = re.compile(r"end of\b.{0,80}\bdigest\b|.{0,80}\bdigest (?:ends|end)\b", re.I)
_ITS_NAME = 3  # lines on top, one of which says what the digest is called or begins its head
_MOST_FIELDS = 12
_MOST_POSTS = 1_000
_SAID_AGAIN = 4  # lines below a post's head that say title, author and part once more
_OWN = 40  # lines below it among which the post's own heading stands
_LONGEST = 100  # characters of one


def posts(nodes: Sequence[Node]) -> tuple[list[range], int]:
    """Where the heads of the posts stand, each with the rule above it, and where the digest's own last words begin; no
    heads where the text is no digest, or the posts tell more than one story."""
    if not any(_LISTS.match(node.text) for node in nodes[:_TOP]):
        return [], len(nodes)
    if not any("digest" in node.text.lower() or _FIELD.fullmatch(node.text) for node in nodes[:_ITS_NAME]):
        return [], len(nodes)  # what a paper in the story holds
    heads: list[range] = []
    keys: set[str] = set()
    rule = -1
    for index, node in enumerate(nodes):
        if _RULE.fullmatch(node.text):
            rule = index
            continue
        if rule != index - 1 or rule < 0 or node.kind or not node.gap:
            continue
        end, subject = _head(nodes, index)
        if end > index and len(heads) < _MOST_POSTS:
            heads.append(range(rule, end))
            keys.add(subjects.parse(subject).key)
    if not heads or heads[0].start >= _TOP or len(keys) != 1 or not all(keys):
        return [], len(nodes)
    return heads, _close(nodes, heads[-1].stop)


def settle(draft: Draft, heads: Sequence[range]) -> Draft:
    """Settle the heads of the posts, of which the first was read as a mail's: each is set apart, and where several
    count the parts, a post's own line with its part, or else its subject, heads a chapter; title and author that
    a further post says once more are facts."""
    nodes, chrome, facts = list(draft.nodes), list(draft.chrome), draft.facts
    ends = [head.start for head in heads[1:]] + [len(nodes)]
    for head, end in zip(heads, ends, strict=True):
        is_first = head == heads[0]
        subject, said = _subject(nodes, head)
        if not is_first:
            for place in head:
                nodes[place] = nodes[place]._replace(kind="chrome")
                chrome += [Chrome(span, "mail header") for span in nodes[place].spans]
            facts = _again(nodes, facts, range(head.stop, min(end, head.stop + _SAID_AGAIN)), said)
        if said.number and len(heads) > 1 and not _own(nodes, range(head.stop, min(end, head.stop + _OWN)), said):
            spans = nodes[subject].spans
            chrome = [one for one in chrome if one.span not in spans]
            nodes[subject] = nodes[subject]._replace(
                kind="heading", detail=headings.pack(headings.Heading(said.number, None))
            )
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts=facts)


def _subject(nodes: Sequence[Node], head: range) -> tuple[int, subjects.Subject]:
    """Where the subject of a post stands, and what it says."""
    fields = ((place, _FIELD.fullmatch(nodes[place].text)) for place in head)
    place, said = next((place, found[2]) for place, found in fields if found and found[1].lower() == "subject")
    return place, subjects.parse(said or "")


def _again(nodes: list[Node], facts: Facts, places: range, said: subjects.Subject) -> Facts:
    """The facts with the title and the author that stand once more below a post's head."""
    for place in places:
        node = nodes[place]
        if node.kind or len(node.text) > _LONGEST:
            break
        if subjects.parse(node.text).key == said.key:
            facts = add_fact(facts, "title", Fact(said.title, spans=node.spans))
        elif title_lines.is_by_line(node.text) and _is_known(facts, title_lines.by_line(node.text)[0]):
            name = title_lines.clean_name(title_lines.by_line(node.text)[0])
            facts = add_fact(facts, "author", Fact(name, spans=node.spans))
        else:
            break
        nodes[place] = node._replace(kind="fact")
    return facts


def _own(nodes: list[Node], places: range, said: subjects.Subject) -> bool:
    """Whether a post says in a line of its own which part it is: `Part 2`, `(2/3)`, which is marked as a heading."""
    for place in places:
        node = nodes[place]
        if node.kind or len(node.text) > _LONGEST:
            continue
        if (heading := headings.parse(node.text)) and heading.number == said.number:
            return True
        if (counted := headings.bare(node.text)) and counted.number == said.number and counted.of == said.of:
            nodes[place] = node._replace(kind="heading", detail=headings.pack(counted))
            return True
    return False


def _is_known(facts: Facts, name: str) -> bool:
    return any(str(fact.value).casefold() == name.casefold() for fact in facts.get("author", ()))


def _head(nodes: Sequence[Node], start: int) -> tuple[int, str]:
    """Where the head of a post that begins here ends, and its subject; `start` itself where none does."""
    names: dict[str, str] = {}
    index = start
    while index < min(len(nodes), start + _MOST_FIELDS) and (index == start or not nodes[index].gap):
        found = _FIELD.fullmatch(nodes[index].text)
        if found is None and not (names and nodes[index].indent):
            break
        if found is not None:
            names[found[1].lower()] = found[2] or ""
        index += 1
    is_head = bool(names.get("subject")) and ("date" in names or "@" in names.get("from", "")) and "from" in names
    return (index, names["subject"]) if is_head else (start, "")


def _close(nodes: Sequence[Node], start: int) -> int:
    """Where a digest's last words begin, the rule above them included; the end of all where it has none."""
    for index in range(start, len(nodes)):
        if _CLOSES.fullmatch(nodes[index].text):
            return index - 1 if _RULE.fullmatch(nodes[index - 1].text) else index
    return len(nodes)
