"""The text layers of sources: the text that a chapter was read from, made again from the original when asked for."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from django.conf import settings

from ficshelf.library import originals
from ficshelf.library.models import Place as FoundAt
from ficshelf.library.models import Source

KEPT = 32_000_000  # characters of text layers kept in memory

_layers: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


class LayerError(Exception):
    """A text layer that cannot be shown; says why, and what to do."""


def text_layer(source: Source) -> str:
    """The text layer of a source, the very one that spans count in. Raises LayerError when the original is gone or
    damaged, or when this ficshelf reads it differently from the one that stored it."""
    with _lock:
        if (text := _layers.get(source.sha256)) is not None:
            _layers.move_to_end(source.sha256)
            return text
    text = _read(source)
    with _lock:
        _layers[source.sha256] = text
        while sum(map(len, _layers.values())) > KEPT and len(_layers) > 1:
            _layers.popitem(last=False)
    return text


def _read(source: Source) -> str:
    from ficshelf import readers  # heavy, and few who read ask for an original

    try:
        data = originals.path_of(Path(settings.LIBRARY), source.sha256).read_bytes()
    except OSError:
        raise LayerError(
            "The original is missing from the library. Run `ficshelf check` to see what else is."
        ) from None
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise LayerError("The original in the library is damaged. Run `ficshelf check`, and restore it from a backup.")
    path = FoundAt.objects.filter(source=source).order_by("pk").values_list("path", flat=True).first()
    text = readers.read(data, path or "").text
    if hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest() != source.text_sha256:
        raise LayerError("This file was read by an older ficshelf. Add it again, and it can be compared here.")
    return text
