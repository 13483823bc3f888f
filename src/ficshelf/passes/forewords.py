"""What an author says on top, before the story's own title, first heading or rule, without a label.

No word is sure to be there. But it is said to readers, now, by an I or to a you, and of shows, books and stories as
such: where they stand in a series, how this one came about, what is in it. A narrator who begins like that goes on to
tell: what somebody else did, then. So two such words are asked for where only a heading stands below; where a title
with a by-line does, the place says most.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from ficshelf.model import Node
from ficshelf.passes import labels
from ficshelf.passes.author_voice import greets
from ficshelf.passes.label_lines import Line, label_line
from ficshelf.passes.note_labels import is_legend
from ficshelf.passes.note_words import SAID, addresses
from ficshelf.passes.sure_titles import stands_apart
from ficshelf.passes.title_lines import by_line_below, is_by_line, is_title

_TOP = 60  # lines within which a title stands below a foreword
MOST = 14  # paragraphs of a foreword
LONGEST = 6_000  # characters that it may have
_PARAGRAPH = 2_000  # characters that one of them may have
_CUT = (40, 90)  # characters of a line that was cut at a width
_SENTENCE = 50  # characters that one of the paragraphs above a title has
_ENDS = re.compile(r"[.!?…][)\]}\"”’*~_]*\Z|[:;=][-^'o]?[)D]\Z")
_SHORT = 160  # characters of a paragraph that need not speak to anybody
_SAID_LENGTH = 160  # characters of what is said in several sentences behind a label
_SENTENCES = re.compile(r"[.!?…]\s+[^\W\d_]")
_SAID = (  # of shows, books and stories as such, in small letters
    (
        "show",
        r"(?:on|in|from|of|seen|watch\w*)\s+the\s+(?:tv\s+)?(?:show|series|movies?|films?|anime|manga|game|books?|comics?|novels?|pilot)|"
        r"(?:first|second|third|fourth|fifth|last|next|later|early)\s+(?:seasons?|series|movies?|films?|episodes?)|"
        r"anime|manga|dubbed|subtitled|canon\w*|season\s+(?:one|two|three|four|five|six|seven|\d)|episodes?|eps?|"
        r"volumes?\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)|s\d\d?e\d\d?|"
        r"page\s+\d+|in\s+the\s+book\s+(?:they|it|she|he)|"
        r"book\s+(?:one|two|three|four|five|six|seven|[1-7])",
    ),
    (
        "kind",
        r"spoof|parody|cross-?over|ph?an\s?-?fic\w*|fan\s?-?fic\w*|fics?|continuation|re-?tellings?|variation\s+of|paperbacks?|fan-?made|ooc|one-?shot|drabble|vignette|songfic|prequel|sequel|"
        r"missing\s+scene|ficlet|slash|non-?con|fluff",
    ),
    (
        "craft",
        r"proof-?\s?read\w*|spell\s?-?check\w*|typos?|beta\w*|writing\s+one\s+of|my\s+(?:first|second)\s+(?:try|attempt|shot|go)|"
        r"prologue|epilogue|(?:this|next|last|new)\s+chapter|chapters|(?:un)?finished\s+(?:stor(?:y|ies)|fics?)|"
        r"(?:my|another|many|other)\s+(?:first\s+)?stor(?:y|ies)|chapter\s+(?:\d+|one|two|three|four|five|six|seven)|"
        r"(?:first|second|third)\s+(?:thing|one|story|fic)\s+(?:that\s+)?i(?:['’]ve|\s+have)?\s+(?:ever\s+)?(?:written|wrote|posted)",
    ),
    (
        "net",
        r"uploaded?|updat(?:es?|ing)|reviews?|readers?|feedback|flames?|flamed|e-?mail\w*|web\s?-?(?:site|page)|ficathon|archives?",
    ),
    (
        "content",
        r"cussing|swearing|bad\s+language|sex\s+scenes?|spoilers?|rated|takes?\s+place|resemblance|disclaim\w*|"
        r"(?:is\s+)?set\s+(?:\w+\s+)?(?:after|before|during|in|between|right)|meant\s+to\s+be\s+(?:funny|anybody)|"
        r"artistic\s+licen[cs]e|characters?",
    ),
    (
        "loose",  # a narrator may say so, too
        r"(?:this|my|first|a|whole|the|these)\s+(?:\w+\s+){0,2}(?:stor(?:y|ies)|tale|piece)(?!\s+(?:of|about|that|i)\b)|plot|"
        r"grammar|typed|another\s+(?:part|chapter)|before\s+(?:we|you|i)\s+(?:start|begin)|some\s+of\s+you|to\s+ask\s+for\s+it|t(?:ake|ook|aken)\s+(?:this|it)\s+(?:one\s+)?down|re-?wr(?:ite|ote)\w*|spelled|translat\w+|post(?:ed|ing|s)?|comments?|prompt\w*|challenge|exchange|swap|"
        r"warn(?:ed|ing)?|cursing|angst|violence|intended|liberties|keep\s+going|(?:i['’]d\s+)?go\s+on|"
        r"(?:should|if)\s+i\s+(?:continue|go\s+on)|be\s+(?:kind|gentle|nice)|please\s+(?:tell|write|let|be)|tell\s+me\s+(?:if|what)|"
        r"let\s+me\s+know|hope\s+(?:that\s+)?you|enjoy|you\s+get\s+this|no\s+(?:yelling|flames)",
    ),
)
_SAID_ABROAD = (
    (
        "show",
        r"temporada|saisons?|staffel\w*|stagione|épisodes?|episodio|folgen?|band(?:es)?|schuljahr|tomes?|películas?|serie|"
        r"(?:\d+\w*|séptimo|último)\s+libro|anime|manga|сезон\w*|сери[июя]",
    ),
    ("kind", r"fan\s?-?fics?|fics?|fan\s?fiction\w*|ff|one-?shot|songfic|фик\w*"),
    ("craft", r"capítulos?|chapitres?|kapitel|capitoli|глав\w*"),
    (
        "net",
        r"reviews?|recensioni|commentaires?|comentarios?|comentários?|kommentare?|leser\w*|lecteurs?|lectores?|lettori|"
        r"отзыв\w*|читател\w*",
    ),
    (
        "content",
        r"personajes|personnages|personaggi|personagens|figuren|charaktere|персонаж\w*|spielt\s+(?:nach|vor|während|in)|"
        r"se\s+(?:passe|déroule|sitúa|desarrolla)|si\s+svolge|ambientata|spoilers?",
    ),
    (
        "loose",
        r"historia|história|storia|histoire|story|geschichte|texte|texto|истори\w+|autora?|auteur|autor(?:in|e|rice)?|aviso|"
        r"antes\s+de\s+(?:empezar|começar)|avant\s+de\s+commencer|bevor\s+(?:es|wir|ihr)\s+\w+|espero\s+que|j['’]espère|hoffe|spero|bonne\s+lecture|viel\s+spa(?:ß|ss)|disfrut\w+|soyez|indulgent\w*|"
        r"primer\w*\s+(?:fic|vez)|première\s+fois|gracias|merci|danke|grazie|obrigad[ao]|por\s+favor",
    ),
)
_ENGLISH, _ABROAD = (
    re.compile(r"\b(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in said) + r")\b")
    for said in (_SAID, _SAID_ABROAD)
)
_IN_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|this|you|it|i)\b", re.I)
_SILENT = 4  # of so many paragraphs one may speak to nobody
_OFTEN = 8  # of so many words one is among those, in English
_NOW = re.compile(
    r"\b(?:I|[Yy]ou|[Ww]e|[Ii]t|[Tt]his|[Tt]hat|[Tt]here|[Tt]hey|[Ww]hat|[Ww]ho|[Hh]ere)(?:['’](?:m|re|ve|ll|s|d)\b|\s+(?:\w+ly\s+|do\s+|just\s+|really\s+)?"
    r"(?:am|are|is|have|has|do|don|will|won|can|may|might|would|should|hope|know|think|want|like|ought|get|love|wonder|"
    r"got|see|need|mean|try|apologi[sz]e|borrow\w*|follows?|blame|promise|swear|did\s+say)\b)|\b(?:please|thanks?|tell\s+me|let\s+me|sorry)\b"
)
_TELLS = re.compile(
    r"\b(?:he|she|they|it|He|She|They|It|[A-Z][a-z]+)\s+(?:was|were|had|did|could|would|went|came|took|sat|stood|[a-z]{3,}ed)\b|"
    r"\bI\s+(?:was|had|went|came|took|sat|stood|walked|looked|turned|ran)\b"
)
_NOW_ABROAD = re.compile(
    r"\b(?:yo|me|mi|mis|les|os|ustedes|vosotros|ich|mich|mir|mein\w*|euch|ihr|je|j['’]|m['’]|moi|mon|ma|mes|vous|io|mi[oa]|vi|"
    r"voi|eu|meu|minha|vocês|я|мне|мой|вам|вас|вы)\b",
    re.I,
)
_TELLS_ABROAD = re.compile(
    r"\b(?:había|era|eran|estaba|fue|tenía|dijo|miró|war|waren|hatte\w*|sagte\w*|ging|stand|sah|était|avait|fut|dit|regarda|"
    r"aveva|disse|guardò|tinha|estava|foi|olhou|был[аио]?|сказал\w*|ella|él|elle|lui|sie|er|ela|ele|он|она)\b",
    re.I,
)
_SPOKEN = re.compile(  # somebody in a story speaks
    r"\A[—–-]\s?[^\W\d_]|\A[\"“„«][^\"”»“]{1,300}[,.!?…–—-][\"”»“]|[,.!?…–—-][\"”»“]\s+(?:\w+\s+){0,2}(?:said|asked|replied|answered|whispered|yelled|muttered)\b|"
    r"\b(?:said|asked|replied|whispered|muttered|murmured)\s+(?!(?:that|if|me|to|for|in|I)\b)[A-Z]\w+[,.]?\s+[\"“„]"
)
_LETTER = re.compile(
    r"\b(?:if\s+you\s+(?:are\s+reading|can\s+read)|by\s+the\s+time\s+you\s+read|"
    r"i\s+am\s+writing\s+(?:this\s+)?(?:by|from|in))\b",
    re.I,
)
_HOUR = re.compile(r"\W*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b.{0,15}\Z")
_RIGHTS = re.compile(
    r"\b(?:prohibited|personal\s+use|all\s+rights\s+reserved|without\s+(?:the\s+)?(?:written\s+)?(?:consent|permission))\b|https?://",
    re.I,
)


def words_of_works(text: str) -> set[str]:
    """Of which kinds the words are that a text has for shows, books and stories as such."""
    words = _ENGLISH if _is_english(text) else _ABROAD
    return {found.lastgroup for found in words.finditer(text.lower()) if found.lastgroup}


@lru_cache(maxsize=256)  # asked of the same paragraphs several times
def _is_english(text: str) -> bool:
    return len(_IN_ENGLISH.findall(text)) * _OFTEN >= text.count(" ")


def is_foreword(texts: Sequence[str], *, above_title: bool = False, among_notes: bool = False) -> bool:
    """Whether paragraphs on top of a text are what its author says before the story.

    `above_title`: a title with its by-line stands below; `among_notes`: a header or a note stands above, and a heading
    or a rule below.
    """
    if not texts or len(texts) > MOST or sum(map(len, texts)) > LONGEST:
        return False
    if any(len(text) > _PARAGRAPH or _SPOKEN.search(text) for text in texts):
        return False
    texts = [text for text in texts if addresses(text) or not _RIGHTS.search(text)]
    whole = "\n".join(texts)
    if any(map(_HOUR.match, texts)):
        return False  # posts of readers
    if not any(map(_ENDS.search, texts)) or _LETTER.search(whole):
        return False
    now, tells = (len(words.findall(whole)) for words in _tenses(whole))
    if tells > now + 1 or not _are_said(texts):
        return False
    if above_title and now > tells and _is_english(whole):
        return True
    kinds = words_of_works(whole)  # which takes longest
    if greets(texts[0]):
        kinds.add("greeting")
    if any(map(is_legend, texts)):
        kinds.add("legend")
    return bool(kinds) if above_title or among_notes else len(kinds) > 1


def is_said(text: str) -> bool:
    """Whether what stands behind a label that nobody knows is said to the readers: `IMPORTANT: Please read …`"""
    if len(text) > _SAID_LENGTH and len(_SENTENCES.findall(text)) > 1 and not SAID.search(text):
        return True
    return len(text) > _SENTENCE and text[-1] in ".!)" and is_foreword([text], above_title=True)


def tells(text: str) -> int:
    """How often a text says what somebody else did, then."""
    return len(_tenses(text)[1].findall(text))


def _tenses(text: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words of somebody who speaks to somebody now, and of somebody who tells what others did."""
    return (_NOW, _TELLS) if _is_english(text) else (_NOW_ABROAD, _TELLS_ABROAD)


