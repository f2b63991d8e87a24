"""Words with what surrounds them: for the checks, and for the renderers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Revision

from nhipcau.media.enums import ItemKind
from nhipcau.media.models import MediaItem
from nhipcau.media.queries.playing import SpokenWords, spoken_words
from nhipcau.publishing.models import Clearance, ReleasedVersion
from nhipcau.translation.manuscript import (
    Figure,
    FileLink,
    Gallery,
    Manuscript,
    MapFigure,
    Medium,
    Recording,
    Resolve,
    from_body,
    plain_text,
)
from nhipcau.translation.models import Approval, LanguageVersion
from nhipcau.translation.proofreading.context import Machine, NameBook, Rights
from nhipcau.translation.proofreading.draft import Draft, Role, Spoken, Version, no_media
from nhipcau.translation.proofreading.links import Fault, addresses_of, known_visits, parsed
from nhipcau.translation.proofreading.names_on_record import names_on_record
from nhipcau.translation.proofreading.reading import Report, proofread
from nhipcau.translation.rules.media_numbers import PARTS, numbers_in
from nhipcau.works.models import Work

PLAYED = (ItemKind.AUDIO, ItemKind.VIDEO)  # also the names of the blocks that play them


def items_in(bodies: Iterable[Any]) -> dict[int, MediaItem]:
    """The media items that these raw bodies show, by number; what is in the trash is left out.

    One query, none where they show nothing.
    """
    return items_by_number({number for body in bodies for number in numbers_in(body)})


def items_by_number(numbers: Collection[int]) -> dict[int, MediaItem]:
    """The media items of these numbers, with their files; those in the trash are left out.

    One query, none for no number.
    """
    if not numbers:
        return {}
    found = (
        MediaItem.objects.not_in_trash()
        .filter(pk__in=numbers)
        .select_related("current", "current__stored")
    )
    return {item.pk: item for item in found}


def is_of_record(item: MediaItem) -> bool:
    """Whether it is a map or historical material, of which readers are told where it is from."""
    return bool(item.is_map or item.origin or item.archive_mark)


def provenance_of(item: MediaItem) -> tuple[str, ...]:
    """Where a map or historical material is from and when it was made; nothing of other media."""
    if not is_of_record(item):
        return ()
    return tuple(part for part in (item.origin, item.made_in_year) if part)


def credit_of(item: MediaItem) -> str:
    """What stands beside a medium wherever it is shown: credit, and provenance where it counts."""
    return " · ".join(part for part in (item.credit, ", ".join(provenance_of(item))) if part)


def resolver(
    items: Mapping[int, MediaItem], transcripts: Mapping[int, str] | None = None
) -> Resolve:
    """Finds a medium among these items; `transcripts` are what is said in them, by item."""
    said = transcripts or {}

    def resolve(kind: str, number: int, /) -> Medium | None:
        item = items.get(number)
        if item is None:
            return None
        seconds = (item.current.duration_ms or 0) // 1000 if item.current else 0
        return Medium(
            key=f"{kind}/{number}",
            title=item.title,
            credit=credit_of(item),
            transcript=said.get(number, ""),
            poster=f"poster/{number}" if kind == "video" else "",
            seconds=seconds,
        )

    return resolve


def _rights(item: MediaItem) -> Rights:
    return Rights(
        credit=item.credit,
        source=item.source,
        holder=item.rights_holder,
        licence=item.licence,
        licence_until=item.expires_on,
        consent=item.consent,
        consent_until=item.consent_until,
        is_map=item.is_map,
        file_name=item.current.file_name if item.current else "",
    )


def _said(
    items: Mapping[int, MediaItem], words: Mapping[int, Sequence[SpokenWords]], language_id: int
) -> dict[str, tuple[Spoken, ...]]:
    """What these items say in the language, by the keys under which words play them. No query."""
    said: dict[str, tuple[Spoken, ...]] = {}
    for number, every in words.items():
        title = items[number].title
        own = tuple(
            Spoken(title, Role.TRANSCRIPT, each.language, each.text.strip())
            if each.is_transcript
            else Spoken.of_lines(title, each.language, [(cue.start, cue.text) for cue in each.cues])
            for each in every
            if each.language_id == language_id
        )
        if own:
            said |= {f"{kind}/{number}": own for kind in PLAYED}
    return said


def version_of(
    version: LanguageVersion,
    content: Mapping[str, Any],
    resolve: Resolve = no_media,
    *,
    spoken: Mapping[str, tuple[Spoken, ...]] | None = None,
) -> Version:
    """The words of a revision's content, as checks and comparisons read them. No query."""
    return Version.read(
        language=version.language.tag,
        title=content.get("title") or "",
        summary=content.get("summary") or "",
        body=raw_body(content),
        resolve=resolve,
        spoken=spoken,
    )


