from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from nhipcau.kernel.folding import folded
from nhipcau.kernel.intervals import Interval
from nhipcau.plans.enums import Change
from nhipcau.plans.reading.remarks import remark_after
from nhipcau.plans.rules import graphs, proposals, review
from nhipcau.plans.rules.excerpts import excerpt
from nhipcau.plans.rules.links import kind_of_link
from nhipcau.plans.rules.naming import sure_unit
from nhipcau.plans.rules.periods import day_of_document, period_of_title
from nhipcau.plans.rules.review import Obstacle, Reviewed, obstacles
from nhipcau.plans.rules.trees import depths, kept_above
from nhipcau.plans.rules.versions import TaskFace, count, matches, with_those_come_back
from nhipcau.registry.rules.resolution import NameIndex
from nhipcau.registry.rules.variants import KnownName, KnownUnit


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Công tác thông tin đối ngoại năm 2026 trên địa bàn tỉnh", (2026, 2026)),
        ("Phát triển du lịch biên giới giai đoạn 2026 - 2030", (2026, 2030)),
        (
            "Thực hiện Chương trình giai đoạn 2021-2025 trên địa bàn xã, năm 2024",
            (2024, 2024),
        ),
        ("Thực hiện Quyết định số 12/QĐ-UBND ngày 05/8/2020 của tỉnh", None),
        ("Triển khai Kết luận ngày 15 tháng 6 năm 2023 của Bộ Chính trị", None),
        ("Quy hoạch bảng chỉ dẫn đến năm 2030", None),
        ("Quy hoạch bảng chỉ dẫn năm 2026, tầm nhìn đến năm 2045", (2026, 2026)),
        ("Kỷ niệm năm 1789", None),
        ("", None),
    ],
)
def test_the_days_that_a_title_names(title, expected):
    found = period_of_title(title)

    assert found == (expected and (date(expected[0], 1, 1), date(expected[1], 12, 31)))


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2024-05-07", date(2024, 5, 7)),
        ("2024-05", date(2024, 5, 1)),
        ("2024", date(2024, 1, 1)),
        ("2024-13-01", None),
        ("năm nay", None),
        ("", None),
        (None, None),
    ],
)
def test_the_first_day_of_a_printed_date(printed, day):
    assert day_of_document(printed) == day


def body(*names, start=None, end=None):
    return {
        "parties": [
            {"role": role, "words": words, "name": {"state": state}} for role, words, state in names
        ],
        "timing": {"starts_on": start, "ends_on": end},
    }


def test_all_obstacles_are_told_at_once():
    tasks = [
        Reviewed(1, "Làm tờ gấp", body(("lead", "Sở X", "unknown")), becomes_a_task=True),
        Reviewed(2, " ", body(), becomes_a_task=True),
        Reviewed(3, "Ngược", body(start="2026-05-01", end="2026-04-01"), becomes_a_task=True),
        Reviewed(4, "", body(("lead", "Sở Y", "ambiguous")), becomes_a_task=False),
    ]

    assert {(o.obstacle, o.keys) for o in obstacles(title=" ", tasks=tasks)} == {
        (Obstacle.NO_TITLE_OF_PLAN, ()),
        (Obstacle.NAME_UNDECIDED, (1,)),
        (Obstacle.TITLE_EMPTY, (2,)),
        (Obstacle.ENDS_BEFORE_START, (3,)),
    }


def test_an_undecided_actor_is_no_obstacle_since_nothing_is_owed_by_it():
    task = Reviewed(1, "Việc", body(("actor", "trưởng các bản", "unknown")), becomes_a_task=True)

    assert obstacles(title="Kế hoạch", tasks=[task]) == []


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_order_between_two_neighbours_lies_between_them(one, other):
    low, high = sorted((one, other))

    between = review.order_between(low, high)

    assert between is None or low < between < high
    assert (between is None) == (high - low < 2)


