"""What the operator's room remembers."""

from __future__ import annotations

from django.db import models


class Backup(models.Model):
    """A backup that was written whole. The file itself is the operator's to keep."""

    taken_at = models.DateTimeField(db_index=True)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    members = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M}"


class RetentionRule(models.Model):
    """For how long one kind of personal data is kept, from a day on, and which law says so.

    Of several rows for one kind, the newest that has begun counts. `kind` names an eraser in
    nhipcau.operations.retention; a kind without one is kept until its room brings it.
    """

    kind = models.CharField(max_length=80)
    days = models.PositiveIntegerField()
    since = models.DateField()
    source = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "since"], name="one_retention_rule_per_kind_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"
