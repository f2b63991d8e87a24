"""What the desk's scripts say, in the language in force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class ScriptCatalog(JavaScriptCatalog):
    """Wagtail's own sentences for its scripts, with ours where it has no Vietnamese."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


_catalogue = ScriptCatalog.as_view()


def words_of_scripts(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    response: HttpResponse = get_localized_response(_catalogue, request, **kwargs)
    return response
