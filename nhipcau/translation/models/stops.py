"""That the words of a subject were stopped, and what the secrecy reviewer said of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.people.models import Person
from nhipcau.translation.models.subjects import Subject


class Stop(models.Model):
    """All words of a subject are locked and out of sight, from `stopped_at` until it is lifted.

    Nothing here tells what the words are: `reason` says why a reviewer lifted the stop, never
    what was found. A confirmed stop stays; the words are dealt with outside the platform.
    Personal data: who stopped, confirmed and lifted.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="stops")
    stopped_at = models.DateTimeField()
    stopped_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True, max_length=1000)

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(lifted_at__isnull=True),
                name="a_subject_is_stopped_once_at_a_time",
            ),
            models.CheckConstraint(
                name="who_confirms_a_stop_is_named",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="who_lifts_a_stop_is_named_and_says_why",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.stopped_at:%Y-%m-%d})"
