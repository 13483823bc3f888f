"""Django's settings, for the library and for everything that shows it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

LIBRARY = Path(os.environ.get("FICSHELF_LIBRARY") or "~/ficshelf").expanduser()


def secret_key(library: Path) -> str:
    """The library's own random key, made at its first use and readable by its owner alone; kept in memory only where
    there is no library (as in tests)."""
    path = library / "secret-key"
    with contextlib.suppress(OSError):
        return path.read_text() or _write_key(path)
    with contextlib.suppress(OSError):
        return _write_key(path)
    return secrets.token_urlsafe(50)


def _write_key(path: Path) -> str:
    key = secrets.token_urlsafe(50)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(new, path)  # whoever comes first wins; the others read that one
    new.unlink()
    return path.read_text() or key


SECRET_KEY = secret_key(LIBRARY)
DEBUG = False
ALLOWED_HOSTS = ["*"]  # `ficshelf.web.middleware.known_host` decides

INSTALLED_APPS = [
    "ficshelf.library",
    "ficshelf.web",
]

# What every request passes through, outermost first; `ficshelf.web.middleware` says why.
MIDDLEWARE = [
    "ficshelf.web.middleware.headers",
    "ficshelf.web.middleware.known_host",
    "ficshelf.web.middleware.own_origin",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ficshelf.web.assets.Assets",
]
CSRF_COOKIE_NAME = "ficshelf-token"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # as long as the browser is open
CSRF_FAILURE_VIEW = "ficshelf.web.pages.errors.not_ours"
ROOT_URLCONF = "ficshelf.web.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
STATIC_URL = "/static/"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": LIBRARY / "library.sqlite3",
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            # Writers queue up for each other instead of failing half-way through a transaction.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: what is committed is on the disk, also after the power fails.
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=FULL;"
                "PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-32000;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
