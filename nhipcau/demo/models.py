"""That the sample province lives in this house."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SampleLoad(models.Model):
    """The one row that says when, and with which seed, the sample was loaded."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seed = models.PositiveIntegerField(_("seed"))
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        verbose_name = _("loading of the sample province")
        verbose_name_plural = _("loadings of the sample province")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="the_sample_is_loaded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.loaded_at:%d/%m/%Y} ({self.seed})"
