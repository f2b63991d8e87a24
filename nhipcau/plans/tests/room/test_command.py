"""`nhipcau plan import FILE`: from the file to proposals, and to tasks where nothing is open."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user
from nhipcau.plans.enums import ImportState
from nhipcau.plans.models import Plan, PlanImport, Task
from nhipcau.plans.tests.room.conftest import PLAN

pytestmark = pytest.mark.django_db
SETTLED = PLAN.replace("; Hội Cựu giáo chức chợ phiên", "")
NEWS = "LẠNG SƠN: Hôm qua, tỉnh đã tổ chức hội nghị triển khai kế hoạch thông tin đối ngoại.\n" * 9


@pytest.fixture
def imported(tmp_path, planner):
    """What the command says about a text, in English."""

    def imported(text, *words, name="ke-hoach.txt"):
        (tmp_path / name).write_text(text)
        told = StringIO()
        with translation.override("en"):
            call_command("plan_import", str(tmp_path / name), *words, language="en", stdout=told)
        return told.getvalue()

    return imported


def test_a_plan_is_read_and_waits_for_its_review_under_the_name_of_the_only_planner(
    imported, planner
):
    told = imported(PLAN)

    plan_import = PlanImport.objects.get()
    assert plan_import.brought_by == planner
    assert plan_import.state == ImportState.REVIEW
    assert "3 tasks proposed" in told or "2 tasks proposed" in told
    assert f"/admin/plans/import/{plan_import.uuid}/" in told
    assert not Task.objects.exists()


def test_of_several_planners_one_is_named(imported, planner, departments):
    other = make_user(Role.PLANNER, unit=departments["trade"]).person

    with pytest.raises(CommandError, match="--by") as refused:
        imported(PLAN)
    assert planner.user.email in str(refused.value)
    assert other.user.email in str(refused.value)

    imported(PLAN, "--unit", "trade")
    assert PlanImport.objects.get().brought_by == other


def test_whoever_may_not_is_told_so_and_nothing_is_kept(imported, departments):
    stranger = make_user(Role.AUTHOR, unit=departments["culture"])

    with pytest.raises(CommandError, match="may not bring plans"):
        imported(PLAN, "--by", stranger.email)
    with pytest.raises(CommandError, match="Nobody signs in as"):
        imported(PLAN, "--by", "khong-ai@example.vn")
    assert not PlanImport.objects.exists()


def test_what_is_no_plan_ends_with_its_sentence(imported):
    with pytest.raises(CommandError, match=r"^[A-Z].+\.$") as refused:
        imported(NEWS)

    assert str(refused.value) == PlanImport.objects.get().refusal_en
    assert not Plan.objects.exists()


def test_a_plan_without_an_open_point_is_accepted_at_once_and_known_again(imported, planner):
    told = imported(SETTLED, "--accept")

    plan = Plan.objects.get()
    assert f"The plan is accepted: {plan.tasks.count()} tasks." in told
    assert "already has" in imported(SETTLED)
    assert Plan.objects.count() == 1


def test_an_open_point_keeps_a_plan_from_being_accepted_and_is_named(imported):
    with pytest.raises(CommandError, match="One task names a unit that is not known"):
        imported(PLAN, "--accept")

    assert PlanImport.objects.get().state == ImportState.REVIEW
    assert not Plan.objects.exists()
