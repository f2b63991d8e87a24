import pytest
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.models import Entry
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.models import PlanImport, PlanVersion
from nhipcau.plans.tests.room.conftest import NOON, PLAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(departments):
    """A planner of the other department."""
    return make_user(Role.PLANNER, unit=departments["trade"])


@pytest.fixture
def others_plan(bring, planner):
    """A plan of the first department, accepted by its own planner."""
    plan_import = bring()
    review.keep_names_as_written(
        plan_import=plan_import, seen=plan_import.steps_done, by=planner, at=NOON
    )
    return accepting.accept(plan_import=plan_import, by=planner, at=NOON)


@pytest.fixture
def strangers_import(stranger, departments):
    """A file that the stranger brought for the stranger's own department, ready to accept."""
    from nhipcau.plans.tasks import read_plan

    brought = importing.bring_file(
        chunks=[PLAN.replace("18/KH-UBND", "77/KH-UBND").encode()],
        file_name="cua-so-khac.txt",
        unit=departments["trade"],
        by=stranger.person,
        at=NOON,
    ).plan_import
    read_plan.call(brought.pk)
    brought.refresh_from_db()
    review.keep_names_as_written(
        plan_import=brought, seen=brought.steps_done, by=stranger.person, at=NOON
    )
    return PlanImport.objects.get(pk=brought.pk)


def test_nobody_makes_a_new_version_of_another_units_plan(
    client, stranger, others_plan, strangers_import
):
    client.force_login(stranger)
    lines = Entry.objects.count()

    told = client.post(
        reverse("plans:set_plan", args=[strangers_import.uuid]), {"plan": others_plan.pk}
    )

    assert told.status_code in {302, 403}
    strangers_import.refresh_from_db()
    assert strangers_import.plan is None
    assert Entry.objects.count() == lines


def test_nobody_accepts_a_new_version_of_another_units_plan(
    client, stranger, planner, others_plan, strangers_import
):
    importing.set_plan(plan_import=strangers_import, plan=others_plan, by=planner, at=NOON)
    client.force_login(stranger)

    client.post(reverse("plans:accept", args=[strangers_import.uuid]))

    assert PlanVersion.objects.filter(plan=others_plan).count() == 1
    others_plan.refresh_from_db()
    assert others_plan.unit.key == "culture"
    strangers_import.refresh_from_db()
    assert strangers_import.state == "review"


def test_a_planner_makes_a_new_version_of_the_own_units_plan(
    client, planner, others_plan, strangers_import, departments
):
    strangers_import.unit = departments["culture"]
    strangers_import.save()
    client.force_login(planner.user)

    client.post(reverse("plans:set_plan", args=[strangers_import.uuid]), {"plan": others_plan.pk})
    client.post(reverse("plans:accept", args=[strangers_import.uuid]))

    assert PlanVersion.objects.filter(plan=others_plan).count() == 2


def test_another_units_import_is_closed_to_a_planner(client, stranger, bring):
    plan_import = bring()
    client.force_login(stranger)

    answers = {
        name: client.get(reverse(f"plans:{name}", args=[plan_import.uuid])).status_code
        for name in ("review", "state", "progress", "compare")
    }
    client.post(reverse("plans:discard", args=[plan_import.uuid]))
    client.post(reverse("plans:accept", args=[plan_import.uuid]))

    assert set(answers.values()) <= {302, 403}
    plan_import.refresh_from_db()
    assert plan_import.state == "review"


def test_a_brought_file_and_its_reading_are_written_in_one_transaction(planner, departments):
    queued = DBTaskResult.objects.filter(task_path="nhipcau.plans.tasks.read_plan")

    def bring_and(fail):
        with transaction.atomic():
            importing.bring_file(
                chunks=[PLAN.encode()],
                file_name="ke-hoach.txt",
                unit=departments["culture"],
                by=planner,
                at=NOON,
            )
            if fail:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        bring_and(fail=True)
    assert (PlanImport.objects.count(), queued.count()) == (0, 0)

    bring_and(fail=False)
    assert (PlanImport.objects.count(), queued.count()) == (1, 1)
