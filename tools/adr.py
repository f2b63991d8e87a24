"""Begins a decision record: docs/decisions/NNNN-short-sentence.md."""

from __future__ import annotations

import re
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

DECISIONS = Path(__file__).resolve().parent.parent / "docs" / "decisions"
RECORD = """# {number}. {title}

Date: {day} · Status: proposed

## Situation
What forces us to choose; facts, not wishes.

## Decision
We will …

## Consequences
What becomes easier, what becomes harder, how a machine will mind it.

## Rejected
Each alternative in two lines, with the reason.
"""


def begin(title: str, *, folder: Path, day: str) -> Path:
    """Write the next record; its number is one more than the highest that exists."""
    taken = [int(path.name[:4]) for path in folder.glob("[0-9][0-9][0-9][0-9]-*.md")]
    number = max(taken, default=0) + 1
    plain = unicodedata.normalize("NFKD", title.replace("đ", "d").replace("Đ", "D"))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    path = folder / f"{number:04}-{'-'.join(words)}.md"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(RECORD.format(number=number, title=title, day=day))
    return path


if __name__ == "__main__":
    print(begin(" ".join(sys.argv[1:]), folder=DECISIONS, day=f"{datetime.now(tz=UTC):%Y-%m-%d}"))
