"""The sample library reads as a person would read it: every story with its facts, chapters, breaks, notes and verse.

`STORIES` is written by hand from the files, by docs/reading-rules.md; samples/README.md says what each file shows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from ficshelf import reading
from ficshelf.model import INFERRED, Block, Reading, Work
from ficshelf.sources import Scratch, walk

SAMPLES = Path(__file__).parent.parent / "samples"
NO_STORIES = {"README.md"}
ARCHIVE = "harbour-archive"  # a dump and its folder, which are taken apart together: see the end

Title = tuple[int | None, str | None]
ONE: tuple[Title, ...] = ((None, None),)  # a story without a heading: one chapter, with neither number nor title


class Story(NamedTuple):
    """What one story of the samples is. A count of None is not looked at."""

    files: tuple[str, ...]
    title: str | None
    author: str | None
    chapters: tuple[Title, ...] = ONE
    facts: dict[str, tuple[str | bool, ...]] = {}
    inferred: dict[str, str] = {}
    breaks: int = 0
    notes: int | None = 0
    verse: int = 0
    quotes: int = 0
    ends: int = 0
    headings: int | None = None
    spoken: tuple[str, ...] = ()  # the author's words: in a note or a fact, never in the story
    remarks: frozenset[str] = frozenset()
    emphasis: tuple[str, ...] = ()  # runs that are marked, somewhere in the story


def _numbered(*titles: str | None, first: int = 1) -> tuple[Title, ...]:
    return tuple(enumerate(titles, first))


STORIES = {
    "tenancy": Story(
        ("the-terms-of-the-tenancy.txt",),
        "The Terms of the Tenancy",
        "Marchpane",
        facts={
            "fandom": ("Sherlock Holmes",),
            "character": ("Mrs. Hudson", "Sherlock Holmes", "John Watson"),
            "rating": ("G",),
            "genre": ("Humour", "Missing Scene"),
            "summary": (
                "Mrs. Hudson has let rooms for nineteen years and knows what a lodger is for. "
                "Mr. Holmes is going to need some alterations.",
            ),
            "status": ("Complete",),
            "complete": (True,),
        },
        breaks=4,
        ends=1,
        emphasis=("quiet", "kidneys excepted"),
    ),
    "horatio": Story(
        ("lord-of-infinite-space.txt",), None, None, facts={"complete": (True,)}, ends=1, emphasis=("like",)
    ),
    "labours": Story(
        ("the-labours-of-somebody-else.txt",),
        "The Labours of Somebody Else",
        "argive_nephew",
        _numbered(
            "The Lion",
            "The Hydra",
            "The Hind",
            "The Boar",
            "The Stables",
            "The Birds",
            "The Bull",
            "The Mares",
            "The Belt",
            "The Cattle",
            "The Apples",
            "The Dog",
        ),
        {"fandom": ("Greek Mythology",), "rating": ("PG",), "complete": (True,)},
        ends=1,
        headings=12,
    ),
    "ledger": Story(
        tuple(f"a-ledger-of-the-greenwood/ledger{number}.txt" for number in range(1, 6)),
        "A Ledger of the Greenwood",
        "Tuckshop",
        _numbered("Income", "Expenditure", "Liabilities", "Losses", "Balance"),
        {
            "fandom": ("Robin Hood",),
            "rating": ("K+",),
            "relationship": ("Robin/Marian",),
            "warning": ("None",),
            "complete": (True,),
        },
        breaks=1,
        verse=1,  # the items of the account: a line a line
        ends=1,
        headings=5,
    ),
    "bowie knife": Story(
        tuple(f"carfax-list/bowie-knife-{number}.txt" for number in (1, 2, 3)),
        "What the Bowie Knife Was For",
        "Lanternjaw",
        _numbered(None, None, None),
        {
            "fandom": ("Dracula",),
            "rating": ("PG-13 for blood", "PG-13"),
            "category": ("Angst", "Missing Scene"),
            "summary": ("Everybody wrote a diary except the Texan. This is the night he sat up with Lucy.",),
            "part": ("1/3", "2/3", "3/3"),
            "complete": (True,),
        },
        breaks=3,
        ends=3,
        remarks=frozenset({"lines-joined"}),
        emphasis=("but who is this?",),
    ),
    "martin-house": Story(
        ("martinhouse.txt",),
        None,
        None,
        ((0, "Prologue"), (1, "The Key"), (2, "Dead Letters"), (None, None)),
        breaks=3,
        verse=2,
        quotes=1,
        headings=3,
        remarks=frozenset({"heading-lost"}),
        emphasis=("goose", "A. Snodgrass, Esq."),
    ),
    "margaret": Story(
        ("margaret4.txt",),
        None,
        None,
        ((4, "The Right-Hand Column"),),
        breaks=2,
        headings=3,
        remarks=frozenset({"headings-disagree"}),
        emphasis=("What he says", "My dear child"),
    ),
    "feste": Story(
        ("feste_11.txt",),
        None,
        None,
        ((11, None),),
        inferred={"beta": "Pomander"},
        breaks=1,
        notes=2,
        verse=2,
        headings=2,
        remarks=frozenset({"break-unglued", "verse-lines-restored", "paragraph-parted"}),
    ),
    "underneath": Story(
        ("underneath-the-opera.txt",),
        "Underneath the Opera",
        None,
        ((1, None),),
        {
            "rating": ("PG-13",),
            "summary": (
                "Everybody remembers the chandelier. Nobody asks who had to sweep it up. "
                "One night, one broom, one ghost.",
            ),
        },
        {"fandom": "The Phantom of the Opera"},
        verse=2,
        headings=1,
        remarks=frozenset({"label-misspelt"}),
    ),
    "pedantic": Story(
        ("a-pedantic-air.txt",),
        "A Pedantic Air",
        "Thrift & Semicolons",
        facts={
            "fandom": ("Pride and Prejudice",),
            "rating": ("G",),
            "category": ("Gen", "Humor", "Character Study"),
            "beta": ("Longbourn Lurker, who counted the commas",),
            "archive_permission": ("Yes, but tell me",),
            "complete": (True,),
        },
        breaks=3,
        ends=1,
        remarks=frozenset({"encoding-guessed"}),
        emphasis=("want", "Resignation"),
    ),
    "grimaud": Story(
        ("grimaud.txt",),
        "The Eloquence of Grimaud",
        "café_d'Armagnac",
        facts={
            "fandom": ("The Three Musketeers",),
            "character": ("Grimaud", "Athos", "Planchet", "d’Artagnan"),
            "disclaimer": ("Dumas père’s. I bought them a drink, that’s all.",),
            "complete": (True,),
        },
        breaks=3,
        ends=1,
        remarks=frozenset({"mojibake-repaired"}),
        emphasis=("Monsieur should have asked", "mon petit"),
    ),
    "five matches": Story(
        ("five-matches.txt",),
        "Five Matches Emma Woodhouse Did Not Make (And One She Did)",
        "Hartfield Gruel",
        _numbered(
            "Mr. Cole and the Turnpike",
            "Two Geese",
            "Miss Bates's Nephew",
            "Harriet, for the Fourth Time",
            "The Late Mrs. Churchill",
            "Papa",
        ),
        {
            "fandom": ("Emma",),
            "relationship": ("Harriet Smith/Robert Martin", "Emma Woodhouse/George Knightley"),
            "category": ("Humor", "Five Things"),
            "complete": (True,),
        },
        ends=1,
        headings=6,
    ),
    "hunsford": Story(
        ("from-hunsford.txt",),
        "From Hunsford, With Hens",
        "parsonage_post",
        facts={"fandom": ("Pride and Prejudice",), "beta": ("Miss Pratt did the dates. I did the hens.",)},
        breaks=5,
        quotes=6,  # a letter each, at the least
    ),
    "olympus": Story(
        ("olympus-chat.txt",),
        "olympus (family) (do NOT add hades)",
        "nectarine",
        facts={"rating": ("T",), "tag": ("Group Chat", "Modern AU", "Crack Treated Seriously")},
        quotes=6,
        emphasis=("want", "alive"),
    ),
    "laura": Story(
        ("what-laura-kept.txt",),
        "What Laura Kept",
        "bell_and_candle",
        facts={
            "rating": ("R (for blood, grief, and longing; nothing you could not read on a train)",),
            "warning": ("Canonical character death",),
            "relationship": ("Carmilla/Laura",),
        },
        breaks=3,
        emphasis=("stupid", "the patient has since made a complete recovery"),
    ),
    "drabbles": Story(
        ("hundred-words.txt",),
        "Doors: Five Drabbles",
        "ampersandwich",
        _numbered(
            "Seventeen (Sherlock Holmes)",
            "The Dog at the Heights (Wuthering Heights)",
            "Hinges (Little Women)",
            "Ithaca (Greek Mythology)",
            "Next Door (Frankenstein)",
        ),
        {
            "fandom": ("Sherlock Holmes", "Wuthering Heights", "Little Women", "Greek Mythology", "Frankenstein"),
            "warning": ("One death", "one dog"),
        },
        headings=5,
    ),
    "whitby": Story(
        ("the-whitby-goods.txt",),
        "The Whitby Goods",
        "Thaddeus Sparrow",
        facts={
            "fandom": ("Sherlock Holmes", "Dracula"),
            "rating": ("PG-13",),
            "character": ("Holmes", "Watson", "a clerk"),
            "warning": ("boxes",),
            "part": ("1/1",),
            "complete": (True,),
        },
        chapters=((1, None),),
        breaks=1,
        notes=3,
        ends=1,
        emphasis=("you", "RETURN TO SENDER. CARRIAGE UNPAID."),
    ),
    "black spot": Story(
        ("black-spot.txt",),
        "THE OTHER SIDE OF THE BLACK SPOT",
        "Pieces O'Tate",
        ((1, "The Sign of the Spy-glass"),),
        {"fandom": ("Treasure Island",), "rating": ("PG",), "status": ("WIP",), "complete": (False,)},
        breaks=2,
        ends=1,
        headings=1,
        emphasis=("oh, don't",),
    ),
    "gunpowder": Story(
        ("katrina-drafts/gunpowder_v1.txt",),
        "Gunpowder",
        "Tarry Town",
        facts={"fandom": ("The Legend of Sleepy Hollow",), "rating": ("PG",), "complete": (True,)},
        ends=1,
        emphasis=("sang",),
    ),
    "gunpowder, revised": Story(
        ("katrina-drafts/gunpowder_v2.txt",),
        "Gunpowder",
        "Tarry Town",
        facts={"beta": ("Doctor Catskill, who asked what Katrina was doing all this time",), "complete": (True,)},
        ends=1,
        emphasis=("sang", "fools"),
    ),
    "care of gentlemen": Story(
        ("saved-pages/Notes_on_the_Care_of.html",),
        "Notes on the Care of Gentlemen",
        "gaslit_mews",
        _numbered("One Cover", "Two Covers", "Covers Removed"),
        {
            "fandom": ("Strange Case of Dr Jekyll and Mr Hyde - Robert Louis Stevenson",),
            "rating": ("Teen And Up Audiences",),
            "warning": ("Major Character Death",),
            "category": ("Gen",),
            "relationship": ("Henry Jekyll & Poole", "Edward Hyde & Poole"),
            "character": ("Poole", "Henry Jekyll", "Edward Hyde", "Gabriel Utterson"),
            "tag": ("POV Outsider", "Domestic Service", "Missing Scene", "Yes there is soup"),
            "language": ("English",),
            "published": ("2019-10-27",),
            "summary": (
                "Mr. Utterson has asked for a statement. The butler would prefer to explain about the dinners.",
            ),
            "complete": (True,),
        },
        breaks=1,
        notes=None,
        spoken=(
            "knowing what a sauce-boat is",
            "Poole would not be hurried",
            "canonical in my heart",
            "part three, in which",
        ),
        headings=3,
        emphasis=("used", "tiring"),
    ),
    "late": Story(
        ("saved-pages/late-1.html", "saved-pages/late-2.html"),
        "Late",
        "MockTurtleneck",
        _numbered("The Glove Drawer", "The Fan"),
        {"fandom": ("Alice's Adventures in Wonderland",), "language": ("English",), "complete": (True,)},
        breaks=2,
        notes=None,
        spoken=(
            "bruise like a jam tart",
            "bear with me",
            "Replies are at the bottom",
            "bigger part",
            "who stole the glove",
        ),
        ends=2,
        emphasis=("early", "probably"),
    ),
    "seneschal": Story(
        ("saved-pages/viewstory-sid-212.html",),
        "The Seneschal's Complaint",
        "Gringolet",
        facts={
            "rating": ("PG - Parental guidance",),
            "character": ("Kay", "Arthur", "Gareth"),
            "genre": ("Humor", "Family"),
            "summary": ("Somebody has to feed a hundred and fifty heroes. Sir Kay has Opinions.",),
            "complete": (True,),
        },
        breaks=2,
        notes=None,
        spoken=("mean to Kay", "very patient Lunete", "If you are a swan"),
        emphasis=("skin", "pretty"),
    ),
    "bowl": Story(
        ("saved-pages/bowl.htm",),
        "The Bowl",
        "Hrafnhildur",
        facts={
            "fandom": ("Norse Mythology",),
            "rating": ("PG",),
            "relationship": ("Loki/Sigyn",),
            "complete": (True,),
        },
        breaks=3,
        ends=1,
        emphasis=("sighing", "Tick"),
    ),
    "two bears": Story(
        ("Two_Bears_Will_Not.epub",),
        "Two Bears Will Not Bite",
        "hedgepriest",
        _numbered("In Which a Bargain Is Struck", "In Which There Is a Poem", "In Which the Ducats Are Divided"),
        {
            "fandom": ("Much Ado About Nothing - Shakespeare",),
            "rating": ("General Audiences",),
            "relationship": ("Beatrice/Benedick (Much Ado About Nothing)",),
            "tag": ("Fake Relationship", "Betting", "Everyone Is Conning Everyone"),
            "complete": (True,),
        },
        breaks=2,
        notes=None,
        spoken=("Written for Sigh No More", "The pear has its own fans"),
        verse=2,
        headings=3,
        emphasis=("paid", "Beatrice"),
    ),
    "tin": Story(
        ("the-heart-you-came-in-with.docx",),
        "The Heart You Came In With",
        "Emerald Pawnshop",
        _numbered("Axe", "Tin", "Velvet"),
        {
            "fandom": ("The Wizard of Oz",),
            "rating": ("PG",),
            "relationship": ("Tin Woodman/Nimmie Amee",),
            "complete": (True,),
        },
        breaks=2,
        ends=1,
        headings=3,
        emphasis=("That", "tap, tap"),
    ),
    "nana": Story(
        ("nanas-notice.odt",),
        "Nana’s Notice",
        "dogwatch",
        ((None, "The Chain"), (None, "The Kennel")),
        {
            "fandom": ("Peter Pan",),
            "rating": ("G",),
            "character": ("Nana", "Mr. Darling", "Liza"),
            "complete": (True,),
        },
        breaks=2,
        notes=1,
        verse=1,
        ends=1,
        headings=2,
        emphasis=("fever", "her kennel"),
    ),
    "hut": Story(
        ("the-hut-has-opinions.fb2",),
        "The Hut Has Opinions",
        "Крапива",
        ((None, "Back to the Forest"), (None, "Front to Me")),
        {
            "genre": ("child_tale",),
            "tag": ("Russian folklore", "Vasilisa", "Baba Yaga"),
            "series": ("Hen and Hearth #1",),
            "published": ("2008-10-31",),
            "language": ("en",),
            "complete": (True,),
        },
        breaks=1,
        notes=4,  # a motto and who said it; the title of the notes, and one
        verse=2,
        ends=1,
        headings=2,
        spoken=("Hens pant when they are hot",),
        emphasis=("turn around", "Please."),
    ),
    "pedal point": Story(
        ("pedal-point.rtf",),
        "Pedal Point",
        "Octave Coupler",
        _numbered(None, None),
        {"fandom": ("Twenty Thousand Leagues Under the Sea",), "rating": ("G",), "complete": (True,)},
        breaks=1,
        notes=1,
        verse=1,
        ends=1,
        headings=2,
        spoken=("being played",),
        emphasis=("weather", "as quiet as can be"),
    ),
    "bottom": Story(
        ("stocking-2004.zip/stocking2004/bottom.txt",),
        "Bottom's Dream, Unexpounded",
        "robin_starveling",
        facts={"fandom": ("A Midsummer Night's Dream",), "complete": (True,)},
        breaks=2,
        ends=1,
    ),
    "passepartout": Story(
        ("stocking-2004.zip/stocking2004/passepartout.txt",),
        "The Gas Bill",
        "Balloonless",
        facts={"fandom": ("Around the World in Eighty Days",), "complete": (True,)},
        ends=1,
    ),
    "ishmael": Story(
        ("stocking-2004.zip/stocking2004/ishmael.txt",),
        "Call Me",
        "try-works",
        facts={"fandom": ("Moby-Dick",), "relationship": ("Ishmael/Queequeg",)},
        breaks=1,
        emphasis=("and", "you"),
    ),
    "scrooge": Story(
        ("stocking-2004.zip/stocking2004/scrooge.htm",),
        "Second Christmas",
        "Humbuggery",
        facts={"fandom": ("A Christmas Carol",), "rating": ("G",), "complete": (True,)},
        breaks=1,
        ends=1,
        emphasis=("one",),
    ),
}


def _found() -> dict[str, bytes]:
    """Every file of the samples, those of the zip included, under the path that a reading gives it."""
    found: dict[str, bytes] = {}
    for path in sorted(SAMPLES.rglob("*")):
        name = path.relative_to(SAMPLES).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as box:
                found |= {f"{name}/{entry}": box.read(entry) for entry in box.namelist()}
        elif path.is_file() and name not in NO_STORIES and not name.startswith(f"{ARCHIVE}/"):
            found[name] = path.read_bytes()
    return found


FOUND = _found()
READINGS: dict[str, Reading] = {}


def _reading(name: str) -> Reading:
    if name not in READINGS:
        READINGS[name] = reading.read([(FOUND[path], path) for path in STORIES[name].files])
    return READINGS[name]


def _blocks(work: Work, kind: str) -> list[Block]:
    return [block for chapter in work.chapters for block in chapter.blocks if block.kind == kind]


def _stated(work: Work, name: str) -> tuple[str | bool, ...]:
    """The stated values, each once: chapters in files of their own may all state the same."""
    return tuple(dict.fromkeys(fact.value for fact in work.facts.get(name, ()) if fact.how != INFERRED))


def _lost(result: Reading) -> list[str]:
    """What no block, fact or chrome holds, word for word."""
    lost: list[str] = []
    for index, source in enumerate(result.sources):
        held = bytearray(len(source.text))
        spans = [chrome.span for chrome in source.chrome]
        for work in result.works:
            pieces = [block for chapter in work.chapters for block in chapter.blocks]
            facts = [fact for values in work.facts.values() for fact in values]
            spans += [span for piece in (*pieces, *facts) if piece.source == index for span in piece.spans]
        for start, end in spans:
            held[start:end] = b"\1" * (end - start)
        bare = "".join(" " if covered else letter for letter, covered in zip(source.text, held, strict=True))
        lost += bare.split()
    return lost


def test_every_file_of_the_samples_is_described_here() -> None:
    described = [path for story in STORIES.values() for path in story.files]
    assert sorted(described) == sorted(FOUND)
    assert len(FOUND) >= 24


def test_the_readme_has_a_row_for_every_file() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([^`]+)`", readme, re.M))
    files = {path.split(".zip/")[0] + ".zip" if ".zip/" in path else path for path in FOUND}
    assert rows == {*files, ARCHIVE}


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_one_work_under_its_own_name(name: str) -> None:
    story, result = STORIES[name], _reading(name)
    assert len(result.works) == 1
    (work,) = result.works
    assert set(_stated(work, "title")) == ({story.title} if story.title else set())
    assert set(_stated(work, "author")) == ({story.author} if story.author else set())
    assert [question.about for question in result.questions if question.about == "title"] == (
        [] if story.title else ["title"]
    )


@pytest.mark.parametrize("name", STORIES)
def test_a_story_keeps_its_chapters(name: str) -> None:
    story, result = STORIES[name], _reading(name)
    (work,) = result.works
    assert tuple((chapter.number, chapter.title) for chapter in work.chapters) == story.chapters
    if story.headings is not None:
        assert len(_blocks(work, "heading")) == story.headings


@pytest.mark.parametrize("name", STORIES)
def test_a_story_states_its_facts(name: str) -> None:
    story, result = STORIES[name], _reading(name)
    (work,) = result.works
    assert {fact: _stated(work, fact) for fact in story.facts} == story.facts
    if "complete" not in story.facts:
        assert not _stated(work, "complete")
    for fact, value in story.inferred.items():
        assert not _stated(work, fact)
        assert [guess.value for guess in work.facts.get(fact, ())] == [value]


@pytest.mark.parametrize("name", STORIES)
def test_a_story_keeps_its_breaks_notes_verse_letters_and_endings(name: str) -> None:
    story, result = STORIES[name], _reading(name)
    (work,) = result.works
    kinds = Counter(block.kind for chapter in work.chapters for block in chapter.blocks)
    counted = {kind: kinds[kind] for kind in ("break", "verse", "end")}
    assert counted == {"break": story.breaks, "verse": story.verse, "end": story.ends}
    if story.notes is not None:
        assert kinds["note"] == story.notes
    assert kinds["quote"] >= story.quotes if story.quotes else not kinds["quote"]


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if story.spoken])
def test_the_author_speaks_in_notes_alone(name: str) -> None:
    (work,) = _reading(name).works
    told = "\n".join(block.text for block in _blocks(work, "paragraph") + _blocks(work, "quote"))
    notes = [block.text for block in _blocks(work, "note")] + [str(value) for value in _stated(work, "note")]
    for words in STORIES[name].spoken:
        assert words not in told
        assert any(words in note for note in notes)


@pytest.mark.parametrize("name", STORIES)
def test_what_was_repaired_is_said(name: str) -> None:
    assert STORIES[name].remarks <= {remark.kind for remark in _reading(name).remarks}


@pytest.mark.parametrize("name", [name for name, story in STORIES.items() if story.emphasis])
def test_emphasis_is_marked_and_its_signs_are_gone(name: str) -> None:
    (work,) = _reading(name).works
    blocks = [block for chapter in work.chapters for block in chapter.blocks]
    marked = {run.text for block in blocks for run in block.runs if "em" in run.marks}
    assert {text for text in STORIES[name].emphasis if not any(text in run for run in marked)} == set()
    assert [block.text for block in blocks if block.kind == "paragraph" and re.search(r"\*\w|</?i>", block.text)] == []


@pytest.mark.parametrize("name", STORIES)
def test_nothing_is_lost(name: str) -> None:
    assert _lost(_reading(name)) == []


@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_long_enough_to_be_one(name: str) -> None:
    (work,) = _reading(name).works
    words = sum(len(block.text.split()) for chapter in work.chapters for block in chapter.blocks)
    assert 300 <= words <= 3_000


def test_read_together_the_samples_are_the_same_works() -> None:
    together = reading.read([(data, path) for path, data in FOUND.items()])
    apart = [work for name in STORIES for work in _reading(name).works]

    def shape(work: Work) -> tuple[str, int, int]:
        title = work.fact("title")
        blocks = sum(len(chapter.blocks) for chapter in work.chapters)
        return str(title.value) if title else "", len(work.chapters), blocks

    assert Counter(map(shape, together.works)) == Counter(map(shape, apart))


def test_the_revised_story_holds_the_whole_of_the_earlier_one() -> None:
    earlier, revised = (
        {block.text for block in _blocks(_reading(name).works[0], "paragraph")}
        for name in ("gunpowder", "gunpowder, revised")
    )
    assert len(earlier & revised) >= 0.8 * len(earlier)
    assert revised - earlier


def test_verse_has_its_line_ends_back() -> None:
    (work,) = _reading("feste").works
    first, second = _blocks(work, "verse")
    assert first.text.split("\n") == [
        "I knew a lass that loved a glass",
        "For who looked out of it,",
        "She came by day, she came by night",
        "And by the glass she'd sit.",
    ]
    assert len(second.text.split("\n")) == 4


def test_what_was_glued_is_parted() -> None:
    (work,) = _reading("feste").works
    texts = [block.text for block in _blocks(work, "paragraph")]
    assert any(text.startswith("In the morning the whole of the household") for text in texts)
    assert any(text.startswith('"I said that I would,"') for text in texts)
    (martin_house,) = _reading("martin-house").works
    assert any(block.text.startswith("She would have shut the lid") for block in _blocks(martin_house, "paragraph"))


def test_what_a_mail_program_added_is_gone_from_the_story() -> None:
    (work,) = _reading("bowie knife").works
    text = "\n".join(block.text for chapter in work.chapters for block in chapter.blocks)
    assert "=20" not in text
    assert "unsubscribe" not in text
    assert "They had all of them given her blood. Art had, who was going to marry her, and Jack" in text
    assert "lanternjaw@" not in text


def test_broken_letters_are_put_right() -> None:
    (work,) = _reading("grimaud").works
    first = _blocks(work, "paragraph")[0]
    assert first.text == "The first time was at Béthune, and does not count, because he only said Fire."


def test_menus_and_forms_of_a_saved_page_are_no_story() -> None:
    for name in ("care of gentlemen", "late", "seneschal", "bowl", "two bears"):
        (work,) = _reading(name).works
        text = "\n".join(block.text for chapter in work.chapters for block in chapter.blocks)
        for chrome in (
            "Follow/Fav",
            "Just In",
            "Printer",
            "Guestbook",
            "WebRing",
            "drop by the Archive",
            "visitor number",
        ):
            assert chrome not in text


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The archive among the samples, as a library takes it apart."""
    scratch = Scratch(tmp_path_factory.mktemp("scratch"))
    found: list[tuple[bytes, str]] = []
    for place in walk([SAMPLES / ARCHIVE], scratch=scratch):
        if not place.container:
            with place.open() as stream:
                found.append((stream.read(), place.path))
    return reading.read(found)


