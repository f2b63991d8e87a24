"""Reasons why a point of the checks may stay: who has to confirm them, and who has."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from nhipcau.people.enums import Permission
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights, people_who_may, roles_with
from nhipcau.publishing.models import ClearanceItem, ConfirmedReason
from nhipcau.publishing.permissions import TAKEN_BY, may_confirm
from nhipcau.publishing.rules.routes import Stop
from nhipcau.translation.proofreading.contract import Finding, Severity
from nhipcau.translation.proofreading.reading import Report, proofreaders
from nhipcau.translation.queries import writers_of

MOST_NAMED = 5


def rights_asked(report: Report, answers: Collection[str]) -> dict[str, str]:
    """By finding's key, the right of whoever confirms its answer. No query.

    What `works.write` overrules the author answers for, and whoever else writes for the unit.
    """
    return {
        finding.key: right
        for finding in report.findings
        if finding.key in answers and (right := right_for(finding))
    }


def right_for(finding: Finding) -> str:
    """The right that confirms an answer to this finding; "" where the author's word will do."""
    if finding.severity != Severity.MUST_BE_ANSWERED:
        return ""
    right = next((each.overruled_by for each in proofreaders() if each.slug == finding.check), None)
    return "" if right is None or right == Permission.WORKS_WRITE else right.value


def roles_for(right: str) -> str:
    """The names of the roles that bring this right, for a sentence; "" for none."""
    if not right:
        return ""
    return ", ".join(sorted(str(role.label) for role in roles_with(Permission(right))))


def waiting_reasons(item: ClearanceItem) -> dict[str, str]:
    """The rights that reasons of this text still wait for, by key. One query, or none."""
    if not item.rights_asked:
        return {}
    done = set(ConfirmedReason.objects.filter(item=item).values_list("key", flat=True))
    return {key: right for key, right in item.rights_asked.items() if key not in done}


def confirmable(
    item: ClearanceItem,
    waiting: Mapping[str, str],
    *,
    rights: Rights,
    written_by: Collection[int],
) -> list[str]:
    """The keys of those waiting reasons that the person may confirm. No query."""
    return [
        key
        for key, right in waiting.items()
        if may_confirm(
            rights,
            right,
            unit_id=item.version.subject.unit_id,
            written_by=written_by,
            given_by=item.clearance.opened_by_id,
        )
    ]


def left_beside_the_route(
    item: ClearanceItem, waiting: Mapping[str, str], stops: Iterable[Stop], *, at_step: int
) -> dict[str, str]:
    """Those waiting reasons that no step from this one on confirms in passing. No query."""
    coming = {
        TAKEN_BY[stop.kind].value
        for stop in stops
        if stop.number >= at_step and stop.applies(is_flagged=item.is_flagged)
    }
    return {key: right for key, right in waiting.items() if right not in coming}


def who_may_confirm(item: ClearanceItem, waiting: Mapping[str, str], *, on: date) -> list[Person]:
    """Who holds a right that these reasons wait for; writers and the giver left out.

    One query for each of the rights, and one for the writers.
    """
    left_out = {*writers_of(item.version), item.clearance.opened_by_id}
    found: dict[int, Person] = {}
    for right in dict.fromkeys(waiting.values()):
        holders = people_who_may(Permission(right), item.version.subject.unit, on=on)
        found |= {person.pk: person for person in holders.exclude(pk__in=left_out)}
    return list(found.values())


def why_it_waits(item: ClearanceItem, waiting: Mapping[str, str], *, on: date) -> str:
    """The sentence that says who can confirm what is not confirmed. As `who_may_confirm`."""
    persons = who_may_confirm(item, waiting, on=on)
    if not persons:
        return _(
            "A reason of the author waits for somebody with the right to confirm it, and nobody "
            "else holds that right now; the operator gives the role."
        )
    return _(
        "Before this text is cleared, a reason of the author has to be confirmed by somebody with "
        "the right: %(persons)s."
    ) % {"persons": ", ".join(str(person) for person in persons[:MOST_NAMED])}


def unconfirmed(items: Collection[ClearanceItem]) -> set[int]:
    """Those of these texts whose reasons are not all confirmed. One query, none without reasons."""
    asked = {item.pk: set(item.rights_asked) for item in items if item.rights_asked}
    if not asked:
        return set()
    for item, key in ConfirmedReason.objects.filter(item__in=asked).values_list("item", "key"):
        asked[item].discard(key)
    return {item for item, keys in asked.items() if keys}
