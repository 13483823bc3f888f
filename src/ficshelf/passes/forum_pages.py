"""A story that was posted in a forum and copied with the whole page: who posted and when, the box about each poster,
signatures, the buttons of the page, and below the story what readers said.

A page is known by the head of its posts, with a count (`10-02-2005, 08:41 PM #1`) or with a subject (`Posted: … Post
subject: …`), or by a box of labels that stand each above its value; and the box about the poster must stand there, with
what no story says of anybody (`Join Date:`, `Posts:`). A story is told in the first post, or the page is left alone.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf.model import INFERRED, Chrome, Draft, Fact, Node, Span
from ficshelf.passes.comments import DATE
from ficshelf.passes.facts import add_fact
from ficshelf.passes.title_lines import subject_facts, without_reply_marks
from ficshelf.sureness import SURE

_TOLD = 500  # letters that the first post must tell; a reader's post with fewer says something about it
_ANSWERED = 4_000  # letters of a post by somebody else that goes on with the story
_ON_TOP = 40  # lines within which the first post begins
_BOX = 14  # lines of a box about a poster
_LONGEST = 100  # characters of a line of it
_LONGEST_HEAD = 240  # characters of a post's head
_SIGNED = 8  # lines of a signature
_FEWEST = 2  # labels of a box
_LOOKS = ("#1", "ubject:", "Sujet du message", "Titel:", "Título", "Oggetto:", "Assunto:", "Заголовок", "Onderwerp:",
          "Temat postu", "Status")  # fmt: skip
_NUMBERED = re.compile(  # `Old 10-02-2005, 08:41 PM   #1`
    rf"\W{{0,3}}(?:(?:Old|Unread|Alt|Ungelesen|Vieux|Ancien|Viejo|Antiguo|Vecchio|Antigo|Старый|Oud|Gammal)\W{{1,3}})?"
    rf"(?:{DATE}|today|yesterday|heute|gestern|hoy|ayer|oggi|ieri|aujourd['’]hui|hier),?\s{{1,3}}\d\d?:\d\d(?:\s?[ap]m)?\s{{1,9}}"
    r"(?:\w{1,8}:?\s?)?#\s?\d{1,5}(?:\s\(?\w{1,12}\)?)?",
    re.I,
)
_SUBJECT = re.compile(
    r"(?:Message|Beitrag|Mensaje|Messaggio|Mensagem|Сообщение|Bericht)?\s?"
    r"(?:Posted|Posté le|Verfasst am|Publicado|Inviato|Enviad[ao]|Добавлено|Geplaatst|Wysłany)\s?:\s"
    r"(?P<when>[^\n]{4,40}?)\s+"
    r"(?:Post subject|Sujet du message|Titel|Título del mensaje|Oggetto|Assunto|Заголовок сообщения|Onderwerp|Temat "
    r"postu)\s?:\s?(?P<subject>[^\n]{0,150}?)(?:\s(?:Reply with quote|Répondre en citant|Antworten mit Zitat|"
    r"Responder citando|Rispondi citando|Responder com Cita\S+|"
    r"Ответить с цитатой|Reageer met quote|Odpowiedz z cytatem))?",
    re.I,
)
_FIELD = re.compile(
    r"(?:Join Date|Joined|Posts|Location|Age|Inscrit\(?e?\)? le|Messages|Localisation|Registriert(?: seit)?|Beiträge|"
    r"(?:Wohn)?ort|Registrado(?: em)?|Mensajes|Ubicación|Iscritto(?: il)?|Messaggi|Residenza|Località|Mensagens|"
    r"Localização|Зарегистрирован\w?|Сообщени[яй]|Откуда|Geregistreerd|Berichten|Woonplaats|Dołączył\w?|Posty|Skąd|Gender|Geschlecht|"
    r"Sexe|Thanks|Karma|Rep Power|Reputation|Âge)\s?:\s?.{0,60}|Send a message via .{2,80}|"
    r"(?:Hors|En) ligne|Offline|Online",
    re.I,
)
_COUNTED = re.compile(
    r"(?:Posts|Messages|Beiträge|Mensajes|Messaggi|Mensagens|Сообщени[яй]|Berichten|Posty)\s?:\s?[\d.,]{1,9}", re.I
)
_FOOT = re.compile(
    r"(?:Back to top|Revenir en haut|Nach oben|Volver arriba|Torna (?:in cima|su)|Voltar ao Topo|Вернуться к началу|"
    r"Naar boven|Powrót do góry)(?:\s.{0,60})?|.{2,40} (?:is|ist|est|está) (?:offline|online)(?:\s+\S.{0,40})?|"
    r"Reply With Quote|"
    r"Edited by .{2,40} - \d.{4,30}|Last edited by .{2,40}",
    re.I,
)
_RULE = re.compile(r"_{10,80}")
_QUOTE = frozenset(("quote:", "citation:", "citation :", "zitat:", "cita:", "citazione:", "citação:", "цитата:"))
_STACKED = frozenset(("group", "posts", "status", "location", "reputation", "avatar"))  # labels above their values
_STATUS = frozenset(("offline", "online", "anonymous"))
_NUMBER = re.compile(r"\d{1,4}\.")
_BARS = re.compile(r"«\s?(?:Older|Previous)\s+(?:Newer|Next)\s?»", re.I)


class _Post(NamedTuple):
    begin: int  # of the head, and of the box about who posted it
    body: int  # of what was posted
    end: int  # of its own lines; below them stand signature and buttons
    poster: str
    subject: str
    head: int


def read(draft: Draft) -> Draft | None:
    """The draft with all but the story set apart; None where it is no such page."""
    if not any(look in draft.text for look in _LOOKS):
        return None
    nodes = list(draft.nodes)
    posts = _posts(nodes)
    if not posts or posts[0].begin > _ON_TOP or _length(nodes, posts[0]) < _TOLD:
        return None
    chrome, facts = list(draft.chrome), draft.facts
    first = posts[0]
    subject = without_reply_marks(first.subject or _answered(nodes, posts))
    spans: list[Span] = []
    for index in (*range(first.begin), first.body):
        if subject and nodes[index].text == subject and not nodes[index].kind:
            nodes[index] = nodes[index]._replace(kind="fact")
            spans += nodes[index].spans
    if subject:
        facts = subject_facts(facts, subject, tuple(spans) or nodes[first.head].spans)
        if not spans:
            nodes[first.head] = nodes[first.head]._replace(kind="fact")
    if first.poster:
        who = Fact(first.poster, INFERRED, (), 0, SURE["who posted it"], "who posted it")
        facts = add_fact(facts, "author", who)
    top = next((index for index in range(first.begin) if _BARS.search(nodes[index].text)), 0)
    _set_apart(nodes, chrome, range(top, first.begin), "above the story")
    for number, (post, after) in enumerate(zip(posts, [*posts[1:], None], strict=True)):
        _set_apart(nodes, chrome, range(post.begin, post.body), "post's head")
        own = number == 0 or _length(nodes, post) >= (_TOLD if post.poster == first.poster else _ANSWERED)
        if not own:
            _set_apart(nodes, chrome, range(post.body, post.end), "comments")
        for index in range(post.body, post.end):
            if nodes[index].text.lower() in _QUOTE:
                _set_apart(nodes, chrome, [index], "post's head")
        _set_apart(nodes, chrome, range(post.end, after.begin if after else len(nodes)), "below the post")
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome), facts=facts)


def _posts(nodes: Sequence[Node]) -> list[_Post]:
    """The posts of the page, by the form that its heads have; none where it is no forum's."""
    for find in (_numbered, _with_subjects, _stacked):
        if posts := find(nodes):
            return posts
    return []


