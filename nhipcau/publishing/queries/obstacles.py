"""Whether a bundle may leave, and what exactly would leave: asked before, and at the minute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nhipcau.media.enums import Consent
from nhipcau.media.models import MediaItem
from nhipcau.media.queries.playing import NOTHING_YET, WebCopies, WebState, web_copies
from nhipcau.outbox.models import Consumer
from nhipcau.outbox.rules import hears
from nhipcau.publishing.enums import Obstacle
from nhipcau.publishing.models import (
    Bundle,
    BundleItem,
    BundleVersion,
    ReleasedVersion,
    Rendition,
)
from nhipcau.publishing.queries.inspection import raw_body
from nhipcau.publishing.queries.leaving import Leaving, forms_in, is_playing, leaving_with
from nhipcau.publishing.queries.pins import Shelf, has_former_look, is_stale, look_pin, shelf_of
from nhipcau.publishing.queries.releases import page_address
from nhipcau.publishing.queries.reviews import cleared_revisions
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import Approval
from nhipcau.translation.rules.media_numbers import media_in
from nhipcau.works.models import Permit, Work
from nhipcau.works.rules.kinds import spec_of

RELEASE_TOPIC = "publishing.release.out"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Something that cannot leave: of which work, in which language, and why."""

    subject_id: int
    what: str
    obstacle: Obstacle

    @property
    def sentence(self) -> str:
        return f"{self.what}: {self.obstacle.label}"


@dataclass(frozen=True, slots=True)
class DryRun:
    """Everything that would leave: addresses, files, consumers that will hear of it; or why not.

    `files` are what the release itself takes: forms with all their files, and what the words show
    in every size. Their public names are drawn when they leave.
    """

    addresses: tuple[str, ...]
    files: tuple[Leaving, ...]
    channels: tuple[str, ...]
    hindrances: tuple[Hindrance, ...] = field(default=())

    @property
    def may_leave(self) -> bool:
        return not self.hindrances

    @property
    def files_by_whole(self) -> list[tuple[str, list[Leaving]]]:
        """What each form and each thing that is shown is called, and its files."""
        parts: dict[tuple[object, ...], tuple[str, list[Leaving]]] = {}
        for each in self.files:
            whole = each.made_of or each
            of = (each.subject_id, each.media_key, each.rendition and each.rendition.pk)
            parts.setdefault(of, (whole.name, []))[1].append(each)
        return list(parts.values())


def reasons_of(hindrances: tuple[Hindrance, ...] | list[Hindrance]) -> list[str]:
    return list(dict.fromkeys(hindrance.sentence for hindrance in hindrances))


def dry_run(bundle: Bundle, *, at: datetime) -> DryRun:
    """What would leave with the bundle at the moment. Sixteen queries, whatever it holds.

    Four more where film or sound is among it.
    """
    day = timezone.localdate(at)
    items = list(
        BundleItem.objects.filter(bundle=bundle).select_related("subject__unit").order_by("pk")
    )
    chosen = list(
        BundleVersion.objects.filter(item__bundle=bundle)
        .select_related("item", "version__language", "version__subject", "revision")
        .order_by("item", "version__language__tag", "pk")
    )
    subjects = [item.subject_id for item in items]
    works = {work.pk: work for work in Work.objects.filter(pk__in=subjects)}
    public = {
        released.version_id: released.revision_id
        for released in ReleasedVersion.objects.filter(
            release__subject__in=subjects,
            superseded_at__isnull=True,
            withdrawn_at__isnull=True,
        )
    }
    forms = forms_in(bundle)
    sources = [source.revision_id for form in forms for source in form.made_of.all()]
    wanted = [*(each.revision_id for each in chosen), *sources]
    # An approval alone is a row; what counts is that reviewers said so, step by step.
    cleared = cleared_revisions(wanted)
    approvals = {
        approval.revision_id: approval
        for approval in Approval.objects.filter(revision__in=wanted).select_related(
            "revision", "version"
        )
        if approval.revision_id in cleared
    }
    shelf = shelf_of(
        [each.revision.content for each in chosen]
        + [approval.revision.content for approval in approvals.values()]
    )
    media = shelf.items
    permits = permits_of(subjects)
    copies = web_copies(shelf.moving.values())
    leaving = leaving_with(items=items, chosen=chosen, forms=forms, shelf=shelf, copies=copies)
    printed = {form.subject_id for form in forms if form.renderer in PRINTED}
    # Of what was stopped no file is named; it does not leave.
    stopped = {
        each.version.subject_id for each in chosen if each.version.state == VersionState.STOPPED
    }
    found: list[Hindrance] = []
    if not chosen:
        found.append(Hindrance(0, bundle.title, Obstacle.NOTHING_CHOSEN))
    for item in items:
        found += _of_subject(item, works.get(item.subject_id), day)
        if item.subject_id in printed and (work := works.get(item.subject_id)) is not None:
            found += _of_permits(work, permits.get(work.pk, ()), day)
    for each in chosen:
        found += _of_version(each, approvals.get(each.revision_id), public)
        found += _of_media(each, media, day)
        found += _of_playing(each, media, copies)
    for approval in approvals.values():
        found += _of_what_was_seen(approval, shelf)
    texts = public | {each.version_id: each.revision_id for each in chosen}
    look = look_pin() if forms else {}
    for form in forms:
        found += _of_form(form, texts, approvals, shelf, look)
    found += _lost_files(forms, leaving)
    found += _corrections_without_note(items, chosen, public)
    return DryRun(
        addresses=tuple(_address(each) for each in chosen),
        files=tuple(each for each in leaving if each.subject_id not in stopped),
        channels=tuple(
            consumer.name
            for consumer in Consumer.objects.filter(until__isnull=True).order_by("name")
            if hears(consumer.topics, RELEASE_TOPIC)
        ),
        hindrances=tuple(found),
    )


