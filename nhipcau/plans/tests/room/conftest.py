"""A department, its planner, and a small plan written for these tests."""

from datetime import UTC, date, datetime

import pytest

from nhipcau.people.enums import Role
from nhipcau.people.tests.factories import TEST, make_user
from nhipcau.plans.models import PlanImport
from nhipcau.plans.reading import isolated
from nhipcau.plans.tasks import read_plan
from nhipcau.registry.actions.names import give_name
from nhipcau.registry.actions.units import create_unit

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
LONG_AGO = date(2015, 1, 1)

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 18/KH-UBND
Lạng Sơn, ngày 26 tháng 01 năm 2026

KẾ HOẠCH
Giới thiệu chợ phiên vùng biên với du khách năm 2026

Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ về thông tin đối ngoại;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Giúp khách từ bên kia biên giới biết ngày họp chợ và cách đi.

II. NỘI DUNG

1. Biên soạn tờ gấp giới thiệu sáu chợ phiên

- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: Sở Công Thương; Hội Cựu giáo chức chợ phiên.
- Thời gian thực hiện: Quý II/2026.
- Sản phẩm: 01 tờ gấp song ngữ Việt - Trung.

2. Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu

- Đơn vị chủ trì: Sở Công Thương.
- Thời gian thực hiện: Thường xuyên.

III. KINH PHÍ

Kinh phí thực hiện từ nguồn ngân sách tỉnh được giao năm 2026 và các nguồn hợp pháp khác.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Văn hóa, Thể thao và Du lịch theo dõi, đôn đốc; báo cáo UBND tỉnh trước ngày 30/11 hằng năm.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Văn Mẫu
"""


ANSWERS = {}


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    """The reading process is asked about the same file once; then its answer is known.

    What that process is, and how it ends, is tested beside it: nhipcau/plans/tests/sources.
    """
    asked = isolated._asked

    def remembered(stream, limits, tell):
        key = stream.read(), limits
        stream.seek(0)
        if key not in ANSWERS:
            stages = []
            answer = asked(stream, limits, lambda stage: (stages.append(stage), tell(stage)))
            ANSWERS[key] = answer, stages
            return answer
        answer, stages = ANSWERS[key]
        for stage in stages:
            tell(stage)
        return answer

    monkeypatch.setattr(isolated, "_asked", remembered)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def departments(db):
    made = {}
    for key, name in {
        "culture": "Sở Văn hóa, Thể thao và Du lịch",
        "trade": "Sở Công Thương",
    }.items():
        made[key] = create_unit(
            key=key, kind="department", name=name, valid_from=LONG_AGO, by=TEST, at=NOON
        )
    give_name(
        to=made["culture"],
        kind="abbreviation",
        text="Sở VHTTDL",
        valid_from=LONG_AGO,
        by=TEST,
        at=NOON,
    )
    return made


@pytest.fixture
def planner(departments):
    return make_user(Role.PLANNER, unit=departments["culture"]).person


@pytest.fixture
def bring(planner, departments):
    """Bring a text as a file and read it in the worker's way."""
    from nhipcau.plans.actions.importing import bring_file

    def bring(text=PLAN, name="ke-hoach.txt"):
        brought = bring_file(
            chunks=[text.encode()],
            file_name=name,
            unit=departments["culture"],
            by=planner,
            at=NOON,
        )
        read_plan.call(brought.plan_import.pk)
        return PlanImport.objects.get(pk=brought.plan_import.pk)

    return bring
