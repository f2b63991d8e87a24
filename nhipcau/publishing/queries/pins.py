"""What words show of the library just now, and what has changed of it since somebody looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nhipcau.media.enums import ItemKind
from nhipcau.media.models import MediaItem, Subtitles
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.models import ClearanceItem, Rendition
from nhipcau.publishing.queries.inspection import items_by_number, items_in, raw_body
from nhipcau.publishing.rules.pins import Pins, Told, changes, pin
from nhipcau.translation.rules.media_numbers import numbers_in

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
    """Items of the library as they stand now, with their pins; `changed` says when, by number."""

    items: Mapping[int, MediaItem]
    pins: Pins
    changed: Mapping[str, datetime]

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
            found = changes(pinned, now)
        return [Change(self.items[int(number)], obstacle) for number, obstacle in found.items()]


def shelf_of(contents: Iterable[Mapping[str, Any]]) -> Shelf:
    """What these revisions show. One query, one more where there is film or sound."""
    return as_shelf(items_in(raw_body(content) for content in contents))


def as_shelf(items: Mapping[int, MediaItem]) -> Shelf:
    """These items with their pins. One query where there is film or sound among them, else none."""
    subtitles: dict[int, dict[str, Any]] = {}
    changed = {str(number): item.changed_at for number, item in items.items()}
    moving = [number for number, item in items.items() if item.kind in MOVING]
    if moving:
        for each in Subtitles.objects.filter(item__in=moving).select_related("language"):
            of_item = subtitles.setdefault(each.item_id, {})
            of_item[f"{each.language.tag}/{each.kind}"] = each.cues
            number = str(each.item_id)
            changed[number] = max(changed[number], each.changed_at)
    return Shelf(
        items,
        {
            str(number): pin(
                sha256=item.current.stored.sha256 if item.current else "",
                told=Told(item.title, item.credit, item.licence, subtitles.get(number, {})),
            )
            for number, item in items.items()
        },
        changed,
    )


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


def is_stale(form: Rendition, shelf: Shelf | None = None) -> bool:
    """Whether a source or a medium of the form has moved on since it was made.

    A form from before there were pins is: which picture it holds is not on record, and making it
    again costs a minute of the worker. No query when `made_of__version` was fetched and the shelf
    of the form is given.
    """
    if any(each.version.approved_revision_id != each.revision_id for each in form.made_of.all()):
        return True
    if form.state != "made":
        return False
    if form.shown is None:
        return True
    now = (shelf_of_forms([form]) if shelf is None else shelf).pins
    return bool(changes(form.shown, {key: now[key] for key in form.shown if key in now}))
