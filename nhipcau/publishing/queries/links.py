"""The link of a leader without an account, by its secret."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from nhipcau.publishing.errors import LinkNotGood
from nhipcau.publishing.models import ApprovalLink

MOST_WRONG_CODES = 5


def digest_of_secret(secret: str) -> str:
    """What is kept of a link's secret, 256 bits of chance: guessing it back is hopeless."""
    return hashlib.sha256(secret.encode()).hexdigest()


def standing_link(secret: str, *, at: datetime) -> ApprovalLink:
    """The link behind a secret while it is good; else LinkNotGood, always in the same words.

    One query.
    """
    link = (
        ApprovalLink.objects.select_related(
            "person", "step__item__version__subject__unit", "step__item__revision"
        )
        .filter(secret_digest=digest_of_secret(secret))
        .first()
    )
    if (
        link is None
        or link.used_at is not None
        or link.withdrawn_at is not None
        or link.expires_at <= at
        or link.step.closed_at is not None
        or link.wrong_codes >= MOST_WRONG_CODES
    ):
        raise LinkNotGood(
            _("This link is no longer good. Ask the office that sent it for a new one.")
        )
    return link
