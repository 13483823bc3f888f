"""Letters, diaries and mails within the story: they are quoted, not told.

Sure signs only: a salutation with its closing; a salutation that opens a chapter in which nobody else is heard; the
fields of a mail with a name below its words.
"""

from __future__ import annotations

import re

from ficshelf.model import Draft, Node
from ficshelf.passes.nodes import join
from ficshelf.passes.note_labels import is_edge_label, is_labelled
from ficshelf.passes.note_words import speaks_of_the_story

_SIGNATURE = re.compile(
    r"(?:[-–—~]{1,2}\s?|(?:all\s+my\s+|with\s+|much\s+)?(?:love|yours|regards|sincerely|faithfully|"
    r"affectionately|always|hugs|xoxo|xx+)\b[\w ,]{0,30}[,.]?\s*[-–—]?\s*)[A-ZÀ-Ý]?[\w .'’]{0,30}$"
)
_SIGNED_NAME = re.compile(r"(?:[Yy]our\s+)?[A-ZÀ-Ý][\w.'’-]{0,20}(?:\s+[A-ZÀ-Ý][\w.'’-]{0,20}){0,2}")
_SALUTATION = re.compile(
    r"(?:my\s+)?(?:(?:dear|dearest|darling|beloved|liebe[rs]?|ch[eè]re?s?|mon\s+cher|ma\s+chère|querid[oa]|car[oa]|"
    r"дорог(?:ой|ая)),?\s+){1,3}[\w .'’-]{1,40}[,:.!–—-]*$|"
    r"to\s+whom\s+it\s+may\s+concern[,:.]?$|"
    r"to\s+the\s+(?:lord|lady|king|queen)s?\s+[\w .'’-]{1,40},\s+greetings?[,:.!]?$|"
    r"to\s+(?:mrs?|miss|ms|dr|sir|lady|lord|captain|professor)\b\.?\s[\w .,'’-]{1,50}$|"
    r"(?:sir|madam|gentlemen|mr|mrs|miss)\b[\w .'’]{0,40}[,:]$",
    re.I,
)
_CALLED = re.compile(  # `Wystan,`, `Hey Luke,`, `Quill, you great oaf,`
    r"(?:(?:[Hh]ey|[Hh]i|[Hh]ello)\s+)?[A-ZÀ-Ý][\w'’-]{0,20},(?:\s+you(?:\s+[\w'’-]+){1,4},)?"
)
_DIARY = re.compile(r"(?:dear\s+)?(?:diary|journal|liebes\s+tagebuch|cher\s+journal|querido\s+diario)[,:.!]*$", re.I)
_CLOSING = re.compile(
    r"(?:i\s+(?:am|remain)\b.{0,40}|yours\b.{0,40}|(?:with\s+)?(?:all\s+)?(?:my\s+)?love\b.{0,30}|"
    r"sincerely\b.{0,30}|xo(?:xo)+|an?\s+(?:\w+\s+)?(?:friend|well-?wisher|admirer)|(?:best|kind|warm)\s+(?:regards|wishes)\b.{0,20}|affectionately\b.{0,30}|"
    r"your\s+(?:\w+\s+){0,4}(?:friend|servant|sister|brother|son|daughter|wife|husband|mother|father|"
    r"cousin|obedient)\b.{0,30}|ever\s+yours\b.{0,30}|respectfully\b.{0,30}|hugs\b.{0,20}|"
    r"(?:mit\s+)?(?:liebe|herzliche|viele)[nr]?\s+grüßen?\b.{0,20}|dein[er]?\b.{0,20}|baci\b.{0,20}|bisous\b.{0,20})[,.]?$",
    re.I,
)
_HEADED = re.compile(  # `Letter Two`: the chapter is a letter, to its end
    r"\W*(?:letter|brief|lettre|carta|lettera|письмо)\W+(?:[ivxlc]+|\d{1,3}|(?:twenty|thirty)?\W?[a-z]{3,9})\W*|"
    r"\W*(?:the\s+)?(?:first|second|third|fourth|fifth|last|erster|zweiter|dritter|letzter|première|deuxième|dernière)\s+"
    r"(?:letter|brief|lettre)\W*",
    re.I,
)
_FIELD = re.compile(r"(?:to|from|subject|date|sent|cc|an|von|betreff|à|de|objet)\s*:", re.I)
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-zé]*\b\.?|\b\d{4}\b|\d(?:st|nd|rd|th)\b", re.I
)
_POSTSCRIPT = re.compile(r"p\.?\s?(?:p\.?\s?)?s\b", re.I)
_KISSES = re.compile(r"[xXoO]{2,10}")
_INITIALS = re.compile(r"(?:[A-Z]\.\s?){1,4}")
_OWN = re.compile(r"\b(?:i|i['’](?:m|ve|ll|d)|me|my|mine|we|our|you|your|ich|mein\w*|du|je|tu|vous|yo|mi|tú)\b", re.I)
_SPOKEN = re.compile(r"^[\"“«„]|[,.!?…][\"”»“](?:\s|$)")
_QUOTED = '*_ "“”„«»'  # what may stand around a line of a letter
_ENDED = frozenset(".,!?…–—-")  # what stands at the end of the line above a name
_BEGINS = (  # most lines begin with none of these
    "dear", "my dear", "my darl", "my belo", "darling", "beloved", "my own", "lieb", "cher", "chèr", "mon cher",
    "ma chère", "querid", "caro", "cara", "дорог", "to ", "to:", "to\t", "sir", "madam", "gentlem", "mr", "miss",
    "diary", "journal", "from", "subject", "date", "sent", "cc", "an:", "an ", "von", "betreff", "à", "de", "objet",
)  # fmt: skip
_TOLD = 60  # lines before a diary that are looked at
_FEW = 9  # lines of a note from one name to the other
_FARTHEST = 25  # paragraphs from a salutation to its closing
_MOST_LINES = 400  # lines of a letter
_LONGEST_OPENING = 70  # characters of a salutation


