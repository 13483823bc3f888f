"""Lines of a site below a story, known by their form: who speaks in them, to whom, and how they are built.

`site_words` knows the words of archives' programs; here are the lines of sites that nobody has listed. A site speaks of
its pages and of its readers, names the story and its author as a stranger does, counts, dates and points; it says no I.
Such forms say something only where the story has ended: `site_foot` decides where that is.
"""

from __future__ import annotations

import re

from ficshelf.passes import mail_footers
from ficshelf.passes.author_voice import strength
from ficshelf.passes.note_labels import is_edge_label, is_edge_line, is_entry, is_labelled
from ficshelf.passes.note_places import is_signed
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.site_words import Sure, sureness

_LONGEST = 320  # characters of a line that a site says
_SHORT = 60  # characters of a line that leads somewhere
_PIECE = 40  # characters of a piece of a row
_NAME = 4  # letters of an author's name that is looked for
_I = re.compile(
    r"\b(?:I|I['’](?:m|ve|ll|d)|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Ii]ch|[Mm]ein\w*|[Jj]e|[Mm]es|[Mm]on|[Mm]i|[Yy]o|[Ii]o)\b"
)
_QUOTES = frozenset('"“„')
_SAYS = re.compile(r"[.!?…\"”]$")
_BARS = re.compile(r"\s*[|•·¦]\s*|\s+[»«~]\s+|\s*\]\s*[-–—|]?\s*\[\s*")
_ARROW = re.compile(
    r"(?:[←«‹❮◄◀⟵]|<{1,3}(?=[\s-])|<-+)\s*\S[^\n]{0,90}|[^\n]{1,90}\S\s*(?:[→»›❯►▶⟶]|(?<=\s)>{1,3}|-+>)"
)
_QUOTED = re.compile(r"«[^«»\n]*(?:[.,?!…]\s*»|»\s?[,.]|» [^\W\dA-ZÀ-ÞА-Я_])")  # speech, and no arrows
_CAMEL = re.compile(r"(?<!\S)(?:[A-Z][a-z]+){3,}(?!\S)")  # names of pages that have lost the blanks between them
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+>?|\S+-(?:un)?subscribe@\S+", re.I)
_DATE = re.compile(
    r"\d\d?[/.-]\d\d?[/.-]\d\d|\b(?:19|20)\d\d\b|\b\d\d?:\d\d\b|\b\d+ (?:years?|months?|weeks?|days?|hours?) ago\b"
)
_DATED = re.compile(
    r"\W*(?:(?:this )?(?:page |site |story |file )?(?:was )?last (?:updated|modified|edited|changed|revised|visited)|"
    r"(?:(?:story |page |site )?(?:(?:re-?)?posted|published|uploaded|submitted|archived|edited|created|updated|"
    r"revised|added|filed))"
    r"(?=\s*(?:on|at|by|in|from|:|date|\d|\w+day|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))|up since|"
    r"online since|stand|letzte änderung|zuletzt (?:geändert|aktualisiert)|dernière (?:mise à jour|modification)|"
    r"mis en ligne|"
    r"última (?:actualización|atualização|modificación)|ultimo aggiornamento|последнее (?:обновление|изменение)|"
    r"опубликовано|"
    r"обновлено|добавлено)\b",
    re.I,
)
_OF_PAGE = re.compile(
    r"\W*(?:this|diese|cette|esta|questa|эта) (?:[\w' ]{0,40} )?(?:web\s?)?(?:seite|página|pagina|страница|"
    r"web\s?ring|page|site|archive|entry|blog|post|doc(?:ument)?|e-?book|e-?text|file|message|mail|text|community|"
    r"journal|thread|"
    r"topic|forum|group|list|item|board)\b[^.!?\n]{0,40}\b(?:is|was|were|are|has|have|may|can|contains|wurde|fue|"
    r"ha sido|foi|è stata|была|est|(?:un)?subscribe\w*|"
    r"(?:hosted|maintained|owned|created|designed|made|updated|generated|posted|filed|tagged|published|"
    r"protected) by)\b|"
    r"\W*(?:this|the) (?:story|fic|fan\s?fic(?:tion)?|work|chapter) (?:is |was |has been |"
    r"can be )?(?:archived (?:at|on|in)|hosted (?:at|by|on)|"
    r"complete[.]?$|(?:viewed|read|visited) \d|(?:posted|filed|found) (?:at|in|under)\b|in progress[.]?$)",
    re.I,
)
_TO_READER = re.compile(
    r"\W*(?:hey\W+)?que tal deixar um comentário\b|[^\n]{0,60}where stories live\W+discover now|"
    r"\W*(?:para comentar|para dejar|per recensire|pour (?:laisser|poster)|um (?:reviews?|kommentare?)|usted debe|"
    r"чтобы оставить)\b[^\n]{0,80}\b(?:cadastr|entr[ae]|log\s?in|registr|connect|inscri|einloggen|anmelden|inici|"
    r"войдите|зарегистр)|"
    r"\W*(?:you(?: have|['’]ve)? reached the end\b|you (?:must|need to|have to|may|can|are not|are currently|"
    r"cannot|can't)\b[^\n]{0,60}"
    r"\b(?:new topics|to topics|your posts|log\s?(?:ged\s)?in|login|register(?:ed)?|registered|account|"
    r"sign(?:ed)?\s(?:in|up)|rss|track\s?backs?|responses?|post (?:a )?comments?)\b|"
    r"(?:please |log ?in |sign ?in )?(?:login|log in|sign in|sign up|register)(?: or \w+(?: \w+)?)? to \w+|"
    r"all times are\b|users browsing\b|joined: |there (?:is|are) \d+ \w+ (?:for|on|to|in|of)\b|du musst (?:dich|"
    r"ein|an|registr)|"
    r"vous devez (?:être|vous)\b|(?:debes|tienes que) (?:estar|iniciar|registr)|devi (?:essere|effettuare|registr)|"
    r"você (?:precisa|deve)\b|"
    r"only (?:registered|logged)[- ](?:in )?(?:users|members)\b|comments? (?:are|is) (?:closed|off|disabled|"
    r"screened|moderated)\b|"
    r"both comments and pings\b|responses are currently\b|no (?:comments|reviews|responses)(?: yet|"
    r" so far)?\b[^!?\n]{0,40}$|"
    r"be the first to (?:comment|review|like)\b|if you (?:have )?(?:enjoyed|liked|like|"
    r"enjoy) this\b[^!?\n]{0,60}\b(?:subscribe|"
    r"you (?:may|might)|check out|send feedback to|please (?:consider|let))|"
    r"(?:get|create|build|make|start) (?:your|a) (?:own )?(?:free|private|web|home|site|blog|own)\b|"
    r"free (?:web ?hosting|home ?pages?|"
    r"guest ?books?|counters?|web ?sites?|e-?mail|domain)\b|bookmark the permalink|want (?:your|a) (?:own|free)\b)",
    re.I,
)
_MADE_BY = re.compile(
    r"\b(?:hosted|powered|sponsored|generated|designed|maintained|provided) by\b|\b(?:site|page|web|layout|theme|"
    r"skin|graphics?|design|"
    r"css|template|webmaster|webmistress) (?:by|design|©|:)|\b(?:site|page) (?:is )?(?:owned|created|run|"
    r"copyright)\b|"
    r"\bbest viewed (?:in|at|with)\b|\ball rights reserved\b|\brespective (?:owners|authors|creators)\b|"
    r"\bthis site\b|"
    r"\bloading(?:\.\.|…)",
    re.I,
)
_COUNTED = re.compile(
    r"\W*\d[\d,.]* (?:thoughts?|responses?|replies|comments?|reviews?|réponses?|commentaires?|antworten|gedanken|"
    r"kommentare|comentarios|"
    r"comentários|risposte|commenti|комментари\w+|отзыв\w*) (?:on|to|for|so far|about|à|sur|zu|auf|en|a|em|su|к)\b|"
    r"\W*one (?:thought|response|comment|reply) (?:on|to|so far)\b|"
    r"[^\n]{0,200}\b\d[\d,.]* (?:other |more )?(?:people|guests?|users?|readers?|others|members|bloggers?|"
    r"anonymous users) (?:\w+ )?"
    r"(?:likes?|liked|left|fav\w*|follow\w*|reacted|bookmarked|viewing|browsing|reading|found|gave|voted|"
    r"reblogged)\b|"
    r"[^\n]{0,60}\b(?:visitors?|visits?|hits?|besucher|visiteurs?|visitantes?|visitatori|visitas|page views?|"
    r"guests?)\b[^a-z\n]{0,20}"
    r"(?:number |no\.? |nr\.? |since |seit |depuis |desde |dal )?[^a-z\n]{0,10}\d{3,}|"
    r"[^\n]{0,40}\b(?:visitors?|besucher|visiteurs?|visitantes?|visitatori|counter)\b[^\n]{0,30}\b(?:since|seit|"
    r"depuis|desde|dal)\b|"
    r"\W*\d[\d,.]* (?:characters?|words?|zeichen) (?:remaining|left|max)|\W*\(\d+ characters? max",
    re.I,
)
_FILED = re.compile(
    r"\W*(?:tags?|labels?|tagged(?: with| as)?|filed(?: under| in)?|posted in|categor(?:y|ies)|topics?|keywords?|"
    r"share(?: this| on| with)?|"
    r"sharing|like this|related(?: posts| stories)?|see also|(?:current )?(?:mood|music|location)|e-?mail this|"
    r"permalink|"
    r"trackback(?: url)?|previous(?: (?:post|story|chapter|part))?|next(?: (?:post|story|chapter|part))?|newer|"
    r"older|actions|navigation|"
    r"schlagw[oö]rte[r]?|stichworte|mots[- ]cl[eé]s|étiquettes|etiquetas|marcadores|метки|теги|categorie|etichette|"
    r"partager|compartir|"
    r"compartilhar|condividi|поделиться|teilen(?: mit)?|weitersagen)\s*:\s*\S",
    re.I,
)
_ASKED = re.compile(  # what a site asks of readers about an author, whom it names
    r"\b(?:feed\s?back|e-?mail|write|contact|comments?|reviews?|let|tell|send|more|other|stories|fics?|profile|"
    r"page|favou?rites?|by|end|"
    r"report|complete|rate|vote|print|download|chapters?|return|back|visit|©|copyright)\b",
    re.I,
)
_TELLS = re.compile(r"\b(?:was|were|had|did|said|[Ss]?[Hh]e|[Tt]hey|[Hh]is|[Hh]er|[Hh]im|[Tt]heir|[Tt]hem)\b")
_LEADS = re.compile(
    r"\W*(?:(?:go |click (?:here )?(?:to )?)?(?:back|return|forward|onward|on|continue|proceed)(?: on)? to|"
    r"(?:zurück|weiter) zu[rm]?|"
    r"retour (?:à|au|aux|vers)|volver al?|torna (?:a|al|alla|all['’])|voltar (?:a|ao|à|para)|вернуться (?:к|в|на)|"
    r"(?:e-?mail|mail|write(?: to)?|contact|sign|view|visit|read|join|see|browse|search|send|leave|post|add|submit|"
    r"report|print|"
    r"download|share|bookmark|follow|subscribe(?: to)?|log|register|click|rate|more|other|next|previous|prev|up|"
    r"top|skip|jump))\b",
    re.I,
)
_BACK_TO_NAME = re.compile(r"\W*(?i:(?:go )?back|return|onward|continue|proceed) (?i:to (?:the |my )?)[A-Z0-9\"“]")
_RIGHTS = re.compile(r"\W*(?:©|\(c\)|copyright\b|content ©)", re.I)
_SITES_RIGHTS = re.compile(r"[^\n.!?]{0,60}(?:©|\(c\)|copyright)\s*(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d\b", re.I)
_HASH_TAGS = re.compile(r"(?:#[^\W\d_][^#\n]{1,50}){2,}")
_CALLED = re.compile(
    r"(?:[^\n@:]{0,24}\btag(?:ged|ging)?\b[^\n@:]{0,24}:?\s*)?(?:@[\w.-]{2,40}[\s,;]*){2,}|"
    r"tag(?:ged|ging)?[\s-]?list\s*:?\s*@[\w.-]+",
    re.I,
)
_PAGE = re.compile(r"\b(?:(?:web|home)?\s?pages?|(?:web)?sites?|archives?|links?|click)\b", re.I)
_HAS = re.compile(  # what sites have, and what their visitors do
    r"\b(?:(?:web|home)?\s?pages?|(?:web)?sites?|archives?|links?|click\w*|e-?mail\w*|mail(?=\s(?:it|me|us|the)\b)|fans|"
    r"fan\s?fiction|fiction|fan\s?fics?|pictures|music|previews|guestbooks?|updat\w+|visitors?|banners?|browsers?|downloads?|"
    r"members?|mirrors?|stories|episodes?|bios|free|welcome|join|sign|chat|message board|mailing list|authors?|"
    r"comments|webmistress|webmaster|graphics|view|notified)\b",
    re.I,
)
_WAS = re.compile(r"\b(?:was|were|had|did|said|[Ss]?[Hh]e|[Hh]is|[Hh]er|[Hh]im)\b")
_OF_STORY = re.compile(r"\b(?:this|my|the) (?:\w+ )?(?:story|fic|fanfic|tale|chapter|part)\b", re.I)
_LIST_OF_PARTS = re.compile(r"1\.\s?\S[^\n]{0,80}?\D2\.\s?\S[^\n]{0,80}?\D3\.\s?\S")
_PAGES = re.compile(r"(?:\d{1,3}\s+){2,}(?:(?:…|\.\.\.)\s+)?(?:\d{1,4}\s+)?(?:next|last|›|»|>)\W*", re.I)
_REQUIRED = re.compile(
    r"\W{0,3}(?:=\s*)?(?:required|optional) fields?\b[^\n]{0,60}|[^\n.!?]{0,40}\bmembers?\W+log\s?in\W*", re.I
)


