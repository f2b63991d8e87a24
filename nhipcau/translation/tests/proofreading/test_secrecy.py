"""What is a stamp of secrecy, and what is honey, a password or a name."""

import pytest

from nhipcau.translation.proofreading.text.stamps import Certainty, stamps


def marks(text, **how):
    return [(text[s.start : s.end], s.certainty) for s in stamps(text, **how)]


SURE = [
    "MẬT",
    "  MẬT  ",
    "*** MẬT ***",
    "(MẬT)",
    "[MẬT]",
    "★ MẬT ★",
    "M Ậ T",
    "M.Ậ.T",
    "M-Ậ-T",
    "M\u200bẬ\u200bT",
    "MẬ\u00adT",
    "MA\u0323\u0302T",
    "МẬТ",  # the first and last letter are Cyrillic
    "ＭẬＴ",
    "TỐI MẬT",
    "Tối mật",
    "tối mật",
    "TỐI   MẬT",
    "T Ố I  M Ậ T",
    "TUYỆT MẬT",
    "Tuyệt Mật",
    "T U Y Ệ T - M Ậ T",
    "TUYE\u0323\u0302T MA\u0323\u0302T",
    "Độ mật: Mật",
    "ĐỘ MẬT: TỐI MẬT",
    "Mức độ mật : tuyệt mật",
    "Độ mật Mật",
    "Cấp độ mật: MẬT",
    "Dấu mật: Mật",
    "TÀI LIỆU MẬT",
    "VĂN BẢN MẬT",
    "Tài liệu tối mật",
    "TÀI LIỆU THU HỒI",
    "Chỉ người có tên mới được bóc bì",
    "Số 15/BC-UBND (MẬT)",
    "Số: 15-BC/TU (Mật)",
    "Kèm theo văn bản MẬT ngày 3/2",
    "Bản này (MẬT) chỉ gửi lãnh đạo",
    "UBND TỈNH\nMẬT\nSố: 12/KH-UBND",
    "Trích TUYỆT MẬT ở trang 3",
    "MËT",
    "TUYÖT MËT",
    "MAÄT",
    "TOÁI MAÄT",
]
DOUBT = [
    "Mật",
    "mật",
    "Ba độ là Tuyệt mật, tùy nội dung.",
    "quản lý tài liệu mật của cơ quan",
    "LUẬT BẢO VỆ BÍ MẬT: ĐỘ TUYỆT MẬT",
    "CHUYỆN MẬT PHÒNG",
    "TOP SECRET",
    "CONFIDENTIAL",
    "机密",
    "绝密",
    "ລັບ",
    "TOI MAT",
    "MAT",
]
NONE = [
    "",
    "bí mật",
    "BÍ MẬT CỦA RỪNG",
    "Bí mật nhà nước là gì?",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "mật ong",
    "MẬT ONG RỪNG",
    "LỄ HỘI MẬT ONG BẠC HÀ",
    "mật độ dân số",
    "MẬT ĐỘ DÂN SỐ",
    "bảo mật thông tin",
    "BẢO MẬT THÔNG TIN",
    "Mật khẩu",
    "Mật khẩu: không chia sẻ",
    "MẬT KHẨU MẠNH",
    "mật mã",
    "thân mật",
    "mật thiết",
    "tuần trăng mật",
    "TUẦN TRĂNG MẬT",
    "Nguyễn Văn Mật",
    "ông Mật kể lại",
    "Mật nghị Hồng y",
    "mật gấu là hàng cấm",
    "sỏi mật, túi mật",
    "Độ mật: không",
    "Độ mật: Thường",
    "Độ mặt đường",
    "mặt trận",
    "MẶT TRẬN TỔ QUỐC",
    "tối mặt tối mũi",
    "The secret of the valley",
    "mất mát",
    "ĐÃ MẤT",
]


@pytest.mark.parametrize("text", SURE)
def test_a_stamp_is_found_however_it_is_written(text):
    assert [certainty for _words, certainty in marks(text)] == [Certainty.SURE]


@pytest.mark.parametrize("text", DOUBT)
def test_what_may_be_a_stamp_is_asked_about_and_does_not_lock(text):
    assert [certainty for _words, certainty in marks(text)] == [Certainty.DOUBT]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_stamp_is_left_alone(text):
    assert marks(text) == []


def test_a_word_of_another_language_alone_on_a_title_says_nothing():
    assert marks("SECRET", titled=True) == []
    assert marks("MẬT", titled=True) == [("MẬT", Certainty.SURE)]


def test_only_the_mark_is_quoted_and_nothing_of_what_it_protects():
    words = "Số 15/BC-UBND (MẬT) về tình hình khu vực"

    assert marks(words) == [("MẬT", Certainty.SURE)]
