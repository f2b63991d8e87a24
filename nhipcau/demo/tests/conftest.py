"""One loading of the sample, kept as plain data; the database is left as it was."""

import tomllib
from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from nhipcau.demo.actions.loading import load_sample
from nhipcau.demo.actions.pictures import DATA
from nhipcau.demo.queries import sample_accounts
from nhipcau.demo.tests.noting import noted_works
from nhipcau.kernel.actor import Machine
from nhipcau.people.models import Delegation, Membership, Person, User
from nhipcau.people.queries import rights_of
from nhipcau.plans.models import Plan, PlanImport
from nhipcau.registry.models import Unit
from nhipcau.registry.queries.units import unit_successors

SAMPLER = Machine("sample province")
KEYS_OF_PICTURES = [one["key"] for one in tomllib.loads(DATA.read_text())["items"]]


@dataclass
class Loaded:
    """What the loading left behind, as plain values."""

    told: list
    content: dict
    plans: dict
    imports: list
    accounts: list
    roles: dict
    rights: dict
    delegations: list
    without_account: list
    successors: dict
    counts_before_second: dict
    counts_after_second: dict
    second: object
    at: object
    works: list
    versions: list
    releases: list
    released_versions: list
    withdrawn: int
    embargoed: list
    items: list
    money: dict
    forms: dict
    files: list
    blocks: set
    superusers: int = 0
    extra: dict = field(default_factory=dict)


def counts():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("nhipcau.")
    }


def load(seed, told, at):
    return load_sample(seed=seed, tell=told.append, by=SAMPLER, at=at)


def task_lines(plan):
    return [
        {
            "path": task.path,
            "title": task.title,
            "time": (task.starts_on, task.ends_on, task.recurrence),
            "parties": [
                (party.role, party.words, party.unit and party.unit.label)
                for party in task.parties.select_related("unit").order_by("order")
            ],
            "products": [product.words for product in task.products.order_by("order")],
        }
        for task in plan.tasks.filter(left_the_plan_at__isnull=True).order_by("order")
    ]


def plans():
    return {
        plan.document.citation: {
            "title": plan.title,
            "unit": plan.unit.label,
            "is_sample": plan.is_sample,
            "versions": [
                (version.number, version.file_name, version.is_draft)
                for version in plan.versions.order_by("number")
            ],
            "tasks": task_lines(plan),
            "gone": sorted(
                plan.tasks.filter(left_the_plan_at__isnull=False).values_list("path", flat=True)
            ),
            "rests_on": sorted(
                link.to_document.citation or link.to_document.title
                for link in plan.document.links_to_others.select_related("to_document")
            ),
            "funding": [source.words for source in plan.funding_sources.order_by("order")],
            "duties": plan.duties.count(),
        }
        for plan in Plan.objects.select_related("document", "unit")
    }


def noted(seed, at):
    told = []
    load(seed, told, at)
    today = timezone.localdate()
    before = counts()
    second = load(seed, [], at)
    on_record = {
        "persons": list(Person.objects.order_by("email").values_list("email", "full_name")),
        "units": list(Unit.objects.order_by("key").values_list("key", "label", "valid_to")),
        "plans": plans(),
    }
    return Loaded(
        told=told,
        content=on_record,
        plans=on_record["plans"],
        imports=[
            (each.file_name, each.state, each.is_sample, each.tasks.count(), each.warnings)
            for each in PlanImport.objects.order_by("pk")
        ],
        accounts=sample_accounts(),
        roles={
            role: sorted(
                Membership.objects.filter(role=role, person__user__is_active=True).values_list(
                    "person__email", flat=True
                )
            )
            for role in set(Membership.objects.values_list("role", flat=True))
        },
        rights={person.email: rights_of(person, on=today) for person in Person.objects.all()},
        delegations=[
            (row.giver.email, row.taker.email, sorted(each.role for each in row.roles.all()))
            for row in Delegation.objects.all()
        ],
        without_account=sorted(
            Person.objects.filter(user__isnull=True, email_verified_at__isnull=False).values_list(
                "kind", flat=True
            )
        ),
        successors={
            key: [unit.key for unit in unit_successors(Unit.objects.get(key=key), as_of=today)]
            for key in ("ubnd@xa/mau/pha-may", "ubnd@xa/mau/pha-suong-cu", "bao@tinh/mau")
        },
        counts_before_second=before,
        counts_after_second=counts(),
        second=second,
        superusers=User.objects.filter(is_superuser=True).count(),
        at=at,
        **noted_works(),
        extra={user.email: user.check_password("cau-mau-khe-suong") for user in User.objects.all()},
    )


@pytest.fixture(scope="session")
def loaded(_migrating_again_is_copying, django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the sample once for all tests that only look at what it holds."""
    kept = {}
    at = timezone.now()

    def once(seed, turn=1):
        if (seed, turn) not in kept:
            files = tmp_path_factory.mktemp("media")
            with (
                django_db_blocker.unblock(),
                override_settings(MEDIA_ROOT=files),
                transaction.atomic(),
            ):
                kept[seed, turn] = noted(seed, at)
                transaction.set_rollback(True)
        return kept[seed, turn]

    return once


@pytest.fixture
def sample(loaded):
    return loaded(1)
