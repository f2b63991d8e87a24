"""The house rules that no library checks."""

import ast
import re
import subprocess
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = [
    ["demo"],
    ["website", "desk", "api", "operations"],
    ["reports"],
    ["evidence"],
    ["library", "channels"],
    ["publishing"],
    ["works", "training", "events", "press"],
    ["translation"],
    ["plans"],
    ["media"],
    ["search", "paper"],
    ["people"],
    ["registry"],
    ["outbox"],
    ["audit"],
    ["kernel"],
]
FLOOR_OF = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
DOORS = {
    "actions",
    "blocks",  # what an editor puts into a body
    "queries",
    "models",
    "enums",
    "errors",
    "signals",
    "rules",
    "reading",
    "contract",
    "proofreading",  # translation: checks before submitting
    "intake",  # translation: words brought from Word or a clipboard
    "manuscript",  # translation: what every renderer reads
    "renderers",  # publishing: the forms, each a listed plug
    "typesetting",  # paper: pages from templates and data
    "fonts",  # paper
    "linebreaks",  # paper
    "turns",  # paper: how many draw at once
    "text",  # search: how text is analysed for the index, and highlighted
    "requests",  # audit: the id that logs and diary share
    "sentences",  # audit: how a line of the diary reads
    "verification",  # audit: a restored house is verified
}
KERNEL_AND_WIRING = {"apps", "migrations", "tests", "management"}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("nhipcau.")]


def room_of(model):
    return model.__module__.split(".")[1]


def python_files():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [ROOT / name for name in listed if (ROOT / name).exists()]


def test_foreign_keys_point_down_or_stay_in_the_room():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model.__module__.startswith("nhipcau.")
        and room_of(field.related_model) != room_of(model)
        and FLOOR_OF[room_of(field.related_model)] <= FLOOR_OF[room_of(model)]
    ]

    assert upward == []


def test_rooms_are_entered_through_their_doors():
    graph = grimp.build_graph("nhipcau", exclude_type_checking_imports=True)

    trespasses = [
        f"{importer} → {module}"
        for module in graph.modules
        if module.count(".") >= 2
        and module.split(".")[1] != "kernel"
        and module.split(".")[2] not in DOORS
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[1] != module.split(".")[1] and ".tests" not in importer
    ]

    assert trespasses == []


@pytest.mark.parametrize(
    "room", sorted(path.parent.name for path in (ROOT / "nhipcau").glob("*/__init__.py"))
)
def test_every_room_says_what_it_is_for(room):
    text = (ROOT / "nhipcau" / room / "README.md").read_text()

    assert 3 <= len(text.splitlines()) <= 40


def test_modules_stay_readable():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if "migrations" not in path.parts and "tests" not in path.parts
        if (lines := len(path.read_text().splitlines())) > 400
    }

    assert long == {}


def test_no_file_is_called_utils_or_helpers():
    vague = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}

    assert [str(path) for path in python_files() if path.name in vague] == []


def test_nothing_is_left_to_do_in_the_code():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    here = Path(__file__)

    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in python_files()
        if path != here
        for line in path.read_text().splitlines()
        if marks.search(line)
    ] == []


def test_every_waiver_gives_its_reason():
    bare = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?!.*--)")
    spoken_elsewhere = re.compile(r"# noqa: A002$")

    silent = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in python_files()
        if "migrations" not in path.parts and path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bare.search(line) and not spoken_elsewhere.search(line)
    ]

    assert silent == []


def actions_of_the_rooms():
    for path in sorted((ROOT / "nhipcau").glob("*/actions.py")) + sorted(
        (ROOT / "nhipcau").glob("*/actions/*.py")
    ):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                room = path.relative_to(ROOT / "nhipcau").parts[0]
                yield pytest.param(room, node, id=f"{room}.{node.name}")


# The diary and the outbox tell and record for others, and work by themselves in the background:
# who acts is told to them by their callers, or nobody does.
WITHOUT_AN_AUTHOR = {
    # news, written in the course of another room's action, which names its author in the diary
    "put",
    # chores of the worker
    "seal",
    "seal_all",
    "sign_head",
    "write_digest",
    "work",
    "hand_over_the_past",
    "rescue_tasks",
    "tidy",
    "check_in",
    "check_out",
    # brings the database in line with the settings, whose author is the operator
    "register_consumers",
}


@pytest.mark.parametrize(("room", "action"), list(actions_of_the_rooms()))
def test_every_action_names_its_author_and_moment(room, action):
    names = {argument.arg for argument in action.args.kwonlyargs}

    assert action.args.args == []
    assert "at" in names
    assert "by" in names or (room in {"audit", "outbox"} and action.name in WITHOUT_AN_AUTHOR)


# Methods of rows and sets that share their names with actions.
GENERAL = {"save", "create", "update", "delete", "get", "add", "set", "filter", "append", "remove"}
# What may happen without a line of its own, and why.
WITHOUT_A_LINE = {
    "the diary itself, and chores of the worker, which change nothing for people": {
        *("seal", "seal_all", "sign_head", "write_digest", "work", "check_in", "check_out", "tidy"),
        *("rescue_tasks", "hand_over_the_past", "register_consumers"),
    },
    "how far a worker is with what somebody ordered, which has its line": {
        *("begin_reading", "note_stage", "note_share", "take_in_hand"),
    },
    "pieces of a file that is not in the library yet": {
        *("begin_upload", "cancel_upload", "expire_uploads"),
    },
    "a step of a review: the step is a row with person and moment, the acceptance tells them all": {
        *("add_task", "choose_name", "decide_tasks", "edit_header", "edit_line", "edit_task"),
        *("keep_names_as_written", "merge_tasks", "move_task", "split_task"),
    },
    "part of another action, which tells of it": {
        *("open_public_copies", "write_money_and_duties", "follow_title", "bring_works"),
        *("note_going_out", "note_public", "note_not_public"),
    },
    "into a place that has no diary yet; the restore that follows has its line": {"restore_keys"},
}


def test_every_action_writes_a_line_of_the_diary():
    """By name: an action reaches `record` itself or through what it calls in the actions."""
    calls, public = {}, set()
    for parameter in actions_of_the_rooms():
        public.add(parameter.values[1].name)
    for path in (ROOT / "nhipcau").glob("*/actions*"):
        for module in [path] if path.suffix == ".py" else sorted(path.glob("*.py")):
            for node in ast.walk(ast.parse(module.read_text())):
                if isinstance(node, ast.FunctionDef):
                    called = {
                        getattr(one, "id", getattr(one, "attr", ""))
                        for one in ast.walk(node)
                        if isinstance(one, ast.Name | ast.Attribute)
                    }
                    calls.setdefault(node.name, set()).update(called - GENERAL)
    tell = {"record"}
    while found := {name for name, called in calls.items() if called & tell} - tell:
        tell |= found

    assert public - tell == set().union(*WITHOUT_A_LINE.values())
