"""A page as its editor holds it, for the live preview of Wagtail. Never kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from nhipcau.website.models import PortalPage
from nhipcau.website.queries.cards import codes
from nhipcau.website.views.pages import drawn


def preview(request: HttpRequest, page: PortalPage) -> HttpResponse:
    """The page in the frame of its tree, shown to its editor alone."""
    first = page.url_path.strip("/").partition("/")[0] if page.url_path else ""
    language = first if first in codes() else page.locale.language_code
    answer = drawn(
        page,
        language=language if language in codes() else codes()[0],
        is_light=False,
        at=timezone.now(),
    )
    found = answer if answer is not None else HttpResponse(status=204)
    found["Cache-Control"] = "private, no-store"
    return found
