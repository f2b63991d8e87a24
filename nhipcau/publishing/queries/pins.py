"""What words show of the library just now, and what has changed of it since somebody looked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nhipcau.media.enums import ItemKind
from nhipcau.media.models import MediaItem, MovingFile
from nhipcau.media.queries.playing import SpokenWords, moving_files, spoken_words
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.models import ClearanceItem, Rendition
from nhipcau.publishing.queries.inspection import (
    items_by_number,
    items_in,
    provenance_of,
    raw_body,
)
from nhipcau.publishing.renderers.contract import House, HousePart
from nhipcau.publishing.renderers.listed import every_renderer
from nhipcau.publishing.rules.pins import Pins, Told, changes, pin
from nhipcau.registry.models import Province
from nhipcau.translation.rules.media_numbers import media_in, numbers_in

MOVING = frozenset({ItemKind.AUDIO, ItemKind.VIDEO})


@dataclass(frozen=True, slots=True)
class Change:
    """An item that is not what was looked at, and what became of it."""

    item: MediaItem
    obstacle: Obstacle

    @property
    def what(self) -> str:
        return f"{self.item.get_kind_display()} “{self.item}”"

    @property
    def sentence(self) -> str:
        return f"{self.what}: {self.obstacle.label}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Items of the library as they stand now, with their pins; `changed` says when, by number.

    `words` are the subtitles and transcripts by item, `moving` what is known of the files of
    sounds and films, by file.
    """

    items: Mapping[int, MediaItem]
    pins: Pins
    changed: Mapping[str, datetime]
    words: Mapping[int, Sequence[SpokenWords]] = field(default_factory=dict)
    moving: Mapping[int, MovingFile] = field(default_factory=dict)

    def spoken_in(self, language_id: int) -> dict[int, list[SpokenWords]]:
        """What is said in the items in this language, by item. No query."""
        return {
            number: [each for each in spoken if each.language_id == language_id]
            for number, spoken in self.words.items()
        }

    def lines_in(self, language_id: int) -> list[tuple[MediaItem, SpokenWords]]:
        """Subtitles in this language with their films and sounds; no transcripts. No query."""
        return [
            (self.items[number], each)
            for number, spoken in self.spoken_in(language_id).items()
            for each in spoken
            if not each.is_transcript
        ]

    def attached_to(self, content: Mapping[str, Any]) -> list[MediaItem]:
        """Files that these words hand out as they are: no check reads them. No query."""
        numbers = dict.fromkeys(
            number for number, key in media_in(raw_body(content)) if key.startswith("file/")
        )
        return [self.items[number] for number in numbers if number in self.items]

    def pins_of(self, content: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """The pins of what these words show; only of this shelf's items. No query."""
        numbers = dict.fromkeys(str(number) for number in numbers_in(raw_body(content)))
        return {number: dict(self.pins[number]) for number in numbers if number in self.pins}

    def changed_since(
        self, content: Mapping[str, Any], *, pinned: Pins | None, at: datetime
    ) -> list[Change]:
        """What these words show differently from what was pinned at that moment. No query.

        Without pins (looked at before pins were kept) an item counts as the same only when
        nothing at all was changed of it since: which file was looked at is not on record, so a
        change in between may be the one that nobody has seen. That errs to the side of a second
        look, and asks nothing of words that show nothing and of a library that stands still.
        """
        now = self.pins_of(content)
        if pinned is None:
            found = {number: Obstacle.MEDIA_REPLACED for number in now if self.changed[number] > at}
        else:
            found = changes(pinned, now, languages=_languages(content))
        return [Change(self.items[int(number)], obstacle) for number, obstacle in found.items()]


def _languages(content: Mapping[str, Any]) -> list[int]:
    """The language of a revision's words."""
    return [int(content["language"])] if content.get("language") else []


def shelf_of(contents: Iterable[Mapping[str, Any]]) -> Shelf:
    """What these revisions show. One query, three more where there is film or sound."""
    return as_shelf(items_in(raw_body(content) for content in contents))


def as_shelf(items: Mapping[int, MediaItem]) -> Shelf:
    """These items with their pins. Three queries where there is film or sound among them."""
    moving = [item for item in items.values() if item.kind in MOVING]
    words = spoken_words([item.pk for item in moving]) if moving else {}
    files = moving_files([item.current_id for item in moving if item.current_id]) if moving else {}
    changed = {str(number): item.changed_at for number, item in items.items()}
    for number, spoken in words.items():
        latest = max(each.changed_at for each in spoken)
        changed[str(number)] = max(changed[str(number)], latest)
    pins = {
        str(number): pin(
            sha256=item.current.stored.sha256 if item.current else "",
            told=_told(item, files.get(item.current_id or 0), words.get(number, ())),
        )
        for number, item in items.items()
    }
    return Shelf(items, pins, changed, words, files)


def _told(item: MediaItem, moving: MovingFile | None, spoken: Sequence[SpokenWords]) -> Told:
    said: dict[int, list[list[str]]] = {}
    for each in spoken:
        said.setdefault(each.language_id, []).append([each.kind, each.text])
    chosen: dict[str, Any] = {}
    if item.kind in MOVING:
        chosen = {
            "poster_ms": moving.poster_ms if moving else None,
            "takes_cut": bool(moving and moving.takes_cut),
        }
    return Told(item.title, item.credit, item.licence, chosen, said, provenance_of(item))


def changed_under_review(item: ClearanceItem, *, shelf: Shelf | None = None) -> list[Change]:
    """What the words show differently from when they were handed in. As `shelf_of`, else none.

    Without pins nothing may have changed since the clearance was opened.
    """
    content = item.revision.content
    known = shelf_of([content]) if shelf is None else shelf
    return known.changed_since(content, pinned=item.shown, at=item.clearance.opened_at)


def shelf_of_forms(forms: Iterable[Rendition]) -> Shelf:
    """What these forms were drawn with, as it stands now. As `shelf_of`, no query for no medium."""
    return as_shelf(items_by_number({int(number) for form in forms for number in form.shown or ()}))


def pin_of_house(house: House) -> dict[str, str]:
    """The pin of a look, part by part: words and colours as they are, the emblem by its SHA-256."""
    emblem = hashlib.sha256(house.emblem).hexdigest() if house.emblem else ""
    return _look(house.name, emblem, house.colour, house.accent)


def look_pin() -> dict[str, str]:
    """The pin of the look in force, without loading its emblem. One query."""
    found = Province.objects.values_list("name", "emblem_sha256", "colour", "accent").first()
    return pin_of_house(House(name="")) if found is None else _look(*found)


def _look(name: str, emblem: str, colour: str, accent: str) -> dict[str, str]:
    return {
        HousePart.NAME: name,
        HousePart.EMBLEM: emblem,
        HousePart.COLOUR: colour,
        HousePart.ACCENT: accent,
    }


def has_former_look(form: Rendition, look: Mapping[str, str] | None = None) -> bool:
    """Whether the form shows something of the province that is not so any more.

    No query when the pin of the look in force is given, or the form shows nothing of it. A form
    whose renderer is listed no more shows what it shows.
    """
    if form.state != "made":
        return False
    listed = {each.slug: each.shows for each in every_renderer()}
    parts = listed.get(form.renderer, frozenset())
    if not parts:
        return False
    now = look_pin() if look is None else look
    return any(form.house.get(part) != now[part] for part in parts)


def is_stale(
    form: Rendition, shelf: Shelf | None = None, look: Mapping[str, str] | None = None
) -> bool:
    """Whether a source, a medium or the look of the form has moved on since it was made.

    A form from before there were pins is: which picture it holds is not on record, and making it
    again costs a minute of the worker. No query when `made_of__version` was fetched and the shelf
    of the form is given, with the pin of the look.
    """
    return _has_moved_on(form, shelf) or has_former_look(form, look)


def _has_moved_on(form: Rendition, shelf: Shelf | None) -> bool:
    if any(each.version.approved_revision_id != each.revision_id for each in form.made_of.all()):
        return True
    if form.state != "made":
        return False
    if form.shown is None:
        return True
    now = (shelf_of_forms([form]) if shelf is None else shelf).pins
    return bool(
        changes(
            form.shown,
            {key: now[key] for key in form.shown if key in now},
            languages={each.version.language_id for each in form.made_of.all()},
        )
    )
