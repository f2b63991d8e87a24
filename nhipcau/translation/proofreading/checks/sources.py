"""Quotations, maps and figures say where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.manuscript import Chart, MapFigure, Quote, runs_text
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good, chart, map_block, quote

QUOTE_NOBODY = gettext_noop("The quotation names nobody. Say who said or wrote it.")
QUOTE_NOWHERE = gettext_noop(
    "The quotation does not say where it stands. Name the speech, paper or document, with its day."
)
MAP_SOURCE = gettext_noop(
    "The map has no source. Name its maker, the year and the permit under which it was made."
)
CHART_SOURCE = gettext_noop("The figures have no source. Name who counted them and when.")
CHART_UNIT = gettext_noop("The figures have no unit. Say what is counted.")


class Sources(Proofreader):
    slug = "sources"
    title = _("Sources")
    explanation = _(
        "Looks for quotations without a speaker or place, maps without a maker and figures without "
        "a source or unit."
    )
    severity = Severity.MUST_BE_ANSWERED
    good = (
        Good((quote("Chợ là hồn của bản.", "Bà Lò Thị Inh", "Nói tại hội xuân, 14/3/2026"),)),
        Good((map_block(source="Sở Nông nghiệp và Môi trường, 2025"),)),
        Good((chart(title="Lượt khách", unit="lượt", source="Cục Thống kê"),)),
    )
    bad = (
        Bad((quote("Chợ là hồn của bản.", "", "Hội xuân"),), finds=("Chợ là hồn của bản.",)),
        Bad((quote("Chợ là hồn của bản.", "Bà Inh"),), finds=("Chợ là hồn của bản.",)),
        Bad((map_block(alt="Sơ đồ"),), finds=("Sơ đồ",)),
        Bad((chart(title="Lượt khách", unit="lượt"),), finds=("Lượt khách",)),
        Bad((chart(title="Lượt khách", source="Cục Thống kê"),), finds=("Lượt khách",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part in draft.parts:
            for block in part.blocks:
                match block:
                    case Quote():
                        words = " ".join(runs_text(each.runs) for each in block.paragraphs)
                        if not block.who:
                            yield self.found(QUOTE_NOBODY, part.place, quotation=words)
                        if not block.source:
                            yield self.found(
                                QUOTE_NOWHERE,
                                part.place,
                                quotation=words,
                                severity=Severity.WARNING,
                            )
                    case MapFigure() if not block.source:
                        shown = block.figure.alt or block.figure.caption
                        yield self.found(MAP_SOURCE, part.place, quotation=shown)
                    case Chart():
                        if not block.source:
                            yield self.found(CHART_SOURCE, part.place, quotation=block.title)
                        if not block.unit:
                            yield self.found(CHART_UNIT, part.place, quotation=block.title)
                    case _:
                        pass
