"""Setting up the province whose house this is."""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.registry.errors import ProvinceRefused
from nhipcau.registry.models import Area, Province
from nhipcau.registry.rules.colours import LEAST_CONTRAST, carries_white_text, is_colour

LARGEST_EMBLEM = 512 * 1024


@transaction.atomic
def establish_province(
    *,
    area: Area,
    name: str,
    emblem: bytes,
    colour: str,
    accent: str,
    languages: Collection[str],
    by: Actor,
    at: datetime,
) -> Province:
    """Say whose house this is; once.

    Raises ProvinceRefused, and nothing is changed, when it is said already, a colour cannot
    carry text, the emblem is no PNG or a language is unknown.
    """
    if Province.objects.exists():
        raise ProvinceRefused(_("This house has its province already."))
    if not name.strip():
        raise ProvinceRefused(_("The province needs a name."))
    for each in (colour, accent):
        _require_colour(each)
    offered = dict(settings.LANGUAGES)
    unknown = [code for code in languages if code not in offered]
    if unknown or not languages:
        raise ProvinceRefused(
            _("The interface speaks %(known)s; choose among these.") % {"known": ", ".join(offered)}
        )
    if emblem:
        _require_png(emblem)
    province = Province.objects.create(
        pk=1,
        area=area,
        name=name.strip(),
        emblem=emblem,
        colour=colour,
        accent=accent,
        languages=list(languages),
    )
    record(
        event="registry.province.established",
        target=province,
        by=by,
        at=at,
        after={"area": area.key, "name": province.name, "languages": province.languages},
    )
    return province


def _require_colour(colour: str) -> None:
    if not is_colour(colour):
        raise ProvinceRefused(
            _("“%(colour)s” is no colour; write # and six digits, such as #0b5d7a.")
            % {"colour": colour}
        )
    if not carries_white_text(colour):
        raise ProvinceRefused(
            _(
                "White words on %(colour)s cannot be read by everybody: the contrast must be at"
                " least %(least)s to 1. Choose a darker colour."
            )
            % {"colour": colour, "least": LEAST_CONTRAST}
        )


def _require_png(emblem: bytes) -> None:
    if len(emblem) > LARGEST_EMBLEM:
        raise ProvinceRefused(
            _("The emblem is larger than %(limit)d KB.") % {"limit": LARGEST_EMBLEM // 1024}
        )
    try:
        with Image.open(io.BytesIO(emblem), formats=["PNG"]) as picture:
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ProvinceRefused(_("The emblem must be a PNG picture.")) from error