def test_the_archive_among_the_samples_comes_back(archive: Reading) -> None:
    told = {_stated(work, "title"): (_stated(work, "author"), len(work.chapters)) for work in archive.works}
    assert told == {
        ("Minutes of the Goats",): (("Capstan",), 2),
        ("The Wedding-Guest Goes Home",): (("mizzen",), 1),
        ("What the Sea-Witch Keeps",): (("Mother Carey",), 1),
        ("Foam",): (("Mother Carey",), 1),
        ("Penelope, Unweaving",): (("Capstan", "mizzen"), 2),
        ("Poste Restante",): (("Capstan",), 1),
    }
    works = {str(_stated(work, "title")[0]): work for work in archive.works}
    goats, guest, witch = (
        works[title] for title in ("Minutes of the Goats", "The Wedding-Guest Goes Home", "What the Sea-Witch Keeps")
    )
    assert [chapter.title for chapter in goats.chapters] == ["Motions Arising", "Any Other Business"]
    assert _stated(goats, "fandom") == ("Robinson Crusoe",)
    assert _stated(goats, "tag") == ("Becalmed", "Somebody Else's Shipwreck")
    assert _stated(works["Penelope, Unweaving"], "character") == ("Penelope", "Odysseus, King of Ithaca")
    assert _stated(witch, "series") == ("Voices #1",)
    assert len(_blocks(goats, "break")) == 2
    assert len(_blocks(guest, "break")) == 2
    shelved = {title: work.shelfmark.visibility for title, work in works.items() if work.shelfmark}
    assert {title: who for title, who in shelved.items() if who} == {
        "Poste Restante": "hidden",
        "Penelope, Unweaving": "members",
    }


