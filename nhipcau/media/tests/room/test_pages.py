"""The library's pages, and who may not see what."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.media import store
from nhipcau.media.actions import stage_public_copy, withdraw_public_copy
from nhipcau.media.blocks import AudioChooserBlock, PictureChooserBlock
from nhipcau.media.enums import Consent, UploadState
from nhipcau.media.models import Derivative, MediaItem, Upload
from nhipcau.media.signals import Usage, usage_asked, used_items_asked
from nhipcau.media.tests.intake.samples import bomb_png, picture_bytes, svg, word_bytes
from nhipcau.media.tests.room.conftest import other_picture
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, TEST, make_unit, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "vi"
    return client


@pytest.fixture
def client(author):
    return signed_in(author)


@pytest.fixture
def stranger():
    return signed_in(make_user(Role.AUTHOR, unit=make_unit("Sở Ngoại vụ")))


def addresses_of(item):
    return [
        reverse("media:item", args=[item.uuid]),
        reverse("media:original", args=[item.uuid]),
        reverse("media:original", args=[item.uuid]) + "?version=1",
        reverse("media:size", args=[item.uuid, "w320.webp"]),
        reverse("media:size", args=[item.uuid, "w1200.webp"]),
        reverse("media:size", args=[item.uuid, "cover600x600.avif"]),
        reverse("media_chooser:chosen", args=[item.pk]),
    ]


def body_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_staff_of_the_unit_see_the_picture_and_its_sizes(client, picture):
    for address in addresses_of(picture):
        assert client.get(address).status_code == 200, address
    answer = client.get(reverse("media:size", args=[picture.uuid, "w320.webp"]))
    assert answer["Content-Type"] == "image/webp"
    assert "private" in answer["Cache-Control"]
    assert body_of(answer)[8:12] == b"WEBP"


def test_an_unreleased_picture_answers_404_to_the_public_also_in_every_size(picture):
    """Guesses by every name that the house has for it, with and without somebody's cookie."""
    file = picture.current
    digests = [file.stored.sha256, *Derivative.objects.values_list("stored__sha256", flat=True)]
    guesses = [
        f"/media/{guess}{ending}"
        for digest in [*digests, str(picture.uuid), picture.uuid.hex, str(picture.pk)]
        for guess in (
            digest,
            digest[:32],
            f"private/{digest[:2]}/{digest}",
            f"..%2fprivate%2f{digest[:2]}%2f{digest}",
        )
        for ending in ("", ".jpg", ".webp")
    ]
    public, forged = Client(), Client()
    forged.cookies["sessionid"] = "x" * 32
    for visitor in (public, forged):
        for guess in guesses:
            assert visitor.get(guess).status_code == 404, guess
        for address in addresses_of(picture):
            answer = visitor.get(address)
            assert answer.status_code in {302, 403}, address
            assert "image" not in answer.get("Content-Type", "")


def test_no_cache_keeps_what_was_not_released_nor_that_it_is_not_there(client, stranger, picture):
    nobody = Client()
    for visitor in (client, stranger, nobody):
        for address in addresses_of(picture):
            told = visitor.get(address)["Cache-Control"]
            assert {"private", "no-store"} <= set(told.split(", ")), (address, told)
    address = reverse("media:size", args=[picture.uuid, "w320.webp"])
    known = client.get(address)["ETag"]
    unchanged = client.get(address, headers={"if-none-match": known})
    assert (unchanged.status_code, "no-store" in unchanged["Cache-Control"]) == (304, True)
    gone = nobody.get(reverse("media_public", args=["k" * 43]))
    assert (gone.status_code, gone["Cache-Control"]) == (404, "no-store")


def test_people_of_other_units_are_told_that_there_is_no_such_picture(stranger, picture):
    for address in addresses_of(picture):
        assert stranger.get(address).status_code == 404, address
    listed = stranger.get(reverse("media:index"))
    assert picture.title not in listed.content.decode()
    for name in ("alt_texts", "trash", "replace"):
        assert stranger.post(reverse(f"media:{name}", args=[picture.uuid])).status_code == 404
    chosen = stranger.get(reverse("media_chooser:chosen_multiple") + f"?id={picture.pk}")
    assert picture.title not in chosen.content.decode()


