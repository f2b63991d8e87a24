"""What must be true when all is done, however often somebody was killed."""

import hashlib
import sqlite3
from collections import Counter
from pathlib import Path

from django.conf import settings

from nhipcau.plans.tests.kills.papers import DECREE, LAW, Expected, Paper


def flaws_and_figures():
    """Sentences about what is not as it must be, and what was counted."""
    from nhipcau.plans.models import PlanImport

    papers = [Paper(n) for n in range(PlanImport.objects.values("file_name").distinct().count())]
    figures = {"papers": len(papers)}
    flaws = []
    for look in (_imports, _plans, _documents, _diary, _news, _queue, _files):
        flaws += look(papers, figures)
    return flaws, figures


def _differs(what, found, wanted):
    return [] if found == wanted else [f"{what}: {found!r}, not {wanted!r}"]


def _imports(papers, figures):
    """Each file was read once; an import that was given up was brought again."""
    from nhipcau.plans.enums import ImportState
    from nhipcau.plans.models import PlanImport

    flaws = []
    rows = list(PlanImport.objects.select_related("file", "plan"))
    figures["imports"] = len(rows)
    figures["given up after many attempts"] = sum(r.state == ImportState.REFUSED for r in rows)
    figures["readings begun"] = sum(row.attempts for row in rows)
    for paper in papers:
        mine = [row for row in rows if row.file_name == paper.name]
        states = Counter(row.state for row in mine)
        flaws += _differs(
            f"{paper.name}: states",
            {state: n for state, n in states.items() if state != ImportState.REFUSED},
            {ImportState.ACCEPTED: 1},
        )
        digest = hashlib.sha256(paper.bytes).hexdigest()
        flaws += _differs(f"{paper.name}: files", {row.file.sha256 for row in mine}, {digest})
        for row in mine:
            if row.state == ImportState.ACCEPTED:
                numbers = list(row.steps.order_by("number").values_list("number", flat=True))
                flaws += _differs(f"{paper.name}: steps", numbers, paper.step_numbers)
                paths = list(row.tasks.values_list("path", flat=True))
                flaws += _differs(f"{paper.name}: proposals twice", len(set(paths)), len(paths))
            else:
                flaws += _differs(f"{paper.name}: proposals of none", row.tasks.count(), 0)
    return flaws


def _plans(papers, figures):
    """Each task is there once, below the right one, with the right parties."""
    from nhipcau.plans.models import Duty, Plan, Task

    flaws = []
    newest = {paper.number: paper for paper in papers}  # a version comes after what it renews
    plans = {plan.document.citation: plan for plan in Plan.objects.select_related("document")}
    figures["plans"], figures["tasks"] = len(plans), Task.objects.count()
    flaws += _differs("plans", sorted(plans), sorted(f"{n}/KH-UBND" for n in newest))
    for number, paper in newest.items():
        plan = plans.get(f"{number}/KH-UBND")
        if plan is None:
            continue
        rows = plan.tasks.filter(left_the_plan_at__isnull=True).order_by("order")
        found = [_as_found(task) for task in rows.select_related("parent")]
        flaws += _differs(f"plan {number}: tasks", found, paper.tasks())
        versions = list(plan.versions.order_by("number").values_list("number", flat=True))
        flaws += _differs(f"plan {number}: versions", versions, [1, 2] if paper.renews else [1])
        # The first has seven tasks; the renewal knows five of them, and brings one of its own.
        everything = plan.tasks.count()
        if not paper.renews and everything != len(found):
            flaws.append(f"plan {number}: {everything} tasks, {len(found)} of them in force")
        flaws += _differs(f"plan {number}: title", plan.title, paper.title)
        duties = list(Duty.objects.filter(plan=plan).values_list("unit__key", flat=True))
        flaws += _differs(f"plan {number}: duties", duties, ["culture", "trade", "culture"])
    return flaws


def _as_found(task):
    return Expected(
        task.path,
        None if task.parent is None else task.parent.path,
        task.title,
        frozenset(
            (party.role, party.words, _key(party), party.qualifier)
            for party in task.parties.select_related("unit", "group", "group_members")
        ),
    )


def _key(party):
    if party.group is not None:
        members = party.group_members.members.count() if party.group_members else 0
        return party.group.key if members == 2 else f"{party.group.key} with {members}"
    return party.unit.key if party.unit else None


