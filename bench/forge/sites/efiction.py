"""eFiction: chapters under addresses that say all, fetched with sessions and sizes of text, printable pages, contents,
reviews on several pages, people, series, and a page that asks for one's age before some stories."""

from __future__ import annotations

import random
import re

from bench.forge.layouts import efiction
from bench.forge.layouts.markup import escape
from bench.forge.sites.page import Page, Site, framed, listing, parts, plain, said, story, written
from bench.forge.stories import Story

_A_PAGE = 4  # reviews
_GATE = (
    '<div id="pagetitle"><a href="viewstory.php?sid={sid}">{title}</a> by {author}</div><div class="errortext">This '
    "story is rated NC-17 and may not be suitable for all readers. "
    '<a href="viewstory.php?sid={sid}&amp;ageconsent=ok&amp;warning=5">I am over 18 years old.</a></div>'
)


def fill(made: Site, count: int, rng: random.Random, host: str) -> None:
    """Make its pages."""
    base = f"http://{host}/{rng.choice(['', 'fic/', 'archive/'])}"
    people = max(2, count // 3)
    stories: list[tuple[int, Story]] = []
    for sid in range(1, count + 1):
        one = story(rng, (other for _, other in stories))
        stories.append((sid, one))
        _Work(made, one, base, sid, sid % people + 1, rng).fill()
    for uid in range(1, people + 1):
        theirs = [(sid, one) for sid, one in stories if sid % people + 1 == uid]
        if theirs:
            made.pages.append(_person(made, base, uid, theirs))
    made.pages.append(
        listing(f"{base}browse.php?type=titles", ((f"viewstory.php?sid={sid}", one) for sid, one in stories))
    )
    some = stories[: rng.randrange(2, 4)]
    made.pages.append(
        listing(f"{base}viewseries.php?seriesid=1", ((f"viewstory.php?sid={sid}", one) for sid, one in some))
    )


class _Work:
    """A story of the archive."""

    def __init__(self, made: Site, one: Story, base: str, sid: int, uid: int, rng: random.Random) -> None:
        self.made, self.story, self.base, self.sid, self.uid, self.rng = made, one, base, sid, uid, rng
        self.name = f"{base}|{sid}"
        self.titles = [chapter.title or f"Chapter {n}" for n, chapter in enumerate(one.chapters, 1)]

    def fill(self) -> None:
        rng, one = self.rng, self.story
        total = len(one.chapters)
        gated = rng.random() < 0.1
        for n, part in enumerate(parts(one), 1):
            self.chapter(n, part, total, gated)
        if gated:
            html = plain(one.title, _GATE.format(sid=self.sid, title=escape(one.title), author=escape(one.author)))
            self.add(f"viewstory.php?sid={self.sid}", html, "page")
        if total > 1 and rng.random() < 0.7:
            self.add(f"viewstory.php?sid={self.sid}&index=1", self.contents(), "contents")
        if rng.random() < 0.3:
            html, told = written(efiction.Printable(), one, rng)
            url = f"viewstory.php?action=printable&textsize=0&sid={self.sid}&chapter=all"
            self.add(url, self.own(html), *(("whole", 0) if total > 1 else ("again", 1)), told)
        if rng.random() < 0.6:
            self.reviews()

    def add(self, url: str, html: str, kind: str, n: int = 0, told: tuple[tuple[str, bool], ...] = ()) -> None:
        self.made.pages.append(Page(f"{self.base}{url}", html, self.name, n, kind, told))

    def own(self, html: str) -> str:
        html = re.sub(r"sid=1\b", f"sid={self.sid}", html).replace("http://archive.example.org/", self.base)
        return re.sub(r"uid=1\b", f"uid={self.uid}", html)

    def chapter(self, n: int, part: Story, total: int, gated: bool) -> None:
        """A chapter's page, and now and then the same page under another address."""
        rng = self.rng
        url = f"viewstory.php?sid={self.sid}" + (f"&chapter={n}" if gated or total > 1 or rng.random() < 0.5 else "")
        if gated:
            url += "&ageconsent=ok&warning=5"
        ways = "".join(
            f'<a href="viewstory.php?sid={self.sid}&amp;chapter={to}">{called}</a> '
            for to, called in ((n - 1, "Previous Chapter"), (n + 1, "Next Chapter"))
            if 0 < to <= total
        )
        html, told = written(efiction.View(), part, rng)
        html = framed(self.own(html), after=f'<div class="ways">{ways}</div>' if ways else "")
        self.add(url, html, "chapter", n, told)
        if rng.random() < 0.05:
            self.add(f"{url}&textsize=1", html, "again", n, told)
        if rng.random() < 0.05:
            session = f"{rng.randrange(16**8):08x}"
            again = html.replace("viewstory.php?sid", f"viewstory.php?PHPSESSID={session}&amp;sid")
            self.add(url.replace("?", f"?PHPSESSID={session}&", 1), again, "again", n, told)
        if rng.random() < 0.05:
            html, told = written(efiction.Printable(), part, rng)
            self.add(
                f"viewstory.php?action=printable&textsize=0&sid={self.sid}&chapter={n}",
                self.own(html),
                "again",
                n,
                told,
            )

    def contents(self) -> str:
        one, sid, uid = self.story, self.sid, self.uid
        rows = "".join(
            f'<p><b>{n}. <a href="viewstory.php?sid={sid}&amp;chapter={n}">{escape(title)}</a></b> by '
            f'<a href="viewuser.php?uid={uid}">{escape(one.author)}</a> '
            f'[<a href="reviews.php?type=ST&amp;item={sid}">Reviews</a>] ({900 + n} words)</p>\n'
            for n, title in enumerate(self.titles, 1)
        )
        title = f'<a href="viewstory.php?sid={sid}">{escape(one.title)}</a> by <a href="viewuser.php?uid={uid}">'
        box = (
            f'<div class="infobox"><div class="content"><span class="label">Summary:</span> {escape(one.summary)}<br>'
            f'<span class="label">Completed:</span> {"Yes" if one.complete else "No"}</div></div>'
        )
        return plain(
            f"{one.title} by {one.author}",
            f'<div id="pagetitle">{title}{escape(one.author)}</a></div>{box}<div id="output">{rows}</div>',
        )

    def reviews(self) -> None:
        """Their pages, a few reviews on each."""
        rows = [self.review() for _ in range(self.rng.choice([1, 2, 3, 4, 7, 11]))]
        for at in range(0, len(rows), _A_PAGE):
            ways = "".join(
                f'<a href="reviews.php?type=ST&amp;item={self.sid}&amp;offset={to}">[{called}]</a> '
                for to, called in ((at - _A_PAGE, "Previous"), (at + _A_PAGE, "Next"))
                if 0 <= to < len(rows)
            )
            title = f'Reviews For <a href="viewstory.php?sid={self.sid}">{escape(self.story.title)}</a>'
            html = plain(
                f"Reviews For {self.story.title}",
                f'<div id="pagetitle">{title}</div>{"".join(rows[at : at + _A_PAGE])}<div id="pagelinks">{ways}</div>'
                '<div id="footer">Skin by nobody.</div>',
            )
            self.add(f"reviews.php?type=ST&item={self.sid}" + (f"&offset={at}" if at else ""), html, "reviews")

    def review(self) -> str:
        rng = self.rng
        n = rng.randrange(1, len(self.titles) + 1)
        one = said(self.made, self.name, n, rng, rng.random() < 0.3)
        answer = f"<br /><br /><i>Author's Response: </i>{one.reply}" if one.reply else ""
        link = f'<a href="viewstory.php?sid={self.sid}&amp;chapter={n}">{escape(self.titles[n - 1])}</a>'
        return (
            '<div class="listbox"><div class="content"><span class="label">Reviewer: </span>'
            f"{escape(rng.choice(self.story.words['pen_names']))} "
            f'<span class="label">{rng.choice(["Signed", "Anonymous"])}</span> '
            '[<a href="report.php">Report This</a>]<br />\n'
            f'<span class="label">Date: </span>06 May 2004 <span class="label">Title: </span>{link}\n'
            f"<p>{one.text}{answer}</p></div></div>\n"
        )


def _person(made: Site, base: str, uid: int, theirs: list[tuple[int, Story]]) -> Page:
    pen = theirs[0][1].author
    rows = "".join(
        f'<div class="listbox"><div class="title"><a href="viewstory.php?sid={sid}">{escape(one.title)}</a> by '
        f'<a href="viewuser.php?uid={uid}">{escape(pen)}</a></div><div class="content">{escape(one.summary)}'
        "</div></div>"
        for sid, one in theirs
    )
    html = plain(
        pen,
        f'<div id="pagetitle">User Profile</div><div id="profile"><div id="bio">Penname: {escape(pen)} '
        f"Real name: <br>Member Since: 3 May 2004</div></div>{rows}",
    )
    made.people[f"{base}viewuser.php?uid={uid}"] = pen
    return Page(f"{base}viewuser.php?uid={uid}", html, kind="person")
