"""The layer before Django, attacked: whatever a reader sends, a page is one page for everybody."""

import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from nhipcau.website.store.folders import Folder
from nhipcau.website.store.pages import Page
from nhipcau.website.store.serving import PageLayer

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
HTML = (("Content-Language", "vi"), ("Content-Type", "text/html; charset=utf-8"))
ADDRESS = "/vi/cho-phien-3k7bw2n/"
WORDS = ("<p>Chợ họp ngày mồng hai.</p>" * 100).encode()


@dataclass(frozen=True)
class Outcome:
    is_page: bool = False
    failed: bool = False
    answer: object = None


class Django:
    """Answers what it was asked; makes the pages of a small world."""

    def __init__(self, keeper):
        self.keeper, self.asked, self.made = keeper, [], []
        self.world = {ADDRESS: WORDS}
        self.failing = False

    def __call__(self, environ, start_response):
        self.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        start_response("200 OK", [("Set-Cookie", "a=b")])
        return [b"django"]

    def make(self, address):
        self.made.append(address)
        if self.failing:
            return Outcome(is_page=True, failed=True)
        if address not in self.world:
            return Outcome()
        page = Page(200, HTML, self.world[address], AT)
        self.keeper.keep(address, page, with_file=True)
        return Outcome(is_page=True, answer=(page.head, page.packed))


class Reader:
    def __init__(self, layer):
        self.layer = layer

    def get(self, path=ADDRESS, method="GET", query="", **headers):
        told = {}

        def start_response(status, sent, exc_info=None):
            told.update(status=status, headers={name.lower(): text for name, text in sent})

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "nhipcau.example",
            **headers,
        }
        body = b"".join(self.layer(environ, start_response))
        return told["status"], told["headers"], body


@pytest.fixture
def keeper(tmp_path):
    return Folder(tmp_path / "pages")


@pytest.fixture
def django(keeper):
    return Django(keeper)


def layer_of(django, **more):
    options = {"is_home": lambda host: host == "nhipcau.example", "behind_tls": False} | more
    return PageLayer(django, keeper=django.keeper, make=django.make, **options)


@pytest.fixture
def reader(django):
    return Reader(layer_of(django))


def test_the_layer_needs_no_django():
    root = Path(__file__).resolve().parents[4]
    asked = "import sys, nhipcau.website.store.serving, nhipcau.website.store.folders\n"
    asked += "sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], cwd=root, check=False).returncode == 0


def test_a_page_is_made_once_and_then_comes_from_memory(reader, django):
    answers = [reader.get() for _ in range(5)]

    assert [(status, body) for status, _, body in answers] == [("200 OK", WORDS)] * 5
    assert django.made == [ADDRESS]
    assert django.asked == []


def test_packed_for_whoever_takes_it(reader):
    _, headers, body = reader.get(HTTP_ACCEPT_ENCODING="gzip, br")

    assert headers["content-encoding"] == "br"
    assert headers["vary"] == "Accept-Encoding"
    assert int(headers["content-length"]) == len(body)
    assert brotli.decompress(body) == WORDS


def test_headers_fit_for_a_cdn(reader):
    _, headers, _ = reader.get()

    assert headers["cache-control"].startswith("public, max-age=0, s-maxage=")
    assert headers["last-modified"] == "Sun, 29 Nov 2026 12:00:00 GMT"
    assert headers["etag"].startswith('"')
    assert "set-cookie" not in headers


def test_head_says_the_same_and_sends_nothing(reader):
    _, asked, body = reader.get(method="HEAD")
    _, got, whole = reader.get()

    assert asked == got
    assert (body, int(got["content-length"])) == (b"", len(whole))


@pytest.mark.parametrize("packed", ["", "gzip", "br"])
def test_whoever_has_it_hears_that_it_is_unchanged(reader, packed):
    _, headers, _ = reader.get(HTTP_ACCEPT_ENCODING=packed)
    status, again, body = reader.get(
        HTTP_IF_NONE_MATCH=headers["etag"], HTTP_ACCEPT_ENCODING=packed
    )

    assert (status, body) == ("304 Not Modified", b"")
    assert again["etag"] == headers["etag"]
    assert "content-length" not in again


def test_a_part_is_answered_with_the_whole(reader):
    status, headers, body = reader.get(HTTP_RANGE="bytes=0-9", HTTP_IF_RANGE='"x"')

    assert (status, body) == ("200 OK", WORDS)
    assert "content-range" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "get", "GET ", "PURGE", ""])
def test_every_other_method_is_for_django(reader, django, method):
    reader.get()
    assert reader.get(method=method)[2] == b"django"
    assert django.asked == [(method, ADDRESS)]


def test_a_method_in_a_header_is_no_method(reader, django):
    assert reader.get(HTTP_X_HTTP_METHOD_OVERRIDE="POST")[2] == WORDS
    assert django.asked == []


@pytest.mark.parametrize("host", ["evil.example", "", "nhipcau.example.evil", "a,nhipcau.example"])
def test_another_house_is_for_django_to_refuse(reader, django, host):
    reader.get()
    assert reader.get(HTTP_HOST=host)[2] == b"django"
    assert django.made == [ADDRESS]


