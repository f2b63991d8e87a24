"""Bringing files: a page that works without a script, and a protocol that bears a bad line.

The protocol is the core of tus 1.0: POST announces a file and answers its address, HEAD says how
much has arrived, PATCH brings the next piece, DELETE gives up. Beside it GET tells in words what
became of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.actions import begin_upload, cancel_upload, examine_upload, receive_piece
from nhipcau.media.enums import UploadState
from nhipcau.media.errors import DiskFull, OffsetMoved, ScannerSilent
from nhipcau.media.forms import BringForm
from nhipcau.media.models import MediaItem, Upload
from nhipcau.media.permissions import may_add
from nhipcau.media.phrases import refusal_sentence
from nhipcau.media.queries.room import room_of, units_to_bring_for
from nhipcau.media.queries.uploads import received, uploads_of
from nhipcau.media.views.access import bringers, own_item_of, person_of, upload_of
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.models import Unit

PIECE = 16 * 1024 * 1024  # most bytes of one PATCH
CHUNK = 1 << 18
RECENT = 30


@bringers
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponseBase:
    """The upload page; POST takes whole files from a browser without our script."""
    person = person_of(request)
    units = units_to_bring_for(rights_of_user(request.user), on=timezone.localdate())
    form = BringForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        for file in form.cleaned_data["chosen"]:
            _take_whole(request, file, form.cleaned_data["unit"])
        return redirect("media:bring")
    choices = list(units)
    unit = next((one for one in choices if str(one.pk) == request.GET.get("unit")), None)
    unit = unit or (choices[0] if choices else None)
    return render(
        request,
        "media/bring.html",
        {
            "form": form,
            "units": choices,
            "unit": unit,
            "room": None if unit is None else room_of(unit, on=timezone.localdate()),
            "uploads": [
                (one, refusal_sentence(one), received(one)) for one in uploads_of(person)[:RECENT]
            ],
            "most": settings.UPLOAD_MAX_BYTES,
        },
        status=400 if form.errors else 200,
    )


def _take_whole(
    request: HttpRequest, file: Any, unit: Unit, replaces: MediaItem | None = None
) -> Upload | None:
    """Take one file at once; what is wrong with it is said on the next page."""
    person, at = person_of(request), timezone.now()
    try:
        upload = begin_upload(
            unit=unit, file_name=file.name, size_bytes=file.size, replaces=replaces,
            by=person, at=at,
        )  # fmt: skip
        upload = receive_piece(
            upload=upload, offset=received(upload), pieces=file.chunks(), by=person, at=at
        )
        upload = examine_upload(upload=upload, by=person, at=at)
    except ScannerSilent:
        messages.warning(
            request,
            _("“%(name)s” waits in quarantine until the virus scanner answers.")
            % {"name": file.name},
        )
        return None
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return None
    if upload.state == UploadState.REFUSED:
        messages.error(request, f"{upload.file_name}: {refusal_sentence(upload)}")
    return upload


@bringers
@require_http_methods(["POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Announce a file: name, size, unit and fingerprint as JSON; 201 with its address."""
    try:
        told = json.loads(request.body)
        name, size = str(told["name"])[:1000], int(told["size"])
        fingerprint = str(told.get("fingerprint", ""))
        unit_id = int(told["unit"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return _not_understood()
    if not may_add(rights_of_user(request.user), unit_id=unit_id):
        raise PermissionDenied
    replaces = None
    if told.get("replaces"):
        try:
            replaces = own_item_of(request, UUID(str(told["replaces"])))
        except ValueError:
            raise PermissionDenied from None
        unit_id = replaces.unit_id
    try:
        upload = begin_upload(
            unit=get_object_or_404(Unit, pk=unit_id),
            file_name=name,
            size_bytes=size,
            fingerprint=fingerprint,
            replaces=replaces,
            by=person_of(request),
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=413)
    answer = JsonResponse(_told(upload), status=201)
    answer["Location"] = reverse("media:upload", args=[upload.uuid])
    return _with_offset(answer, upload)


@bringers
@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One upload: how far it is, its next piece, its end."""
    found = upload_of(request, uuid)
    if request.method == "PATCH":
        return _receive(request, found)
    if request.method == "DELETE":
        cancel_upload(upload=found, by=person_of(request), at=timezone.now())
        return HttpResponse(status=204)
    if request.method == "HEAD":
        answer: HttpResponse = HttpResponse()
    else:
        answer = JsonResponse(_told(found))
    answer["Cache-Control"] = "no-store"
    return _with_offset(answer, found)


def _receive(request: HttpRequest, found: Upload) -> HttpResponseBase:
    offset, length = request.headers.get("Upload-Offset", ""), request.headers.get("Content-Length")
    if not offset.isdecimal() or len(offset) > 18 or not (length or "").isdecimal():
        return _not_understood()
    if int(length or 0) > PIECE:
        return _with_offset(HttpResponse(status=413), found)
    try:
        found = receive_piece(
            upload=found,
            offset=int(offset),
            pieces=_body(request),
            by=person_of(request),
            at=timezone.now(),
        )
    except OffsetMoved as moved:
        return _with_offset(JsonResponse({"sentence": str(moved)}, status=409), found)
    except DiskFull as full:
        return _with_offset(JsonResponse({"sentence": str(full)}, status=507), found)
    except RuleBroken as refusal:
        return _with_offset(JsonResponse({"sentence": str(refusal)}, status=413), found)
    return _with_offset(HttpResponse(status=204), found)


def _not_understood() -> HttpResponse:
    sentence = _("The page sent something that could not be understood; please load it again.")
    return JsonResponse({"sentence": sentence}, status=400)


def _body(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk


def _with_offset(answer: HttpResponse, found: Upload) -> HttpResponse:
    answer["Upload-Offset"] = str(received(found))
    answer["Upload-Length"] = str(found.size_bytes)
    return answer


def _told(found: Upload) -> dict[str, object]:
    """What the page shows of an upload."""
    item = found.item
    return {
        "address": reverse("media:upload", args=[found.uuid]),
        "state": found.state,
        "words": str(found.get_state_display()),
        "received": received(found),
        "size": found.size_bytes,
        "sentence": refusal_sentence(found),
        "duplicate": found.is_duplicate,
        "item": None
        if item is None
        else {
            "id": item.pk,
            "title": item.title,
            "address": reverse("media:item", args=[item.uuid]),
        },
    }


@bringers
@require_http_methods(["POST"])
def replace(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A newer file for an item, everywhere at once."""
    item = own_item_of(request, uuid)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose the newer file first."))
    elif (taken := _take_whole(request, file, item.unit, item)) and taken.item_id == item.pk:
        messages.success(request, _("The newer file is shown everywhere from now on."))
    return redirect("media:item", uuid)
