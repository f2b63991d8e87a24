"""What rows repeat of releases for lists is what the releases say."""

import pytest

from nhipcau.people.tests.factories import AT
from nhipcau.publishing.actions import release_bundle, withdraw
from nhipcau.publishing.queries.repeated import versions_out_of_step, works_out_of_step
from nhipcau.translation.actions import save_words
from nhipcau.works.queries import WorkFilter, works_listed

pytestmark = pytest.mark.django_db
LATER = AT.replace(year=AT.year + 1)


def out(house, work, at=AT, **more):
    release_bundle(bundle=house.bundle(work, **more), by=house.publisher, at=at)


def standing(work):
    work.refresh_from_db()
    version = work.subject.versions.get(language__tag="vi")
    assert not versions_out_of_step().exists()
    assert not works_out_of_step().exists()
    return version.ready_since is not None, work.public_since is not None


def test_a_text_is_ready_until_it_goes_out_and_a_work_public_until_it_is_taken_back(house):
    work = house.work()
    assert standing(work) == (False, False)
    version = house.approved(work)
    assert standing(work) == (True, False)
    out(house, work)
    assert standing(work) == (False, True)

    save_words(version=version, by=house.author, at=AT, words={"title": "Chợ phiên, bản mới"})
    house.hand_in(version)
    house.clear(version)
    assert standing(work) == (True, True)
    out(house, work, note="Sửa tiêu đề.")
    assert standing(work) == (False, True)

    withdraw(
        subject=work.subject,
        reason="outdated",
        notice="Hết hiệu lực.",
        by=house.publisher,
        at=LATER,
    )
    assert standing(work) == (False, False)


def test_a_work_is_public_while_one_of_its_languages_is(house):
    work = house.work()
    house.approved(work)
    english = house.translated(work, "en")
    house.hand_in(english, by=house.translator)
    house.clear(english)
    out(house, work)

    for language, is_public in (("vi", True), ("en", False)):
        withdraw(
            subject=work.subject, languages=[language], reason="outdated", notice="Hết hiệu lực.",
            by=house.publisher, at=LATER,
        )  # fmt: skip
        listed = works_listed(WorkFilter(state="public"), on=LATER.date(), at=LATER)
        assert list(listed) == ([work] if is_public else [])
    assert not works_out_of_step().exists()
