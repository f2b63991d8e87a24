"""Reading is counted, readers are not watched."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from nhipcau.website.store import use
from nhipcau.website.store.counting import (
    Areas,
    Came,
    Tally,
    came_from,
    is_machine,
    shown,
)
from nhipcau.website.store.models import CountedDay, DailyUse, KeptPage
from nhipcau.website.store.use import add_up, cells_of, gather, use_of_work, work_and_language

PERSON = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
DAY = date(2026, 11, 29)
AT = datetime(2026, 11, 29, 5, tzinfo=UTC)
WORK = "/vi/cho-phien-3k7bw2n/"
READER = "203.0.113.77"


@pytest.fixture
def tally(tmp_path):
    areas = Areas([("203.0.113.0", "203.0.113.255", "vn"), ("2001:db8::", "2001:db8::ff", "la")])
    return Tally(
        tmp_path / "counts",
        today=lambda: DAY,
        own=lambda host: host == "nhipcau.example",
        areas=areas,
    )


def read(tally, path=WORK, **more):
    tally(
        path,
        {
            "REQUEST_METHOD": "GET",
            "HTTP_USER_AGENT": PERSON,
            "REMOTE_ADDR": READER,
            "HTTP_COOKIE": "sessionid=geheim",
        }
        | more,
    )


def written(tally):
    tally.write_down()
    return [json.loads(path.read_text()) for path in tally._folder.glob("*.json")]


def test_what_is_written_down_tells_of_pages_and_of_nobody(tally):
    for _ in range(3):
        read(tally, HTTP_REFERER="https://www.google.com/search?q=ten+toi")

    assert written(tally) == [{"day": "2026-11-29", "counts": [[WORK, "search", "VN", 3]]}]
    kept = "".join(path.read_text() for path in tally._folder.iterdir())
    for secret in (READER, "ten", "geheim", "Android"):
        assert secret not in kept


def test_machines_heads_and_what_is_fetched_before_are_not_counted(tally):
    read(tally, HTTP_USER_AGENT="Googlebot/2.1")
    read(tally, HTTP_USER_AGENT="")
    read(tally, REQUEST_METHOD="HEAD")
    read(tally, HTTP_SEC_PURPOSE="prefetch;prerender")

    assert written(tally) == []


@pytest.mark.parametrize(
    ("agent", "machine"),
    [
        (PERSON, False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", False),
        ("Mozilla/5.0 (compatible; bingbot/2.0)", True),
        ("facebookexternalhit/1.1", True),
        ("curl/8", True),
        ("python-requests/2", True),
        ("", True),
    ],
)
def test_who_reads_and_what_fetches(agent, machine):
    assert is_machine(agent) is machine


@pytest.mark.parametrize(
    ("referrer", "came"),
    [
        ("", Came.DIRECT),
        ("-", Came.DIRECT),
        ("https://nhipcau.example/vi/", Came.WITHIN),
        ("https://www.google.com.vn/", Came.SEARCH),
        ("coccoc.com", Came.SEARCH),
        ("https://l.facebook.com/l.php?u=x", Came.SOCIAL),
        ("https://zalo.me/", Came.SOCIAL),
        ("https://t.co/a", Came.SOCIAL),
        ("https://langson.gov.vn/", Came.ELSEWHERE),
        ("https://nhipcau.example.evil/", Came.ELSEWHERE),
        ("android-app://com.google.android.gm/", Came.ELSEWHERE),
        ("http://[::1", Came.ELSEWHERE),
        ("\x00", Came.ELSEWHERE),
    ],
)
def test_where_a_reader_came_from(referrer, came):
    assert came_from(referrer, own=lambda host: host == "nhipcau.example") == came


def test_a_country_by_a_table_and_else_nobody_knows(tally, tmp_path):
    assert tally._areas.of(READER) == "VN"
    assert tally._areas.of("2001:db8::7") == "LA"
    for unknown in ("203.0.114.1", "1.1.1.1", "", "kein"):
        assert tally._areas.of(unknown) == ""
    (tmp_path / "areas.csv").write_text("10.0.0.0,10.0.0.255,KH\nshort,line\n")
    assert Areas.from_file(tmp_path / "areas.csv").of("10.0.0.9") == "KH"
    (tmp_path / "areas.csv").write_text("kein,bereich,KH\n")
    with pytest.raises(ValueError, match="kein"):
        Areas.from_file(tmp_path / "areas.csv")


def test_a_disk_that_takes_nothing_loses_no_count(tally, tmp_path):
    (tmp_path / "counts").write_text("a file where the folder should be")
    read(tally)
    tally.write_down()
    (tmp_path / "counts").unlink()

    assert written(tally)[0]["counts"] == [[WORK, "direct", "VN", 1]]


def test_what_is_remembered_of_browsers_and_referrers_is_bounded(tally):
    for number in range(12_000):
        read(tally, HTTP_USER_AGENT=f"bot {number}", HTTP_REFERER=f"https://{number}.example/")

    assert len(tally._machines) <= 5000
    assert len(tally._came) <= 5000


def test_small_numbers_are_hidden_and_cannot_be_worked_out():
    assert shown({"a": 10, "b": 0}) == {"a": 10, "b": 0}
    assert shown({"a": 10, "b": 4, "c": 7}) == {"a": 10, "b": None, "c": None}
    assert shown({"a": 10, "b": 4, "c": 2}) == {"a": 10, "b": None, "c": None}
    assert shown({"b": 4}) == {"b": None}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (WORK, ("3k7bw2n", "vi")),
        ("/vi/3k7bw2n/", ("3k7bw2n", "vi")),
        ("/vi/hmn/ten-3k7bw2n/", ("3k7bw2n", "hmn")),
        ("/nhe/lo/ten-3k7bw2n/", ("3k7bw2n", "lo")),
        ("/vi/", ("", "vi")),
        ("/vi/van-hoa/", ("", "vi")),
        ("/", ("", "")),
    ],
)
def test_an_address_tells_its_work_and_language(address, told):
    assert work_and_language(address) == told


@pytest.fixture
def counted(settings, tmp_path, db):
    settings.PAGE_STORE = tmp_path
    settings.USE_COUNTED_BY = "house"
    return tmp_path / "counts"


def test_files_are_added_up_once(counted, tally):
    KeptPage.objects.create(address=WORK)
    for _ in range(6):
        read(tally)
    tally.write_down()
    (kept,) = counted.glob("*.json")
    words = kept.read_bytes()

    gather(at=AT)
    kept.write_bytes(words)  # killed between the rows and the file
    gather(at=AT)

    (row,) = DailyUse.objects.all()
    assert (row.day, row.work, row.language, row.came, row.area, row.count) == (
        *(DAY, "3k7bw2n", "vi", "direct", "VN", 6),
    )
    assert not list(counted.glob("*.json"))
    assert KeptPage.objects.get().reads == 6


@pytest.mark.parametrize(
    "words",
    ["", "{}", '{"day": "x", "counts": []}', '{"day": "2026-11-29", "counts": [[1]]}', "\x00"],
)
def test_a_damaged_file_is_left_out_and_gone(counted, words):
    counted.mkdir()
    (counted / "a.json").write_text(words)

    gather(at=AT)

    assert not DailyUse.objects.exists()
    assert not list(counted.glob("*.json"))


def test_a_day_that_nobody_counted_is_unknown_and_no_zero(counted, settings):
    CountedDay.objects.create(day=DAY, source="house")
    add_up(
        cells=Counter({(DAY, WORK, "direct", "VN"): 9, (DAY, WORK, "search", "LA"): 3}),
        source="house",
        heard="one",
        at=AT,
    )

    assert use_of_work("3k7bw2n", first=DAY, last=DAY, by="came") == {
        "direct": None,
        "search": None,
    }
    assert use_of_work("3k7bw2n", first=DAY, last=DAY, by="language") == {"vi": 12}
    assert use_of_work("2222222", first=DAY, last=DAY, by="came") == {}
    assert use_of_work("3k7bw2n", first=DAY - timedelta(1), last=DAY, by="came") is None

    settings.USE_COUNTED_BY = "nobody"
    gather(at=AT + timedelta(days=1))
    tomorrow = DAY + timedelta(days=1)
    assert use_of_work("3k7bw2n", first=tomorrow, last=tomorrow, by="came") is None


LINE = "2026-11-29T{hour:02}:00:00+07:00\t200\t" + WORK + "index.html\tzalo.me\n"


def test_the_log_of_nginx_is_read_on_and_on(counted, settings, tmp_path):
    settings.USE_COUNTED_BY = "nginx"
    log = tmp_path / "use.log"
    settings.USE_LOG = str(log)
    log.write_text(LINE.format(hour=1) * 5 + LINE.format(hour=2)[:20])
    gather(at=AT)
    assert DailyUse.objects.get().count == 5

    log.write_text(LINE.format(hour=1) * 5 + LINE.format(hour=2))
    gather(at=AT)
    gather(at=AT)
    assert DailyUse.objects.get().count == 6

    log.rename(tmp_path / "use.log.1")
    log.write_text(LINE.format(hour=3) * 2)
    gather(at=AT)
    row = DailyUse.objects.get()
    assert (row.count, row.came, row.area, CountedDay.objects.get().source) == (
        *(8, "social", "", "nginx"),
    )


def test_lines_that_are_none_tell_nothing(counted):
    lines = [
        b"",
        b"\xff\n",
        b"a\tb\n",
        b"x\t200\t/vi/\t-\n",
        b"2026-11-29T01:00:00+07:00\t404\t/vi/\t-\n",
        b"2026-11-29T01:00:00+07:00\t200\t/../etc/\t-\n",
        b"2026-11-29T01:00:00+07:00\t200\t/" + b"a" * 9000 + b"/\t-\n",
    ]

    assert cells_of(lines) == Counter()


def test_a_log_that_is_not_there_is_said_and_harms_nothing(counted, settings, caplog):
    settings.USE_COUNTED_BY = "nginx"
    settings.USE_LOG = "/nowhere/use.log"

    gather(at=AT)

    assert "cannot be read" in caplog.text
    assert use.is_own("testserver")
    assert not use.is_own("evil.example")
