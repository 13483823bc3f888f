"""Posts to a list, with the truth about each: stories in parts, in all their disorder, and talk."""

from __future__ import annotations

import base64
import quopri
import random
import textwrap
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.forge import stories

NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
FOOTERS = (
    "------------------------ Yahoo! Groups Sponsor ---------------------~-->\nGet a lamp for nothing, or nearly so!\n"
    "http://us.click.example.com/{n}/lamps\n---------------------------------------------------------------------~->\n\n"
    "To unsubscribe from this group, send an email to:\n{list}-unsubscribe@yahoogroups.example\n\n"
    "Your use of Yahoo! Groups is subject to http://docs.yahoo.example/info/terms/\n",
    "------------------------------------------------------------------------\nWin a trip around the world!\n"
    "http://click.egroups.example/1/{n}/0\n"
    "------------------------------------------------------------------------\n\n"
    "eGroups.com home: http://www.egroups.com/group/{list}\n"
    "http://www.egroups.com - Simplifying group communications\n\n"
    "To unsubscribe, send mail to {list}-unsubscribe@egroups.example\n",
    "--------------------------- ONElist Sponsor ----------------------------\n\n"
    "Start a list of your own at ONElist today!\n\n"
    "------------------------------------------------------------------------\n"
    "Subscribe: {list}-subscribe@onelist.example\n",
    "_____________________________________________________________\nT O P I C A  -- Learn More. Surf Less.\n"
    "Newsletters, Tips and Discussions on Topics You Choose.\nhttp://www.topica.example/partner/tag01\n",
    "_______________________________________________\n{list} mailing list\n{list}@lists.example.org\n"
    "http://lists.example.org/mailman/listinfo/{list}\n",
    "",
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Sent(NamedTuple):
    """The truth about one post. `story` is a number for its story, -1 for talk; `slot` its place in it; `text` what of
    the story is told in it."""

    kind: str
    subject: str
    story: int = -1
    slot: tuple[int, str] = (0, "")
    text: str = ""


class Mailed(NamedTuple):
    """A mail in the box as bytes, and the truth about the posts that it holds; a digest's frame comes first."""

    data: bytes
    truth: tuple[Sent, ...]


class _Post(NamedTuple):
    who: str
    subject: str
    body: str
    day: int
    sent: Sent
    attached: str = ""


@cache
def _talk() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "list_talk.toml").read_text(encoding="utf-8"))


def make(rng: random.Random, count: int) -> list[Mailed]:
    """About so many posts as mails of one list."""
    made: list[_Post] = []
    story = 0
    while len(made) < count:
        of_story = _story(rng, story)
        story += 1
        made += of_story
        for _ in range(rng.randrange(0, 5)):
            made.append(_answer(rng, rng.choice(of_story)))
        for _ in range(rng.randrange(0, 4)):
            made.append(_chatter(rng, rng.choice(of_story)))
    made.sort(key=lambda post: (post.day + rng.choice([0, 0, 0, -3, 2]), post.subject))
    return list(_mails(rng, made[:count]))


def _mails(rng: random.Random, posts: list[_Post]) -> list[Mailed]:
    listed = "lamplight"
    mails: list[Mailed] = []
    at = 0
    while at < len(posts):
        if rng.random() < 0.02 and at + 6 < len(posts):
            taken = posts[at : at + rng.randrange(3, 7)]
            mails.append(_digest(rng, taken, listed, at))
            at += len(taken)
        else:
            mails.append(Mailed(_box(rng, _mail(rng, posts[at], listed, at)), (posts[at].sent,)))
            at += 1
    return mails


# --- stories


