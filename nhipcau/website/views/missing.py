"""An address that leads nowhere: what it was before, or a page that offers search."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.defaults import page_not_found

from nhipcau.website.models import OldAddress
from nhipcau.website.queries.cards import codes
from nhipcau.website.queries.frames import frame_of
from nhipcau.website.rules.addresses import LIGHT, best_language
from nhipcau.website.views import answers

STAFF = ("/admin/", "/accounts/", "/api/", "/media/", "/decision/")
LONGEST = 500


def not_here(
    request: HttpRequest, language: str = "", *, is_light: bool = False
) -> HttpResponseBase:
    """Where the old portal's path leads now, or a page in the reader's language that says so."""
    at = timezone.now()
    target = _lead_on(request)
    if target:
        return HttpResponsePermanentRedirect(target)
    known = language or best_language(request.headers.get("Accept-Language", ""), codes())
    frame = frame_of(language=known, address=f"/{known}/", is_light=is_light, at=at)
    answer = answers.page("missing", frame, status=HTTPStatus.NOT_FOUND)
    answer["Cache-Control"] = "no-store"
    return answer


def _lead_on(request: HttpRequest) -> str:
    """Where an old path leads, with what follows its “?” or without. One query."""
    asked = {path for path in (request.get_full_path(), request.path) if len(path) <= LONGEST}
    asked = {path for path in asked if "\x00" not in path}
    found = dict(OldAddress.objects.filter(path__in=asked).values_list("path", "target"))
    return found.get(request.get_full_path()) or found.get(request.path, "")


def missing(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's page for what is not there: the desk has its own, readers are offered search."""
    if request.path.startswith(STAFF) or request.method not in {"GET", "HEAD"}:
        return page_not_found(request, exception)
    first = request.path.removeprefix(LIGHT).strip("/").partition("/")[0]
    return not_here(
        request,
        first if first in codes() else "",
        is_light=request.path.startswith(f"{LIGHT}/"),
    )