def apply(draft: Draft) -> Draft:
    """Mark letters as quotes, from the date and the salutation to the name under the closing."""
    nodes = list(draft.nodes)
    made: list[Node] = []
    index = 0
    opens = True  # whether the story of this chapter has yet to begin
    headed = False  # whether its heading says that it is a letter
    while index < len(nodes):
        node = nodes[index]
        if node.kind:
            if node.kind == "heading":
                opens, headed = True, _HEADED.fullmatch(node.text) is not None
            made.append(node)
            index += 1
            continue
        stop = 0
        if node.page and not opens:
            opens, headed = True, False
        if len(node.text) <= _LONGEST_OPENING and (node.gap or opens or _is_date_line(nodes[index - 1])):
            stop = _letter_end(nodes, index, opens=opens)
            if headed and (stop or _is_opening(node)):
                stop = max(stop, _chapter_end(nodes, index))
        if not stop:
            opens = opens and _is_date_line(node)
            made.append(node)
            index += 1
            continue
        opens = False
        letter = nodes[index:stop]
        while made and len(letter) < stop - index + 2 and _is_date_line(made[-1]):
            letter.insert(0, made.pop())  # the date, or the place, above the greeting
        letter = [node if node.kind else node._replace(kind="quote") for node in letter]
        made.extend(_stand_together(draft.text, letter, draft.layout.wrapped))
        index = stop
    return draft._replace(nodes=tuple(made))


def _is_opening(node: Node) -> bool:
    """Whether a line may open a letter: a salutation, a place, a date."""
    return _is_date_line(node) or _is_salutation(node.text.strip(_QUOTED))


def _is_salutation(text: str) -> bool:
    """`Dear Tamsin,`; but `Dear Mr. Pell was at the door again.` is a sentence."""
    if not _SALUTATION.fullmatch(text):
        return False
    return text[-1] in ",:!–—-" or len(text.split()) <= 4 or text.endswith(("greetings.", "greetings"))


def _letter_end(nodes: list[Node], index: int, *, opens: bool) -> int:
    """The index after the letter, diary or mail that opens at `index`; 0 for none."""
    text = nodes[index].text.strip(_QUOTED)
    if not text:
        return 0
    if text[-1] == "," and len(text) < 50 and _CALLED.fullmatch(text) and not _CLOSING.fullmatch(text):
        stop = _closing(nodes, index) or _named_end(nodes, index)
        return 0 if any(_SPOKEN.search(node.text) for node in nodes[index:stop]) else stop
    if not text[:9].lower().startswith(_BEGINS):
        return 0
    if _DIARY.fullmatch(text):
        return _diary_end(nodes, index, opens=opens)
    if text[0].lower() in "tfsdcaovbà" and _FIELD.match(text):
        return _mail_end(nodes, index)
    if not _is_salutation(text):
        return 0
    stop = _closing(nodes, index)
    if opens and nodes[index].text[0] not in '"“„«' and text[-1] in ",:–—-.!":
        whole = _chapter_end(nodes, index)
        if not stop:
            stop = _closing(nodes, index, farthest=whole - index)
        if not stop and _is_written(nodes[index + 1 : whole]):
            stop = whole
    if not stop and text[-1] in ",:" and text[:4].lower() == "dear" and not _is_told_by_one(nodes, index):
        stop = _written_end(nodes, index, _chapter_end(nodes, index, index + _FARTHEST))
    return stop


