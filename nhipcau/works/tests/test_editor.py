"""The editor: who writes, what is kept, what is locked; every way round to the public is closed."""

import json
import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from nhipcau.audit.models import Entry
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import make_person, make_unit, make_user
from nhipcau.translation.actions import approve, give_back, hand_in, save_words, stop
from nhipcau.translation.models import Contribution
from nhipcau.translation.tests.factories import clear, make_version
from nhipcau.works.actions import trash_work
from nhipcau.works.tests.factories import make_work

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
NOW = timezone.now()
AUTOSAVE = {"Accept": "application/json"}


@pytest.fixture
def unit():
    return make_unit("UBND xã Nà Chương")


@pytest.fixture
def author(unit, client):
    user = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Tác")
    client.force_login(user)
    return user


@pytest.fixture
def version(author, unit):
    return make_work(by=author.person, unit=unit, title="Cũ").subject.versions.get()


def words(**more):
    return {
        "title": "Mới", "title_vi": "", "summary": "", "slug": "", "search_description": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "quote",
        "body-0-id": "", "body-0-value-text": "Một câu.", "body-0-value-who": "",
        "body-0-value-source": "", **more,
    }  # fmt: skip


def edit(version):
    return reverse("words:edit", args=[version.pk])


def is_sent_away(answer):
    return answer.status_code == 302 and answer["Location"] == "/admin/"


def test_saving_keeps_a_draft_with_its_author_and_a_line_in_the_diary(client, author, version):
    before = version.latest_revision_id

    answer = client.post(edit(version), words())

    version.refresh_from_db()
    assert answer.status_code == 302
    assert (version.title, version.latest_revision_id != before) == ("Mới", True)
    assert version.subject.work.title == "Mới"
    assert version.body[0].value["text"] == "Một câu."
    assert not version.live
    assert Entry.objects.filter(event="translation.version.saved").count() == 1


@pytest.mark.parametrize("is_translation", [False, True])
def test_the_editor_costs_fifteen_queries(
    client, author, version, is_translation, django_assert_max_num_queries
):
    if is_translation:
        clear(version)
        version.refresh_from_db()
        version = make_version(subject=version.subject, tag="en", source=version)
        author.person.memberships.update(role=Role.TRANSLATOR)
    client.get(edit(version))

    with django_assert_max_num_queries(15):
        assert client.get(edit(version)).status_code == 200


def test_incomplete_words_are_kept(client, version):
    answer = client.post(edit(version), words(**{"title": "", "body-0-value-text": ""}))

    version.refresh_from_db()
    assert answer.status_code == 302
    assert version.title == ""


def test_a_page_saves_over_its_own_drafts_and_tells_the_diary_once(client, version):
    first = client.post(edit(version), words(title="Một"), headers=AUTOSAVE)
    kept = json.loads(first.content)
    again = client.post(
        edit(version), words(title="Hai", overwrite_revision_id=kept["revision_id"]),
        headers=AUTOSAVE,
    )  # fmt: skip

    version.refresh_from_db()
    assert json.loads(again.content)["revision_id"] == kept["revision_id"]
    assert version.title == "Hai"
    assert Entry.objects.filter(event="translation.version.saved").count() == 1


def test_two_who_save_at_once_lose_nothing(client, version):
    seen = version.latest_revision
    save_words(
        version=version, by=make_person("Người Khác"), at=NOW, words={"title": "Của người khác"}
    )

    answer = client.post(
        edit(version),
        words(
            title="Của tôi",
            loaded_revision_id=seen.pk,
            loaded_revision_created_at=seen.created_at.isoformat(),
        ),
        headers=AUTOSAVE,
    )

    version.refresh_from_db()
    told = json.loads(answer.content)
    assert answer.status_code == 400
    assert told["error_code"] == "invalid_revision"
    assert "Một người đã lưu văn bản này lúc" in told["error_message"]
    assert version.title == "Của người khác"


