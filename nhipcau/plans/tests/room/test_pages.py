"""The pages of the plans room: what they cost, what they refuse, what they never let through."""

import io
import json
import re
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from nhipcau.people.enums import Permission, Role
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import make_user
from nhipcau.plans.actions import accepting, review
from nhipcau.plans.models import Party, Plan, PlanImport, ReviewStep, Task
from nhipcau.plans.queries import reviews
from nhipcau.plans.queries.comparing import comparison
from nhipcau.plans.queries.reviews import likely_plan, review_state
from nhipcau.plans.tasks import read_plan
from nhipcau.plans.tests.room.conftest import NOON, PLAN
from nhipcau.registry.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
MOST_QUERIES = 15
UNKNOWN = "Hội Cựu giáo chức chợ phiên"


@pytest.fixture
def signed_in(client, planner):
    client.force_login(planner.user)
    return client


@pytest.fixture
def accepted(bring, planner):
    plan_import = bring()
    review.keep_names_as_written(plan_import=plan_import, seen=0, by=planner, at=NOON)
    return accepting.accept(plan_import=plan_import, by=planner, at=NOON)


def more_tasks(plan, count):
    """Further tasks of the plan, each with two parties, without going through a review."""
    version = plan.versions.get()
    unit = Unit.objects.first()
    start = plan.tasks.count()
    tasks = Task.objects.bulk_create(
        [
            Task(
                plan=plan,
                version=version,
                path=f"III.{n}",
                order=start + n,
                title=f"Việc thứ {n} của kế hoạch",
                folded=f"viec thu {n} cua ke hoach",
                ends_on=date(2026, 12, 1),
            )
            for n in range(1, count + 1)
        ],
        batch_size=500,
    )
    Party.objects.bulk_create(
        [
            Party(task=task, role=role, order=0, words=unit.label, unit=unit)
            for task in tasks
            for role in ("lead", "coordinating")
        ],
        batch_size=500,
    )


def pages_of(plan):
    return [
        reverse("plans:index"),
        reverse("plans:tasks"),
        reverse("plans:outline", args=[plan.uuid]),
        reverse("plans:outline", args=[plan.uuid]) + f"?q=viec&unit={Unit.objects.first().pk}",
        reverse("plans:table", args=[plan.uuid]),
        reverse("plans:table", args=[plan.uuid])
        + f"?q=viec&unit={Unit.objects.first().pk}&role=lead&sort=-due&until=2026-12-31",
        reverse("plans:document_graph", args=[plan.uuid]),
        reverse("plans:task", args=[plan.tasks.first().uuid]),
        "/admin/",
    ]


def cost(client, address, count_queries):
    with count_queries() as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def count_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


@pytest.mark.parametrize("tasks", [1, 3])
def test_every_page_costs_its_price(signed_in, accepted, count_queries, tasks):
    addresses = pages_of(accepted)
    for address in addresses:
        signed_in.get(address)  # Django's own caches are warm
    more_tasks(accepted, tasks)

    prices = [cost(signed_in, address, count_queries) for address in addresses]

    # Five for the frame: session, user, rights, Wagtail's locales, what the house is called.
    # The task page asks the works above: three for its works and what they cost; the first page
    # asks once what came back to whoever looks, and once whose tasks their unit took over.
    # Lists of tasks ask once who took whose place, and once what they can be narrowed to.
    assert prices == [7, 11, 14, 15, 12, 12, 8, 13, 12]


def test_no_page_costs_more_for_more_tasks(signed_in, accepted, count_queries):
    addresses = pages_of(accepted)
    for address in addresses:
        signed_in.get(address)  # Django's own caches are warm
    more_tasks(accepted, 1)
    few = {address: cost(signed_in, address, count_queries) for address in addresses}
    more_tasks(accepted, 600)
    many = {address: cost(signed_in, address, count_queries) for address in addresses}

    # A list with a second page asks for the total; nothing else may grow.
    assert {a: n for a, n in many.items() if n > few[a] + 1} == {}
    assert {a: n for a, n in many.items() if n > MOST_QUERIES} == {}


