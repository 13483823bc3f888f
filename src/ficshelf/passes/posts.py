"""Posts to a list that tell a story, and posts that are talk: answers, feedback, notices, questions, news of a site.

What is talk makes no work: all of it is chrome, with the remark `not-a-story`, and it can be counted. The subject says
much (`FIC:`, `(2/7)`, `OT:`, `Re:`), the text more: a header block, speech, what is told of others; or a person who
writes to others. An answer's subject says what it answers, so that only its text counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import remarks, subjects
from ficshelf.model import Chrome, Draft, Node, Remark
from ficshelf.passes.ends import is_ending
from ficshelf.passes.label_lines import label_line

KIND = "post that is talk"
_ENOUGH = 2.0  # points that make a story
_LOOKED_AT = 20_000  # characters of the text
_SUBJECT = re.compile(r"Subject\s*:\s*(.*)", re.I | re.S)
_HEADER = 60  # lines within which a header block stands
_TELLING_LABELS = frozenset(
    ("title", "author", "rating", "disclaimer", "relationship", "summary", "spoilers", "category", "genre", "warning",
     "archive_permission", "series", "fandom", "character", "part")
)  # fmt: skip
_SPEECH = re.compile(r"[\"“„«‘'][^\"“”„«»\n]{1,400}?[,.!?…—-][\"”“»’'](?!\w)|^\s*[—–]\s+\w.{4}", re.M)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OTHERS_WORDS = (  # what is told of others, in the past
    "he she her hers him his himself herself was had were said asked looked thought laughed whispered replied "
    "smiled stood knew told walked turned sat heard felt sighed nodded shouted murmured answered went came took "
    "saw made elle lui était avait dit sie ihr ihm war hatte sagte ging sah ella él estaba había dijo preguntó "
    "era lei aveva disse ela ele estava он она его её ему ей был была сказал сказала спросил спросила"
)
_OTHERS = frozenset(_OTHERS_WORDS.split())
_PLAIN_ENGLISH = frozenset(("the", "and", "of", "to", "is", "in"))
_ADDRESSED = frozenset(
    ("you", "your", "you're", "you've", "y'all", "everyone", "everybody", "anyone", "anybody", "folks")
)
_LIST_WORDS = (
    "fic fics fanfic fanfics story stories author authors writer writers list listmembers listees mailing email "
    "emails mail mails post posts posted posting feedback thanks thank thanx thx please episode episodes ep "
    "season show website site sites page link links url http www archive archived archives subscribe unsubscribe "
    "subject message messages reply challenge deadline poll vote votes group groups yahoo moderator mod admin faq "
    "chapter chapters loved enjoyed liked wonderful awesome lol imho imo btw rotfl hehe hi hello hey welcome "
    "newbie lurker lurking delurking wrote reading write writing read beta recommend rec recs review reviews "
    "spoiler spoilers sequel rules question questions topic offtopic ot fans fandom canon characterization"
)
_LIST = frozenset(_LIST_WORDS.split())
_LINK = re.compile(r"https?://|www\.\w|[:;]-?[)D(]|<g>|<eg>|\*g\*|\*hugs\*", re.I)


def apply(draft: Draft) -> Draft:
    """Set a mail that is talk apart as a whole."""
    if draft.reader != "eml" or not draft.nodes or draft.nodes[0].kind != "fact":
        return draft
    subject = next((found[1] for node in draft.nodes[:_HEADER] if (found := _SUBJECT.match(node.text))), "")
    if of_subject(subject) + _of_text(draft, subjects.REPLY in subjects.parse(subject).tags) >= _ENOUGH:
        return draft
    chrome = list(draft.chrome)
    nodes = []
    for node in draft.nodes:
        if not node.kind:
            chrome += [Chrome(span, "talk") for span in node.spans]
        nodes.append(node if node.kind == "chrome" else node._replace(kind="chrome"))
    remark = Remark("not-a-story", remarks.not_a_story(KIND))
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts={}, remarks=(*draft.remarks, remark))


def of_subject(written: str) -> float:
    """What the subject says for a story."""
    said = subjects.parse(written)
    tags = said.tags
    if subjects.REPLY in tags:
        return -3.0
    counted = 3.0 * (subjects.FIC in tags) + 3.0 * (said.number is not None or bool(said.place))
    counted += 2.0 * bool(tags & {subjects.REPOST, subjects.CORRECTED}) + (subjects.ADULT in tags)
    counted += 1.0 * bool(said.author) + 1.0 * bool(said.rating)
    return counted - 4.0 * (subjects.TALK in tags) - 3.0 * (subjects.DIGEST in tags)


def _is_quoted(told: Sequence[Node], layer: str) -> bool:
    """Whether somebody else's whole text is quoted, as answers do that say one line above it."""
    quoted = sum(1 for node in told if node.spans and layer[node.spans[0].start : node.spans[0].start + 1] in ">|")
    return quoted * 2 > len(told)


def _of_text(draft: Draft, is_answer: bool) -> float:
    """What its text says for a story."""
    nodes, layer = draft.nodes, draft.text
    told = [node for node in nodes if not node.kind]
    labels = {name for node in told[:_HEADER] if ":" in node.text[:60] and (line := label_line(node.text))
              for name in line.label.names if name in _TELLING_LABELS}  # fmt: skip
    text = "\n".join(node.text for node in told)[:_LOOKED_AT]
    spoken = sum(len(found[0]) for found in _SPEECH.finditer(text))
    speeches = len(_SPEECH.findall(text))
    words = [word.lower().replace("’", "'") for word in _WORD.findall(_SPEECH.sub(" ", text))]
    count = len(words) + spoken // 6
    hundred = max(len(words), 40) / 100
    others = sum(word in _OTHERS for word in words) / hundred
    addressed = sum(word in _ADDRESSED for word in words) / hundred
    of_list = (sum(word in _LIST for word in words) + len(_LINK.findall(text))) / hundred
    found = 4.0 * (len(labels) >= 3) + 2.0 * (len(labels) == 2)
    dashes = sum(1 for node in told if node.text.startswith(("—", "–")))
    found += 2.0 * (speeches >= 3 and (spoken * 20 > len(text) or dashes >= 3)) + 0.5 * (speeches > 0)
    found += 2.0 * (others >= 8) + 1.0 * (5 <= others < 8)
    found += 1.0 * (count >= 600) + 1.0 * (count >= 1500) - 4.0 * (count < 40) - 1.0 * (40 <= count < 120)
    found -= 1.0 * (40 <= count < 120 and (of_list >= 1 or addressed >= 1))
    found -= (
        2.0 * (of_list >= 3 and len(labels) < 3) + 2.0 * (of_list >= 6 and len(labels) < 3) + 1.5 * (addressed >= 2)
    )
    if count >= 120 and others < 2 and not speeches and not _PLAIN_ENGLISH.isdisjoint(words):
        found -= 2.0  # lists, rules, answers to questions
    found += 1.0 * any(is_ending(node.text) for node in told[-12:])
    found -= 4.0 * (is_answer and _is_quoted(told, layer))
    quoted = sum(1 for node in nodes if node.kind == "chrome" and node.text.startswith(">"))
    return found - 1.5 * (quoted >= 2)