def _are_said(texts: Sequence[str]) -> bool:
    """Whether paragraphs may stand in a foreword: they speak to readers or of works, or are short. Of four between
    such one may be silent."""
    silent = [
        place
        for place, text in enumerate(texts)
        if len(text) > _SHORT and not addresses(text) and not words_of_works(text)
    ]
    if not silent:
        return True
    return len(silent) * _SILENT <= len(texts) and silent[0] > 0 and silent[-1] < len(texts) - 1


def above_title(nodes: Sequence[Node], titles: Collection[str]) -> list[int]:
    """The lines that the author says above a title: one that has a by-line right below it, one of `titles` (those that
    are stated already), or one that stands in capitals or in the middle as no other line does. None where there is no
    such title, or the story may have begun above it."""
    first = 0  # the line after the last by-line
    for index, node in enumerate(nodes[:_TOP]):
        if node.kind or not node.text:
            continue
        below = by_line_below(nodes, index)
        known = node.text.strip(' *_~-="').casefold() in titles
        sure = known or (bool(below) and nodes[below].gap <= 1)
        if (
            index > first
            and (node.gap or nodes[index - 1].kind)
            and is_title(node.text)
            and (sure or stands_apart(nodes, index))
        ):
            above = [place for place in range(first, index) if not nodes[place].kind]
            return above if above and _is_above_title(nodes, above, sure=sure) else []
        line = label_line(node.text)
        if is_by_line(node.text) or (line and line.strong and (_is_headers(line) or (first and index == first))):
            first = index + 1
        elif first == index and not node.gap and not nodes[index - 1].kind and index:
            first = index + 1  # the label's value goes on
    return []


def _is_headers(line: Line) -> bool:
    return bool(labels.HEADER_ONLY.intersection(line.label.names))


def _is_above_title(nodes: Sequence[Node], places: Sequence[int], *, sure: bool) -> bool:
    texts: list[str] = []
    for place in places:
        text = nodes[place].text
        if texts and not nodes[place].gap and _CUT[0] < len(nodes[place - 1].text) < _CUT[1]:
            texts[-1] += f" {text}"
        else:
            texts.append(text)
    return max(map(len, texts)) > _SENTENCE and is_foreword(texts, above_title=sure)
