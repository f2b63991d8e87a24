"""A picture from the library to the page: chosen in the editor, in the manuscript, on the web."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext

from nhipcau.media.actions import (
    begin_upload,
    examine_upload,
    receive_piece,
    set_alt_text,
    trash_item,
)
from nhipcau.media.errors import ItemInUse
from nhipcau.media.models import MediaItem
from nhipcau.media.queries.usage import usage_of
from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.queries import dry_run, manuscript_of, media_keys_of
from nhipcau.translation.actions import hand_in, save_words
from nhipcau.translation.models import MediaUse
from nhipcau.translation.proofreading.checks.alt_text import MISSING as NO_TEXT
from nhipcau.works.actions import trash_work

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def author(house, client):
    user = make_user(Role.AUTHOR, unit=house.unit, full_name="Hoàng Văn Tác")
    client.force_login(user)
    return user.person


@pytest.fixture
def bring(house, author, django_capture_on_commit_callbacks):
    def brought(data, name="cong-cho.jpg", **more):
        with django_capture_on_commit_callbacks(execute=True):
            upload = begin_upload(
                unit=house.unit, file_name=name, size_bytes=len(data), by=author, at=AT, **more
            )
            receive_piece(upload=upload, offset=0, pieces=[data], by=author, at=AT)
            upload.refresh_from_db()
            return examine_upload(upload=upload, by=TEST, at=AT).item

    return brought


def with_rights(item):
    MediaItem.objects.filter(pk=item.pk).update(
        credit="Nguyễn Văn Ảnh", source="Sở", licence="CC-BY-4.0", consent="not_needed"
    )
    return item


def words(item, **more):
    return {
        "title": "Chợ phiên", "title_vi": "", "summary": "", "slug": "", "search_description": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "picture",
        "body-0-id": "", "body-0-value-picture": str(item.pk),
        "body-0-value-alt": "Cổng chợ có mái ngói", "body-0-value-caption": "", **more,
    }  # fmt: skip


def test_a_picture_is_chosen_stands_in_the_manuscript_and_on_the_page(client, house, author, bring):
    item = bring(picture_bytes("JPEG"))
    version = house.work(by=author).subject.versions.get()
    edit = reverse("words:edit", args=[version.pk])
    chosen = client.get(reverse("media_chooser:chosen", args=[item.pk])).json()["result"]
    assert "media/chooser/?kind=picture" in client.get(edit).content.decode()

    answer = client.post(edit, words(item, **{"body-0-value-picture": chosen["id"]}))

    version.refresh_from_db()
    manuscript = manuscript_of(version, version.latest_revision)
    assert answer.status_code == 302
    assert media_keys_of(manuscript) == (f"picture/{item.pk}",)
    preview = reverse("words:preview_on_edit", args=[version.pk])
    client.post(preview, words(item))
    page = client.get(f"{preview}?mode=").content.decode()
    assert reverse("media:original", args=[item.uuid]) in page
    assert "Cổng chợ có mái ngói" in page
    place = reverse("works:work", args=[version.subject.uuid])
    assert place in client.get(reverse("media:item", args=[item.uuid])).content.decode()


class TestWhatTheLibrarySays:
    SAID = "Cổng chợ lợp ngói, người gánh rau đi vào"

    @pytest.fixture
    def item(self, bring):
        return with_rights(bring(picture_bytes("JPEG")))

    @pytest.fixture
    def version(self, house, author):
        return house.work(by=author).subject.versions.get()

    def say(self, item, version):
        set_alt_text(item=item, language=version.language, text=self.SAID, by=TEST, at=AT)

    def test_is_given_to_the_editor_with_the_chosen_picture(self, client, item, version):
        self.say(item, version)

        chosen = client.get(reverse("media_chooser:chosen", args=[item.pk])).json()["result"]
        editor = client.get(reverse("words:edit", args=[version.pk])).content.decode()

        assert chosen["texts"] == {str(version.language_id): self.SAID}
        assert chosen["is_decorative"] is False
        assert f'data-alt-language="{version.language_id}"' in editor
        assert "works/alt-texts.js" in editor

    def test_is_saved_where_the_author_says_nothing_and_found_by_the_check(
        self, client, item, version
    ):
        edit = reverse("words:edit", args=[version.pk])
        hand_in_page = reverse("publishing:hand_in", args=[version.subject.uuid])
        client.post(edit, words(item, **{"body-0-value-alt": ""}))
        assert escape(gettext(NO_TEXT)) in client.get(hand_in_page).content.decode()
        self.say(item, version)

        # The draft is opened, and saved as it is shown.
        shown = client.get(edit).context["form"].initial["body"][0].value["alt"]
        client.post(edit, words(item, **{"body-0-value-alt": ""}))

        version.refresh_from_db()
        [block] = manuscript_of(version, version.latest_revision).blocks
        assert shown == block.alt == self.SAID
        assert escape(gettext(NO_TEXT)) not in client.get(hand_in_page).content.decode()

    def test_a_decorative_picture_is_marked_as_such(self, client, item, version):
        MediaItem.objects.filter(pk=item.pk).update(is_decorative=True)
        self.say(item, version)

        client.post(
            reverse("words:edit", args=[version.pk]), words(item, **{"body-0-value-alt": ""})
        )

        version.refresh_from_db()
        value = version.body[0].value
        assert (value["alt"], value["decorative"]) == ("", True)

    def test_words_that_are_with_reviewers_are_shown_as_they_were_handed_in(
        self, client, author, item, version
    ):
        edit = reverse("words:edit", args=[version.pk])
        client.post(edit, words(item, **{"body-0-value-alt": ""}))
        version.refresh_from_db()
        hand_in(version=version, by=author, at=AT)
        self.say(item, version)

        assert client.get(edit).context["form"].initial["body"][0].value["alt"] == ""

    def test_the_editor_asks_for_all_pictures_at_once(self, client, author, item, version):
        edit = reverse("words:edit", args=[version.pk])

        def asked(count):
            shown = {"picture": item.pk, "alt": "Cổng", "decorative": False, "caption": ""}
            body = [{"type": "picture", "value": shown, "id": str(each)} for each in range(count)]
            save_words(version=version, by=author, at=AT, words={"body": body})
            with CaptureQueriesContext(connection) as queries:
                client.get(edit)
            return len(queries)

        asked(1)  # what is kept in mind afterwards
        assert asked(1) == asked(20)


def test_what_is_no_picture_is_refused_beside_its_field(client, house, author, bring):
    item = bring(picture_bytes("JPEG"))
    MediaItem.objects.update(kind="document")
    version = house.work(by=author).subject.versions.get()
    before = version.latest_revision_id

    answer = client.post(
        reverse("words:edit", args=[version.pk]),
        words(item, **{"body-0-value-picture": str(item.pk)}),
    )

    version.refresh_from_db()
    assert answer.status_code == 200
    assert version.latest_revision_id == before


def test_a_file_that_is_replaced_is_replaced_in_drafts_and_waits_in_cleared_words(
    house, author, bring
):
    item = with_rights(bring(picture_bytes("JPEG")))
    body = [{"type": "picture", "value": {"picture": item.pk, "alt": "Cổng", "caption": ""}}]
    version = house.work(by=author, body=body).subject.versions.get()
    first = item.current_id

    bring(picture_bytes("PNG"), "cong-moi.png", replaces=item)

    item.refresh_from_db()
    assert item.current_id != first
    assert media_keys_of(manuscript_of(version, version.latest_revision)) == (f"picture/{item.pk}",)
    assert [usage.is_public for usage in usage_of(item)] == [False]

    house.hand_in(version, by=author)
    house.clear(version)
    bundle = house.bundle(version.subject.work)
    assert dry_run(bundle, at=AT).may_leave
    bring(picture_bytes("JPEG"), "cong-cu.jpg", replaces=item)

    assert [each.obstacle for each in dry_run(bundle, at=AT).hindrances] == [
        Obstacle.MEDIA_REPLACED
    ]


def test_uses_follow_the_newest_words_and_what_was_approved(
    house, author, bring, django_assert_num_queries
):
    item = with_rights(bring(picture_bytes("JPEG")))
    shown = {"picture": item.pk, "alt": "Cổng chợ có mái ngói", "caption": ""}
    body = [
        {"type": "gallery", "value": {"title": "", "pictures": [shown]}},
        {"type": "file", "value": {"file": item.pk + 999, "title": "Không còn"}},
    ]
    work = house.work(by=author, body=body)
    version = work.subject.versions.get()
    house.hand_in(version, by=author)
    house.clear(version)

    save_words(version=version, by=author, at=AT, words={"body": []})

    assert list(MediaUse.objects.values_list("revision", flat=True)) == [
        version.approved_revision_id
    ]
    with django_assert_num_queries(2):
        assert [usage.name for usage in usage_of(item)] == [f"{work} (vi)"]
    trash_work(work=work, by=author, at=AT)
    assert usage_of(item) == []


def test_what_the_public_sees_does_not_go_into_the_trash(house, author, bring):
    item = with_rights(bring(picture_bytes("JPEG")))
    body = [
        {"type": "text", "value": "<p>Chợ họp ngày mồng hai.</p>"},
        {"type": "picture", "value": {"picture": item.pk, "alt": "Cổng chợ", "caption": ""}},
    ]
    work = house.work(by=author, body=body)
    version = work.subject.versions.get()
    house.hand_in(version, by=author)
    house.clear(version)
    release_bundle(bundle=house.bundle(work), by=house.publisher, at=AT)

    with pytest.raises(ItemInUse):
        trash_item(item=item, by=author, at=AT)

    item.refresh_from_db()
    assert item.trashed_at is None
