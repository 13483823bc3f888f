"""What ficshelf knows about stories. The first file to read: small, frozen, and it imports nothing of ours.

Two families live here. A *reader* turns the bytes of a source into a `Draft`: the source's text layer and a list of
numbered nodes over it. The *passes* settle what every node is. `assemble` then makes `Work`s of drafts: facts,
chapters, blocks. All positions count characters (code points) of the text layer of one source, from 0, end excluded.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A stretch `[start, end)` of a source's text layer, in characters."""

    start: int
    end: int


MARKS = ("em", "strong", "underline", "strike", "sup", "sub", "code", "small")


class Run(NamedTuple):
    """Text that looks the same throughout: its marks (of `MARKS`, in that order) and, perhaps, where it links to."""

    text: str
    marks: tuple[str, ...] = ()
    link: str = ""


BLOCK_KINDS = (
    "paragraph",
    "heading",  # names a chapter; kept in the chapter that it opens
    "break",  # parts two scenes
    "verse",  # lyrics or a poem: one line a line
    "quote",  # a letter, a sign, a chat: text within the story
    "note",  # the author speaking
    "list",  # one item a line; detail "ordered" where it is numbered
    "table",  # one row a line, cells parted by tabs
    "image",  # text: its alternative text; detail: where it points, never fetched
    "preformatted",
    "end",  # "The End", "to be continued"
)


class Block(NamedTuple):
    """One piece of a chapter. A line break inside a block is a newline in the text of its runs."""

    kind: str
    runs: tuple[Run, ...]
    spans: tuple[Span, ...]
    source: int = 0
    detail: str = ""

    @property
    def text(self) -> str:
        """The words of the block, without marks."""
        return self.runs[0].text if len(self.runs) == 1 else "".join(run.text for run in self.runs)


class Chapter(NamedTuple):
    """A numbered or named part of a work. A prologue has number 0; an unnumbered chapter None."""

    number: int | None
    title: str | None
    blocks: tuple[Block, ...]


FACT_NAMES = (
    "title", "author", "summary", "fandom", "relationship", "character", "rating", "warning", "genre", "tag",
    "category", "spoilers", "disclaimer", "dedication", "note", "beta", "feedback", "archive_permission", "series",
    "part", "status", "complete", "language", "published", "updated", "words", "url", "archive",
)  # fmt: skip

STATED, INFERRED, DECIDED = "stated", "inferred", "decided"


class Fact(NamedTuple):
    """One thing known about a work: the value, how it is known, and the lines it comes from.

    `how` is "stated" (the source says so), "inferred" (a guess, with `confidence` from 0 to 1 and its `evidence` in
    words) or "decided" (a person said so). `complete` has a bool as its value, every other fact a string.
    """

    value: str | bool
    how: str = STATED
    spans: tuple[Span, ...] = ()
    source: int = 0
    confidence: float | None = None
    evidence: str = ""


Facts = dict[str, tuple[Fact, ...]]  # keys are of FACT_NAMES; never changed in place


class Review(NamedTuple):
    """What a reader said about a work, and what its author answered. `chapter` is a place from 1 among the work's
    chapters, 0 for the whole; `answers` the place from 1 of the review that it replies to, 0 for none. `date` and
    `replied` are ISO dates, `rating` is as stated; "" where unknown."""

    reviewer: str
    blocks: tuple[Block, ...]
    chapter: int = 0
    date: str = ""
    rating: str = ""
    reply: tuple[Block, ...] = ()
    replied: str = ""
    answers: int = 0


class Shelfmark(NamedTuple):
    """Where an archive had a work: the program it ran on, its key there ("stories/12"), who could see it (one of
    record.VISIBILITIES), and the addresses that led to it, each with the place of the chapter (0: the whole)."""

    program: str
    key: str
    visibility: str = ""
    addresses: tuple[tuple[str, int], ...] = ()


class Work(NamedTuple):
    """A story, whole."""

    facts: Facts
    chapters: tuple[Chapter, ...]
    reviews: tuple[Review, ...] = ()
    shelfmark: Shelfmark | None = None

    def fact(self, name: str) -> Fact | None:
        """The first fact of that name that is stated or decided; a guess never counts as known."""
        return next((fact for fact in self.facts.get(name, ()) if fact.how != INFERRED), None)


class Chrome(NamedTuple):
    """What a page holds that is not the story, and why we think so. Kept, never shown as story."""

    span: Span
    reason: str


class Source(NamedTuple):
    """One file as it was found. `path` is a label for people (inside a zip: `box.zip/story.txt`), never opened."""

    path: str
    sha256: str
    reader: str  # the key in readers.READERS, "" when none could read it
    encoding: str
    text: str  # the text layer
    chrome: tuple[Chrome, ...] = ()


