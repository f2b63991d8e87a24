"""Looking at a draft in each form that its kind offers: drawn for one pair of eyes, never kept."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.models import Revision

from nhipcau.paper.errors import TypesettingFailed
from nhipcau.paper.turns import turn
from nhipcau.publishing.errors import NotPossible
from nhipcau.publishing.queries.inspection import manuscript_of
from nhipcau.publishing.queries.pins import shelf_of
from nhipcau.publishing.queries.releases import short_address_of
from nhipcau.publishing.queries.rendering import MediaOnPage, house
from nhipcau.publishing.queries.standing import forms_offered
from nhipcau.publishing.renderers.contract import (
    Purpose,
    Rendered,
    RenderedFile,
    Renderer,
    RenderOptions,
)
from nhipcau.publishing.renderers.listed import renderer
from nhipcau.publishing.renderers.short_text.messages import message
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion

logger = logging.getLogger(__name__)

# An e-book reads as the handbook does, and the code leads to an address that is not there yet.
NOT_LOOKED_AT = frozenset({"epub", "qr"})
FIRST = "web-page"
MOST_PAGES = 24
WIDEST = 1400  # pixels
WAIT = 15.0  # seconds for a turn to draw


@dataclass(frozen=True, slots=True)
class PictureLook:
    """A page or picture as data for the page that shows it."""

    data: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class TextLook:
    """A form that is text: its paragraphs or, of a message, its parts; `role` as in the file."""

    role: str
    parts: tuple[str, ...]
    units: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What a form makes of a draft. `left_out` pages were drawn and are not shown."""

    page: SafeString | str = ""
    pictures: tuple[PictureLook, ...] = ()
    left_out: int = 0
    texts: tuple[TextLook, ...] = ()
    findings: tuple[tuple[str, bool], ...] = ()
    measures: Mapping[str, int] | None = None


def forms_to_look_at(version: LanguageVersion) -> list[tuple[str, str]]:
    """The forms that the work's kind offers, with their names, the web page first.

    A form of two languages only where another text stands beside this one. One query, another
    where the kind offers such a form.
    """
    work = getattr(version.subject, "work", None)
    forms = [
        form
        for form in forms_offered("" if work is None else work.kind)
        if form.slug not in NOT_LOOKED_AT
        and (form.sources == 1 or counterpart_of(version) is not None)
    ]
    return [(form.slug, str(form.name)) for form in sorted(forms, key=lambda f: f.slug != FIRST)]


def counterpart_of(version: LanguageVersion) -> LanguageVersion | None:
    """The text that stands beside this one in a form of two languages. One query.

    That of the source, or the first other one; one that was stopped never does.
    """
    others = (
        LanguageVersion.objects.filter(subject=version.subject_id, latest_revision__isnull=False)
        .exclude(pk=version.pk)
        .exclude(state=VersionState.STOPPED)
        .select_related(
            "language", "latest_revision", "subject__unit", "source__language", "subject__work"
        )
    )
    found = sorted(others, key=lambda each: (each.pk != version.source_id, each.pk))
    return found[0] if found else None


def look_at(version: LanguageVersion, content: Mapping[str, Any], *, slug: str) -> Look:
    """These words of the version in this form, stamped as a draft. Nothing is stored.

    Raises RuleBroken with a sentence where the form refuses the words, takes too long, or others
    are drawing. Six queries, nine where another text stands beside it; three more where film or
    sound is shown.
    """
    try:
        form = renderer(slug)
    except KeyError as unknown:
        raise NotPossible(_("There is no such form.")) from unknown
    sources = [(version, content)]
    if form.sources > 1:
        other = counterpart_of(version)
        if other is None or other.latest_revision is None:
            raise NotPossible(_("This form needs a second language of the work."))
        sources.append((other, other.latest_revision.content))
        # The original stands on the left.
        sources.sort(key=lambda pair: pair[0].source_id is not None)
    shelf = shelf_of(each for _version, each in sources)
    manuscripts = tuple(
        manuscript_of(each, Revision(content=words), items=shelf.items, words=shelf.words)
        for each, words in sources
    )
    options = RenderOptions(
        house=house(),
        address=settings.WAGTAILADMIN_BASE_URL.rstrip("/") + short_address_of(version.subject),
        day=timezone.localdate(),
        purpose=Purpose.DRAFT,
        stamp=_("DRAFT"),
    )
    media = MediaOnPage(shelf.items, spoken=shelf.spoken_in(version.language_id))
    if slug == FIRST:
        return _shown(form, form.render(manuscripts, media, options))
    with turn(wait=WAIT):
        try:
            rendered = form.render(manuscripts, media, options)
        except TypesettingFailed as defect:
            logger.exception(
                "a draft could not be drawn", extra={"event": "publishing.draft.failed"}
            )
            raise NotPossible(
                _(
                    "This form could not be drawn; the mistake is not yours. It has been noted for "
                    "the operator. The other forms can be looked at."
                )
            ) from defect
        return _shown(form, rendered)


def _shown(form: Renderer, rendered: Rendered) -> Look:
    pictures = [file for file in rendered.files if file.media_type == "image/png"]
    texts = [file for file in rendered.files if file.media_type.startswith("text/plain")]
    page = next((file for file in rendered.files if file.media_type.startswith("text/html")), None)
    return Look(
        page=mark_safe(page.content.decode()) if page else "",  # noqa: S308 -- the form escapes
        pictures=tuple(_picture(file) for file in pictures[:MOST_PAGES]),
        left_out=max(0, len(pictures) - MOST_PAGES),
        texts=tuple(_text(form, file) for file in texts),
        findings=tuple((str(finding), finding.blocking) for finding in rendered.findings),
        measures=rendered.measures,
    )


def _picture(file: RenderedFile) -> PictureLook:
    """Smaller than PNG by far, for weak lines."""
    with Image.open(io.BytesIO(file.content)) as image:
        image.thumbnail((WIDEST, WIDEST * 8))
        out = io.BytesIO()
        image.convert("RGB").save(out, "WEBP", quality=82, method=2)
        data = base64.b64encode(out.getvalue()).decode()
        return PictureLook(f"data:image/webp;base64,{data}", image.width, image.height)


def _text(form: Renderer, file: RenderedFile) -> TextLook:
    words = file.content.decode()
    if form.slug == "short-text":
        sent = message(words)
        return TextLook(file.role, sent.parts, sent.units)
    return TextLook(file.role, tuple(part for part in words.split("\n\n") if part.strip()))
