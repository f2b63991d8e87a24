"""Setting up the province whose house this is, and changing how it shows itself."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from nhipcau.audit.actions import record
from nhipcau.audit.sentences import who_did
from nhipcau.kernel.actor import Actor
from nhipcau.kernel.folding import canonical
from nhipcau.registry.errors import LookMoved, ProvinceRefused
from nhipcau.registry.models import Area, FormerLook, Province
from nhipcau.registry.queries.province import look_seen
from nhipcau.registry.rules.looks import (
    LARGEST_EMBLEM,
    Look,
    Part,
    differing,
    flaws_of,
    told_differences,
)


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
    look = _sound(Look(name, emblem, colour, accent))
    offered = dict(settings.LANGUAGES)
    unknown = [code for code in languages if code not in offered]
    if unknown or not languages:
        raise ProvinceRefused(
            _("The interface speaks %(known)s; choose among these.") % {"known": ", ".join(offered)}
        )
    province = Province(pk=1, area=area, languages=list(languages))
    _put_on(province, look)
    province.save(force_insert=True)
    record(
        event="registry.province.established",
        target=province,
        by=by,
        at=at,
        after={"area": area.key, "name": province.name, "languages": province.languages},
    )
    return province


@transaction.atomic
def change_look(*, look: Look, seen: int, by: Actor, at: datetime) -> Province:
    """Have the province show itself so from now on; what it was stays on record.

    `seen` is the version of the look that was seen (`queries.province.look_version`). Raises
    LookMoved when somebody else has changed it since, ProvinceRefused when it cannot be so or no
    province is set up; nothing is changed then. What is so already leaves no line in the diary.
    """
    return _change(look, seen, event="registry.province.changed", by=by, at=at)


@transaction.atomic
def put_back_look(*, former: FormerLook, seen: int, by: Actor, at: datetime) -> Province:
    """Have the province show itself as it did before: a change like any other, as `change_look`.

    So putting back can itself be put back.
    """
    return _change(former.look, seen, event="registry.province.put_back", by=by, at=at)


def _change(look: Look, seen: int, *, event: str, by: Actor, at: datetime) -> Province:
    province = Province.objects.select_for_update().first()
    if province is None:
        raise ProvinceRefused(_("This house has no province yet; “nhipcau init” sets it up."))
    look, was = _sound(look), province.look
    _refuse_when_moved(was, seen)
    changed = differing(was, look)
    if not changed:
        return province
    former = FormerLook()
    _put_on(former, was)
    _put_on(province, look)
    former.ended_by = record(
        event=event,
        target=province,
        by=by,
        at=at,
        before={part.value: _as_told(former, part) for part in changed},
        after={part.value: _as_told(province, part) for part in changed},
    )
    former.save()
    province.save()
    return province


def _refuse_when_moved(now: Look, seen: int) -> None:
    newest = FormerLook.objects.select_related("ended_by").defer("emblem").first()
    if newest is None or newest.pk <= seen:
        return
    then, entry = look_seen(seen) or now, newest.ended_by
    raise LookMoved(
        _(
            "%(who)s has changed how the province shows itself at %(moment)s, while this page was "
            "open: %(what)s. Nothing of yours was saved. Look at it again and save once more."
        )
        % {
            "who": who_did(entry),
            "moment": date_format(timezone.localtime(entry.at), "H:i d/m/Y"),
            "what": told_differences(then, now) or _("to something else and back again"),
        }
    )


def _put_on(row: Province | FormerLook, look: Look) -> None:
    row.name, row.colour, row.accent = look.name, look.colour, look.accent
    row.emblem = look.emblem
    row.emblem_sha256 = hashlib.sha256(look.emblem).hexdigest() if look.emblem else ""


def _as_told(row: Province | FormerLook, part: Part) -> str:
    """How the diary keeps a part: the emblem by its SHA-256."""
    return str(row.emblem_sha256 if part is Part.EMBLEM else getattr(row, part))


def _sound(look: Look) -> Look:
    """The look as it is kept; ProvinceRefused with every reason where it cannot be."""
    look = replace(look, name=canonical(look.name))
    flaws = flaws_of(look)
    if look.emblem:
        flaws |= _flaws_of_emblem(look.emblem)
    if flaws:
        raise ProvinceRefused(" ".join(flaws.values()))
    return look


def _flaws_of_emblem(emblem: bytes) -> dict[Part, str]:
    if len(emblem) > LARGEST_EMBLEM:
        limit = LARGEST_EMBLEM // 1024
        return {Part.EMBLEM: _("The emblem is larger than %(limit)d KB.") % {"limit": limit}}
    try:
        with Image.open(io.BytesIO(emblem), formats=["PNG"]) as picture:
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return {Part.EMBLEM: _("The emblem must be a PNG picture.")}
    return {}
