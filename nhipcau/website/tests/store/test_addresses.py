import pytest

from nhipcau.website.store.addresses import (
    address_in,
    changes_nothing,
    has_a_file,
    is_storable,
    path_info_of,
    place_of,
)

LAO = "/lo/ຕະຫຼາດຊາຍແດນ-3k7bw2n/"
KHMER = "/km/ផ្សារព្រំដែន-3k7bw2n/"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/vi/",
        "/zh-hans/",
        "/vi/cho-phien-3k7bw2n/",
        "/nhe/vi/cho-phien-3k7bw2n/",
        "/vi/van-hoa/2026-11/",
        LAO,
        KHMER,
        "/zh-hans/边境集市-3k7bw2n/",
        "/vi/tin.atom",
        "/sitemap.xml",
        "/3k7bw2n",
    ],
)
def test_addresses_of_pages_have_a_place_of_their_own(address):
    assert is_storable(address)
    assert address_in(path_info_of(address)) == address
    assert not place_of(address).startswith(("/", "."))


@pytest.mark.parametrize(
    "trick",
    [
        "",
        "vi/",
        "//",
        "//vi/",
        "/vi//",
        "/vi//cho/",
        "/../",
        "/vi/../../etc/passwd/",
        "/./",
        "/vi/./",
        "/vi/.head",
        "/vi/cho.head",
        "/vi/cho.html.gz",
        "/vi/cho.html.br",
        "/vi/index.html",
        "/vi/index.html/",
        "/vi/cho./",
        "/vi/cho.",
        "/vi/.atom",
        "/VI/",
        "/vi/Cho/",
        "/vi/cho phien/",
        "/vi/cho\x00/",
        "/vi/cho\n/",
        "/vi/cho\\phien/",
        "/vi/cho%2fphien/",
        "/vi/cho?a=b/",
        "/vi/cho;a/",
        "/vi/-cho/",
        "/vi/_cho/",
        "/vi/~/",
        "/vi/cho\u200b/",
        "/vi/cho\u202ephien/",
        "/vi/cafe\u0301/",  # not in the form of NFC
        "/vi/" + "a" * 201 + "/",
        "/vi/" + "ຕ" * 67 + "/",  # 201 bytes
        "/" + "a/" * 250,
        "/vi/" + "a" * 1_000_000,
        "/vi/cho.php",
    ],
)
def test_what_is_no_address_of_a_page_names_no_file(trick):
    assert not is_storable(trick)
    with pytest.raises(ValueError, match="no address"):
        place_of(trick)


def test_bytes_that_are_no_text_are_no_address():
    assert address_in("/vi/\xff\xfe/") is None
    assert address_in("/l\xc3\xa0/") == "/là/"


def test_only_pages_and_files_have_a_file_that_nginx_finds():
    assert has_a_file("/vi/")
    assert has_a_file("/vi/tin.atom")
    assert not has_a_file("/3k7bw2n")


@pytest.mark.parametrize(
    "query", ["", "fbclid=IwAR0", "utm_source=zalo&utm_medium=tin", "zarsrc=30", "gclid=&fbclid="]
)
def test_what_others_hang_on_a_link_changes_nothing(query):
    assert changes_nothing(query)


@pytest.mark.parametrize(
    "query",
    [
        "q=cho",
        "fbclid=1&q=cho",
        "fbclid=" + "a" * 2000,
        "&" * 30,
        "page=2",
        "=",
        "&".join(f"utm_{letter}=1" for letter in "abcdefghijklmnopqrstuvwxyz"),
    ],
)
def test_every_other_query_is_for_django(query):
    assert not changes_nothing(query)
