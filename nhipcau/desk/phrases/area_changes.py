"""What a change of areas will mean, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.desk.actions.area_changes import EndingArea, ForeseenAreas
from nhipcau.desk.phrases.unit_changes import listed
from nhipcau.registry.enums import ChangeKind


def area_sentences(seen: ForeseenAreas) -> list[str]:
    """Everything that will be so from the day on, most important first."""
    told = list(_of_the_change(seen))
    for ending in seen.ended:
        told += _of_an_end(ending)
    for result in seen.results:
        if result.is_new:
            told.append(_("“%(area)s” is put on record as a new area.") % {"area": result.name})
        if result.traits and seen.kind != ChangeKind.RENAME:
            told.append(
                _("“%(area)s” is marked: %(traits)s.")
                % {"area": result.name, "traits": ", ".join(result.traits)}
            )
    return told


def _of_the_change(seen: ForeseenAreas) -> Iterable[str]:
    day = f"{seen.on:%d/%m/%Y}"
    if seen.kind == ChangeKind.RENAME:
        yield _("From %(day)s on, “%(old)s” is called “%(new)s”.") % {
            "day": day,
            "old": seen.old_name,
            "new": seen.new_name,
        }
        yield _("It stays the same area; what was written before keeps the old name.")
    elif seen.kind == ChangeKind.DISSOLVE:
        yield _("From %(day)s on, %(areas)s is no more, and no area takes its place.") % {
            "day": day,
            "areas": listed(seen.before),
        }
    else:
        names = [result.name for result in seen.results]
        yield _("From %(day)s on, %(results)s stands in the place of %(units)s.") % {
            "day": day,
            "results": listed(names),
            "units": listed([name for name in seen.before if name not in names] or seen.before),
        }


def _of_an_end(ending: EndingArea) -> Iterable[str]:
    area = ending.name
    yield _(
        "“%(area)s” ends on that day with its code; what was written before keeps its name."
    ) % {"area": area}
    if ending.units:
        yield ngettext(
            "%(count)d unit works in “%(area)s”: record what became of it as well.",
            "%(count)d units work in “%(area)s”: record what became of them as well.",
            ending.units,
        ) % {"count": ending.units, "area": area}
    if ending.inside:
        yield ngettext(
            "%(count)d area on record lies in “%(area)s”: record what became of it as well.",
            "%(count)d areas on record lie in “%(area)s”: record what became of them as well.",
            ending.inside,
        ) % {"count": ending.inside, "area": area}
    if ending.traits:
        yield _("“%(area)s” was marked: %(traits)s.") % {
            "area": area,
            "traits": ", ".join(ending.traits),
        }
