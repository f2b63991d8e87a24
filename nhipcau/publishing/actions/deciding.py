"""Reviewers speak: cleared, returned, stopped. The only way to an approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights, rights_of
from nhipcau.publishing.actions.telling import tell_of_return, tell_of_step
from nhipcau.publishing.enums import ItemState, StepKind, Verdict
from nhipcau.publishing.errors import NotPossible, NotYours
from nhipcau.publishing.models import (
    ClearanceItem,
    ConfirmedReason,
    Decision,
    OpenStep,
    deciding,
)
from nhipcau.publishing.permissions import TAKEN_BY, may_take
from nhipcau.publishing.queries.inspection import words_of
from nhipcau.publishing.queries.pins import changed_under_review
from nhipcau.publishing.queries.reasons import confirmable, waiting_reasons, why_it_waits
from nhipcau.publishing.queries.reviews import stops_of
from nhipcau.publishing.rules.differences import changed_words
from nhipcau.publishing.rules.routes import Stop, may_return_to, next_stop
from nhipcau.publishing.signals import decided
from nhipcau.translation.actions import approve, give_back, stop
from nhipcau.translation.models import LanguageVersion, Subject, digest_of
from nhipcau.translation.queries import films_written_by, writers_of


@transaction.atomic
def decide(
    *,
    step: OpenStep,
    verdict: Verdict,
    by: Person,
    at: datetime,
    reason: str = "",
    back_to: int = 0,
    by_link: bool = False,
    link: str = "",
) -> Decision:
    """Say at this step of one text: cleared, returned (why, to which step; 0: author), stopped.

    Whoever handed a text in and its writers get a letter when it is returned, with `link`, the
    whole address of the work's page.

    The last clearing step of the route approves the revision that was handed in. Clearing confirms
    the reasons that wait for a right of the reviewer; the last step is not cleared before all are
    confirmed. Raises NotYours
    for another role or unit and for one's own words, whoever asks and by whatever account;
    NotPossible when the step is closed, the words have changed, a return gives no reason, a reason
    waits for somebody else, or what is to be cleared shows a file that was replaced meanwhile.
    """
    standing = _standing(step)
    item, version = standing.item, standing.item.version
    written_by = writers_of(version)
    rights = rights_of(by, on=timezone.localdate(at))
    unit_id = version.subject.unit_id
    if not may_take(rights, standing.kind, unit_id=unit_id, written_by=written_by):
        raise NotYours(
            _what_was_written(version, by)
            if by.pk in written_by
            else _(
                "This step is taken by another role of this unit, or the power was delegated by "
                "somebody who wrote the text, or subtitles or a transcript that leave with it."
            )
        )
    if standing.assignee_id not in {None, by.pk}:
        raise NotYours(_("This step was given to %(person)s.") % {"person": standing.assignee})
    if digest_of(item.revision.content) != item.digest:
        raise NotPossible(_("The text has changed since it was handed in."))
    if verdict == Verdict.CLEARED:
        _refuse_what_shows_something_else(item)
    reason = reason.strip()[:4000]
    stops = stops_of(item.clearance.route)
    confirms: list[str] = []
    if verdict == Verdict.CLEARED:
        waiting = waiting_reasons(item)
        confirms = confirmable(item, waiting, rights=rights, written_by=written_by)
        left = {key: right for key, right in waiting.items() if key not in confirms}
        is_last = next_stop(stops, after=standing.number, is_flagged=item.is_flagged) is None
        if left and is_last:
            raise NotPossible(why_it_waits(item, left, on=timezone.localdate(at)))
    if verdict == Verdict.RETURNED:
        if not reason:
            raise NotPossible(_("Say why the text is returned."))
        if not may_return_to(stops, to=back_to, at=standing.number, is_flagged=item.is_flagged):
            raise NotPossible(_("The text has not been at this step."))
    standing.closed_at = at
    standing.save(update_fields=["closed_at"])
    unit_key, unit_name = by.actor_unit
    with deciding():
        decision = Decision.objects.create(
            step=standing,
            verdict=verdict,
            by=by,
            by_name=by.full_name,
            unit_key=unit_key or version.subject.unit.key,
            unit_name=unit_name or version.subject.unit.label,
            on_behalf_of=_on_behalf_of(rights, standing.kind, unit_id, written_by),
            at=at,
            reason=reason,
            back_to=back_to if verdict == Verdict.RETURNED else None,
            digest=item.digest,
            findings=item.findings,
            difference=_difference(version, item),
            by_link=by_link,
        )
        _confirm(item, confirms, by=by, at=at, decision=decision)
    record(
        event=f"publishing.step.{verdict}",
        target=version if verdict != Verdict.STOPPED else version.subject,
        by=by,
        at=at,
        after={
            "step": standing.kind,
            "item": item.pk,
            "digest": item.digest,
            "reasons": len(confirms),
        },
    )
    _go_on(decision, version, stops, by, at)
    if verdict == Verdict.RETURNED:
        to = next((str(each.kind.label) for each in stops if each.number == back_to), "")
        tell_of_return(decision=decision, version=version, returned_to=to, by=by, at=at, link=link)
    decided.send(Decision, decision=decision, by=by, at=at)
    return decision


@transaction.atomic
def confirm_reasons(*, item: ClearanceItem, by: Person, at: datetime) -> list[ConfirmedReason]:
    """Confirm every reason of a text under review that waits for a right of this person.

    For those who take no step of the route, and before it is their turn. Raises NotYours where
    nothing waits for this person: nobody confirms the own reason, or one for the own words;
    NotPossible for what is not under review any more, or changed.
    """
    fresh = (
        ClearanceItem.objects.select_for_update(of=("self",))
        .select_related("revision", "clearance", "version__subject__unit")
        .get(pk=item.pk)
    )
    if fresh.state != ItemState.OPEN:
        raise NotPossible(_("This text is not under review any more."))
    if digest_of(fresh.revision.content) != fresh.digest:
        raise NotPossible(_("The text has changed since it was handed in."))
    keys = confirmable(
        fresh,
        waiting_reasons(fresh),
        rights=rights_of(by, on=timezone.localdate(at)),
        written_by=writers_of(fresh.version),
    )
    if not keys:
        raise NotYours(
            _(
                "No reason of this text waits for you: it is confirmed, it needs another right, "
                "or it is about what you have written or handed in yourself."
            )
        )
    with deciding():
        confirmed = _confirm(fresh, keys, by=by, at=at)
    record(
        event="publishing.reasons.confirmed",
        target=fresh.version,
        by=by,
        at=at,
        after={"item": fresh.pk, "reasons": len(keys)},
    )
    return confirmed


def _confirm(
    item: ClearanceItem,
    keys: Sequence[str],
    *,
    by: Person,
    at: datetime,
    decision: Decision | None = None,
) -> list[ConfirmedReason]:
    return [
        ConfirmedReason.objects.create(
            item=item,
            key=key,
            reason=item.answers[key],
            right=item.rights_asked[key],
            decision=decision,
            by=by,
            by_name=by.full_name,
            at=at,
        )
        for key in keys
    ]


def _what_was_written(version: LanguageVersion, by: Person) -> str:
    """Why one of the text's writers does not clear it: its words, or what its films say."""
    if version.contributions.filter(person=by).exists():
        return _("Nobody clears what he or she has written.")
    return _(
        "You wrote subtitles or the transcript of %(films)s, which leave with this text. "
        "Nobody clears what he or she has written."
    ) % {"films": ", ".join(f"“{title}”" for title in films_written_by(by, version))}


