"""The numbered tree and the names of its places."""

import pytest

from nhipcau.plans.reading.normalise import normalise
from nhipcau.plans.reading.outline import read_outline
from nhipcau.plans.reading.reading import Role
from nhipcau.plans.reading.roles import role_of_section
from nhipcau.plans.tests.reading.documents import plan, read_text


def paths(text: str) -> list[str]:
    return [node.path for node in read_outline(normalise(text).lines).nodes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "I. MỤC ĐÍCH\n1. Một\nII. NỘI DUNG\n1. Một\n1.1. Hai\na) Ba\nb) Bốn\n2. Năm",
            ["I", "I.1", "II", "II.1", "II.1.1", "II.1.1.a", "II.1.1.b", "II.2"],
            id="roman, arabic, decimal, letter",
        ),
        pytest.param(
            "II. NỘI DUNG\n4. Việc\n4.2 Việc\n4.2.1. Việc\na) v\nb) w\nc) x\nd) y\nđ) z\ne) t",
            ["II", "II.4", "II.4.2", "II.4.2.1", "II.4.2.1.đ", "II.4.2.1.e"],
            id="letters begin with a, decimals need no point",
        ),
        pytest.param(
            "A. MỞ ĐẦU\nB. NỘI DUNG\nI. Tuyên truyền\n1. Loa",
            ["A", "B", "B.I", "B.I.1"],
            id="capital letters above roman",
        ),
        pytest.param(
            "Phần thứ nhất\nTÌNH HÌNH\nPhần thứ hai\nNHIỆM VỤ\nI. Một\n1. Hai",
            ["I", "II", "II.I", "II.I.1"],
            id="parts",
        ),
        pytest.param(
            "I- MỤC ĐÍCH\n1- Một\n1.1- Hai\nII- NHIỆM VỤ",
            ["I", "I.1", "I.1.1", "II"],
            id="the Party's hyphens",
        ),
        pytest.param(
            "I MỤC ĐÍCH, YÊU CẦU\nII NỘI DUNG THỰC HIỆN", ["I", "II"], id="numerals without a point"
        ),
        pytest.param(
            "**3.1.**\nViệc đầu\n**3.2.** Việc sau", ["3.1", "3.2"], id="a number alone on its line"
        ),
        pytest.param(
            "II. NỘI DUNG\n1. Một\nNăm\n2021. Chữ tiếp",
            ["II", "II.1"],
            id="a year is no number of a node",
        ),
    ],
)
def test_paths(text, expected):
    found = paths(text)

    assert [path for path in found if path in expected] == expected


def test_of_two_sections_with_one_numeral_the_content_keeps_it():
    outline = read_outline(
        normalise(
            "II. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nII. NỘI DUNG\n1. Mở lớp\nIII. KINH PHÍ"
        ).lines
    )

    assert [node.path for node in outline.nodes] == ["II#2", "II#2.1", "II", "II.1", "III"]


def test_a_repeated_number_is_kept_apart():
    assert [task.path for task in plan("1. Một\n2. Hai\n2. Ba").tasks] == ["II.1", "II.2", "II.2#2"]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", Role.PURPOSE),
        ("QUAN ĐIỂM, MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP", Role.CONTENT),
        ("NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", Role.CONTENT),
        ("NỘI DUNG, TIẾN ĐỘ VÀ PHÂN CÔNG THỰC HIỆN", Role.CONTENT),
        ("TỔ CHỨC THỰC HIỆN", Role.ORGANISATION),
        ("PHÂN CÔNG NHIỆM VỤ", Role.ORGANISATION),
        ("KINH PHÍ THỰC HIỆN NHIỆM VỤ", Role.FUNDING),
        ("NGUỒN LỰC BẢO ĐẢM", Role.FUNDING),
        ("KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM 2024", Role.SITUATION),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025", Role.CONTENT),
        ("THỜI GIAN, ĐỊA ĐIỂM", Role.SCHEDULE),
        ("MỘT SỐ KHẨU HIỆU TUYÊN TRUYỀN", Role.SLOGANS),
        ("CÔNG TÁC HẬU CẦN", None),
    ],
)
def test_a_sections_title_says_what_it_is_for(title, role):
    assert role_of_section(title) is role


