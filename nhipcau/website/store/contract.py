"""What keeps finished pages: a folder that nginx can serve, or a bucket.

Beside the pages that stand lies what was set aside: a page that is to be made again, and is
shown only when that cannot be done. Every method may be called again with the same words and may
be cut off anywhere; what readers are shown is always one whole page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from nhipcau.website.store.pages import Head, Page


class Keeper(Protocol):
    """Where pages are kept. Addresses are storable ones (addresses.py), else ValueError.

    What cannot be written raises OSError and changes nothing of what is shown.
    """

    def keep(self, address: str, page: Page, *, with_file: bool) -> None:
        """Show this page from now on; with a file under its own name for nginx or a CDN."""
        ...

    def head(self, address: str, *, aside: bool = False) -> Head | None:
        """The head of the page that stands, or of the one set aside; None when there is none."""
        ...

    def body(self, head: Head, encoding: str) -> bytes | None:
        """The bytes in one of the head's encodings; None when they are lost."""
        ...

    def set_aside(self, addresses: Iterable[str]) -> None:
        """Show these no more, but keep them for when they cannot be made anew."""
        ...

    def set_all_aside(self) -> None:
        """The same for every page that stands."""
        ...

    def drop(self, addresses: Iterable[str]) -> None:
        """Have these pages nowhere any more."""
        ...

    def addresses(self) -> Iterator[str]:
        """Every address that stands."""
        ...

    def sweep(self, named: Collection[str], *, before: float) -> int:
        """Take away bytes whose digest is not named and that were written before a moment."""
        ...

    def state(self, address: str) -> object:
        """Differs whenever another page stands; None when none does. Cheaper than `head`."""
        ...

    def generation(self) -> int:
        """Differs when any page may have changed since; asked at each request, so it is cheap."""
        ...
