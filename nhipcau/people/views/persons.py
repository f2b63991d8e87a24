"""Who is on record: the list, and entering, correcting and verifying one.

Whoever holds any role sees names and what each does. Addresses are for those who look after
people; what stands beside one's name is changed by them alone, who show who they are again.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.kernel.errors import RuleBroken
from nhipcau.kernel.spreadsheets import xlsx_response
from nhipcau.people import actions, queries
from nhipcau.people.enums import Permission, PersonKind
from nhipcau.people.forms import KindForm, PersonForm, VerifyForm
from nhipcau.people.models import Person
from nhipcau.people.queries import DirectoryRow
from nhipcau.people.views.access import MANAGE, Desk, copy_sheet

PAGE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """The persons who are here, by name; `q` narrows to names that hold its words, `kind` too."""
    desk = Desk(request)
    desk.need(allowed=desk.rights.may(Permission.PEOPLE_READ))
    form = KindForm(request.GET)
    form.is_valid()  # a kind that cannot be narrows nothing
    words, kind = request.GET.get("q", "")[:200], form.cleaned_data.get("kind")
    found = queries.persons_listed(on=desk.today, words=words, kind=kind)
    if request.GET.get("export") == "xlsx":
        return _sheet(desk, queries.directory(found, on=desk.today))
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    return render(
        request,
        "people/desk/index.html",
        {
            "page": page,
            "rows": queries.directory(list(page.object_list), on=desk.today),
            "q": words,
            "kind": kind,
            "kinds": PersonKind.choices,
            "may_manage": desk.rights.may(MANAGE),
        },
    )


def _sheet(desk: Desk, rows: list[DirectoryRow]) -> HttpResponseBase:
    """The list as a table; addresses only for whoever looks after everybody."""
    headings = [_("Name"), _("Kind"), _("Where the person works"), _("Roles"), _("Account")]
    if desk.everywhere:
        headings += [_("E-mail address"), _("Address verified on")]
    return xlsx_response(
        name="con-nguoi", headings=headings, rows=list(_cells(rows, addresses=desk.everywhere))
    )


def _cells(rows: list[DirectoryRow], *, addresses: bool) -> Iterator[list[object]]:
    for row in rows:
        person = row.person
        account = _("Invited") if row.has_open_invitation else _("None")
        cells: list[object] = [
            person.full_name,
            person.get_kind_display(),
            person.affiliation,
            "; ".join(f"{each.get_role_display()}, {each.unit.label}" for each in row.memberships),
            _("Open") if row.has_account else account,
        ]
        if addresses:
            verified = person.email_verified_at
            cells += [person.email, verified and timezone.localdate(verified)]
        yield cells


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter somebody of any kind; an account comes by an invitation alone."""
    desk = Desk(request)
    desk.need(allowed=desk.rights.may(MANAGE))
    answer: HttpResponse = _add(request)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator] # -- allauth is untyped
def _add(request: HttpRequest) -> HttpResponse:
    desk = Desk(request)
    form = PersonForm(request.POST or None, initial={"kind": PersonKind.TRANSLATOR})
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_person(**form.cleaned_data, by=desk.person, at=desk.now)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done, and recorded in the diary."))
            return redirect("people:details" if person.email else "people:person", person.uuid)
    return render(request, "people/desk/add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """What is kept about one person, to be corrected; and whether the address is verified."""
    desk = Desk(request)
    desk.need(allowed=desk.rights.may(MANAGE))
    shown = get_object_or_404(Person.objects.select_related("user"), uuid=uuid)
    desk.need(allowed=desk.may_manage(shown))
    answer: HttpResponseBase = _details(request, shown)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator] # -- allauth is untyped
def _details(request: HttpRequest, shown: Person) -> HttpResponseBase:
    desk, wish = Desk(request), request.POST.get("do")
    signs_in = hasattr(shown, "user")
    if wish == "copy":
        return copy_sheet(actions.export_person_data(person=shown, by=desk.person, at=desk.now))
    if wish == "end_sessions" and signs_in:
        _end_sessions(request, desk, shown)
        return redirect("people:details", shown.uuid)
    kept = {name: getattr(shown, name) for name in ("kind", "full_name", "affiliation", "email")}
    change = PersonForm(request.POST if wish == "change" else None, signs_in=signs_in, initial=kept)
    verify = VerifyForm(request.POST if wish == "verify" else None, initial=kept)
    form = {"change": change, "verify": verify}.get(wish or "")
    if form is not None and form.is_valid():
        try:
            if form is change:
                actions.change_person(
                    person=shown, **change.cleaned_data, by=desk.person, at=desk.now
                )
            else:
                shown.email = verify.cleaned_data["email"]  # as it was seen: the action compares
                actions.verify_contact(
                    person=shown, how=verify.cleaned_data["how"], by=desk.person, at=desk.now
                )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
            shown.email = kept["email"]
        else:
            messages.success(request, _("Done, and recorded in the diary."))
            return redirect("people:details", shown.uuid)
    return render(
        request,
        "people/desk/details.html",
        {
            "person": shown,
            "contact": queries.contact_of(shown),
            "change": change,
            "verify": verify,
            "signs_in": signs_in,
            "sessions": queries.sessions_of(shown) if signs_in else [],
        },
        status=400 if form is not None else 200,
    )


def _end_sessions(request: HttpRequest, desk: Desk, shown: Person) -> None:
    """End where the person is signed in; the one at the desk is not thrown out by himself."""
    ended = actions.end_sessions(
        user=shown.user, keep=request.session.session_key or "", by=desk.person, at=desk.now
    )
    said = ngettext("%(count)d session was ended.", "%(count)d sessions were ended.", ended)
    messages.success(request, said % {"count": ended})
