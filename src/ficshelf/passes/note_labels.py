"""The labels of notes: `A/N:`, `Author's Note`, and those that count at the edges of chapters: `Recap`, `P.S.`"""

from __future__ import annotations

import re

_S = r"['’?\ufffd]"  # an apostrophe, or what is left of one
_CHAPTER = (
    r"(?:cap[ií]tulo|capitolo|chapitre|kapitel|chapter|story|hist[óo]ria|storia|fic|fanfic|части|главе|тексту|истории)"
)
_AUTHOR = r"(?:aut(?:ore|rice|eur|eure)s?|autor[ae]?s?|autor(?:in|s)|автора|авт\.?|переводчика|беты)"
_NAMES = (  # of notes, in the languages that labels are written in
    r"a\s?/\s?n\s?s?",
    r"[tp]/n",
    r"a\.n\.?",
    r"an",
    r"n/a",
    r"n\.?d\.?[ab]\.?",
    r"[анп]\s?/\s?[анп]",
    rf"(?:the\s+)?(?:author|authoress|writer|translator)(?:{_S}?(?:e?s)?{_S}?)?\s+"
    r"(?:(?:chapter|story|end|ending|closing|opening|final|quick|brief|long|random)\s+)?"
    r"(?:note|comment|babble|ramble|rambling|rant|corner|thought|word)s?",
    r"notes?\s+from\s+(?:the\s+)?(?:author|authoress|me)",
    r"note\s+to\s+(?:my\s+|the\s+)?readers?",
    rf"notes?\s+on\s+(?:the|this)\s+{_CHAPTER}",
    r"end\s+of\s+chapter\s+notes?",
    r"(?:beginning|end|opening|closing|story|beta)\s?notes?",
    r"chapter\s+(?:(?:end|closing|opening)\s+)?notes?",
    rf"(?:notes?|mots?|blablas?|coin|commentaires?)\s+(?:d(?:e\s+l)?{_S}\s?)?{_AUTHOR}",
    r"note\s+de\s+fin(?:\s+de\s+chapitre)?",
    rf"(?:not[ae]s?|palabras|coment[áa]rios?|cantinho|espaço)\s+(?:d(?:el?|as?|os?)\s+)?(?:l[ao]s?\s+)?{_AUTHOR}",
    rf"notas?\s+(?:iniciais|finais|iniciales|finales|inicial|final)(?:\s+d(?:o|a|el|e\s+la)\s+{_CHAPTER})?",
    rf"notas?\s+d(?:o|a|el|e\s+la)\s+{_CHAPTER}",
    rf"(?:not[ae]|(?:l{_S})?angol(?:o|ino)|spazio|commenti)\s+(?:dell{_S}\s?)?{_AUTHOR}",
    r"note\s+(?:finali|iniziali|conclusive|di\s+fine\s+capitolo|[as]ul?\s+capitolo)",
    rf"примечани[ея]\s+(?:{_AUTHOR}|к\s+{_CHAPTER})",
    rf"(?:прим|комментари[ий])\.?\s+{_AUTHOR}",
    r"авторск\w+\s+(?:примечани[ея]|комментари[ий])",
    r"от\s+автор(?:а|ов)",
    rf"(?:anm\.|anmerkung(?:en)?|kommentar|notiz(?:en)?|gelaber|geschwafel)(?:\s+d(?:e[rs]|\.)\s+{_AUTHOR})",
    r"anm(?:\.|erkung(?:en)?)(?:\s+zum\s+kapitel)?",
    r"autor(?:en|innen)?(?:notiz(?:en)?|kommentar|ecke|geschwafel)",
    r"kapitelnotiz(?:en)?",
    r"od\s+autor(?:a|ki)",
    r"noot\s+van\s+de\s+auteur",
    r"(?:作者)?(?:前言|后记|後記|后话)|作者的话|作者有[话話](?:要)?[说說]|写在(?:最)?[前后](?:面)?|あとがき|まえがき",
)
_REPLIES = (
    r"r\.?a\.?r\.?",
    r"(?:review|kommi|re-?kommi)s?[-\s]?antworten",
    r"re-?kommis",
    r"antworten\s+auf\s+(?:die|eure)\s+(?:reviews|kommis|kommentare)",
    r"réponses?\s+aux\s+(?:reviews|commentaires|revieweu(?:rs?|ses))",
    r"respuestas?\s+a\s+(?:los\s+)?(?:reviews|comentarios)",
    r"respostas?\s+(?:às|aos|as)\s+(?:reviews|comentários)",
    r"risposte\s+alle\s+recensioni",
    r"ответы\s+на\s+(?:отзывы|комментарии)",
    rf"review(?:er)?{_S}?s?\s+(?:replies|responses|corner|answers|thank\s?-?yous)",
    r"(?:replies|responses|answers|shout\s?-?outs?|thanks|thank\s?-?yous?)\s+to\s+(?:all\s+)?(?:(?:my|the|your)\s+)?"
    r"review(?:s|ers)",
)
_LABEL = re.compile(
    r"[\s\[({<*_~=\-–—|/\\.•#]*(?:an?\s+)?(?:(?:quick|short|brief|long|important|final|last|another|end(?:ing)?|closing|opening|"
    r"beginning|side|random|more|pre|post|small|little)[\s-]+){0,2}"
    rf"(?:{'|'.join((*_NAMES, *_REPLIES))})\s*(?:\d{{1,2}}\s*)?"
    r"[*_\])}>/]*\s*(?P<sign>[:：;\-–—)\].=~*]|$)",
    re.I,
)
_BEGINS = (  # most paragraphs begin with none of these
    "a/n", "a /", "a.n", "an", "n/a", "nda", "ndb", "n.d", "a quick", "a short", "a brief", "a long", "a final",
    "a last", "a small", "a little", "a side", "a random", "a note", "quick", "short", "brief", "long", "important",
    "final", "last", "another", "end", "closing", "opening", "beginning", "side", "random", "more", "pre", "post",
    "small", "little", "the author", "the writer", "the translator", "author", "writer", "translator", "note",
    "nota", "anm", "autor", "примеч", "от", "beta", "story", "chapter", "review", "repl", "respon", "answer",
    "shout", "thank", "t/n", "p/n", "а/н", "а /", "н/а", "н /", "п/а", "п /", "п/п", "mot", "blabla", "coin",
    "comment", "palabra", "coment", "cantinho", "espaço", "angol", "l'angol", "l’angol", "spazio", "прим", "коммент",
    "авторск", "ответ", "kommentar", "notiz", "gela", "geschw", "kapitelnot", "kommi", "re-", "rekommi", "réponse",
    "rar", "r.a.r", "respuesta", "resposta", "risposte", "od autor", "noot",
    "前言", "后记", "後記", "后话", "作者", "写在", "あと", "まえ",
)  # fmt: skip
_PAIRS = frozenset(begins[:2] for begins in _BEGINS)
_QUOTES = frozenset('"“”„«‘’')  # no label begins with one
_UNSIGNED = re.compile(
    r"[\[({<]\s*(?:(?:[Aa]\s?/\s?[Nn]|A\.N\.|AN)\b\s*[)\]}>]?\s*\S|[Aa]uthor['’?\ufffd]?s?['’?\ufffd]?\s+[Nn]otes?\b)"
)
_BARE = re.compile(r"[*_]{0,3}(?:[Aa]/[Nn]|[Aa]\.\s?[Nn]\.|[Aa]/[Nn]s|[AT]/N\d)\s+\S")  # nothing else begins so
OPENING = frozenset("([{<")
_EDGE_LABEL = re.compile(
    r"[\s\[({<*_~=\-–—|]*(?:notes?|disclaimers?|warnings?|thanks|beta|feedback|dedication|p\.?\s?s\.?|"
    r"nb|n\.b\.|translations?|glossary|reviews?|credits|lyrics|song|timeline|spoilers?|soundtrack|prompt|next\s+up|coming\s+(?:up|soon)|"
    r"(?:in\s+the\s+)?next\s+(?:time|chapter|episode)(?:\s+(?:on|in)\s+[^:.!?\n]{1,60})?|preview|teaser|poll|qotd|"
    r"fußnoten?|übersetzung(?:en)?|traductions?|glossaire|дисклеймер|предупреждени[ея]|haftungsausschluss|"
    r"avertissements?|disclamer|warnung(?:en)?|aviso|avviso|примечани[ея]|anmerkung(?:en)?|notas?|vorwort|nachwort|"
    r"pr[ée]ambule|pre[áa]mbulo|preamble|préface|prefacio|prefácio|prefazione|premessa|avant-propos|foreword|afterword|"
    r"postface|предисловие|послесловие|"
    r"tag\s?list|legende?|key|leyenda|légende|legenda)"
    r"\s*[*_\])}>]*\s*:",
    re.I,
)
_EDGE_DASHED = re.compile(
    r"[\[({<*_~ ]*(?:Notes?|NOTES?|Warnings?|WARNINGS?|Disclaimers?|DISCLAIMERS?)\s[-–—]{1,2}\s+\S"
)
_DASHED_BEGINS = frozenset("[({<*_~NWD")
_EDGE_LINE = re.compile(
    r"[\W_]*(?:enjoy(?:\s+(?:the\s+(?:chapter|story|fic)|it|this\s+one))?(?:,?\s+(?:guys|everyone|everybody|all))?|happy\s+reading|"
    r"(?:and\s+|so\s+)?(?:now,?\s+)?on(?:ward)?,?\s+(?:with|to)\s+the\s+(?:\w+\s+)?(?:story|fic|chapter)|"
    r"(?:i\s+)?hope\s+(?:that\s+)?you\s+(?:all\s+|guys\s+)?(?:like|enjoy)(?:ed)?\s+(?:it|this(?:\s+one)?|the\s+(?:chapter|story|fic))|"
    r"read(?:\s+and|,|\s*&)\s+enjoy\b.{0,20}|r\s?(?:&|n|/|and)\s?r\b.{0,25}|(?:please,?\s+)?(?:read\s+(?:and|&)\s+)?review(?:,?\s+(?:please|guys|people|everyone))?|"
    r"please,?\s+r\s?&\s?r|reviews?\b[^.!?]{0,20}[?!]+(?:\s+please)?|thank(?:s|\s+you)\s+(?:all\s+|so\s+much\s+)?for\s+reading|"
    r"(?:tell\s+me|let\s+me\s+know)\s+what\s+you\s+(?:think|thought)|so\W+what\s+did\s+you(?:\s+guys)?\s+think|"
    r"next\s+(?:chapter|update|part)\s+(?:(?:is\s+|coming\s+)?(?:up\s+)?(?:very\s+)?soon|tomorrow|on\s+\w+day)(?:,?\s+i\s+promise)?|(?:until|till|see\s+you)\s+(?:the\s+)?next\s+chapter|"
    r"(?:and\s+)?here(?:['’]s|\s+(?:is|we\s+go)),?\s+(?:the\s+)?(?:\w+\s+)?chapter(?:\s+\w+)?|"
    r"don['’]?t\s+forget\s+to\s+review|(?:so|ok(?:ay)?|and|but|now|well)?[\s,.]*(?:enough\s+(?:rambling|babbling|of\s+my\s+rambling)|on\s+with\s+the\s+show)|"
    r"set\s+(?:\w+\s+)?(?:after|before|during|between)\s+[^.!?\n]{1,40}|viel\s+spa(?:ß|ss)(?:\s+(?:beim\s+lesen|euch|damit))?|bonne\s+lecture(?:\s+à\s+tou(?:te)?s)?|buona\s+lettura(?:\s+a\s+tutt[ie])?|boa\s+leitura|"
    r"(?:que\s+)?disfr[uú]ten(?:lo)?|buena\s+lectura|приятного\s+(?:про)?чтения|miłego\s+czytania|veel\s+leesplezier|"
    r"reviews?\s+(?:are|is|=)\s+\w+(?:\s+\w+)?|feedback\s+(?:is|=)\s+\w+|more\s+(?:very\s+)?soon)[\W_]*",
    re.I,
)
_RECAP = re.compile(
    r"[\s\[({<*_~=\-–—|]*(?:previously(?:\s+(?:on|in)\s[^:.!?\n]{1,60})?|last\s+(?:time|chapter|episode)(?:\s+(?:on|in)\s"
    r"[^:.!?\n]{1,60})?|in\s+the\s+(?:last|previous)\s+chapter|recap|the\s+story\s+so\s+far|was\s+bisher\s+geschah|"
    r"précédemment|zuletzt)\s*[*_\])}>~=-]*\s*(?P<sign>:|\.\.\.|…|$)",
    re.I,
)
_TEASER = re.compile(
    r"[\s\[({<*_~=\-–—|]*(?:(?:in\s+the\s+)?next\s+(?:time|chapter|episode)(?:\s+(?:on|in)\s+[^:.!?\n]{1,60})?|coming\s+up|"
    r"preview|teaser)\s*[*_\])}>~=-]*\s*(?::|\.\.\.|…|$)",
    re.I,
)
_LIST_LABEL = re.compile(
    r"[\s\[({<*_~=\-–—|]*(?:(?:japanese|elvish|german|french|spanish|latin|word)\s+)?(?:translations?|glossary|vocabulary|"
    r"dictionary|footnotes?|references|(?:fic\s+)?rec(?:s|ommendations)(?:\s+(?:of|for)\s+[\w ]{1,20})?|fußnoten?|"
    r"übersetzung(?:en)?|traductions?|glossaire|traducciones|glosario)\s*[*_\])}>~=-]*\s*:?",
    re.I,
)
_ENTRY = re.compile(r"[-*•]\s+\S|\S.{0,40}?\s*(?:[-–—=:]|\bmeans\b)\s*\S|[*†]+\s?\S|[\[(]?\d{1,2}[\])., ]\s*\S")
_LONGEST_LEAVE = 90  # characters of a line that takes leave
_LAST_SENTENCE = re.compile(r"(?<=[.!?…])\s+[^.!?…\n]{2,58}[.!?…\W]*\Z")
_LEAVES = re.compile(
    r"[\W_]*(?:[\w’',]{1,12}\s+){0,5}(?:i(?:['’]ll|\s+will)?\s+leave\s+you\s+(?:with|to)|je\s+vous\s+laisse\s+(?:avec|lire|à)|"
    r"(?:l[oe]s|os)\s+dejo\s+(?:con|leer)|vi\s+lascio\s+(?:con|al?l?a?|leggere)|deixo\s+vocês\s+(?:com|ler)|"
    r"genug\s+(?:geredet|geschwafelt|gelabert|der\s+vorrede))\b[^.?\n]{0,40}[.!\W]*",
    re.I,
)
_LEGEND = re.compile(  # `//...// thoughts`, `[ ] means Luna talking`, `'blah' = thinking`
    r"[^\w\s]{1,4}?\s?(?P<sample>[\w.…]{0,20}(?:\s[\w.…]{1,12}){0,2})\s?[^\w\s]{1,4}\s*(?P<sign>[=:,–—-]|is\b|are\b|means?\b|for\b)?\s*"
    r"(?P<says>\w[\w' /,-]{3,70})[.)]?|(?:italics?|bold|underlined?|capitals|caps|"
    r"(?:(?:single|double|forward|back|square|curly|angled?|round) ){0,2}(?:quotes|quotation marks|slash(?:es)?|"
    r"brackets|asterisks|stars|tildes)(?: ?\([^()\w]{1,9}\))?)\s*(?:[=:–—-]|is\b|are\b|means?\b)\s*"
    r"(?P<said>[\w' /,-]{4,70})[.)]?",
    re.I,
)
_SIGNIFIED = re.compile(
    r"\b(?:thoughts|thinking|speech|speaking|speaks|said|talk(?:ing|s)?|flash\s?backs?|telepath\w+|mind\w*|dreams?|lyrics?|"
    r"emphasi[sz]\w*|scenes?|pov|languages?|parsel\w*|japanese|english|german|french|elvish|means?|song|sounds?|memor\w+|"
    r"gedanken|denken|sprechen|pensées?|paroles|pensamientos?|pensamentos?|pensieri|мысли|речь)\b",
    re.I,
)
_SHOWN = re.compile(  # `'Thinking'`, `" " = talking`, `Summons talking: "Like this"`
    r"[^\w\s.!?]{1,4}\s?(?:thinking|thoughts|speaking|talking|speech|telepathy|mind\s?speech|denken|sprechen|gedanken|pensées|"
    r"diálogos?|pensamientos?|pensieri|мысли)\s?[^\w\s.!?]{1,4}|"
    r"(?P<open>[\"“„«‘'])[\w\s.…]{0,20}[\"”“»’']\s*[=:–—-]+\s*(?P<says>\w[\w' /,-]{3,50})|"
    r"(?P<label>\w[\w'/ ]{3,40})\s?[:=]\s*(?P<sign>[\"“„«‘'*_/<\[~(])[^\"”\n]{1,60}[\"”“»’'*_/>\]~)]+",
    re.I,
)
_BRACKETED = re.compile(r"[(\[{<]\s*(?:[(\[{<]|a\s?/\s?n|an\b|(?:an?\s+)?(?:\w+\s+)?author['’]?s?['’]?\s+note)", re.I)


