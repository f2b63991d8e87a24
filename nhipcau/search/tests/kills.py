"""Kills writers and builders of an index again and again, then compares it with the rows.

    DJANGO_SETTINGS_MODULE=… python -m nhipcau.search.tests.kills DATABASE FOLDER KILLS SEED

DATABASE is Django's settings of a migrated, empty database as JSON. Every round forks a process
that saves, adds and deletes pages and works off the outbox, every third round one that rebuilds
the index, and sends it SIGKILL after a random time. In the end the outbox is worked off in peace,
a rebuild is finished, and what the index holds is compared with the rows after each of both.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import django
from django.conf import settings

from nhipcau.search.engine import building


def main(database, folder, kills, seed):
    settings.DATABASES["default"] |= json.loads(database)
    settings.SEARCH_INDEX = Path(folder) / "index"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.engine.backend"}}
    building.COMMIT_EVERY, building.READ_AT_ONCE = 20, 5
    django.setup()
    from django.db import connections
    from django.utils import timezone
    from wagtail.models import Locale, Page

    from nhipcau.outbox.actions import register_consumers
    from nhipcau.outbox.models import Handover
    from nhipcau.search.engine.building import Build
    from nhipcau.search.engine.trees import tree_of

    register_consumers(at=timezone.now())
    # A test with real transactions before us may have taken the pages that migrations made.
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for number in range(30):
        root.add_child(instance=Page(title=f"Trang {number} lần 0"))
    with Build(tree_of(Page)) as build:
        list(build.run())
    chance = random.Random(seed)  # noqa: S311 -- the same kills for the same seed
    connections.close_all()
    resumed = 0
    for round_number in range(kills):
        child = forked(rebuild if round_number % 3 == 2 else change, round_number)
        time.sleep(chance.uniform(0.02, 0.35))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        resumed += left_unfinished()
    # What killed workers held on lease is free again; what failed meanwhile waits ever longer.
    for hours in (1, 2, 4, 8, 16, 32, 64):
        work_off(hours=hours)
        if not Handover.objects.owed().exists():
            break
    after_writing = compared()
    with Build(tree_of(Page)) as build:
        list(build.run())
    result = {
        "kills": kills,
        "rebuilds left unfinished": resumed,
        "owed": Handover.objects.owed().count(),
        "why": sorted(set(Handover.objects.owed().values_list("last_error", flat=True))),
        "after writing": after_writing,
        "after rebuilding": compared(),
    }
    connections.close_all()
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


def forked(what, number):
    """The process id of one that does `what`."""
    child = os.fork()
    if child:
        return child
    try:
        what(number)
    finally:
        os._exit(0)


def change(number):
    from wagtail.models import Page

    chance = random.Random(number)  # noqa: S311 -- as above
    root = Page.get_first_root_node()
    for step in range(1000):
        page = chance.choice(list(Page.objects.filter(depth=2)))
        page.title = f"Trang {page.pk} lần {number}.{step}"
        page.save()
        if step % 4 == 3:
            root.refresh_from_db()
            root.add_child(instance=Page(title=f"Mới {number}.{step}"))
            Page.objects.filter(depth=2).last().delete()
        work_off()


def rebuild(_number):
    from wagtail.models import Page

    from nhipcau.search.engine.building import Build
    from nhipcau.search.engine.trees import tree_of

    with Build(tree_of(Page)) as build:
        for _progress in build.run():
            time.sleep(0.01)


def work_off(hours=0):
    from datetime import timedelta

    from django.utils import timezone

    from nhipcau.outbox.actions import work

    at = timezone.now() + timedelta(hours=hours)
    while work(consumer=f"search@{settings.NODE}", at=at):
        pass


def left_unfinished():
    from wagtail.models import Page

    from nhipcau.search.engine.store import Store
    from nhipcau.search.engine.trees import tree_of

    return int(Store(tree_of(Page)).building() is not None)


def compared():
    """Rows that the index lacks, has beyond them, has twice, or has with other words."""
    import tantivy
    from wagtail.models import Page

    from nhipcau.search.engine.store import Store
    from nhipcau.search.engine.trees import KEY, tree_of
    from nhipcau.search.text import analyse

    tree = tree_of(Page)
    searcher = Store(tree).snapshot().searcher
    found = searcher.search(tantivy.Query.all_query(), limit=10_000)
    keys = searcher.fast_field_values(KEY, [address for _score, address in found.hits])
    pages = {page.pk: page.title for page in Page.objects.all()}
    stale = 0
    for key, title in pages.items():
        words = list(analyse(title, language="und").folded)
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.phrase_query(tree.schema, "folded", words))
                if len(words) > 1
                else (tantivy.Occur.Must, tantivy.Query.all_query()),
                (tantivy.Occur.Must, tantivy.Query.term_query(tree.schema, KEY, key)),
            ]
        )
        stale += searcher.search(query, limit=1).count != 1
    return {
        "rows": len(pages),
        "lost": len(set(pages) - set(keys)),
        "too many": len(set(keys) - set(pages)),
        "twice": len(keys) - len(set(keys)),
        "with other words": stale,
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
