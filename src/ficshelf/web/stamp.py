"""Whether the library has changed: what a page that shows many works was made from."""

from __future__ import annotations

from django.db import connection

Stamp = tuple[object, ...]

# Each part is answered by an index in no time; as aggregates of one SELECT, SQLite would walk through every work.
_ASK = """
    SELECT (SELECT changed FROM library_work ORDER BY changed DESC LIMIT 1), (SELECT count(*) FROM library_work),
        EXISTS (SELECT 1 FROM library_work WHERE visibility > '')
"""


def library_stamp() -> Stamp:
    """Differs after every change of any work that is shown: when it was, how many works there are, and whether some of
    them are not for everybody. Asked before every page of the shelf, so in plain SQL, which Django need not put
    together first."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK)
        return cursor.fetchone()
