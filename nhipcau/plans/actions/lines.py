"""A step of a review that concerns a line outside the tasks: a legal basis, a duty, a report ..."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.people.models import Person
from nhipcau.plans.actions.steps import Step
from nhipcau.plans.enums import BASIS_LABELS, LINE_LABELS, StepKind
from nhipcau.plans.errors import NotPossible
from nhipcau.plans.models import PlanImport, ReviewStep
from nhipcau.plans.rules import lines as rules
from nhipcau.plans.rules.naming import named_surely
from nhipcau.plans.rules.periods import day_of_document
from nhipcau.plans.rules.proposals import Json
from nhipcau.registry.models import Unit
from nhipcau.registry.queries.names import name_index


@transaction.atomic
def edit_line(
    *,
    plan_import: PlanImport,
    seen: int,
    part: str,
    place: int | None,
    line: Json,
    by: Person,
    at: datetime,
) -> ReviewStep:
    """Put `line` in the place of the one that stands there; None: it is a new one.

    A line is rejected, and taken back, by what it says of `kept`. Whose duty it is, the registry
    is asked at once where the line does not say it, so that a person sees the answer. Raises
    NotPossible naming the wrong fields.
    """
    step = Step.begin(plan_import, seen=seen)
    wrong = rules.problems_of_line(part, line, length=len(step.plan_import.text))
    if wrong:
        raise Step.look_again(wrong, BASIS_LABELS if part == rules.BASES else LINE_LABELS)
    header = rules.with_lines(step.plan_import.header)
    those: list[Json] = header[part]
    if part in rules.OWED:
        line = {**line, "name": _name(line, step.plan_import, at)}
    if place is None:
        if len(those) >= rules.MOST_LINES:
            raise NotPossible(_("A plan with so many lines of one kind cannot be reviewed here."))
        header[part] = rules.placed(those, line)
    elif place < len(those):
        header[part] = [*those[:place], line, *those[place + 1 :]]
    else:
        raise NotPossible(_("This line is no longer part of the review."))
    return step.save(kind=StepKind.HEADER, header=header, by=by, at=at)


def _name(line: Json, plan_import: PlanImport, at: datetime) -> Json | None:
    """Who owes it: the unit that the person chose, or what the registry says of the words."""
    name: Json | None = line["name"]
    if not line["unit"].strip():
        return None
    if name is None:
        on = day_of_document(plan_import.header.get("date")) or timezone.localdate(at)
        scope = None if plan_import.unit is None else plan_import.unit.area_id
        return named_surely(line["unit"], names=name_index(), on=on, scope=scope, known={})
    if name["unit"] and not Unit.objects.filter(pk=name["unit"]).exists():
        raise NotPossible(_("This unit is not on record any more; please choose it again."))
    return name
