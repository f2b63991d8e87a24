"""The province's own colours and emblem, each under a name that changes when it does."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nhipcau.registry.models import Province
from nhipcau.registry.rules.colours import on_dark

_COLOURS = re.compile(r"([0-9a-f]{6})([0-9a-f]{6})")
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def colours(_request: HttpRequest, colours: str) -> HttpResponse:
    """A few declarations that put the colours named in the address before the house's. No query."""
    found = _COLOURS.fullmatch(colours)
    if found is None:
        raise Http404
    main, accent = f"#{found[1]}", f"#{found[2]}"
    light = f"--indigo:{main};--peach:{accent}"
    dark = f"--indigo:{on_dark(main)};--peach:{on_dark(accent)}"
    style = (
        f":root{{{light}}}@media(prefers-color-scheme:dark){{"
        f":root:not([data-theme=light]){{{dark}}}}}:root[data-theme=dark]{{{dark}}}"
    )
    answer = HttpResponse(style, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = FOR_EVER
    return answer


@require_safe
def emblem(_request: HttpRequest, digest: str) -> HttpResponse:
    """The province's emblem, under the SHA-256 of its bytes. One query."""
    province = Province.objects.filter(emblem_sha256=digest).exclude(emblem_sha256="").first()
    if province is None:
        raise Http404
    answer = HttpResponse(bytes(province.emblem), content_type="image/png")
    answer["Cache-Control"] = FOR_EVER
    return answer
