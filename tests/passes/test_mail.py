"""What mail programs, lists and news servers put around a story is set apart, and what they did to its lines undone."""

from __future__ import annotations

import textwrap

import pytest

from ficshelf import conserve
from ficshelf.model import Work
from ficshelf.passes.title_lines import subject_facts
from ficshelf.reading import read

BLOCKS = [
    "The lamp had gone out again, and nobody on the whole ship would say why it had, or when, or who had been the "
    "last to see it burning on the table by the door.",
    "Marta filled it, and lit it, and sat down beside it with a book that she had read twice before, and that she "
    "meant to read once more before the night was over.",
    "It went out. The cat, who had never looked so innocent, looked more innocent than ever, and went away to see "
    "about something in the hold that nobody else had heard.",
]
STORY = "\n\n".join(textwrap.fill(block, 64) for block in BLOCKS).split("\n")
HEAD = ["From: Ann Ambler <ann@example.net>", "Date: 6 Mar 2000", "Subject: FIC: The Lamp (1/1) PG", ""]


def work_of(lines: list[str]) -> Work:
    reading = read([("\n".join(lines).encode(), "a.txt")])
    (work,) = reading.works
    assert not conserve.lost(reading.sources[0], [work])
    return work


def blocks(lines: list[str]) -> list[str]:
    return [block.text for chapter in work_of(lines).chapters for block in chapter.blocks]


@pytest.mark.parametrize("sign", ["> ", ">", ">> ", "> > ", "| ", ">>> "])
def test_a_story_that_is_quoted_as_a_whole_is_the_story(sign: str) -> None:
    quoted = [f"{sign}{line}".rstrip() for line in STORY]
    assert blocks([*HEAD, *quoted]) == BLOCKS
    letter = ["I found this on an old disk!", "", "On 6 Mar 2000, Ann Ambler <ann@example.net> wrote:", ""]
    assert blocks([*letter, *quoted]) == BLOCKS


@pytest.mark.parametrize(
    "lead",
    ["-----Original Message-----", "---------- Forwarded message ----------", "----- Original Message -----",
     "Begin forwarded message:", "-------- Original Message --------"],
)  # fmt: skip
def test_a_forwarded_story_is_the_story_and_its_own_sender_the_author(lead: str) -> None:
    lines = [
        "From: Bob <bob@example.net>",
        "Subject: Fwd: The Lamp",
        "",
        "Saved this for you.",
        "",
        lead,
        *HEAD,
        *STORY,
    ]
    work = work_of(lines)
    assert [block.text for block in work.chapters[0].blocks] == BLOCKS
    assert [fact.value for fact in work.facts["author"]] == ["Ann Ambler"]
    assert [fact.value for fact in work.facts["title"]] == ["The Lamp"]


@pytest.mark.parametrize(
    "letter",
    [
        ["On Tue, 7 Mar 2000, Bob wrote:", "> Where is the next part?", "> I have been waiting."],
        ['--- In lamps@example.net, "Bob" <bob@example.net> wrote:', "> Where is the next part?", "> Still waiting."],
        ["Bob <bob@example.net> wrote in message", "news:7caf@example.net:", "> Where is the next part?", "> Please."],
        ["-----Original Message-----", "From: Bob", "Sent: Tuesday", "To: Ann", "", "Where is the next part?"],
    ],
)
def test_a_quoted_letter_around_a_story_is_no_story(letter: list[str]) -> None:
    assert blocks([*HEAD, *STORY, "", *letter]) == BLOCKS
    if "Original" not in letter[0]:
        assert blocks([*HEAD, *letter, "", *STORY]) == BLOCKS


