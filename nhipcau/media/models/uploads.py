"""Files on their way into the library, and how much room each unit has."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.media.enums import UploadState
from nhipcau.media.models.items import MediaItem
from nhipcau.people.models import Person
from nhipcau.registry.models import Unit


class Upload(models.Model):
    """One file that somebody sends, in as many pieces as the line needs.

    The bytes lie apart from the kept files (`store.arriving`) and are no part of a backup: until
    the file was examined nobody but the examination reads them. How many have arrived is told by
    the file on the disk; `received_bytes` follows it. `fingerprint` is the browser's own (name,
    size, day of change), by which a file that is chosen again goes on where it stopped.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        MediaItem,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
    )
    replaces = models.ForeignKey(
        MediaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("file name"), max_length=255)
    fingerprint = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField()
    received_bytes = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        _("state"), max_length=12, choices=UploadState.choices, default=UploadState.ARRIVING
    )
    refusal = models.CharField(max_length=40, blank=True)
    refusal_values = models.JSONField(default=dict, blank=True)
    is_duplicate = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "state", "-begun_at"], name="uploads_of_a_person")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UploadState.values), name="an_upload_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(received_bytes__lte=F("size_bytes")),
                name="no_more_arrives_than_was_announced",
            ),
            models.CheckConstraint(
                condition=~Q(state=UploadState.REFUSED) | ~Q(refusal=""),
                name="a_refused_upload_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=UploadState.TAKEN) | Q(item__isnull=False),
                name="an_upload_that_was_taken_has_an_item",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class StorageQuota(models.Model):
    """How many bytes a unit's files may take up, from a day on; without a unit: every other's."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="storage_quotas"
    )
    size_bytes = models.PositiveBigIntegerField(_("bytes"))
    valid_from = models.DateField(_("valid from"))
    set_by_key = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("storage quota")
        verbose_name_plural = _("storage quotas")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], name="a_unit_has_one_quota_from_a_day_on"
            ),
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=Q(unit__isnull=True),
                name="there_is_one_usual_quota_from_a_day_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or '*'} {self.size_bytes}"
