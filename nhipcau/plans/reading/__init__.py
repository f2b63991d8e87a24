"""Read an official document: `read(source)` gives a `Reading`, or raises `NotReadable`."""

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.reading import Reading
from nhipcau.plans.reading.source import Format, Source

__all__ = ["Format", "NotReadable", "Reading", "Refusal", "Source", "read"]


def read(source: Source) -> Reading:
    """Read the document of a file, or raise `NotReadable` with a sentence for its owner.

    The grammar's three hundred expressions are compiled by the first document, not by every
    process that knows the word "refusal".
    """
    from nhipcau.plans.reading.reader import read as by_the_grammar  # noqa: PLC0415 -- see above

    return by_the_grammar(source)
