"""Numbered papers of one kind, what a person does to each of them, and what must come of it.

Every third paper is a new version of the one before it. Nothing here asks the house: the oracle
knows what it wrote.
"""

from dataclasses import dataclass

CULTURE = "Sở Văn hóa, Thể thao và Du lịch"
TRADE = "Sở Công Thương"
BORDER = "UBND các xã biên giới"
UNKNOWN = "Hội Cựu giáo chức chợ phiên"
REMARK = "theo nhiệm vụ được giao"
LAW, DECREE = "Luật Biên phòng Việt Nam", "72/2015/NĐ-CP"

TEXT = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}/KH-UBND
Lạng Sơn, ngày 26 tháng 01 năm 2026

KẾ HOẠCH
Giới thiệu chợ phiên số {number} với du khách năm 2026

Căn cứ {law} ngày 11 tháng 11 năm 2020;
Căn cứ Nghị định số {decree} ngày 07/9/2015 của Chính phủ về thông tin đối ngoại;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Giúp khách từ bên kia biên giới biết ngày họp chợ và cách đi.

II. NỘI DUNG

1. Biên soạn tờ gấp giới thiệu {what} số {number}

a) Viết lời tờ gấp bằng hai thứ tiếng

- Đơn vị chủ trì: {culture}.
- Đơn vị phối hợp: {trade}; {unknown} ({remark}).
- Thời gian thực hiện: Quý II/2026.
- Sản phẩm: 01 tờ gấp song ngữ Việt - Trung.

b) In và phát tờ gấp tại cửa khẩu

- Đơn vị chủ trì: {trade}.
- Thời gian thực hiện: Quý III/2026.

2. Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu

- Đơn vị chủ trì: {border}.
- Đơn vị phối hợp: {trade}.
- Thời gian thực hiện: Thường xuyên.

3. Chụp ảnh chợ phiên và gửi ảnh cho báo nước bạn

- Đơn vị chủ trì: {culture}.
- Thời gian thực hiện: Trước ngày 30/9/2026.

4. Đặt bảng chỉ đường đến chợ tại bến xe

- Đơn vị chủ trì: {trade}.
- Thời gian thực hiện: Quý IV/2026.

III. KINH PHÍ

Kinh phí thực hiện từ nguồn ngân sách tỉnh được giao năm 2026 và các nguồn hợp pháp khác.

IV. TỔ CHỨC THỰC HIỆN

1. {culture} theo dõi, đôn đốc; báo cáo UBND tỉnh trước ngày 30/11 hằng năm.

2. {trade} bố trí gian hàng tại chợ.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Văn Mẫu
"""
EDITED = "Phát bản tin hướng dẫn đi chợ bằng hai thứ tiếng"
PARTS = ("Chụp ảnh chợ phiên", "Gửi ảnh chợ phiên cho báo nước bạn")
ADDED = "Hỏi khách sau mỗi phiên chợ"
CULTURE_LEADS = ("lead", CULTURE, "culture", "")
TRADE_LEADS = ("lead", TRADE, "trade", "")
WRITERS = frozenset(
    {
        CULTURE_LEADS,
        ("coordinating", TRADE, "trade", ""),
        ("coordinating", UNKNOWN, "trade", REMARK),  # as the person chose
    }
)
ANNOUNCERS = frozenset({("lead", BORDER, "border", ""), ("coordinating", TRADE, "trade", "")})


@dataclass(frozen=True, slots=True)
class Expected:
    """One task in force: where it stands, below what, and whose it is."""

    path: str
    parent: str | None
    title: str
    parties: frozenset


@dataclass(frozen=True, slots=True)
class Paper:
    """Paper number n, from 0."""

    n: int

    @property
    def renews(self):
        """Whether it is a new version of the paper before it."""
        return self.n % 3 == 2

    @property
    def number(self):
        return self.n if self.renews else self.n + 1

    @property
    def name(self):
        return f"ke-hoach-{self.n}.txt"

    @property
    def title(self):
        return f"Giới thiệu chợ phiên số {self.number} với du khách năm 2026"

    @property
    def bytes(self):
        return TEXT.format(
            number=self.number,
            what="chợ phiên và bến thuyền" if self.renews else "chợ phiên",
            law=LAW,
            decree=DECREE,
            culture=CULTURE,
            trade=TRADE,
            border=BORDER,
            unknown=UNKNOWN,
            remark=REMARK,
        ).encode()

    @property
    def before_steps(self):
        """What stands before the first step in the count of steps: saying of which plan it is."""
        return 1 if self.renews else 0

    def steps(self):
        """What a person does, one step after the other; each is told the tasks by their paths."""
        yield lambda keys, ids: {
            "kind": "name",
            "words": UNKNOWN,
            "name": {"unit": ids["trade"], "group": None, "label": TRADE},
        }
        if self.renews:
            return
        yield lambda keys, ids: {
            "kind": "edit",
            "key": keys["II.2"]["key"],
            "title": EDITED,
            "body": {
                name: keys["II.2"]["body"][name]
                for name in ("parties", "timing", "products", "audiences")
            },
        }
        yield lambda keys, ids: {
            "kind": "split",
            "key": keys["II.3"]["key"],
            "titles": list(PARTS),
        }
        yield lambda keys, ids: {"kind": "decide", "keys": [keys["II.4"]["key"]], "keep": False}
        yield lambda keys, ids: {"kind": "undo"}
        yield lambda keys, ids: {"kind": "redo"}
        yield lambda keys, ids: {
            "kind": "move",
            "key": keys["II.3/2"]["key"],
            "parent": keys["II.1"]["key"],
            "after": keys["II.1.b"]["key"],
        }
        yield lambda keys, ids: {
            "kind": "add",
            "title": ADDED,
            "after": keys["II.2"]["key"],
            "span": None,
        }

    @property
    def step_numbers(self):
        """The numbers of the steps that leave a row: an undoing and a redoing only count."""
        return [2] if self.renews else [1, 2, 3, 4, 7, 8]

    def tasks(self):
        """The tasks in force once it is accepted, in the plan's order."""
        kept = [
            Expected("II.1", None, f"Biên soạn tờ gấp giới thiệu chợ phiên số {self.number}",
                     frozenset()),
            Expected("II.1.a", "II.1", "Viết lời tờ gấp bằng hai thứ tiếng", WRITERS),
            Expected("II.1.b", "II.1", "In và phát tờ gấp tại cửa khẩu",
                     frozenset({TRADE_LEADS})),
        ]  # fmt: skip
        if not self.renews:
            return [
                *kept,
                Expected("II.3/2", "II.1", PARTS[1], frozenset({CULTURE_LEADS})),
                Expected("II.2", None, EDITED, ANNOUNCERS),
                Expected("II.2/2", None, ADDED, frozenset()),
                Expected("II.3", None, PARTS[0], frozenset({CULTURE_LEADS})),
            ]
        title = f"Biên soạn tờ gấp giới thiệu chợ phiên và bến thuyền số {self.number}"
        return [
            Expected("II.1", None, title, frozenset()),
            *kept[1:],
            Expected("II.2", None, "Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu", ANNOUNCERS),
            Expected("II.3", None, "Chụp ảnh chợ phiên và gửi ảnh cho báo nước bạn",
                     frozenset({CULTURE_LEADS})),
            Expected("II.4", None, "Đặt bảng chỉ đường đến chợ tại bến xe",
                     frozenset({TRADE_LEADS})),
        ]  # fmt: skip