STEP_THAT_IS_NONE = [
    b"",
    b"[]",
    b"null",
    b"{",
    b'{"kind": "undo"}',
    b'{"kind": "no such step", "seen": 0}',
    b'{"kind": "undo", "seen": "0"}',
    b'{"kind": "undo", "seen": true}',
    b'{"kind": "undo", "seen": -1}',
    b'{"kind": "undo", "seen": 1e400}',
    b'{"kind": "undo", "seen": 99999999999999999999999}',
    b'{"kind": ["undo"], "seen": 0}',
    b'{"kind": "decide", "keys": "all", "keep": true, "seen": 0}',
    b'{"kind": "decide", "keys": [], "keep": true, "seen": 0}',
    b'{"kind": "decide", "keys": [1.5], "keep": true, "seen": 0}',
    b'{"kind": "edit", "key": 1, "title": "x", "body": [], "seen": 0}',
    b'{"kind": "edit", "key": 99999999, "title": "x", "body": {}, "seen": 0}',
    b'{"kind": "name", "words": "x", "name": {"unit": "1"}, "seen": 0}',
    b'{"kind": "name", "words": "x", "name": {"unit": 987654}, "seen": 0}',
    b'{"kind": "header", "values": {"legal_bases": "x"}, "seen": 0}',
    b'{"kind": "header", "values": {"title": ["x"]}, "seen": 0}',
    b'{"kind": "header", "values": {"date": "hom qua"}, "seen": 0}',
    b'{"kind": "header", "values": {"date": "2026-02-31"}, "seen": 0}',
    b'{"kind": "add", "title": "x", "after": null, "span": [5, 2], "seen": 0}',
    b'{"kind": "add", "title": "x", "after": null, "span": [0, 9999999], "seen": 0}',
    b'{"kind": "add", "title": "x\\u0000", "after": null, "span": null, "seen": 0}',
    b"[" * 100_000,
    b"\xff\xfe",
]


@pytest.mark.parametrize("body", STEP_THAT_IS_NONE, ids=range(len(STEP_THAT_IS_NONE)))
def test_a_step_that_makes_no_sense_is_answered_with_a_sentence(signed_in, bring, body):
    plan_import = bring()

    answer = signed_in.post(
        reverse("plans:step", args=[plan_import.uuid]), body, content_type="application/json"
    )

    assert answer.status_code == 400
    assert answer.json()["sentence"]
    plan_import.refresh_from_db()
    assert plan_import.steps_done == 0
    assert not ReviewStep.objects.exists()


BODY = {"parties": [], "timing": {"words": ""}, "products": [], "audiences": []}
PARTY = {
    "role": "lead",
    "words": "Sở Công Thương",
    "span": None,
    "name": {"state": "known", "unit": None, "group": None, "label": "", "candidates": []},
}


@pytest.mark.parametrize(
    "body",
    [
        {"parties": [{"role": "lead", "words": "x"}]},
        {"parties": [{**PARTY, "role": "boss"}]},
        {"parties": [{**PARTY, "name": {**PARTY["name"], "state": "sure"}}]},
        {"parties": [{**PARTY, "name": {**PARTY["name"], "unit": 424242}}]},
        {"parties": [{**PARTY, "name": {**PARTY["name"], "unit": 1, "group": 1}}]},
        {"parties": [{**PARTY, "span": "all"}]},
        {"parties": [PARTY] * 201},
        {"timing": None},
        {"timing": {"words": 5}},
        {"timing": {"words": "", "starts_on": "31/12/2026"}},
        {"timing": {"words": "", "starts_on": "2026-12-31", "ends_on": "2026-01-01"}},
        {"timing": {"words": "", "recurrence": "hourly"}},
        {"products": [{"words": ""}]},
        {"products": [{"words": "x", "at_least": -1}]},
        {"products": "x"},
        {"audiences": [1]},
        {"role": "scope"},
    ],
)
def test_an_edit_that_would_break_the_review_is_refused(signed_in, bring, body):
    plan_import = bring()
    task = plan_import.tasks.order_by("order").last()
    before = task.body

    answer = signed_in.post(
        reverse("plans:step", args=[plan_import.uuid]),
        json.dumps(
            {"kind": "edit", "seen": 0, "key": task.pk, "title": "x", "body": {**BODY, **body}}
        ),
        content_type="application/json",
    )

    assert answer.status_code == 400
    task.refresh_from_db()
    assert task.body == before


