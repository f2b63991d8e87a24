"""Links that were visited after their text had been handed in: what leads nowhere is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.people.actions import write_to
from nhipcau.publishing.enums import ItemState
from nhipcau.publishing.models import ClearanceItem
from nhipcau.publishing.queries.inspection import version_of
from nhipcau.translation.proofreading.checks.links_alive import LinksAlive
from nhipcau.translation.proofreading.context import Visit
from nhipcau.translation.proofreading.contract import GRAVITY, Finding, Severity
from nhipcau.translation.proofreading.draft import Draft
from nhipcau.works.models import Work

LATER = "later"  # stands in a kept finding that came after the handing-in


@transaction.atomic
def note_dead_links(
    *, item: ClearanceItem, visits: Mapping[str, Visit], by: Actor, at: datetime, link: str = ""
) -> int:
    """Put what these visits say against links of a text under review beside the other findings.

    The reviewer reads it, and whoever has the work in hand gets one letter; the text stays where
    it is. Answers how many are new: doing it again tells nothing twice, and a text whose review is
    over is left alone. `link` is the whole address of the work's page.
    """
    fresh = (
        ClearanceItem.objects.select_for_update(of=("self",))
        .select_related("version__language", "revision", "clearance__opened_by")
        .get(pk=item.pk)
    )
    if fresh.state != ItemState.OPEN:
        return 0
    known = {told["key"] for told in fresh.findings}
    dead = [each for each in _against(fresh, visits, at) if each.key not in known]
    if not dead:
        return 0
    fresh.findings = [
        *fresh.findings,
        *({"key": each.key, LATER: True, **each.as_json()} for each in dead),
    ]
    fresh.save(update_fields=["findings"])
    record(
        event="publishing.item.links_led_nowhere",
        target=fresh,
        by=by,
        at=at,
        after={"links": len(dead)},
    )
    _tell(fresh, dead, by=by, at=at, link=link)
    return len(dead)


def _against(item: ClearanceItem, visits: Mapping[str, Visit], at: datetime) -> list[Finding]:
    """What the check of links says of them, notes left out."""
    words = version_of(item.version, item.revision.content)
    draft = Draft.of(words, today=timezone.localdate(at), visits=visits)
    return [
        finding
        for finding in LinksAlive().inspect(draft)
        if GRAVITY[finding.severity] >= GRAVITY[Severity.WARNING.value]
    ]


def _tell(item: ClearanceItem, dead: list[Finding], *, by: Actor, at: datetime, link: str) -> None:
    work = Work.objects.select_related("assignee").filter(pk=item.clearance.subject_id).first()
    assignee = None if work is None else work.assignee
    write_to(
        person=assignee or item.clearance.opened_by,
        template="publishing/mail/dead_links.txt",
        subject=_("[Nhịp Cầu] Links that lead nowhere: %(title)s") % {"title": item.version},
        values={
            "title": item.version,
            "language": item.version.language,
            "sentences": [each.sentence for each in dead],
            "link": link,
        },
        by=by,
        at=at,
        about=f"subject:{item.clearance.subject_id}",
    )
