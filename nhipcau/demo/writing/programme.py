"""A department's plan whose tasks stand in a table, and the plan of a week that waits for review."""

from __future__ import annotations

from nhipcau.demo.writing.page import Foot, Grid, Head, Paper

COURSES = Grid(
    widths=(1.1, 4.6, 3.1, 3.2, 2.2, 2.3),
    rows=(
        (
            "TT",
            "Nội dung công việc",
            "Đơn vị chủ trì",
            "Đơn vị phối hợp",
            "Thời gian",
            "Sản phẩm",
        ),
        (
            "1",
            "Khảo sát nhu cầu thông tin của người dân tại các xã biên giới",
            "Sở Văn hóa, Thể thao và Du lịch",
            "UBND các xã biên giới; Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
            "Tháng 3/2026",
            "01 báo cáo khảo sát",
        ),
        (
            "2",
            "Biên soạn tài liệu tập huấn cho công chức văn hóa - xã hội cấp xã",
            "Sở Văn hóa, Thể thao và Du lịch",
            "Sở Ngoại vụ; Công an tỉnh",
            "Quý II/2026",
            "01 bộ tài liệu",
        ),
        (
            "3",
            "Mở lớp tập huấn tại xã Khe Sương và xã Nà Chuông",
            "Sở Văn hóa, Thể thao và Du lịch",
            "UBND xã Khe Sương; UBND xã Nà Chuông; UBND xã Pha Mây",
            "Quý III/2026",
            "02 lớp, khoảng 120 học viên",
        ),
        (
            "4",
            "Dịch và thu âm 24 bản tin biên giới sang tiếng Thái, tiếng Mông",
            "Báo và Phát thanh, Truyền hình tỉnh Mẫu",
            "Câu lạc bộ Biên dịch Sông Lành; Sở Dân tộc và Tôn giáo",
            "Hằng tháng",
            "24 bản tin",
        ),
        (
            "5",
            "Cấp máy nghe bản tin cho các điểm dân cư chưa có sóng",
            "Sở Khoa học và Công nghệ",
            "UBND các xã biên giới; các Đồn Biên phòng",
            "Dự kiến quý IV/2026",
            "60 máy",
        ),
    ),
)


def programme_plan() -> Paper:
    """A department's part of a national programme; it implements the province's plan."""
    return Paper(
        head=Head(
            parent="UBND TỈNH MẪU",
            body=("SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"),
            number="Số: 12/KH-SVHTTDL",
            place_and_date="Mẫu, ngày 10 tháng 02 năm 2026",
            kind="KẾ HOẠCH",
            subject="Thực hiện nội dung thông tin đối ngoại khu vực biên giới thuộc Chương trình "
            "mục tiêu quốc gia năm 2026",
        ),
        bases=(
            (
                "Căn cứ Quyết định số 1719/QĐ-TTg ngày 14 tháng 10 năm 2021 của Thủ tướng Chính phủ "
                "phê duyệt Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào "
                "dân tộc thiểu số và miền núi;"
            ),
            (
                "Căn cứ Kế hoạch số 18/KH-UBND ngày 19 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh "
                "Mẫu triển khai công tác thông tin đối ngoại trên địa bàn tỉnh năm 2026,"
            ),
        ),
        blocks=(
            "Sở Văn hóa, Thể thao và Du lịch ban hành Kế hoạch thực hiện như sau:",
            """
I. MỤC ĐÍCH
1. Người dân ở thôn, bản vùng biên được nghe, được đọc thông tin thiết yếu bằng tiếng nói quen thuộc.
2. Cán bộ làm thông tin ở xã và đồn biên phòng biết cách chọn tin, viết tin và phản hồi ý kiến người dân.
II. NỘI DUNG, PHÂN CÔNG VÀ TIẾN ĐỘ THỰC HIỆN
""",
            COURSES,
            """
III. KINH PHÍ
1. Kinh phí sự nghiệp của Chương trình mục tiêu quốc gia giao cho Sở năm 2026.
2. Kinh phí lồng ghép từ các đề án, chương trình khác.
IV. TỔ CHỨC THỰC HIỆN
1. Phòng Quản lý báo chí, xuất bản và thông tin là đầu mối tham mưu, theo dõi và tổng hợp kết quả.
2. Đề nghị UBND các xã biên giới cử cán bộ tham gia tập huấn đúng thành phần; gửi báo cáo kết quả về Sở trước ngày 10/11/2026.
3. Sở Văn hóa, Thể thao và Du lịch báo cáo Ủy ban nhân dân tỉnh trước ngày 20/11/2026./.
""",
        ),
        foot=Foot(
            recipients=(
                "- UBND tỉnh (để b/c);",
                "- Sở Ngoại vụ, Sở Khoa học và Công nghệ;",
                "- UBND các xã biên giới;",
                "- Giám đốc, các Phó Giám đốc Sở;",
                "- Lưu: VT, QLBCXB (03).",
            ),
            powers=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
            signer="Quàng Thị Mẫu",
        ),
    )


