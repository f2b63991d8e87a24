"""What is public, and under which address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.translation.models import Subject


def address_of(released: ReleasedVersion) -> str:
    """The permanent address of a language: /{language}/{slug}-{id}/. No query when joined."""
    short_id = released.release.subject.short_id
    words = f"{released.slug}-{short_id}" if released.slug else short_id
    return f"/{released.language.tag.lower()}/{words}/"


def short_address_of(subject: Subject) -> str:
    """The address for QR codes and print."""
    return f"/{subject.short_id}"


def public_version(
    subject: Subject, *, language: str, at: datetime, mode: str = "written"
) -> ReleasedVersion | None:
    """What the public reads of the subject in this language at the moment. One query."""
    return (
        ReleasedVersion.objects.public(at=at)
        .filter(release__subject=subject, language__tag=language, mode=mode)
        .select_related("release__subject", "release__unit", "language", "revision")
        .first()
    )


def public_version_keys(*, at: datetime) -> QuerySet[Any, Any]:
    """The keys of the language versions that the public reads at the moment. One query."""
    return ReleasedVersion.objects.public(at=at).values_list("version", flat=True)


def history_of(subject: Subject) -> QuerySet[ReleasedVersion]:
    """Every language version that was ever public, newest first: the public version history."""
    return (
        ReleasedVersion.objects.filter(release__subject=subject)
        .select_related("release", "release__released_by", "language", "redirect_to")
        .order_by("-release__released_at", "language__name", "pk")
    )
