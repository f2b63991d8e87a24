"""The shipped nginx configuration before a little house, tried with the real program."""

import http.client
import re
import shutil
import socketserver
import ssl
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import brotli
import pytest

from nhipcau.operations.tests.houses import free_port
from nhipcau.operations.tests.test_deploy import DEPLOY, NAME, Edge
from nhipcau.website.store import edge, pages
from nhipcau.website.store.folders import Folder
from nhipcau.website.store.pages import Page
from nhipcau.website.store.use import cells_of

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
HEADERS = tuple(
    sorted(
        {
            **edge.HEADERS,
            "content-type": "text/html; charset=utf-8",
            "content-language": "vi",
        }.items()
    )
)
WORDS = ("<p>Chợ họp ngày mồng hai và mồng bảy.</p>" * 100).encode()
ADDRESS = "/vi/cho-phien-3k7bw2n/"
LAO = "/lo/ຕະຫຼາດ-3k7bw2n/"
LAO_QUOTED = "/lo/%E0%BA%95%E0%BA%B0%E0%BA%AB%E0%BA%BC%E0%BA%B2%E0%BA%94-3k7bw2n/"


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Threaded(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class House:
    """Stands in for the house: says what it was asked, as long as it is up."""

    def __init__(self):
        self.port, self.asked, self.server = free_port(), [], None

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"])
        status = "500 Internal Server Error" if "sai" in environ["PATH_INFO"] else "200 OK"
        start_response(status, [("Content-Type", "text/plain"), ("X-House", "1")])
        return [b"house"]

    def up(self):
        self.server = Threaded(("127.0.0.1", self.port), Quiet)
        self.server.set_app(self)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def down(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    """nginx, the house and the store's folder, for all tests of this file."""
    folder = tmp_path_factory.mktemp("edge")
    folder.chmod(0o755)
    keeper = Folder(folder / "pages")
    house = House()
    house.up()
    with Edge(folder, house=house.port, pages=keeper.root) as front:
        front.keeper, front.house = keeper, house
        yield front
    house.down()


@pytest.fixture(autouse=True)
def _one_page(front):
    front.house.asked.clear()
    front.keeper.empty()
    front.keeper.keep(ADDRESS, Page(200, HEADERS, WORDS, AT), with_file=True)


def ask(front, path, method="GET", **headers):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    line = http.client.HTTPSConnection("127.0.0.1", front.tls, timeout=20, context=context)
    try:
        line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, text in {"Host": NAME, **headers}.items():
            line.putheader(name.replace("_", "-"), text)
        line.endheaders()
        answer = line.getresponse()
        return (
            answer.status,
            {name.lower(): text for name, text in answer.getheaders()},
            answer.read(),
        )
    finally:
        line.close()


def test_a_page_comes_from_the_disk_with_what_django_said(front):
    status, headers, body = ask(front, ADDRESS)

    assert (status, body) == (200, WORDS)
    assert front.house.asked == []
    for name, text in HEADERS:
        assert headers[name] == text
    assert headers["cache-control"] == pages.CACHE_CONTROL
    assert headers["strict-transport-security"].startswith("max-age=31536000")


def test_in_a_language_of_its_own_script(front):
    front.keeper.keep(LAO, Page(200, HEADERS, WORDS, AT), with_file=True)

    status, headers, body = ask(front, LAO_QUOTED)
    assert (status, body, headers["content-language"]) == (200, WORDS, "lo")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("tin.atom", "application/atom+xml"),
        ("tin.json", "application/json"),
        ("a.xml", "application/xml"),
    ],
)
def test_files_of_the_portal_have_their_type(front, name, kind):
    front.keeper.keep(f"/vi/{name}", Page(200, HEADERS, WORDS, AT), with_file=True)

    assert ask(front, f"/vi/{name}")[1]["content-type"] == f"{kind}; charset=utf-8"


def test_packed_once_and_for_all(front):
    _, headers, body = ask(front, ADDRESS, Accept_Encoding="gzip")

    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert body == Page(200, HEADERS, WORDS, AT).packed["gzip"]


def test_packed_with_brotli_where_debian_has_it(tmp_path):
    module = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
    if not Path(module).exists():
        pytest.skip("libnginx-mod-http-brotli-static is not installed")
    tmp_path.chmod(0o755)
    keeper = Folder(tmp_path / "pages")
    keeper.keep(ADDRESS, Page(200, HEADERS, WORDS, AT), with_file=True)
    with Edge(tmp_path, house=free_port(), pages=keeper.root, module=module) as front:
        _, headers, body = ask(front, ADDRESS, Accept_Encoding="br")

    assert headers["content-encoding"] == "br"
    assert brotli.decompress(body) == WORDS


def test_whoever_has_it_hears_that_it_is_unchanged(front):
    _, headers, _ = ask(front, ADDRESS)

    assert ask(front, ADDRESS, If_None_Match=headers["etag"])[0] == 304
    assert ask(front, ADDRESS, If_Modified_Since=headers["last-modified"])[0] == 304


def test_head_and_parts(front):
    assert ask(front, ADDRESS, method="HEAD")[::2] == (200, b"")
    assert ask(front, ADDRESS, Range="bytes=0-2")[::2] == (206, WORDS[:3])


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_every_other_method_is_for_the_house(front, method):
    assert ask(front, ADDRESS, method=method, Content_Length="0")[2] == b"house"


