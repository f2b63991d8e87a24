"""What an editor may send as subtitles. No rows, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from nhipcau.media.errors import CuesRefused
from nhipcau.media.moving.cues import LONGEST_MS, MOST_CHARACTERS, MOST_CUES, Cue, plain


def checked_cues(told: Sequence[Mapping[str, Any]]) -> list[Cue]:
    """Cues as an editor sends them, put in order. Raises CuesRefused."""
    if len(told) > MOST_CUES:
        raise CuesRefused(_("More than %(most)d subtitles in one film.") % {"most": MOST_CUES})
    cues = []
    for number, one in enumerate(told, 1):
        values = {"number": number}
        try:
            start, end, text = one["start"], one["end"], one["text"]
        except (KeyError, TypeError):
            raise CuesRefused(_("Subtitle %(number)d has no time or no text.") % values) from None
        are_times = all(type(moment) is int for moment in (start, end))
        if not are_times or not isinstance(text, str) or not 0 <= start < end <= LONGEST_MS:
            raise CuesRefused(_("Subtitle %(number)d ends before it starts.") % values)
        bare, _has_markup = plain(text.replace("<", "‹").replace(">", "›"))
        if len(bare) > MOST_CHARACTERS:
            raise CuesRefused(_("Subtitle %(number)d is too long.") % values)
        cues.append(Cue(start, end, bare))
    return sorted(cues, key=lambda cue: cue.start)