def test_a_shared_picture_is_seen_by_all_staff_and_changed_by_its_unit_alone(stranger, picture):
    MediaItem.objects.filter(pk=picture.pk).update(is_shared=True)

    for address in addresses_of(picture):
        assert stranger.get(address).status_code == 200, address
    assert stranger.post(reverse("media:trash", args=[picture.uuid]))["Location"] == "/admin/"
    answer = stranger.post(reverse("media:item", args=[picture.uuid]), {"title": "Khác"})
    assert answer["Location"] == "/admin/", "sent away, as Wagtail does it"
    picture.refresh_from_db()
    assert (picture.title, picture.is_in_trash) == ("anh cua khau", False)


def test_a_released_file_is_public_from_its_minute_until_it_is_withdrawn(
    picture, django_capture_on_commit_callbacks
):
    stored = picture.current.stored
    now = timezone.now()

    def stage(opens_at):
        return stage_public_copy(
            stored=stored, mime="image/jpeg", ending="jpg", holder="release:1",
            opens_at=opens_at, by=TEST, at=now,
        )  # fmt: skip

    address = f"/media/{stage(now + timedelta(hours=1)).name}"
    assert Client().get(address).status_code == 404, "an embargo leaks nothing"
    stage(now - timedelta(seconds=1))
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert body_of(answer) == store.path_of(stored.sha256).read_bytes()
    assert answer["X-Content-Type-Options"] == "nosniff"
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_public_copy(stored=stored, holder="release:1", by=TEST, at=now)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=999999999-", 416, slice(0, 0)),
        ("bytes=9-3", 416, slice(0, 0)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_parts_of_a_file_are_given_to_those_who_seek(asked, status, expected, client, picture):
    whole = store.path_of(picture.current.stored.sha256).read_bytes()

    answer = client.get(reverse("media:original", args=[picture.uuid]), headers={"Range": asked})

    assert answer.status_code == status
    assert body_of(answer) == whole[expected]


def test_a_file_that_the_browser_has_is_not_sent_again(client, picture):
    address = reverse("media:original", args=[picture.uuid])
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "spec", ["w321.webp", "w320.exe", "cover1x1.webp", "..w320.webp", "x" * 99]
)
def test_sizes_that_do_not_exist_are_not_made(spec, client, picture):
    before = Derivative.objects.count()

    assert client.get(f"/admin/media/{picture.uuid}/size/{spec}").status_code == 404
    assert Derivative.objects.count() == before


def test_a_drawing_is_shown_in_a_sandbox_and_a_paper_is_kept(client, bring):
    drawing = bring(svg("<text>Cầu</text>"), "so-do.svg").item
    paper = bring(word_bytes(), "thong-bao.docx").item

    shown = client.get(reverse("media:size", args=[drawing.uuid, "w320.webp"]))
    assert shown["Content-Type"] == "image/svg+xml"
    assert "sandbox" in shown["Content-Security-Policy"]
    kept = client.get(reverse("media:original", args=[paper.uuid]))
    assert kept["Content-Disposition"] == 'attachment; filename="thong-bao.docx"'


def test_the_library_is_found_without_marks_filtered_by_address_and_exported(client, bring):
    bring(picture_bytes("JPEG"), "Lễ hội Lồng Tồng.jpg")
    bring(word_bytes(), "Sổ tay.docx")
    index = reverse("media:index")

    page = client.get(index, {"q": "le hoi long tong"}).content.decode()
    assert "Lễ hội Lồng Tồng" in page
    assert "Sổ tay" not in page
    assert "Sổ tay" in client.get(index, {"kind": "document"}).content.decode()
    assert "Sổ tay" not in client.get(index, {"kind": "picture", "look": "table"}).content.decode()
    assert client.get(index, {"kind": "nonsense", "unit": "x"}).status_code == 200
    book = openpyxl.load_workbook(
        BytesIO(b"".join(client.get(index, {"export": "xlsx"}).streaming_content))
    )
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [
        "Sổ tay",
        "Lễ hội Lồng Tồng",
    ]