def test_a_merged_body_loses_nothing_and_doubles_nothing():
    party = {"role": "lead", "words": "Sở A", "name": {}}
    one = {
        "parties": [party],
        "products": [{"words": "Tờ gấp"}],
        "audiences": ["du khách"],
        "timing": {"words": ""},
    }
    other = {
        "parties": [party, {**party, "role": "coordinating"}],
        "products": [{"words": "tờ gấp"}, {"words": "Video"}],
        "audiences": ["học sinh"],
        "timing": {"words": "Quý I"},
    }

    merged = review.merged_body([one, other])

    assert [(p["role"], p["words"]) for p in merged["parties"]] == [
        ("lead", "Sở A"),
        ("coordinating", "Sở A"),
    ]
    assert [p["words"] for p in merged["products"]] == ["Tờ gấp", "Video"]
    assert merged["audiences"] == ["du khách", "học sinh"]
    assert merged["timing"] == {"words": "Quý I"}


def faces(*rows):
    return [TaskFace(key, path, title) for key, path, title in rows]


def test_a_task_is_recognised_by_its_words_wherever_it_moved():
    old = faces((1, "II.1", "Biên soạn tờ gấp"), (2, "II.2", "Phát bản tin trên loa"))
    new = faces((7, "II.1", "Mở lớp tiếng Lào"), (8, "II.2", "Biên soạn tờ gấp"))

    told = matches(old, new)

    assert [(m.old, m.new, m.change) for m in told] == [
        (None, 7, Change.NEW),
        (1, 8, Change.CHANGED),
        (2, None, Change.GONE),
    ]


def test_a_task_that_comes_back_goes_on_with_its_row_and_is_told_as_new():
    old = faces((1, "II.1", "Biên soạn tờ gấp"))
    gone = faces((5, "II.2", "Phát bản tin trên loa cửa khẩu"), (6, "II.3", "Mở lớp tiếng Lào"))
    new = faces(
        (7, "II.1", "Biên soạn tờ gấp"),
        (8, "II.2", "Đặt bảng chỉ đường"),
        (9, "II.3", "Phát bản tin trên loa cửa khẩu."),
    )

    told = with_those_come_back(matches(old, new), gone, new)

    assert [(m.old, m.new, m.change) for m in told] == [
        (1, 7, Change.SAME),
        (None, 8, Change.NEW),
        (5, 9, Change.NEW),
    ]


@given(st.lists(st.sampled_from(["tờ gấp", "bản tin", "lớp học", "bảng chỉ dẫn"]), max_size=8))
def test_a_version_that_changes_nothing_changes_nothing(titles):
    plan = faces(*((number, f"II.{number}", title) for number, title in enumerate(titles)))

    told = matches(plan, plan)

    assert [(m.old, m.new) for m in told] == [(face.key, face.key) for face in plan]
    assert count(told)[Change.SAME] == len(plan)


@given(
    st.lists(st.text("abcđ ", max_size=6), max_size=7),
    st.lists(st.text("abcđ ", max_size=6), max_size=7),
)
def test_every_old_and_new_task_is_told_exactly_once(old_titles, new_titles):
    old = faces(*((n, f"I.{n}", title) for n, title in enumerate(old_titles)))
    new = faces(*((100 + n, f"I.{n}", title) for n, title in enumerate(new_titles)))

    told = matches(old, new)

    assert sorted(m.old for m in told if m.old is not None) == [face.key for face in old]
    assert [m.new for m in told if m.new is not None] == [face.key for face in new]


def plainly_matched(old, new):
    """What `matches` promises, with every pair looked at: no index and no short cut."""
    found, free = {}, set(range(len(old)))
    words = [[folded(face.title) for face in version] for version in (old, new)]

    def pair_by_path(least):
        for place, face in enumerate(new):
            there = [n for n, other in enumerate(old) if other.path == face.path][-1:]
            alike = [fuzz.ratio(words[0][n], words[1][place]) for n in there if n in free]
            if place not in found and alike and alike[0] >= least:
                found[place] = there[0]
                free.discard(there[0])

    pair_by_path(90.0)
    for place in range(len(new)):
        alike = {n: fuzz.ratio(words[0][n], words[1][place]) for n in sorted(free)}
        if place not in found and alike and max(alike.values()) >= 90.0:
            found[place] = max(alike, key=alike.get)
            free.discard(found[place])
    pair_by_path(55.0)
    return [(old[found[n]].key if n in found else None, face.key) for n, face in enumerate(new)]


