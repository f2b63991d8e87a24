"""The page of a sound or film: the player, what is made of it and how far that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import renditions
from nhipcau.media.enums import RENDITION_TRIED_AGAIN, RENDITION_UNSETTLED, RenditionState
from nhipcau.media.models import MediaItem, MediaRendition, MovingFile
from nhipcau.media.moving.errors import Trouble
from nhipcau.media.moving.orders import look_from, recipe_from
from nhipcau.media.permissions import may_add
from nhipcau.media.queries.moving import MovingBoard, moving_board, places_before
from nhipcau.media.views.access import bringers, item_of, lookers, own_item_of, person_of
from nhipcau.media.views.sentences import clock, trouble_sentence
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.models import Language

PLAYED = ("video-720", "video-480", "audio-aac", "audio-mp3", "audio-opus")


@lookers
@require_GET
def moving_page(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The player, the renditions with sizes and states, the poster, subtitles and transcripts."""
    item = item_of(request, uuid)
    moving = moving_of(item)
    board = moving_board(moving)
    posters = [each for each in board.renditions if each.name == "poster"]
    poster_ms = recipe_from(posters[0].recipe).moment_ms if posters else 0
    return render(
        request,
        "media/moving.html",
        {
            "item": item,
            "moving": moving,
            "look": look_from(moving.look) if moving.look else None,
            "board": _told(request, item, board),
            "subtitles": list(item.subtitles.select_related("language")),
            "transcripts": list(item.transcripts.select_related("language")),
            "languages": Language.objects.filter(in_use=True, mode="written").order_by("name"),
            "may_change": may_add(rights_of_user(request.user), unit_id=item.unit_id),
            "length": clock(float(moving.look["duration_seconds"])) if moving.look else "",
            "poster_seconds": poster_ms / 1000,
        },
    )


@lookers
@require_GET
def moving_state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the page shows of the work, as JSON, so that it needs no reloading."""
    item = item_of(request, uuid)
    return JsonResponse(_told(request, item, moving_board(moving_of(item))))


def moving_of(item: MediaItem) -> MovingFile:
    """What is known of the item's present file; 404 for pictures and papers."""
    moving = (
        MovingFile.objects.select_related("file__stored", "file__item")
        .filter(file_id=item.current_id)
        .first()
    )
    if moving is None:
        raise Http404
    return moving


def _told(request: HttpRequest, item: MediaItem, board: MovingBoard) -> dict[str, Any]:
    moving = board.moving
    played = board.first(PLAYED)
    poster = board.first(["poster"])
    waveform = board.first(["waveform"])
    return {
        "busy": board.is_busy,
        "looked": moving.looked_at is not None,
        "trouble": trouble_sentence(moving.trouble, moving.trouble_values),
        "cut": moving.trouble == Trouble.CUT_OFF,
        "player": rendition_address(item, played),
        "player_type": recipe_from(played.recipe).media_type if played else "",
        "poster": rendition_address(item, poster),
        "waveform": rendition_address(item, waveform),
        "waveform_picture": rendition_address(item, board.first(["waveform-picture"])),
        "renditions": [_rendition(item, each) for each in board.renditions],
    }


def rendition_address(item: MediaItem, rendition: MediaRendition | None) -> str:
    if rendition is None or rendition.result is None:
        return ""
    spec = f"{rendition.name}.{recipe_from(rendition.recipe).suffix}"
    # The digest in the address lets a browser keep what never changes.
    return f"{reverse('media:size', args=[item.uuid, spec])}?{rendition.result.sha256[:12]}"


def _rendition(item: MediaItem, rendition: MediaRendition) -> dict[str, Any]:
    facts = rendition.facts
    waits = places_before(rendition) if rendition.state == RenditionState.QUEUED else 0
    return {
        "uuid": str(rendition.uuid),
        "name": rendition.name,
        "label": rendition_label(rendition.name),
        "state": rendition.state,
        "words": _state_words(rendition, waits),
        "share": rendition.share / 10,
        "size": filesizeformat(rendition.result.size_bytes) if rendition.result else "",
        "measures": f"{facts['width']} × {facts['height']}" if facts.get("width") else "",
        "loudness": _loudness(facts),
        "trouble": trouble_sentence(rendition.trouble, rendition.trouble_values),
        "address": rendition_address(item, rendition),
        "can_stop": rendition.state in RENDITION_UNSETTLED,
        "can_try": rendition.state in RENDITION_TRIED_AGAIN,
        "stop": reverse("media:rendition_stop", args=[item.uuid, rendition.uuid]),
        "again": reverse("media:rendition_again", args=[item.uuid, rendition.uuid]),
    }