def test_the_page_says_what_was_taken_out(client, picture):
    page = client.get(reverse("media:item", args=[picture.uuid])).content.decode()

    assert "vị trí chụp, quay" in page
    assert "SN-4711" not in page


def test_filters_of_expiry_licence_consent_and_use(client, bring):
    expired = bring(picture_bytes("JPEG"), "het han.jpg").item
    used = bring(other_picture(), "dang dung.png").item
    today = timezone.localdate()
    MediaItem.objects.filter(pk=expired.pk).update(expires_on=today - timedelta(days=1))
    MediaItem.objects.filter(pk=used.pk).update(
        licence="CC-BY-4.0", consent=Consent.NOT_NEEDED, expires_on=today + timedelta(days=3)
    )

    def answer_used(**_):
        return MediaItem.objects.filter(pk=used.pk).values("pk")

    used_items_asked.connect(answer_used)
    try:
        for given, found in (
            ({"expiry": "past"}, expired),
            ({"expiry": "soon"}, used),
            ({"licence": "CC-BY-4.0"}, used),
            ({"licence": "none"}, expired),
            ({"consent": "missing"}, expired),
            ({"unused": "on"}, expired),
        ):
            page = client.get(reverse("media:index"), given)
            assert [item.pk for item in page.context["page"]] == [found.pk], given
    finally:
        used_items_asked.disconnect(answer_used)


@pytest.mark.parametrize("count", [1, 5])
def test_every_page_costs_fifteen_queries_at_most(
    count, client, bring, picture, django_assert_max_num_queries
):
    for number in range(count):
        bring(other_picture(size=(50 + number, 40)), f"{number}.png")
    for address in (
        reverse("media:index"),
        reverse("media:index") + "?look=table&q=anh",
        reverse("media:item", args=[picture.uuid]),
        reverse("media:bring"),
        reverse("media:quotas"),
        reverse("media_chooser:choose") + "?kind=picture",
    ):
        client.get(address)
        with django_assert_max_num_queries(15, info=address):
            assert client.get(address).status_code == 200


def item_data(item, **changes):
    data = {"title": item.title, "consent": item.consent, "licence": item.licence}
    return data | changes


