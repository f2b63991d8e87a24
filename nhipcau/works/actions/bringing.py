"""Words that come from a Word document or a clipboard, taken into a draft with their pictures."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import begin_upload, examine_upload, receive_piece
from nhipcau.media.enums import ItemKind
from nhipcau.media.errors import ScannerSilent
from nhipcau.people.models import Person
from nhipcau.translation.actions import save_words
from nhipcau.translation.enums import ContributionKind
from nhipcau.translation.errors import VersionClosed
from nhipcau.translation.intake import Brought, BroughtPicture
from nhipcau.translation.models import LanguageVersion
from nhipcau.translation.rules.states import may_write

logger = logging.getLogger(__name__)
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: the title now, blocks added, and pictures that were not, with the reason."""

    title: str
    blocks: int
    pictures: int
    lost: tuple[tuple[str, str], ...] = ()


def bring_words(
    *,
    version: LanguageVersion,
    brought: Brought,
    instead: bool,
    with_pictures: bool,
    by: Person,
    at: datetime,
) -> Taken:
    """Put these words behind the version's own, or in their place; the earlier ones stay kept.

    Pictures go into the library of the work's unit, each by itself; one that the library refuses
    is left out and told, its words stay. A title is taken where there is none, or `instead`.
    Raises VersionClosed while a reviewer holds the text; nothing is brought then.
    """
    version = LanguageVersion.objects.select_related("subject__unit").get(pk=version.pk)
    if not may_write(version.state):
        raise VersionClosed(
            _("This text is with a reviewer or was stopped; it can be changed when it returns.")
        )
    numbers: list[int | None] = []
    lost: list[tuple[str, str]] = []
    for picture in brought.pictures:
        try:
            numbers.append(_into_library(version, picture, by, at) if with_pictures else None)
        except RuleBroken as refusal:
            numbers.append(None)
            lost.append((picture.name, str(refusal)))
        else:
            if numbers[-1] is None:
                lost.append((picture.name, ""))
    new = brought.body(numbers)
    fresh = LanguageVersion.objects.get(pk=version.pk)
    body = new if instead else [*fresh.body.get_prep_value(), *new]
    words: dict[str, Any] = {"body": body}
    if brought.title and (instead or not fresh.title.strip()):
        words["title"] = brought.title[:300]
    save_words(version=fresh, by=by, at=at, words=words, kind=ContributionKind.BROUGHT)
    shown = len([number for number in numbers if number is not None])
    return Taken(fresh.title, len(new), shown, tuple(lost))


def _into_library(
    version: LanguageVersion, picture: BroughtPicture, by: Person, at: datetime
) -> int | None:
    """The picture's number in the library; None where it was examined and not taken."""
    upload = begin_upload(
        unit=version.subject.unit,
        file_name=_name(picture),
        size_bytes=len(picture.data),
        by=by,
        at=at,
    )
    upload = receive_piece(upload=upload, offset=0, pieces=_pieces(picture.data), by=by, at=at)
    try:
        upload = examine_upload(upload=upload, by=by, at=at)
    except ScannerSilent:
        logger.warning("a brought picture waits for the scanner", extra={"event": "works.brought"})
        return None
    item = upload.item
    return item.pk if item is not None and item.kind == ItemKind.PICTURE else None


def _name(picture: BroughtPicture) -> str:
    stem = picture.name.rpartition(".")[0] or picture.name or "image"
    return f"{stem[:LONGEST_NAME]}.{ENDINGS.get(picture.mime, 'png')}"


def _pieces(data: bytes) -> Iterator[bytes]:
    yield data
