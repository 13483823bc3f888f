"""How an author sounds who speaks to readers without a label: greetings, begging, delays, faces, words of the net.

`strength` weighs one paragraph; `notes` decides where how much is enough. A narrator, a letter and a diary say I and
you, thank and are sorry too: that alone is never strong.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf.passes.note_labels import is_edge_label, is_edge_line, is_legend
from ficshelf.passes.note_words import HEARD, LIKELY, SURE, TOLD, WEAK, count, may_name_a_story
from ficshelf.passes.remembered import remembered

_SHORT = 160  # characters of a paragraph that may speak without saying I or you
LONGEST = 3000  # characters that a paragraph of a note may have
# Most patterns below are for text in small letters: so they are many times as fast as with `re.I`.
_GREETS = re.compile(
    r"[\W_]*(?:(?:ok(?:ay)?|so|well|ack|gah|um+|yay|wow)\b[\W_]*)?(?:"
    r"(?:hi+|hey+|hello|hiya|heya|yo|greetings|konnichi\s?wa|ohayo|welcome)[\W_]+(?:(?:back|again|to)[\W_]+){0,2}(?:all|everyone|"
    r"everybody|guys|folks|peeps|people|minna\S*|readers?|y['’]?all|lovelies|dears|my\s+(?:\w+\s+)?(?:readers|lovelies|"
    r"darlings|friends|peeps)|dear\s+readers?)|"
    r"(?:hallo|hi|hey|huhu|moin|halli\s?hallo|hallöchen|servus)[\W_]+(?:ihr\b|leute|zusammen|allerseits|alle\b|an\s+alle|"
    r"meine\s+(?:lieben|leser)|liebe\s+leser)|ihr\s+lieben|liebe\s+leser\w*|"
    r"(?:coucou|bonjour|salut|hello|kikoo|bonsoir|hey)[\W_]+(?:tout\s+le\s+monde|à\s+tou(?:te)?s|les\s+(?:gens|amis|filles)|"
    r"mes\s+\w+|lecteurs|lectrices)|me\s+(?:re)?voi(?:ci|l[aà])|"
    r"(?:hola+|wolas|buenas|holis)[\W_]+(?:a\s+tod[oa@x]s|gente|chic[oa@]s|lector\w+|de\s+nuevo|mis\s+\w+)|"
    r"(?:ciao|salve|buongiorno|buonasera|hola)[\W_]+(?:a\s+tutt[ie]|ragazz[ie]|gente|lettori|di\s+nuovo)|r?i?eccomi\b|"
    r"(?:happy|merry|good|hi|hey|hello|well|ok(?:ay)?|so|thanks?|thank\s+you)\b[^.!?\n\"“]{0,30},\s(?:everyone|everybody|all|guys|folks|peeps|minna|people|y['’]all)\s*[!~:]|"
    r"(?:hi+|hey+|hello+)[\W_]+(?:remember\s+me\s*\?|(?:i['’]?m|we['’]?re|guess\s+who['’]?s)\s+back\b|(?:yes|yep|no),?\s+i['’]?m\s+(?:still\s+)?(?:alive|not\s+dead))|"
    r"(?:hi+|hey+|hello)[\W_]+(?:besties|babes|loves|fam|lads|ladies|my\s+loves)\b|"
    r"(?:oi+e?|ol[aá]|hey|e\s+aí)[\W_]+(?:gente|pessoal|pessoas|povo|galera|minha\s+gente|a\s+tod[oa]s|leitor\w*|meus\s+\w+|amores)|"
    r"(?:gente|pessoal|galera)[,!]|"
    r"всем\s+(?:привет|здравствуйте|доброго)|привет\w*[\W_]+(?:всем|народ|дорогие|читател\w+)|"
    r"здравствуйте[\W_]+(?:дорогие|читатели|все)|дорогие\s+(?:читатели|мои|друзья)|"
    r"(?:hej|cześć|witam|witajcie)[\W_]+(?:wszystk\w+|kochani|ludzie)|(?:hoi|hallo|hey)[\W_]+(?:allemaal|iedereen))",
)
_SHOUTS = re.compile(r"[\W_]*(?:GUYS|OMG|OKAY GUYS|AHH+)\b")
_ACTS = re.compile(
    r"\*(?:\w+ly\s+)?(?:peeks?|peers?|ducks?|hides?|dodges?|waves?|crawls?|sneaks?|coughs?|runs?|hugs?)\b[^*\n]{0,50}\*"
)
_ADDRESS = re.compile(r"[\w.+-]@[\w-]{2,}\.\w|\b(?:on|at)\s+tumblr\b|\b(?:insta|ao3|ff\.?net|dreamwidth|twitter)\b")
_MEANS = re.compile(r"[^=\n]{1,40}\s=\s[^=\n]{2,80}")  # a line of a list of words: `baka = idiot`
_LETTER = re.compile(r"[\W_]*(?:my\s+)?dear(?:est)?\s+(?!readers?\b)\w+", re.I)
_LATE = re.compile(
    r"\b(?:(?:sorry|apologi[sz]e|apologies|forgive\s+me)\b[^.!?\n]{0,60}\b(?:wait|delay|late(?:ness)?|taking\s+so|took|cliff\w*|"
    r"short(?:ness)?|absence|hiatus|updat\w+|evil|long)\b|sorry\s+it\s+(?:took|has)|"
    r"(?:sorry|tut\s+mir\s+leid|entschuldig\w+|verzeih\w+)\b[^.!?\n]{0,60}\b(?:warte\w*|verspätung|gedauert|pause)\b|"
    r"(?:désolée?|pardon)\b[^.!?\n]{0,60}\b(?:retard|attente|délai|absence|longtemps)\b|"
    r"(?:perd[oó]n\w*|siento|lamento|disculp\w+)\b[^.!?\n]{0,60}\b(?:tardanza|demora|retraso|espera|tardar|ausencia)\b|"
    r"(?:scus\w+|perdon\w+)\b[^.!?\n]{0,60}\b(?:ritardo|attesa|assenza)\b|"
    r"(?:desculp\w+|perdã?o\w*)\b[^.!?\n]{0,60}\b(?:demora|atraso|sumiço)\b|"
    r"(?:прост\w+|извин\w+|прощения)\b[^.!?\n]{0,60}\b(?:задержк\w+|долг\w+|ожидани\w+|отсутстви\w+)\b)",
)
_ASKS = re.compile(
    r"(?:^|[.!?]\s+)(?:so\b[\W_]*)?(?:any\s+)?thoughts\s*\?|"
    r"\b(?:what(?:['’]?d|\s+did)\s+(?:you|u|ya|y['’]?all)(?:\s+(?:guys|all))?\s+think\b|what\s+do\s+we\s+think\b|what\s+do\s+(?:ya|y['’]?all|you\s+(?:guys|all))\s+think\b|wh?add?y?a\s+think\b|"
    r"(?:love|like)\s+it\s*\?\s*hate\s+it|(?:comments|reviews|kudos|votes)\s+(?:feed|fuel|make|are|give|keep)\b|lob\s*,\s*kritik\b|der\s+\w+\s+(?:\w+\s+)?knopf\b|"
    r"immer\s+her\s+damit|kommis?\b|good\s*[?,]\s*bad\s*[?,]|should\s+i\s+(?:continue|keep\s+going|write\s+more)|"
    r"(?:the|that)\s+(?:little\s+)?(?:\w+\s+)?(?:review\s+)?button\b|pretty\s+please\b.{0,30}\breview|r\s?\+\s?r\b|"
    r"vot(?:ing|es?)\s+(?:is|are)\s+(?:now\s+)?(?:open|closed)|winning\s+vote\b|write-?ins?\b|plan\s+votes?\b|"
    r"(?:pm|message|email|e-?mail)\s+me\b|review\s*(?:please|onegai)|(?:votes?|follow|subscribe)\s+(?:and|\+|&)\s+(?:comment|review)|"
    r"comments?\s*(?:\+|and|&)\s*votes?\b|was\s+(?:haltet|meint|denkt|sagt)\s+ihr\b|(?:eure|jede|jeden)\s+(?:meinung|feedback|"
    r"kommentar|review|kommi|kritik)\w*|qu['’]en\s+pensez|(?:vos|un)\s+(?:avis|commentaires?|impressions)\b|(?:une?|des|vos)\s+"
    r"(?:petite?s?\s+)?(?:reviews?|coms?)\b|petit\s+bouton\b|qu[eé]\s+(?:les|os|te)\s+(?:pareció|parece|ha\s+parecido)|"
    r"(?:dejen|dejad|déjenme|dejadme)\s|ne\s+(?:pensate|dite)\b|fatemi\s+sapere\b|lasciate\w*\s+(?:un|una)\b|un\s+parere\b|"
    r"acharam\b|comentem\b|me\s+digam\b|deixem\b|жду\s+(?:ваш\w+\s+)?(?:отзыв|комментар|мнени|критик)\w*|тапк\w+\b)",
)
_FORMULAS = re.compile(  # said by hundreds of authors in the same words
    r"\b(?:(?:please\s+)?don['’]?t\s+sue|here(?:['’]s|\s+is)\s+(?:the\s+(?:next\s+(?:bit|part|chapter|one)|rest\s+of\s+(?:it|this))|(?:part|chapter)\s+\w+)|(?:entry|written)\s+for\s+(?:the|a)\s+[^.!?\n]{1,60}\b(?:contest|challenge|fest|exchange|prompt)|an\s+anon\w*\s+(?:asked|requested|prompted|wanted)|"
    r"(?:some(?:one|body)|people)\s+(?:\([^()\n]{1,40}\)\s+)?asked\s+(?:me\s+)?for\s+(?:a\s+|this\s+)?(?:fic|story|sequel)|next\s+update|(?:meine|mein)\s+erster?s?\s+(?:ff|fic|story)|"
    r"(?:bitte\s+)?nicht\s+hauen|gehör\w*\s+(?:\w+\s+)?(?:nicht|nix)\s+mir|los\s+geht['’]?s\W|keinen?\s+cent\b|ne\s+m['’]appartien\w+|rien\s+(?:n['’]est\s+)?à\s+moi|"
    r"no\s+me\s+pertenec\w+|non\s+mi\s+appart\w+|não\s+me\s+pertenc\w+|ни\s+на\s+что\s+не\s+претенд\w+|on(?:ward)?\s+(?:with|to)\s+the\s+(?:\w+\s+)?(?:story|fic|chapter|show)|viel\s+spa(?:ß|ss)\s+(?:beim|mit|euch)|"
    r"bonne\s+lecture|buona\s+lettura|boa\s+leitura|buena\s+lectura|приятного\s+(?:про)?чтения|for\s+the\s+(?:\w+\s+)?beta(?!\s+\w)|das\s+war['’]?s|still\s+reading\s+this|"
    r"title\s+(?:is\s+|comes\s+|taken\s+|stolen\s+)?from|inspired\s+by|based\s+(?:loosely\s+)?on|laissez-(?:moi|nous)|was\s+denkt\s+ihr|"
    r"al\s+prossimo\s+capitolo|nos\s+vemos\s+en|gostaram|comentarios?\s+son|dejen|czekam\s+na\s+komentarz\w*|miłego\s+czytania|"
    r"sequel\s+(?:coming|is|will|soon|anyone)|"
    r"don['’]?t\s+own\s+(?:them|any|it|\w+)|(?:they|characters|it)\s+(?:all\s+)?belongs?\s+to\s+"
    r"(?:joss|mutant|jkr?|rowling|cbs|fox|nbc|the\s+wb|marvel|disney|their|other)|i['’]?m\s+just\s+(?:playing|borrowing)|no\s+(?:money|profit)\s+"
    r"(?:is|was|being)|(?:all|any)\s+(?:remaining\s+|other\s+|the\s+)?mistakes\s+(?:are|left)|un-?beta['’]?e?d|worth\s+the\s+wait|"
    r"chapter\s+\w+\s+(?:will|is|should|coming)\b|chapter\s+[\w-]+[,!]\s+(?:finally|at\s+last|done)|next\s+(?:one|part|bit|installment)\s+"
    r"(?:will|should|is|coming|soon)\b|every(?:one|body)\s+who\s+(?:has\s+)?(?:reviewed|commented|stuck|favou?rited|followed|voted|left)|"
    r"all\s+(?:of\s+)?(?:the|your)\s+(?:\w+\s+)?(?:comments|reviews|feedback)|(?:changed|upped|bumped)\s+the\s+rating|rating\s+(?:may|will|has)|"
    r"guesses\s+(?:are\s+)?welcome|con-?crit|constructive\s+criticism|criticism\s+(?:is\s+)?welcome|thanks?(?:\s+you)?\s+(?:so\s+much\s+|again\s+|"
    r"all\s+)?for\s+(?:reading(?!\s+(?:to|me|it|them))|sticking|(?:the|your)\s+reviews)|thanks?(?:\s+you)?\s+to\s+(?:everyone|everybody|all)\b|"
    r"(?:fun|hard|a\s+pain|difficult)\s+to\s+write|(?:challenge|ficathon|fest|exchange|prompt|contest)\s+(?:at|on|over\s+at|community)|"
    r"dedicated\s+to|lyrics\s+(?:by|from|are)|life\s+got\s+in\s+the\s+way|want(?:ed|ing)\s+to\s+write\s+(?:a\s+(?:story|fic)|this\s+fic|something\s+(?:with|for|about))|wrote\s+this|"
    r"wasn['’]?t\s+sure\s+about\s+(?:this|posting)|(?:more|update)\s+(?:very\s+)?soon!|\d[\d.,]*k?\s+(?:reads|views|hits|kudos|votes|follow(?:er)?s|fav\w*|stars)|"
    r"dank\w*\s+für(?:s|['’]s|\s+das)\s+lesen|hoffe,?\s+(?:es|dass|ihr|das)\b[^.!?\n]{0,40}\b(?:gefallen|gefällt)|(?:dieses|nächste[sn]?)\s+(?:kapitel|kapi)|"
    r"j['’]espère\s+que\b[^.!?\n]{0,40}\b(?:plu|plaît|plaira|aimé|aimer\w*)|merci\s+(?:à\s+tou(?:te)?s|pour\s+(?:vos|les)\s+\w+|d['’]avoir\s+lu)|"
    r"espero\s+que\s+(?:os|les)\s+\w+|gracias\s+(?:a\s+tod[oa]s|por\s+(?:leer|los|sus|vuestros))|nos\s+leemos|"
    r"spero\s+(?:che\s+)?vi\s+(?:sia\s+)?pia\w+|grazie\s+(?:a\s+chi|a\s+tutt[ie]|per\s+(?:le|aver))|"
    r"espero\s+que\s+(?:tenham\s+)?gost\w+|obrigad[ao]\s+(?:a\s+todos|por\s+ler\w*|pel[oa]s)|"
    r"надеюсь[,\s]+(?:что\s+)?(?:вам\s+)?понрав\w+|спасибо\s+(?:всем|за\s+отзыв\w*)|критика\s+приветств\w+|глава\s+(?:вышла|получилась)|"
    r"re-?blogs?\s*(?:>|are|and|\+)|likes\s+and\s+re-?blogs|(?:my\s+)?(?:ask|in)\s?box(?:es)?\s+(?:is|are)\s+(?:always\s+)?open|"
    r"(?:my\s+)?asks?\s+(?:is|are)\s+(?:always\s+)?open|requests\s+(?:are\s+)?(?:open|closed)|send\s+(?:me\s+)?(?:your\s+)?(?:requests|asks|prompts)|"
    r"you\s+(?:guys|all|people|lot)\s+(?:\w+\s+)?(?:rock|rule|are\s+(?:\w+\s+)?(?:awesome|amazing|the\s+best|sweet|so\s+\w+))|"
    r"(?:[a-z]{3,5}teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[-\s]\w+)?)\s+(?:whole\s+)?reviews(?!\s+of\b)|"
    r"(?:answers?|repl(?:y|ies)|responses?|shout-?outs?)\s+to\s+(?:every(?:body|one)|(?:(?:my|the|your|all)\s+){0,2}(?:reviewers?|reviews?|questions|comments))|"
    r"(?:it['’]s|this\s+has)\s+been\s+(?:such\s+)?a\s+(?:(?:\w+\s+)?blast|(?:wild|great|fun|amazing|wonderful)\s+(?:ride|journey))|"
    r"(?:dedicat\w+\s+(?:the\s+)?next\s+(?:chapter|one))|every(?:one|body)\s+who\s+(?:comments|reviews|votes)|silent\s+readers?|"
    r"mam\s+nadzieję,?\s+że\b[^.!?\n]{0,30}podoba\w*)\b",
)
_ANSWERED = re.compile(r"(?:^|[/|•~]\s?|[.!?:]\s)@?([\w.'’*~-]{2,30}(?:\s[\w.'’*~-]{1,20}){0,2}):\s")
_ANSWERING = re.compile(r"\b(?:answers?|repl(?:y|ies)|responses?|shout-?outs?|review(?:er|ed)?s?)\b")
_PARTS = re.compile(
    r"\b(?:thank\s+you,?\s+every(?:body|one)\b|enjoy\b.{0,12}$|happy\s+reading|on\s+with\s+the|viel\s+spa(?:ß|ss)\b|bonne\s+lecture|buona\s+lettura|boa\s+leitura|"
    r"buena\s+lectura|disfr[uú]ten\w*|приятного\s+(?:про)?чтения|(?:gros|gro[sx]\s+)?bisous?|bizz?|(?:lg|vlg|glg)\b|eure?\s+\w+$|"
    r"bis\s+(?:zum\s+nächsten|bald|dann)|à\s+(?:bientôt|la\s+prochaine)|alla\s+prossima|baci\b|até\s+(?:a\s+próxima|logo|mais|\w+$)|"
    r"beijos|bjs|hasta\s+(?:la\s+próxima|pronto|luego|el\s+próximo)|besos|до\s+(?:встречи|следующ\w+|скорого)|ja\s+ne|ja\s+mata|"
    r"cheers|see\s+ya|ciao|(?:un(?:til|till?)|till)\s+next\s+time|love\s+(?:you|ya|u|y['’]?all)\s+(?:all|guys)|xoxo|hugs)\b",
)
_NET = re.compile(
    r"[:;=]['’]?-?[)(dp3](?![\w)])|\bxd+\b|\^[_.]?\^|[\U0001f300-\U0001faff]|\b(?:ily|luv|tysm)\b|>[_.]<|\bt[_.]t\b|<3|\\o/|\*(?:hugs?|g|eg|duck|snif+|heul|grins?|wave|"
    r"hides?|cries|cry|blush|shrug|sigh|dodges|ducks|runs?|giggles?|sniffles?)\b[^*\n]{0,40}\*|\b(?:lol|lmao|rofl|mdr|ptdr|omg|btw|imho|"
    r"plz|pls|cuz|ppl|gomen\w*|minna\S*|onegai|hehe\w*|ehehe|hihi|jaja\w*|rsrs|kkk+|oc|ocs|au|tlm|chap|chappie|chappy|chaps)\b|[!?]{2,}",
)
_TRADE = re.compile(  # said of stories, by those who write them for each other
    r"\b(?:un-?beta\w*|brit-?pick\w*|secret\s+santa|ficathon|prompt(?:s|ed)?|smut|fluff|angsty?|lemons?|typos?|spoilers?|banner|"
    r"muses?|timeline|sequel|challenge|sue|flames?|rating|takes\s+place|set\s+(?:right\s+)?(?:after|before|during|in)\s+(?:season|the\s+events|episode)|"
    r"plot\s?holes?|(?:the|my)\s+first\s+version|re-?wr(?:i|o)te|rewriting|outlined|mistakes|written\s+(?:for|in)|"
    r"wrote\s+(?:this|it)|writing\s+this|next\s+(?:one|part|bit|chap)|part\s+\d+|thanks?\s+to\s+\S+(?:\s\S+)?\s+for\s+\w+|"
    r"kapi|favos?|ff|leser(?:innen)?|posten|hochladen|lect(?:eurs|rices)|la\s+suite|publi(?:er|é)|capis?|capi|actualiz\w+|lectores|"
    r"lettori|lettrici|aggiorn\w+|recensit\w+|leitor\w+|atualiz\w+|postar|autora\s+\w+|comentaram|читател\w+|продолжени\w+|бет[аыу]|"
    r"фик\w*|блох\w*|вдохновени\w+|rolls?:|dice|banner|rec\s+of|recs?|poll|gift\s?fic|zines?|re-?typed|anon|nonn(?:y|ies)|recip(?:ient)?|con-?crit|crit|faves?|op)\b",
)
_LIFE = re.compile(
    r"\b(?:computer|laptop|internet|exams?|finals|school|semester|homework|uni|college|busy|flu|vacation|holidays|real\s+life|rl|"
    r"klausur\w*|abi(?:tur)?|bac|partiels|ordi|esami|tesi|provas|exámenes|сесси\w+|учёб\w+|учеб\w+)\b",
)
_ABROAD = re.compile(
    r"\b(?:ваш\w*|ich|mich|mir|wir|euch|ihr|je|j['’]|moi|vous|yo|nos|vosotr\w+|ustedes|io|vi|eu|vocês|я|мне|мы|вам|вас|вы)\b"
)


class Strength(NamedTuple):
    """What speaks for the author in a paragraph."""

    trade: int  # things that only those say who write stories for each other
    strong: int  # these, and what is said to readers: a greeting to all, an excuse for a delay
    all: int  # all together, weighed
    told: int  # all but what everybody says: I, you, thanks, sorry


_SILENT = Strength(0, 0, 0, 0)


@remembered  # the edges of a chapter are looked at from several sides
def strength(text: str) -> Strength:
    """How much a paragraph sounds like its author; nothing where somebody in the story is heard in it."""
    if len(text) > LONGEST or is_heard_in(text):
        return _SILENT
    if is_edge_line(text) or is_edge_label(text) or is_legend(text):
        return Strength(1, 1, 6, 6)
    low = text.lower()
    if len(text) > _SHORT and not WEAK.search(low) and not _ABROAD.search(low):
        return _SILENT  # of some length, without an I, a you or thanks: most of a story
    greeted = greets(text) or bool(_SHOUTS.match(text) or _ACTS.match(low))
    late, asks, trade, net = bool(_LATE.search(low)), count(_ASKS, low), count(_TRADE, low), count(_NET, low)
    sure, likely = (count(SURE, low), count(LIKELY, low)) if may_name_a_story(text) else (0, 0)
    said = count(_FORMULAS, low) + bool(_ADDRESS.search(low))
    traded = asks + sure + said
    if _answers_in_a_row(low):
        traded += 2
    strong = greeted + late + traded
    others = min(likely, 3) + min(trade, 3) + min(net, 2) + bool(_PARTS.search(low))
    weak = min(count(WEAK, low) + count(_ABROAD, low), 3)
    told = 3 * strong + asks + said + 2 * others + bool(_LIFE.search(low))
    return Strength(traded, strong, told + weak, told)


def _answers_in_a_row(low: str) -> bool:
    """Whether a paragraph answers readers by name one behind the other: `Answers! anna: no, sorry. / pim: soon!`"""
    if low.count(":") < 2 or _ANSWERING.search(low) is None or not any(map(low.__contains__, "/|•~")):
        return False
    names = _ANSWERED.findall(low)
    return len(names) > 1 and len(set(names)) == len(names)


def greets(text: str) -> bool:
    """Whether a paragraph opens with a greeting to all readers."""
    return _GREETS.match(text.lower()) is not None


@remembered
def is_heard_in(text: str) -> bool:
    """Whether somebody in the story speaks or acts in a paragraph; `I said` may be the author's."""
    if len(text) > LONGEST:
        return True  # no author goes on so long without a break
    if text[0] == "?" and text[1:2].isalpha():
        return True  # a quotation mark that was lost
    return bool(HEARD.search(text)) or any(not found[0].startswith("I ") for found in TOLD.finditer(text))


def is_the_authors(text: str) -> bool:
    """Whether a paragraph at the edge of a chapter is the author's, looking at it alone."""
    told = strength(text)
    if not told.trade and told.strong < 2 and not (told.strong and told.all >= 10):
        return False  # a letter or a diary greets and is sorry as well
    return (
        told.strong >= 1
        and told.all >= (4 if len(text) < 100 and told.all > 3 * told.strong else 6 if len(text) < 160 else 8)
    ) or (told.strong >= 2 and told.all >= 7)


def are_the_authors(texts: list[str]) -> bool:
    """Whether paragraphs that are set apart from the story are the author's, all of them."""
    if len(texts) > 1 and all(map(_MEANS.fullmatch, texts)):
        return True
    if _LETTER.match(texts[0]) or any(len(text) > LONGEST or is_heard_in(text) for text in texts):
        return False
    told: list[Strength] = []
    for text in texts:
        told.append(strength(text))
        if not told[-1].all and len(text) > 80:
            return False
    trade, most = max(each.trade for each in told), max(each.all for each in told)
    return (most >= 5 and trade > 0) or (most >= 7 and max(map(len, texts)) < 700)
