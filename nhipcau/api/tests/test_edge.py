"""What every answer of the interface has, and what callers are refused."""

import json

import pytest
from django.test import Client

from nhipcau.api.rules.counting import WINDOW, Counters, household
from nhipcau.api.tests.factories import in_vietnamese

LIST = "/api/v1/works"


def test_an_unchanged_answer_is_not_sent_again(client, house):
    in_vietnamese(house, title="Tin")
    whole = client.get(LIST)

    again = client.get(LIST, headers={"If-None-Match": f'"other", W/{whole["ETag"]}'})
    in_vietnamese(house, title="Tin mới")
    changed = client.get(LIST, headers={"If-None-Match": whole["ETag"]})

    assert whole["Cache-Control"] == "public, max-age=60, stale-while-revalidate=300"
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == whole["ETag"]
    assert changed.status_code == 200
    assert changed["ETag"] != whole["ETag"]


@pytest.mark.django_db
def test_pages_of_other_origins_may_read_and_nothing_else(client):
    read = client.get(LIST)
    before = client.options(LIST, headers={"Access-Control-Request-Method": "GET"})
    written = Client(enforce_csrf_checks=True).post(LIST, {"a": "b"})

    assert read["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read
    assert "Set-Cookie" not in read
    assert "Cookie" not in read["Vary"]
    assert before.status_code == 204
    assert before["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert (written.status_code, written["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.head(LIST).status_code == 200


@pytest.mark.django_db
def test_who_asks_too_often_hears_when_to_come_again(client, settings):
    settings.API_QUESTIONS_A_MINUTE = 2

    answers = [client.get(LIST) for _ in range(3)]
    other = Client(REMOTE_ADDR="198.51.100.7").get(LIST)

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    last = answers[-1]
    assert last["RateLimit-Limit"] == "2"
    assert last["RateLimit-Policy"] == "2;w=60"
    assert last["Retry-After"] == last["RateLimit-Reset"]
    assert 1 <= int(last["Retry-After"]) <= WINDOW
    assert last.json()["type"].endswith("#too-many-questions")
    assert other.status_code == 200


def test_no_address_is_kept_and_a_minute_forgets():
    now = [0.0]
    salts = iter([b"one", b"two"])
    counters = Counters(salt=lambda: next(salts), clock=lambda: now[0])

    asked = [counters.count("203.0.113.9", limit=2).left for _ in range(3)]
    now[0] = WINDOW
    after = counters.count("203.0.113.9", limit=2)

    assert asked == [1, 0, -1]
    assert (after.left, after.seconds) == (1, WINDOW)
    assert "203.0.113.9" not in repr(vars(counters))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no address", "unknown"),
    ],
)
def test_one_line_is_one_caller(address, expected):
    assert household(address) == expected


HOSTILE = {
    "a name that is not known": ("colour=red", "colour"),
    "a name that stands twice": ("limit=1&limit=2", "limit"),
    "no number": ("limit=many", "limit"),
    "too many": ("limit=1000000", "limit"),
    "none": ("limit=0", "limit"),
    "a number beyond numbers": ("limit=" + "9" * 1000, "limit"),
    "no language": ("language=' OR 1=1 --", "language"),
    "NUL": ("language=v%00i", "language"),
    "no kind": ("kind=gossip", "kind"),
    "a topic with NUL": ("topic=image%00", "topic"),
    "21 topics": ("&".join(["topic=a"] * 21), "topic"),
    "no date": ("since=2026-02-30", "since"),
    "a date of words": ("since=hôm qua", "since"),
    "seconds since 1970": ("since=1764403200", "since"),
    "fullwidth digits": ("since=２０２６-11-29", "since"),
    "no field": ("fields=id,secret", "fields"),
    "no name of a field": ("fields=,", "fields"),
    "a field twice": ("fields=id,kind,id", "fields"),
    "500 fields": ("fields=" + ",".join(["id", "x"] * 250), "fields"),
    "broken UTF-8": ("language=%ff%fe", "language"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("question", "name"), HOSTILE.values(), ids=HOSTILE)
def test_what_does_not_fit_is_told_by_name(client, question, name):
    answer = client.get(f"{LIST}?{question}", headers={"Accept-Language": "en"})

    assert answer.status_code == 400
    told = answer.json()
    assert told["type"].endswith("#bad-parameter")
    assert name in [each["name"] for each in told["parameters"]]
    assert told["next"]
    assert len(answer.content) < 2_000


@pytest.mark.django_db
def test_questions_beyond_measure_are_refused_whole(client):
    fields = client.get(f"{LIST}?fields={','.join(['id'] * 10_000)}")
    names = client.get(f"{LIST}?{'&'.join(f'a{number}=' for number in range(10_000))}")

    assert [answer.status_code for answer in (fields, names)] == [414, 414]
    assert fields.json()["type"].endswith("#question-too-long")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Nothing public stands under this address."), ("vi", None), ("lo", None)],
)
def test_problems_are_told_in_the_callers_language(client, language, sentence):
    answer = client.get(f"{LIST}/%00", headers={"Accept-Language": language})

    assert answer.status_code == 404
    assert "Accept-Language" in answer["Vary"]
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["title"] == (sentence or "Không có gì công khai tại địa chỉ này.")


@pytest.mark.django_db
def test_an_address_that_is_not_there_is_a_problem_too(client):
    for address in ("/api/v1/nowhere", "/api/v1/works/", "/api/v1/works/2222222/x"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
def test_the_first_page_names_the_lists(client):
    told = client.get("/api/v1/").json()

    assert told["schema"] == "http://testserver/api/v1/openapi.json"
    assert told["lists"]["works"] == "http://testserver/api/v1/works"
    for address in told["lists"].values():
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


@pytest.mark.django_db
def test_addresses_bear_the_public_name_of_the_house(client, settings):
    settings.PUBLIC_URL = "https://ttdn.example/"

    told = json.loads(client.get("/api/v1/").content)

    assert told["lists"]["works"] == "https://ttdn.example/api/v1/works"
