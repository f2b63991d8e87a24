"""The pages of works: what they show, who may do what, what they cost."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from nhipcau.kernel import paging
from nhipcau.people.enums import Reach, Role
from nhipcau.people.tests.factories import TEST, make_unit, make_user
from nhipcau.registry.models import Area
from nhipcau.translation.tests.factories import clear, make_language, make_version
from nhipcau.works.actions import assign, load_lists, note_cost, trash_work
from nhipcau.works.models import (
    CostLine,
    Permit,
    PrintRun,
    Programme,
    SpendingItem,
    Topic,
    Work,
)
from nhipcau.works.queries import WorkFilter, works_listed
from nhipcau.works.tests.factories import make_task, make_work

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
NOW = timezone.now()


@pytest.fixture
def unit():
    return make_unit("UBND xã Nà Chương")


@pytest.fixture
def author(unit, client):
    """An author of the unit, signed in."""
    user = make_user(Role.AUTHOR, unit=unit, full_name="Hoàng Văn Tác")
    client.force_login(user)
    return user


def page(client, name, work=None, status=200, **query):
    answer = client.get(reverse(f"works:{name}", args=[work.subject.uuid] if work else []), query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, work, **fields):
    return client.post(reverse(f"works:{name}", args=[work.subject.uuid]), fields)


def is_sent_away(answer):
    """Wagtail's desk leads whoever may not to the first page."""
    return answer.status_code == 302 and answer["Location"] == "/admin/"


