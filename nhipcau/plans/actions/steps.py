"""How a step of a review is taken: what it changes is remembered, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nhipcau.people.models import Person
from nhipcau.plans.enums import StepKind
from nhipcau.plans.errors import NotPossible, NotUnderReview, ReviewMovedOn
from nhipcau.plans.models import PlanImport, ProposedTask, ReviewStep
from nhipcau.plans.queries.reviews import who_was_quicker, why_no_review
from nhipcau.plans.rules import review as rules
from nhipcau.plans.rules.periods import said
from nhipcau.plans.rules.proposals import Json

FIELDS = ("parent_id", "order", "path", "title", "span_start", "span_end", "body", "state")
SAVED = ("parent", "order", "path", "title", "span_start", "span_end", "body", "state")


class Step:
    """One step in the making: remembers each row as it was before it was first touched."""

    def __init__(self, plan_import: PlanImport) -> None:
        self.plan_import = plan_import
        self.before: dict[int, Json | None] = {}
        self.touched: dict[int, ProposedTask] = {}

    @classmethod
    def begin(cls, plan_import: PlanImport, *, seen: int) -> Self:
        """Lock the import; refuses when it is not under review or has moved on."""
        plan_import = PlanImport.objects.select_for_update().get(pk=plan_import.pk)
        if why := why_no_review(plan_import):
            raise NotUnderReview(why)
        if plan_import.steps_done != seen:
            raise ReviewMovedOn(_why_no_step(who_was_quicker(plan_import)))
        return cls(plan_import)

    def task(self, key: int) -> ProposedTask:
        if key in self.touched:
            return self.touched[key]
        try:
            row = ProposedTask.objects.get(plan_import=self.plan_import, pk=key)
        except ProposedTask.DoesNotExist as error:
            raise NotPossible(_("This task is no longer part of the review.")) from error
        self.touch(row)
        return row

    @staticmethod
    def look_again(wrong: Iterable[str], labels: Mapping[str, str | Promise]) -> NotPossible:
        """What to say of an edit in which these fields cannot be, in the words of the page.

        A name that is on no page was sent by something else than the page.
        """
        called = [str(labels[name]) for name in wrong if name in labels]
        if not called:
            return NotPossible(
                _("The server did not take this change; please load the page again.")
            )
        fields = ", ".join(dict.fromkeys(called))
        return NotPossible(_("Please look at these fields again: %(fields)s.") % {"fields": fields})

    def touch(self, row: ProposedTask) -> None:
        self.before.setdefault(row.pk, _face(row))
        self.touched[row.pk] = row

    def create(self, row: ProposedTask) -> ProposedTask:
        row.save()
        self.before[row.pk] = None
        self.touched[row.pk] = row
        return row

    def order_after(self, neighbour: ProposedTask | None) -> int:
        """An order number behind `neighbour` (None: before all); makes room when there is none."""
        rows = self.plan_import.tasks.order_by("order", "pk")
        orders = list(rows.values_list("order", flat=True))
        before = None if neighbour is None else neighbour.order
        following = [order for order in orders if before is None or order > before]
        between = rules.order_between(before, min(following, default=None))
        if between is not None:
            return between
        for place, row in enumerate(rows, start=1):
            known = self.touched.get(row.pk)
            if known is None:
                self.touch(row)
                known = row
            known.order = place * rules.STRIDE
            ProposedTask.objects.filter(pk=row.pk).update(order=known.order)
        if neighbour is None:
            return rules.STRIDE // 2
        return self.touched[neighbour.pk].order + rules.STRIDE // 2

    def save(self, *, kind: StepKind, header: Json | None, by: Person, at: datetime) -> ReviewStep:
        ProposedTask.objects.bulk_update(self.touched.values(), SAVED, batch_size=500)
        before: Json = {"tasks": {str(key): face for key, face in self.before.items()}}
        after: Json = {"tasks": {str(key): _face(row) for key, row in self.touched.items()}}
        if header is not None:
            before["header"], after["header"] = self.plan_import.header, header
            self.plan_import.header = header
        # A new step ends the way back to what was undone.
        self.plan_import.steps.filter(undone=True).delete()
        number = self.plan_import.steps_done + 1
        self.plan_import.steps_done = number
        self.plan_import.save(update_fields=["steps_done", "header"])
        return ReviewStep.objects.create(
            plan_import=self.plan_import,
            number=number,
            kind=kind,
            before=before,
            after=after,
            at=at,
            by=by,
        )


def _why_no_step(last: ReviewStep | None) -> str:
    if last is None:
        return _("Somebody else has changed this review; the page now shows the newest state.")
    return _(
        "%(person)s has changed this review at %(time)s, so your last change was not made. "
        "You now see the newest state."
    ) % {"person": last.by.full_name, "time": said(last.at)}


def _face(row: ProposedTask) -> Json:
    return {field: getattr(row, field) for field in FIELDS}
