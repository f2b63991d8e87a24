"""Every rendition made from one work, and the program that is not ours which opened it.

    .venv/bin/python benchmarks/renditions.py [--keep FOLDER]

Prints a table and keeps it in benchmarks/results/renditions.md; ends with 1 when a program refused.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402 -- the environment above must be set first

django.setup()

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
    text = "\n".join(lines) + "\n"
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