def test_who_saves_over_a_newer_text_hears_of_it_and_both_are_kept(client, unit, version):
    seen = version.latest_revision
    other = make_user(Role.AUTHOR, unit=unit, full_name="Nông Thị Viết")
    save_words(version=version, by=other.person, at=NOW, words={"title": "Của người khác"})

    answer = client.post(
        edit(version),
        words(
            title="Của tôi",
            loaded_revision_id=seen.pk,
            loaded_revision_created_at=seen.created_at.isoformat(),
            overwrite_revision_id=seen.pk,
        ),
        follow=True,
    )

    version.refresh_from_db()
    kept = [each.content["title"] for each in version.revisions.order_by("pk")]
    assert (
        "Bản của bạn nay là bản mới nhất. Nông Thị Viết đã lưu một bản khác"
        in answer.content.decode()
    )
    assert kept == ["Cũ", "Của người khác", "Của tôi"]
    assert version.title == "Của tôi"


def test_a_page_whose_draft_was_saved_over_meanwhile_is_told_and_changes_nothing(client, version):
    first = json.loads(client.post(edit(version), words(title="Một"), headers=AUTOSAVE).content)
    save_words(version=version, by=make_person("Người Khác"), at=NOW, words={"title": "Hai"})

    answer = client.post(
        edit(version),
        words(title="Ba", overwrite_revision_id=first["revision_id"]),
        headers=AUTOSAVE,
    )

    version.refresh_from_db()
    assert answer.status_code == 400
    assert version.title == "Hai"
    assert version.revisions.get(pk=first["revision_id"]).content["title"] == "Một"


def test_what_reviewers_have_seen_is_not_saved_over_when_it_comes_back(client, author, version):
    first = json.loads(client.post(edit(version), words(title="Một"), headers=AUTOSAVE).content)
    version.refresh_from_db()
    seen = hand_in(version=version, by=author.person, at=NOW)
    give_back(version=version, by=make_person("Người Duyệt"), at=NOW)

    answer = client.post(
        edit(version),
        words(title="Hai", overwrite_revision_id=first["revision_id"]),
        headers=AUTOSAVE,
    )

    seen.refresh_from_db()
    assert seen.content["title"] == "Một"
    assert json.loads(answer.content)["revision_id"] != seen.pk


def test_whoever_has_the_text_open_is_shown_to_others(client, unit, author, version):
    client.get(edit(version))
    other = make_user(Role.AUTHOR, unit=unit, full_name="Nông Thị Viết")
    client.force_login(other)
    client.get(edit(version))
    session = EditingSession.objects.get(user=other)

    pinged = client.post(
        reverse(
            "wagtailadmin_editing_sessions:ping",
            args=["translation", "languageversion", version.pk, session.pk],
        )
    )

    assert [each["user"] for each in pinged.json()["other_sessions"]] == ["Hoàng Văn Tác"]
    client.force_login(make_user(Role.AUTHOR))
    address = pinged.json()["ping_url"]
    assert client.post(address).status_code == 404


def test_words_of_a_work_in_the_trash_are_locked(client, author, version):
    trash_work(work=version.subject.work, by=author.person, at=NOW)

    shown = client.get(edit(version))
    client.post(edit(version), words())

    version.refresh_from_db()
    assert "Sản phẩm này đang trong thùng rác." in shown.content.decode()
    assert version.title == "Cũ"


def test_a_long_title_is_refused_beside_its_field_and_stays_on_the_page(client, version):
    answer = client.post(edit(version), words(title="Dài " * 2500))

    version.refresh_from_db()
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Dài Dài" in page
    assert "tối đa 300 kí tự (hiện có 9999)" in page
    assert "có chỗ cần sửa" in page
    assert version.title == "Cũ"


def test_a_long_title_that_saves_by_itself_is_refused_with_a_sentence(client, version):
    answer = client.post(edit(version), words(title="Dài " * 2500), headers=AUTOSAVE)

    version.refresh_from_db()
    assert answer.status_code == 400
    assert answer.json()["error_message"] == "Có chỗ cần sửa; bấm Lưu để xem là chỗ nào."
    assert version.title == "Cũ"


