"""Posts to lists as they are read together: talk is no work, and the parts of a story find each other."""

from __future__ import annotations

from itertools import groupby

import pytest

from ficshelf import conserve, mailed
from ficshelf.model import Reading, Work
from ficshelf.reading import read


def mail(subject: str, body: str, who: str = "Ann Ambler <ann@example.net>", date: str = "6 Mar 2000") -> bytes:
    return f"From: {who}\nTo: lamps@lists.example\nSubject: {subject}\nDate: {date} 21:14:00 +0100\n\n{body}\n".encode()


def tale(part: int, turns: int = 6) -> str:
    """A part of a story; every paragraph of it is its own."""
    return "\n\n".join(
        f"The lamp had gone out for the {part}-{turn}th time, and nobody on the ship would say why it had.\n\n"
        f'"It is not the oil," said Marta {part} times {turn}, who had filled it herself that night.'
        for turn in range(turns)
    )


HEADER = "TITLE: The Lamp\nAUTHOR: Ann Ambler\nRATING: PG\nDISCLAIMER: None of them are mine.\n\n"


def told(*mails: bytes) -> Reading:
    reading = read([(one, f"lamps.mbox/{number:06} post.eml") for number, one in enumerate(mails, start=1)])
    for index, source in enumerate(reading.sources):
        assert not conserve.lost(source, reading.works, index)
    return reading


def numbers(work: Work) -> list[int | None]:
    return [chapter.number for chapter in work.chapters]


def values(work: Work, name: str) -> list[object]:
    return list(dict.fromkeys(fact.value for fact in work.facts.get(name, ())))


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("FIC: The Lamp (1/2)", tale(1)),
        ("[lamps] The Lamp 1/?", tale(1)),
        ("The Lamp", HEADER + tale(1)),
        ("my first story", HEADER + tale(1)),
        ("NEW: The Lamp, PG", tale(1)),
        ("ADULT: The Lamp (1/1) NC-17", tale(1)),
        ("REPOST: The Lamp", tale(1)),
        ("Fwd: FIC: The Lamp", tale(1)),
        ("CHALLENGE RESPONSE: The Lamp", tale(1)),
        ("The Lamp", tale(1, 12)),
        ("FIC: Wick (drabble)", " ".join(tale(1, 2).split()[:100]) + "."),
        ("Re: FIC: The Lamp (1/2)", "Here it is again.\n\n" + HEADER + tale(1)),
    ],
)
def test_a_story_is_told_from_talk(subject: str, body: str) -> None:
    assert len(told(mail(subject, body)).works) == 1


QUOTED = "\n".join(f"> {line}" for line in tale(1).split("\n"))


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: FIC: The Lamp (1/2)", "I loved this! Please post more soon.\n\nBob"),
        ("Re: FIC: The Lamp (1/2)", f"Wow! More, please.\n\nAnn wrote:\n{QUOTED}"),
        ("Re: FIC: The Lamp (1/2)", f"{QUOTED}\n\nWow! More, please."),
        ("OT: my cat", "She is well, thank you all for asking. " * 10),
        ("ADMIN: rules of the list", "Please read these rules, everyone. No flames. Put FIC in the subject. " * 12),
        (
            "FIC: The Lamp is at my site",
            "Hi everyone, my new story is at http://lamps.example/ and feedback is welcome.",
        ),
        (
            "CHALLENGE: lamps",
            "Write a story with a lamp in it, post it to the list before May. Have fun, everyone! " * 4,
        ),
        (
            "Looking for a story",
            "Does anyone remember a fic where the lamp goes out? I read it on this list in 1998. " * 2,
        ),
        ("Results of the poll (1/2)", "You voted, and these are the winners of the award. Thanks to everyone! " * 12),
        ("New member", "Hi, I am Ann and I have been lurking for a while. I love the show and your stories. " * 5),
        ("[lamps] Digest Number 12", "There are 3 messages in this issue.\n\nTopics in this digest:\n\n 1. FIC"),
    ],
)
def test_talk_makes_no_work_and_is_counted(subject: str, body: str) -> None:
    reading = told(mail(subject, body))
    assert not reading.works
    (remark,) = (one for one in reading.remarks if one.kind == "not-a-story")
    assert remark.text.startswith("Post that is talk")


