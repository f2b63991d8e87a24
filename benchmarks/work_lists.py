"""What every list, board and page of works costs with 100,000 works; drafts and a bundle as well.

    .venv/bin/python benchmarks/work_lists.py [--works 100000] [--rounds 20]
    tools/postgres.py .venv/bin/python benchmarks/work_lists.py

Prints a table and keeps it in benchmarks/results/work_lists_ENGINE.md. Floors: 15 queries and
300 ms at the 95th percentile for a page, 300 ms for saving a draft, 5 s for a bundle of 50 works
in four languages. Each page is also given as a multiple of a peer in the same run: Wagtail's own
list of snippets over the same works, fifty on a page, in the same frame.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from big_house import TODAY, Costs, keep, own_database, p50, p95, timed
from big_works import BigHouse, build
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from releases import BUNDLE, LANGUAGES, SAVES, bundle_of_many, paragraphs
from wagtail.permission_policies import BlanketPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from nhipcau.people.actions import open_account
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import AT, PASSWORD, TEST, make_user
from nhipcau.publishing.actions import release_bundle
from nhipcau.publishing.models import OpenStep, ReleasedVersion
from nhipcau.translation.actions import save_words
from nhipcau.translation.models import LanguageVersion
from nhipcau.works.models import Work

FLOOR_QUERIES, FLOOR_MS, FLOOR_BUNDLE_MS = 15, 300, 5_000
GOAL_QUERIES, GOAL_MS = 8, 100
PEER = "Wagtail's own list of the works"


class PeerViewSet(SnippetViewSet):
    """What Wagtail gives for one line of code; open to whoever enters the desk."""

    model = Work
    list_display = ["title", "kind", "assignee", "due_on"]
    list_per_page = 50
    ordering = ["-changed_at"]
    permission_policy = BlanketPermissionPolicy(Work)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Work]:
        return Work.objects.select_related("assignee")


register_snippet(PeerViewSet)


def addresses(house: BigHouse) -> dict[str, str]:
    """The pages by the name of their row."""
    works, board = reverse("works:index"), reverse("publishing:board")
    clearances, releases = reverse("publishing:clearances"), reverse("publishing:releases")
    bundles = reverse("publishing:bundles")
    unit = house.units[3].pk
    lao = LanguageVersion.objects.filter(language__tag="lo").values_list("language", flat=True)[0]
    return {
        PEER: reverse(Work.snippet_viewset.get_url_name("list")),  # type: ignore[attr-defined] # -- registered above
        "first page": "/admin/",
        "works as a matrix": works,
        "... last page": f"{works}?p=9999",
        "... by words found often": f"{works}?q=cho+phien&sort=title",
        "... by words found once": f"{works}?q=cho+phien+99996",
        "... that fit nothing": f"{works}?q=khong+co+gi",
        "... of a unit, a kind, by day": f"{works}?unit={unit}&kind=news&sort=due",
        "... overdue": f"{works}?overdue=on&sort=due",
        "... in my hands": f"{works}?mine=on",
        "... without Lao": f"{works}?language={lao}&state=missing",
        "... drafts in Lao": f"{works}?language={lao}&state=draft",
        "... public": f"{works}?state=public",
        "... out of date": f"{works}?state=out_of_date",
        "... of a task": f"{works}?task={house.busy_task.uuid}",
        "board": board,
        "board of a unit, by words": f"{board}?unit={unit}&q=cho+phien",
        "board: waiting for me": f"{board}?scope=mine",
        "board: overdue": f"{board}?scope=overdue",
        "board: waiting for clearance": f"{board}?scope=clearance",
        "clearances: mine": clearances,
        "clearances: all": f"{clearances}?scope=all",
        "clearances: overdue, by words": f"{clearances}?scope=overdue&q=Bản+Lát&kind=secrecy",
        "one clearance": reverse("publishing:review", args=[house.clearance.uuid]),
        "releases": releases,
        "releases, last page": f"{releases}?p=99999",
        "releases, by words": f"{releases}?q=Chợ+phiên&unit={unit}",
        "releases of a month, withdrawn": f"{releases}?since={TODAY.replace(day=1)}&withdrawn=on",
        "releases, late": f"{releases}?late=on",
        "one release": reverse("publishing:release", args=[house.release.uuid]),
        "bundles": bundles,
        "bundles, by words": f"{bundles}?q=số+77&state=out",
        "one bundle": reverse("publishing:bundle", args=[house.bundle.uuid]),
        "a work": reverse("works:work", args=[house.work.subject.uuid]),
        "what is asked of a work": reverse("works:about", args=[house.work.subject.uuid]),
        "the editor of its words": reverse("words:edit", args=[_draft(house)]),
        "a task with its works": reverse("plans:task", args=[house.busy_task.uuid]),
        "trash": reverse("works:trash"),
        "start a work": reverse("works:start"),
    }  # fmt: skip


def _draft(house: BigHouse) -> int:
    return LanguageVersion.objects.filter(state="draft", language__tag="vi").values_list(
        "pk", flat=True
    )[0]


def measured(house: BigHouse, *, rounds: int) -> list[str]:
    """The rows of the table; every round asks for every page once, the peer among them."""
    client = Client()
    client.force_login(
        make_user(
            Role.PUBLISHER, Role.SECRECY_REVIEWER, Role.AUTHOR, Role.PLANNER,
            unit=house.units[3], reach=Reach.HOUSE,
        )
    )  # fmt: skip
    acts: dict[str, Callable[[], Any]] = {
        name: lambda address=address: client.get(address)  # type: ignore[misc] # -- bound now
        for name, address in addresses(house).items()
    }
    costs = {name: Costs() for name in acts}
    for name, act in acts.items():
        if (answer := act()).status_code != 200:
            raise SystemExit(f"{name}: {answer.status_code}; errors are quick")
    for _round in range(rounds):
        for name, act in acts.items():
            timed(act, costs[name])
    rows = []
    for name, act in acts.items():
        with CaptureQueriesContext(connection) as queries:
            size = len(act().content) // 1024
        rows.append(_row(name, costs[name], costs[PEER], queries=len(queries), size=size))
    return [*rows, *_written(house, costs[PEER])]


def _written(house: BigHouse, peer: Costs) -> list[str]:
    """A draft saved again and again, and one bundle that goes out."""
    cast, saves, out = house.cast, Costs(), Costs()
    draft = cast.work(title="Nháp", body=paragraphs()).subject.versions.get()
    for number in range(SAVES):
        words = {"title": f"Nháp {number}"}
        timed(
            lambda words=words: save_words(  # type: ignore[misc] # -- bound now
                version=draft, by=cast.author, at=AT, words=words
            ),
            saves,
        )
    browser, posts = Client(), Costs()
    browser.force_login(open_account(person=cast.author, password=PASSWORD, by=TEST, at=AT))
    for number in range(SAVES):
        answer = timed(partial(_save_in_the_editor, browser, draft, number), posts)
        if answer.status_code != HTTPStatus.FOUND:
            raise SystemExit(f"The editor did not save: {answer.status_code}")
    bundle = bundle_of_many(cast)
    went = timed(lambda: release_bundle(bundle=bundle, by=cast.publisher, at=AT), out)
    if len(went) != BUNDLE:
        raise SystemExit(f"Only {len(went)} of {BUNDLE} went out.")
    name = f"{BUNDLE} works in {len(LANGUAGES)} languages go out"
    return [
        _row("a draft is saved", saves, peer),
        _row("... by its editor in the browser", posts, peer),
        _row(name, out, peer, floor=FLOOR_BUNDLE_MS),
    ]


def _save_in_the_editor(browser: Client, draft: LanguageVersion, number: int) -> HttpResponseBase:
    """Ten paragraphs as the editor's form sends them."""
    form = {"title": f"Nháp {number}", "summary": "Một câu.", "body-count": "10"}
    form |= dict.fromkeys(("title_vi", "slug", "search_description"), "")
    for place in range(10):
        block = {"deleted": "", "order": str(place), "type": "quote", "id": ""}
        block |= {"value-text": f"Câu {number}. " * 40, "value-who": "", "value-source": ""}
        form |= {f"body-{place}-{name}": value for name, value in block.items()}
    return browser.post(reverse("words:edit", args=[draft.pk]), form)


