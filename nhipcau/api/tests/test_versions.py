"""One language of a work over the line, and the lists beside works."""

from datetime import timedelta

import pytest

from nhipcau.api.tests.factories import in_two_languages, in_vietnamese, taken_back, topic
from nhipcau.people.tests.factories import AT
from nhipcau.publishing.tests.test_public import corrected
from nhipcau.publishing.tests.test_releases import picture, with_picture

HERE = "http://testserver"
V1 = "/api/v1"


@pytest.fixture
def work(house):
    return in_two_languages(
        house, topics=[topic()], with_pdf=True, body=with_picture(picture(house))
    )


def address_of(work, language):
    return f"{V1}/works/{work.subject.short_id}/versions/{language}"


def test_a_text_comes_with_its_words_media_and_imprint(
    client, house, work, django_assert_max_num_queries
):
    corrected(house, work, at=AT + timedelta(days=1))
    with django_assert_max_num_queries(15):
        answer = client.get(address_of(work, "vi"))

    told = answer.json()
    assert told["title"] == "Chợ phiên vùng biên, giờ mới"
    assert told["work"] == work.subject.short_id
    assert told["html"].startswith("<article")
    assert f'src="{HERE}/media/' in told["html"]
    assert "<script" not in told["html"]
    assert told["text"].startswith("Chợ phiên vùng biên, giờ mới\n")
    assert (told["release"], told["correction"]) == (2, "Giờ họp chợ đã đổi.")
    assert told["corrections"] == [
        {"at": told["released"], "note": "Giờ họp chợ đã đổi."},
    ]
    assert told["first_released"] < told["released"]
    assert [line["name"] for line in told["imprint"]][:2] == ["issuer", "issued"]
    assert client.get(address_of(work, "VI")).json() == told
    english = client.get(f"{address_of(work, 'en')}?fields=language,files,translated_from")
    assert english.json() == {"language": "en", "files": [], "translated_from": "vi"}


def test_a_language_that_is_missing_is_never_another(client, work):
    answer = client.get(address_of(work, "lo"))
    spoken = client.get(f"{address_of(work, 'vi')}?mode=spoken")

    assert (answer.status_code, answer.json()["languages"]) == (404, ["en", "vi"])
    assert spoken.status_code == 404


def test_a_language_that_was_withdrawn_is_gone_and_the_other_stays(client, house, work):
    taken_back(house, work, "en")

    gone = client.get(address_of(work, "en"))

    assert gone.status_code == 410
    assert [each["notice"] for each in gone.json()["withdrawn"]] == ["Bài này có sai sót."]
    assert client.get(address_of(work, "vi")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_few_queries_however_long(client, house, count, django_assert_max_num_queries):
    for number in range(count):
        in_two_languages(house, title=f"Tin số {number}", topics=[topic()], with_pdf=number == 0)
    for name in (
        "works", "renditions", "corrections", "withdrawals", "topics", "units", "areas", "languages"
    ):  # fmt: skip
        with django_assert_max_num_queries(10):
            assert client.get(f"{V1}/{name}").status_code == 200


def test_renditions_tell_where_they_come_from(client, work):
    told = client.get(f"{V1}/renditions").json()["items"]

    [file] = told
    assert (file["work"], file["form"], file["release"]) == (work.subject.short_id, "sheet", 1)
    assert file["issuer"]["name"] == "Sở Văn hóa, Thể thao và Du lịch"
    assert len(file["sha256"]) == 64
    found = [
        len(client.get(f"{V1}/renditions?{question}").json()["items"])
        for question in (
            "language=vi", "language=en", "form=sheet", "form=leaflet", "type=application/pdf",
        )
    ]  # fmt: skip
    assert found == [1, 0, 1, 0, 1]


def test_corrections_and_withdrawals_are_told_until_their_list_ends(client, house, work):
    for number in range(2):
        other = in_vietnamese(house, title=f"Tin số {number}")
        taken_back(house, other, at=AT + timedelta(days=number + 1))
    corrected(house, work, at=AT + timedelta(days=1))

    [correction] = client.get(f"{V1}/corrections?language=vi").json()["items"]
    first = client.get(f"{V1}/withdrawals?limit=1&fields=withdrawn,notice").json()
    second = client.get(first["next"].removeprefix(HERE)).json()

    assert (correction["note"], correction["work"]) == (
        "Giờ họp chợ đã đổi.",
        work.subject.short_id,
    )
    assert client.get(f"{V1}/corrections?language=lo").json()["items"] == []
    assert first["items"][0]["withdrawn"] > second["items"][0]["withdrawn"]
    assert second["items"][0]["notice"] == "Bài này có sai sót."
    assert second["next"] is None


def test_what_works_hang_on_is_listed_by_what_is_public(client, house, work):
    def keys(name, field="key"):
        return [item[field] for item in client.get(f"{V1}/{name}").json()["items"]]

    assert "image/tourism" in keys("topics")
    assert keys("units") == [work.unit.key]
    assert keys("areas") == []
    assert sorted(keys("languages", "tag")) == ["en", "vi"]
    taken_back(house, work, "en")
    assert keys("languages", "tag") == ["vi"]
    topic("image/culture", "Văn hóa")
    one, other = (
        client.get(address.removeprefix(HERE)).json()
        for address in (
            f"{V1}/topics?limit=1",
            client.get(f"{V1}/topics?limit=1").json()["next"],
        )
    )
    assert one["items"] != other["items"]