def _story(rng: random.Random, number: int) -> list[_Post]:
    """The posts of one story: its parts, and those of them that came twice."""
    told = stories.tell(rng)
    chapters = [_text(chapter) for chapter in told.chapters]
    parts = chapters if len(chapters) > 1 else _pieces(rng, chapters[0])
    total = len(parts)
    unknown = rng.random() < 0.2
    sender = _sender(rng, told.author)
    style = rng.randrange(len(_STYLES))
    day = rng.randrange(0, 3_000)
    posts: list[_Post] = []
    headed = rng.choice(["first", "first", "all", "none"])
    for place, text in enumerate(parts, start=1):
        day += rng.choice([0, 0, 1, 3, 9])
        if total > 2 and rng.random() < 0.04:
            continue  # it never came, or was lost
        halves = _halves(text) if rng.random() < 0.05 and total > 1 else [("", text)]
        for suffix, said in halves:
            subject = _subject(rng, told.title, told.author, told.rating, place, suffix, total, unknown, style)
            header = _header(told, place, total) if headed == "all" or (headed == "first" and place == 1) else ""
            if total == 1 and not header and not any(tag in subject.lower() for tag in ("fic", "new", "story", "1/1")):
                subject = f"FIC: {subject}"
            sent = Sent("part", subject, number, (place, suffix), said)
            end = (
                rng.choice(["", "", "TBC", "to be continued..."])
                if place < total
                else rng.choice(["", "The End", "END"])
            )
            body = f"{header}{said}\n\n{end}\n".rstrip() + "\n"
            attached = said if rng.random() < 0.02 else ""
            if attached:
                body = "Hi all,\n\nhere is the next one. I hope that you like it.\n"
            post = _Post(_address(rng, sender), subject, body, day, sent, attached)
            posts.append(post)
            chance = rng.random()
            if chance < 0.06:  # once more, word for word
                again = rng.choice(["REPOST: {}", "[other-list] {}", "{}", "{} (repost)"]).format(subject)
                posts.append(
                    post._replace(subject=again, day=day + rng.randrange(0, 5), sent=sent._replace(subject=again))
                )
            elif chance < 0.1 and not attached:
                again = rng.choice(["CORRECTED: {}", "REPOST: {}", "{} (corrected)", "REVISED: {}"]).format(subject)
                better = said.replace(" the ", " that ", 1)
                right = sent._replace(subject=again, text=better)
                posts.append(post._replace(subject=again, body=body.replace(said, better), day=day + 1, sent=right))
    return posts


def _text(chapter: stories.Chapter) -> str:
    lines: list[str] = []
    for one in chapter.pieces:
        if one.kind == "break":
            lines.append("* * *")
        elif one.kind == "verse":
            lines.append("\n".join(f"    {line}" for line in one.text.split("\n")))
        else:
            lines.append(one.text)
    return "\n\n".join(lines)


