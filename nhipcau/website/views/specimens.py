"""Every part that pages are made of, on one page, with words and works that nobody released."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from nhipcau.publishing.queries.public import Entry
from nhipcau.publishing.queries.public_works import PublicForm, Tongue
from nhipcau.translation.manuscript import from_body
from nhipcau.website.queries.cards import Card
from nhipcau.website.queries.words import NO_MEDIA, no_medium, words_of

COLOURS = (
    *("paper", "limestone", "ink", "muted", "indigo"),
    *("peach", "anise", "forest", "sun", "alarm"),
)
SCRIPTS = (
    ("vi", "Nhịp cầu bắc qua suối, nối hai bờ đã quen nhau từ lâu."),
    ("en", "A bridge over the stream joins two banks that have long known each other."),
    ("zh-Hans", "小溪上的桥，连接着早已相识的两岸。"),
    ("lo", "ຂົວຂ້າມຫ້ວຍ ເຊື່ອມຕໍ່ສອງຝັ່ງທີ່ຮູ້ຈັກກັນມາແຕ່ດົນ."),
    ("km", "ស្ពានឆ្លងអូរ ភ្ជាប់ច្រាំងពីរដែលស្គាល់គ្នាយូរមកហើយ។"),
)
_MOMENT = datetime(2026, 2, 12, 1, tzinfo=UTC)
_TONGUES = (
    Tongue("zh-Hans", "Tiếng Trung", "简体中文", "written", "/zh-hans/"),
    Tongue("lo", "Tiếng Lào", "ພາສາລາວ", "written", "/lo/"),
)
_BODY: list[dict[str, Any]] = [
    {"type": "heading", "value": {"text": "Nhịp cầu", "level": "2"}, "id": "1"},
    {
        "type": "text",
        "value": "<p>Một đoạn văn có <b>chữ đậm</b>, một <a href='#'>liên kết</a> và một danh "
        "sách:</p><ul><li>dòng thứ nhất</li><li>dòng thứ hai</li></ul>",
        "id": "2",
    },
    {
        "type": "quote",
        "value": {"text": "Nước đầu nguồn trong thì cả năm trong.", "who": "Tục ngữ", "source": ""},
        "id": "3",
    },
    {
        "type": "call_out",
        "value": {"kind": "warning", "title": "", "text": "<p>Đường đèo có sương mù.</p>"},
        "id": "4",
    },
    {
        "type": "facts",
        "value": {"title": "Trong ngày", "rows": [{"label": "Giờ mở", "value": "07:00–19:00"}]},
        "id": "5",
    },
    {
        "type": "chart",
        "value": {
            "kind": "column",
            "title": "Lượt khách (mẫu)",
            "unit": "nghìn lượt",
            "source": "Số liệu mẫu",
            "columns": ["Quý I", "Quý II", "Quý III"],
            "rows": [{"label": "2026", "values": ["12", "18", "15"]}],
        },
        "id": "6",
    },
]


def _card(title: str, kind: str, *, mode: str = "written", corrected: bool = False) -> Card:
    entry = Entry(
        subject_id=0,
        uuid=UUID(int=0),
        version_id=0,
        release_id=0,
        short_id="mau",
        kind=kind,
        language="vi",
        mode=mode,
        title=title,
        summary="Một câu tóm tắt cho biết trong bài có gì.",
        address="/vi/",
        first_at=_MOMENT,
        changed_at=_MOMENT,
        unit="Sở Mẫu",
        media_key="",
        tongues=_TONGUES,
        forms=(),
        is_corrected=corrected,
    )
    return Card(entry, entry.address, None, _TONGUES, ("PDF",) if kind == "leaflet" else ())


def specimens() -> dict[str, Any]:
    """What the page of all parts shows. No query."""
    read = from_body(_BODY, no_medium, language="vi")
    return {
        "colours": COLOURS,
        "scripts": SCRIPTS,
        "cards": [
            _card("Ba thủ tục người đi chợ biên giới hay hỏi nhất", "leaflet"),
            _card("Nghề nhuộm chàm ở bản: từ lá cây đến tấm áo", "video"),
            _card("Bản tin truyền thanh tuần này", "broadcast", mode="spoken", corrected=True),
        ],
        "words": words_of(read.blocks, language="vi", media=NO_MEDIA),
        "form": PublicForm(
            "leaflet", ("vi",), "mau.pdf", "to-gap.pdf", "application/pdf", 1_240_000
        ),
    }
