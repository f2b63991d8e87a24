"""What machines that watch the house ask."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nhipcau.operations.queries import PARTS


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready to work: each part with its state, 503 when one is not well. Names nothing secret."""
    states = {name: part(timezone.now()) for name, part in PARTS.items()}
    ready = all(state.ok for state in states.values())
    return JsonResponse(
        {"ready": ready, "parts": {name: asdict(state) for name, state in states.items()}},
        status=200 if ready else 503,
    )