def _standing(step: OpenStep) -> OpenStep:
    """The step, locked with its text, when it is still open."""
    ClearanceItem.objects.select_for_update().get(pk=step.item_id)
    fresh = OpenStep.objects.select_related(
        "assignee",
        "item__revision",
        "item__clearance__route",
        "item__version__subject__unit",
    ).get(pk=step.pk)
    if fresh.closed_at is not None or fresh.item.state != ItemState.OPEN:
        raise NotPossible(
            _("Somebody has decided at this step already, or the text was taken back.")
        )
    return fresh


def _refuse_what_shows_something_else(item: ClearanceItem) -> None:
    """What was handed in is what is cleared: a file that came meanwhile was seen by nobody.

    A replacement that is committed in the next moment is found at the release, by the same pins.
    """
    changed = changed_under_review(item)
    if changed:
        raise NotPossible(" ".join(each.sentence for each in changed))


def _go_on(
    decision: Decision, version: LanguageVersion, stops: Sequence[Stop], by: Person, at: datetime
) -> None:
    item, number = decision.step.item, decision.step.number
    if decision.verdict == Verdict.STOPPED:
        _close(item, ItemState.STOPPED, at)
        stop(version=version, by=by, at=at)
    elif decision.verdict == Verdict.RETURNED and not decision.back_to:
        _close(item, ItemState.RETURNED, at)
        give_back(version=version, by=by, at=at)
    elif decision.verdict == Verdict.RETURNED:
        earlier = next(each for each in stops if each.number == decision.back_to)
        _open(decision.step, earlier, at)
    else:
        following = next_stop(stops, after=number, is_flagged=item.is_flagged)
        if following is not None:
            _open(decision.step, following, at)
        else:
            _close(item, ItemState.CLEARED, at)
            approve(version=version, revision=item.revision, by=by, at=at, shown=item.shown)


