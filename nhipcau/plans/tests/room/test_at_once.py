"""Two people, or two machines, do the same thing at the same moment: one is first, nothing is torn.

Real threads with connections and transactions of their own, on whichever engine the tests run.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.messages import get_messages
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from nhipcau.audit.models import Entry
from nhipcau.kernel.errors import RuleBroken
from nhipcau.media.models import StoredFile
from nhipcau.outbox.models import Message
from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import make_user
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.actions.reading import read_brought
from nhipcau.plans.enums import ImportState
from nhipcau.plans.errors import NotUnderReview, ReviewMovedOn
from nhipcau.plans.models import Party, Plan, PlanImport, PlanVersion, ProposedTask, Task
from nhipcau.plans.tests.room.conftest import NOON, PLAN
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.errors import DocumentRefused, NameRefused
from nhipcau.registry.models import Document, Unit

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture
def colleague(departments):
    return make_user(Role.PLANNER, unit=departments["culture"], full_name="Vi Văn Nhanh").person


def at_once(*calls):
    """What each call came to, a value or an exception, all begun at the same moment."""
    together = Barrier(len(calls))

    def run(call):
        try:
            with translation.override("en"):
                together.wait()
                return call()
        except RuleBroken as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def numbered(number, text=PLAN):
    return text.replace("18/KH-UBND", f"{number}/KH-UBND")


def refusals(results, kind=RuleBroken):
    return [one for one in results if isinstance(one, kind)]


def count(event):
    return Entry.objects.filter(event=event).count()


@pytest.fixture
def ready(bring, planner):
    """A review in which nothing is open, of a plan with this number; seen up to its first step."""

    def ready(number, text=PLAN):
        plan_import = bring(numbered(number, text), name=f"ke-hoach-{number}.txt")
        review.keep_names_as_written(plan_import=plan_import, seen=0, by=planner, at=NOON)
        return PlanImport.objects.get(pk=plan_import.pk)

    return ready


def test_the_same_bytes_brought_by_several_at_once_are_one_import(planner, colleague, departments):
    def bring_as(person):
        return lambda: importing.bring_file(
            chunks=[PLAN.encode()],
            file_name=f"{person.pk}.txt",
            unit=departments["culture"],
            by=person,
            at=NOON,
        )

    results = at_once(*[bring_as(person) for person in (planner, colleague) * 3])

    assert [one.is_new for one in results].count(True) == 1
    assert {one.plan_import for one in results} == {PlanImport.objects.get()}
    assert StoredFile.objects.count() == 1
    assert DBTaskResult.objects.filter(task_path="nhipcau.plans.tasks.read_plan").count() == 1
    assert (count("media.file.kept"), count("plans.import.brought")) == (1, 1)


def test_whoever_brings_what_another_unit_is_reviewing_hears_who_brought_it(
    planner, departments, bring
):
    plan_import = bring()
    stranger = make_user(Role.PLANNER, unit=departments["trade"])
    client = Client()
    client.force_login(stranger)
    client.cookies["django_language"] = "en"

    def send():
        from django.core.files.uploadedfile import SimpleUploadedFile

        file = SimpleUploadedFile("x.txt", PLAN.encode())
        return client.post(reverse("plans:bring"), {"file": file}, follow=True)

    answer = send()

    assert answer.status_code == 200
    (told,) = [str(one) for one in answer.context["messages"]]
    assert told.endswith(f"{planner.full_name} brought it.")
    assert PlanImport.objects.get() == plan_import


def test_two_machines_that_read_one_file_keep_it_once(planner, departments):
    plan_import = importing.bring_file(
        chunks=[PLAN.encode()], file_name="x.txt", unit=departments["culture"], by=planner, at=NOON
    ).plan_import

    def read():
        read_brought(plan_import=PlanImport.objects.get(pk=plan_import.pk), by=planner, at=NOON)

    at_once(read, read, read)

    plan_import.refresh_from_db()
    assert plan_import.state == ImportState.REVIEW
    paths = list(ProposedTask.objects.values_list("path", flat=True))
    assert sorted(paths) == ["II.1", "II.2"]
    assert count("plans.import.read") == 1


def accept_in_browser(plan_import, person, version=0):
    """POST what the page sends; the sentences that the person then sees."""

    def accept():
        client = Client()
        client.force_login(person.user)
        client.cookies["django_language"] = "en"
        answer = client.post(
            reverse("plans:accept", args=[plan_import.uuid]),
            {"seen": plan_import.steps_done, "version": version},
        )
        assert answer.status_code == 302
        return [str(one) for one in get_messages(answer.wsgi_request)]

    return accept


def test_two_who_accept_at_once_make_one_plan_and_the_second_hears_who_was_first(
    ready, planner, colleague
):
    for number in range(1, ROUNDS + 1):
        plan_import = ready(number)

        told = at_once(
            accept_in_browser(plan_import, planner), accept_in_browser(plan_import, colleague)
        )

        plan_import.refresh_from_db()
        first = plan_import.decided_by
        assert sorted(len(sentences) for sentences in told) == [1, 1]
        sentences = [sentences[0] for sentences in told]
        assert sentences.count("The plan is accepted: 2 tasks.") == 1
        (other,) = [one for one in sentences if "accepted this plan already" in one]
        assert other.startswith(first.full_name)
        plan = plan_import.plan
        assert [task.path for task in plan.tasks.order_by("order")] == ["II.1", "II.2"]
        assert Party.objects.filter(task__plan=plan).count() == 4
    assert Plan.objects.count() == PlanVersion.objects.count() == ROUNDS
    assert count("plans.plan.accepted") == Message.objects.filter(topic="plans.plan").count()
    assert count("plans.plan.accepted") == ROUNDS


def test_of_two_versions_accepted_at_once_the_second_is_looked_at_again(ready, planner, colleague):
    plan = accepting.accept(plan_import=ready(1), by=planner, at=NOON)
    for number in range(10, 10 + ROUNDS):
        newest = plan.versions.first().number
        texts = [
            PLAN.replace("sáu chợ phiên", words) for words in (f"{number} chợ", f"{number} bến")
        ]
        both = []
        for place, text in enumerate(texts):
            plan_import = ready(number * 10 + place, text)
            both.append(importing.set_plan(plan_import=plan_import, plan=plan, by=planner, at=NOON))

        def accepts(plan_import, person, seen=newest):
            return lambda: accepting.accept(
                plan_import=plan_import,
                seen=plan_import.steps_done,
                version_seen=seen,
                by=person,
                at=NOON,
            )

        results = at_once(accepts(both[0], planner), accepts(both[1], colleague))

        (refusal,) = refusals(results, ReviewMovedOn)
        second = results.index(refusal)
        first_person = (planner, colleague)[1 - second]
        assert str(refusal).startswith(f"{first_person.full_name} accepted another version")
        both[second].refresh_from_db()
        assert both[second].state == ImportState.REVIEW
        plan.refresh_from_db()
        assert plan.versions.first().number == newest + 1
        titles = [task.title for task in plan.tasks.filter(left_the_plan_at=None).order_by("order")]
        assert titles[0] == f"Biên soạn tờ gấp giới thiệu {number} {('chợ', 'bến')[1 - second]}"
        # Whoever has looked again accepts.
        accepts(both[second], planner, newest + 1)()
        assert plan.versions.first().number == newest + 2
        assert plan.tasks.filter(left_the_plan_at=None).count() == 2
    assert Plan.objects.count() == 1
    assert Document.objects.filter(is_placeholder=False).count() == 1


def test_a_step_against_an_acceptance_one_of_both_is_refused(ready, planner, colleague):
    for number in range(1, ROUNDS + 1):
        plan_import = ready(number)
        second = plan_import.tasks.get(path="II.2")

        results = at_once(
            lambda plan_import=plan_import: accepting.accept(
                plan_import=plan_import, seen=1, version_seen=0, by=planner, at=NOON
            ),
            lambda plan_import=plan_import, key=second.pk: review.decide_tasks(
                plan_import=plan_import, seen=1, keys=[key], keep=False, by=colleague, at=NOON
            ),
        )

        plan_import.refresh_from_db()
        second.refresh_from_db()
        (refusal,) = refusals(results)
        if results[1] is refusal:
            assert isinstance(refusal, NotUnderReview)
            assert str(refusal).startswith(f"{planner.full_name} accepted this plan at")
            assert (plan_import.state, second.state) == ("accepted", "proposed")
            assert plan_import.plan.tasks.count() == 2
        else:
            assert isinstance(refusal, ReviewMovedOn)
            assert str(refusal).startswith("Vi Văn Nhanh has changed this review")
            assert (plan_import.state, second.state) == ("review", "rejected")
            assert plan_import.plan is None
    assert not Task.objects.exclude(plan__in=PlanImport.objects.values("plan")).exists()


def test_an_acceptance_against_a_discarding_one_of_both_is_refused(ready, planner, colleague):
    for number in range(1, ROUNDS + 1):
        plan_import = ready(number)

        results = at_once(
            lambda plan_import=plan_import: accepting.accept(
                plan_import=plan_import, seen=1, by=planner, at=NOON
            ),
            lambda plan_import=plan_import: importing.discard(
                plan_import=plan_import, by=colleague, at=NOON
            ),
        )

        plan_import.refresh_from_db()
        (refusal,) = refusals(results)
        won = "accepted" if results[1] is refusal else "discarded"
        assert plan_import.state == won
        assert (plan_import.plan is not None) == (won == "accepted")


def test_an_acceptance_against_becoming_a_version_one_of_both_is_refused(ready, planner, colleague):
    plan = accepting.accept(plan_import=ready(1), by=planner, at=NOON)
    for number in range(2, 2 + ROUNDS):
        plan_import = ready(number, PLAN.replace("sáu chợ", f"{number} chợ"))

        results = at_once(
            lambda plan_import=plan_import: accepting.accept(
                plan_import=plan_import, seen=1, version_seen=0, by=planner, at=NOON
            ),
            lambda plan_import=plan_import: importing.set_plan(
                plan_import=plan_import, plan=plan, by=colleague, at=NOON
            ),
        )

        plan_import.refresh_from_db()
        (refusal,) = refusals(results)
        if results[1] is refusal:
            assert plan_import.state == "accepted"
            assert plan_import.plan != plan
        else:
            assert str(refusal).startswith("This review was changed since your page was loaded")
            assert (plan_import.state, plan_import.plan) == ("review", plan)
    assert plan.versions.count() == 1


def test_two_steps_at_once_one_is_taken(ready, planner, colleague):
    plan_import = ready(1)
    first, second = plan_import.tasks.filter(path__in=["II.1", "II.2"]).order_by("order")

    def reject(key, person):
        return lambda: review.decide_tasks(
            plan_import=plan_import, seen=1, keys=[key], keep=False, by=person, at=NOON
        )

    results = at_once(reject(first.pk, planner), reject(second.pk, colleague))

    assert len(refusals(results, ReviewMovedOn)) == 1
    plan_import.refresh_from_db()
    assert (plan_import.steps_done, plan_import.steps.count()) == (2, 2)
    assert plan_import.tasks.filter(path__in=["II.1", "II.2"], state="rejected").count() == 1


LAW = "Căn cứ Luật Biên phòng Việt Nam ngày 11 tháng 11 năm 2020;\nCăn cứ Nghị định số 72"


def test_plans_accepted_at_once_cite_the_same_law_once(ready, planner, colleague):
    text = PLAN.replace("Căn cứ Nghị định số 72", LAW)
    reviews = [ready(number, text) for number in range(1, 5)]

    results = at_once(
        *[
            lambda plan_import=plan_import: accepting.accept(
                plan_import=plan_import, by=planner, at=NOON
            )
            for plan_import in reviews
        ]
    )

    assert refusals(results) == []
    cited = [document.title for document in Document.objects.filter(is_placeholder=True)]
    assert len(cited) == len(set(cited)) == 2
    assert {plan.document.links_to_others.count() for plan in Plan.objects.all()} == {2}


def test_of_two_files_with_one_number_accepted_at_once_the_second_is_refused(ready, planner):
    both = [ready(7), ready(7, PLAN.replace("sáu chợ", "bảy chợ"))]

    results = at_once(
        *[
            lambda plan_import=plan_import: accepting.accept(
                plan_import=plan_import, by=planner, at=NOON
            )
            for plan_import in both
        ]
    )

    (refusal,) = refusals(results, DocumentRefused)
    assert str(refusal) == "7/KH-UBND is on record already."
    assert Plan.objects.count() == 1
    both[results.index(refusal)].refresh_from_db()
    assert both[results.index(refusal)].state == "review"
    assert Task.objects.count() == 2


def test_two_who_bring_the_same_unit_on_record_make_one(planner, colleague):
    def make(person):
        return lambda: create_unit(
            key="hoi", kind="department", name="Hội chợ phiên", by=person, at=NOON
        )

    results = at_once(make(planner), make(colleague))

    assert len(refusals(results, NameRefused)) == 1
    assert Unit.objects.filter(key="hoi").count() == 1
