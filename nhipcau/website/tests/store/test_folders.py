import contextlib
import errno
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhipcau.website.store.folders import Folder
from nhipcau.website.store.pages import Page

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
ADDRESS = "/vi/cho-phien-3k7bw2n/"


def page(words, status=200):
    return Page(status, HTML, (words * 100).encode(), AT)


def shown(keeper, address=ADDRESS, *, aside=False):
    head = keeper.head(address, aside=aside)
    return keeper.body(head, "") if head else None


@pytest.fixture
def keeper(tmp_path):
    return Folder(tmp_path / "pages")


def test_a_kept_page_lies_there_in_each_encoding(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=True)

    file = keeper.root / "now/vi/cho-phien-3k7bw2n/index.html"
    assert file.read_bytes() == page("một").body == shown(keeper)
    assert file.with_suffix(".html.br").read_bytes() == page("một").packed["br"]
    assert file.with_suffix(".html.gz").read_bytes() == page("một").packed["gzip"]
    assert list(keeper.addresses()) == [ADDRESS]


def test_a_page_that_is_not_like_every_other_has_no_file(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper.keep(ADDRESS, page("gone", status=410), with_file=False)

    assert [path.name for path in (keeper.root / "now/vi/cho-phien-3k7bw2n").iterdir()] == [
        "index.html.head"
    ]
    assert shown(keeper) == page("gone").body


def test_bytes_that_two_addresses_share_lie_there_once(keeper):
    keeper.keep("/vi/a/", page("một"), with_file=True)
    keeper.keep("/vi/b/", page("một"), with_file=True)

    assert (keeper.root / "now/vi/a/index.html").stat().st_nlink == 3


def test_a_page_made_again_that_is_the_same_keeps_its_date(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    file = keeper.root / "now/vi/cho-phien-3k7bw2n/index.html"
    os.utime(file, (1_000_000, 1_000_000))

    keeper.keep(ADDRESS, page("một"), with_file=True)

    assert file.stat().st_mtime == 1_000_000


def test_what_is_set_aside_is_shown_no_more_and_is_there_still(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper.set_aside([ADDRESS])
    keeper.set_aside([ADDRESS])

    assert shown(keeper) is None
    assert shown(keeper, aside=True) == page("một").body
    assert not list((keeper.root / "now").rglob("index*"))

    keeper.keep(ADDRESS, page("hai"), with_file=True)
    assert shown(keeper) == page("hai").body
    assert shown(keeper, aside=True) is None


def test_everything_is_set_aside_at_once_and_nothing_is_lost(keeper):
    for name in "abc":
        keeper.keep(f"/vi/{name}/", page(name * 9), with_file=True)
    keeper.set_aside(["/vi/a/"])
    keeper.set_aside(["/vi/b/"])
    keeper.keep("/vi/b/", page("neu"), with_file=True)
    before = keeper.generation()

    keeper.set_all_aside()
    keeper.set_all_aside()

    assert keeper.generation() != before
    assert list(keeper.addresses()) == []
    assert [shown(keeper, f"/vi/{name}/", aside=True) for name in "abc"] == [
        page(words).body for words in ("aaaaaaaaa", "neu", "ccccccccc")
    ]
    assert (keeper.root / "old/vi/a/index.html.gz").exists()
    keeper.keep("/vi/a/", page("wieder"), with_file=True)
    assert shown(keeper, "/vi/a/") == page("wieder").body


def test_what_is_dropped_is_nowhere(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper.set_aside([ADDRESS])
    keeper.keep(ADDRESS, page("hai"), with_file=True)
    keeper.drop([ADDRESS, "/vi/never/"])

    assert shown(keeper) is None
    assert shown(keeper, aside=True) is None


def test_every_change_moves_the_generation_that_other_processes_see(keeper):
    other = Folder(keeper.root)
    seen = [other.generation()]
    for change in (
        lambda: keeper.keep(ADDRESS, page("một"), with_file=True),
        lambda: keeper.set_aside([ADDRESS]),
        lambda: keeper.drop([ADDRESS]),
    ):
        change()
        seen.append(other.generation())

    assert len(set(seen)) == len(seen)


def test_the_state_tells_one_page_from_another(keeper):
    assert keeper.state(ADDRESS) is None
    keeper.keep(ADDRESS, page("một"), with_file=True)
    first = keeper.state(ADDRESS)
    keeper.keep(ADDRESS, page("hai"), with_file=True)

    assert None is not first != keeper.state(ADDRESS) is not None


def test_a_full_disk_leaves_the_old_page_standing(keeper, monkeypatch):
    keeper.keep(ADDRESS, page("một"), with_file=True)

    real = open

    def full(path, mode="r", *args, **options):
        if "x" in mode:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, mode, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", full)
        with pytest.raises(OSError, match="No space"):
            keeper.keep(ADDRESS, page("hai"), with_file=True)

    assert shown(keeper) == page("một").body
    assert not list((keeper.root / "arriving").iterdir())


@pytest.mark.parametrize("cut", range(9))
def test_cut_off_anywhere_a_whole_page_is_shown(keeper, monkeypatch, cut):
    """Every rename and every removal may be the last thing that a killed process does."""
    keeper.keep(ADDRESS, page("một"), with_file=True)
    left = [cut]

    def until_killed(real):
        def step(*args, **options):
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return real(*args, **options)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", until_killed(os.replace))
        with contextlib.suppress(KeyboardInterrupt):
            keeper.keep(ADDRESS, page("hai"), with_file=True)

    for name, encoding in [("index.html", ""), ("index.html.gz", "gzip"), ("index.html.br", "br")]:
        found = (keeper.root / "now/vi/cho-phien-3k7bw2n" / name).read_bytes()
        assert found in {page("một").packed[encoding], page("hai").packed[encoding]}
    assert shown(keeper) in {page("một").body, page("hai").body}


def test_bytes_lost_in_a_power_cut_are_no_page(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=False)
    for body in (keeper.root / "bodies").rglob("*"):
        if body.is_file():
            body.write_bytes(b"")

    assert shown(keeper) is None
    keeper.keep(ADDRESS, page("một"), with_file=False)
    assert shown(keeper) == page("một").body


def test_bytes_that_nobody_names_go_after_a_while(keeper):
    keeper.keep(ADDRESS, page("một"), with_file=True)
    keeper.keep(ADDRESS, page("hai"), with_file=True)

    assert keeper.sweep({page("hai").digest}, before=time.time() - 3600) == 0
    assert keeper.sweep({page("hai").digest}, before=time.time() + 1) == 3
    assert shown(keeper) == page("hai").body


def test_no_address_leads_out_of_the_folder(keeper, tmp_path):
    for trick in ["/../x/", "/vi/../../x/", "//etc/x/", "/vi/\x00/", "/" + "a" * 300 + "/"]:
        with pytest.raises(ValueError, match="no address"):
            keeper.keep(trick, page("một"), with_file=True)

    assert [path.name for path in Path(tmp_path).iterdir()] in ([], ["pages"])
