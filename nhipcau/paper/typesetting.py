"""Sets pages: a template of ours, data, pictures, a form; bytes come back."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from nhipcau.paper.errors import Overfull, TooMuchToSet, TypesettingFailed
from nhipcau.paper.fonts import FontSet, fonts_for

logger = logging.getLogger(__name__)
HOUSE = Path(__file__).parent / "house"
_ROOT = Path(__file__).resolve().parents[2]
_OVERFULL = re.compile(r"overfull:(\w+)")
_OUT_OF_MEMORY = re.compile(rb"memory allocation|out of memory|MemoryError|Cannot allocate memory")
_DEFECT_STATUS = 3


class Form(StrEnum):
    """What comes out, and by which standards."""

    PDF_PUBLIC = "pdf_public"
    PDF_ARCHIVE = "pdf_archive"
    PNG = "png"
    SVG = "svg"


_STANDARDS = {Form.PDF_PUBLIC: ["a-3a", "ua-1"], Form.PDF_ARCHIVE: ["a-2a", "ua-1"]}
_TYPST_FORMAT = {Form.PNG: "png", Form.SVG: "svg"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: bytes of address space, seconds of processor and of waiting."""

    memory: int = 3_000_000_000
    processor: int = 60
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Job:
    """One document to set. `templates` are folders whose .typ files may import each other.

    `data` must be plain JSON; `pictures` are files by the name under which the data names them.
    `day` stands in the document as its date. `script` decides the look of Han characters.
    `density` is pixels per inch, for PNG.
    """

    templates: tuple[Path, ...]
    main: str
    data: Mapping[str, Any]
    day: date
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    form: Form = Form.PDF_PUBLIC
    script: str = "Latn"
    density: int = 96
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Typeset:
    """What came out: `pages` is one file for PDF, one a page for pictures.

    `missing` are characters without a font; the page shows a hollow square in their place.
    """

    pages: tuple[bytes, ...]
    missing: str


def typeset(job: Job) -> Typeset:
    """Raises Overfull where a template says so, TooMuchToSet, FontsMissing, TypesettingFailed."""
    fonts = fonts_for({*_characters(job.data), *"□0123456789"}, script=job.script)
    with tempfile.TemporaryDirectory(prefix="nhipcau-paper-") as name:
        folder = Path(name)
        _lay_out(job, fonts, folder)
        _compile(job, folder)
        pages = sorted((folder / "out").iterdir())
        return Typeset(tuple(page.read_bytes() for page in pages), fonts.missing)


def _lay_out(job: Job, fonts: FontSet, folder: Path) -> None:
    for templates in (HOUSE, *job.templates):
        for template in templates.glob("*.typ"):
            shutil.copyfile(template, folder / template.name)
    (folder / "fonts").mkdir()
    for path in fonts.files:
        (folder / "fonts" / path.name).symlink_to(path)
    (folder / "pictures").mkdir()
    for name, content in job.pictures.items():
        (folder / "pictures" / Path(name).name).write_bytes(content)
    (folder / "out").mkdir()
    data = {
        **(_without(job.data, fonts.missing) if fonts.missing else job.data),
        "faces": {"text": fonts.families, "display": fonts.display},
        "day": [job.day.year, job.day.month, job.day.day],
    }
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _compile(job: Job, folder: Path) -> None:
    task = {
        "folder": str(folder),
        "main": job.main,
        "format": _TYPST_FORMAT.get(job.form, "pdf"),
        "standards": _STANDARDS.get(job.form, []),
        "density": job.density,
        "memory": job.limits.memory,
        "processor": job.limits.processor,
    }
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "nhipcau.paper.isolated"],
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=job.limits.seconds,
            check=False,
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired:
        raise TooMuchToSet from None
    if finished.returncode == 0:
        return
    told = finished.stderr
    if finished.returncode == _DEFECT_STATUS and (found := _OVERFULL.search(told.decode())):
        raise Overfull(found.group(1))
    if finished.returncode < 0 or _OUT_OF_MEMORY.search(told):
        logger.warning(
            "setting pages ended with status %s", finished.returncode,
            extra={"event": "paper.typesetting.stopped", "template": job.main},
        )  # fmt: skip
        raise TooMuchToSet
    raise TypesettingFailed(told.decode(errors="replace")[-4000:])


def _characters(value: object) -> Iterator[str]:
    """Every string in the data, character by character (sets make little of it)."""
    if isinstance(value, str):
        yield from set(value)
    elif isinstance(value, Mapping):
        for child in value.values():
            yield from _characters(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _characters(child)


def _without(value: Any, missing: str) -> Any:
    """The data with a hollow square for every character that no font has."""
    table = {ord(character): "□" for character in missing}

    def replaced(part: Any) -> Any:
        if isinstance(part, str):
            return part.translate(table)
        if isinstance(part, Mapping):
            return {name: replaced(child) for name, child in part.items()}
        if isinstance(part, list | tuple):
            return [replaced(child) for child in part]
        return part

    return replaced(value)
