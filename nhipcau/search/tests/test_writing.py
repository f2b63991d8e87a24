"""How the index is written: together, once, by one at a time, whatever dies."""

import json
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from nhipcau.outbox.actions import register_consumers
from nhipcau.outbox.models import Handover, Message
from nhipcau.search.contract import tell_new
from nhipcau.search.engine import building, store
from nhipcau.search.engine.building import Build
from nhipcau.search.engine.store import Store, WriterBusy
from nhipcau.search.engine.trees import tree_of
from nhipcau.search.engine.writing import write_rows
from nhipcau.search.tests.conftest import rebuild

AS_IT_SHOULD_BE = {"lost": 0, "too many": 0, "twice": 0, "with other words": 0}


def killed(kills, seed, folder):
    wanted = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in wanted}
    program = [sys.executable, "-m", "nhipcau.search.tests.kills"]
    done = subprocess.run(
        [*program, json.dumps(database), str(folder), str(kills), str(seed)],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def check(result):
    for moment in ("after writing", "after rebuilding"):
        found = dict(result[moment])
        assert found.pop("rows") > 25
        assert found == AS_IT_SHOULD_BE, json.dumps(result)
    assert result["owed"] == 0, json.dumps(result)


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_writers_and_builders_killed_at_any_moment_lose_nothing_and_write_nothing_twice(tmp_path):
    check(killed(5, 1, tmp_path))


@pytest.mark.survey
@pytest.mark.django_db(transaction=True)
def test_three_hundred_kills(tmp_path):
    result = killed(300, 2, tmp_path)
    check(result)
    assert result["rebuilds left unfinished"] > 20


@pytest.mark.django_db
def test_many_changes_of_one_row_are_written_once_and_all_is_one_commit(indexing, page):
    made = page("Một")
    for title in ("Hai", "Ba", "Bốn"):
        made.title = title
        made.save()
    other = page("Khác")
    folder = Store(tree_of(Page))
    before = folder.snapshot().stamp

    assert indexing.catch_up().done == Message.objects.filter(topic="search.changed").count() >= 5
    assert not indexing.catch_up()
    after = folder.snapshot()
    assert after.stamp != before
    assert after.searcher.num_docs == Page.objects.count()
    assert {row.pk for row in Page.objects.search("bốn khác", operator="or")} == {made.pk, other.pk}


@pytest.mark.django_db
def test_rows_made_by_hundreds_are_one_message(indexing, page, django_assert_max_num_queries):
    pages = [page(f"Trang {number}") for number in range(3)]
    Message.objects.all().delete()
    with django_assert_max_num_queries(9):
        tell_new(model=Page, keys=[each.pk for each in pages])
    assert Message.objects.count() == 1
    indexing.catch_up()
    assert Page.objects.search("trang").count() == 3


@pytest.mark.django_db
def test_who_has_no_index_yet_writes_nothing_and_a_rebuild_brings_everything(
    settings, tmp_path, page
):
    settings.SEARCH_INDEX = tmp_path
    page("Có từ trước")
    assert write_rows(tree_of(Page), [1]) == 0
    told = rebuild(Page)
    assert told[-1].is_over
    assert told[-1].done == Page.objects.count()


@pytest.mark.django_db
def test_a_rebuild_serves_to_the_last_moment_and_takes_along_what_changed_meanwhile(
    indexing, page, monkeypatch
):
    monkeypatch.setattr(building, "READ_AT_ONCE", 2)
    pages = [page(f"Tin số {number}") for number in range(7)]
    indexing.catch_up()
    shelf = Store(tree_of(Page))
    old = shelf.current()

    with Build(tree_of(Page)) as build:
        steps = build.run()
        next(steps)
        next(steps)  # the first rows have been read
        pages[0].title = "Đổi tên trong lúc dựng"
        pages[0].save()
        pages[1].delete()
        indexing.catch_up()
        assert shelf.current() == old
        assert Page.objects.search("đổi tên").count() == 1  # the old one goes on, with the news
        list(steps)

    assert shelf.current() != old
    assert Page.objects.search("đổi tên").count() == 1
    assert Page.objects.search("tin số").count() == 5
    assert shelf.building() is None


@pytest.mark.django_db
def test_a_rebuild_that_was_broken_off_goes_on_where_it_stopped(indexing, page, monkeypatch):
    monkeypatch.setattr(building, "READ_AT_ONCE", 2)
    monkeypatch.setattr(building, "COMMIT_EVERY", 2)
    for number in range(7):
        page(f"Tin số {number}")
    with Build(tree_of(Page)) as build:
        steps = build.run()
        for _ in range(3):
            broken_off = next(steps)
        steps.close()
    with Build(tree_of(Page)) as build:
        first, *rest = build.run()
    assert 0 < first.done <= broken_off.done
    assert rest[-1].done == Page.objects.count()
    assert Page.objects.search("tin số").count() == 7
    assert Store(tree_of(Page)).snapshot().searcher.num_docs == Page.objects.count()


@pytest.mark.django_db
def test_two_do_not_build_at_once_and_a_writer_waits_for_the_other(indexing):
    tree = tree_of(Page)
    with Build(tree), pytest.raises(WriterBusy), Build(tree):
        pass
    shelf = Store(tree)
    with shelf.writing(), pytest.raises(WriterBusy), shelf.writing(waits=0.05):
        pass
    entered = threading.Event()

    def second():
        with shelf.writing(waits=5):
            entered.set()

    with shelf.writing():
        waiting = threading.Thread(target=second)
        waiting.start()
        assert not entered.wait(0.1)
    waiting.join()
    assert entered.is_set()


@pytest.mark.django_db
def test_what_was_replaced_is_removed_after_a_while_and_its_readers_go_on(
    indexing, page, monkeypatch
):
    page("Người đang đọc")
    indexing.catch_up()
    shelf = Store(tree_of(Page))
    reading = shelf.snapshot()
    rebuild(Page)
    assert shelf.sweep() == 0
    monkeypatch.setattr(store, "GRACE", -1.0)
    assert shelf.sweep() == 1
    assert shelf.generations() == [shelf.current()]
    assert reading.searcher.num_docs == Page.objects.count()
    assert Page.objects.search("người đang đọc").count() == 1


@pytest.mark.django_db
def test_another_node_has_a_copy_of_its_own(indexing, page, settings, tmp_path):
    """Two machines over one database: each is told, each writes, each is behind by itself."""
    page("Hai máy")
    here = settings.SEARCH_INDEX
    settings.NODE, settings.SEARCH_INDEX = "2", tmp_path / "other machine"
    register_consumers(at=timezone.now())
    rebuild(Page)
    there = type(indexing)(settings)
    page("Tin đến cả hai")
    assert set(Handover.objects.owed().values_list("consumer", flat=True)) == {
        "search@1",
        "search@2",
    }
    there.catch_up()
    assert Page.objects.search("cả hai").count() == 1
    settings.NODE, settings.SEARCH_INDEX = "1", here
    assert Page.objects.search("cả hai").count() == 0
    indexing.catch_up()
    assert Page.objects.search("cả hai").count() == 1


@pytest.mark.django_db
def test_other_processes_read_what_one_writes(indexing, page):
    """A forked reader sees each commit without being told."""
    shelf = Store(tree_of(Page))
    shelf.snapshot()
    asking, answering = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        try:
            for _ in range(2):
                os.read(asking[0], 1)
                found = shelf.snapshot().searcher.num_docs
                os.write(answering[1], bytes([found]))
        finally:
            os._exit(0)
    seen = []
    for title in ("Một", "Hai"):
        page(title)
        indexing.catch_up()
        os.write(asking[1], b"?")
        seen.append(os.read(answering[0], 1)[0])
    os.waitpid(child, 0)
    assert seen == [Page.objects.count() - 1, Page.objects.count()]


@pytest.mark.django_db
def test_the_command_rebuilds_with_progress_and_names_what_it_does_not_know(indexing, page, capsys):
    page("Bằng lệnh")
    call_command("search_state")
    assert "wagtailcore.page" in capsys.readouterr().out
    call_command("search_rebuild", "wagtailcore.page")
    assert "wagtailcore.page" in capsys.readouterr().out
    assert Page.objects.search("bằng lệnh").count() == 1
    with pytest.raises(Exception, match=r"nowhere\.nothing"):
        call_command("search_rebuild", "nowhere.nothing")
