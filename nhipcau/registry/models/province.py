"""The province whose house this is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models.areas import Area


class Province(models.Model):
    """How the province shows itself: one row, made by `nhipcau init`.

    It stands in the registry because everything above needs it: public pages, printed matter,
    reports, mail. `emblem` is kept as bytes (PNG, at most a few hundred KB), so that it lies in
    the same backup and transaction as the name.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    emblem = models.BinaryField(_("emblem"), blank=True, default=b"")
    colour = models.CharField(_("main colour"), max_length=7)
    accent = models.CharField(_("accent colour"), max_length=7)
    languages = models.JSONField(_("interface languages"), default=list)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [
            models.CheckConstraint(name="one_house_one_province", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return self.name
