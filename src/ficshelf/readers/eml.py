"""A mail as it was saved or sent (`.eml`): its header, its parts decoded, and the stories that hang on it.

The text layer is the header, a line a field, decoded and unfolded; then the body, plain rather than HTML where both say
the same; then every attachment that a reader can read, each as its own reader reads it. Lines that `format=flowed` cut
are whole again. What the fields say is left to the pass `mail`. Where the attached stories are longer than the letter,
the letter is chrome. (RFC 5322, RFC 2045 to 2047, RFC 3676.)
"""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import re
from collections.abc import Iterator

from ficshelf.model import Chrome, Draft, Fact, Node, Question, Remark, Span
from ficshelf.passes.facts import add_fact
from ficshelf.readers import encoding, html, text, unread
from ficshelf.sources import limits

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,40}):")
_TELLING = frozenset({b"from", b"subject", b"date", b"to", b"message-id", b"newsgroups"})
_ENCODED = re.compile(
    rb"^content-(?:transfer-encoding:\s*(?:quoted-printable|base64)|type:\s*(?:multipart/|text/\w+\s*;))", re.I | re.M
)
_SEPARATOR = re.compile(rb"^From \S+ .{0,60}\d{4}\r?$", re.M)  # between the mails of an mbox
_HEAD = 64 * 1024  # bytes in which the header must end
_MOST_NESTED = 40  # parts within parts; the parser takes time in their square
_SKIPPED = re.compile(r"(?:image|audio|video)/|application/(?:pgp-|pkcs7-|x-pkcs7-|ms-tnef)|text/(?:x-)?v?card", re.I)
_SIGNED = re.compile(r"-- ?")


def sure(data: bytes, path: str) -> float:
    """0.95 for a header of a mail that says how its body is encoded or which parts it has; 0 for a box of mails."""
    head = _header(data)
    names = {found[1].lower() for line in head.split(b"\n")[:200] if (found := _FIELD.match(line))}
    if len(names & _TELLING) < 2 or not names & {b"from", b"subject"} or not _ENCODED.search(head):
        return 0.0
    return 0.95 if len(_SEPARATOR.findall(data[:_HEAD])) < 2 else 0.0


def _header(data: bytes) -> bytes:
    head = data[:_HEAD].replace(b"\r\n", b"\n").lstrip(b"\n\xef\xbb\xbf")
    end = head.find(b"\n\n")
    return head[:end] if end > 0 else b""


def read(data: bytes, path: str) -> Draft:
    """Read a mail. Never raises; what cannot be taken apart is read as a text."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    if len(re.findall(rb"boundary\s*=", data, re.I)) > _MOST_NESTED:
        return text.read(data, path)
    start = data.lstrip(b"\r\n\xef\xbb\xbf")
    message = email.message_from_bytes(start)
    writer = _Writer()
    writer.text_of(_fields(message), "")
    first = len(writer.nodes)
    attached: list[email.message.Message] = []
    for part in _parts(message):
        if _is_attached(part):
            attached.append(part)
        else:
            writer.body(part)
    writer.attachments(attached, first)
    return writer.draft()


def _fields(message: email.message.Message) -> str:
    """The header, a line a field, as it was meant: decoded, and what was folded in one line again."""
    lines = [message.get_unixfrom() or ""]
    lines += [f"{name}: {_decoded(str(value))}" for name, value in message.raw_items()]
    return "\n".join(line for line in lines if line) + "\n"


def _decoded(value: str) -> str:
    """A field's value: `=?iso-8859-1?Q?Caf=E9?=` is Café, and bytes that nobody declared are guessed."""
    value = " ".join(value.split())
    raw = value.encode("utf-8", "surrogateescape")
    if not raw.isascii():
        return encoding.decode(raw).text
    if "=?" not in value:
        return value
    pieces: list[str] = []
    try:
        for said, charset in email.header.decode_header(value):
            data = said if isinstance(said, bytes) else said.encode("utf-8", "replace")
            pieces.append(encoding.decode(data, charset or "").text if charset else data.decode("utf-8", "replace"))
    except (email.errors.HeaderParseError, ValueError):
        return value
    return " ".join("".join(pieces).split())


def _parts(message: email.message.Message) -> Iterator[email.message.Message]:
    """The leaves of a mail in order; of alternatives that say the same, the plain text, unless it says nothing."""
    stack: list[email.message.Message] = [message]
    while stack:
        part = stack.pop()
        inner = part.get_payload()
        below = [one for one in inner if isinstance(one, email.message.Message)] if isinstance(inner, list) else []
        if not below:
            yield part
        elif part.get_content_subtype() == "alternative":
            stack.append(_best(below))
        else:
            stack += reversed(below)


def _best(alternatives: list[email.message.Message]) -> email.message.Message:
    for part in alternatives:
        if part.get_content_type() == "text/plain" and len(_payload(part).split()) > 20:
            return part
    return max(alternatives, key=lambda part: (part.get_content_maintype() in ("text", "multipart"), _size(part)))


def _size(part: email.message.Message) -> int:
    inner = part.get_payload()
    return len(inner) if isinstance(inner, str) else 1


def _payload(part: email.message.Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _is_attached(part: email.message.Message) -> bool:
    kind = part.get_content_disposition()
    return kind == "attachment" or bool(part.get_filename()) or part.get_content_maintype() != "text"


class _Writer:
    """Gathers the text layers and nodes of a mail's parts into one."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.made = Draft("", ())
        self.encoding = ""

    def text_of(self, said: str, charset: str) -> None:
        """Add plain text, a node a line."""
        self._add(Draft(said, tuple(text.lines(said)), encoding=charset))

    def body(self, part: email.message.Message) -> None:
        """Add a part that is the letter itself, or a piece of it."""
        data = _payload(part)
        if not data.strip():
            return
        declared = str(part.get_param("charset") or "")
        if part.get_content_subtype() == "html":
            self._add(html.read(data, "mail.html"))
            return
        decoded = encoding.decode(data, declared)
        said = _unflowed(decoded.text) if str(part.get_param("format")).lower() == "flowed" else decoded.text
        self._add(Draft(said, tuple(text.lines(said)), remarks=decoded.remarks, encoding=decoded.encoding))

    def attachments(self, parts: list[email.message.Message], first: int) -> None:
        """Add what hangs on the letter, whose nodes begin at `first`."""
        from ficshelf import readers  # the table of readers holds this one too

        letter = (first, len(self.nodes))
        attached = 0
        for part in parts:
            name = _decoded(part.get_filename() or "") or part.get_content_type()
            draft = Draft("", ())
            if not _SKIPPED.match(part.get_content_type()):
                data = _payload(part)
                if data and readers.choose(data, name) not in ("", "eml"):
                    draft = readers.read(data, name)
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

    def draft(self) -> Draft:
        """The whole mail."""
        return self.made._replace(text="".join(self.text), nodes=tuple(self.nodes), encoding=self.encoding or "utf-8")


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
