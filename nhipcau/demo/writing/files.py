"""Which papers are written by this package, and under which file name they lie in `plans/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nhipcau.demo.writing.page import Paper
from nhipcau.demo.writing.programme import friendship_week_plan, programme_plan
from nhipcau.demo.writing.province import province_plan

FOLDER = Path(__file__).resolve().parent.parent / "plans"


def papers() -> Mapping[str, Paper]:
    return {
        "ke-hoach-tinh-2026-du-thao.docx": province_plan(is_draft=True),
        "ke-hoach-tinh-2026.docx": province_plan(is_draft=False),
        "ke-hoach-chuong-trinh-2026.docx": programme_plan(),
        "ke-hoach-tuan-huu-nghi-2026.docx": friendship_week_plan(),
    }