def test_a_body_of_two_megabytes_is_kept(client, version):
    long = {f"body-{n}-{part}": value for n in range(220) for part, value in (
        ("deleted", ""), ("order", str(n)), ("type", "quote"), ("id", ""),
        ("value-text", "Một câu. " * 1000), ("value-who", ""), ("value-source", ""),
    )}  # fmt: skip

    answer = client.post(edit(version), words(**{**long, "body-count": "220"}))

    version.refresh_from_db()
    assert answer.status_code == 302
    assert len(version.body) == 220


def test_what_was_approved_is_never_saved_over(client, author, version):
    client.post(edit(version), words(title="Một"), headers=AUTOSAVE)
    version.refresh_from_db()
    approved = clear(version)

    client.post(
        edit(version), words(title="Hai", overwrite_revision_id=approved.pk), headers=AUTOSAVE
    )

    approved.refresh_from_db()
    version.refresh_from_db()
    assert approved.content["title"] == "Một"
    assert version.approvals.get().holds


def test_what_is_with_reviewers_is_locked_with_a_sentence(client, version):
    hand_in(version=version, by=make_person(), at=NOW)

    shown = client.get(edit(version))
    client.post(edit(version), words())

    version.refresh_from_db()
    assert "content-locked" in shown.content.decode()
    assert (version.title, version.state) == ("Cũ", "in_clearance")


def test_what_was_stopped_is_neither_shown_nor_written(client, version):
    stop(version=version, by=make_person(), at=NOW)

    shown = client.get(edit(version))
    sent = client.post(edit(version), words())

    assert (shown.status_code, sent.status_code) == (423, 423)
    assert "Việc phải làm" in shown.content.decode()
    assert "Cũ" not in shown.content.decode()
    assert version.revisions.count() == 1


@pytest.mark.parametrize("action", ["publish", "submit", "unpublish", "workflow-action"])
def test_no_button_that_anybody_sends_publishes(client, version, action):
    client.post(edit(version), words(**{f"action-{action}": "1"}))

    version.refresh_from_db()
    assert not version.live
    assert version.approved_revision is None


