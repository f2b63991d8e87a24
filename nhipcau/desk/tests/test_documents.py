"""Documents at the desk: found, read, corrected, bound, linked, and all of it taken back."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import translation

from nhipcau.audit.models import Entry
from nhipcau.desk.forms.days import RoughDayField, as_rough_day
from nhipcau.desk.forms.documents import DocumentForm
from nhipcau.desk.queries import documents as queries
from nhipcau.desk.tests.conftest import MOST_QUERIES
from nhipcau.people.tests.factories import AT, TEST
from nhipcau.registry.actions.document_links import link_documents
from nhipcau.registry.actions.documents import Particulars, cite_document, register_document
from nhipcau.registry.models import Document, DocumentLink

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
NOW = date(2026, 11, 21)
LIST = reverse("desk:documents")


def registered(number, **more):
    return register_document(
        particulars=Particulars(citation=number, **more), source="x", by=TEST, at=AT
    )


def linked(lower, upper, kind="basis", **more):
    return link_documents(from_document=lower, to_document=upper, kind=kind, by=TEST, at=AT, **more)


def found(**wanted):
    listed = queries.documents_listed(queries.DocumentFilter(**wanted), on=NOW)
    return [document.citation for document in listed]


def page_of(document):
    return reverse("desk:document", args=[document.uuid])


@pytest.fixture
def three():
    """A law of 2015 that was replaced, its successor, and a plan of a commune."""
    old = registered(
        "88/2012/NĐ-CP",
        title="Quy định về hoạt động báo chí",
        issuer="Chính phủ",
        issued_on=date(2012, 10, 23),
        in_force_from=date(2012, 12, 20),
    )
    new = registered(
        "262/2026/NĐ-CP",
        title="Quy định mới về báo chí",
        issuer="CHÍNH PHỦ",
        issued_on=date(2026, 5, 1),
        in_force_from=date(2026, 7, 1),
    )
    plan = registered(
        "07/KH-UBND",
        title="Thông tin đối ngoại xã Khe Sương",
        issuer="Ủy ban nhân dân xã Khe Sương",
        issued_on=date(2026, 2, 24),
    )
    linked(new, old, "replaces")
    linked(plan, new)
    return old, new, plan


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["262/2026/NĐ-CP", "07/KH-UBND", "88/2012/NĐ-CP"]),
        ({"words": "thong tin DOI ngoai"}, ["07/KH-UBND"]),
        ({"words": "262/2026"}, ["262/2026/NĐ-CP"]),
        ({"words": "khe suong"}, ["07/KH-UBND"]),
        ({"type": "NĐ"}, ["262/2026/NĐ-CP", "88/2012/NĐ-CP"]),
        ({"state": "replaced"}, ["88/2012/NĐ-CP"]),
        ({"state": "in_force"}, ["262/2026/NĐ-CP"]),
        ({"state": "unknown"}, ["07/KH-UBND"]),
        ({"issuer": "chinh phu"}, ["262/2026/NĐ-CP", "88/2012/NĐ-CP"]),
        ({"year": 2012}, ["88/2012/NĐ-CP"]),
        ({"year": 2026, "type": "KH"}, ["07/KH-UBND"]),
        ({"sort": "date"}, ["88/2012/NĐ-CP", "07/KH-UBND", "262/2026/NĐ-CP"]),
        ({"sort": "-number"}, ["88/2012/NĐ-CP", "262/2026/NĐ-CP", "07/KH-UBND"]),
        ({"sort": "'; drop", "words": "báo"}, ["262/2026/NĐ-CP", "88/2012/NĐ-CP"]),
        ({"issuer": "nobody"}, []),
    ],
)
@pytest.mark.usefixtures("three")
def test_documents_are_found_by_words_kind_state_issuer_and_year(wanted, expected):
    assert found(**wanted) == expected


@pytest.mark.usefixtures("three")
def test_what_is_only_cited_has_a_filter_of_its_own_and_no_state():
    cite_document(particulars=Particulars(citation="1/2030/TT-BTTT"), by=TEST, at=AT)

    assert found(state="cited") == ["1/2030/TT-BTTT"]
    assert "1/2030/TT-BTTT" not in found(state="unknown")


@pytest.mark.usefixtures("three")
def test_a_body_printed_in_two_ways_is_one_issuer():
    assert queries.issuers() == [
        ("chinh phu", "Chính phủ"),
        ("ubnd xa khe suong", "Ủy ban nhân dân xã Khe Sương"),
    ]
    assert queries.years() == [2026, 2012]


def test_filters_stand_in_the_address_and_the_form_shows_them(desk, three):
    page = desk.get(LIST, {"q": "bao chi", "type": "NĐ", "state": "replaced", "year": "2012"})

    (row,) = page.context["rows"]
    assert (row[0], row[1], row[2]) == (three[0], "replaced", [three[1]])
    text = page.content.decode()
    assert 'value="bao chi"' in text
    assert '<option value="NĐ" selected' in text
    assert '<option value="2012" selected' in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "XX"},
        {"state": "gone"},
        {"issuer": "nobody"},
        {"year": "zwanzig"},
        {"year": "99999999999999999999"},
        {"q": "x" * 300},
        {"p": "0"},
        {"p": "minus"},
        {"sort": "1; drop"},
    ],
)
@pytest.mark.usefixtures("three")
def test_a_filter_that_cannot_be_is_said_and_breaks_nothing(desk, wrong):
    assert desk.get(LIST, wrong).status_code == 200


def test_the_list_as_xlsx_holds_what_the_filter_holds(desk, three):
    answer = desk.get(LIST, {"export": "xlsx", "type": "NĐ"})

    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert [row[0] for row in rows[1:]] == ["262/2026/NĐ-CP", "88/2012/NĐ-CP"]
    assert rows[2][8] == "262/2026/NĐ-CP"
    assert rows[2][4] == "23/10/2012"


def test_an_empty_registry_says_where_documents_come_from(desk):
    assert "nhipcau registry load" in desk.get(LIST).content.decode()


def test_lists_and_pages_cost_the_same_for_one_and_for_many(desk, three, price):
    old, new, _plan = three
    addresses = [
        LIST,
        f"{LIST}?q=van+ban&type=KH&state=unknown&year=2026&sort=title",
        page_of(old),
        page_of(new),
    ]
    few = {address: price(desk, address) for address in addresses}
    for number in range(100, 180):
        linked(registered(f"{number}/KH-UBND", title="Văn bản", issued_on=NOW), new)

    many = {address: price(desk, address) for address in addresses}

    assert {a: n for a, n in many.items() if n > few[a] + 1} == {}
    assert {a: n for a, n in many.items() if n > MOST_QUERIES} == {}


def test_a_page_shows_the_links_of_both_sides_with_state_and_successor(desk, three):
    old, new, plan = three

    context = desk.get(page_of(new)).context
    assert [[n.document for n in rows] for _heading, rows in context["names"]] == [[old]]
    assert [n.document for _heading, rows in context["named_by"] for n in rows] == [plan]
    assert context["names"][0][1][0].state == "replaced"
    assert desk.get(page_of(old)).context["story"].successors == [new]
    assert len(context["graph"].drawing.boxes) == 3


def test_a_document_that_is_on_its_own_says_so(desk):
    alone = registered("1/2020/NĐ-CP")

    page = desk.get(page_of(alone))

    assert page.context["graph"] is None
    assert reverse("desk:link_document", args=[alone.uuid]) in page.content.decode()


SAID = {
    "citation": "15/2024/NĐ-CP",
    "type": "",
    "title": "Quy định mẫu",
    "issuer": "Chính phủ",
    "issuer_unit": "",
    "issued": "05/03/2024",
    "in_force_from": "2024-04-01",
    "in_force_to": "",
    "note": "",
}


def test_a_document_is_added_with_all_that_is_printed_on_it(desk, planner):
    answer = desk.post(reverse("desk:add_document"), SAID)

    made = Document.objects.get()
    assert answer["Location"] == page_of(made)
    assert (made.citation_key, made.type, made.issued_on, made.issued_precision) == (
        "15/2024/ND-CP",
        "NĐ",
        date(2024, 3, 5),
        "day",
    )
    assert made.in_force_from == date(2024, 4, 1)
    assert made.source == planner.person.full_name
    assert Entry.objects.get(event="registry.document.registered").by_key == (
        planner.person.actor_key
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"citation": "không phải số"}, "citation"),
        ({"citation": "x" * 121}, "citation"),
        ({"issued": "31/02/2024"}, "issued"),
        ({"issued": "hôm qua"}, "issued"),
        ({"in_force_from": "32/13/2024"}, "in_force_from"),
        ({"in_force_to": "2024-04-01"}, "in_force_to"),
        ({"issuer_unit": "999999"}, "issuer_unit"),
        ({"type": "XX"}, "type"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_kept(desk, wrong, field):
    answer = desk.post(reverse("desk:add_document"), SAID | wrong)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Document.objects.exists()


def test_a_document_on_record_is_not_added_twice(desk):
    desk.post(reverse("desk:add_document"), SAID)

    answer = desk.post(reverse("desk:add_document"), SAID)

    assert answer.status_code == 400
    assert "15/2024/NĐ-CP" in str(answer.context["form"].non_field_errors())
    assert Document.objects.count() == 1


def test_a_correction_is_made_and_taken_back_from_the_history(desk, three):
    old, _new, _plan = three
    form = DocumentForm(on=NOW, document=old)
    said = {name: form.get_initial_for_field(form.fields[name], name) or "" for name in form.fields}

    desk.post(reverse("desk:correct_document", args=[old.uuid]), said | {"title": "Tên sửa"})
    history = desk.get(page_of(old)).context["history"]
    assert Document.objects.get(pk=old.pk).title == "Tên sửa"
    assert [(line.entry.event, line.undo) for line in history][:1] == [
        ("registry.document.corrected", True)
    ]
    assert history[0].entry.after == {"title": "Tên sửa"}

    desk.post(reverse("desk:undo_document", args=[old.uuid, history[0].entry.pk]))
    assert Document.objects.get(pk=old.pk).title == "Quy định về hoạt động báo chí"


def test_saving_what_stands_there_already_is_no_correction(desk, three):
    for document in three:
        form = DocumentForm(on=NOW, document=document)
        said = {
            name: form.get_initial_for_field(form.fields[name], name) or "" for name in form.fields
        }
        desk.post(reverse("desk:correct_document", args=[document.uuid]), said)

    assert not Entry.objects.filter(event="registry.document.corrected").exists()


def test_a_link_is_looked_for_told_withdrawn_and_brought_back(desk, three):
    old, _new, plan = three
    address = reverse("desk:link_document", args=[plan.uuid])
    asked = {"way": "here-implements", "q": "bao chi", "provision": "Điều 3", "is_part": "on"}

    found_there = desk.get(address, asked).context["found"]
    desk.post(address, asked | {"document": str(old.uuid)})
    link = DocumentLink.objects.get(from_document=plan, to_document=old)
    assert old in found_there
    assert plan not in found_there
    assert (link.kind, link.provision, link.is_whole) == ("implements", "Điều 3", False)

    desk.post(reverse("desk:withdraw_link", args=[plan.uuid, link.pk]))
    assert not DocumentLink.objects.filter(pk=link.pk).exists()
    line = desk.get(page_of(plan)).context["history"][0]
    assert (line.entry.event, line.undo) == ("registry.documents.unlinked", True)
    desk.post(reverse("desk:undo_document", args=[plan.uuid, line.entry.pk]))
    assert DocumentLink.objects.filter(pk=link.pk).exists()


def test_a_link_from_the_other_side(desk, three):
    old, _new, plan = three

    desk.post(
        reverse("desk:link_document", args=[old.uuid]),
        {"way": "there-basis", "q": "x", "document": str(plan.uuid)},
    )

    assert DocumentLink.objects.filter(from_document=plan, to_document=old, kind="basis").exists()


@pytest.mark.parametrize("chosen", ["", "no uuid", "00000000-0000-4000-8000-000000000000"])
def test_a_link_to_nothing_is_not_found(desk, three, chosen):
    before = DocumentLink.objects.count()

    answer = desk.post(
        reverse("desk:link_document", args=[three[0].uuid]),
        {"way": "here-basis", "q": "x", "document": chosen},
    )

    assert answer.status_code == 404
    assert DocumentLink.objects.count() == before


def test_a_circle_is_refused_in_a_sentence(desk, three):
    old, new, _plan = three

    answer = desk.post(
        reverse("desk:link_document", args=[old.uuid]),
        {"way": "here-replaces", "q": "x", "document": str(new.uuid)},
        follow=True,
    )

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not DocumentLink.objects.filter(from_document=old).exists()


def test_a_placeholder_is_bound_leads_on_and_is_released(desk, three):
    _old, new, plan = three
    cited = cite_document(particulars=Particulars(citation="262/2026/NĐ-CPP"), by=TEST, at=AT)
    linked(plan, cited, "implements")
    address = reverse("desk:bind_document", args=[cited.uuid])

    assert new in desk.get(address).context["found"]
    desk.post(address, {"document": str(new.uuid)})
    assert desk.get(page_of(cited))["Location"] == page_of(new)
    page = desk.get(page_of(new))
    assert page.context["story"].stands_for == [cited]
    line = page.context["history"][0]
    assert (line.entry.event, line.undo) == ("registry.placeholder.bound", True)

    desk.post(reverse("desk:undo_document", args=[new.uuid, line.entry.pk]))
    assert desk.get(page_of(cited)).status_code == 200
    assert DocumentLink.objects.get(from_document=plan, kind="implements").to_document == cited


def test_the_paper_arrives_for_a_placeholder(desk, three):
    cited = cite_document(particulars=Particulars(title="Luật Báo chí"), by=TEST, at=AT)
    linked(three[2], cited)

    desk.post(
        reverse("desk:receive_document", args=[cited.uuid]),
        SAID | {"citation": "126/2025/QH15", "type": "L", "title": "Luật Báo chí"},
    )

    cited.refresh_from_db()
    assert (cited.is_placeholder, cited.citation) == (False, "126/2025/QH15")
    assert desk.get(reverse("desk:receive_document", args=[cited.uuid])).status_code == 404


def test_a_document_added_by_mistake_goes_again(desk, three):
    alone = registered("1/2020/NĐ-CP")

    desk.post(reverse("desk:take_off_document", args=[alone.uuid]))
    answer = desk.post(reverse("desk:take_off_document", args=[three[1].uuid]), follow=True)

    assert not Document.objects.filter(pk=alone.pk).exists()
    three[1].refresh_from_db()
    assert three[1].is_placeholder
    assert answer.redirect_chain[-1][0] == page_of(three[1])


def test_history_and_buttons_are_for_those_who_may_change(client, officer, three, desk):
    document = three[1]
    assert desk.get(page_of(document)).context["history"] != []
    client.force_login(officer)

    page = client.get(page_of(document))

    assert page.context["history"] == []
    assert reverse("desk:correct_document", args=[document.uuid]) not in page.content.decode()
    assert "</form>" not in page.content.decode().partition('class="nc-page"')[2]


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("12/02/2026", date(2026, 2, 12), "day"),
        ("1.2.2026", date(2026, 2, 1), "day"),
        (" 12 - 2 - 2026 ", date(2026, 2, 12), "day"),
        ("02/2026", date(2026, 2, 1), "month"),
        ("2026", date(2026, 1, 1), "year"),
    ],
)
def test_a_day_is_known_as_far_as_it_is_written(typed, day, precision):
    assert RoughDayField().clean(typed) == (day, precision)


@pytest.mark.parametrize(
    ("day", "precision", "shown"),
    [
        (date(2026, 2, 12), "day", "12/02/2026"),
        (date(2026, 2, 1), "month", "02/2026"),
        (date(2026, 1, 1), "year", "2026"),
        (None, "unknown", ""),
    ],
)
def test_a_day_is_shown_as_it_would_be_typed(day, precision, shown):
    assert as_rough_day(day, precision) == shown
    assert RoughDayField(required=False).clean(shown) == ((day, precision) if day else None)


def test_the_states_are_told_in_vietnamese(desk, three):
    with translation.override("vi"):
        text = desk.get(LIST, headers={"accept-language": "vi"}).content.decode()

    assert "Còn hiệu lực" in text
    assert "nay là" in text
