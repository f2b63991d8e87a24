"""Invented documents for the reader's tests, put together from parts."""

from nhipcau.plans.reading import Format, Reading, Source, read

HEAD = """\
ỦY BAN NHÂN DÂN
TỈNH MƯỜNG HOA
Số: 37/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mường Hoa, ngày 14 tháng 02 năm 2025

KẾ HOẠCH
Thông tin đối ngoại tỉnh Mường Hoa năm 2025

Căn cứ Quyết định số 210/QĐ-UBND ngày 06/01/2025 của UBND tỉnh về chương trình công tác năm;
UBND tỉnh Mường Hoa ban hành Kế hoạch như sau:
"""

PURPOSE = """
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Giới thiệu hình ảnh của tỉnh với bạn bè.
"""

CLOSING = """
Nơi nhận:
- Bộ Ngoại giao;
- Các sở, ban, ngành;
- Lưu: VT, KGVX.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Lò Thị Ban
"""


def read_text(text: str) -> Reading:
    return read(Source(text, Format.TEXT))


def plan(content: str, *, head: str = HEAD, rest: str = "") -> Reading:
    """A plan whose content part is `content`."""
    return read_text(f"{head}{PURPOSE}\nII. NỘI DUNG\n{content}\n{rest}{CLOSING}")


def texts(all_words) -> list[str]:
    return [words.text for words in all_words]


def task_of(content: str, path: str = "II.1", **kwargs):
    return next(task for task in plan(content, **kwargs).tasks if task.path == path)