def test_sections_without_roman_numerals_are_told_by_their_titles():
    reading = read_text(
        "UBND XÃ BẢN MỚI\nSố: 5/KH-UBND\nBản Mới, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nTuyên truyền năm 2026\n\n"
        "1. Mục đích, yêu cầu\n1.1. Mục đích\n2. Nội dung\n2.1. Phát thanh\n2.2. Tờ rơi\n3. Tổ chức thực hiện\n3.1. Văn phòng UBND xã đôn đốc.\n"
        "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n"
    )

    assert [task.path for task in reading.tasks] == ["2.1", "2.2"]


def test_numbers_that_begin_again_are_parts_whose_headings_are_lost():
    reading = read_text(
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 5/KH-UBND | Mường Hoa, ngày 02 tháng 3 năm 2023 |\nTUYÊN TRUYỀN NĂM 2023\n"
        "Căn cứ Quyết định số 9/QĐ-TTg ngày 05/8/2020, UBND tỉnh Mường Hoa ban hành Kế hoạch như sau:\n"
        "1. Mục đích\n- Để biết.\n2. Yêu cầu\n- Kịp thời.\n1. Phát thanh\n- Đơn vị chủ trì: Sở Nội vụ.\n2. Tờ rơi\n"
        "1. Sở Nội vụ\n- Đôn đốc.\n2. Sở Tài chính\n- Bố trí kinh phí.\n"
    )

    assert [task.path for task in reading.tasks] == ["1", "2"]
    assert [duty.unit.text for duty in reading.responsibilities] == ["Sở Nội vụ", "Sở Tài chính"]
    assert {notice.code for notice in reading.warnings} == {"repeated_numeral"}


def test_points_of_a_conclusion_are_tasks_though_one_speaks_of_money():
    reading = read_text(
        "UBND TỈNH MƯỜNG HOA\nSố: 5/TB-UBND\nMường Hoa, ngày 02 tháng 3 năm 2023\nTHÔNG BÁO\nKết luận cuộc họp\n\nSau khi nghe báo cáo, Chủ tịch kết luận như sau:\n"
        "1. Giao Sở Nội vụ chủ trì mở lớp.\n2. Về kinh phí: Sở Tài chính tham mưu.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    )

    assert [task.path for task in reading.tasks] == ["1", "2"]


def test_the_plan_behind_a_decision_gives_the_tasks():
    reading = read_text(
        "UBND TỈNH MƯỜNG HOA\nSố: 9/QĐ-UBND\nMường Hoa, ngày 02 tháng 3 năm 2023\nQUYẾT ĐỊNH\nBan hành Kế hoạch đối ngoại\n"
        "ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật Báo chí ngày 05/4/2016;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Kế hoạch.\nĐiều 2. Có hiệu lực từ ngày ký.\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nCHỦ TỊCH\nLò Văn Bản\n\nKẾ HOẠCH\nĐối ngoại năm 2023\n(Kèm theo Quyết định số 9/QĐ-UBND ngày 02/3/2023)\n"
        "I. MỤC TIÊU\n1. Chung\nII. NHIỆM VỤ\n1. Mở trang tiếng Lào\n2. In tờ gấp\n"
    )

    assert [task.path for task in reading.tasks] == ["II.1", "II.2"]
    assert (reading.doc_type.code, reading.title.text, reading.signer_name.text) == (
        "QĐ",
        "Ban hành Kế hoạch đối ngoại",
        "Lò Văn Bản",
    )


def test_sections_without_tasks_give_none():
    reading = plan(
        "1. Mở lớp",
        rest="III. KINH PHÍ\n1. Từ ngân sách tỉnh.\nIV. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính bố trí kinh phí.\n",
    )

    assert [task.path for task in reading.tasks] == ["II.1"]


def test_a_heading_run_into_the_text_is_found():
    reading = plan("1. Mở lớp tiếng Lào. III. TỔ CHỨC THỰC HIỆN 1. Sở Ngoại vụ đôn đốc.")

    assert [section.path for section in reading.sections] == ["I", "II", "III"]
    assert [task.title.text for task in reading.tasks] == ["Mở lớp tiếng Lào."]
