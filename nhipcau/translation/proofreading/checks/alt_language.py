"""Alternative texts are in the language of the version that they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Role
from nhipcau.translation.proofreading.examples import Bad, Good, picture
from nhipcau.translation.proofreading.text.scripts import (
    TELLING,
    is_unaccented_vietnamese,
    language_by_signs,
    main_script,
    scripts_of,
)

OTHER_SCRIPT = gettext_noop(
    "The alternative text is written in other letters than this language uses. Write it in the "
    "language of the version."
)
OTHER_LANGUAGE = gettext_noop(
    "The alternative text seems to be in another language (%(seems)s). Write it in the language "
    "of the version: a screen reader reads it in that one's voice."
)
WITHOUT_MARKS = gettext_noop(
    "The alternative text seems to be Vietnamese without its marks, which a screen reader cannot "
    "pronounce. Write it with marks."
)


class AltLanguage(Proofreader):
    slug = "alt_language"
    title = _("Language of alternative texts")
    explanation = _(
        "Looks for alternative texts that were left in another language than the version, told "
        "by their letters and small words."
    )
    severity = Severity.MUST_BE_ANSWERED
    good = (
        Good((picture(alt="Người dân đi chợ phiên vùng biên"),)),
        Good((picture(alt="Chợ Đồng Đăng"),), language="en"),
        Good((picture(alt="Stalls of the Đồng Đăng market at dawn"),), language="en"),
        Good((picture(alt="友谊关口岸的检查站"),), language="zh-Hans"),
        Good((picture(alt="ຕະຫຼາດຊາຍແດນ"),), language="lo"),
        Good((picture(alt="Une femme devant le marché"),), language="fr"),
        Good((picture(alt="Siv tshuab ntawm kev lag luam"),), language="hmn-Latn-x-intl"),
        Good((picture(decorative=True, alt=""),), language="en"),
    )
    bad = (
        Bad((picture(alt="Stalls of the border market at dawn"),), finds=(
            "Stalls of the border market at dawn",)),
        Bad((picture(alt="Người dân đi chợ phiên"),), language="en", finds=(
            "Người dân đi chợ phiên",)),
        Bad((picture(alt="Người dân đi chợ phiên"),), language="zh-Hans", finds=(
            "Người dân đi chợ phiên",)),
        Bad((picture(alt="口岸的检查站"),), finds=("口岸的检查站",)),
        Bad((picture(alt="nguoi dan di cho phien"),), finds=("nguoi dan di cho phien",)),
        Bad((picture(alt="ตลาดชายแดน"),), language="lo", finds=("ตลาดชายแดน",)),
    )  # fmt: skip

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        expected = scripts_of(draft.language)
        primary = draft.language.lower().split("-")[0]
        for passage in draft.passages:
            if passage.role is not Role.ALT:
                continue
            script = main_script(passage.text)
            if script and script not in expected:
                yield self.found(OTHER_SCRIPT, passage)
            elif primary in TELLING:
                seems = language_by_signs(passage.text)
                if seems is not None and seems != primary:
                    yield self.found(OTHER_LANGUAGE, passage, seems=seems)
                elif primary == "vi" and is_unaccented_vietnamese(passage.text):
                    yield self.found(WITHOUT_MARKS, passage, severity=Severity.WARNING)
