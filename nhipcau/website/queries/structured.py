"""What machines that read schema.org are told in the head of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from nhipcau.website.queries.frames import Frame
from nhipcau.website.queries.works import WorkNow
from nhipcau.works.enums import WorkKind

_CONTEXT = "https://schema.org"
_TYPES: Mapping[str, str] = {
    WorkKind.NEWS: "NewsArticle",
    WorkKind.ARTICLE: "Article",
    WorkKind.FEATURE: "Article",
    WorkKind.BULLETIN: "NewsArticle",
    WorkKind.BROADCAST: "AudioObject",
    WorkKind.VIDEO: "VideoObject",
    WorkKind.DOCUMENTARY: "VideoObject",
    WorkKind.DATASET: "Dataset",
    WorkKind.HANDBOOK: "Book",
    WorkKind.BOOK: "Book",
    WorkKind.MAP: "Map",
    WorkKind.PHOTO: "ImageGallery",
}
_PLAYED = {"VideoObject", "AudioObject"}


def publisher(frame: Frame) -> dict[str, Any]:
    """The province as a GovernmentOrganization, and its site."""
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": frame.province,
        "url": frame.host + frame.home,
        "inLanguage": frame.tag,
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": frame.province,
            "url": frame.host + "/",
        },
    }


def work_data(shown: WorkNow, frame: Frame) -> dict[str, Any]:
    """A work in its language: who issued it, when, from what, and in which files."""
    kind = _TYPES.get(shown.kind, "CreativeWork")
    played = [block for block in shown.recordings if block.media]
    if kind in _PLAYED and not played:
        kind = "Article"
    address = frame.host + shown.tongue.address
    released = shown.row.release.released_at.isoformat()
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": kind,
        "@id": address,
        "url": address,
        "headline": shown.tongue.title,
        "name": shown.tongue.title,
        "inLanguage": shown.tongue.tag,
        "datePublished": shown.first_at.isoformat(),
        "dateModified": released,
        "publisher": {"@type": "GovernmentOrganization", "name": frame.province},
        "author": {"@type": "GovernmentOrganization", "name": shown.row.release.unit_name},
        "isAccessibleForFree": True,
    }
    if shown.search_words:
        told["description"] = shown.search_words
    if shown.picture is not None:
        told["image"] = [frame.host + shown.picture.fitting(1200)]
        told["thumbnailUrl"] = frame.host + shown.picture.fitting(800)
    if kind in _PLAYED:
        told["uploadDate"] = shown.first_at.isoformat()
        recording = played[0]
        found = shown.media.address(recording.media)
        if found is not None:
            told["contentUrl"] = frame.host + found.address
            told["encodingFormat"] = found.media_type
        if recording.seconds:
            told["duration"] = f"PT{recording.seconds}S"
        words = " ".join(run.text for line in recording.transcript for run in line.runs)
        if words:
            told["transcript"] = words
    if shown.row.source_language:
        told["translationOfWork"] = {
            "@type": "CreativeWork",
            "inLanguage": shown.row.source_language,
        }
    if shown.corrections:
        told["correction"] = [
            {"@type": "CorrectionComment", "text": each.note, "dateCreated": each.at.isoformat()}
            for each in shown.corrections
        ]
    if shown.forms:
        told["encoding"] = [
            {
                "@type": "MediaObject",
                "contentUrl": frame.host + form.address,
                "encodingFormat": form.media_type,
                "contentSize": str(form.bytes),
            }
            for form in shown.forms
        ]
    return told


def as_json(told: Mapping[str, Any]) -> SafeString:
    """JSON that ends no element of the page that holds it."""
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        words = words.replace(mark, escape)
    return mark_safe(words)  # noqa: S308 -- what could end the element is escaped