def _address(each: BundleVersion) -> str:
    is_stopped = each.version.state == VersionState.STOPPED
    return page_address(
        language=each.version.language.tag,
        slug="" if is_stopped else each.revision.content.get("slug") or "",
        short_id=each.version.subject.short_id,
    )


def _of_subject(item: BundleItem, work: Work | None, day: date) -> list[Hindrance]:
    found = []
    name = str(work) if work else item.subject.short_id
    if item.subject.unit.valid_to is not None and item.subject.unit.valid_to <= day:
        found.append(Hindrance(item.subject_id, name, Obstacle.UNIT_GONE))
    if work is None:
        return found
    if work.is_in_trash:
        found.append(Hindrance(work.pk, name, Obstacle.IN_TRASH))
    if work.expires_on is not None and work.expires_on < day:
        found.append(Hindrance(work.pk, name, Obstacle.WORK_EXPIRED))
    return found


def _of_permits(work: Work, permits: Sequence[Permit], day: date) -> list[Hindrance]:
    """What goes to a printing house needs a permit that holds on the day on which it leaves."""
    if not spec_of(work.kind).is_printed:
        return []
    if not permits:
        return [Hindrance(work.pk, str(work), Obstacle.PERMIT_MISSING)]
    ended = ended_permit(permits, on=day)
    if ended is None:
        return []
    what = _("%(work)s, permit %(number)s valid until %(day)s") % {
        "work": work,
        "number": ended.number,
        "day": date_format(ended.valid_to or day, "d/m/Y"),
    }
    return [Hindrance(work.pk, what, Obstacle.PERMIT_ENDED)]


def permits_of(works: Iterable[int]) -> dict[int, list[Permit]]:
    """Permits by work, by its key. One query."""
    found: dict[int, list[Permit]] = {}
    for permit in Permit.objects.filter(work__in=list(works)).order_by("issued_on", "pk"):
        found.setdefault(permit.work_id, []).append(permit)
    return found


def permit_ended_of(work: Work, *, on: date) -> Permit | None:
    """The permit of printed matter that no longer holds on the day, with no other in its place.

    One query, none for what is not printed.
    """
    if not spec_of(work.kind).is_printed:
        return None
    return ended_permit(permits_of([work.pk]).get(work.pk, ()), on=on)


def ended_permit(permits: Sequence[Permit], *, on: date) -> Permit | None:
    """The permit that ended last, when none holds on the day; its last day is one it holds on."""
    ends = [permit for permit in permits if permit.valid_to is not None and permit.valid_to < on]
    if not ends or len(ends) < len(permits):
        return None
    return max(ends, key=lambda permit: permit.valid_to or on)


# Forms that go to a printing house; the web page of a leaflet needs no permit.
PRINTED = frozenset({"sheet", "leaflet", "handbook", "poster", "parallel"})


def _of_version(
    each: BundleVersion, approval: Approval | None, public: dict[int, int]
) -> list[Hindrance]:
    version = each.version
    name = f"{version} ({version.language})"

    def because(obstacle: Obstacle) -> list[Hindrance]:
        return [Hindrance(version.subject_id, name, obstacle)]

    if version.state == VersionState.STOPPED:
        return because(Obstacle.STOPPED)
    if approval is None or approval.version_id != version.pk:
        return because(Obstacle.NOT_APPROVED)
    if not approval.holds:
        return because(Obstacle.CHANGED_SINCE)
    if version.approved_revision_id != each.revision_id:
        return because(Obstacle.NEWER_APPROVED)
    if public.get(version.pk) == each.revision_id and not each.item.note:
        return because(Obstacle.SAME_AS_PUBLIC)
    return []


