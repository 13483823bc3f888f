"""What an author says on top, before the story's own title, first heading or rule, without a label.

No word is sure to be there. But it is said to readers, now, by an I or to a you, and of shows, books and stories as
such: where they stand in a series, how this one came about, what is in it. A narrator who begins like that goes on to
tell: what somebody else did, then. So two such words are asked for where only a heading stands below; where a title
with a by-line does, the place says most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Node
from ficshelf.passes import labels
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import addresses
from ficshelf.passes.title_lines import by_line_below, is_by_line, is_title

_TOP = 60  # lines within which a title stands below a foreword
MOST = 14  # paragraphs of a foreword
LONGEST = 6_000  # characters that it may have
_PARAGRAPH = 2_000  # characters that one of them may have
_CUT = (40, 90)  # characters of a line that was cut at a width
_SENTENCE = 50  # characters that one of the paragraphs above a title has
_ENDS = frozenset('.!?…)]}~')
_SHORT = 160  # characters of a paragraph that need not speak to anybody
_TRADE = re.compile(  # of shows, books and stories as such
    r"\b(?:(?P<show>(?:on|in|from|of|seen|watch\w*)\s+the\s+(?:tv\s+)?(?:show|series|movies?|films?|anime|manga|game|books?|comics?|novels?)|"
    r"(?:first|second|third|fourth|fifth|last|next|later|early)\s+(?:seasons?|series|movies?|films?|episodes?)|"
    r"pilot|anime|manga|dubbed|subtitled|canon\w*|(?:first|second|third|last)\s+season|season\s+(?:one|two|three|four|five|six|seven|\d)|"
    r"episodes?|volumes?\s+(?:\w+|\d+)|s\d\d?e\d\d?|book\s+(?:one|two|three|four|five|six|seven|[1-7])|eps?\b)|"
    r"(?P<kind>spoof|parody|cross-?over|fan\s?-?fic\w*|fics?|fan-?made|au|ooc|one-?shot|drabble|vignette|songfic|prequel|sequel|"
    r"missing\s+scene|ficlet|tag\s+to)|"
    r"(?P<part>prologue|epilogue|(?:this|next|first|last|my|new)\s+(?:chapter|part)|chapters|plot|unfinished|"
    r"(?:this|my|first|a|whole|the|these|other|many)\s+(?:\w+\s+)?(?:stor(?:y|ies)|tale|piece|fic)(?!\s+(?:of|about|that|i)\b))|"
    r"(?P<craft>proof-?\s?read\w*|spell\s?-?check\w*|grammar|typos?|beta\w*|typed|re-?wr(?:ite|ote)\w*|writing\s+one\s+of|"
    r"(?:my|a)\s+(?:first|second)\s+(?:try|attempt|shot|go|time)|spelled|translat\w+)|"
    r"(?P<net>post(?:ed|ing|s)?|archives?|updat\w+|uploaded?|reviews?|readers?|feedback|flames?|flamed|e-?mail\w*|comments?|"
    r"web\s?-?(?:site|page)|prompt\w*|challenge|ficathon|exchange|swap|warn(?:ed|ing)?|rated|rating|disclaim\w*)|"
    r"(?P<content>cussing|swearing|cursing|bad\s+language|slash|non-?con|angst|fluff|violence|sex\s+scenes?|spoilers?|"
    r"takes?\s+place|(?:is\s+)?set\s+(?:\w+\s+)?(?:after|before|during|in|between|right)|resemblance|meant\s+to\s+be\s+(?:funny|anybody)|intended|"
    r"artistic\s+licen[cs]e|liberties|characters?)|"
    r"(?P<go>keep\s+going|go\s+on|i['’]d\s+go\s+on|(?:should|if)\s+i\s+(?:continue|go\s+on)|be\s+(?:kind|gentle|nice)|please\s+(?:tell|write|let|be)|tell\s+me\s+(?:if|what)|"
    r"let\s+me\s+know|hope\s+(?:that\s+)?you|enjoy|you\s+get\s+this|no\s+(?:yelling|flames)))\b",
    re.I,
)
_ABROAD = re.compile(
    r"\b(?:(?P<show>temporada|saisons?|staffel\w*|stagione|épisodes?|episodio|folgen?|band(?:es)?|schuljahr|(?:\d+[ºo°mvt]\w*|séptimo|último)\s+libro|tomes?|"
    r"películas?|serie|anime|manga|сезон\w*|сери[июя])|"
    r"(?P<kind>fan\s?-?fics?|fics?|fan\s?fiction\w*|ff|one-?shot|фик\w*|songfic)|"
    r"(?P<part>historia|história|storia|histoire|story|geschichte|capítulos?|chapitres?|kapitel|capitoli|texte|texto|истори\w+|глав\w*)|"
    r"(?P<net>reviews?|recensioni|commentaires?|comentarios?|comentários?|kommentare?|leser\w*|lecteurs?|lectores?|lettori|отзыв\w*|читател\w*)|"
    r"(?P<content>personajes|personnages|personaggi|personagens|figuren|charaktere|персонаж\w*|spielt\s+(?:nach|vor|während|in)|"
    r"se\s+(?:passe|déroule|sitúa|desarrolla)|si\s+svolge|ambientata|autora?|auteur|autor(?:in|e|rice)?|aviso|spoilers?)|"
    r"(?P<go>espero\s+que|j['’]espère|hoffe|spero|bonne\s+lecture|viel\s+spa(?:ß|ss)|disfrut\w+|soyez|indulgent\w*|primer\w*\s+(?:fic|historia|vez)|premi(?:er|ère)|"
    r"gracias|merci|danke|grazie|obrigad[ao]|por\s+favor))\b",
    re.I,
)
_NOW = re.compile(
    r"\b(?:I|[Yy]ou|[Ww]e|[Ii]t|[Tt]his|[Tt]hat|[Tt]here|[Tt]hey|[Ww]hat|[Ww]ho)(?:['’](?:m|re|ve|ll|s|d)\b|\s+(?:\w+ly\s+|do\s+|just\s+|really\s+)?"
    r"(?:am|are|is|have|has|do|don|will|won|can|may|might|would|should|hope|know|think|want|like|ought|get|love|wonder|"
    r"got|see|need|mean|try|apologi[sz]e|borrow\w*|follows?)\b)|\b(?:please|thanks?|tell\s+me|let\s+me|sorry)\b"
)
_TELLS = re.compile(
    r"\b(?:he|she|they|it|He|She|They|It|[A-Z][a-z]+)\s+(?:was|were|had|did|could|would|went|came|took|sat|stood|[a-z]{3,}ed)\b|"
    r"\bI\s+(?:was|had|went|came|took|sat|stood|walked|looked|turned|ran|did|could)\b"
)
_SPOKEN = re.compile(  # somebody in a story speaks
    r"\A[\"“„«][^\"”»“]{1,300}[,.!?…–—-][\"”»“]|[,.!?…–—-][\"”»“]\s+(?:\w+\s+){0,2}(?:said|asked|replied|answered|whispered|yelled|muttered)\b|"
    r"\b(?:said|asked|replied|whispered|muttered|murmured)\s+(?!(?:that|if|me|to|for|in|I)\b)[A-Z]\w+[,.]?\s+[\"“„]"
)
_LETTER = re.compile(r"\b(?:if\s+you\s+(?:are\s+reading|can\s+read)|by\s+the\s+time\s+you\s+read|i\s+am\s+writing\s+(?:this\s+)?(?:by|from|in))\b", re.I)


def words_of_works(text: str) -> frozenset[str]:
    """Of which kinds the words are that a text has for shows, books and stories as such."""
    found = {match.lastgroup for match in _TRADE.finditer(text)} | {match.lastgroup for match in _ABROAD.finditer(text)}
    return frozenset(name for name in found if name)


def is_foreword(texts: Sequence[str], *, above_title: bool = False, among_notes: bool = False) -> bool:
    """Whether paragraphs on top of a text are what its author says before the story.

    `above_title`: a title with its by-line stands below; `among_notes`: a header or a note stands above, and a heading
    or a rule below.
    """
    if not texts or len(texts) > MOST or sum(map(len, texts)) > LONGEST:
        return False
    if any(len(text) > _PARAGRAPH or _SPOKEN.search(text) for text in texts):
        return False
    whole = "\n".join(texts)
    if not any(text[-1] in _ENDS for text in texts) or _LETTER.search(whole):
        return False
    kinds = words_of_works(whole)
    now, tells = len(_NOW.findall(whole)), len(_TELLS.findall(whole))
    if tells > now + 1 or not all(_may_be_said(text) for text in texts):
        return False
    enough = 1 if above_title or among_notes else 2
    return len(kinds) >= enough or (above_title and now > tells)


def _may_be_said(text: str) -> bool:
    """Whether a paragraph may stand in a foreword: it speaks to readers or of works, or is short."""
    return len(text) <= _SHORT or addresses(text) or bool(words_of_works(text))


def above_title(nodes: Sequence[Node]) -> list[int]:
    """The lines that the author says above a title that has a by-line right below it; none where there is no such
    title, or the story may have begun above it."""
    first = 0  # the line after the last by-line
    for index, node in enumerate(nodes[:_TOP]):
        if node.kind or not node.text:
            continue
        if index > first and node.gap and is_title(node.text) and (below := by_line_below(nodes, index)):
            above = [place for place in range(first, index) if not nodes[place].kind]
            return above if above and nodes[below].gap <= 1 and _is_above_title(nodes, above) else []
        if is_by_line(node.text):
            first = index + 1
        elif (line := label_line(node.text)) and line.strong and labels.HEADER_ONLY.intersection(line.label.names):
            return []
    return []


def _is_above_title(nodes: Sequence[Node], places: Sequence[int]) -> bool:
    texts: list[str] = []
    for place in places:
        text = nodes[place].text
        if texts and not nodes[place].gap and _CUT[0] < len(nodes[place - 1].text) < _CUT[1]:
            texts[-1] += f" {text}"
        else:
            texts.append(text)
    return max(map(len, texts)) > _SENTENCE and is_foreword(texts, above_title=True)