def test_a_step_answers_what_it_changed_and_nothing_else(signed_in, bring):
    plan_import = bring()
    first, second = plan_import.tasks.filter(state="proposed").order_by("order")

    answer = signed_in.post(
        reverse("plans:step", args=[plan_import.uuid]),
        json.dumps({"kind": "merge", "seen": 0, "keys": [first.pk, second.pk]}),
        content_type="application/json",
    ).json()

    assert [task["key"] for task in answer["changed"]] == [first.pk]
    assert answer["gone"] == [second.pk]
    assert (answer["seen"], answer["canUndo"], answer["canRedo"]) == (1, True, False)


def test_a_step_on_an_old_state_says_who_was_quicker(signed_in, bring, departments):
    plan_import = bring()
    other = make_user(Role.PLANNER, unit=departments["culture"], full_name="Vi Văn Nhanh").person
    review.keep_names_as_written(plan_import=plan_import, seen=0, by=other, at=NOON)

    answer = signed_in.post(
        reverse("plans:step", args=[plan_import.uuid]),
        json.dumps({"kind": "undo", "seen": 0}),
        content_type="application/json",
    )

    assert answer.status_code == 409
    assert "Vi Văn Nhanh" in answer.json()["sentence"]


def test_a_planner_of_another_unit_is_kept_out_of_a_review(client, bring, departments):
    plan_import = bring()
    stranger = make_user(Role.PLANNER, unit=departments["trade"])
    client.force_login(stranger)

    for name in ("review", "progress", "state", "step", "compare", "accept", "discard", "new_unit"):
        address = reverse(f"plans:{name}", args=[plan_import.uuid])
        ask = client.post if name in {"step", "accept", "discard"} else client.get
        answer = ask(address, {}, content_type="application/json")
        assert answer.status_code in {302, 403}, name
        assert answer.get("Location", "/admin/") == "/admin/", name
    plan_import.refresh_from_db()
    assert plan_import.state == "review"


def test_a_new_unit_is_brought_on_record_and_named_in_its_sentence_of_the_diary(signed_in, bring):
    from nhipcau.audit.models import Entry

    plan_import = bring()
    address = reverse("plans:new_unit", args=[plan_import.uuid])
    choices = signed_in.get(address).json()
    assert ["department", "Provincial department"] in choices["kinds"] or choices["kinds"]

    answer = signed_in.post(
        address,
        json.dumps({"name": UNKNOWN, "kind": "association", "area": ""}),
        content_type="application/json",
    )

    unit = Unit.objects.get(label=UNKNOWN)
    assert answer.json() == {"unit": {"kind": "unit", "id": unit.pk, "label": UNKNOWN}}
    assert Entry.objects.filter(event="registry.unit.created").last().target_key != ""
    again = signed_in.post(
        address,
        json.dumps({"name": UNKNOWN, "kind": "association", "area": ""}),
        content_type="application/json",
    )
    assert again.status_code == 400
    assert Unit.objects.filter(label=UNKNOWN).count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {"name": "", "kind": "office", "area": ""},
        {"name": "x", "kind": "club", "area": ""},
        {"name": "x", "kind": "office", "area": "999999"},
        {"name": "x" * 301, "kind": "office", "area": ""},
        {"name": 5, "kind": "office", "area": ""},
        [],
    ],
)
def test_a_unit_that_cannot_be_is_refused(signed_in, bring, told):
    plan_import = bring()
    units = Unit.objects.count()

    answer = signed_in.post(
        reverse("plans:new_unit", args=[plan_import.uuid]),
        json.dumps(told),
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert Unit.objects.count() == units


def test_somebody_who_does_not_keep_the_registry_makes_no_unit_here(client, bring, departments):
    plan_import = bring()
    approver = make_user(Role.APPROVER, unit=departments["culture"])
    assert not rights_of(approver.person, on=NOON.date()).may(Permission.REGISTRY_CHANGE)
    client.force_login(approver)

    client.post(
        reverse("plans:new_unit", args=[plan_import.uuid]),
        json.dumps({"name": "x", "kind": "office", "area": ""}),
        content_type="application/json",
    )

    assert not Unit.objects.filter(label="x").exists()


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_words_of_a_plan_are_never_markup(signed_in, bring, planner, departments):
    text = PLAN.replace("Biên soạn tờ gấp giới thiệu sáu chợ phiên", f"Biên soạn {EVIL}").replace(
        "năm 2026\n", f"năm 2026 {EVIL}\n", 1
    )
    plan_import = bring(text, name=f"{EVIL}.txt")
    review.keep_names_as_written(plan_import=plan_import, seen=0, by=planner, at=NOON)
    pages = [reverse("plans:review", args=[plan_import.uuid]), reverse("plans:bring"), "/admin/"]
    answers = [signed_in.get(page).content.decode() for page in pages]
    state = signed_in.get(reverse("plans:state", args=[plan_import.uuid]))
    assert state["Content-Type"] == "application/json"
    plan = accepting.accept(plan_import=plan_import, by=planner, at=NOON)
    answers += [signed_in.get(page).content.decode() for page in pages_of(plan)]

    assert any("&lt;script&gt;" in answer for answer in answers)
    assert [
        answer for answer in answers if "<script>alert" in answer or "<img src=x" in answer
    ] == []


def workbook_of(client, address):
    answer = client.get(address, {"export": "xlsx"})
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_a_title_that_looks_like_a_formula_stays_words_in_a_spreadsheet(signed_in, accepted):
    Task.objects.filter(path="II.1").update(title='=HYPERLINK("http://x.example";"bấm")')
    Plan.objects.update(title="+84 kế hoạch")

    book = workbook_of(signed_in, reverse("plans:tasks"))
    cells = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row}

    assert cells['=HYPERLINK("http://x.example";"bấm")'] == "s"
    assert cells["+84 kế hoạch"] == "s"


