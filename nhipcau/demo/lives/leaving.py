"""How the sample's works go out, are corrected and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from nhipcau.demo.lives.going_on import Life
from nhipcau.demo.lives.house import House
from nhipcau.demo.sample.works import Fate, Plan
from nhipcau.kernel.actor import Machine
from nhipcau.publishing.actions import (
    choose,
    make_bundle,
    make_rendition,
    order_rendition,
    release_bundle,
    schedule_bundle,
    withdraw,
)
from nhipcau.publishing.enums import Verdict, WithdrawalReason
from nhipcau.publishing.models import Bundle, Rendition
from nhipcau.translation.actions import save_words
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion

PUBLISHER = "phat-hanh"
TYPESETTER = Machine(gettext_noop("typesetter"))
EMBARGO = timedelta(days=3)
AT_EIGHT = time(8)


def leaving(house: House, plans: Sequence[Plan]) -> Life:
    """The works that go out in one minute, wait for it under embargo, or are only put together."""
    first = plans[0]
    days = min(plan.released for plan in plans if plan.released is not None)
    at = house.moment(first.key, days, 16)
    yield at
    publisher = house.persons[PUBLISHER]
    title = first.bundle or first.original.title
    bundle = make_bundle(title=title, unit=house.unit(first.unit), by=publisher, at=at)
    for plan in plans:
        _choose(house, bundle, plan, at=at)
    if first.fate is Fate.APPROVED:
        return
    if first.fate is Fate.EMBARGOED:
        minute = timezone.make_aware(datetime.combine(house.today + EMBARGO, AT_EIGHT))
        schedule_bundle(bundle=bundle, goes_out_at=minute, is_embargoed=True, by=publisher, at=at)
    else:
        release_bundle(bundle=bundle, by=publisher, at=at)


def _choose(house: House, bundle: Bundle, plan: Plan, *, at: datetime) -> None:
    """All approved languages of a work, with the forms that are made with it."""
    subject = house.works[plan.key].subject
    versions = list(
        LanguageVersion.objects.filter(subject=subject, state=VersionState.APPROVED).order_by("pk")
    )
    for told in plan.forms:
        _ordered(house, plan, told, at=at)
    made = [
        make_rendition(rendition=_ordered(house, plan, told, at=at), by=TYPESETTER, at=at)
        for told in plan.made
    ]
    choose(
        bundle=bundle,
        subject=subject,
        versions=versions,
        renditions=made,
        by=house.persons[PUBLISHER],
        at=at,
    )


def _ordered(house: House, plan: Plan, told: str, *, at: datetime) -> Rendition:
    """A form as “parallel:vi+lo”."""
    slug, _colon, tags = told.partition(":")
    versions = [
        LanguageVersion.objects.get(subject=house.works[plan.key].subject, language__tag=tag)
        for tag in tags.split("+")
    ]
    return order_rendition(slug=slug, versions=versions, by=house.persons[PUBLISHER], at=at)


def correcting(house: House, plan: Plan) -> Life:
    """The author writes the right words, they are cleared again, and the public is told."""
    told = plan.correction
    if told is None:
        return
    text = plan.original
    if told.old not in text.body:
        raise ValueError(f"{plan.key}: “{told.old}” is not in the text.")
    days = told.days_ago + 5
    at = house.moment(plan.key, days, 9)
    yield at
    author = house.persons[text.by]
    version = LanguageVersion.objects.get(
        subject=house.works[plan.key].subject, language__tag=text.language
    )
    body = house.body(plan, text, text.body.replace(told.old, told.new))
    save_words(version=version, words={"body": body}, by=author, at=at)
    house.hand_in(version, text, by=author, at=at, words=told.note)
    while (step := house.open_step(version)) is not None:
        days -= 1
        at = house.moment(plan.key, days, 14)
        yield at
        house.decide(step, Verdict.CLEARED, at=at)
    at = house.moment(plan.key, told.days_ago, 16)
    yield at
    publisher = house.persons[PUBLISHER]
    bundle = make_bundle(
        title=f"Đính chính: {text.title}", unit=house.unit(plan.unit), by=publisher, at=at
    )
    version.refresh_from_db()
    choose(
        bundle=bundle,
        subject=version.subject,
        versions=[version],
        note=told.note,
        by=publisher,
        at=at,
    )
    release_bundle(bundle=bundle, by=publisher, at=at)


def withdrawing(house: House, plan: Plan) -> Life:
    """The publisher takes the work back; a notice stays in its place."""
    told = plan.withdrawal
    if told is None:
        return
    at = house.moment(plan.key, told.days_ago, 11)
    yield at
    withdraw(
        subject=house.works[plan.key].subject,
        reason=WithdrawalReason(told.reason),
        notice=told.notice,
        by=house.persons[PUBLISHER],
        at=at,
    )
