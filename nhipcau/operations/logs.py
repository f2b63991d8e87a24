"""The form of the logs: one JSON object a line, with the request's id and without personal data.

Names are never logged; addresses of mail and of machines, telephone numbers, tokens and what
stands in a query string are taken out of every value, whoever wrote it.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from nhipcau.audit.requests import current_request_id

_OUT = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b(?::\d+)?"), "[address]"),
    (
        re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE),
        "[address]",
    ),
    (re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)"), "[number]"),
    (re.compile(r"(?<=\?)[^\s\"']+"), "[query]"),
    (
        re.compile(r"(?i)\b(password|token|secret|key|sessionid|csrftoken)=[^\s&\"']+"),
        r"\1=[secret]",
    ),
)


def without_personal_data(text: str) -> str:
    """The text with mail and machine addresses, telephone numbers and secrets taken out."""
    for pattern, instead in _OUT:
        text = pattern.sub(instead, text)
    return text


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return without_personal_data(value)
    if isinstance(value, dict):
        return {name: _cleaned(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(held) for held in value]
    return value if isinstance(value, int | float | bool) or value is None else _cleaned(str(value))


class RequestIdFilter(logging.Filter):
    """Gives each line the id that stands in the answer's X-Request-ID and in the diary."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id.get()
        # Django hangs whole requests and sockets on its records.
        record.__dict__.pop("request", None)
        return True


class JsonLines(JsonFormatter):
    """For machines: systemd's journal, a container's output."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        return {name: _cleaned(value) for name, value in log_data.items()}


class TextLines(logging.Formatter):
    """For a person before a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))
