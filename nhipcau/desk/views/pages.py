"""What pages that change the registry have in common: who may, which row, a form, an action."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import View

from nhipcau.desk.views.access import person_of, those_with
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.models import Area, Unit


@dataclass(frozen=True, slots=True)
class Door:
    """Where units, or areas, have their pages, and how an address names one of them."""

    rows: Any
    argument: str
    column: str
    page: str
    listed: str
    called: str | Promise

    def key_of(self, row: Unit | Area) -> Any:
        return getattr(row, self.column)

    def address_of(self, row: Unit | Area) -> str:
        return reverse(self.page, args=[self.key_of(row)])


UNITS = Door(
    rows=Unit.objects.select_related("area"),
    argument="uuid",
    column="uuid",
    page="desk:unit",
    listed="desk:units",
    called=_("Units"),
)
AREAS = Door(
    rows=Area.objects.all(),
    argument="key",
    column="pk",
    page="desk:area",
    listed="desk:areas",
    called=_("Areas"),
)


class ChangersPage(View):
    """A page for whoever may change the registry; everybody else is turned away first."""

    @method_decorator(those_with(Permission.REGISTRY_CHANGE))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.begin()
        return super().dispatch(request, *args, **kwargs)

    def begin(self) -> None:
        """Look up what the address names."""

    def said(self) -> dict[str, Any]:
        """Who does it, and when: what every action asks."""
        return {"by": person_of(self.request), "at": timezone.now()}


class RowPage(ChangersPage):
    """A page under that of a unit, or of an area: `as_view(door=UNITS)`."""

    door = UNITS
    row: Unit | Area

    def begin(self) -> None:
        key = self.kwargs[self.door.argument]
        self.row = get_object_or_404(self.door.rows, **{self.door.column: key})

    def back_to_it(self) -> HttpResponse:
        return redirect(self.door.address_of(self.row))


class FormPage(ChangersPage, ABC):
    """A form that one action takes; what it refuses stands above the form.

    `crumb` is what leads `back`; `button` does it, and `done` is said then.
    """

    form_class: type[forms.Form]
    title: str | Promise = ""
    lead: str | Promise = ""
    crumb: str | Promise = _("Back to the list")
    back = ""
    button: str | Promise = _("Save")
    done: str | Promise = _("Corrected, and recorded in the diary.")

    @abstractmethod
    def act(self, typed: dict[str, Any]) -> str:
        """Do what was typed; where the page of it is. Raises RuleBroken with a sentence."""

    def form(self, data: Any = None) -> forms.Form:
        return self.form_class(data)

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form.is_valid():
            try:
                there = self.act(form.cleaned_data)
            except RuleBroken as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, str(self.done))
                return redirect(there)
        return self.shown(form)

    def shown(self, form: forms.Form) -> HttpResponse:
        return render(
            self.request,
            "desk/one_form.html",
            {"form": form, "page": self, "back": self.back},
            status=400 if form.errors else 200,
        )


class RowFormPage(RowPage, FormPage):
    """A form about a unit, or an area; `what` it tells stands in its title."""

    what: str | Promise

    def begin(self) -> None:
        super().begin()
        self.crumb = self.row.label
        self.title = f"{self.what}: {self.row.label}"
        self.back = self.door.address_of(self.row)
