"""An author lets go of texts: they are checked, and go to the first step of their route."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.enums import ItemState
from nhipcau.publishing.errors import NotPossible, NotReadyToHandIn, NotYours
from nhipcau.publishing.models import Clearance, ClearanceItem, OpenStep
from nhipcau.publishing.permissions import may_hand_in
from nhipcau.publishing.queries.inspection import inspections_of
from nhipcau.publishing.queries.pins import shelf_of
from nhipcau.publishing.queries.reasons import rights_asked
from nhipcau.publishing.queries.reviews import route_for, stops_of
from nhipcau.publishing.rules.routes import next_stop
from nhipcau.publishing.signals import handed_in
from nhipcau.translation.actions import hand_in, stop, take_back
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion, digest_of
from nhipcau.translation.proofreading.reading import Report
from nhipcau.works.models import Work

LEAST_REASON = 10  # characters: "ok" is no reason


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of it: a clearance, or versions that were stopped for a mark of secrecy."""

    clearance: Clearance | None
    stopped: tuple[LanguageVersion, ...] = ()


def hand_in_for_clearance(
    *,
    versions: Sequence[LanguageVersion],
    by: Person,
    at: datetime,
    answers: Mapping[str, str] | None = None,
    words: str = "",
    planned_for: date | None = None,
) -> HandedIn:
    """Check these texts of one subject and send them on their route.

    `answers` are reasons by finding's key for what may be overruled; where the check names another
    right than writing, a reason is a proposal until somebody with that right confirms it. A mark
    of secrecy stops the text at once, whatever else; then nothing is handed in and the answer names
    what was stopped. Raises NotYours, NotPossible, NotReadyToHandIn; then nothing was changed.
    """
    if not versions or len({version.subject_id for version in versions}) != 1:
        raise NotPossible(_("Choose one or more texts of one work."))
    subject = versions[0].subject
    day = timezone.localdate(at)
    if not may_hand_in(rights_of(by, on=day), unit_id=subject.unit_id):
        raise NotYours(_("Texts are handed in by those who write for the unit."))
    inspected = inspections_of(versions, on=day, planned=planned_for)
    reports = {key: inspection.report for key, inspection in inspected.items()}
    marked = tuple(version for version in versions if reports[version.pk].stops)
    if marked:
        with transaction.atomic():
            for version in marked:
                stop(version=version, by=by, at=at)
        return HandedIn(None, marked)
    given = {key: reason.strip() for key, reason in (answers or {}).items()}
    sound = {key: reason for key, reason in given.items() if len(reason) >= LEAST_REASON}
    _refuse_what_is_not_answered(versions, reports, sound)
    with transaction.atomic():
        clearance = _open(
            versions, reports, sound, by=by, at=at, words=words, planned_for=planned_for
        )
    return HandedIn(clearance)


def _refuse_what_is_not_answered(
    versions: Sequence[LanguageVersion], reports: Mapping[int, Report], sound: Mapping[str, str]
) -> None:
    if any(reports[version.pk].failed for version in versions):
        raise NotReadyToHandIn(
            _(
                "A check broke down, so the text has not been checked. "
                "The operator finds it in the log."
            ),
            [],
        )
    open_findings = [
        {"version": version.pk, "key": finding.key, **finding.as_json()}
        for version in versions
        for finding in reports[version.pk].unanswered(sound)
    ]
    if open_findings:
        raise NotReadyToHandIn(
            _("Mend these points, or say why not (at least ten letters)."), open_findings
        )


def _open(
    versions: Sequence[LanguageVersion],
    reports: Mapping[int, Report],
    answers: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
    words: str,
    planned_for: date | None,
) -> Clearance:
    subject = versions[0].subject
    work = Work.objects.select_for_update().filter(pk=subject.pk).first()
    if work is not None and work.is_in_trash:
        raise NotPossible(_("“%(work)s” is in the trash; take it out first.") % {"work": work})
    route = route_for(
        kind=work.kind if work else "", unit_id=subject.unit_id, on=timezone.localdate(at)
    )
    if route is None:
        raise NotPossible(_("No route of clearance is in force; the operator has to set one."))
    clearance = Clearance.objects.create(
        subject=subject,
        route=route,
        opened_by=by,
        opened_at=at,
        words=words.strip()[:2000],
        planned_for=planned_for,
    )
    for version in versions:
        _open_item(clearance, version, reports[version.pk], answers, by=by, at=at)
    record(
        event="publishing.clearance.opened",
        target=clearance,
        by=by,
        at=at,
        after={"route": route.pk, "versions": [version.pk for version in versions]},
    )
    handed_in.send(Clearance, clearance=clearance, by=by, at=at)
    return clearance


def _open_item(
    clearance: Clearance,
    version: LanguageVersion,
    report: Report,
    answers: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> None:
    revision = hand_in(version=version, by=by, at=at)
    keys = {finding.key for finding in report.findings}
    item = ClearanceItem.objects.create(
        clearance=clearance,
        version=version,
        revision=revision,
        digest=digest_of(revision.content),
        shown=shelf_of([revision.content]).pins_of(revision.content),
        is_flagged=report.needs_foreign_affairs,
        findings=[{"key": finding.key, **finding.as_json()} for finding in report.findings],
        answers={key: reason for key, reason in answers.items() if key in keys},
        rights_asked=rights_asked(report, answers),
    )
    first = next_stop(stops_of(clearance.route), after=0, is_flagged=item.is_flagged)
    if first is None:
        raise NotPossible(_("No route of clearance is in force; the operator has to set one."))
    OpenStep.objects.create(
        item=item,
        subject_id=clearance.subject_id,
        version=version,
        number=first.number,
        kind=first.kind,
        opened_at=at,
        due_on=first.due_on(timezone.localdate(at)),
    )


@transaction.atomic
def take_back_from_clearance(*, item: ClearanceItem, by: Person, at: datetime) -> None:
    """Whoever may hand in takes a text back while it is under review; what was said stays."""
    fresh = (
        ClearanceItem.objects.select_for_update()
        .select_related("version__subject", "clearance")
        .get(pk=item.pk)
    )
    unit_id = fresh.version.subject.unit_id
    if not may_hand_in(rights_of(by, on=timezone.localdate(at)), unit_id=unit_id):
        raise NotYours(_("Texts are taken back by those who write for the unit."))
    if fresh.state != ItemState.OPEN or fresh.version.state != VersionState.IN_CLEARANCE:
        raise NotPossible(_("This text is not under review any more."))
    fresh.steps.filter(closed_at__isnull=True).update(closed_at=at)
    fresh.state, fresh.closed_at = ItemState.TAKEN_BACK, at
    fresh.save(update_fields=["state", "closed_at"])
    take_back(version=fresh.version, by=by, at=at)
    record(event="publishing.item.taken_back", target=fresh, by=by, at=at)