def test_many_hosts_fill_no_memory(reader):
    for number in range(5000):
        reader.get(HTTP_HOST=f"evil{number}.example")

    assert len(reader.layer._known_hosts) <= 2000
    assert reader.get()[2] == WORDS


@pytest.mark.parametrize(
    "poison",
    [
        {"HTTP_COOKIE": "sessionid=1; csrftoken=2"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_FOR": "1.2.3.4"},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_X_FORWARDED_PREFIX": "/evil"},
        {"HTTP_X_ORIGINAL_URL": "/admin/"},
        {"HTTP_X_REWRITE_URL": "/admin/"},
        {"HTTP_ACCEPT_LANGUAGE": "lo"},
        {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_ACCEPT": "application/json"},
        {"SCRIPT_NAME": "/evil"},
        {"QUERY_STRING": "fbclid=1"},
        {"CONTENT_LENGTH": "10"},
    ],
)
def test_what_a_reader_sends_reaches_no_page(django, poison):
    """Whoever is the first sends poison; the page is the same for all after."""
    first = Reader(layer_of(django)).get(**poison)
    later = Reader(layer_of(django)).get()

    assert first == later
    assert django.made == [ADDRESS]


@pytest.mark.parametrize("query", ["q=1", "page=2", "fbclid=1&next=//evil", "%00", "preview=1"])
def test_a_query_is_for_django_and_keeps_nothing(reader, django, query):
    assert reader.get(query=query)[2] == b"django"
    assert django.made == []


@pytest.mark.parametrize(
    "trick",
    [
        "//vi/cho-phien-3k7bw2n/",
        "/vi//cho-phien-3k7bw2n/",
        "/vi/./cho-phien-3k7bw2n/",
        "/vi/x/../cho-phien-3k7bw2n/",
        "/VI/cho-phien-3k7bw2n/",
        "/vi/cho-phien-3k7bw2n/.",
        "/vi/cho-phien-3k7bw2n./",
        "/vi/cho-phien-3k7bw2n/\x00",
        "/vi/cho-phien-3k7bw2n/index.html",
        "/vi/cho-phien-3k7bw2n/index.html.head",
        "/vi/cho-phien-3k7bw2n%2f",
        "/now/vi/cho-phien-3k7bw2n/",
        "\\vi\\",
        "*",
        "",
        "/\xff/",
        "/" + "a" * 100_000,
    ],
)
def test_another_way_of_writing_an_address_is_another_address(reader, django, keeper, trick):
    reader.get()
    _, _, body = reader.get(trick)

    assert body == b"django"
    assert list(keeper.addresses()) == [ADDRESS]


def test_behind_tls_only_what_came_by_tls(django):
    reader = Reader(layer_of(django, behind_tls=True))

    assert reader.get()[2] == b"django"
    assert reader.get(HTTP_X_FORWARDED_PROTO="http")[2] == b"django"
    assert reader.get(HTTP_X_FORWARDED_PROTO="https")[2] == WORDS


def test_a_change_by_another_process_is_seen_at_once(reader, django):
    reader.get()
    elsewhere = Folder(django.keeper.root)
    elsewhere.keep(ADDRESS, Page(200, HTML, b"moi", AT), with_file=True)

    assert reader.get()[2] == b"moi"
    assert django.made == [ADDRESS]


def test_what_was_set_aside_is_made_anew_for_the_next_reader(reader, django):
    reader.get()
    django.world[ADDRESS] = b"moi"
    Folder(django.keeper.root).set_aside([ADDRESS])

    assert reader.get()[2] == b"moi"


def test_a_page_that_fails_is_shown_as_it_was(reader, django):
    reader.get()
    django.failing = True
    Folder(django.keeper.root).set_aside([ADDRESS])

    assert reader.get()[2] == WORDS
    assert reader.get()[2] == WORDS


def test_what_was_dropped_and_fails_is_for_django_to_tell(reader, django):
    reader.get()
    django.failing = True
    Folder(django.keeper.root).drop([ADDRESS])

    assert reader.get()[2] == b"django"


def test_of_many_readers_one_has_it_made(reader, django):
    make = django.make

    def slowly(address):
        time.sleep(0.2)
        return make(address)

    reader.layer._make = slowly
    bodies = []
    crowd = [threading.Thread(target=lambda: bodies.append(reader.get()[2])) for _ in range(8)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()

    assert bodies == [WORDS] * 8
    assert django.made == [ADDRESS]
    assert reader.layer._making == {}


def test_memory_is_bounded_and_the_most_read_pages_stay(django):
    layer = layer_of(django, largest=100_000)
    reader = Reader(layer)
    for number in range(60):
        django.world[f"/vi/bai-{number}/"] = f"{number} ".encode() * 500
    for number in range(60):
        reader.get(f"/vi/bai-{number}/")
        for _ in range(20):
            reader.get("/vi/bai-0/")

    assert layer._size <= 100_000
    assert layer._size == sum(held.size for held in layer._held.values())
    assert "/vi/bai-0/" in layer._held


def test_a_page_withdrawn_says_so(reader, django, keeper):
    keeper.keep(ADDRESS, Page(410, HTML, b"rut", AT), with_file=False)

    status, _, body = reader.get(HTTP_IF_MODIFIED_SINCE="Sun, 29 Nov 2026 13:00:00 GMT")
    assert (status, body) == ("410 Gone", b"rut")
