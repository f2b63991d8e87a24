"""A forty-page handbook as PDF, after the first: time, processor, memory; WeasyPrint beside it.

    .venv/bin/python benchmarks/handbook.py [--rounds 5]

Prints a table and keeps it in benchmarks/results/handbook.md. Floor: 2 s and 400 MB. The peer sets
the same words, pictures and tables from HTML as tagged PDF/UA, in the same run and as warm as ours.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

import django  # noqa: E402 -- the environment above must be set first

django.setup()

import psutil  # noqa: E402 -- the environment above must be set first
import pypdfium2  # noqa: E402 -- as above

from nhipcau.publishing.renderers import renderer  # noqa: E402 -- Django is set up above
from nhipcau.publishing.tests import specimens  # noqa: E402 -- as above

RESULT = ROOT / "benchmarks" / "results" / "handbook.md"
MOST_SECONDS, MOST_MEGABYTES = 2.0, 400.0
STYLE = """
@page { size: 148mm 210mm; margin: 20mm 15mm 19mm 19mm; @bottom-right { content: counter(page) } }
body { font: 10pt/1.5 "Noto Sans"; color: #1e2a3a } h2 { break-before: page; color: #23407a }
img { width: 100% } table { width: 100%; border-collapse: collapse; font-size: 9pt }
thead th { background: #23407a; color: white } td, th { padding: 1.7mm 2mm; text-align: left }
aside { background: #f4f1e8; border-left: 1.3mm solid #23407a; padding: 3mm }
"""
# The peer's own process: the first document warms it, then each round is measured.
PEER = """
import json, sys, time
from weasyprint import HTML
document, rounds = sys.argv[1], int(sys.argv[2])
taken = []
for number in range(rounds + 1):
    wall, cpu = time.perf_counter(), time.process_time()
    pdf = HTML(filename=document).write_pdf(pdf_variant="pdf/ua-1")
    taken.append((time.perf_counter() - wall, time.process_time() - cpu))
open(document + ".pdf", "wb").write(pdf)
status = open("/proc/self/status").read().split("VmHWM:")[1]
peak = int(status.split()[0]) / 1024
print(json.dumps({"taken": taken[1:], "peak": peak, "bytes": len(pdf)}))
"""


def pages_of(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class PeakOfChildren:
    """The most memory that a typesetting process holds, looked at every few milliseconds.

    What the kernel tells of ended children begins with the size of their parent.
    """

    def __enter__(self) -> Self:
        self.megabytes = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._over.wait(0.004):
            for child in me.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    held = child.memory_info().rss / 1_048_576
                    # A process that has not yet become another still looks as large as we are.
                    if "nhipcau.paper.isolated" in child.cmdline():
                        self.megabytes = max(self.megabytes, held)


def ours(rounds: int) -> dict[str, object]:
    source, shelf, options = specimens.handbook(), specimens.Shelf(), specimens.options()
    taken = []
    content = b""
    for _ in range(rounds + 1):
        wall, cpu = time.perf_counter(), processor()
        content = renderer("handbook").render((source,), shelf, options).files[0].content
        taken.append((time.perf_counter() - wall, processor() - cpu))
    with PeakOfChildren() as peak:
        renderer("handbook").render((source,), shelf, options)
    return {
        "taken": taken[1:],
        "peak": peak.megabytes,
        "pages": pages_of(content),
        "bytes": len(content),
    }


def peer(rounds: int) -> dict[str, object]:
    class OnDisk(specimens.Shelf):
        def address(self, key: str) -> object:
            found = super().address(key)
            return found and specimens.MediaAddress("picture.jpg", "image/jpeg")

    source = specimens.handbook()
    page = renderer("web-page").render((source,), OnDisk(), specimens.options()).files[0].content
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "picture.jpg").write_bytes(specimens.picture(1400, 868))
        document = folder / "handbook.html"
        head = f"<html lang='vi'><head><title>{source.title}</title><style>{STYLE}</style></head>"
        document.write_text(f"{head}<body>{page.decode()}</body></html>", encoding="utf-8")
        finished = subprocess.run(
            [sys.executable, "-c", PEER, str(document), str(rounds)],
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            return {"failed": finished.stderr.strip().splitlines()[-1]}
        pdf = Path(f"{document}.pdf").read_bytes()
        return {**json.loads(finished.stdout), "pages": pages_of(pdf)}


def row(name: str, figures: dict[str, object]) -> str:
    walls, cpus = zip(*figures["taken"], strict=True)  # type: ignore[call-overload] -- JSON
    return (
        f"| {name} | {figures['pages']} | {statistics.median(walls):.2f} | {max(walls):.2f} | "
        f"{statistics.median(cpus):.2f} | {figures['peak']:.0f} | {figures['bytes'] // 1024} |"  # type: ignore[operator] -- JSON
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    mine, other = ours(rounds), peer(rounds)
    lines = [
        "# Handbook",
        "",
        "`benchmarks/handbook.py`: 8 chapters with pictures, tables, lists and charts on A5.",
        "",
        "| set by | pages | seconds (median) | slowest | processor s | peak MB | KB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        row("typst, own process a document (ours)", mine),
    ]
    if "failed" in other:
        lines += ["", f"WeasyPrint did not run here: {other['failed']}"]
    else:
        lines.append(row("WeasyPrint, warm process (peer)", other))
        processors = [
            statistics.median(cpu for _, cpu in figures["taken"])  # type: ignore[attr-defined] -- JSON
            for figures in (mine, other)
        ]
        lines += ["", f"Processor time, peer / ours: {processors[1] / processors[0]:.1f}"]
    median = statistics.median(wall for wall, _ in mine["taken"])  # type: ignore[attr-defined] -- JSON
    kept = median <= MOST_SECONDS and float(str(mine["peak"])) <= MOST_MEGABYTES
    lines += [
        "",
        f"Floor: {MOST_SECONDS:.0f} s and {MOST_MEGABYTES:.0f} MB: {'kept' if kept else 'MISSED'}",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULT.write_text(text, encoding="utf-8")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
