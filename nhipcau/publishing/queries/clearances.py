"""What the pages of clearance show: lists of waiting steps, and one text with all about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.folding import unaccented
from nhipcau.media.models import MediaItem, SpokenWriter
from nhipcau.media.queries.playing import SpokenWords, web_copies
from nhipcau.people.models import Person
from nhipcau.people.queries import Rights, people_who_may, rights_of
from nhipcau.publishing.enums import ItemState, StepKind
from nhipcau.publishing.models import (
    Clearance,
    ClearanceItem,
    ConfirmedReason,
    Decision,
    OpenStep,
)
from nhipcau.publishing.permissions import TAKEN_BY, may_take
from nhipcau.publishing.queries.findings import (
    FindingShown,
    confirmed_of,
    confirms_of,
    shown_of,
)
from nhipcau.publishing.queries.inspection import (
    is_of_record,
    manuscript_of,
    unvisited_in,
    version_of,
)
from nhipcau.publishing.queries.pins import Change, Shelf, changed_under_review, shelf_of
from nhipcau.publishing.queries.rendering import MediaBehindLink, MediaOnPage, house
from nhipcau.publishing.queries.reviews import steps_waiting_for, stops_of, waiting_steps
from nhipcau.publishing.renderers.contract import MediaReader, Purpose, RenderOptions
from nhipcau.publishing.renderers.listed import renderer
from nhipcau.publishing.rules.routes import Stop, may_return_to
from nhipcau.translation.models import Approval, Contribution, LanguageVersion
from nhipcau.translation.queries import writers_of
from nhipcau.translation.rules.comparison import Comparison, compare

PAGE = 50


class Scope(StrEnum):
    MINE = "mine"
    ALL = "all"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class StepFilter:
    """What narrows the list of waiting steps; "" and None narrow nothing."""

    scope: Scope = Scope.MINE
    words: str = ""
    kind: str = ""
    language: str = ""
    unit: int | None = None


def steps_shown(
    wanted: StepFilter, *, person: Person, rights: Rights, on: date
) -> QuerySet[OpenStep]:
    """Waiting steps of this filter, the earliest deadline first; as `LongPaginator` for a page."""
    steps = steps_waiting_for(person, rights) if wanted.scope is Scope.MINE else waiting_steps()
    if wanted.scope is Scope.OVERDUE:
        steps = steps.filter(due_on__lt=on)
    for word in unaccented(wanted.words).split():
        steps = steps.filter(version__folded__contains=word)
    if wanted.kind:
        steps = steps.filter(kind=wanted.kind)
    if wanted.language:
        steps = steps.filter(version__language__tag=wanted.language)
    if wanted.unit is not None:
        steps = steps.filter(subject__unit=wanted.unit)
    return steps


def counts_of_waiting(*, person: Person, rights: Rights, on: date) -> dict[Scope, int]:
    """How many steps each of the lists holds. Two queries."""
    counted = waiting_steps().aggregate(
        all=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on))
    )
    mine = steps_waiting_for(person, rights).order_by().count()
    return {Scope.MINE: mine, Scope.ALL: counted["all"], Scope.OVERDUE: counted["overdue"]}


def units_and_languages_waiting() -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """For the filters: units and languages of which something waits. One query."""
    rows = list(
        OpenStep.objects.filter(closed_at__isnull=True)
        .order_by()
        .values_list(
            "subject__unit",
            "subject__unit__label",
            "version__language__tag",
            "version__language__name",
        )
        .distinct()
    )
    return (
        sorted({(unit, label) for unit, label, _tag, _name in rows}, key=lambda row: row[1]),
        sorted({(tag, name) for _unit, _label, tag, name in rows}, key=lambda row: row[1]),
    )


@dataclass(frozen=True, slots=True)
class Signed:
    """A line of the sign-off record: the decision, and the checks as they stood at it.

    Each finding bears the reason for which it was overruled, where it was.
    """

    decision: Decision
    findings: Sequence[FindingShown]

    @property
    def overruled(self) -> int:
        """How many of the findings stayed for a reason."""
        return sum(1 for each in self.findings if each.answer)


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who wrote, and what: the words, or what a film of theirs says."""

    person: Person
    what: str


@dataclass(frozen=True, slots=True)
class Review:
    """One text under review with everything that a reviewer decides on."""

    item: ClearanceItem
    step: OpenStep | None
    look: str
    cannot_look: str
    difference: Comparison | None
    last_approval: Approval | None
    findings: Sequence[FindingShown]
    writers: Sequence[Hand]
    record: Sequence[Signed]
    returns: Sequence[Stop]
    may_decide: bool
    unvisited: Sequence[str] = ()
    changed: Sequence[Change] = ()
    lines: Sequence[tuple[MediaItem, SpokenWords]] = ()
    of_record: Sequence[MediaItem] = ()
    attached: Sequence[MediaItem] = ()
    confirms: Sequence[FindingShown] = ()


def items_of(clearance: Clearance) -> list[ClearanceItem]:
    """The texts of one clearance, with their open steps on them as `waiting`. Two queries."""
    items = list(
        ClearanceItem.objects.filter(clearance=clearance)
        .select_related(
            "clearance__route",
            "revision",
            "version__language",
            "version__subject__unit",
            "version__source__language",
        )
        .order_by("version__language__name", "pk")
    )
    open_steps = {
        step.item_id: step
        for step in OpenStep.objects.filter(
            item__clearance=clearance, closed_at__isnull=True
        ).select_related("assignee")
    }
    for item in items:
        step = open_steps.get(item.pk)
        if step is not None:  # what is at hand already is not asked for again
            step.item, step.version, step.subject = item, item.version, item.version.subject
        item.__dict__["waiting"] = step
    return items


