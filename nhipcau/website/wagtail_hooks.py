"""The portal in the desk's menu, and the diary's lines of what is done to its pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from nhipcau.people.models import User
from nhipcau.people.queries import rights_of_user
from nhipcau.website.actions import note_page
from nhipcau.website.permissions import may_arrange
from nhipcau.website.views import arranging

# Under /admin/: what surrounds the portal's pages.
ARRANGING = (
    [
        path("portal/", arranging.surroundings, name="surroundings"),
        path("portal/alarm/", arranging.alarm, name="alarm"),
        path("portal/alarm/<int:pk>/over/", arranging.alarm_over, name="alarm_over"),
        path("portal/gates/<int:pk>/", arranging.gate_hours, name="gate_hours"),
        path("portal/accounts/list/", arranging.account, name="account"),
        path("portal/accounts/<int:pk>/over/", arranging.account_over, name="account_over"),
    ],
    "arranging",
)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include(ARRANGING))]


class ArrangersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_arrange(rights_of_user(request.user))


@hooks.register("register_admin_menu_item")
def portal_menu_item() -> MenuItem:
    return ArrangersMenuItem(
        _("Portal"),
        reverse("arranging:surroundings"),
        name="portal",
        icon_name="site",
        order=136,
    )


def _note(request: HttpRequest, page: Page, what: str) -> None:
    if isinstance(request.user, User):
        note_page(page=page, what=what, by=request.user.person, at=timezone.now())


@hooks.register("after_publish_page")
def published(request: HttpRequest, page: Page) -> None:
    _note(request, page, "published")


@hooks.register("after_unpublish_page")
def withdrawn(request: HttpRequest, page: Page) -> None:
    _note(request, page, "withdrawn")


@hooks.register("after_move_page")
def moved(request: HttpRequest, page: Page) -> None:
    _note(request, page, "moved")


@hooks.register("before_delete_page")
def deleted(request: HttpRequest, page: Page) -> None:
    if request.method == "POST":
        _note(request, page, "deleted")