def is_labelled(text: str) -> bool:
    """Whether a paragraph opens with the label of a note: `A/N:`, `(Author's Note: …`."""
    first = text[:1]
    if first in _QUOTES or (first.isalpha() and text[:2].lower() not in _PAIRS):
        return False  # most paragraphs
    if (first in OPENING and _UNSIGNED.match(text)) or _BARE.match(text):
        return True
    if first.isalpha() and not text[:12].lower().startswith(_BEGINS):
        return False
    found = _LABEL.match(text)
    if not found:
        return False
    label = found[0].strip(" \t[({<*_~=-–—|/\\.•#:;)]")
    if label.lower() in ("an", "rar"):
        return found["sign"] == ":" or (label.isupper() and found["sign"] in (";", ")", "]", "-", "–", "—"))
    if found["sign"] in ("-", "–", "—", ".", "~", "*", "=", "/"):
        return label[0].isupper() or label.lower().startswith("a/n") or text[0] in "([{"
    return found["sign"] != "" or len(text) < 40


def is_label_alone(text: str) -> bool:
    """Whether a label is all that stands in a paragraph."""
    found = _LABEL.match(text)
    return found is not None and not text[found.end() :].strip(" *_:[](){}<>~=-–—.")


def is_recap(text: str) -> bool:
    """`Previously:`, `Last time on …`: what happened in the chapters before."""
    return len(text) < 2000 and _RECAP.match(text) is not None


