"""Where the texts and forms of one work stand: what its page tells, and what it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from nhipcau.publishing.enums import ItemState, StopState, Verdict
from nhipcau.publishing.models import (
    ClearanceItem,
    Decision,
    OpenStep,
    ReleasedVersion,
    Rendition,
    RenditionSource,
)
from nhipcau.publishing.queries.pins import (
    Change,
    changed_under_review,
    has_former_look,
    is_stale,
    look_pin,
    shelf_of,
    shelf_of_forms,
)
from nhipcau.publishing.renderers.contract import Purpose, Renderer
from nhipcau.publishing.renderers.findings import RenditionFinding, RenditionFindingKind
from nhipcau.publishing.renderers.listed import every_renderer
from nhipcau.translation.enums import VersionState
from nhipcau.translation.models import LanguageVersion, Subject
from nhipcau.translation.queries import known_versions
from nhipcau.translation.rules.states import may_become


@dataclass(frozen=True, slots=True)
class Standing:
    """One text: its last review with the stops of its route, and what the public reads of it.

    `returned` is why the author has it back, `public` what stands before the public, `withdrawn`
    what was taken back and not replaced, `changed` what it shows differently from what is under
    review or was cleared: it has to be handed in again.
    """

    version: LanguageVersion
    item: ClearanceItem | None = None
    step: OpenStep | None = None
    returned: Decision | None = None
    stops: Sequence[tuple[str, StopState]] = ()
    public: ReleasedVersion | None = None
    withdrawn: ReleasedVersion | None = None
    changed: Sequence[Change] = ()

    @property
    def may_be_handed_in(self) -> bool:
        return self.version.latest_revision_id is not None and may_become(
            self.version.state, VersionState.IN_CLEARANCE
        )

    @property
    def is_ready(self) -> bool:
        """Approved, and not what the public reads already."""
        approved = self.version.approved_revision_id
        return (
            self.version.state != VersionState.STOPPED
            and approved is not None
            and (self.public is None or self.public.revision_id != approved)
        )


def standings_of(subject: Subject, *, at: datetime) -> list[Standing]:
    """The texts of a subject, Vietnamese first. Five queries, four where its texts are known.

    One more where the texts show something of the library, and one where that is film or sound.
    """
    versions = known_versions(subject)
    reviews: dict[int, ClearanceItem] = {}
    for item in (
        ClearanceItem.objects.filter(clearance__subject=subject)
        .select_related("clearance__route", "revision")
        .prefetch_related("clearance__route__steps")
        .order_by("pk")
    ):
        reviews[item.version_id] = item
    waits, came_back = Q(closed_at__isnull=True), Q(decision__verdict=Verdict.RETURNED)
    steps: dict[int, OpenStep] = {}
    returned: dict[int, Decision] = {}
    for step in OpenStep.objects.filter(
        waits | came_back & Q(decision__back_to=0), item__clearance__subject=subject
    ).select_related("assignee", "decision"):
        if step.closed_at is None:
            steps[step.item_id] = step
        else:
            returned[step.item_id] = step.decision
    public: dict[int, ReleasedVersion] = {}
    withdrawn: dict[int, ReleasedVersion] = {}
    for released in (
        ReleasedVersion.objects.filter(release__subject=subject, superseded_at__isnull=True)
        .select_related("release", "redirect_to__work")
        .order_by("pk")
    ):
        taken_back = released.withdrawn_at is not None and released.withdrawn_at <= at
        (withdrawn if taken_back else public)[released.version_id] = released
    current = {
        version.pk: last
        for version in versions
        if (last := reviews.get(version.pk)) is not None and _is_current(last, version)
    }
    shelf = shelf_of(item.revision.content for item in current.values())
    changed = {key: changed_under_review(item, shelf=shelf) for key, item in current.items()}
    return [
        _standing(
            version, reviews, steps, returned, public=public, withdrawn=withdrawn, changed=changed
        )
        for version in versions
    ]


def _is_current(item: ClearanceItem, version: LanguageVersion) -> bool:
    """Whether the version's last review still stands for it: it is open, or it was the clearing."""
    return item.state == ItemState.OPEN or (
        item.state == ItemState.CLEARED and item.revision_id == version.approved_revision_id
    )


