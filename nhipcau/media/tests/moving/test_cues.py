import pytest
from hypothesis import given
from hypothesis import strategies as some

from nhipcau.media.moving.cue_checks import Flaw, remarks
from nhipcau.media.moving.cues import Cue, Odd, as_srt, as_vtt, as_words, read
from nhipcau.media.tests.moving import making

SRT = """1
00:00:01,000 --> 00:00:04,500
Chào mừng quý vị đến với
lễ hội chợ phiên Đồng Đăng.

2
00:00:05,000 --> 00:00:08,000
- Hàng hóa đã thông quan chưa?
- Rồi ạ.
"""
CUES = [
    Cue(1000, 4500, "Chào mừng quý vị đến với\nlễ hội chợ phiên Đồng Đăng."),
    Cue(5000, 8000, "- Hàng hóa đã thông quan chưa?\n- Rồi ạ."),
]


def odd(text):
    return [(fault.line, fault.odd) for fault in read(text.encode()).faults]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SRT.encode(), id="UTF-8"),
        pytest.param(SRT.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(SRT.encode("utf-16"), id="UTF-16, as Notepad says Unicode"),
        pytest.param(SRT.replace("\n", "\r\n").encode(), id="ends of lines as in Windows"),
        pytest.param(SRT.replace("\n", "\r").encode(), id="ends of lines as in old Macs"),
    ],
)
def test_a_subrip_file_is_read_however_it_was_saved(data):
    found = read(data)

    assert found.cues == CUES
    assert found.faults == []


def test_what_is_not_utf_is_read_as_windows_1258_and_told():
    data = ("1\n00:00:01,000 --> 00:00:02,000\n" + "Đồng".replace("ồ", "ô\u0300")).encode("cp1258")

    found = read(data)

    assert found.cues == [Cue(1000, 2000, "Đồng")]
    assert [fault.odd for fault in found.faults] == [Odd.GUESSED_ENCODING]
    assert found.is_sound


def test_webvtt_with_everything_that_may_stand_in_it():
    text = """WEBVTT - phụ đề
Kind: captions

NOTE
người dịch: ghi chú --> không phải giờ

STYLE
::cue { color: red }

mo-dau
00:01.000 --> 00:02.500 align:start position:10%
<v Lan>Xin <i>chào</i> &amp; cảm ơn</v>

100:00:00.000 --> 100:00:01.000
cuối
"""
    found = read(text.encode())

    assert found.cues == [
        Cue(1000, 2500, "Lan: Xin chào & cảm ơn"),
        Cue(360_000_000, 360_001_000, "cuối"),
    ]
    assert [(fault.line, fault.odd) for fault in found.faults] == [
        (7, Odd.STYLE),
        (11, Odd.MARKUP),
    ]
    assert found.is_sound


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("WEBVTT\n\n00:01.00 -> 00:02.000\nx\n", [(3, Odd.NO_TIMING)], id="thin arrow"),
        pytest.param("WEBVTT\n\n00:61.000 --> 01:02.000\nx\n", [(3, Odd.BAD_TIME)], id="61 s"),
        pytest.param(
            "1\n00:00:05,000 --> 00:00:04,000\nx\n",
            [(2, Odd.ENDS_BEFORE_IT_STARTS)],
            id="ends before it starts",
        ),
        pytest.param("1\nmột --> hai\nx\n", [(2, Odd.BAD_TIME)], id="words for times"),
        pytest.param("1\n00:00:01,000 --> 00:00:02,000\n\n", [(2, Odd.EMPTY)], id="no words"),
        pytest.param("chỉ là chữ\n", [(1, Odd.NO_TIMING)], id="a text"),
        pytest.param("WEBVTTT\n\n00:01.000 --> 00:02.000\nx\n", [(1, Odd.NO_HEADER)], id="header"),
        pytest.param(
            "2\n00:00:05,000 --> 00:00:06,000\nb\n\n1\n00:00:01,000 --> 00:00:02,000\na\n",
            [(0, Odd.OUT_OF_ORDER)],
            id="out of order",
        ),
        pytest.param("", [(1, Odd.NO_HEADER)], id="nothing"),
        pytest.param(
            "1\n00:00:01,000 --> 00:00:02,000\n" + "x" * 1001 + "\n",
            [(2, Odd.TOO_LONG)],
            id="a page in one cue",
        ),
    ],
)
def test_every_fault_is_told_with_its_line(text, expected):
    assert odd(text) == expected