def test_rights_are_said_and_a_consent_without_a_place_is_refused(client, picture):
    address = reverse("media:item", args=[picture.uuid])
    answer = client.post(
        address,
        item_data(
            picture, credit="Lan", licence="LicenseRef-own", consent="given", focal_x="250",
            focal_y="500", consent_reference="Biên bản 12, lưu tại xã", consent_until="2027-01-01",
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.credit, picture.licence, picture.focal_x) == ("Lan", "LicenseRef-own", 250)
    assert picture.consent_until == date(2027, 1, 1)

    refused = client.post(address, item_data(picture, consent="given", credit="Khác"))
    assert refused.status_code == 400
    picture.refresh_from_db()
    assert picture.credit == "Lan"
    assert client.post(address, item_data(picture, title=" ")).status_code == 400
    assert client.post(address, item_data(picture, title="x" * 10_000)).status_code == 400


def test_where_a_map_is_from_is_kept_shown_again_and_taken_back(client, picture):
    address = reverse("media:item", args=[picture.uuid])
    told = {
        "is_map": "on",
        "origin": "Trung tâm Lưu trữ lịch sử tỉnh",
        "made_in_year": "khoảng 1925",
        "archive_mark": "P.12, hồ sơ 304",
    }

    assert client.post(address, item_data(picture, **told)).status_code == 302

    picture.refresh_from_db()
    assert {name: getattr(picture, name) for name in told} == told | {"is_map": True}
    page = client.get(address).content.decode()
    for name in ("origin", "made_in_year", "archive_mark"):
        assert f'value="{told[name]}"' in page
    change = Entry.objects.filter(event="media.item.changed").last()
    assert {"is_map", "origin", "made_in_year", "archive_mark"} <= set(change.after)

    client.post(address, item_data(picture))
    picture.refresh_from_db()
    assert (picture.is_map, picture.origin, picture.archive_mark) == (False, "", "")
    assert client.post(address, item_data(picture, origin="x" * 301)).status_code == 400


def test_an_alternative_text_in_the_wrong_language_is_said_and_not_kept(client, picture):
    from nhipcau.registry.models import Language

    vi = Language.objects.create(tag="vi", name="Tiếng Việt", english_name="V", script="Latn")
    lo = Language.objects.create(tag="lo", name="Tiếng Lào", english_name="L", script="Laoo")
    address = reverse("media:alt_texts", args=[picture.uuid])

    wrong = client.post(
        address, {f"text-{vi.pk}": "Cửa khẩu lúc bình minh", f"text-{lo.pk}": "Cửa khẩu"}
    )
    assert wrong.status_code == 400
    assert not picture.alt_texts.exists()
    english = client.post(address, {f"text-{vi.pk}": "The border gate at dawn"})
    assert english.status_code == 400
    right = client.post(
        address, {f"text-{vi.pk}": "Cửa khẩu lúc bình minh", f"text-{lo.pk}": "ຊາຍແດນ"}
    )
    assert right.status_code == 302
    assert dict(picture.alt_texts.values_list("language__tag", "text")) == {
        "vi": "Cửa khẩu lúc bình minh",
        "lo": "ຊາຍແດນ",
    }
    client.post(address, {f"text-{vi.pk}": ""})
    assert not picture.alt_texts.exists()


def test_an_item_goes_into_the_trash_and_comes_back_unless_something_public_uses_it(
    client, picture
):
    address = reverse("media:trash", args=[picture.uuid])

    def answer_usage(**_):
        return [Usage(kind="Phát hành", name="Tờ rơi 12", is_public=True)]

    usage_asked.connect(answer_usage)
    try:
        client.post(address)
        picture.refresh_from_db()
        assert not picture.is_in_trash
        page = client.get(reverse("media:item", args=[picture.uuid])).content.decode()
        assert "Tờ rơi 12" in page
    finally:
        usage_asked.disconnect(answer_usage)
    client.post(address)
    picture.refresh_from_db()
    assert picture.is_in_trash
    assert client.get(reverse("media_chooser:chosen", args=[picture.pk])).status_code == 404
    assert [i.pk for i in client.get(reverse("media:index") + "?trash=on").context["page"]] == [
        picture.pk
    ]
    client.post(address, {"restore": "1"})
    picture.refresh_from_db()
    assert not picture.is_in_trash


def upload_by_pieces(client, unit, data, name="anh.jpg", piece=700):
    begun = client.post(
        reverse("media:begin"),
        json.dumps({"name": name, "size": len(data), "unit": unit.pk, "fingerprint": "a"}),
        content_type="application/json",
    )
    assert begun.status_code == 201, begun.content
    address = begun["Location"]
    while (offset := int(client.head(address)["Upload-Offset"])) < len(data):
        answer = client.patch(
            address,
            data[offset : offset + piece],
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )
        assert answer.status_code == 204
        if client.get(address).json()["state"] != "arriving":
            break
    return address


def test_a_file_comes_in_by_the_protocol_and_the_page_is_told_what_became_of_it(client, unit):
    from nhipcau.media.actions import examine_upload

    data = picture_bytes("JPEG")
    address = upload_by_pieces(client, unit, data)
    assert client.get(address).json()["state"] == "waiting"

    examine_upload(upload=Upload.objects.get(), by=TEST, at=AT)
    told = client.get(address).json()
    assert told["state"] == "taken"
    assert client.get(told["item"]["address"]).status_code == 200


def test_a_piece_in_the_wrong_place_is_told_where_to_go_on(client, unit):
    data = picture_bytes("JPEG")
    begun = client.post(
        reverse("media:begin"),
        json.dumps({"name": "a", "size": len(data), "unit": unit.pk}),
        content_type="application/json",
    )
    address = begun["Location"]
    wrong = client.patch(
        address,
        data[5:9],
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "5"},
    )

    assert (wrong.status_code, wrong["Upload-Offset"]) == (409, "0")
    assert (
        client.patch(address, b"x", content_type="application/offset+octet-stream").status_code
        == 400
    )
    assert client.delete(address).status_code == 204
    assert client.head(address).status_code == 404


