"""Reading in a process of its own: what a hostile file does to it, it does to no one else."""

import contextlib
import io
import logging
import os
import pickle
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from nhipcau.plans.reading import isolated, read
from nhipcau.plans.reading.errors import NotReadable, ReadingInterrupted, Refusal
from nhipcau.plans.reading.limits import MEGABYTE, Limits
from nhipcau.plans.reading.source import Format
from nhipcau.plans.reading.sources import load
from nhipcau.plans.tests.sources.hostile import PDF_BOMBS, REFUSED
from nhipcau.plans.tests.sources.making import p, word
from nhipcau.plans.tests.sources.same_plan import as_docx

CEILING = 500 * MEGABYTE


# A small process of its own: a child's peak counts what its parent held when it was started.
LAUNCHER = """
import resource, sys
from pathlib import Path
from nhipcau.plans.reading import NotReadable, isolated
try:
    isolated.read_file(Path(sys.argv[1]))
    outcome = "read"
except NotReadable as refusal:
    outcome = refusal.reason.value
print(outcome, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def outcome_and_peak(path):
    """What reading the file came to, and the peak memory of the process that read it, bytes."""
    told = subprocess.run(
        [sys.executable, "-c", LAUNCHER, str(path)], capture_output=True, check=True, text=True
    ).stdout.split()
    return told[0], int(told[1])


def test_a_plan_comes_back_whole(tmp_path):
    path = tmp_path / "ke-hoach.bin"
    path.write_bytes(as_docx())

    result = isolated.read_file(path)

    assert result.source.format is Format.DOCX
    assert result.reading.doc_type.code == "KH"
    assert result.reading.tasks != ()
    span = result.reading.title.span
    assert result.reading.text[span.start : span.end].split() == result.reading.title.text.split()


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_as_in_process_and_memory_stays_low(name, tmp_path):
    make, reason = REFUSED[name]
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(make())

    outcome, peak = outcome_and_peak(path)

    assert outcome == reason.value
    assert peak < CEILING


@pytest.mark.parametrize("name", PDF_BOMBS)
def test_a_pdf_bomb_ends_its_own_process_only(name, tmp_path):
    path = tmp_path / "ke-hoach.pdf"
    path.write_bytes(PDF_BOMBS[name]())

    outcome, peak = outcome_and_peak(path)

    assert outcome == Refusal.BOMB.value
    assert peak < CEILING


def test_two_hundred_megabytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "ke-hoach.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(200 * MEGABYTE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    started = time.monotonic()
    with pytest.raises(NotReadable) as refused:
        isolated.read_file(path)

    assert refused.value.reason is Refusal.TOO_LARGE
    assert time.monotonic() - started < 5
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 50 * MEGABYTE


def test_reading_stops_at_the_time_limit(tmp_path):
    path = tmp_path / "ke-hoach.html"
    path.write_bytes(b"<html><body>" + b"<p>x " * 3_000_000)

    started = time.monotonic()
    with pytest.raises(NotReadable) as refused:
        isolated.read_file(path, Limits(seconds=0.5))

    assert refused.value.reason is Refusal.TOO_SLOW
    assert "0.5" in refused.value.en
    assert time.monotonic() - started < 10


def takes_long(folder):
    path = folder / "ke-hoach.html"
    path.write_bytes(b"<html><body>" + b"<p>x " * 3_000_000)
    return path


def readers_of(mark):
    """The reading processes whose environment bears the mark."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("READER_OF") == mark and process.status() != "zombie":
                found.append(process)
    return [one for one in found if any("reading.isolated" in word for word in one.cmdline())]


