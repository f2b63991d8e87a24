"""The texts that a version has had: their list, one of them, and two of them compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from wagtail.models import Revision

from nhipcau.translation.models import Approval, LanguageVersion
from nhipcau.translation.proofreading.draft import Version, no_media
from nhipcau.translation.rules.comparison import Comparison, compare


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text with its author (None: a person without an account), and what became of it.

    `notes` are sentences of the room above: handed in, released. `before` is the text before it.
    """

    revision: Revision
    author: str | None
    title: str
    is_newest: bool
    approval: Approval | None
    notes: tuple[str, ...]
    before: int | None


def revisions_of(version: LanguageVersion) -> QuerySet[Revision]:
    """All texts of the version, the newest first, without their words. One query a page."""
    found: QuerySet[Revision] = version.revisions.all()
    return found.select_related("user__person").defer("content").order_by("-created_at", "-pk")


def earlier_texts(version: LanguageVersion, revisions: Sequence[Revision]) -> list[EarlierText]:
    """These texts with what became of them. One query, and those of the room above.

    The last one of `revisions` only tells which text stood before the last but one, where there
    are more than a page holds: pass one more than is shown.
    """
    keys = [revision.pk for revision in revisions]
    approvals = {
        approval.revision_id: approval
        for approval in Approval.objects.filter(version=version, revision__in=keys).select_related(
            "by"
        )
    }
    told: Mapping[int, Sequence[str]] = import_string(settings.HISTORY_NOTES)(version)
    return [
        EarlierText(
            revision=revision,
            author=_author(revision),
            title=revision.object_str,
            is_newest=revision.pk == version.latest_revision_id,
            approval=approvals.get(revision.pk),
            notes=tuple(told.get(revision.pk, ())),
            before=keys[place + 1] if place + 1 < len(keys) else None,
        )
        for place, revision in enumerate(revisions)
    ]


def _author(revision: Revision) -> str | None:
    return None if revision.user is None else str(revision.user.person)


def texts_compared(
    version: LanguageVersion, keys: Iterable[int]
) -> tuple[list[Revision], Comparison] | None:
    """Two texts of the version, the earlier one first, and what changed; None for others.

    One query.
    """
    found = list(
        version.revisions.filter(pk__in=set(keys))
        .select_related("user__person")
        .order_by("created_at", "pk")[:2]
    )
    if len(found) != 2:
        return None
    earlier, later = (_read(version, revision.content) for revision in found)
    return found, compare(earlier, later)


def _read(version: LanguageVersion, content: Mapping[str, Any]) -> Version:
    body = content.get("body") or "[]"
    return Version.read(
        language=version.language.tag,
        title=content.get("title") or "",
        summary=content.get("summary") or "",
        body=json.loads(body) if isinstance(body, str) else body,
        resolve=no_media,
    )
