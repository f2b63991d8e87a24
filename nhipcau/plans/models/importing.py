"""A file on its way to becoming a plan: what the machine proposes and what a person decided."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.media.models import StoredFile
from nhipcau.people.models import Person
from nhipcau.plans.enums import ImportState, ProposalState, StepKind
from nhipcau.plans.models.plan import Plan
from nhipcau.registry.models import Unit


class PlanImport(models.Model):
    """One file that a person brought, and its review; it survives a closed browser.

    `header` holds the proposed values outside the tasks (number, date, issuer, legal bases,
    funding ...), as the reader printed them and as the person mended them. `progress` counts
    from 0 to 100 while the file is read. `steps_done` rises with each step of the review and
    guards against two people deciding over each other. `attempts` counts how often the reading
    was begun: more than once when something outside ended it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    state = models.CharField(
        max_length=12, choices=ImportState.choices, default=ImportState.WAITING, db_index=True
    )
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    refusal_vi = models.TextField(blank=True)
    refusal_en = models.TextField(blank=True)
    text = models.TextField(blank=True)
    header = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    steps_done = models.PositiveIntegerField(default=0)
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_sample = models.BooleanField(default=False, editable=False)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("plan import")
        verbose_name_plural = _("plan imports")
        ordering = ["-brought_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["file"],
                condition=~models.Q(state__in=[ImportState.DISCARDED, ImportState.REFUSED]),
                name="a_file_is_under_review_once",
            ),
            models.CheckConstraint(
                name="a_decision_has_a_person_and_a_moment",
                condition=models.Q(decided_by__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ProposedTask(models.Model):
    """A task as proposed. `body` holds its parties, time, products and the rest as JSON.

    The shape of `body` is written down in `plans/rules/proposals.py`.
    """

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.PositiveIntegerField()
    path = models.CharField(max_length=80)
    title = models.TextField()
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    body = models.JSONField(default=dict)
    confidence = models.FloatField(default=1.0)
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )

    class Meta:
        ordering = ["plan_import", "order", "pk"]
        indexes = [models.Index(fields=["plan_import", "order"], name="plans_proposal_in_order")]

    def __str__(self) -> str:
        return f"{self.path} {self.title}"[:200]


class ReviewStep(models.Model):
    """One thing that a person did in a review, with what it changed, so that it can be undone."""

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    before = models.JSONField()
    after = models.JSONField()
    undone = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["plan_import", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_import", "number"], name="steps_of_a_review_are_counted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_import_id}/{self.number} {self.kind}"
