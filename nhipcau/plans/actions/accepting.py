"""A reviewed plan is accepted: tasks come to be, in one transaction, with a person's name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.errors import RuleBroken
from nhipcau.outbox.actions import put
from nhipcau.people.models import Person
from nhipcau.plans.actions.duties import write_money_and_duties
from nhipcau.plans.actions.importing import BATCH
from nhipcau.plans.actions.task_rows import write_tasks
from nhipcau.plans.enums import Change, ImportState
from nhipcau.plans.errors import NotReadyToAccept, NotUnderReview, ReviewMovedOn
from nhipcau.plans.models import Plan, PlanImport, PlanVersion, ReviewStep, Task
from nhipcau.plans.queries.comparing import comparison
from nhipcau.plans.queries.reviews import (
    standing_obstacles,
    steps_told,
    who_was_quicker,
    why_no_review,
)
from nhipcau.plans.rules.lines import BASES, kept_lines
from nhipcau.plans.rules.links import kind_of_link
from nhipcau.plans.rules.periods import day_of_document, period_of, said
from nhipcau.plans.rules.proposals import Json, citation_of
from nhipcau.plans.signals import plan_accepted
from nhipcau.registry.actions.document_links import link_documents
from nhipcau.registry.actions.documents import (
    Particulars,
    cite_document,
    complete_document,
    register_document,
)
from nhipcau.registry.enums import DatePrecision
from nhipcau.registry.models import Document

PRECISION_BY_PARTS = {1: DatePrecision.YEAR, 2: DatePrecision.MONTH, 3: DatePrecision.DAY}


@transaction.atomic
def accept(
    *,
    plan_import: PlanImport,
    seen: int | None = None,
    version_seen: int | None = None,
    by: Person,
    at: datetime,
) -> Plan:
    """Make tasks of what the person has reviewed.

    With `plan_import.plan` set the file is a new version of that plan: tasks that are
    recognised keep their row and all that hangs on it, others are added, and those no longer
    named are marked as having left the plan. Accepting twice gives the same plan.

    `seen` is the number of steps and `version_seen` the plan's newest version that the person
    had before their eyes; None: whoever asks decides about it as it stands. Raises ReviewMovedOn
    when somebody has gone on since, NotUnderReview when there is nothing left to decide,
    NotReadyToAccept when the review has obstacles; nothing is changed then.
    """
    plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
    if plan_import.state == ImportState.ACCEPTED and plan_import.plan is not None:
        return plan_import.plan
    if why := why_no_review(plan_import):
        raise NotUnderReview(why)
    if seen is not None and plan_import.steps_done != seen:
        raise ReviewMovedOn(_why_not_accepted(who_was_quicker(plan_import)))
    if standing_obstacles(plan_import):
        raise NotReadyToAccept(_("Some points of this plan still need your decision."))
    known = plan_import.plan
    if known is not None:  # two new versions at once: the second waits for the first
        known = Plan.objects.select_for_update(no_key=True).get(pk=known.pk)
        _refuse_if_another_came_first(known, version_seen=version_seen)
    told = comparison(plan_import, known) if known is not None else []
    document = _document(plan_import, known, by=by, at=at)
    plan = known or Plan(document=document)
    _fill_plan(plan, plan_import)
    version = _next_version(plan, plan_import, by=by, at=at)
    recognised = {
        match.new: match.old for match in told if match.new is not None and match.old is not None
    }
    write_tasks(version=version, plan_import=plan_import, recognised=recognised, by=by, at=at)
    gone = [match.old for match in told if match.change == Change.GONE]
    for start in range(0, len(gone), BATCH):
        Task.objects.filter(pk__in=gone[start : start + BATCH]).update(left_the_plan_at=at)
    write_money_and_duties(plan=plan, plan_import=plan_import, by=by, at=at)
    plan_import.plan = plan
    plan_import.state = ImportState.ACCEPTED
    plan_import.decided_by = by
    plan_import.decided_at = at
    plan_import.save(update_fields=["plan", "state", "decided_by", "decided_at"])
    record(
        event="plans.plan.accepted",
        target=plan,
        by=by,
        at=at,
        after={
            "version": version.number,
            "tasks": plan.tasks.count(),
            "gone": len(gone),
            **steps_told(plan_import),
        },
    )
    put(
        topic="plans.plan",
        key=f"plan:{plan.uuid}:{version.number}",
        payload={"plan": plan.pk},
        at=at,
    )
    plan_accepted.send(sender=Plan, plan=plan, version=version)
    return plan


def _why_not_accepted(last: ReviewStep | None) -> str:
    if last is None:
        return _("This review was changed since your page was loaded; look again, then accept.")
    return _(
        "%(person)s has changed this review at %(time)s, so it was not accepted yet. "
        "You now see the newest state: look again, then accept."
    ) % {"person": last.by.full_name, "time": said(last.at)}


def _refuse_if_another_came_first(plan: Plan, *, version_seen: int | None) -> None:
    """What changes was compared with a version that is no longer the newest."""
    newest = plan.versions.order_by("-number").select_related("accepted_by").first()
    if version_seen is None or newest is None or newest.number == version_seen:
        return
    raise ReviewMovedOn(
        _(
            "%(person)s accepted another version of this plan at %(moment)s. "
            "See what changes against that one, then accept."
        )
        % {"person": newest.accepted_by.full_name, "moment": said(newest.accepted_at)}
    )


def _document(plan_import: PlanImport, known: Plan | None, *, by: Person, at: datetime) -> Document:
    """The plan's own document, and its links to what it implements."""
    header = plan_import.header
    day = day_of_document(header.get("date"))
    particulars = Particulars(
        citation=citation_of(header),
        type=header.get("doc_type") or "",
        issuer=header.get("issuing_body") or "",
        issuer_unit=plan_import.unit,
        issued_on=day,
        precision=PRECISION_BY_PARTS[len((header.get("date") or "").split("-"))]
        if day
        else DatePrecision.UNKNOWN,
        title=" ".join(str(header.get("title") or "").split()),
    )
    if known is None:
        document = register_document(particulars=particulars, by=by, at=at)
    else:
        document = complete_document(document=known.document, particulars=particulars, by=by, at=at)
    for basis in kept_lines(header, BASES):
        _link(document, basis, by=by, at=at)
    return document


