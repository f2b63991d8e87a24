"""Beginning versions and keeping their words."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from nhipcau.audit.actions import record
from nhipcau.kernel.folding import unaccented
from nhipcau.media.models import MediaItem
from nhipcau.people.models import Person
from nhipcau.registry.enums import LanguageMode
from nhipcau.registry.models import Language, Unit
from nhipcau.translation.enums import ContributionKind, Mode, VersionState
from nhipcau.translation.errors import NotPossible, VersionClosed, WordsMovedOn
from nhipcau.translation.models import (
    Approval,
    Contribution,
    LanguageVersion,
    MediaUse,
    Subject,
)
from nhipcau.translation.queries import refuse_stopped, with_library_texts
from nhipcau.translation.rules.addresses import new_short_id, slug_of
from nhipcau.translation.rules.media_numbers import numbers_in
from nhipcau.translation.rules.states import may_write
from nhipcau.translation.signals import version_saved


@transaction.atomic
def start_subject(
    *, kind: str, unit: Unit, by: Person, at: datetime, is_sample: bool = False
) -> Subject:
    """A new thing that will have words; its short id was never used before."""
    while Subject.objects.filter(short_id=(short_id := new_short_id(secrets.choice))).exists():
        continue
    subject = Subject.objects.create(
        short_id=short_id, kind=kind, unit=unit, made_at=at, is_sample=is_sample
    )
    record(
        event="translation.subject.started",
        target=subject,
        by=by,
        at=at,
        after={"kind": kind, "unit": unit.key},
    )
    return subject


@transaction.atomic
def start_version(
    *,
    subject: Subject,
    language: Language,
    by: Person,
    at: datetime,
    mode: str = Mode.WRITTEN,
    title: str = "",
    title_vi: str = "",
    summary: str = "",
    body: Sequence[Mapping[str, Any]] = (),
    source: LanguageVersion | None = None,
    machine_helped: bool = False,
    copied_from: Iterable[Person] = (),
) -> LanguageVersion:
    """Begin the words of the subject in a language, with a first revision.

    With a `source` the version is a translation of the source's approved revision; raises
    NotPossible when the source has none, when the language is only spoken and the mode is not,
    and when the version exists already. `copied_from` are those who wrote what it begins with:
    they have a hand in it, so that copying opens no way round the four eyes.
    What the library says of pictures is taken over where the body says nothing of them, here and
    whenever words are kept.
    """
    if language.mode == LanguageMode.AUDIO_ONLY and mode != Mode.SPOKEN:
        raise NotPossible(
            _("%(language)s has no script in use here: only a spoken version can be made.")
            % {"language": language}
        )
    if mode == Mode.SPOKEN and not title_vi:
        raise NotPossible(_("A spoken version needs a title in Vietnamese too."))
    refuse_stopped(subject.pk)
    if LanguageVersion.objects.filter(subject=subject, language=language, mode=mode).exists():
        raise NotPossible(_("This version exists already."))
    pinned = None
    if source is not None:
        pinned = _approved_revision(source)
        if source.subject_id != subject.pk:
            raise NotPossible(_("The source is another work's text."))
    version = LanguageVersion.objects.create(
        subject=subject,
        language=language,
        mode=mode,
        title=title[:300],
        title_vi=title_vi[:300],
        summary=summary,
        body=_as_body(with_library_texts(list(body), language_id=language.pk)),
        slug=slug_of(title),
        source=source,
        made_from=pinned,
        machine_helped=machine_helped,
        saved_at=at,
        folded=unaccented(f"{title} {title_vi}")[:700],
    )
    kind = ContributionKind.TRANSLATED if source else ContributionKind.WROTE
    revision = version.save_revision(_user(by), by=by, kind=kind, clean=False)
    record(
        event="translation.version.started",
        target=version,
        by=by,
        at=at,
        after={"language": language.tag, "mode": mode, "made_from": pinned and pinned.pk},
    )
    for person in copied_from:
        Contribution.objects.get_or_create(
            version=version, person=person, kind=ContributionKind.COPIED_FROM
        )
    _note_uses(version, revision)
    version_saved.send(LanguageVersion, version=version, revision=revision, by=by, at=at)
    return version


@transaction.atomic
def save_words(
    *,
    version: LanguageVersion,
    by: Person,
    at: datetime,
    words: Mapping[str, Any],
    seen: int | None = None,
    kind: str = ContributionKind.WROTE,
) -> Revision:
    """Keep these words (any of TEXT_FIELDS, `body` as raw blocks) as a new revision.

    `seen` is the revision that the author had before him; raises WordsMovedOn when there is a
    newer one, VersionClosed while a reviewer holds the text. Incomplete words are kept as well.
    """
    fresh = LanguageVersion.objects.select_for_update().get(pk=version.pk)
    if not may_write(fresh.state):
        raise VersionClosed(
            _("This text is with a reviewer or was stopped; it can be changed when it returns.")
        )
    if seen is not None and fresh.latest_revision_id != seen:
        raise WordsMovedOn(
            _("Somebody else has saved this text since you opened it; compare before you save.")
        )
    for name, value in words.items():
        setattr(fresh, name, _as_body(value) if name == "body" else value)
    _take_over_library_texts(fresh)
    fresh.slug = fresh.slug or slug_of(fresh.title)
    revision = fresh.save_revision(_user(by), by=by, kind=kind, clean=False)
    record(
        event="translation.version.saved",
        target=fresh,
        by=by,
        at=at,
        after={"revision": revision.pk},
    )
    _note_uses(fresh, revision)
    version_saved.send(LanguageVersion, version=fresh, revision=revision, by=by, at=at)
    version.refresh_from_db()
    return revision


@transaction.atomic
def keep_draft(
    *,
    version: LanguageVersion,
    by: Person,
    at: datetime,
    overwrite: Revision | None = None,
    seen: int | None = None,
) -> Revision:
    """Keep the words that an editor's form put into the version; incomplete ones as well.

    `overwrite` is a revision that the same page has saved by itself before: it is saved over, and
    the diary does not tell it again. `seen` is the revision that the page goes on from; raises
    WordsMovedOn when there is a newer one, VersionClosed while a reviewer holds the text.
    """
    newest = (
        LanguageVersion.objects.select_for_update()
        .values_list("latest_revision_id", flat=True)
        .get(pk=version.pk)
    )
    if seen is not None and newest != seen:
        raise WordsMovedOn(
            _("Somebody else has saved this text since you opened it; compare before you save.")
        )
    _take_over_library_texts(version)
    version.slug = version.slug or slug_of(version.title)
    kind = ContributionKind.TRANSLATED if version.source_id else ContributionKind.WROTE
    revision = version.save_revision(
        _user(by), by=by, kind=kind, clean=False, overwrite_revision=overwrite
    )
    if overwrite is None or revision.pk != overwrite.pk:
        record(
            event="translation.version.saved",
            target=version,
            by=by,
            at=at,
            after={"revision": revision.pk},
        )
    _note_uses(version, revision)
    version_saved.send(LanguageVersion, version=version, revision=revision, by=by, at=at)
    return revision


@transaction.atomic
def follow_source(*, version: LanguageVersion, by: Person, at: datetime) -> Revision:
    """The translator has looked at the source's newest approved revision and goes on from it."""
    fresh = (
        LanguageVersion.objects.select_for_update(of=("self",))
        .select_related("source")
        .get(pk=version.pk)
    )
    if fresh.source is None:
        raise NotPossible(_("This text is no translation."))
    refuse_stopped(fresh.subject_id)
    pinned = _approved_revision(fresh.source)
    before = fresh.made_from_id
    fresh.made_from = pinned
    fresh.out_of_date_since = None
    fresh.save(update_fields=["made_from", "out_of_date_since"])
    record(
        event="translation.version.followed_source",
        target=fresh,
        by=by,
        at=at,
        before={"made_from": before},
        after={"made_from": pinned.pk},
    )
    version.refresh_from_db()
    return pinned