def is_recap_label(text: str) -> bool:
    """Whether nothing stands behind the label of a recap."""
    found = _RECAP.match(text) if len(text) < 100 else None
    return found is not None and not text[found.end() :].strip(" *_:[](){}<>~=-–—.…")


def is_teaser_label(text: str) -> bool:
    """`Next time:` alone: what follows is of another chapter."""
    found = _TEASER.match(text) if len(text) < 100 else None
    return found is not None and not text[found.end() :].strip(" *_:[](){}<>~=-–—.…")


def is_list_label(text: str) -> bool:
    """`Translations:` alone, above a list of words."""
    return len(text) < 60 and _LIST_LABEL.fullmatch(text) is not None


def is_entry(text: str) -> bool:
    """A line of a list of words or footnotes: `baka - fool`, `[1] In Latin.`"""
    return len(text) < 300 and _ENTRY.match(text) is not None


def is_legend(text: str) -> bool:
    """A line that tells what a sign in the text stands for: `//...// thoughts`."""
    if len(text) < 110 and (shown := _SHOWN.fullmatch(text)):
        named = shown["says"] or shown["label"]
        return not named or _SIGNIFIED.search(named) is not None
    if not 6 < len(text) < 110 or text[:1] in '"“”' or not (found := _LEGEND.fullmatch(text)):
        return False
    if found["says"] and not found["sample"] and not found["sign"]:
        return False  # `~~~ Flashback`
    return _SIGNIFIED.search(found["says"] or found["said"]) is not None


