"""The first page: what I must do, what waits for me, what has ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from nhipcau.desk import queries
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.people.enums import Permission
from nhipcau.people.queries import rights_of_user


@those_with(Permission.DESK_ENTER)
@require_GET
def my_work(request: HttpRequest) -> HttpResponseBase:
    person = person_of(request)
    rights = rights_of_user(request.user)
    today = timezone.localdate()
    return render(
        request,
        "desk/my_work.html",
        {
            "work": queries.my_work(rights=rights, person=person, on=today, at=timezone.now()),
            "person": person,
            "today": today,
            "may_import": rights.may(Permission.PLANS_IMPORT),
            "days_soon": queries.SOON.days,
            "days_ended": queries.RECENTLY.days,
        },
    )


# Stands outside Wagtail's own addresses, so it closes its door itself.
first_page = require_admin_access(my_work)
