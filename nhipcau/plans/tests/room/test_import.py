from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from nhipcau.audit.models import Entry
from nhipcau.outbox.models import Message
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.enums import ImportState
from nhipcau.plans.errors import NotPossible, NotReadyToAccept, NotUnderReview, ReviewMovedOn
from nhipcau.plans.models import Plan, PlanImport, ProposedTask, Task
from nhipcau.plans.queries.comparing import comparison
from nhipcau.plans.queries.reviews import review_state, steps_told
from nhipcau.plans.tests.room.conftest import NOON, PLAN
from nhipcau.registry.models import Document

pytestmark = pytest.mark.django_db

UNKNOWN = "Hội Cựu giáo chức chợ phiên"


MOST_QUERIES_TO_ACCEPT = 71  # SQLite 62, the second time 68; PostgreSQL three locks more


def kept(plan_import):
    return {task.path: task for task in review_state(plan_import).tasks if task.state != "rejected"}


def settled(plan_import, planner):
    """The same import with its one unknown name kept as written."""
    review.keep_names_as_written(
        plan_import=plan_import, seen=plan_import.steps_done, by=planner, at=NOON
    )
    return PlanImport.objects.get(pk=plan_import.pk)


def test_a_plan_is_read_into_proposals_with_known_and_unknown_units(bring, departments):
    plan_import = bring()

    tasks = kept(plan_import)
    assert plan_import.state == ImportState.REVIEW
    assert list(tasks) == ["II.1", "II.2"]
    parties = {party["words"]: party["name"] for party in tasks["II.1"].body["parties"]}
    assert parties["Sở Văn hóa, Thể thao và Du lịch"]["unit"] == departments["culture"].pk
    assert parties["Sở Công Thương"]["unit"] == departments["trade"].pk
    assert parties[UNKNOWN]["state"] == "unknown"
    assert tasks["II.1"].body["timing"]["starts_on"] == "2026-04-01"
    assert tasks["II.1"].body["timing"]["ends_on"] == "2026-06-30"


def test_a_proposal_marks_its_words_in_the_text(bring):
    plan_import = bring()

    task = kept(plan_import)["II.2"]
    words = plan_import.text[task.span_start : task.span_end]
    assert words.lstrip("2. ").startswith("Phát bản tin hướng dẫn đi chợ")
    lead = task.body["parties"][0]
    assert plan_import.text[slice(*lead["span"])] == "Sở Công Thương"


def test_the_same_file_again_is_recognised_and_changes_nothing(bring, planner, departments):
    first = bring()
    entries = Entry.objects.count()

    again = importing.bring_file(
        chunks=[PLAN.encode()], file_name="lan-hai.txt", unit=None, by=planner, at=NOON
    )

    assert again == importing.Brought(first, None, is_new=False)
    assert PlanImport.objects.count() == 1
    assert Entry.objects.count() == entries


def test_an_accepted_file_again_names_its_plan(bring, planner):
    plan = accepting.accept(plan_import=settled(bring(), planner), by=planner, at=NOON)

    again = importing.bring_file(
        chunks=[PLAN.encode()], file_name="x.txt", unit=None, by=planner, at=NOON
    )

    assert again == importing.Brought(None, plan, is_new=False)


def test_what_is_no_plan_is_refused_in_a_sentence_and_nothing_is_kept_of_it(bring):
    plan_import = bring("Hôm qua tôi đi chợ mua rau, trời mưa to quá.\n" * 20, name="nhat-ky.txt")

    assert plan_import.state == ImportState.REFUSED
    assert plan_import.refusal_vi.count(".") >= 1
    assert plan_import.refusal_en
    assert plan_import.refusal_vi != plan_import.refusal_en
    assert not plan_import.tasks.exists()


def test_a_reading_that_a_killed_worker_left_is_taken_up_again(bring):
    plan_import = bring()
    PlanImport.objects.filter(pk=plan_import.pk).update(state=ImportState.READING)
    plan_import.tasks.filter(path="II.2").delete()

    from nhipcau.plans.tasks import read_plan

    read_plan.call(plan_import.pk)

    plan_import.refresh_from_db()
    assert plan_import.state == ImportState.REVIEW
    assert list(kept(plan_import)) == ["II.1", "II.2"]


