"""Which unit a name means, measured over the shipped facts and two provinces' usual units."""

from datetime import date

import pytest

from nhipcau.kernel.intervals import Interval
from nhipcau.registry.actions.names import give_name
from nhipcau.registry.actions.usual_units import establish_usual_units
from nhipcau.registry.enums import NameKind, Verdict
from nhipcau.registry.models import Area, Unit, UnitGroup
from nhipcau.registry.queries.names import name_index
from nhipcau.registry.rules.resolution import NameIndex
from nhipcau.registry.rules.variants import KnownArea, KnownGroup, KnownName, KnownUnit

THEN, NOW = date(2022, 6, 1), date(2026, 11, 21)
LS, HT, CITY = "tinh/lang-son", "tinh/ha-tinh", "huyen/lang-son/thanh-pho-lang-son"
TTTT, NGOAI_VU, NOI_VU = (f"{unit}@{LS}" for unit in ("so-tttt", "so-ngoai-vu", "so-noi-vu"))
VHTTDL, BDBP = f"so-vhttdl@{LS}", f"bch-bdbp@{LS}"

# alias, day, area of the document, verdict, keys of what it names
ALIASES = [
    ("Sở Thông tin và Truyền thông", THEN, LS, "exact", {TTTT}),
    ("Sở Thông tin và Truyền thông tỉnh Lạng Sơn", THEN, LS, "exact", {TTTT}),
    ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", THEN, LS, "exact", {TTTT}),
    ("SỞ THÔNG TIN & TRUYỀN THÔNG", THEN, LS, "exact", {TTTT}),
    ("SỐ THÔNG TIN & TRUYỀN THÔNG", THEN, LS, "typo", {TTTT}),
    ("so thong tin va truyen thong", THEN, LS, "exact", {TTTT}),
    ("Sở TT&TT", THEN, LS, "acronym", {TTTT}),
    ("Sở TT & TT", THEN, LS, "acronym", {TTTT}),
    ("Sở TTTT", THEN, LS, "acronym", {TTTT}),
    ("sở tttt", THEN, LS, "acronym", {TTTT}),
    ("STTTT", THEN, LS, "acronym", {TTTT}),
    ("Sở TT-TT", THEN, LS, "acronym", {TTTT}),
    ("Sở TTTT LS", THEN, LS, "acronym", {TTTT}),
    ("Sở TT&TT tỉnh Lạng Sơn", THEN, LS, "acronym", {TTTT}),
    ("Sở TTTT Hà Tĩnh", THEN, LS, "acronym", {f"so-tttt@{HT}"}),
    ("Sở Thông tin và Truyền thôg", THEN, LS, "typo", {TTTT}),
    ("Sở Thông tn và Truyền thông", THEN, LS, "typo", {TTTT}),
    ("Sở NV", THEN, LS, "ambiguous", {NOI_VU, NGOAI_VU}),
    ("SNV", THEN, LS, "ambiguous", {NOI_VU, NGOAI_VU}),
    ("Sở NgV", THEN, LS, "acronym", {NGOAI_VU}),
    ("Sở NV", NOW, LS, "ambiguous", {f"so-noi-vu-2025@{LS}", NGOAI_VU}),
    ("Sở Ngoại vụ (để phối hợp)", THEN, LS, "exact", {NGOAI_VU}),
    ("- Sở Ngoại vụ;", THEN, LS, "exact", {NGOAI_VU}),
    ("Sở VHTTDL", THEN, LS, "acronym", {VHTTDL}),
    ("Sở VH-TTDL", THEN, LS, "acronym", {VHTTDL}),
    ("Sở VHTT&DL", THEN, LS, "acronym", {VHTTDL}),
    ("Sở Văn hoá, Thể thao và Du lịch", THEN, LS, "exact", {VHTTDL}),
    ("Sở Văn hóa - Thể thao và Du lịch", THEN, LS, "exact", {VHTTDL}),
    ("Sở KH&ĐT", THEN, LS, "acronym", {f"so-khdt@{LS}"}),
    ("Sở KHĐT", THEN, LS, "acronym", {f"so-khdt@{LS}"}),
    ("Sở KH&CN", THEN, LS, "acronym", {f"so-khcn@{LS}"}),
    ("Sở KH&CN", NOW, LS, "acronym", {f"so-khcn-2025@{LS}"}),
    ("Sở TC", THEN, LS, "acronym", {f"so-tai-chinh@{LS}"}),
    ("Sở CT", THEN, LS, "acronym", {f"so-cong-thuong@{LS}"}),
    ("Sở LĐ-TB&XH", THEN, LS, "acronym", {f"so-ldtbxh@{LS}"}),
    ("Sở LĐTBXH", THEN, LS, "acronym", {f"so-ldtbxh@{LS}"}),
    ("Sở NN&PTNT", THEN, LS, "acronym", {f"so-nnptnt@{LS}"}),
    ("Sở NN&MT", NOW, LS, "acronym", {f"so-nnmt@{LS}"}),
    ("Sở TN&MT", THEN, LS, "acronym", {f"so-tnmt@{LS}"}),
    ("Sở GD&ĐT", THEN, LS, "acronym", {f"so-gddt@{LS}"}),
    ("Sở GTVT", THEN, LS, "acronym", {f"so-gtvt@{LS}"}),
    ("Sở DT&TG", NOW, LS, "acronym", {f"so-dan-toc-ton-giao@{LS}"}),
    ("Công an tỉnh", THEN, LS, "exact", {f"cong-an@{LS}"}),
    ("CA tỉnh", THEN, LS, "acronym", {f"cong-an@{LS}"}),
    ("BCH BĐBP tỉnh", THEN, LS, "acronym", {BDBP}),
    ("BCH BDBP tỉnh", THEN, LS, "acronym", {BDBP}),
    ("Bộ CHBP tỉnh", THEN, LS, "unknown", set()),
    ("Bộ Chỉ huy Bộ đội Biên phòng tỉnh Lạng Sơn", THEN, LS, "exact", {BDBP}),
    ("Bộ Chỉ huy Bộ đội Biên phòg tỉnh", THEN, LS, "typo", {BDBP}),
    ("BCHQS tỉnh", THEN, LS, "acronym", {f"bchqs@{LS}"}),
    ("UBND tỉnh", THEN, LS, "acronym", {f"ubnd@{LS}"}),
    ("UBND tỉnh Lạng Sơn", THEN, LS, "acronym", {f"ubnd@{LS}"}),
    ("Uỷ ban nhân dân tỉnh", THEN, LS, "exact", {f"ubnd@{LS}"}),
    ("UBND tỉnh Hà Tĩnh", THEN, LS, "acronym", {f"ubnd@{HT}"}),
    ("UBND TP", THEN, CITY, "acronym", {f"ubnd@{CITY}"}),
    ("UBND thành phố Lạng Sơn", THEN, LS, "acronym", {f"ubnd@{CITY}"}),
    ("UBND tỉnh", THEN, CITY, "acronym", {f"ubnd@{LS}"}),
    ("UBND huyện Cao Lộc", THEN, LS, "acronym", {"ubnd@huyen/lang-son/huyen-cao-loc"}),
    ("UBND xã Đồng Đăng", NOW, LS, "acronym", {"ubnd@xa/lang-son/dong-dang"}),
    ("UBND xã Đồng Đặng", NOW, LS, "unknown", set()),
    ("UBND xã Sơn Kim 1", NOW, HT, "acronym", {"ubnd@xa/ha-tinh/son-kim-1"}),
    ("UBND xã Sơn Kim 3", NOW, HT, "unknown", set()),
    ("VP UBND tỉnh", THEN, LS, "acronym", {f"van-phong-ubnd@{LS}"}),
    ("Văn phòng UBND tỉnh", THEN, LS, "acronym", {f"van-phong-ubnd@{LS}"}),
    ("BTG Thành ủy", THEN, CITY, "acronym", {f"ban-tuyen-giao@{CITY}"}),
    ("Ban Tuyên giáo Tỉnh uỷ", THEN, LS, "exact", {f"ban-tuyen-giao@{LS}"}),
    ("TT Tỉnh ủy", THEN, LS, "acronym", {f"thuong-truc-tinh-uy@{LS}"}),
    ("TT HĐND tỉnh", THEN, LS, "acronym", {f"thuong-truc-hdnd@{LS}"}),
    ("UB MTTQ tỉnh", THEN, LS, "exact", {f"mttq@{LS}"}),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", THEN, LS, "exact", {f"mttq@{LS}"}),
    ("Đài PT-TH", THEN, LS, "acronym", {f"dai-ptth@{LS}"}),
    ("Đài PTTH tỉnh", THEN, LS, "acronym", {f"dai-ptth@{LS}"}),
    ("Đài PT và TH Lạng Sơn", THEN, LS, "acronym", {f"dai-ptth@{LS}"}),
    ("Báo Lạng Sơn", THEN, LS, "exact", {f"bao@{LS}"}),
    ("Cổng TTĐT tỉnh", THEN, LS, "acronym", {f"cong-ttdt@{LS}"}),
    ("BQL KKTCK Đồng Đăng - Lạng Sơn", THEN, LS, "exact", {"lang-son/bql-kktck"}),
    ("BQL Khu KTCK Đồng Đăng - Lạng Sơn", THEN, LS, "acronym", {"lang-son/bql-kktck"}),
    (
        "Ban quản lý Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
        THEN,
        LS,
        "exact",
        {"lang-son/bql-kktck"},
    ),
    ("Bộ TT&TT", THEN, LS, "acronym", {"bo/tttt"}),
    ("Bộ Thông tin và Truyền thông", THEN, LS, "exact", {"bo/tttt"}),
    ("Cục TTĐN - Bộ TT&TT", THEN, LS, "exact", {"cuc/ttdn"}),
    ("Cục Thông tin đối ngoại thuộc Bộ Thông tin và Truyền thông", THEN, LS, "exact", {"cuc/ttdn"}),
    ("Bộ VHTTDL", THEN, LS, "acronym", {"bo/vhttdl"}),
    ("BTTTT", THEN, LS, "exact", {"bo/tttt"}),
    ("UBND các xã biên giới", NOW, LS, "group", {"xa-bien-gioi"}),
    ("Ủy ban nhân dân các xã biên giới", NOW, LS, "group", {"xa-bien-gioi"}),
    ("UBND các huyện biên giới", THEN, LS, "group", {"huyen-bien-gioi"}),
    ("UBND các huyện, thành phố, thị xã", THEN, LS, "group", {"huyen-thanh-pho"}),
    ("UBND các huyện biên giơí", THEN, LS, "group", {"huyen-bien-gioi"}),
    ("Các sở, ban, ngành", THEN, LS, "group", {"so-nganh"}),
    ("các cơ quan, đơn vị có liên quan", THEN, LS, "group", {"co-quan-lien-quan"}),
    ("Nhà máy xi măng Hồng Phong", THEN, LS, "unknown", set()),
    ("", THEN, LS, "unknown", set()),
    ("...", THEN, LS, "unknown", set()),
]


