"""On what a document bases itself."""

import pytest

from nhipcau.plans.reading.opening import read_opening


def bases(text: str) -> list[tuple]:
    return [(base.type, base.number, base.date, base.name) for base in read_opening(text, 0).bases]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Căn cứ Quyết định số 12/QĐ-TTg ngày 05/8/2020 của Thủ tướng Chính phủ;",
            [("Quyết định", "12/QĐ-TTg", "2020-08-05", None)],
            id="one",
        ),
        pytest.param(
            "Căn cứ Thông tư số 3/2023/TT-BNV ngày 30 tháng 5 năm 2023 của Bộ; Kế hoạch số 9/KH-UBND ngày 02/01/2024 của UBND tỉnh.",
            [
                ("Thông tư", "3/2023/TT-BNV", "2023-05-30", None),
                ("Kế hoạch", "9/KH-UBND", "2024-01-02", None),
            ],
            id="one word for several",
        ),
        pytest.param(
            "Căn cứ Nghị định số 206-CP ngày 19/12/1961 của Hội đồng Chính phủ; Chỉ thị 08/TTg ngày 05 tháng 01 năm 1985; Quyết định số 115-HĐBT ngày 18/5/1982 của Hội đồng Bộ trưởng; Nghị định số 32-CP ngày 12/2/1970.",
            [
                ("Nghị định", "206-CP", "1961-12-19", None),
                ("Chỉ thị", "08/TTg", "1985-01-05", None),
                ("Quyết định", "115-HĐBT", "1982-05-18", None),
                ("Nghị định", "32-CP", "1970-02-12", None),
            ],
            id="numbers of former times",
        ),
        pytest.param(
            "- Căn cứ Điều lệ Đảng và Quy định số 31-QĐ/TW, ngày 06/7/2022 của Ban Chấp hành Trung ương;",
            [
                ("Điều lệ", None, None, "Điều lệ Đảng"),
                ("Quy định", "31-QĐ/TW", "2022-07-06", None),
            ],
            id="a rule without a number joined to a numbered one",
        ),
        pytest.param(
            "Thực hiện Luật Thư viện năm 2019, Nghị định số 7/2021/NĐ-CP ngày 02/3/2021 của Chính phủ quy định chi tiết Luật Thư viện và Quyết định số 15/QĐ-TTg ngày 04/5/2022 của Thủ tướng Chính phủ;",
            [
                ("Luật", None, None, "Luật Thư viện năm 2019"),
                ("Nghị định", "7/2021/NĐ-CP", "2021-03-02", None),
                ("Quyết định", "15/QĐ-TTg", "2022-05-04", None),
            ],
            id="a law without a number before numbered ones",
        ),
        pytest.param(
            "Thực hiện Kế hoạch số 61/KH-UBND, ngày 18/3/2024 của UBND tỉnh về triển khai Kết luận số 57-KL/TW, ngày 15/6/2023 của Bộ Chính trị; UBND huyện ban hành",
            [("Kế hoạch", "61/KH-UBND", "2024-03-18", None)],
            id="what a base names is no base",
        ),
        pytest.param(
            "Triển khai Công văn 968/STTTT-BC ngày 06/5/2024 của Sở; UBND xã xây dựng",
            [("Công văn", "968/STTTT-BC", "2024-05-06", None)],
            id="without the word for number",
        ),
        pytest.param(
            "Thực hiện Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ, Thông tư số 22/2016/TT-BTTTT ngày 19/10/2016 của Bộ, UBND tỉnh ban hành",
            [
                ("Nghị định", "72/2015/NĐ-CP", "2015-09-07", None),
                ("Thông tư", "22/2016/TT-BTTTT", "2016-10-19", None),
            ],
            id="parted by commas",
        ),
        pytest.param(
            "Căn cứ Luật Báo chí ngày 05/4/2016;\nCăn cứ Luật sửa đổi, bổ sung một số điều của Luật Thủ đô và Luật Du lịch ngày 22/11/2019;",
            [
                ("Luật", None, "2016-04-05", "Luật Báo chí"),
                (
                    "Luật",
                    None,
                    "2019-11-22",
                    "Luật sửa đổi, bổ sung một số điều của Luật Thủ đô và Luật Du lịch",
                ),
            ],
            id="laws without a number",
        ),
        pytest.param(
            "Ngày 05/8/2020, Thủ tướng Chính phủ ban hành Quyết định số 1191/QĐ-TTg về phê duyệt nhiệm vụ, UBND tỉnh ban hành",
            [("Quyết định", "1191/QĐ-TTg", "2020-08-05", None)],
            id="the date stands first",
        ),
        pytest.param(
            "Căn cứ tình hình thực tế và chức năng, nhiệm vụ được giao;",
            [],
            id="no document at all",
        ),
        pytest.param("Theo đề nghị của Giám đốc Sở Ngoại vụ;", [], id="a proposal without a paper"),
        pytest.param(
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 7/TTr-SNV ngày 09/01/2024.",
            [("Tờ trình", "7/TTr-SNV", "2024-01-09", None)],
            id="a proposal with its paper",
        ),
    ],
)
def test_bases(text, expected):
    assert bases(text) == expected


def test_what_a_base_names_is_kept_as_nested():
    opening = read_opening(
        "Thực hiện Kế hoạch số 61/KH-UBND ngày 18/3/2024 về thực hiện Kết luận số 57-KL/TW ngày 15/6/2023;",
        0,
    )

    assert [base.number for base in opening.nested] == ["57-KL/TW"]


def test_bases_may_be_a_list_of_bullets():
    text = (
        "Căn cứ:\n- Luật Báo chí ngày 05/4/2016;\n"
        "- Nghị định số 9/2017/NĐ-CP ngày 09/02/2017 của Chính phủ;\nUBND tỉnh ban hành Kế hoạch."
    )

    assert bases(text) == [
        ("Luật", None, "2016-04-05", "Luật Báo chí"),
        ("Nghị định", "9/2017/NĐ-CP", "2017-02-09", None),
    ]


def test_what_a_letter_cites_further_down_is_no_base():
    text = (
        "Thực hiện Công văn số 7/UBND-VX ngày 01/4/2025 của UBND tỉnh, Sở đề nghị:\n"
        "Theo Quyết định số 5/QĐ-UBND ngày 01/3/2025, các đơn vị gửi ảnh."
    )

    assert bases(text) == [("Công văn", "7/UBND-VX", "2025-04-01", None)]
