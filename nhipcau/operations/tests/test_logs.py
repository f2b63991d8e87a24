"""Log lines tell what happened, and nothing about who it was."""

import io
import json
import logging

import pytest

from nhipcau.audit.requests import current_request_id
from nhipcau.operations.logs import JsonLines, RequestIdFilter, TextLines, without_personal_data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("failed for lan.nguyen@langson.gov.vn", "failed for [mail]"),
        ("from 113.160.12.7:5555 twice", "from [address] twice"),
        ("from 2001:db8:0:1:aaaa::17 today", "from [address] today"),
        ("call 0912 345 678 or +84 912.345.678", "call [number] or [number]"),
        ("GET /accounts/?email=x&next=/vi/ 200", "GET /accounts/?[query] 200"),
        ("token=abc123 kept", "token=[secret] kept"),
        ("took 12:34:56, version 5.2.19", "took 12:34:56, version 5.2.19"),
        ("Kế hoạch 45/KH-UBND ngày 12/03/2026", "Kế hoạch 45/KH-UBND ngày 12/03/2026"),
    ],
)
def test_what_is_taken_out_and_what_stays(text, expected):
    assert without_personal_data(text) == expected
    assert without_personal_data(expected) == expected


def logger_into(stream, formatter):
    logger = logging.getLogger(f"nhipcau.test.{id(stream)}")
    logger.propagate = False
    handler = logging.StreamHandler(stream)
    handler.addFilter(RequestIdFilter())
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    return logger


def test_a_json_line_carries_the_requests_id_and_no_address_even_from_a_traceback():
    stream = io.StringIO()
    logger = logger_into(stream, JsonLines("%(levelname)s %(request_id)s %(message)s"))
    token = current_request_id.set("f00d")
    try:
        try:
            int("lan@langson.gov.vn")
        except ValueError:
            logger.exception("refused %s", "lan@langson.gov.vn", extra={"ip": "113.160.12.7"})
    finally:
        current_request_id.reset(token)

    line = json.loads(stream.getvalue())
    assert line["request_id"] == "f00d"
    assert line["message"] == "refused [mail]"
    assert line["ip"] == "[address]"
    assert "ValueError: invalid literal for int() with base 10: '[mail]'" in line["exc_info"]
    assert "langson.gov.vn" not in stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [JsonLines("%(message)s"), TextLines()], ids=["json", "text"])
def test_a_sign_in_that_fails_leaves_no_address_in_the_logs(client, formatter):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(RequestIdFilter())
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        answer = client.post(
            "/accounts/login/?next=/admin/",
            {"login": "lan@langson.gov.vn", "password": "wrong wrong wrong"},
            REMOTE_ADDR="113.160.12.7",
        )
        client.get("/nowhere/lan@langson.gov.vn/", REMOTE_ADDR="113.160.12.7")
    finally:
        root.removeHandler(handler)
        root.setLevel(level)

    assert answer.status_code == 200
    assert "/nowhere/[mail]/" in stream.getvalue()
    assert "langson.gov.vn" not in stream.getvalue()
    assert "113.160" not in stream.getvalue()
    assert "wrong wrong" not in stream.getvalue()
