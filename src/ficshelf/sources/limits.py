"""Every limit there is, in one place. What is beyond a limit is kept unread, with a remark; nothing is thrown away.

Sizes are bytes. docs/limits.md says what each is for, and the tests in tests/hostile/ hold them.
"""

from __future__ import annotations

FILE = 256 * 2**20  # of a file that is read at all: a book with many pictures
READ = 32 * 2**20  # of one text, page or book part that is read; a long novel is 2 MiB
PART = 32 * 2**20  # of all the parts of one book together that are read
DEPTH = 500  # elements within elements; deeper ones are flattened
ATTRIBUTES = 256  # of one element; of an element with more, all are left out
OPTIONS = 5_000  # of the menus of one page; those of more are flattened
ELEMENTS = 1_000_000  # of one part of a book; tags of one page
LINES = 500_000  # of one source, blank ones not counted; 32 MiB of mail has 480,000
PAGES = 10_000  # of one PDF
LETTERS = 8_000_000  # of one PDF; PDFium is asked about each, which takes three seconds a million
ENTRIES = 100_000  # of one zip, those of the zips within it counted
LISTING = 32 * 2**20  # of the list of a zip's entries
UNPACKED = 64 * 2**20  # of one entry of a zip once unpacked; containers in one are copied, up to EXPANDED
EXPANDED = 4 * 2**30  # of all entries of one zip together, and of all the zips within it
RATIO = 200  # unpacked size to packed size of an entry …
RATIO_FROM = 10 * 2**20  # … that unpacks to more than this
MAIL_HEADER = 64 * 2**10  # of a mail in which its header is looked for to tell its story
POSTS = 500_000  # of one mailbox
NESTED = 3  # a zip within a zip within a zip
FIELD = 16 * 2**20  # of one value of a dump that is kept in one piece; MySQL's MEDIUMTEXT holds no more
TABLES = 10_000  # of one dump
COLUMNS = 1_000  # of one table of a dump; SQLite holds 2,000
PROBLEMS = 1_000  # of one dump that are told one by one
NAME = 200  # letters of the name of a table or column; MySQL allows 64
UNPACKING = 128 * 2**20  # of memory that a file packed with xz may ask for
CHUNKS = 1_000_000  # of one body that a server sent in chunks
CAPTURES = 1_000_000  # different addresses in one crawl
PARTS = 5_000  # of one page that was saved as one file
FRAMES = 200  # pages among them
BOOKS = 200_000  # of one library of calibre
STEPS = 2_000_000_000  # instructions of SQLite's machine for one library; a book takes 2,000
