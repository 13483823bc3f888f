"""Pages about people and about the site: profiles, reviews, guest books, figures, help, rules and news."""

from __future__ import annotations

import re
from collections.abc import Callable

from ficshelf.readers.nostory.sight import Sight

_PROFILE = re.compile(
    r"(?:i )?(?:joined(?: on)?|member since|date joined|joined|membership status|pen ?name|real name|"
    r"birth ?date|interests|"
    r"friends|account type|date created|journal entries|last visited|total posts|most active forum|my pseuds|"
    r"my user id is|"
    r"date registered|favou?rite (?:stories|authors|series)|my stories|stories authored|stories by .{1,40}|"
    r"author has written|profile updated|followers?|following|reading lists?|beta.?reader|mitglied seit|"
    r"recommendations|tracked stories|last seen|reaction score|trophy points|profile posts|likes received|"
    r"geschichten von .{1,40}|favorisierte \w+|inscrit(?:e)? (?:le|depuis)|membre depuis|histoires de .{1,40}|"
    r"abonnements|"
    r"abonnés|auteurs favoris|se unió|miembro desde|historias de .{1,40}|listas? de lectura|seguidores|siguiendo|obras|"
    r"autores favoritos|membro desde|seguindo|histórias de .{1,40}|listas? de leitura|iscritt[oa] (?:dal|il)|seguaci|"
    r"storie di .{1,40}|registrado|дата регистрации|зарегистрирован\w*|подписчик\w*|подписк\w*|любимые авторы)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d+ (?:works?|reading lists?|followers?|following|stories)\b|\w+'s favou?rites\b", re.IGNORECASE
)
_COUNTED_OF_ONE = re.compile(r"\bauthor has written \d+ stor|\bid: ?\d+, profile updated", re.IGNORECASE)
_TABS = re.compile(  # what an archive counts of a person: `Stories by Ann (3)`, `Recommendations (12)`, `Following40`
    r"(?P<what>stories by|(?:favou?rite|tracked|my) \w+|recommendations|works|series|gifts|collections|subscriptions|"
    r"followers|following|bookmarks|reading lists|blog posts?)(?: .{1,40}?)?\s?\(?\d+\)?",
    re.IGNORECASE,
)
_TAB = 60  # characters of such a line
_MANY_TABS = 3
_USER = re.compile(  # a journal's own page of a person or a community: `Interests (38):`, `Account type: Free User`
    r"(?P<what>user|membership|posting access|maintainers?|interests|friends(?: of)?|mutual friends|members(?: of)?|"
    r"watched by|member of|watching|account type|date (?:created|updated)|journal entries|created on|last updated|"
    r"trusted by|subscribed (?:to|by)|communities|administrators?)\s?(?P<count>\(\d[\d,]*\))?\s?:",
    re.IGNORECASE,
)
_USER_LABELS = 6  # of them that are on such a page
_TOP = 20  # lines among which archives say so
_PROFILES = ".user.home.profile, .user.home .primary.header, #profile #bio, .b-profile, #viewprofile"
_REVIEWS = re.compile(
    r"(?:reading )?(?:reviews?|comments?|kritiken|kommentare|commentaires|reseñas|recensioni|отзывы)\b\s*(?:for|"
    r"of|on|to|zu|sur|de|à|per|к|:)",
    re.I,
)
_REVIEW = re.compile(
    r"reviewer:|\bsigned\b|\banonymous\b|author'?s response|\bchapter \d+ \. |\bch \d+\b|\bon chapter \d+\b|"
    r"report this|^reply$",
    re.I,
)
_GUESTS = re.compile(r"guest ?book|gästebuch|livre d'or|libro de visitas|гостевая", re.IGNORECASE)
_GUEST = re.compile(
    r"(?:name|from|date|comments?|location|homepage|e-?mail|website)\s*:|\(?[ECMP][SD]T\)|&lt;|<\S+@|@\S+>", re.I
)
_FIGURES = re.compile(
    r"(?:.*\W)?(?:statistics|site stat(?:istic)?s|figures|statistik|statistiques|estadísticas|статистика)\W*", re.I
)
_HELP = re.compile(
    r"(?:.*\W)?(?:help|faqs?|(?:submission )?(?:rules|guidelines)|terms (?:of (?:service|use)|and conditions)|"
    r"privacy policy|news|"
    r"welcome(?: to .*)?|about (?:us|this site|the archive)|contact(?: us)?|site updates|tos|how to (?:post|"
    r"submit).*|"
    r"regeln|hilfe|aide|règles|ayuda|reglas|правила|помощь)\W*",
    re.IGNORECASE,
)
_SITE_WORDS = re.compile(
    r"\b(?:archives?|submi(?:t|tted|ssions?)|upload(?:ed)?|authors?|password|e-?mail|moderators?|admin\w*|"
    r"web(?:site|mistress|master)|"
    r"site|members?|account|categor(?:y|ies)|ratings?|rated|summaries|disclaimers?|guidelines?|rules|"
    r"register(?:ed)?|log(?:ged)? ?in|"
    r"menu|updates?|fan ?fiction|skins?|click|form|terms|privacy|policy|services?|content|cookies|data|users?|"
    r"browser|download|section|"
    r"guestbook|links|stories|works?|comments?|page|questions?|reviews?|submit|posted|bugs?)\b",
    re.IGNORECASE,
)


