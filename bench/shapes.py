"""Hostile texts and pages, made when they are needed: each a function from a size to bytes, linear in the size.

They are the inputs that are known to make readers of text and markup slow, deep or large. None is kept on disk.
"""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int], bytes]


def row(piece: str | bytes, before: str = "", after: str = "") -> Shape:
    """A shape that is one piece over and over."""
    body = piece if isinstance(piece, bytes) else piece.encode()
    return lambda count: before.encode() + body * count + after.encode()


def nested(tag: str, text: str = "The lamp went out.") -> Shape:
    """A shape of elements within elements, with a text in the innermost and one behind them all."""
    return lambda count: (
        f"<html><body>{f'<{tag}>' * count}{text}{f'</{tag}>' * count}<p>And the door stood open.</p></body></html>"
    ).encode()


def unclosed(tags: str) -> Shape:
    """A shape of elements that are opened and never closed, with a word in each."""
    return lambda count: b"<html><body>" + f"{tags}word ".encode() * count


def attributes(count: int) -> bytes:
    """One element with so many attributes."""
    return ("<html><body><p " + " ".join(f"a{number}=1" for number in range(count)) + ">Still a story.</p>").encode()


def numbered(line: str, before: str = "", after: str = "") -> Shape:
    """A shape of lines that hold their own numbers. These begin again before they reach five digits, which head no
    chapter: twice the size would be another kind of text."""
    return lambda count: (before + "".join([line.format(number % 9_999) for number in range(count)]) + after).encode()


def contents(listed: str, headed: str, name: str = "") -> Shape:
    """A shape of a list of contents and all that it names."""
    return lambda count: (
        name + "".join(map(listed.format, range(count))) + "\n" + "".join(map(headed.format, range(count)))
    ).encode()


def cycled(here: str, there: str) -> Shape:
    """A shape of lines of two kinds, whose numbers come again in ever other pairs."""
    return lambda count: "".join((here + there).format(number % 100, number % 77) for number in range(count)).encode()


