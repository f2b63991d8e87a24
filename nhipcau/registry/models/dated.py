"""What every dated row of the registry shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.intervals import Interval
from nhipcau.registry.enums import Grade


class Dated(models.Model):
    """Holds from `valid_from` up to, not including, `valid_to`; empty means unknown or open."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to (excluded)"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
            )
        ]

    @property
    def interval(self) -> Interval:
        return Interval(self.valid_from, self.valid_to)


class Sourced(models.Model):
    """Where a fact comes from: the key of a shipped source, or the editor's own words."""

    source = models.CharField(_("source"), max_length=300, blank=True)
    grade = models.CharField(
        _("reliability"), max_length=1, choices=Grade.choices, default=Grade.KNOWN
    )

    class Meta:
        abstract = True


class Corrected(models.Model):
    """A row that people may correct; what they corrected, a newer load of shipped facts leaves."""

    corrected_fields = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    def note_corrected(self, fields: Iterable[str]) -> None:
        """Remember that people said what stands in these fields. Saves nothing."""
        self.corrected_fields = sorted({*self.corrected_fields, *fields})


def choice_constraint(field: str, choices: Any, *, name: str) -> models.CheckConstraint:
    """The database, too, knows only the named values."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": choices.values}))
