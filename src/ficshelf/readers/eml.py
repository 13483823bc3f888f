"""A mail as it was saved or sent, or as a Yahoo group gave it out: its header, its parts, the stories that hang on it.

The text layer is the header, a line a field, decoded and unfolded; then the body, plain rather than HTML where both say
the same; then every attachment that a reader can read, each as its own reader reads it. Lines that `format=flowed` cut
are whole again. What the fields say is left to the pass `mail`. Where the attached stories are longer than the letter,
the letter is chrome. (RFC 5322, RFC 2045 to 2047, RFC 3676.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ficshelf import mime, yahoo
from ficshelf.mime import Header, Mail, Part
from ficshelf.model import Chrome, Draft, Fact, Node, Question, Remark, Span
from ficshelf.passes.facts import add_fact
from ficshelf.readers import encoding, html, text, unread
from ficshelf.sources import limits

_TELLING = frozenset({"from", "subject", "date", "to", "message-id", "newsgroups"})
_CARRIED = frozenset({"message-id", "received", "delivered-to", "return-path", "mailing-list"})
_ENCODED = re.compile(
    rb"content-(?:transfer-encoding:(?:quoted-printable|base64)|type:(?:multipart/|text/\w{1,40}\s{0,9};))", re.I
)
_SEPARATOR = re.compile(rb"^From \S+ .{0,60}\d{4}\r?$", re.M)  # between the mails of an mbox
_HEAD = 64 * 1024  # bytes by which a mail is told from a box of mails, and a message of a Yahoo group from other data
_BLANKS = 1_000  # bytes of blank lines that may stand above a header
_SKIPPED = re.compile(r"(?:image|audio|video)/|application/(?:pgp-|pkcs7-|x-pkcs7-|ms-tnef)|text/(?:x-)?v?card", re.I)
_SIGNED = re.compile(r"-- ?")


def sure(data: bytes, path: str) -> float:
    """0.95 for a header of a mail that says how its body is encoded, which parts it has or how it came here, or of any
    mail where the name says that it is one; 0 for a box of mails."""
    if yahoo.is_message(data[:_HEAD]) and yahoo.mail_of(data):
        return 0.97
    head = mime.header(data, len(data[:_BLANKS]) - len(data[:_BLANKS].lstrip(b"\r\n\xef\xbb\xbf")))
    names = {name.lower() for name, _ in head.fields}
    if len(names & _TELLING) < 2 or not names & {"from", "subject"}:
        return 0.0
    is_encoded = any(_ENCODED.match(name.encode() + b":" + value) for name, value in head.fields)
    if not (is_encoded or names & _CARRIED or path.lower().endswith(".eml")):
        return 0.0
    return 0.95 if len(_SEPARATOR.findall(data[:_HEAD])) < 2 else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a mail. Never raises; what cannot be taken apart is read as a text."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    if yahoo.is_message(data[:_HEAD]):
        data = yahoo.mail_of(data) or data
    mail = mime.parse(data.lstrip(b"\r\n\xef\xbb\xbf"), _decode)
    if not mail.header.end:
        return text.read(data, path)
    writer = _Writer()
    writer.text_of(*_fields(mail.header))
    first = len(writer.nodes)
    attached: list[Part] = []
    for part in _parts(mail.body):
        if _is_attached(part):
            attached.append(part)
        else:
            writer.body(part)
    writer.attachments(attached, first)
    draft = writer.draft(mail)
    if data.rstrip().endswith(yahoo.CUT.encode()):
        draft = draft._replace(remarks=(*draft.remarks, Remark("damaged", "Yahoo cut this post off at 64 KB.")))
    return draft


def _fields(header: Header) -> tuple[str, tuple[Remark, ...]]:
    """The header, a line a field, as it was meant: decoded, and what was folded in one line again. Of a field that is
    longer than any that a person wrote, its beginning."""
    lines = [_decode(header.box, "")]
    remarks = []
    for name, value in header.fields:
        if len(value) > mime.LONGEST:
            said = f"The field “{name}” of this mail has {len(value):,} bytes; its beginning is read."
            remarks.append(Remark("entry-skipped", said))
        lines.append(f"{name}: {mime.words(value, _decode)}")
    return "\n".join(line for line in lines if line) + "\n", tuple(remarks)


def _decode(data: bytes, charset: str) -> str:
    return encoding.decode(data, charset).text


def _parts(body: Part) -> Iterator[Part]:
    """The leaves of a mail in order; of alternatives that say the same, the plain text, unless it says nothing."""
    stack = [body]
    while stack:
        part = stack.pop()
        if not part.parts:
            yield part
        elif part.kind == "multipart/alternative":
            stack.append(_best(part.parts))
        else:
            stack += reversed(part.parts)


def _best(alternatives: Sequence[Part]) -> Part:
    for part in alternatives:
        if part.kind == "text/plain" and len(part.data.split(None, 21)) > 20:
            return part
    return max(alternatives, key=lambda part: (part.kind.startswith(("text/", "multipart/")), len(part.data) or 1))


def _is_attached(part: Part) -> bool:
    return part.attached or bool(part.name) or not part.kind.startswith("text/")


class _Writer:
    """Gathers the text layers and nodes of a mail's parts into one."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.made = Draft("", ())
        self.encoding = ""

    def text_of(self, said: str, remarks: tuple[Remark, ...]) -> None:
        """Add plain text, a node a line."""
        self._add(Draft(said, tuple(text.lines(said)), remarks=remarks))

    def body(self, part: Part) -> None:
        """Add a part that is the letter itself, or a piece of it."""
        if not part.data.strip():
            return
        if part.kind == "text/html":
            self._add(html.read(part.data, "mail.html"))
            return
        decoded = encoding.decode(part.data, part.parameters.get("charset", ""))
        said = _unflowed(decoded.text) if part.parameters.get("format", "").lower() == "flowed" else decoded.text
        self._add(Draft(said, tuple(text.lines(said)), remarks=decoded.remarks, encoding=decoded.encoding))

    def attachments(self, parts: list[Part], first: int) -> None:
        """Add what hangs on the letter, whose nodes begin at `first`."""
        from ficshelf import readers  # the table of readers holds this one too

        letter = (first, len(self.nodes))
        attached = 0
        for part in parts:
            name = part.name or part.kind
            draft = Draft("", ())
            if part.data and not _SKIPPED.match(part.kind) and readers.choose(part.data, name) not in ("", "eml"):
                draft = readers.read(part.data, name)
            if not draft.nodes:
                remark = Remark("entry-skipped", f"“{name[:80]}” hangs on this mail, and is no story that can be read.")
                self.made = self.made._replace(remarks=(*self.made.remarks, remark))
                continue
            attached += len(draft.text)
            self._add(draft, page=True)
        if attached > sum(len(node.text) for node in self.nodes[letter[0] : letter[1]]) > 0:
            chrome = self.made.chrome
            for place in range(*letter):
                self.nodes[place] = self.nodes[place]._replace(kind="chrome")
                chrome += tuple(Chrome(span, "letter around the story") for span in self.nodes[place].spans)
            self.made = self.made._replace(chrome=chrome)

    def _add(self, draft: Draft, *, page: bool = False) -> None:
        base = self.length
        self.text += [draft.text, "\n"]
        self.length += len(draft.text) + 1
        nodes = [node._replace(spans=tuple(_shift(span, base) for span in node.spans)) for node in draft.nodes]
        if nodes and self.nodes:
            nodes[0] = nodes[0]._replace(gap=max(1, nodes[0].gap), page=page)
        self.nodes += nodes
        facts = self.made.facts
        for name, found in draft.facts.items():
            for fact in found:
                facts = add_fact(facts, name, _moved(fact, base))
        chrome = tuple(Chrome(_shift(one.span, base), one.reason) for one in draft.chrome)
        remarks = tuple(one._replace(span=_shift(one.span, base)) for one in draft.remarks)
        questions: tuple[Question, ...] = self.made.questions + draft.questions
        self.made = self.made._replace(
            facts=facts, chrome=self.made.chrome + chrome, remarks=self.made.remarks + remarks, questions=questions
        )
        self.encoding = self.encoding or draft.encoding

    def draft(self, mail: Mail) -> Draft:
        """The whole mail, with what is to be said of its parts."""
        remarks = self.made.remarks
        if mail.is_deep:
            said = f"Its parts lie within one another, more than {mime.DEPTH} deep; they are read one after the other."
            remarks += (Remark("too-deep", said),)
        if mail.left:
            said = f"It has more than {mime.PARTS:,} parts; {mail.left:,} of them are not read."
            remarks += (Remark("entry-skipped", said),)
        encoding = self.encoding or "utf-8"
        return self.made._replace(text="".join(self.text), nodes=tuple(self.nodes), encoding=encoding, remarks=remarks)


def _shift(span: Span, base: int) -> Span:
    return Span(span.start + base, span.end + base)


def _moved(fact: Fact, base: int) -> Fact:
    return fact._replace(spans=tuple(_shift(span, base) for span in fact.spans))


def _unflowed(said: str) -> str:
    """Lines that end in a blank go on in the next (RFC 3676); a signature's two hyphens do not."""
    made: list[str] = []
    goes_on = False
    for line in said.split("\n"):
        line = line[1:] if line.startswith(" ") else line  # stuffed, so that nothing takes it for another sign
        if goes_on and line and not line.startswith(">") and not _SIGNED.fullmatch(line):
            made[-1] += line
        else:
            made.append(line)
        goes_on = line.endswith(" ") and not line.startswith(">") and not _SIGNED.fullmatch(line)
    return "\n".join(made)
