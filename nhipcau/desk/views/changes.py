"""Recording what became of a unit or an area: choose the kind, tell it, look at it, record it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.desk.actions.changes import Telling, foresee, record_change
from nhipcau.desk.forms.changes import AREA_FORMS, UNIT_FORMS, ChangeForm
from nhipcau.desk.phrases.changes import HAPPENED, KINDS_OF_AREAS, KINDS_OF_UNITS, sentences
from nhipcau.desk.views.pages import AREAS, UNITS, Door, RowPage
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user
from nhipcau.registry.actions.taking_back import take_back_change
from nhipcau.registry.enums import AreaKind, ChangeKind
from nhipcau.registry.models import AreaChange, UnitChange

# What comes in a gate's place is added with its kind and neighbour.
OF_A_GATE = frozenset({ChangeKind.RENAME, ChangeKind.DISSOLVE})


@dataclass(frozen=True, slots=True)
class Changing:
    """What the pages say of changes of units, or of areas."""

    door: Door
    kinds_page: str
    page: str
    changes: Any
    part: str
    forms: Mapping[str, type[ChangeForm]]
    kinds: Mapping[ChangeKind, str | Promise]
    stays: str | Promise


OF_UNITS = Changing(
    door=UNITS,
    kinds_page="desk:change_unit_kinds",
    page="desk:change_unit",
    changes=UnitChange.objects,
    part="parts__unit",
    forms=UNIT_FORMS,
    kinds=KINDS_OF_UNITS,
    stays=gettext_lazy(
        "“%(row)s” stays on record, since roles or work hang on it; choose it when you record the "
        "right change."
    ),
)
OF_AREAS = Changing(
    door=AREAS,
    kinds_page="desk:change_area_kinds",
    page="desk:change_area",
    changes=AreaChange.objects,
    part="parts__area",
    forms=AREA_FORMS,
    kinds=KINDS_OF_AREAS,
    stays=gettext_lazy(
        "“%(row)s” stays on record, since units or works hang on it; choose it when you record the "
        "right change."
    ),
)


class ChangePage(RowPage):
    """A page of changes: `as_view(of=OF_UNITS)`."""

    of = OF_UNITS

    def begin(self) -> None:
        self.door = self.of.door
        super().begin()

    def kinds(self) -> dict[ChangeKind, str | Promise]:
        """The kinds that may have happened to the row, each with what it means."""
        is_gate = self.row.kind == AreaKind.BORDER_GATE
        return {
            kind: meaning
            for kind, meaning in self.of.kinds.items()
            if not is_gate or kind in OF_A_GATE
        }

    def address(self, name: str, *more: str) -> str:
        return reverse(name, args=[self.door.key_of(self.row), *more])

    def shown(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        context |= {
            "row": self.row,
            "door": self.door,
            "listed": reverse(self.door.listed),
            "back": self.door.address_of(self.row),
            "kinds_page": self.address(self.of.kinds_page),
        }
        return render(self.request, template, context, status=status)


class Choose(ChangePage):
    """Which kind of change it was."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        kinds = [
            (kind, HAPPENED[kind], meaning, self.address(self.of.page, kind.value))
            for kind, meaning in self.kinds().items()
        ]
        return self.shown("desk/change_kinds.html", kinds=kinds)


class Change(ChangePage):
    """Tell a change; it is recorded only as it was looked at."""

    def begin(self) -> None:
        super().begin()
        if self.kwargs["kind"] not in self.kinds():
            raise Http404

    def form(self, data: Any = None) -> ChangeForm:
        today = timezone.localdate()
        return self.of.forms[self.kwargs["kind"]](
            data,
            row=self.row,
            on=today,
            initial={"on": today, "carry": True, "keep_traits": True},
            may_give_roles=rights_of_user(self.request.user).may(Permission.PEOPLE_MANAGE),
        )

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        return self.looked_at(self.form())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.looked_at(form)
        telling, said = form.telling(), self.said()
        try:
            told = sentences(foresee(telling=telling, **said))
            digest = _digest(told, telling)
            if request.POST.get("looked_at") != digest:
                return self.looked_at(form, told=told, digest=digest)
            record_change(telling=telling, **said)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
            return self.looked_at(form)
        messages.success(request, _("The change is on record, and in the diary."))
        return self.back_to_it()

    def looked_at(self, form: ChangeForm, **seen: Any) -> HttpResponse:
        kind = ChangeKind(self.kwargs["kind"])
        status = 400 if form.errors else 200
        return self.shown("desk/change.html", status, form=form, kind=kind, **{"told": [], **seen})


def _digest(told: list[str], telling: Telling) -> str:
    """What was looked at: the sentences, and what was typed."""
    return hashlib.sha256(repr((told, telling)).encode()).hexdigest()


class TakeBack(ChangePage):
    """Undo a change that was recorded wrongly."""

    def post(self, request: HttpRequest, *, change: int, **address: Any) -> HttpResponse:
        recorded = self.of.changes.filter(**{self.of.part: self.row}).distinct()
        told = get_object_or_404(recorded, pk=change)
        try:
            left = take_back_change(change=told, **self.said())
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return self.back_to_it()
        messages.success(request, _("Taken back, and recorded in the diary."))
        for kept in left:
            messages.info(request, str(self.of.stays) % {"row": kept.label})
        if self.door.rows.filter(pk=self.row.pk).exists():
            return self.back_to_it()
        return redirect(self.door.listed)
