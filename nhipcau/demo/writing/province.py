"""The province's plan of 2026: first the draft that went round, then the paper that was signed."""

from __future__ import annotations

from nhipcau.demo.writing.page import Annex, Foot, Grid, Head, Paper

BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    (
        "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ về quản lý hoạt động "
        "thông tin đối ngoại;"
    ),
    (
        "Căn cứ Nghị quyết số 47/NQ-CP ngày 15 tháng 4 năm 2024 của Chính phủ ban hành Chương trình "
        "hành động thực hiện Kết luận số 57-KL/TW ngày 15 tháng 6 năm 2023 của Bộ Chính trị về tiếp "
        "tục nâng cao chất lượng, hiệu quả công tác thông tin đối ngoại trong tình hình mới;"
    ),
    (
        "Theo đề nghị của Giám đốc Sở Văn hóa, Thể thao và Du lịch tại Tờ trình số 06/TTr-SVHTTDL "
        "ngày 09 tháng 01 năm 2026."
    ),
)
OPENING = (
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai công tác thông tin đối ngoại trên địa bàn "
    "tỉnh năm 2026 như sau:"
)
PURPOSE = """
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Để người dân hai bên biên giới, doanh nghiệp và du khách có được thông tin chính thức về tỉnh Mẫu bằng ngôn ngữ của mình, đúng lúc cần đến.
b) Giới thiệu chè cổ thụ Núi Chè, chợ phiên Bản Lát và tuyến đường thủy sông Lành với bạn bè trong nước và quốc tế.
2. Yêu cầu
a) Mỗi nhiệm vụ có một cơ quan chịu trách nhiệm chính, có thời hạn và có sản phẩm kiểm đếm được.
b) Nội dung phát hành ra nước ngoài phải được thẩm định về bí mật nhà nước và đối ngoại trước khi phát hành.
"""
TASKS = """
II. NỘI DUNG NHIỆM VỤ
1. Xây dựng nguồn thông tin chính thức bằng nhiều thứ tiếng
1.1. Biên soạn tờ gấp “Hỏi đáp khi qua cửa khẩu” bằng tiếng Việt, tiếng Lào và tiếng Anh
- Cơ quan chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Cơ quan phối hợp: Công an tỉnh; Bộ Chỉ huy Bộ đội Biên phòng tỉnh; Ban Quản lý Khu kinh tế cửa khẩu Khe Sương.
- Thời gian thực hiện: {leaflet_time}.
- Sản phẩm: {leaflet_product}.
1.2. Sản xuất phim ngắn giới thiệu vùng chè cổ thụ Núi Chè, có phụ đề tiếng Anh và tiếng Lào
- Cơ quan chủ trì: {film_lead}.
- Cơ quan phối hợp: Sở Nông nghiệp và Môi trường; UBND xã Núi Chè; {film_other}.
- Thời gian thực hiện: Từ tháng 3 đến tháng 9 năm 2026.
- Sản phẩm: 03 phim ngắn, mỗi phim dài từ 03 đến 05 phút.
1.3. Cập nhật chuyên trang tiếng Lào và tiếng Anh trên Cổng Thông tin điện tử tỉnh
- Cơ quan chủ trì: Văn phòng Ủy ban nhân dân tỉnh.
- Cơ quan phối hợp: Các sở, ban, ngành; UBND các xã, phường.
- Thời gian thực hiện: Thường xuyên.
- Sản phẩm: Ít nhất 04 tin, bài mỗi tuần.
2. Đưa thông tin tới cửa khẩu và các xã biên giới
2.1. Lắp đặt cụm thông tin điện tử tại Cửa khẩu quốc tế Khe Sương
- Cơ quan chủ trì: Ban Quản lý Khu kinh tế cửa khẩu Khe Sương.
- Cơ quan phối hợp: Sở Văn hóa, Thể thao và Du lịch; Sở Khoa học và Công nghệ; Đồn Biên phòng Cửa khẩu quốc tế Khe Sương.
- Thời gian thực hiện: Quý II, Quý III năm 2026.
- Sản phẩm: 01 cụm thông tin điện tử, chạy nội dung bằng 03 thứ tiếng.
2.2. Phát bản tin biên giới trên hệ thống truyền thanh cơ sở bằng tiếng Việt, tiếng Thái và tiếng Mông
- Cơ quan chủ trì: UBND các xã biên giới.
- Cơ quan phối hợp: Báo và Phát thanh, Truyền hình tỉnh Mẫu; các Đồn Biên phòng.
- Thời gian thực hiện: Hằng tuần.
- Sản phẩm: 48 bản tin, mỗi bản tin từ 10 đến 15 phút.
2.3. Gửi tin nhắn hướng dẫn quy định xuất, nhập cảnh tới thuê bao di động trên tuyến biên giới
- Cơ quan chủ trì: Sở Khoa học và Công nghệ.
- Cơ quan phối hợp: Công ty Viễn thông Sông Lành; Bộ Chỉ huy Bộ đội Biên phòng tỉnh.
- Thời gian thực hiện: Trong các dịp Tết Nguyên đán, Tết Bunpimay và Quốc khánh.
- Sản phẩm: Từ 03 đến 05 đợt tin nhắn.
3. Hợp tác với báo chí và bạn bè quốc tế
3.1. Đón các đoàn phóng viên nước ngoài tìm hiểu, đưa tin về tỉnh
- Cơ quan chủ trì: Sở Ngoại vụ.
- Cơ quan phối hợp: Sở VHTTDL; Công an tỉnh; {press_other}.
- Thời gian thực hiện: Trong năm 2026.
- Sản phẩm: 02 đến 04 đoàn; báo cáo kết quả từng đoàn.
3.2. Tổ chức Tuần hữu nghị biên giới tại Khe Sương
- Cơ quan chủ trì: Sở Ngoại vụ.
- Cơ quan phối hợp: Sở Công Thương; Sở Văn hóa, Thể thao và Du lịch; UBND xã Khe Sương; Hội Hữu nghị Việt - Lào tỉnh.
- Thời gian thực hiện: {week_time}.
- Sản phẩm: Kế hoạch riêng của Sở Ngoại vụ; khoảng 160 đại biểu hai nước tham dự.
{exchange}4. Tập huấn, bồi dưỡng
4.1. Tập huấn nghiệp vụ thông tin đối ngoại cho công chức xã, cán bộ đồn biên phòng và phóng viên
- Cơ quan chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Cơ quan phối hợp: Sở NV; Ban Tuyên giáo và Dân vận Tỉnh ủy.
- Thời gian thực hiện: Quý III năm 2026.
- Sản phẩm: 02 lớp, khoảng 120 học viên.
4.2. Bồi dưỡng tiếng Lào cho cán bộ làm việc tại cửa khẩu
- Cơ quan chủ trì: Sở Giáo dục và Đào tạo.
- Cơ quan phối hợp: Sở Ngoại vụ; Ban Quản lý Khu kinh tế cửa khẩu Khe Sương.
- Thời gian thực hiện: {lao_time}.
- Sản phẩm: 01 khóa học, 40 học viên.
5. Theo dõi, làm rõ thông tin chưa đúng về tỉnh
5.1. Theo dõi tin, bài về tỉnh trên báo chí trong nước và nước ngoài; khi phát hiện thông tin sai lệch, chuẩn bị tài liệu làm rõ kèm nguồn dẫn chiếu
- Cơ quan chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Cơ quan phối hợp: Công an tỉnh; Ban Tuyên giáo và Dân vận Tỉnh ủy; các cơ quan, đơn vị có liên quan.
- Thời gian thực hiện: Thường xuyên; cung cấp tài liệu trong vòng 07 ngày kể từ khi có đề nghị.
5.2. Công khai danh sách người phát ngôn và địa chỉ tiếp nhận phản ánh của người dân
- Cơ quan chủ trì: Văn phòng Ủy ban nhân dân tỉnh.
- Thời gian thực hiện: Trước ngày 31/3/2026.
- Sản phẩm: Danh sách đăng trên Cổng Thông tin điện tử tỉnh.
"""
EXCHANGE = """3.3. Trao đổi phóng viên với cơ quan báo chí địa phương bên kia biên giới
- Cơ quan chủ trì: Báo và Phát thanh, Truyền hình tỉnh Mẫu.
- Cơ quan phối hợp: Sở Ngoại vụ.
- Thời gian thực hiện: Dự kiến tháng 10/2026.
"""
MONEY_AND_ORGANISATION = """
III. KINH PHÍ THỰC HIỆN
1. Ngân sách tỉnh giao trong dự toán năm 2026 của các cơ quan, đơn vị.
2. Kinh phí sự nghiệp thuộc Chương trình mục tiêu quốc gia.
3. Nguồn xã hội hóa và các nguồn hợp pháp khác theo quy định của pháp luật.
IV. TỔ CHỨC THỰC HIỆN
1. Sở Văn hóa, Thể thao và Du lịch
a) Là cơ quan thường trực, hướng dẫn, đôn đốc, kiểm tra việc thực hiện Kế hoạch.
b) Tổng hợp, báo cáo Ủy ban nhân dân tỉnh và Bộ Văn hóa, Thể thao và Du lịch trước ngày 30/11/2026.
2. Sở Tài chính
Tham mưu cấp có thẩm quyền bố trí kinh phí thực hiện Kế hoạch theo khả năng cân đối của ngân sách.
3. Sở Ngoại vụ
a) Thẩm định nội dung đối ngoại của các sản phẩm trước khi phát hành.
b) Giúp các cơ quan, đơn vị làm việc với đối tác nước ngoài theo đúng quy định.
4. UBND các xã biên giới
a) Ban hành kế hoạch của xã trước ngày 28/02/2026.
b) Báo cáo kết quả thực hiện về Sở Văn hóa, Thể thao và Du lịch trước ngày 15/11/2026.
5. Các cơ quan, đơn vị có liên quan căn cứ chức năng, nhiệm vụ chủ động thực hiện; báo cáo định kỳ 6 tháng trước ngày 15/6/2026.
Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Văn hóa, Thể thao và Du lịch để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định./.
"""
PRODUCTS = Grid(
    widths=(1.2, 7.5, 3.6, 5.6, 3.6, 3.2),
    rows=(
        ("TT", "Tên sản phẩm", "Ngôn ngữ", "Đơn vị chủ trì", "Thời gian hoàn thành", "Số lượng"),
        (
            "1",
            "Bản đồ chỉ dẫn các điểm đến vùng biên",
            "Tiếng Việt, tiếng Lào, tiếng Anh",
            "Sở Văn hóa, Thể thao và Du lịch",
            "Quý III/2026",
            "3.000 bản",
        ),
        (
            "2",
            "Sổ tay thủ tục hàng hóa qua Cửa khẩu quốc tế Khe Sương",
            "Tiếng Việt, tiếng Lào",
            "Ban Quản lý Khu kinh tế cửa khẩu Khe Sương",
            "Tháng 8/2026",
            "1.000 bản",
        ),
        (
            "3",
            "Bộ ảnh “Hai bờ sông Lành”",
            "Tiếng Việt, tiếng Anh",
            "Báo và Phát thanh, Truyền hình tỉnh Mẫu",
            "Tháng 11/2026",
            "60 ảnh",
        ),
        (
            "4",
            "Chuyên mục phát thanh “Láng giềng” dành cho đồng bào vùng biên",
            "Tiếng Thái, tiếng Mông",
            "Báo và Phát thanh, Truyền hình tỉnh Mẫu",
            "Hằng tháng",
            "12 số",
        ),
    ),
)


