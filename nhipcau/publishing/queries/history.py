"""What became of each text of a version, for its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nhipcau.publishing.models import ClearanceItem, ReleasedVersion
from nhipcau.translation.models import LanguageVersion


def notes_of_texts(version: LanguageVersion) -> Mapping[int, Sequence[str]]:
    """Reviews and releases of the version's texts by the key of the revision. Two queries."""
    notes: dict[int, list[str]] = defaultdict(list)
    for item in ClearanceItem.objects.filter(version=version).select_related("clearance"):
        notes[item.revision_id].append(
            _("handed in %(day)s: %(state)s")
            % {"day": _day(item.clearance.opened_at), "state": item.get_state_display()}
        )
    for released in ReleasedVersion.objects.filter(version=version).select_related("release"):
        sentence = _("release %(number)d, %(day)s")
        if released.withdrawn_at is not None:
            sentence = _("release %(number)d, %(day)s; withdrawn since")
        notes[released.revision_id].append(
            sentence
            % {"number": released.release.number, "day": _day(released.release.released_at)}
        )
    return notes


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "d/m/Y")