def test_a_spreadsheet_holds_every_task_with_words_and_days(signed_in, accepted):
    more_tasks(accepted, 1200)
    Task.objects.filter(path="III.7").update(
        title="Việc\u00a0thứ bảy <b>&_x0041_\x0b", starts_on=date(2026, 1, 31)
    )

    sheet = workbook_of(signed_in, reverse("plans:table", args=[accepted.uuid])).active
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}

    assert len(rows) == accepted.tasks.count() > 1200
    assert rows["III.7"][1] == "Việc\u00a0thứ bảy <b>&_x005F_x0041_"  # Excel shows _x0041_
    assert rows["III.7"][2] == rows["III.7"][3] == Unit.objects.first().label
    assert rows["III.7"][5].date() == date(2026, 1, 31)
    assert rows["III.7"][6].date() == date(2026, 12, 1)
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("tasks", [1, 3])
def test_a_spreadsheet_costs_the_same_for_one_and_for_three(
    signed_in, accepted, count_queries, tasks
):
    more_tasks(accepted, tasks)
    address = reverse("plans:tasks") + "?export=xlsx"

    with count_queries() as queries:
        assert b"".join(signed_in.get(address).streaming_content)
    assert len(queries) == 7


def upload(client, name, data, **more):
    return client.post(
        reverse("plans:bring"),
        {"file": SimpleUploadedFile(name, data)},
        headers={"accept": "application/json"},
        **more,
    )


def test_an_empty_file_is_refused_with_a_sentence_and_not_kept(signed_in):
    answer = upload(signed_in, "trong.docx", b"")

    assert answer.status_code == 400
    assert len(answer.json()["sentences"]) == 1
    assert not PlanImport.objects.exists()


def test_a_file_above_the_limit_is_refused_before_it_is_kept(signed_in, monkeypatch):
    from nhipcau.media.models import StoredFile

    monkeypatch.setattr("nhipcau.plans.forms.DEFAULT", type("Limits", (), {"bytes": 1_000_000}))
    answer = upload(signed_in, "lon.pdf", b"%PDF-1.7\n" + b"0" * 2_000_000)

    assert answer.status_code == 400
    assert "(3 MB; tối đa 1 MB)" in answer.json()["sentences"][0]  # rounded up
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_spreadsheet_named_docx_is_answered_in_the_readers_language(
    signed_in, departments, planner, language
):
    book = openpyxl.Workbook()
    kept = io.BytesIO()
    book.save(kept)
    address = upload(signed_in, "ke-hoach.docx", kept.getvalue()).json()["address"]
    plan_import = PlanImport.objects.get()
    read_plan.call(plan_import.pk)
    plan_import.refresh_from_db()
    assert plan_import.state == "refused"

    UserProfile.objects.create(user=planner.user, preferred_language=language)
    with translation.override(language):
        page = signed_in.get(address, headers={"accept-language": language}).content.decode()

    wanted, other = plan_import.refusal_vi, plan_import.refusal_en
    if language == "en":
        wanted, other = other, wanted
    assert wanted in page
    assert other not in page


