"""What is typed: every command is tried by some test, and none speaks past the catalogues."""

import ast
import re
from pathlib import Path

import pytest

from config.commandline import commands

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = sorted(ROOT.glob("nhipcau/*/management/commands/[a-z]*.py"))
TESTS = [*ROOT.glob("nhipcau/*/tests/**/*.py"), *(ROOT / "tests").rglob("*.py")]
TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy"}
WORDS = re.compile(r"[^\W\d_]{2,}")


def name_of(called):
    if isinstance(called, ast.Attribute):
        return f"{ast.unparse(called.value)}.{called.attr}".removeprefix("self.")
    return called.id if isinstance(called, ast.Name) else ""


def bare_words(node):
    """Words that stand in an expression and in no call of the catalogues."""
    if isinstance(node, ast.Call) and name_of(node.func) in TRANSLATING:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.search(node.value):
        yield node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        # What is filled into a sentence stands behind its percent sign.
        yield from bare_words(node.left)
        return
    for child in ast.iter_child_nodes(node):
        # Keys, what is compared and the shape of a number are said to nobody.
        if isinstance(child, ast.FormattedValue):
            yield from bare_words(child.value)
        elif not isinstance(child, (ast.Subscript, ast.Compare)):
            yield from bare_words(child)


def said_without_catalogue(source):
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if name_of(node.func) in {"CommandError", "stdout.write", "stderr.write", "print"}:
            for argument in node.args:
                yield from bare_words(argument)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("raise CommandError('no such unit')", ["no such unit"], id="a literal"),
        pytest.param("self.stdout.write(f'sent to {who}')", ["sent to "], id="a filled literal"),
        pytest.param("self.stdout.write('a word ' + rest)", ["a word "], id="a sum"),
        pytest.param("self.stdout.write(_('Done.'))", [], id="a sentence"),
        pytest.param("raise CommandError(_('No %(a)s.') % {'a': key['name']})", [], id="filled"),
        pytest.param("self.stdout.write(f'  · {_(\"Done.\")}')", [], id="signs around it"),
    ],
)
def test_a_sentence_past_the_catalogues_is_found(source, found):
    assert list(said_without_catalogue(source)) == found


def test_commands_say_nothing_past_the_catalogues():
    said = {
        path.stem: words
        for path in COMMANDS
        if (words := list(said_without_catalogue(path.read_text())))
    }

    assert said == {}


def test_every_command_is_run_by_some_test():
    texts = ["".join(path.read_text().split()) for path in TESTS if path != Path(__file__)]
    untried = []
    for typed, name in commands().items():
        words = '","'.join(typed.split())
        ways = [f'("{name}"', f'run("{words}"', f'nhipcau("{words}"', f'["{words}"']
        if not any(way in text for text in texts for way in ways):
            untried.append(typed)

    assert untried == []
