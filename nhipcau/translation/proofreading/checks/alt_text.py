"""Every picture says in words what it shows, or says that it only decorates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.folding import folded, unaccented
from nhipcau.translation.manuscript import Figure
from nhipcau.translation.proofreading.contract import Finding, Proofreader, Severity
from nhipcau.translation.proofreading.draft import Draft, Part
from nhipcau.translation.proofreading.examples import Bad, Good, map_block, picture
from nhipcau.translation.proofreading.passages import figures_of

MISSING = gettext_noop(
    "The picture has no alternative text. Write in a few words what it shows, or mark it as "
    "decorative."
)
FILE_NAME = gettext_noop(
    "“%(alt)s” is the name of a file, not what the picture shows. Write what is to be seen in it."
)
EMPTY_WORDS = gettext_noop(
    "“%(alt)s” does not say what the picture shows. Write what is to be seen in it."
)
SAME_AS_CAPTION = gettext_noop(
    "The alternative text repeats the caption, so that a screen reader says it twice. Describe "
    "the picture, or shorten one of the two."
)
TOO_LONG = gettext_noop(
    "The alternative text has %(length)d characters. Keep it below %(limit)d and move the rest to "
    "the caption or the text."
)
CONTRADICTORY = gettext_noop(
    "The picture is marked as decorative and has an alternative text as well. Keep one of the two."
)
MAP_DECORATIVE = gettext_noop(
    "A map is never decorative. Write what it shows, and name its areas in words."
)

LONGEST = 300
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|bmp|svg|raw|pdf|mp4)"
    r"|(?:img|dsc[nf]?|pic|p|mvi|dji|gopr|pxl|photo|image|anh|hinh|untitled|screenshot|capture"
    r"|z|fb_img|received|zalo)?[\s_-]*[\d_().-]{2,}[\w-]*(?:\s?\(\d+\))?"
    r"|(?:whatsapp|zalo) image.*",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    "anh|hinh|hinh anh|buc anh|tam anh|anh minh hoa|hinh minh hoa|minh hoa|anh dai dien|image|"
    "picture|photo|photograph|alt|alt text|logo|untitled|placeholder|graphic|icon|anh 1|hinh 1|"
    "ban do|map|图片|照片|地图|ຮູບ|ຮູບພາບ|រូបភាព".split("|")
)


class AltText(Proofreader):
    slug = "alt_text"
    title = _("Alternative texts")
    explanation = _(
        "Looks for pictures without words for those who cannot see them: missing texts, names of "
        "files, words that say nothing, captions said twice."
    )
    severity = Severity.MUST_BE_ANSWERED
    good = (
        Good((picture(alt="Hai người phụ nữ Nùng bán rau ở chợ phiên"),)),
        Good((picture(decorative=True),)),
        Good((picture(alt="Cổng cửa khẩu nhìn từ quốc lộ 1 năm 2025", caption="Ảnh: BQL"),)),
        Good((map_block(alt="Sơ đồ đường từ trung tâm xã đến cửa khẩu"),)),
    )
    bad = (
        Bad((picture(),), finds=("",)),
        Bad((picture(alt="IMG_20260214_081533.jpg"),), finds=("IMG_20260214_081533.jpg",)),
        Bad((picture(alt="DSC 0012"),), finds=("DSC 0012",)),
        Bad((picture(alt="Ảnh minh họa"),), finds=("Ảnh minh họa",)),
        Bad((picture(alt="Hội xuân", caption="Hội  xuân"),), finds=("Hội xuân",)),
        Bad((picture(alt="Hoa đào", decorative=True),), finds=("Hoa đào",)),
        Bad((map_block(decorative=True),), finds=("",)),
        Bad((picture(alt="chợ " * 100),), finds=(("chợ " * 40)[:159].rstrip() + "…",)),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part, figure in figures_of(draft):
            is_map = isinstance(part.raw, dict) and part.raw.get("type") == "map"
            yield from self._figure(part, figure, is_map=is_map)

    def _figure(self, part: Part, figure: Figure, *, is_map: bool) -> Iterator[Finding]:
        alt = figure.alt.strip()
        if figure.decorative and is_map:
            yield self.found(MAP_DECORATIVE, part.place, quotation=alt)
        elif figure.decorative:
            if alt:
                yield self.found(
                    CONTRADICTORY, part.place, quotation=alt, severity=Severity.WARNING
                )
        elif not alt:
            yield self.found(MISSING, part.place)
        elif _FILE_NAME.fullmatch(alt):
            yield self.found(FILE_NAME, part.place, quotation=alt, alt=alt[:60])
        elif unaccented(alt).strip(" .:") in _EMPTY:
            yield self.found(EMPTY_WORDS, part.place, quotation=alt, alt=alt[:60])
        elif len(alt) > LONGEST:
            yield self.found(
                TOO_LONG,
                part.place,
                quotation=alt,
                severity=Severity.WARNING,
                length=len(alt),
                limit=LONGEST,
            )
        elif folded(alt) == folded(figure.caption):
            yield self.found(SAME_AS_CAPTION, part.place, quotation=alt, severity=Severity.WARNING)