@pytest.fixture
def index(shipped, by, at):
    for key in (LS, HT):
        establish_usual_units(province=Area.objects.get(key=key), by=by, at=at)
    return name_index()


def test_ninety_aliases_of_real_documents_are_settled(index):
    area_ids = dict(Area.objects.values_list("key", "pk"))
    unit_keys = dict(Unit.objects.values_list("pk", "key"))
    group_keys = dict(UnitGroup.objects.values_list("pk", "key"))

    settled = []
    for alias, day, area, _verdict, _keys in ALIASES:
        found = index.resolve(alias, on=day, scope=area_ids[area])
        named = {
            (group_keys if each.is_group else unit_keys)[each.id]
            for each in found.candidates
            if found.verdict != Verdict.UNKNOWN
        }
        settled.append((alias, day, area, str(found.verdict), named))

    assert len(ALIASES) >= 90
    assert [wrong for wrong in zip(settled, ALIASES, strict=True) if wrong[0] != wrong[1]] == []


def test_a_list_lends_its_head_word(index):
    scope = Area.objects.get(key=LS).pk
    listed = ["TTTT", "NgV", "NV", "VH-TTDL", "CT", "KH&ĐT", "TC", "CA tỉnh"]

    found = [index.resolve(each, on=THEN, scope=scope, head="Sở") for each in listed]

    assert [each.only.label if each.only else None for each in found] == [
        "Sở Thông tin và Truyền thông",
        "Sở Ngoại vụ",
        None,
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Công Thương",
        "Sở Kế hoạch và Đầu tư",
        "Sở Tài chính",
        "Công an tỉnh",
    ]