TITLES = st.lists(
    st.sampled_from(
        [
            "Biên soạn tờ gấp về chợ phiên vùng biên",
            "Biên soạn tờ gấp về chợ phiên vùng biên.",
            "BIÊN SOẠN TỜ GẤP VỀ CHỢ PHIÊN VÙNG BIÊN",
            "Biên soạn sách về chợ phiên vùng biên",
            "Mở lớp tiếng Lào cho cán bộ xã",
            "Mở các lớp tiếng Lào cho cán bộ xã",
            "",
        ]
    ),
    max_size=8,
)


@given(TITLES, TITLES, st.integers(1, 3))
def test_tasks_are_recognised_as_if_every_pair_were_looked_at(old_titles, new_titles, paths):
    old = faces(*((n, f"I.{n % (4 * paths)}", title) for n, title in enumerate(old_titles)))
    new = faces(*((100 + n, f"I.{n % 4}", title) for n, title in enumerate(new_titles)))

    told = [(m.old, m.new) for m in matches(old, new) if m.new is not None]

    assert told == plainly_matched(old, new)


def test_a_heading_that_was_left_out_leaves_its_children_to_the_one_above():
    above = {1: None, 2: 1, 3: 2, 4: 2, 5: 4, 6: None}

    parents = kept_above([1, 3, 4, 5, 6], above)

    assert parents == {1: None, 3: 1, 4: 1, 5: 4, 6: None}
    assert depths(parents) == {1: 0, 3: 1, 4: 1, 5: 2, 6: 0}


def test_the_depth_of_a_long_chain_is_counted_in_a_moment():
    chain = {n: n + 1 for n in range(50_000)} | {50_000: None}

    assert depths(chain)[0] == 50_000


TEXT = "Căn cứ Luật;\nI. MỤC ĐÍCH\nII. NỘI DUNG\n1. Làm tờ gấp\nChủ trì: Sở A.\n2. In sách\n"


@given(st.integers(-5, 90), st.integers(-5, 90), st.integers(0, 80), st.integers(0, 80))
def test_pieces_of_an_excerpt_put_together_are_a_stretch_of_the_text(start, end, one, other):
    low, high = sorted((one, other))

    pieces = excerpt(TEXT, span=(start, end), marks=[(low, high, "lead")])

    assert "".join(piece.words for piece in pieces) in TEXT
    if 0 <= start < end <= len(TEXT):
        assert TEXT[start:end] in "".join(piece.words for piece in pieces)
    else:
        assert pieces == []


def test_layers_stand_above_and_below_and_cycles_end():
    links = [(2, 1), (3, 2), (4, 2), (1, 3)]  # 1 cites 3, which cites 2: a circle

    assert graphs.layers(2, links) == {2: 0, 1: -1, 3: -2, 4: 1}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_no_two_boxes_lie_upon_each_other(pairs):
    links = [(lower, upper, "implements") for lower, upper in pairs if lower != upper]

    drawn = graphs.drawing(0, links, {})

    places = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(places)) == len(places)
    assert len({box.key for box in drawn.boxes}) == len(drawn.boxes)
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - graphs.BOX_WIDTH
        assert 0 <= box.y <= drawn.height - graphs.BOX_HEIGHT


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_on_a_phone_the_same_boxes_stand_one_below_the_other(pairs):
    links = [(lower, upper, "implements") for lower, upper in pairs if lower != upper]

    wide = graphs.drawing(0, links, {})
    narrow = graphs.narrow_drawing(0, links, {})

    step = graphs.BOX_HEIGHT + graphs.NARROW_GAP
    assert [box.y for box in narrow.boxes] == [step * n for n in range(len(narrow.boxes))]
    assert {box.key for box in narrow.boxes} == {box.key for box in wide.boxes}
    assert [(c.lower, c.upper) for c in narrow.curves] == [(c.lower, c.upper) for c in wide.curves]
    assert [box.layer for box in narrow.boxes] == sorted(box.layer for box in narrow.boxes)
    assert narrow.width <= 328


