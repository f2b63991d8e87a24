"""The kinds of change to choose from, and what a change will mean, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.desk.actions.changes import Foreseen, Result
from nhipcau.desk.queries.changes import HangsOnArea, HangsOnUnit
from nhipcau.registry.enums import ChangeKind

# What happened, in the words of whoever tells it.
HAPPENED = {
    ChangeKind.RENAME: gettext_lazy("It has a new name"),
    ChangeKind.MERGE: gettext_lazy("It merged with others"),
    ChangeKind.SPLIT: gettext_lazy("It was split"),
    ChangeKind.DISSOLVE: gettext_lazy("It was dissolved"),
    ChangeKind.TRANSFER_FUNCTION: gettext_lazy("It handed a function on"),
}
KINDS_OF_UNITS = {
    ChangeKind.RENAME: gettext_lazy("The same unit goes on under another name."),
    ChangeKind.MERGE: gettext_lazy("Several units become one, a new one or one that was there."),
    ChangeKind.SPLIT: gettext_lazy("One unit becomes several."),
    ChangeKind.DISSOLVE: gettext_lazy("It ends and no unit takes its place."),
    ChangeKind.TRANSFER_FUNCTION: gettext_lazy(
        "The unit goes on without that function; another one has it now."
    ),
}
KINDS_OF_AREAS = {
    ChangeKind.RENAME: gettext_lazy("The same area goes on under another name."),
    ChangeKind.MERGE: gettext_lazy("Several areas become one, a new one or one that was there."),
    ChangeKind.SPLIT: gettext_lazy("One area becomes several."),
    ChangeKind.DISSOLVE: gettext_lazy("It ends and no area takes its place."),
}


def sentences(seen: Foreseen) -> list[str]:
    """Everything that will be so from the day on, most important first."""
    told = list(_of_the_change(seen))
    for ending in seen.ended:
        if isinstance(ending, HangsOnUnit):
            told += _of_a_units_end(ending, follows=bool(seen.results))
        else:
            told += _of_an_areas_end(ending)
    for result in seen.results:
        if seen.told.of_units:
            told += _of_a_unit_that_follows(result)
        else:
            told += _of_an_area_that_follows(result, is_renamed=_is_renamed(seen))
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


def _is_renamed(seen: Foreseen) -> bool:
    return seen.told.kind == ChangeKind.RENAME


def _of_the_change(seen: Foreseen) -> Iterable[str]:
    told = seen.told
    day = f"{told.on:%d/%m/%Y}"
    names = [result.name for result in seen.results]
    if _is_renamed(seen):
        yield _("From %(day)s on, “%(old)s” is called “%(new)s”.") % {
            "day": day,
            "old": seen.before[0],
            "new": told.new_name,
        }
        if told.of_units:
            yield _(
                "It stays the same unit with its tasks, its people and its groups; what was "
                "written up to %(last)s keeps the old name."
            ) % {"last": f"{told.on - timedelta(days=1):%d/%m/%Y}"}
        else:
            yield _("It stays the same area; what was written before keeps the old name.")
    elif told.kind == ChangeKind.TRANSFER_FUNCTION:
        yield _("From %(day)s on, %(takers)s takes over from %(givers)s: %(function)s.") % {
            "day": day,
            "takers": listed(names),
            "givers": listed(seen.before),
            "function": told.function,
        }
        yield _("Both go on as units: nobody’s role and no group changes.")
    elif told.kind == ChangeKind.DISSOLVE and told.of_units:
        yield _("From %(day)s on, %(units)s is no more, and no unit takes its place.") % {
            "day": day,
            "units": listed(seen.before),
        }
    elif told.kind == ChangeKind.DISSOLVE:
        yield _("From %(day)s on, %(areas)s is no more, and no area takes its place.") % {
            "day": day,
            "areas": listed(seen.before),
        }
    else:
        ending = [name for name in seen.before if name not in names]
        yield _("From %(day)s on, %(results)s stands in the place of %(units)s.") % {
            "day": day,
            "results": listed(names),
            "units": listed(ending or seen.before),
        }


def _of_a_units_end(ending: HangsOnUnit, *, follows: bool) -> Iterable[str]:
    unit = ending.name
    yield _("“%(unit)s” ends on that day; documents and releases up to then keep its name.") % {
        "unit": unit
    }
    yield _of_its_tasks(ending, follows=follows)
    if ending.people:
        yield ngettext(
            "%(count)d person holds roles in “%(unit)s”; they end with it.",
            "%(count)d people hold roles in “%(unit)s”; they end with it.",
            ending.people,
        ) % {"count": ending.people, "unit": unit}
    yield from _of_whom_it_binds(ending, follows=follows)
    if ending.belongs:
        yield _(
            "“%(unit)s” no longer belongs to %(groups)s. Groups that were fixed in accepted plans "
            "keep it."
        ) % {"unit": unit, "groups": listed(ending.belongs)}
    if ending.codes:
        yield _("The electronic code %(code)s of “%(unit)s” ends and becomes free.") % {
            "code": ", ".join(ending.codes),
            "unit": unit,
        }


def _of_its_tasks(ending: HangsOnUnit, *, follows: bool) -> str:
    told = {"count": ending.tasks, "unit": ending.name}
    if not ending.tasks:
        return _("No open task names “%(unit)s”.") % {"unit": ending.name}
    if follows:
        return (
            ngettext(
                "%(count)d open task names “%(unit)s”. The plan keeps its words; from that day the "
                "task stands among the work of who follows too.",
                "%(count)d open tasks name “%(unit)s”. The plans keep their words; from that day "
                "the tasks stand among the work of who follows too.",
                ending.tasks,
            )
            % told
        )
    return (
        ngettext(
            "%(count)d open task names “%(unit)s” and has no successor: say in the plan’s next "
            "version who does it.",
            "%(count)d open tasks name “%(unit)s” and have no successor: say in the plan’s next "
            "version who does them.",
            ending.tasks,
        )
        % told
    )


def _of_whom_it_binds(ending: HangsOnUnit, *, follows: bool) -> Iterable[str]:
    """Who is in charge of it, who exercises a role there for another, which routes are its own."""
    unit = ending.name
    if ending.in_charge and follows:
        yield _(
            "In charge of “%(unit)s”: %(people)s. That ends with it; name who is in charge of the "
            "unit that follows."
        ) % {"unit": unit, "people": ", ".join(ending.in_charge)}
    elif ending.in_charge:
        yield _("In charge of “%(unit)s”: %(people)s. That ends with it.") % {
            "unit": unit,
            "people": ", ".join(ending.in_charge),
        }
    for given in ending.delegated:
        yield _(
            "%(giver)s delegated roles in “%(unit)s” to %(taker)s up to %(day)s; that ends with it."
        ) % {
            "giver": given.giver,
            "taker": given.taker,
            "unit": unit,
            "day": f"{given.until - timedelta(days=1):%d/%m/%Y}",
        }
    for route in ending.routes:
        if follows:
            yield _(
                "The clearance route “%(route)s” is for “%(unit)s” alone: the unit that follows "
                "takes the general route until one of its own is set."
            ) % {"route": route, "unit": unit}
        else:
            yield _("The clearance route “%(route)s” is for “%(unit)s” alone.") % {
                "route": route,
                "unit": unit,
            }


def _of_an_areas_end(ending: HangsOnArea) -> Iterable[str]:
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
    if ending.belongs:
        yield _("“%(area)s” was marked: %(traits)s.") % {
            "area": area,
            "traits": ", ".join(ending.belongs),
        }


def _of_a_unit_that_follows(result: Result) -> Iterable[str]:
    if result.is_new:
        yield _("“%(unit)s” is put on record as a new unit.") % {"unit": result.name}
        if not result.belongs:
            yield _("“%(unit)s” belongs to no group of units.") % {"unit": result.name}
    if result.belongs and (result.is_new or not result.was_there):
        yield _("“%(unit)s” belongs to %(groups)s.") % {
            "unit": result.name,
            "groups": listed(result.belongs),
        }


def _of_an_area_that_follows(result: Result, *, is_renamed: bool) -> Iterable[str]:
    if result.is_new:
        yield _("“%(area)s” is put on record as a new area.") % {"area": result.name}
    if result.belongs and not is_renamed:
        yield _("“%(area)s” is marked: %(traits)s.") % {
            "area": result.name,
            "traits": ", ".join(result.belongs),
        }


def listed(names: Iterable[str]) -> str:
    """“A”, “B” and “C”, as the language joins them."""
    quoted = [f"“{name}”" for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s and %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}