def raw_body(content: Mapping[str, Any]) -> list[Any]:
    """The raw blocks of a revision's content, which keeps them as JSON in a text."""
    body = content.get("body") or "[]"
    return json.loads(body) if isinstance(body, str) else list(body)


def words_of(content: Mapping[str, Any]) -> str:
    """All words of a revision as plain text, for counting."""
    read = from_body(raw_body(content), resolver({}))
    told = Manuscript(
        language="",
        script="",
        title=content.get("title") or "",
        summary=content.get("summary") or "",
        blocks=read.blocks,
        issuer="",
    )
    return plain_text(told)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What all checks say of a text, and the links that the worker has not visited lately."""

    report: Report
    unvisited: tuple[str, ...] = ()


def inspections_of(
    versions: Iterable[LanguageVersion], *, on: date, planned: date | None = None
) -> dict[int, Inspection]:
    """What the checks say of these versions of one subject, by the version's key.

    The registry's names are read once: fifteen queries (0.02 s with a province's units and areas)
    and those of `draft_of` for each version.
    """
    asked = list(versions)
    if not asked:
        return {}
    names = names_on_record(scope=asked[0].subject.unit.area_id)
    drafts = {
        version.pk: draft_of(version, names=names, on=on, planned=planned) for version in asked
    }
    return {
        key: Inspection(
            proofread(draft), tuple(url for url in links_of(draft) if url not in draft.visits)
        )
        for key, draft in drafts.items()
    }


def draft_of(
    version: LanguageVersion, *, names: NameBook, on: date, planned: date | None = None
) -> Draft:
    """The version's newest words with their media's rights, source and sister versions.

    What its films and sounds say in its language leaves with it, and is read with it. Links come
    with what the worker found when it visited them lately; nobody is visited here. Six queries,
    whatever the words hold, two more where they show film or sound, and one of the cache where
    they hold links.
    """
    version = LanguageVersion.objects.select_related(
        "language", "latest_revision", "made_from", "source__language", "subject__work"
    ).get(pk=version.pk)
    others = list(
        LanguageVersion.objects.filter(subject=version.subject_id)
        .exclude(pk=version.pk)
        .select_related("language", "latest_revision")
    )
    contents = [
        revision.content
        for revision in (
            version.latest_revision,
            version.made_from,
            *(other.latest_revision for other in others),
        )
        if revision is not None
    ]
    items = items_in(raw_body(content) for content in contents)
    resolve = resolver(items)
    own = version.latest_revision.content if version.latest_revision else {}
    played = [number for number, item in items.items() if item.kind in PLAYED]
    words = spoken_words(played) if played else {}
    read = version_of(version, own, resolve, spoken=_said(items, words, version.language_id))
    work = Work.objects.filter(pk=version.subject_id).first()
    return Draft.of(
        read,
        kind=work.kind if work else "",
        today=on,
        names=names,
        visits=known_visits(links_of(read), cache=cache),
        planned=planned,
        rights={
            f"{kind}/{number}": _rights(item) for number, item in items.items() for kind in PARTS
        },
        made_from=(
            version_of(
                version.source,
                version.made_from.content,
                resolve,
                spoken=_said(items, words, version.source.language_id),
            )
            if version.source is not None and version.made_from is not None
            else None
        ),
        others=tuple(
            version_of(other, other.latest_revision.content, resolve)
            for other in others
            if other.latest_revision is not None
        ),
        machine=Machine(engine="?" if own.get("machine_helped") else ""),
    )


def newest_words_of(version_id: int) -> Version | None:
    """The words of a version as they were saved last; None where there are none. Two queries."""
    version = (
        LanguageVersion.objects.filter(pk=version_id)
        .select_related("language", "latest_revision")
        .first()
    )
    if version is None or version.latest_revision is None:
        return None
    return version_of(version, version.latest_revision.content)


def links_of(version: Version) -> list[str]:
    """The addresses that the words lead to, each once. No query."""
    return list(dict.fromkeys(address for *_place, address in addresses_of(version)))


def unvisited_in(words: Version) -> list[str]:
    """Links of the words that can be visited and were not lately. One query, none without links."""
    links = [url for url in links_of(words) if not isinstance(parsed(url), Fault)]
    visited = known_visits(links, cache=cache)
    return [url for url in links if url not in visited]


def links_not_visited(clearance: Clearance) -> int:
    """How many links of what was handed in nobody has visited lately. Two queries."""
    items = clearance.items.select_related("version__language", "revision")
    return len(
        {
            url
            for item in items
            for url in unvisited_in(version_of(item.version, item.revision.content))
        }
    )


@dataclass(frozen=True, slots=True)
class _Edition:
    number: int
    approved: date | None = None
    issued: date | None = None
    revised: date | None = None


def _edition_of(version: LanguageVersion, revision: Revision) -> _Edition:
    """Which edition these words are in their language, and its days in the province. Two queries.

    A form is made before its words are released, so a first edition bears the day on which they
    were approved; a later one that of the first release in this language, and as its revision the
    day on which its own words were approved. Words that nobody approved yet (looks at a draft) bear
    no day of their own. Only releases of earlier words count: neither a release of the very words
    nor one of another language makes the same form say something else.
    """
    earlier = ReleasedVersion.objects.filter(version=version)
    approval = None
    if revision.pk:
        earlier = earlier.filter(revision__lt=revision.pk)
        approval = Approval.objects.filter(revision=revision.pk).first()
    approved = timezone.localdate(approval.at) if approval else None
    released = list(
        earlier.order_by("release__released_at").values_list("revision", "release__released_at")
    )
    if not released:
        return _Edition(1, approved=approved)
    return _Edition(
        len({number for number, _at in released}) + 1,
        issued=timezone.localdate(released[0][1]),
        revised=approved,
    )


def manuscript_of(
    version: LanguageVersion,
    revision: Revision,
    *,
    items: Mapping[int, MediaItem] | None = None,
    words: Mapping[int, Sequence[SpokenWords]] | None = None,
) -> Manuscript:
    """The words of a revision for a renderer. Three queries, one less when media are given.

    Its days and its number follow from the revision alone (`_edition_of`), so the same words give
    the same form whenever it is made.
    `words` is what is said in the media; the transcripts of the version's language are read.
    """
    body = raw_body(revision.content)
    known = items_in([body]) if items is None else items
    language = version.language
    said = {
        number: each.text
        for number, spoken in (words or {}).items()
        for each in spoken
        if each.is_transcript and each.language_id == language.pk
    }
    read = from_body(body, resolver(known, said), language=language.tag)
    edition = _edition_of(version, revision)
    credits_ = tuple(
        dict.fromkeys(known[number].credit for number in numbers_in(body) if number in known)
    )
    return Manuscript(
        language=language.tag,
        script=language.script or "Latn",
        title=revision.content.get("title") or "",
        summary=revision.content.get("summary") or "",
        blocks=read.blocks,
        issuer=str(version.subject.unit),
        approved=edition.approved,
        issued=edition.issued,
        revised=edition.revised,
        version=str(edition.number),
        source_language=version.source.language.tag if version.source else "",
        machine_helped=bool(revision.content.get("machine_helped")),
        credits=tuple(credit for credit in credits_ if credit),
    )


def media_keys_of(manuscript: Manuscript) -> tuple[str, ...]:
    """The keys of all media that the words show, each once, in reading order."""
    found: dict[str, None] = {}
    for block in manuscript.blocks:
        figures = block.figures if isinstance(block, Gallery) else (block,)
        for figure in figures:
            shown = figure.figure if isinstance(figure, MapFigure) else figure
            if isinstance(shown, Figure | Recording | FileLink) and shown.media:
                found[shown.media] = None
    return tuple(found)
