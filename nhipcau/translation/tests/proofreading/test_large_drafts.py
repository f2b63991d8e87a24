"""A body of two megabytes is inspected in bounded time, by every listed check."""

import time
from datetime import date

import pytest

from nhipcau.translation.proofreading import Draft, Version, proofread, proofreaders
from nhipcau.translation.proofreading.contract import MOST_FINDINGS
from nhipcau.translation.proofreading.draft import no_media
from nhipcau.translation.proofreading.examples import SmallBook

TWO_MEGABYTES = 2_000_000
SENTENCE = (
    "Sở Ngoại vụ tỉnh Lạng Sơn họp ngày 14/3/2026 lúc 7 giờ 30 với 1.250 hộ, gọi 0912 345 678, "
    'xem <a href="https://langson.gov.vn/tin">trang tỉnh</a>, mật ong 2,5 tấn; the gate is closed '
    "for the holiday. "
)
UNITS = {
    "one paragraph": SENTENCE,
    "one word": "a",
    "digits": "0",
    "digits apart": "0 9 1 2 ",
    "capitals apart": "M Ậ T Ạ ",
    "stops": "A. ",
    "heads of names": "Sở Sở ",
    "brackets": "(((...---",
    "at signs": "a.b@c.",
    "other letters": "友 谊 ",
    "tags": "<b>x</b>",
}


def inspected(html, block_of=None):
    blocks = [html] if block_of is None else block_of
    version = Version.read(
        language="vi",
        title="Hội xuân 1.250 hộ",
        summary="Mở ngày 14/3/2026 với 1.250 hộ",
        body=[{"type": "text", "id": f"b{n}", "value": each} for n, each in enumerate(blocks)],
        resolve=no_media,
    )
    draft = Draft.of(
        version, kind="article", today=date(2026, 3, 2), names=SmallBook({}), made_from=version
    )
    started = time.process_time()
    report = proofread(draft)
    return report, time.process_time() - started


@pytest.mark.survey
def test_an_ordinary_body_of_two_megabytes_takes_seconds():
    paragraph = f"<p>{SENTENCE * 10}</p>"
    html = paragraph * (TWO_MEGABYTES // len(paragraph) + 1)

    report, seconds = inspected(html)

    assert len(html) >= TWO_MEGABYTES
    assert report.failed == ()
    assert "personal_data" in report.cut
    assert len(report.findings) <= MOST_FINDINGS * len(proofreaders())
    assert seconds < 60


@pytest.mark.parametrize("kind", UNITS)
@pytest.mark.parametrize(
    "size",
    [
        pytest.param(200_000, id="200 kB"),
        pytest.param(TWO_MEGABYTES, id="2 MB", marks=pytest.mark.survey),
    ],
)
def test_a_body_made_to_be_slow_is_inspected_in_linear_time(kind, size):
    unit = UNITS[kind]

    report, seconds = inspected(f"<p>{unit * (size // len(unit))}</p>")

    # A linear pass of every check takes 3 s for 200 kB on a slow machine; a pattern that looks
    # back at every letter takes minutes for that and hours for 2 MB.
    assert report.failed == ()
    assert seconds < size / 10_000


def test_two_thousand_blocks_are_inspected_in_linear_time():
    report, seconds = inspected("", [f"<p>{SENTENCE}</p>"] * 2_000)

    assert report.failed == ()
    assert seconds < 30
