"""How a work of the sample is written, cleared and translated."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from nhipcau.demo.lives.going_on import Life, side_by_side
from nhipcau.demo.lives.house import House
from nhipcau.demo.sample.works import CLEARED, Fate, Plan, Text
from nhipcau.people.models import Person
from nhipcau.publishing.enums import Verdict
from nhipcau.translation.actions import remark, start_version
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.actions import (
    change_work,
    note_cost,
    note_permit,
    note_print_run,
    start_work,
    trash_work,
)
from nhipcau.works.models import SpendingItem, Work


def writing(house: House, plan: Plan) -> Life:
    """From the first word to the approval of the last language."""
    days = plan.begun
    at = house.moment(plan.key, days, 8)
    yield at
    author = house.persons[plan.original.by]
    work = house.works[plan.key] = _begin(house, plan, author, at)
    original = LanguageVersion.objects.get(subject=work.subject_id)
    if plan.remark:
        remark(version=original, text=plan.remark, by=house.persons["phe-duyet"], at=at)
    _note_money_and_print(house, plan, work, author, at)
    if plan.fate is Fate.DRAFT:
        return
    if plan.fate is Fate.TRASHED:
        later = house.moment(plan.key, days - 1, 8)
        yield later
        trash_work(work=work, by=author, at=later)
        return
    days = yield from _cleared(house, plan, plan.original, original, fate=plan.fate, days=days - 2)
    if plan.fate not in CLEARED:
        return
    yield from side_by_side(
        [_translating(house, plan, text, original, days - 1) for text in plan.texts[1:]]
    )


def _begin(house: House, plan: Plan, author: Person, at: datetime) -> Work:
    text = plan.original
    work = start_work(
        kind=plan.kind,
        unit=house.unit(plan.unit),
        language=house.language(text.language),
        mode=text.mode,
        title=text.title,
        title_vi=text.title_vi,
        summary=text.summary,
        body=house.body(plan, text),
        tasks=[house.task(told) for told in plan.tasks],
        is_sample=True,
        by=author,
        at=at,
    )
    changes = {
        "topics": house.topics(plan.topics),
        "areas": house.areas(plan.areas),
        "audiences": list(plan.audiences),
        "due_on": house.day(plan.due_in),
        "expires_on": house.day(plan.of_use_for),
    }
    change_work(work=work, by=author, at=at, changes=changes)
    return work


def _note_money_and_print(
    house: House, plan: Plan, work: Work, author: Person, at: datetime
) -> None:
    for cost in plan.costs:
        note_cost(
            work=work,
            task=house.task(cost.task) if cost.task else None,
            item=SpendingItem.objects.get(key=cost.item),
            amount=cost.amount,
            origin=cost.origin,
            state=cost.state,
            words=cost.words,
            by=author,
            at=at,
        )
    if plan.permit is None:
        return
    told = dict(plan.permit)
    issued = house.day(-told.pop("days_ago"))
    if issued is None:  # a day of the loading has always a day before
        raise RuntimeError(f"{plan.key}: the permit has no day.")
    permit = note_permit(work=work, issued_on=issued, by=author, at=at, **told)
    if plan.print_run is not None:
        run = dict(plan.print_run)
        printed = house.day(-run.pop("days_ago"))
        note_print_run(work=work, permit=permit, printed_on=printed, by=author, at=at, **run)


def _cleared(
    house: House,
    plan: Plan,
    text: Text,
    version: LanguageVersion,
    *,
    fate: Fate,
    days: int,
) -> Generator[datetime, None, int]:
    """The way through clearance as far as `fate` tells; answers the day on which it ended."""
    at = house.moment(plan.key, days, 10)
    yield at
    house.hand_in(version, text, by=house.persons[text.by], at=at)
    if fate is Fate.WAITING:
        return days
    while (step := house.open_step(version)) is not None:
        days -= 1
        decided_at = house.moment(plan.key, days, 14)
        yield decided_at
        is_returned = fate is Fate.RETURNED
        house.decide(
            step,
            Verdict.RETURNED if is_returned else Verdict.CLEARED,
            reason=plan.reason if is_returned else "",
            at=decided_at,
        )
        if fate is Fate.UNDER_REVIEW or is_returned:
            break
    return days


def _translating(
    house: House, plan: Plan, text: Text, original: LanguageVersion, days: int
) -> Life:
    """From the approved original to the approved translation, or as far as it has come."""
    at = house.moment(plan.key, days, 9)
    yield at
    original.refresh_from_db()
    version = start_version(
        subject=original.subject,
        language=house.language(text.language),
        mode=text.mode,
        title=text.title,
        title_vi=text.title_vi,
        summary=text.summary,
        body=house.body(plan, text),
        source=original,
        machine_helped=text.machine_helped,
        by=house.persons[text.by],
        at=at,
    )
    if text.fate is not Fate.DRAFT:
        fate = text.fate or Fate.APPROVED
        yield from _cleared(house, plan, text, version, fate=fate, days=days - 2)
