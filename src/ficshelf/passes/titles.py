"""A missing title: never filled in, but asked about; what might be the answer is a guess that says why."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ficshelf import names
from ficshelf.model import INFERRED, STATED, Answer, Draft, Fact, Question
from ficshelf.passes.facts import add_fact
from ficshelf.sureness import SURE

_NUMBERED = re.compile(r"[\s_.-]*(?:chapter|chap|ch|part|pt)?[\s_.-]*\d+[a-z]?$", re.I)
_IDENTIFIER = re.compile(
    r"[\W\d_]*(?:[0-9a-f]{8,}|index|story|untitled|document\d*|new text document|viewstory|chapter|\d+)[\W\d_]*", re.I
)
_BY = re.compile(r"(?P<title>.+?)[\s_.-]+by[\s_.-]+(?P<author>[^\W\d_].{1,40})", re.I)
_BESIDE = re.compile(r"(?P<one>.{2,60}?)(?:\s+[-–—]\s+|_-_|\s*--+\s*)(?P<other>.{2,60})")
_NUMBER = re.compile(
    r"(?:^[sS]?\d{4,}[\s_.-]+|[\s_.-]+\(?[sS]?\d{4,}\)?$|\s*\(\d+\)$|[\s_.-]+(?:ao3|ffnet|fanfic|final|complete|copy)$)"
)
_NOBODY = "me side day night step one the my your a an his her numbers design heart moonlight candlelight"
_NOT_AUTHORS = frozenset(_NOBODY.split())  # `stand_by_me`, `side_by_side`
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STORY = frozenset({"", "paragraph", "verse", "quote"})


def apply(draft: Draft) -> Draft:
    """Ask for the title of a story that states none, and suggest the likeliest answer: an inferred fact, a guess."""
    asked = [question for question in draft.questions if question.about == "title"]
    others = tuple(question for question in draft.questions if question.about != "title")
    if any(fact.how == STATED for fact in draft.facts.get("title", ())):
        return draft._replace(questions=others)
    if not any(node.kind in _STORY for node in draft.nodes):
        return draft
    on_offer = [answer for question in asked for answer in question.answers] + _answers(draft)
    answers = tuple({answer.value: answer for answer in reversed(on_offer)}[value] for value in _values(on_offer))
    question = Question("title", answers, 0, "This story states no title. What is it called?")
    facts = draft.facts
    if answers and "title" not in facts:
        kind = _KINDS.get(answers[0].evidence, "title of page")
        guess = Fact(answers[0].value, INFERRED, confidence=SURE[kind], evidence=answers[0].evidence)
        facts = add_fact(facts, "title", guess)
    if "author" not in facts and (name := file_author(draft.path)):
        guess = Fact(name, INFERRED, confidence=SURE["author of file"], evidence=_FILE)
        facts = add_fact(facts, "author", guess)
    return draft._replace(facts=facts, questions=(*others, question))


def _values(answers: list[Answer]) -> list[str]:
    return list(dict.fromkeys(answer.value for answer in answers))


def _answers(draft: Draft) -> list[Answer]:
    answers = [Answer(str(fact.value), fact.evidence) for fact in draft.facts.get("title", ())]
    author = next((str(fact.value) for fact in draft.facts.get("author", ())), "")
    answers += file_titles(draft.path, author)
    first = next((node.text for node in draft.nodes if node.kind in _STORY), "")
    words = first.split(maxsplit=6)
    if words:
        opening = " ".join(words[:6]).strip(' ,.;:-–—"“”‘’')
        answers.append(Answer(opening + ("…" if len(words) > 6 else ""), _FIRST_WORDS))
    return answers


_BESIDE_AUTHOR = "the file's name, which has the author's beside it"
_FILE = "the file's name"
_FIRST_WORDS = "the story's first words"
_KINDS = {
    _BESIDE_AUTHOR: "title of file beside its author",
    _FILE: "title of file",
    _FIRST_WORDS: "first words as title",
}


def file_titles(path: str, author: str = "") -> list[Answer]:
    """The titles that a file's name may hold, the likeliest first; none where it is a number, a hash or says nothing.

    `Title_by_Author`, `Title - Author` (what book programs write) and `author-title` name the author too: with the
    author known, what is left is the title.
    """
    stem = _stem(path)
    if _IDENTIFIER.fullmatch(stem):
        return []
    if found := _by(stem):
        return _answered((found["title"],), _BESIDE_AUTHOR)
    known = names.match(author) if author else ""
    if known and (rest := _without(stem, known)):
        return _answered((rest,), _BESIDE_AUTHOR)
    if found := _BESIDE.fullmatch(stem):
        return _answered((found["one"], found["other"]), _FILE)
    return _answered((stem,), _FILE)


def file_author(path: str) -> str:
    """Who a file's name says wrote it, in as many words: `Title_by_Author`."""
    found = _by(_stem(path))
    return _worded(found["author"]) if found else ""


def _by(stem: str) -> re.Match[str] | None:
    found = _BY.fullmatch(stem)
    return found if found and re.split(r"[\s_.-]", found["author"].lower())[0] not in _NOT_AUTHORS else None


def _stem(path: str) -> str:
    """A file's name without what archives and copies put around it: numbers, ids, "(1)", "-ao3"."""
    stem = PurePosixPath(path.replace("\\", "/")).stem
    for pattern in (_NUMBER, _NUMBERED, _NUMBER):
        stem = pattern.sub("", stem) or stem
    return stem


def _without(stem: str, author: str) -> str:
    """A file's name without the author's before it or behind it; "" where it has none."""
    said = names.match(_worded(stem))
    for part in (author, author.replace(" ", "")):
        if said.startswith(f"{part} "):
            return said.removeprefix(f"{part} ").removeprefix("by ")
        if said.endswith(f" {part}"):
            return said.removesuffix(f" {part}").removesuffix(" by")
    return ""


def _worded(stem: str) -> str:
    if not re.search(r"[\s_.+-]", stem):
        stem = _HUMP.sub(" ", stem)
    return " ".join(re.sub(r"[_+]+|(?<=\w)[-.](?=\w)", " ", stem).split())


def _answered(stems: tuple[str, ...], evidence: str) -> list[Answer]:
    titles = [_worded(stem).strip(" -–—_.") for stem in stems]
    return [Answer(title[:1].upper() + title[1:], evidence) for title in titles if len(title) >= 3]
