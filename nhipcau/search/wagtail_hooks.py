"""The search room in the desk's menu and addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from nhipcau.people.queries import rights_of_user
from nhipcau.search.permissions import may_keep_synonyms


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("search-words/", include("nhipcau.search.urls"))]


class WordsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_keep_synonyms(rights_of_user(request.user))


@hooks.register("register_admin_menu_item")
def words_item() -> MenuItem:
    return WordsMenuItem(
        _("Words for searching"),
        reverse("search:synonyms"),
        name="search-words",
        icon_name="search",
        order=840,
    )
