"""Whether released files can be signed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from nhipcau.media.errors import NoProvenanceKey
from nhipcau.media.provenance.authority import authority


def why_nothing_is_signed(*, at: datetime) -> str:
    """The sentence that a release would be refused with for want of a key; "" where there is one.

    A local house without a key makes a sample of its own when it first signs.
    """
    if settings.IS_LOCAL and not settings.PROVENANCE_KEY:
        return ""
    try:
        authority(at=at)
    except NoProvenanceKey as missing:
        return str(missing)
    return ""
