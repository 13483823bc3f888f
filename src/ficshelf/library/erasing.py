"""That what is deleted is gone from the disk as well, and not only from the tables."""

from __future__ import annotations

from django.db import connection


def begin() -> None:
    """From now on, what is deleted is written over."""
    _ask("PRAGMA secure_delete=ON")


def empty_journal() -> None:
    """Bring what the database's journal holds into the database, and leave nothing of it in the journal."""
    _ask("PRAGMA wal_checkpoint(TRUNCATE)")


def vacuum() -> None:
    """Write the database anew, so that no page of it holds what was deleted, and empty its journal."""
    empty_journal()
    _ask("VACUUM")
    empty_journal()


def _ask(statement: str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()
