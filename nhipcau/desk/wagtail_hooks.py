"""The admin in the house's tokens, with the house's menu and addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem, admin_menu
from wagtail.admin.search import admin_search_areas

from nhipcau.desk.views.emblem import emblem
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user

# Wagtail's own: they lead to pages, pictures and reports that the house does not have yet.
NOT_OURS = {"help", "explorer", "reports", "images", "documents", "settings", "snippets"}
# Each costs a query to learn that the person has no right over any page or collection.
NOT_SEARCHED = {"pages", "images", "documents"}


@hooks.register("insert_global_admin_css")
def tokens() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("house/tokens.css"),
        static("desk/desk.css"),
    )


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [
        path("", include("nhipcau.desk.urls")),
        path("emblem/", emblem, name="desk_emblem"),
    ]


@hooks.register("construct_main_menu")
def only_what_is_there(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in NOT_OURS]
    # Asked once, then no more: each of Wagtail's own costs a query to learn that nobody sees it.
    known = admin_menu.registered_menu_items
    known[:] = [item for item in known if item.name not in NOT_OURS]
    searched = admin_search_areas.registered_search_areas
    searched[:] = [area for area in searched if area.name not in NOT_SEARCHED]


class RegistryMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of_user(request.user).may(Permission.REGISTRY_READ)


@hooks.register("register_admin_menu_item")
def my_work_item() -> MenuItem:
    return MenuItem(
        _("My work"), reverse("wagtailadmin_home"), name="my-work", icon_name="home", order=10
    )


@hooks.register("register_admin_menu_item")
def documents_item() -> MenuItem:
    return RegistryMenuItem(
        _("Documents"),
        reverse("desk:documents"),
        name="papers",
        icon_name="doc-full",
        order=150,
    )


class OperatorsMenuItem(MenuItem):
    """What only those see who hold a permission."""

    def __init__(self, *args: Any, needs: Permission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needs = needs

    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of_user(request.user).may(self._needs)


@hooks.register("register_admin_menu_item")
def province_item() -> MenuItem:
    return OperatorsMenuItem(
        _("Identity of the province"),
        reverse("desk:province"),
        name="province",
        icon_name="site",
        order=850,
        needs=Permission.PROVINCE_CHANGE,
    )


@hooks.register("register_admin_menu_item")
def diary_item() -> MenuItem:
    return OperatorsMenuItem(
        _("Diary"),
        reverse("desk:diary"),
        name="diary",
        icon_name="history",
        order=900,
        needs=Permission.AUDIT_READ,
    )


@hooks.register("register_admin_menu_item")
def shortcuts_item() -> MenuItem:
    """Opens the help of the keys, and lends it the key “?”: Wagtail's stands in its help menu."""
    return MenuItem(
        _("Keyboard shortcuts"),
        "#",
        name="shortcuts",
        icon_name="keyboard",
        order=2000,
        attrs={
            "role": "button",
            "data-a11y-dialog-show": "keyboard-shortcuts-dialog",
            "data-action": "w-action#noop:prevent:stop",
            "data-controller": "w-kbd w-action",
            "data-w-kbd-key-value": "?",
        },
    )


@hooks.register("register_admin_menu_item")
def background_item() -> MenuItem:
    return OperatorsMenuItem(
        _("Background work"),
        reverse("desk:background"),
        name="background",
        icon_name="tasks",
        order=910,
        needs=Permission.OPERATIONS_WATCH,
    )


@hooks.register("register_admin_menu_item")
def lists_item() -> MenuItem:
    return RegistryMenuItem(
        pgettext_lazy("menu", "Registry"),
        reverse("desk:registry"),
        name="registry",
        icon_name="table",
        order=200,
    )
