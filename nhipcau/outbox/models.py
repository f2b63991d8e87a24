"""Messages that wait to be told, and what each consumer has done about them."""

from __future__ import annotations

import uuid

from django.db import models


class Message(models.Model):
    """One piece of news, written in the transaction of the action that made it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(max_length=80)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class Handover(models.Model):
    """What one consumer still owes, or has done, for one message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="handovers")
    consumer = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "consumer"], name="a_consumer_hears_a_message_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["consumer", "due_at"],
                condition=models.Q(done_at__isnull=True, given_up_at__isnull=True),
                name="outbox_handover_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.message_id}"
