"""What a renderer is given beside the words: pictures, and how the province shows itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from nhipcau.media.models import Derivative, MediaItem
from nhipcau.media.queries import path_of_file
from nhipcau.publishing.models import Rendition
from nhipcau.publishing.queries.releases import short_address_of
from nhipcau.publishing.renderers.contract import (
    House,
    MediaAddress,
    PictureFile,
    Purpose,
    RenderOptions,
)
from nhipcau.registry.models import Province

INLINE_WIDTH = 960
MOST_INLINE = 4_000_000


class KeptMedia:
    """Reads media from the house's own store, by the keys of a manuscript ("picture/12")."""

    def __init__(self, items: Mapping[int, MediaItem]) -> None:
        self.items = items

    def picture(self, key: str, *, widest: int) -> PictureFile | None:
        """The picture, or the widest of its smaller sizes that is not wider than asked for."""
        file = self._current(key)
        if file is None or not file.mime.startswith("image/"):
            return None
        if (file.width or 0) > widest:
            smaller = (
                Derivative.objects.filter(
                    file=file, width__lte=widest, mime__in=["image/jpeg", "image/png"]
                )
                .select_related("stored")
                .order_by("-width")
                .first()
            )
            if smaller is not None:
                return PictureFile(
                    path_of_file(smaller.stored).read_bytes(),
                    smaller.mime,
                    smaller.width or 0,
                    smaller.height or 0,
                )
        return PictureFile(
            path_of_file(file.stored).read_bytes(), file.mime, file.width or 0, file.height or 0
        )

    def address(self, key: str) -> MediaAddress | None:
        """None: a kept file has no address before its release."""
        return None

    def _current(self, key: str) -> Any:
        number = key.partition("/")[2]
        item = self.items.get(int(number)) if number.isdigit() else None
        return item.current if item is not None else None


class MediaOnPage(KeptMedia):
    """Media for a page that shows words before their release.

    Under their addresses of the desk, whose door is watched; or `inline`, for a reader without an
    account: pictures as data within the page, as far as all of them stay below MOST_INLINE bytes.
    """

    def __init__(self, items: Mapping[int, MediaItem], *, inline: bool = False) -> None:
        super().__init__(items)
        self.inline = inline
        self.left = MOST_INLINE

    def address(self, key: str) -> MediaAddress | None:
        file = self._current(key)
        if file is None:
            return None
        if not self.inline:
            return MediaAddress(
                reverse("media:original", args=[self.items[int(key.partition("/")[2])].uuid]),
                file.mime,
                width=file.width or 0,
                height=file.height or 0,
            )
        picture = self.picture(key, widest=INLINE_WIDTH)
        if picture is None or len(picture.content) > self.left:
            return None
        self.left -= len(picture.content)
        data = base64.b64encode(picture.content).decode()
        return MediaAddress(
            f"data:{picture.media_type};base64,{data}",
            picture.media_type,
            width=picture.width,
            height=picture.height,
        )


def house() -> House:
    """How the province shows itself; the look of the house where none is set up. One query."""
    province = Province.objects.first()
    if province is None:
        return House(name="")
    return House(
        name=province.name,
        emblem=bytes(getattr(province, "emblem", b"") or b""),
        colour=province.colour,
        accent=province.accent,
    )


def options_for(rendition: Rendition, *, on: date) -> RenderOptions:
    """The options under which this form is made; the day is that of its order. One query."""
    return RenderOptions(
        house=house(),
        address=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + short_address_of(rendition.subject),
        day=on,
        purpose=Purpose(rendition.purpose),
    )