def review_of(item: ClearanceItem, *, person: Person, rights: Rights) -> Review:
    """The text with its look, its difference, its checks and its record.

    Thirteen queries, one more where its words hold links, four where they show film or sound.
    `changed` is what an open review shows differently from what was handed in, `of_record` the
    maps and the historical material among what it shows, `confirms` the findings whose answers the
    person may confirm, at a step or without one.
    """
    step: OpenStep | None = item.__dict__.get("waiting")
    version = item.version
    shelf = shelf_of([item.revision.content])
    look, cannot_look = look_of(item, shelf=shelf)
    last = (
        Approval.objects.filter(version=version)
        .exclude(revision=item.revision)
        .select_related("revision")
        .order_by("-at")
        .first()
    )
    writers = _hands_in(version, shelf)
    written_by = [each.person.pk for each in writers]
    decisions = list(
        Decision.objects.filter(step__item__version=version)
        .select_related("step__item", "on_behalf_of")
        .order_by("-at", "-pk")
    )
    asked = [each.pk for each in (item, *(one.step.item for one in decisions)) if each.rights_asked]
    done = confirmed_of(ConfirmedReason.objects.filter(item__in=asked) if asked else ())
    findings = shown_of(item.findings, item, done.get(item.pk, {}))
    stops = stops_of(item.clearance.route)
    return Review(
        item=item,
        step=step,
        look=look,
        cannot_look=cannot_look,
        difference=(
            compare(
                version_of(version, last.revision.content),
                version_of(version, item.revision.content),
            )
            if last is not None
            else None
        ),
        last_approval=last,
        findings=findings,
        writers=writers,
        record=[
            Signed(
                decision,
                shown_of(
                    decision.findings,
                    decision.step.item,
                    {
                        key: each
                        for key, each in done.get(decision.step.item_id, {}).items()
                        if each.at <= decision.at
                    },
                ),
            )
            for decision in decisions
        ],
        returns=(
            [
                stop
                for stop in stops
                if may_return_to(stops, to=stop.number, at=step.number, is_flagged=item.is_flagged)
            ]
            if step is not None
            else ()
        ),
        unvisited=unvisited_in(version_of(version, item.revision.content)),
        changed=(changed_under_review(item, shelf=shelf) if item.state == ItemState.OPEN else ()),
        lines=shelf.lines_in(version.language_id),
        of_record=[each for each in shelf.items.values() if is_of_record(each)],
        attached=shelf.attached_to(item.revision.content),
        confirms=confirms_of(item, findings, rights=rights, written_by=written_by),
        may_decide=may_decide_at(step, item, rights=rights, person=person, writers=written_by),
    )


def _hands_in(version: LanguageVersion, shelf: Shelf) -> list[Hand]:
    """Who wrote the words, and what their films say. One query, two where there is a film."""
    wrote = Contribution.objects.filter(version=version).select_related("person")
    hands = [
        Hand(each.person, each.get_kind_display())
        for each in wrote.order_by("person__full_name", "kind")
    ]
    if shelf.moving:
        spoken = SpokenWriter.objects.filter(item__in=shelf.items, language=version.language_id)
        hands += [
            Hand(
                each.person,
                _("Subtitles or transcript of “%(film)s”") % {"film": shelf.items[each.item_id]},
            )
            for each in spoken.select_related("person").order_by("person__full_name", "item")
        ]
    return hands


def may_decide_at(
    step: OpenStep | None,
    item: ClearanceItem,
    *,
    rights: Rights,
    person: Person,
    writers: Iterable[int],
) -> bool:
    """Whether this person may say something at the step now. No query."""
    return (
        step is not None
        and item.state == ItemState.OPEN
        and step.assignee_id in {None, person.pk}
        and may_take(
            rights,
            step.kind,
            unit_id=item.version.subject.unit_id,
            written_by=frozenset(writers),
        )
    )


def look_of(item: ClearanceItem, *, shelf: Shelf, behind: str = "") -> tuple[str, str]:
    """The words as the web page will show them, and why they cannot be shown. Four queries.

    What they show stands under its addresses of the desk, films with their subtitles in the
    text's language; or `behind` the address of a link, for a reader without an account, with
    another query where there is film or sound.
    """
    manuscript = manuscript_of(item.version, item.revision, items=shelf.items, words=shelf.words)
    options = RenderOptions(
        house=house(),
        address="",
        day=timezone.localdate(item.clearance.opened_at),
        purpose=Purpose.DRAFT,
    )
    spoken = shelf.spoken_in(item.version.language_id)
    media: MediaReader = (
        MediaBehindLink(
            shelf.items, base=behind, copies=web_copies(shelf.moving.values()), spoken=spoken
        )
        if behind
        else MediaOnPage(shelf.items, spoken=spoken)
    )
    try:
        rendered = renderer("web-page").render((manuscript,), media, options)
    except RuleBroken as refusal:
        return "", str(refusal)
    return rendered.files[0].content.decode(), ""


def who_may_take(step: OpenStep, *, on: date) -> list[Person]:
    """Persons who hold a role that takes this step, writers of the text left out.

    One query for the candidates and two for each of them; a step has a handful.
    """
    subject = step.item.version.subject
    written_by = writers_of(step.item.version)
    candidates = people_who_may(TAKEN_BY[StepKind(step.kind)], subject.unit, on=on)
    return [
        person
        for person in candidates.exclude(pk__in=written_by)
        if may_take(
            rights_of(person, on=on), step.kind, unit_id=subject.unit_id, written_by=written_by
        )
    ]
