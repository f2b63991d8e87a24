"""What is said about words while they are made."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from nhipcau.people.models import Person
from nhipcau.translation.models.versions import LanguageVersion


class Remark(models.Model):
    """A remark on a draft: on one block of one revision, or on the whole; with replies.

    Personal data: who said it. The words stay after they were dealt with.
    """

    version = models.ForeignKey(LanguageVersion, on_delete=models.PROTECT, related_name="remarks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    block = models.CharField(max_length=40, blank=True)
    quotation = models.CharField(max_length=500, blank=True)
    text = models.TextField(_("remark"), max_length=4000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_settled_remark_names_who_settled_it",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["version", "at"], name="translation_remark_in_order")]

    def __str__(self) -> str:
        return self.text[:80]
