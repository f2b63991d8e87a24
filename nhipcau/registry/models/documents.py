"""Documents: laws, plans, letters. One model; one that is only cited is a placeholder."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nhipcau.kernel.folding import unaccented
from nhipcau.registry.enums import DatePrecision, DocumentType, LinkKind
from nhipcau.registry.models.dated import Corrected, Sourced, choice_constraint
from nhipcau.registry.models.querysets import DocumentManager, LinkManager
from nhipcau.registry.models.units import Unit


class Document(Corrected, Sourced):
    """An official document, whole or only known from a citation.

    `citation_key` is the number in its normal form (rules.citations); numbers run per body and
    year, so issuer and year belong to it where the number does not tell them. `issued_on` is the
    first day of the month or year when `issued_precision` is coarser than a day. `folded` holds
    the words by which lists find it. `binding` says of a bound placeholder which links moved and
    which were told already, so that binding can be taken back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    type = models.CharField(_("type"), max_length=6, choices=DocumentType.choices, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    citation = models.CharField(_("number and symbol as printed"), max_length=120, blank=True)
    citation_key = models.CharField(max_length=120, blank=True, db_index=True)
    issuer_text = models.CharField(_("issuing body"), max_length=300, blank=True)
    issuer_key = models.CharField(max_length=200, blank=True)
    issuer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    issued_on = models.DateField(_("date"), null=True, blank=True)
    issued_precision = models.CharField(
        max_length=10, choices=DatePrecision.choices, default=DatePrecision.UNKNOWN
    )
    issued_year = models.PositiveSmallIntegerField(default=0)
    title = models.TextField(_("title"), blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(_("in force to (excluded)"), null=True, blank=True)
    is_placeholder = models.BooleanField(_("only cited"), default=False)
    bound_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="placeholders"
    )
    binding = models.JSONField(default=dict, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True)
    folded = models.TextField(default="", editable=False)

    objects = DocumentManager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["citation_key", "issuer_key", "issued_year"],
                condition=~Q(citation_key="") & Q(bound_to__isnull=True),
                name="a_number_is_given_once_by_a_body_in_a_year",
            ),
            models.CheckConstraint(
                name="a_document_ends_after_it_comes_into_force",
                condition=Q(in_force_to__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_to__gt=F("in_force_from")),
            ),
            models.CheckConstraint(
                name="only_a_placeholder_is_bound",
                condition=Q(bound_to__isnull=True) | Q(is_placeholder=True),
            ),
            models.CheckConstraint(
                name="a_known_date_has_a_precision",
                condition=Q(issued_on__isnull=True) | ~Q(issued_precision=DatePrecision.UNKNOWN),
            ),
            choice_constraint("type", DocumentType, name="a_document_is_of_a_known_type"),
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.folded = unaccented(f"{self.citation} {self.title} {self.issuer_text}")
        if update_fields is not None:
            update_fields = {*update_fields, "folded"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def issued_text(self) -> str:
        """The date as far as it is known: 05/08/2020, 10/2022, 2024, or nothing."""
        if self.issued_on is None:
            return ""
        forms = {DatePrecision.YEAR: "%Y", DatePrecision.MONTH: "%m/%Y"}
        return self.issued_on.strftime(forms.get(DatePrecision(self.issued_precision), "%d/%m/%Y"))

    def __str__(self) -> str:
        return self.citation or self.title[:120] or str(self.uuid)


class DocumentLink(Sourced):
    """`from_document` is based on, implements, replaces or amends `to_document`.

    A link that people withdrew stays, so that nobody tells it anew by loading shipped facts;
    only `every` sees it.
    """

    from_document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="links_to_others"
    )
    to_document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="links_from_others"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LinkKind.choices)
    provision = models.CharField(_("article"), max_length=120, blank=True)
    words = models.TextField(_("words of the text"), blank=True)
    from_day = models.DateField(_("counts from"), null=True, blank=True)
    is_whole = models.BooleanField(_("concerns the whole document"), default=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LinkManager()
    every = models.Manager["DocumentLink"]()

    class Meta:
        verbose_name = _("link between documents")
        verbose_name_plural = _("links between documents")
        constraints = [
            choice_constraint("kind", LinkKind, name="a_link_is_of_a_known_kind"),
            models.CheckConstraint(
                name="a_document_does_not_link_to_itself",
                condition=~Q(from_document=F("to_document")),
            ),
            models.UniqueConstraint(
                fields=["from_document", "to_document", "kind"], name="a_link_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_document} → {self.to_document}"


class ReferenceLoad(models.Model):
    """One loading of the shipped facts that changed something; the diary points at it."""

    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    added = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M}: +{self.added} ~{self.corrected}"
