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
    "locked": "A password or copy protection locks this file; it is kept unread.",
    "pictures-only": "Its pages are pictures; there is no text in them to read.",
    "entry-skipped": "Something inside this container was kept unread.",
    # what was repaired
    "mojibake-repaired": "Letters broken by a wrong encoding were put right.",
    "slashes-removed": "Backslashes that a program had put before quotation marks were taken out.",
    "codes-read": "Letters that were written as codes of a web page were put right.",
    "changes-tracked": "The document remembers what was deleted from it; that is kept apart from the story.",
    "lines-joined": "Lines that a mail program had cut were joined again.",
    "verse-lines-restored": "Verse had lost its line ends; they were put back.",
    "paragraph-parted": "Two paragraphs had been glued together; they were parted.",
    "break-unglued": "A scene break was glued to a paragraph; they were parted.",
    "lost-quotes": "Question marks stand where quotation marks were; they were left alone.",
    "letters-lost": "Letters were lost before the file came here; a sign stands in place of each.",
    "label-misspelt": "A header's label is misspelt; it was read as the label meant.",
    # what an archive has lost
    "row-missing": "The archive's rows name something that is no longer there; what is left is kept.",
    "row-again": "The dump has a row twice.",
    "kept-back": "The archive's staff had not let this through; it is the owner's alone.",
    "cut-short": "The database cut this off where its column was full.",
    # what is in doubt
    "headings-disagree": "The headings of this chapter do not agree.",
    "heading-lost": "A chapter begins here, but its heading is lost.",
    "chapter-missing": "A chapter seems to be missing.",
    "further-copy": "The same story in another file that was kept beside it; the chapters come from the better one.",
    "text-missing": "An archive's record names a story, and none of its text is there; the record is kept.",
    "chapter-repeated": "The same chapter number stands twice.",
    "part-again": "The same part was posted again; it stands once.",
    "part-replaced": "A part was posted again in another version; the later stands, the earlier is kept as it came.",
    "rating-mixed": "Several ratings are stated; the strictest counts.",
    "not-a-story": "This page is not a story; it is kept, and no work is made of it.",
}

# What a page or a text may be that is no story: what it is called (its chrome's reason, too), what several of them are
# called, and what a person should know about one.
NOT_STORIES: dict[str, tuple[str, str]] = {
    "log-in page": ("log-in pages", "what stood behind it was not saved"),
    "age check": ("age checks", "the page that asks for one's age was saved, not the story behind it"),
    "members only": ("pages for members only", "what stood behind it was not saved"),
    "missing page": ("error pages for what was not there", "the story was not there when this was saved"),
    "server error": ("error pages of a server", "the server had a fault when this was saved"),
    "robot check": ("checks for robots", "the check was saved, not the story behind it"),
    "blocked page": ("pages that a filter blocked", "a filter stood before the page when this was saved"),
    "page without its scripts": ("pages without their scripts", "its words come by scripts and were not saved"),
    "cookie notice": ("cookie notices", "what stood behind it was not saved"),
    "page that was not archived": ("pages that were never archived", "the web archive has no copy of it"),
    "redirect": ("pages that lead elsewhere", "what it leads to was not saved with it"),
    "frames": ("frames around other pages", "the pages within it are files of their own"),
    "empty page": ("empty pages", "nothing is told on it"),
    "parked domain": ("pages of a domain for sale", "the site was gone when this was saved"),
    "folder listing": ("listings of folders", "it names files, and holds none"),
    "list of stories": ("lists of stories and pages", "it names stories, and holds none"),
    "contents page": ("contents pages", "it names the chapters of a story, and lends them their titles and order"),
    "forum index": ("lists of forum threads", "it names threads, and holds none"),
    "profile": ("profiles", "it is about a person"),
    "reviews": ("pages of reviews", "readers speak on it, and no story is told"),
    "statistics": ("pages of figures", "it counts stories, and holds none"),
    "help page": ("pages of help, rules and news", "it is about the site"),
    "guest book": ("guest books", "visitors speak in it, and no story is told"),
    "post that is talk": ("posts that are talk", "people speak in it, and no story is told"),
    "talk about stories": ("pages that speak of stories", "it speaks of stories or shows, and tells none"),
    "page of a site": ("pages of sites", "a site speaks and counts on it, and no story is told"),
    "settings file": ("files of settings", "it is for a program"),
    "web shortcut": ("web shortcuts", "it holds an address, and no page"),
    "style sheet": ("style sheets", "it says how a page looks"),
    "program": ("programs and scripts", "it is for a computer"),
    "data": ("files of data", "it is for a program"),
    "database dump": ("database dumps", "it is kept whole"),
    "log": ("logs", "a program wrote down what it did"),
    "file list": ("lists of files and addresses", "it names files, and holds none"),
    "picture": ("pictures", "it shows, and does not tell"),
    "gallery": ("galleries", "it shows pictures, and tells nothing"),
    "sound": ("sounds", "it is to be heard"),
    "film": ("films", "it is to be seen"),
    "font": ("fonts", "it says how letters look"),
    "torrent": ("torrents", "it says where files may be had, and holds none"),
    "read-me": ("read-me files", "it is about the files beside it"),
}  # fmt: skip


def not_a_story(kind: str, more: str = "") -> str:
    """The text of the remark `not-a-story`: a key of NOT_STORIES, what it means, and what else is known."""
    return f"{kind[:1].upper()}{kind[1:]}: {NOT_STORIES[kind][1]}.{f' {more}' if more else ''}"


def kind_of_not_a_story(text: str) -> str:
    """The key of NOT_STORIES that such a text begins with; "" for none."""
    kind = text.partition(":")[0]
    kind = kind[:1].lower() + kind[1:]
    return kind if kind in NOT_STORIES else ""