def test_the_matrix_shows_each_language_with_its_letter(client, author, unit):
    work = make_work(by=author.person, unit=unit, title="Tờ rơi cửa khẩu")
    source = work.subject.versions.get()
    clear(source)
    make_version(subject=work.subject, tag="en", title="Leaflet", source=source)

    shown = page(client, "index")

    assert "Tờ rơi cửa khẩu" in shown
    assert "mark-approved" in shown
    assert "mark-draft" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "to roi"}, True),
        ({"q": "tờ gấp"}, False),
        ({"kind": "leaflet"}, True),
        ({"kind": "news"}, False),
        ({"state": "draft"}, True),
        ({"state": "approved"}, False),
        ({"state": "public"}, False),
        ({"state": "out_of_date"}, False),
        ({"overdue": "on"}, True),
        ({"mine": "on"}, True),
        ({"unit": "999999"}, False),
        ({"task": "00000000-0000-4000-8000-000000000000"}, False),
        ({"unit": "không"}, True),
    ],
)
def test_the_address_narrows_the_matrix(client, author, unit, query, found):
    work = make_work(by=author.person, unit=unit, title="Tờ rơi cửa khẩu")
    Work.objects.filter(pk=work.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    assert ("Tờ rơi cửa khẩu" in page(client, "index", **query)) is found


def test_a_language_that_is_missing_can_be_asked_for(client, author, unit):
    make_work(by=author.person, unit=unit, title="Chỉ tiếng Việt")
    english = make_language("en")

    assert "Chỉ tiếng Việt" in page(client, "index", language=english.pk, state="missing")
    assert "Chỉ tiếng Việt" not in page(client, "index", language=english.pk)


def test_the_matrix_costs_the_same_for_one_work_and_for_three(
    client, author, unit, django_assert_max_num_queries
):
    counts = []
    for number in (1, 2):
        for _turn in range(number):
            work = make_work(by=author.person, unit=unit)
            clear(work.subject.versions.get())
            make_version(subject=work.subject, tag="en", source=work.subject.versions.get())
        page(client, "index")
        with django_assert_max_num_queries(15) as captured:
            page(client, "index")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_matrix_as_a_workbook(client, author, unit):
    make_work(by=author.person, unit=unit, title="=1+1")

    answer = client.get(reverse("works:index"), {"export": "xlsx"})

    rows = list(
        load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(
            values_only=True
        )
    )
    assert len(rows) == 2
    assert rows[1][0] == "=1+1"


def test_an_empty_house_teaches_how_to_begin(client, author):
    assert reverse("works:start") in page(client, "index")


def test_a_work_begins_for_a_task_and_in_a_unit_of_ones_own(client, author, unit):
    task = make_task()
    vi = make_language("vi")
    other = make_unit("Sở khác")
    address = reverse("works:start_kind", args=["leaflet"])
    assert f"{address}?task={task.uuid}" in page(client, "start", task=task.uuid)

    refused = client.post(address, {"title": "Lạ", "unit": other.pk, "language": vi.pk})
    begun = client.post(
        address,
        {"title": "Tờ rơi", "unit": unit.pk, "language": vi.pk, "task": str(task.uuid)},
    )

    assert refused.status_code == 400
    work = Work.objects.get()
    assert begun.status_code == 302
    assert (work.unit, list(work.tasks.all())) == (unit, [task])


def test_a_language_that_is_only_spoken_asks_for_a_vietnamese_title(client, author, unit):
    dao = make_language("ium", mode="audio_only")
    address = reverse("works:start_kind", args=["bulletin"])
    given = {"title": "Bản tin", "unit": unit.pk, "language": dao.pk}

    assert client.post(address, given).status_code == 400
    assert client.post(address, {**given, "title_vi": "Bản tin xã"}).status_code == 302
    assert Work.objects.get().subject.versions.get().mode == "spoken"


def test_the_page_of_a_work_tells_whose_it_is_and_who_has_it(client, author, unit):
    task = make_task(title="Biên soạn tờ rơi")
    work = make_work(by=author.person, unit=unit, tasks=[task], title="Tờ rơi")
    assign(work=work, to=author.person, by=author.person, at=NOW, words="Xem lại đoạn hai.")

    shown = page(client, "work", work)

    for words in ("Biên soạn tờ rơi", "Hoàng Văn Tác", "Xem lại đoạn hai.", "UBND xã Nà Chương"):
        assert words in shown


def test_the_page_of_a_work_costs_fifteen_queries_however_much_stands_on_it(
    client, author, unit, django_assert_max_num_queries
):
    load_lists(by=TEST, at=NOW)
    work = make_work(
        by=author.person, unit=unit, tasks=[make_task()], topics=Topic.objects.all()[:2]
    )
    work.areas.set(Area.objects.bulk_create(
        [Area(key=name, kind="commune", label=name, valid_from=NOW.date()) for name in ("B", "A")]
    ))  # fmt: skip
    work.programmes.set([Programme.objects.create(key="vung-bien", name="Vùng biên")])
    item = SpendingItem.objects.first()
    for state, amount in (("spent", 1_000_000), ("spent", 500_000), ("estimated", 7)):
        note_cost(
            work=work, item=item, amount=amount, origin="local", state=state, by=author.person,
            at=NOW,
        )  # fmt: skip
    permit = Permit.objects.create(
        work=work, number="12/GP", issuer="Sở VHTTDL", issued_on=date(2026, 3, 2)
    )
    PrintRun.objects.create(
        work=work, permit=permit, printer="Nhà in Lạng Sơn", ordered=900, printed_on=NOW.date()
    )
    clear(work.subject.versions.get())
    make_version(subject=work.subject, tag="en", source=work.subject.versions.get())
    page(client, "work", work)

    with django_assert_max_num_queries(15):
        shown = page(client, "work", work)

    for told in (
        *(str(topic) for topic in work.topics.all()), "A, B", str(work.programmes.get()),
        "1.500.000", "12/GP", "Sở VHTTDL, 02/03/2026", "Nhà in Lạng Sơn", "900",
    ):  # fmt: skip
        assert told in shown, told
    with django_assert_max_num_queries(15):
        page(client, "about", work)


def test_the_longest_title_in_any_script_is_kept_and_found(client, author, unit):
    longest = "".join(chr(0x20000 + 37 * number) for number in range(300))  # four bytes each
    work = make_work(by=author.person, unit=unit, title=longest, title_vi=longest[::-1])

    assert longest[:40] in page(client, "index", q=longest[:20])
    assert Work.objects.get(pk=work.pk).folded.startswith(longest)


@pytest.mark.parametrize("name", ["about", "money", "hand_on"])
def test_whoever_writes_elsewhere_changes_nothing_here(client, author, name):
    work = make_work(unit=make_unit("Sở khác"))

    assert is_sent_away(client.get(reverse(f"works:{name}", args=[work.subject.uuid])))
    assert is_sent_away(post(client, "put_away", work))
    assert not Work.objects.get().is_in_trash


def test_what_is_asked_of_a_work_can_be_changed(client, author, unit):
    load_lists(by=TEST, at=NOW)
    task = make_task()
    work = make_work(by=author.person, unit=unit, tasks=[task], kind="leaflet")
    topic = work.topics.model.objects.get(key="image/tourism")

    assert 'name="expires_on"' not in page(client, "about", work)
    answer = post(
        client, "about", work,
        kind="news", due_on="2026-12-24", audiences="visitors", topics=topic.pk, tasks=task.pk,
    )  # fmt: skip

    work.refresh_from_db()
    assert answer.status_code == 302
    assert (work.kind, work.due_on, work.audiences) == ("news", date(2026, 12, 24), ["visitors"])
    assert list(work.topics.all()) == [topic]
    assert list(work.tasks.all()) == [task]
    assert 'name="expires_on"' in page(client, "about", work)


def test_what_many_works_share_is_offered_once(client, author, unit):
    load_lists(by=TEST, at=NOW)
    works = [make_work(by=author.person, unit=unit, title=f"Chợ {number}") for number in range(3)]
    shared, gone = works[0].topics.model.objects.order_by("pk")[:2]
    for work in works:
        work.topics.set([shared, gone])
    type(gone).objects.filter(pk=gone.pk).update(valid_to=date(2020, 1, 1))

    offered = re.findall(r'name="topics" value="(\d+)"', page(client, "about", works[0]))

    assert len(offered) == len(set(offered)) == type(gone).objects.count()


def test_a_translation_is_added_from_the_approved_text(client, author, unit):
    work = make_work(by=author.person, unit=unit)
    source = work.subject.versions.get()
    english = make_language("en")
    given = {"language": english.pk, "mode": "written", "source": source.pk}
    assert post(client, "add_language", work, **given).status_code == 400
    clear(source)

    assert post(client, "add_language", work, **given).status_code == 302

    version = work.subject.versions.get(language=english)
    assert (version.source, version.made_from) == (source, source.approved_revision)


def test_a_translator_adds_translations_alone(client, unit):
    work = make_work(unit=unit)
    clear(work.subject.versions.get())
    client.force_login(make_user(Role.TRANSLATOR, unit=unit))
    given = {"language": make_language("en").pk, "mode": "written"}

    assert post(client, "add_language", work, **given).status_code == 400
    source = work.subject.versions.get()
    assert post(client, "add_language", work, **given, source=source.pk).status_code == 302


def test_a_work_is_handed_on_with_a_word_and_a_day(client, author, unit):
    work = make_work(by=author.person, unit=unit)
    colleague = make_user(Role.APPROVER, unit=unit, full_name="Lê Văn Duyệt").person

    answer = post(
        client, "hand_on", work, to=colleague.pk, due_on="2026-12-24", words="Anh xem giúp."
    )

    work.refresh_from_db()
    assert answer.status_code == 302
    assert (work.assignee, work.due_on) == (colleague, date(2026, 12, 24))


def test_a_sum_is_noted_moved_on_and_taken_back(client, author, unit):
    load_lists(by=TEST, at=NOW)
    work = make_work(by=author.person, unit=unit)
    item = SpendingItem.objects.first()
    given = {"cost-item": item.pk, "cost-amount": "1500000", "cost-origin": "local"}

    assert post(client, "money", work, act="cost", **given).status_code == 400
    post(client, "money", work, act="cost", **{**given, "cost-state": "estimated"})
    line = CostLine.objects.get()
    post(client, "money", work, act="state", line=line.pk, state="spent")
    assert "1.500.000" in page(client, "work", work)
    line.refresh_from_db()
    assert line.state == "spent"
    post(client, "money", work, act="state", line=line.pk, state="stolen")
    line.refresh_from_db()
    assert line.state == "spent"
    post(client, "money", work, act="drop", line=line.pk)

    assert not CostLine.objects.exists()


def test_permits_and_print_runs_are_asked_of_printed_matter_alone(client, author, unit):
    leaflet = make_work(by=author.person, unit=unit, kind="leaflet")
    news = make_work(by=author.person, unit=unit, kind="news")
    permit = {"permit-number": "12/GP", "permit-issuer": "Sở", "permit-issued_on": "2026-01-05"}

    assert post(client, "money", leaflet, act="permit", **permit).status_code == 302
    assert post(client, "money", news, act="permit", **permit).status_code == 400
    run = {"run-printer": "Nhà in", "run-ordered": "100", "run-permit": leaflet.permits.get().pk}
    assert post(client, "money", leaflet, act="print_run", **run).status_code == 302

    assert leaflet.print_runs.get().ordered == 100
    assert not news.permits.exists()


def test_a_copy_belongs_to_the_unit_of_whoever_makes_it(client, author, unit):
    work = make_work(unit=make_unit("Sở khác"), title="Mẫu")

    answer = post(client, "duplicate", work, unit=unit.pk)

    assert answer.status_code == 302
    assert Work.objects.exclude(pk=work.pk).get().unit == unit


def test_the_trash_has_a_page_of_its_own_and_a_way_back(client, author, unit):
    work = make_work(by=author.person, unit=unit, title="Bỏ nhầm")
    post(client, "put_away", work)
    assert "Bỏ nhầm" not in page(client, "index", q="bo nham").partition("<tbody>")[2]
    assert "Bỏ nhầm" in page(client, "trash")

    post(client, "put_away", work, restore="1")

    assert not Work.objects.get().is_in_trash
    assert "Bỏ nhầm" in page(client, "index")


def test_a_task_shows_its_works_and_their_money(
    client, author, unit, django_assert_max_num_queries
):
    load_lists(by=TEST, at=NOW)
    task = make_task()
    work = make_work(by=author.person, unit=unit, tasks=[task], title="Tờ rơi cho nhiệm vụ")
    for amount in (1_000_000, 500_000):
        note_cost(
            work=work, item=SpendingItem.objects.first(), amount=amount, origin="local",
            state="spent", by=author.person, at=NOW,
        )  # fmt: skip
    gone = make_work(by=author.person, unit=unit, tasks=[task], title="Đã bỏ")
    trash_work(work=gone, by=author.person, at=NOW)
    client.get(reverse("plans:task", args=[task.uuid]))

    with django_assert_max_num_queries(20):
        shown = client.get(reverse("plans:task", args=[task.uuid])).content.decode()

    assert "Tờ rơi cho nhiệm vụ" in shown
    assert "Đã bỏ" not in shown
    assert "1.500.000" in shown
    assert f"{reverse('works:start')}?task={task.uuid}" in shown


def test_rooms_above_add_panels_to_the_page_of_a_work(client, author, unit, settings):
    settings.WORK_PANELS = [f"{__name__}.a_panel", f"{__name__}.nothing"]
    work = make_work(by=author.person, unit=unit, title="Có phần thêm")

    assert "panel for Có phần thêm" in page(client, "work", work)


def a_panel(request, work):
    return f"panel for {work}"


def nothing(request, work):
    return ""


def test_a_reader_of_the_whole_house_sees_and_changes_nothing(client):
    work = make_work(title="Ai cũng xem được")
    client.force_login(make_user(Role.OPERATOR, reach=Reach.HOUSE))

    assert "Ai cũng xem được" in page(client, "index")
    page(client, "work", work)
    for name in ("about", "money", "duplicate", "hand_on", "add_language"):
        assert is_sent_away(client.get(reverse(f"works:{name}", args=[work.subject.uuid])))
    assert is_sent_away(client.get(reverse("works:start")))


def test_a_deep_page_is_the_same_page_and_little_is_not_counted(
    unit, monkeypatch, django_assert_num_queries
):
    for number in range(7):
        make_work(unit=unit, title=f"Tin {number}")
    works = works_listed(WorkFilter(sort="title"), on=NOW.date(), at=NOW)
    plain = [work.title for work in Paginator(works, 2).page(3)]

    monkeypatch.setattr(paging, "DEEP", 4)
    pages = paging.LongPaginator(works, 2)
    with django_assert_num_queries(5):  # the first keys, how many, their keys, the rows twice
        deep = [work.title for work in pages.page(3)]

    assert deep == plain == ["Tin 4", "Tin 5"]
    assert [work.title for work in pages.page(1)] == ["Tin 0", "Tin 1"]
    few = paging.LongPaginator(works_listed(WorkFilter(words="tin 6"), on=NOW.date(), at=NOW), 2)
    with django_assert_num_queries(3):  # the keys, which are counted, and the rows twice
        assert [work.title for work in few.get_page(9)] == ["Tin 6"]
    with django_assert_num_queries(3):
        counted = paging.LongPaginator(works, 2, total=7).page(4)
        assert [work.title for work in counted] == ["Tin 6"]
    with django_assert_num_queries(3):  # the first keys with how many there are, the rows twice
        whole = paging.LongPaginator(works, 2, is_found_whole=True)
        assert [work.title for work in whole.page(2)] == ["Tin 2", "Tin 3"]
        assert (whole.count, whole.num_pages) == (7, 4)
    assert [work.title for work in whole.page(4)] == ["Tin 6"]
    nothing = works_listed(WorkFilter(words="khong co"), on=NOW.date(), at=NOW)
    assert list(paging.LongPaginator(nothing, 2, is_found_whole=True).get_page(1)) == []
