"""Files of word processors: docx, odt and rtf, with styles for headings or with none."""

from __future__ import annotations

import random

from bench.forge import compose
from bench.forge.layouts.book import zipped
from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.markup import escape
from bench.forge.pieces import Piece, Run
from bench.forge.sheet import Sheet
from bench.forge.stories import Story


class Document:
    """A typed story with its header; subclasses write runs and paragraphs."""

    family, suffix = "document", ".docx"

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = compose.sheet_of(story, rng, name=f"{story.title.lower().replace(' ', '')}{self.suffix}")
        self.styled = rng.random() < 0.6  # headings have a style of their own
        self.empty = rng.random() < 0.35  # an empty paragraph between all
        return sheet

    def write(self, sheet: Sheet, rng: random.Random) -> list[Chunk]:
        return [Chunk(one, [self.paragraph(one)]) for one in sheet.pieces]

    def paragraph(self, one: Piece) -> str:
        raise NotImplementedError

    def runs(self, one: Piece) -> list[Run]:
        """The runs of a piece, a label in bold before its value."""
        return [Run(f"{one.label}:", "strong"), Run(" "), *one.runs] if one.kind == "label" else one.runs


class Docx(Document):
    """Office Open XML, as written by hand: the document, its styles, and what the format asks for."""

    def paragraph(self, one: Piece) -> str:
        looks = ""
        if one.kind == "heading" and self.styled:
            looks = '<w:pStyle w:val="Heading1"/>'
        elif one.kind in ("break", "title", "byline") or (one.kind == "end" and one.centred):
            looks = '<w:jc w:val="center"/>'
        elif one.kind in ("verse", "quote"):
            looks = '<w:ind w:left="720"/>'
        bold = one.kind == "heading" and not self.styled
        paragraphs = [[]]
        for run in self.runs(one):
            for at, part in enumerate(run.text.split("\n\n")):
                if at:
                    paragraphs.append([])
                paragraphs[-1].append(self._run(part, run.mark, bold=bold))
        return "".join(f"<w:p><w:pPr>{looks}</w:pPr>{''.join(runs)}</w:p>" for runs in paragraphs)

    def _run(self, text: str, mark: str, *, bold: bool) -> str:
        looks = {"em": "<w:i/>", "strong": "<w:b/>", "": ""}[mark] or ("<w:b/>" if bold else "")
        said = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
        return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{said}</w:r>"

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        gap = "<w:p><w:pPr/></w:p>" if self.empty else ""
        body = gap.join(line for chunk in chunks for line in chunk.lines)
        namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        files = {
            "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
            "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relations}/styles" Target="styles.xml"/></Relationships>',
            "word/styles.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:styles {namespace}><w:style w:type="paragraph" w:styleId="Heading1">'
            '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {namespace}><w:body>{body}<w:sectPr/></w:body></w:document>',
        }  # fmt: skip
        return zipped(files)


class Odt(Document):
    """OpenDocument text."""

    suffix = ".odt"

    def paragraph(self, one: Piece) -> str:
        style = {"break": "Centre", "title": "Centre", "byline": "Centre", "verse": "Quotations", "quote": "Quotations"}
        paragraphs = [""]
        for run in self.runs(one):
            for at, part in enumerate(run.text.split("\n\n")):
                if at:
                    paragraphs.append("")
                said = escape(part).replace("\n", "<text:line-break/>")
                looks = {"em": "T1", "strong": "T2"}.get(run.mark)
                paragraphs[-1] += f'<text:span text:style-name="{looks}">{said}</text:span>' if looks else said
        if one.kind == "heading" and self.styled:
            return f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{paragraphs[0]}</text:h>'
        if one.kind == "heading":
            return f'<text:p text:style-name="Standard"><text:span text:style-name="T2">{paragraphs[0]}</text:span></text:p>'
        return "".join(
            f'<text:p text:style-name="{style.get(one.kind, "Standard")}">{said}</text:p>' for said in paragraphs
        )

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        gap = '<text:p text:style-name="Standard"/>' if self.empty else ""
        body = gap.join(line for chunk in chunks for line in chunk.lines)
        names = " ".join(
            f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
            for short, long in (("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"))
        )
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:automatic-styles>'
            '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
            '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
            '<style:style style:name="Centre" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
        manifest = (
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        )
        first = ("mimetype", "application/vnd.oasis.opendocument.text")
        styles = f'<?xml version="1.0" encoding="UTF-8"?><office:document-styles {names} office:version="1.2"/>'
        files = {"content.xml": content, "styles.xml": styles, "META-INF/manifest.xml": manifest}
        return zipped(files, first)


class Rtf(Document):
    """Rich Text, letters beyond ASCII as `\\'92` or `\\u8217?`."""

    suffix = ".rtf"

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        self.unicode = rng.random() < 0.5 or story.code == "ru"
        return sheet

    def paragraph(self, one: Piece) -> str:
        looks = {"break": "\\qc ", "title": "\\qc\\b ", "byline": "\\qc ", "verse": "\\li720 ", "quote": "\\li720 "}
        bold = one.kind in ("heading", "title")
        said = ""
        for run in self.runs(one):
            text = self._letters(run.text).replace("\n\n", "\\par\n").replace("\n", "\\line ")
            said += {"em": f"{{\\i {text}}}", "strong": f"{{\\b {text}}}", "": text}[run.mark]
        start = "\\pard\\plain " + looks.get(one.kind, "") + ("\\fs32\\b " if bold else "\\fs24 ")
        return f"{start}{said}\\par\n"

    def _letters(self, text: str) -> str:
        made = []
        for letter in text:
            if letter in "\\{}":
                made.append("\\" + letter)
            elif letter.isascii():
                made.append(letter)
            elif not self.unicode and _in_cp1252(letter):
                made.append(f"\\'{letter.encode('cp1252')[0]:02x}")
            else:
                made.append(f"\\u{ord(letter) if ord(letter) < 32768 else ord(letter) - 65536}?")
        return "".join(made)

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        gap = "\\pard\\plain \\par\n" if self.empty else ""
        body = gap.join(line for chunk in chunks for line in chunk.lines)
        head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\\uc1\n"
        return f"{head}{body}}}\n".encode("ascii")


def _in_cp1252(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