def test_a_unit_that_is_no_more_is_named_and_said_to_be_gone(index):
    scope = Area.objects.get(key=LS).pk

    found = index.resolve("Sở TT&TT", on=NOW, scope=scope)

    assert (found.verdict, found.only.label, found.only.in_being) == (
        Verdict.ACRONYM,
        "Sở Thông tin và Truyền thông",
        False,
    )


def test_without_a_scope_the_same_body_of_two_provinces_is_ambiguous(index):
    found = index.resolve("Sở Ngoại vụ", on=NOW)

    assert (found.verdict, len(found.candidates), found.only) == (Verdict.AMBIGUOUS, 2, None)


def test_an_unknown_name_is_offered_its_neighbours(index):
    scope = Area.objects.get(key=LS).pk

    found = index.resolve("UBND xã Đồng Đặng", on=NOW, scope=scope)
    near = index.resolve("Ủy ban nhân dân xã Đồng Đặng", on=NOW, scope=scope)

    assert (found.verdict, found.only) == (Verdict.UNKNOWN, None)
    assert "Ủy ban nhân dân xã Đồng Đăng" in [each.label for each in near.candidates]


def test_every_official_name_resolves_to_its_own_unit(index):
    wrong = []
    for unit in Unit.objects.select_related("area"):
        day = unit.valid_from or (unit.valid_to and date(2000, 1, 1)) or THEN
        found = index.resolve(unit.label, on=day, scope=unit.area_id)
        if found.only is None or found.only.id != unit.pk:
            wrong.append((unit.key, str(found.verdict), [each.label for each in found.candidates]))

    assert wrong == []


