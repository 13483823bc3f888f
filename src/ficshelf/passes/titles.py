"""A missing title: never filled in, but asked about; what might be the answer is a guess that says why."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ficshelf.model import INFERRED, STATED, Answer, Draft, Fact, Question
from ficshelf.passes.facts import add_fact
from ficshelf.passes.title_lines import is_title

_NUMBERED = re.compile(r"[\s_.-]*(?:chapter|chap|ch|part|pt)?[\s_.-]*\d+[a-z]?$", re.I)
_IDENTIFIER = re.compile(
    r"[\W\d_]*(?:[0-9a-f]{8,}|index|story|untitled|document\d*|new text document|viewstory|chapter|\d+)[\W\d_]*", re.I
)
_CONFIDENCE = 0.4  # file names and page titles are right less than half the time
_STORY = frozenset({"", "paragraph", "verse", "quote"})


def apply(draft: Draft) -> Draft:
    """Ask for the title of a story that states none, and suggest the likeliest answer: an inferred fact, a guess."""
    draft = _above_headings(draft)
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
        guess = Fact(answers[0].value, INFERRED, confidence=_CONFIDENCE, evidence=answers[0].evidence)
        facts = add_fact(facts, "title", guess)
    return draft._replace(facts=facts, questions=(*others, question))


def _values(answers: list[Answer]) -> list[str]:
    return list(dict.fromkeys(answer.value for answer in answers))


def _above_headings(draft: Draft) -> Draft:
    """A text whose first heading has nothing above it but one short line: that is what it is called."""
    stated = any(fact.how != INFERRED for fact in draft.facts.get("title", ()))
    if stated or (draft.nodes and draft.nodes[0].hint):
        return draft
    first = next((index for index, node in enumerate(draft.nodes) if node.kind == "heading"), 0)
    above = [index for index in range(first) if draft.nodes[index].kind not in ("chrome", "fact", "break")]
    if len(above) != 1 or sum(1 for node in draft.nodes if node.kind == "heading") < 2:
        return draft
    node = draft.nodes[above[0]]
    if node.kind not in ("", "paragraph") or not is_title(node.text) or node.text[-1] in ".!?…":
        return draft
    facts = add_fact(draft.facts, "title", Fact(node.text.strip("*_~=- "), spans=node.spans))
    nodes = (*draft.nodes[: above[0]], node._replace(kind="fact"), *draft.nodes[above[0] + 1 :])
    return draft._replace(facts=facts, nodes=nodes)


def _answers(draft: Draft) -> list[Answer]:
    answers = [Answer(str(fact.value), fact.evidence) for fact in draft.facts.get("title", ())]
    name = file_title(draft.path)
    if name:
        answers.append(Answer(name, "the file's name"))
    first = next((node.text for node in draft.nodes if node.kind in _STORY), "")
    words = first.split(maxsplit=6)
    if words:
        opening = " ".join(words[:6]).strip(' ,.;:-–—"“”‘’')
        answers.append(Answer(opening + ("…" if len(words) > 6 else ""), "the story's first words"))
    return answers


def file_title(path: str) -> str:
    """The title that a file's name may hold; "" where it is a number, a hash or says nothing."""
    stem = PurePosixPath(path.replace("\\", "/")).stem
    stem = _NUMBERED.sub("", stem) or stem
    if _IDENTIFIER.fullmatch(stem):
        return ""
    title = " ".join(re.sub(r"[_+]+|(?<=\w)[-.](?=\w)", " ", stem).split())
    return title[:1].upper() + title[1:] if len(title) >= 3 else ""
