"""Recording a change of units at the desk: told, looked at, recorded, taken back."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from nhipcau.audit.models import Entry
from nhipcau.desk.queries import my_work
from nhipcau.desk.tests.conftest import MOST_QUERIES
from nhipcau.people.enums import Role
from nhipcau.people.models import Charge, Delegation, Membership
from nhipcau.people.queries import rights_of
from nhipcau.people.tests.factories import AT, TEST, make_user
from nhipcau.plans.models import Party
from nhipcau.publishing.models import Route
from nhipcau.registry.actions.documents import Particulars, register_document
from nhipcau.registry.actions.groups import create_group
from nhipcau.registry.actions.names import give_code
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.imports.unit_workbook import write_units
from nhipcau.registry.models import Unit, UnitChange
from nhipcau.registry.queries.units import unit_successors
from nhipcau.works.tests.factories import make_task

pytestmark = [pytest.mark.django_db, pytest.mark.pages]
JULY = date(2026, 7, 1)


@pytest.fixture
def decree(db):
    return register_document(
        particulars=Particulars(
            citation="12/NQ-HĐND", title="Về sắp xếp các cơ quan", issuer="HĐND tỉnh"
        ),
        source="test",
        by=TEST,
        at=AT,
    )


@pytest.fixture
def make():
    def made(name, **values):
        values = {"kind": "department", "key": name, **values}
        return create_unit(name=name, by=TEST, at=AT, **values)

    return made


@pytest.fixture
def tell(desk):
    """Fill the form in as a person does: look first, then record what was looked at."""

    def told(unit, kind, *, client=desk, **typed):
        address = reverse("desk:change_unit", args=[unit.uuid, kind])
        typed = {"on": "2026-07-01", "document": "12/NQ-HĐND", **typed}
        seen = client.post(address, typed)
        if seen.status_code == 400:
            return seen, None
        assert not UnitChange.objects.exists()
        done = client.post(address, {**typed, "looked_at": seen.context["digest"]})
        return seen, done

    return told


def test_a_renaming_is_looked_at_and_then_recorded_with_its_document(tell, make, decree):
    unit = make("Sở Thông tin và Truyền thông")

    seen, done = tell(unit, "rename", new_name="Sở Khoa học và Công nghệ")

    assert seen.context["told"][0] == (
        "Từ ngày 01/07/2026, “Sở Thông tin và Truyền thông” có tên là “Sở Khoa học và Công nghệ”."
    )
    assert done.status_code == 302
    unit.refresh_from_db()
    assert unit.label == "Sở Khoa học và Công nghệ"
    assert list(unit.names.order_by("pk").values_list("text", "valid_to")) == [
        ("Sở Thông tin và Truyền thông", JULY),
        ("Sở Khoa học và Công nghệ", None),
    ]
    change = UnitChange.objects.get()
    assert (change.document, change.on) == (decree, JULY)
    assert Entry.objects.filter(event="registry.units.rename").count() == 1


def test_a_merger_into_a_new_unit_tells_what_becomes_of_codes_groups_and_people(
    client, tell, make, decree
):
    culture, tourism = make("Sở Văn hóa"), make("Sở Du lịch")
    give_code(to=tourism, code="H37.11", valid_from=None, by=TEST, at=AT)
    create_group(key="so", name="Các sở", unit_kind="department", by=TEST, at=AT)
    office = make("Văn phòng UBND tỉnh", kind="office")
    operator = make_user(Role.OPERATOR, unit=office)
    officer = make_user(Role.UNIT_OFFICER, unit=tourism)
    client.force_login(operator)

    seen, done = tell(
        culture,
        "merge",
        client=client,
        partners=["sở du lịch", ""],
        new_name="Sở Văn hóa, Thể thao và Du lịch",
        carry="on",
    )

    told = "\n".join(seen.context["told"])
    assert "“Sở Văn hóa, Thể thao và Du lịch” kế tục “Sở Du lịch” và “Sở Văn hóa”" in told
    assert "Mã định danh điện tử H37.11 của “Sở Du lịch” hết hiệu lực" in told
    assert "“Sở Du lịch” không còn thuộc “Các sở”." in told
    assert "1 người giữ vai trò ở “Sở Du lịch”; các vai trò này kết thúc cùng đơn vị." in told
    assert "1 vai trò được giao ở đơn vị kế tục" in told
    assert done.status_code == 302
    (heir,) = unit_successors(tourism, as_of=JULY)
    assert (heir.label, heir.valid_from) == ("Sở Văn hóa, Thể thao và Du lịch", JULY)
    rights = rights_of(officer.person, on=JULY)
    assert heir.pk in rights.units_in_order
    assert tourism.pk not in rights.units_in_order


@pytest.mark.parametrize(
    "case",
    [
        ("dissolve", {}, "chỉ dành riêng cho “Sở Du lịch”."),
        ("merge", {"result": "Sở Văn hóa"}, "đơn vị kế tục theo quy trình chung"),
    ],
)
@pytest.mark.usefixtures("decree")
def test_who_is_in_charge_delegations_and_routes_are_named_beforehand(tell, make, case):
    kind, typed, route_said = case
    tourism, culture = make("Sở Du lịch"), make("Sở Văn hóa")
    giver, taker = (make_user(Role.UNIT_OFFICER, unit=tourism).person for _each in range(2))
    today = timezone.localdate()
    for unit in (tourism, culture):
        Charge.objects.create(person=giver, unit=unit, valid_from=today)
        Delegation.objects.create(
            giver=giver, taker=taker, unit=unit, valid_from=today, valid_to=date(2031, 2, 1)
        )
        Route.objects.create(name=f"Riêng {unit}", unit=unit, valid_from=today)
    Charge.objects.create(
        person=taker, unit=tourism, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )

    seen, _done = tell(tourism, kind, **typed)

    told = seen.context["told"]
    (charge,) = (line for line in told if line.startswith("Người phụ trách"))
    assert f"“Sở Du lịch”: {giver.full_name}." in charge
    (delegated,) = (line for line in told if "ủy quyền" in line)
    assert f"cho {taker.full_name} đến hết ngày 31/01/2031" in delegated
    (route,) = (line for line in told if "Quy trình duyệt" in line)
    assert "Riêng Sở Du lịch" in route
    assert route_said in route


def test_a_merger_into_a_standing_unit_leaves_that_one(tell, make, decree):
    culture, tourism = make("Sở Văn hóa"), make("Sở Du lịch")

    _seen, done = tell(tourism, "merge", result="Sở Văn hóa")

    assert done.status_code == 302
    tourism.refresh_from_db()
    culture.refresh_from_db()
    assert (tourism.valid_to, culture.valid_to) == (JULY, None)


def test_a_split_makes_new_units_in_the_place_of_one(tell, make, decree):
    unit = make("Sở Văn hóa và Du lịch")

    _seen, done = tell(unit, "split", new_names=["Sở Văn hóa", "Sở Du lịch"])

    assert done.status_code == 302
    heirs = [heir.label for heir in unit_successors(unit, as_of=JULY)]
    assert heirs == ["Sở Du lịch", "Sở Văn hóa"]


def test_a_dissolution_says_that_nobody_follows(tell, make, decree):
    unit = make("Ban Dân tộc")

    seen, done = tell(unit, "dissolve")

    assert "không có đơn vị nào kế tục" in seen.context["told"][0]
    assert done.status_code == 302
    assert unit_successors(unit, as_of=JULY) == []


def test_a_function_is_transferred_without_its_unit(tell, make, decree):
    giver, taker = make("Sở Thông tin"), make("Sở Văn hóa")

    _seen, done = tell(
        giver, "transfer_function", function="Quản lý báo chí", takers=["Sở Văn hóa"]
    )

    assert done.status_code == 302
    assert unit_successors(giver, as_of=JULY) == [giver]
    assert unit_successors(giver, as_of=JULY, function="báo chí") == [taker]


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("rename", {"new_name": "X", "document": ""}, "Hãy nêu văn bản"),
        ("rename", {"new_name": "X", "document": "99/QĐ-UBND"}, "Chưa có văn bản nào mang số"),
        ("rename", {"new_name": "X", "document": "<script>"}, "Chưa có văn bản nào mang số"),
        ("rename", {"new_name": "X", "on": "hôm qua"}, "hợp lệ"),
        (
            "merge",
            {"partners": ["Sở Không Có"], "new_name": "X"},
            "Hãy chọn một đơn vị trong danh sách",
        ),
        ("merge", {"partners": ["Sở Du lịch"]}, "Hãy nêu một đơn vị tiếp tục"),
        ("split", {"new_names": ["Chỉ một"]}, "ít nhất hai"),
        ("transfer_function", {"function": "X", "takers": ["Sở Văn hóa"]}, "bên giao"),
        ("dissolve", {"on": "2020-01-01"}, "kết thúc đúng vào ngày bắt đầu"),
        ("dissolve", {"on": "2019-01-01"}, "sau ngày"),
    ],
)
@pytest.mark.usefixtures("decree")
def test_what_cannot_have_been_is_refused_in_a_sentence(tell, make, kind, typed, sentence):
    unit = make("Sở Văn hóa", valid_from=date(2020, 1, 1))
    make("Sở Du lịch")
    lines = Entry.objects.count()

    seen, done = tell(unit, kind, **typed)

    assert done is None
    assert sentence in seen.content.decode()
    assert not UnitChange.objects.exists()
    assert Entry.objects.count() == lines


def test_two_units_of_one_name_are_asked_about_and_found_by_their_key(tell, make, decree):
    unit = make("Sở Du lịch")
    make("Trung tâm Văn hóa", key="ttvh-a")
    other = make("Trung tâm Văn hóa", key="ttvh-b")

    seen, done = tell(unit, "merge", result="Trung tâm Văn hóa")
    assert done is None
    assert "Hãy chọn một đơn vị trong danh sách" in seen.content.decode()
    assert [choice.words for choice in seen.context["form"].offered if choice.key == other.pk] == [
        "Trung tâm Văn hóa · ttvh-b"
    ]

    tell(unit, "merge", result="Trung tâm Văn hóa · ttvh-b")
    assert unit_successors(unit, as_of=JULY) == [other]


def test_what_was_typed_anew_is_looked_at_anew(desk, make, decree):
    unit = make("Sở Du lịch")
    address = reverse("desk:change_unit", args=[unit.uuid, "rename"])
    typed = {"on": "2026-07-01", "document": "12/NQ-HĐND", "new_name": "Sở A"}
    digest = desk.post(address, typed).context["digest"]

    again = desk.post(address, {**typed, "new_name": "Sở B", "looked_at": digest})

    assert "Sở B" in again.context["told"][0]
    assert not UnitChange.objects.exists()


def test_the_only_operators_unit_is_not_ended(client, tell, make, decree):
    office = make("Văn phòng UBND tỉnh", kind="office")
    operator = make_user(Role.OPERATOR, unit=office)
    client.force_login(operator)

    seen, done = tell(office, "dissolve", client=client)

    assert done is None
    assert "không còn ai giao được vai trò" in seen.content.decode()
    office.refresh_from_db()
    assert office.valid_to is None


def test_who_may_not_manage_people_is_not_offered_to_carry_roles(desk, make, decree):
    unit = make("Sở Du lịch")

    page = desk.get(reverse("desk:change_unit", args=[unit.uuid, "merge"]))

    assert "carry" not in page.context["form"].fields


def test_a_change_that_was_recorded_wrongly_is_taken_back(desk, tell, make, decree):
    culture, tourism = make("Sở Văn hóa"), make("Sở Du lịch")
    give_code(to=tourism, code="H37.11", valid_from=None, by=TEST, at=AT)
    tell(tourism, "merge", partners=["Sở Văn hóa"], new_name="Sở Mới")
    change = UnitChange.objects.get()

    done = desk.post(reverse("desk:take_back_unit_change", args=[tourism.uuid, change.pk]))

    assert done.status_code == 302
    assert not UnitChange.objects.exists()
    assert not Unit.objects.filter(label="Sở Mới").exists()
    for unit in (culture, tourism):
        unit.refresh_from_db()
        assert unit.valid_to is None
        assert unit.names.get().valid_to is None
    assert tourism.codes.get().valid_to is None
    assert Entry.objects.latest("pk").event == "registry.units.taken_back"


def test_a_renaming_that_was_wrong_gives_the_old_name_back(desk, tell, make, decree):
    unit = make("Sở Du lịch")
    tell(unit, "rename", new_name="Sở Sai")

    desk.post(reverse("desk:take_back_unit_change", args=[unit.uuid, UnitChange.objects.get().pk]))

    unit.refresh_from_db()
    assert unit.label == unit.names.get().text == "Sở Du lịch"


def test_a_change_on_which_another_builds_is_not_taken_back_first(desk, tell, make, decree):
    unit = make("Sở Du lịch")
    tell(unit, "rename", new_name="Sở A")
    first = UnitChange.objects.get()
    address = reverse("desk:change_unit", args=[unit.uuid, "dissolve"])
    typed = {"on": "2026-08-01", "document": "12/NQ-HĐND"}
    digest = desk.post(address, typed).context["digest"]
    desk.post(address, {**typed, "looked_at": digest})

    page = desk.post(reverse("desk:take_back_unit_change", args=[unit.uuid, first.pk]), follow=True)

    assert "hãy rút lại thay đổi đó trước" in page.content.decode()
    assert UnitChange.objects.count() == 2


def test_a_new_unit_to_which_roles_were_given_stays_when_its_change_is_taken_back(
    client, tell, make, decree
):
    culture, tourism = make("Sở Văn hóa"), make("Sở Du lịch")
    operator = make_user(Role.OPERATOR, unit=make("Văn phòng", kind="office"))
    officer = make_user(Role.UNIT_OFFICER, unit=tourism)
    client.force_login(operator)
    tell(culture, "merge", client=client, partners=["Sở Du lịch"], new_name="Sở M", carry="on")

    page = client.post(
        reverse("desk:take_back_unit_change", args=[culture.uuid, UnitChange.objects.get().pk]),
        follow=True,
    )

    assert "“Sở M” vẫn được lưu" in page.content.decode()
    assert Membership.objects.filter(person=officer.person).count() == 2


def test_the_page_of_a_unit_offers_to_record_a_change_to_who_may(desk, client, make, officer):
    unit = make("Sở Du lịch")
    address = reverse("desk:unit", args=[unit.uuid])
    assert "Ghi thay đổi" in desk.get(address).content.decode()
    assert desk.get(reverse("desk:change_unit_kinds", args=[unit.uuid])).status_code == 200
    assert desk.get(reverse("desk:change_unit", args=[unit.uuid, "nothing"])).status_code == 404

    client.force_login(officer)

    assert "Ghi thay đổi" not in client.get(address).content.decode()
    assert client.get(reverse("desk:change_unit", args=[unit.uuid, "rename"])).status_code == 302


def test_the_form_of_a_merger_costs_few_queries_however_many_units(desk, make, decree, price):
    units = [make(f"Sở {number}") for number in range(30)]

    assert price(desk, reverse("desk:change_unit", args=[units[0].uuid, "merge"])) <= MOST_QUERIES


def test_an_heir_finds_the_tasks_of_its_forebear_among_the_own_ones(make, decree, tell):
    tourism, heir = make("Sở Du lịch"), make("Sở Văn hóa")
    task = make_task()
    task.ends_on = timezone.localdate() + timedelta(days=5)
    task.save(update_fields=["ends_on"])
    Party.objects.create(task=task, role="lead", order=0, words="Sở Du lịch", unit=tourism)
    user = make_user(Role.UNIT_OFFICER, unit=heir)
    today = timezone.localdate()

    def to_do():
        rights = rights_of(user.person, on=today)
        work = my_work(rights=rights, person=user.person, on=today, at=timezone.now())
        return [each.pk for each in work.to_do.shown]

    assert to_do() == []
    seen, _done = tell(tourism, "merge", result="Sở Văn hóa")
    assert any(
        "1 nhiệm vụ chưa kết thúc nêu tên “Sở Du lịch”" in sentence
        for sentence in seen.context["told"]
    )
    assert to_do() == [task.pk]


def test_a_new_official_name_ends_the_one_before_and_is_taken_back(desk, make):
    unit = make("Sở Du lịch")
    address = reverse("desk:name_unit", args=[unit.uuid])

    done = desk.post(
        address, {"kind": "official", "text": "Sở Lữ hành", "valid_from": "2026-07-01"}
    )

    assert done.status_code == 302
    unit.refresh_from_db()
    assert unit.label == "Sở Lữ hành"
    assert unit.names.get(text="Sở Du lịch").valid_to == JULY
    new = unit.names.get(text="Sở Lữ hành")
    desk.post(reverse("desk:take_back_unit_name", args=[unit.uuid, new.pk]))
    unit.refresh_from_db()
    assert (unit.label, unit.names.get().valid_to) == ("Sở Du lịch", None)
    only = desk.post(
        reverse("desk:take_back_unit_name", args=[unit.uuid, unit.names.get().pk]), follow=True
    )
    assert "tên chính thức duy nhất" in only.content.decode()
    assert unit.names.count() == 1


@pytest.mark.parametrize("kind", ["short", "abbreviation", "former", "english"])
def test_a_further_name_stands_beside_the_official_one(desk, make, kind):
    unit = make("Sở Du lịch")
    address = reverse("desk:name_unit", args=[unit.uuid])
    typed = {"kind": kind, "text": "SDL", "valid_from": "2020-01-01", "valid_to": "2026-07-01"}

    assert desk.post(address, typed).status_code == 302
    again = desk.post(address, typed)

    assert again.status_code == 400
    assert "đã được ghi từ trước" in again.content.decode()
    assert unit.names.get(kind=kind).valid_to == JULY
    unit.refresh_from_db()
    assert unit.label == "Sở Du lịch"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "official", "text": "X"}, "mang tên này từ ngày nào"),
        ({"kind": "official", "text": "X", "valid_from": "2019-01-01"}, "phải bắt đầu sau"),
        (
            {"kind": "former", "text": "X", "valid_from": "2026-01-02", "valid_to": "2026-01-01"},
            "phải",
        ),
    ],
)
def test_a_name_that_cannot_be_is_refused(desk, make, typed, sentence):
    unit = make("Sở Du lịch", valid_from=date(2020, 1, 1))

    page = desk.post(reverse("desk:name_unit", args=[unit.uuid]), typed)

    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert unit.names.count() == 1


def test_a_code_is_given_from_a_day_and_taken_back(desk, make):
    unit, other = make("Sở Du lịch"), make("Sở Văn hóa")
    give_code(to=unit, code="H37.11", valid_from=None, by=TEST, at=AT)
    give_code(to=other, code="H37.12", valid_from=None, by=TEST, at=AT)
    address = reverse("desk:code_unit", args=[unit.uuid])

    assert desk.post(address, {"code": "H37.13", "valid_from": "2026-07-01"}).status_code == 302
    assert unit.codes.get(code="H37.11").valid_to == JULY
    taken = desk.post(address, {"code": "H37.12", "valid_from": "2026-08-01"})
    assert taken.status_code == 400
    desk.post(
        reverse("desk:take_back_unit_code", args=[unit.uuid, unit.codes.get(code="H37.13").pk])
    )
    assert unit.codes.get().valid_to is None


def test_a_workbook_with_another_name_asks_whether_it_is_new(desk, make):
    unit = make("Sở Du lịch", key="so-dl")
    columns = {"key": "so-dl", "kind": "department", "name": "Sở Lữ hành"}
    data = write_units([{**columns, "since": JULY}])
    brought = desk.post(reverse("desk:bring_units"), {"file": SimpleUploadedFile("a.xlsx", data)})
    address = brought["Location"]
    page = desk.get(address)
    assert "Mới kể từ ngày 01/07/2026" in page.content.decode()
    typed = {"looked_at": page.context["preview"].digest}

    silent = desk.post(address, typed)
    assert silent.status_code == 400
    assert "Dòng 2" in silent.content.decode()
    unit.refresh_from_db()
    assert unit.label == "Sở Du lịch"

    assert desk.post(address, {**typed, "row-2": "new"}).status_code == 302
    unit.refresh_from_db()
    assert unit.label == "Sở Lữ hành"
    assert unit.names.get(text="Sở Du lịch").valid_to == JULY
