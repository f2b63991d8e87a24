"""What was taken in: a title, blocks, pictures, and what a person should know about it."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nhipcau.translation.intake.notices import Notice, NoticeKind

_HEAD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """A picture as it lay in the document; its type is told by its content (`mime`)."""

    name: str
    mime: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """`blocks` name a picture by its place in `pictures`; `body` puts the library's numbers in."""

    title: str
    blocks: tuple[Mapping[str, Any], ...]
    pictures: tuple[BroughtPicture, ...] = ()
    notices: tuple[Notice, ...] = ()

    def body(self, numbers: Sequence[int | None] = ()) -> list[dict[str, Any]]:
        """Raw StreamField JSON. `numbers` are the pictures' keys in the library, in order.

        A picture without a number (the library refused it) is left out with its words kept.
        """
        body = []
        for block in self.blocks:
            if block["type"] != "picture":
                body.append(copy.deepcopy(dict(block)))
                continue
            value = dict(block["value"])
            place = value["picture"]
            number = numbers[place] if place < len(numbers) else None
            if number is not None:
                body.append({"type": "picture", "value": {**value, "picture": number}})
            elif words := value["alt"]:
                body.append(paragraph(words))
        return body

    def packed(self) -> bytes:
        """For the way between two processes; `unpacked` reads it back."""
        told = {
            "title": self.title,
            "blocks": self.blocks,
            "notices": [[notice.kind, notice.shown] for notice in self.notices],
            "pictures": [[p.name, p.mime, p.alt, len(p.data)] for p in self.pictures],
        }
        head = json.dumps(told).encode()
        return (
            str(len(head)).zfill(_HEAD_LENGTH).encode()
            + head
            + b"".join(picture.data for picture in self.pictures)
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Brought:
        """Raises ValueError, KeyError or TypeError for what `packed` did not write."""
        end = _HEAD_LENGTH + int(data[:_HEAD_LENGTH])
        told = json.loads(data[_HEAD_LENGTH:end])
        pictures = []
        for name, mime, alt, size in told["pictures"]:
            pictures.append(BroughtPicture(name, mime, data[end : end + size], alt))
            end += size
        if end != len(data):
            raise ValueError("The answer is not whole.")
        return cls(
            title=told["title"],
            blocks=tuple(told["blocks"]),
            pictures=tuple(pictures),
            notices=tuple(Notice(NoticeKind(kind), shown) for kind, shown in told["notices"]),
        )


def paragraph(words: str) -> dict[str, Any]:
    """A text block of one paragraph without marks."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"type": "text", "value": f"<p>{escaped}</p>"}
