"""Sheets of records on their way in, and the works that came of their rows."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.media.models import StoredFile
from nhipcau.people.models import Person
from nhipcau.registry.models import Unit
from nhipcau.works.enums import SHEET_BUSY, SHEET_OPEN, RowState, SheetState
from nhipcau.works.models.works import Work


class BroughtRecord(models.Model):
    """A row of a sheet became a work. `digest` is that of the row as it was written then."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(_("record number"), max_length=120)
    digest = models.CharField(max_length=64)
    work = models.OneToOneField(Work, on_delete=models.PROTECT, related_name="brought_as")
    brought_at = models.DateTimeField()

    class Meta:
        verbose_name = _("record that was brought in")
        verbose_name_plural = _("records that were brought in")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key"], name="a_record_of_a_unit_is_brought_in_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class RecordSheet(models.Model):
    """A sheet of records that somebody brought, perhaps with a .zip of its files.

    `language` is that of the interface in which it was brought: what is said of its rows is said
    in it. `done` counts the rows that were gone through while they come in. It is looked through
    and brought in by the worker, and survives its death: rows are known by their record number.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    archive = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    archive_name = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=35)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.WAITING)
    refusal = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sheet of records")
        verbose_name_plural = _("sheets of records")
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_sheet_is_in_a_known_state", condition=Q(state__in=SheetState.values)
            ),
            models.CheckConstraint(
                name="somebody_accepted_what_comes_in",
                condition=~Q(state__in=[SheetState.COMING, SheetState.DONE])
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["unit", "file"],
                condition=Q(state__in=sorted(SHEET_OPEN)),
                name="a_sheet_is_on_its_way_into_a_unit_once",
            ),
        ]
        indexes = [models.Index(fields=["unit", "-brought_at"], name="works_sheets_of_a_unit")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_busy(self) -> bool:
        return self.state in SHEET_BUSY


class RecordSheetRow(models.Model):
    """What a row would become, or why it is refused: `sentences` for people."""

    sheet = models.ForeignKey(RecordSheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=RowState.choices)
    sentences = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="a_row_is_told_once"),
        ]
        indexes = [
            models.Index(fields=["sheet", "state", "number"], name="works_sheet_rows_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"
