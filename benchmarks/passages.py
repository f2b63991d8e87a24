"""Passages to search in, put together from what is here; for retrieval.py.

Vietnamese: every text of the repository that is Vietnamese prose (the sample's works, the handbooks
for staff, annotated plans, the interface's sentences), the catalogues of the installed libraries, and
the five plans beside the project where they are. That is too little, so that further passages are
written by a chain that has read them: a syllable follows another as it does in those texts, within
one document and its words, so that subjects hold together and words repeat as they do in prose.

Chinese, Lao and Khmer: the sample's works in them, and sentences of a small grammar over words of
border, trade and travel, with names that no dictionary has. That is easier than prose.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLANS = ROOT.parent / "shared" / "plans"
SOURCES = (
    "nhipcau/plans/tests/corpus/*/*.txt",
    "nhipcau/demo/data/works/**/*.vi.md",
    "nhipcau/works/data/templates/**/*.md",
    "docs/huong-dan/*.md",
    "README.vi.md",
)
CATALOGUES = (
    "nhipcau/locale/vi/LC_MESSAGES/django.po",
    ".venv/lib/python3*/site-packages/*/**/locale/vi/LC_MESSAGES/django.po",
)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n\s*\n|\n(?=[-+*•\d|#])")
_NOISE = re.compile(r"[|*#_>`\[\]<>{}%]+|\(s\)|https?://\S+")
_WORD = re.compile(r"[^\W_]+")
END = ""


def texts() -> Iterator[str]:
    """The documents; each holds together by its subject."""
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_text(encoding="utf-8")
    for path in sorted(PLANS.glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    import polib

    for pattern in CATALOGUES:
        for path in sorted(ROOT.glob(pattern)):
            sentences = [entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr]
            for at in range(0, len(sentences), 60):
                yield "\n\n".join(sentences[at : at + 60])


def sentences_of(text: str) -> list[str]:
    plain = _NOISE.sub(" ", text)
    return [" ".join(part.split()) for part in _SENTENCE.split(plain) if part.strip()]
