"""Which tags a piece of news touches; another room's rule may be named in PAGE_STORE_NEWS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nhipcau.publishing.enums import ReleaseKind
from nhipcau.publishing.models import Release, ReleasedVersion
from nhipcau.website.rules.tags import ALARMS, corrections_tag, subject_tag, touched_lists

# Whoever changes what pages show beside releases puts this, with {"tags": [...]} and, for what must
# not stand any longer, {"withdrawn": [...]}.
CHANGED = "website.changed"


@dataclass(frozen=True, slots=True)
class Touching:
    """What pages must be made again for; pages with `withdrawn` may not even stand aside.

    What is urgent is on every page at once, however many these are: an alarm.
    """

    tags: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()

    @property
    def is_urgent(self) -> bool:
        return ALARMS in self.tags


def touching(topic: str, payload: Mapping[str, Any]) -> Touching:
    """What a release or a withdrawal touches: its subject, the lists it may enter or leave.

    Lists are those of all that the subject ever went out with, since a new release may have other
    topics than the last. Six queries. The tags are those of `website.rules.tags`.
    """
    if topic == CHANGED:
        return Touching(tuple(payload.get("tags", ())), tuple(payload.get("withdrawn", ())))
    is_withdrawal = topic == "publishing.release.withdrawn"
    subject, languages = subject_tag(payload["subject"]), payload["languages"]
    releases = Release.objects.filter(subject__uuid=payload["subject"])
    versions = ReleasedVersion.objects.filter(release__in=releases)
    lists = touched_lists(
        languages,
        topics=set(releases.exclude(topics=None).values_list("topics__key", flat=True)),
        areas=set(releases.exclude(areas=None).values_list("areas", flat=True)),
        kinds=set(releases.values_list("work_kind", flat=True)),
        modes=set(versions.values_list("mode", flat=True)),
    )
    was_told = (
        releases.filter(kind=ReleaseKind.CORRECTION).exists()
        or versions.filter(withdrawn_at__isnull=False).exists()
    )
    if is_withdrawal or was_told:
        lists |= {corrections_tag(language) for language in ("", *languages)}
    if is_withdrawal:
        return Touching(tuple(lists), withdrawn=(subject,))
    return Touching((subject, *lists))
