"""Words of the portal's templates that depend on the language of the frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries import address_of as address_of_row
from nhipcau.publishing.queries.public_works import PublicForm
from nhipcau.publishing.queries.reading import Picture
from nhipcau.publishing.renderers.labels import labels, written_date
from nhipcau.translation.manuscript import Block
from nhipcau.website import phrases
from nhipcau.website.enums import TAGS
from nhipcau.website.queries.cards import codes
from nhipcau.website.queries.frames import Frame
from nhipcau.website.queries.structured import as_json, publisher
from nhipcau.website.queries.words import NO_MEDIA, size_words, words_of
from nhipcau.website.rules.addresses import Month, in_frame

register = template.Library()

register.filter("kind_name", phrases.kind_name)
register.filter("form_name", phrases.form_name)
register.filter("reason", phrases.reason_of)
register.filter("gate_kind", phrases.gate_kind)
register.filter("weight", size_words)


@register.filter
def day(moment: datetime | date) -> str:
    """A day as readers of the language in force write it: 12/02/2026, 12 February 2026."""
    code = get_language() or ""
    there = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return written_date(there, TAGS.get(code, code))


@register.filter
def said_in(tag: str, name: str) -> str:
    """“Read”, “Listen” as readers of that language say it themselves."""
    return labels(tag).get(name, "")


@register.filter
def seconds_of(recording: object) -> str:
    """4:12, or nothing where nobody has measured it."""
    seconds = int(getattr(recording, "seconds", 0))
    return f"{seconds // 60}:{seconds % 60:02}" if seconds else ""


@register.filter
def month_name(month: Month) -> str:
    """“tháng 02/2026”, “February 2026”, “2026年2月”: a month by its first day."""
    code = get_language() or ""
    first = date(month.year, month.number, 1)
    if code.startswith("zh"):
        return f"{month.year}年{month.number}月"
    if code == "en":
        return written_date(first, "en").partition(" ")[2]
    return f"{month.number:02}/{month.year}"


@register.filter
def fitting(picture: Picture, pixels: int) -> str:
    return picture.fitting(pixels)


@register.filter
def ending(form: PublicForm) -> str:
    """PDF, EPUB: what a file is, as people call it."""
    return form.file_name.rpartition(".")[2].upper()


@register.simple_tag
def address_of(row: ReleasedVersion, frame: str = "") -> str:
    """The address of a released text, as it is reached from a frame."""
    address = address_of_row(row)
    return in_frame(address, frame=frame, interface=codes()) if frame else address


@register.simple_tag
def url_in_frame(address: str, frame: str) -> str:
    return in_frame(address, frame=frame, interface=codes())


@register.simple_tag
def words_in(blocks: Sequence[Block], frame: Frame) -> SafeString:
    """Words that editors wrote into a page, as markup."""
    return words_of(blocks, language=frame.tag, media=NO_MEDIA, is_light=frame.is_light).html


@register.simple_tag
def publisher_data(frame: Frame) -> SafeString:
    """Who publishes the portal, for machines that read schema.org."""
    return as_json(publisher(frame))
