"""Real tasks, walked through the rooms as they are. What each taught: docs/architecture.md.

The walk of a search synonym comes with the room search.
"""

from datetime import date, timedelta

import pytest

from nhipcau.media.actions import keep_file
from nhipcau.people.tests.factories import AT, make_person, make_unit
from nhipcau.plans.models import Plan, PlanVersion, Task
from nhipcau.plans.queries.documents import document_graph
from nhipcau.publishing.actions import (
    choose,
    make_bundle,
    make_rendition,
    order_rendition,
    release_bundle,
    schedule_bundle,
    withdraw,
)
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.models import Release, ReleasedVersion
from nhipcau.publishing.queries import public_version
from nhipcau.publishing.queries.pins import is_stale
from nhipcau.publishing.tasks import release_what_is_due
from nhipcau.publishing.tests.factories import House
from nhipcau.registry.actions.changes import tell_change
from nhipcau.registry.actions.document_links import link_documents
from nhipcau.registry.actions.documents import (
    Particulars,
    cite_document,
    register_document,
)
from nhipcau.registry.queries.units import unit_successors
from nhipcau.translation.actions import save_words, start_version
from nhipcau.translation.enums import ContributionKind
from nhipcau.translation.errors import NotPossible
from nhipcau.translation.tests.factories import make_language
from nhipcau.works.actions import trash_work

pytestmark = pytest.mark.django_db
NOON = AT + timedelta(hours=4)


@pytest.fixture
def house():
    return House()


def plan(by, unit, citation, title):
    document = register_document(
        particulars=Particulars(
            citation=citation, issuer=unit.label, issued_on=date(2026, 1, 5), title=title
        ),
        by=by,
        at=AT,
    )
    made = Plan.objects.create(document=document, unit=unit, title=title)
    paper = PlanVersion.objects.create(
        plan=made,
        number=1,
        file=keep_file(chunks=[title.encode()], by=by, at=AT),
        file_name="ke-hoach.docx",
        text=title,
        accepted_at=AT,
        accepted_by=by,
    )
    Task.objects.create(
        plan=made, version=paper, path="II.1", order=1, title="Làm tờ gấp", folded="lam to gap"
    )
    return made


def test_a_communes_plan_under_a_provinces(house):
    province = plan(house.author, house.unit, "12/KH-UBND", "Kế hoạch của tỉnh")
    commune = plan(house.author, make_unit("UBND xã Mẫu Sơn"), "03/KH-UBND", "Kế hoạch của xã")
    decree = cite_document(
        particulars=Particulars(citation="72/2015/NĐ-CP", issued_on=date(2015, 9, 7)),
        by=house.author,
        at=AT,
    )
    for lower, upper in ((commune.document, province.document), (province.document, decree)):
        link_documents(
            from_document=lower, to_document=upper, kind="implements", by=house.author, at=AT
        )

    graph = document_graph(commune.document)

    layers = {graph.documents[box.key].citation: box.layer for box in graph.drawing.boxes}
    assert layers == {"03/KH-UBND": 0, "12/KH-UBND": -1, "72/2015/NĐ-CP": -2}
    assert graph.documents[decree.pk].is_placeholder


