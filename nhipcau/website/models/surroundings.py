"""What surrounds the pages: alarms, hours of border gates, official accounts, old addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import BorderGate, Language, Unit


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def standing(self, *, at: datetime) -> Self:
        """What every page shows at the moment."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), begins_at__lte=at)


class Alarm(models.Model):
    """A sentence that stands above every page: flood, epidemic, a gate that closed.

    `words` are by language code. A language without words is shown those of
    the house's first one, marked as such: nobody is left without a warning.
    """

    words = models.JSONField(_("words"), default=dict)
    address = models.CharField(_("address of what there is to read"), max_length=300, blank=True)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = models.Manager.from_queryset(AlarmQuerySet)()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_alarm_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("begins_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(next(iter(self.words.values()), ""))


class GateHours(models.Model):
    """When a border gate is open, from a day on, and in which languages people are served there.

    No hours at all: the gate is closed on these days. The newest row that has begun counts.
    """

    gate = models.ForeignKey(BorderGate, on_delete=models.PROTECT, related_name="hours")
    valid_from = models.DateField(_("from the day"))
    opens = models.TimeField(_("opens"), null=True, blank=True)
    closes = models.TimeField(_("closes"), null=True, blank=True)
    languages = models.ManyToManyField(
        Language, blank=True, related_name="+", verbose_name=_("languages spoken there")
    )
    telephone = models.CharField(_("telephone of the office"), max_length=30, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("hours of a border gate")
        verbose_name_plural = _("hours of border gates")
        ordering = ["gate", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "valid_from"], name="a_gate_has_one_set_of_hours_from_a_day_on"
            ),
            models.CheckConstraint(
                name="a_gate_that_opens_closes",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate} {self.valid_from:%d/%m/%Y}"


class Account(models.Model):
    """An official account of a unit on a service of others (Decree 224/2026, Arts 9-13)."""

    service = models.CharField(_("service"), max_length=60)
    name = models.CharField(_("name of the account"), max_length=200)
    address = models.URLField(_("address"), max_length=300)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="accounts", verbose_name=_("unit")
    )
    language = models.ForeignKey(
        Language, on_delete=models.PROTECT, related_name="+", verbose_name=_("language")
    )
    listed_on = models.DateField(_("listed since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("official account")
        verbose_name_plural = _("official accounts")
        ordering = ["service", "name"]
        constraints = [
            models.UniqueConstraint(fields=["address"], name="an_account_is_listed_once"),
            models.CheckConstraint(
                name="an_account_closes_after_it_was_listed",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("listed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.name}"


class OldAddress(models.Model):
    """Where a path of the portal that was here before leads now."""

    path = models.CharField(_("old path"), max_length=500, unique=True)
    target = models.CharField(_("leads to"), max_length=300)
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path