def _open(after: OpenStep, at_stop: Stop, at: datetime) -> None:
    OpenStep.objects.create(
        item_id=after.item_id,
        subject_id=after.subject_id,
        version_id=after.version_id,
        number=at_stop.number,
        kind=at_stop.kind,
        opened_at=at,
        due_on=at_stop.due_on(timezone.localdate(at)),
    )


def _close(item: ClearanceItem, state: ItemState, at: datetime) -> None:
    item.state, item.closed_at = state, at
    item.save(update_fields=["state", "closed_at"])


def end_reviews(*, subject: Subject, by: Actor, at: datetime) -> None:
    """Every open review of the subject's texts ends: they were stopped."""
    standing = ClearanceItem.objects.select_for_update().filter(
        clearance__subject=subject, state=ItemState.OPEN
    )
    keys = list(standing.values_list("pk", flat=True))
    OpenStep.objects.filter(item__in=keys, closed_at__isnull=True).update(closed_at=at)
    ClearanceItem.objects.filter(pk__in=keys).update(state=ItemState.STOPPED, closed_at=at)
    if keys:
        record(
            event="publishing.reviews.ended", target=subject, by=by, at=at, after={"items": keys}
        )


def _on_behalf_of(
    rights: Rights, kind: str, unit_id: int, written_by: frozenset[int]
) -> Person | None:
    """Whose power was used; None for one's own."""
    permission = TAKEN_BY[StepKind(kind)]
    givers = [
        grant.on_behalf_of
        for grant in rights.grants
        if permission in grant.permissions
        and grant.covers(unit_id)
        and grant.on_behalf_of not in written_by
    ]
    if None in givers:
        return None
    return Person.objects.filter(pk__in=givers).order_by("pk").first()


def _difference(version: LanguageVersion, item: ClearanceItem) -> dict[str, int]:
    """How many words were added and removed since the last approval; empty for a first one."""
    last = version.approvals.exclude(revision=item.revision).order_by("-at").first()
    if last is None:
        return {}
    return changed_words(words_of(last.revision.content), words_of(item.revision.content))


@transaction.atomic
def assign_step(
    *, step: OpenStep, to: Person | None, by: Person, at: datetime, link: str = ""
) -> OpenStep:
    """Give a step to one of those who may take it, or to none in particular (None).

    Whoever gets it hears of it by mail, with the day and `link`, the whole address of the review;
    giving it to the same person again writes no second letter.
    """
    standing = _standing(step)
    version = standing.item.version
    day = timezone.localdate(at)
    unit_id = version.subject.unit_id
    written_by = writers_of(version)
    if not may_take(rights_of(by, on=day), standing.kind, unit_id=unit_id, written_by=written_by):
        raise NotYours(_("A step is given to somebody by those who may take it."))
    if to is not None and not may_take(
        rights_of(to, on=day), standing.kind, unit_id=unit_id, written_by=written_by
    ):
        raise NotPossible(_("%(person)s may not take this step.") % {"person": to})
    is_news = to is not None and to.pk != standing.assignee_id
    standing.assignee = to
    standing.save(update_fields=["assignee"])
    record(
        event="publishing.step.assigned",
        target=version,
        by=by,
        at=at,
        after={"step": standing.kind, "to": to.actor_key if to else ""},
    )
    if is_news:
        tell_of_step(step=standing, by=by, at=at, link=link)
    return standing
