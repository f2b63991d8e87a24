"""Times as officials write them, as intervals of days."""

import pytest

from nhipcau.plans.reading.reading import Precision, Recurrence, Span, Words
from nhipcau.plans.reading.timing import parse
from nhipcau.plans.tests.reading.documents import task_of


def parsed(text: str, **kwargs):
    return parse(Words(text, Span(0, len(text)), 0.9), year=2025, **kwargs)


def ends(timing):
    return [
        (
            window.starts_on and window.starts_on.isoformat(),
            window.ends_on and window.ends_on.isoformat(),
        )
        for window in timing.windows
    ]


@pytest.mark.parametrize(
    ("text", "window", "precision"),
    [
        ("Quý III/2024", ("2024-07-01", "2024-09-30"), Precision.QUARTER),
        ("quý III năm 2024", ("2024-07-01", "2024-09-30"), Precision.QUARTER),
        ("Quý II, III năm 2017", ("2017-04-01", "2017-09-30"), Precision.QUARTER),
        ("Quý IV/2024 - Quý I/2025", ("2024-10-01", "2025-03-31"), Precision.QUARTER),
        ("Quý II", ("2025-04-01", "2025-06-30"), Precision.QUARTER),
        ("Quý 3/2024", ("2024-07-01", "2024-09-30"), Precision.QUARTER),
        ("Tháng 9/2024", ("2024-09-01", "2024-09-30"), Precision.MONTH),
        ("Từ tháng 12/2025 đến quý I/2026", ("2025-12-01", "2026-03-31"), Precision.MONTH),
        ("Trong năm 2024", ("2024-01-01", "2024-12-31"), Precision.YEAR),
        ("Năm 2017", ("2017-01-01", "2017-12-31"), Precision.YEAR),
        ("6 tháng đầu năm 2025", ("2025-01-01", "2025-06-30"), Precision.HALF_YEAR),
        ("giai đoạn 2021 - 2025", ("2021-01-01", "2025-12-31"), Precision.YEARS),
        ("từ năm 2021 đến năm 2025", ("2021-01-01", "2025-12-31"), Precision.YEARS),
        ("Từ ngày 01/12 đến ngày 10/12/2023", ("2023-12-01", "2023-12-10"), Precision.DAY),
        ("15-16/8/2024", ("2024-08-15", "2024-08-16"), Precision.DAY),
        ("Trước ngày 15/12/2024", (None, "2024-12-15"), Precision.DAY),
        ("ngày 05 tháng 8 năm 2020", ("2020-08-05", "2020-08-05"), Precision.DAY),
        ("Từ quý II/2023", ("2023-04-01", None), Precision.QUARTER),
        ("Từ quý III/2018 đến hết năm 2020", ("2018-07-01", "2020-12-31"), Precision.QUARTER),
        ("từ tháng 4 đến tháng 10/2021", ("2021-04-01", "2021-10-31"), Precision.MONTH),
        ("Cả năm", ("2025-01-01", "2025-12-31"), Precision.YEAR),
        ("từ ngày 08 đến 12/4/2019", ("2019-04-08", "2019-04-12"), Precision.DAY),
        ("bắt đầu từ năm 2023", ("2023-01-01", None), Precision.YEAR),
    ],
)
def test_calendar_times(text, window, precision):
    timing = parsed(text)

    assert ends(timing) == [window]
    assert timing.precision is precision


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("Thường xuyên", Recurrence.CONTINUOUS),
        ("Hằng năm", Recurrence.YEARLY),
        ("Trước ngày 15/12 hằng năm", Recurrence.YEARLY),
        ("Định kỳ 6 tháng, hằng năm", Recurrence.HALF_YEARLY),
        ("Hàng quý", Recurrence.QUARTERLY),
        ("hằng tháng", Recurrence.MONTHLY),
        ("Đột xuất theo yêu cầu", Recurrence.ON_DEMAND),
    ],
)
def test_times_that_come_again_name_no_days(text, recurrence):
    timing = parsed(text)

    assert (timing.recurrence, timing.windows) == (recurrence, ())