def test_the_next_version_of_a_plan_is_proposed_and_the_next_years_is_not(bring, accepted, planner):
    later = bring(PLAN.replace("ngày 26 tháng 01", "ngày 30 tháng 01"), name="ban-ky.txt")
    next_year = bring(PLAN.replace("2026", "2027").replace("18/KH", "21/KH"), name="nam-sau.txt")

    assert likely_plan(later) == accepted
    assert likely_plan(next_year) is None


def test_comparing_marks_the_words_that_changed(signed_in, bring, accepted, planner):
    later = bring(PLAN.replace("sáu chợ phiên", "tám chợ phiên"), name="ban-ky.txt")
    signed_in.post(reverse("plans:set_plan", args=[later.uuid]), {"plan": accepted.pk})

    page = signed_in.get(reverse("plans:compare", args=[later.uuid])).content.decode()

    assert "<mark>sáu</mark>" in page
    assert "<mark>tám</mark>" in page
    assert page.count("<mark>") == 2


def test_comparing_shows_products_languages_and_points_that_changed(
    signed_in, bring, accepted, planner
):
    later = bring(PLAN.replace("01 tờ gấp song ngữ Việt - Trung", "03 tờ gấp song ngữ Việt - Lào"))
    signed_in.post(reverse("plans:set_plan", args=[later.uuid]), {"plan": accepted.pk})

    page = signed_in.get(reverse("plans:compare", args=[later.uuid])).content.decode()

    told = {match.new: match.change for match in comparison(later, accepted)}
    paths = {later.tasks.get(pk=key).path: change for key, change in told.items()}
    assert paths == {"II.1": "changed", "II.2": "same"}
    marks = set(re.findall("<mark>([^<]*)</mark>", page))
    assert marks >= {"01", "03", "(1", "(3", "Trung", "Lào"}


def test_the_same_words_in_another_file_change_nothing(bring, accepted):
    later = bring(f"{PLAN}\n\n", name="ban-khac.txt")

    assert {match.change for match in comparison(later, accepted)} == {"same"}


def test_the_state_of_a_review_is_all_that_the_page_draws(signed_in, bring):
    plan_import = bring()

    state = signed_in.get(reverse("plans:state", args=[plan_import.uuid])).json()

    assert [task["path"] for task in state["tasks"]] == [
        task.path for task in review_state(plan_import).tasks
    ]
    assert state["text"] == plan_import.text
    assert state["tasks"][1]["undecided"] in ([], [UNKNOWN])


def test_the_state_of_a_long_review_comes_in_parts(signed_in, bring, monkeypatch):
    monkeypatch.setattr(reviews, "TASKS_OF_AN_ANSWER", 1)
    plan_import = bring()
    whole = [task.path for task in plan_import.tasks.order_by("order", "pk")]
    address = reverse("plans:state", args=[plan_import.uuid])

    parts, after = [], 0
    while after is not None:
        part = signed_in.get(address, {"after": after}).json()
        parts.append(part)
        after = part["next"]

    assert [[task["path"] for task in part["tasks"]] for part in parts] == [[one] for one in whole]
    assert [part["seen"] for part in parts] == [0] * len(whole)
    assert ["text" in part for part in parts] == [True] + [False] * (len(whole) - 1)


@pytest.mark.parametrize("asked", ["", "-1", "x", "1e9", "9" * 30, "²", "0\0"])
def test_a_part_that_nobody_understands_is_the_first(signed_in, bring, asked):
    address = reverse("plans:state", args=[bring().uuid])

    assert signed_in.get(address, {"after": asked}).json() == signed_in.get(address).json()


def test_beyond_the_last_task_there_is_none(signed_in, bring):
    address = reverse("plans:state", args=[bring().uuid])

    part = signed_in.get(address, {"after": "999999999"}).json()

    assert part == {"seen": 0, "tasks": [], "next": None}
