"""What the sample's people decide in their reviews: which file, whose, and what its names mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nhipcau.demo.sample.persons import COMMUNE, CULTURE, FOREIGN_AFFAIRS
from nhipcau.demo.sample.places import PROVINCE

GOVERNMENT = f"ubnd@{PROVINCE}"


@dataclass(frozen=True, slots=True)
class Review:
    """One file on its way to a plan.

    `names` says what the words of the file mean, as keys of units; names not told are kept as
    written. `version_of` names the file whose plan this is the next version of. With `accepted_by`
    empty the review is left half finished.
    """

    file: str
    unit: str
    brought_by: str
    accepted_by: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    takes_table_rows: bool = False
    version_of: str = ""


NAMES = {
    "Sở NV": f"so-noi-vu-2025@{PROVINCE}",
}
REVIEWS = (
    Review(
        "ke-hoach-tinh-2026-du-thao.docx",
        GOVERNMENT,
        brought_by="ke-hoach",
        accepted_by="ke-hoach",
        names=NAMES,
    ),
    Review(
        "ke-hoach-tinh-2026.docx",
        GOVERNMENT,
        brought_by="ke-hoach",
        accepted_by="phe-duyet",
        names=NAMES,
        takes_table_rows=True,
        version_of="ke-hoach-tinh-2026-du-thao.docx",
    ),
    Review(
        "ke-hoach-chuong-trinh-2026.docx",
        CULTURE,
        brought_by="ke-hoach",
        accepted_by="phe-duyet",
    ),
    Review(
        "ke-hoach-xa-khe-suong-2026.md",
        COMMUNE,
        brought_by="can-bo-xa",
        accepted_by="can-bo-xa",
    ),
    Review("ke-hoach-tuan-huu-nghi-2026.docx", FOREIGN_AFFAIRS, brought_by="can-bo-so"),
)
