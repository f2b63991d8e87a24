"""Works that came in a sheet, so that the same row is known when it comes again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import Unit
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
