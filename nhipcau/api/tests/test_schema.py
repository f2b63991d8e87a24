"""The schema is true: schemathesis asks what it allows, and what it does not, and compares."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from nhipcau.api.tests.factories import in_two_languages, in_vietnamese, taken_back, topic
from nhipcau.api.views.schema import described


@pytest.fixture
def asked(house, settings):
    """The schema as callers get it, of a house with works, a correction and a withdrawal."""
    settings.API_QUESTIONS_A_MINUTE = 1_000_000
    work = in_two_languages(house, topics=[topic()])
    taken_back(house, in_vietnamese(house, title="Tin khác"))
    taken_back(house, work, "en")
    # As Django's own test client does it: the test's transaction outlives each question.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app=WSGIHandler())
    yield schema, {"name": work.subject.short_id, "language": "vi"}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def attack(asked, *, most):
    """Ask every address `most` times as the schema allows, and as often as it does not."""
    schema, real = asked
    count = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        known = {name: real[name] for name in real if f"{{{name}}}" in operation.path}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for path in [None, known] if known and mode.is_positive else [None]:
                count += ask(operation, mode, path, most=most)
    return count


def ask(operation, mode, path, *, most):
    count = 0

    @settings(
        max_examples=most,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=path))
    def one(case):
        nonlocal count
        count += 1
        if mode.is_positive:
            # No schema says which cursors were given: test_works.py follows them.
            (case.query or {}).pop("cursor", None)
        case.call_and_validate()

    one()
    return count


@pytest.mark.once
def test_the_schema_allows_nothing_that_is_refused_and_refuses_what_it_does_not(asked):
    assert attack(asked, most=3) >= 3 * len(described()["paths"])


@pytest.mark.survey
def test_the_schema_is_true_at_length(asked):
    assert attack(asked, most=200) >= 200 * len(described()["paths"])


@pytest.mark.django_db
def test_the_schema_is_openapi_3_1_with_an_example_for_every_address(client):
    told = client.get("/api/v1/openapi.json").json()

    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "http://testserver/"}]
    for path, operations in told["paths"].items():
        [operation] = operations.values()
        assert path.startswith("/api/v1/")
        assert operation["summary"]
        assert operation["description"]
        assert {"200", "304", "400", "404", "410", "429"} <= set(operation["responses"])
