"""The province's colours and emblem under names that change when they do; security.txt."""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.registry.models import Province
from nhipcau.registry.rules.colours import on_dark

_COLOURS = re.compile(r"([0-9a-f]{6})([0-9a-f]{6})")
FOR_EVER = "public, max-age=31536000, immutable"
HOLDS = timedelta(days=180)  # less than a year, as RFC 9116 recommends


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


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the house (RFC 9116); nothing where the operator names nobody."""
    contact = settings.SECURITY_CONTACT
    if not contact.startswith(("mailto:", "https://", "tel:")):
        raise Http404
    expires = (timezone.now() + HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
