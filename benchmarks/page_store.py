"""How many readers a second the page store serves, beside its peers, in one run.

    .venv/bin/python benchmarks/page_store.py [--seconds N] [--rounds N]

A stock Wagtail site is made anew (`wagtail start`) and served by granian as `nhipcau serve` has it
serve. Its start page, byte for byte, is kept in a page store too, and is served by the house in the
embedded default (config.wsgi: the layer before Django), and by nginx with deploy/nginx.conf's
rules; nginx with a plain file of the same bytes is the last peer. wrk asks each in turn, a few
seconds a round, over one keep-alive connection per simulated reader and without packing, so that
all send the same bytes; the middle round counts. Writes results/page_store.md.

Needs nginx and wrk (Debian). Floors: 50 times stock Wagtail embedded (goal 120), 100 times behind
nginx (goal: 95 % of the plain file).
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nhipcau.operations.tests.houses import environment, free_port  # noqa: E402 -- the path above
from nhipcau.website.store import edge  # noqa: E402 -- as above
from nhipcau.website.store.folders import Folder  # noqa: E402 -- as above
from nhipcau.website.store.pages import Page  # noqa: E402 -- as above

RESULT = ROOT / "benchmarks" / "results" / "page_store.md"
PROGRAMS = Path(sys.executable).parent
READERS = 32
ADDRESS = "/vi/trang-dau/"
FLOORS = {"embedded": 50, "behind nginx": 100}
# As nhipcau/operations/serving/commandline.py starts it.
GRANIAN = ["--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--workers", "1"]
GRANIAN += ["--blocking-threads", "8", "--backpressure", "128", "--log-level", "error"]
FRAME = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
worker_processes auto;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    sendfile on; tcp_nopush on; keepalive_requests 1000000;
    {shipped}
    server {{
        listen 127.0.0.1:{plain}; access_log off; default_type text/html;
        location / {{ root {folder}/plain; }}
    }}
}}
"""


@dataclass
class Peer:
    """Somebody who serves the page: where, and what wrk measured there round by round."""

    name: str
    url: str
    host: str = "localhost"
    rates: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def p99(self) -> float:
        return statistics.median(self.slowest)


def wagtail_site(folder: Path) -> tuple[subprocess.Popen[bytes], Peer]:
    """A freshly generated Wagtail site behind granian, with the settings of its production."""
    site = folder / "site"
    site.mkdir()
    run([PROGRAMS / "wagtail", "start", "stock", site])
    key = "SECRET_KEY = 'only-for-this-run'\nALLOWED_HOSTS = ['localhost']\n"
    (site / "stock" / "settings" / "local.py").write_text(key)
    env = environment(folder) | {"DJANGO_SETTINGS_MODULE": "stock.settings.production"}
    for words in (["migrate", "-v", "0"], ["collectstatic", "--no-input", "-v", "0"]):
        run([sys.executable, "manage.py", *words], cwd=site, env=env)
    port = free_port()
    command = [PROGRAMS / "granian", *GRANIAN, "--port", str(port), "stock.wsgi:application"]
    started = subprocess.Popen([str(word) for word in command], cwd=site, env=env)
    return started, Peer("stock Wagtail's start page, granian", f"http://127.0.0.1:{port}/")


def our_house(folder: Path) -> tuple[subprocess.Popen[bytes], Peer]:
    """The house's own web process on an empty database; the page lies in its store."""
    port = free_port()
    command = [PROGRAMS / "granian", *GRANIAN, "--port", str(port), "config.wsgi:application"]
    env = environment(folder / "house") | {"DJANGO_SETTINGS_MODULE": "config.settings.base"}
    started = subprocess.Popen([str(word) for word in command], cwd=ROOT, env=env)
    return started, Peer("page store, embedded (granian)", f"http://127.0.0.1:{port}{ADDRESS}")


def our_nginx(folder: Path) -> tuple[subprocess.Popen[bytes], list[Peer]]:
    """The shipped configuration's store without TLS, and a plain file of the same bytes."""
    ours, plain = free_port(), free_port()
    shipped = (ROOT / "deploy" / "nginx.conf").read_text()
    http_only = re.sub(r"server \{\s+listen 80;.*?\n\}", "", shipped, count=1, flags=re.DOTALL)
    http_only = re.sub(r"\n\s+(?:ssl_\S+|listen \[::\]).*?;", "", http_only)
    for old, new in {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ours};",
        "/var/lib/nhipcau/pages": str(folder / "house" / "pages"),
        "/var/cache/nginx/nhipcau": str(folder / "pictures"),
        "/var/log/nginx/nhipcau-use.log": str(folder / "use.log"),
    }.items():
        http_only = http_only.replace(old, new)
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(FRAME.format(folder=folder, shipped=http_only, plain=plain, user=user))
    started = subprocess.Popen([str(shutil.which("nginx")), "-p", str(folder), "-c", str(file)])
    return started, [
        Peer("page store, nginx", f"http://127.0.0.1:{ours}{ADDRESS}", "nhipcau.example"),
        Peer("a plain file, nginx", f"http://127.0.0.1:{plain}/page.html"),
    ]


