"""Marks of secrecy stop the work at once: nothing secret belongs on a networked machine.

The Law on the Protection of State Secrets has three grades: Mật, Tối mật, Tuyệt mật. What counts
is the stamp, not the word: “mật ong”, “bảo mật” and an article about the law are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.people.enums import Permission
from nhipcau.translation.proofreading.contract import (
    Consequence,
    Finding,
    Proofreader,
    Severity,
)
from nhipcau.translation.proofreading.draft import Draft, Role
from nhipcau.translation.proofreading.examples import Bad, Good, heading, picture, table, text
from nhipcau.translation.proofreading.text.stamps import Certainty, stamps

STAMP = gettext_noop(
    "This reads as a mark of secrecy. The work is locked. Do not copy or send it; tell the head "
    "of your unit and go on offline, as the law on state secrets demands."
)
DOUBT = gettext_noop(
    "This may be a mark of secrecy. Say what it is; if it is a mark, stop here and go on offline."
)


class Secrecy(Proofreader):
    slug = "secrecy"
    title = _("Marks of secrecy")
    explanation = _(
        "Looks for the stamps MẬT, TỐI MẬT and TUYỆT MẬT in whatever spelling, in subtitles and "
        "transcripts too; a stamp locks the work at once and nobody can overrule that here. "
        "Attached files are not read: whoever reviews opens them."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = Permission.WORKS_CLEAR_SECRECY  # where it only may be a mark
    consequence = Consequence.STOP
    good = (
        Good("Bí mật của nghề làm mật ong nằm ở mật độ đàn ong."),
        Good("Không cho ai biết mật khẩu và mã bảo mật."),
        Good("Mật khẩu"),
        Good((heading("LỄ HỘI MẬT ONG RỪNG 2026"), text("Mật ong bạc hà"))),
        Good("Ông Nguyễn Văn Mật, trưởng thôn, kể lại."),
        Good((heading("BẢO VỆ BÍ MẬT NHÀ NƯỚC"), text("Luật Bảo vệ bí mật nhà nước"))),
        Good("Độ mật: không"),
        Good("Tài liệu về kỹ thuật nuôi ong mật"),
        Good((table(("Món", "Giá"), ("Mật mía", "30.000 đồng"), ("Ong lấy mật", "5 triệu")),)),
    )
    bad = (
        Bad("MẬT", finds=("MẬT",)),
        Bad("<b>Tối mật</b>", finds=("Tối mật",)),
        Bad("[ TUYỆT  MẬT ]", finds=("TUYỆT MẬT",)),
        Bad("M Ậ T", finds=("M Ậ T",)),
        Bad("T Ố I   M Ậ T", finds=("T Ố I M Ậ T",)),
        Bad("Độ mật: Tối mật", finds=("Độ mật: Tối mật",)),
        Bad("ĐỘ MẬT : MẬT", finds=("ĐỘ MẬT : MẬT",)),
        Bad("Kèm công văn số 12/CV-UBND (MẬT) ngày 3/2", finds=("MẬT",)),
        Bad("Trích báo cáo TUYỆT MẬT của đơn vị", finds=("TUYỆT MẬT",)),
        Bad((picture(alt="Trang đầu của văn bản", caption="MẬT"),), finds=("MẬT",)),
        Bad((table(("Số", "Độ mật"), ("12", "TỐI MẬT")),), finds=("TỐI MẬT",)),
        Bad("", title="TÀI LIỆU MẬT", finds=("TÀI LIỆU MẬT",)),
        Bad("TÀI LIỆU THU HỒI", finds=("TÀI LIỆU THU HỒI",)),
        Bad("Luật có ba độ: Tuyệt mật, Tối mật và Mật.", finds=("Tuyệt mật", "Tối mật")),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for passage in draft.passages:
            for stamp in stamps(passage.text, titled=passage.role is Role.TITLE):
                if stamp.certainty is Certainty.SURE:
                    yield self.found(STAMP, passage, (stamp.start, stamp.end))
                else:
                    yield self.found(
                        DOUBT,
                        passage,
                        (stamp.start, stamp.end),
                        severity=Severity.MUST_BE_ANSWERED,
                        consequence=Consequence.NONE,
                    )
