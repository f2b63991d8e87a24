"""What becomes of a work's words when they are kept as a template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nhipcau.translation.proofreading.text.gaps import gap

# What a picture, recording or file is asked for by, in the language of the templates. What stands
# in the library is never kept: each work names the rights of what it shows itself.
_ASKED = {
    "picture": "ảnh",
    "gallery": "bộ ảnh",
    "map": "bản đồ",
    "video": "video",
    "audio": "bản ghi âm",
    "file": "tệp",
}


def as_template(body: Iterable[Any]) -> list[dict[str, Any]]:
    """The raw blocks without their ids; what is chosen from the library becomes a gap."""
    return [_block(raw) for raw in body if isinstance(raw, Mapping)]


def _block(raw: Mapping[str, Any]) -> dict[str, Any]:
    kind, value = str(raw.get("type", "")), raw.get("value")
    if kind in _ASKED:
        about = next((words for words in _said(value) if words), "")
        asked = f"{_ASKED[kind]} – {about}" if about else _ASKED[kind]
        return {"type": "text", "value": f"<p>{_escaped(gap(asked))}</p>"}
    return {"type": kind, "value": _bare(value)}


def _said(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name in ("title", "caption", "alt"):
            if isinstance(words := value.get(name), str):
                yield words.strip()


def _bare(value: Any) -> Any:
    """Without the ids that the editor gives to blocks and entries of lists."""
    if isinstance(value, Mapping):
        is_entry = {"id", "type", "value"} <= value.keys()
        return {
            name: _bare(inner) for name, inner in value.items() if not (is_entry and name == "id")
        }
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    return value


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
