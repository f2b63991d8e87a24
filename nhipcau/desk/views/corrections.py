"""Putting right what areas, gates, languages and groups are called, and what a gate is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.desk.forms.places import AreaForm, GateForm, GateKindForm, GroupForm, LanguageForm
from nhipcau.desk.views.pages import AREAS, FormPage
from nhipcau.registry.actions.corrections import (
    correct_area,
    correct_gate,
    correct_group,
    correct_language,
)
from nhipcau.registry.actions.gates import change_gate_kind
from nhipcau.registry.models import Area, BorderGate, Language, UnitGroup


class CorrectPage(FormPage):
    """A row with some of its fields; leads back to its page."""

    rows: Any
    column = "pk"
    fields: tuple[str, ...] = ()

    def begin(self) -> None:
        (key,) = self.kwargs.values()
        self.row = get_object_or_404(self.rows, **{self.column: key})
        self.title = self.crumb = str(self.row)
        self.back = self.page_of_it()

    def page_of_it(self) -> str:
        return AREAS.address_of(self.row)

    def form(self, data: Any = None) -> forms.Form:
        shown = {name: getattr(self.row, name) for name in self.fields}
        return self.form_class(data, initial=shown)


class CorrectArea(CorrectPage):
    """The spelling of an area's name, and its place on the map."""

    rows = Area
    form_class = AreaForm
    fields = ("latitude", "longitude")

    def form(self, data: Any = None) -> forms.Form:
        form = super().form(data)
        form.initial["name"] = self.row.label
        return form

    def act(self, typed: dict[str, Any]) -> str:
        correct_area(area=self.row, **typed, **self.said())
        return self.back


class GatePage(CorrectPage):
    rows = BorderGate.objects.select_related("area")

    def page_of_it(self) -> str:
        return AREAS.address_of(self.row.area)


class CorrectNeighbour(GatePage):
    """Whom a gate faces."""

    form_class = GateForm
    fields = ("neighbour_country", "neighbour_area", "neighbour_gate")

    def act(self, typed: dict[str, Any]) -> str:
        correct_gate(gate=self.row, **typed, **self.said())
        return self.back


class ChangeKind(GatePage):
    """A gate's new kind from a day on; what it was before stays on record."""

    lead = _("Its kind up to that day stays on record.")
    done = _("The new kind is on record, and in the diary.")

    def form(self, data: Any = None) -> forms.Form:
        return GateKindForm(data, gate=self.row, initial={"on": timezone.localdate()})

    def act(self, typed: dict[str, Any]) -> str:
        change_gate_kind(gate=self.row, **typed, **self.said())
        return self.back


class CorrectLanguage(CorrectPage):
    """What a language is called."""

    rows = Language
    column = "tag"
    form_class = LanguageForm
    fields = ("name", "english_name", "own_name")

    def page_of_it(self) -> str:
        return reverse("desk:language", args=[self.row.tag])

    def act(self, typed: dict[str, Any]) -> str:
        correct_language(language=self.row, **typed, **self.said())
        return self.back


class CorrectGroup(CorrectPage):
    """What a group is called."""

    rows = UnitGroup
    form_class = GroupForm
    fields = ("name",)

    def page_of_it(self) -> str:
        return reverse("desk:group", args=[self.row.pk])

    def act(self, typed: dict[str, Any]) -> str:
        correct_group(group=self.row, **typed, **self.said())
        return self.back
