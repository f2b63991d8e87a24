"""The publishing room in the desk's menu and addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.permissions import may_release


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include("nhipcau.publishing.urls"))]


class ReadersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of_user(request.user).may(Permission.WORKS_READ, None)


@hooks.register("register_admin_menu_item")
def board_menu_item() -> MenuItem:
    return ReadersMenuItem(
        _("Board of works"),
        reverse("publishing:board"),
        name="board",
        icon_name="grip",
        order=118,
    )


class PublishersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_release(rights_of_user(request.user), unit_id=None)


@hooks.register("register_admin_menu_item")
def bundles_menu_item() -> MenuItem:
    return PublishersMenuItem(
        _("Bundles"),
        reverse("publishing:bundles"),
        name="bundles",
        icon_name="folder-open-inverse",
        order=132,
    )


@hooks.register("register_admin_menu_item")
def releases_menu_item() -> MenuItem:
    return ReadersMenuItem(
        _("Releases"),
        reverse("publishing:releases"),
        name="releases",
        icon_name="upload",
        order=134,
    )


@hooks.register("register_admin_menu_item")
def clearance_menu_item() -> MenuItem:
    return ReadersMenuItem(
        _("Clearance"),
        reverse("publishing:clearances"),
        name="clearance",
        icon_name="check",
        order=130,
    )
