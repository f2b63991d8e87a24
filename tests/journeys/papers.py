"""Plans that people bring in the journeys, in the form of official papers."""

import io

import docx

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = """ỦY BAN NHÂN DÂN
TỈNH MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}/KH-UBND
Mẫu, ngày {day:02d} tháng 3 năm 2026

KẾ HOẠCH
{title}

Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ về thông tin đối ngoại;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Giúp khách từ bên kia biên giới biết ngày họp chợ và cách đi.

II. NỘI DUNG

"""
FOOT = """III. KINH PHÍ

Kinh phí thực hiện từ nguồn ngân sách tỉnh được giao năm 2026 và các nguồn hợp pháp khác.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Văn hóa, Thể thao và Du lịch theo dõi, đôn đốc; báo cáo UBND tỉnh trước ngày 30/11 hằng năm.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Văn Mẫu
"""
UNKNOWN = "Hội Cựu giáo chức chợ phiên"
TASKS = (
    (
        "Biên soạn tờ gấp giới thiệu sáu chợ phiên vùng biên",
        (
            "- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.\n"
            f"- Đơn vị phối hợp: Sở Ngoại vụ; {UNKNOWN}.\n"
            "- Thời gian thực hiện: Quý II/2026.\n"
            "- Sản phẩm: 01 tờ gấp song ngữ Việt - Lào."
        ),
    ),
    (
        "Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu",
        "- Đơn vị chủ trì: Sở Ngoại vụ.\n- Thời gian thực hiện: Thường xuyên.",
    ),
    (
        "Quay phim ngắn về đường đến chợ và gửi cho báo, đài của tỉnh bạn",
        "- Đơn vị chủ trì: Sở Ngoại vụ.\n- Thời gian thực hiện: Trước ngày 30/9/2026.",
    ),
    (
        "Lắp bảng chỉ đường bằng hai thứ tiếng",
        "- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.\n- Thời gian thực hiện: Tháng 8/2026.",
    ),
    (
        "Trưng bày ảnh các phiên chợ tại nhà văn hóa xã",
        "- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.\n- Thời gian thực hiện: Quý IV/2026.",
    ),
)


def plan(*, number, title, day=9, tasks=TASKS):
    """The text of a plan; `number` tells it from every other, "" is a draft's."""
    body = "".join(
        f"{place}. {words}\n\n{details}\n\n" for place, (words, details) in enumerate(tasks, 1)
    )
    return HEAD.format(number=number, title=title, day=day) + body + FOOT


def as_file(text, name="ke-hoach.txt"):
    """What a browser's file field takes; a name that ends in .docx makes it a document of Word."""
    if name.endswith(".docx"):
        return {"name": name, "mimeType": WORD, "buffer": _as_docx(text)}
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def _as_docx(text):
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