@pytest.mark.parametrize(
    "told", [b"", b"[]", b"{", b'{"name": 1}', b'{"name":"a","size":"x","unit":1}']
)
def test_nonsense_is_refused_with_a_sentence(told, client):
    answer = client.post(reverse("media:begin"), told, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_nobody_goes_on_with_or_looks_at_the_upload_of_another(client, unit, author):
    address = upload_by_pieces(client, unit, picture_bytes("JPEG"))
    colleague = signed_in(make_user(Role.AUTHOR, unit=unit))

    for method in ("get", "head", "patch", "delete"):
        assert getattr(colleague, method)(address).status_code == 404
    elsewhere = client.post(
        reverse("media:begin"),
        json.dumps({"name": "a", "size": 9, "unit": make_unit().pk}),
        content_type="application/json",
    )
    assert elsewhere["Location"] == "/admin/"
    assert Upload.objects.count() == 1


def test_without_a_script_whole_files_come_in_and_a_refusal_is_said_in_vietnamese(client, unit):
    files = [
        SimpleUploadedFile("a.jpg", picture_bytes("JPEG")),
        SimpleUploadedFile("bom.png", bomb_png()),
    ]
    page = client.post(
        reverse("media:bring"), {"chosen": files, "unit": unit.pk}, follow=True
    ).content.decode()

    assert MediaItem.objects.count() == 1
    assert "50000 × 50000" in page
    states = set(Upload.objects.values_list("state", flat=True))
    assert states == {UploadState.TAKEN, UploadState.REFUSED}


def test_the_chooser_offers_one_kind_and_takes_a_file_on_the_way(client, bring, unit, picture):
    bring(word_bytes(), "thong-bao.docx")
    shown = client.get(reverse("media_chooser:choose") + "?kind=picture").json()
    assert picture.title in shown["html"]
    assert "thong-bao" not in shown["html"]
    found = client.get(reverse("media_chooser:choose_results") + "?kind=picture&q=khong+co")
    assert picture.title not in found.content.decode()

    create = reverse("media_chooser:create") + "?kind=picture"
    chosen = client.post(
        create,
        {"file": SimpleUploadedFile("b.png", other_picture()), "unit": unit.pk, "title": "Cầu"},
    ).json()
    assert chosen["step"] == "chosen"
    item = MediaItem.objects.get(pk=chosen["result"]["id"])
    assert item.title == "Cầu"
    wrong = client.post(
        create, {"file": SimpleUploadedFile("c.png", bomb_png()), "unit": unit.pk}
    ).json()
    assert wrong["step"] == "reshow_creation_form"
    assert "50000" in wrong["htmlFragment"]


def test_blocks_hold_the_item_and_ask_for_their_own_kind(picture):
    block = PictureChooserBlock()

    assert block.get_prep_value(block.to_python(picture.pk)) == picture.pk
    assert block.widget.get_chooser_modal_url().endswith("?kind=picture")
    assert block.clean(picture) == picture
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        AudioChooserBlock().clean(picture)


def test_room_is_shown_to_all_and_set_by_operators_alone(client, unit, picture):
    address = reverse("media:quotas")
    operator = signed_in(make_user(Role.OPERATOR, unit=unit, reach=Reach.HOUSE))

    client.post(address, {"megabytes": "5"})
    assert '<form method="post" class="filters"' not in client.get(address).content.decode()
    operator.post(address, {"unit": unit.pk, "megabytes": "7"})
    assert re.search(r"7[.,]0\s*MB|6[.,]7\s*MB", operator.get(address).content.decode())
