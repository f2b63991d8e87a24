import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from nhipcau.audit.middleware import RequestIdMiddleware
from nhipcau.audit.requests import current_request_id


def test_every_request_has_an_id_of_its_own_in_its_course_and_its_answer():
    seen = []

    def answer(request):
        seen.append(current_request_id.get())
        return HttpResponse()

    middleware = RequestIdMiddleware(answer)
    responses = [middleware(RequestFactory().get("/")) for _ in range(2)]

    assert [response["X-Request-ID"] for response in responses] == seen
    assert seen[0] != seen[1]
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in seen)
    assert current_request_id.get() == ""


def test_an_id_that_comes_from_outside_is_not_taken_over():
    response = RequestIdMiddleware(lambda request: HttpResponse())(
        RequestFactory().get("/", headers={"X-Request-ID": "forged"})
    )

    assert response["X-Request-ID"] != "forged"


def test_a_request_that_fails_leaves_no_id_behind():
    def fail(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestIdMiddleware(fail)(RequestFactory().get("/"))

    assert current_request_id.get() == ""


@pytest.mark.django_db
def test_the_house_gives_an_id_to_every_answer(client):
    assert re.fullmatch(r"[0-9a-f]{32}", client.get("/")["X-Request-ID"])
