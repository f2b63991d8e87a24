"""Vietnamese text as an announcer says it: numbers, dates, money, abbreviations spelt out."""

from nhipcau.publishing.renderers.radio.spoken.reading import Spoken, spoken

__all__ = ["Spoken", "spoken"]
