"""The words of a body for the search index: all that a reader would see, part by part."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nhipcau.translation.manuscript.plain import block_lines
from nhipcau.translation.manuscript.reading import from_body


def words_to_search(content: Mapping[str, Any]) -> str:
    """The words of the body in a revision's content; captions and tables included, media not."""
    body = content.get("body") or []
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            return body
    read = from_body(body, lambda _kind, _number: None)
    return "\n".join(line for block in read.blocks for line in block_lines(block) if line)
