"""The sample's library: drawn by code, brought and examined as any file is, with its rights."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nhipcau.demo.drawing.maps import MAPS
from nhipcau.demo.drawing.moving import call_sign, over_the_hills
from nhipcau.demo.drawing.scenes import SCENES
from nhipcau.kernel.actor import Actor
from nhipcau.media.actions import (
    begin_upload,
    change_item,
    examine_upload,
    receive_piece,
    set_alt_text,
)
from nhipcau.media.actions.at_once import make_copies_at_once
from nhipcau.media.actions.subtitles import begin_subtitles, bring_subtitles, save_transcript
from nhipcau.media.enums import Consent, ItemKind, SubtitlesKind
from nhipcau.media.models import MediaItem
from nhipcau.people.models import Person
from nhipcau.registry.models import Language, Unit

DATA = Path(__file__).resolve().parent.parent / "data" / "pictures.toml"
BEGAN = timedelta(days=170)  # before the first work
CREDIT = "Hình vẽ bằng mã, dữ liệu mẫu"
SOURCE = "Vẽ cho tỉnh Mẫu hư cấu, năm 2026"
PLAYED = frozenset({ItemKind.AUDIO, ItemKind.VIDEO})
MOVING = {"call-sign": call_sign, "over-the-hills": over_the_hills}


def bring_pictures(
    *, persons: Mapping[str, Person], by: Actor, at: datetime
) -> dict[str, MediaItem]:
    """Every item of the library, by its key."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))["items"]
    languages = {language.tag: language for language in Language.objects.all()}
    units = Unit.objects.in_bulk({one["unit"] for one in told}, field_name="key")
    return {
        one["key"]: _brought(
            one, units[one["unit"]], persons[one["by"]], languages, examiner=by, at=at - BEGAN
        )
        for one in told
    }


def _drawn(one: Mapping[str, Any]) -> bytes:
    if "text" in one:
        return str(one["text"]).strip().encode() + b"\n"
    name = one.get("draw", one["key"])
    if name in MAPS:
        return MAPS[name](one["language"])
    return SCENES[name]().png() if name in SCENES else MOVING[name]()


def _brought(
    one: Mapping[str, Any],
    unit: Unit,
    person: Person,
    languages: Mapping[str, Language],
    *,
    examiner: Actor,
    at: datetime,
) -> MediaItem:
    content = _drawn(one)
    upload = begin_upload(
        unit=unit, file_name=one["file"], size_bytes=len(content), by=person, at=at
    )
    receive_piece(upload=upload, offset=0, pieces=[content], by=person, at=at)
    item = examine_upload(upload=upload, by=examiner, at=at).item
    if item is None:
        raise RuntimeError(f"{one['file']} was refused: {upload.refusal}")
    changes = {
        "title": one["title"],
        "credit": CREDIT,
        "rights_holder": unit.label,
        "licence": "CC-BY-4.0",
        "source": SOURCE,
        "consent": Consent.NOT_NEEDED,
        "is_map": one.get("is_map", False),
        "origin": one.get("origin", ""),
        "made_in_year": "2026",
        "is_shared": one.get("shared", False),
    }
    item = change_item(item=item, changes=changes, by=person, at=at)
    for tag, text in one.get("alt", {}).items():
        set_alt_text(item=item, language=languages[tag], text=text, by=person, at=at)
    if item.kind in PLAYED and item.current is not None:
        # Works that show it go out in the same minute.
        make_copies_at_once(file=item.current, by=examiner, at=at)
    for tag, lines in one.get("subtitles", {}).items():
        subtitles = begin_subtitles(
            item=item, language=languages[tag], kind=SubtitlesKind.CAPTIONS, by=person, at=at
        )
        data = lines.strip().encode()
        bring_subtitles(subtitles=subtitles, data=data, pass_over=False, by=person, at=at)
    for tag, words in one.get("transcript", {}).items():
        save_transcript(item=item, language=languages[tag], text=words, seen=0, by=person, at=at)
    return item
