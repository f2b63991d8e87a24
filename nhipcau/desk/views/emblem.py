"""The province's emblem, as a picture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import etag, require_safe

from nhipcau.registry.models import Province

A_YEAR = 365 * 24 * 3600


def _digest(request: HttpRequest) -> str | None:
    digest = Province.objects.values_list("emblem_sha256", flat=True).first()
    return f'"{digest}"' if digest else None


@require_safe
@etag(_digest)
def emblem(request: HttpRequest) -> HttpResponse:
    """The picture in force. Under an address that names its SHA-256 (`?v=`) it is kept for long.

    So a page with a new emblem never shows an old one, and no page asks twice for the same.
    """
    found = Province.objects.values_list("emblem", "emblem_sha256").first()
    if found is None or not found[0]:
        raise Http404
    content, digest = found
    return picture(bytes(content), is_lasting=request.GET.get("v") == digest)


def picture(content: bytes, *, is_lasting: bool) -> HttpResponse:
    """An emblem for the desk; `is_lasting`: nothing else will ever stand under this address."""
    answer = HttpResponse(content, content_type="image/png")
    if is_lasting:
        patch_cache_control(answer, private=True, max_age=A_YEAR, immutable=True)
    else:
        patch_cache_control(answer, private=True, no_cache=True)
    return answer