def _named_end(nodes: list[Node], index: int) -> int:
    """The index after a bare name that ends a note of a few paragraphs, in each of which I or you are; 0 for none."""
    for stop in range(index + 1, min(len(nodes), index + _FEW)):
        node = nodes[stop]
        if node.kind or node.page:
            return 0
        if stop > index + 1 and node.gap and len(node.text) <= 30 and _SIGNED_NAME.fullmatch(node.text):
            alone = stop + 1 == len(nodes) or nodes[stop + 1].gap > 0 or nodes[stop + 1].kind
            return stop + 1 if alone and node.text[-1].isalpha() else 0
        if node.gap and not _OWN.search(node.text):
            return 0
    return 0


def _chapter_end(nodes: list[Node], start: int, farthest: int | None = None) -> int:
    """The index of the next heading, page, break, ending, note or page of a diary; at most `farthest`."""
    end = len(nodes) if farthest is None else min(farthest, len(nodes))
    for index in range(start + 1, end):
        node = nodes[index]
        if node.page or node.kind in ("heading", "break", "end", "note", "fact"):
            return index
        if not node.kind and (_is_author(node.text) or (len(node.text) < 30 and _DIARY.fullmatch(node.text))):
            return index
    return end


def _is_author(text: str) -> bool:
    """Whether the author speaks, below the letter."""
    if is_labelled(text) or speaks_of_the_story(text):
        return True
    return is_edge_label(text) and not _POSTSCRIPT.match(text)


def _paragraphs(nodes: list[Node]) -> list[str]:
    """What unsettled nodes say, the lines of a paragraph together."""
    said: list[str] = []
    for node in nodes:
        if node.kind:
            continue
        if said and node.gap == 0:
            said[-1] += " " + node.text
        else:
            said.append(node.text)
    return said


def _is_written(nodes: list[Node]) -> bool:
    """Whether paragraphs are written to somebody: nearly all say I or you, and nobody else is heard."""
    said = _paragraphs(nodes)
    heard = sum(1 for text in said if _SPOKEN.search(text))
    own = sum(1 for text in said if _OWN.search(text))
    return bool(said) and heard * 8 <= len(said) and own * 3 >= 2 * len(said)


def _diary_end(nodes: list[Node], index: int, *, opens: bool) -> int:
    """To the closing, or the end of the chapter or scene; in the middle of one, as far as one person writes."""
    stop = _closing(nodes, index)
    end = _chapter_end(nodes, index)
    if stop:
        return stop
    if opens or index == 0 or nodes[index - 1].kind in ("break", "heading", "quote"):
        return end if _is_own(nodes[index + 1 : end]) else 0
    if _is_told_by_one(nodes, index - 1):
        return 0
    return _written_end(nodes, index, end)


def _written_end(nodes: list[Node], index: int, end: int) -> int:
    """The index after the last paragraph below a salutation in which one person writes; 0 where none does."""
    stop = index + 1
    while stop < end and not nodes[stop].kind:
        after = stop + 1
        while after < end and nodes[after].gap == 0 and not nodes[after].kind:
            after += 1
        said = " ".join(node.text for node in nodes[stop:after])
        if not _OWN.search(said) or _SPOKEN.search(said):
            break
        stop = after
    return stop if stop > index + 1 else 0


def _is_own(nodes: list[Node]) -> bool:
    """Whether somebody writes of themselves, though others may be heard."""
    said = _paragraphs(nodes)
    return bool(said) and sum(1 for text in said if _OWN.search(text)) * 2 >= len(said)