def test_a_broken_cue_in_the_middle_does_not_take_its_neighbours_along():
    text = (
        SRT
        + "\n3\n00:00:0x,000 --> 00:00:08,500\nhỏng\n\n4\n00:00:09,000 --> 00:00:10,000\nvẫn còn\n"
    )

    found = read(text.encode())

    assert found.cues == [*CUES, Cue(9000, 10_000, "vẫn còn")]
    assert [(fault.line, fault.odd, fault.words) for fault in found.faults] == [
        (12, Odd.BAD_TIME, "00:00:0x,000 --> 00:00:08,500")
    ]
    assert not found.is_sound


def test_a_film_that_is_called_srt_is_no_text():
    assert odd("\0\0\0\x20ftypisom\0\0") == [(0, Odd.NOT_TEXT)]


words = some.text(
    some.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), min_size=1, max_size=60
)


@given(
    some.lists(
        some.tuples(some.integers(0, 10**7), some.integers(1, 9000), words), min_size=1, max_size=8
    )
)
def test_whatever_was_written_is_read_again(parts):
    from nhipcau.media.rules.cues import checked_cues

    told = [{"start": start, "end": start + lasts, "text": text} for start, lasts, text in parts]
    cues = [cue for cue in checked_cues(told) if cue.text]

    assert read(as_vtt(cues).encode()).cues == cues
    assert read(as_vtt(cues).encode()).is_sound or not cues


@making.needs_programs
@pytest.mark.parametrize(("ending", "write"), [("vtt", as_vtt), ("srt", as_srt)])
def test_ffmpeg_reads_what_we_write(tmp_path, ending, write):
    (tmp_path / f"a.{ending}").write_text(write(CUES), encoding="utf-8")

    making.ffmpeg("-i", tmp_path / f"a.{ending}", tmp_path / "b.srt")

    assert read((tmp_path / "b.srt").read_bytes()).cues == CUES


def test_the_words_become_paragraphs_at_pauses():
    cues = [*CUES, Cue(20_000, 21_000, "Sau đây là bản tin.")]

    assert as_words(cues) == (
        "Chào mừng quý vị đến với lễ hội chợ phiên Đồng Đăng. "
        "- Hàng hóa đã thông quan chưa? - Rồi ạ.\n\nSau đây là bản tin."
    )


@pytest.mark.parametrize(
    ("cues", "script", "expected"),
    [
        pytest.param(CUES, "Latn", [], id="all is well"),
        pytest.param([Cue(0, 1000, "a" * 30)], "Latn", [(0, Flaw.TOO_FAST)], id="30 a second"),
        pytest.param([Cue(0, 500, "a")], "Latn", [(0, Flaw.TOO_BRIEF)], id="half a second"),
        pytest.param([Cue(0, 9000, "a")], "Latn", [(0, Flaw.TOO_LASTING)], id="nine seconds"),
        pytest.param([Cue(0, 5000, "a" * 43)], "Latn", [(0, Flaw.LINE_TOO_LONG)], id="43 letters"),
        pytest.param(
            [Cue(0, 5000, "文" * 17)], "Hans", [(0, Flaw.LINE_TOO_LONG)], id="17 characters"
        ),
        pytest.param([Cue(0, 5000, "文" * 17)], "Latn", [], id="by the script, not the letters"),
        pytest.param([Cue(0, 3000, "a\nb\nc")], "Latn", [(0, Flaw.TOO_MANY_LINES)], id="3 lines"),
        pytest.param(
            [Cue(0, 2000, "a"), Cue(1500, 3000, "b")], "Latn", [(1, Flaw.OVERLAP)], id="overlap"
        ),
        pytest.param(
            [Cue(0, 2000, "a"), Cue(2040, 3000, "b")], "Latn", [(1, Flaw.NO_GAP)], id="flicker"
        ),
        pytest.param([Cue(0, 2000, "a"), Cue(2000, 3000, "b")], "Latn", [], id="they touch"),
        pytest.param([Cue(59_000, 61_000, "a")], "Latn", [(0, Flaw.BEYOND_THE_END)], id="end"),
        pytest.param([Cue(0, 2000, "")], "Latn", [(0, Flaw.NO_WORDS)], id="not translated yet"),
        # Khmer: marks above and below are no letters of their own.
        pytest.param([Cue(0, 2000, "ភាសាខ្មែរ")], "Khmr", [], id="marks are not counted"),
    ],
)
def test_checks(cues, script, expected):
    found = remarks(cues, script=script, duration_ms=60_000)

    assert [(remark.cue, remark.flaw) for remark in found] == expected
