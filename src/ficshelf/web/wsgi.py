"""What the server calls. `$FICSHELF_LIBRARY` names the library; `ficshelf serve` sets it."""

from __future__ import annotations

from ficshelf import library

library.setup(create=False)

from django.core.wsgi import get_wsgi_application  # noqa: E402 (Django must be set up first)
from django.db import connections  # noqa: E402

# Seconds that a thread keeps its connection: opening one costs more than most pages.
connections.settings["default"]["CONN_MAX_AGE"] = 60

application = get_wsgi_application()
