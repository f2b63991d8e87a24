"""The words in which rows of one table are asked for."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound="models.Model")


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on `day`; `prefix` ends in "__" across a relation."""
    starts, ends = f"{prefix}valid_from", f"{prefix}valid_to"
    begun = Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": day})
    lasting = Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day})
    return begun & lasting


class DatedQuerySet(models.QuerySet[Row]):
    def current(self, *, on: date) -> Self:
        """Rows that hold on the day."""
        return self.filter(holds_on(on))


class DocumentQuerySet(models.QuerySet[Row]):
    def placeholders(self) -> Self:
        """Cited somewhere, not yet received nor bound."""
        return self.filter(is_placeholder=True, bound_to__isnull=True)

    def cited_as(self, citation_key: str) -> Self:
        """Open rows under a number in its normal form; a draft's empty number finds nothing."""
        return self.filter(citation_key=citation_key, bound_to__isnull=True).exclude(
            citation_key=""
        )


class LinkManager(models.Manager[Row]):
    """Links that stand; what people withdrew is left out."""

    def get_queryset(self) -> models.QuerySet[Row]:
        return super().get_queryset().filter(withdrawn_at__isnull=True)


DatedManager = models.Manager.from_queryset(DatedQuerySet)
DocumentManager = models.Manager.from_queryset(DocumentQuerySet)
