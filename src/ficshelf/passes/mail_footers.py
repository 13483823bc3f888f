"""The foot of a mail: the sender's signature, the list's own lines, the advertisement of the one who carried it.

Footers of Yahoo! Groups, eGroups, ONElist, Topica, Mailman, Majordomo, Usenet servers and free mail services, by the
phrases that all of them share.
"""

from __future__ import annotations

import re

from ficshelf.model import Chrome, Draft

_FOOTER = re.compile(
    r"(?:to\s+(?:un)?subscribe\b|to\s+(?:leave|quit|sign\s?off)\s+(?:the|this)\s+(?:list|group)\b|"
    r"yahoo!?\s+groups\b|your\s+use\s+of\s+yahoo|-{3,}+.{0,200}?yahoo!?\s+groups|"
    r"<\*>|community\s+email\s+addresses|(?:list|group)\s+(?:owner|archives?|info|home\s*page)\s*:|post\s+message\s*:|"
    r"visit\s+your\s+group|unsubscribe\b|_{20,}$|mailing\s+list\b|you\s+(?:are|received)\b.{0,60}\b(?:list|"
    r"subscribed|group)|get\s+your\s+(?:free|private)|do\s+you\s+yahoo|join\s+(?:msn|the\s+world.s\s+largest)|"
    r"to\s+post\s*(?::|,|a\s+message)|sent\s+via\s+deja|etaf\.|"
    r"https?://(?:www\.)?(?:egroups|onelist|yahoogroups|groups\.yahoo|topica|listbot|mail\.yahoo|docs\.yahoo)\S*$|"
    r"https?://\S+/mailman/\S*$|shortcut\s+url\s+to\s+this\s+page|url\s+to\s+this\s+page|subscribe\s*:|"
    r"t\s?o\s?p\s?i\s?c\s?a\b|newsletters,\s+tips\s+and\s+discussions|(?:e|one)groups?(?:\.com)?\s+(?:sponsor|home|eLert)|"
    r"-+\s*(?:e?groups?|onelist)\s+sponsor|this\s+message\s+(?:was\s+)?(?:sent|posted|distributed)\b|"
    r"[\w.-]{2,40}\s+mailing\s+list$|get\s+yahoo!?\s+mail|free\s+(?:voice\s+chat|web[-\s]?(?:based\s+)?e-?mail)|"
    r"ms?n\s+hotmail|-{3,}[-~=>_]*\s*$|=-=-=|report\s+abuse\s+to|posted\s+(?:via|from)\s+\S+\.(?:com|net|org)|"
    r"(?:to\s+)?(?:change|manage)\s+(?:your\s+)?(?:subscription|settings|status)|"
    r"[\w.+-]+-(?:subscribe|unsubscribe|owner|digest|nomail)@\S+)",
    re.I,
)
_TELLING = re.compile(r"[a-z]", re.I)
_RULE = frozenset("-_=*~<> ")
_LONGEST = 40  # lines at the end of a mail that may be its footer
_SIGNATURE = 12  # lines from the end within which a signature begins


def is_of_a_list(text: str) -> bool:
    """Whether a line is a mailing list's own, or the advertisement of the one who carried it."""
    return _TELLING.search(text) is not None and _FOOTER.match(text, 0, 400) is not None


def apply(draft: Draft) -> Draft:
    """Set apart all from the signature's hyphens, or from the list's own lines, to the end."""
    count = len(draft.nodes)
    tail = max(0, count - _LONGEST)
    hits = [
        index
        for index in range(tail, count)
        if not draft.nodes[index].kind and _FOOTER.match(draft.nodes[index].text, 0, 400)
    ]
    telling = [index for index in hits if _TELLING.search(draft.nodes[index].text)]
    start = None
    for index in range(count - 1, max(0, count - _SIGNATURE), -1):
        if _is_signature_rule(draft, index):
            start = index
    if telling and (len(hits) >= 2 or telling[0] >= count - 4):
        first = min(hits[0] if hits[0] >= telling[0] - 3 else telling[0], telling[0])
        start = min(first, start) if start is not None else first
        while start > tail and not set(draft.nodes[start - 1].text) - _RULE:
            start -= 1
    if start is None or start == 0:
        return draft
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)
    for index in range(start, count):
        if nodes[index].kind == "chrome":
            continue
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
