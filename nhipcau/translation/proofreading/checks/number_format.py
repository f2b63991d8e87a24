"""Numbers are written as the language writes them: 1.234,5 in Vietnamese, 1,234.5 in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good

GROUPS = gettext_noop(
    "“%(words)s” parts thousands in the way of another language. Write “%(right)s”."
)
DECIMALS = gettext_noop(
    "“%(words)s” marks its decimals in the way of another language. Write “%(right)s”."
)
_MEASURED = (
    r"(?=\s?(?:%|km|ha\b|m\b|m²|kg|tấn|triệu|tỷ|tỉ|nghìn|độ|million|billion|per cent|percent|tonnes"
    r"|万|亿|公里|公顷))"
)
_WRONG_GROUPS = {
    "vi": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])"),
    "en": re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])"),
}
_WRONG_DECIMALS = {
    "vi": re.compile(rf"(?<![\d.,/-])\d+\.(?:\d{{1,2}}|\d{{4,}})(?![\d.,/]){_MEASURED}"),
    "en": re.compile(rf"(?<![\d.,/-])\d+,(?:\d{{1,2}}|\d{{4,}})(?![\d.,/]){_MEASURED}"),
}
_LIKE = {"vi": "vi", "en": "en", "zh": "en", "ja": "en", "ko": "en", "fr": "vi"}
_SWAPPED = str.maketrans(".,", ",.")


class NumberFormat(Proofreader):
    slug = "number_format"
    title = _("How numbers are written")
    explanation = _(
        "Looks for thousands and decimals that are marked as another language does, which makes "
        "“1.5” and “1,500” mean other numbers."
    )
    severity = Severity.WARNING
    good = (
        Good("Chi 1.250.000 đồng, tăng 2,5%, mục 2.1, ngày 02.9.2026."),
        Good("It costs 1,250,000 dong, up 2.5%.", language="en"),
        Good("增长2.5%，共1,250,000人。", language="zh-Hans"),
    )
    bad = (
        Bad("Chi 1,250,000 đồng.", finds=("1,250,000",)),
        Bad("Tăng 2.5% so với năm trước.", finds=("2.5",)),
        Bad("It costs 1.250.000 dong, up 2,5%.", language="en", finds=("1.250.000", "2,5")),
        Bad("增长2,5%。", language="zh-Hans", finds=("2,5",)),
    )

    def applies(self, kind: str, language: str) -> bool:
        return language.lower().split("-")[0] in _LIKE

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        way = _LIKE[draft.language.lower().split("-")[0]]
        for passage in draft.passages:
            for template, pattern in (
                (GROUPS, _WRONG_GROUPS[way]),
                (DECIMALS, _WRONG_DECIMALS[way]),
            ):
                for found in pattern.finditer(passage.text):
                    words = found.group()
                    yield self.found(
                        template,
                        passage,
                        found.span(),
                        words=words,
                        right=words.translate(_SWAPPED),
                    )
