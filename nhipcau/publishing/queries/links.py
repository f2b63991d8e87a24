"""The link of a leader without an account, by its secret, and what may be seen through it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from nhipcau.media.queries.playing import SpokenWords, WebCopy, moving_files, web_copies
from nhipcau.publishing.errors import LinkNotGood
from nhipcau.publishing.models import ApprovalLink
from nhipcau.publishing.queries.inspection import items_by_number, raw_body
from nhipcau.publishing.queries.pins import shelf_of
from nhipcau.publishing.queries.rendering import given_of
from nhipcau.translation.rules.media_numbers import media_in

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


def given_behind(link: ApprovalLink, *, kind: str, number: int) -> WebCopy | None:
    """The sound, film or file that the text behind the link shows under this key.

    None for anything that this text does not show, and for pictures, which stand in the page.
    Three queries at most.
    """
    key = f"{kind}/{number}"
    shown = {key for _number, key in media_in(raw_body(link.step.item.revision.content))}
    item = items_by_number({number}).get(number) if key in shown and kind != "picture" else None
    if item is None or item.current is None:
        return None
    return given_of(key, item.current, web_copies(moving_files([item.current.pk]).values()))


def lines_behind(link: ApprovalLink, *, key: int) -> SpokenWords | None:
    """The subtitles with this key, if a film of the text behind the link has them in its language.

    As `shelf_of`.
    """
    item = link.step.item
    lines = shelf_of([item.revision.content]).lines_in(item.version.language_id)
    return next((words for _film, words in lines if words.key == key), None)
