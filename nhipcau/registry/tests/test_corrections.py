"""What people put right: written down, kept by the next loading of facts, taken back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nhipcau.audit.models import Entry
from nhipcau.registry.actions import corrections
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.changes import tell_change
from nhipcau.registry.actions.document_links import (
    bind_placeholder,
    link_documents,
    release_placeholder,
    relink_documents,
    unlink_documents,
)
from nhipcau.registry.actions.documents import (
    Particulars,
    cite_document,
    register_document,
    take_off_record,
)
from nhipcau.registry.actions.reference import load_reference_data
from nhipcau.registry.actions.units import create_unit
from nhipcau.registry.enums import DocumentState, NameKind
from nhipcau.registry.errors import CorrectionRefused, DocumentRefused, NameRefused
from nhipcau.registry.models import (
    Area,
    BorderGate,
    Document,
    DocumentLink,
    Language,
    Unit,
    UnitGroup,
)
from nhipcau.registry.queries.documents import links_around, states_on, successors_of, with_state

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 21)
PLAN = Particulars(
    citation="51/KH-UBND",
    issuer="UBND tỉnh Lạng Sơn",
    issued_on=date(2022, 3, 2),
    precision="day",
    title="Thông tin đối ngoai năm 2022",
)
RIGHT = Particulars(
    citation="51/KH-UBND",
    issuer="UBND tỉnh Lạng Sơn",
    issued_on=date(2022, 3, 5),
    precision="day",
    title="Thông tin đối ngoại năm 2022",
)


@pytest.fixture
def plan(by, at):
    return register_document(particulars=PLAN, by=by, at=at)


def put_right(document, by, at, particulars=RIGHT):
    return corrections.correct_document(document=document, particulars=particulars, by=by, at=at)


def corrected_lines():
    return list(Entry.objects.filter(event__endswith=".corrected").order_by("pk"))


def test_a_correction_says_before_and_after_and_nothing_else(plan, by, at):
    corrected = put_right(plan, by, at)

    (entry,) = corrected_lines()
    assert entry.event == "registry.document.corrected"
    assert entry.before == {"issued_on": "2022-03-02", "title": "Thông tin đối ngoai năm 2022"}
    assert entry.after == {"issued_on": "2022-03-05", "title": "Thông tin đối ngoại năm 2022"}
    assert corrected.folded == "51/kh-ubnd thong tin doi ngoai nam 2022 ubnd tinh lang son"
    assert corrected.corrected_fields == ["issued_on", "title"]


def test_what_was_right_already_is_no_correction(plan, by, at):
    put_right(plan, by, at, PLAN)

    assert corrected_lines() == []


def test_a_correction_may_empty_what_was_said(plan, by, at):
    corrected = put_right(plan, by, at, Particulars(title="Chỉ còn tên"))

    corrected.refresh_from_db()
    assert (corrected.citation, corrected.citation_key, corrected.issued_on) == ("", "", None)
    assert (corrected.issued_precision, corrected.issued_text) == ("unknown", "")


def test_a_number_that_another_document_bears_is_refused(plan, by, at):
    other = register_document(particulars=Particulars(citation="9/2020/NĐ-CP"), by=by, at=at)

    with pytest.raises(DocumentRefused):
        put_right(other, by, at, RIGHT)

    other.refresh_from_db()
    assert other.citation == "9/2020/NĐ-CP"
    assert corrected_lines() == []


def test_a_correction_is_taken_back_and_that_too(plan, by, at):
    put_right(plan, by, at)
    (first,) = corrected_lines()

    corrections.take_back_correction(target=plan, entry=first, by=by, at=at)

    plan.refresh_from_db()
    assert (plan.title, plan.issued_on) == (PLAN.title, PLAN.issued_on)
    second = corrected_lines()[1]
    assert (second.before, second.after) == (first.after, first.before)
    corrections.take_back_correction(target=plan, entry=second, by=by, at=at)
    plan.refresh_from_db()
    assert plan.title == RIGHT.title


def test_what_was_corrected_again_since_is_not_taken_back(plan, by, at):
    put_right(plan, by, at)
    (first,) = corrected_lines()
    put_right(plan, by, at, Particulars(citation="51/KH-UBND", title="Tên thứ ba"))

    with pytest.raises(CorrectionRefused):
        corrections.take_back_correction(target=plan, entry=first, by=by, at=at)

    plan.refresh_from_db()
    assert plan.title == "Tên thứ ba"


def test_only_a_correction_of_this_very_row_is_taken_back(plan, by, at):
    other = register_document(particulars=Particulars(citation="9/2020/NĐ-CP"), by=by, at=at)
    put_right(plan, by, at)
    registered = Entry.objects.get(event="registry.document.registered", target_key=str(plan.pk))

    for target, entry in ((other, corrected_lines()[0]), (plan, registered)):
        with pytest.raises(CorrectionRefused):
            corrections.take_back_correction(target=target, entry=entry, by=by, at=at)

    assert len(corrected_lines()) == 1


def test_a_number_given_away_since_is_not_taken_back(plan, by, at):
    put_right(plan, by, at, Particulars(citation="52/KH-UBND", title="x"))
    register_document(particulars=PLAN, by=by, at=at)

    with pytest.raises(CorrectionRefused):
        corrections.take_back_correction(target=plan, entry=corrected_lines()[0], by=by, at=at)

    plan.refresh_from_db()
    assert plan.citation == "52/KH-UBND"


@pytest.mark.usefixtures("shipped")
def test_a_newer_load_of_facts_leaves_what_people_corrected(by, at):
    decree = Document.objects.get(citation="72/2015/NĐ-CP")
    gate = BorderGate.objects.get(area__key="cua-khau/chi-ma")
    group = UnitGroup.objects.get(key="xa-phuong")
    lao = Language.objects.get(tag="lo")
    area = Area.objects.get(key="cua-khau/chi-ma")
    put_right(
        decree,
        by,
        at,
        Particulars(
            citation=decree.citation,
            type=decree.type,
            issuer=decree.issuer_text,
            issued_on=decree.issued_on,
            precision="day",
            title="Tên do người dùng sửa",
            in_force_from=decree.in_force_from,
        ),
    )
    corrections.correct_gate(
        gate=gate,
        neighbour_country="cn",
        neighbour_area="Quảng Tây",
        neighbour_gate=gate.neighbour_gate,
        by=by,
        at=at,
    )
    corrections.correct_group(group=group, name="UBND cấp xã", by=by, at=at)
    corrections.correct_language(
        language=lao, name="Tiếng Lào", english_name="Lao", own_name="ລາວ", by=by, at=at
    )
    corrections.correct_area(
        area=area, name="Cửa khẩu Chi Ma mới", latitude=None, longitude=None, by=by, at=at
    )

    assert load_reference_data(by=by, at=at) is None

    for row in (decree, gate, group, lao, area):
        row.refresh_from_db()
    assert decree.title == "Tên do người dùng sửa"
    assert (gate.neighbour_country, gate.neighbour_area) == ("CN", "Quảng Tây")
    assert (group.name, lao.own_name, area.label) == ("UBND cấp xã", "ລາວ", "Cửa khẩu Chi Ma mới")
    decree.in_force_from = date(2000, 1, 1)
    decree.save()
    assert load_reference_data(by=by, at=at).corrected == 1
    decree.refresh_from_db()
    assert decree.in_force_from == date(2015, 10, 22)


def test_an_area_is_spelt_anew_in_its_name_too(by, at):
    area = create_area(key="xa/x", kind="commune", name="Xã Đồng Dang", by=by, at=at)

    corrections.correct_area(
        area=area,
        name="Xã Đồng Đăng",
        latitude=Decimal("21.94"),
        longitude=Decimal("106.70"),
        by=by,
        at=at,
    )

    area.refresh_from_db()
    name = area.names.get()
    assert (area.label, name.text, name.folded) == ("Xã Đồng Đăng", "Xã Đồng Đăng", "xa dong dang")
    corrections.take_back_correction(target=area, entry=corrected_lines()[0], by=by, at=at)
    area.refresh_from_db()
    assert (area.label, area.latitude, area.names.get().text) == (
        "Xã Đồng Dang",
        None,
        "Xã Đồng Dang",
    )


def test_names_that_an_area_bore_before_stay(by, at):
    area = create_area(key="xa/x", kind="commune", name="Xã Cũ", by=by, at=at)
    tell_change(
        kind="rename",
        on=date(2025, 7, 1),
        before=[area],
        after=[area],
        new_name="Xã Mơi",
        by=by,
        at=at,
    )
    area.refresh_from_db()

    corrections.correct_area(area=area, name="Xã Mới", latitude=None, longitude=None, by=by, at=at)

    texts = area.names.filter(kind=NameKind.OFFICIAL).order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Xã Cũ", "Xã Mới"]


@pytest.mark.parametrize(
    ("name", "latitude", "refusal"),
    [("  ", None, NameRefused), ("Xã Mới", Decimal(21), CorrectionRefused)],
)
def test_an_area_keeps_a_name_and_whole_coordinates(by, at, name, latitude, refusal):
    area = create_area(key="xa/x", kind="commune", name="Xã Cũ", by=by, at=at)

    with pytest.raises(refusal):
        corrections.correct_area(
            area=area, name=name, latitude=latitude, longitude=None, by=by, at=at
        )

    area.refresh_from_db()
    assert (area.label, area.latitude) == ("Xã Cũ", None)


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("name", ["", "  "])
def test_a_language_and_a_group_keep_a_name(by, at, name):
    with pytest.raises(NameRefused):
        corrections.correct_group(group=UnitGroup.objects.first(), name=name, by=by, at=at)
    with pytest.raises(NameRefused):
        corrections.correct_language(
            language=Language.objects.first(),
            name=name,
            english_name="x",
            own_name="",
            by=by,
            at=at,
        )

    assert corrected_lines() == []


@pytest.mark.usefixtures("shipped")
def test_a_withdrawn_link_counts_no_more_and_no_load_tells_it_again(by, at):
    old = Document.objects.get(citation="88/2012/NĐ-CP")
    link = DocumentLink.objects.get(to_document=old, kind="replaces")

    unlink_documents(link=link, by=by, at=at)

    assert load_reference_data(by=by, at=at) is None
    assert links_around(old) == []
    assert successors_of([old], as_of=NOW) == {}
    assert states_on([old], on=NOW) == {old.pk: DocumentState.IN_FORCE}
    relink_documents(link=link, by=by, at=at)
    assert [each.pk for each in links_around(old)] == [link.pk]
    assert states_on([old], on=NOW) == {old.pk: DocumentState.REPLACED}


def test_withdrawing_twice_is_one_line_and_telling_anew_brings_the_row_back(plan, by, at):
    law = register_document(particulars=Particulars(citation="9/2020/NĐ-CP"), by=by, at=at)
    link = link_documents(from_document=plan, to_document=law, kind="basis", by=by, at=at)
    unlink_documents(link=link, by=by, at=at)
    unlink_documents(link=link, by=by, at=at)

    again = link_documents(
        from_document=plan, to_document=law, kind="basis", provision="Điều 3", by=by, at=at
    )

    assert (again.pk, again.provision, again.withdrawn_at) == (link.pk, "Điều 3", None)
    assert Entry.objects.filter(event="registry.documents.unlinked").count() == 1
    assert Entry.objects.filter(event="registry.documents.linked").count() == 2


def test_a_link_that_would_close_a_circle_by_now_is_not_brought_back(by, at):
    a, b = (
        register_document(particulars=Particulars(citation=f"{n}/2020/NĐ-CP"), by=by, at=at)
        for n in (1, 2)
    )
    link = link_documents(from_document=a, to_document=b, kind="replaces", by=by, at=at)
    unlink_documents(link=link, by=by, at=at)
    link_documents(from_document=b, to_document=a, kind="replaces", by=by, at=at)

    with pytest.raises(DocumentRefused):
        relink_documents(link=link, by=by, at=at)

    link.refresh_from_db(from_queryset=DocumentLink.every.all())
    assert link.withdrawn_at == at


def test_a_binding_is_taken_back_with_every_link_as_it_was(plan, by, at):
    law = register_document(particulars=Particulars(citation="22/2016/TT-BTTTT"), by=by, at=at)
    other = register_document(particulars=Particulars(citation="60/KH-UBND"), by=by, at=at)
    misprint = cite_document(particulars=Particulars(citation="22/2016/TT-BTTT"), by=by, at=at)
    moves = link_documents(from_document=plan, to_document=misprint, kind="basis", by=by, at=at)
    link_documents(from_document=other, to_document=law, kind="basis", by=by, at=at)
    double = link_documents(from_document=other, to_document=misprint, kind="basis", by=by, at=at)
    bind_placeholder(placeholder=misprint, document=law, by=by, at=at)
    assert {link.from_document for link in links_around(law)} == {plan, other}

    release_placeholder(placeholder=misprint, by=by, at=at)

    misprint.refresh_from_db()
    assert (misprint.bound_to, misprint.binding) == (None, {})
    assert {link.pk for link in links_around(misprint)} == {moves.pk, double.pk}
    assert [link.from_document for link in links_around(law)] == [other]
    with pytest.raises(DocumentRefused):
        release_placeholder(placeholder=misprint, by=by, at=at)


def test_a_placeholder_whose_number_is_cited_anew_stays_bound(plan, by, at):
    misprint = cite_document(particulars=Particulars(citation="22/2016/TT-BTTT"), by=by, at=at)
    bind_placeholder(placeholder=misprint, document=plan, by=by, at=at)
    cite_document(particulars=Particulars(citation="22/2016/TT-BTTT"), by=by, at=at)

    with pytest.raises(DocumentRefused):
        release_placeholder(placeholder=misprint, by=by, at=at)

    misprint.refresh_from_db()
    assert misprint.bound_to == plan


def test_nothing_is_bound_to_what_only_stands_for_another(plan, by, at):
    first, second = (
        cite_document(particulars=Particulars(citation=f"{n}/2016/TT-BTTT"), by=by, at=at)
        for n in (1, 2)
    )
    bind_placeholder(placeholder=first, document=plan, by=by, at=at)
    first.refresh_from_db()

    with pytest.raises(DocumentRefused):
        bind_placeholder(placeholder=second, document=first, by=by, at=at)


def test_the_paper_arrives_for_a_law_that_was_cited_without_its_number(plan, by, at):
    cited = cite_document(
        particulars=Particulars(title="Luật Báo chí", issued_on=date(2025, 12, 10)), by=by, at=at
    )
    link = link_documents(from_document=plan, to_document=cited, kind="basis", by=by, at=at)

    law = corrections.receive_document(
        placeholder=cited,
        particulars=Particulars(citation="126/2025/QH15", type="L", title="Luật Báo chí"),
        source="test",
        by=by,
        at=at,
    )

    assert (law.pk, law.is_placeholder, law.citation_key) == (cited.pk, False, "126/2025/QH15")
    assert links_around(law) == [link]
    with pytest.raises(DocumentRefused):
        corrections.receive_document(
            placeholder=law, particulars=RIGHT, source="test", by=by, at=at
        )


def test_a_paper_that_is_on_record_already_does_not_arrive_twice(plan, by, at):
    cited = cite_document(particulars=Particulars(title="Kế hoạch năm 2022"), by=by, at=at)

    with pytest.raises(DocumentRefused):
        corrections.receive_document(
            placeholder=cited, particulars=PLAN, source="test", by=by, at=at
        )

    cited.refresh_from_db()
    assert (cited.is_placeholder, cited.citation) == (True, "")
    assert corrected_lines() == []


def test_a_document_put_on_record_by_mistake_goes_or_is_only_cited_again(plan, by, at):
    cited = register_document(particulars=Particulars(citation="9/2020/NĐ-CP"), by=by, at=at)
    link_documents(from_document=plan, to_document=cited, kind="basis", by=by, at=at)

    assert take_off_record(document=cited, by=by, at=at).is_placeholder
    assert take_off_record(document=plan, by=by, at=at) is None

    assert [document.citation for document in Document.objects.all()] == ["9/2020/NĐ-CP"]
    assert Entry.objects.filter(event="registry.document.taken_off").count() == 2


@pytest.mark.usefixtures("shipped")
def test_shipped_documents_and_those_that_bear_something_stay(plan, by, at):
    old, new = (
        create_unit(key=key, kind="office", name=f"Văn phòng {key}", by=by, at=at)
        for key in ("old", "new")
    )
    tell_change(
        kind="transfer_function",
        on=date(2025, 3, 1),
        before=[old],
        after=[new],
        function="Thông tin đối ngoại",
        document=plan,
        by=by,
        at=at,
    )
    shipped = Document.objects.get(citation="72/2015/NĐ-CP")
    cited = cite_document(particulars=Particulars(citation="1/2016/TT-BTTT"), by=by, at=at)
    entries = Entry.objects.count()

    for document in (plan, shipped, cited):
        with pytest.raises(DocumentRefused):
            take_off_record(document=document, by=by, at=at)

    assert Entry.objects.count() == entries
    assert Unit.objects.filter(key="old").exists()


class TestStates(TestCase):
    """The database and the rule say the same of every document."""

    @given(
        days=st.lists(
            st.tuples(
                st.none() | st.integers(0, 4),
                st.none() | st.integers(1, 4),
                st.lists(
                    st.tuples(
                        st.sampled_from(["replaces", "amends", "basis"]),
                        st.none() | st.integers(0, 4),
                        st.none() | st.integers(0, 4),
                        st.booleans(),
                    ),
                    max_size=2,
                ),
            ),
            min_size=1,
            max_size=4,
        )
    )
    def test_with_state_says_what_state_on_says(self, days):
        def day(number):
            return None if number is None else date(2026, 1, 1 + number)

        for starts, lasts, effects in days:
            begins = day(starts)
            ends = day(None if lasts is None else (starts or 0) + lasts)
            document = Document.objects.create(title="x", in_force_from=begins, in_force_to=ends)
            for kind, counts_from, in_force, whole in effects:
                DocumentLink.objects.create(
                    from_document=Document.objects.create(title="y", in_force_from=day(in_force)),
                    to_document=document,
                    kind=kind,
                    from_day=day(counts_from),
                    is_whole=whole,
                )
        documents = list(Document.objects.all())
        for number in range(6):
            on = day(number)
            listed = with_state(Document.objects.all(), on=on).values_list("pk", "state")
            assert dict(listed) == states_on(documents, on=on)