def _row(
    name: str, costs: Costs, peer: Costs, *, queries: int = 0, size: int = 0, floor: int = FLOOR_MS
) -> str:
    goal = GOAL_MS if floor == FLOOR_MS else floor
    times = p50(costs.worked) / p50(peer.worked)
    cells = [
        name,
        str(queries or ""),
        *(f"{p50(each):.0f} / {p95(each):.0f}" for each in (costs.clock, costs.processor)),
        f"{p50(costs.server):.0f} / {p95(costs.server):.0f}",
        f"{times:.2f}",
        str(size or ""),
        _verdict(queries, costs, FLOOR_QUERIES, floor),
        _verdict(queries, costs, GOAL_QUERIES, goal).lower(),  # the survey fails floors alone
    ]
    return f"| {' | '.join(cells)} |"


def _verdict(queries: int, costs: Costs, most: int, ms: int) -> str:
    if queries > most or p95(costs.worked) > ms:
        return "MISSED"
    return "kept" if p95(costs.clock) <= ms else "kept but for the clock"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    with own_database():
        house = build(chosen.works)
        cache.clear()
        rows = measured(house, rounds=chosen.rounds)
        words = "\n".join(
            [
                (
                    f"{Work.objects.count():,} works, {LanguageVersion.objects.count():,} texts, "
                    f"{ReleasedVersion.objects.count():,} of them released, "
                    f"{OpenStep.objects.filter(closed_at=None).count():,} steps that wait; "
                    f"{connection.vendor}, {chosen.rounds} rounds, {os.cpu_count()} processors "
                    f"with a load of {os.getloadavg()[0]:.1f}. Times in ms, p50 / p95. Floor: "
                    f"{FLOOR_QUERIES} queries, p95 {FLOOR_MS} ms, a bundle {FLOOR_BUNDLE_MS} ms; "
                    f"goal: {GOAL_QUERIES} queries, {GOAL_MS} ms. "
                    "“Kept but for the clock”: the processors’ own time is within it."
                ),
                "",
                "| page | queries | clock | processor | database | of peer | KB | floor | goal |",
                "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |",
                *rows,
            ]
        )
        keep("work_lists", "Works, clearances and releases", words)


if __name__ == "__main__":
    main()
