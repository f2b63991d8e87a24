"""What a machine translated or wrote was accepted by a person, word for word."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.translation.proofreading.context import Machine
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import SUMMARY, TITLE, Draft, Place
from nhipcau.translation.proofreading.examples import Bad, Good, text

WAITING = gettext_noop(
    "A machine made these words (%(engine)s) and nobody has accepted them yet. Read them against "
    "the source, mend them and accept them."
)


class MachineMade(Proofreader):
    slug = "machine_made"
    title = _("Words made by a machine")
    explanation = _(
        "Looks for words that a machine translated or wrote and that no person has accepted: the "
        "machine proposes, a person decides."
    )
    severity = Severity.NEVER_OVERRULED
    overruled_by = None
    good = (
        Good("Do người viết."),
        Good("Đã chấp nhận.", context={"machine": Machine("máy dịch", frozenset())}),
    )
    bad = (
        Bad(
            "Máy dịch.",
            context={"machine": Machine("máy dịch", frozenset({"1"}))},
            finds=("Máy dịch.",),
        ),
        Bad(
            (text("<p>Một.</p><p>Hai.</p>"),),
            title="Tên",
            context={"machine": Machine("", frozenset({"1", "title"}))},
            finds=("Tên", "Một. Hai."),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for block in (TITLE, SUMMARY, *(part.id for part in draft.parts)):
            if block in draft.machine.waiting:
                words = " ".join(p.text for p in draft.passages_of_block.get(block, ()))
                yield self.found(
                    WAITING, Place(block), quotation=words, engine=draft.machine.engine or "—"
                )
