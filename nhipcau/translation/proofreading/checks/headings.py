"""Headings stand in order, say something, and have words below them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.folding import folded
from nhipcau.translation.manuscript import Heading, Listing, Paragraph
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Part
from nhipcau.translation.proofreading.examples import Bad, Good, heading, text
from nhipcau.translation.proofreading.text.sentences import length

SKIPPED = gettext_noop(
    "This heading is of the lower level with none of the upper level above it. Raise it, or write "
    "the upper one."
)
EMPTY_SECTION = gettext_noop("Nothing stands below this heading. Write the section or drop it.")
DOUBLED = gettext_noop("This heading repeats the title. Drop it or say what the section tells.")
NONE = gettext_noop(
    "The text has %(length)d words and no heading. Headings let people find their place, above "
    "all those who listen."
)
_NEEDS_HEADINGS = 900
_QUOTED = 80


class Headings(Proofreader):
    slug = "headings"
    title = _("Order of headings")
    explanation = _(
        "Looks for headings that skip a level, have nothing below them or repeat the title, and "
        "for long texts without any."
    )
    severity = Severity.WARNING
    good = (
        Good((heading("Đường đi"), heading("Bằng ô tô", 3), text("Theo quốc lộ 1."))),
        Good("Ngắn gọn."),
    )
    bad = (
        Bad((heading("Bằng ô tô", 3), text("Theo quốc lộ 1.")), finds=("Bằng ô tô",)),
        Bad((text("Mở đầu."), heading("Kết luận")), finds=("Kết luận",)),
        Bad(
            (heading("Một"), heading("Hai"), text("Nội dung.")),
            finds=("Một",),
        ),
        Bad((heading("Hội Xuân"), text("Vui.")), title="Hội xuân", finds=("Hội Xuân",)),
        Bad("chữ " * 1000, finds=(("chữ " * 20).strip(),)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        headed: list[tuple[Part, Heading]] = []
        upper = False
        words = 0
        open_heading: tuple[Part, Heading] | None = None
        for part in draft.parts:
            for block in part.blocks:
                if not isinstance(block, Heading):
                    open_heading = None
                    continue
                if open_heading is not None and block.level <= open_heading[1].level:
                    yield self._of(EMPTY_SECTION, *open_heading)
                open_heading = (part, block)
                headed.append(open_heading)
                if block.level == 2:
                    upper = True
                elif not upper:
                    yield self._of(SKIPPED, part, block)
                if folded(block.text) == folded(draft.title):
                    yield self._of(DOUBLED, part, block)
            if any(isinstance(block, Paragraph | Listing) for block in part.blocks):
                words += sum(
                    length(p.text, draft.language) for p in draft.passages_of_block.get(part.id, ())
                )
        if open_heading is not None:
            yield self._of(EMPTY_SECTION, *open_heading)
        if not headed and words > _NEEDS_HEADINGS and draft.running:
            first = draft.running[0]
            yield self.found(NONE, first, (0, min(_QUOTED, len(first.text))), length=words)

    def _of(self, template: str, part: Part, block: Heading) -> Finding:
        return self.found(template, part.place, quotation=block.text)
