"""One peer converts files to text; run by the peers' own Python. It prints the processor time that it took, in seconds.

python bench/peer.py trafilatura page.html …
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path


def trafilatura() -> Callable[[Path], object]:
    from trafilatura import extract

    return lambda path: extract(path.read_text(encoding="utf-8"), favor_recall=True)


def html2text() -> Callable[[Path], object]:
    from html2text import HTML2Text

    return lambda path: HTML2Text().handle(path.read_text(encoding="utf-8"))


def mammoth() -> Callable[[Path], object]:
    from mammoth import convert_to_html

    def convert(path: Path) -> object:
        with path.open("rb") as file:
            return convert_to_html(file).value

    return convert


def python_docx() -> Callable[[Path], object]:
    from docx import Document

    return lambda path: [
        [(run.text, run.italic, run.bold) for run in paragraph.runs] for paragraph in Document(str(path)).paragraphs
    ]


PEERS = {"trafilatura": trafilatura, "html2text": html2text, "mammoth": mammoth, "python-docx": python_docx}

if __name__ == "__main__":
    convert = PEERS[sys.argv[1]]()
    began = time.process_time()
    for path in sys.argv[2:]:
        convert(Path(path))
    print(time.process_time() - began)