@pytest.mark.parametrize(
    "text",
    [
        "Sau khi Quy chế được ban hành",
        "Trong thời hạn 10 ngày kể từ ngày ký",
        "Khi có yêu cầu",
        "Theo kế hoạch của Bộ Ngoại giao",
        "dịp Ngày hội Văn hóa các dân tộc",
    ],
)
def test_times_that_hang_on_an_event_name_no_days(text):
    timing = parsed(text)

    assert timing.relative
    assert timing.windows == ()


@pytest.mark.parametrize("text", ["Quý V/2024", "31/6/2024", "tháng 13/2024", "theo lịch", ""])
def test_what_is_no_time_gives_none(text):
    assert parsed(text).windows == ()


def test_a_quarter_without_any_year_gives_no_days():
    assert parse(Words("Quý II", Span(0, 6), 0.9), year=None).windows == ()


def test_a_label_can_say_that_the_time_is_not_sure_or_an_end():
    tentative = task_of("1. Mở lớp\n- Thời gian dự kiến: Quý III/2025.").timing
    deadline = task_of("1. Mở lớp\n- Thời hạn hoàn thành: 30/9/2025.").timing

    assert (tentative.tentative, ends(tentative)) == (True, [("2025-07-01", "2025-09-30")])
    assert (deadline.deadline, ends(deadline)) == (True, [(None, "2025-09-30")])


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("1. Mở lớp tiếng Lào; hoàn thành trước ngày 30/10/2025.", "trước ngày 30/10/2025"),
        ("1. In tờ gấp trong quý II/2025.", "trong quý II/2025"),
        ("1. Giao lưu hữu nghị (tháng 4/2025).", "tháng 4/2025"),
        ("1. Tháng 3/2025: Thi ảnh đẹp biên giới.", "Tháng 3/2025"),
        ("1. Hoàn thành trang tiếng Lào trước ngày 30/6/2025.", "trước ngày 30/6/2025"),
        ("1. Tổ chức hội chợ vào tháng 9/2025 tại cửa khẩu.", "vào tháng 9/2025"),
        ("1. Rà soát kho dữ liệu, định kỳ hằng năm.", "định kỳ hằng năm"),
        ("1. Đón đoàn bạn: 01 đoàn, dự kiến tháng 3/2025.", "dự kiến tháng 3/2025"),
        ("1. In sổ tay, xong trước ngày 30/5/2025 (Ban A làm).", "trước ngày 30/5/2025"),
        ("1. Phát thanh: 02 buổi. Phòng Văn hóa thực hiện; thường xuyên.", "thường xuyên"),
        ("1. Mở lớp\n- Mời thầy.\n- In vở.\n- Hoàn thành trong quý IV/2025.", "trong quý IV/2025"),
        ("1. Mở lớp\n- Giai đoạn thực hiện: 2025 - 2026.", "2025 - 2026"),
        ("1. Mở lớp\nThời gian Hoàn thành trước 30/9/2025", "Hoàn thành trước 30/9/2025"),
        ("1. Dự hội chợ: 01 gian hàng; cuối quý III/2025.", "cuối quý III/2025"),
        ("1. Gặp gỡ doanh nghiệp: định kỳ mỗi quý 01 cuộc.", "định kỳ mỗi quý"),
        ("1. Mở lớp\n- Thời gian: tháng 9/2025 (01 ngày).", "tháng 9/2025"),
        ("1. Bố trí kinh phí trong dự toán hằng năm.", None),
        ("1. 2: Nội dung thứ hai.", None),
        ("1. Kỷ niệm Ngày Pháp luật (09/11).", None),
        ("1. Triển khai Kế hoạch ban hành ngày 02/01/2025.", None),
    ],
)
def test_a_time_in_a_sentence_counts_only_where_it_says_when(sentence, words):
    timing = task_of(sentence).timing

    assert (timing and timing.words.text) == words