def rendition_label(name: str) -> str:
    """What people call a rendition."""
    if name.startswith("video-"):
        return _("Video, %(lines)s lines (MP4)") % {"lines": name.removeprefix("video-")}
    return {
        "poster": _("Cover picture"),
        "waveform": _("Waveform for the editor"),
        "waveform-picture": _("Waveform as a picture"),
        "audio-aac": _("Sound for the web (AAC)"),
        "audio-opus": _("Sound for slow lines (Opus)"),
        "audio-mp3": _("Sound for loudspeakers (MP3)"),
    }.get(name, name)


def _state_words(rendition: MediaRendition, waits: int) -> str:
    if rendition.state == RenditionState.QUEUED and waits:
        return _("Waiting, %(count)d before it") % {"count": waits}
    return str(RenditionState(rendition.state).label)


def _loudness(facts: dict[str, Any]) -> str:
    if facts.get("lufs_after") is None:
        return ""
    if facts.get("is_silence"):
        return _("silent")
    return _("%(before)s → %(after)s LUFS, peak %(peak)s dB") % {
        "before": _tenths(facts["lufs_before"]),
        "after": _tenths(facts["lufs_after"]),
        "peak": _tenths(facts["true_peak_after"]),
    }


def _tenths(value: float) -> str:
    return number_format(round(value, 1), 1)  # by itself it cuts off what it does not show


def rendition_of(item: MediaItem, rendition: UUID) -> MediaRendition:
    """A rendition of the item's present file."""
    return get_object_or_404(
        MediaRendition.objects.select_related("original"),
        uuid=rendition,
        original__media_files=item.current_id,
    )


@bringers
@require_POST
def rendition_stop(request: HttpRequest, uuid: UUID, rendition: UUID) -> HttpResponseBase:
    item = own_item_of(request, uuid)
    found = rendition_of(item, rendition)
    return _done(request, item, renditions.cancel, rendition=found)


@bringers
@require_POST
def rendition_again(request: HttpRequest, uuid: UUID, rendition: UUID) -> HttpResponseBase:
    item = own_item_of(request, uuid)
    found = rendition_of(item, rendition)
    return _done(request, item, renditions.try_again, rendition=found)


@bringers
@require_POST
def choose_poster(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Take the poster at the moment that the player shows (field `seconds`)."""
    item = own_item_of(request, uuid)
    try:
        moment_ms = round(float(request.POST.get("seconds", "").replace(",", ".")) * 1000)
    except (ValueError, OverflowError):
        moment_ms = -1
    return _done(
        request, item, renditions.choose_poster, moving=moving_of(item), moment_ms=moment_ms
    )


@bringers
@require_POST
def take_cut(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Use a file that breaks off, up to there."""
    item = own_item_of(request, uuid)
    return _done(request, item, renditions.take_cut_file, moving=moving_of(item))


@bringers
@require_POST
def order_all(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Have everything made that the settings ask for and that is missing."""
    item = own_item_of(request, uuid)
    return _done(request, item, renditions.order_renditions, moving=moving_of(item))


def _done(
    request: HttpRequest, item: MediaItem, action: Callable[..., object], **given: Any
) -> HttpResponseBase:
    """Do it; answer the page's script with the new state, everybody else with the page."""
    refusal = ""
    try:
        action(by=person_of(request), at=timezone.now(), **given)
    except RuleBroken as broken:
        refusal = str(broken)
    if request.headers.get("Accept", "").startswith("application/json"):
        told = _told(request, item, moving_board(moving_of(item)))
        return JsonResponse({**told, "refusal": refusal}, status=409 if refusal else 200)
    if refusal:
        messages.error(request, refusal)
    return redirect("media:moving", item.uuid)
