"""The kinds of remark there are, each with the sentence that a person is shown above the remarks of that kind.

A remark is never an error: the file was read, and this is what one should know about how.
"""

from __future__ import annotations

KINDS: dict[str, str] = {
    # how the bytes were read
    "encoding-guessed": "The file does not say how its letters are written; this is our best guess.",
    "encoding-mixed": "Parts of the file are written in another encoding; each was read in its own.",
    "encoding-lied": "The file says one encoding but is written in another.",
    "bytes-replaced": "Some bytes stand for no letter in this encoding.",
    "control-characters": "Control characters that belong in no text were left out.",
    "empty": "There is nothing to read in this file.",
    "not-text": "This is not a text, a page or a book that we can read.",
    "too-large": "This is larger than the limit; it is kept unread.",
    "damaged": "The file is damaged; what could be read was read.",
    "too-deep": "Markup nested too deeply was flattened; its text is all there.",
    "gave-up": "Reading this file failed; it is kept unread.",
    "entry-skipped": "Something inside this container was kept unread.",
    # what was repaired
    "mojibake-repaired": "Letters broken by a wrong encoding were put right.",
    "codes-read": "Letters that were written as codes of a web page were put right.",
    "lines-joined": "Lines that a mail program had cut were joined again.",
    "verse-lines-restored": "Verse had lost its line ends; they were put back.",
    "paragraph-parted": "Two paragraphs had been glued together; they were parted.",
    "break-unglued": "A scene break was glued to a paragraph; they were parted.",
    "lost-quotes": "Question marks stand where quotation marks were; they were left alone.",
    "label-misspelt": "A header's label is misspelt; it was read as the label meant.",
    # what is in doubt
    "headings-disagree": "The headings of this chapter do not agree.",
    "heading-lost": "A chapter begins here, but its heading is lost.",
    "chapter-missing": "A chapter seems to be missing.",
    "chapter-repeated": "The same chapter number stands twice.",
    "rating-mixed": "Several ratings are stated; the strictest counts.",
    "not-a-story": "This page is not a story; it is kept, and no work is made of it.",
}