def test_accepting_refuses_while_a_name_is_undecided(bring, planner):
    plan_import = bring()

    with pytest.raises(NotReadyToAccept):
        accepting.accept(plan_import=plan_import, by=planner, at=NOON)

    plan_import.refresh_from_db()
    assert plan_import.state == ImportState.REVIEW
    assert not Plan.objects.exists()
    assert not Task.objects.exists()


def test_accepting_makes_tasks_with_the_persons_name_on_them(bring, planner, departments):
    plan_import = settled(bring(), planner)
    plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

    first, second = plan.tasks.order_by("order")
    assert (first.path, second.path) == ("II.1", "II.2")
    assert (first.starts_on, first.ends_on) == (date(2026, 4, 1), date(2026, 6, 30))
    assert [(party.role, party.words, party.unit) for party in first.parties.order_by("order")] == [
        ("lead", "Sở Văn hóa, Thể thao và Du lịch", departments["culture"]),
        ("coordinating", "Sở Công Thương", departments["trade"]),
        ("coordinating", UNKNOWN, None),
    ]
    assert second.recurrence == "continuous"
    assert (plan.starts_on, plan.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert plan.document.citation == "18/KH-UBND"
    assert [link.to_document.citation for link in plan.document.links_to_others.all()] == [
        "72/2015/NĐ-CP"
    ]
    assert plan.versions.get().accepted_by == planner
    line = Entry.objects.get(event="plans.plan.accepted")
    assert line.by_key == planner.actor_key
    assert Message.objects.filter(topic="plans.plan").count() == 1


def test_a_duty_finds_its_unit_only_where_it_is_sure(bring, planner, departments):
    text = PLAN.replace(
        "IV. TỔ CHỨC THỰC HIỆN\n",
        "IV. TỔ CHỨC THỰC HIỆN\n\n"
        "2. Sở Công Thưong bố trí gian hàng tại chợ.\n\n"
        f"3. {UNKNOWN} hướng dẫn khách.\n\n"
        "4. Sở VHTTDL tổng hợp kết quả.\n",
    )
    plan_import = bring(text)
    name = {"unit": departments["trade"].pk, "group": None, "label": "Sở Công Thương"}
    review.choose_name(
        plan_import=plan_import, seen=0, words=UNKNOWN, name=name, by=planner, at=NOON
    )

    plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

    found = {duty.unit_words: duty.unit for duty in plan.duties.select_related("unit")}
    assert found["Sở VHTTDL"] == departments["culture"]  # by its curated abbreviation
    assert found["Sở Công Thưong"] is None  # a typing error: nobody looks at the answer
    assert found[UNKNOWN] == departments["trade"]  # as the person said of the tasks


def test_what_a_plan_says_behind_a_name_stays_with_the_party(bring, planner, signed_page):
    text = PLAN.replace(
        "phối hợp: Sở Công Thương;", "phối hợp: Sở Công Thương (theo nhiệm vụ được giao);"
    )
    plan_import = bring(text)
    parties = {one["words"]: one for one in kept(plan_import)["II.1"].body["parties"]}
    assert parties["Sở Công Thương"]["qualifier"] == "theo nhiệm vụ được giao"
    assert parties[UNKNOWN]["qualifier"] == ""

    plan = accepting.accept(plan_import=settled(plan_import, planner), by=planner, at=NOON)

    party = plan.tasks.get(path="II.1").parties.get(words="Sở Công Thương")
    assert party.qualifier == "theo nhiệm vụ được giao"
    assert "(theo nhiệm vụ được giao)" in signed_page("plans:task", party.task.uuid)
    later = bring(text.replace("(theo nhiệm vụ được giao)", "(điểm a)"))
    changes = [match.change for match in comparison(later, plan)]
    assert changes == ["changed", "same"]


@pytest.fixture
def signed_page(client, planner):
    client.force_login(planner.user)
    return lambda name, uuid: client.get(reverse(name, args=[uuid])).content.decode()


def test_accepting_twice_gives_the_same_plan(bring, planner):
    plan_import = settled(bring(), planner)
    first = accepting.accept(plan_import=plan_import, by=planner, at=NOON)
    entries = Entry.objects.count()

    second = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

    assert second == first
    assert Entry.objects.count() == entries


def test_a_signed_version_keeps_the_tasks_and_marks_what_left(bring, planner):
    plan = accepting.accept(plan_import=settled(bring(), planner), by=planner, at=NOON)
    first = plan.tasks.get(path="II.1")
    signed_text = (
        PLAN.replace("18/KH-UBND", "21/KH-UBND")
        .replace(
            "Biên soạn tờ gấp giới thiệu sáu chợ phiên", "Biên soạn tờ gấp giới thiệu bảy chợ phiên"
        )
        .replace(
            "2. Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu", "2. Đặt bảng chỉ đường tại bến xe"
        )
    )
    newer = settled(bring(signed_text, name="da-ky.txt"), planner)
    newer = importing.set_plan(plan_import=newer, plan=plan, by=planner, at=NOON)

    told = {(match.old, match.change) for match in comparison(newer, plan)}
    again = accepting.accept(plan_import=newer, by=planner, at=NOON)

    assert again == plan
    assert (first.pk, "changed") in told
    first.refresh_from_db()
    assert first.title == "Biên soạn tờ gấp giới thiệu bảy chợ phiên"
    assert first.left_the_plan_at is None
    gone = plan.tasks.get(left_the_plan_at__isnull=False)
    assert gone.title == "Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu"
    assert plan.tasks.filter(title="Đặt bảng chỉ đường tại bến xe").count() == 1
    assert [version.number for version in plan.versions.order_by("number")] == [1, 2]
    plan.document.refresh_from_db()
    assert plan.document.citation == "21/KH-UBND"
    assert Document.objects.filter(is_placeholder=False).count() == 1


def test_a_discarded_import_can_be_brought_again(bring, planner):
    plan_import = bring()
    importing.discard(plan_import=plan_import, by=planner, at=NOON)

    fresh = bring()

    assert fresh.pk != plan_import.pk
    with pytest.raises(NotPossible):
        importing.discard(plan_import=plan_import, by=planner, at=NOON)


class TestSteps:
    def take(self, action, plan_import, planner, **given):
        plan_import.refresh_from_db()
        step = action(
            plan_import=plan_import, seen=plan_import.steps_done, by=planner, at=NOON, **given
        )
        plan_import.refresh_from_db()
        return step

    def test_merging_puts_everything_together_and_undoing_takes_it_apart(self, bring, planner):
        plan_import = bring()
        before = {path: (t.title, t.body, t.state) for path, t in kept(plan_import).items()}
        keys = [task.pk for task in kept(plan_import).values()]

        self.take(review.merge_tasks, plan_import, planner, keys=keys)

        merged = kept(plan_import)
        assert list(merged) == ["II.1"]
        assert merged["II.1"].title.splitlines() == [before["II.1"][0], before["II.2"][0]]
        words = [party["words"] for party in merged["II.1"].body["parties"]]
        assert words.count("Sở Công Thương") == 2  # once to coordinate, once to lead

        self.take(review.undo, plan_import, planner)

        assert {path: (t.title, t.body, t.state) for path, t in kept(plan_import).items()} == before

    def test_splitting_keeps_parties_and_time_for_each_part(self, bring, planner):
        plan_import = bring()
        task = kept(plan_import)["II.1"]

        self.take(
            review.split_task,
            plan_import,
            planner,
            key=task.pk,
            titles=["Viết lời tờ gấp", " ", "In tờ gấp"],
        )

        parts = kept(plan_import)
        assert list(parts) == ["II.1", "II.1/2", "II.2"]
        assert parts["II.1/2"].title == "In tờ gấp"
        assert parts["II.1/2"].body["parties"] == task.body["parties"]

    def test_moving_under_itself_is_refused_and_changes_nothing(self, bring, planner):
        plan_import = bring()
        first, second = kept(plan_import).values()
        self.take(
            review.move_task, plan_import, planner, key=second.pk, parent=first.pk, after=first.pk
        )

        with pytest.raises(NotPossible):
            self.take(
                review.move_task,
                plan_import,
                planner,
                key=first.pk,
                parent=second.pk,
                after=None,
            )

        second.refresh_from_db()
        first.refresh_from_db()
        assert second.parent_id == first.pk
        assert first.parent_id is None

    def test_rejected_tasks_do_not_become_tasks(self, bring, planner):
        plan_import = settled(bring(), planner)
        second = kept(plan_import)["II.2"]
        self.take(review.decide_tasks, plan_import, planner, keys=[second.pk], keep=False)

        plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

        assert [task.path for task in plan.tasks.all()] == ["II.1"]

    def test_an_added_task_marks_the_chosen_words(self, bring, planner):
        plan_import = bring()
        start = plan_import.text.index("Giúp khách")
        self.take(
            review.add_task,
            plan_import,
            planner,
            title="Giúp khách biết ngày họp chợ",
            after=None,
            span=(start, start + 10),
        )

        added = next(iter(kept(plan_import).values()))
        assert (added.title, added.span_start) == ("Giúp khách biết ngày họp chợ", start)

    def test_choosing_a_name_counts_everywhere(self, bring, planner, departments):
        plan_import = bring()
        name = {"unit": departments["trade"].pk, "group": None, "label": "Sở Công Thương"}

        self.take(review.choose_name, plan_import, planner, words=UNKNOWN, name=name)

        parties = kept(plan_import)["II.1"].body["parties"]
        chosen = next(party["name"] for party in parties if party["words"] == UNKNOWN)
        assert (chosen["state"], chosen["unit"]) == ("chosen", departments["trade"].pk)

    def test_a_step_from_an_older_page_is_refused(self, bring, planner):
        plan_import = bring()
        task = kept(plan_import)["II.1"]
        self.take(review.decide_tasks, plan_import, planner, keys=[task.pk], keep=False)

        with pytest.raises(ReviewMovedOn):
            review.decide_tasks(
                plan_import=plan_import, seen=0, keys=[task.pk], keep=True, by=planner, at=NOON
            )

        task.refresh_from_db()
        assert task.state == "rejected"

    def test_undo_and_redo_walk_back_and_forth(self, bring, planner):
        plan_import = bring()
        task = kept(plan_import)["II.1"]
        self.take(review.split_task, plan_import, planner, key=task.pk, titles=["Một", "Hai"])
        self.take(review.edit_header, plan_import, planner, values={"number": "19"})

        self.take(review.undo, plan_import, planner)
        self.take(review.undo, plan_import, planner)
        assert list(kept(plan_import)) == ["II.1", "II.2"]
        assert plan_import.header["number"] == "18"
        with pytest.raises(NotPossible):
            self.take(review.undo, plan_import, planner)

        self.take(review.redo, plan_import, planner)
        self.take(review.redo, plan_import, planner)
        assert list(kept(plan_import)) == ["II.1", "II.1/2", "II.2"]
        assert plan_import.header["number"] == "19"

    def test_an_impossible_edit_names_its_fields_and_changes_nothing(self, bring, planner):
        plan_import = bring()
        task = kept(plan_import)["II.1"]
        body = {**task.body, "timing": {**task.body["timing"], "ends_on": "hôm qua"}}

        with override("en"), pytest.raises(NotPossible, match=r"again: Due on\.$"):
            self.take(
                review.edit_task, plan_import, planner, key=task.pk, title=task.title, body=body
            )

        assert ProposedTask.objects.get(pk=task.pk).body == task.body

    def test_nothing_can_be_changed_once_it_is_accepted(self, bring, planner):
        plan_import = settled(bring(), planner)
        task = kept(plan_import)["II.1"]
        accepting.accept(plan_import=plan_import, by=planner, at=NOON)

        with pytest.raises(NotUnderReview):
            self.take(review.decide_tasks, plan_import, planner, keys=[task.pk], keep=False)

    def test_making_room_between_close_neighbours_keeps_the_order(self, bring, planner):
        plan_import = bring()
        first = kept(plan_import)["II.1"]
        for number in range(15):
            self.take(
                review.add_task,
                plan_import,
                planner,
                title=f"Việc {number}",
                after=first.pk,
                span=None,
            )

        titles = [task.title for task in kept(plan_import).values()]
        assert titles[1:16] == [f"Việc {number}" for number in reversed(range(15))]


def lengthened(plan_import, count):
    """The same review with so many headings more, each with a part, a unit and a product."""
    pattern = kept(plan_import)["II.1"]
    order = plan_import.tasks.latest("order").order
    for number in range(count):
        heading = None
        for path in (f"III.{number}", f"III.{number}.1"):
            order += 1024
            heading = plan_import.tasks.create(
                parent=heading,
                order=order,
                path=path,
                title=f"Việc {path} của kế hoạch dài",
                body={
                    **pattern.body,
                    "timing": {} if heading else pattern.body["timing"],
                    "products": [{"words": "tờ gấp"}],
                },
            )


@pytest.mark.parametrize("headings", [1, 3, 30])
def test_accepting_costs_the_same_for_one_and_for_many(
    bring, planner, headings, django_assert_max_num_queries
):
    plan_import = settled(bring(), planner)
    lengthened(plan_import, headings)

    with django_assert_max_num_queries(MOST_QUERIES_TO_ACCEPT):
        plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

    assert plan.tasks.count() == 2 + 2 * headings
    part = plan.tasks.get(path="III.0.1")
    assert (part.parent.path, part.depth, part.time_is_inherited) == ("III.0", 1, True)
    assert part.ends_on == part.parent.ends_on is not None
    assert [one.words for one in part.products.all()] == ["tờ gấp"]
    assert Entry.objects.filter(event="plans.plan.accepted").count() == 1
    orders = list(plan.tasks.order_by("order").values_list("order", "path"))
    assert [order for order, _path in orders] == list(range(1, len(orders) + 1))
    assert [path for _order, path in orders][:4] == ["II.1", "II.2", "III.0", "III.0.1"]


@pytest.mark.parametrize("headings", [1, 3, 30])
def test_a_long_second_version_writes_over_the_rows_that_it_knows(
    bring, planner, headings, django_assert_max_num_queries
):
    first = settled(bring(), planner)
    lengthened(first, headings)
    plan = accepting.accept(plan_import=first, by=planner, at=NOON)
    rows = dict(plan.tasks.values_list("path", "pk"))
    marks = dict(plan.tasks.values_list("pk", "uuid"))
    second = settled(bring(PLAN.replace("sáu chợ phiên", "bảy chợ phiên"), name="hai.txt"), planner)
    lengthened(second, headings)
    PlanImport.objects.filter(pk=second.pk).update(plan=plan)
    second.refresh_from_db()

    with django_assert_max_num_queries(MOST_QUERIES_TO_ACCEPT):
        accepting.accept(plan_import=second, by=planner, at=NOON)

    assert dict(plan.tasks.values_list("path", "pk")) == rows
    assert dict(plan.tasks.values_list("pk", "uuid")) == marks
    assert set(plan.tasks.values_list("version__number", flat=True)) == {2}
    part = plan.tasks.get(path="III.0.1")
    assert part.parent_id == rows["III.0"]
    assert [one.words for one in part.products.all()] == ["tờ gấp"]
    assert part.parties.count() == len(first.tasks.get(path="III.0.1").body["parties"])


def test_the_acceptance_tells_what_was_done_before_it(bring, planner, departments):
    plan_import = settled(bring(), planner)
    accepting.accept(plan_import=plan_import, by=planner, at=NOON)

    told = Entry.objects.get(event="plans.plan.accepted").after
    steps = plan_import.steps
    assert (told["steps"], told["reviewers"]) == (steps.count(), [planner.pk])
    assert told["steps_digest"] == steps_told(plan_import)["steps_digest"]
    # Somebody puts other words into a step of the past.
    last = steps.last()
    last.after = {**last.after, "header": {"title": "Một kế hoạch khác"}}
    last.save()
    assert told["steps_digest"] != steps_told(plan_import)["steps_digest"]