def test_the_letters_of_the_archive_are_right(archive: Reading) -> None:
    works = {str(_stated(work, "title")[0]): work for work in archive.works}
    guest = works["The Wedding-Guest Goes Home"]
    assert _stated(guest, "summary") == ("A naïve young man is stopped on his way to a party.",)
    assert any("There was a marzipán gull on it." in block.text for block in _blocks(guest, "paragraph"))
    assert _stated(works["Foam"], "summary") == ("She isn’t sorry. She’s everywhere.",)
    assert [block.text for block in guest.reviews[0].blocks] == ["café au lait all over the keyboard, thank you"]


def test_readers_and_authors_of_the_archive_speak_apart(archive: Reading) -> None:
    works = {str(_stated(work, "title")[0]): work for work in archive.works}
    first, second = works["Minutes of the Goats"].reviews
    assert [block.text for block in first.blocks] == ["The calendar! I'd have let them eat it."]
    assert [block.text for block in first.reply] == ["You would. You're a kid."]
    assert (first.reviewer, first.chapter, second.chapter) == ("mizzen", 1, 2)
    kinds = Counter(record.kind for record in archive.records if record.kind != "story")
    assert kinds == {"person": 3, "series": 2, "page": 12, "rest": 1, "sealed": 1}
    (all_hands,) = (record for record in archive.records if record.name == "All Hands")
    assert [key for key, _ in all_hands.members] == ["stories/2", "series/2"]
