"""Words from Word and from a clipboard become a draft; nothing that was there is lost."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.shared import Cm

from nhipcau.media.models import MediaItem
from nhipcau.media.tests.intake.samples import picture_bytes
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_person, make_unit, make_user
from nhipcau.translation.actions import hand_in
from nhipcau.translation.models import Contribution
from nhipcau.works.tests.factories import make_work

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PASTED = (
    "<h2>Giờ họp chợ</h2><p>Chợ họp <b>tối thứ bảy</b>.</p><script>alert(1)</script>"
    "<table><tr><th>Hàng</th><th>Giá</th></tr><tr><td>Gạo</td><td>20000</td></tr></table>"
)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def unit():
    return make_unit("UBND xã Nà Chương")


@pytest.fixture
def author(unit, client):
    user = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Tác")
    client.force_login(user)
    return user.person


@pytest.fixture
def version(author, unit):
    body = [{"type": "text", "value": "<p>Câu đã có.</p>"}]
    return make_work(by=author, unit=unit, title="Chợ đêm", body=body).subject.versions.get()


def bring(client, version, **given):
    return client.post(reverse("works:bring", args=[version.pk]), given, follow=True)


def word(*lines, picture=None):
    document = Document()
    document.add_heading(lines[0], level=1)
    for line in lines[1:]:
        document.add_paragraph(line)
    if picture:
        document.add_picture(BytesIO(picture), width=Cm(8))
    kept = BytesIO()
    document.save(kept)
    return SimpleUploadedFile("cho-dem.docx", kept.getvalue(), content_type=WORD)


def kinds(version):
    version.refresh_from_db()
    return [block.block_type for block in version.body]


def test_what_is_pasted_stands_behind_the_text_with_its_table(client, author, version):
    answer = bring(client, version, pasted=PASTED)

    assert kinds(version) == ["text", "heading", "text", "table"]
    table = version.body[3].value
    assert [column["heading"] for column in table.columns] == ["Hàng", "Giá"]
    assert "script" not in str(version.body.raw_data)
    assert "Chương trình, mã" in answer.content.decode() or "alert(1)" in answer.content.decode()
    assert Contribution.objects.filter(version=version, person=author, kind="brought").exists()


def test_plain_words_become_paragraphs(client, version):
    bring(client, version, pasted="Dòng một & hai\n\nDòng ba")

    version.refresh_from_db()
    assert version.body[1].value.source == "<p>Dòng một &amp; hai</p><p>Dòng ba</p>"


def test_a_word_document_comes_in_place_of_the_text_and_its_pictures_go_into_the_library(
    client, unit, version
):
    before = version.latest_revision
    file = word("Chợ đêm cuối tuần", "Chợ họp tối thứ bảy.", picture=picture_bytes("JPEG"))

    answer = bring(client, version, file=file, instead="on")

    item = MediaItem.objects.get()
    assert kinds(version) == ["text", "picture"]
    assert (version.title, version.body[1].value["picture"]) == ("Chợ đêm cuối tuần", item)
    assert item.unit == unit
    assert answer.redirect_chain[-1][0] == reverse("words:edit", args=[version.pk])
    before.refresh_from_db()
    assert "Câu đã có." in json.loads(before.content["body"])[0]["value"]


def test_who_may_not_fill_the_library_brings_the_words_and_is_told_of_the_picture(
    client, unit, version
):
    client.force_login(make_user(Role.TRANSLATOR, unit=unit))
    file = word("Chợ đêm", "Chợ họp.", picture=picture_bytes("JPEG"))

    answer = client.post(reverse("works:bring", args=[version.pk]), {"file": file})

    assert answer.status_code == 302
    assert kinds(version) == ["text"]
    assert not MediaItem.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Hãy chọn một tài liệu Word"),
        ({"pasted": "<p>TUYỆT MẬT</p><p>Phương án phòng thủ</p>"}, "bí mật nhà nước"),
        ({"pasted": "<p> </p>"}, "Không có chữ nào"),
        ({"file": SimpleUploadedFile("a.docx", b"khong phai Word")}, "không phải"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_nothing_changes(
    given, said, client, version
):
    before = version.latest_revision_id

    answer = bring(client, version, **given)

    version.refresh_from_db()
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert version.latest_revision_id == before


def test_nothing_is_brought_while_a_reviewer_holds_the_text(client, version):
    hand_in(version=version, by=make_person(), at=timezone.now())
    file = word("Chợ đêm", "Chợ họp.", picture=picture_bytes("JPEG"))

    answer = bring(client, version, file=file)

    assert answer.status_code == 400
    assert kinds(version) == ["text"]
    assert not MediaItem.objects.exists()


def test_people_of_other_units_bring_nothing(client, version):
    client.force_login(make_user(Role.AUTHOR))
    address = reverse("works:bring", args=[version.pk])

    for answer in (client.get(address), client.post(address, {"pasted": PASTED})):
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")

    assert kinds(version) == ["text"]
