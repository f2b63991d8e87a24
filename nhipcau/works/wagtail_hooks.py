"""The works room in the desk's menu and addresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.action_menu import ActionMenuItem

from nhipcau.people.queries import rights_of_user
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.permissions import may_read
from nhipcau.works.viewsets import WordsViewSet


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("works/", include("nhipcau.works.urls"))]


@hooks.register("register_admin_viewset")
def editor() -> WordsViewSet:
    return WordsViewSet()


class ToTheWork(ActionMenuItem):
    """From the words to the page of their work, where they are handed in."""

    # Wagtail gives these no types of its own.
    label: Any = _("To the work: hand in, languages, forms")
    name: Any = "action-work"
    icon_name: Any = "arrow-right"

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("works:work", args=[context["instance"].subject.uuid])


class BringWords(ActionMenuItem):
    """Words from a Word document or a clipboard, with their tables and pictures."""

    label: Any = _("Bring words from Word")
    name: Any = "action-bring"
    icon_name: Any = "upload"

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("works:bring", args=[context["instance"].pk])


@hooks.register("construct_snippet_action_menu")
def only_saving(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Words are saved, never published from the editor."""
    if context.get("model") is LanguageVersion:
        kept = [item for item in items if item.name in {"action-save", "action-locked"}]
        items[:] = [*kept, *([] if context.get("locked_for_user") else [BringWords()]), ToTheWork()]


class WorksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read(rights_of_user(request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return WorksMenuItem(
        _("Works"), reverse("works:index"), name="works", icon_name="doc-full", order=120
    )
