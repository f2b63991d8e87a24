"""How fast and how small the plan reader is: time and memory per page, one to 300 pages.

usage: reader_speed.py [--pages N ...] [--formats NAME ...]

Builds its own plans in every format, runs `nhipcau plan read` as a process, and reads the same
files again in a process that has started already. On a machine that others use at the same time
the clock tells of them too, so the floors are judged by the time of the processor, start
included; the clock stands beside it. The table goes to the terminal and to
results/reader_speed.md. Exit status 1: a 10-page plan over the floor of 0.5 s, memory over 500
MB, or time per page that grows with the number of pages.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from reportlab.lib.pagesizes import A4  # noqa: E402 -- a development dependency, as is this script
from reportlab.lib.utils import simpleSplit  # noqa: E402 -- as above
from reportlab.pdfgen.canvas import Canvas  # noqa: E402 -- as above

from nhipcau.plans.reading import read  # noqa: E402 -- after the path is set
from nhipcau.plans.reading.sources import load  # noqa: E402 -- after the path is set
from nhipcau.plans.reading.sources.numbering import roman  # noqa: E402 -- after the path is set
from nhipcau.plans.tests.sources import making  # noqa: E402 -- after the path is set

RESULTS = ROOT / "benchmarks" / "results" / "reader_speed.md"
COMMAND = [str(Path(sys.executable).parent / "nhipcau"), "plan", "read"]
PAGES = (1, 10, 50, 100, 300)
FLOOR_SECONDS, GOAL_SECONDS = 0.5, 0.2
CEILING_MB = 500
STEEPEST = 1.5  # time per page at the most pages, against 50 pages
LINES_A_PAGE = 40
TASKS_A_SECTION = 40
LETTERS_A_LINE = 82
LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH PHÚ BIÊN", "Số: 87/KH-UBND")
RIGHT = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Phú Biên, ngày 12 tháng 01 năm 2026",
)
TITLE = ("KẾ HOẠCH", "Thông tin đối ngoại khu vực biên giới năm 2026")
RECIPIENTS = ("Nơi nhận:", "- Bộ Ngoại giao;", "- UBND các xã biên giới;", "- Lưu: VT, NgV.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lò Thị Mai Hoa")
WORK = (
    "Biên soạn tờ rơi giới thiệu cửa khẩu",
    "Dựng phim ngắn về phiên chợ vùng biên",
    "Mở lớp tập huấn viết tin cho cán bộ xã",
    "Tổ chức ngày hội giao lưu thanh niên hai nước",
    "Phát thanh chuyên mục đời sống vùng biên",
    "Cập nhật trang thông tin song ngữ của tỉnh",
)
DETAIL = (
    "giới thiệu cảnh đẹp, sản vật và con người của địa phương",
    "bằng tiếng Việt, tiếng Lào và tiếng Anh",
    "bảo đảm nội dung đúng sự thật, dễ hiểu, dễ nhớ",
    "phát tại các cửa khẩu, bến xe và điểm du lịch",
    "lồng ghép với chương trình xây dựng nông thôn mới",
    "có sự tham gia của người có uy tín và đồn biên phòng",
)
UNITS = (
    "Sở Ngoại vụ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Khoa học và Công nghệ",
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
    "UBND các xã biên giới",
)
TIMES = ("Quý I năm 2026", "Quý III năm 2026", "Trước ngày 30/6/2026", "Thường xuyên")


def body_of(pages: int) -> list[str]:
    """The paragraphs of a plan of about so many printed pages; the same for the same number."""
    chance = random.Random(pages)
    paragraphs: list[str] = []
    lines = 16
    number = section = 0
    while lines < pages * LINES_A_PAGE - 10:
        if number % TASKS_A_SECTION == 0:
            section, number = section + 1, 0
            paragraphs.append(f"{roman(section)}. NHIỆM VỤ VÀ GIẢI PHÁP ĐỢT {section}")
        number += 1
        details = "; ".join(chance.sample(DETAIL, 4))
        added = [
            f"{number}. {chance.choice(WORK)} đợt {number}",
            f"{chance.choice(WORK)} trong năm 2026, {details}.",
            f"- Sản phẩm: {chance.randint(2, 90)} tờ rơi, {chance.randint(2, 20)} bản tin.",
            f"- Đơn vị chủ trì: {chance.choice(UNITS)}.",
            f"- Đơn vị phối hợp: {'; '.join(chance.sample(UNITS, 2))}.",
            f"- Thời gian thực hiện: {chance.choice(TIMES)}.",
        ]
        lines += sum(1 + len(words) // LETTERS_A_LINE for words in added)
        paragraphs += added
    return [
        *paragraphs,
        f"{roman(section + 1)}. TỔ CHỨC THỰC HIỆN",
        "Sở Ngoại vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026./.",
    ]


def as_text(body: list[str]) -> bytes:
    blocks = [*LEFT, *RIGHT, *TITLE, *body, "\n".join(RECIPIENTS), "\n".join(SIGNATURE)]
    return "\n\n".join(blocks).encode()


def as_html(body: list[str]) -> bytes:
    def columns(left: tuple[str, ...], right: tuple[str, ...]) -> str:
        return f"<table><tr><td>{'<br>'.join(left)}<td>{'<br>'.join(right)}</table>"

    paragraphs = "".join(f"<p>{escape(words)}</p>" for words in (*TITLE, *body))
    page = f"{columns(LEFT, RIGHT)}{paragraphs}{columns(RECIPIENTS, SIGNATURE)}"
    return f"<html><meta charset=utf-8><body>{page}</body></html>".encode()


def as_docx(body: list[str]) -> bytes:
    # Runs as a word processor leaves them: every few words one, with a font and a size each.
    look = (
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>'
        '<w:lang w:val="vi-VN"/>'
    )

    def paragraph(text: str) -> str:
        words = text.split(" ")
        runs = (" ".join(words[n : n + 6]) for n in range(0, len(words), 6))
        inner = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'.join(
            f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(run)}</w:t></w:r>'
            for run in runs
        )
        properties = '<w:spacing w:before="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/>'
        return f'<w:p w:rsidR="00A1B2C3"><w:pPr>{properties}</w:pPr>{inner}</w:p>'

    def columns(left: tuple[str, ...], right: tuple[str, ...]) -> str:
        cells = "".join(f"<w:tc>{''.join(map(paragraph, side))}</w:tc>" for side in (left, right))
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"

    inner = "".join(map(paragraph, (*TITLE, *body)))
    return making.word(f"{columns(LEFT, RIGHT)}{inner}{columns(RECIPIENTS, SIGNATURE)}")


def as_pdf(body: list[str]) -> bytes:
    font = making.vietnamese_font()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont(font, 11)
    for place, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawCentredString(150, 780 - 18 * place, left)
        canvas.drawCentredString(405, 780 - 18 * place, right)
    y = 700.0
    page = 1
    for place, words in enumerate((*TITLE, *body)):
        lines = simpleSplit("\u2003\u2003" + words, font, 11, 450)
        for number, line in enumerate(lines):
            if y < 70:
                canvas.showPage()
                page += 1
                canvas.setFont(font, 11)
                canvas.drawCentredString(297, 805, str(page))
                y = 770.0
            if place < len(TITLE):
                canvas.drawCentredString(310, y, line.strip())
            else:
                canvas.drawString(85 + (0 if number else 30), y, line.strip())
            y -= 16
        y -= 3
    canvas.showPage()
    canvas.setFont(font, 11)
    for place, words in enumerate(RECIPIENTS):
        canvas.drawString(85, 770 - 15 * place, words)
    for place, words in enumerate(SIGNATURE):
        canvas.drawCentredString(430, 770 - 30 * place, words)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


FORMATS = {"text": as_text, "html": as_html, "docx": as_docx, "pdf": as_pdf}


@dataclass(frozen=True, slots=True)
class Row:
    """One plan in one format; seconds, and megabytes of resident memory at the peak."""

    pages: int
    form: str
    kilobytes: float
    tasks: int
    median: float
    p95: float
    cpu: float
    warm: float
    peak: float

    @property
    def per_page(self) -> float:
        """Milliseconds, process start left out."""
        return self.warm * 1000 / self.pages


def measured(pages: int, form: str, folder: Path) -> Row:
    data = FORMATS[form](body_of(pages))
    path = folder / f"plan-{pages}.{form}"
    path.write_bytes(data)
    runs = 20 if pages <= 10 else 5 if pages <= 100 else 3
    seconds, cpu, peaks = zip(*(run(path) for _ in range(runs)), strict=True)
    warm = []
    for _ in range(5 if pages <= 100 else 3):
        start = time.process_time()
        reading = read(load(data))
        warm.append(time.process_time() - start)
    ordered = sorted(seconds)
    return Row(
        pages=pages,
        form=form,
        kilobytes=len(data) / 1000,
        tasks=len(reading.tasks),
        median=statistics.median(seconds),
        p95=ordered[min(runs - 1, int(runs * 0.95))],
        cpu=statistics.median(cpu),
        warm=statistics.median(warm),
        peak=max(peaks),
    )


def run(path: Path) -> tuple[float, float, float]:
    """Seconds from start to exit, those of the processor, and the peak memory (MB)."""
    start = time.perf_counter()
    with subprocess.Popen([*COMMAND, str(path)], stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{path.name}: exit status {process.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def table_of(rows: list[Row]) -> str:
    head = (
        "| pages | format | file, KB | tasks | process: median, s | p95, s | of the processor, s "
        "| started already, s | ms a page | peak memory, MB |\n"
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    )
    return head + "".join(
        f"| {row.pages} | {row.form} | {row.kilobytes:.0f} | {row.tasks} | {row.median:.3f} "
        f"| {row.p95:.3f} | {row.cpu:.3f} | {row.warm:.3f} | {row.per_page:.1f} "
        f"| {row.peak:.0f} |\n"
        for row in rows
    )


def findings_of(rows: list[Row]) -> tuple[list[str], bool]:
    """Sentences about the floors, and whether all of them hold."""
    findings = []
    sound = True
    for row in rows:
        if row.pages == 10:
            holds = row.cpu <= FLOOR_SECONDS
            goal = "goal met" if row.cpu <= GOAL_SECONDS else "goal missed"
            findings.append(
                f"- 10 pages as {row.form}: {row.cpu:.3f} s of the processor, "
                f"floor {FLOOR_SECONDS} s {'held' if holds else 'BROKEN'}, "
                f"{goal} ({GOAL_SECONDS} s)."
            )
            sound &= holds
    for form in dict.fromkeys(row.form for row in rows):
        own = {row.pages: row.per_page for row in rows if row.form == form}
        if 50 in own and max(own) > 50:
            growth = own[max(own)] / own[50]
            sound &= growth <= STEEPEST
            findings.append(
                f"- {form}: time per page at {max(own)} pages is {growth:.2f} of that at 50 "
                f"({'linear' if growth <= STEEPEST else 'NOT LINEAR'})."
            )
    peak = max(row.peak for row in rows)
    sound &= peak < CEILING_MB
    findings.append(f"- Peak memory {peak:.0f} MB, ceiling {CEILING_MB} MB.")
    return findings, sound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, nargs="*", default=list(PAGES))
    parser.add_argument("--formats", nargs="*", default=list(FORMATS), choices=list(FORMATS))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for pages in arguments.pages:
            for form in arguments.formats:
                rows.append(measured(pages, form, Path(folder)))
                print(f"{pages} pages, {form}: {rows[-1].median:.3f} s", file=sys.stderr)
    findings, sound = findings_of(rows)
    load_now = (
        f"- Load of the machine at the end: {os.getloadavg()[0]:.1f} "
        f"on {os.cpu_count()} processors."
    )
    report = "\n".join(
        ["# Speed and memory of the plan reader", "", table_of(rows), *findings, load_now]
    )
    print(report)
    if arguments.pages == list(PAGES) and arguments.formats == list(FORMATS):
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(report + "\n")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