@pytest.mark.parametrize(
    "foot",
    [
        ["_________________________", "Do You Yahoo!?", "Get Yahoo! Mail - Free email you can"],
        ["------------------------ Yahoo! Groups Sponsor ---------------------~-->", "Anything you like at all",
         "---------------------------------------------------------------------~->", "",
         "To unsubscribe from this group, send an email to:", "lamps-unsubscribe@example.net", "",
         "Your use of Yahoo! Groups is subject to http://docs.yahoo.example/info/terms/"],
        ["--------------------------------------", "eGroups.com home: http://www.egroups.com/group/x",
         "http://www.egroups.com - Simplifying group communications", "To unsubscribe: x-unsubscribe@example.net"],
        ["---------------- ONElist Sponsor -------------", "Start a list of your own!",
         "------------------------------------", "Subscribe: x-subscribe@onelist.example"],
        ["_________________________", "T O P I C A  The Email You Want. http://www.topica.example/t/16",
         "Newsletters, Tips and Discussions on Your Favorite Topics"],
        ["_______________________________________________", "Lamps mailing list", "Lamps@lists.example",
         "http://lists.example/mailman/listinfo/lamps"],
        ["-- ", "Ann Ambler", "http://ann.example/", "No lamp is an island."],
        ["_________________________", "Get Your Private, Free Email at http://www.hotmail.example"],
    ],
)  # fmt: skip
def test_the_foot_of_a_list_or_a_mail_service_is_no_story(foot: list[str]) -> None:
    assert blocks([*HEAD, *STORY, "", *foot]) == BLOCKS


def test_what_pgp_put_around_a_text_is_no_story() -> None:
    signed = ["-----BEGIN PGP SIGNED MESSAGE-----", "Hash: SHA1", "", *STORY, "", "-----BEGIN PGP SIGNATURE-----",
              "Version: 2.6", "", "iQA/AwUBOMQ0Pp", "=abcd", "-----END PGP SIGNATURE-----"]  # fmt: skip
    assert blocks([*HEAD, *signed]) == BLOCKS


def test_the_header_of_a_news_server_is_set_apart() -> None:
    lines = ["Path: news.example!not-for-mail", "Newsgroups: alt.lamps.creative", "NNTP-Posting-Host: 10.0.0.1",
             "X-Newsreader: Any 1.0", "Xref: news.example alt.lamps:12", "Lines: 12", *HEAD, *STORY]  # fmt: skip
    assert blocks(lines) == BLOCKS


def test_quoted_printable_that_nobody_decoded_is_decoded() -> None:
    lines = [
        "Marta=92s lamp had gone out again=85 and nobody on the whole ship would sa=",
        "y why it had, or when.=20",
        "",
        "=93It isn=92t the oil,=94 she said, and =",
        "went down to see the engine=E9r about it, who was =3D asleep.",
    ]
    assert blocks(lines) == [
        "Marta’s lamp had gone out again… and nobody on the whole ship would say why it had, or when.",
        "“It isn’t the oil,” she said, and went down to see the engineér about it, who was = asleep.",
    ]


@pytest.mark.parametrize(
    ("subject", "title", "part", "rating"),
    [
        ("FIC: The Lamp", "The Lamp", None, None),
        ("[lamps] NEW: The Lamp (2/5) by Ann, PG-13", "The Lamp", "2/5", "PG-13"),
        ("Re: Fwd: [lamps] REPOST: The Lamp 3/?", "The Lamp", "3/?", None),
        ("RE: The Lamp (1/2) [R]", "The Lamp", "1/2", "R"),
        ("AW: Re[2]: The Lamp", "The Lamp", None, None),
        ("[fic] The Lamp, part 4 of 9", "The Lamp", "4/9", None),
        ("New Fic: The Lamp", "The Lamp", None, None),
        ("FF: The Lamp", "The Lamp", None, None),
        ("UPDATE: The Lamp", "The Lamp", None, None),
        ("Resolution", "Resolution", None, None),
        ("News: of the Lamp", "News: of the Lamp", None, None),
    ],
)
def test_a_subject_says_title_part_and_rating(subject: str, title: str, part: str | None, rating: str | None) -> None:
    facts = subject_facts({}, subject, ())
    found = [facts[name][0].value if name in facts else None for name in ("title", "part", "rating")]
    assert found == [title, part, rating]


def test_a_forum_s_reply_mark_is_no_part_of_a_title() -> None:
    work = work_of(["Re: The Lamp", "by Ann » Tue Mar 04, 2008 9:14 pm", "", *STORY])
    assert [fact.value for fact in work.facts["title"]] == ["The Lamp"]


def test_a_letter_quoted_in_a_story_stays_in_it() -> None:
    lines = [*STORY, "", "The note said:", "", "> Come at nine.", "> Bring the lamp.", "", "She burnt it."]
    assert "Come at nine" in " ".join(blocks(lines))
