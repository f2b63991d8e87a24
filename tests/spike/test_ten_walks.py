"""Ten real tasks, walked through the few tables. What each taught: docs/architecture.md."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from nhipcau.kernel.folding import unaccented
from nhipcau.media.actions import keep_file
from nhipcau.people.tests.factories import make_person, make_unit
from nhipcau.plans.models import Plan, PlanVersion, Task
from nhipcau.plans.queries.documents import document_graph
from nhipcau.registry.actions.documents import (
    Particulars,
    cite_document,
    link_documents,
    register_document,
)
from nhipcau.registry.actions.units import change_units
from nhipcau.registry.models import Language
from nhipcau.registry.queries.units import unit_successors
from tests.spike.models import (
    Approval,
    Bundle,
    HandOff,
    LanguageVersion,
    OnlyReleasesPublish,
    Release,
    Rendition,
    Subject,
    Synonym,
    Work,
    releasing,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def author():
    return make_person("Triệu Thị Mẫu")


@pytest.fixture
def approver():
    return make_person("Hoàng Văn Mẫu")


@pytest.fixture
def unit():
    return make_unit("Sở Văn hóa, Thể thao và Du lịch")


def language(tag):
    return Language.objects.get_or_create(
        tag=tag, defaults={"name": tag, "own_name": tag, "script": "Latn", "mode": "written"}
    )[0]


def work(unit, short_id="7k3"):
    subject = Subject.objects.create(short_id=short_id, kind="work")
    Work.objects.create(subject=subject, kind="leaflet", unit=unit)
    return subject


def version(subject, tag, title, **fields):
    made = LanguageVersion.objects.create(
        subject=subject, language=language(tag), title=title, live=False, **fields
    )
    made.save_revision()
    made.refresh_from_db()
    return made


def approve(made, approver):
    Approval.objects.create(revision=made.latest_revision, by=approver, at=NOON)


def rendition(subject, renderer, *versions, by):
    made = Rendition.objects.create(
        subject=subject,
        renderer=renderer,
        file=keep_file(chunks=[f"{subject.pk}{renderer}".encode()], by=by, at=NOON),
    )
    made.sources.set([one.latest_revision for one in versions])
    return made


@transaction.atomic
def release(subject, versions, files, unit, *, at=NOON, bundle=None, tasks=()):
    made = Release.objects.create(
        subject=subject,
        unit=unit,
        bundle=bundle,
        released_at=at,
        languages=sorted(one.language.tag for one in versions),
    )
    made.versions.set([one.latest_revision for one in versions])
    made.files.set(files)
    made.tasks.set(tasks)
    with releasing():
        for one in versions:
            one.latest_revision.publish()
    return made


def public(at):
    """What the public sees at a moment: release rows and nothing else."""
    return Release.objects.filter(released_at__lte=at, withdrawn_at__isnull=True)


def plan(by, unit, citation, title):
    document = register_document(
        particulars=Particulars(
            citation=citation, issuer=unit.label, issued_on=date(2026, 1, 5), title=title
        ),
        by=by,
        at=NOON,
    )
    made = Plan.objects.create(document=document, unit=unit, title=title)
    paper = PlanVersion.objects.create(
        plan=made,
        number=1,
        file=keep_file(chunks=[title.encode()], by=by, at=NOON),
        file_name="ke-hoach.docx",
        text=title,
        accepted_at=NOON,
        accepted_by=by,
    )
    Task.objects.create(
        plan=made, version=paper, path="II.1", order=1, title="Làm tờ gấp", folded="lam to gap"
    )
    return made


def test_1_a_communes_plan_under_a_provinces(author, unit):
    province = plan(author, unit, "12/KH-UBND", "Kế hoạch của tỉnh")
    commune = plan(author, make_unit("UBND xã Mẫu Sơn"), "03/KH-UBND", "Kế hoạch của xã")
    decree = cite_document(
        particulars=Particulars(citation="72/2015/NĐ-CP", issued_on=date(2015, 9, 7)),
        by=author,
        at=NOON,
    )
    for lower, upper in ((commune.document, province.document), (province.document, decree)):
        link_documents(
            from_document=lower, to_document=upper, kind="implements", by=author, at=NOON
        )

    graph = document_graph(commune)

    layers = {graph.documents[box.key].citation: box.layer for box in graph.drawing.boxes}
    assert layers == {"03/KH-UBND": 0, "12/KH-UBND": -1, "72/2015/NĐ-CP": -2}
    assert graph.documents[decree.pk].is_placeholder


def test_2_a_unit_merged_in_mid_year(author):
    small, large, new = (
        make_unit(name, valid_from=date(2000, 1, 1)) for name in ("Phòng A", "Phòng B", "Phòng AB")
    )
    subject = work(small)
    early = release(subject, [version(subject, "vi", "Chợ phiên")], [], small)
    change_units(
        kind="merge", on=date(2026, 7, 1), before=[small, large], after=[new], by=author, at=NOON
    )

    counted_for = unit_successors(early.unit, as_of=date(2026, 12, 14))

    assert counted_for == [new]
    assert early.unit == small  # nothing is rewritten


def test_3_a_bilingual_leaflet_is_stale_when_either_side_moves(author, approver, unit):
    subject = work(unit)
    vi, zh = version(subject, "vi", "Chợ Kỳ Lừa"), version(subject, "zh-Hans", "奇旅市场")
    leaflet = rendition(subject, "bilingual_a4", vi, zh, by=author)
    approve(vi, approver)
    assert not leaflet.may_go_out  # one side is not cleared
    approve(zh, approver)
    assert leaflet.may_go_out

    zh.title = "奇驴市场"
    zh.save_revision()

    leaflet = Rendition.objects.get(pk=leaflet.pk)
    assert leaflet.is_stale
    assert not leaflet.may_go_out


def test_4_an_embargoed_bundle_goes_out_in_one_minute_or_not_at_all(author, unit):
    bundle = Bundle.objects.create(title="Mùa hoa đào", goes_out_at=NOON)
    one, two = work(unit, "7k4"), work(unit, "7k5")
    ready = {subject: version(subject, "vi", f"Tin {subject.short_id}") for subject in (one, two)}

    @transaction.atomic
    def go_out(*, and_then=None):
        for subject in (one, two):
            release(subject, [ready[subject]], [], unit, at=bundle.goes_out_at, bundle=bundle)
        if and_then is not None:
            and_then()

    def something_that_cannot_be():
        Release.objects.create(
            subject=two, unit=unit, released_at=NOON, withdrawn_at=NOON, notice=""
        )

    with pytest.raises(IntegrityError):
        go_out(and_then=something_that_cannot_be)
    assert not Release.objects.exists()
    assert not LanguageVersion.objects.filter(live=True).exists()

    go_out()
    assert not public(NOON - timedelta(seconds=1)).exists()
    assert public(NOON).count() == 2


def test_5_a_withdrawal_leaves_a_notice_and_counts_who_still_uses_a_file(author, unit):
    one, two = work(unit, "7k6"), work(unit, "7k7")
    file = rendition(one, "poster", version(one, "vi", "Áp phích"), by=author)
    first = release(one, [one.versions.get()], [file], unit)
    second = release(two, [version(two, "vi", "Bài")], [file], unit)

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=first.pk).update(withdrawn_at=NOON)
    Release.objects.filter(pk=first.pk).update(withdrawn_at=NOON, notice="Sai ngày họp chợ.")

    assert list(public(NOON)) == [second]
    assert file.releases.filter(withdrawn_at__isnull=True).count() == 1  # the public copy stays


def test_6_a_new_renderer_needs_no_table(author, approver, unit):
    subject = work(unit)
    vi = version(subject, "vi", "Sổ tay")
    approve(vi, approver)

    made = rendition(subject, "braille_brf", vi, by=author)

    assert made.may_go_out


def test_7_a_spoken_language_has_a_vietnamese_title_too(unit):
    subject = work(unit)

    with pytest.raises(IntegrityError), transaction.atomic():
        version(subject, "ium", "Bản nghe", mode="spoken")
    version(subject, "ium", "Bản nghe", mode="spoken", title_vi="Lịch chợ phiên, tiếng Dao")
    version(subject, "ium", "Bản viết")  # the same language may also be written

    assert subject.versions.count() == 2


def test_8_a_synonym_counts_at_once_for_old_works(unit):
    version(work(unit), "vi", "Công tác thông tin đối ngoại ở cửa khẩu")

    def found(query):
        words = [query, *Synonym.objects.filter(word=query).values_list("means", flat=True)]
        return any(
            unaccented(word) in unaccented(title)
            for word in words
            for title in LanguageVersion.objects.values_list("title", flat=True)
        )

    assert not found("TTĐN")
    Synonym.objects.create(word="TTĐN", means="thông tin đối ngoại")
    assert found("TTĐN")


def test_9_a_file_from_an_outside_translator_belongs_to_the_source_it_was_made_from(
    author, approver, unit
):
    subject = work(unit)
    vi = version(subject, "vi", "Giờ mở cửa khẩu")
    approve(vi, approver)
    lo = version(subject, "lo", "…", made_from=vi.latest_revision)
    sent = HandOff.objects.create(
        version=lo, source=vi.latest_revision, to=make_person("Bounmy mẫu", kind="translator")
    )
    vi.title = "Giờ mở cửa khẩu mùa hè"
    vi.save_revision()
    vi.refresh_from_db()

    sent.returned = keep_file(chunks=["ເວລາເປີດດ່ານ".encode()], by=author, at=NOON)
    sent.save()
    lo.title, lo.made_from, lo.out_of_date_since = "ເວລາເປີດດ່ານ", sent.source, NOON
    lo.save_revision()

    assert lo.made_from != vi.latest_revision
    assert lo.made_from.content["title"] == "Giờ mở cửa khẩu"  # what the translator saw
    assert not lo.live  # what comes back is a draft


def test_10_the_annual_report_counts_releases_per_subject(author, unit):
    ordered = plan(author, unit, "12/KH-UBND", "Kế hoạch của tỉnh").tasks.get()
    subject = work(unit)
    vi, en = version(subject, "vi", "Tờ gấp"), version(subject, "en", "Leaflet")
    release(subject, [vi], [], unit, tasks=[ordered])
    vi.title = "Tờ gấp, in lần hai"
    vi.save_revision()
    vi.refresh_from_db()
    release(subject, [vi, en], [], unit, at=NOON + timedelta(days=30), tasks=[ordered])

    of_the_task = Release.objects.filter(tasks=ordered)

    assert of_the_task.count() == 2  # two releases ...
    assert of_the_task.values("subject").distinct().count() == 1  # ... of one leaflet
    assert sorted({tag for one in of_the_task for tag in one.languages}) == ["en", "vi"]


def test_nothing_but_a_release_makes_a_version_public(unit):
    vi = version(work(unit), "vi", "Bài chưa duyệt")

    with pytest.raises(OnlyReleasesPublish):
        vi.latest_revision.publish()

    vi.refresh_from_db()
    assert not vi.live
