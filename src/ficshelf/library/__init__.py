"""The library: the Django app that keeps works, their sources and what people decided about them.

A library is a folder. `setup` is the way in: every command that needs one calls it before it imports models.
"""

from __future__ import annotations

import os
from pathlib import Path

from ficshelf.errors import LibraryError

DATABASE = "library.sqlite3"
SETTINGS = "ficshelf.toml"  # its being there is what makes a folder a library
SECRET_KEY = "secret-key"


def setup(directory: Path | None = None, *, create: bool = True) -> Path:
    """Open the library, making it where there is none, and get Django ready to use it. Returns its folder.

    The folder is `directory`, else `$FICSHELF_LIBRARY`, else `~/ficshelf`. With `create=False` a missing library is an
    error too. Called again, it turns to another library. Raises LibraryError for a folder that cannot be one and for a
    library made by a newer ficshelf.
    """
    folder = where(directory)
    _open_folder(folder, create)
    os.environ["FICSHELF_LIBRARY"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ficshelf.library.settings")

    import django

    django.setup()
    from ficshelf.library import database

    database.use(folder)
    database.migrate(folder)
    return folder


def where(directory: Path | None = None) -> Path:
    """The folder that `setup` would open."""
    chosen = directory or os.environ.get("FICSHELF_LIBRARY") or "~/ficshelf"
    return Path(chosen).expanduser().absolute()


def _open_folder(folder: Path, create: bool) -> None:
    """Make sure that `folder` is a library, or make an empty folder one."""
    try:
        if folder.exists() and not folder.is_dir():
            raise LibraryError(f"{folder}: this is a file, not a library. Name a folder with --library.")
        inside = set(os.listdir(folder)) if folder.exists() else set()
        if SETTINGS in inside or DATABASE in inside:
            return
        if inside:
            raise LibraryError(
                f"{folder}: this folder is not a library and has other files in it. "
                "Name an empty or a new folder with --library; stories are added with `ficshelf add FOLDER`."
            )
        if not create:
            raise LibraryError(f"{folder}: there is no library here yet. Make one with `ficshelf add FOLDER`.")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SETTINGS).write_text("# The settings of this ficshelf library. There are none to set yet.\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(
            f"{folder}: the library cannot be opened ({reason}). Choose another folder with --library."
        ) from None
