"""The release: files first, then everything in one transaction, or nothing.

Bytes are staged under names that nobody can guess and open to nobody; the transaction writes the
rows, opens the files and tells the outbox. A process that is killed before the commit has released
nothing, one killed after it has released all; trying again changes nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.media.actions import (
    keep_file,
    open_public_copies,
    sign_file,
    stage_public_copy,
    withdraw_public_copy,
)
from nhipcau.media.errors import CannotBeSigned, NoProvenanceKey
from nhipcau.media.models import PublicCopy
from nhipcau.outbox.actions import put
from nhipcau.people.models import Person
from nhipcau.publishing.actions.withdrawing import let_files_go
from nhipcau.publishing.enums import BundleState, ReleaseKind
from nhipcau.publishing.errors import NotReadyToRelease, NotYours
from nhipcau.publishing.models import (
    Bundle,
    BundleItem,
    BundleVersion,
    Release,
    ReleasedFile,
    ReleasedVersion,
    releasing,
)
from nhipcau.publishing.queries.bundles import (
    is_under_embargo,
    locked_bundle,
    only_publishers,
)
from nhipcau.publishing.queries.leaving import Leaving, files_of
from nhipcau.publishing.queries.obstacles import RELEASE_TOPIC, dry_run, reasons_of
from nhipcau.publishing.rules.releases import holder_of, kind_of_release
from nhipcau.publishing.signals import released
from nhipcau.search.contract import tell_changed, tell_new
from nhipcau.translation.actions import note_going_out
from nhipcau.translation.models import Subject, digest_of
from nhipcau.works.actions import note_public
from nhipcau.works.models import Work

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
AT_ONCE = frozenset({BundleState.DRAFT, BundleState.HELD, BundleState.SCHEDULED})


def release_bundle(*, bundle: Bundle, by: Person, at: datetime) -> list[Release]:
    """Release everything in the bundle now, in one transaction or not at all.

    Raises NotYours for whoever may not release for every unit concerned, NotReadyToRelease with
    all reasons, a running embargo among them; nothing is public then.
    """
    _only_publishers_of_all(bundle, by=by, at=at)
    return _release(bundle, AT_ONCE, by=by, at=at)


def _only_publishers_of_all(bundle: Bundle, *, by: Person, at: datetime) -> None:
    units = BundleItem.objects.filter(bundle=bundle).values_list("subject__unit", flat=True)
    for unit_id in {bundle.unit_id, *units}:
        only_publishers(unit_id, by=by, at=at)


def release_scheduled(*, bundle: Bundle, by: Person, at: datetime) -> list[Release]:
    """Release a bundle whose minute has come; called by the worker in its scheduler's name.

    What stands in the way at that minute (a consent that ended meanwhile, a scheduler who may not
    release any more) holds the bundle back with its reasons, and nothing goes out. The lateness is
    kept.
    """
    try:
        _only_publishers_of_all(bundle, by=by, at=at)
        return _release(bundle, frozenset({BundleState.SCHEDULED}), by=by, at=at)
    except NotYours:
        gone = _("%(person)s, who let it wait, may not release any more; somebody else has to.")
        _hold_back(bundle, [gone % {"person": by}], by=by, at=at)
        return []
    except NotReadyToRelease as refusal:
        _hold_back(bundle, refusal.reasons, by=by, at=at)
        return []


def _release(
    bundle: Bundle, states: frozenset[BundleState], *, by: Person, at: datetime
) -> list[Release]:
    with transaction.atomic():
        locked_bundle(bundle, states)  # nothing is staged for what is out already
    try:
        unsigned = files_of(bundle)
        leaving = [_signed(each, by=by, at=at) for each in unsigned]
    except (NoProvenanceKey, CannotBeSigned) as missing:
        raise NotReadyToRelease(_("The bundle cannot leave as it is."), [str(missing)]) from missing
    _stage(bundle, leaving, by=by, at=at)
    try:
        return _write_if_it_may_leave(bundle, states, leaving, unsigned, by=by, at=at)
    except NotReadyToRelease:
        _unstage(bundle, leaving, by=by, at=at)
        raise


def _write_if_it_may_leave(
    bundle: Bundle,
    states: frozenset[BundleState],
    leaving: Collection[Leaving],
    unsigned: Collection[Leaving],
    *,
    by: Person,
    at: datetime,
) -> list[Release]:
    """The one transaction.

    What is looked through in it has to be what was signed before it began (`unsigned`).
    Nothing when the minute has not come: a clock was set back, or the schedule was put off since
    the worker looked.
    """
    with transaction.atomic(), releasing():
        fresh = locked_bundle(bundle, states)
        only_at_its_minute = states == frozenset({BundleState.SCHEDULED})
        if only_at_its_minute and fresh.goes_out_at is not None and fresh.goes_out_at > at:
            return []
        if not only_at_its_minute and is_under_embargo(fresh, at=at):
            raise NotReadyToRelease(
                _("The bundle cannot leave as it is."),
                [_("It is under embargo; call it off first if the embargo has been lifted.")],
            )
        _hold_subjects(fresh)
        found = dry_run(fresh, at=at)
        if not found.may_leave:
            raise NotReadyToRelease(
                _("The bundle cannot leave as it is."), reasons_of(found.hindrances)
            )
        if set(found.files) != set(unsigned):
            raise NotReadyToRelease(
                _("The bundle cannot leave as it is."),
                [_("A file was replaced while the bundle was being signed; release it again.")],
            )
        return _write(fresh, leaving, by=by, at=at)


def _hold_subjects(bundle: Bundle) -> None:
    """A withdrawal of the same work waits, so that it takes back what has just gone out."""
    items = BundleItem.objects.filter(bundle=bundle)
    list(
        Subject.objects.select_for_update()
        .filter(pk__in=items.values("subject"))
        .order_by("pk")
        .values_list("pk")
    )


def _write(
    bundle: Bundle, leaving: Collection[Leaving], *, by: Person, at: datetime
) -> list[Release]:
    late_by = 0
    if bundle.goes_out_at is not None and bundle.state == BundleState.SCHEDULED:
        late_by = max(0, int((at - bundle.goes_out_at).total_seconds()))
    chosen: dict[int, list[BundleVersion]] = {}
    for each in (
        BundleVersion.objects.filter(item__bundle=bundle)
        .select_related("version__language", "version__source__language", "revision")
        .order_by("pk")
    ):
        chosen.setdefault(each.item_id, []).append(each)
    items = list(
        BundleItem.objects.filter(bundle=bundle)
        .select_related("subject__unit", "subject__work")
        .order_by("pk")
    )
    releases = [
        _release_subject(item, chosen[item.pk], late_by=late_by, by=by, at=at)
        for item in items
        if item.pk in chosen
    ]
    note_public(subjects=[each.subject_id for each in releases], by=by, at=at)
    _write_files(bundle, releases, leaving)
    let_files_go(subjects=[each.subject_id for each in releases if each.number > 1], by=by, at=at)
    bundle.state, bundle.went_out_at, bundle.late_by = BundleState.OUT, at, late_by
    bundle.trouble = []
    bundle.save()
    record(
        event="publishing.bundle.out",
        target=bundle,
        by=by,
        at=at,
        after={"releases": [str(release.uuid) for release in releases], "late_by": late_by},
    )
    for release in releases:
        holder = holder_of(bundle.pk, release.subject_id)
        open_public_copies(holder=holder, opens_at=at, by=by, at=at)
        put(
            topic=RELEASE_TOPIC,
            key=f"{RELEASE_TOPIC}:{release.pk}",
            about=f"subject:{release.subject_id}",
            payload={
                "release": str(release.uuid),
                "subject": str(release.subject.uuid),
                "kind": release.kind,
                "languages": sorted(
                    each.version.language.tag
                    for item in items
                    if item.subject_id == release.subject_id
                    for each in chosen[item.pk]
                ),
            },
            at=at,
        )
        released.send(Release, release=release, by=by, at=at)
    return releases


def _release_subject(
    item: BundleItem, chosen: list[BundleVersion], *, late_by: int, by: Person, at: datetime
) -> Release:
    """The rows of one subject: what it is today is frozen, what was public before is superseded."""
    subject = item.subject
    work: Work | None = getattr(subject, "work", None)
    versions = [each.version_id for each in chosen]
    standing = ReleasedVersion.objects.filter(version__in=versions, superseded_at__isnull=True)
    changes = standing.filter(withdrawn_at__isnull=True).exists()
    earlier = Release.objects.filter(subject=subject).count()
    replaced = list(standing.values_list("pk", flat=True))
    standing.update(superseded_at=at)
    tell_changed(model=ReleasedVersion, keys=replaced)
    release = Release.objects.create(
        subject=subject,
        number=earlier + 1,
        kind=kind_of_release(earlier=earlier, changes_public_words=changes),
        work_kind=work.kind if work else "",
        bundle=item.bundle,
        unit=subject.unit,
        unit_name=subject.unit.label,
        audiences=list(work.audiences) if work else [],
        public_note=item.note,
        released_at=at,
        late_by=late_by,
        released_by=by,
    )
    if work is not None:
        release.tasks.set(work.tasks.all())
        release.areas.set(work.areas.all())
        release.topics.set(work.topics.all())
        release.programmes.set(work.programmes.all())
    out = ReleasedVersion.objects.bulk_create(
        ReleasedVersion(
            release=release,
            version=each.version,
            revision=each.revision,
            digest=digest_of(each.revision.content),
            language=each.version.language,
            mode=each.version.mode,
            title=each.revision.content.get("title") or each.revision.content.get("title_vi") or "",
            slug=each.revision.content.get("slug") or "",
            source_language=each.version.source.language.tag if each.version.source else "",
            machine_helped=bool(each.revision.content.get("machine_helped")),
        )
        for each in chosen
    )
    tell_new(model=ReleasedVersion, keys=[each.pk for each in out])
    note_going_out(revisions=[each.revision_id for each in chosen], by=by, at=at)
    record(
        event=(
            "publishing.release.corrected"
            if release.kind == ReleaseKind.CORRECTION
            else "publishing.release.out"
        ),
        target=release,
        by=by,
        at=at,
        after={
            "subject": subject.short_id,
            "unit": subject.unit.key,
            "revisions": sorted(each.revision_id for each in chosen),
        },
    )
    return release


def _write_files(
    bundle: Bundle, releases: Collection[Release], leaving: Collection[Leaving]
) -> None:
    of_subject = {release.subject_id: release for release in releases}
    copies = {
        copy.stored_id: copy
        for copy in PublicCopy.objects.filter(stored__in=[each.stored for each in leaving])
    }
    ReleasedFile.objects.bulk_create(
        ReleasedFile(
            release=of_subject[each.subject_id],
            rendition=each.rendition,
            media_key=each.media_key,
            role=each.role,
            language_id=each.language_id,
            stored=each.stored,
            public_copy=copies[each.stored.pk],
            name=each.name,
            media_type=each.media_type,
        )
        for each in leaving
        if each.subject_id in of_subject
    )


def _signed(leaving: Leaving, *, by: Person, at: datetime) -> Leaving:
    """The same file as it leaves: with the credential of the house, where its kind carries one.

    Subtitles and transcripts become files here.
    """
    whole = leaving.made_of and _signed(leaving.made_of, by=by, at=at)
    content = leaving.content
    stored = sign_file(
        stored=(
            keep_file(chunks=[content], by=by, at=at) if isinstance(content, bytes) else content
        ),
        mime=leaving.media_type,
        said=leaving.said,
        made_of=(whole.stored, whole.media_type) if whole else None,
        by=by,
        at=at,
    )
    return dataclasses.replace(leaving, content=stored)


def _stage(bundle: Bundle, leaving: Collection[Leaving], *, by: Person, at: datetime) -> None:
    for each in leaving:
        stage_public_copy(
            stored=each.stored,
            mime=each.media_type,
            ending=each.ending,
            holder=holder_of(bundle.pk, each.subject_id),
            opens_at=NEVER,
            by=by,
            at=at,
        )


def _unstage(bundle: Bundle, leaving: Collection[Leaving], *, by: Person, at: datetime) -> None:
    for each in leaving:
        withdraw_public_copy(
            stored=each.stored, holder=holder_of(bundle.pk, each.subject_id), by=by, at=at
        )


@transaction.atomic
def _hold_back(bundle: Bundle, reasons: list[str], *, by: Person, at: datetime) -> None:
    fresh = locked_bundle(bundle, frozenset({BundleState.SCHEDULED}))
    if fresh.goes_out_at is None or fresh.goes_out_at > at:
        return  # it was put off since the worker looked
    fresh.state, fresh.trouble = BundleState.HELD, reasons
    fresh.save(update_fields=["state", "trouble"])
    record(
        event="publishing.bundle.held",
        target=fresh,
        by=by,
        at=at,
        after={"reasons": len(reasons)},
    )
