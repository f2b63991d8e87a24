"""Subtitles and transcripts at the desk: the editor, its saves, files in and out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import subtitles as actions
from nhipcau.media.enums import SubtitlesKind
from nhipcau.media.errors import CuesRefused, SavedMeanwhile
from nhipcau.media.models import MediaItem, Subtitles, Transcript
from nhipcau.media.moving.cue_checks import measures_of, remarks
from nhipcau.media.moving.cues import Cue, as_srt, as_vtt, as_words
from nhipcau.media.moving.orders import look_from
from nhipcau.media.permissions import may_add
from nhipcau.media.queries.moving import moving_board
from nhipcau.media.views.access import bringers, item_of, lookers, own_item_of, person_of
from nhipcau.media.views.moving import PLAYED, moving_of, rendition_address
from nhipcau.media.views.sentences import fault_sentences, remark_words
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.models import Language

MOST_SAVES_SHOWN = 20
Write = Callable[[Iterable[Cue]], str]
_FORMS: dict[str, tuple[Write, str]] = {
    "vtt": (as_vtt, "text/vtt; charset=utf-8"),
    "srt": (as_srt, "application/x-subrip; charset=utf-8"),
    "txt": (as_words, "text/plain; charset=utf-8"),
}


def _cues(subtitles: Subtitles) -> list[Cue]:
    return [Cue(one["start"], one["end"], one["text"]) for one in subtitles.cues]


def subtitles_of(item: MediaItem, pk: int) -> Subtitles:
    return get_object_or_404(item.subtitles.select_related("language", "item"), pk=pk)


@bringers
@require_POST
def subtitles_begin(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Subtitles in another language, and on to the editor."""
    item = own_item_of(request, uuid)
    language = get_object_or_404(Language, tag=request.POST.get("language", ""), in_use=True)
    kind = request.POST.get("kind", SubtitlesKind.SUBTITLES)
    if kind not in SubtitlesKind.values:
        kind = SubtitlesKind.SUBTITLES
    begun = actions.begin_subtitles(
        item=item, language=language, kind=kind, by=person_of(request), at=timezone.now()
    )
    return redirect("media:subtitles", item.uuid, begun.pk)


