"""What every page carries, and what is said when the disk takes nothing more.

Which page may load what, and who may frame it: strict for the public, wider for the desk.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from nhipcau.kernel.disks import DiskTrouble, disk_trouble
from nhipcau.operations.uploads import DISK_TROUBLE

logger = logging.getLogger(__name__)
DESK = "/admin/"
# What Wagtail's admin needs beyond the public policy (config.settings: CONTENT_SECURITY_POLICY):
# its choosers and date fields start themselves by scripts inside the page, without a nonce; its
# rich text editor and its charts set style attributes; pictures are shown before they are sent
# (blob:); the preview shows our own pages in a frame.
DESK_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# A house of public information needs none of the visitor's devices.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

Answer = Callable[[HttpRequest], HttpResponseBase]


class PoliciesMiddleware:
    """Gives the desk its wider policy, and every page the permissions it does not need."""

    def __init__(self, get_response: Answer) -> None:
        self.public = get_response
        self.desk: Answer = xframe_options_sameorigin(csp_replace(DESK_POLICY)(get_response))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.desk if request.path.startswith(DESK) else self.public
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class DiskMiddleware:
    """Answers one sentence and 507 when the disk, or the database on it, takes nothing more."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """A file was left out while the request was taken apart (operations.uploads)."""
        if request.method == "POST" and request.content_type == "multipart/form-data":
            request.POST  # noqa: B018 -- taken apart here at the latest, if not for the form's token
        trouble: DiskTrouble | None = request.META.get(DISK_TROUBLE)
        return None if trouble is None else _no_room(request, trouble)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        trouble = disk_trouble(error)
        # What may not be read or run is a defect of ours; what may not be written is the disk's.
        if trouble is None or isinstance(error, PermissionError):
            return None
        return _no_room(request, trouble)


def _no_room(request: HttpRequest, trouble: DiskTrouble) -> HttpResponseBase:
    logger.error(
        "the disk takes nothing more: %s", trouble.value, extra={"event": "operations.disk.refused"}
    )
    with translation.override(_language_of(request)):
        sentence = trouble.sentence
        if "application/json" in (request.content_type, request.headers.get("Accept")):
            return JsonResponse(
                {"sentence": sentence, "sentences": [sentence]},
                status=HTTPStatus.INSUFFICIENT_STORAGE,
            )
        # Without the request: nothing of the page may need the database.
        page = render_to_string("507.html", {"sentence": sentence, "back": request.path})
    return HttpResponse(page, status=HTTPStatus.INSUFFICIENT_STORAGE)


def _language_of(request: HttpRequest) -> str:
    """The language that the person chose for the desk, where that can still be read."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    if not request.path.startswith(DESK):
        return current
    try:
        profile = getattr(request.user, "wagtail_userprofile", None)
    except DatabaseError:
        return current
    return current if profile is None else str(profile.get_preferred_language())
