"""What surrounds the pages is changed: alarms, hours of gates, official accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.registry.models import BorderGate, Language, Unit
from nhipcau.website.actions.telling import tell_pages
from nhipcau.website.errors import NotPossible, NotYours
from nhipcau.website.models import Account, Alarm, GateHours
from nhipcau.website.permissions import may_arrange
from nhipcau.website.rules.tags import ACCOUNTS, ALARMS, GATES


def _only_arrangers(by: Person, at: datetime) -> None:
    if not may_arrange(rights_of(by, on=timezone.localdate(at))):
        raise NotYours(_("Only somebody who arranges the portal does this."))


@transaction.atomic
def raise_alarm(
    *,
    words: Mapping[str, str],
    address: str = "",
    ends_at: datetime | None = None,
    by: Person,
    at: datetime,
) -> Alarm:
    """A sentence above every page, from now on; `words` by language code, at least one.

    Raises NotPossible without words, or when it ends before it begins.
    """
    _only_arrangers(by, at)
    said = {code: text.strip() for code, text in words.items() if text.strip()}
    if not said:
        raise NotPossible(_("Write at least one sentence."))
    if ends_at is not None and ends_at <= at:
        raise NotPossible(_("The alarm would end before it begins."))
    alarm = Alarm.objects.create(words=said, address=address, begins_at=at, ends_at=ends_at)
    record(event="website.alarm.raised", target=alarm, by=by, at=at, after={"words": said})
    tell_pages(tags=[ALARMS], key=f"alarm:{alarm.pk}:raised", by=by, at=at)
    return alarm


@transaction.atomic
def end_alarm(*, alarm: Alarm, by: Person, at: datetime) -> None:
    """The sentence goes from every page; ending it again changes nothing."""
    _only_arrangers(by, at)
    standing = Alarm.objects.select_for_update().standing(at=at).filter(pk=alarm.pk)
    if not standing.update(ends_at=at):
        return
    record(event="website.alarm.ended", target=alarm, by=by, at=at)
    tell_pages(tags=[ALARMS], key=f"alarm:{alarm.pk}:ended", by=by, at=at)


@transaction.atomic
def set_gate_hours(
    *,
    gate: BorderGate,
    valid_from: date,
    opens: time | None,
    closes: time | None,
    languages: Collection[Language] = (),
    telephone: str = "",
    source: str,
    by: Person,
    at: datetime,
) -> GateHours:
    """Hours of a gate from a day on; without hours it is closed. The same day again corrects.

    Raises NotPossible for one hour without the other, or without a source.
    """
    _only_arrangers(by, at)
    if (opens is None) != (closes is None):
        raise NotPossible(_("A gate that opens closes: give both hours, or neither."))
    if not source.strip():
        raise NotPossible(_("Say where the hours are announced."))
    hours, _made = GateHours.objects.update_or_create(
        gate=gate,
        valid_from=valid_from,
        defaults={
            "opens": opens,
            "closes": closes,
            "telephone": telephone.strip(),
            "source": source.strip(),
        },
    )
    hours.languages.set(languages)
    record(
        event="website.gate.hours_set",
        target=hours,
        by=by,
        at=at,
        after={"gate": str(gate), "from": valid_from.isoformat(), "opens": str(opens or "")},
    )
    tell_pages(tags=[GATES], key=f"gate:{hours.pk}", by=by, at=at)
    return hours


@transaction.atomic
def list_account(
    *,
    service: str,
    name: str,
    address: str,
    unit: Unit,
    language: Language,
    by: Person,
    at: datetime,
) -> Account:
    """An official account is listed for the public; NotPossible for one that is listed already."""
    _only_arrangers(by, at)
    if not address.startswith("https://"):
        raise NotPossible(_("The address of an account begins with https://."))
    if Account.objects.filter(address=address).exists():
        raise NotPossible(_("This account is on the list already."))
    account = Account.objects.create(
        service=service.strip(),
        name=name.strip(),
        address=address,
        unit=unit,
        language=language,
        listed_on=timezone.localdate(at),
    )
    record(event="website.account.listed", target=account, by=by, at=at, after={"to": address})
    tell_pages(tags=[ACCOUNTS], key=f"account:{account.pk}:listed", by=by, at=at)
    return account


@transaction.atomic
def close_account(*, account: Account, by: Person, at: datetime) -> None:
    """The account is the province's no more; doing it again changes nothing."""
    _only_arrangers(by, at)
    open_still = Account.objects.select_for_update().filter(pk=account.pk, closed_on__isnull=True)
    if not open_still.update(closed_on=timezone.localdate(at)):
        return
    record(event="website.account.closed", target=account, by=by, at=at)
    tell_pages(tags=[ACCOUNTS], key=f"account:{account.pk}:closed", by=by, at=at)
