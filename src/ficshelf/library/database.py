"""The library's database: turning to it, and bringing its tables up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from ficshelf.errors import LibraryError
from ficshelf.library import DATABASE
from ficshelf.library.settings import secret_key


def use(folder: Path) -> None:
    """Make the database of the library in `folder` the one that Django works with."""
    path = folder / DATABASE
    default = connections.settings["default"]
    if Path(default["NAME"]) != path:
        connections["default"].close()
        default["NAME"] = path
        connections["default"] = connections.create_connection("default")
    if folder != settings.LIBRARY:
        settings.LIBRARY = folder
        settings.SECRET_KEY = secret_key(folder)


def migrate(folder: Path) -> None:
    """Make the tables, or bring those of an older ficshelf up to date. Refuses those of a newer one."""
    try:
        connection = connections["default"]
        executor = MigrationExecutor(connection)
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
        if unknown:
            raise LibraryError(
                f"{folder}: this library was made by a newer ficshelf. Update ficshelf and try again; "
                "nothing in the library has been changed."
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            from ficshelf.library.lock import writing

            with writing(folder):
                executor = MigrationExecutor(connection)  # another process may have done it meanwhile
                executor.migrate(executor.loader.graph.leaf_nodes())
    except (DatabaseError, sqlite3.Error) as error:
        raise LibraryError(
            f"{folder / DATABASE}: the database cannot be used ({error}). "
            "Check that the disk is not full and that the file may be written, or restore a backup."
        ) from error
