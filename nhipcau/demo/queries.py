"""Whether the sample lives here, and who signs in to it."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.demo.models import SampleLoad
from nhipcau.demo.sample.persons import DOMAIN, PARTS
from nhipcau.people.models import User


@dataclass(frozen=True, slots=True)
class SampleAccount:
    email: str
    name: str
    what: str


def is_sample_house() -> bool:
    """Whether the sample province was loaded into this house. One query."""
    return SampleLoad.objects.exists()


def sample_accounts() -> list[SampleAccount]:
    """The sample's accounts that may sign in, in the order of the way of a plan. One query."""
    names = {
        user.email: user.person.full_name
        for user in User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True)
        .select_related("person")
        .order_by("email")
    }
    return [
        SampleAccount(part.email, names[part.email], part.what)
        for part in PARTS
        if part.email in names
    ]
