"""What the desk's scripts say, in the language in force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

from nhipcau.desk.queries import house_mark


class ScriptCatalog(JavaScriptCatalog):
    """Wagtail's own sentences for its scripts, with ours where it has no Vietnamese."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]

    def get_catalog(self) -> dict[str, Any]:
        """The mark at the top of the menu is called as it reads, so that a voice can press it."""
        mark = house_mark()
        name = " ".join(filter(None, (settings.WAGTAIL_SITE_NAME, mark.name if mark else "")))
        catalogue: dict[str, Any] = super().get_catalog()
        return catalogue | {"Dashboard": f"{name}: {_('My work')}"}


_catalogue = ScriptCatalog.as_view()


def words_of_scripts(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    response: HttpResponse = get_localized_response(_catalogue, request, **kwargs)
    return response
