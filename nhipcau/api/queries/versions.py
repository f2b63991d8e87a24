"""One public text as an answer: all of its words, what was corrected, its files."""

from __future__ import annotations

import dataclasses

from nhipcau.api.queries.works import Absolute, file_answer, version_address, work_address, written
from nhipcau.api.shapes import Correction, ImprintLine, Version
from nhipcau.publishing.enums import ReleaseKind
from nhipcau.publishing.models import ReleasedVersion
from nhipcau.publishing.queries.public_works import PublicWork
from nhipcau.publishing.queries.reading import reading_of
from nhipcau.publishing.queries.releases import address_of
from nhipcau.publishing.renderers.contract import MediaAddress, MediaReader, PictureFile
from nhipcau.publishing.renderers.imprint import imprint
from nhipcau.publishing.renderers.web_page import WebDialect, article
from nhipcau.translation.manuscript import plain_text


class AbsoluteMedia:
    """Media under addresses that hold on any page: for words that are read elsewhere."""

    def __init__(self, media: MediaReader, absolute: Absolute) -> None:
        self._media = media
        self._absolute = absolute

    def picture(self, key: str, *, widest: int) -> PictureFile | None:
        return self._media.picture(key, widest=widest)

    def address(self, key: str) -> MediaAddress | None:
        found = self._media.address(key)
        if found is None:
            return None
        return dataclasses.replace(
            found,
            address=self._absolute(found.address),
            widths=tuple((width, self._absolute(each)) for width, each in found.widths),
            tracks=tuple(
                dataclasses.replace(track, address=self._absolute(track.address))
                for track in found.tracks
            ),
        )


def version_answer(work: PublicWork, row: ReleasedVersion, absolute: Absolute) -> Version:
    """A public text of a work, with its words as HTML and as plain text. Seven queries at most."""
    subject = work.subject
    reading = reading_of(row)
    words = reading.manuscript
    dialect = WebDialect(words.language, AbsoluteMedia(reading.media, absolute))
    release = row.release
    language = row.language.tag
    return Version(
        work=subject.short_id,
        work_self=absolute(work_address(subject)),
        kind=release.work_kind,
        issuer={"key": release.unit.key, "name": release.unit_name},
        language=language,
        mode=row.mode,
        title=row.title,
        summary=words.summary,
        page=absolute(address_of(row)),
        self=absolute(version_address(subject, language, row.mode)),
        first_released=written(work.firsts[row.version_id]),
        released=written(release.released_at),
        release=release.number,
        correction=release.public_note if release.kind == ReleaseKind.CORRECTION else "",
        translated_from=row.source_language,
        machine_helped=row.machine_helped,
        html=article(words, dialect),
        text=plain_text(words),
        imprint=[
            ImprintLine(name=line.name, label=line.label, value=line.value)
            for line in imprint(words)
        ],
        corrections=[
            Correction(at=written(told.at), note=told.note)
            for told in work.corrections.get(row.version_id, ())
        ],
        files=[file_answer(form, absolute) for form in work.forms if language in form.languages],
    )
