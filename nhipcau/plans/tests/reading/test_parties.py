"""Who does what: lists of units, labels, sentences."""

import pytest

from nhipcau.plans.reading.labels import Kind
from nhipcau.plans.reading.parties import of_label, of_sentence
from nhipcau.plans.reading.units import split_units
from nhipcau.plans.tests.reading.documents import plan, task_of, texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sở Văn hóa, Thể thao và Du lịch, Sở Ngoại vụ",
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Ngoại vụ"],
        ),
        ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
        (
            "các sở, ban, ngành và UBND các xã, phường",
            ["các sở, ban, ngành", "UBND các xã, phường"],
        ),
        ("Các cơ quan, đơn vị có liên quan", ["Các cơ quan, đơn vị có liên quan"]),
        (
            "Sở Giáo dục và đào tạo; Sở Kế hoạch và đầu tư",
            ["Sở Giáo dục và đào tạo", "Sở Kế hoạch và đầu tư"],
        ),
        (
            "Sở Lao động - Thương binh và Xã hội và Tỉnh đoàn",
            ["Sở Lao động - Thương binh và Xã hội", "Tỉnh đoàn"],
        ),
        ("Văn phòng HĐND và UBND xã, Công an xã", ["Văn phòng HĐND và UBND xã", "Công an xã"]),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", ["Ban Tuyên giáo và Dân vận Tỉnh ủy"]),
        (
            "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
            ["Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"],
        ),
        ("Bộ Ngoại giao, Bộ Xây dựng", ["Bộ Ngoại giao", "Bộ Xây dựng"]),
        ("Sở Y tế (theo chức năng, nhiệm vụ)", ["Sở Y tế"]),
        ("các Phòng, Ban, UBND các phường", ["các Phòng, Ban", "UBND các phường"]),
        (
            "Ban Quản lý Khu công nghệ cao và các khu công nghiệp",
            ["Ban Quản lý Khu công nghệ cao và các khu công nghiệp"],
        ),
    ],
)
def test_a_list_is_cut_between_units_and_never_inside_a_name(text, expected):
    assert texts(split_units(text, 0, 0.9)) == expected


@pytest.mark.parametrize(
    ("kind", "text", "lead", "coordinating", "implementing"),
    [
        (Kind.LEAD, "Sở Ngoại vụ.", ["Sở Ngoại vụ"], [], []),
        (Kind.LEAD, "Sở Ngoại vụ cung cấp tư liệu cho các xã", ["Sở Ngoại vụ"], [], []),
        (
            Kind.IMPLEMENTING,
            "Phòng Nội vụ, phối hợp với Công an xã, các thôn",
            [],
            ["Công an xã", "các thôn"],
            ["Phòng Nội vụ"],
        ),
        (
            Kind.IMPLEMENTING,
            "Phòng Nội vụ chủ trì, phối hợp các cơ quan liên quan",
            ["Phòng Nội vụ"],
            ["các cơ quan liên quan"],
            [],
        ),
        (
            Kind.IMPLEMENTING,
            "Căn cứ hướng dẫn của Ban Tuyên giáo, các phòng, ban triển khai",
            [],
            [],
            ["các phòng, ban"],
        ),
        (
            Kind.ALL_UNITS,
            "Sở Y tế (chủ trì); Sở Nội vụ, Công an tỉnh (phối hợp)",
            ["Sở Y tế"],
            ["Sở Nội vụ", "Công an tỉnh"],
            [],
        ),
        (
            Kind.ALL_UNITS,
            "Sở Y tế chủ trì; Sở Nội vụ, Công an tỉnh phối hợp.",
            ["Sở Y tế"],
            ["Sở Nội vụ", "Công an tỉnh"],
            [],
        ),
    ],
)
def test_roles_behind_a_label(kind, text, lead, coordinating, implementing):
    parties = of_label(kind, text, 0)

    assert (texts(parties.lead), texts(parties.coordinating), texts(parties.implementing)) == (
        lead,
        coordinating,
        implementing,
    )


@pytest.mark.parametrize(
    ("text", "lead", "coordinating", "actors"),
    [
        (
            "Giao Sở Ngoại vụ chủ trì, phối hợp với Công an tỉnh, các xã biên giới tổ chức giao ban.",
            ["Sở Ngoại vụ"],
            ["Công an tỉnh", "các xã biên giới"],
            [],
        ),
        (
            "- Báo tỉnh, Đài Phát thanh và Truyền hình tỉnh mở chuyên mục.",
            [],
            [],
            ["Báo tỉnh", "Đài Phát thanh và Truyền hình tỉnh"],
        ),
        ("Tổ chức 03 lớp tập huấn cho cán bộ.", [], [], []),
        ("Báo cáo kết quả về Sở Ngoại vụ.", [], [], []),
        ("Hội nghị sơ kết được tổ chức tại tỉnh.", [], [], []),
        ("Ban hành quy chế phối hợp.", [], [], []),
    ],
)
def test_sentences_that_set_units_to_work(text, lead, coordinating, actors):
    parties = of_sentence(text, 0)

    assert (texts(parties.lead), texts(parties.coordinating), texts(parties.actors)) == (
        lead,
        coordinating,
        actors,
    )


