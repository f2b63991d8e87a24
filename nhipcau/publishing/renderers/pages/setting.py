"""From manuscripts to typeset files: what all printed forms do alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from nhipcau.paper.errors import Overfull
from nhipcau.paper.typesetting import Form, Job, Limits, Typeset, typeset
from nhipcau.publishing.renderers.contract import Purpose, RenderedFile, RenderOptions
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.pages.data import Data, PageData

HERE: Final = Path(__file__).parent
PDF: Final = "application/pdf"
_PNG: Final = "image/png"
_FORMS: Final = {
    Purpose.PUBLIC: Form.PDF_PUBLIC,
    Purpose.ARCHIVE: Form.PDF_ARCHIVE,
    Purpose.DRAFT: Form.PNG,
}
_DRAFT_DENSITY: Final = 120  # an A4 page is 992 pixels wide
# Somebody waits for a look at a draft, and others wait behind.
_DRAFT_LIMITS: Final = Limits(processor=20, seconds=45.0)


def pdf_job(
    template: Path, data: Data, collected: PageData, options: RenderOptions, script: str
) -> Job:
    return Job(
        templates=(HERE, template.parent),
        main=template.name,
        data=data,
        day=options.day,
        pictures=collected.pictures,
        form=_FORMS[options.purpose],
        script=script,
        density=_DRAFT_DENSITY,
        limits=_DRAFT_LIMITS if options.purpose is Purpose.DRAFT else Limits(),
    )


def printed(name: str, made: Typeset, options: RenderOptions) -> tuple[RenderedFile, ...]:
    """The files of what was set by `pdf_job`: one PDF, or a picture of each page of a draft."""
    if options.purpose is not Purpose.DRAFT:
        [content] = made.pages
        return (RenderedFile(f"{name}.pdf", PDF, content),)
    return tuple(
        RenderedFile(
            f"{name}-{number}.png", _PNG, page, role="" if number == 1 else f"page-{number}"
        )
        for number, page in enumerate(made.pages, 1)
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


def pages_of(files: Sequence[RenderedFile]) -> int:
    """How many pages the files of `printed` have."""
    if files[0].media_type != PDF:
        return len(files)
    import pypdfium2  # noqa: PLC0415 -- heavy; only where pages are counted

    document = pypdfium2.PdfDocument(files[0].content)
    try:
        return len(document)
    finally:
        document.close()