def _tasks(*, is_draft: bool) -> str:
    return TASKS.format(
        leaflet_time="Quý II năm 2026" if is_draft else "Trước ngày 30/4/2026",
        leaflet_product="01 tờ gấp, 3.000 bản" if is_draft else "01 tờ gấp, 5.000 bản",
        film_lead=(
            "Sở Văn hóa, Thể thao và Du lịch"
            if is_draft
            else "Báo và Phát thanh, Truyền hình tỉnh Mẫu"
        ),
        film_other="các hợp tác xã chè" if is_draft else "Hợp tác xã Chè cổ thụ Núi Chè",
        press_other=(
            "các cơ quan, đơn vị có liên quan"
            if is_draft
            else "UBND các xã, phường nơi đoàn đến làm việc"
        ),
        week_time="Tháng 11 năm 2026" if is_draft else "Từ ngày 14/12/2026 đến ngày 18/12/2026",
        exchange=EXCHANGE if is_draft else "",
        lao_time="Dự kiến quý IV năm 2026" if is_draft else "Quý II năm 2026",
    )


def province_plan(*, is_draft: bool) -> Paper:
    """The plan of the People's Committee; the draft has neither number nor day nor annex."""
    return Paper(
        head=Head(
            parent="",
            body=("ỦY BAN NHÂN DÂN", "TỈNH MẪU"),
            number="Số:          /KH-UBND" if is_draft else "Số: 18/KH-UBND",
            place_and_date=(
                "Mẫu, ngày      tháng 01 năm 2026" if is_draft else "Mẫu, ngày 19 tháng 01 năm 2026"
            ),
            kind="KẾ HOẠCH",
            subject="Triển khai công tác thông tin đối ngoại trên địa bàn tỉnh Mẫu năm 2026",
            is_draft=is_draft,
        ),
        bases=BASES,
        blocks=(OPENING, PURPOSE, _tasks(is_draft=is_draft), MONEY_AND_ORGANISATION),
        foot=Foot(
            recipients=(
                "- Bộ Văn hóa, Thể thao và Du lịch (để b/c);",
                "- Thường trực Tỉnh ủy, Thường trực HĐND tỉnh (để b/c);",
                "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
                "- Các sở, ban, ngành;",
                "- UBND các xã, phường;",
                "- Lưu: VT, VX (05).",
            ),
            powers=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            signer="" if is_draft else "Lò Văn Mẫu",
        ),
        annexes=(
            ()
            if is_draft
            else (
                Annex(
                    name="PHỤ LỤC",
                    title="DANH MỤC SẢN PHẨM THÔNG TIN ĐỐI NGOẠI NĂM 2026",
                    under="(Kèm theo Kế hoạch số 18/KH-UBND ngày 19 tháng 01 năm 2026 "
                    "của Ủy ban nhân dân tỉnh Mẫu)",
                    grid=PRODUCTS,
                    is_wide=True,
                ),
            )
        ),
    )
