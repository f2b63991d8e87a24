"""The page of one work: its words, its languages and files, its corrections, what is near it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.public import Wanted
from nhipcau.publishing.queries.public_works import (
    Correction,
    PublicForm,
    PublicWork,
    Tongue,
    addresses_of_subjects,
)
from nhipcau.publishing.queries.reading import Picture, ReleasedMedia, reading_of
from nhipcau.publishing.renderers.imprint import ImprintLine, imprint
from nhipcau.publishing.renderers.labels import labels_language
from nhipcau.translation.enums import Mode, VersionState
from nhipcau.translation.manuscript import Recording
from nhipcau.website.models import SectionPage
from nhipcau.website.queries.cards import Card, cards_of, codes, listed
from nhipcau.website.queries.words import Words, words_of
from nhipcau.website.rules.addresses import in_frame

NEAR = 3
# Files that readers take with them; others are for those who print, announce or send.
TAKEN_ALONG = frozenset(
    {"leaflet", "handbook", "epub", "sheet", "poster", "infographic", "parallel", "web-page"}
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another language of the work, as it is reached from this frame."""

    tongue: Tongue
    address: str


@dataclass(frozen=True, slots=True)
class WorkNow:
    """One text of a work on its page."""

    row: ReleasedVersion
    work: PublicWork
    tongue: Tongue
    first_at: datetime
    summary: str
    search_words: str
    words: Words
    imprint: Sequence[ImprintLine]
    imprint_tag: str
    elsewhere: Sequence[Elsewhere]
    forms: Sequence[PublicForm]
    further_forms: Sequence[PublicForm]
    corrections: Sequence[Correction]
    picture: Picture | None
    recordings: Sequence[Recording]
    media: ReleasedMedia
    section: SectionPage | None
    near: Sequence[Card]
    topics: Sequence[str]

    @property
    def kind(self) -> str:
        return str(self.row.release.work_kind)

    @property
    def title_tag(self) -> str:
        """The language of the title: a spoken text is named in Vietnamese."""
        own = self.row.revision.content.get("title")
        return self.tongue.tag if own or self.row.mode != Mode.SPOKEN else "vi"

    @property
    def was_changed(self) -> bool:
        return self.row.release.released_at.date() > self.first_at.date()


def work_now(
    work: PublicWork, row: ReleasedVersion, *, frame: str, is_light: bool, at: datetime
) -> WorkNow:
    """What the page of this text shows. Twenty-two queries at most; it is made once a change."""
    tag = row.language.tag
    reading = reading_of(row)
    content = row.revision.content
    topics = [topic.key for topic in row.release.topics.all()]
    own = [tongue for tongue in work.tongues if (tongue.tag, tongue.mode) == (tag, row.mode)]
    forms = [form for form in work.forms if tag in form.languages and not form.role]
    near = listed(
        Wanted(language=tag, topics=frozenset(topics), without=frozenset({work.subject.pk})),
        at=at,
        most=NEAR,
    )
    return WorkNow(
        row=row,
        work=work,
        tongue=own[0],
        first_at=work.firsts[row.version_id],
        summary=str(content.get("summary") or ""),
        search_words=str(content.get("search_description") or content.get("summary") or ""),
        words=words_of(
            reading.manuscript.blocks, language=tag, media=reading.media, is_light=is_light
        ),
        imprint=imprint(reading.manuscript),
        imprint_tag=labels_language(tag),
        elsewhere=elsewhere(work, row, frame=frame),
        forms=[form for form in forms if form.renderer in TAKEN_ALONG],
        further_forms=[form for form in forms if form.renderer not in TAKEN_ALONG],
        corrections=work.corrections.get(row.version_id, ()),
        picture=_picture(reading.media),
        recordings=[block for block in reading.manuscript.blocks if isinstance(block, Recording)],
        media=reading.media,
        section=_section(topics, str(row.release.work_kind), frame=frame),
        near=cards_of(near, frame=frame, at=at),
        topics=topics,
    )


def elsewhere(work: PublicWork, row: ReleasedVersion | None, *, frame: str) -> list[Elsewhere]:
    """The other languages of a work, as they are reached from a frame. No query."""
    return [
        Elsewhere(tongue, in_frame(tongue.address, frame=frame, interface=codes()))
        for tongue in work.tongues
        if row is None or (tongue.tag, tongue.mode) != (row.language.tag, row.mode)
    ]


def same_by_code(work: PublicWork) -> dict[str, str]:
    """The addresses of the work by interface language, for the switcher. No query."""
    known = codes()
    return {
        tongue.tag.lower(): tongue.address
        for tongue in reversed(work.tongues)
        if tongue.tag.lower() in known
    }


def alternates_of(work: PublicWork) -> dict[str, str]:
    """The addresses of all written languages of a work by tag, for the head. No query."""
    return {tongue.tag: tongue.address for tongue in work.tongues if not tongue.is_spoken}


@dataclass(frozen=True, slots=True)
class Gone:
    """A text that was taken back, with what the public is told; `better` leads on from there."""

    row: ReleasedVersion
    title: str
    elsewhere: Sequence[Elsewhere]
    better: Tongue | None


def gone_now(work: PublicWork, row: ReleasedVersion, *, frame: str, at: datetime) -> Gone:
    """The page of a withdrawal. One query where it leads on. A stopped text is not named."""
    better: Mapping[int, Tongue] = (
        addresses_of_subjects([row.redirect_to_id], language=row.language.tag, at=at)
        if row.redirect_to_id
        else {}
    )
    stopped = row.version.state == VersionState.STOPPED
    return Gone(
        row=row,
        title="" if stopped else row.title,
        elsewhere=elsewhere(work, row, frame=frame),
        better=better.get(row.redirect_to_id or 0),
    )


def _picture(media: ReleasedMedia) -> Picture | None:
    """The first picture, or the poster of the first film: for the head of the page."""
    seen = (media.shown(key) for key in media.files if key.startswith(("picture/", "video/")))
    return next((picture for picture in seen if picture is not None), None)


def _section(topics: Sequence[str], kind: str, *, frame: str) -> SectionPage | None:
    """The section of the frame's tree that the work stands in. Two queries."""
    found: list[SectionPage] = list(
        SectionPage.objects.live()
        .filter(url_path__startswith=f"/{frame}/")
        .prefetch_related("topics")
        .order_by("path")
    )
    for section in found:
        keys = {topic.key for topic in section.topics.all()}
        if keys & set(topics) and (not section.kinds or kind in section.kinds):
            return section
    return None
