"""The works room in the desk's menu and addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from nhipcau.people.queries import rights_of_user
from nhipcau.works.permissions import may_read


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("works/", include("nhipcau.works.urls"))]


class WorksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(rights_of_user(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return WorksMenuItem(
        _("Works"), reverse("works:index"), name="works", icon_name="doc-full", order=120
    )
