"""A finished page as an answer: the same bytes for everybody, so nothing of a reader is in it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from nhipcau.website.queries.frames import Frame


def page(template: str, frame: Frame, *, status: int = HTTPStatus.OK, **shown: Any) -> HttpResponse:
    """The template in the frame's language.

    It is rendered without the request: no session, message or person can enter a page that is
    kept for everybody.
    """
    with translation.override(frame.language):
        html = render_to_string(f"website/{template}.html", {"frame": frame, **shown})
    answer = HttpResponse(html, status=status)
    answer["Content-Language"] = frame.language
    return answer