def until(answers, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := answers():
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")


def start_reading(path, mark):
    process = subprocess.Popen(
        ["env", f"READER_OF={mark}", sys.executable, "-c", LAUNCHER, str(path)]
    )
    (reader,) = until(lambda: readers_of(mark))
    return process, reader


def test_a_reading_ends_with_whoever_asked_for_it(tmp_path):
    mark = str(tmp_path)
    asker, reader = start_reading(takes_long(tmp_path), mark)

    asker.kill()
    asker.wait()

    until(lambda: not readers_of(mark), seconds=5)
    assert not reader.is_running() or reader.status() == "zombie"


def test_a_reading_that_somebody_ends_says_nothing_about_the_file(tmp_path, monkeypatch):
    mark = str(tmp_path)
    monkeypatch.setenv("READER_OF", mark)
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(isolated.read_file, takes_long(tmp_path))
        (reader,) = until(lambda: readers_of(mark))
        reader.kill()

        with pytest.raises(ReadingInterrupted):
            asked.result()


def test_a_reading_tells_how_far_it_is(tmp_path):
    path = tmp_path / "ke-hoach.bin"
    path.write_bytes(as_docx())
    told = []

    isolated.read_file(path, tell=told.append)

    assert told == [isolated.Stage.OPENED, isolated.Stage.UNDERSTOOD]


def test_memory_ends_at_the_limit_with_a_sentence(tmp_path):
    path = tmp_path / "ke-hoach.html"
    path.write_bytes(b"<html><body>" + b"<b>x</b>" * 1_900_000)

    with pytest.raises(NotReadable) as refused:
        isolated.read_file(path, Limits(memory=150 * MEGABYTE))

    assert refused.value.reason is Refusal.TOO_LARGE


def test_a_crash_of_the_reading_process_is_a_refusal_and_is_logged(tmp_path, monkeypatch, caplog):
    path = tmp_path / "ke-hoach.txt"
    path.write_text("Kế hoạch")
    crashing = tmp_path / "crash.sh"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crashing.chmod(0o755)
    monkeypatch.setattr(isolated.sys, "executable", str(crashing))

    with caplog.at_level(logging.ERROR), pytest.raises(NotReadable) as refused:
        isolated.read_file(path)

    assert refused.value.reason is Refusal.BOMB
    assert [record.event for record in caplog.records] == ["plans.reading.died"]


class Planted:
    def __reduce__(self):
        return (os.system, ("true",))


@pytest.mark.parametrize("answer", [pickle.dumps(Planted()), b"", b"\x80", pickle.dumps(3)])
def test_an_answer_may_hold_nothing_but_a_reading(answer):
    with pytest.raises(NotReadable) as refused:
        isolated._unpacked(answer)

    assert refused.value.reason is Refusal.DAMAGED


def test_an_answer_needs_no_getattr_where_python_writes_enumerations_by_it(monkeypatch):
    """As Python 3.11.2 does, which Debian 12 brings."""
    source = load(as_docx())
    found = isolated.FileReading(source, read(source))
    by_getattr = lambda one, _protocol: (getattr, (type(one), one.name))  # noqa: E731 -- a method
    monkeypatch.setattr(Format, "__reduce_ex__", by_getattr, raising=False)
    assert b"getattr" in pickle.dumps(found)

    answer = io.BytesIO()
    isolated._Pickler(answer).dump(found)

    assert b"getattr" not in answer.getvalue()
    assert isolated._unpacked(answer.getvalue()) == found


def test_a_file_that_is_not_there_is_the_callers_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        isolated.read_file(Path(tmp_path / "khong-co.docx"))


@pytest.mark.survey
def test_ten_thousand_paragraphs_with_numbers_stay_far_below_the_ceiling(tmp_path):
    path = tmp_path / "ke-hoach.docx"
    body = "".join(p(f"{n}. Nhiệm vụ số {n} giao Sở Ngoại vụ chủ trì") for n in range(10_000))
    head = ("UBND TỈNH PHÚ BIÊN", "Số: 1/KH-UBND", "KẾ HOẠCH", "Năm 2026", "I. NHIỆM VỤ")
    close = ("Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Lò Thị Mai Hoa")
    path.write_bytes(word("".join(map(p, head)) + body + "".join(map(p, close))))

    result = isolated.read_file(path)

    assert result.source.text.count("giao Sở") == 10_000
    assert outcome_and_peak(path)[1] < CEILING
