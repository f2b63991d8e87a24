"""The first page: what I must do, what waits for me, what has ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.admin.auth import require_admin_access

from nhipcau.desk import queries
from nhipcau.desk.views.access import those_with
from nhipcau.people.enums import Permission
from nhipcau.people.models import User
from nhipcau.people.queries import rights_of_user


@those_with(Permission.DESK_ENTER)
@require_GET
def my_work(request: HttpRequest) -> HttpResponseBase:
    user = request.user
    rights = rights_of_user(user)
    today = timezone.localdate()
    return render(
        request,
        "desk/my_work.html",
        {
            "work": queries.my_work(
                rights=rights,
                person_id=user.person.pk if isinstance(user, User) else 0,
                on=today,
                at=timezone.now(),
            ),
            "person": user.person if isinstance(user, User) else None,
            "today": today,
            "may_import": rights.may(Permission.PLANS_IMPORT),
            "days_soon": queries.SOON.days,
            "days_ended": queries.RECENTLY.days,
        },
    )


# Stands outside Wagtail's own addresses, so it closes its door itself.
first_page = require_admin_access(my_work)
