"""The sample's portal: pages in every interface language, hours of its gates, an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from nhipcau.demo.sample import places
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.registry.models import BorderGate, Language, Unit
from nhipcau.website.actions import list_account, open_portal, set_gate_hours
from nhipcau.website.models import HomePage


def bring_portal(*, persons: Mapping[str, Person], by: Actor, at: datetime) -> list[HomePage]:
    """Open the portal as `nhipcau portal open` does, and tell what surrounds its pages."""
    homes = open_portal(by=by, at=at)
    publisher = persons["phat-hanh"]
    day = timezone.localdate(at)
    for gate in places.GATES:
        set_gate_hours(
            gate=BorderGate.objects.get(area__key=gate.key),
            valid_from=day.replace(month=1, day=1),
            opens=gate.opens,
            closes=gate.closes,
            languages=list(Language.objects.filter(tag__in=gate.languages)),
            source=places.SOURCE,
            by=publisher,
            at=at,
        )
    list_account(
        service="YouTube",
        name="Tỉnh Mẫu (mẫu)",
        address="https://video.mau.example/tinh-mau",
        unit=Unit.objects.get(key=f"cong-ttdt@{places.PROVINCE}"),
        language=Language.objects.get(tag="vi"),
        by=publisher,
        at=at,
    )
    return homes
