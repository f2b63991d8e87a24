"""The province whose house this is, and how it showed itself before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.models import Entry
from nhipcau.registry.models.areas import Area
from nhipcau.registry.rules.looks import Look


class Looking(models.Model):
    """What a look consists of.

    `emblem` is kept as bytes (PNG, at most a few hundred KB), so that it lies in the same backup
    and transaction as the name; `emblem_sha256` names it where the bytes are not wanted.
    """

    name = models.CharField(_("name"), max_length=200)
    emblem = models.BinaryField(_("emblem"), blank=True, default=b"")
    emblem_sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)
    colour = models.CharField(_("main colour"), max_length=7)
    accent = models.CharField(_("accent colour"), max_length=7)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def look(self) -> Look:
        return Look(self.name, bytes(self.emblem), self.colour, self.accent)


class Province(Looking):
    """How the province shows itself: one row, made by `nhipcau init`, changed at the desk.

    It stands in the registry because everything above needs it: public pages, printed matter,
    reports, mail.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    languages = models.JSONField(_("interface languages"), default=list)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        constraints = [
            models.CheckConstraint(name="one_house_one_province", condition=Q(id=1)),
        ]


class FormerLook(Looking):
    """How the province showed itself until a change of its look; never changed, never deleted.

    `ended_by` is the line of the diary that tells of the change. The newest row's key is the
    version of the look: whoever changes it says which one was seen.
    """

    # Nothing in the database leans on the diary's table: its own guards answer for it.
    ended_by = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )

    class Meta:
        verbose_name = _("former look")
        verbose_name_plural = _("former looks")
        ordering = ["-pk"]
