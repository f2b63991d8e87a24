"""A plan in force, its versions, and the tasks that it orders."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.media.models import StoredFile
from nhipcau.people.models import Person
from nhipcau.plans.enums import PartyRole, Recurrence
from nhipcau.registry.models import Document, GroupSnapshot, Unit, UnitGroup


class Plan(models.Model):
    """An official plan whose tasks a person has accepted.

    Its number, date, issuer and links stand on the document; a plan is what is owed.
    `starts_on` and `ends_on` are the days that the plan covers, the last one included, where
    its title or text says so.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="plan")
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans",
        verbose_name=_("issuing unit"),
    )
    title = models.TextField(_("title"))
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                name="a_plan_ends_after_it_starts",
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title[:200]


class PlanVersion(models.Model):
    """One file of a plan that was accepted: the draft first, the signed paper later."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    text = models.TextField()
    is_draft = models.BooleanField(default=False)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="versions_of_a_plan_are_counted"
            ),
            models.UniqueConstraint(fields=["file"], name="a_file_is_one_version_of_one_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.number})"


class Task(models.Model):
    """Something that a plan orders.

    `path` is its place as printed ("II.4.2.1.đ"); `order` puts the tasks of a plan in the
    document's order. `span_start` and `span_end` mark its words in `version.text`. Dates are
    days of the calendar, both included. A task that a later version no longer names keeps its
    row and what was done on it, with the moment in `left_the_plan_at`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(_("place in the plan"), max_length=80)
    order = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    title = models.TextField(_("task"))
    folded = models.TextField(editable=False)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    timing_words = models.CharField(_("time as printed"), max_length=500, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("due on"), null=True, blank=True)
    recurrence = models.CharField(
        _("how often"), max_length=12, choices=Recurrence.choices, blank=True, default=""
    )
    is_tentative = models.BooleanField(_("time is tentative"), default=False)
    time_is_inherited = models.BooleanField(default=False)
    audiences = models.JSONField(_("audiences"), default=list, blank=True)
    targets = models.JSONField(_("targets"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    items = models.JSONField(_("items"), default=list, blank=True)
    left_the_plan_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["plan", "order"]
        indexes = [
            # Nearly every list asks for these alone, and counts them by the index.
            models.Index(
                fields=["plan", "order"],
                condition=models.Q(left_the_plan_at__isnull=True),
                name="plans_task_in_force",
            ),
            models.Index(fields=["ends_on"], name="plans_task_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_task_ends_after_it_starts",
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.title}"[:200]


class Party(models.Model):
    """A unit, or a group of units, as a plan names it for a task.

    `words` stay as printed; `qualifier` is what the plan says right behind them, without its
    brackets (“theo chức năng, nhiệm vụ”, “điểm a”). `group_members` are the members of the group
    as frozen on the day of acceptance: who joins the group later did not get the task.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=12, choices=PartyRole.choices)
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="task_parties"
    )
    group = models.ForeignKey(
        UnitGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group_members = models.ForeignKey(
        GroupSnapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    qualifier = models.CharField(max_length=300, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["task", "role", "order"]
        indexes = [models.Index(fields=["unit", "role"], name="plans_party_of_a_unit")]
        constraints = [
            models.CheckConstraint(
                name="a_party_is_a_unit_or_a_group",
                condition=models.Q(unit__isnull=True) | models.Q(group__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class TaskProduct(models.Model):
    """What a task is to bring forth, as printed; quantities may be a range."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="products")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    kind = models.CharField(max_length=40, blank=True, db_index=True)
    at_least = models.PositiveIntegerField(null=True, blank=True)
    at_most = models.PositiveIntegerField(null=True, blank=True)
    counted_in = models.CharField(max_length=60, blank=True)
    languages = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["task", "order"]

    def __str__(self) -> str:
        return self.words


class FundingSource(models.Model):
    """Where a plan says that the money comes from. Plans seldom name an amount."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="funding_sources")
    order = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["plan", "order"]

    def __str__(self) -> str:
        return self.words[:200]


class Duty(models.Model):
    """What the organisation part lays upon a unit; a reporting duty says to whom and how often.

    `unit` is who the words name, where a person chose it or exactly one unit bears the name;
    else only the words are there.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="duties")
    order = models.PositiveSmallIntegerField()
    unit_words = models.CharField(max_length=500, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_duties"
    )
    words = models.TextField()
    is_report = models.BooleanField(default=False)
    report_to = models.JSONField(default=list, blank=True)
    recurrence = models.CharField(max_length=12, choices=Recurrence.choices, blank=True, default="")
    deadline_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["plan", "order"]

    def __str__(self) -> str:
        return self.words[:200]
