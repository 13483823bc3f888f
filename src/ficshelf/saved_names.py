"""The address that a page had, by the name under which a mirror, a crawl or a browser keeps it.

- wget and others make a folder of the host and keep the query in the name: `archive.org/viewstory.php?sid=12.html`,
  with `@` for `?` where the file system wants it (`viewstory.php@sid=12`), and `.html`, `.orig`, `.1` behind it;
- places in a crawl are called by their addresses: `crawl.warc.gz/http://archive.org/viewstory.php?sid=12`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_WITHIN = re.compile(r"(?:.*/)?(https?://[^/\s].*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(
    r"(?:www\d?\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+"
    r"(?:com|org|net|edu|gov|info|biz|nu|name|me|tv|cc|ws|to|us|ca|uk|au|nz|ie|de|at|ch|fr|be|nl|it|es|pt|br|mx|pl|cz|"
    r"se|no|dk|fi|ru|su|ua|jp|cn|tw|kr|in|il|za|eu|example|test)(?:[:+]\d{1,5})?",
    re.IGNORECASE,
)
_NO_HOST = re.compile(r".*\.(?:s?html?|txt|zip|gz|com_files)", re.IGNORECASE)
_SAVED_AS = re.compile(r"(?:\.orig)?(?:\.\d{1,3})?$")
_ADDED = re.compile(r"(?<=[\w&=])\.html?$", re.IGNORECASE)
_AT = re.compile(r"(?<=[\w)])@(?=[\w%]{1,40}=[^/]*$)")


def address(path: str) -> str:
    """The address of a page whose label or path this is, with its host where that is known; "" where the name says
    nothing of an address."""
    if (found := _WITHIN.fullmatch(path)) is not None:
        return found[1]
    folders = path.split("/")
    hosts = (at for at, name in enumerate(folders[:-1]) if _HOST.fullmatch(name) and not _NO_HOST.fullmatch(name))
    at = next(hosts, -1)
    said = "/".join(folders[at:]) if at >= 0 else path
    said = _AT.sub("?", said, count=1)
    name, _, query = said.partition("?")
    if not query and at < 0:
        return ""
    if query:
        query = _ADDED.sub("", _SAVED_AS.sub("", query))
        query = unquote(query) if "=" not in query else query
    else:
        name = _SAVED_AS.sub("", name)
        name = re.sub(r"(\.(?:php\d?|cgi|pl|aspx?|jsp))\.html?$", r"\1", name, flags=re.IGNORECASE)
    said = f"{name}?{query}" if query else name
    return f"http://{said.replace('+', ':', 1) if '+' in folders[at] else said}" if at >= 0 else said


def is_copy(path: str) -> bool:
    """Whether a name says that another file is the page as it came: `page.html.orig`, and `page-2.html`, `page.html.1`
    beside the page itself are copies."""
    return path.endswith(".orig")
