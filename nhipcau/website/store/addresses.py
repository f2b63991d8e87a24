"""Which addresses a finished page may have, and where its files then lie.

What is no such address never reaches the disk: no way leads out of the store's folder, because
no address that passes can name one. Pure Python; nginx holds the same rule (deploy/nginx.conf).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote

# Bytes of one part of an address; file systems take 255, and the ending “.head.” and a number of
# an unfinished file come on top.
LONGEST_PART = 200
LONGEST_ADDRESS = 500
PAGE_TYPE = "text/html"
# What a file of the portal may be, and what its content is called; pages end in a slash.
TYPES = {
    "atom": "application/atom+xml",
    "json": "application/json",
    "rss": "application/rss+xml",
    "txt": "text/plain",
    "xml": "application/xml",
}
# Letters, marks and digits of any script, parted by hyphens, as slugs are made of them.
_PART = re.compile(r"[^\W_](?:[\w-]*)")
# What others hang on links that they pass on; it changes nothing of the page.
_PASSED_ON = re.compile(
    r"utm_[a-z_]{1,20}|fbclid|gclid|dclid|gbraid|wbraid|msclkid|igshid|zarsrc|mibextid"
)
_LONGEST_QUERY = 1000
INDEX = "index.html"


def is_storable(address: str) -> bool:
    """Whether a page may be kept under this address, decoded, as readers see it.

    “/”, “/vi/cho-phien-3k7bw2n/”, “/vi/tin.atom” and “/3k7bw2n” are; a query, a dot of any other
    kind, a double slash, a letter that is not in the form of NFC or not lower-case are not.
    """
    if not address.startswith("/") or len(address) > LONGEST_ADDRESS:
        return False
    if not unicodedata.is_normalized("NFC", address) or address != address.casefold():
        return False
    *parts, last = address[1:].split("/")
    if not all(_is_part(part) for part in parts):
        return False
    if not last:
        return True
    stem, dot, ending = last.rpartition(".")
    return (_is_part(stem) and ending in TYPES) if dot else _is_part(last)


def _is_part(text: str) -> bool:
    # \w takes combining marks of some scripts only; those of Lao and Khmer are looked up.
    bare = "".join(
        "a" if unicodedata.category(letter) in {"Mn", "Mc"} else letter for letter in text
    )
    return (
        text[:1] == bare[:1]
        and _PART.fullmatch(bare) is not None
        and len(text.encode()) <= LONGEST_PART
    )


def place_of(address: str) -> str:
    """The file of a storable address, below the store's folder.

    Raises ValueError for any other: whoever asks for a place has not looked.
    """
    if not is_storable(address):
        raise ValueError(f"no address of a finished page: {address[:100]!r}")
    return address[1:] + INDEX if address.endswith("/") else address[1:]


def type_of(address: str) -> str:
    """The content type that a file with this name is sent with by nginx."""
    _, dot, ending = address.rpartition("/")[2].rpartition(".")
    return TYPES[ending] if dot else PAGE_TYPE


def has_a_file(address: str) -> bool:
    """Whether nginx can find it by its name: pages and files; short addresses have none."""
    return address.endswith("/") or "." in address.rpartition("/")[2]


def address_in(path_info: str) -> str | None:
    """The storable address in a WSGI PATH_INFO (bytes as Latin-1); None when there is none."""
    try:
        address = path_info if path_info.isascii() else path_info.encode("latin-1").decode()
    except UnicodeError:
        return None
    return address if is_storable(address) else None


def path_info_of(address: str) -> str:
    return address if address.isascii() else address.encode().decode("latin-1")


def quoted(address: str) -> str:
    """The address as it stands in a request."""
    return quote(address, safe="/-._~")


def changes_nothing(query: str) -> bool:
    """Whether a query is made up of what others hang on links alone, so that it may be ignored."""
    if not query:
        return True
    if len(query) > _LONGEST_QUERY:
        return False
    try:
        names = [name for name, _ in parse_qsl(query, keep_blank_values=True, max_num_fields=20)]
    except ValueError:
        return False
    return bool(names) and all(_PASSED_ON.fullmatch(name) for name in names)
