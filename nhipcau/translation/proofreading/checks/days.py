"""Days that the calendar has, on the weekday that is named beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good

NO_SUCH_DAY = gettext_noop("The calendar has no day “%(words)s”. Check day and month.")
OTHER_WEEKDAY = gettext_noop(
    "“%(words)s” falls on another day of the week: %(right)s. Check the day and the weekday."
)
_WEEKDAYS: dict[str, tuple[str, ...]] = {
    "vi": ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "lo": ("ວັນຈັນ", "ວັນອັງຄານ", "ວັນພຸດ", "ວັນພະຫັດ", "ວັນສຸກ", "ວັນເສົາ", "ວັນອາທິດ"),
    "km": ("ថ្ងៃច័ន្ទ", "ថ្ងៃអង្គារ", "ថ្ងៃពុធ", "ថ្ងៃព្រហស្បតិ៍", "ថ្ងៃសុក្រ", "ថ្ងៃសៅរ៍",
           "ថ្ងៃអាទិត្យ"),
}  # fmt: skip
_ALSO = {"thứ 2": 0, "thứ 3": 1, "thứ 4": 2, "thứ 5": 3, "thứ 6": 4, "thứ 7": 5, "星期天": 6,
         "周一": 0, "周二": 1, "周三": 2, "周四": 3, "周五": 4, "周六": 5, "周日": 6}  # fmt: skip
_NUMBERS = {word: day for words in _WEEKDAYS.values() for day, word in enumerate(words)} | _ALSO
_ANY = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_BEFORE = re.compile(rf"({_ANY})\s*[,(（]?\s*(?:ngày|the|le|ວັນທີ)?\s*$", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*[,(（]\s*({_ANY})(?!\w)", re.IGNORECASE)


class Days(Proofreader):
    slug = "days"
    title = _("Days of the calendar")
    explanation = _(
        "Looks for days that no calendar has and for weekdays that do not fit the date beside them."
    )
    severity = Severity.MUST_BE_ANSWERED
    good = (
        Good("Thứ bảy, ngày 14/3/2026, hội mở cửa."),
        Good("On Saturday, 14 March 2026", language="en"),
        Good("Ngày 29 tháng 2 năm 2028"),
        Good("2026年3月14日（星期六）", language="zh-Hans"),
        Good("Thứ hai tuần sau, ngày 14/3"),
    )
    bad = (
        Bad("Ngày 31/02/2026 khai mạc.", finds=("31/02/2026",)),
        Bad("Ngày 29 tháng 2 năm 2026", finds=("29 tháng 2 năm 2026",)),
        Bad("Thứ sáu, ngày 14/3/2026", finds=("Thứ sáu, ngày 14/3/2026",)),
        Bad("14 March 2026 (Sunday)", language="en", finds=("14 March 2026 (Sunday",)),
        Bad("Họp ngày 12/13/2026.", finds=("12/13/2026",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        names = _WEEKDAYS.get(draft.language.lower().split("-")[0])
        for passage in draft.passages:
            text = passage.text
            for day in draft.figures_of(passage).days:
                if not day.exists:
                    words = text[day.start : day.end]
                    if words.lower().startswith("ngày "):
                        words = words[5:].lstrip()
                    span = (day.end - len(words), day.end)
                    yield self.found(NO_SUCH_DAY, passage, span, words=words)
                    continue
                date = day.as_date()
                if date is None or names is None:
                    continue
                named = _BEFORE.search(text[max(0, day.start - 30) : day.start])
                behind = _BEHIND.match(text, day.end)
                if named:
                    span = (day.start - len(named.group()), day.end)
                    told = _NUMBERS[named[1].casefold()]
                elif behind:
                    span, told = (day.start, behind.end()), _NUMBERS[behind[1].casefold()]
                else:
                    continue
                if told != date.weekday():
                    right = names[date.weekday()]
                    yield self.found(
                        OTHER_WEEKDAY, passage, span, words=text[slice(*span)], right=right
                    )
