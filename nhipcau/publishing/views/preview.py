"""The words of a draft as a web page, for the editor's preview. Never public."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from wagtail.models import Revision

from nhipcau.kernel.errors import RuleBroken
from nhipcau.publishing.queries.inspection import items_in, manuscript_of, raw_body
from nhipcau.publishing.queries.releases import short_address_of
from nhipcau.publishing.queries.rendering import KeptMedia, house
from nhipcau.publishing.renderers.contract import MediaAddress, RenderOptions
from nhipcau.publishing.renderers.web_page import WebPage
from nhipcau.translation.models import LanguageVersion


class DeskMedia(KeptMedia):
    """Media under the addresses at which the desk shows them to staff."""

    def address(self, key: str) -> MediaAddress | None:
        number = key.partition("/")[2]
        item = self.items.get(int(number)) if number.isdigit() else None
        file = None if item is None else item.current
        if item is None or file is None:
            return None
        return MediaAddress(
            address=reverse("media:original", args=[item.uuid]),
            media_type=file.mime,
            bytes=file.stored.size_bytes,
            width=file.width or 0,
            height=file.height or 0,
        )


def preview(request: HttpRequest, version: LanguageVersion) -> HttpResponse:
    """The page as the form of a web page makes it; a refusal of the form is said instead."""
    content = version.serializable_data()
    items = items_in([raw_body(content)])
    options = RenderOptions(
        house=house(),
        address=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + short_address_of(version.subject),
        day=timezone.localdate(),
    )
    page, refusal = "", ""
    try:
        manuscript = manuscript_of(version, Revision(content=content), items=items)
        rendered = WebPage().render((manuscript,), DeskMedia(items), options)
        page = mark_safe(rendered.files[0].content.decode())  # noqa: S308 -- the form escapes
    except RuleBroken as trouble:
        refusal = str(trouble)
    return render(
        request, "publishing/preview.html", {"page": page, "refusal": refusal, "version": version}
    )
