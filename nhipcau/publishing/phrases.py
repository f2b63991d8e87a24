"""What files are called for people who do not speak of media types."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_KINDS: Mapping[str, str | Promise] = {
    "application/pdf": "PDF",
    "application/epub+zip": _("e-book (EPUB)"),
    "application/json": _("figures for programs (JSON)"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _("text (.docx)"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("table (.xlsx)"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _(
        "slides (.pptx)"
    ),
    "text/html": _("web page"),
    "text/plain": _("plain text"),
    "text/csv": _("table (CSV)"),
    "text/vtt": _("subtitles (WebVTT)"),
    "image/jpeg": _("picture (JPEG)"),
    "image/png": _("picture (PNG)"),
    "image/webp": _("picture (WebP)"),
    "image/avif": _("picture (AVIF)"),
    "image/gif": _("picture (GIF)"),
    "image/svg+xml": _("drawing (SVG)"),
    "audio/mpeg": _("sound (MP3)"),
    "audio/mp4": _("sound (AAC)"),
    "audio/ogg": _("sound (Opus)"),
    "video/mp4": _("film (MP4)"),
}
_FAMILIES: Mapping[str, str | Promise] = {
    "image": _("picture"),
    "audio": _("sound"),
    "video": _("film"),
    "text": _("plain text"),
}


def kind_of_file(media_type: str) -> str:
    """“film (MP4)” for “video/mp4”; the media type itself for one that nobody has named."""
    essence = media_type.partition(";")[0].strip().lower()
    family = _FAMILIES.get(essence.partition("/")[0], essence)
    return str(_KINDS.get(essence, family))
