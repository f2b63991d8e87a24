"""Names of the units that a province, district or commune usually has, filled in for one area."""

from __future__ import annotations

from datetime import date

from nhipcau.registry.rules.naming import form_and_place

COMMITTEE_OF = {
    "tỉnh": "Tỉnh ủy",
    "thành phố": "Thành ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
    "thị xã": "Thị ủy",
    "xã": "Đảng ủy xã",
    "phường": "Đảng ủy phường",
    "thị trấn": "Đảng ủy thị trấn",
    "đặc khu": "Đảng ủy đặc khu",
}


def filled(pattern: str, area_name: str) -> str:
    """Turn "Công an {level}" into "Công an tỉnh" for "Tỉnh Lạng Sơn"; {place} is without form."""
    form, place = form_and_place(area_name)
    level = form.lower()
    return pattern.format(level=level, place=place, Committee=COMMITTEE_OF.get(level, form))


def common_days(
    *spans: tuple[date | None, date | None],
) -> tuple[date | None, date | None] | None:
    """The days that all half-open spans share; nothing when there are none."""
    starts = [start for start, _end in spans if start is not None]
    ends = [end for _start, end in spans if end is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start is not None and end is not None and end <= start else (start, end)
