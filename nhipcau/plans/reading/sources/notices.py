"""What a person should know about how a file was read; none of it stops the reading."""

from __future__ import annotations

from enum import StrEnum


class Notice(StrEnum):
    """The English sentence; `vi` is the same in Vietnamese."""

    WINDOWS_1258 = "The text was converted from the legacy encoding Windows-1258."
    TCVN3 = "The text was converted from the legacy encoding TCVN3 (ABC)."
    VNI = "The text was converted from the legacy encoding VNI-Windows."
    LEGACY_FONTS = "Parts in legacy fonts (TCVN3 or VNI) were converted to Unicode."
    BROKEN_CHARACTERS = "A few characters could not be read and were left out."
    TRACKED_CHANGES = (
        "The document holds tracked changes; insertions were kept and deletions left out."
    )
    HIDDEN_TEXT = "Hidden text was left out."
    CONTENTS = "The table of contents was left out."
    PICTURES = "Pictures were left out."
    EMBEDDED = "Embedded objects were left out."
    PAGES_WITHOUT_TEXT = "Some pages are pictures without text and could not be read."

    @property
    def vi(self) -> str:
        return _VIETNAMESE[self]


_VIETNAMESE = {
    Notice.WINDOWS_1258: "Văn bản đã được chuyển từ bảng mã cũ Windows-1258.",
    Notice.TCVN3: "Văn bản đã được chuyển từ bảng mã cũ TCVN3 (ABC).",
    Notice.VNI: "Văn bản đã được chuyển từ bảng mã cũ VNI-Windows.",
    Notice.LEGACY_FONTS: "Các phần dùng phông chữ cũ (TCVN3 hoặc VNI) đã được chuyển sang Unicode.",
    Notice.BROKEN_CHARACTERS: "Một số ký tự không đọc được và đã được bỏ qua.",
    Notice.TRACKED_CHANGES: (
        "Văn bản còn dấu vết chỉnh sửa; phần thêm được giữ lại, phần xóa đã được bỏ."
    ),
    Notice.HIDDEN_TEXT: "Chữ ẩn đã được bỏ qua.",
    Notice.CONTENTS: "Mục lục đã được bỏ qua.",
    Notice.PICTURES: "Hình ảnh đã được bỏ qua.",
    Notice.EMBEDDED: "Đối tượng nhúng đã được bỏ qua.",
    Notice.PAGES_WITHOUT_TEXT: "Một số trang chỉ là ảnh, không có chữ nên không đọc được.",
}
