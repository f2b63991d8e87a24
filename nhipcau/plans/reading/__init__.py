"""Read an official document: `read(source)` gives a `Reading`, or raises `NotReadable`."""

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.reader import read
from nhipcau.plans.reading.reading import Reading
from nhipcau.plans.reading.source import Format, Source

__all__ = ["Format", "NotReadable", "Reading", "Refusal", "Source", "read"]