def kind_of(sight: Sight) -> str:
    """The kind of such a page; "" for any other."""
    if _is_profile(sight):
        return "profile"
    if any(_REVIEWS.match(name) for name in sight.names) and _has_reviews(sight):
        return "reviews"
    if (
        any(_GUESTS.search(name) for name in sight.names)
        and sum(map(_matches(_GUEST), _texts(sight))) >= 2
        and sight.tells < 4
    ):
        return "guest book"
    if any(_FIGURES.fullmatch(name) for name in sight.names) and _counts(sight) and sight.stretch < 400:
        return "statistics"
    return "help page" if _is_help(sight) else ""


def is_author_page(sight: Sight) -> bool:
    """Whether an archive says on it how much somebody has written, and when that was last changed."""
    if any(_COUNTED_OF_ONE.search(text) for text in _texts(sight)[:_TOP] if len(text) < 400):
        return True
    tabs = {found["what"].lower() for text in _texts(sight) if len(text) < _TAB and (found := _TABS.fullmatch(text))}
    return len(tabs) >= _MANY_TABS


def is_user_page(sight: Sight) -> bool:
    """Whether a journal says on it who somebody is: by its labels, and by what it counts."""
    found = [found for text in _texts(sight) if ":" in text[:_TAB] and (found := _USER.match(text))]
    return len({one["what"].lower() for one in found}) >= _USER_LABELS and any(one["count"] for one in found)


def _texts(sight: Sight) -> list[str]:
    return [line.text for line in sight.lines]


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


def _is_profile(sight: Sight) -> bool:
    if sight.has(".post .content, .postbody, .entry-content"):
        return False
    if sight.has(_PROFILES) or is_author_page(sight):
        return True
    said = {
        found[0].lower().split()[0]
        for text in _texts(sight)
        if len(text) < 400
        for found in (*_PROFILE.finditer(text[:200]), *_COUNTED.finditer(text))
        if found.start() == 0 or text[found.start() - 1] in " -,:|[(@"
    }
    told = sight.tells >= 4 and sight.stretch > 900
    return len(said) >= 3 and not told


def _has_reviews(sight: Sight) -> bool:
    shaped = sum(_REVIEW.search(text) is not None for text in _texts(sight))
    return shaped >= 2 or sight.has(".review, li.comment, .comment")


def _counts(sight: Sight) -> bool:
    figures = sum(any(letter.isdigit() for letter in text) and len(text) < 60 for text in _texts(sight))
    return figures >= 4


def _is_help(sight: Sight) -> bool:
    """Its name says that it is about the site, and so does every other sentence; nobody speaks on it."""
    if not any(_HELP.fullmatch(name) for name in sight.names) or sight.tells >= 3:
        return False
    text = " ".join(line.text for line in sight.lines if line.told > 0)
    found = [word.lower() for word in _SITE_WORDS.findall(text)]
    words = len(text.split())
    if sight.has("textarea") and words < 60:
        return True
    return len(set(found)) >= 4 and len(found) * 18 >= words