def test_a_unit_merged_in_mid_year(house):
    work = house.work()
    house.approved(work)
    (early,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
    other, new = (make_unit(name, valid_from=date(2000, 1, 1)) for name in ("Phòng B", "Phòng AB"))
    house.unit.valid_from = date(2000, 1, 1)
    house.unit.save()
    tell_change(
        kind="merge",
        on=date(2026, 7, 1),
        before=[house.unit, other],
        after=[new],
        by=house.author,
        at=AT,
    )

    early = Release.objects.get(pk=early.pk)
    assert unit_successors(early.unit, as_of=date(2026, 12, 14)) == [new]
    assert early.unit == house.unit  # nothing is rewritten
    assert early.unit_name == house.unit.label


def test_a_bilingual_leaflet_needs_both_sides_approved_and_is_stale_when_either_moves(house):
    work = house.work(kind="leaflet", title="Chợ Kỳ Lừa")
    vi = house.approved(work)
    zh = house.translated(work, "zh-Hans", "奇旅市场")
    from nhipcau.publishing.errors import NotPossible as NoForm

    with pytest.raises(NoForm):
        order_rendition(slug="parallel", versions=[vi, zh], by=house.author, at=AT)
    house.hand_in(zh, by=house.translator)
    house.clear(zh)
    leaflet = order_rendition(slug="parallel", versions=[vi, zh], by=house.author, at=AT)
    assert not is_stale(leaflet)

    save_words(version=zh, by=house.translator, at=AT, words={"title": "奇驴市场"})
    house.hand_in(zh, by=house.translator)
    house.clear(zh)

    leaflet.refresh_from_db()
    assert is_stale(leaflet)


def test_an_embargoed_bundle_goes_out_in_one_minute_or_not_at_all(house):
    one, two = house.work(title="Tin một"), house.work(title="Tin hai")
    house.approved(one)
    house.approved(two)
    bundle = house.bundle(one, two)
    trash_work(work=two, by=house.author, at=AT)
    with pytest.raises(NotReadyToRelease):
        release_bundle(bundle=bundle, by=house.publisher, at=AT)
    assert not Release.objects.exists()

    three = house.work(title="Tin ba")
    house.approved(three)
    bundle = house.bundle(one, three)
    schedule_bundle(bundle=bundle, goes_out_at=NOON, is_embargoed=True, by=house.publisher, at=AT)

    assert not release_what_is_due(at=NOON - timedelta(seconds=1))
    assert not Release.objects.exists()
    assert release_what_is_due(at=NOON)
    assert ReleasedVersion.objects.public(at=NOON).count() == 2


def test_a_withdrawal_leaves_a_notice(house):
    work = house.work()
    house.approved(work)
    release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

    withdraw(
        subject=work.subject,
        reason="in_error",
        notice="Sai ngày họp chợ.",
        by=house.publisher,
        at=NOON,
    )

    assert public_version(work.subject, language="vi", at=NOON) is None
    assert ReleasedVersion.objects.noticed(at=NOON).get().notice == "Sai ngày họp chợ."


class Braille:
    """A form that nobody thought of when the tables were made."""

    slug, name, media_type = "braille", "Chữ nổi", "text/plain"
    sources, kinds = 1, frozenset()

    def render(self, sources, media, options):
        from nhipcau.publishing.renderers.contract import Rendered, RenderedFile

        return Rendered((RenderedFile("noi.txt", self.media_type, sources[0].title.encode()),))


def test_a_new_renderer_needs_no_table(house, settings):
    from nhipcau.publishing.renderers.listed import every_renderer

    settings.RENDERERS = [*settings.RENDERERS, f"{__name__}.Braille"]
    every_renderer.cache_clear()
    try:
        vi = house.approved(house.work())
        form = order_rendition(slug="braille", versions=[vi], by=house.author, at=AT)
        made = make_rendition(rendition=form, by=house.author, at=AT)
    finally:
        every_renderer.cache_clear()

    assert (made.state, made.name) == ("made", "noi.txt")


def test_a_spoken_language_has_a_vietnamese_title_too(house):
    work = house.work()
    dao = make_language("ium", mode="audio_only")
    spoken = {"subject": work.subject, "language": dao, "mode": "spoken", "by": house.author}

    with pytest.raises(NotPossible):
        start_version(**spoken, title="Bản nghe", at=AT)
    start_version(**spoken, title="Bản nghe", title_vi="Lịch chợ phiên, tiếng Dao", at=AT)

    assert work.subject.versions.count() == 2


def test_a_file_from_an_outside_translator_belongs_to_the_source_it_was_made_from(house):
    work = house.work(title="Giờ mở cửa khẩu")
    vi = house.approved(work)
    seen = vi.approved_revision
    lo = house.translated(work, "lo", "…")
    save_words(version=vi, by=house.author, at=AT, words={"title": "Giờ mở cửa khẩu mùa hè"})
    house.hand_in(vi)
    house.clear(vi)

    outsider = make_person("Bounmy mẫu", kind="translator")
    save_words(
        version=lo,
        by=outsider,
        at=AT,
        words={"title": "ເວລາເປີດດ່ານ"},
        kind=ContributionKind.TRANSLATED,
    )

    assert lo.made_from == seen
    assert lo.made_from.content["title"] == "Giờ mở cửa khẩu"  # what the translator saw
    assert lo.out_of_date_since is not None
    assert lo.state == "draft"  # what comes back is a draft


def test_the_annual_report_counts_releases_per_subject(house):
    ordered = plan(house.author, house.unit, "12/KH-UBND", "Kế hoạch của tỉnh").tasks.get()
    work = house.work(tasks=[ordered])
    vi = house.approved(work)
    release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
    en = house.translated(work)
    house.hand_in(en, by=house.translator)
    house.clear(en)
    bundle = make_bundle(title="English", unit=house.unit, by=house.publisher, at=AT)
    choose(bundle=bundle, subject=work.subject, versions=[en], by=house.publisher, at=AT)
    release_bundle(bundle=bundle, by=house.publisher, at=NOON)

    of_the_task = Release.objects.filter(tasks=ordered)

    assert of_the_task.count() == 2  # two releases ...
    assert of_the_task.values("subject").distinct().count() == 1  # ... of one work
    languages = ReleasedVersion.objects.filter(release__in=of_the_task)
    assert sorted(languages.values_list("language__tag", flat=True)) == ["en", "vi"]
    assert vi.approved_revision is not None
