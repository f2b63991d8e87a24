"""What a plan says outside its tasks: seen, mended, added, left out, and then written."""

import json
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.plans.actions import accepting, lines, review
from nhipcau.plans.errors import NotPossible
from nhipcau.plans.models import PlanImport
from nhipcau.plans.queries.reviews import review_state
from nhipcau.plans.rules import lines as rules
from nhipcau.plans.rules.periods import period_of
from nhipcau.plans.rules.review import problems_of_edit, problems_of_header
from nhipcau.plans.tests.room.conftest import NOON, PLAN

CULTURE = "Sở Văn hóa, Thể thao và Du lịch"
OLD = {  # as a review begun before lines had places holds it
    "title": "Kế hoạch mẫu năm 2026",
    "date": "2026-01-26",
    "legal_bases": [
        {"type": "Luật", "number": None, "date": None, "name": "Luật Báo chí", "issuer": None}
    ],
    "funding_sources": ["ngân sách tỉnh"],
    "responsibilities": [
        {"unit": "Sở A", "units": ["Sở A"], "duties": ["theo dõi", "đôn đốc"], "verb": None},
        {"unit": "Sở B", "units": ["Sở B"], "duties": [], "verb": None},
    ],
    "reporting_duties": [
        {
            "text": "báo cáo",
            "who": None,
            "to": ["UBND"],
            "recurrence": "yearly",
            "deadline": "30/11",
        }
    ],
    "recipients": ["Như trên"],
}


def test_a_review_begun_before_lines_had_places_holds_the_same_lines():
    header = rules.with_lines(OLD)

    assert [(line["unit"], line["words"]) for line in header["duties"]] == [
        ("Sở A", "theo dõi"),
        ("Sở A", "đôn đốc"),
    ]
    assert header["funding_sources"] == [{"words": "ngân sách tỉnh", "span": None, "kept": True}]
    assert header["legal_bases"][0]["name"] == "Luật Báo chí"
    assert (header["reports"][0]["unit"], header["reports"][0]["to"]) == ("", ["UBND"])
    assert not rules.PRINTED & set(header)
    assert rules.with_lines(header) == header


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=6), st.integers(0, 9))
def test_a_new_line_stands_where_the_document_has_its_words(starts, start):
    there = [{"span": None if one is None else [one, one + 1]} for one in sorted(starts, key=str)]

    those = rules.placed(there, {"span": [start, start + 1], "new": True})

    place = next(place for place, line in enumerate(those) if "new" in line)
    assert those[:place] + those[place + 1 :] == there
    assert all(line["span"] is None or line["span"][0] <= start for line in those[:place])
    assert place == len(there) or those[place + 1]["span"][0] > start


PLAIN = {"words": "x", "span": None, "kept": True}
NAME = {"state": "known", "unit": 1, "group": None, "label": "", "why": "", "candidates": []}
OWED = {**PLAIN, "unit": "Sở A", "name": NAME}
REPORT = {**OWED, "to": [], "recurrence": "", "deadline": ""}
BASIS = {"type": "", "number": "1/QĐ", "date": None, "name": None, "issuer": None}
BASIS |= {"span": None, "kept": True}