def friendship_week_plan() -> Paper:
    """The plan that a user finds waiting: unknown units, a time that hangs on another event."""
    return Paper(
        head=Head(
            parent="UBND TỈNH MẪU",
            body=("SỞ NGOẠI VỤ",),
            number="Số: 31/KH-SNgV",
            place_and_date="Mẫu, ngày 02 tháng 11 năm 2026",
            kind="KẾ HOẠCH",
            subject="Tổ chức Tuần hữu nghị biên giới tại Khe Sương năm 2026",
        ),
        bases=(
            (
                "Thực hiện Kế hoạch số 18/KH-UBND ngày 19 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh "
                "Mẫu triển khai công tác thông tin đối ngoại trên địa bàn tỉnh năm 2026,"
            ),
        ),
        blocks=(
            "Sở Ngoại vụ xây dựng Kế hoạch tổ chức Tuần hữu nghị biên giới như sau:",
            """
I. MỤC ĐÍCH, YÊU CẦU
1. Gặp gỡ, trao đổi giữa nhân dân và chính quyền hai bên biên giới trên tinh thần láng giềng tốt.
2. Tổ chức trang trọng, tiết kiệm, an toàn; mọi tài liệu phát ra đều có hai thứ tiếng Việt - Lào.
II. THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: 05 ngày, từ ngày 14/12/2026 đến ngày 18/12/2026.
2. Địa điểm: Nhà Văn hóa xã Khe Sương và khu vực Cửa khẩu quốc tế Khe Sương.
III. NỘI DUNG
1. Gặp mặt đại biểu hai bên biên giới
- Đơn vị chủ trì: Sở Ngoại vụ.
- Đơn vị phối hợp: Văn phòng UBND tỉnh; UBND xã Khe Sương; Hội Hữu nghị Việt - Lào tỉnh.
- Thời gian: Ngày 14/12/2026.
- Sản phẩm: Khoảng 160 đại biểu tham dự; 01 biên bản ghi nhớ.
2. Trưng bày ảnh và sách “Hai bờ sông Lành”
- Đơn vị chủ trì: Báo và PTTH tỉnh Mẫu.
- Đơn vị phối hợp: Thư viện tỉnh; Sở VHTT&DL.
- Thời gian: Từ ngày 14/12/2026 đến ngày 18/12/2026.
- Sản phẩm: 60 ảnh, chú thích bằng tiếng Việt, tiếng Lào và tiếng Anh.
3. Phiên chợ vùng biên và giới thiệu chè cổ thụ
- Đơn vị chủ trì: Sở Công Thương chủ trì, phối hợp với Sở Nông nghiệp và Môi trường; UBND xã Núi Chè, UBND xã Bản Lát.
- Thời gian: Ngày 16/12/2026 và 17/12/2026.
- Sản phẩm: Từ 30 đến 40 gian hàng.
4. In, phát tờ gấp hướng dẫn đi lại trong Tuần hữu nghị
- Đơn vị chủ trì: Sở Ngoại vụ; UBND xã Khe Sương.
- Đơn vị phối hợp: Đồn BP CKQT Khe Sương; Tổ dịch thuật cửa khẩu.
- Thời gian: Trước ngày 31/11/2026.
- Sản phẩm: 01 tờ gấp song ngữ Việt - Lào, 2.000 bản.
5. Công an tỉnh chủ trì, phối hợp với Sở Y tế, Bộ Chỉ huy BĐBP tỉnh bảo đảm an ninh, trật tự và y tế trong thời gian diễn ra Tuần hữu nghị.
6. Đưa tin, truyền hình trực tiếp lễ khai mạc
- Đơn vị chủ trì: Báo và Phát thanh, Truyền hình tỉnh Mẫu.
- Đơn vị phối hợp: Cổng Thông tin điện tử tỉnh; cộng tác viên tiếng Lào.
- Thời gian: 19 giờ 30 phút ngày 14/12/2026.
- Sản phẩm: 01 chương trình trực tiếp; 05 tin, bài.
7. Giao UBND xã Khe Sương vận động nhân dân dọn vệ sinh, trang trí khu vực cửa khẩu trước ngày 12/12/2026.
IV. KINH PHÍ
Kinh phí thực hiện từ ngân sách tỉnh giao Sở Ngoại vụ năm 2026 và nguồn tài trợ hợp pháp.
IV. TỔ CHỨC THỰC HIỆN
1. Sở Ngoại vụ chủ trì theo dõi; tổng hợp kết quả báo cáo UBND tỉnh chậm nhất 15 ngày sau khi kết thúc.
2. Các đơn vị được phân công gửi kịch bản chi tiết về Sở Ngoại vụ trước ngày 25/11/2026./.
""",
        ),
        foot=Foot(
            recipients=(
                "- UBND tỉnh (để b/c);",
                "- Các đơn vị được phân công;",
                "- Lưu: VT, HTQT.",
            ),
            powers=("GIÁM ĐỐC",),
            signer="Vì Thị Mẫu",
        ),
    )