def run(command: Sequence[object], **options: object) -> str:
    done = subprocess.run(  # type: ignore[call-overload] # -- cwd and env alone
        [str(word) for word in command], capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def body_of(peer: Peer, patience: float = 120.0) -> bytes:
    """What a peer sends, as soon as it answers."""
    until = time.monotonic() + patience
    place, _, path = peer.url.removeprefix("http://").partition("/")
    while True:
        line = http.client.HTTPConnection(place, timeout=30)
        try:
            line.request("GET", f"/{path}", headers={"Host": peer.host})
            answer = line.getresponse()
            body = answer.read()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
            continue
        finally:
            line.close()
        if answer.status != 200:
            raise SystemExit(f"{peer.name} answers {answer.status}: {body[:300]!r}")
        return body


def load(peer: Peer, seconds: int) -> None:
    """One round of wrk; refuses a round in which anything but a page came back."""
    how = [
        "-t1",
        f"-c{READERS}",
        f"-d{seconds}s",
        "--timeout",
        "20s",
        "--latency",
        "-H",
        f"Host: {peer.host}",
    ]
    told = run(["wrk", *how, peer.url])
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    if rate is None or p99 is None or "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(f"{peer.name}:\n{told}")
    peer.rates.append(float(rate[1]))
    peer.slowest.append(float(p99[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[p99[2]])


def measure(folder: Path, seconds: int, rounds: int) -> tuple[list[Peer], int]:
    started: list[subprocess.Popen[bytes]] = []
    try:
        process, stock = wagtail_site(folder)
        started.append(process)
        body = body_of(stock)
        headers = {**edge.HEADERS, "content-type": "text/html; charset=utf-8"}
        page = Page(200, tuple(sorted(headers.items())), body, datetime.now(UTC))
        Folder(folder / "house" / "pages").keep(ADDRESS, page, with_file=True)
        (folder / "plain").mkdir()
        (folder / "plain" / "page.html").write_bytes(body)
        process, embedded = our_house(folder)
        started.append(process)
        process, others = our_nginx(folder)
        started.append(process)
        peers = [stock, embedded, *others]
        for peer in peers:
            if body_of(peer) != body:
                raise SystemExit(f"{peer.name} sends another page")
        for number in range(rounds + 1):
            for peer in peers:
                load(peer, 1 if number == 0 else seconds)
        for peer in peers:  # the first round only warmed them
            del peer.rates[0], peer.slowest[0]
        return peers, len(body)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=30)


def report(peers: Sequence[Peer], size: int, seconds: int, rounds: int) -> bool:
    stock, embedded, nginx, plain = peers
    ratios = {"embedded": embedded.rate / stock.rate, "behind nginx": nginx.rate / stock.rate}
    summary = (
        f"Embedded: {ratios['embedded']:.0f} times (floor {FLOORS['embedded']}, goal 120). Behind"
        f" nginx: {ratios['behind nginx']:.0f} times (floor {FLOORS['behind nginx']}),"
        f" {nginx.rate / plain.rate:.0%} of the plain file (goal 95 %)."
    )
    lines = [
        "# Pages from the store",
        "",
        f"`benchmarks/page_store.py`, {READERS} readers, {rounds} rounds of {seconds} s each in",
        f"turn, the middle one; {os.cpu_count()} cores, shared by server and load;",
        f"{size} bytes a page.",
        "",
        "| who serves | requests/s | p99 | times stock Wagtail |",
        "| --- | --- | --- | --- |",
        *(
            f"| {peer.name} | {peer.rate:,.0f} | {peer.p99:.1f} ms | {peer.rate / stock.rate:.1f} |"
            for peer in peers
        ),
        "",
        summary,
    ]
    print("\n".join(lines))
    RESULT.write_text("\n".join(lines) + "\n")
    return all(ratios[name] >= floor for name, floor in FLOORS.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    for program in ("nginx", "wrk"):
        if shutil.which(program) is None:
            print(f"{program} is missing: apt-get install {program}")
            return 2
    with tempfile.TemporaryDirectory(prefix="page-store-") as made:
        folder = Path(made)
        folder.chmod(0o755)
        return (
            0
            if report(*measure(folder, asked.seconds, asked.rounds), asked.seconds, asked.rounds)
            else 1
        )


if __name__ == "__main__":
    raise SystemExit(main())
