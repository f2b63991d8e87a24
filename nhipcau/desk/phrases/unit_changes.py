"""What a change of units will mean, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.desk.actions.unit_changes import Ending, Foreseen, Result
from nhipcau.registry.enums import ChangeKind


def sentences(seen: Foreseen) -> list[str]:
    """Everything that will be so from the day on, most important first."""
    told = list(_of_the_change(seen))
    for ending in seen.ended:
        told += _of_an_end(ending, seen)
    for result in seen.results:
        told += _of_a_result(result)
    if seen.given:
        told.append(
            ngettext(
                "%(count)d role is given in the unit that follows, from that day on.",
                "%(count)d roles are given in the unit that follows, from that day on.",
                seen.given,
            )
            % {"count": seen.given}
        )
    if seen.own:
        told.append(
            _("Nobody gives roles to himself: another operator has to give you yours there.")
        )
    return told


def _of_the_change(seen: Foreseen) -> Iterable[str]:
    day = f"{seen.on:%d/%m/%Y}"
    if seen.kind == ChangeKind.RENAME:
        yield _("From %(day)s on, “%(old)s” is called “%(new)s”.") % {
            "day": day,
            "old": seen.old_name,
            "new": seen.new_name,
        }
        yield _(
            "It stays the same unit with its tasks, its people and its groups; what was written "
            "up to %(last)s keeps the old name."
        ) % {"last": f"{seen.on - timedelta(days=1):%d/%m/%Y}"}
    elif seen.kind == ChangeKind.TRANSFER_FUNCTION:
        yield _("From %(day)s on, %(takers)s takes over from %(givers)s: %(function)s.") % {
            "day": day,
            "takers": listed(result.name for result in seen.results),
            "givers": listed(seen.giving),
            "function": seen.function,
        }
        yield _("Both go on as units: nobody’s role and no group changes.")
    elif seen.kind == ChangeKind.DISSOLVE:
        yield _("From %(day)s on, %(units)s is no more, and no unit takes its place.") % {
            "day": day,
            "units": listed(ending.name for ending in seen.ended),
        }
    else:
        names = [result.name for result in seen.results]
        ending = [name for name in seen.giving if name not in names]
        yield _("From %(day)s on, %(results)s stands in the place of %(units)s.") % {
            "day": day,
            "results": listed(names),
            "units": listed(ending or seen.giving),
        }


def _of_an_end(ending: Ending, seen: Foreseen) -> Iterable[str]:
    unit = ending.name
    yield _("“%(unit)s” ends on that day; documents and releases up to then keep its name.") % {
        "unit": unit
    }
    if ending.tasks and seen.results:
        yield ngettext(
            "%(count)d open task names “%(unit)s”. The plan keeps its words; from that day the "
            "task stands among the work of who follows too.",
            "%(count)d open tasks name “%(unit)s”. The plans keep their words; from that day the "
            "tasks stand among the work of who follows too.",
            ending.tasks,
        ) % {"count": ending.tasks, "unit": unit}
    elif ending.tasks:
        yield ngettext(
            "%(count)d open task names “%(unit)s” and has no successor: say in the plan’s next "
            "version who does it.",
            "%(count)d open tasks name “%(unit)s” and have no successor: say in the plan’s next "
            "version who does them.",
            ending.tasks,
        ) % {"count": ending.tasks, "unit": unit}
    else:
        yield _("No open task names “%(unit)s”.") % {"unit": unit}
    if ending.people:
        yield ngettext(
            "%(count)d person holds roles in “%(unit)s”; they end with it.",
            "%(count)d people hold roles in “%(unit)s”; they end with it.",
            ending.people,
        ) % {"count": ending.people, "unit": unit}
    if ending.groups:
        yield _(
            "“%(unit)s” no longer belongs to %(groups)s. Groups that were fixed in accepted plans "
            "keep it."
        ) % {"unit": unit, "groups": listed(ending.groups)}
    if ending.codes:
        yield _("The electronic code %(code)s of “%(unit)s” ends and becomes free.") % {
            "code": ", ".join(ending.codes),
            "unit": unit,
        }


def _of_a_result(result: Result) -> Iterable[str]:
    if result.is_new:
        yield _("“%(unit)s” is put on record as a new unit.") % {"unit": result.name}
        if not result.groups:
            yield _("“%(unit)s” belongs to no group of units.") % {"unit": result.name}
    if result.groups and (result.is_new or not result.was_there):
        yield _("“%(unit)s” belongs to %(groups)s.") % {
            "unit": result.name,
            "groups": listed(result.groups),
        }


def listed(names: Iterable[str]) -> str:
    """“A”, “B” and “C”, as the language joins them."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s and %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}