@pytest.mark.parametrize("query", ["fbclid=1", "utm_source=a&utm_medium=b", "zarsrc=30&fbclid=2"])
def test_what_others_hang_on_a_link_changes_nothing(front, query):
    assert ask(front, f"{ADDRESS}?{query}")[2] == WORDS


@pytest.mark.parametrize(
    "query", ["q=1", "fbclid=1&q=2", "utm_source=a&page=2", "%00", "a b".replace(" ", "+")]
)
def test_every_other_query_is_for_the_house(front, query):
    assert ask(front, f"{ADDRESS}?{query}")[2] == b"house"


@pytest.mark.parametrize(
    "trick",
    [
        "//vi/cho-phien-3k7bw2n/",
        "/vi//cho-phien-3k7bw2n/",
        "/VI/cho-phien-3k7bw2n/",
        "/vi/cho-phien-3k7bw2n./",
        "/vi/cho-phien-3k7bw2n/index.html",
        "/vi/cho-phien-3k7bw2n/index.html.head",
        "/vi/cho-phien-3k7bw2n/index.html.gz",
        "/now/vi/cho-phien-3k7bw2n/",
        "/generation",
        "/bodies/",
        "/%2e%2e/generation",
        "/..%2f..%2fgeneration",
        "/vi/%2e%2e/%2e%2e/generation",
        "/-",
        "/vi/" + "a" * 3000 + "/",
        "/%ff/",
    ],
)
def test_no_trick_finds_another_file(front, trick):
    status, _, body = ask(front, trick)

    assert body == b"house" or status in {400, 414}


@pytest.mark.parametrize("host", ["evil.example", "localhost"])
def test_under_another_name_it_is_for_the_house(front, host):
    assert ask(front, ADDRESS, Host=host)[2] == b"house"


@pytest.mark.parametrize(
    "poison",
    [
        {"Cookie": "sessionid=1"},
        {"X_Forwarded_Host": "evil.example"},
        {"X_Forwarded_Proto": "http"},
        {"X_Original_URL": "/admin/"},
        {"Accept_Language": "lo"},
    ],
)
def test_what_a_reader_sends_changes_nothing(front, poison):
    assert ask(front, ADDRESS, **poison)[2] == WORDS


def test_what_is_missing_or_set_aside_is_asked_of_the_house(front):
    front.keeper.set_aside([ADDRESS])

    assert ask(front, ADDRESS)[2] == b"house"
    assert ask(front, "/vi/khac/")[2] == b"house"


def test_what_the_house_says_is_said_even_when_it_fails(front):
    assert ask(front, "/vi/sai/")[::2] == (500, b"house")


def test_the_portal_stays_up_while_the_house_is_down(front):
    front.keeper.keep("/vi/cu/", Page(200, HEADERS, b"as it was", AT), with_file=True)
    front.keeper.set_aside(["/vi/cu/"])
    front.keeper.keep("/vi/rut/", Page(200, HEADERS, b"withdrawn", AT), with_file=True)
    front.keeper.drop(["/vi/rut/"])
    front.house.down()
    try:
        assert ask(front, ADDRESS)[::2] == (200, WORDS)
        status, headers, body = ask(front, "/vi/cu/")
        assert (status, body, headers["cache-control"]) == (200, b"as it was", "no-cache")
        status, headers, body = ask(front, "/vi/rut/")
        assert (status, headers["cache-control"]) == (503, "no-store")
        assert "chưa mở được" in body.decode()
        assert ask(front, ADDRESS, method="POST", Content_Length="0")[0] == 503
    finally:
        front.house.up()


def test_its_log_tells_of_pages_and_of_no_reader(front):
    agent = "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile"
    ask(front, ADDRESS, User_Agent=agent, Referer="https://zalo.me/tin?ai=toi", Cookie="a=geheim")
    ask(front, ADDRESS, User_Agent="Googlebot/2.1")
    ask(front, ADDRESS, User_Agent=agent, Sec_Purpose="prefetch")
    ask(front, ADDRESS, User_Agent=agent, method="HEAD")
    ask(front, "/admin/", User_Agent=agent)
    log = front.file.parent / "use.log"
    until = time.monotonic() + 20
    while not log.stat().st_size and time.monotonic() < until:
        time.sleep(0.1)

    told = log.read_text().splitlines()
    assert [line.split("\t")[1:] for line in told] == [["200", f"{ADDRESS}index.html", "zalo.me"]]
    (cell,) = cells_of(log.read_bytes().splitlines(keepends=True))
    assert cell[1:] == (ADDRESS, "social", "")
    for secret in ("127.0.0.1", "toi", "geheim", "Android"):
        assert secret not in log.read_text()


def test_the_configuration_says_what_the_store_says():
    shipped = (DEPLOY / "nginx.conf").read_text()
    location = shipped.partition("location / {")[2].partition("\n    }")[0]
    told = {
        name.lower(): text for name, text in re.findall(r'add_header (\S+) "([^"]*)"', location)
    }

    assert told.pop("strict-transport-security")
    assert told.pop("cache-control") == pages.CACHE_CONTROL
    assert told == edge.HEADERS
