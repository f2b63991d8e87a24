"""The diary's lines and the chain that seals them."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing that somebody did. Never changed, never deleted.

    Personal data: `by_name` is the official name under which the person acted; personal values
    in `before` and `after` are kept as salted hashes only.
    """

    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=80, db_index=True)
    by_key = models.CharField(max_length=80, db_index=True)
    by_name = models.CharField(max_length=200)
    unit_key = models.CharField(max_length=80, blank=True)
    unit_name = models.CharField(max_length=300, blank=True)
    target_kind = models.CharField(max_length=80)
    target_key = models.CharField(max_length=80)
    target_name = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["target_kind", "target_key"], name="audit_entry_of_a_target")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.event} {self.target_name}"
