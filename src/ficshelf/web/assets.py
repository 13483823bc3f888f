"""Style sheets and scripts, each under a name that holds the hash of its content, so that browsers keep it for good.

There is no build step and no folder of collected files: the few files of `static/` are hashed when the server starts
and sent by whitenoise from where they are.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

HERE = Path(__file__).parent
FOLDER = HERE / "static"


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=6).hexdigest()


# {"reading.css": "/static/reading.0a1b2c3d4e5f.css", …}
URLS = {
    path.name: f"/static/{path.stem}.{_digest(path.read_bytes())}{path.suffix}" for path in sorted(FOLDER.iterdir())
}

# Changes with anything that decides what a page looks like: part of every page's ETag.
BUILD = _digest(
    b"".join(
        path.read_bytes()
        for folder in (HERE, HERE.parent / "writers")
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".py", ".html", ".css", ".js")
    )
)


class Assets(WhiteNoiseMiddleware):
    """Answers the addresses in `URLS`, and no other, compressed for whoever can read that."""

    def __init__(self, get_response) -> None:
        super().__init__(get_response)
        self.gzip = GZipMiddleware(get_response)
        self.allow_all_origins = False
        for name, url in URLS.items():
            self.add_file_to_dictionary(url, str(FOLDER / name))

    def immutable_file_test(self, path: str, url: str) -> bool:
        return True

    def serve(self, static_file, request: HttpRequest) -> HttpResponse:
        return self.gzip.process_response(request, super().serve(static_file, request))