PAGES: dict[str, tuple[Shape, int]] = {
    "nested div": (nested("div"), 100_000),
    "nested b": (nested("b"), 100_000),
    "nested table": (nested("table"), 100_000),
    "nested table cells": (nested("table><tr><td"), 50_000),
    "nested blockquote": (nested("blockquote"), 100_000),
    "nested lists": (nested("ul><li"), 50_000),
    "nested font": (nested("font color=red"), 100_000),
    "nested a": (nested("a href=x"), 100_000),
    "nested svg": (nested("svg"), 100_000),
    "nested math": (nested("math><mi"), 50_000),
    "nested select": (nested("select><option"), 50_000),
    "nested pre": (nested("pre"), 100_000),
    "nested template": (nested("template"), 100_000),
    "nested custom element": (nested("x-y"), 100_000),
    "nested form": (nested("form"), 100_000),
    "nested ruby": (nested("ruby><rt"), 50_000),
    "nested object": (nested("object"), 100_000),
    "nested button": (nested("button"), 100_000),
    "nested noscript": (nested("noscript"), 100_000),
    "nested frameset": (lambda count: b"<html>" + b"<frameset>" * count + b"text", 100_000),
    "unclosed p": (unclosed("<p>"), 100_000),
    "unclosed b": (unclosed("<b>"), 100_000),
    "unclosed i in p": (unclosed("<p><i>"), 100_000),
    "unclosed font in p": (unclosed("<p><font size=2>"), 100_000),
    "unclosed span": (unclosed("<span>"), 100_000),
    "unclosed a": (unclosed("<a href=/x>"), 100_000),
    "unclosed td": (unclosed("<td>"), 100_000),
    "unclosed table": (unclosed("<table><tr><td>"), 50_000),
    "misnested b and p": (unclosed("<b><p></b>"), 100_000),
    "misnested a and div": (unclosed("<a><div></a>"), 100_000),
    "misnested tables": (unclosed("<table><b>"), 50_000),
    "closing tags alone": (row("</div></p></b>", "<html><body>"), 100_000),
    "closing p alone": (row("</p>", "<html><body>"), 300_000),
    "open brackets": (row("<", "<html><body><p>Story."), 10_000_000),
    "open brackets with a letter": (row("<a", "<html><body><p>Story."), 2_000_000),
    "closing brackets opened": (row("</", "<html><body><p>Story."), 2_000_000),
    "comments opened": (row("<!--", "<html><body><p>Story."), 300_000),
    "comments opened and closed": (row("<!-->", "<html><body><p>Story."), 300_000),
    "bogus comments": (row("<!x ", "<html><body><p>Story."), 300_000),
    "processing instructions": (row("<?", "<html><body><p>Story."), 300_000),
    "doctypes": (row("<!DOCTYPE html [", "<html><body><p>Story."), 100_000),
    "cdata": (row("<![CDATA[", "<html xmlns='x'><body><p>Story."), 200_000),
    "scripts opened": (row("<script>", "<html><body><p>Story."), 200_000),
    "scripts with comments": (row("<script><!--<script>", "<html><body><p>Story."), 100_000),
    "titles": (row("<title>x</title>", "<html><body><p>Story."), 100_000),
    "metas": (row("<meta charset=utf-7>", "<html>"), 100_000),
    "attributes": (attributes, 1_000_000),
    "attributes repeated": (lambda count: b"<html><body><p " + b"a=1 " * count + b">Still a story.", 1_000_000),
    "attribute of one size": (row("x", "<html><body><p class='", "'>Still a story."), 10_000_000),
    "attribute never closed": (row("x='", '<html><body><p title="'), 3_000_000),
    "quotes in a tag": (row("\"'", "<html><body><p "), 2_000_000),
    "equals in a tag": (row("=", "<html><body><p "), 3_000_000),
    "slashes in a tag": (row("/", "<html><body><p "), 3_000_000),
    "blanks in a tag": (row(" ", "<html><body><p "), 3_000_000),
    "styles": (row("font-style:", "<html><body><p style='", "'>x</p>"), 500_000),
    "classes": (row("center ", "<html><body><p class='", "'>x</p>"), 500_000),
    "tag name of one size": (row("x", "<html><body><", ">Story."), 3_000_000),
    "entities": (row("&amp;", "<html><body><p>"), 1_000_000),
    "entities that are none": (row("&", "<html><body><p>"), 3_000_000),
    "entities unended": (row("&amp", "<html><body><p>"), 1_000_000),
    "long entity": (row("a", "<html><body><p>&"), 3_000_000),
    "number references": (row("&#x41;", "<html><body><p>"), 500_000),
    "control references": (row("&#0;&#13;", "<html><body><p>"), 300_000),
    "br": (row("<br>", "<html><body>", "Story."), 1_000_000),
    "br and letters": (row("x<br>", "<html><body>"), 300_000),
    "hr": (row("<hr>", "<html><body>Story.", "Story."), 300_000),
    "hr and letters": (row("<p>He ran.<hr>", "<html><body>"), 100_000),
    "img": (row("<img src=x alt=y>", "<html><body>Story.", "Story."), 200_000),
    "links": (row("<a href=/x>x</a> ", "<html><body>"), 200_000),
    "link paragraphs": (row("<p><a href=/x>Chapter</a></p>", "<html><body>"), 100_000),
    "p": (row("<p>He ran.", "<html><body>"), 300_000),
    "empty p": (row("<p></p>", "<html><body>", "Story."), 300_000),
    "nbsp p": (row("<p>&nbsp;</p>", "<html><body>", "Story."), 200_000),
    "divs": (row("<div>He ran.</div>", "<html><body>"), 300_000),
    "one letter spans": (row("<span>x</span>", "<html><body>"), 300_000),
    "one letter marks": (row("<b>x</b><i>y</i>", "<html><body>"), 150_000),
    "cells": (row("<td>x", "<html><body><table><tr>"), 300_000),
    "rows": (row("<tr><td>x", "<html><body><table>"), 200_000),
    "items": (row("<li>x", "<html><body><ul>"), 300_000),
    "options": (row("<option>Chapter", "<html><body><select>"), 200_000),
    "headings": (row("<h2>Chapter 1</h2>", "<html><body>"), 100_000),
    "headings and prose": (numbered("<h2>Chapter {0}</h2><p>He ran and ran.</p>"), 50_000),
    "pre of lines": (row("He ran.\n", "<html><body><pre>"), 300_000),
    "pre of one line": (row("He ran. ", "<html><body><pre>"), 1_000_000),
    "blanks between": (row(" \n", "<html><body><p>Story.</p>", "<p>More.</p>"), 2_000_000),
    "blanks before": (row(" ", "", "<html><body><p>Story.</p>"), 3_000),
    "label rows": (row("<b>Title:</b> X<br>", "<html><body>"), 100_000),
    "definition rows": (row("<dt>Rating:</dt><dd>PG</dd>", "<html><body><dl>"), 100_000),
    "ao3 tag rows": (
        row("<dt class='fandom tags'>Fandom:</dt><dd class='fandom tags'><a class=tag>X</a></dd>",
            "<html><body><div id=workskin><dl class='work meta group'>"),
        30_000,
    ),
    "hidden divs": (row("<div style='display:none'>x</div>", "<html><body>Story."), 100_000),
    "nuls": (row(b"\0<p>a", "<html><body>"), 300_000),
}  # fmt: skip

