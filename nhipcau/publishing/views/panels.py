"""What the publishing room adds to the page of a work."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from nhipcau.people.queries import rights_of_user
from nhipcau.publishing.permissions import (
    may_ask_for_correction,
    may_hand_in,
    may_order_forms,
    may_release,
    may_withdraw,
)
from nhipcau.publishing.queries.standing import forms_of, forms_offered, standings_of
from nhipcau.works.models import Work


def publishing_of_work(request: HttpRequest, work: Work) -> str:
    """Where its texts stand on their routes, what is public, its forms. Eight queries."""
    rights = rights_of_user(request.user)
    unit = work.subject.unit_id
    standings = standings_of(work.subject, at=timezone.now())
    stays = not work.is_in_trash
    is_public = any(each.public is not None for each in standings)
    return render_to_string(
        "publishing/work_panel.html",
        {
            "work": work,
            "standings": standings,
            "forms": forms_of(work.subject),
            "offered": forms_offered(work.kind),
            "approved": [each for each in standings if each.version.approved_revision_id],
            "may_hand_in": stays
            and may_hand_in(rights, unit_id=unit)
            and any(each.may_be_handed_in for each in standings),
            "may_take_back": may_hand_in(rights, unit_id=unit),
            "may_order": stays and may_order_forms(rights, unit_id=unit),
            "may_ask": is_public and may_ask_for_correction(rights),
            "may_bundle": stays
            and any(each.is_ready for each in standings)
            and may_release(rights, unit_id=unit),
            "may_withdraw": is_public and may_withdraw(rights, unit_id=unit),
            "today": timezone.localdate(),
        },
        request,
    )
