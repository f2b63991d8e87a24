"""What stands around a house on a server: the shipped files, tried with the real programs."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from nhipcau.operations.tests.houses import Served, free_port

pytestmark = pytest.mark.xdist_group("serving")
DEPLOY = Path(settings.ROOT) / "deploy"
STATIC = Path(settings.ROOT) / "staticfiles"
NAME = "nhipcau.example"
FRAME = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {shipped}
}}
"""


def certificate(folder):
    """A certificate for the example's name that it signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))
    plain = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, plain[1], plain[0]))


class Edge:
    """The shipped configuration, on ports of this machine alone."""

    def __init__(self, folder, *, house, pages="/var/lib/nhipcau/pages", module=""):
        certificate(folder)
        self.plain, self.tls = free_port(), free_port()
        moved = {
            "127.0.0.1:8000": f"127.0.0.1:{house}",
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ": f"listen 127.0.0.1:{self.tls} ",
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
            "/etc/ssl/nhipcau/fullchain.pem": str(folder / "cert.pem"),
            "/etc/ssl/nhipcau/privkey.pem": str(folder / "key.pem"),
            "/opt/nhipcau/staticfiles/": f"{STATIC}/",
            "/var/lib/nhipcau/pages": str(pages),
            "/var/cache/nginx/nhipcau": f"{folder}/pictures",
            "/var/log/nginx/nhipcau-use.log": f"{folder}/use.log",
            "flush=5s": "flush=1s",
            "# brotli_static on;": "brotli_static on;" if module else "",
        }
        shipped = (DEPLOY / "nginx.conf").read_text()
        for old, new in moved.items():
            assert old in shipped, old
            shipped = shipped.replace(old, new)
        self.file = folder / "nginx.conf"
        loaded = f"load_module {module};" if module else ""
        if os.geteuid() == 0:  # the folders of tests are their user's alone
            loaded += " user root;"
        self.file.write_text(loaded + FRAME.format(folder=folder, shipped=shipped))
        self.command = [shutil.which("nginx"), "-p", str(folder), "-c", str(self.file)]

    def __enter__(self):
        tried = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        assert tried.returncode == 0, tried.stderr
        self.process = subprocess.Popen(self.command)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.tls)) == 0:
                    return self
            time.sleep(0.05)
        raise AssertionError("nginx did not begin to listen")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)

    def get(self, path, *, tls=True, host=NAME):
        if tls:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            line = http.client.HTTPSConnection("127.0.0.1", self.tls, timeout=60, context=context)
        else:
            line = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=60)
        try:
            line.request("GET", path, headers={"Host": host})
            answer = line.getresponse()
            answer.read()
            return answer.status, {name.lower(): text for name, text in answer.getheaders()}
        finally:
            line.close()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_the_shipped_nginx_carries_a_house_behind_tls(house, tmp_path):
    behind = {"NHIPCAU_PUBLIC_URL": f"https://{NAME}", "NHIPCAU_TRUSTED_PROXIES": "1"}
    with Served(house, **behind) as served:
        served.wait_for("answers at")
        with Edge(tmp_path, house=served.port) as edge:
            status, headers = edge.get("/accounts/login/", tls=False)
            assert (status, headers["location"]) == (301, f"https://{NAME}/accounts/login/")

            status, headers = edge.get("/accounts/login/")
            assert status == 200
            assert headers["strict-transport-security"].startswith("max-age=31536000")
            assert "Secure" in headers["set-cookie"]
            assert edge.get("/accounts/login/", host="gia.mao.example")[0] == 400
            assert edge.get("/readyz")[0] in {200, 503}

            style = next(STATIC.rglob("*.css"))
            status, headers = edge.get(f"/static/{style.relative_to(STATIC)}")
            assert status == 200
            assert "immutable" in headers["cache-control"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("unit", ["nhipcau.service", "nhipcau-backup.service"])
def test_the_shipped_units_say_nothing_that_systemd_does_not_know(unit, tmp_path):
    # On this machine the program lies elsewhere; what systemd then misses is no fault of the unit.
    text = (DEPLOY / unit).read_text().replace("/opt/nhipcau/.venv/bin/nhipcau", "/bin/true")
    (tmp_path / unit).write_text(text)

    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)],
        capture_output=True,
        text=True,
        check=False,
    )

    ours = [line for line in told.stderr.splitlines() if unit in line]
    assert ours == [], told.stderr
