"""What rows repeat of their releases for lists, against the releases themselves."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.translation.models import Approval, LanguageVersion
from nhipcau.works.models import Work


def versions_out_of_step() -> QuerySet[LanguageVersion]:
    """Texts whose `ready_since` is not what their releases say; `approved_at` is when it was.

    For the doctor: reads them all.
    """
    went_out = Exists(ReleasedVersion.objects.filter(revision=OuterRef("approved_revision")))
    approval = Approval.objects.filter(revision=OuterRef("approved_revision"))
    waits = Q(ready_since__isnull=False)
    return (
        LanguageVersion.objects.filter(approved_revision__isnull=False)
        .filter(waits & went_out | ~waits & ~went_out)
        .annotate(approved_at=Subquery(approval.values("at")[:1]))
    )


def works_out_of_step() -> QuerySet[Work]:
    """Works whose `public_since` is not what their releases say; `first_at` is what they say.

    For the doctor: reads them all.
    """
    standing = ReleasedVersion.objects.filter(
        release__subject=OuterRef("pk"), superseded_at__isnull=True, withdrawn_at__isnull=True
    )
    first = standing.order_by("release__released_at").values("release__released_at")
    is_public = Q(public_since__isnull=False)
    return Work.objects.filter(
        is_public & ~Exists(standing) | ~is_public & Exists(standing)
    ).annotate(first_at=Subquery(first[:1]))
