"""The library in the desk's menu and addresses, and its chooser in the editor."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.chooser import ChooserViewSet

from nhipcau.media.permissions import may_look
from nhipcau.media.viewsets import library_chooser
from nhipcau.people.queries import rights_of_user


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("media/", include("nhipcau.media.urls"))]


@hooks.register("register_admin_viewset")
def chooser() -> ChooserViewSet:
    return library_chooser()


class LibraryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look(rights_of_user(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return LibraryMenuItem(
        _("Library"), reverse("media:index"), name="media", icon_name="image", order=150
    )
