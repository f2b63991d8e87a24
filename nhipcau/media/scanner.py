"""Asking ClamAV's daemon about a file, by its own protocol (clamd(8), INSTREAM)."""

from __future__ import annotations

import socket
from pathlib import Path

from nhipcau.media.errors import ScannerSilent

CHUNK = 1 << 18
PATIENCE = 120.0  # seconds for any one answer


def virus_in(path: Path, *, address: str) -> str:
    """The name of what clamd finds in the file, "" for nothing.

    `address` is a socket's path or "host:port". Raises ScannerSilent when clamd does not answer,
    or answers anything but “OK” and “FOUND” (a file above its StreamMaxLength, a full disk):
    such a file was not looked through.
    """
    try:
        with _connected(address) as line, path.open("rb") as file:
            line.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                line.sendall(len(chunk).to_bytes(4, "big") + chunk)
            line.sendall(bytes(4))
            answer = b""
            while not answer.endswith(b"\0"):
                told = line.recv(4096)
                if not told:
                    break
                answer += told
    except OSError as trouble:
        raise ScannerSilent(str(trouble)) from trouble
    words = answer.rstrip(b"\0").decode(errors="replace").removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerSilent(words or "the line was closed")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)