def form(text: str, names: tuple[str, ...] = ()) -> Sure:
    """How sure it is that a line below the end of a story is its site's. `names`: the story's title, its author."""
    if not text or len(text) > _LONGEST or TOLD.search(text):
        return Sure.NOT
    if is_edge_line(text) or is_labelled(text) or is_signed(text) or (text[0] in _QUOTES and SAID.match(text)):
        return Sure.NOT
    if "»" in text and _QUOTED.search(text):
        return Sure.NOT
    known = sureness(text)
    if known >= Sure.AT_EDGES:
        return known
    if _is_filled_in(text):
        return Sure.AT_EDGES
    if mail_footers.is_of_a_list(text) or _ADDRESS.fullmatch(text) or _is_row(text) or _CAMEL.search(text):
        return Sure.AT_EDGES
    own = is_own(text)
    if (
        _COUNTED.match(text)
        or (not own and _TO_READER.match(text))
        or (_MADE_BY.search(text) and not _thanks(text) and not _TELLS.search(text))
    ):
        return Sure.AT_EDGES
    if not own and _speaks_of_page(text, names):
        return Sure.AT_EDGES
    if is_edge_label(text) or (is_entry(text) and not _LEADS.match(text)):
        return known
    return max(known, _in_company(text, own=own))


def _is_filled_in(text: str) -> bool:
    """Rows that a program fills in: tags and members' names, pages and parts to go to, a form's fields, its rights."""
    if text[0] == "#" and _HASH_TAGS.fullmatch(text):
        return True
    if "@" in text and _CALLED.fullmatch(text):
        return True
    if text[0].isdigit() and (_LIST_OF_PARTS.match(text) or _PAGES.fullmatch(text)):
        return True
    return (_SITES_RIGHTS.match(text) is not None and not is_own(text)) or _REQUIRED.fullmatch(text) is not None


