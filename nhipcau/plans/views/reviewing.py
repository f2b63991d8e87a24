"""What the review page's script asks for: the state in parts, then one step after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.kernel.errors import RuleBroken
from nhipcau.people.queries import rights_of_user
from nhipcau.plans.actions import lines, review
from nhipcau.plans.errors import NotPossible, ReviewMovedOn
from nhipcau.plans.permissions import may_make_units
from nhipcau.plans.queries.reviews import review_state, step_as_json
from nhipcau.plans.queries.units import areas_to_choose, units_by_words
from nhipcau.plans.views.access import deciders, import_of, person_of, planners
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import UnitKind
from nhipcau.registry.models import Area
from nhipcau.registry.rules.naming import key_of_unit

Action = Callable[..., Any]
Check = Callable[[Any], bool]
MOST_STEP_BYTES = 2_000_000
LARGEST_KEY = 2**63 - 1
LONGEST_PLACE = 9  # digits


@deciders
@require_GET
@gzip_page
def state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Text, warnings and the first thousand proposals of a review; packed: they are a megabyte.

    `?after=` so many tasks answers the following thousand, and `seen`: a page that has been told
    another number meanwhile holds tasks of two states, and begins again.
    """
    plan_import = import_of(request, uuid)
    asked = request.GET.get("after", "0")
    after = int(asked) if asked.isdecimal() and len(asked) <= LONGEST_PLACE else 0
    found = review_state(plan_import, after=after)
    if after:
        return JsonResponse({"seen": plan_import.steps_done, **found.tasks_as_json()})
    answer = found.as_json(plan_import)
    answer["text"] = plan_import.text
    answer["warnings"] = plan_import.warnings
    return JsonResponse(answer)


STEPS: Mapping[str, tuple[Action, tuple[str, ...]]] = {
    "edit": (review.edit_task, ("key", "title", "body")),
    "merge": (review.merge_tasks, ("keys",)),
    "split": (review.split_task, ("key", "titles")),
    "move": (review.move_task, ("key", "parent", "after")),
    "add": (review.add_task, ("title", "after", "span")),
    "decide": (review.decide_tasks, ("keys", "keep")),
    "name": (review.choose_name, ("words", "name")),
    "names_as_written": (review.keep_names_as_written, ()),
    "header": (review.edit_header, ("values",)),
    "line": (lines.edit_line, ("part", "place", "line")),
    "undo": (review.undo, ()),
    "redo": (review.redo, ()),
}


@deciders
@require_POST
def step(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one step of the review; answers what it changed, or one sentence and 409 or 400."""
    plan_import = import_of(request, uuid)
    try:
        action, given = _understood(request)
        taken = action(plan_import=plan_import, by=person_of(request), at=timezone.now(), **given)
    except ReviewMovedOn as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    except RuleBroken as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=400)
    plan_import.refresh_from_db()
    return JsonResponse(step_as_json(plan_import, taken))


def _understood(request: HttpRequest) -> tuple[Action, dict[str, Any]]:
    """The action and its arguments; NotPossible when the request is not one of the page's."""
    sentence = _("The page sent something that could not be understood; please load it again.")
    if len(request.body) > MOST_STEP_BYTES:
        raise NotPossible(sentence)
    try:
        wanted = json.loads(request.body)
        action, names = STEPS[wanted["kind"]]
        given = {name: wanted[name] for name in (*names, "seen")}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotPossible(sentence) from error
    if not all(SHAPES[name](value) for name, value in given.items()):
        raise NotPossible(sentence)
    return action, given


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_KEY


def _is_object(value: Any) -> bool:
    return isinstance(value, dict) and "\\u0000" not in json.dumps(value)


def _words(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


def _name(value: Any) -> bool:
    """What a unit's name means: a unit's key, a group's, or neither."""
    return (
        isinstance(value, dict)
        and all(value.get(key) is None or _whole(value[key]) for key in ("unit", "group"))
        and _words(value.get("label", ""))
    )


def _list_of(is_right: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(is_right, value))


def _or_nothing(is_right: Check) -> Check:
    return lambda value: value is None or is_right(value)


SHAPES: Mapping[str, Check] = {
    "key": _whole,
    "keys": _list_of(_whole),
    "parent": _or_nothing(_whole),
    "after": _or_nothing(_whole),
    "title": _words,
    "titles": _list_of(_words),
    "body": _is_object,
    "part": _words,
    "place": _or_nothing(_whole),
    "line": _is_object,
    "name": _name,
    "values": lambda value: (
        isinstance(value, dict)
        and all(each is None or isinstance(each, bool) or _words(each) for each in value.values())
    ),
    "words": _words,
    "keep": lambda value: isinstance(value, bool),
    "span": _or_nothing(
        lambda value: isinstance(value, list) and len(value) == 2 and all(map(_whole, value))
    ),
    "seen": _whole,
}


@planners
@require_GET
def unit_search(request: HttpRequest) -> HttpResponse:
    """Units and groups whose name holds the typed words, for the choice of a unit; 12 at most."""
    typed = request.GET.get("q", "")[:200]
    found = units_by_words(typed, on=timezone.localdate(), limit=12)
    return JsonResponse(
        {"units": [{"kind": kind, "id": pk, "label": label} for kind, pk, label in found]}
    )


@planners
@require_http_methods(["GET", "POST"])
def new_unit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Bring a unit on record that a plan names; GET answers the kinds and areas to choose from."""
    plan_import = import_of(request, uuid)
    today = timezone.localdate()
    if not may_make_units(rights_of_user(request.user)):
        raise PermissionDenied
    home = None if plan_import.unit is None else plan_import.unit.area
    if request.method == "GET":
        return JsonResponse(
            {
                "kinds": [[value, str(label)] for value, label in UnitKind.choices],
                "areas": [[str(pk), label] for pk, label in areas_to_choose(home, on=today)],
                "area": "" if home is None else str(home.pk),
            }
        )
    try:
        name, kind, area = _told_of_unit(request)
        unit = create_unit(
            key=key_of_unit(name, "" if area is None else area.key),
            kind=kind,
            name=name,
            area=area,
            source=plan_import.file_name,
            by=person_of(request),
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=400)
    return JsonResponse({"unit": {"kind": "unit", "id": unit.pk, "label": unit.label}})


def _told_of_unit(request: HttpRequest) -> tuple[str, str, Area | None]:
    try:
        told = json.loads(request.body)
        name, kind, area = told["name"], told["kind"], told["area"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotPossible(_("Please fill in the unit's name and kind.")) from error
    if not _words(name) or not 0 < len(name.strip()) <= 300 or kind not in UnitKind.values:
        raise NotPossible(_("Please fill in the unit's name and kind."))
    if area in {"", None}:
        return name, kind, None
    found = Area.objects.filter(pk=int(area)).first() if str(area).isdecimal() else None
    if found is None:
        raise NotPossible(_("This area is not on record; please choose it again."))
    return name, kind, found