def _numbered(nodes: Sequence[Node]) -> list[_Post]:
    """Below the head stands the box."""
    heads = [
        index
        for index, node in enumerate(nodes)
        if _is_short(node) and "#" in node.text and _NUMBERED.fullmatch(node.text)
    ]
    posts: list[_Post] = []
    for head, after in itertools.pairwise([*heads, len(nodes)]):
        fields = _fields(nodes, range(head + 1, min(after, head + _BOX)))
        body = fields[-1] + 1 if fields else head + 1
        if len(fields) >= _FEWEST or posts:
            poster = nodes[head + 1].text if body > head + 1 else ""
            posts.append(_Post(head, body, _end(nodes, body, after), poster, "", head))
    return posts


def _with_subjects(nodes: Sequence[Node]) -> list[_Post]:
    """Above the head stands the box, below the foot of the post before."""
    heads = [
        (index, found)
        for index, node in enumerate(nodes)
        if len(node.text) <= _LONGEST_HEAD and ":" in node.text[:30] and (found := _SUBJECT.fullmatch(node.text))
    ]
    posts: list[_Post] = []
    for place, (head, found) in enumerate(heads):
        after = heads[place + 1][0] if place + 1 < len(heads) else len(nodes)
        fields = _fields(nodes, range(max(posts[-1].end if posts else 0, head - _BOX), head))
        begin = fields[0] if fields else head
        lines = 0
        while begin and lines < 4 and _is_short(nodes[begin - 1]) and not _FOOT.fullmatch(nodes[begin - 1].text):
            if nodes[begin - 1].text.count("  ") or (posts and begin - 1 < posts[-1].body):
                break
            begin, lines = begin - 1, lines + 1
            if lines == 1 and nodes[begin].text[:1] not in "[(":
                break  # the name, above it what is none of the box
        if not posts and len(fields) < _FEWEST:
            return []
        posts.append(
            _Post(begin, head + 1, _end(nodes, head + 1, after), nodes[begin].text, found["subject"].strip(), head)
        )
    for place in range(len(posts) - 1):
        post, after_post = posts[place], posts[place + 1]
        if post.end > after_post.begin:
            posts[place] = post._replace(end=after_post.begin)
    return posts


