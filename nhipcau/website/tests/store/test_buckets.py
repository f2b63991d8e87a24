import time
from datetime import UTC, datetime

import pytest

from nhipcau.website.store import buckets
from nhipcau.website.store.buckets import Bucket
from nhipcau.website.store.keeping import keeper as keeper_here
from nhipcau.website.store.making import make_page
from nhipcau.website.store.pages import CACHE_CONTROL
from nhipcau.website.store.signing import Key, signed
from nhipcau.website.tests.store.storage import NAME, REGION, SECRET, Storage
from nhipcau.website.tests.store.test_folders import page, shown

ADDRESS = "/lo/ຕະຫຼາດ-3k7bw2n/"
PLACE = "lo/ຕະຫຼາດ-3k7bw2n/index.html"


@pytest.fixture
def storage():
    with Storage() as storage:
        yield storage


@pytest.fixture
def keeper(storage):
    return Bucket(storage.url, Key(NAME, SECRET, REGION))


# Amazon's own examples ("Signature Calculations for the Authorization Header").
EXAMPLE = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


@pytest.mark.parametrize(
    ("request_", "signature"),
    [
        pytest.param(
            ("GET", "/test.txt", {}, {"Range": "bytes=0-9"}, b""),
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            id="an object",
        ),
        pytest.param(
            (
                "PUT",
                "/test$file.text",
                {},
                {
                    "Date": "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class": "REDUCED_REDUNDANCY",
                },
                b"Welcome to Amazon S3.",
            ),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            id="keeping",
        ),
        pytest.param(
            ("GET", "/", {"max-keys": "2", "prefix": "J"}, {}, b""),
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            id="listing",
        ),
    ],
)
def test_requests_are_signed_as_amazon_signs_its_examples(request_, signature):
    method, path, query, headers, body = request_
    told = signed(
        method,
        host="examplebucket.s3.amazonaws.com",
        path=path,
        query=query,
        headers=headers,
        body=body,
        key=EXAMPLE,
        at=datetime(2013, 5, 24, tzinfo=UTC),
    )

    assert told["authorization"].endswith(f"Signature={signature}")


def test_a_kept_page_lies_there_in_each_encoding_and_for_a_cdn(keeper, storage):
    keeper.keep(ADDRESS, page("một"), with_file=True)

    head = keeper.head(ADDRESS)
    assert {encoding: keeper.body(head, encoding) for encoding in head.sizes} == page("một").packed
    body, headers, _ = storage.objects[f"/kho/trang/pages/{PLACE}"]
    assert body == page("một").body
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == CACHE_CONTROL
    assert list(keeper.addresses()) == [ADDRESS]


def test_what_is_set_aside_is_shown_no_more_and_is_there_still(keeper, storage):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper.set_aside([ADDRESS, "/vi/never/"])
    keeper.set_aside([ADDRESS])

    assert shown(keeper, ADDRESS) is None
    assert shown(keeper, ADDRESS, aside=True) == page("một").body
    assert f"/kho/trang/pages/{PLACE}" not in storage.objects

    keeper.keep(ADDRESS, page("hai"), with_file=True)
    assert shown(keeper, ADDRESS) == page("hai").body
    assert shown(keeper, ADDRESS, aside=True) is None


def test_what_is_dropped_is_nowhere(keeper, storage):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper.set_aside([ADDRESS])
    keeper.keep(ADDRESS, page("hai", status=410), with_file=False)
    keeper.drop([ADDRESS])

    assert not [name for name in storage.objects if PLACE in name]


def test_the_state_tells_one_page_from_another(keeper):
    assert keeper.state(ADDRESS) is None
    keeper.keep(ADDRESS, page("một"), with_file=True)
    first = keeper.state(ADDRESS)
    keeper.keep(ADDRESS, page("hai"), with_file=True)

    assert None is not first != keeper.state(ADDRESS) is not None


def test_another_node_sees_a_change_within_seconds_and_asks_seldom(keeper, storage, monkeypatch):
    other = Bucket(storage.url, Key(NAME, SECRET, REGION))
    first = other.generation()
    keeper.keep(ADDRESS, page("một"), with_file=True)
    asked = len(storage.asked)
    for _ in range(1000):
        assert other.generation() == first
    assert len(storage.asked) == asked

    monkeypatch.setattr(buckets, "ASKS_EVERY_SECONDS", 0.0)
    assert other.generation() != first


def test_bytes_that_nobody_names_go_after_a_while(keeper):
    for number in range(4):
        keeper.keep(f"/vi/bai-{number}/", page(f"bài {number}"), with_file=True)
    named = {page("bài 1").digest}

    assert keeper.sweep(named, before=time.time() - 3600) == 0
    assert keeper.sweep(named, before=time.time() + 10) == 9
    assert shown(keeper, "/vi/bai-1/") == page("bài 1").body
    assert len(list(keeper.addresses())) == 4


def test_a_wrong_secret_keeps_nothing_and_says_so(storage):
    wrong = Bucket(storage.url, Key(NAME, "sai", REGION))

    with pytest.raises(OSError, match="403"):
        wrong.keep(ADDRESS, page("một"), with_file=True)
    assert shown(wrong, ADDRESS) is None
    assert storage.objects == {}


@pytest.mark.parametrize("status", [500, 503, 301])
def test_a_storage_in_trouble_leaves_what_stands(keeper, storage, status):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    storage.refuses = status
    for change in (
        lambda: keeper.keep(ADDRESS, page("hai"), with_file=True),
        lambda: keeper.set_aside([ADDRESS]),
        lambda: keeper.drop([ADDRESS]),
        lambda: list(keeper.addresses()),
    ):
        with pytest.raises(OSError, match=str(status)):
            change()
    storage.refuses = 0

    assert shown(keeper, ADDRESS) == page("một").body


def test_a_storage_that_is_away_is_no_page_and_then_there_again(keeper, storage):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper._line(anew=False).sock.close()  # the other end let go of it

    assert shown(keeper, ADDRESS) == page("một").body
    gone = Bucket("http://127.0.0.1:9/kho", Key(NAME, SECRET, REGION))
    assert gone.head(ADDRESS) is None
    assert gone.state(ADDRESS) is None
    assert gone.generation() == 0


def test_bytes_that_were_cut_are_no_page(keeper, storage):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    for name, (body, headers, at) in list(storage.objects.items()):
        if "/bodies/" in name:
            storage.objects[name] = (body[:-1], headers, at)

    assert shown(keeper, ADDRESS) is None


def test_no_address_leads_to_another_object(keeper, storage):
    for trick in ["/../x/", "/vi//x/", "/vi/x?acl/", "/"[:0]]:
        with pytest.raises(ValueError, match="no address"):
            keeper.keep(trick, page("một"), with_file=True)
    assert storage.objects == {}


def test_a_house_keeps_its_pages_there_by_its_settings(portal, storage, settings):
    settings.PAGE_BUCKET = storage.url
    settings.PAGE_BUCKET_KEY, settings.PAGE_BUCKET_SECRET = NAME, SECRET
    settings.PAGE_BUCKET_REGION = REGION

    assert make_page("/vi/bai-1/").was_kept
    assert "Bài 1" in shown(keeper_here(), "/vi/bai-1/").decode()
    assert not (portal.root / "now").exists()

    storage.refuses = 500
    outcome = make_page("/vi/bai-1/")
    assert isinstance(outcome.answer[1][""], bytes)
    assert "500" in outcome.trouble
