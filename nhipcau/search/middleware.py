"""What a page says that would search while there is nothing to search in."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from nhipcau.search.errors import IndexNotReady

Answer = Callable[[HttpRequest], HttpResponseBase]


class SearchMiddleware:
    """Answers one sentence and 503 for every IndexNotReady that a view lets through."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, IndexNotReady):
            return None
        sentence = str(error)
        if "application/json" in (request.content_type, request.headers.get("Accept")):
            answer: HttpResponse = JsonResponse({"sentence": sentence, "sentences": [sentence]})
        else:
            answer = render(request, "search/not_ready.html", {"sentence": sentence})
        answer.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        answer["Retry-After"] = "30"
        return answer