def presents(text: str) -> bool:
    """Whether a site says in a sentence above a story what it has and what its visitors may do; no author of this one
    story says so."""
    if len(text) > 2 * _LONGEST or _WAS.search(text) or SAID.search(text) or _OF_STORY.search(text):
        return False
    said = {found[0].lower().rstrip("s") for found in _HAS.finditer(text)}
    if len(said) >= 3:
        return _PAGE.search(text) is not None or not is_own(text)
    return len(said) == 2 and not is_own(text) and _PAGE.search(text) is not None


def is_own(text: str) -> bool:
    """Whether somebody says I or we in a line."""
    return _I.search(text) is not None


def tells(text: str) -> bool:
    """Whether a line tells of people, in the past."""
    return _TELLS.search(text) is not None


def says_sentence(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return _SAYS.search(text) is not None


def _is_row(text: str) -> bool:
    """Pieces with bars between them, none of which is a sentence: `Rings | Mail Kerry | Guestbook`."""
    if "hank" in text:  # `Thanks to Dot | Jo | Mim`
        return False
    pieces = [piece for piece in _BARS.split(text.strip("[](){}<>*~|-_ ")) if piece]
    if len(pieces) < 2 or not all(any(map(str.isalpha, piece)) for piece in pieces):
        return False
    return max(map(len, pieces)) <= _PIECE and not any(piece[-1] in ".?…,;" for piece in pieces)


def _thanks(text: str) -> bool:
    return strength(text).strong > 0


def _speaks_of_page(text: str, names: tuple[str, ...]) -> bool:
    """A line in which nobody says I, and that speaks of the page, or of the story and its author as a stranger does."""
    if _OF_PAGE.match(text) or (text[-1] not in "!?" and _FILED.match(text)):
        return True
    if _DATED.match(text) and len(text) <= 2 * _SHORT and _DATE.search(text):
        return True
    if len(text) <= 2 * _SHORT and _ARROW.fullmatch(text):
        return True
    if len(text) > 2 * _SHORT or text[-1] == "!" or text.strip(" -–—~*_") in names or _TELLS.search(text):
        return False
    return any(len(name) >= _NAME and name in text for name in names) and _ASKED.search(text) is not None


def _in_company(text: str, *, own: bool) -> Sure:
    """What only beside a site's own lines may be one: what leads somewhere, a few words, whose a page is."""
    if len(text) <= _SHORT and not _SAYS.search(text):
        return Sure.AT_EDGES if _BACK_TO_NAME.match(text) else Sure.IN_COMPANY
    if own or strength(text).strong > (text[-1] == "?") or text[-1] == "!":
        return Sure.NOT
    titled = [word for word in text.split() if word[0].isalpha() and len(word) > 3]
    if len(titled) >= 4 and not _SAYS.search(text) and all(word[0].isupper() for word in titled):
        return Sure.IN_COMPANY
    return Sure.IN_COMPANY if says_whose(text) or len(text) <= 2 * _SHORT else Sure.NOT


def says_whose(text: str) -> bool:
    """Whether a line says who has the rights in a page: `© 2004 The Boathouse`."""
    return _RIGHTS.match(text) is not None