@lookers
@require_GET
def subtitles_editor(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
    """The editor; `?beside=7` pins other subtitles of the item beside these."""
    item = item_of(request, uuid)
    subtitles = subtitles_of(item, pk)
    board = moving_board(moving_of(item))
    others = [each for each in item.subtitles.select_related("language") if each.pk != pk]
    wanted = request.GET.get("beside", "")
    beside = next((each for each in others if str(each.pk) == wanted), None)
    played, poster, waveform = (
        rendition_address(item, board.first(names)) for names in (PLAYED, ["poster"], ["waveform"])
    )
    look = look_from(board.moving.look) if board.moving.look else None
    return render(
        request,
        "media/subtitles.html",
        {
            "item": item,
            "subtitles": subtitles,
            "others": others,
            "beside": beside,
            "may_change": may_add(rights_of_user(request.user), unit_id=item.unit_id),
            "played": played or reverse("media:original", args=[item.uuid]),
            "poster": poster,
            "is_film": look is not None and look.has_picture,
            "saves": subtitles.saves.all()[:MOST_SAVES_SHOWN],
            "editor": {
                "address": reverse("media:cues", args=[item.uuid, pk]),
                "track": reverse("media:track", args=[item.uuid, pk]),
                "waveform": waveform,
                "seconds": look.duration_seconds if look else 0,
                "lines": measures_of(subtitles.language.script).lines,
                "beside": beside.cues if beside else [],
                "words": _editor_words(),
            },
            "state": _state(subtitles),
        },
    )


def _editor_words() -> dict[str, str]:
    """What the script says; `{…}` is filled in there."""
    return {
        "saved": _("Saved at {time}"),
        "saving": _("Saving…"),
        "unsaved": _("Not saved yet"),
        "offline": _("No connection: what you wrote is kept in this browser and sent later"),
        "kept": _("What you wrote here earlier was not saved. It is shown again."),
        "start": _("Start"),
        "end": _("End"),
        "text": _("Words of subtitle {number}"),
        "bad_time": _("A time looks like this: 1:02.500"),
        "order": _("A subtitle must end after it starts."),
        "none": _("No subtitles yet. Play, and press Alt+Enter where the first words are spoken."),
        "count": _("{count} in all"),
        "seconds": _("{seconds} s"),
        "speed": _("{speed} letters/s"),
    }


def _state(subtitles: Subtitles) -> dict[str, Any]:
    moving = subtitles.item.current.moving if subtitles.item.current else None
    seconds = moving.look.get("duration_seconds") if moving and moving.look else None
    found = remarks(
        _cues(subtitles),
        script=subtitles.language.script,
        duration_ms=None if seconds is None else round(seconds * 1000),
    )
    return {
        "revision": subtitles.revision,
        "cues": subtitles.cues,
        "remarks": [[remark.cue, remark_words(remark)] for remark in found],
        "by": subtitles.changed_by_name,
        "time": date_format(timezone.localtime(subtitles.changed_at), "H:i"),
    }


@lookers
@require_http_methods(["GET", "POST"])
def subtitles_cues(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """The cues as JSON; POST saves them (`{"seen": revision, "cues": […]}`).

    409 with the newer state when somebody else has saved, 400 with a sentence for nonsense.
    """
    if request.method == "GET":
        return JsonResponse(_state(subtitles_of(item_of(request, uuid), pk)))
    subtitles = subtitles_of(own_item_of(request, uuid), pk)
    told = _sent(request.body)
    if told is None:
        return JsonResponse({"sentence": _("The editor sent something unreadable.")}, status=400)
    cues, seen = told
    try:
        saved = actions.save_cues(
            subtitles=subtitles, cues=cues, seen=seen, by=person_of(request), at=timezone.now()
        )
    except SavedMeanwhile as refusal:
        subtitles.refresh_from_db()
        return JsonResponse({**_state(subtitles), "sentence": str(refusal)}, status=409)
    except CuesRefused as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=400)
    return JsonResponse(_state(saved))


def _sent(body: bytes) -> tuple[list[Any], int] | None:
    """The cues and the revision that the page has seen; None for anything else."""
    try:
        told = json.loads(body)
        cues, seen = told["cues"], int(told["seen"])
    except (ValueError, KeyError, TypeError):
        return None
    return (cues, seen) if isinstance(cues, list) else None


@lookers
@require_GET
def subtitles_file(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """For the player's track element; `?form=srt` or `txt`, `?download` to keep it."""
    item = item_of(request, uuid)
    subtitles = subtitles_of(item, pk)
    form = request.GET.get("form", "vtt")
    if form not in _FORMS:
        form = "vtt"
    write, kind = _FORMS[form]
    answer = HttpResponse(write(_cues(subtitles)), content_type=kind)
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    name = f"{item.title[:80]}.{subtitles.language.tag}.{form}"
    disposition = content_disposition_header("download" in request.GET, name)
    if disposition:
        answer["Content-Disposition"] = disposition
    return answer


@bringers
@require_POST
def subtitles_bring(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
    """A file of subtitles in the place of those that stand."""
    item = own_item_of(request, uuid)
    subtitles = subtitles_of(item, pk)
    brought = request.FILES.get("file")
    if brought is None:
        messages.error(request, _("Choose a file with the ending .vtt or .srt."))
        return redirect("media:subtitles", item.uuid, pk)
    if (brought.size or 0) > actions.MOST_BYTES:
        messages.error(request, _("A file of subtitles is smaller than 5 MB."))
        return redirect("media:subtitles", item.uuid, pk)
    try:
        saved, faults = actions.bring_subtitles(
            subtitles=subtitles,
            data=brought.read(),
            pass_over=bool(request.POST.get("pass_over")),
            by=person_of(request),
            at=timezone.now(),
        )
    except CuesRefused as refusal:
        return render(
            request,
            "media/subtitles_refused.html",
            {
                "item": item,
                "subtitles": subtitles,
                "refusal": str(refusal),
                "sentences": fault_sentences(refusal.faults),
                "can_pass_over": bool(refusal.faults) and refusal.some_are_sound,
                "file_name": brought.name,
            },
            status=400,
        )
    messages.success(
        request, _("%(count)d subtitles were taken over.") % {"count": len(saved.cues)}
    )
    for sentence in fault_sentences(faults)[:10]:
        messages.warning(request, sentence)
    return redirect("media:subtitles", item.uuid, pk)


@bringers
@require_POST
def subtitles_take_back(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
    """Earlier subtitles stand again (field `save`)."""
    item = own_item_of(request, uuid)
    subtitles = subtitles_of(item, pk)
    wanted = request.POST.get("save", "")
    save = get_object_or_404(subtitles.saves, pk=int(wanted) if wanted.isdecimal() else 0)
    actions.take_back_save(save=save, by=person_of(request), at=timezone.now())
    messages.success(request, _("The earlier subtitles stand again."))
    return redirect("media:subtitles", item.uuid, pk)


@bringers
@require_POST
def transcript_from(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponseBase:
    """The words of these subtitles as the transcript of their language."""
    item = own_item_of(request, uuid)
    subtitles = subtitles_of(item, pk)
    actions.transcript_of_subtitles(subtitles=subtitles, by=person_of(request), at=timezone.now())
    return redirect("media:transcript", item.uuid, subtitles.language.tag)


@lookers
@require_http_methods(["GET", "POST"])
def transcript_page(request: HttpRequest, uuid: UUID, tag: str) -> HttpResponseBase:
    """The words in one language, to be typed and kept; `?download` answers them as a file."""
    item = item_of(request, uuid) if request.method == "GET" else own_item_of(request, uuid)
    language = get_object_or_404(Language, tag=tag, in_use=True)
    transcript = item.transcripts.filter(language=language).first()
    if request.method == "GET" and "download" in request.GET:
        answer = HttpResponse(
            transcript.text if transcript else "", content_type="text/plain; charset=utf-8"
        )
        name = content_disposition_header(True, f"{item.title[:80]}.{tag}.txt")
        if name:
            answer["Content-Disposition"] = name
        return answer
    typed, refusal = transcript.text if transcript else "", ""
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            actions.save_transcript(
                item=item,
                language=language,
                text=typed,
                seen=_number(request.POST.get("seen", "")),
                by=person_of(request),
                at=timezone.now(),
            )
        except RuleBroken as broken:
            refusal = str(broken)
        else:
            messages.success(request, _("The transcript is saved."))
            return redirect("media:transcript", item.uuid, tag)
    return render(
        request,
        "media/transcript.html",
        {
            "item": item,
            "language": language,
            "transcript": transcript or Transcript(item=item, language=language),
            "typed": typed,
            "refusal": refusal,
            "subtitles": item.subtitles.filter(language=language).first(),
            "may_change": may_add(rights_of_user(request.user), unit_id=item.unit_id),
        },
        status=409 if refusal else 200,
    )


def _number(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 10 else -1
