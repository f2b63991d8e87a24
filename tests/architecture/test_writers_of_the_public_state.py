"""What is public changes in two modules; whoever else writes it is found by reading the code."""

import ast
import re

import pytest

from tests.architecture.test_house_rules import ROOT, python_files

GUARDED = {"Release", "ReleasedVersion", "ReleasedFile"}
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
TABLES = re.compile(r"\bpublishing_(?:release|releasedversion|releasedfile)\b")
DOOR = "nhipcau/publishing/models/releases.py"
WRITERS = {
    "nhipcau/publishing/actions/releasing.py",
    "nhipcau/publishing/actions/withdrawing.py",
}


def code():
    """Every module that runs in a house, with its tree; tests and migrations are no house."""
    for path in python_files():
        name = str(path.relative_to(ROOT))
        if "/tests/" not in f"/{name}" and "/migrations/" not in name:
            yield name, ast.parse(path.read_text())


def names_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def writes_guarded_rows(tree):
    """Every call that writes rows, of a module that names a guarded table at all.

    A row or a set of rows goes through variables, so what exactly is written cannot be read off
    the code: a module that writes other rows beside reading these is asked to part the two.
    """
    if not set(names_in(tree)) & GUARDED:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        makes = isinstance(called, ast.Name) and called.id in GUARDED
        if makes or (isinstance(called, ast.Attribute) and called.attr in WRITES):
            yield ast.unparse(node)[:80]


def strings_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_only_release_and_withdrawal_enter_the_door():
    enter = {
        name
        for name, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            getattr(node.func, "id", "") == "releasing"
            or getattr(node.func, "attr", "") == "releasing"
        )
    }

    assert enter == WRITERS


def test_nobody_else_makes_or_changes_a_row_of_the_public_state():
    write = {name: found for name, tree in code() if (found := list(writes_guarded_rows(tree)))}

    assert set(write) == WRITERS | {DOOR}, write


def test_the_lock_of_the_door_is_touched_by_the_door_alone():
    touch = {name for name, tree in code() if "_releasing" in set(names_in(tree))}

    assert touch == {DOOR}


def test_no_statement_of_sql_names_a_table_of_the_public_state():
    naming = {name for name, tree in code() for words in strings_in(tree) if TABLES.search(words)}

    assert naming == set()


@pytest.mark.parametrize(
    "words",
    [
        "Release.objects.create(number=1)",
        "ReleasedVersion.objects.filter(pk=1).update(withdrawn_at=None)",
        "models.ReleasedFile.objects.all().delete()",
        "ReleasedVersion(title='x').save()",
        "row = Release.objects.first()\nrow.public_note = ''\nrow.save()",
    ],
)
def test_a_writer_would_be_found(words):
    assert list(writes_guarded_rows(ast.parse(words)))