def is_edge_label(text: str) -> bool:
    """Whether a paragraph opens with a label that counts at the edge of a chapter: `Note:`, `Notes - `, `Warning:`."""
    if ":" in text[:120] and _EDGE_LABEL.match(text) is not None:
        return True
    return text[:1] in _DASHED_BEGINS and _EDGE_DASHED.match(text) is not None


def is_edge_label_alone(text: str) -> bool:
    """Whether nothing but such a label stands in a paragraph, with or without its colon."""
    found = _EDGE_LABEL.match(f"{text.rstrip(' *_:')}:") if len(text) < 40 else None
    return found is not None and found.end() >= len(text.rstrip(" *_:"))


def is_edge_line(text: str) -> bool:
    """Whether a line is one that authors put above or below a chapter: `Enjoy!`, `On with the story!`, `R&R!`"""
    return len(text) < 60 and _EDGE_LINE.fullmatch(text) is not None


def ends_a_note(text: str) -> bool:
    """Whether a paragraph ends with such a line, or takes leave: `So that's all. Enjoy the chapter!`, `Je vous laisse
    avec Neville!`"""
    if _LEAVES.fullmatch(text[-_LONGEST_LEAVE:]):
        return len(text) <= _LONGEST_LEAVE
    last = _LAST_SENTENCE.search(text[-_LONGEST_LEAVE:])
    said = last[0].strip() if last else text
    return is_edge_line(said) and not said.lower().startswith("set ")  # after which episode, says a header as well


def opens_bracket(text: str) -> bool:
    """Whether a labelled note stands in brackets."""
    return bool(_BRACKETED.match(text))