def _link(document: Document, basis: Json, *, by: Person, at: datetime) -> None:
    """One legal basis as a link; one that cannot be told apart is left to a person's hand."""
    day = day_of_document(basis.get("date"))
    particulars = Particulars(
        citation=basis.get("number") or "",
        issuer=basis.get("issuer") or "",
        issued_on=day,
        precision=DatePrecision.DAY if day else DatePrecision.UNKNOWN,
        title=_title_of_basis(basis.get("type") or "", basis.get("name") or ""),
    )
    try:
        with transaction.atomic():
            cited = cite_document(particulars=particulars, by=by, at=at)
            link_documents(
                from_document=document,
                to_document=cited,
                kind=kind_of_link(basis.get("type") or ""),
                by=by,
                at=at,
            )
    except RuleBroken as refusal:
        record(
            event="plans.basis.left_open",
            target=document,
            by=by,
            at=at,
            after={"basis": particulars.citation or particulars.title, "why": str(refusal)},
        )


def _title_of_basis(kind: str, name: str) -> str:
    """A law's name begins with its kind; other names do not."""
    return name if name.casefold().startswith(kind.casefold()) else f"{kind} {name}".strip()


def _fill_plan(plan: Plan, plan_import: PlanImport) -> None:
    header = plan_import.header
    plan.title = " ".join(str(header.get("title") or "").split())
    plan.unit = plan_import.unit or plan.unit
    plan.is_sample = plan.is_sample or plan_import.is_sample
    period = period_of(header)
    if period is not None:
        plan.starts_on, plan.ends_on = period
    plan.save()


def _next_version(plan: Plan, plan_import: PlanImport, *, by: Person, at: datetime) -> PlanVersion:
    last = plan.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return PlanVersion.objects.create(
        plan=plan,
        number=last + 1,
        file=plan_import.file,
        file_name=plan_import.file_name,
        text=plan_import.text,
        is_draft=bool(plan_import.header.get("is_draft")),
        accepted_at=at,
        accepted_by=by,
    )