@transaction.atomic
def copy_words(
    *, version: LanguageVersion, to: Subject, by: Person, at: datetime
) -> LanguageVersion:
    """Begin a version of another subject with the same words, in the hands of their writers too.

    Raises TextStopped: a copy would carry a secret on, unlocked.
    """
    refuse_stopped(version.subject_id)
    return start_version(
        subject=to,
        language=version.language,
        mode=version.mode,
        by=by,
        at=at,
        title=version.title,
        title_vi=version.title_vi,
        summary=version.summary,
        body=list(version.body.raw_data),
        machine_helped=version.machine_helped,
        copied_from=Person.objects.filter(contributions__version=version).distinct(),
    )


def _take_over_library_texts(version: LanguageVersion) -> None:
    """Of a picture of which the words say nothing they say what the library says of it.

    No query without such pictures, else two.
    """
    raw = list(version.body.get_prep_value())
    told = with_library_texts(raw, language_id=version.language_id)
    if told is not raw:
        version.body = _as_body(told)


def _note_uses(version: LanguageVersion, revision: Revision) -> None:
    """What the revision shows, in place of what earlier drafts showed; approved ones are kept.

    Numbers that no item has are left out.
    Two queries, four where something is shown.
    """
    approved = version.approvals.exclude(revision=revision).values("revision")
    MediaUse.objects.filter(version=version).exclude(revision__in=approved).delete()
    numbers = set(numbers_in(list(version.body.get_prep_value())))
    if numbers:
        MediaUse.objects.bulk_create(
            MediaUse(version=version, revision=revision, item_id=number)
            for number in MediaItem.objects.filter(pk__in=numbers).values_list("pk", flat=True)
        )


def _approved_revision(source: LanguageVersion) -> Revision:
    approval = (
        Approval.objects.select_related("revision")
        .filter(version=source, revision=source.approved_revision_id)
        .first()
    )
    if approval is None or not approval.holds or source.state == VersionState.STOPPED:
        raise NotPossible(
            _("The source has no approved text yet; a translation is made from an approved one.")
        )
    return approval.revision


def _user(person: Person) -> Any:
    return getattr(person, "user", None)


def _as_body(blocks: Any) -> Any:
    """Raw blocks as the stream field takes them; a stream value as it is."""
    field = LanguageVersion._meta.get_field("body")
    if isinstance(blocks, list | tuple):
        return field.stream_block.to_python(list(blocks))
    return blocks
