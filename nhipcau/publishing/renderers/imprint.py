"""What every public item says about itself: who issued it, when, which version, from what.

The first of the rules of open attribution; no form can leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.publishing.renderers.labels import labels, language_name, written_date
from nhipcau.translation.manuscript import Manuscript


@dataclass(frozen=True, slots=True)
class ImprintLine:
    """One thing said. `name` is its label's name in labels.csv: issuer, approved, version ..."""

    name: str
    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label}: {self.value}" if self.value else self.label


def imprint(manuscript: Manuscript) -> tuple[ImprintLine, ...]:
    """The lines in the manuscript's own language, in their order."""
    words = labels(manuscript.language)
    language = manuscript.language
    values = [("issuer", manuscript.issuer)]
    for name, day in (
        ("approved", manuscript.approved),
        ("issued", manuscript.issued),
        ("revised", manuscript.revised),
    ):
        if day:
            values.append((name, written_date(day, language)))
    values.append(("version", manuscript.version))
    if manuscript.source_language:
        values.append(("translated_from", language_name(manuscript.source_language, language)))
    else:
        values.append(("original_in", language_name(language, language)))
    values.append(("credits", " · ".join(manuscript.credits)))
    lines = [ImprintLine(name, words[name], value) for name, value in values if value]
    if manuscript.machine_helped:
        lines.append(ImprintLine("machine_helped", words["machine_helped"], ""))
    return tuple(lines)