@pytest.mark.parametrize(
    "name",
    [
        "list", "add", "delete", "copy", "usage", "unpublish", "lock", "unlock", "inspect",
        "revisions_unschedule", "preview_on_add", "workflow_action",
    ],
)  # fmt: skip
def test_the_rest_of_a_snippets_addresses_does_not_exist(name):
    for args in ([], [1], [1, 1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"words:{name}", args=args)


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish"])
def test_no_bulk_action_reaches_a_version(client, version, action):
    for role in (Role.OPERATOR, Role.PUBLISHER):
        client.force_login(make_user(role, reach=Reach.HOUSE))
        address = f"/admin/bulk/translation/languageversion/{action}/?id={version.pk}"
        answer = client.post(address)
        assert answer.status_code == 404 or is_sent_away(answer)

    version.refresh_from_db()
    assert not version.live
    for path in ("", f"delete/{version.pk}/", f"unpublish/{version.pk}/"):
        assert client.post(f"/admin/snippets/translation/languageversion/{path}").status_code == 404


@pytest.mark.parametrize("name", ["edit", "preview_on_edit"])
def test_only_who_writes_for_the_unit_comes_in(client, unit, name):
    version = make_work(unit=unit).subject.versions.get()
    address = reverse(f"words:{name}", args=[version.pk])
    strangers = [
        make_user(Role.AUTHOR),
        make_user(Role.TRANSLATOR, unit=unit),
        make_user(Role.APPROVER, unit=unit),
        make_user(Role.OPERATOR, reach=Reach.HOUSE),
    ]
    for user in strangers:
        client.force_login(user)
        assert is_sent_away(client.get(address))
    client.logout()
    assert client.get(address).status_code == 302

    client.force_login(make_user(Role.AUTHOR, unit=unit))
    assert client.get(address).status_code == 200


def test_a_translator_writes_translations_with_the_source_beside_them(
    client, author, unit, version
):
    save_words(version=version, by=author.person, at=NOW, words={"summary": "Tóm tắt nguồn"})
    clear(version)
    english = make_version(subject=version.subject, tag="en", title="", source=version)
    translator = make_user(Role.TRANSLATOR, unit=unit)
    client.force_login(translator)

    shown = client.get(edit(english)).content.decode()
    client.post(edit(english), words(title="New"))

    assert "Tóm tắt nguồn" in shown
    contribution = Contribution.objects.get(version=english, person=translator.person)
    assert contribution.kind == "translated"


def test_a_source_that_has_moved_on_is_said_and_can_be_followed(client, author, unit, version):
    clear(version)
    english = make_version(subject=version.subject, tag="en", title="Old", source=version)
    save_words(version=version, by=author.person, at=NOW, words={"title": "Nguồn mới"})
    revision = hand_in(version=version, by=author.person, at=NOW)
    approve(version=version, revision=revision, by=make_person("Người Duyệt"), at=NOW)
    follow = reverse("works:follow", args=[english.pk])
    assert follow in client.get(edit(english)).content.decode()

    client.post(follow)

    english.refresh_from_db()
    assert english.made_from == revision
    assert follow not in client.get(edit(english)).content.decode()


def test_remarks_are_made_answered_and_settled_by_whoever_reads(client, unit, version):
    client.force_login(make_user(Role.APPROVER, unit=unit, full_name="Lê Văn Duyệt"))
    address = reverse("works:remark", args=[version.pk])

    client.post(address, {"text": "Số liệu này lấy ở đâu?", "quotation": "12 nghìn"})
    thread = version.remarks.get()
    client.post(address, {"text": "Đã thêm nguồn.", "answers": thread.pk})
    shown = client.get(reverse("works:read", args=[version.pk])).content.decode()
    client.post(address, {"answers": thread.pk, "settle": "1"})
    client.post(address, {"text": "  "})
    thread.refresh_from_db()

    assert "Số liệu này lấy ở đâu?" in shown
    assert "Đã thêm nguồn." in shown
    assert thread.settled_by.full_name == "Lê Văn Duyệt"
    assert version.remarks.count() == 2


def test_remarks_are_made_in_the_editor_whose_forms_bear_their_token(author, version):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(author)
    panel = browser.get(edit(version)).content.decode().partition('class="new-remark"')[2]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', panel)[1]

    answer = browser.post(
        reverse("works:remark", args=[version.pk]),
        {"text": "Ghi rõ giờ tan chợ.", "in_editor": "1", "csrfmiddlewaretoken": token},
    )

    assert answer["Location"] == edit(version)
    assert version.remarks.get().by == author.person


def test_the_look_is_framed_by_the_desk_alone(client, version):
    address = reverse("words:preview_on_edit", args=[version.pk])
    client.post(address, words())

    answer = client.get(f"{address}?mode=")

    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_the_preview_shows_what_is_not_saved_yet_and_only_to_writers(client, version):
    address = reverse("words:preview_on_edit", args=[version.pk])

    assert json.loads(client.post(address, words(title="Chưa lưu")).content)["is_valid"]
    shown = client.get(f"{address}?mode=")

    assert "Chưa lưu" in shown.content.decode()
    assert "Một câu." in shown.content.decode()
    version.refresh_from_db()
    assert version.title == "Cũ"
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "history/{pk}/revisions/{text}/revert/",
        "history/{pk}/revisions/{text}/view/",
        "history/{pk}/revisions/compare/earliest...latest/",
        "history-results/{pk}/",
        "history/{pk}/revisions/{text}/unschedule/",
    ],
)
def test_nothing_of_wagtails_history_is_left(client, version, path):
    path = path.format(pk=version.pk, text=version.latest_revision_id)

    assert client.get(f"/admin/works/words/{path}").status_code == 404


def test_the_editor_leads_to_our_history(client, version):
    ours = reverse("works:history", args=[version.pk])

    assert ours in client.get(edit(version)).content.decode()
    assert client.get(reverse("words:history", args=[version.pk]))["Location"] == ours