def test_a_law_that_hundreds_cite_shows_the_newest_of_them_and_counts_the_rest():
    links = [(number, 0, "basis") for number in range(1, 41)]
    order = {number: (str(2000 + number), number) for number in range(41)}

    drawn = graphs.drawing(0, links, order, most=10)

    assert {box.key for box in drawn.boxes} == {0, *range(31, 41)}
    assert drawn.left_out == 30
    assert len(drawn.curves) == 10


def reading_of(*tasks):
    return {
        "text": "",
        "tasks": [{"path": path, "title": path, "role": role} for path, role in tasks],
    }


@pytest.mark.parametrize(
    ("tasks", "proposed"),
    [
        ([("II.1", None), ("T1.1", "table_row")], ["II.1"]),
        ([("T1.1", "table_row"), ("T1.2", "table_row")], ["T1.1", "T1.2"]),
        ([("II.1", "schedule"), ("T1.1", "table_row")], ["T1.1"]),
        ([("II.1", "schedule")], []),
    ],
)
def test_rows_of_a_table_are_tasks_where_the_text_orders_nothing(tasks, proposed):
    drafts = proposals.drafts_of(reading_of(*tasks))

    assert [draft.path for draft in drafts if not draft.orders_nothing] == proposed


@pytest.mark.parametrize(
    ("type_words", "kind"),
    [
        ("Luật", "basis"),
        ("Nghị định", "basis"),
        ("Thông tư liên tịch", "basis"),
        ("Kế hoạch", "implements"),
        ("Kết luận", "implements"),
        ("Quyết định", "implements"),
        ("", "implements"),
    ],
)
def test_law_gives_the_power_and_plans_are_carried_out(type_words, kind):
    assert kind_of_link(type_words) == kind


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Sở Y tế (theo chức năng, nhiệm vụ); Sở Nội vụ", "theo chức năng, nhiệm vụ"),
        (
            "Sở Y tế theo chức năng, nhiệm vụ được giao; Sở Nội vụ",
            "theo chức năng, nhiệm vụ được giao",
        ),
        ("Sở Y tế, căn cứ chức năng của mình\nSở Nội vụ", "căn cứ chức năng của mình"),
        ("Sở Y tế (điểm b)", "điểm b"),
        ("Sở Y tế (PA03); Sở Nội vụ", ""),
        ("Sở Y tế theo dõi dịch bệnh", ""),
        ("Sở Y tế; Sở Nội vụ (điểm a)", ""),
        ("Sở Y tế", ""),
        ("Sở Y tế (", ""),
    ],
)
def test_a_remark_stands_right_behind_the_name(text, remark):
    found = remark_after(text, len("Sở Y tế"))

    assert ("" if found is None else text[found.start : found.end]) == remark


def index_of(*names):
    """Units numbered from 1, in one province."""
    return NameIndex.build(
        units=[
            KnownUnit(key, "department", name, None, None, Interval(None, None))
            for key, name in enumerate(names, 1)
        ],
        names=[
            KnownName(key, name, "official", Interval(None, None))
            for key, name in enumerate(names, 1)
        ],
    )


@pytest.mark.parametrize(
    ("words", "told", "unit"),
    [
        ("Sở Ngoại vụ", set(), 1),
        ("Sở Ngoại vụ", {2}, 2),  # what a person said of the same words comes first
        ("Sở Ngoại vụ", {1, 2}, None),  # it was said in two ways
        ("Sở Ngoại vụ", {None}, None),  # kept as written
        ("Sở NV", set(), None),  # Ngoại vụ or Nội vụ
        ("Ban Quản lý Khu kinh tế cửa khâu", set(), None),  # a typing error
        ("Hội không ai biết", set(), None),
    ],
)
def test_a_unit_is_named_only_beyond_doubt(words, told, unit):
    names = index_of("Sở Ngoại vụ", "Sở Nội vụ", "Ban Quản lý Khu kinh tế cửa khẩu")

    assert sure_unit(words, told=told, names=names, on=date(2026, 3, 2), scope=None) == unit
