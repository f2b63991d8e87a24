"""Money, permits and print runs of a work."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.media.models import StoredFile
from nhipcau.plans.models import Task
from nhipcau.works.enums import CostState, FundingOrigin
from nhipcau.works.models.lists import Programme, SpendingItem
from nhipcau.works.models.works import Work


class CostLine(models.Model):
    """One sum for one thing, in whole đồng; summed up to the task that ordered the work.

    `task` says which task pays when the work serves several.
    """

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="costs")
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="costs"
    )
    item = models.ForeignKey(
        SpendingItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("spending item")
    )
    programme = models.ForeignKey(
        Programme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="costs",
        verbose_name=_("programme"),
    )
    origin = models.CharField(
        _("where the money comes from"), max_length=10, choices=FundingOrigin.choices
    )
    state = models.CharField(
        _("state"), max_length=10, choices=CostState.choices, default=CostState.ESTIMATED
    )
    amount = models.PositiveBigIntegerField(_("amount in đồng"))
    words = models.CharField(_("for what"), max_length=300, blank=True)
    noted_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("cost line")
        verbose_name_plural = _("cost lines")
        ordering = ["work", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_cost_line_is_in_a_known_state", condition=Q(state__in=CostState.values)
            ),
            models.CheckConstraint(
                name="a_cost_line_has_a_known_origin", condition=Q(origin__in=FundingOrigin.values)
            ),
        ]
        indexes = [models.Index(fields=["task", "state"], name="works_costs_of_a_task")]

    def __str__(self) -> str:
        return f"{self.item}: {self.amount}"


class Permit(models.Model):
    """A publishing or exhibition permit: its number, day and issuer as printed on the thing."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="permits")
    number = models.CharField(_("number"), max_length=60)
    issuer = models.CharField(_("issuing body"), max_length=300)
    issued_on = models.DateField(_("issued on"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    copies = models.PositiveIntegerField(_("copies permitted"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        constraints = [
            models.UniqueConstraint(
                fields=["work", "number"], name="a_permit_stands_once_on_a_work"
            ),
            models.CheckConstraint(
                name="a_permit_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("issued_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PrintRun(models.Model):
    """So many copies were ordered and came from the printer."""

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="print_runs")
    permit = models.ForeignKey(
        Permit, null=True, blank=True, on_delete=models.PROTECT, related_name="print_runs"
    )
    printer = models.CharField(_("printing house"), max_length=300)
    size = models.CharField(_("size"), max_length=60, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    ordered = models.PositiveIntegerField(_("copies ordered"))
    delivered = models.PositiveIntegerField(_("copies delivered"), null=True, blank=True)
    printed_on = models.DateField(_("printed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")

    def __str__(self) -> str:
        return f"{self.printer}: {self.ordered}"
