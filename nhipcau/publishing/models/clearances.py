"""A text on its way through its route, and what each reviewer said."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from nhipcau.kernel.doors import BehindADoor, BehindADoorQuerySet, Door
from nhipcau.people.models import Person
from nhipcau.publishing.enums import ItemState, StepKind, Verdict
from nhipcau.publishing.errors import OnlyReviewersDecide
from nhipcau.publishing.models.routes import Route
from nhipcau.translation.models import LanguageVersion, Subject


class Clearance(models.Model):
    """One handing-in: some language versions of a subject, on one route.

    Personal data: who handed in. `words` are what the author tells the reviewers.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="clearances")
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    words = models.TextField(blank=True, max_length=2000)
    planned_for = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.subject} ({self.opened_at:%Y-%m-%d})"


class ClearanceItem(models.Model):
    """One language version under review: the revision that was handed in, by its digest.

    `shown` are the pins of what its words showed of the library then (`rules.pins`); None for
    what was handed in before there were pins.
    Languages go their own way, so some can be cleared and others returned. `findings` are what
    the checks found when it was handed in, `answers` the reasons given by finding's key.
    `rights_asked` names by key the right (people.Permission) of whoever confirms a reason; what
    is not in it the author answers for. Empty for what was handed in before reasons were confirmed.
    `told_of_reasons` are those who had a letter that a reason waits for them (personal data).
    """

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="items")
    version = models.ForeignKey(
        LanguageVersion, on_delete=models.PROTECT, related_name="clearance_items"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    shown = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.OPEN)
    is_flagged = models.BooleanField(default=False)
    findings = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    rights_asked = models.JSONField(default=dict, blank=True)
    told_of_reasons = models.ManyToManyField(Person, blank=True, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("text under review")
        verbose_name_plural = _("texts under review")
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(state=ItemState.OPEN),
                name="a_text_is_under_one_review_at_a_time",
            ),
            models.CheckConstraint(
                name="a_text_under_review_is_in_a_known_state",
                condition=Q(state__in=ItemState.values),
            ),
            models.CheckConstraint(
                name="only_an_open_review_has_no_end",
                condition=Q(state=ItemState.OPEN, closed_at__isnull=True)
                | ~Q(state=ItemState.OPEN) & Q(closed_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "clearance"], name="publishing_items_open")]

    def __str__(self) -> str:
        return str(self.version)


class OpenStep(models.Model):
    """A step that was opened for a text: by role, perhaps given to a person, with its deadline.

    A text that is returned to an earlier step gets a new row for it; what was said stays.
    `subject` and `version` are those of its item, which never change: what waits is asked by them.
    """

    item = models.ForeignKey(ClearanceItem, on_delete=models.PROTECT, related_name="steps")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    version = models.ForeignKey(
        LanguageVersion, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    assignee = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="review_steps"
    )
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("open step")
        verbose_name_plural = _("open steps")
        ordering = ["item", "opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(closed_at__isnull=True),
                name="a_text_is_at_one_step_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="publishing_steps_waiting",
            ),
            models.Index(
                fields=["assignee"],
                condition=Q(closed_at__isnull=True),
                name="publishing_steps_of_a_person",
            ),
            models.Index(
                fields=["due_on", "id", "subject", "closed_at"],
                condition=Q(closed_at__isnull=True),
                name="publishing_steps_by_day",
            ),
            models.Index(
                fields=["subject", "due_on", "kind", "assignee", "version", "closed_at"],
                condition=Q(closed_at__isnull=True),
                name="publishing_steps_of_subjects",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_kind_display()}"


deciding = Door(
    "deciding",
    OnlyReviewersDecide,
    _("What a reviewer decides is written when it is said, and never changed."),
)


class Decision(BehindADoor):
    """The sign-off record: who said what, for which unit, when, on which words.

    `digest` is that of the words, `findings` the checks as they stood, `difference` says how many
    words changed since the last approval (none for a first one). Never changed. Personal data:
    names under which somebody acted.
    """

    step = models.OneToOneField(OpenStep, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    unit_key = models.CharField(max_length=160, blank=True)
    unit_name = models.CharField(max_length=300, blank=True)
    on_behalf_of = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True, max_length=4000)
    back_to = models.PositiveSmallIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    findings = models.JSONField(default=list, blank=True)
    difference = models.JSONField(default=dict, blank=True)
    by_link = models.BooleanField(default=False)

    door = deciding

    objects = models.Manager.from_queryset(BehindADoorQuerySet["Decision"])()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_decision_is_one_of_three", condition=Q(verdict__in=Verdict.values)
            ),
            models.CheckConstraint(
                name="who_returns_a_text_says_why_and_whereto",
                condition=~Q(verdict=Verdict.RETURNED) | ~Q(reason="") & Q(back_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.get_verdict_display()}"


class ConfirmedReason(BehindADoor):
    """Somebody with the right has confirmed why a point of the checks may stay. Never changed.

    `reason` are the author's words as they were confirmed; `decision` is set where clearing a
    step confirmed it. Personal data: names under which somebody acted.
    """

    item = models.ForeignKey(ClearanceItem, on_delete=models.PROTECT, related_name="confirmed")
    key = models.CharField(max_length=64)
    reason = models.TextField(max_length=2000)
    right = models.CharField(max_length=40)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="confirmed"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    door = deciding

    objects = models.Manager.from_queryset(BehindADoorQuerySet["ConfirmedReason"])()

    class Meta:
        verbose_name = _("confirmed reason")
        verbose_name_plural = _("confirmed reasons")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="a_reason_is_confirmed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.key}"


class ApprovalLink(models.Model):
    """A link for a leader without an account: one step, one decision, for a time.

    Only digests of the link's secret and of the code are kept. The second factor is a code sent
    to the leader's verified contact when the link is opened; five wrong codes close the link.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(OpenStep, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("approval link")
        verbose_name_plural = _("approval links")
        constraints = [
            models.CheckConstraint(
                name="a_withdrawn_link_was_not_used",
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.made_at:%Y-%m-%d})"
