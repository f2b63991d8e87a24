"""Messages that wait to be told, who hears them, and how far each hearer is."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from nhipcau.outbox.rules import LONGEST_LEASE, LONGEST_PAUSE


class Message(models.Model):
    """One piece of news, written in the transaction of the action that made it.

    `key` names the news for ever: put twice, it is one message. `about` names the thing that
    the news is about; consumers that ask for it hear the news about one thing in order.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(max_length=80, db_index=True)
    key = models.CharField(max_length=200, unique=True)
    about = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    written_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class Consumer(models.Model):
    """Somebody who hears messages, from one moment on, until another.

    Rows come from the setting OUTBOX_CONSUMERS, one per consumer, or one per consumer and node
    (“search@2”) where each node keeps its own copy. `topics` is the list of topics as it stood
    when the consumer last registered; "works." means every topic that begins so. Messages up to
    `past_to` were written before the consumer was known; those up to `past_done` have been
    handed over already.
    """

    name = models.CharField(max_length=80, unique=True)
    node = models.CharField(max_length=40, blank=True)
    topics = models.JSONField(default=list)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    past_to = models.BigIntegerField(default=0)
    past_done = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class HandoverQuerySet(models.QuerySet["Handover"]):
    def owed(self) -> Self:
        return self.filter(done_at__isnull=True, given_up_at__isnull=True)

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)

    def ready(self, at: datetime) -> Self:
        """Owed, due and held by nobody; in SQL what rules.is_ready says in Python."""
        return self.owed().filter(
            Q(due_at__lte=at) | Q(due_at__gt=at + LONGEST_PAUSE),
            Q(leased_until__isnull=True)
            | Q(leased_until__lte=at)
            | Q(leased_until__gt=at + LONGEST_LEASE),
        )

    def first_about_their_thing(self) -> Self:
        """Only those that no earlier, unfinished handover about the same thing stands before."""
        before = Handover.objects.filter(
            consumer=OuterRef("consumer"),
            about=OuterRef("about"),
            message_id__lt=OuterRef("message_id"),
            done_at__isnull=True,
        )
        return self.filter(Q(about="") | ~Exists(before))


class Handover(models.Model):
    """What one consumer still owes, or has done, for one message."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="handovers")
    consumer = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "consumer"], name="a_consumer_hears_a_message_once"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(given_up_at__isnull=True),
                name="a_handover_is_done_or_given_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["consumer", "due_at", "message"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="outbox_handover_owed",
            ),
            models.Index(
                fields=["consumer", "about", "message"],
                condition=Q(done_at__isnull=True) & ~Q(about=""),
                name="outbox_handover_in_order",
            ),
            models.Index(
                fields=["given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="outbox_handover_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consumer}: {self.message_id}"


class Keeping(models.Model):
    """For how long finished messages of a topic are kept, from a day on.

    `topic` is the beginning of a topic's name, "" means all; the longest that fits counts. Of
    several rows for one topic, the newest that has begun.
    """

    topic = models.CharField(max_length=80, blank=True)
    days = models.PositiveIntegerField()
    since = models.DateField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "since"], name="one_keeping_per_topic_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.topic or '*'}: {self.days}"


class Worker(models.Model):
    """A process that works off the outbox and the background tasks, and when it last said so."""

    name = models.CharField(max_length=80, unique=True)
    node = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    left_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class TaskTrouble(models.Model):
    """A background task that failed or whose worker died: how often, and what comes next."""

    task_id = models.UUIDField(unique=True)
    path = models.TextField()
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    last_failed_at = models.DateTimeField()
    again_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.path} ({self.failures})"