def _is_told_by_one(nodes: list[Node], end: int) -> bool:
    """Whether the story above that line is told by an I: then an I in it is no sign of a diary."""
    above = nodes[max(0, end - _TOLD) : max(0, end)]
    told = [node.text for node in above if not node.kind and len(node.text) > 60 and '"' not in node.text]
    own = sum(1 for text in told if re.search(r"\b(?:I|ich|je)\b", text))
    return own * 2 > len(told)


def _mail_end(nodes: list[Node], index: int) -> int:
    """The fields of a mail (two at least, close together), and its words where a name stands below them."""
    fields = index
    while fields < len(nodes) and not nodes[fields].kind and fields - index < 6 and _FIELD.match(nodes[fields].text):
        fields += 1
    if fields - index < 2 or (index and nodes[index - 1].kind == "fact"):
        return 0
    together = fields
    while together < len(nodes) and not nodes[together].kind and nodes[together].gap == 0 and together - fields < 40:
        together += 1
    for stop in range(together, min(len(nodes), together + 12)):
        node = nodes[stop]
        if node.kind or node.page or _SPOKEN.search(node.text):
            break
        text = node.text.strip(_QUOTED + "-–—~")
        if len(text) <= 30 and _SIGNED_NAME.fullmatch(text) and stop > fields and text[-1] not in ".!?":
            return stop + 1
    return together


def _stand_together(layer: str, letter: list[Node], wrapped: bool) -> list[Node]:
    """Lines of a letter with no blank line between them make one block; full lines of a wrapped text are prose."""
    made: list[Node] = []
    for node in letter:
        if made and node.gap == 0 and node.kind == made[-1].kind == "quote":
            short = len(made[-1].text.rsplit("\n", 1)[-1]) < 50 or not (wrapped or node.text[:1].islower())
            made[-1] = join(layer, [made[-1], node], "quote", between="\n" if short else " ")
        else:
            made.append(node)
    return made


def _closing(nodes: list[Node], start: int, farthest: int = _FARTHEST) -> int:
    """The index after the letter's last line; 0 where none closes it."""
    quoted = nodes[start].text[0] in '"“„«'  # read aloud: its paragraphs open with quotation marks
    paragraphs = 0
    for index in range(start + 1, min(len(nodes), start + _MOST_LINES)):
        node = nodes[index]
        paragraphs += node.gap > 0 or node.indent > nodes[index - 1].indent
        if paragraphs >= farthest:
            return 0
        if node.kind in ("heading", "break", "end") or node.page:
            return 0
        text = node.text.strip(_QUOTED)
        if node.kind or not text or len(text) > 80:
            continue
        if node.gap and _is_salutation(text):
            return 0  # another letter
        if _INITIALS.fullmatch(text) or (quoted and len(text) <= 40 and _SIGNED_NAME.fullmatch(text.rstrip("."))):
            return _after_postscript(nodes, index + 1)
        last = index + 1 == len(nodes) or nodes[index + 1].gap > 0 or bool(nodes[index + 1].kind)
        above = nodes[index - 1].text[-1:]
        if node.gap == 0 and last and above in _ENDED and len(text) <= 30 and _SIGNED_NAME.fullmatch(text):
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
    text = node.text.strip(_QUOTED)
    if node.kind or not 0 < len(text) < 60 or not text[0].isalnum() or text[-1] in "!?:;’,…":
        return False
    if any(map(str.isdigit, text)) and _MONTH.search(text):
        return True
    return "," in text and text[-1].isalnum() and sum(1 for word in text.split() if word[0].islower()) <= 2


def _after_postscript(nodes: list[Node], index: int) -> int:
    """The index after what may follow the name: kisses, a date, a `P.S.`"""
    if index < len(nodes) and nodes[index].gap == 0 and not nodes[index].kind and _KISSES.fullmatch(nodes[index].text):
        index += 1
    if (
        index < len(nodes)
        and nodes[index].gap <= 1
        and _MONTH.search(nodes[index].text)
        and _is_date_line(nodes[index])
    ):
        index += 1
    while (
        index < len(nodes) and nodes[index].gap <= 1 and not nodes[index].kind and _POSTSCRIPT.match(nodes[index].text)
    ):
        index += 1
    return index


def _is_name(text: str) -> bool:
    words = text.strip("-–—~" + _QUOTED).rstrip(".").split()
    return 0 < len(words) <= 4 and all(word[0].isupper() for word in words) and not text.endswith(("!", "?", '"', "”"))
