"""Whatever has words in languages."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import Unit
from nhipcau.translation.rules.addresses import SHORT_ID_LENGTH


class Subject(models.Model):
    """A work, later an event or a course: the thing itself, of one unit.

    `short_id` is printed on leaflets and read by cameras, so a row is never deleted and its id
    never used again. `kind` names the room above that made it ("work").
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    short_id = models.CharField(max_length=SHORT_ID_LENGTH, unique=True, editable=False)
    kind = models.CharField(max_length=20, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="subjects", verbose_name=_("unit")
    )
    made_at = models.DateTimeField(editable=False)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return self.short_id
