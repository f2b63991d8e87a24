"""Files of every readable format, as one `Source`; the format is told by content alone.

A format is a module with `FORMAT`, `recognises(data) -> bool` and `load(data, limits) -> Source`;
to add one, write it and list it. Each raises NotReadable, and nothing else, for whatever bytes.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

from nhipcau.plans.reading.limits import DEFAULT, Limits
from nhipcau.plans.reading.sources import kinds, refusals

if TYPE_CHECKING:
    from nhipcau.plans.reading.source import Format, Source


class Loader(Protocol):
    """What every format's module offers."""

    FORMAT: Format

    def recognises(self, data: bytes) -> bool: ...

    def load(self, data: bytes, limits: Limits = DEFAULT) -> Source: ...


# In the order they are asked; text last, since much can be mistaken for it. `signs` are sought
# in the first bytes, so that the libraries behind a format load only when it may be one.
FORMATS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("docx", (b"PK\x03\x04", b"PK\x05\x06")),
    ("pdf", (b"%PDF-",)),
    ("html", (b"<", b"\0<", b"<\0")),
    ("text", ()),
)
_HEAD = 1100  # a PDF may begin with up to a kilobyte of something else


def loader(name: str) -> Loader:
    """The module of a listed format."""
    return cast("Loader", importlib.import_module(f"{__name__}.{name}"))


def load(data: bytes, name: str = "", limits: Limits = DEFAULT) -> Source:
    """The text of a file, whatever it is called (`name` only ever serves messages of callers).

    Raises NotReadable for everything that is no readable document.
    """
    if len(data) > limits.bytes:
        raise refusals.too_large(limits)
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise refusals.empty()
    refusal = kinds.refusal_of(data)
    if refusal is not None:
        raise refusal
    head = data[:_HEAD]
    for module, signs in FORMATS:
        if not signs or any(sign in head for sign in signs):
            candidate = loader(module)
            if candidate.recognises(data):
                try:
                    return candidate.load(data, limits)
                except RecursionError:
                    raise refusals.bomb() from None
    raise refusals.unknown_format()