def _standing(
    version: LanguageVersion,
    reviews: Mapping[int, ClearanceItem],
    steps: Mapping[int, OpenStep],
    returned: Mapping[int, Decision],
    *,
    public: Mapping[int, ReleasedVersion],
    withdrawn: Mapping[int, ReleasedVersion],
    changed: Mapping[int, Sequence[Change]],
) -> Standing:
    item = reviews.get(version.pk)
    step = None if item is None else steps.get(item.pk)
    return Standing(
        version,
        item,
        step,
        None if item is None else returned.get(item.pk),
        _stops(item, step),
        public.get(version.pk),
        None if version.pk in public else withdrawn.get(version.pk),
        changed.get(version.pk, ()),
    )


def _stops(item: ClearanceItem | None, step: OpenStep | None) -> list[tuple[str, StopState]]:
    """The stops of an open review, with how far the text has come. No query."""
    if item is None or item.state != ItemState.OPEN or step is None:
        return []

    def state(number: int) -> StopState:
        if number == step.number:
            return StopState.NOW
        return StopState.PASSED if number < step.number else StopState.AHEAD

    return [
        (str(stop.kind.label), state(stop.number))
        for stop in sorted(
            (each.stop for each in item.clearance.route.steps.all()), key=lambda s: s.number
        )
        if stop.applies(is_flagged=item.is_flagged)
    ]


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of a work: what it is called, of which languages it was made, and how it stands.

    A form with the former look of the province is stale too.
    """

    form: Rendition
    name: str
    languages: tuple[str, ...]
    is_stale: bool
    has_former_look: bool
    is_locked: bool
    findings: tuple[tuple[str, bool], ...]

    @property
    def is_for_archive(self) -> bool:
        return self.form.purpose == Purpose.ARCHIVE

    @property
    def may_be_had(self) -> bool:
        return self.form.state == "made" and not self.is_locked


def forms_of(subject: Subject) -> list[FormLine]:
    """The newest form of each kind and set of languages.

    Three queries, as many more as for texts where the forms show something of the library.
    """
    names = {form.slug: str(form.name) for form in every_renderer()}
    sources = RenditionSource.objects.select_related("version__language").defer("version__body")
    newest: dict[tuple[object, ...], FormLine] = {}
    forms = list(
        Rendition.objects.filter(subject=subject)
        .select_related("file")
        .prefetch_related(Prefetch("made_of", sources))
        .order_by("ordered_at", "pk")
    )
    shelf, look = shelf_of_forms(forms), look_pin() if forms else {}
    for form in forms:
        made_of = list(form.made_of.all())
        key = (form.renderer, form.purpose, *(source.version_id for source in made_of))
        newest[key] = FormLine(
            form,
            names.get(form.renderer, form.renderer),
            tuple(str(source.version.language) for source in made_of),
            is_stale(form, shelf, look),
            has_former_look(form, look),
            any(source.version.state == VersionState.STOPPED for source in made_of),
            tuple(_told(finding) for finding in form.findings),
        )
    order = {slug: place for place, slug in enumerate(names)}
    return sorted(
        newest.values(), key=lambda line: (order.get(line.form.renderer, 99), line.form.pk)
    )


def _told(finding: Mapping[str, object]) -> tuple[str, bool]:
    """A kept finding as a sentence of the reader's language, and whether it stands in the way."""
    details = finding.get("details")
    told = RenditionFinding(
        RenditionFindingKind(str(finding["kind"])),
        str(finding["shown"]),
        blocking=bool(finding["blocking"]),
        details=dict(details) if isinstance(details, dict) else {},
    )
    return str(told), told.blocking


def forms_offered(kind: str) -> list[Renderer]:
    """The forms that are offered for a kind of work, in the order of the settings. No query."""
    return [form for form in every_renderer() if not form.kinds or kind in form.kinds]
