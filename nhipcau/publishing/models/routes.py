"""Routes of clearance: dated, per kind of work and unit."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.publishing.enums import StepKind, StepWhen
from nhipcau.publishing.rules.routes import Stop
from nhipcau.registry.models import Unit
from nhipcau.works.enums import WorkKind


class Route(models.Model):
    """The steps that a text takes before it is approved, from a day on.

    An empty `kind` means every kind, an empty `unit` every unit; the most particular route in
    force is taken. A route is never changed: a new one begins and the old one ends.
    """

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=14, choices=WorkKind.choices, blank=True)
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("unit"),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to (excluded)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("route of clearance")
        verbose_name_plural = _("routes of clearance")
        constraints = [
            models.CheckConstraint(
                name="a_route_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["kind", "unit"],
                condition=Q(valid_to__isnull=True, unit__isnull=False),
                name="one_route_in_force_per_kind_and_unit",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(valid_to__isnull=True, unit__isnull=True),
                name="one_general_route_in_force_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RouteStep(models.Model):
    """One step of a route. `days` from its opening to its deadline."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("step"), max_length=16, choices=StepKind.choices)
    when = models.CharField(
        _("when"), max_length=8, choices=StepWhen.choices, default=StepWhen.ALWAYS
    )
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["route", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "number"], name="steps_of_a_route_are_counted"
            ),
            models.CheckConstraint(name="steps_count_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="a_step_is_of_a_known_kind", condition=Q(kind__in=StepKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def stop(self) -> Stop:
        return Stop(self.number, StepKind(self.kind), StepWhen(self.when), self.days)
