"""Good and bad examples, short enough to stand in the class that they prove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhipcau.kernel.folding import folded
from nhipcau.translation.proofreading.context import NameAnswer, NameVerdict
from nhipcau.translation.proofreading.draft import Draft, Version, no_media

TODAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Good:
    """A draft in which the check finds nothing. Words alone are one paragraph.

    `others` are further versions, each a mapping of `language`, `title`, `summary`, `body`.
    """

    body: str | tuple[Mapping[str, Any], ...] = ()
    title: str = ""
    summary: str = ""
    language: str = "vi"
    kind: str = "article"
    context: Mapping[str, Any] = field(default_factory=dict)
    made_from: Mapping[str, Any] | None = None

    def draft(self) -> Draft:
        version = _version(self.language, self.title, self.summary, self.body)
        source = None
        if self.made_from is not None:
            told = {"language": "vi", "title": "", "summary": "", "body": ()} | dict(self.made_from)
            source = _version(**told)
        context = {"today": TODAY, "kind": self.kind, "made_from": source} | dict(self.context)
        return Draft.of(version, **context)


@dataclass(frozen=True, slots=True)
class Bad(Good):
    """A draft in which the check finds these words, and nothing else."""

    finds: tuple[str, ...] = ()


def _version(
    language: str, title: str, summary: str, body: str | tuple[Mapping[str, Any], ...]
) -> Version:
    if isinstance(body, str):
        body = (text(body),) if body else ()
    return Version.read(
        language=language, title=title, summary=summary, body=list(body), resolve=no_media
    )


def text(html: str) -> dict[str, Any]:
    return {"type": "text", "value": html if "<p" in html else f"<p>{html}</p>"}


def heading(words: str, level: int = 2) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": words, "level": str(level)}}


def picture(number: int = 1, **value: Any) -> dict[str, Any]:
    return {"type": "picture", "value": {"picture": number, **value}}


def map_block(number: int = 1, **value: Any) -> dict[str, Any]:
    return {"type": "map", "value": {"picture": number, **value}}


def quote(words: str, who: str = "", source: str = "") -> dict[str, Any]:
    return {"type": "quote", "value": {"text": words, "who": who, "source": source}}


def table(heads: tuple[str, ...], *rows: tuple[str, ...], caption: str = "") -> dict[str, Any]:
    columns = [{"type": "text", "heading": head} for head in heads]
    values = [{"values": list(row)} for row in rows]
    return {"type": "table", "value": {"columns": columns, "rows": values, "caption": caption}}


def call_out(kind: str, title: str, words: str) -> dict[str, Any]:
    return {
        "type": "call_out",
        "value": {"kind": kind, "title": title, "text": f"<p>{words}</p>"},
    }


def chart(**value: Any) -> dict[str, Any]:
    filled = {"kind": "bar", "title": "", "unit": "", "source": "", "columns": [], "rows": []}
    return {"type": "chart", "value": filled | value}


@dataclass(frozen=True, slots=True)
class SmallBook:
    """A book of a few names, by their folded words."""

    answers: Mapping[str, NameAnswer]

    def look_up(self, name: str, *, on: date) -> NameAnswer:
        return self.answers.get(folded(name), NameAnswer(NameVerdict.UNKNOWN))
