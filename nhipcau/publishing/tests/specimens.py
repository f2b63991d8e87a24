"""Invented works to render: real words in four languages, all kinds of blocks, and bad ones."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from PIL import Image, ImageDraw

from nhipcau.publishing.renderers.contract import (
    House,
    MediaAddress,
    PictureFile,
    RenderOptions,
    Track,
)
from nhipcau.translation.manuscript import (
    CallOut,
    CallOutKind,
    Chart,
    ChartKind,
    Entry,
    Fact,
    Facts,
    Figure,
    FileLink,
    Gallery,
    Heading,
    Item,
    Listing,
    Manuscript,
    MapFigure,
    Paragraph,
    Quote,
    Recording,
    RecordingKind,
    Run,
    Series,
    Table,
    Timeline,
)

ADDRESS = "https://thongtin.tinhmau.example/x7k2m9"


def hills(width, height, *, sun=(0.78, 0.25)):
    """A landscape drawn by code: hills, a bridge, a low sun."""
    image = Image.new("RGB", (width, height), "#dfe7f2")
    draw = ImageDraw.Draw(image)
    r = height * 0.13
    x, y = width * sun[0], height * sun[1]
    draw.ellipse([x - r, y - r, x + r, y + r], fill="#f3c6b3")
    for level, colour in ((0.48, "#a0b3cf"), (0.62, "#5070a5"), (0.82, "#23407a")):
        step = width / (5 + level * 2)
        points = [(0, height)]
        for n in range(int(width / step) + 2):
            points += [(n * step, height * (level + 0.12)), (n * step + step / 2, height * level)]
        draw.polygon([*points, (width, height)], fill=colour)
    return image


@lru_cache(maxsize=8)
def picture(width=1600, height=1000, form="JPEG"):
    stream = io.BytesIO()
    hills(width, height).save(stream, form, **({"quality": 88} if form == "JPEG" else {}))
    return stream.getvalue()


@lru_cache(maxsize=1)
def emblem():
    """A bridge over water in a ring, for a province that does not exist."""
    image = Image.new("RGBA", (480, 480), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse([4, 4, 476, 476], fill="#ffffff", outline="#b02a57", width=18)
    draw.pieslice([40, 40, 440, 440], 10, 170, fill="#23407a")
    draw.arc([90, 150, 390, 450], 180, 360, fill="#b02a57", width=26)
    for x in (140, 190, 240, 290, 340):
        draw.line([x, 170 if x == 240 else 200, x, 300], fill="#b02a57", width=12)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


class Shelf:
    """Media from memory. Keys that end in “broken” hold no picture, “gone” are not there."""

    def picture(self, key, *, widest):
        if key.endswith("gone"):
            return None
        if key.endswith("broken"):
            return PictureFile(b"\x89PNG\r\n\x1a\n broken", "image/png", 10, 10)
        width = min(widest, 1600)
        return PictureFile(
            picture(width, round(width * 0.62)), "image/jpeg", width, round(width * 0.62)
        )

    def address(self, key):
        if not key or key.endswith("gone"):
            return None
        kind = key.split("/")[0]
        tracks = (Track("/media/v.vi.vtt", "vi", "Tiếng Việt"),) if kind == "video" else ()
        types = {"video": "video/mp4", "audio": "audio/mpeg", "files": "application/pdf"}
        return MediaAddress(
            f"/media/{key}",
            types.get(kind, "image/jpeg"),
            bytes=1_234_567,
            width=1600,
            height=992,
            widths=((480, f"/media/{key}-480"), (960, f"/media/{key}-960")),
            tracks=tracks,
        )


def options(**changes):
    return replace(
        RenderOptions(
            house=House(name="Tỉnh Mẫu Sơn", emblem=emblem()),
            address=ADDRESS,
            day=date(2026, 2, 12),
        ),
        **changes,
    )


def p(text, **look):
    return Paragraph((Run(text, **look),))


def vietnamese():
    return Manuscript(
        language="vi",
        script="Latn",
        title="Đi chợ phiên biên giới: giấy tờ, giờ giấc và hàng được mang theo",
        summary=(
            "Chợ phiên cửa khẩu Khơ Đa họp vào chủ nhật. Người dân hai bên biên giới mang giấy "
            "thông hành, đi trong ngày và được miễn thuế hàng hóa đến 2.000.000 đồng mỗi người."
        ),
        issuer="Ủy ban nhân dân tỉnh Mẫu Sơn",
        issued=date(2026, 2, 12),
        revised=date(2026, 3, 1),
        version="2",
        credits=("Biên soạn: Sở Ngoại vụ", "Ảnh: Trung tâm Văn hóa tỉnh"),
        blocks=(
            Heading(2, "Trước khi đi"),
            Paragraph(
                (
                    Run("Mỗi người cần "),
                    Run("giấy thông hành biên giới", bold=True),
                    Run(
                        " do Công an xã cấp, có giá trị mười hai tháng. Trẻ em dưới 14 tuổi đi cùng "
                        "cha mẹ và ghi tên trong giấy của cha hoặc mẹ. Xem mẫu đơn tại "
                    ),
                    Run("cổng dịch vụ công", link="https://dichvucong.tinhmau.example/to-khai"),
                    Run(". Người láng giềng gọi chợ là "),
                    Run("边境集市", language="zh-Hans"),
                    Run("."),
                )
            ),
            Listing(
                ordered=True,
                items=(
                    Item((Run("Nộp đơn tại công an xã, kèm hai ảnh 4 × 6 cm."),)),
                    Item(
                        (Run("Chờ trong ba ngày làm việc:"),),
                        (
                            Listing(
                                ordered=False,
                                items=(
                                    Item((Run("nhận tin nhắn báo kết quả;"),)),
                                    Item((Run("trẻ em không phải trả lệ phí."),)),
                                ),
                            ),
                        ),
                    ),
                    Item((Run("Nhận giấy và kiểm tra lại họ tên, ngày sinh."),)),
                ),
            ),
            Figure(
                "pictures/1",
                alt="Cây cầu trắng bắc qua suối, sau lưng là ba dãy núi và mặt trời thấp",
                caption="Cầu Khơ Đa nhìn từ phía chợ.",
                credit="Ảnh: Trung tâm Văn hóa tỉnh",
            ),
            Heading(3, "Giờ mở cửa khẩu"),
            Table(
                caption="Giờ thông quan và số quầy trong tuần",
                head=("Ngày", "Mở cửa", "Đóng cửa", "Số quầy"),
                rows=tuple(
                    tuple((Run(cell),) for cell in row)
                    for row in (
                        ("Thứ hai – thứ sáu", "7 giờ 00", "17 giờ 30", "6"),
                        ("Thứ bảy", "7 giờ 00", "18 giờ 00", "8"),
                        ("Chủ nhật (chợ phiên)", "6 giờ 00", "19 giờ 00", "12"),
                    )
                ),
                numeric=frozenset({3}),
            ),
            CallOut(
                CallOutKind.WARNING,
                "Không mang hộ hàng",
                (
                    p(
                        "Không nhận mang hộ túi, gói của người lạ qua cửa khẩu, kể cả khi được trả công."
                    ),
                ),
            ),
            Heading(2, "Chợ phiên qua các năm"),
            Paragraph(
                (
                    Run("Năm 2025 chợ đón "),
                    Run("48.200 lượt khách", bold=True),
                    Run(", gấp rưỡi năm 2023. Diện tích họp chợ là 5.400 m"),
                    Run("2", raised="sup"),
                    Run("."),
                )
            ),
            Chart(
                ChartKind.COLUMN,
                "Khách đến chợ phiên Khơ Đa",
                "lượt người",
                "Ban Quản lý chợ, tháng 1/2026",
                ("2021", "2022", "2023", "2024", "2025"),
                (
                    Series("Trong nước", tuple(map(Decimal, (6100, 11200, 20400, 24700, 29100)))),
                    Series("Nước ngoài", (None, *map(Decimal, (4300, 11600, 15900, 19100)))),
                ),
            ),
            Facts(
                "Chợ phiên bằng số",
                (
                    Fact("gian hàng", "312"),
                    Fact("lượt khách năm 2025", "48.200"),
                    Fact("ngôn ngữ trên bảng chỉ dẫn", "4"),
                ),
            ),
            Timeline(
                "Những mốc chính",
                (
                    Entry("1993", "Chợ họp lại sau nhiều năm."),
                    Entry("2019", "Xây nhà lồng chợ và bãi xe."),
                    Entry("Tháng 1/2026", "Thêm bảng chỉ dẫn tiếng Trung, tiếng Lào và tiếng Anh."),
                ),
            ),
            Quote(
                (p("Trước đây tôi phải hỏi từng người. Giờ bảng nào cũng có chữ nước mình."),),
                who="Chị Mùa Thị Dợ",
                source="bản Khơ Đa",
            ),
            Heading(2, "Tư liệu"),
            MapFigure(
                Figure(
                    "pictures/map",
                    alt="Sơ đồ đường từ trung tâm xã đến chợ và cửa khẩu",
                    caption="Đường đến chợ.",
                    credit="Bản vẽ: Sở Xây dựng",
                ),
                areas=("Xã Khơ Đa", "Cửa khẩu Khơ Đa", "Bản Nà Lốc"),
                source="Bản đồ hành chính tỉnh, 2025",
            ),
            Gallery(
                "Chợ trong ảnh",
                (
                    Figure("pictures/2", alt="Gian hàng vải chàm", caption="Vải chàm."),
                    Figure("pictures/3", decorative=True, caption="Sáng sớm."),
                ),
            ),
            Recording(
                RecordingKind.AUDIO,
                "audio/1",
                title="Bản tin truyền thanh tuần 7",
                transcript=(p("Kính chào quý vị và các bạn."), p("Chợ phiên họp vào chủ nhật.")),
                caption="Giọng đọc: Đài Truyền thanh xã",
                seconds=143,
            ),
            Recording(RecordingKind.VIDEO, "video/1", title="Một ngày ở chợ", seconds=252),
            FileLink("files/1", "Mẫu đơn xin cấp giấy thông hành"),
            CallOut(
                CallOutKind.CONTACT,
                "Đường dây nóng",
                (p("Trạm Kiểm soát biên phòng: 0205 3 000 000, trực 24 giờ."),),
            ),
        ),
    )


def chinese():
    return Manuscript(
        language="zh-Hans",
        script="Hans",
        title="去边境集市：证件、时间和可携带的货物",
        summary="科达口岸集市每周日开放。两国边民持边境通行证，当日往返，每人免税额为2,000,000越盾。",
        issuer="母山省人民委员会",
        issued=date(2026, 2, 12),
        version="2",
        source_language="vi",
        machine_helped=True,
        credits=("编写：外事厅",),
        blocks=(
            Heading(2, "出发之前"),
            p(
                "每人需要由乡公安签发的边境通行证，有效期十二个月。14岁以下儿童随父母同行，姓名登记在父亲或母亲的证件中。"
            ),
            Listing(
                ordered=True,
                items=(
                    Item((Run("向乡公安提交申请，附两张4×6厘米照片。"),)),
                    Item((Run("等待三个工作日。"),)),
                    Item((Run("领取证件并核对姓名和出生日期。"),)),
                ),
            ),
            Figure("pictures/1", alt="小溪上的白桥和群山", caption="从集市看科达桥。"),
            Heading(3, "口岸开放时间"),
            Table(
                caption="每周通关时间",
                head=("日期", "开放", "关闭", "窗口数"),
                rows=tuple(
                    tuple((Run(cell),) for cell in row)
                    for row in (
                        ("周一至周五", "7:00", "17:30", "6"),
                        ("周六", "7:00", "18:00", "8"),
                        ("周日（集市）", "6:00", "19:00", "12"),
                    )
                ),
                numeric=frozenset({3}),
            ),
            CallOut(CallOutKind.WARNING, "", (p("不要替陌生人携带物品过关，即使对方付钱。"),)),
            Heading(2, "历年集市"),
            p("2025年集市接待游客48,200人次，是2023年的1.5倍。"),
        ),
    )


def lao():
    return Manuscript(
        language="lo",
        script="Laoo",
        title="ໄປຕະຫຼາດນັດຊາຍແດນ: ເອກະສານ ເວລາ ແລະ ສິນຄ້າທີ່ນຳຕິດຕົວໄດ້",
        summary="ຕະຫຼາດນັດດ່ານຊາຍແດນເປີດທຸກວັນອາທິດ. ປະຊາຊົນສອງຝ່າຍຊາຍແດນຖືບັດຜ່ານແດນ ແລະ ໄປກັບໃນມື້ດຽວ.",
        issuer="ຄະນະກຳມະການປະຊາຊົນແຂວງ",
        issued=date(2026, 2, 12),
        version="1",
        source_language="vi",
        blocks=(
            Heading(2, "ກ່ອນອອກເດີນທາງ"),
            p(
                "ແຕ່ລະຄົນຕ້ອງມີບັດຜ່ານແດນທີ່ອອກໂດຍຕຳຫຼວດບ້ານ ມີອາຍຸການນຳໃຊ້ສິບສອງເດືອນ. "
                "ເດັກນ້ອຍອາຍຸຕ່ຳກວ່າສິບສີ່ປີໄປກັບພໍ່ແມ່ ແລະ ມີຊື່ໃນບັດຂອງພໍ່ຫຼືແມ່."
            ),
            CallOut(CallOutKind.CONTACT, "", (p("ສາຍດ່ວນ: 0205 3 000 000"),)),
        ),
    )


def khmer():
    return Manuscript(
        language="km",
        script="Khmr",
        title="ទៅផ្សារព្រំដែន៖ ឯកសារ ម៉ោង និងទំនិញដែលអាចយកតាមខ្លួន",
        summary="ផ្សារច្រកព្រំដែនបើករៀងរាល់ថ្ងៃអាទិត្យ។ ប្រជាពលរដ្ឋទាំងសងខាងព្រំដែនកាន់លិខិតឆ្លងដែន។",
        issuer="គណៈកម្មាធិការប្រជាជនខេត្ត",
        issued=date(2026, 2, 12),
        version="1",
        source_language="vi",
        blocks=(
            Heading(2, "មុនពេលចេញដំណើរ"),
            p(
                "មនុស្សម្នាក់ៗត្រូវមានលិខិតឆ្លងដែនដែលចេញដោយនគរបាលឃុំ មានសុពលភាពដប់ពីរខែ។ "
                "កុមារអាយុក្រោមដប់បួនឆ្នាំទៅជាមួយឪពុកម្តាយ។"
            ),
            Listing(ordered=False, items=(Item((Run("ដាក់ពាក្យសុំ"),)), Item((Run("រង់ចាំបីថ្ងៃ"),)))),
        ),
    )


def english():
    return Manuscript(
        language="en",
        script="Latn",
        title="Visiting the border market: papers, hours and what you may carry",
        summary="The market at the Khơ Đa gate is held on Sundays; a day pass is enough.",
        issuer="People’s Committee of Mẫu Sơn Province",
        issued=date(2026, 2, 12),
        version="2",
        source_language="vi",
        machine_helped=True,
        blocks=(
            Heading(2, "Before you go"),
            p(
                "Everybody needs a border pass issued by the commune police, valid for twelve months."
            ),
            Heading(2, "The market over the years"),
            p("In 2025 the market received 48,200 visits, half as many again as in 2023."),
        ),
    )


def empty():
    return Manuscript("vi", "Latn", "", "", (), "")


HOSTILE = (
    "\u202eevil\u202c \x00\x07 #import \"@preview/x:1.0.0\" $x$ *b* _i_ `c` <h1>& \\ ' \" "
    "<script>alert(1)</script> ]]> <!-- --> {{7*7}} {% load x %} &#x202e; \ufeff\ufffe "
    '#read("/etc/passwd") @label <label> = heading // c /* c */ \U0001f600'
)  # fmt: skip


def hostile():
    run = (Run(HOSTILE, bold=True, link="javascript:alert(1)", language="x'><script>"),)
    whole = (Paragraph(run),)
    return Manuscript(
        language='vi"><script>',
        script="Latn",
        title=HOSTILE,
        summary=HOSTILE,
        issuer=HOSTILE,
        version=HOSTILE,
        source_language='"><',
        machine_helped=True,
        credits=(HOSTILE,),
        blocks=(
            Heading(3, HOSTILE),
            *whole,
            Listing(ordered=True, items=(Item(run, (Listing(ordered=False, items=(Item(run),)),)),)),
            Quote(whole, HOSTILE, HOSTILE),
            Figure("pictures/broken", HOSTILE, caption=HOSTILE, credit=HOSTILE),
            Figure("pictures/gone", HOSTILE),
            Figure("", ""),
            Figure("pictures/1", ""),
            Gallery(HOSTILE, (Figure("pictures/1", HOSTILE), Figure("x/broken", HOSTILE))),
            Gallery("", ()),
            Table(HOSTILE, (HOSTILE, ""), ((run, ()), ((), run)), frozenset({0, 1})),
            Table("", (), (), frozenset()),
            Recording(RecordingKind.VIDEO, "video/gone", HOSTILE, whole, HOSTILE, HOSTILE),
            Recording(RecordingKind.AUDIO, "", ""),
            FileLink("files/gone", HOSTILE),
            MapFigure(Figure("pictures/broken", HOSTILE), (HOSTILE,), HOSTILE),
            Timeline(HOSTILE, (Entry(HOSTILE, HOSTILE),)),
            Timeline("", ()),
            CallOut(CallOutKind.NOTE, HOSTILE, whole),
            Facts(HOSTILE, (Fact(HOSTILE, HOSTILE),)),
            Facts("", ()),
            Chart(
                ChartKind.BAR, HOSTILE, HOSTILE, HOSTILE, (HOSTILE, "b"),
                (Series(HOSTILE, (Decimal("-1e9"), None)), Series("", (Decimal("1e9"), Decimal(0)))),
            ),
            Chart(ChartKind.SHARE, "x", "", "", ("a",), (Series("b", (Decimal(-1),)),)),
            Chart(ChartKind.LINE, "x", "", "", (), ()),
            Chart(ChartKind.COLUMN, "x", "", "", ("a",), (Series("b", (Decimal("1e300"),)),)),
        ),
    )  # fmt: skip


def long_title():
    return replace(vietnamese(), title="Tên rất dài " * 834, summary="x" * 10_000)


def huge():
    """Two million characters of body."""
    paragraph = p("Chợ phiên họp vào chủ nhật và người dân hai bên biên giới đều đến. " * 15)
    return replace(
        vietnamese(),
        blocks=tuple(
            Heading(2, f"Chương {n // 100}") if n % 100 == 0 else paragraph for n in range(2000)
        ),
    )


def handbook(chapters=8, paragraphs=10):
    """About forty pages of A5, with pictures, tables and a chart."""
    sample = vietnamese().blocks
    sentence = "Người dân mang giấy thông hành, đi trong ngày và giữ liên lạc với trạm biên phòng. "
    blocks = []
    for chapter in range(chapters):
        blocks.append(Heading(2, f"Chương {chapter + 1}: {sample[0].text.lower()}"))
        for number in range(paragraphs):
            if number % 5 == 0:
                blocks.append(Heading(3, f"Việc thứ {number // 5 + 1}"))
            blocks.append(p(sentence * 5))
            if number % 7 == 3:
                blocks.append(replace(sample[5 - 2], media=f"pictures/{chapter}"))
            if number % 6 == 4:
                blocks.append(sample[5])
        blocks += [sample[2], sample[6], sample[9]]
    return replace(vietnamese(), blocks=tuple(blocks))