@pytest.mark.parametrize(
    ("part", "line", "wrong"),
    [
        ("funding_sources", PLAIN, []),
        ("funding_sources", {**PLAIN, "words": " "}, ["words"]),
        ("funding_sources", {**PLAIN, "kept": 1}, ["kept"]),
        ("funding_sources", {**PLAIN, "span": [5, 2]}, ["span"]),
        ("funding_sources", {**PLAIN, "span": [0, 101]}, ["span"]),
        ("funding_sources", OWED, ["name", "unit"]),
        ("recipients", {**PLAIN, "words": "x" * 20_001}, ["words"]),
        ("duties", OWED, []),
        ("duties", {**OWED, "name": None}, []),
        ("duties", {**OWED, "name": {**NAME, "unit": None, "group": 2}}, ["name"]),
        ("duties", {**OWED, "unit": "x" * 501}, ["unit"]),
        ("reports", REPORT, []),
        ("reports", {**REPORT, "to": [""]}, ["to"]),
        ("reports", {**REPORT, "recurrence": "hourly"}, ["recurrence"]),
        ("reports", {**REPORT, "deadline": "x" * 301}, ["deadline"]),
        ("legal_bases", BASIS, []),
        ("legal_bases", {**BASIS, "date": "2026-02-31"}, ["date"]),
        ("legal_bases", {**BASIS, "number": ""}, ["number"]),
        ("sections", PLAIN, ["part"]),
    ],
)
def test_a_line_is_taken_only_as_it_can_be_written(part, line, wrong):
    assert rules.problems_of_line(part, line, length=100) == wrong


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"doc_type": "KH", "is_draft": True}, []),
        ({"doc_type": "Kế hoạch"}, ["doc_type"]),  # longer than the register holds
        ({"is_draft": "yes"}, ["is_draft"]),
        ({"number": "1" * 21}, ["number"]),
        ({"starts_on": "2026-01-01", "ends_on": "2026-12-31"}, []),
        ({"starts_on": None, "ends_on": None}, []),
        ({"starts_on": "2026-01-01"}, ["ends_on"]),
        ({"starts_on": "2027-01-01", "ends_on": "2026-12-31"}, ["ends_on"]),
        ({"starts_on": "hôm nay", "ends_on": "2026-12-31"}, ["starts_on"]),
    ],
)
def test_a_value_of_the_header_is_taken_only_as_it_can_be_written(values, wrong):
    assert problems_of_header(values) == wrong


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"languages": ["vi", "hmn-Latn-x-vn", "mis"], "targets": ["80% số xã"]}, []),
        ({"items": [{"text": "x" * 9000, "actors": ["Sở A"]}]}, []),
        ({"languages": ["tiếng Lào"]}, ["languages"]),
        ({"languages": ["lo", "lo"]}, ["languages"]),
        ({"targets": [" "]}, ["targets"]),
        ({"items": [{"text": "x"}]}, ["items"]),
        ({"products": [{"words": "x", "at_least": 5, "at_most": 2}]}, ["products"]),
        ({"products": [{"words": "x", "kind": "spaceship"}]}, ["products"]),
        ({"products": [{"words": "x", "languages": "lo"}]}, ["products"]),
    ],
)
def test_a_body_is_taken_only_as_it_can_be_written(body, wrong):
    full = {"parties": [], "timing": {"words": ""}, **body}

    assert problems_of_edit("Việc", full) == wrong


def test_the_days_of_a_plan_are_those_of_its_title_until_a_person_says_others():
    assert period_of(OLD) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period_of({"title": "Kế hoạch", "date": "2025-03"}) == (
        date(2025, 1, 1),
        date(2025, 12, 31),
    )
    said = {**OLD, "starts_on": "2026-03-01", "ends_on": "2027-02-28"}
    assert period_of(said) == (date(2026, 3, 1), date(2027, 2, 28))
    assert period_of({"title": "Kế hoạch"}) is None


@pytest.fixture
def take(planner):
    """Take a step, as the page does; the import as it is then."""

    def take(plan_import, action=lines.edit_line, **given):
        action(plan_import=plan_import, seen=plan_import.steps_done, by=planner, at=NOON, **given)
        return PlanImport.objects.get(pk=plan_import.pk)

    return take


