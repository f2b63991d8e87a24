"""Links are visited for real, within limits, and never inside our own network."""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache.backends.locmem import LocMemCache

from nhipcau.translation.proofreading import LinkState, Visit
from nhipcau.translation.proofreading.links import Address, Fault, Visitor, parsed, visit_all
from nhipcau.translation.proofreading.links.addresses import is_public
from nhipcau.translation.proofreading.links.visiting import MOST_ADDRESSES


class Site(BaseHTTPRequestHandler):
    """A small site with every bad habit."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        name = self.path.strip("/").split("/")[0].split("?")[0]
        getattr(self, f"page_{name}", self.page_missing)()

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page_alive(self):
        self.answer(200, b"tin")

    def page_missing(self):
        self.answer(404, b"no")

    def page_gone(self):
        self.answer(410)

    def page_broken(self):
        self.answer(500)

    def page_locked(self):
        self.answer(403)

    def page_moved(self):
        self.answer(301, Location="/alive?from=moved#part")

    def page_elsewhere(self):
        self.answer(302, Location="/alive")

    def page_circle(self):
        self.answer(302, Location="/circle")

    def page_inside(self):
        self.answer(302, Location="http://169.254.169.254/latest/meta-data/")

    def page_file(self):
        self.answer(302, Location="file:///etc/passwd")

    def page_silent(self):
        time.sleep(30)

    def page_dripping(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        with contextlib.suppress(OSError):
            for number in range(300):
                self.wfile.write(f"X-Drop-{number}: ".encode())
                self.wfile.flush()
                time.sleep(0.1)
                self.wfile.write(b"a\r\n")

    def page_endless(self):
        self.send_response(200)
        self.send_header("Content-Length", str(10**12))
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"x" * 65_536)

    def page_garbage(self):
        self.wfile.write(b"\x00\xff\xfe not http at all\r\n\r\n")
        self.close_connection = True

    def page_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5_000 + b"\r\n")
        self.close_connection = True

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.block_on_close = False
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    server.address = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def here_only(number):
    """What a test may visit: this machine itself and the open Internet."""
    return number == ipaddress.ip_address("127.0.0.1") or is_public(number)


def visitor(**changed):
    return Visitor(**{"allows": here_only, "ports": None, "seconds": 5.0, **changed})


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("alive", Visit(LinkState.ALIVE, 200)),
        ("nowhere", Visit(LinkState.GONE, 404)),
        ("gone", Visit(LinkState.GONE, 410)),
        ("broken", Visit(LinkState.REFUSED, 500)),
        ("locked", Visit(LinkState.REFUSED, 403)),
        ("elsewhere", Visit(LinkState.ALIVE, 200)),
        ("circle", Visit(LinkState.REFUSED, 302)),
        ("garbage", Visit(LinkState.UNREACHABLE)),
        ("headers", Visit(LinkState.UNREACHABLE)),
        ("endless", Visit(LinkState.ALIVE, 200)),
    ],
)
def test_what_comes_of_a_visit(site, page, expected):
    assert visitor().visit(f"{site.address}/{page}") == expected


def test_an_address_that_moved_for_good_tells_where_to(site):
    visit = visitor().visit(f"{site.address}/moved#here")

    assert visit == Visit(LinkState.MOVED, 200, f"{site.address}/alive?from=moved")
    assert [path for path, _headers in site.asked] == ["/moved", "/alive?from=moved"]


@pytest.mark.parametrize("page", ["silent", "dripping"])
def test_a_server_that_takes_its_time_is_left_at_the_deadline(site, page):
    started = time.monotonic()

    visit = visitor(seconds=1.0).visit(f"{site.address}/{page}")

    assert visit.state is LinkState.TOO_SLOW
    assert time.monotonic() - started < 3


def test_nothing_about_us_is_told_beyond_our_name(site):
    visitor().visit(f"{site.address}/alive")

    [(_path, headers)] = site.asked
    assert set(headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_nobody_there(unused_tcp_port_number):
    url = f"http://127.0.0.1:{unused_tcp_port_number}/"

    assert visitor().visit(url) == Visit(LinkState.UNREACHABLE)


@pytest.fixture
def unused_tcp_port_number():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("page", ["inside", "file"])
def test_a_redirect_into_our_network_is_not_followed(site, page):
    visit = visitor().visit(f"{site.address}/{page}")

    assert visit.state is LinkState.FORBIDDEN
    assert len(site.asked) == 1


def test_this_machine_is_never_visited_by_the_real_visitor(site):
    port = site.server_port

    for host in ("127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "0"):
        visit = Visitor(ports=None, seconds=2.0).visit(f"http://{host}:{port}/alive")
        assert (host, visit.state) == (host, LinkState.FORBIDDEN)

    assert site.asked == []


def test_a_name_that_leads_inside_is_refused_by_its_number(site, monkeypatch):
    answers = [["127.0.0.1"], ["93.184.216.34", "10.0.0.7"], ["::ffff:127.0.0.1"]]
    for numbers in answers:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in numbers]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, found=found, **_k: found)

        visit = Visitor(ports=None, seconds=2.0).visit(
            f"http://rebound.example.com:{site.server_port}/alive"
        )

        assert visit.state is LinkState.FORBIDDEN
    assert site.asked == []


def test_the_number_that_was_judged_is_the_one_connected_to(site, monkeypatch):
    asked = []

    def first_here_then_inside(host, port, *_how, **_more):
        asked.append(host)
        number = "127.0.0.1" if len(asked) == 1 or host == "127.0.0.1" else "10.0.0.7"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr(socket, "getaddrinfo", first_here_then_inside)

    visit = visitor().visit(f"http://twice.langson.vn:{site.server_port}/alive")

    assert asked == ["twice.langson.vn", "127.0.0.1"]
    assert visit == Visit(LinkState.ALIVE, 200)
    assert site.asked[0][1]["Host"] == f"twice.langson.vn:{site.server_port}"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such name"), LinkState.UNREACHABLE),
        (socket.gaierror(socket.EAI_AGAIN, "no resolver"), LinkState.OFFLINE),
        (OSError(101, "Network is unreachable"), LinkState.OFFLINE),
    ],
)
def test_a_house_that_cannot_go_out_does_not_blame_the_address(monkeypatch, error, state):
    def fails(*_arguments, **_how):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fails)

    assert Visitor().visit("https://langson.gov.vn/").state is state


def test_a_certificate_that_nobody_vouches_for_is_no_answer(site):
    # Plain HTTP spoken to somebody who expects TLS fails in the handshake just as well.
    url = site.address.replace("http:", "https:") + "/alive"

    assert visitor(tls=ssl.create_default_context()).visit(url).state is LinkState.UNREACHABLE


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://langson.gov.vn", Address("https", "langson.gov.vn", 443, "/")),
        ("http://langson.gov.vn:8080/a?b=1#c", Address("http", "langson.gov.vn", 8080, "/a?b=1")),
        ("https://LangSon.GOV.vn./x", Address("https", "langson.gov.vn", 443, "/x")),
        ("https://hộixuân.vn/tin-tức", Address("https", "xn--hixun-6qa7084c.vn", 443,
                                               "/tin-t%E1%BB%A9c")),
        ("https://8.8.8.8/", Address("https", "8.8.8.8", 443, "/")),
        ("ftp://langson.gov.vn/", Fault.NOT_WEB),
        ("//langson.gov.vn/", Fault.NOT_WEB),
        ("gopher://langson.gov.vn/", Fault.NOT_WEB),
        ("https://", Fault.MALFORMED),
        ("https://a b.vn/", Fault.MALFORMED),
        ("https://a.vn/\r\nHost: b", Fault.MALFORMED),
        ("https://a.vn:99999/", Fault.MALFORMED),
        ("https://[::g]/", Fault.MALFORMED),
        ("https://a.vn/" + "x" * 3000, Fault.MALFORMED),
        ("https://u@a.vn/", Fault.CREDENTIALS),
        ("https://u:p@a.vn/", Fault.CREDENTIALS),
        ("https://a.vn:22/", Fault.PORT),
        ("https://localhost/", Fault.INSIDE),
        ("https://may-in/", Fault.INSIDE),
        ("https://tin.intranet/", Fault.INSIDE),
        ("https://127.0.0.1/", Fault.INSIDE),
        ("https://10.1.2.3/", Fault.INSIDE),
        ("https://172.20.0.1/", Fault.INSIDE),
        ("https://192.168.0.1/", Fault.INSIDE),
        ("https://169.254.169.254/", Fault.INSIDE),
        ("https://100.64.0.1/", Fault.INSIDE),
        ("https://0.0.0.0/", Fault.INSIDE),
        ("https://255.255.255.255/", Fault.INSIDE),
        ("https://224.0.0.1/", Fault.INSIDE),
        ("https://127.1/", Fault.INSIDE),
        ("https://2130706433/", Fault.INSIDE),
        ("https://0177.0.0.1/", Fault.INSIDE),
        ("https://[::1]/", Fault.INSIDE),
        ("https://[::]/", Fault.INSIDE),
        ("https://[fe80::1]/", Fault.INSIDE),
        ("https://[fd00::1]/", Fault.INSIDE),
        ("https://[::ffff:10.0.0.1]/", Fault.INSIDE),
        ("https://[64:ff9b::7f00:1]/", Fault.INSIDE),
        ("https://[2002:7f00:1::]/", Fault.INSIDE),
    ],
)  # fmt: skip
def test_how_an_address_is_judged_before_anybody_goes_there(url, expected):
    assert parsed(url) == expected


def test_each_address_is_visited_once_and_then_kept(site):
    cache = LocMemCache("links", {})
    urls = [f"{site.address}/{page}" for page in ("alive", "nowhere", "alive")]

    first = visit_all(urls, visitor=visitor(), cache=cache)
    again = visit_all(urls, visitor=visitor(), cache=cache)

    assert first == again
    assert {url.rpartition("/")[2]: visit.state for url, visit in first.items()} == {
        "alive": LinkState.ALIVE,
        "nowhere": LinkState.GONE,
    }
    assert len(site.asked) == 2


def test_thousands_of_links_are_not_a_way_to_keep_the_worker_busy(site):
    urls = [f"{site.address}/alive?{number}" for number in range(MOST_ADDRESSES + 50)]

    found = visit_all(urls, visitor=visitor(), cache=LocMemCache("many", {}))

    assert len(found) == len(site.asked) == MOST_ADDRESSES


def test_what_is_not_done_in_time_has_no_answer(site):
    urls = [f"{site.address}/silent?{number}" for number in range(12)]
    started = time.monotonic()

    found = visit_all(
        urls, visitor=visitor(seconds=0.6), cache=LocMemCache("late", {}), seconds=1.0
    )

    assert time.monotonic() - started < 5
    assert 0 < len(found) < len(urls)
    assert {visit.state for visit in found.values()} == {LinkState.TOO_SLOW}
