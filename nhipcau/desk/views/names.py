"""Names and codes of a unit or an area, each from a day on, and taking back a mistaken one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.desk.forms.names import AreaCodeForm, AreaNameForm, UnitCodeForm, UnitNameForm
from nhipcau.desk.views.pages import RowFormPage, RowPage
from nhipcau.kernel.errors import RuleBroken
from nhipcau.registry.actions.names import give_code, give_name, take_back_code, take_back_name
from nhipcau.registry.models import Area, Unit
from nhipcau.registry.rules.naming import DIGITS_OF_AREAS

STAYS = gettext_lazy("What holds up to that day stays on record.")


class AddName(RowFormPage):
    """A name that the unit or area bears from a day on, or bore once."""

    what = gettext_lazy("New name")
    lead = STAYS
    done = gettext_lazy("The name is on record, and in the diary.")

    def form(self, data: Any = None) -> forms.Form:
        return UnitNameForm(data) if isinstance(self.row, Unit) else AreaNameForm(data)

    def act(self, typed: dict[str, Any]) -> str:
        give_name(to=self.row, **typed, **self.said())
        return self.back


class SetCode(RowFormPage):
    """The code from a day on."""

    what = gettext_lazy("New code")
    lead = STAYS
    done = gettext_lazy("The code is on record, and in the diary.")

    def begin(self) -> None:
        super().begin()
        if isinstance(self.row, Area) and self.row.kind not in DIGITS_OF_AREAS:
            raise Http404

    def form(self, data: Any = None) -> forms.Form:
        initial = {"valid_from": timezone.localdate()}
        if isinstance(self.row, Unit):
            return UnitCodeForm(data, initial=initial)
        return AreaCodeForm(data, initial=initial)

    def act(self, typed: dict[str, Any]) -> str:
        give_code(to=self.row, **typed, **self.said())
        return self.back


class TakeBackPage(RowPage):
    """A name or code that was never borne: `as_view(what="names")`."""

    what = "names"

    def post(self, request: HttpRequest, *, told: int, **address: Any) -> HttpResponse:
        row = get_object_or_404(getattr(self.row, self.what), pk=told)
        try:
            if self.what == "names":
                take_back_name(name=row, **self.said())
            else:
                take_back_code(code=row, **self.said())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back, and recorded in the diary."))
        return self.back_to_it()
