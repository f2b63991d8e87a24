"""Nothing goes out with a gap of its template in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import (
    Bad,
    Good,
    call_out,
    chart,
    heading,
    table,
)
from nhipcau.translation.proofreading.text.gaps import gaps_in

LEFT = gettext_noop(
    "A gap of the template was left. Write what it asks for, or take the sentence out."
)


class GapsLeft(Proofreader):
    slug = "gaps_left"
    title = _("Gaps of the template")
    explanation = _(
        "Looks for places of a template, “[điền: …]”, that nobody has filled: readers would see "
        "the question and not the answer."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = None
    good = (
        Good("Cửa khẩu mở từ 7 giờ đến 17 giờ 30 hằng ngày."),
        Good("Theo Nghị định [1] và thông báo [sửa đổi], mẫu đơn có ô “điền: họ tên”."),
        Good("Điền tờ khai [xem mẫu] trước khi đến.", title="Cách điền tờ khai"),
    )
    bad = (
        Bad(
            "Cửa khẩu [điền: tên cửa khẩu] mở từ [ Điền : giờ ].",
            finds=("[điền: tên cửa khẩu]", "[ Điền : giờ ]"),
        ),
        Bad("", title="Lễ hội [điền: tên]", finds=("[điền: tên]",)),
        Bad("", summary="Họp ngày [dien: ngay]", finds=("[dien: ngay]",)),
        Bad("Gọi số [điền: số đường dây nóng", finds=("[điền: số đường dây nóng",)),
        Bad("<p>Tại <b>[điền: </b>tên thôn<i>]</i>.</p>", finds=("[điền: tên thôn]",)),
        Bad(
            (
                heading("[điền: mục]"),
                table(("Việc", "Nơi"), ("Khai báo", "[điền: nơi làm]")),
                call_out("contact", "Hỏi ai", "Gọi [điền: số máy]"),
                chart(
                    title="Xe qua",
                    unit="xe",
                    source="[điền: nguồn số liệu]",
                    columns=["Quý I", "Quý II"],
                    rows=[{"label": "Xe", "values": ["1", "2"]}],
                ),
            ),
            finds=("[điền: mục]", "[điền: nơi làm]", "[điền: số máy]", "[điền: nguồn số liệu]"),
        ),
        Bad("Open from [fill in: hours].", language="en", finds=("[fill in: hours]",)),
        Bad("口岸[填写：名称]开放。", language="zh-Hans", finds=("[填写：名称]",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for passage in draft.passages:
            for span in gaps_in(passage.text):
                yield self.found(LEFT, passage, span)
