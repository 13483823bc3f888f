"""Ways in which a site is kept: as a WARC, as a folder by wget or HTTrack, page by page by a browser, as MHTML or MAFF.

Each writes the site below a folder and says which page is kept under which label, as `sources.walk` will call it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html as markup
import io
import quopri
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urljoin

from bench.forge.sites import Page, Site

Names = dict[str, Page]
_HREF = re.compile(r'(href=")([^"]*)(")')


def warc(made: Site, root: Path, rng: random.Random) -> Names:
    """WARCs of all pages, in disorder, with their other captures and revisits, redirects, a picture: one, or two."""
    records: list[bytes] = []
    names: Names = {}
    files = ["crawl.warc.gz"] if rng.random() < 0.6 else ["crawl-00000.warc.gz", "crawl-00001.warc"]
    out: dict[str, list[bytes]] = {file: [] for file in files}
    for page in made.pages:
        file = rng.choice(files)
        names[f"{file}/{page.url}"] = page
        records = out[file]
        records.append(_response(page.url, "2008-03-01T10:00:00Z", "200 OK", page.html, rng))
        for one in page.captures:
            if one.html == page.html:
                records.append(_revisit(page.url, one.date, page.html))
                continue
            more = f"Location: {one.goes_to}\r\n" if one.goes_to else ""
            records.append(_response(page.url, one.date, one.status, one.html, rng, more))
            if one.date < "2008" and one.status == "200 OK":
                names[f"{file}/{one.date[:10]}/{page.url}"] = Page(
                    page.url, one.html, page.story, page.chapter, "again"
                )
    gone = f"{made.pages[0].url.rpartition('/')[0]}/gone"
    out[files[0]].append(
        _response(gone, "2008-03-01T10:00:00Z", "301 Moved", "", rng, f"Location: {made.pages[0].url}\r\n")
    )
    picture = _record(
        "response", f"{gone}.gif", "2008-03-01T10:00:00Z", b"HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\nGIF89a"
    )
    out[files[0]].append(picture)
    for file, records in out.items():
        rng.shuffle(records)
        data = b"".join(gzip.compress(one, 1, mtime=0) if file.endswith(".gz") else one for one in records)
        (root / file).write_bytes(data)
    return {name: page for name, page in names.items() if name.partition("/")[0] in out}


def _response(url: str, date: str, status: str, html: str, rng: random.Random, more: str = "") -> bytes:
    body = html.encode()
    if rng.random() < 0.3:
        body, more = gzip.compress(body, 1, mtime=0), more + "Content-Encoding: gzip\r\n"
    if rng.random() < 0.3:
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in _cut(body)) + b"0\r\n\r\n"
        more += "Transfer-Encoding: chunked\r\n"
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n".encode()
    return _record("response", url, date, head + body, f"WARC-Payload-Digest: {_digest(html)}\r\n")


def _revisit(url: str, date: str, html: str) -> bytes:
    more = (
        f"WARC-Payload-Digest: {_digest(html)}\r\nWARC-Refers-To-Target-URI: {url}\r\n"
        "WARC-Refers-To-Date: 2008-03-01T10:00:00Z\r\n"
        "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\n"
    )
    return _record("revisit", url, date, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", more)


def _record(kind: str, url: str, date: str, block: bytes, more: str = "") -> bytes:
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(f'{url}{date}'.encode()).hexdigest()}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n{more}Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def _digest(html: str) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(html.encode()).digest()).decode()}"


def _cut(data: bytes) -> list[bytes]:
    return [data[at : at + 4096] for at in range(0, len(data), 4096)]


def _folder(made: Site, root: Path, name_of: Callable[[str], str], linked: bool, mark: str = "") -> Names:
    """A folder of files, each page called `name_of` its address without the scheme; `linked` is whether links lead to
    the files."""
    called = {page.url: name_of(page.url.removeprefix("http://")) for page in made.pages}
    folders = {name[:at] for name in called.values() for at in (found.start() for found in re.finditer("/", name))}
    called = {url: f"{name}/index.html" if name in folders else name for url, name in called.items()}
    names: Names = {}
    for page in made.pages:
        name = called[page.url]
        html = _linked(page, called) if linked else page.html
        if mark:
            said = mark.format(page.url.removeprefix("http://"))
            html = html.replace("<head>", f"<head>\n{said}\n", 1) if "<head>" in html else f"{said}\n{html}"
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
        names[name] = page
        if linked and not mark and any(one.date < "2008" and one.html for one in page.captures):
            (root / f"{name}.orig").write_text(page.html, encoding="utf-8")
            names[f"{name}.orig"] = Page(page.url, page.html, page.story, page.chapter, "again")
    return names


def _linked(page: Page, called: dict[str, str]) -> str:
    """A page whose links lead to the files of other pages, where they are there; else to the site."""
    here = called[page.url].count("/")

    def to(found: re.Match[str]) -> str:
        where = urljoin(page.url, markup.unescape(found[2]))
        if (name := called.get(where.partition("#")[0])) is not None:
            where = "../" * here + quote(name, safe="/=&@,+:")
        return f"{found[1]}{markup.escape(where)}{found[3]}"

    return _HREF.sub(to, page.html)


def wget(made: Site, root: Path, rng: random.Random) -> Names:
    """As wget does by itself on Unix: the address is the name."""
    return _folder(made, root, lambda path: path, False)


def adjusted(made: Site, root: Path, rng: random.Random) -> Names:
    """As wget does with `--adjust-extension --convert-links --backup-converted`."""
    return _folder(made, root, lambda path: path if path.endswith(".html") else f"{path}.html", True)


def windows(made: Site, root: Path, rng: random.Random) -> Names:
    """As wget does on Windows: `@` for `?`, and no sign that a file there must not hold."""

    def name(path: str) -> str:
        path = re.sub(r'[\\|:"*<>]', lambda found: f"%{ord(found[0]):02X}", path.replace("?", "@", 1))
        return path if path.endswith(".html") else f"{path}.html"

    return _folder(made, root, name, rng.random() < 0.5)


def httrack(made: Site, root: Path, rng: random.Random) -> Names:
    """As HTTrack does: four letters of a sum for the query, and a comment with the address."""

    def name(path: str) -> str:
        path, _, query = path.partition("?")
        stem, dot, ending = path.rpartition(".")
        if query:
            return f"{stem if dot and '/' not in ending else path}{hashlib.md5(query.encode()).hexdigest()[:4]}.html"
        return path if path.endswith(".html") else f"{path}.html"

    said = "<!-- Mirrored from {} by HTTrack Website Copier/3.x [XR&CO'2014], Sun, 01 Jun 2014 10:00:00 GMT -->"
    return _folder(made, root, name, True, said)


def chrome(made: Site, root: Path, rng: random.Random) -> Names:
    """As Chrome saves whole pages: called by their titles, all in one folder, with a comment on top."""
    return _saved(made, root, "<!-- saved from url=({:04})%s -->")


def firefox(made: Site, root: Path, rng: random.Random) -> Names:
    """As Firefox saves whole pages: the same without a word of where they were."""
    return _saved(made, root, "")


def _saved(made: Site, root: Path, mark: str) -> Names:
    names: Names = {}
    for page in made.pages:
        title = _title(page.html) or page.url.rpartition("/")[2]
        stem = re.sub(r'[\\/:*?"<>|]', "_", title)[:80].strip(" .")
        name, again = f"{stem}.html", 0
        while name in names:
            again += 1
            name = f"{stem} ({again}).html"
        files = f"{name.removesuffix('.html')}_files"
        (root / files).mkdir()
        (root / files / "style.css").write_text("body { color: black }")
        (root / files / "print.gif").write_bytes(b"GIF89a\x01\x00\x01\x00\x80\x00\x00;")
        html = _HREF.sub(
            lambda found, page=page: (
                f"{found[1]}{markup.escape(urljoin(page.url, markup.unescape(found[2])))}{found[3]}"
            ),
            page.html,
        )
        html = html.replace("images/print.gif", f"./{files}/print.gif")
        said = (mark % page.url).format(len(page.url)) if mark else ""
        (root / name).write_text(f"{said}\n{html}" if said else html, encoding="utf-8")
        names[name] = page
    return names


def _title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.IGNORECASE | re.DOTALL)
    return " ".join(markup.unescape(found[1]).split()) if found else ""


def mhtml(made: Site, root: Path, rng: random.Random) -> Names:
    """As Chrome saves single files: a page a file, with its picture."""
    names: Names = {}
    for at, page in enumerate(made.pages):
        stem = re.sub(r'[\\/:*?"<>|]', "_", _title(page.html) or "page")[:60].strip(" .")
        body = quopri.encodestring(page.html.encode()).decode()
        parts = (
            f'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
            f"Content-Location: {page.url}\r\n\r\n{body}\r\n",
            f"Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {page.url}.gif\r\n\r\n"
            "R0lGODlh\r\n",
        )
        head = (
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {page.url}\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
            f'Content-Type: multipart/related; type="text/html"; boundary="----part{at}"\r\n\r\n'
        )
        data = head + "".join(f"------part{at}\r\n{part}" for part in parts) + f"------part{at}--\r\n"
        name = f"{stem} {at}.mhtml"
        (root / name).write_bytes(data.encode())
        names[f"{name}/{page.url}"] = page
    return names


def maff(made: Site, root: Path, rng: random.Random) -> Names:
    """As Firefox' MAF kept pages: some tabs in a file."""
    names: Names = {}
    pages = list(made.pages)
    at = 0
    while pages:
        tabs = pages[: rng.choice([1, 1, 3, 8])]
        pages = pages[len(tabs) :]
        box = io.BytesIO()
        file = f"tabs {at}.maff"
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
            for tab, page in enumerate(tabs):
                folder = f"13000000{at:05}_{tab}"
                archive.writestr(f"{folder}/index.html", page.html)
                archive.writestr(
                    f"{folder}/index.rdf",
                    '<?xml version="1.0"?>\n<RDF:RDF><RDF:Description RDF:about="urn:root">'
                    f'<MAF:originalurl RDF:resource="{markup.escape(page.url)}"/>'
                    '<MAF:indexfilename RDF:resource="index.html"/></RDF:Description></RDF:RDF>',
                )
                names[f"{file}/{page.url}"] = page
        (root / file).write_bytes(box.getvalue())
        at += 1
    return names


WAYS: dict[str, Callable[[Site, Path, random.Random], Names]] = {
    way.__name__: way for way in (warc, wget, adjusted, windows, httrack, chrome, firefox, mhtml, maff)
}
