"""What the two tantivy indexes hold, and how a work becomes documents of them.

*works* has one document a work: all its words, its facts as words to search, as whole values to filter and count by,
and as numbers. Matching, ranking, sorting and counting happen there, so they are about stories and exact, and words may
stand in different scenes. *scenes* has one document a scene: where in a story the words are. They are two indexes, not
one, since ranking weighs a text by its length against the average of its index.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

import tantivy

from ficshelf.model import Block
from ficshelf.scenes import scenes
from ficshelf.search.normalise import LONGEST, normalise, words

# Changed whenever documents or the analyser change: an index of another version is made anew.
VERSION = f"1 tantivy {'.'.join(tantivy.__version__.split('.')[:2])}"

TAG_KINDS = ("fandom", "relationship", "character", "warning", "genre", "category", "tag")
NAMED = ("author", *TAG_KINDS, "series", "language")  # searched as words, as a whole value, and counted by it

# How much a word counts by where it stands.
WEIGHTS = {"title": 5.0, "author": 4.0, "about": 2.0, "summary": 1.5, "guess": 1.0, "body": 1.0, "notes": 0.3}
SCENE_WEIGHTS = {"text": 1.0, "notes": 0.3}

NUMBERS = ("words", "chapters", "updated", "published", "added")
ANALYSER = "words"


def analyser() -> tantivy.TextAnalyzer:
    """The half of the analyser that tantivy does: `normalise` has done the rest."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.remove_long(LONGEST + 1))
        .build()
    )


def _works() -> tantivy.Schema:
    # Not unsigned: delete_documents_by_term deletes nothing by an unsigned field, and says nothing.
    builder = tantivy.SchemaBuilder().add_integer_field("work", indexed=True, fast=True)
    builder.add_integer_field("version", fast=True)
    for name in (*WEIGHTS, *(name for name in NAMED if name not in WEIGHTS)):
        builder.add_text_field(name, tokenizer_name=ANALYSER, index_option="position")
    for name in ("title", *NAMED):
        builder.add_text_field(f"{name}_whole", tokenizer_name="raw", index_option="basic")
    for name in (*NAMED, "rating", "complete", "is"):
        builder.add_text_field(f"{name}_name", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("sort_title", "sort_author"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def _scenes() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_integer_field("work", indexed=True, fast=True)
    builder.add_integer_field("chapter", fast=True)
    builder.add_integer_field("scene", fast=True)
    for name in SCENE_WEIGHTS:
        builder.add_text_field(name, tokenizer_name=ANALYSER, index_option="position")
    return builder.build()


WORKS = _works()
SCENES = _scenes()


def whole(value: str) -> str:
    """A name as whole values are compared: its words, or itself where it has none (“★”)."""
    return " ".join(words(value))[:200] or value.strip()[:200]


@dataclass
class Story:
    """A work on its way into the index: what is known about it, stated or decided, and its chapters' blocks. `names`
    are by the kinds of NAMED; dates are None where unknown."""

    id: int
    version: int
    title: str
    guess: str  # the suggested title, where there is no title
    summary: str
    rating: str
    complete: bool | None
    words: int
    chapter_count: int
    updated: datetime.date | None
    published: datetime.date | None
    added: datetime.date
    sort_title: str
    sort_author: str
    visibility: str = ""
    names: dict[str, list[str]] = field(default_factory=dict)
    chapters: Iterable[tuple[int, tuple[Block, ...]]] = ()  # (position, blocks)


def documents(story: Story) -> tuple[tantivy.Document, list[tantivy.Document], int]:
    """The document of the work, those of its scenes, and how many characters of story they hold."""
    work = _facts(story)
    found: list[tantivy.Document] = []
    size = 0
    for position, blocks in story.chapters:
        for scene in scenes(blocks):
            text = normalise("\n".join([block.text for block in scene.blocks if block.kind != "note"]))
            notes = normalise("\n".join([block.text for block in scene.blocks if block.kind == "note"]))
            size += len(text) + len(notes)
            document = tantivy.Document()
            document.add_integer("work", story.id)
            document.add_integer("chapter", position)
            document.add_integer("scene", scene.number)
            if text:
                document.add_text("text", text)
                work.add_text("body", text)  # a value a scene: no phrase runs on from one scene to the next
            if notes:
                document.add_text("notes", notes)
                work.add_text("notes", notes)
            found.append(document)
    return work, found, size


def _facts(story: Story) -> tantivy.Document:
    """The document of a work, still without its text."""
    document = tantivy.Document()
    document.add_integer("work", story.id)
    document.add_integer("version", story.version)
    for name, text in (("title", story.title), ("guess", story.guess), ("summary", story.summary)):
        document.add_text(name, normalise(text))
    document.add_text("title_whole", whole(story.title))
    for name, values in story.names.items():
        for value in values:
            folded = normalise(value)
            document.add_text(name, folded)
            if name != "author":
                document.add_text("about", folded)
            document.add_text(f"{name}_whole", whole(value))
            document.add_text(f"{name}_name", value[:200])
    document.add_text("rating_name", story.rating)
    document.add_text("complete_name", {True: "yes", False: "no", None: "unknown"}[story.complete])
    for kind, is_so in (
        ("series", bool(story.names.get("series"))),
        ("crossover", len(story.names.get("fandom", ())) > 1),
        ("untitled", not story.title),
        ("members", story.visibility == "members"),
        ("hidden", story.visibility == "hidden"),
    ):
        if is_so:
            document.add_text("is_name", kind)
    document.add_integer("words", story.words)
    document.add_integer("chapters", story.chapter_count)
    for name, day in (
        ("updated", story.updated or story.published),
        ("published", story.published),
        ("added", story.added),
    ):
        if day:
            document.add_integer(name, day.toordinal())
    for name, text in (("sort_title", story.sort_title or story.guess), ("sort_author", story.sort_author)):
        if text:  # what has none comes last
            document.add_text(name, whole(text))
    return document
