"""What the lines above a story state by where they stand: once it is known that they are above it, less is asked.

A label alone on its line names what stands below it. A line of title and name is the story's where the title stands
again near it. A row that says where the page stands names the title, and a row with a rating is the header's. One
sentence or two between the title and the first chapter's heading, which nobody says to anybody, tell what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import canon, ratings
from ficshelf.model import INFERRED, Draft, Fact, Node
from ficshelf.passes import foreword_words, headings, label_rows, sure_titles, trails
from ficshelf.passes.author_voice import is_heard_in, strength
from ficshelf.passes.facts import add_fact
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.heading_titles import SMALL
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.letter_words import SIGNED_NAME
from ficshelf.passes.nodes import merge
from ficshelf.passes.number_words import fold
from ficshelf.passes.opening_signs import is_alone
from ficshelf.passes.rights import disclaims
from ficshelf.passes.title_lines import is_by_line, is_title, title_and_name
from ficshelf.sureness import SURE

_OPEN = frozenset(("", "verse"))
_BLURB = (40, 1_200)  # characters of what tells what a story is about
_BEHIND_TITLE = re.compile(r"\s?[-–—:|(\[,]\s?\w")
_BETWEEN = 160  # characters of a line between an archive's heading and the same one once more
_PIECES = re.compile(r"\s*[|·•;]\s*|\s/\s|,\s+")
_RATING = re.compile(r"(?:pg(?:-?1\d)?|nc-?17|r|g|k\+?|t|m|fr(?:c|t|m|ao|1\d)|p(?:6|12|16|18))", re.I)
_WORDS = re.compile(r"(\d[\d.,]{0,10})\s*words", re.I)
_FEWEST = 2  # pieces of a row
_SAID = 40  # lines from the top among which a disclaimer stands
_LABEL = 30  # characters of its label
_NAMES = 3  # words of a person's name
_HEADS = frozenset(("note", "heading", "fact"))  # what stands below title and name, above the story
_PIECE, _ROW = 40, 120  # characters of one, and of the row
_I = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|ich|mir|mein\w*|je|j['’]|yo|mi|eu|meu|minha|io|я|мне|мой)\b", re.I)
_OF_WORK = re.compile(r"\b(?:stor(?:y|ies)|fics?|fan\s?-?fic\w*|chapters?|read(?:ers?|ing)?|written|wrote|set)\b", re.I)


def without_doubled(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The lines of a top in which the archive's heading stands once more above the header, word for word as the first
    chapter's own does below it: that one is the header's."""
    first = next((index for index, node in enumerate(nodes) if node.kind == "heading"), -1)
    if first < 0:
        return nodes
    own = next((index for index in range(first + 1, len(nodes)) if _is_again(nodes[first], nodes[index])), -1)
    between = nodes[first + 1 : own] if own >= 0 else ()
    if not any(node.kind in ("fact", "chrome") or label_line(node.text) for node in between):
        return nodes
    if any(len(node.text) > _BETWEEN or is_heard_in(node.text) for node in between if not node.kind):
        return nodes
    above = (node._replace(kind="fact") if node.kind == "heading" else node for node in nodes[first:own])
    return (*nodes[:first], *above, *nodes[own:])


def _is_again(above: Node, below: Node) -> bool:
    return below.kind == "heading" and not below.page and below.text == above.text


def below_label(gathered: Gathered, places: Sequence[int]) -> set[int]:
    """State what stands below labels alone on their lines; the lines that this settles."""
    nodes = gathered.nodes
    settled: set[int] = set()
    open_ones = set(places)
    for place in places:
        if place in settled or place + 1 not in open_ones or not (known := label_rows.alone_above(nodes, place)):
            continue
        spans = merge(gathered.layer, [*nodes[place].spans, *nodes[place + 1].spans])
        gathered.take((known,), nodes[place + 1].text, spans)
        for here in (place, place + 1):
            nodes[here] = nodes[here]._replace(kind="fact")
            settled.add(here)
    return settled


def signed_title(gathered: Gathered, places: Sequence[int]) -> None:
    """State title and name that stand in one line, where the title stands alone in another."""
    nodes = gathered.nodes
    if gathered.states("title"):
        return
    alone = {fold(nodes[place].text.strip("*_~ ")): place for place in places if is_title(nodes[place].text)}
    for place in places:
        named = title_and_name(nodes[place].text) if len(nodes[place].text) <= _ROW else None
        if named is None or (again := alone.get(fold(named["title"].strip("*_~- ")), place)) == place:
            continue
        title = nodes[again].text.strip("*_~ ")
        gathered.add("title", title, merge(gathered.layer, [*nodes[place].spans, *nodes[again].spans]))
        if not gathered.states("author"):
            gathered.add("author", named["name"].strip(), nodes[place].spans)
        for here in (place, again):
            nodes[here] = nodes[here]._replace(kind="fact")
        return


def begins_title(gathered: Gathered, text: str) -> bool:
    """Whether a line is the title alone that a post's subject says with a part's name behind it: `The Ford - one`."""
    said = text.strip("*_~ ")
    titles = (str(fact.value) for fact in gathered.facts.get("title", ()) if fact.how != INFERRED)
    return is_title(said) and any(
        title.startswith(said) and _BEHIND_TITLE.match(title, len(said)) is not None for title in titles
    )


def of_trail(gathered: Gathered, places: Sequence[int]) -> None:
    """State the title, and the fandom, that a row says which tells where the page stands: its piece is the title where
    it stands alone in another line."""
    nodes = gathered.nodes
    row = trails.row(nodes)
    if row < 0 or gathered.states("title"):
        return
    said = trails.pieces(nodes[row].text)
    title = next((place for place in reversed(places) if nodes[place].text in said[1:]), -1)
    if title < 0:
        return
    gathered.add_line(title, "title")
    above = said[: said.index(nodes[title].text)]
    if not gathered.states("fandom") and (fandom := next(filter(canon.titled, reversed(above)), "")):
        gathered.add("fandom", fandom, nodes[row].spans)
        if not nodes[row].kind:
            nodes[row] = nodes[row]._replace(kind="fact")


