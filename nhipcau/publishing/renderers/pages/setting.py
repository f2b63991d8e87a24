"""From manuscripts to typeset files: what all printed forms do alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from nhipcau.paper.errors import Overfull
from nhipcau.paper.typesetting import Form, Job, Typeset, typeset
from nhipcau.publishing.renderers.contract import Purpose, RenderOptions
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.pages.data import Data, PageData

HERE: Final = Path(__file__).parent
PDF: Final = "application/pdf"
_PDF_FORMS: Final = {Purpose.PUBLIC: Form.PDF_PUBLIC, Purpose.ARCHIVE: Form.PDF_ARCHIVE}


def pdf_job(
    template: Path, data: Data, collected: PageData, options: RenderOptions, script: str
) -> Job:
    return Job(
        templates=(HERE, template.parent),
        main=template.name,
        data=data,
        day=options.day,
        pictures=collected.pictures,
        form=_PDF_FORMS[options.purpose],
        script=script,
    )


def set_pages(job: Job, collected: PageData) -> Typeset:
    """Typeset, with a finding for characters that no font has."""
    made = typeset(job)
    if made.missing:
        collected.findings.append(
            RenditionFinding(
                RenditionFindingKind.MISSING_CHARACTERS, " ".join(made.missing[:40]), blocking=True
            )
        )
    return made


def set_to_fit(job: Job, collected: PageData, sizes: Sequence[float]) -> Typeset:
    """The first of these sizes (in points) at which everything fits; raises Overfull."""
    for size in sizes[:-1]:
        try:
            return set_pages(replace(job, data={**job.data, "size": size}), collected)
        except Overfull:
            continue
    return set_pages(replace(job, data={**job.data, "size": sizes[-1]}), collected)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of typst's has."""
    import pypdfium2  # noqa: PLC0415 -- heavy; only where pages are counted

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
