"""A plan's next version, and what was done on its tasks meanwhile."""

import pytest
from django.urls import reverse

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, make_user
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.models import PlanImport
from nhipcau.plans.reading import read
from nhipcau.plans.reading.sources import load
from nhipcau.plans.tests.room.conftest import PLAN
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.queries import public_version
from nhipcau.publishing.tests.factories import House
from nhipcau.registry.queries.names import name_index

pytestmark = pytest.mark.django_db
LOUDSPEAKERS = "2. Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu"


@pytest.fixture
def house():
    return House()


@pytest.fixture
def planner(house):
    return make_user(Role.PLANNER, unit=house.unit).person


@pytest.fixture
def accept(house, planner):
    """Bring a text, read it, and accept it: as a plan of its own or as the next version."""

    def accept(text, *, plan=None):
        brought = importing.bring_file(
            chunks=[text.encode()], file_name="ke-hoach.txt", unit=house.unit, by=planner, at=AT
        ).plan_import
        importing.begin_reading(plan_import=brought, by=planner, at=AT)
        importing.keep_reading(
            plan_import=brought,
            reading=read(load(text.encode())).as_json(spans=True),
            names=name_index(),
            scope=None,
            by=planner,
            at=AT,
        )
        review.keep_names_as_written(plan_import=brought, seen=0, by=planner, at=AT)
        if plan is not None:
            brought = importing.set_plan(plan_import=brought, plan=plan, by=planner, at=AT)
        return accepting.accept(
            plan_import=PlanImport.objects.get(pk=brought.pk), by=planner, at=AT
        )

    return accept


def test_the_next_version_keeps_what_was_done_on_a_task_whether_it_names_it_or_not(
    client, house, planner, accept
):
    plan = accept(PLAN)
    task = plan.tasks.get(path="II.2")
    mark, row = task.uuid, task.pk
    work = house.work(title="Bản tin đi chợ", tasks=[task])
    house.approved(work)
    (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
    client.force_login(planner.user)

    def page():
        return client.get(reverse("plans:task", args=[mark])).content.decode()

    # The signed version words the task anew and puts another before it: it is the same task.
    signed = PLAN.replace("18/KH-UBND", "21/KH-UBND").replace(
        LOUDSPEAKERS, f"2. Mở lớp tiếng Trung cho tiểu thương\n\n{LOUDSPEAKERS.replace('2.', '3.')}"
    )
    signed = signed.replace("đi chợ trên loa", "đi chợ phiên trên loa")
    assert accept(signed, plan=plan) == plan
    task.refresh_from_db()
    assert (task.pk, task.uuid, task.path) == (row, mark, "II.3")
    assert task.title == "Phát bản tin hướng dẫn đi chợ phiên trên loa cửa khẩu"
    assert (task.version.number, task.left_the_plan_at) == (2, None)
    assert list(work.tasks.all()) == [task]
    assert list(release.tasks.all()) == [task]
    assert "Bản tin đi chợ" in page()

    # The third no longer names it: it has left the plan, and what was done on it stays.
    third = PLAN.replace("18/KH-UBND", "30/KH-UBND").replace(LOUDSPEAKERS, "2. Lắp bảng chỉ đường")
    accept(third, plan=plan)
    task.refresh_from_db()
    assert task.left_the_plan_at == AT
    assert not plan.tasks.filter(left_the_plan_at__isnull=True, pk=row).exists()
    assert list(work.tasks.all()) == [task]
    assert list(release.tasks.all()) == [task]
    assert public_version(work.subject, language="vi", at=AT) is not None
    shown = page()
    assert "Bản tin đi chợ" in shown
    assert 'class="trouble"' in shown
    outline = client.get(reverse("plans:outline", args=[plan.uuid])).content.decode()
    assert "hướng dẫn đi chợ phiên trên loa" not in outline
    assert [one.number for one in plan.versions.order_by("number")] == [1, 2, 3]

    # The fourth names it again: it goes on, with all that hangs on it.
    accept(signed.replace("21/KH-UBND", "41/KH-UBND"), plan=plan)
    task.refresh_from_db()
    assert (task.pk, task.path, task.left_the_plan_at) == (row, "II.3", None)
    assert plan.tasks.filter(title=task.title).count() == 1
    assert "Bản tin đi chợ" in page()
