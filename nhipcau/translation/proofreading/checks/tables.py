"""Tables have heads for their columns, a caption, and cells that say something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.manuscript import Table, runs_text
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.translation.proofreading.examples import Bad, Good, table

NO_HEADS = gettext_noop(
    "The table has no heads above its columns. Write them: a screen reader names them with every "
    "cell."
)
SOME_HEADS = gettext_noop("A column of the table has no head above it. Write what stands in it.")
NO_CAPTION = gettext_noop("The table has no caption. Say in a few words what it tells.")
WIDE = gettext_noop(
    "The table has %(columns)d columns, which no telephone and no A5 page can show. Split it or "
    "turn it."
)
EMPTY = gettext_noop("The table has no rows. Fill it or drop it.")
_WIDEST = 8


class Tables(Proofreader):
    slug = "tables"
    title = _("Heads of tables")
    explanation = _("Looks for tables without heads or caption, empty ones and ones too wide.")
    severity = Severity.MUST_BE_ANSWERED
    good = (Good((table(("Năm", "Lượt"), ("2025", "12"), caption="Lượt khách"),)),)
    bad = (
        Bad((table(("", ""), ("Năm", "Lượt"), caption="Khách"),), finds=("Năm · Lượt",)),
        Bad((table(("Năm", ""), ("2025", "12"), caption="Khách"),), finds=("Khách",)),
        Bad((table(("Năm", "Lượt"), ("2025", "12")),), finds=("Năm · Lượt",)),
        Bad((table(("Năm", "Lượt"), caption="Khách"),), finds=("Khách",)),
        Bad(
            (table(tuple("abcdefghij"), tuple("0123456789"), caption="Rộng"),),
            finds=("Rộng",),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part in draft.parts:
            for block in part.blocks:
                if isinstance(block, Table):
                    first = [runs_text(cell) for cell in block.rows[0]] if block.rows else []
                    shown = block.caption or " · ".join(filter(None, block.head or first))
                    shown = shown or " · ".join(first)
                    for template, severity in _wrong(block):
                        told: dict[str, Any] = (
                            {"columns": len(block.head)} if template is WIDE else {}
                        )
                        yield self.found(
                            template,
                            part.place,
                            quotation=" · ".join(first) if template is NO_HEADS else shown,
                            severity=severity,
                            **told,
                        )


def _wrong(table: Table) -> Iterator[tuple[str, Severity]]:
    if not table.rows:
        yield EMPTY, Severity.WARNING
    elif not any(head.strip() for head in table.head):
        yield NO_HEADS, Severity.MUST_BE_ANSWERED
    elif not all(head.strip() for head in table.head[1:]):
        yield SOME_HEADS, Severity.WARNING
    if not table.caption:
        yield NO_CAPTION, Severity.NOTE
    if len(table.head) > _WIDEST:
        yield WIDE, Severity.WARNING