def _documents(papers, figures):
    from nhipcau.registry.models import Document

    cited = Document.objects.filter(is_placeholder=True)
    names = sorted(document.citation or document.title for document in cited)
    flaws = _differs("cited documents", names, [DECREE, LAW])
    links = Counter(
        document.links_to_others.count()
        for document in Document.objects.filter(is_placeholder=False)
    )
    return flaws + _differs("links of documents", set(links), {2})


def _diary(papers, figures):
    """Each line once, and the chain of all of them whole."""
    from nhipcau.audit.models import Entry
    from nhipcau.audit.verification import Verification

    events = Counter(
        Entry.objects.filter(event__startswith="plans.").values_list("event", flat=True)
    )
    firsts = sum(not paper.renews for paper in papers)
    again = events.pop("plans.import.refused", 0)
    flaws = _differs(
        "lines of the diary",
        dict(events),
        {
            "plans.import.brought": len(papers) + again,
            "plans.import.read": len(papers),
            "plans.import.step_undone": firsts,
            "plans.import.step_redone": firsts,
            "plans.import.version_told": len(papers) - firsts,
            "plans.plan.accepted": len(papers),
        }
        if len(papers) > firsts
        else {},
    )
    flaws += _differs("refused", again, figures["given up after many attempts"])
    kept = Entry.objects.filter(event="media.file.kept").count()
    flaws += _differs("files kept, in the diary", kept, len(papers))
    verification = Verification()
    flaws += [f"diary: {finding}" for finding in verification.findings()]
    figures["lines of the diary"] = Entry.objects.count()
    return flaws + _differs("sealed lines", verification.links, Entry.objects.count())


def _news(papers, figures):
    """Each acceptance is told once to each hearer."""
    from django.db import connection

    from nhipcau.outbox.models import Handover, Message
    from nhipcau.plans.models import PlanVersion

    wanted = sorted(
        f"plan:{uuid}:{number}"
        for uuid, number in PlanVersion.objects.values_list("plan__uuid", "number")
    )
    keys = sorted(Message.objects.filter(topic="plans.plan").values_list("key", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM kills_told")
        inside = sorted(key for (key,) in cursor.fetchall())
    with sqlite3.connect(settings.RECEIVER) as receiver:
        outside = sorted(key for (key,) in receiver.execute("SELECT key FROM received"))
    figures["news"] = len(keys)
    return [
        *_differs("accepted versions", len(wanted), len(papers)),
        *_differs("news", keys, wanted),
        *_differs("told inside", inside, wanted),
        *_differs("told outside", outside, wanted),
        *_differs("owed", Handover.objects.owed().count(), 0),
        *_differs("given up", Handover.objects.given_up().count(), 0),
    ]


def _queue(papers, figures):
    from django_tasks_db.models import DBTaskResult

    from nhipcau.outbox.locks import killed_here

    read = DBTaskResult.objects.filter(task_path="nhipcau.plans.tasks.read_plan")
    states = Counter(DBTaskResult.objects.values_list("status", flat=True))
    given_up = states.pop("FAILED", 0)
    # Its import is refused then, which `_imports` and `_diary` count.
    too_many = given_up > figures["given up after many attempts"]
    return [
        *([f"background tasks given up: {given_up}"] if too_many else []),
        *_differs("tasks of reading", read.count(), figures["imports"]),
        *_differs("states of other background tasks", set(states), {"SUCCESSFUL"}),
        *_differs("locks of killed workers left", killed_here(), set()),
    ]


def _files(papers, figures):
    """Every file under a true name is whole; one that a killed process named nobody is counted."""
    from nhipcau.media.models import StoredFile
    from nhipcau.media.queries import Damage, damaged_files

    private = Path(settings.MEDIA_ROOT) / "private"
    figures["leftovers of torn uploads"] = len(list((private / "arriving").glob("*")))
    findings = list(damaged_files())
    damaged = [finding for finding in findings if finding.damage != Damage.UNNAMED]
    figures["whole files that no row names"] = len(findings) - len(damaged)
    return [
        *_differs("stored files", StoredFile.objects.count(), len(papers)),
        *_differs("damaged files", damaged, []),
        *half_files(set()),
    ]


def half_files(known):
    """Files under a true name that are not whole; what was looked at is added to `known`."""
    flaws = []
    for path in (Path(settings.MEDIA_ROOT) / "private").glob("??/*"):
        if path.name not in known:
            known.add(path.name)
            if hashlib.sha256(path.read_bytes()).hexdigest() != path.name:
                flaws.append(f"{path.name} is not whole")
    return flaws
