"""What every answer of the interface has, whoever asks: limits, tags, origins, problems.

The views behind it only answer GET. No session is opened here, no cookie read or set.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from nhipcau.api import phrases
from nhipcau.api.errors import Problem
from nhipcau.api.rules.counting import Counters, Standing

METHODS = "GET, HEAD, OPTIONS"
LONGEST_QUESTION = 4_000  # characters of a query string
FRESH = "public, max-age=60, stale-while-revalidate=300"
_TOLD = (
    "ETag, Link, RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, RateLimit-Reset, "
    "Retry-After"
)
counters = Counters(salt=lambda: secrets.token_bytes(16), clock=time.monotonic)

View = Callable[..., HttpResponseBase]


def at_the_edge(view: View) -> View:
    """The view for callers anywhere, with its limits; a Problem that it raises is answered."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        standing = counters.count(_caller(request), limit=settings.API_QUESTIONS_A_MINUTE)
        try:
            answer = _answer(view, request, standing, *args, **kwargs)
        except Problem as problem:
            answer = problem_answer(request, problem)
        return _finished(request, answer, standing)

    return answered


def _answer(
    view: View, request: HttpRequest, standing: Standing, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    if standing.is_over:
        raise phrases.too_many(standing.seconds, standing.limit)
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in {"GET", "HEAD"}:
        raise phrases.wrong_method(METHODS)
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUESTION:
        raise phrases.too_long()
    # What answers GET answers HEAD: the server leaves the body out.
    method, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = method


def _caller(request: HttpRequest) -> str:
    """The address of the caller, behind as many proxies as settings trust."""
    try:
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, SuspiciousOperation):
        return "unknown"


def _preflight() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer["Allow"] = METHODS
    answer["Access-Control-Allow-Methods"] = METHODS
    answer["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    answer["Access-Control-Max-Age"] = "86400"
    return answer


def _finished(
    request: HttpRequest, answer: HttpResponseBase, standing: Standing
) -> HttpResponseBase:
    if answer.status_code == 200 and isinstance(answer, HttpResponse):
        answer = _tagged(request, answer)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = _TOLD
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["RateLimit-Policy"] = f"{standing.limit};w=60"
    answer["RateLimit-Limit"] = str(standing.limit)
    answer["RateLimit-Remaining"] = str(max(0, standing.left))
    answer["RateLimit-Reset"] = str(standing.seconds)
    if standing.is_over:
        answer["Retry-After"] = str(standing.seconds)
    if answer.status_code == 405:
        answer["Allow"] = METHODS
    return answer


def _tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its tag, or 304 where the caller has it already."""
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    known = {
        each.strip().removeprefix("W/")
        for each in request.headers.get("If-None-Match", "").split(",")
    }
    if tag in known or "*" in known:
        unchanged = HttpResponse(status=304)
        unchanged["Cache-Control"] = answer.get("Cache-Control", FRESH)
        if "Link" in answer:
            unchanged["Link"] = answer["Link"]
        answer = unchanged
    answer["ETag"] = tag
    return answer


def json_answer(content: object, *, cache: str = FRESH) -> HttpResponse:
    answer = HttpResponse(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(),
        content_type="application/json",
    )
    answer["Cache-Control"] = cache
    return answer


def absolute_for(request: HttpRequest) -> Callable[[str], str]:
    """Addresses under the public name of the house, or else under that by which it was asked."""
    origin = settings.PUBLIC_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    return lambda address: f"{origin}{address}"


def problem_answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    told: dict[str, object] = {
        "type": absolute_for(request)(f"/api/v1/docs#{problem.name}"),
        "title": problem.title,
        "status": problem.status,
    }
    if problem.detail:
        told["detail"] = problem.detail
    if problem.step:
        told["next"] = problem.step
    if problem.parameters:
        told["parameters"] = [
            {"name": name, "detail": detail} for name, detail in problem.parameters
        ]
    answer = HttpResponse(
        json.dumps(told | problem.more, ensure_ascii=False).encode(),
        status=problem.status,
        content_type="application/problem+json",
    )
    answer["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ["Accept-Language"])
    return answer