def _pieces(rng: random.Random, text: str) -> list[str]:
    """A text cut into as many posts as somebody might have sent it in."""
    blocks = text.split("\n\n")
    count = rng.choice([1, 1, 2, 3])
    if len(blocks) < count * 5:
        return [text]
    size = -(-len(blocks) // count)
    return ["\n\n".join(blocks[at : at + size]) for at in range(0, len(blocks), size)]


def _halves(text: str) -> list[tuple[str, str]]:
    blocks = text.split("\n\n")
    half = len(blocks) // 2
    return [("a", "\n\n".join(blocks[:half])), ("b", "\n\n".join(blocks[half:]))] if half > 4 else [("", text)]


_STYLES = (
    "FIC: {t} ({p})", "[lamplight] FIC: {t} ({p})", "{t} ({p})", "NEW: {t} {p}", "{t} {p}", "FIC: {t} [{p}] {r}",
    "{t}, part {k}", "NEW FIC: {t} by {w} ({p})", "{t} ({p}) {r}", "Fic: {t} - Chapter {k}", "{t} - Part {word}",
    "STORY: {t} ({p})", "{t} ({n} of {of})", "ADULT: {t} ({p})",
)  # fmt: skip


def _subject(
    rng: random.Random,
    title: str,
    author: str,
    rating: str,
    place: int,
    suffix: str,
    total: int,
    unknown: bool,
    style: int,
) -> str:
    if total > 1 and rng.random() < 0.12:
        style = rng.randrange(len(_STYLES))
    form = _STYLES[style]
    if suffix and "{p}" not in form:
        form = _STYLES[0]
    of = "?" if unknown else str(total)
    code = rating if rating in ("PG", "PG-13", "NC-17", "R") else "PG"
    said = title
    chance = rng.random()
    if chance < 0.05:
        said = title.upper()
    elif chance < 0.08:
        said = title.removeprefix("The ")
    elif chance < 0.1 and len(title) > 9:
        said = title[:5] + title[6:]  # a letter is missing
    if total == 1 and rng.random() < 0.5:
        form = form.replace(" ({p})", "").replace(" [{p}]", "").replace(" {p}", "").replace(", part {k}", "")
        form = form.replace(" - Chapter {k}", "").replace(" - Part {word}", "").replace(" ({n} of {of})", "")
    part = f"{place}{suffix}/{of}"
    return form.format(t=said, p=part, k=place, n=place, of=of, w=author, r=code, word=NUMBERS[min(place, 10)].title())


def _header(told: stories.Story, place: int, total: int) -> str:
    return (
        f"TITLE: {told.title} ({place}/{total})\nAUTHOR: {told.author}\nRATING: {told.rating}\n"
        f"DISCLAIMER: {told.disclaimer[0] if told.disclaimer else 'All mine.'}\nFEEDBACK: Yes, please.\n\n"
    )


# --- talk


def _answer(rng: random.Random, post: _Post) -> _Post:
    """Somebody answers a story: with praise, and with some or all of it quoted."""
    talk = _talk()
    title, author = post.subject, post.who.split(" <")[0].split("@")[0]
    lines = [line for line in textwrap.fill(post.sent.text or "More soon.", 70).split("\n") if line]
    amount = rng.choice([0, 2, 5, len(lines)])
    quoted = "".join(f"> {line}\n" for line in lines[:amount])
    lead = f"{author} wrote:\n" if quoted else ""
    said = "\n\n".join(
        textwrap.fill(rng.choice(talk["feedback"]).format(s=title, w=author, b="bob", n="lamps"), 70)
        for _ in range(rng.randrange(1, 4))
    )
    body = rng.choice([f"{said}\n\n{lead}{quoted}", f"{lead}{quoted}\n{said}\n"])
    subject = rng.choice(talk["feedback_subjects"]).format(subject=post.subject, s=title, list="lamplight")
    kind = "answer with all quoted" if amount == len(lines) else "answer"
    return _Post(_somebody(rng), subject, body, post.day + rng.randrange(0, 4), Sent(kind, subject))


def _chatter(rng: random.Random, post: _Post) -> _Post:
    talk = _talk()
    kind = rng.choice(["news", "question", "admin", "off_topic", "challenge", "discuss", "discuss"])
    names = {"s": post.sent.text[:20] or "Lamps", "w": "Wren", "b": "moth", "n": "lamps", "list": "lamplight"}
    subject = rng.choice(talk[f"{kind}_subjects"]).format(**names)
    many = rng.randrange(3, 14) if kind == "discuss" else rng.randrange(1, 4)
    said = [rng.choice(talk[kind]).format(**names) for _ in range(many)]
    body = "\n\n".join(textwrap.fill(one, 70) for one in said) + "\n"
    return _Post(_somebody(rng), subject, body, post.day + rng.randrange(0, 9), Sent(kind, subject))


# --- mails


def _sender(rng: random.Random, name: str) -> tuple[str, list[str]]:
    ascii_name = name if name.isascii() else "Ann Ambler"
    local = "".join(filter(str.isalnum, ascii_name.lower()))[:12] or "ann"
    return ascii_name, [f"{local}{rng.randrange(100)}@example.net", f"{local}{rng.randrange(100)}@mail.example.org"]


def _address(rng: random.Random, sender: tuple[str, list[str]]) -> str:
    """The same person, by another way of writing a From line now and then."""
    name, addresses = sender
    address = addresses[0] if rng.random() < 0.93 else addresses[1]
    chance = rng.random()
    if chance < 0.85:
        return f"{name} <{address}>"
    if chance < 0.93:
        return f"{address} ({name})"
    return f'"{name}" <{address}>' if address != addresses[0] else address


def _somebody(rng: random.Random) -> str:
    name = rng.choice(["Bob", "Moth", "Quill", "Sorrel", "Tansy", "Juniper", "Rook", "Linnet"])
    return f"{name} {rng.choice('ABCDEFG')}. <{name.lower()}{rng.randrange(40)}@example.com>"


def _date(day: int) -> str:
    year, rest = divmod(day, 336)
    month, of_month = divmod(rest, 28)
    return f"{of_month + 1} {MONTHS[month]} {1996 + year} {day % 24:02}:14:00 +0000"


def _head(post: _Post, listed: str, number: int) -> str:
    return (
        f"From: {post.who}\nTo: {listed}@lists.example.org\nDate: {_date(post.day)}\n"
        f"Message-ID: <{number}.{post.day}@example.net>\n"
    )


def _mail(rng: random.Random, post: _Post, listed: str, number: int) -> bytes:
    body = post.body
    foot = rng.choice(FOOTERS).format(list=listed, n=number)
    signature = "-- \nWren\nNo lamp is an island.\n" if rng.random() < 0.1 else ""
    subject = post.subject
    if not subject.isascii() or rng.random() < 0.03:
        charset = rng.choice(["utf-8", "iso-8859-1"]) if subject.isascii() else "utf-8"
        subject = f"=?{charset}?B?{base64.b64encode(subject.encode(charset)).decode()}?="
    head = f"{_head(post, listed, number)}Subject: {subject}\n".encode()
    if post.attached:
        return head + _attached(rng, post, foot)
    text = f"{body}\n{signature}\n{foot}"
    return head + _written(rng, text, body)


def _attached(rng: random.Random, post: _Post, foot: str) -> bytes:
    data = post.attached.encode("utf-8")
    kind, name = rng.choice([("text/plain; charset=utf-8", "story.txt"), ("application/octet-stream", "story.txt")])
    return (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=cut\n\n--cut\nContent-Type: text/plain\n\n"
        + post.body.encode()
        + f'\n--cut\nContent-Type: {kind}; name="{name}"\nContent-Transfer-Encoding: base64\n'.encode()
        + f'Content-Disposition: attachment; filename="{name}"\n\n'.encode() + base64.encodebytes(data)
        + b"--cut--\n\n" + foot.encode()
    )  # fmt: skip


def _written(rng: random.Random, text: str, body: str) -> bytes:
    """The text in one of the ways in which mail writes letters."""
    wrapped = _wrapped(text)
    way = rng.choice(["plain", "plain", "plain", "qp", "base64", "flowed", "alternative", "lies", "utf-8"])
    if way == "plain" and wrapped.isascii():
        return b"\n" + wrapped.encode()
    version = b"MIME-Version: 1.0\n"
    if way == "qp":
        return version + (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            + quopri.encodestring(text.encode())
        )
    if way == "base64":
        return version + (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(text.encode())
        )
    if way == "flowed":
        return version + b"Content-Type: text/plain; charset=utf-8; format=flowed\n\n" + _flowed(text).encode()
    if way == "alternative":
        page = "".join(f"<p>{line}</p>\n" for line in text.split("\n\n"))
        return version + (
            b"Content-Type: multipart/alternative; boundary=either\n\n"
            b"--either\nContent-Type: text/plain; charset=utf-8\n\n"
            + wrapped.encode()
            + b"\n--either\nContent-Type: text/html; charset=utf-8\n\n"
            + page.encode()
            + b"--either--\n"
        )
    if way == "lies":
        return (
            version + b"Content-Type: text/plain; charset=us-ascii\n\n" + wrapped.encode("cp1252", "replace")
            if _fits(wrapped)
            else version + b"Content-Type: text/plain; charset=us-ascii\n\n" + wrapped.encode()
        )
    return version + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + wrapped.encode()


def _fits(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _wrapped(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 72) if len(line) > 72 and not line.startswith((" ", ">", "-", "_")) else line
        for line in text.split("\n")
    )


def _flowed(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if len(line) <= 72 or line.startswith((">", " ")):
            lines.append(line if line == "-- " else line.rstrip())
        else:
            cut = textwrap.wrap(line, 70)
            lines += [f"{one} " for one in cut[:-1]] + [cut[-1]]
    return "\n".join(f" {line}" if line.startswith((" ", "From ")) else line for line in lines)


def _digest(rng: random.Random, posts: list[_Post], listed: str, number: int) -> Mailed:
    """Several posts in one mail, as a list sends them to those who read it once a day."""
    posts = [post._replace(body=post.attached, attached="") if post.attached else post for post in posts]
    topics = "".join(f"     {at}. {post.subject}\n" for at, post in enumerate(posts, start=1))
    frame = f"Topics covered in this issue include:\n\n{topics}\n"
    day = max(post.day for post in posts)
    subject = f"{listed} Digest, Vol {number}"
    host = "lists.example.org"
    top = f"From: {listed}-request@{host}\nTo: {listed}@{host}\nDate: {_date(day)}\nSubject: {subject}\n"
    mails = [
        f"{_head(post, listed, number + at)}Subject: {post.subject}\n\n{_wrapped(post.body)}\n"
        for at, post in enumerate(posts)
    ]
    if rng.random() < 0.5:
        body = frame + "-" * 70 + "\n\n" + f"\n{'-' * 30}\n\n".join(mails) + f"\n{'-' * 30}\n\nEnd of {listed} Digest\n"
        data = f"{top}Content-Type: text/plain; charset=utf-8\n\n{body}".encode()
    else:
        inner = "".join(f"--posts\nContent-Type: message/rfc822\n\n{mail}\n" for mail in mails)
        data = f"{top}MIME-Version: 1.0\nContent-Type: multipart/digest; boundary=posts\n\n{inner}--posts--\n".encode()
    return Mailed(_box(rng, data), (Sent("digest", subject), *(post.sent for post in posts)))


def _box(rng: random.Random, mail: bytes) -> bytes:
    """The mail as it stands in a mailbox."""
    quoted = mail.replace(b"\nFrom ", b"\n>From ")
    return b"From somebody@example.net Mon Mar  6 21:14:00 2000\n" + quoted.rstrip(b"\n") + b"\n\n"
