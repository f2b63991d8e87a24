"""What people add to the registry: areas, gates, languages, groups, the border trait of an area."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.desk.forms.additions import (
    AddAreaForm,
    AddGateForm,
    AddGroupForm,
    AddLanguageForm,
    TraitForm,
)
from nhipcau.desk.views.pages import AREAS, FormPage, RowFormPage, RowPage
from nhipcau.registry.actions.areas import create_area, tag_area, untag_area
from nhipcau.registry.actions.gates import create_gate
from nhipcau.registry.actions.groups import create_group
from nhipcau.registry.actions.languages import add_language
from nhipcau.registry.enums import AreaKind
from nhipcau.registry.models import Area, AreaTag
from nhipcau.registry.queries.keys import free_area_key, free_group_key

ADDED = gettext_lazy("It is on record, and in the diary.")


class AddPage(FormPage):
    """Something that is not on record yet; leads back to its list."""

    done = ADDED
    button = gettext_lazy("Put it on record")
    listed = ""

    def begin(self) -> None:
        self.back = reverse(self.listed)


class AddArea(AddPage):
    form_class = AddAreaForm
    title = gettext_lazy("Add an area")
    lead = gettext_lazy(
        "An area that a merger or split makes is recorded with that change, on the page of "
        "one of those that it follows."
    )
    listed = "desk:areas"

    def act(self, typed: dict[str, Any]) -> str:
        key = free_area_key(typed["name"], typed["kind"], typed["parent"])
        return AREAS.address_of(create_area(key=key, **typed, **self.said()))


class AddGate(AddPage):
    form_class = AddGateForm
    title = gettext_lazy("Add a border gate")
    listed = "desk:gates"

    def act(self, typed: dict[str, Any]) -> str:
        key = free_area_key(typed["name"], AreaKind.BORDER_GATE, typed["parent"])
        return AREAS.address_of(create_gate(key=key, **typed, **self.said()).area)


class AddLanguage(AddPage):
    form_class = AddLanguageForm
    title = gettext_lazy("Add a language")
    listed = "desk:languages"

    def act(self, typed: dict[str, Any]) -> str:
        return reverse("desk:language", args=[add_language(**typed, **self.said()).tag])


class AddGroup(AddPage):
    form_class = AddGroupForm
    title = gettext_lazy("Add a group of units")
    lead = gettext_lazy(
        "The rule says who belongs to the group on any day; plans that were accepted keep "
        "the members of their day."
    )
    listed = "desk:groups"

    def act(self, typed: dict[str, Any]) -> str:
        made = create_group(key=free_group_key(typed["name"]), **typed, **self.said())
        return reverse("desk:group", args=[made.pk])


class MarkArea(RowFormPage):
    """That an area lies at the border."""

    door = AREAS
    row: Area
    form_class = TraitForm
    what = gettext_lazy("Lies at the border")
    lead = gettext_lazy("Groups such as the border communes follow from these marks.")
    done = ADDED
    button = gettext_lazy("Put it on record")

    def act(self, typed: dict[str, Any]) -> str:
        tag_area(area=self.row, **typed, **self.said())
        return self.back


class TakeBackMark(RowPage):
    """A mark that was set by mistake."""

    door = AREAS

    def post(self, request: HttpRequest, *, tag: int, **address: Any) -> HttpResponse:
        untag_area(tag=get_object_or_404(AreaTag, pk=tag, area=self.row.pk), **self.said())
        messages.success(request, _("Taken back, and recorded in the diary."))
        return self.back_to_it()