@pytest.mark.django_db
class TestReviewedLines:
    def test_every_line_is_read_with_its_place_and_the_unit_that_is_meant(self, bring, departments):
        plan_import = bring()

        for part in rules.PARTS:
            told = plan_import.header[part]
            assert told, part
            for line in told:
                words = " ".join(plan_import.text[slice(*line["span"])].split())
                assert line.get("words", words) == words
        duty = plan_import.header["duties"][0]
        assert (duty["unit"], duty["name"]["unit"]) == (CULTURE, departments["culture"].pk)
        assert set(plan_import.header["places"]) >= {"number", "symbol", "date", "title"}

    def test_what_is_accepted_is_what_stood_there(self, bring, planner, departments, take):
        plan_import = take(bring(), review.keep_names_as_written)
        duty, report = plan_import.header["duties"][0], plan_import.header["reports"][0]
        basis, money = plan_import.header["legal_bases"][0], plan_import.header["funding_sources"]
        trade = {"state": "chosen", "unit": departments["trade"].pk, "group": None}
        trade |= {"label": "Sở Công Thương", "why": "", "candidates": []}
        mended = {**duty, "words": "chỉ đạo các xã", "name": trade}
        plan_import = take(plan_import, part="duties", place=0, line=mended)
        owed = {**report, "to": ["UBND tỉnh", "Bộ Ngoại giao"], "deadline": "trước 15/12"}
        plan_import = take(plan_import, part="reports", place=0, line=owed)
        plan_import = take(
            plan_import, part="legal_bases", place=0, line={**basis, "number": "89/2026/NĐ-CP"}
        )
        plan_import = take(
            plan_import, part="funding_sources", place=0, line={**money[0], "kept": False}
        )
        start = plan_import.text.index("Giúp khách")
        added = {**duty, "words": "in tờ gấp", "unit": "Sở Công Thương", "name": None}
        plan_import = take(
            plan_import, part="duties", place=None, line={**added, "span": [start, start + 10]}
        )
        values = {"starts_on": "2026-03-01", "ends_on": "2026-11-30", "is_draft": True}
        plan_import = take(plan_import, review.edit_header, values=values)

        plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

        first, second, *_more = plan.duties.order_by("order")
        assert (first.words, first.unit) == ("in tờ gấp", departments["trade"])
        assert (second.words, second.unit_words) == ("chỉ đạo các xã", CULTURE)
        assert second.unit == departments["trade"]
        written = plan.duties.get(is_report=True)
        assert written.report_to == ["UBND tỉnh", "Bộ Ngoại giao"]
        assert written.deadline_words == "trước 15/12"
        assert plan.funding_sources.count() == len(money) - 1
        links = plan.document.links_to_others.select_related("to_document")
        assert [link.to_document.citation for link in links] == ["89/2026/NĐ-CP"]
        assert (plan.starts_on, plan.ends_on) == (date(2026, 3, 1), date(2026, 11, 30))
        assert plan.versions.get().is_draft

    def test_a_line_is_undone_and_done_again_like_any_step(self, bring, take):
        plan_import = bring()
        before = plan_import.header
        line = {**before["recipients"][0], "kept": False}

        plan_import = take(plan_import, part="recipients", place=0, line=line)
        after = plan_import.header
        assert after["recipients"][0] == line
        plan_import = take(plan_import, review.undo)
        assert plan_import.header == before
        assert take(plan_import, review.redo).header == after

    def test_choosing_a_name_counts_for_the_duties_too_and_is_undone_with_them(
        self, bring, planner, departments, take
    ):
        unknown = "Hội Cựu giáo chức chợ phiên"
        text = PLAN.replace(
            "IV. TỔ CHỨC THỰC HIỆN\n",
            f"IV. TỔ CHỨC THỰC HIỆN\n\n2. {unknown} hướng dẫn khách.\n",
        )
        plan_import = bring(text)
        name = {"unit": departments["trade"].pk, "group": None, "label": "Sở Công Thương"}

        def owed(plan_import):
            duties = {line["unit"]: line["name"] for line in plan_import.header["duties"]}
            return duties[unknown]["state"], duties[unknown]["unit"]

        assert owed(plan_import)[1] is None
        plan_import = take(plan_import, review.choose_name, words=unknown, name=name)
        assert owed(plan_import) == ("chosen", departments["trade"].pk)
        plan_import = take(plan_import, review.undo)
        assert owed(plan_import)[1] is None

    def test_for_other_words_the_register_is_asked_at_once(self, bring, departments, take):
        plan_import = bring()
        line = {**plan_import.header["duties"][0], "unit": "Sở VHTTDL", "name": None}

        plan_import = take(plan_import, part="duties", place=0, line=line)
        known = plan_import.header["duties"][0]["name"]
        assert (known["state"], known["unit"]) == ("known", departments["culture"].pk)
        line["unit"] = "Sở Công Thưong"  # a typing error is offered, not taken
        plan_import = take(plan_import, part="duties", place=0, line=line)
        known = plan_import.header["duties"][0]["name"]
        assert known["unit"] is None
        assert [one["id"] for one in known["candidates"]] == [departments["trade"].pk]

    def test_a_line_that_cannot_be_is_refused_and_changes_nothing(self, bring, take):
        plan_import = bring()
        line = plan_import.header["duties"][0]

        for wrong in (
            {"part": "duties", "place": 99, "line": line},
            {"part": "duties", "place": 0, "line": {**line, "words": ""}},
            {
                "part": "duties",
                "place": 0,
                "line": {**line, "name": {**line["name"], "unit": 987654}},
            },
            {"part": "title", "place": 0, "line": line},
        ):
            with pytest.raises(NotPossible):
                take(plan_import, **wrong)
        plan_import.refresh_from_db()
        assert (plan_import.steps_done, plan_import.header["duties"][0]) == (0, line)

    def test_a_review_half_finished_before_goes_on(self, client, bring, planner, departments, take):
        plan_import = take(bring(), review.keep_names_as_written)
        old = {
            **OLD,
            "responsibilities": [
                {"unit": "Sở VHTTDL", "units": [], "duties": ["theo dõi"], "verb": None}
            ],
        }
        plan_import.steps.update(before={"tasks": {}, "header": old})
        PlanImport.objects.filter(pk=plan_import.pk).update(header=old)
        plan_import.refresh_from_db()
        client.force_login(planner.user)
        state = client.get(reverse("plans:state", args=[plan_import.uuid])).json()
        assert [line["words"] for line in state["header"]["duties"]] == ["theo dõi"]
        assert state["period"] == ["2026-01-01", "2026-12-31"]

        answer = client.post(
            reverse("plans:step", args=[plan_import.uuid]),
            json.dumps(
                {
                    "kind": "line",
                    "seen": plan_import.steps_done,
                    "part": "funding_sources",
                    "place": 0,
                    "line": {**state["header"]["funding_sources"][0], "words": "ngân sách huyện"},
                }
            ),
            content_type="application/json",
        )
        assert answer.status_code == 200
        plan_import.refresh_from_db()
        plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

        assert [one.words for one in plan.funding_sources.all()] == ["ngân sách huyện"]
        duty, report = plan.duties.order_by("order")
        assert (duty.words, duty.unit) == ("theo dõi", departments["culture"])
        assert (report.is_report, report.report_to) == (True, ["UBND"])

    def test_all_that_a_task_says_is_mended_in_one_step(self, bring, planner, take):
        plan_import = take(bring(), review.keep_names_as_written)
        task = review_state(plan_import).tasks[-2]
        assert task.path == "II.1"
        product = {**task.body["products"][0], "at_least": 2, "at_most": 5, "counted_in": "bộ"}
        body = {key: task.body[key] for key in ("parties", "timing", "audiences")}
        body["parties"][0]["qualifier"] = "điểm a"
        body |= {
            "products": [{**product, "kind": "leaflet", "languages": ["vi", "lo"]}],
            "languages": ["lo"],
            "targets": ["sáu chợ"],
            "items": [{"text": "viết lời", "actors": ["Sở Công Thương"]}],
        }

        plan_import = take(plan_import, review.edit_task, key=task.pk, title=task.title, body=body)
        plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)

        row = plan.tasks.get(path="II.1")
        assert (row.languages, row.targets) == (["lo"], ["sáu chợ"])
        assert row.items == [{"text": "viết lời", "actors": ["Sở Công Thương"]}]
        made = row.products.get()
        assert (made.at_least, made.at_most, made.counted_in) == (2, 5, "bộ")
        assert (made.kind, made.languages) == ("leaflet", ["vi", "lo"])
        assert row.parties.order_by("order")[0].qualifier == "điểm a"
