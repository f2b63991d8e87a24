"""Opens the zip that a .docx is, trusting none of its declared sizes, names or counts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from lxml import etree

from nhipcau.plans.reading.expressions import expression
from nhipcau.plans.reading.sources import kinds, refusals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.plans.reading.limits import Limits

ZIP = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_RATIO_FROM = 1_000_000  # bytes; small parts may be packed as tightly as they like
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
_DEEP = expression("depth|too (?:deep|long|large|big)|huge|maximum|limit", re.IGNORECASE)
_RELATIONSHIP = "{*}Relationship"


class Package:
    """The parts of one archive; every method raises NotReadable, nothing else."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        # Counted before the directory is read: a million entries cost a gigabyte as objects.
        if data.count(_ENTRY) > limits.parts:
            raise refusals.bomb()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise refusals.damaged() from None
        # Some writers use backslashes or a leading slash; nothing is ever unpacked to disk.
        self._infos = {
            info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()
        }

    @property
    def names(self) -> set[str]:
        return set(self._infos)

    def mime(self) -> bytes:
        return self._stream("mimetype", 200).read() if "mimetype" in self._infos else b""

    def main_part(self) -> str | None:
        """The part that holds the document's body, by the package's own relations."""
        for kind, target in self.relations("_rels/.rels"):
            if kind.endswith("/officeDocument") and target in self._infos:
                return target
        return "word/document.xml" if "word/document.xml" in self._infos else None

    def relations(self, part: str, base: str = "") -> list[tuple[str, str]]:
        """(type, target part) pairs; targets outside the package are left out."""
        root = self.tree(part)
        if root is None:
            return []
        pairs = []
        for relation in root.iter(_RELATIONSHIP):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                pairs.append((relation.get("Type", ""), resolved(base, target)))
        return pairs

    def tree(self, part: str) -> etree._Element | None:
        """A small part as a tree; None where the package has no such part."""
        if part not in self._infos:
            return None
        root = None
        for _, element in self.events(part, ("start",), None, self._limits.tree_bytes):
            root = element if root is None else root
        return root

    def bytes_of(self, part: str) -> bytes:
        """A part as it is, such as a picture; KeyError where the package has no such part."""
        return self._stream(part, self._limits.part_bytes).read()

    def events(
        self,
        part: str,
        kinds_of_event: tuple[str, ...],
        tags: tuple[str, ...] | None,
        limit: int | None = None,
    ) -> Iterator[tuple[str, etree._Element]]:
        """Parse events of a part; entities, doctypes and the network are refused."""
        stream = self._stream(part, limit or self._limits.part_bytes)
        parser = etree.iterparse(
            stream,
            events=kinds_of_event,
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        checked = False
        try:
            for event, element in parser:
                if not checked:
                    checked = True
                    if element.getroottree().docinfo.doctype:
                        raise refusals.bomb()
                yield event, element
        except etree.XMLSyntaxError as error:
            if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
                raise MemoryError from None
            raise (refusals.bomb() if _DEEP.search(str(error)) else refusals.damaged()) from None
        except _BROKEN:
            raise refusals.damaged() from None

    def _stream(self, part: str, limit: int) -> _Counted:
        info = self._infos[part]
        if info.flag_bits & 1:
            raise refusals.encrypted()
        too_dense = info.file_size > _RATIO_FROM and info.file_size > (
            max(info.compress_size, 1) * self._limits.ratio
        )
        if info.file_size > limit or too_dense:
            raise refusals.bomb()
        try:
            return _Counted(self._zip.open(info), limit)
        except _BROKEN:
            raise refusals.damaged() from None


class _Counted(io.RawIOBase):
    """Stops when a part inflates to more than it may, whatever size it declared."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._inner = stream
        self._left = limit

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._inner.read(min(size, 65_536) if size > 0 else self._left + 1)
        except _BROKEN:
            raise refusals.damaged() from None
        self._left -= len(data)
        if self._left < 0:
            raise refusals.bomb()
        return data


def resolved(base: str, target: str) -> str:
    """The part that a relation of the part `base` points to."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = base.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def open_document(data: bytes, limits: Limits) -> tuple[Package, str]:
    """The package and its main part; refuses what is another kind of archive."""
    package = Package(data, limits)
    main = package.main_part()
    if main is None or not main.startswith("word/"):
        if "[Content_Types].xml" in package.names and any(
            name.startswith("word/") for name in package.names
        ):
            raise refusals.damaged()
        raise refusals.wrong_kind(kinds.zip_kind(package.names, package.mime()))
    return package, main
