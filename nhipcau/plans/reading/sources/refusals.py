"""The sentences with which a file is refused: what is wrong, and what to do next."""

from __future__ import annotations

from nhipcau.plans.reading.errors import NotReadable, Refusal
from nhipcau.plans.reading.limits import MEGABYTE, Limits


def empty() -> NotReadable:
    return NotReadable(
        Refusal.EMPTY,
        vi="Tệp không có chữ nào, vui lòng kiểm tra lại và chọn tệp có nội dung kế hoạch.",
        en="The file holds no words; please check it and choose the file that holds the plan.",
    )


def too_large(limits: Limits) -> NotReadable:
    size = limits.bytes // MEGABYTE
    return NotReadable(
        Refusal.TOO_LARGE,
        vi=f"Tệp lớn quá mức cho phép ({size} MB), vui lòng bỏ bớt hình ảnh hoặc tách phụ lục "
        "thành tệp riêng rồi gửi lại.",
        en=f"The file is larger than what can be read ({size} MB); please leave out pictures or "
        "move the annexes to files of their own and try again.",
    )


def too_long() -> NotReadable:
    return NotReadable(
        Refusal.TOO_LARGE,
        vi="Văn bản dài quá mức có thể đọc trong một lần, vui lòng tách thành nhiều tệp rồi gửi "
        "từng tệp.",
        en="The text is longer than what can be read at once; please split it into several files "
        "and bring them one by one.",
    )


def encrypted() -> NotReadable:
    return NotReadable(
        Refusal.ENCRYPTED,
        vi="Tệp được đặt mật khẩu, vui lòng mở tệp, gỡ mật khẩu, lưu lại rồi gửi bản không có "
        "mật khẩu.",
        en="The file is locked with a password; please open it, remove the password, save it and "
        "bring the unlocked copy.",
    )


def damaged() -> NotReadable:
    return NotReadable(
        Refusal.DAMAGED,
        vi="Tệp bị hỏng hoặc tải về chưa đủ, vui lòng lấy lại bản gốc hoặc mở bằng phần mềm soạn "
        "thảo rồi lưu thành tệp mới.",
        en="The file is damaged or was not fetched to its end; please get the original again, or "
        "open it in a word processor and save it as a new file.",
    )


def bomb() -> NotReadable:
    return NotReadable(
        Refusal.BOMB,
        vi="Tệp được dựng bất thường (nội dung nén hoặc lồng nhau quá mức) nên không được mở, vui "
        "lòng báo cho người phụ trách an toàn thông tin hoặc gửi bản gốc do cơ quan ban hành lưu.",
        en="The file is built in a way that no ordinary document is (packed or nested beyond "
        "measure) and was not opened; please tell the person in charge of information security, "
        "or bring the original kept by the issuing body.",
    )


def unknown_format() -> NotReadable:
    return NotReadable(
        Refusal.UNKNOWN_FORMAT,
        vi="Không nhận ra loại tệp này, vui lòng gửi kế hoạch ở dạng .docx, .pdf có chữ, .html "
        "hoặc văn bản thuần (.txt, .md).",
        en="This kind of file is not known; please bring the plan as .docx, .pdf with text, .html "
        "or plain text (.txt, .md).",
    )


def scan() -> NotReadable:
    return NotReadable(
        Refusal.SCAN,
        vi="Tệp chỉ có ảnh chụp trang giấy mà không có chữ đọc được, vui lòng gửi bản .docx hoặc "
        ".pdf xuất từ máy tính, hoặc nhận dạng chữ (OCR) trước.",
        en="The file holds pictures of pages and no text that can be read; please bring the .docx "
        "or a PDF made on a computer, or run text recognition (OCR) first.",
    )


def too_slow(limits: Limits) -> NotReadable:
    seconds = f"{limits.seconds:g}"
    return NotReadable(
        Refusal.TOO_SLOW,
        vi=f"Đọc tệp này mất hơn {seconds} giây nên đã dừng lại, vui lòng lưu tệp thành bản .docx "
        "đơn giản hơn hoặc tách thành nhiều tệp rồi thử lại.",
        en=f"Reading this file took more than {seconds} seconds and was stopped; please save it as "
        "a simpler .docx or split it into several files and try again.",
    )


def interrupted() -> NotReadable:
    return NotReadable(
        Refusal.INTERRUPTED,
        vi="Việc đọc tệp bị gián đoạn giữa chừng nên đã dừng lại, vui lòng gửi lại tệp và báo cho "
        "người vận hành hệ thống nếu vẫn không được.",
        en="Reading this file was interrupted and then given up; please bring the file again, and "
        "tell the operator if that does not help.",
    )


# What it is, in Vietnamese and English; what to do, in Vietnamese and English.
_SAVE = ("mở tệp rồi lưu thành .docx và gửi lại", "open it, save it as .docx and try again")
_EXPORT = (
    "gửi văn bản kế hoạch ở dạng .docx hoặc .pdf có chữ",
    "bring the plan itself as .docx or as a PDF with text",
)
_UNPACK = (
    "giải nén rồi gửi riêng tệp kế hoạch ở bên trong",
    "unpack it and bring the plan that is inside",
)
_KINDS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "spreadsheet": ("một bảng tính", "a spreadsheet", _EXPORT),
    "slides": ("một bài trình chiếu", "a slide show", _EXPORT),
    "old_doc": ("văn bản Word đời cũ (.doc)", "an old Word document (.doc)", _SAVE),
    "word_xml": ("văn bản Word dạng XML", "a Word document saved as XML", _SAVE),
    "odt": ("văn bản OpenDocument (.odt)", "an OpenDocument text (.odt)", _SAVE),
    "rtf": ("văn bản dạng RTF", "a rich text file (.rtf)", _SAVE),
    "web_archive": ("trang web lưu trọn gói (.mht)", "a web archive (.mht)", _SAVE),
    "postscript": ("tệp in PostScript", "a PostScript print file", _EXPORT),
    "xml": ("dữ liệu XML", "XML data", _EXPORT),
    "email": (
        "một thư điện tử",
        "an e-mail message",
        ("lưu tệp đính kèm rồi gửi riêng tệp đó", "save its attachment and bring that file"),
    ),
    "ebook": ("sách điện tử", "an e-book", _EXPORT),
    "picture": (
        "một hình ảnh",
        "a picture",
        (
            "gửi bản .docx hoặc .pdf có chữ của kế hoạch, hoặc nhận dạng chữ (OCR) trước",
            "bring the plan as .docx or as a PDF with text, or run text recognition (OCR) first",
        ),
    ),
    "sound": ("tệp âm thanh hoặc phim", "a sound or film file", _EXPORT),
    "programme": ("một chương trình máy tính", "a computer programme", _EXPORT),
    "archive": ("tệp nén", "an archive of files", _UNPACK),
    "database": ("một cơ sở dữ liệu", "a database", _EXPORT),
}
KINDS = tuple(_KINDS)


def wrong_kind(kind: str) -> NotReadable:
    """`kind` is one of KINDS: told by content, whatever the file's name says."""
    what_vi, what_en, (next_vi, next_en) = _KINDS[kind]
    return NotReadable(
        Refusal.WRONG_KIND,
        vi=f"Tệp này là {what_vi}, không phải dạng kế hoạch đọc được, vui lòng {next_vi}.",
        en=f"This file is {what_en}, which cannot be read as a plan; please {next_en}.",
    )
