"""Gives every request an id, for the diary, the logs and the person who calls for help."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nhipcau.audit.requests import current_request_id


class RequestIdMiddleware:
    """Sets `current_request_id` for the request and the answer's X-Request-ID.

    An id that comes from outside is not taken over: it would let a stranger write into the
    diary's words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex
        token = current_request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        response["X-Request-ID"] = request_id
        return response