class Remark(NamedTuple):
    """Something a reader or a pass noticed; `kind` is one of `remarks.KINDS`."""

    kind: str
    text: str
    source: int = 0
    span: Span = Span(0, 0)


class Answer(NamedTuple):
    """An answer on offer, and why it might be the right one."""

    value: str
    evidence: str


class Question(NamedTuple):
    """A doubt that only a person can settle. `about` is a fact's name, or "chapters", "encoding", "same-work"."""

    about: str
    answers: tuple[Answer, ...]
    source: int = 0
    text: str = ""


class Node(NamedTuple):
    """A line of a text, or a line inside an element of a page, on its way to becoming a block.

    `text` is what the line says, without its indent and trailing blanks; `runs` is empty while nothing is marked and
    then stands for one plain run. `kind` is "" until a pass settles it; then one of BLOCK_KINDS, or "fact" (its span
    belongs to a fact) or "chrome". `gap` counts the blank lines before it (0: it follows on in the same paragraph).
    `indent` is the width of its leading blanks, a tab counting as 4. `hint` is what the markup says it is ("h1"…"h6",
    "li", "pre", "blockquote", "center", "hr", "table", "img", or "" for a plain text line; "p" for a paragraph of a
    page). `page` is true for the first node of a new page of the source (of a joined text, an EPUB).
    """

    text: str
    spans: tuple[Span, ...]
    runs: tuple[Run, ...] = ()
    kind: str = ""
    gap: int = 1
    indent: int = 0
    hint: str = ""
    page: bool = False
    detail: str = ""

    def as_runs(self) -> tuple[Run, ...]:
        """Its runs, also when nothing is marked."""
        return self.runs or (Run(self.text),)


class Layout(NamedTuple):
    """How the lines of a draft are set, as far as no pass has settled them. Widths and indents count characters."""

    follows_on: float = 0.0  # share of lines that stand right under another line; of long lines, where there are some
    width: int = 0  # where hard-wrapped lines end; 0 for none
    indent: int = 0  # the usual indent
    base: int = 0  # the least indent that is common: where the lines begin that are not indented
    indent_share: float = 0.0  # share of lines with more than the usual indent
    cut_twice: bool = False  # whether lines were cut at one width and then at a smaller one: a full line, a rest, …
    ragged: bool = False  # whether cut lines end where they please, and not only where the next word would not fit
    joined: int = 0  # how many line ends were taken out since, where nothing but a paragraph could be

    @property
    def wrapped(self) -> bool:
        """Whether a mail program or editor cut the lines."""
        return self.width > 0


class Listed(NamedTuple):
    """A chapter that a contents page names, and where its link leads (as it stands in the page)."""

    number: int | None
    title: str | None
    link: str


class RecordedPart(NamedTuple):
    """A chapter as an archive's record has it: the label of the source that holds its text ("" where it is missing, for
    the reason `missing`), and the notes before and after it. A source that is `whole` tells its chapters itself; the
    `copies` hold the same text."""

    path: str
    number: int | None = None
    heading: Block | None = None
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()
    missing: str = ""
    whole: bool = False
    copies: tuple[str, ...] = ()


class Recorded(NamedTuple):
    """What an archive's record tells beside facts. `kind` is of record.KINDS; of a page that was saved from the archive
    it is "reviews" or "person"; of a story without any of its text it is "textless". `name` is what a person, a series
    or a page is called; `blocks` what it says; `told` its other fields, each with its name and its column; of a story
    without a text its facts, and as "missing" what is not there of each chapter. `members` are keys of stories and
    series, each with its place in the series. `rows` says how many rows of each table of the archive it holds."""

    kind: str
    key: str
    program: str = ""
    parts: tuple[RecordedPart, ...] = ()
    reviews: tuple[Review, ...] = ()
    addresses: tuple[tuple[str, int], ...] = ()
    visibility: str = ""
    name: str = ""
    told: tuple[tuple[str, str, str], ...] = ()
    blocks: tuple[Block, ...] = ()
    members: tuple[tuple[str, int], ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    source: int = 0


class Draft(NamedTuple):
    """What a reader makes of one source. Every non-blank character of `text` lies in a node, a fact or chrome."""

    text: str  # the text layer
    nodes: tuple[Node, ...]
    facts: Facts = {}
    chrome: tuple[Chrome, ...] = ()
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()
    reader: str = ""
    encoding: str = ""
    path: str = ""
    layout: Layout = Layout()
    listed: tuple[Listed, ...] = ()  # where it is a contents page: the chapters that it names
    record: Recorded | None = None  # where it is an archive's record


class Reading(NamedTuple):
    """What comes of reading sources together: the whole of what `ficshelf read --json` prints. `records` are what an
    archive holds beside stories: people, series, pages."""

    sources: tuple[Source, ...]
    works: tuple[Work, ...]
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()
    records: tuple[Recorded, ...] = ()