def _stacked(nodes: Sequence[Node]) -> list[_Post]:
    """Below a number alone stand labels, each above its value."""
    heads: list[tuple[int, int]] = []
    for index, node in enumerate(nodes):
        if len(node.text) > 5 or not _NUMBER.fullmatch(node.text):
            continue
        near = [
            place
            for place in range(index + 1, min(len(nodes) - 1, index + _BOX))
            if nodes[place].text.lower() in _STACKED
        ]
        if (
            len(near) > _FEWEST
            and nodes[near[-1]].text.lower() == "status"
            and nodes[near[-1] + 1].text.lower() in _STATUS
        ):
            heads.append((index, near[-1] + 2))
    posts = []
    for place, (head, body) in enumerate(heads):
        after = heads[place + 1][0] if place + 1 < len(heads) else len(nodes)
        end = _end(nodes, body, after)
        end = next((at for at in range(body, end) if nodes[at].text == "Top"), end)
        posts.append(_Post(head, body, end, "", "", head))
    return posts


def _is_short(node: Node) -> bool:
    return not node.kind and len(node.text) <= _LONGEST


def _fields(nodes: Sequence[Node], places: Sequence[int]) -> list[int]:
    """The lines of a box about a poster; none where nothing says how much was posted."""
    found = [index for index in places if _is_short(nodes[index]) and _FIELD.fullmatch(nodes[index].text)]
    return found if any(_COUNTED.fullmatch(nodes[index].text) for index in found) else []


def _end(nodes: Sequence[Node], body: int, after: int) -> int:
    """Where what was posted ends: at the signature, or at the page's own foot of the post."""
    end = next(
        (index for index in range(body, after) if _is_short(nodes[index]) and _FOOT.fullmatch(nodes[index].text)), after
    )
    for index in range(max(body + 1, end - _SIGNED), end):
        if _RULE.fullmatch(nodes[index].text):
            return index
    return end


def _length(nodes: Sequence[Node], post: _Post) -> int:
    return sum(len(node.text) for node in nodes[post.body : post.end])


def _answered(nodes: Sequence[Node], posts: Sequence[_Post]) -> str:
    """What the first post is called, where its first line stands again in the answers: `Re: The Ford`."""
    first = nodes[posts[0].body].text if posts[0].body < posts[0].end else ""
    again = (nodes[post.body].text for post in posts[1:] if post.body < post.end)
    return first if len(first) <= _LONGEST and any(without_reply_marks(text) == first != text for text in again) else ""


def _set_apart(nodes: list[Node], chrome: list[Chrome], places: Sequence[int], reason: str) -> None:
    for index in places:
        if not nodes[index].kind:
            nodes[index] = nodes[index]._replace(kind="chrome")
            chrome += [Chrome(span, reason) for span in nodes[index].spans]
