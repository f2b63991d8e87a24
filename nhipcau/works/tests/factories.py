"""Works for tests, here and in the rooms above."""

from nhipcau.media.models import StoredFile
from nhipcau.people.tests.factories import AT, make_person, make_unit
from nhipcau.plans.models import Plan, PlanVersion, Task
from nhipcau.registry.models import Document
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import start_work


def make_work(*, kind="leaflet", by=None, unit=None, title="Tờ rơi đi chợ phiên", tag="vi", **more):
    return start_work(
        kind=kind,
        unit=unit or make_unit(),
        language=make_language(tag),
        title=title,
        by=by or make_person("Hoàng Văn Tác"),
        at=AT,
        **more,
    )


def make_task(*, title="Biên soạn tờ rơi về đi chợ phiên", path="II.1", plan=None):
    """A task of a plan in force."""
    if plan is None:
        plan = Plan.objects.create(
            document=Document.objects.create(title="Kế hoạch năm"), title="Kế hoạch năm"
        )
    version = plan.versions.first() or PlanVersion.objects.create(
        plan=plan,
        number=1,
        file=StoredFile.objects.create(
            sha256=f"{plan.pk:064d}", size_bytes=1, kept_at=AT, kept_by_key="test"
        ),
        file_name="ke-hoach.docx",
        text=title,
        accepted_at=AT,
        accepted_by=make_person("Trần Kế Hoạch"),
    )
    return Task.objects.create(
        plan=plan,
        version=version,
        path=path,
        order=plan.tasks.count() + 1,
        title=title,
        folded=title.lower(),
    )
