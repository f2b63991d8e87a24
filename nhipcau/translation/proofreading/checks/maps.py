"""Maps and words about borders and islands go to the foreign-affairs reviewer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from nhipcau.kernel.folding import unaccented
from nhipcau.people.enums import Permission
from nhipcau.translation.manuscript import MapFigure
from nhipcau.translation.proofreading.context import Rights
from nhipcau.translation.proofreading.contract import (
    Consequence,
    Finding,
    Proofreader,
    Severity,
)
from nhipcau.translation.proofreading.draft import Draft, Part
from nhipcau.translation.proofreading.examples import Bad, Good, map_block, picture
from nhipcau.translation.proofreading.passages import media_of

MAP = gettext_noop(
    "This is a map. The foreign-affairs reviewer has to see it before it goes out: borders, "
    "islands, names and the maker's permit."
)
ISLANDS = gettext_noop(
    "A map of Việt Nam shows Hoàng Sa and Trường Sa. Name both among the areas shown, or check "
    "the map."
)
WORDS = gettext_noop(
    "“%(words)s” touches on borders, islands or maps. The foreign-affairs reviewer will be asked "
    "to look at this version."
)
FOREIGN_NAME = gettext_noop(
    "“%(words)s” is another country's name for a place of Việt Nam. Write “%(right)s”, or say why "
    "it must stand."
)
_WORDS = re.compile(
    r"(?<!\w)(?:bản đồ|đường biên(?: giới)?|mốc (?:giới|quốc giới)|cột mốc|đường cơ sở"
    r"|chủ quyền|lãnh hải|thềm lục địa|phân giới|cắm mốc|Hoàng Sa|Trường Sa|Biển Đông"
    r"|boundary marker|border ?line|baseline|sovereignty|territorial waters|continental shelf"
    r"|Paracels?|Spratlys?|frontier map)(?!\w)|边界线|界碑|国界|领土|领海|主权|地图|黄沙|长沙群岛"
    r"|ຫຼັກໝາຍ|ເສັ້ນຊາຍແດນ|ອະທິປະໄຕ|ແຜນທີ່|ព្រំដែន|ផែនទី|បង្គោលព្រំដែន",
    re.IGNORECASE,
)
_FOREIGN_NAMES = (
    (re.compile(r"(?<!\w)(?:Xisha|Tây Sa)(?!\w)|西沙"), "Hoàng Sa"),
    (re.compile(r"(?<!\w)(?:Nansha|Nam Sa)(?!\w)|南沙"), "Trường Sa"),
    (re.compile(r"(?<!\w)(?:South China Sea|Nam Hải|biển Nam Trung Hoa)(?!\w)|南中国海|南海",
                re.IGNORECASE), "Biển Đông"),
    (re.compile(r"(?<!\w)(?:đường lưỡi bò|nine[- ]dash(?:ed)? line|đường chín đoạn)(?!\w)|九段线",
                re.IGNORECASE), "—"),
)  # fmt: skip
_WHOLE_COUNTRY = re.compile(r"\b(?:viet ?nam|ca nuoc|toan quoc)\b|越南", re.IGNORECASE)


class Maps(Proofreader):
    slug = "maps"
    title = _("Maps, borders, islands")
    explanation = _(
        "Looks for maps, names of islands and words about borders; the work then goes to the "
        "foreign-affairs reviewer, and other countries' names for our places must be answered for."
    )
    severity = Severity.MUST_BE_ANSWERED
    overruled_by = Permission.WORKS_CLEAR_SECRECY
    consequence = Consequence.FOREIGN_AFFAIRS
    good = (
        Good("Chợ phiên họp vào ngày rằm, có nhiều hàng nông sản."),
        Good((picture(1, alt="Chợ"),), context={"rights": {"picture/1": Rights()}}),
        Good("Xã có trường Sao Mai và cầu Hoàng."),
    )
    bad = (
        Bad((map_block(1, alt="Sơ đồ xã", areas="Xã Tân Thanh"),), finds=("Sơ đồ xã",)),
        Bad(
            (picture(1, alt="Sơ đồ"),),
            context={"rights": {"picture/1": Rights(is_map=True)}},
            finds=("picture/1",),
        ),
        Bad("Đoàn đi kiểm tra cột mốc 1117.", finds=("cột mốc",)),
        Bad("Thư gửi chiến sĩ Trường Sa.", finds=("Trường Sa",)),
        Bad("Ships in the South China Sea", language="en", finds=("South China Sea",)),
        Bad("西沙群岛", language="zh-Hans", finds=("西沙",)),
        Bad(
            (map_block(1, alt="Việt Nam", areas="34 tỉnh, thành phố"),),
            finds=("Việt Nam", "Việt Nam"),
        ),
        Bad(
            (map_block(1, alt="Việt Nam", areas="Đất liền; Hoàng Sa; Trường Sa"),),
            finds=("Việt Nam", "Hoàng Sa", "Trường Sa"),
        ),
    )

    def inspect(self, draft: Draft) -> Iterator[Finding]:
        for part in draft.parts:
            for block in part.blocks:
                if isinstance(block, MapFigure):
                    yield from self._map(part, block)
        for part, key in media_of(draft):
            rights = draft.rights.get(key)
            of_map = any(isinstance(block, MapFigure) for block in part.blocks)
            if rights is not None and rights.is_map and not of_map:
                yield self.found(MAP, part.place, quotation=rights.file_name or key)
        said: set[str] = set()
        for passage in draft.passages:
            for pattern, right in _FOREIGN_NAMES:
                for found in pattern.finditer(passage.text):
                    yield self.found(
                        FOREIGN_NAME, passage, found.span(), words=found.group(), right=right
                    )
            for found in _WORDS.finditer(passage.text):
                # Once is enough to send it to the reviewer; a leaflet about a gate says it often.
                if (word := found.group().casefold()) not in said:
                    said.add(word)
                    yield self.found(
                        WORDS,
                        passage,
                        found.span(),
                        severity=Severity.NOTE,
                        words=found.group(),
                    )

    def _map(self, part: Part, block: MapFigure) -> Iterator[Finding]:
        shown = block.figure.alt or block.figure.caption
        yield self.found(MAP, part.place, quotation=shown)
        areas = " ".join([*block.areas, block.figure.alt, block.figure.caption])
        plain = unaccented(areas)
        if _WHOLE_COUNTRY.search(plain) and not (
            ("hoang sa" in plain and "truong sa" in plain)
            or ("黄沙" in areas and "长沙" in areas)
            or ("paracel" in plain and "spratly" in plain)
        ):
            yield self.found(ISLANDS, part.place, quotation=shown)
