"""What editors keep for searching: words that mean the same."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nhipcau.registry.models import Language


class SynonymGroup(models.Model):
    """Wordings that mean the same, one a line: “TTĐN”, “thông tin đối ngoại”.

    Whoever asks for one of them finds the others too. Without a language the group counts in every
    one. It is expanded when a query is asked, so that nothing is indexed again.
    """

    wordings = models.TextField(
        _("wordings"),
        max_length=2000,
        help_text=_("One a line, at least two: an abbreviation, its long form, an older name."),
    )
    language = models.ForeignKey(
        Language,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("language"),
        help_text=_("Empty: in every language."),
    )
    note = models.CharField(_("why, where from"), max_length=300, blank=True)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["wordings", "pk"]
        indexes = [models.Index(fields=["-changed_at"], name="search_synonyms_changed")]

    def __str__(self) -> str:
        return " = ".join(self.listed)

    @property
    def listed(self) -> list[str]:
        """The wordings as they were typed, without empty lines."""
        return [line.strip() for line in self.wordings.splitlines() if line.strip()]
