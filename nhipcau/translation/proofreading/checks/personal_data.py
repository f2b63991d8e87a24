"""Personal data that does not belong in public words.

Telephone numbers, identity numbers, bank accounts and private mail addresses of persons (Law
91/2025/QH15). Official numbers are told by a list or stand in a contact call-out.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.people.enums import Permission
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Passage, Role
from nhipcau.translation.proofreading.examples import Bad, Good, call_out
from nhipcau.translation.proofreading.text.personal import (
    Kind,
    Personal,
    contact_key,
    personal_in,
)

SENTENCES = {
    Kind.PHONE: gettext_noop(
        "This reads as a person's telephone number. Take it out, or put an official number into a "
        "contact call-out."
    ),
    Kind.IDENTITY: gettext_noop(
        "This reads as the number of an identity card or passport. Take it out: it is of no use "
        "to readers and may do harm."
    ),
    Kind.ACCOUNT: gettext_noop(
        "This reads as the number of a bank account. Take it out, or say by whose decision the "
        "account is public."
    ),
    Kind.MAIL: gettext_noop(
        "This reads as a private mail address. Take it out, or put an official address into a "
        "contact call-out."
    ),
}


class PersonalData(Proofreader):
    slug = "personal_data"
    title = _("Personal data")
    explanation = _(
        "Looks for telephone and identity numbers, bank accounts and private mail addresses of "
        "persons, in subtitles and transcripts too; official contacts from the list or in a "
        "contact call-out may stand. Attached files are not read: whoever reviews opens them."
    )
    severity = Severity.MUST_BE_ANSWERED
    overruled_by = Permission.WORKS_APPROVE
    good = (
        Good("Gọi đường dây nóng 113 hoặc 1022."),
        Good((call_out("contact", "Liên hệ", "Ban Quản lý: 0205 3861 234, bql@langson.gov.vn"),)),
        Good("Gọi 0205.3861.234", context={"contacts": frozenset({contact_key("02053861234")})}),
        Good("Kinh phí 123456789 đồng cho 2.012.345.678 lượt."),
        Good("Mã hồ sơ 202612345678, biên lai 999123456789"),
        Good("Thư về vanphong@hatinh.gov.vn"),
        Good("Năm 2026, quốc lộ 1, km 0912"),
    )
    bad = (
        Bad("Liên hệ chị Hoa, 0912 345 678.", finds=("0912 345 678",)),
        Bad("Gọi +84 (0)91.234.5678 gặp anh Nam", finds=("+84 (0)91.234.5678",)),
        Bad("Nhà ông Páo: 0205-3861-234", finds=("0205-3861-234",)),
        Bad("CCCD số 020190001234 cấp năm 2021", finds=("020190001234",)),
        Bad("số định danh cá nhân: 020 190 001 234", finds=("020 190 001 234",)),
        Bad("CMND 081234567", finds=("081234567",)),
        Bad("Hộ chiếu số B1234567", finds=("B1234567",)),
        Bad("STK: 0491 0001 2345 6 Vietcombank", finds=("0491 0001 2345 6",)),
        Bad("Gửi về nguyenthihoa.ls@gmail.com", finds=("nguyenthihoa.ls@gmail.com",)),
        Bad((call_out("contact", "Liên hệ", "CCCD 020190001234"),), finds=("020190001234",)),
        Bad("Call Ms Hoa on 0912.345.678", language="en", finds=("0912.345.678",)),
        Bad("联系电话：0912345678", language="zh-Hans", finds=("0912345678",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for passage in draft.passages:
            for found in personal_in(passage.text):
                if not _is_official(found, passage, draft):
                    yield self.found(SENTENCES[found.kind], passage, (found.start, found.end))


def _is_official(found: Personal, passage: Passage, draft: Draft) -> bool:
    if found.kind not in {Kind.PHONE, Kind.MAIL}:
        return False
    if passage.role is Role.CONTACT:
        return True
    return contact_key(passage.text[found.start : found.end]) in draft.contacts
