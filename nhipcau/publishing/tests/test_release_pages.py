"""The pages of bundles and releases: put together, out, withdrawn; and hostile hands."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_member, make_unit
from nhipcau.publishing.actions import (
    make_rendition,
    order_rendition,
    release_bundle,
    schedule_bundle,
)
from nhipcau.publishing.errors import NotReadyToRelease
from nhipcau.publishing.models import Bundle, Release, ReleasedVersion
from nhipcau.publishing.tasks import release_what_is_due
from nhipcau.translation.actions import save_words
from nhipcau.works.actions import change_work
from nhipcau.works.tests.factories import make_task

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def publisher(house, desk):
    return desk(house.publisher)


def url(name, *args):
    return reverse(f"publishing:{name}", args=args)


def of_unit(house, role=Role.PUBLISHER):
    """A publisher of another unit alone."""
    return make_member(role, unit=make_unit("Sở Ngoại vụ"))


class TestABundle:
    def test_goes_from_a_work_to_the_public_page_by_page(self, house, publisher):
        work = house.work()
        version = house.approved(work)
        form = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
        form = make_rendition(rendition=form, by=TEST, at=AT)

        begun = publisher.post(
            f"{url('start_bundle')}?work={work.subject.uuid}",
            {"title": "Tin sáng", "unit": house.unit.pk},
        )
        bundle = Bundle.objects.get()
        assert begun["Location"] == url("choose", bundle.uuid, work.subject.uuid)
        publisher.post(begun["Location"], {"v": [version.pk], "f": [form.pk]})
        shown = publisher.get(url("bundle", bundle.uuid))
        assert shown.context["run"].addresses == (f"/vi/cho-phien-vung-bien-{work.subject}/",)
        assert [file.name for file in shown.context["run"].files] == [form.name]
        assert shown.context["run"].may_leave

        publisher.post(url("release_bundle", bundle.uuid))

        release = Release.objects.get()
        assert release.subject == work.subject
        assert [file.rendition for file in release.files.all()] == [form]

    def test_says_every_obstacle_and_does_not_leave(self, house, publisher):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)
        change_work(
            work=work,
            by=house.author,
            at=AT,
            changes={"expires_on": timezone.localdate() - timedelta(days=1)},
        )

        shown = publisher.get(url("bundle", bundle.uuid)).content.decode()
        publisher.post(url("release_bundle", bundle.uuid))

        assert "review-findings" in shown
        assert not Release.objects.exists()

    def test_lists_works_to_put_in_by_their_words(self, house, publisher):
        for title in ("Chợ phiên", "Hội xuân"):
            house.approved(house.work(title=title))
        house.work(title="Chưa duyệt")
        bundle = house.bundle()

        def offered(**given):
            page = publisher.get(url("bundle", bundle.uuid), given)
            return [work.title for work in page.context["offered"]]

        assert sorted(offered()) == ["Chợ phiên", "Hội xuân"]
        assert offered(q="hoi xuan") == ["Hội xuân"]

    def test_keeps_what_was_chosen_before_and_replaces_it(self, house, publisher):
        work = house.work()
        version = house.approved(work)
        bundle = house.bundle(work, note="Lời cũ")
        page = url("choose", bundle.uuid, work.subject.uuid)

        assert "Lời cũ" in publisher.get(page).content.decode()
        publisher.post(page, {"v": [version.pk], "note": "Lời mới"})

        assert bundle.items.get().note == "Lời mới"

    def test_lets_a_work_go(self, house, publisher):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)

        publisher.post(url("leave_out", bundle.uuid, work.subject.uuid))

        assert not bundle.items.exists()

    def test_of_a_corrected_text_needs_a_public_note(self, house, publisher):
        work = house.work()
        version = house.approved(work)
        release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        save_words(version=version, words={"title": "Chợ phiên, sửa ngày"}, by=house.author, at=AT)
        version.refresh_from_db()
        house.hand_in(version)
        house.clear(version)
        bundle = house.bundle(work)

        publisher.post(url("release_bundle", bundle.uuid))
        assert Release.objects.count() == 1
        publisher.post(
            url("choose", bundle.uuid, work.subject.uuid),
            {"v": [version.pk], "note": "Sửa ngày họp chợ."},
        )
        publisher.post(url("release_bundle", bundle.uuid))

        corrected = Release.objects.latest("pk")
        assert (corrected.kind, corrected.public_note) == ("correction", "Sửa ngày họp chợ.")

    def test_shows_hostile_words_as_words(self, house, publisher):
        work = house.work(title=HOSTILE)
        house.approved(work)
        bundle = house.bundle(work, title=HOSTILE, note=HOSTILE)

        for page in (
            url("bundle", bundle.uuid),
            url("bundles"),
            url("choose", bundle.uuid, work.subject.uuid),
        ):
            assert "<script>alert(1)" not in publisher.get(page).content.decode()

    @pytest.mark.parametrize(
        "given",
        [{}, {"title": " "}, {"title": "x", "unit": "x"}, {"title": "x" * 500, "unit": "1"}],
    )
    def test_is_not_begun_without_a_title_or_unit(self, publisher, given):
        assert publisher.post(url("start_bundle"), given).status_code == 422
        assert not Bundle.objects.exists()

    @pytest.mark.parametrize("given", [{}, {"v": "x"}, {"v": "0"}, {"v": "9" * 30}, {"f": "1"}])
    def test_takes_no_text_that_is_not_offered(self, house, publisher, given):
        work = house.work()
        house.approved(work)
        bundle = house.bundle()

        answer = publisher.post(url("choose", bundle.uuid, work.subject.uuid), given)

        assert answer.status_code == 422
        assert not bundle.items.exists()

    @pytest.mark.parametrize("key", ["x", "0", "999999", "-1"])
    def test_takes_no_form_that_is_not_offered(self, house, publisher, key):
        work = house.work()
        version = house.approved(work)
        form = order_rendition(slug="web-page", versions=[version], by=house.author, at=AT)
        make_rendition(rendition=form, by=TEST, at=AT)
        bundle = house.bundle()

        answer = publisher.post(
            url("choose", bundle.uuid, work.subject.uuid), {"v": version.pk, "f": key}
        )

        assert answer.status_code == 422
        assert not bundle.items.exists()

    def test_takes_nothing_of_a_work_without_an_approved_text(self, house, publisher):
        work, bundle = house.work(), house.bundle()

        answer = publisher.get(url("choose", bundle.uuid, work.subject.uuid))

        assert answer["Location"] == url("bundle", bundle.uuid)

    def test_of_another_unit_is_closed(self, house, desk):
        work = house.work()
        version = house.approved(work)
        bundle = house.bundle(work)
        client = desk(of_unit(house))

        assert client.get(url("bundle", bundle.uuid))["Location"] == "/admin/"
        for name, args, given in (
            ("release_bundle", [bundle.uuid], {}),
            ("schedule", [bundle.uuid], {"goes_out_at": "2099-01-01T09:00"}),
            ("call_off", [bundle.uuid], {}),
            ("choose", [bundle.uuid, work.subject.uuid], {"v": [version.pk]}),
            ("leave_out", [bundle.uuid, work.subject.uuid], {}),
        ):
            assert client.post(url(name, *args), given)["Location"] == "/admin/"
        bundle.refresh_from_db()
        assert (bundle.state, bundle.items.count()) == ("draft", 1)
        assert not Release.objects.exists()

    def test_takes_no_work_of_a_unit_for_which_one_does_not_release(self, house, desk):
        """A publisher's own bundle is no way to another unit's texts."""
        stranger = of_unit(house)
        unit = stranger.memberships.get().unit
        work = house.work()
        version = house.approved(work)
        client = desk(stranger)
        units = list(client.get(url("start_bundle")).context["form"].fields["unit"].queryset)
        assert units == [unit]
        client.post(url("start_bundle"), {"title": "Của tôi", "unit": unit.pk})
        bundle = Bundle.objects.get()

        answer = client.post(url("choose", bundle.uuid, work.subject.uuid), {"v": [version.pk]})

        assert answer.status_code == 422
        assert not bundle.items.exists()


class TestItsMinute:
    def test_is_set_called_off_and_kept_by_the_worker(self, house, publisher):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)
        minute = timezone.localtime() + timedelta(days=1)
        given = {"goes_out_at": f"{minute:%Y-%m-%dT%H:%M}", "is_embargoed": "on"}

        publisher.post(url("schedule", bundle.uuid), given)
        bundle.refresh_from_db()
        assert (bundle.state, bundle.is_embargoed) == ("scheduled", True)
        assert bundle.goes_out_at == minute.replace(second=0, microsecond=0)

        publisher.post(url("call_off", bundle.uuid))
        bundle.refresh_from_db()
        assert (bundle.state, bundle.goes_out_at) == ("draft", None)

        publisher.post(url("schedule", bundle.uuid), given)
        release_what_is_due(at=bundle.made_at + timedelta(days=20_000))
        bundle.refresh_from_db()
        assert bundle.state == "out"
        assert "review-decide" in publisher.get(url("bundle", bundle.uuid)).content.decode()

    @pytest.mark.parametrize(
        "minute", ["", "x", "2020-01-01T09:00", "0001-01-01T00:00", "9999-99-99T99:99"]
    )
    def test_that_is_none_or_has_passed_is_refused(self, house, publisher, minute):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)

        answer = publisher.post(url("schedule", bundle.uuid), {"goes_out_at": minute})

        assert answer.status_code in {409, 422}
        bundle.refresh_from_db()
        assert bundle.state == "draft"

    def test_under_embargo_is_not_overtaken(self, house, publisher):
        work = house.work()
        house.approved(work)
        bundle = house.bundle(work)
        later = AT + timedelta(hours=2)
        schedule_bundle(
            bundle=bundle, goes_out_at=later, is_embargoed=True, by=house.publisher, at=AT
        )

        with pytest.raises(NotReadyToRelease):
            release_bundle(bundle=bundle, by=house.publisher, at=AT)

        assert not Release.objects.exists()


class TestReleases:
    @pytest.fixture
    def released(self, house):
        task = make_task()
        work = house.work(tasks=[task])
        house.approved(work)
        (release,) = release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        return release

    def test_are_listed_narrowed_and_leave_as_a_sheet(self, house, desk, released):
        client = desk(house.author)

        def listed(**given):
            return list(client.get(url("releases"), given).context["page"].object_list)

        day = timezone.localdate(AT)
        assert listed() == [released]
        assert listed(q="phiên", kind="first", unit=house.unit.pk, since=day, until=day) == [
            released
        ]
        assert listed(kind="correction") == listed(withdrawn="on") == listed(late="on") == []
        assert listed(since=day + timedelta(days=1)) == []
        answer = client.get(url("releases"), {"export": "xlsx"})
        rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
        assert rows[1][0] == "Chợ phiên vùng biên"

    @pytest.mark.parametrize(
        "given", [{"since": "x"}, {"unit": "-1"}, {"kind": "x"}, {"p": "999"}, {"q": "%"}]
    )
    def test_bear_broken_filters(self, house, desk, released, given):
        assert desk(house.author).get(url("releases"), given).status_code == 200

    @pytest.mark.parametrize("count", [1, 3])
    def test_cost_at_most_fifteen_queries(self, house, desk, count, django_assert_max_num_queries):
        for number in range(count):
            work = house.work(title=f"Tin {number}")
            house.approved(work)
            release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
        client = desk(house.publisher)
        client.get(url("releases"))

        for name in ("releases", "bundles"):
            with django_assert_max_num_queries(15):
                assert client.get(url(name)).status_code == 200

    def test_show_what_was_frozen_whatever_changes_later(self, house, desk, released):
        house.unit.label = "Sở Văn hóa và Thể thao"
        house.unit.save()
        change_work(work=released.subject.work, by=house.author, at=AT, changes={"tasks": []})

        page = desk(house.author).get(url("release", released.uuid))

        assert [task.pk for task in page.context["tasks"]] == [
            task.pk for task in released.tasks.all()
        ]
        assert released.unit_name in page.content.decode()
        ((_text, address),) = page.context["frozen"].texts
        assert address == f"/vi/cho-phien-vung-bien-{released.subject}/"

    def test_say_how_late_they_were(self, house, desk):
        work = house.work()
        house.approved(work)
        schedule_bundle(
            bundle=house.bundle(work),
            goes_out_at=AT + timedelta(hours=1),
            by=house.publisher,
            at=AT,
        )
        release_what_is_due(at=AT + timedelta(hours=1, minutes=7))

        page = desk(house.author).get(url("release", Release.objects.get().uuid))

        assert page.context["late_minutes"] == 7


class TestAWithdrawal:
    @pytest.fixture
    def public(self, house):
        def make(title="Chợ phiên vùng biên"):
            work = house.work(title=title)
            house.approved(work)
            release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)
            work.subject.refresh_from_db()
            return work

        return make

    def test_leaves_a_notice_and_leads_readers_on(self, house, publisher, public):
        work, better = public(), public("Chợ phiên, bản mới")
        version = work.subject.versions.get()

        publisher.post(
            url("withdraw", work.subject.uuid),
            {
                "v": [version.pk],
                "reason": "replaced",
                "notice": "Đã có bản mới.",
                "redirect_to": f"https://langson.example.vn/vi/cho-{better.subject.short_id}/",
            },
        )

        taken = ReleasedVersion.objects.get(version=version)
        assert (taken.withdrawal_reason, taken.notice) == ("replaced", "Đã có bản mới.")
        assert taken.redirect_to == better.subject

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"reason": "in_error"},
            {"reason": "x", "notice": "Sai."},
            {"reason": "in_error", "notice": " "},
            {"reason": "in_error", "notice": "Sai.", "redirect_to": "khong-co"},
            {"reason": "in_error", "notice": "Sai.", "redirect_to": "self"},
            {"reason": "in_error", "notice": "Sai.", "v": []},
        ],
    )
    def test_without_reason_notice_or_a_public_aim_is_refused(self, publisher, public, given):
        work = public()
        given = {"v": [work.subject.versions.get().pk], **given}
        if given.get("redirect_to") == "self":
            given["redirect_to"] = work.subject.short_id

        answer = publisher.post(url("withdraw", work.subject.uuid), given)

        assert answer.status_code == 422
        assert ReleasedVersion.objects.get().withdrawn_at is None

    def test_leads_to_nothing_that_is_not_public(self, house, publisher, public):
        work, hidden = public(), house.work(title="Chưa ra")

        answer = publisher.post(
            url("withdraw", work.subject.uuid),
            {
                "v": [work.subject.versions.get().pk],
                "reason": "replaced",
                "notice": "Đã thay.",
                "redirect_to": hidden.subject.short_id,
            },
        )

        assert answer.status_code == 422

    def test_is_for_publishers_of_the_unit(self, house, desk, public):
        work = public()
        page = url("withdraw", work.subject.uuid)

        for person in (of_unit(house), house.author, house.head):
            answer = desk(person).post(
                page,
                {
                    "v": [work.subject.versions.get().pk],
                    "reason": "in_error",
                    "notice": "Sai.",
                },
            )
            assert answer["Location"] == "/admin/"
        assert ReleasedVersion.objects.get().withdrawn_at is None

    def test_of_what_is_not_public_is_not_offered(self, house, publisher):
        work = house.work()

        assert publisher.get(url("withdraw", work.subject.uuid)).status_code == 302