TEXTS: dict[str, tuple[Shape, int]] = {
    "one line": (row("The rain went on and on over the city and nobody came. "), 200_000),
    "one word": (row("a"), 10_000_000),
    "one letter lines": (row("x\n"), 400_000),
    "one letter paragraphs": (row("x\n\n"), 300_000),
    "numbers as lines": (numbered("{0}\n"), 300_000),
    "short lines": (row("He ran.\n"), 300_000),
    "short lines in capitals": (row("HE RAN\n"), 300_000),
    "short paragraphs": (row("He ran.\n\n"), 300_000),
    "indented lines": (row("     He ran on.\n"), 200_000),
    "tabs": (row("\t"), 5_000_000),
    "blanks": (row(" "), 10_000_000),
    "blank lines": (row("\n", "Story.", "More."), 5_000_000),
    "blanks between words": (row(" ", "Story.", "More."), 5_000_000),
    "blank and word": (row(" a"), 3_000_000),
    "no-break spaces": (row("\u00a0"), 2_000_000),
    "blanks before line end": (row("word" + " " * 5_000 + "\n"), 1_000),
    "stars": (row("*"), 5_000_000),
    "stars parted": (row("* "), 2_000_000),
    "stars and letters": (row("*a"), 2_000_000),
    "stars around words": (row("*so* "), 500_000),
    "stars opened": (row(" *a"), 2_000_000),
    "double stars opened": (row(" **a"), 1_000_000),
    "bars": (row("_"), 3_000_000),
    "bars opened": (row(" _a"), 2_000_000),
    "slashes": (row("/"), 3_000_000),
    "slashes opened": (row(" /a"), 2_000_000),
    "tags opened": (row("<i>a"), 1_000_000),
    "quotes": (row('"'), 5_000_000),
    "quotes parted": (row('" '), 2_000_000),
    "quotes glued": (row('"Go." "No."'), 400_000),
    "curly quotes": (row("\u201cGo.\u201d"), 500_000),
    "question marks": (row("?"), 5_000_000),
    "question quotes": (row("?Go.? "), 500_000),
    "apostrophes": (row("'"), 3_000_000),
    "brackets": (row("("), 1_000_000),
    "brackets closed": (row("(a) "), 700_000),
    "square brackets": (row("["), 1_000_000),
    "square bracket lines": (row("[x\n"), 300_000),
    "dots": (row("."), 5_000_000),
    "dots parted": (row(". "), 2_000_000),
    "hyphens": (row("-"), 5_000_000),
    "hyphens parted": (row("- "), 2_000_000),
    "equals": (row("="), 3_000_000),
    "tildes": (row("~"), 3_000_000),
    "ohs": (row("o"), 3_000_000),
    "kisses": (row("xo"), 2_000_000),
    "colons": (row(":"), 3_000_000),
    "colons parted": (row("a: "), 1_500_000),
    "semicolons": (row("a; "), 1_500_000),
    "commas": (row("a, "), 1_500_000),
    "at signs": (row("@"), 3_000_000),
    "addresses": (row("a@"), 2_000_000),
    "address lines": (row("a@b.c\n"), 200_000),
    "urls": (row("http://"), 700_000),
    "digits": (row("1"), 3_000_000),
    "digits parted": (row("1/"), 2_000_000),
    "angle brackets": (row("<"), 5_000_000),
    "greater lines": (row("> He ran.\n"), 200_000),
    "greater": (row(">"), 3_000_000),
    "greater deep": (row(">" * 1_000 + " He ran.\n"), 2_000),
    "ampersands": (row("&"), 3_000_000),
    "backslashes": (row("\\"), 3_000_000),
    "form feeds": (row("\f"), 2_000_000),
    "form feed lines": (row("x\n\f"), 200_000),
    # 9,000 chapters at once at most: a number of five digits heads none.
    "page feeds with prose": (numbered("Chapter {0}\nHe ran and ran until it was dark.\n\f"), 18_000),
    "page feeds without headings": (row("He ran and ran until it was dark.\n\f"), 50_000),
    "notes": (row("A/N: "), 400_000),
    "note lines": (row("A/N: thanks to all.\n\n"), 100_000),
    "note lines and prose": (row("A/N: thanks to all.\n\nHe ran.\n\n"), 50_000),
    "note opened in brackets": (row("(A/N: thanks\n\n"), 100_000),
    "labels": (row("Title: X\n"), 100_000),
    "label-like lines": (row("Something: else\n"), 330_000),
    "label-like words": (row("Title: "), 700_000),
    "labels in a line": (row("Rating: R Pairing: B/S "), 250_000),
    "blanks in a label's value": (row(" ", "Warning: a", "b\n\nThe tide had gone out.\n"), 100_000),
    "labels without values": (row("Title:\n"), 100_000),
    "labels with bold": (row("**Title**: X\n"), 100_000),
    "labels of many kinds": (numbered("Tag: x{0}\n"), 100_000),
    "label of many values": (numbered("x{0}, ", "Title: X\nTags: ", "\n\nHe ran.\n"), 200_000),
    "label of many names": (numbered("A{0}/B{0}; ", "Title: X\nPairing: ", "\n\nHe ran.\n"), 100_000),
    "disclaimers": (row("Disclaimer: none of it is mine.\n\n"), 100_000),
    "summary without end": (row("and so it went\n", "Title: X\nSummary: "), 300_000),
    "fandoms": (row("Fandom: Buffy, Angel, Dracula; Holmes\n"), 50_000),
    "ratings": (row("Rating: PG-13 for language\n"), 100_000),
    "by lines": (row("A Story\nby Somebody\n"), 150_000),
    "part titles": (numbered("A Story ({0}/999999)\n\nHe ran.\n\n"), 50_000),
    "headings": (row("Chapter 1\n"), 100_000),
    "heading paragraphs": (row("Chapter One: The Fall\n\n"), 100_000),
    "headings and prose": (numbered("Chapter {0}\n\nHe ran and ran until it was dark.\n\n"), 100_000),
    "headings same and prose": (row("Chapter 1\n\nHe ran and ran until it was dark.\n\n"), 100_000),
    "prologues": (row("Prologue\n\nHe ran.\n\n"), 100_000),
    "bare numbers and prose": (numbered("{0}\n\nHe ran and ran until it was dark.\n\n"), 100_000),
    "bare numbers restarting": (row("1\n\nHe ran.\n\n2\n\nHe ran.\n\n"), 50_000),
    "roman numbers": (row("mdclxvi" * 20 + "\n"), 30_000),
    "words of numbers": (row("Chapter twenty-one hundred and five and six\n"), 100_000),
    "chapter words": (row("chapter "), 600_000),
    "contents": (contents("Chapter {0}: The {0}\n", "Chapter {0}: The {0}\n"), 20_000),
    "contents named": (contents("The {0} Door\n", "The {0} Door\n\nHe ran and ran.\n\n", "Contents\n"), 20_000),
    "contents of two": (lambda count: b"Alpha\nBeta\n" * count, 100_000),
    "contents of pairs": (cycled("Line {0} here\n", "Line {1} there\n"), 60_000),
    "breaks": (row("* * *\n\n"), 100_000),
    "breaks and prose": (row("He ran.\n\n* * *\n\n"), 100_000),
    "rules glued": (row("*" + "-" * 65 + "Dear X,\n\n"), 20_000),
    "headings and blanks": (row("Chapter 1" + " " * 200 + "x\n\n"), 20_000),
    "breaks glued": (row("***** The door stood open and he ran.\n\n"), 100_000),
    "breaks in one line": (row("***** He ran. "), 400_000),
    "breaks of letters": (row("-xox", ), 500_000),
    "break named": (row("[scene break]\n"), 200_000),
    "break word": (row("break "), 800_000),
    "the end": (row("The End\n\n"), 100_000),
    "the end and prose": (row("He ran.\n\nThe End\n\n"), 100_000),
    "to be continued": (row("to be continued in "), 200_000),
    "verse": (row("the rain came down\nand so did he\nupon the town\nso quietly\n\n"), 50_000),
    "verse with prose": (row("He ran.\n\n~the rain came down~\n~and so did he~\n\n"), 50_000),
    "verse slashes": (row("the rain / "), 300_000),
    "letters": (row("Dear Tom,\n\nAll is well.\n\nYours,\nAnne\n\n"), 50_000),
    "letters never ended": (row("Dear Tom,\n\nAll is well.\n\n"), 80_000),
    "chats": (row("anne: hi\ntom: hello\n"), 100_000),
    "mails": (row("From: a@b.c\nTo: d@e.f\nSubject: Story (1/2)\n\nHe ran.\n\n"), 30_000),
    "mail head lines": (row("Subject: x\n", "From: a@b.c\n"), 200_000),
    "mail continued": (row(" x\n", "Subject: "), 300_000),
    "signatures": (row("He ran.\n-- \nSomebody\n"), 100_000),
    "mail footers": (row("He ran.\n\nTo unsubscribe from this group, send an email to:\nx@y.z\n\n"), 50_000),
    "wrapped": (row("The rain went on and on over the city and nobody came to see what was\n"), 150_000),
    "wrapped hyphens": (row("The rain went on and on over the city and nobody came to see some-\n"), 150_000),
    "wrapped paragraphs": (
        row("The rain went on and on over the city and nobody came to see what was\nleft of it in the end.\n\n"),
        60_000,
    ),
    "mojibake": (row("it\u00e2\u20ac\u2122s "), 400_000),
    "mojibake twice": (row("\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2"), 200_000),
    "accents": (row("e\u0301"), 1_000_000),
    "one base and accents": (row("\u0301", "e"), 2_000_000),
    "zero width": (row("\u200b"), 1_000_000),
    "right to left": (row("\u202e\u202d"), 500_000),
    "astral": (row("\U0001f984"), 1_000_000),
    "astral once": (row("a", "\U0001f984"), 5_000_000),
    "line separators": (row("He ran.\u2028"), 200_000),
    "paragraph separators": (row("He ran.\u2029"), 200_000),
    "next lines": (row("He ran.\u0085"), 200_000),
    "carriage returns": (row("He ran.\r"), 200_000),
    "vertical tabs": (row("x\v"), 200_000),
}  # fmt: skip

