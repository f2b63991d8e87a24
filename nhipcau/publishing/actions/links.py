"""A link for a leader without an account: one step, one decision, a code by e-mail."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.audit.actions import record
from nhipcau.people.actions import write_to
from nhipcau.people.models import Person
from nhipcau.people.queries import rights_of
from nhipcau.publishing.actions.deciding import decide
from nhipcau.publishing.enums import Verdict
from nhipcau.publishing.errors import LinkNotGood, NotPossible, NotYours
from nhipcau.publishing.models import ApprovalLink, Decision, OpenStep
from nhipcau.publishing.permissions import may_take
from nhipcau.publishing.queries.links import (
    MOST_WRONG_CODES,
    digest_of_secret,
    standing_link,
)
from nhipcau.translation.queries import writers_of

LASTS = timedelta(days=3)
CODE_LASTS = timedelta(minutes=15)
MOST_CODES = 5


def _digest_of_code(link: ApprovalLink, code: str) -> str:
    """A code has a million values, so it is stretched and bound to its link."""
    return hashlib.scrypt(code.encode(), salt=link.uuid.bytes, n=2**14, r=8, p=1).hex()[:64]


@transaction.atomic
def make_link(
    *, step: OpenStep, person: Person, by: Person, at: datetime, base: str
) -> tuple[ApprovalLink, str]:
    """Send a leader the link for one decision; answers the row and the link, told this once.

    `base` is the address under which the page stands, ending in a slash. The leader holds a role
    that takes this step, is no writer of the text, and has a verified contact. An older link for
    the same step is withdrawn.
    """
    standing = (
        OpenStep.objects.select_for_update()
        .select_related("item__version__subject")
        .get(pk=step.pk)
    )
    version = standing.item.version
    day = timezone.localdate(at)
    unit_id, written_by = version.subject.unit_id, writers_of(version)
    if standing.closed_at is not None:
        raise NotPossible(
            _("Somebody has decided at this step already, or the text was taken back.")
        )
    if not rights_of(by, on=day).grants:
        raise NotYours(_("Links are sent by people who work in the house."))
    if not may_take(
        rights_of(person, on=day), standing.kind, unit_id=unit_id, written_by=written_by
    ):
        raise NotPossible(_("%(person)s may not take this step.") % {"person": person})
    person = Person.objects.get(pk=person.pk)
    if not person.email or person.email_verified_at is None:
        raise NotPossible(
            _("%(person)s has no verified e-mail address to send the link to.") % {"person": person}
        )
    for older in ApprovalLink.objects.filter(
        step=standing, used_at__isnull=True, withdrawn_at__isnull=True
    ):
        withdraw_link(link=older, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    link = ApprovalLink.objects.create(
        step=standing,
        person=person,
        secret_digest=digest_of_secret(secret),
        made_by=by,
        made_at=at,
        expires_at=at + LASTS,
    )
    address = f"{base}{secret}/"
    write_to(
        person=person,
        subject=_("[Nhịp Cầu] A text waits for your decision"),
        template="publishing/mail/approval_link.txt",
        values={"version": version, "link": address, "asked_by": by, "until": link.expires_at},
        by=by,
        at=at,
        about=f"subject:{version.subject_id}",
    )
    record(
        event="publishing.link.made",
        target=version,
        by=by,
        at=at,
        after={"person": person.actor_key, "step": standing.kind},
    )
    return link, address


@transaction.atomic
def withdraw_link(*, link: ApprovalLink, by: Person, at: datetime) -> None:
    """The link opens nothing any more."""
    fresh = ApprovalLink.objects.select_for_update().get(pk=link.pk)
    if fresh.used_at is None and fresh.withdrawn_at is None:
        fresh.withdrawn_at = at
        fresh.save(update_fields=["withdrawn_at"])
        record(event="publishing.link.withdrawn", target=fresh.step.item.version, by=by, at=at)


@transaction.atomic
def send_code(*, secret: str, by: Person, at: datetime) -> ApprovalLink:
    """Send a six-digit code to the leader's verified contact; `by` is the leader.

    At most five codes a link, and a new one only when a minute has passed.
    """
    found = standing_link(secret, at=at)
    link = ApprovalLink.objects.select_for_update().select_related("person").get(pk=found.pk)
    if link.person_id != by.pk:
        raise LinkNotGood(_("This link belongs to somebody else."))
    if link.code_sent_at is not None and at - link.code_sent_at < timedelta(minutes=1):
        raise NotPossible(_("A code was sent a moment ago; wait a minute before asking again."))
    if link.codes_sent >= MOST_CODES:
        raise LinkNotGood(
            _("This link is no longer good. Ask the office that sent it for a new one.")
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    link.code_digest = _digest_of_code(link, code)
    link.code_sent_at = at
    link.codes_sent += 1
    link.save(update_fields=["code_digest", "code_sent_at", "codes_sent"])
    write_to(
        person=link.person,
        subject=_("[Nhịp Cầu] Your code"),
        template="publishing/mail/approval_code.txt",
        values={"code": code, "minutes": int(CODE_LASTS.total_seconds() // 60)},
        by=by,
        at=at,
    )
    return link


def decide_by_link(
    *,
    secret: str,
    code: str,
    verdict: Verdict,
    by: Person,
    at: datetime,
    reason: str = "",
    page: str = "",
) -> Decision:
    """The leader's one decision; the link is used up. A wrong code counts, whatever follows.

    `page` is the whole address of the work's page, for those who hear of a return.
    """
    link = standing_link(secret, at=at)
    if link.person_id != by.pk:
        raise LinkNotGood(_("This link belongs to somebody else."))
    if not _is_the_code(link, code, at=at):
        raise NotPossible(_("The code is wrong or too old; have a new one sent."))
    with transaction.atomic():
        fresh = ApprovalLink.objects.select_for_update().get(pk=link.pk)
        if fresh.used_at is not None or fresh.withdrawn_at is not None:
            raise LinkNotGood(
                _("This link is no longer good. Ask the office that sent it for a new one.")
            )
        decision = decide(
            step=link.step,
            verdict=verdict,
            by=by,
            at=at,
            reason=reason,
            by_link=True,
            link=page,
        )
        fresh.used_at = at
        fresh.save(update_fields=["used_at"])
        # Of what was stopped the diary names the subject alone.
        version = link.step.item.version
        target = version.subject if verdict == Verdict.STOPPED else version
        record(event="publishing.link.used", target=target, by=by, at=at)
    return decision


def _is_the_code(link: ApprovalLink, code: str, *, at: datetime) -> bool:
    """Compared in a transaction of its own: a wrong try is counted even when all else fails."""
    with transaction.atomic():
        fresh = ApprovalLink.objects.select_for_update().get(pk=link.pk)
        good = (
            bool(fresh.code_digest)
            and fresh.wrong_codes < MOST_WRONG_CODES
            and fresh.code_sent_at is not None
            and at - fresh.code_sent_at < CODE_LASTS
            and hmac.compare_digest(fresh.code_digest, _digest_of_code(fresh, code.strip()))
        )
        if good:
            fresh.code_digest = ""
        else:
            fresh.wrong_codes += 1
        fresh.save(update_fields=["code_digest", "wrong_codes"])
    return good