@pytest.mark.parametrize("provinces", [1, 2])
def test_the_snapshot_costs_eight_queries_however_many_names(
    provinces, shipped, by, at, django_assert_num_queries
):
    for key in (LS, HT)[:provinces]:
        establish_usual_units(province=Area.objects.get(key=key), by=by, at=at)

    with django_assert_num_queries(8):
        index = name_index()

    assert len(index.units) == Unit.objects.count()


def test_the_index_serves_again_until_a_name_on_record_changes(index, by, at):
    unit = Unit.objects.get(key="bo/tttt")
    assert name_index() is index

    give_name(to=unit, text="Bộ Loa Kèn", kind=NameKind.SHORT, source="Thử", by=by, at=at)

    assert index.resolve("Bộ Loa Kèn", on=THEN).verdict == Verdict.UNKNOWN
    assert name_index().resolve("Bộ Loa Kèn", on=THEN).only.id == unit.pk


def small_index():
    return NameIndex.build(
        units=[
            KnownUnit(1, "party_body", "Ban Tổ chức Tỉnh ủy", 1),
            KnownUnit(2, "ministry", "Bộ Tài chính"),
            KnownUnit(3, "department", "Sở Công Thương", 1),
            KnownUnit(4, "department", "Sở Công Thưởng", 1),
            KnownUnit(5, "peoples_committee", "Ủy ban nhân dân xã Tân Thanh", 2),
        ],
        names=[
            KnownName(1, "Ban Tổ chức"),
            KnownName(2, "Bộ Tài chính"),
            KnownName(3, "Sở Công Thương"),
            KnownName(4, "Sở Công Thưởng"),
            KnownName(5, "Ủy ban nhân dân xã Tân Thanh"),
        ],
        areas=[
            KnownArea(1, ("Tỉnh A",)),
            KnownArea(2, ("Xã Tân Thanh",), ((1, Interval(None, None)),)),
        ],
        groups=[KnownGroup(1, "Các xã biên giới", ("Các xã biên giới",), 1)],
    )


def test_nearness_does_not_decide_between_head_words():
    found = small_index().resolve("BTC", on=NOW, scope=1)

    assert (found.verdict, {each.id for each in found.candidates}) == (Verdict.AMBIGUOUS, {1, 2})


def test_accents_decide_where_they_are_written_and_do_not_where_they_are_not():
    index = small_index()

    assert index.resolve("Sở Công Thương", on=NOW, scope=1).only.id == 3
    assert index.resolve("So Cong Thuong", on=NOW, scope=1).verdict == Verdict.AMBIGUOUS


def test_a_place_is_never_a_typing_error():
    index = small_index()

    assert index.resolve("UBND xã Tân Thành", on=NOW, scope=1).verdict == Verdict.UNKNOWN
    assert index.resolve("Ủy ban nhân dân xã Tân Thanhh", on=NOW, scope=1).only is None
    assert index.resolve("Ủy bân nhan dan xã Tân Thanh", on=NOW, scope=1).only.id == 5


def test_a_group_of_another_province_is_not_meant_here():
    elsewhere = KnownArea(9, ("Tỉnh B",))
    index = small_index()
    index.areas[9] = elsewhere

    assert index.resolve("các xã biên giới", on=NOW, scope=9).verdict == Verdict.UNKNOWN
    assert index.resolve("các xã biên giới", on=NOW, scope=2).verdict == Verdict.GROUP


def test_hostile_text_is_answered_quickly_and_never_raises():
    index = small_index()

    hostile = "a - b thuộc " * 100
    for text in (
        hostile,
        "A" * 100_000,
        "TTTT " * 5_000,
        "((((" * 1000,
        "\x00\u202e",
        "Sở " + "X&" * 400,
    ):
        assert index.resolve(text, on=NOW, scope=1).verdict == Verdict.UNKNOWN
