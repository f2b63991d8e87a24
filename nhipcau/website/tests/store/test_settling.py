"""The disk, the index, the code and the database come to agree."""

import pytest
from django.utils import timezone

from nhipcau.website.store import making, settling
from nhipcau.website.store.changing import change
from nhipcau.website.store.models import Clock, KeptPage
from nhipcau.website.store.queries import progress, standing

AT = timezone.now()


@pytest.fixture(autouse=True)
def _drawn_by(monkeypatch):
    monkeypatch.setattr(settling, "fingerprint", lambda: "first")


def test_a_new_version_makes_every_page_again_and_says_so_once(kept_portal, monkeypatch):
    settling.settle(at=AT)
    assert progress() is None

    monkeypatch.setattr(settling, "fingerprint", lambda: "second")
    settling.settle(at=AT)
    assert (progress().pages, progress().made) == (36, 0)
    KeptPage.objects.update(stale_since=None)
    settling.settle(at=AT)
    assert standing().waiting == 0


def test_a_page_that_no_index_knows_is_gone(kept_portal):
    KeptPage.objects.filter(address="/vi/bai-1/").delete()

    settling.settle(at=AT)

    assert kept_portal.head("/vi/bai-1/") is None
    assert kept_portal.head("/vi/bai-2/") is not None


def test_a_database_from_before_leaves_no_page_of_after(kept_portal):
    for _ in range(3):
        change(tags=["work:999"], at=AT)
    settling.settle(at=AT)
    Clock.objects.update(changes=1)

    settling.settle(at=AT)

    assert list(kept_portal.addresses()) == []
    assert making.make_page("/vi/bai-1/").was_kept


@pytest.mark.parametrize("words", ["", "[]", "{", "null"])
def test_a_damaged_note_is_no_note(kept_portal, words):
    (kept_portal.root / "settled.json").write_text(words)

    settling.settle(at=AT)

    assert progress() is None
    assert kept_portal.head("/vi/bai-1/") is not None


def test_the_fingerprint_is_the_same_twice(monkeypatch):
    monkeypatch.undo()
    assert settling.fingerprint() == settling.fingerprint()
