"""Works over the line: what a list tells, how it goes on, what is gone."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from nhipcau.api.tests.factories import in_two_languages, in_vietnamese, taken_back, topic
from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import schedule_bundle
from nhipcau.publishing.tests.test_public import corrected

LIST = "/api/v1/works"


def titles(answer):
    return [item["versions"][-1]["title"] for item in answer.json()["items"]]


def follow(client, answer):
    parts = urlsplit(answer.json()["next"])
    return client.get(f"{parts.path}?{parts.query}")


@pytest.fixture
def work(house):
    return in_two_languages(house, topics=[topic()], with_pdf=True)


def test_a_work_tells_its_texts_files_and_issuer(client, work, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        answer = client.get(LIST)

    [told] = answer.json()["items"]
    short = work.subject.short_id
    here = "http://testserver"
    assert (told["id"], told["uuid"], told["kind"]) == (short, str(work.subject.uuid), "news")
    assert told["self"] == f"{here}/api/v1/works/{short}"
    assert told["page"] == f"{here}/{short}"
    assert told["issuer"] == {"key": work.unit.key, "name": "Sở Văn hóa, Thể thao và Du lịch"}
    assert told["topics"] == [{"key": "image/tourism", "name": "Du lịch", "name_en": "Tourism"}]
    assert told["first_released"] == told["released"] == AT.isoformat().replace("+00:00", "Z")
    assert told["withdrawn"] == []
    english, vietnamese = told["versions"]
    assert english == {
        "language": "en",
        "mode": "written",
        "title": "The border market",
        "summary": "It opens every five days.",
        "page": f"{here}/en/the-border-market-{short}/",
        "self": f"{here}/api/v1/works/{short}/versions/en",
        "first_released": told["released"],
        "released": told["released"],
        "release": 1,
        "correction": "",
        "translated_from": "vi",
        "machine_helped": False,
    }
    assert vietnamese["translated_from"] == ""
    [file] = told["files"]
    assert (file["form"], file["type"], file["languages"]) == ("sheet", "application/pdf", ["vi"])
    given = b"".join(client.get(urlsplit(file["address"]).path))
    assert hashlib.sha256(given).hexdigest() == file["sha256"]
    assert len(given) == file["bytes"]


def test_nothing_of_persons_is_told(client, house, work):
    told = client.get(LIST).content.decode() + client.get(f"{LIST}/{work.pk}").content.decode()

    for person in (house.author, house.translator, house.head, house.secrecy, house.publisher):
        assert person.full_name not in told
        assert str(person.uuid) not in told


def test_a_list_is_narrowed(client, house, work):
    in_vietnamese(house, title="Tin khác")

    def found(question):
        return len(client.get(f"{LIST}?{question}").json()["items"])

    assert found("language=vi") == 2
    assert found("language=en&kind=news&mode=written") == 1
    assert found("language=lo") == 0
    assert found("topic=image/tourism&topic=image/culture") == 1
    assert found(f"unit={work.unit.key}") == 2
    assert found("unit=nowhere") == 0
    assert found("area=tinh/nowhere") == 0
    assert found("kind=video&kind=poster") == 0
    moment = AT.isoformat().replace("+00:00", "Z")
    assert found(f"since={moment}") == 2
    assert found(f"before={moment}") == 0
    assert found(f"since={(AT + timedelta(seconds=1)).isoformat()}") == 0  # a bare plus sign
    assert found("since=2999-01-01") == 0


def test_a_copy_is_kept_by_what_changed(client, house, work):
    in_vietnamese(house, title="Tin khác")
    corrected(house, work, at=AT + timedelta(days=2))

    answer = client.get(f"{LIST}?changed_since={(AT + timedelta(days=1)).date()}T00:00:00Z")

    assert titles(answer) == ["Chợ phiên vùng biên, giờ mới"]
    assert answer.json()["items"][0]["versions"][-1]["correction"] == "Giờ họp chợ đã đổi."


def test_paging_neither_repeats_nor_skips_while_others_release(client, house):
    for number in range(3):
        in_vietnamese(house, title=f"Tin số {number}", at=AT + timedelta(minutes=number // 2))
    first = client.get(f"{LIST}?limit=2&fields=id,versions&language=vi")
    in_vietnamese(house, title="Tin mới", at=AT + timedelta(hours=1))

    second = follow(client, first)

    assert titles(first) == ["Tin số 2", "Tin số 1"]
    assert titles(second) == ["Tin số 0"]
    assert [set(item) for item in second.json()["items"]] == [{"id", "versions"}]
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert (second.json()["next"], second.json()["cursor"]) == (None, None)
    assert "Link" not in second


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param(lambda good: good[:-1] + ("A" if good[-1] != "A" else "B"), id="altered"),
        pytest.param(lambda good: good + "&language=en", id="of another question"),
        pytest.param(lambda good: "A" * 3_000, id="huge"),
        pytest.param(lambda good: "%00", id="NUL"),
        pytest.param(lambda good: "💥.x", id="emoji"),
    ],
)
def test_a_cursor_that_was_not_given_is_refused(client, house, cursor):
    for number in range(2):
        in_vietnamese(house, title=f"Tin số {number}")
    good = client.get(f"{LIST}?limit=1").json()["cursor"]
    assert client.get(f"{LIST}?limit=1&cursor={good}").status_code == 200

    answer = client.get(f"{LIST}?limit=1&cursor={cursor(good)}")

    assert answer.status_code == 400
    assert answer.json()["type"].endswith("#bad-cursor")
    assert answer["Content-Type"] == "application/problem+json"


def test_one_work_is_found_by_either_name(client, work):
    by_short_id = client.get(f"{LIST}/{work.subject.short_id}?fields=id,title")
    assert by_short_id.status_code == 400

    by_short_id = client.get(f"{LIST}/{work.subject.short_id}?fields=id,kind")
    by_uuid = client.get(f"{LIST}/{work.subject.uuid}?fields=id,kind")

    assert by_short_id.json() == by_uuid.json() == {"id": work.subject.short_id, "kind": "news"}


def test_what_waits_is_as_unknown_as_what_never_was(client, house):
    work = house.work()
    house.approved(work)
    schedule_bundle(
        bundle=house.bundle(work),
        goes_out_at=AT + timedelta(hours=1),
        is_embargoed=True,
        by=house.publisher,
        at=AT,
    )

    waiting = client.get(f"{LIST}/{work.subject.short_id}")
    never = client.get(f"{LIST}/2222222")

    assert client.get(LIST).json()["items"] == []
    assert (waiting.status_code, never.status_code) == (404, 404)
    assert waiting.json() == never.json()


def test_what_was_withdrawn_is_gone_with_its_notice(client, house, work):
    hidden = house.work(title="Chưa phát hành")
    taken_back(house, work, "en", instead=hidden)
    partly = client.get(f"{LIST}/{work.subject.short_id}").json()
    taken_back(house, work, "vi", notice="Chợ đã dời chỗ.")

    answer = client.get(f"{LIST}/{work.subject.short_id}")

    assert [each["language"] for each in partly["versions"]] == ["vi"]
    [notice] = partly["withdrawn"]
    assert (notice["language"], notice["reason"]) == ("en", "in_error")
    assert notice["instead"] == ""  # it is not public, so nobody is sent there
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert {each["notice"] for each in answer.json()["withdrawn"]} == {
        "Bài này có sai sót.",
        "Chợ đã dời chỗ.",
    }
    assert client.get(LIST).json()["items"] == []