def test_an_assignment_in_a_sub_item_belongs_to_the_task_above():
    task = task_of(
        "1. Mở lớp\n1.1. Nội dung\nHọc tiếng Lào.\n1.2. Tổ chức thực hiện\n- Đơn vị chủ trì: Sở Nội vụ.\n- Thời gian: Quý II."
    )

    assert texts(task.lead_units) == ["Sở Nội vụ"]
    assert task.timing.words.text == "Quý II"


def test_labels_below_the_last_of_several_points_are_for_all():
    content = "1. Triển lãm\na) Ảnh biên giới\nb) Ảnh lễ hội\n- Cơ quan chủ trì: Sở Ngoại vụ.\n"

    assert texts(task_of(content).lead_units) == ["Sở Ngoại vụ"]
    assert task_of(content, "II.1.b").lead_units == ()


@pytest.mark.parametrize(
    "content",
    [
        "1. Mở lớp\n- Đơn vị chủ trì: Sở Nội vụ; đơn vị phối hợp: Công an tỉnh; thời gian: Quý II/2025.",
        "1. Mở lớp. Chủ trì: Sở Nội vụ. Phối hợp: Công an tỉnh. Thời gian: Quý II/2025.",
        "1. Mở lớp\n* Chủ trì: Sở Nội vụ\n* Phối hợp: Công an tỉnh\n* Thời hạn: Quý II/2025",
        "1. Mở lớp\n- Đơn vị chủ trì Sở Nội vụ.\n- Cơ quan/đơn vị phối hợp: Công an tỉnh\n- Thời gian thực hiện; Quý II/2025",
        "1. Mở lớp (Sở Nội vụ chủ trì, phối hợp với Công an tỉnh; thời gian: Quý II/2025).",
        "1. Mở lớp\n**Cơ quan chủ trì:** Sở Nội vụ\n*Cơ quan phối hợp:* Công an tỉnh\n**Thời gian thực hiện:** Quý II/2025",
    ],
)
def test_the_same_assignment_in_many_hands(content):
    task = task_of(content)

    assert (texts(task.lead_units), texts(task.coordinating_units)) == (
        ["Sở Nội vụ"],
        ["Công an tỉnh"],
    )
    assert task.timing.words.text == "Quý II/2025"


@pytest.mark.parametrize(
    "content",
    [
        "1. Làm 05 pa nô: Phòng Kinh tế chủ trì, phối hợp với các bản; xong trước ngày 30/4/2025.",
        "1. Tổ chức Ngày hội; Phòng Kinh tế chủ trì, phối hợp với các bản.",
        "1. Phòng Kinh tế: chủ trì, phối hợp với các bản tổ chức Ngày hội.",
        "1. Ngày hội\n- Phân công: Phòng Kinh tế chủ trì; các bản phối hợp cung cấp nội dung.",
        "1. Ngày hội\n- Phân công: Phòng Kinh tế là đầu mối; các bản phối hợp.",
    ],
)
def test_an_assignment_behind_a_colon_or_semicolon(content):
    task = task_of(content)

    assert (texts(task.lead_units), texts(task.coordinating_units)) == (
        ["Phòng Kinh tế"],
        ["các bản"],
    )
    assert task.implementing_units == ()


def test_a_product_in_a_sub_item_belongs_to_the_task_above():
    task = task_of("1. Làm phim\n1.1. Nội dung: về biên giới.\n1.2. Sản phẩm: 01 phim tài liệu.")

    assert [made.words.text for made in task.products] == ["01 phim tài liệu"]


def test_a_heading_that_is_only_a_unit_sets_it_to_work():
    assert texts(task_of("1. Sở Ngoại vụ:\n- Mời đoàn phóng viên.").implementing_units) == [
        "Sở Ngoại vụ"
    ]


def test_bullets_that_order_are_items_with_their_actors():
    task = task_of(
        "1. Quảng bá\n- Sở Công Thương, Sở Ngoại vụ tổ chức hội chợ.\n- Nội dung: giới thiệu chè.\n- Vẻ đẹp quê hương."
    )

    assert [(item.words.text, texts(item.actors)) for item in task.items] == [
        ("Sở Công Thương, Sở Ngoại vụ tổ chức hội chợ", ["Sở Công Thương", "Sở Ngoại vụ"])
    ]


def test_units_in_bullets_below_a_lettered_label_belong_to_the_task():
    reading = plan(
        "1. Làm phim về biên giới\n1.1. Nội dung\n- Quay ba tập.\n1.2. Cơ quan chủ trì, phối hợp\n"
        "a) Cơ quan chủ trì\n- Đài Truyền hình tỉnh.\n- Sở Du lịch; Sở Ngoại vụ.\n"
        "b) Cơ quan phối hợp\n- Hội Nhà báo tỉnh.\n2. In sách ảnh"
    )

    task = reading.tasks[0]

    assert texts(task.lead_units) == ["Đài Truyền hình tỉnh", "Sở Du lịch", "Sở Ngoại vụ"]
    assert texts(task.coordinating_units) == ["Hội Nhà báo tỉnh"]
