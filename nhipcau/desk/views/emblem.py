"""The province's emblem, as a picture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from nhipcau.registry.models import Province

A_DAY = 24 * 3600


@require_GET
@cache_control(private=True, max_age=A_DAY)
def emblem(request: HttpRequest) -> HttpResponse:
    """The picture that `nhipcau init` was given; its address changes with it."""
    province = Province.objects.first()
    if province is None or not province.emblem:
        raise Http404
    return HttpResponse(bytes(province.emblem), content_type="image/png")
