"""Which items of the library are shown, and by which words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from nhipcau.media.models import MediaItem
from nhipcau.translation.models.versions import LanguageVersion


class MediaUse(models.Model):
    """A revision shows an item of the library: the newest of a version, or one that was approved.

    Derived from the words whenever they are saved; the library asks it where an item is used.
    """

    version = models.ForeignKey(LanguageVersion, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(MediaItem, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of files")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "item"], name="a_revision_shows_an_item_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.item_id}"
