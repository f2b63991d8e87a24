"""`nhipcau plan read` as people and programmes call it: output, sentences, exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nhipcau.plans.tests.sources.hostile import REFUSED, WRONG_KINDS
from nhipcau.plans.tests.sources.same_plan import as_docx, as_text

COMMAND = [str(Path(sys.executable).parent / "nhipcau"), "plan", "read"]


def run(*words, data=None, **environment):
    environment["PATH"] = os.defpath
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        input=data,
        capture_output=True,
        env=environment,
        timeout=60,
        check=False,
    )


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(as_docx())
    return path


def test_it_prints_one_json_object_in_utf_8_whatever_the_terminal_speaks(plan):
    result = run(plan, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    printed = json.loads(result.stdout.decode("utf-8"))
    assert (result.returncode, result.stderr) == (0, b"")
    assert printed["doc_type"] == "KH"
    assert "Thông tin đối ngoại".encode() in result.stdout
    assert printed["file"] == {"format": "docx", "pages": None, "notices": []}
    assert "spans" not in printed


def test_spans_are_added_on_request_and_count_in_the_text_beside_them(plan):
    printed = json.loads(run(plan, "--spans").stdout)

    start, end = printed["spans"]["/title"]
    assert printed["text"][start:end].split() == printed["title"].split()


def test_text_prints_the_normalised_text(plan):
    with_spans = json.loads(run(plan, "--spans").stdout)

    assert run(plan, "--text").stdout.decode() == with_spans["text"].rstrip("\n") + "\n"


def test_a_dash_reads_standard_input(plan):
    assert run("-", data=plan.read_bytes()).stdout == run(plan).stdout


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ((), {}, "vi"),
        ((), {"LANG": "C.UTF-8"}, "vi"),
        ((), {"LANG": "vi_VN.UTF-8"}, "vi"),
        ((), {"LANG": "en_GB.UTF-8"}, "en"),
        ((), {"LANG": "vi_VN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        (("--language", "en"), {}, "en"),
        (("--language", "vi"), {"LANG": "en_GB.UTF-8"}, "vi"),
    ],
)
def test_a_refusal_is_one_sentence_in_the_users_language(words, environment, language, tmp_path):
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(WRONG_KINDS["spreadsheet"]())

    result = run(path, *words, **environment)

    sentence = {"vi": "Tệp này là một bảng tính, ", "en": "This file is a spreadsheet, "}[language]
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.decode().startswith(sentence)
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("name", REFUSED)
def test_every_bad_file_ends_with_one_line_and_status_one(name, tmp_path):
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(REFUSED[name][0]())

    result = run(path)

    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.count(b"\n") == 1
    assert b"Traceback" not in result.stderr


def test_what_is_no_official_document_is_refused(tmp_path):
    path = tmp_path / "tho.txt"
    path.write_text("Trăm năm trong cõi người ta, chữ tài chữ mệnh khéo là ghét nhau.\n" * 5)

    result = run(path)

    assert (result.returncode, result.stdout, result.stderr.count(b"\n")) == (1, b"", 1)


def test_two_hundred_megabytes_are_refused_by_file_and_by_pipe(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)

    by_file = run(path)
    with path.open("rb") as stream:
        by_pipe = subprocess.run([*COMMAND, "-"], stdin=stream, capture_output=True, check=False)

    assert by_file.returncode == by_pipe.returncode == 1
    assert "(50 MB)" in by_file.stderr.decode()
    assert by_file.stderr == by_pipe.stderr


def test_endless_input_is_refused():
    with Path("/dev/zero").open("rb") as stream:
        result = subprocess.run([*COMMAND, "-"], stdin=stream, capture_output=True, check=False)

    assert (result.returncode, result.stdout) == (1, b"")


def test_the_time_limit_holds(tmp_path):
    path = tmp_path / "ke-hoach.html"
    path.write_bytes(b"<html><body>" + b"<p>x " * 3_000_000)

    result = run(path, "--seconds", "0.5", "--language", "en")

    assert result.returncode == 1
    assert "more than 0.5 seconds" in result.stderr.decode()


def test_input_that_never_comes_ends_at_the_time_limit():
    reading, writing = os.pipe()
    with os.fdopen(reading), os.fdopen(writing, "wb"):
        result = subprocess.run(
            [*COMMAND, "-", "--seconds", "0.5"], stdin=reading, capture_output=True, check=False
        )

    assert (result.returncode, result.stdout) == (1, b"")


@pytest.mark.parametrize(
    "words",
    [(), ("a", "b"), ("--nonsense", "a"), ("a", "--seconds", "0"), ("a", "--language", "fr")],
)
def test_wrong_usage_is_status_two(words):
    result = run(*words)

    assert (result.returncode, result.stdout) == (2, b"")
    assert b"usage" in result.stderr


def test_a_file_that_cannot_be_opened_is_status_two_with_one_sentence(tmp_path):
    missing, folder = run(tmp_path / "khong-co.docx"), run(tmp_path)

    assert (missing.returncode, folder.returncode) == (2, 2)
    assert missing.stderr.decode().startswith("Không mở được tệp ")
    assert missing.stderr.count(b"\n") == folder.stderr.count(b"\n") == 1


def test_a_reader_who_has_seen_enough_hears_no_complaint(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(as_text() + "".join(f"\n{n}. Việc thứ {n}\n" for n in range(1, 4000)))
    with subprocess.Popen([*COMMAND, str(path)], stdout=-1, stderr=-1) as process:
        process.stdout.read(10)
        process.stdout.close()
        complaint = process.stderr.read()

    assert (process.returncode, complaint) == (0, b"")


def test_plain_text_is_read_without_the_libraries_of_other_formats(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(as_text())
    probe = (
        "import sys; from pathlib import Path; from nhipcau.plans.reading.sources import load; "
        f"load(Path({str(path)!r}).read_bytes()); import nhipcau.plans.reading.commandline; "
        "print(sorted({'lxml', 'pypdfium2_raw', 'django', 'zipfile'} & set(sys.modules)))"
    )

    result = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True)

    assert result.stdout == b"[]\n"