def _of_media(each: BundleVersion, media: Mapping[int, MediaItem], day: date) -> list[Hindrance]:
    found = []
    for number in dict(media_in(raw_body(each.revision.content))):
        item = media.get(number)
        if item is None or item.current is None:
            found.append(Hindrance(each.version.subject_id, str(each.version), Obstacle.MEDIA_GONE))
            continue
        if item.expires_on is not None and item.expires_on < day:
            found.append(Hindrance(each.version.subject_id, str(item), Obstacle.RIGHTS_ENDED))
        ended = item.consent_until is not None and item.consent_until < day
        if ended or item.consent == Consent.REFUSED:
            found.append(Hindrance(each.version.subject_id, str(item), Obstacle.CONSENT_ENDED))
    return found


def _of_playing(
    each: BundleVersion, media: Mapping[int, MediaItem], copies: Mapping[int, WebCopies]
) -> list[Hindrance]:
    """Sound and film leave when readers can play them."""
    found = []
    for number, key in dict.fromkeys(media_in(raw_body(each.revision.content))):
        item = media.get(number)
        if item is None or item.current is None or not is_playing(key, item):
            continue
        state = copies.get(item.current.pk, NOTHING_YET).state
        if state is not WebState.READY:
            found.append(Hindrance(each.version.subject_id, str(item), OF_COPIES[state]))
    return found


OF_COPIES = {
    WebState.COMING: Obstacle.MEDIA_COMING,
    WebState.FAILED: Obstacle.MEDIA_UNPLAYABLE,
}


def _of_what_was_seen(approval: Approval, shelf: Shelf) -> list[Hindrance]:
    """What was approved is what leaves: files and what is told of them, as the words."""
    return [
        Hindrance(approval.version.subject_id, change.what, change.obstacle)
        for change in shelf.changed_since(
            approval.revision.content, pinned=approval.shown, at=approval.at
        )
    ]


def _of_form(
    form: Rendition,
    texts: Mapping[int, int],
    approvals: Mapping[int, Approval],
    shelf: Shelf,
    look: Mapping[str, str],
) -> list[Hindrance]:
    """`texts` are the revisions, by version, that are public once the bundle is out."""
    name = name_of(form)
    if form.state == "failed":
        return [Hindrance(form.subject_id, name, Obstacle.FORM_FAILED)]
    if form.state != "made":
        return [Hindrance(form.subject_id, name, Obstacle.FORM_MISSING)]
    if any(finding["blocking"] for finding in form.findings):
        return [Hindrance(form.subject_id, name, Obstacle.FORM_FLAWED)]
    if has_former_look(form, look):
        return [Hindrance(form.subject_id, name, Obstacle.FORM_FORMER_LOOK)]
    if is_stale(form, shelf, look):
        return [Hindrance(form.subject_id, name, Obstacle.FORM_STALE)]
    if any(texts.get(each.version_id) != each.revision_id for each in form.made_of.all()):
        return [Hindrance(form.subject_id, name, Obstacle.FORM_ALONE)]
    cleared = [approvals.get(source.revision_id) for source in form.made_of.all()]
    if any(approval is None or not approval.holds for approval in cleared):
        return [Hindrance(form.subject_id, name, Obstacle.NOT_APPROVED)]
    return []


def _lost_files(forms: list[Rendition], leaving: list[Leaving]) -> list[Hindrance]:
    """Forms of which not all files are there any more."""
    there = Counter(each.rendition.pk for each in leaving if each.rendition is not None)
    return [
        Hindrance(form.subject_id, name_of(form), Obstacle.FORM_MISSING)
        for form in forms
        if form.state == "made" and there[form.pk] < 1 + len(form.further)
    ]


def name_of(form: Rendition) -> str:
    """The name of a form's file; of what was stopped, or is not made yet, that of the form.

    No query when `made_of__version` was fetched.
    """
    sources = form.made_of.all()
    if any(source.version.state == VersionState.STOPPED for source in sources):
        return form.renderer
    return form.name or form.renderer


def _corrections_without_note(
    items: list[BundleItem], chosen: list[BundleVersion], public: dict[int, int]
) -> list[Hindrance]:
    changed = {
        each.item_id: each
        for each in chosen
        if each.version_id in public and public[each.version_id] != each.revision_id
    }
    return [
        Hindrance(item.subject_id, str(changed[item.pk].version), Obstacle.NEEDS_NOTE)
        for item in items
        if item.pk in changed and not item.note.strip()
    ]
