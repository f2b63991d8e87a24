"""One invented plan of two pages in official form, as text, Word, PDF and web page."""

import io
from xml.sax.saxutils import escape

from nhipcau.plans.tests.sources.making import flowed_pdf, vietnamese_font

LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH PHÚ BIÊN", "Số: 87/KH-UBND")
RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Phú Biên, ngày 12 tháng 01 năm 2026",
)
TYPE = "KẾ HOẠCH"
TITLE = "Thông tin đối ngoại khu vực biên giới năm 2026 trên địa bàn tỉnh Phú Biên"
BODY = (
    (
        "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ về quản lý "
        "hoạt động thông tin đối ngoại;"
    ),
    (
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch thông tin đối ngoại khu vực biên giới năm 2026 "
        "trên địa bàn tỉnh như sau:"
    ),
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    (
        "Giúp nhân dân hai bên biên giới hiểu đúng chủ trương hợp tác, mở rộng giao lưu và buôn "
        "bán; giới thiệu cảnh đẹp, sản vật của tỉnh với du khách qua lại các cửa khẩu."
    ),
    "2. Yêu cầu",
    (
        "Nội dung ngắn gọn, đúng sự thật, có bản tiếng của người nghe; không trùng lặp với "
        "chương trình khác đã được bố trí kinh phí."
    ),
    "II. NHIỆM VỤ",
    "1. Biên soạn và phát hành tài liệu tại cửa khẩu",
    (
        "a) Biên soạn 03 tờ rơi song ngữ giới thiệu thủ tục xuất nhập cảnh và các điểm tham "
        "quan gần cửa khẩu, in 5.000 bản để phát miễn phí cho du khách."
    ),
    "- Đơn vị chủ trì: Sở Ngoại vụ.",
    "- Đơn vị phối hợp: Sở Văn hóa, Thể thao và Du lịch; Bộ Chỉ huy Bộ đội Biên phòng tỉnh.",
    "- Thời gian thực hiện: Quý II năm 2026.",
    (
        "b) Dựng 02 bảng điện tử tại sảnh chờ, mỗi ngày cập nhật giờ đóng mở cửa khẩu, thời "
        "tiết và các thông báo khẩn bằng ba thứ tiếng."
    ),
    "- Đơn vị chủ trì: Ban Quản lý Khu kinh tế cửa khẩu.",
    "- Thời gian thực hiện: Trước ngày 30/6/2026.",
    "2. Phát thanh bằng tiếng dân tộc tại các xã biên giới",
    (
        "Xây dựng chuyên mục phát thanh hằng tuần về đời sống, mùa vụ, phòng chống mua bán "
        "người và quy chế khu vực biên giới; mỗi chương trình dài 15 phút."
    ),
    "- Đơn vị chủ trì: Báo và phát thanh, truyền hình Phú Biên.",
    "- Đơn vị phối hợp: UBND các xã biên giới.",
    "- Thời gian thực hiện: Thường xuyên trong năm 2026.",
    "3. Tập huấn kỹ năng thông tin cho cán bộ cơ sở",
    (
        "Mở 02 lớp tập huấn cho cán bộ văn hóa xã, đồn biên phòng và người có uy tín về cách "
        "viết tin, chụp ảnh, trả lời báo chí và nhận biết tin giả."
    ),
    "- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.",
    "- Thời gian thực hiện: Quý III năm 2026.",
    "III. KINH PHÍ THỰC HIỆN",
    (
        "Kinh phí thực hiện từ nguồn ngân sách tỉnh năm 2026 và các nguồn hợp pháp khác theo "
        "quy định."
    ),
    "IV. TỔ CHỨC THỰC HIỆN",
    (
        "1. Sở Ngoại vụ theo dõi, đôn đốc việc thực hiện Kế hoạch; tổng hợp kết quả, báo cáo Ủy "
        "ban nhân dân tỉnh trước ngày 15 tháng 12 năm 2026."
    ),
    "2. Sở Tài chính tham mưu bố trí kinh phí theo phân cấp ngân sách hiện hành.",
    (
        "Trên đây là Kế hoạch thông tin đối ngoại khu vực biên giới năm 2026, yêu cầu các cơ "
        "quan, đơn vị nghiêm túc triển khai thực hiện./."
    ),
)
RECIPIENTS = (
    "Nơi nhận:",
    "- Bộ Ngoại giao;",
    "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
    "- UBND các xã biên giới;",
    "- Lưu: VT, NgV.",
)
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lò Thị Mai Hoa")


def as_text():
    lines = [*LEFT, *RIGHT, TYPE, TITLE, *BODY, "\n".join(RECIPIENTS), "\n".join(SIGNATURE)]
    return "\n\n".join(lines) + "\n"


def as_docx():
    import docx

    document = docx.Document()

    def columns(left, right):
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "\n".join(left), "\n".join(right)

    columns(LEFT, RIGHT)
    for words in (TYPE, TITLE, *BODY):
        document.add_paragraph(words)
    columns(RECIPIENTS, SIGNATURE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_html():
    def columns(left, right):
        cells = ("<br>".join(map(escape, side)) for side in (left, right))
        return "<table><tr><td>{}</td><td>{}</td></tr></table>".format(*cells)

    paragraphs = "".join(f"<p>{escape(words)}</p>" for words in (TYPE, TITLE, *BODY))
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>KH</title></head><body>"
        f"{columns(LEFT, RIGHT)}{paragraphs}{columns(RECIPIENTS, SIGNATURE)}</body></html>"
    ).encode()


def as_pdf():
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer, Table

    font = vietnamese_font()
    body = ParagraphStyle(
        "body", fontName=font, fontSize=13, leading=19, alignment=4, firstLineIndent=36,
        spaceAfter=6,
    )  # fmt: skip
    centre = ParagraphStyle("centre", parent=body, alignment=1, firstLineIndent=0)
    small = ParagraphStyle("small", parent=body, fontSize=11, firstLineIndent=0, alignment=0)
    head = ParagraphStyle("head", parent=centre, fontSize=10, spaceAfter=0)

    def columns(left, right, left_style, right_style, widths):
        cells = [
            [Paragraph(escape(words), style) for words in side]
            for side, style in ((left, left_style), (right, right_style))
        ]
        return Table([cells], colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])

    def number(canvas, document):
        if document.page > 1:
            canvas.setFont(font, 12)
            canvas.drawCentredString(297, 800, str(document.page))

    story = [
        columns(LEFT, RIGHT, head, head, (170, 285)),
        Spacer(1, 12),
        Paragraph(TYPE, centre),
        Paragraph(TITLE, centre),
        *(Paragraph(escape(words), body) for words in BODY),
        columns(RECIPIENTS, SIGNATURE, small, centre, (220, 235)),
    ]
    return flowed_pdf(story, onLaterPages=number)
