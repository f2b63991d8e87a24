"""How the province shows itself: looked at, tried, changed, put back."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from nhipcau.desk.forms.province import TYPED, LookForm
from nhipcau.desk.queries.looks import Sample, sample_of
from nhipcau.desk.views.access import person_of, those_with
from nhipcau.desk.views.emblem import picture
from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.enums import Permission
from nhipcau.registry.actions.province import change_look, put_back_look
from nhipcau.registry.errors import LookMoved
from nhipcau.registry.models import FormerLook, Province
from nhipcau.registry.queries.province import (
    former_looks,
    look_seen,
    look_version,
    province_of_house,
)

operators = those_with(Permission.PROVINCE_CHANGE)


@method_decorator(operators, name="dispatch")
class ProvincePage(View):
    """The look in force, the form that changes it, and what it was before."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        province = province_of_house()
        if province is None:
            return render(request, "desk/no_province.html")
        form = LookForm.filled_with(province.look, version=look_version())
        return self._shown(form, _as_it_is(province))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        province = province_of_house()
        if province is None:
            raise Http404
        form = LookForm(request.POST, request.FILES, now=province.look)
        if not form.is_valid():
            return self._again(form, province, status=HTTPStatus.BAD_REQUEST)
        if "preview" in request.POST:
            return self._again(form, province)
        try:
            change_look(
                look=form.cleaned_data["look"],
                seen=form.cleaned_data["seen"],
                by=person_of(request),
                at=timezone.now(),
            )
        except LookMoved as moved:
            return self._moved(form, str(moved))
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
            return self._again(form, province, status=HTTPStatus.BAD_REQUEST)
        messages.success(
            request,
            _(
                "Saved. Forms that were made before and have not left yet are made again before "
                "they leave; what has left stays as it is."
            ),
        )
        return redirect("desk:province")

    def _again(
        self, form: LookForm, province: Province, *, status: int = HTTPStatus.OK
    ) -> HttpResponse:
        """The form as it was sent, with a sample of what it asks for; nothing is saved."""
        form.keep_emblem()
        wanted = form.cleaned_data["look"]
        stored = "" if form.cleaned_data["is_new"] else _address_of(province)
        sample = sample_of(wanted, now=province.look, emblem=stored)
        is_tried = status == HTTPStatus.OK or sample.look != province.look
        return self._shown(form, sample, is_tried=is_tried, status=status)

    def _moved(self, form: LookForm, why: str) -> HttpResponse:
        """What the other one saved, with what this one has changed typed over it."""
        given = form.cleaned_data
        province = province_of_house()
        if province is None:
            raise Http404
        now, wanted = province.look, given["look"]
        then = look_seen(given["seen"]) or now
        own = {
            part.value: getattr(wanted, part)
            for part in TYPED
            if getattr(wanted, part) != getattr(then, part)
        }
        both = replace(now, **own)
        emblem = _address_of(province)
        if given["is_new"]:
            both, emblem = replace(both, emblem=wanted.emblem), ""
        again = LookForm.filled_with(
            both, version=look_version(), kept=both.emblem if given["is_new"] else None
        )
        again.initial["without"] = given.get("without", False)
        sample = sample_of(both, now=now, emblem=emblem)
        return self._shown(again, sample, is_tried=True, moved=why, status=HTTPStatus.CONFLICT)

    def _shown(
        self, form: LookForm, sample: Sample, *, status: int = HTTPStatus.OK, **more: Any
    ) -> HttpResponse:
        return render(
            self.request,
            "desk/province.html",
            {"form": form, "sample": sample, "former": former_looks(), **more},
            status=status,
        )


@operators
@require_POST
def put_back(request: HttpRequest, key: int) -> HttpResponseBase:
    """Have the province show itself as before; refused when somebody has changed it meanwhile."""
    former = get_object_or_404(FormerLook, pk=key)
    seen = request.POST.get("seen", "")
    try:
        put_back_look(
            former=former,
            seen=int(seen) if seen.isdecimal() and len(seen) < 18 else 0,
            by=person_of(request),
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Put back, and recorded in the diary."))
    return redirect("desk:province")


@operators
@require_safe
def former_emblem(request: HttpRequest, key: int) -> HttpResponseBase:
    """The emblem of an earlier look; it never changes."""
    former = get_object_or_404(FormerLook, pk=key)
    if not former.emblem:
        raise Http404
    return picture(bytes(former.emblem), is_lasting=True)


def _address_of(province: Province) -> str:
    digest = province.emblem_sha256
    return f"{reverse('desk_emblem')}?v={digest}" if digest else ""


def _as_it_is(province: Province) -> Sample:
    return sample_of(province.look, now=province.look, emblem=_address_of(province))
