"""Filters of tasks as they stand in the address, for the table and for the outline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from nhipcau.plans.enums import ProductKind
from nhipcau.plans.forms import TaskFilterForm
from nhipcau.plans.models import Plan
from nhipcau.plans.queries.tables import TaskFilter, units_and_kinds_of
from nhipcau.registry.queries.units import unit_succession


class Narrowing:
    """What an address narrows the tasks of a plan (None: of all plans) to, as of a day.

    One query, and one more for `context`.
    """

    def __init__(self, asked: QueryDict, plan: Plan | None, *, on: date) -> None:
        self.plan = plan
        self.form = TaskFilterForm(asked)
        self.form.is_valid()  # a filter that cannot be is left out, and said beside its field
        self.succession = unit_succession(on=on)

    @cached_property
    def wanted(self) -> TaskFilter:
        """The filters, with those whose place the unit has taken."""
        given = self.form.cleaned_data
        unit = given.get("unit")
        return TaskFilter(
            words=given.get("q") or "",
            unit=unit,
            forebears=() if unit is None else self.succession.forebears([unit]),
            role=given.get("role") or "",
            kind=given.get("kind") or "",
            recurrence=given.get("recurrence") or "",
            since=given.get("since"),
            until=given.get("until"),
            sort=given.get("sort") or "order",
        )

    @property
    def narrows(self) -> bool:
        """Whether any filter stands in the address; an order is none."""
        return any(value for key, value in self.form.cleaned_data.items() if key != "sort")

    def context(self) -> dict[str, Any]:
        """What the filters of a page show. One query."""
        units, kinds = units_and_kinds_of(self.plan, self.succession)
        self.form.offer(
            units=units,
            kinds=[
                (kind, str(ProductKind(kind).label) if kind in ProductKind else kind)
                for kind in kinds
            ],
        )
        return {
            "form": self.form,
            "kinds": kinds,
            "chips": self._chips(dict(units)),
            "is_narrowed": self.narrows,
            "forebears": [
                (self.succession.labels[forebear.id], forebear.until)
                for forebear in self.wanted.forebears
            ],
        }

    def _chips(self, units: Mapping[int, str]) -> list[tuple[str, str, str]]:
        """Each filter that narrows: its name in the address, what it is called, its value."""
        chips = []
        for name, value in self.form.cleaned_data.items():
            if not value or name == "sort":
                continue
            said = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
            choices = getattr(self.form.fields[name], "choices", None)
            if choices is not None:
                said = str(dict(choices).get(value, value))
            if name == "kind" and value in ProductKind:
                said = str(ProductKind(value).label)
            if name == "unit":
                known = {**self.succession.labels, **units}
                said = known.get(value) or _("unit %(key)s") % {"key": value}
            chips.append((name, str(self.form.fields[name].label), said))
        return chips
