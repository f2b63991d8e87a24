"""What a renderer is given beside the words: pictures, and how the province shows itself."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from nhipcau.media.models import Derivative, MediaFile, MediaItem
from nhipcau.media.queries import path_of_file
from nhipcau.media.queries.playing import NOTHING_YET, SpokenWords, WebCopies, WebCopy
from nhipcau.publishing.models import Rendition
from nhipcau.publishing.queries.releases import short_address_of
from nhipcau.publishing.renderers.contract import (
    House,
    MediaAddress,
    PictureFile,
    Purpose,
    RenderOptions,
    Track,
)
from nhipcau.registry.models import Province

# What a file holds within itself: pixels across, and bytes altogether.
EMBEDDED_WIDTH, MOST_EMBEDDED = 1200, 24_000_000
INLINE_WIDTH, MOST_INLINE = 960, 4_000_000
POSTER = "poster.jpg"
_DRAWN = frozenset({"image/jpeg", "image/png"})  # what every form can hold
_SHOWN = _DRAWN | {"image/webp"}  # what browsers show


class KeptMedia:
    """Reads media from the house's own store, by the keys of a manuscript ("picture/12").

    Its addresses are the pictures themselves as data, at most `width` pixels wide, as far as all
    of them stay below `most` bytes: what is kept as a file shows them wherever it is opened.
    """

    def __init__(
        self,
        items: Mapping[int, MediaItem],
        *,
        width: int = EMBEDDED_WIDTH,
        most: int = MOST_EMBEDDED,
    ) -> None:
        self.items = items
        self.width = width
        self.left = most

    def picture(self, key: str, *, widest: int) -> PictureFile | None:
        """The picture, or the widest of its smaller sizes that is not wider than asked for."""
        return self._picture(key, widest, _DRAWN)

    def address(self, key: str) -> MediaAddress | None:
        """The picture or a film's poster as data; None for sound, film and files."""
        picture = self._picture(key, self.width, _SHOWN)
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

    def _picture(self, key: str, widest: int, forms: Collection[str]) -> PictureFile | None:
        file = self._current(key)
        if file is None:
            return None
        made = Derivative.objects.filter(file=file).select_related("stored")
        if key.startswith("poster/"):
            poster = made.filter(spec=POSTER).first()
            return None if poster is None else _read(poster)
        if not file.mime.startswith("image/"):
            return None
        if (file.width or 0) > widest:
            smaller = made.filter(width__lte=widest, mime__in=forms).order_by("-width", "pk")
            if (found := smaller.first()) is not None:
                return _read(found)
        return _read(file)

    def _current(self, key: str) -> MediaFile | None:
        number = key.partition("/")[2]
        item = self.items.get(int(number)) if number.isdigit() else None
        return item.current if item is not None else None


def _read(kept: MediaFile | Derivative) -> PictureFile:
    return PictureFile(
        path_of_file(kept.stored).read_bytes(), kept.mime, kept.width or 0, kept.height or 0
    )


class MediaOnPage(KeptMedia):
    """Media for a page of the desk that shows words before their release.

    Under their addresses of the desk, whose door is watched; `spoken` are the subtitles that a
    film is shown with, by item.
    """

    def __init__(
        self,
        items: Mapping[int, MediaItem],
        *,
        spoken: Mapping[int, Sequence[SpokenWords]] | None = None,
    ) -> None:
        super().__init__(items)
        self.spoken = spoken or {}

    def address(self, key: str) -> MediaAddress | None:
        file = self._current(key)
        if file is None:
            return None
        item = self.items[int(key.partition("/")[2])]
        if key.startswith("poster/"):
            return MediaAddress(reverse("media:size", args=[item.uuid, POSTER]), "image/jpeg")
        return MediaAddress(
            reverse("media:original", args=[item.uuid]),
            file.mime,
            width=file.width or 0,
            height=file.height or 0,
            tracks=tuple(
                Track(reverse("media:track", args=[item.uuid, each.key]), each.tag, each.language)
                for each in self.spoken.get(item.pk, ())
                if not each.is_transcript
            ),
        )


class MediaBehindLink(KeptMedia):
    """Media for a leader without an account: pictures within the page, as far as they fit.

    Sound, film and files stand under the addresses of the leader's own link (`base`, ending in a
    slash): a film as its copy for the web where that is made.
    """

    def __init__(
        self,
        items: Mapping[int, MediaItem],
        *,
        base: str,
        copies: Mapping[int, WebCopies],
        spoken: Mapping[int, Sequence[SpokenWords]],
    ) -> None:
        super().__init__(items, width=INLINE_WIDTH, most=MOST_INLINE)
        self.base = base
        self.copies = copies
        self.spoken = spoken

    def address(self, key: str) -> MediaAddress | None:
        if key.startswith(("picture/", "poster/")):
            return super().address(key)
        file = self._current(key)
        if file is None:
            return None
        given = given_of(key, file, self.copies)
        return MediaAddress(
            f"{self.base}shown/{key}/",
            given.media_type,
            bytes=given.stored.size_bytes,
            tracks=tuple(
                Track(f"{self.base}lines/{each.key}/", each.tag, each.language)
                for each in self.spoken.get(file.item_id, ())
                if not each.is_transcript
            ),
        )


def given_of(key: str, file: MediaFile, copies: Mapping[int, WebCopies]) -> WebCopy:
    """What is given of a file under a key of the words: of what plays, the copy for the web."""
    web = copies.get(file.pk, NOTHING_YET)
    if not key.startswith("file/") and web.played is not None:
        return web.played
    return WebCopy(file.file_name, file.mime, file.stored)


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
