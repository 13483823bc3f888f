"""A missing title: never filled in, but asked about, with what might be the answer and why."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ficshelf.model import STATED, Answer, Draft, Question

_NUMBERED = re.compile(r"[\s_.-]*(?:chapter|chap|ch|part|pt)?[\s_.-]*\d+[a-z]?$", re.I)
_IDENTIFIER = re.compile(
    r"[\W\d_]*(?:[0-9a-f]{8,}|index|story|untitled|document\d*|new text document|viewstory|chapter|\d+)[\W\d_]*", re.I
)
_STORY = frozenset({"", "paragraph", "verse", "quote"})


def apply(draft: Draft) -> Draft:
    """Ask for the title of a story that states none."""
    if any(fact.how == STATED for fact in draft.facts.get("title", ())):
        return draft._replace(questions=tuple(one for one in draft.questions if one.about != "title"))
    if not any(node.kind in _STORY for node in draft.nodes):
        return draft
    if any(question.about == "title" for question in draft.questions):
        known = next(question for question in draft.questions if question.about == "title")
        others = [question for question in draft.questions if question is not known]
        answers = dict.fromkeys(known.answers + _answers(draft))
        return draft._replace(questions=(*others, known._replace(answers=tuple(answers))))
    question = Question("title", _answers(draft), 0, "This story states no title. What is it called?")
    return draft._replace(questions=(*draft.questions, question))


def _answers(draft: Draft) -> tuple[Answer, ...]:
    answers = [Answer(str(fact.value), fact.evidence) for fact in draft.facts.get("title", ())]
    name = file_title(draft.path)
    if name:
        answers.append(Answer(name, "the file's name"))
    first = next((node.text for node in draft.nodes if node.kind in _STORY), "")
    words = first.split()
    if words:
        opening = " ".join(words[:6]).strip(' ,.;:-–—"“”‘’')
        answers.append(Answer(opening + ("…" if len(words) > 6 else ""), "the story's first words"))
    return tuple(answers)


def file_title(path: str) -> str:
    """The title that a file's name may hold; "" where it is a number, a hash or says nothing."""
    stem = PurePosixPath(path.replace("\\", "/")).stem
    stem = _NUMBERED.sub("", stem) or stem
    if _IDENTIFIER.fullmatch(stem):
        return ""
    title = " ".join(re.sub(r"[_+]+|(?<=\w)[-.](?=\w)", " ", stem).split())
    return title[:1].upper() + title[1:] if len(title) >= 3 else ""