def of_row(gathered: Gathered, place: int) -> bool:
    """State what the pieces of a row without labels say, a rating among them: `Duo/Heero, one-shot, pg, 900 words`,
    `Drama, Freundschaft / P12 / Gen`; whether it is such a row."""
    text = gathered.nodes[place].text
    if len(text) > _ROW or "\n" in text or text[-1] in ".!?…":
        return False
    said = [piece.strip("()[] ") for piece in _PIECES.split(text)]
    rated = [piece for piece in said if _RATING.fullmatch(piece) and ratings.scale(piece) != ratings.UNRATED]
    if len(said) < _FEWEST or len(rated) != 1 or any(not 0 < len(piece) <= _PIECE for piece in said):
        return False
    if not gathered.states("rating"):
        gathered.add("rating", rated[0], gathered.nodes[place].spans)
    for piece in said:
        if (counted := _WORDS.fullmatch(piece)) and not gathered.states("words"):
            gathered.add("words", counted[1], gathered.nodes[place].spans)
        elif canon.titled(piece) and not gathered.states("fandom"):
            gathered.add("fandom", piece, gathered.nodes[place].spans)
    gathered.nodes[place] = gathered.nodes[place]._replace(kind="fact")
    if gathered.nodes[place].spans not in [fact.spans for facts in gathered.facts.values() for fact in facts]:
        gathered.silent += gathered.nodes[place].spans
    return True


def note_beside(gathered: Gathered, place: int) -> None:
    """A note with its label right above or below another line of the header is the header's."""
    for beside in (place - 1, place + 1):
        if not 0 <= beside < len(gathered.nodes) or gathered.nodes[beside].kind != "note":
            continue
        line = label_line(gathered.nodes[beside].text)
        if line is not None and line.strong and line.value and line.label.names == ("note",):
            gathered.take(line.label.names, line.value, gathered.nodes[beside].spans)
            gathered.nodes[beside] = gathered.nodes[beside]._replace(kind="fact")


def named_below(gathered: Gathered, places: Sequence[int]) -> bool:
    """Guess title and author where two lines alone stand together, apart from all around them, right above the author's
    note or the first heading, the upper one called as stories are, the lower as people are; whether they do."""
    nodes = gathered.nodes
    name = next((place for place in places if place + 1 < len(nodes) and nodes[place + 1].kind in _HEADS), 0)
    if not name or name - 1 not in places or "title" in gathered.facts or "author" in gathered.facts:
        return False
    above, below = nodes[name - 1], nodes[name]
    if not max(1, below.gap) < nodes[name + 1].gap or not (name == 1 or below.gap < above.gap):
        return False
    if not _is_persons(below.text) or _is_persons(above.text) or not is_alone(above.text):
        return False
    if any(below.text in node.text for node in nodes[name + 2 :]) or canon.titled(below.text):
        return False  # whom the story is about
    sure = SURE["line alone on top"]
    title = Fact(above.text, INFERRED, above.spans, 0, sure, "a line alone above the story, a name below it")
    author = Fact(below.text, INFERRED, below.spans, 0, SURE["name below a title"], "a name alone below the title")
    gathered.facts = add_fact(add_fact(gathered.facts, "title", title), "author", author)
    for place in (name - 1, name):
        nodes[place] = nodes[place]._replace(kind="fact")
    return True


def _is_persons(text: str) -> bool:
    """Whether words are what a person is called, by first name and surname: `Annis Corey`, `Marguerite L.`"""
    words = text.split()
    if not 1 < len(words) <= _NAMES or SIGNED_NAME.fullmatch(text) is None or text.isupper():
        return False
    if any(word.lower() in SMALL for word in words) or headings.parse(text) or headings.bare(text):
        return False
    return not (sure_titles.names_place(text) or sure_titles.is_banner(text))


def disclaimer_said(draft: Draft) -> Draft:
    """State a disclaimer with its label that stands among what the author says below the header, above the story."""
    if "disclaimer" in draft.facts or not draft.facts:
        return draft
    headed = False
    for index, node in enumerate(draft.nodes[:_SAID]):
        if node.kind == "fact":
            headed = True
        elif node.kind not in ("note", "chrome", "break", "image"):
            return draft
        elif headed and node.kind == "note" and ":" in node.text[:_LABEL]:
            line = label_line(node.text)
            if line is not None and line.strong and line.value and line.label.names == ("disclaimer",):
                facts = add_fact(draft.facts, "disclaimer", Fact(line.value, spans=node.spans))
                nodes = (*draft.nodes[:index], node._replace(kind="fact"), *draft.nodes[index + 1 :])
                return draft._replace(nodes=nodes, facts=facts)
    return draft


def is_blurb(nodes: Sequence[Node], place: int) -> bool:
    """Whether a line alone between the title and the first chapter's heading tells what the story is about: somebody
    else's doings, in the present, said to nobody."""
    text = nodes[place].text
    if place + 1 >= len(nodes) or nodes[place + 1].kind != "heading":
        return False
    if not _BLURB[0] <= len(text) <= _BLURB[1] or text[0] in '"“«„([*_-–—>' or is_heard_in(text) or disclaims(text):
        return False
    if (
        _I.search(text)
        or strength(text).strong
        or strength(text).all > 1
        or foreword_words.told(text)
        or _OF_WORK.search(text)
    ):
        return False
    return not is_by_line(text) and not foreword_words.of_works(text)
