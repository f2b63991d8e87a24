"""The whole sample province comes into an empty house, or nothing of it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.demo.actions.persons import put_persons_on_record
from nhipcau.demo.actions.pictures import bring_pictures
from nhipcau.demo.actions.places import put_places_on_record
from nhipcau.demo.actions.plans import bring_plans
from nhipcau.demo.actions.portal import bring_portal
from nhipcau.demo.actions.works import bring_works
from nhipcau.demo.errors import SampleRefused
from nhipcau.demo.models import SampleLoad
from nhipcau.kernel.actor import Actor
from nhipcau.people.models import Person
from nhipcau.plans.models import Plan
from nhipcau.publishing.actions import load_routes
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.models import Province
from nhipcau.works.actions import load_lists

Tell = Callable[[str], None]


@transaction.atomic
def load_sample(*, seed: int, tell: Tell, by: Actor, at: datetime) -> SampleLoad | None:
    """Load the sample; None when it is there already, and nothing is changed then.

    `tell` hears a sentence before each part. The same seed gives the same names and decisions.
    Raises SampleRefused on a host that is not local and has not allowed sample accounts, and in
    a house that has persons or plans of its own.
    """
    if SampleLoad.objects.exists():
        return None
    if not settings.SAMPLE_ACCOUNTS_ALLOWED:
        raise SampleRefused(
            _(
                "This host is not local, and the password of the sample's accounts is known to "
                "everybody; set NHIPCAU_SAMPLE_ACCOUNTS=yes if you want them here all the same."
            )
        )
    if Person.objects.exists() or Plan.objects.exists() or Province.objects.exists():
        raise SampleRefused(
            _(
                "This house has persons or plans of its own; the sample is loaded only into an "
                "empty one. Start another with NHIPCAU_DATA set to an empty folder."
            )
        )
    tell(_("provinces, languages, legal documents, topics and the route of clearance"))
    load_reference_data(by=by, at=at)
    load_lists(by=by, at=at)
    load_routes(by=by, at=at)
    tell(_("areas and units of the sample province"))
    put_places_on_record(by=by, at=at)
    tell(_("persons, roles and accounts"))
    persons = put_persons_on_record(seed=seed, by=by, at=at)
    tell(_("plans, read and reviewed"))
    plans = bring_plans(persons=persons, by=by, at=at)
    tell(_("pictures, maps, sound and film, drawn by code"))
    pictures = bring_pictures(persons=persons, by=by, at=at)
    tell(_("works in their languages, cleared and released"))
    works = bring_works(persons=persons, pictures=pictures, seed=seed, by=by, at=at)
    tell(_("the portal in its languages, with the hours of the border gates"))
    bring_portal(persons=persons, by=by, at=at)
    load = SampleLoad.objects.create(seed=seed, loaded_at=at)
    record(
        event="demo.sample.loaded",
        target=load,
        by=by,
        at=at,
        after={
            "seed": seed,
            "persons": len(persons),
            "plans": len(plans),
            "pictures": len(pictures),
            "works": len(works),
        },
    )
    return load
