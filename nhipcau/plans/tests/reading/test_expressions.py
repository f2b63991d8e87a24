"""Expressions that are kept compiled are those that Python would compile."""

import marshal
import re
import sys
from pathlib import Path

import pytest

from nhipcau.plans.reading import expressions


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "kept" / "expressions.kept")


@pytest.fixture
def with_kept(monkeypatch):
    """Start with what a file holds, as a new process does."""

    def start(path):
        monkeypatch.setattr(expressions, "_KEPT", expressions.kept(path))

    return start


def test_the_kept_code_of_the_whole_grammar_is_what_python_compiles(file, with_kept):
    assert expressions.keep_grammar(file) > 300
    with_kept(file)

    assert [
        pattern
        for pattern, flags in expressions.kept(file)
        # Two patterns are equal when their code, flags and groups are.
        if expressions.expression(pattern, flags) != re.compile(pattern, flags)
    ] == []


def test_what_is_kept_is_not_compiled_again(file, with_kept, monkeypatch):
    expressions.expression(r"(?P<day>\d+)/(?P<month>\d+)|x", re.IGNORECASE)
    expressions.keep(file)
    with_kept(file)
    monkeypatch.setattr(re, "compile", lambda *_words: pytest.fail("compiled again"))

    found = expressions.expression(r"(?P<day>\d+)/(?P<month>\d+)|x", re.IGNORECASE)

    assert found.fullmatch("30/4").groupdict() == {"day": "30", "month": "4"}
    assert found.flags & re.IGNORECASE


def test_an_expression_that_has_changed_since_is_compiled(file, with_kept):
    expressions.keep(file)
    with_kept(file)

    assert expressions.expression("never asked for (before)").groups == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"not marshalled at all",
        marshal.dumps(1),
        marshal.dumps((1, 2, 3)),
        marshal.dumps(((0, "another Python"), 0, b"")),
        marshal.dumps(((0, sys.version), 0, b"x")),
    ],
)
def test_a_file_that_is_not_whole_is_as_none(tmp_path, content):
    path = tmp_path / "expressions.kept"
    path.write_bytes(content)

    assert expressions.kept(str(path)) == {}
    assert expressions.kept(str(tmp_path / "nowhere")) == {}


def test_a_file_with_one_bit_turned_is_as_none(tmp_path, file):
    expressions.keep(file)
    whole = bytearray(Path(file).read_bytes())
    whole[-10] ^= 1
    path = tmp_path / "turned"
    path.write_bytes(whole)

    assert expressions.kept(file)
    assert expressions.kept(str(path)) == {}


def test_code_that_the_engine_refuses_is_compiled(monkeypatch):
    monkeypatch.setattr(
        expressions, "_KEPT", {("a+", 0): (32, [1, 2, 3], 0, {}, (None,)), ("b", 0): ()}
    )

    assert expressions.expression("a+").fullmatch("aaa")
    assert expressions.expression("b").fullmatch("b")


def test_a_killed_keeping_leaves_the_file_of_before(file, monkeypatch):
    expressions.keep(file)
    before = expressions.kept(file)

    def stop(*_words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(expressions.os, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            expressions.keep(file)

    assert expressions.kept(file) == before
