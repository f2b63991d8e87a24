"""Who receives the document and who signs it, in every arrangement of the two columns."""

import pytest

from nhipcau.plans.tests.reading.documents import HEAD, PURPOSE, plan, read_text, texts

BODY = f"{HEAD}{PURPOSE}\nII. NỘI DUNG\n1. Mở lớp tiếng Lào./.\n\n"
LEFT = "Nơi nhận:\n- Bộ Ngoại giao;\n- Các sở, ban, ngành;\n- Lưu: VT, KGVX.\n"
RIGHT = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLò Thị Ban\n"
RECIPIENTS = ["Bộ Ngoại giao", "Các sở, ban, ngành", "Lưu: VT, KGVX"]


@pytest.mark.parametrize(
    "closing",
    [
        pytest.param(f"{LEFT}\n{RIGHT}", id="recipients first"),
        pytest.param(f"{RIGHT}\n{LEFT}", id="signature first"),
        pytest.param(
            "Nơi nhận:\n- Bộ Ngoại giao;\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLò Thị Ban\n- Các sở, ban, ngành;\n- Lưu: VT, KGVX.\n",
            id="signature between",
        ),
        pytest.param(
            f"Nơi nhận: Bộ Ngoại giao; Các sở, ban, ngành; Lưu: VT, KGVX.\n{RIGHT}",
            id="in one line",
        ),
        pytest.param(
            "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Ngoại giao; KT. CHỦ TỊCH\n- Các sở, ban, ngành; PHÓ CHỦ TỊCH\n- Lưu: VT, KGVX. Lò Thị Ban\n",
            id="flattened",
        ),
        pytest.param(
            "Nơi nhận:                      TM. ỦY BAN NHÂN DÂN\n- Bộ Ngoại giao;                KT. CHỦ TỊCH\n"
            "- Các sở, ban, ngành;           PHÓ CHỦ TỊCH\n- Lưu: VT, KGVX.\n                                Lò Thị Ban\n",
            id="columns of spaces",
        ),
        pytest.param(
            "| ***Nơi nhận:*** \\- Bộ Ngoại giao; \\- Các sở, ban, ngành; \\- Lưu: VT, KGVX. | **TM. ỦY BAN NHÂN DÂN** **KT. CHỦ TỊCH** **PHÓ CHỦ TỊCH** **Lò Thị Ban** |\n| :--- | :---: |\n",
            id="a table of bold words",
        ),
        pytest.param(
            f"{LEFT}32\n\n{RIGHT.replace('Lò', '(Đã ký)' + chr(10) + 'Lò')}",
            id="a stray page number and a mark of signing",
        ),
    ],
)
def test_recipients_and_signer_are_the_same_in_every_layout(closing):
    reading = read_text(BODY + closing)

    assert texts(reading.recipients) == RECIPIENTS
    assert (reading.signer_name.text, reading.signer_title.text) == ("Lò Thị Ban", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn A", "Y Thanh Niê Brăm", "H’Liêu Niê", "Đại tá Trần Văn Tám", "TS. Lê Tư"]
)
def test_names_of_signers(name):
    reading = read_text(f"{BODY}{LEFT}\nCHỦ TỊCH\n\n{name}\n")

    assert reading.signer_name.text == name.removeprefix("Đại tá ").removeprefix("TS. ")


@pytest.mark.parametrize(
    "post", ["BỘ TRƯỞNG, CHỦ NHIỆM", "KT BỘ TRƯỞNG\nTHỨ TRƯỞNG", "TL CHỦ TỊCH\nCHÁNH VĂN PHÒNG"]
)
def test_a_post_may_be_double_and_its_mark_without_a_point(post):
    reading = read_text(f"{BODY}{LEFT}\n{post}\n(Đã ký)\nLò Thị Ban\n")

    assert reading.signer_name.text == "Lò Thị Ban"
    assert reading.signer_title.text == post.split("\n")[-1]


def test_the_filing_line_may_go_on_and_an_attached_title_is_no_recipient():
    reading = read_text(
        HEAD
        + PURPOSE
        + "II. NỘI DUNG\n1. Mở lớp\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT, SNgV,\nAn.\nCHỦ TỊCH\nLò Thị Ban\n"
        "QUY CHẾ PHỐI HỢP QUẢN LÝ HOẠT ĐỘNG ĐỐI NGOẠI\n(Ban hành kèm theo)\n"
    )

    assert texts(reading.recipients) == ["UBND tỉnh", "Lưu: VT, SNgV, An"]


def test_a_person_among_the_recipients_is_not_the_signer():
    reading = read_text(
        f"{BODY}Nơi nhận:\n- PVP Trần Tuấn Anh;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"
    )

    assert reading.signer_name is None
    assert texts(reading.recipients) == ["PVP Trần Tuấn Anh", "Lưu: VT"]


def test_the_party_signs_with_a_slash():
    reading = read_text(
        f"{BODY}Nơi nhận:\n- Các huyện ủy,\n- Lưu Văn phòng Tỉnh ủy.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nLò Văn Sơn\n"
    )

    assert texts(reading.signing_authority) == ["T/M BAN THƯỜNG VỤ"]
    assert (reading.signer_title.text, reading.signer_name.text) == ("PHÓ BÍ THƯ", "Lò Văn Sơn")


def test_an_annex_behind_the_signature_gives_no_tasks_and_no_recipients():
    reading = plan("1. Mở lớp")
    annexed = read_text(reading.text + "\nPHỤ LỤC I\nDANH MỤC\n1. Việc của phụ lục\n- Sở X;\n")

    assert [task.path for task in annexed.tasks] == ["II.1"]
    assert texts(annexed.recipients) == texts(reading.recipients)
