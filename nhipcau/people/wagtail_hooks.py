"""People in the desk's menu and addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user
from nhipcau.people.views import delegations, management, persons

ADDRESSES = (
    [
        path("", persons.index, name="index"),
        path("add/", persons.add, name="add"),
        path("delegations/", delegations.delegations, name="delegations"),
        path("invite/", management.invite, name="invite"),
        path("<uuid:uuid>/", management.person, name="person"),
        path("<uuid:uuid>/details/", persons.details, name="details"),
    ],
    "people",
)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("people/", include(ADDRESSES))]


class PeopleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights_of_user(request.user).may(Permission.PEOPLE_READ)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return PeopleMenuItem(
        _("People"), reverse("people:index"), name="people", icon_name="group", order=800
    )
