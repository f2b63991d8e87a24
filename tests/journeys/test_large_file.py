"""A file far too large for a plan comes the browser's way: streamed, refused, nothing is kept.

The file is made while it is sent, as a browser reads one from a disk; nobody holds it whole.
"""

import contextlib
import http.client
import json
import re
import threading
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import psutil
import pytest

from nhipcau.demo.sample.persons import DOMAIN, PASSWORD
from nhipcau.operations.tests.houses import House

pytestmark = pytest.mark.journey
MEGABYTE = 1_000_000
CEILING = 500 * MEGABYTE
PIECE = b"%PDF-1.7\n" + bytes(range(256)) * 3906 + b"\n"
BOUNDARY = "nhip-cau-bien-gioi"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Window:
    """What a browser keeps between its questions: cookies."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def ask(self, method, path, *, body=None, headers=None, length=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": kept, "Accept-Language": "vi", **(headers or {})}
        if length is not None:
            sent["Content-Length"] = str(length)
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {key: one.value for key, one in SimpleCookie(cookie).items()}
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def sign_in(self, person):
        _, page = self.ask("GET", "/accounts/login/")
        given = {
            "login": f"{person}@{DOMAIN}",
            "password": PASSWORD,
            "csrfmiddlewaretoken": TOKEN.search(page)[1],
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _ = self.ask("POST", "/accounts/login/", body=urlencode(given), headers=headers)
        assert status == 302

    def bring(self, size):
        """Send a file of so many bytes to the upload page, as its form does."""
        _, page = self.ask("GET", "/admin/plans/bring/")
        fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1]}
        head = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
        head += 'filename="ke-hoach.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        tail = f"\r\n--{BOUNDARY}--\r\n"
        return self.ask(
            "POST",
            "/admin/plans/bring/",
            body=pieces(head.encode(), size, tail.encode()),
            length=len(head) + size + len(tail),
            headers={
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
                "Accept": "application/json",
            },
        )


def pieces(head, size, tail):
    yield head
    while size:
        piece = PIECE[:size]
        size -= len(piece)
        yield piece
    yield tail


class Watch:
    """The most memory that a process and its children held at once; shared pages count once."""

    def __init__(self, pid):
        self.top = psutil.Process(pid)
        self.most = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def _look(self):
        while not self.over.is_set():
            held = 0
            for process in [self.top, *self.top.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    held += process.memory_full_info().pss
            self.most = max(self.most, held)
            time.sleep(0.05)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def kept(data):
    house = House(data)
    rows = house.ask(
        "SELECT (SELECT count(*) FROM plans_planimport), (SELECT count(*) FROM media_storedfile)"
    )
    return rows, sorted(str(path) for path in (data / "media").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("size", "told"),
    [
        pytest.param(50 * MEGABYTE + 1, "51 MB", id="one byte too many"),
        pytest.param(200 * MEGABYTE, "200 MB", id="200 MB"),
    ],
)
def test_a_file_too_large_for_a_plan_is_refused_in_one_sentence_and_leaves_nothing(
    served, prepared, size, told
):
    data, _copy = prepared
    window = Window(served.port)
    window.sign_in("ke-hoach")
    before = kept(data)

    with Watch(served.process.pid) as watch:
        status, answer = window.bring(size)

    assert status == 400
    (sentence,) = json.loads(answer)["sentences"]
    assert "lớn" in sentence
    assert f"({told}; tối đa 50 MB)" in sentence
    assert kept(data) == before
    assert list((data.parent / "temporary").rglob("*.upload*")) == []
    assert 50 * MEGABYTE < watch.most < CEILING, f"{watch.most / MEGABYTE:.0f} MB"
