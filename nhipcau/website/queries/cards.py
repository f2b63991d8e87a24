"""Lists of works as they stand on a page: entries with their pictures and words for readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from nhipcau.publishing.queries.public import Entry, First, Wanted, entries_of, first_out
from nhipcau.publishing.queries.public_works import Tongue
from nhipcau.publishing.queries.reading import Picture, pictures_of
from nhipcau.website.rules.addresses import in_frame
from nhipcau.website.rules.tags import list_tags, subject_tag
from nhipcau.website.store.tags import shows

_ENDINGS = {
    "application/pdf": "PDF",
    "application/epub+zip": "EPUB",
    "text/csv": "CSV",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One work in a list. `others` are the languages that it also exists in."""

    entry: Entry
    address: str
    picture: Picture | None
    others: Sequence[Tongue]
    endings: Sequence[str]

    @property
    def small(self) -> str:
        """The address of a copy for a phone's row of cards."""
        return self.picture.fitting(320) if self.picture else ""

    @property
    def large(self) -> str:
        return self.picture.fitting(800) if self.picture else ""

    @property
    def srcset(self) -> str:
        """Copies by their widths; nothing where they were never measured."""
        widths = self.picture.widths if self.picture else ()
        return ", ".join(f"{address} {width}w" for width, address in widths if width)

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def is_spoken(self) -> bool:
        return self.entry.mode == "spoken"


def codes() -> list[str]:
    """The codes of the interface languages, the house's first one first."""
    return [code for code, _name in settings.LANGUAGES]


def listed(wanted: Wanted, *, at: datetime, most: int) -> list[First]:
    """As `first_out`, for a page that shows this list. One query."""
    shows(
        *list_tags(
            wanted.language,
            topics=wanted.topics,
            areas=wanted.areas,
            kinds=wanted.kinds,
            mode=wanted.mode,
        )
    )
    return first_out(wanted, at=at, most=most)


def cards_of(firsts: Sequence[First], *, frame: str, at: datetime) -> list[Card]:
    """The cards of these texts for readers of an interface language.

    Seven queries, none for no text.
    """
    entries = entries_of(firsts, at=at)
    shows(*(subject_tag(entry.uuid) for entry in entries))
    pictures = pictures_of([(entry.release_id, entry.media_key) for entry in entries])
    return [
        Card(
            entry=entry,
            address=in_frame(entry.address, frame=frame, interface=codes()),
            picture=pictures.get((entry.release_id, entry.media_key)),
            others=[
                each
                for each in entry.tongues
                if (each.tag, each.mode) != (entry.language, entry.mode)
            ],
            endings=sorted(
                {_ENDINGS[form.media_type] for form in entry.forms if form.media_type in _ENDINGS}
            ),
        )
        for entry in entries
    ]
