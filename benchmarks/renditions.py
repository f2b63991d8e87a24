"""Every rendition of one work, its picture, film and sound, and the foreign program that opened it.

    .venv/bin/python benchmarks/renditions.py [--keep FOLDER]

Prints a table and keeps it in benchmarks/results/renditions.md; ends with 1 when a program refused.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402 -- the environment above must be set first

django.setup()

from PIL import ExifTags, Image  # noqa: E402 -- as below

from nhipcau.demo.drawing.scenes import SCENES  # noqa: E402 -- as below
from nhipcau.media.intake.isolated import make_sizes, take_in  # noqa: E402 -- as below
from nhipcau.media.moving import isolated  # noqa: E402 -- as below
from nhipcau.media.moving.recipes import wanted  # noqa: E402 -- as below
from nhipcau.media.queries.moving import offered_recipes  # noqa: E402 -- as below
from nhipcau.media.rules.sizes import size_of  # noqa: E402 -- as below
from nhipcau.media.tests.moving import making  # noqa: E402 -- as below
from nhipcau.publishing.renderers import every_renderer  # noqa: E402 -- Django is set up above
from nhipcau.publishing.renderers.contract import (  # noqa: E402 -- as above
    Purpose,
    RenderedFile,
)
from nhipcau.publishing.tests import openers, specimens  # noqa: E402 -- as above

RESULT = ROOT / "benchmarks" / "results" / "renditions.md"
LANGUAGES = {
    "vi": specimens.vietnamese,
    "zh-Hans": specimens.chinese,
    "lo": specimens.lao,
    "km": specimens.khmer,
    "en": specimens.english,
}
SOUNDING = {".mp4", ".m4a", ".opus", ".mp3"}
Opened = tuple[str, str]


def opened_pdf(content: bytes, language: str) -> list[Opened]:
    structure = openers.structure(content)
    source = LANGUAGES[language]()
    text = openers.pdf_words(content)
    if source.title.replace(" ", "") in text.replace(" ", ""):
        words = "title word for word"
    elif openers.letters_in_order(source.title, text):
        words = "title's letters in order, clusters doubled"
    else:
        raise openers.Refused("the title is not in the text")
    codes = openers.codes(*openers.pdf_pages(content, 100))
    declared = f"PDF/A-{structure['pdfa']}, PDF/UA-{structure['pdfua']} declared"
    tags = f"{sum(structure['tags'].values())} tags"
    return [
        ("qpdf", openers.qpdf(content)),
        (
            "pikepdf",
            f"{declared}, {tags}, {structure['figures_without_words']} figures without words",
        ),
        ("pdftotext", words),
        ("pdftoppm + zbarimg", " ".join(codes) or "no code read"),
    ]


def opened(file: RenderedFile, language: str) -> list[Opened]:
    match file.media_type.partition(";")[0]:
        case "application/pdf":
            return opened_pdf(file.content, language)
        case "application/epub+zip":
            return [("epubcheck", openers.epubcheck(file.content))]
        case "image/png":
            path = openers.on_disk(file.content, ".png")
            said = [("file", openers.file_says(file.content, ".png").partition(", ")[2])]
            codes = openers.codes(path)
            return [*said, *([("zbarimg", " ".join(codes))] if codes else [])]
        case "image/svg+xml" | "text/html":
            ending = ".html" if "html" in file.media_type else ".svg"
            dom = openers.chromium(file.content, ending)
            return [("chromium", f"{dom.count('<') // 2} elements")]
        case _:
            letters = openers.run("iconv", "-f", "UTF-8", "-t", "UTF-16LE", input=file.content)
            return [("iconv", f"{len(letters) // 2} letters of UTF-8")]


def of_the_library(keep: Path | None) -> tuple[list[str], int]:
    """Lines for what the library makes of a picture, a film and a sound full of private words."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-renditions-") as place:
        folder = Path(place)
        made = [*sizes_of_a_picture(folder), *renditions_of_sound_and_film(folder)]
        lines, refusals = [], 0
        for slug, path, seconds in made:
            if keep:
                shutil.copy(path, keep / path.name)
            said, refused = told(lambda path=path: opened_media(path))  # type: ignore[misc] -- bound now
            refusals += refused
            for number, (tool, words) in enumerate(said):
                head = (slug, "", path.name, str(path.stat().st_size // 1024), f"{seconds:.1f}")
                lines.append(
                    "| " + " | ".join((*(head if number == 0 else ("",) * 5), tool, words)) + " |"
                )
    return lines, refusals


def sizes_of_a_picture(folder: Path) -> Iterator[tuple[str, Path, float]]:
    drawn = folder / "source.jpg"
    tags = Image.Exif()
    tags[ExifTags.Base.Artist] = making.PRIVATE["artist"]
    tags.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 51.0, 10.8)
    scene = Image.open(io.BytesIO(next(iter(SCENES.values()))().png())).convert("RGB")
    scene.save(drawn, "JPEG", quality=90, exif=tags)
    clean = folder / "clean"
    clean.mkdir()
    source = take_in(drawn, clean).path
    for spec in ("w320.webp", "w1200.webp", "w800.avif", "cover1200x630.jpeg"):
        size = size_of(spec)
        own = folder / spec
        own.mkdir()
        order = {
            "form": size.form, "width": size.width, "height": size.height, "is_cut": size.is_cut,
        }  # fmt: skip
        begin = time.perf_counter()
        (one,) = make_sizes(source, own, [order])
        yield "picture", one.path.rename(folder / f"picture-{spec}"), time.perf_counter() - begin


def renditions_of_sound_and_film(folder: Path) -> Iterator[tuple[str, Path, float]]:
    brought = {
        "film": making.film(folder / "source.mp4", seconds=6, size="1280x720"),
        "sound": making.sound(folder / "source.wav", seconds=6),
    }
    for slug, source in brought.items():
        for recipe in wanted(isolated.examine(source), offered_recipes()):
            target = folder / f"{slug}-{recipe.name}.{recipe.suffix}"
            begin = time.perf_counter()
            isolated.make(source, target, recipe)
            yield slug, target, time.perf_counter() - begin


def opened_media(path: Path) -> list[Opened]:
    if path.suffix == ".json":
        return [("json", f"an object of {', '.join(sorted(json.loads(path.read_bytes())))}")]
    left = making.private_words(path) if path.suffix in SOUNDING else []
    if path.suffix == ".mp3":
        left = [word for word in left if word != "Lavf"]  # of the header that players know gaps by
    read = making.told_by_exiftool(path)
    if left or any("GPS" in name or "Artist" in name for name in read):
        raise openers.Refused(f"private words are left: {left or sorted(read)}")
    said = [("exiftool", f"{len(read)} tags, none private")]
    if path.suffix in SOUNDING:
        found = making.probed(path)
        streams = " + ".join(
            " ".join(filter(None, (one["codec_name"], f"{one.get('height', '')}".strip())))
            for one in found["streams"]
        )
        lufs, peak = making.loudness(path)
        seconds = float(found["format"]["duration"])
        said.append(("ffprobe", f"{streams}, {seconds:.1f} s"))
        said.append(("ebur128", f"{lufs:.1f} LUFS, true peak {peak:.1f} dBFS"))
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder to put the files into")
    keep = parser.parse_args().keep
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Renditions of one work",
        "",
        "| form | language | file | KB | s | opened by | which says |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    refusals = 0
    for renderer in every_renderer():
        for language, source in LANGUAGES.items():
            if renderer.slug in ("infographic", "qr") and language != "vi":
                continue  # needs a chart; leads to the same address
            if renderer.sources == 2 and language == "vi":
                continue
            sources = (source(),) if renderer.sources == 1 else (specimens.vietnamese(), source())
            purposes = [Purpose.PUBLIC]
            if renderer.slug == "handbook" and language == "vi":
                purposes.append(Purpose.ARCHIVE)
            for purpose in purposes:
                begin = time.perf_counter()
                rendered = renderer.render(
                    sources, specimens.Shelf(), specimens.options(purpose=purpose)
                )
                seconds = time.perf_counter() - begin
                for file in rendered.files:
                    if keep:
                        (keep / f"{purpose.value}-{file.name}").write_bytes(file.content)
                    spoken = "vi" if renderer.sources == 2 else language
                    said, refused = told(lambda f=file, s=spoken: opened(f, s))  # type: ignore[misc] -- bound now
                    refusals += refused
                    shown = f"vi + {language}" if renderer.sources == 2 else language
                    for number, (tool, words) in enumerate(said):
                        head = (renderer.slug, shown, file.name, str(len(file.content) // 1024))
                        cells = (*head, f"{seconds:.1f}") if number == 0 else ("",) * 5
                        lines.append("| " + " | ".join((*cells, tool, words)) + " |")
    further, refused = of_the_library(keep)
    refusals += refused
    text = "\n".join([*lines, *further]) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")
    return 1 if refusals else 0


def told(ask: Callable[[], list[Opened]]) -> tuple[list[Opened], int]:
    try:
        return ask(), 0
    except openers.Refused as refusal:
        return [("REFUSED", str(refusal).replace("\n", " ")[:200])], 1


if __name__ == "__main__":
    sys.exit(main())