def test_parts_are_put_in_order_though_subjects_senders_and_dates_wander() -> None:
    reading = told(
        mail("FIC: Lamp, Part Three", tale(3), "ann@example.net (Ann Ambler)", "1 Mar 2000"),
        mail("[lamps] The Lamp 2/4", tale(2), "Ann Ambler <ann@elsewhere.example>"),
        mail("FIC: The Lamp (1/4)", HEADER + tale(1)),
        mail("the lamp!! [4/4] (complete)", tale(4), "ann@example.net", "9 Apr 2000"),
        mail("The Lamp (1/2)", tale(7), "Bob <bob@example.net>"),
    )
    assert [numbers(work) for work in reading.works] == [[1, 2, 3, 4], [1]]
    work = reading.works[0]
    assert values(work, "title") == ["The Lamp", "Lamp", "the lamp!!"]
    assert values(work, "author") == ["Ann Ambler"]
    assert [values(work, name) for name in ("published", "updated")] == [
        ["1 Mar 2000 21:14:00 +0100"],
        ["9 Apr 2000 21:14:00 +0100"],
    ]


def test_parts_that_are_missing_are_named() -> None:
    reading = told(*(mail(f"FIC: The Lamp ({number}/7)", tale(number)) for number in (2, 4, 5)))
    said = " ".join(one.text for one in reading.remarks if one.kind == "chapter-missing")
    assert "part 1, 6, 7 of 7" in said
    assert "chapter 3" in said


def test_of_a_part_and_its_correction_the_later_stands() -> None:
    better = tale(2).replace("the ship", "the whole ship", 1)
    reading = told(
        mail("FIC: The Lamp (1/2)", tale(1)),
        mail("FIC: The Lamp (2/2)", tale(2)),
        mail("CORRECTED: The Lamp (2/2)", better, date="8 Mar 2000"),
        mail("[other] FIC: The Lamp (1/2)", tale(1)),
    )
    (work,) = reading.works
    assert numbers(work) == [1, 2]
    assert "the whole ship" in work.chapters[1].blocks[0].text
    reasons = [{one.reason for one in source.chrome} - {"mail header"} for source in reading.sources]
    assert reasons == [set(), {"earlier version"}, set(), {"further copy"}]
    assert {fact.source for fact in work.facts["title"]} == {0, 1, 2, 3}
    assert sorted(one.kind for one in reading.remarks) == ["part-again", "part-replaced"]


def test_a_post_that_was_cut_off_gives_way_to_the_whole_one() -> None:
    whole = tale(1)
    reading = told(mail("FIC: The Lamp (1/1)", whole), mail("FIC: The Lamp (1/1)", whole[:400], date="9 Mar 2000"))
    (work,) = reading.works
    assert len(work.chapters[0].blocks) == 12


def test_halves_of_a_part_are_one_chapter() -> None:
    reading = told(*(mail(f"FIC: The Lamp ({part}/2)", tale(at)) for at, part in enumerate(("1a", "1b", "2"), start=1)))
    (work,) = reading.works
    assert numbers(work) == [1, 2]
    assert len(work.chapters[0].blocks) == 24


@pytest.mark.parametrize(
    "subjects",
    [
        ("FIC: The Lamp (1/1)", "FIC: The Lamp II (1/1)"),
        ("FIC: The Lamp 2 (1/2)", "FIC: The Lamp 3 (1/2)"),
        ("FIC: The Lamplighter (1/2)", "FIC: The Lamplighter Revisited (2/2)"),
        ("FIC: Untitled", "FIC: Untitled"),
        ("FIC: Lanterns (1/3)", "FIC: Lattices (2/3)"),
    ],
)
def test_what_is_of_two_stories_stays_apart(subjects: tuple[str, str]) -> None:
    reading = told(*(mail(subject, tale(number)) for number, subject in enumerate(subjects)))
    assert len(reading.works) == 2


def test_who_passed_a_story_on_is_not_its_author() -> None:
    (work,) = told(mail("FIC: The Lamp (1/1)", HEADER + tale(1), "The Archivist <arch@example.net>")).works
    assert values(work, "author") == ["Ann Ambler"]
    assert "@" not in " ".join(str(value) for name in work.facts for value in values(work, name))


def test_posts_that_are_read_at_once_are_bounded_in_number_and_bytes() -> None:
    post = mailed.of_lines({"from": "ann@example.net", "subject": "The Lamp (1/900)"})
    assert [len(list(same)) for _, same in groupby(mailed.groups([post] * 450, [10] * 450))] == [200, 200, 50]
    megabytes = [12, 12, 12, 90, 1, 1]
    bundles = [len(list(same)) for _, same in groupby(mailed.groups([post] * 6, [one << 20 for one in megabytes]))]
    assert bundles == [2, 1, 1, 2]