BYTES: dict[str, tuple[Shape, int]] = {
    "high bytes": (row(bytes(range(128, 256))), 30_000),
    "overlong": (row(b"He ran\xc0\xaf\xe0\x80\xaf.\n"), 100_000),
    "surrogates": (row(b"He ran\xed\xa0\x80.\n"), 100_000),
    "stray continuation": (row(b"He ran \x80\xbf.\n"), 100_000),
    "cut sequences": (row(b"He ran \xe2\x80 on.\n"), 100_000),
    "mixed utf-8 and cp1252": (row(b"caf\xc3\xa9 caf\xe9 it\x92s\n"), 100_000),
    "nuls in text": (row(b"He r\0an.\n"), 200_000),
    "nuls in wide text": (row("He ran. ".encode("utf-16-le")), 300_000),
    "utf-16 odd": (lambda count: b"\xff\xfe" + "He ran.\n".encode("utf-16-le") * count + b"\0", 100_000),
    "utf-16 swapped": (row("He ran.\n".encode("utf-16-be")), 100_000),
    "utf-16 of surrogates": (lambda count: b"\xff\xfe" + b"\x00\xd8" * count, 1_000_000),
    "utf-32 beyond": (lambda count: b"\xff\xfe\0\0" + b"\xff\xff\xff\x7f" * count, 500_000),
    "utf-7": (row(b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n"), 50_000),
    "kana": (row("\u3042\u3044\u3046\u3002".encode("cp932")), 200_000),
    "kana cut": (row("\u3042\u3044\u3046\u3002".encode("cp932") + b"\x81\n"), 100_000),
    "cyrillic": (row("\u041e\u043d \u0431\u0435\u0436\u0430\u043b.\n".encode("cp1251")), 100_000),
    "escapes": (row(b"\x1b$B\x1b(B"), 100_000),
    "every byte": (row(bytes(range(256))), 10_000),
    "control characters": (row(b"He ran.\x01\x02\x1f\n"), 200_000),
}
