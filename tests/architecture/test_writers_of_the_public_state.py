"""What is public, approved or decided changes in few modules; reading the code finds others."""

import ast
import re
from dataclasses import dataclass, field
from functools import cache

import pytest
from django.apps import apps

from nhipcau.kernel.doors import BehindADoor, BehindADoorQuerySet
from tests.architecture.test_house_rules import ROOT, python_files

WRITES = {
    "acreate",
    "abulk_create",
    "aupdate",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "raw",
    "save",
    "update",
    "update_or_create",
}
RELEASES = {
    "nhipcau/publishing/actions/releasing.py",
    "nhipcau/publishing/actions/withdrawing.py",
}
ENTERED_BY = {
    "releasing": RELEASES,
    "approving": {"nhipcau/translation/actions/states.py"},
    "deciding": {"nhipcau/publishing/actions/deciding.py"},
    "showing": {"nhipcau/media/actions/public.py"},
}
BEHIND = {
    "releasing": {"Release", "ReleasedVersion", "ReleasedFile"},
    "approving": {"Approval"},
    "deciding": {"Decision", "ConfirmedReason"},
    "showing": {"PublicCopy", "PublicHolding"},
}
# What the doors' actions call each other for: a copy is shown by a release, a text approved by
# the last step of a clearance.
CALLED_BY = {
    "stage_public_copy": {"nhipcau/publishing/actions/releasing.py"},
    "open_public_copies": {"nhipcau/publishing/actions/releasing.py"},
    "withdraw_public_copy": RELEASES,
    "approve": {"nhipcau/publishing/actions/deciding.py"},
}
# The manager that asks nobody; one reads only, which a test cannot see.
ASKS_NOBODY = {"_base_manager": {"nhipcau/registry/actions/documents.py"}, "_raw_delete": set()}
GUARDED = frozenset[str]().union(*BEHIND.values())
TABLES = re.compile(
    r"\b(?:publishing_(?:release|releasedversion|releasedfile|decision|confirmedreason)"
    r"|translation_approval|media_public(?:copy|holding))\b"
)


# To read all the code takes seconds: one process does it.
pytestmark = pytest.mark.xdist_group("code")


@dataclass
class Tree:
    """The syntax of a module, walked through once."""

    root: ast.AST
    nodes: list[ast.AST] = field(init=False)
    names: set[str] = field(init=False)

    def __post_init__(self):
        self.nodes = list(ast.walk(self.root))
        self.names = set(names_in(self.nodes))

    @property
    def calls(self):
        return (node for node in self.nodes if isinstance(node, ast.Call))


@cache
def code():
    """Every module that runs in a house, with its tree; tests and migrations are no house."""
    return [
        (name, Tree(ast.parse(path.read_text())))
        for path in python_files()
        if "/tests/" not in f"/{(name := str(path.relative_to(ROOT)))}"
        and "/migrations/" not in name
    ]


def names_in(nodes):
    for node in nodes:
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def calls_of(name, tree):
    return name in tree.names and any(
        name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
        for node in tree.calls
    )


def calling(name):
    """The modules that call whatever is of that name."""
    return {module for module, tree in code() if calls_of(name, tree)}


def writing_calls(tree, guarded):
    """Calls that make a row of `guarded`, and all that write rows of whatever table."""
    for node in tree.calls:
        called = node.func
        if (isinstance(called, ast.Name) and called.id in guarded) or (
            isinstance(called, ast.Attribute) and called.attr in WRITES
        ):
            yield node


def writes_guarded_rows(tree, guarded=GUARDED):
    """Calls that write rows behind a door, as far as one line of code tells."""
    return [
        ast.unparse(node)[:80] for node in writing_calls(tree, guarded) if _names_one(node, guarded)
    ]


def _names_one(node, guarded):
    return bool(set(names_in(ast.walk(node.func))) & guarded)


def writes_in_a_module_of(tree, guarded):
    """Every call that writes rows, of a module that names a guarded table at all.

    A row or a set of rows goes through variables, so what exactly is written cannot be read off
    the code: a module that writes other rows beside reading these is asked to part the two.
    """
    if not tree.names & guarded:
        return []
    return [ast.unparse(node)[:80] for node in writing_calls(tree, guarded)]


def strings_in(tree):
    for node in tree.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def rows_behind_a_door():
    return [model for model in apps.get_models() if issubclass(model, BehindADoor)]


def test_every_door_and_what_is_behind_it_is_named_here():
    found = {}
    for model in rows_behind_a_door():
        found.setdefault(model.door.name, set()).add(model.__name__)

    assert found == BEHIND
    assert set(ENTERED_BY) == set(BEHIND)


@pytest.mark.parametrize("door", ENTERED_BY)
def test_a_door_is_entered_by_its_actions_alone(door):
    assert calling(door) == ENTERED_BY[door]


@pytest.mark.parametrize("action", CALLED_BY)
def test_an_action_that_enters_a_door_is_called_by_those_who_may(action):
    assert calling(action) == CALLED_BY[action]


@pytest.mark.parametrize("door", BEHIND)
def test_nobody_else_makes_a_row_behind_a_door(door):
    write = {
        name: found for name, tree in code() if (found := writes_guarded_rows(tree, BEHIND[door]))
    }

    assert set(write) <= ENTERED_BY[door], write


def test_whoever_names_a_row_of_the_public_state_writes_nothing_but_in_the_door():
    guarded = BEHIND["releasing"]
    write = {
        name: found for name, tree in code() if (found := writes_in_a_module_of(tree, guarded))
    }

    assert set(write) == RELEASES, write


def test_the_lock_of_a_door_is_touched_by_the_door_alone():
    touch = {name for name, tree in code() if "_is_open" in tree.names}

    assert touch == {"nhipcau/kernel/doors.py"}


@pytest.mark.parametrize("name", ASKS_NOBODY)
def test_no_way_round_the_managers_is_gone(name):
    assert {module for module, tree in code() if name in tree.names} == ASKS_NOBODY[name]


@pytest.mark.parametrize("model", rows_behind_a_door(), ids=lambda model: model.__name__)
def test_each_manager_of_a_row_behind_a_door_asks_it(model):
    assert model._meta.managers
    for manager in model._meta.managers:
        assert issubclass(manager._queryset_class, BehindADoorQuerySet)


def test_no_statement_of_sql_names_a_table_behind_a_door():
    naming = {name for name, tree in code() for words in strings_in(tree) if TABLES.search(words)}

    assert naming == set()
    assert {model._meta.db_table for model in rows_behind_a_door()} == {
        model._meta.db_table
        for model in apps.get_models()
        if TABLES.fullmatch(model._meta.db_table)
    }


@pytest.mark.parametrize(
    "words",
    [
        "Release.objects.create(number=1)",
        "ReleasedVersion.objects.filter(pk=1).update(withdrawn_at=None)",
        "models.ReleasedFile.objects.all().delete()",
        "ReleasedVersion(title='x').save()",
        "Approval.objects.get_or_create(revision=revision)",
        "Decision.objects.bulk_create(said)",
        "PublicHolding.objects.update(opens_at=at)",
    ],
)
def test_a_writer_would_be_found(words):
    assert writes_guarded_rows(Tree(ast.parse(words)))


def test_a_writer_through_a_variable_would_be_found():
    words = "row = Release.objects.first()\nrow.public_note = ''\nrow.save()"

    assert writes_in_a_module_of(Tree(ast.parse(words)), BEHIND["releasing"])
