"""What changed between two states of words."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.translation.proofreading.draft import Role, Version, no_media
from nhipcau.translation.proofreading.examples import heading, picture, quote, table, text
from nhipcau.translation.rules.comparison import Change, Stretch, compare

SAME, CHANGED, ADDED, REMOVED = Change.SAME, Change.CHANGED, Change.ADDED, Change.REMOVED


def version(*blocks, title="Hội xuân", summary="", language="vi"):
    return Version.read(
        language=language, title=title, summary=summary, body=list(blocks), resolve=no_media
    )


def block(key, words):
    return {"id": key, **text(words)}


def told(comparison):
    return [(b.change, b.before, b.after, b.moved) for b in comparison.blocks]


def stretches(comparison, place=0):
    return [
        (stretch.change, stretch.words)
        for passage in comparison.blocks[place].passages
        for stretch in passage.stretches
    ]


def test_nothing_changed():
    words = version(block("a", "Một hai ba."), block("b", "Bốn."), summary="Tóm tắt")

    found = compare(words, words)

    assert found.is_same
    assert (found.words_added, found.words_removed) == (0, 0)
    assert told(found) == [(SAME, 1, 1, False), (SAME, 2, 2, False)]


def test_words_that_came_and_went_in_reading_order():
    found = compare(
        version(block("a", "Hội mở ngày 14 tháng 3, vào cửa tự do.")),
        version(block("a", "Hội mở ngày 15 tháng 3, vào cửa miễn phí.")),
    )

    assert stretches(found) == [
        (SAME, "Hội mở ngày "),
        (REMOVED, "14"),
        (ADDED, "15"),
        (SAME, " tháng 3, vào cửa "),
        (REMOVED, "tự do"),
        (ADDED, "miễn phí"),
        (SAME, "."),
    ]
    assert told(found) == [(CHANGED, 1, 1, False)]
    assert (found.words_added, found.words_removed) == (3, 3)


def test_title_and_summary():
    found = compare(version(title="Hội xuân"), version(title="Hội xuân 2026", summary="Ba ngày"))

    assert found.title.stretches == (Stretch(SAME, "Hội xuân"), Stretch(ADDED, " 2026"))
    assert found.summary.stretches == (Stretch(ADDED, "Ba ngày"),)
    assert not found.is_same


def test_blocks_that_came_went_and_moved():
    before = version(*(block(key, f"Đoạn {key}.") for key in "abcde"))
    after = version(*(block(key, f"Đoạn {key}.") for key in "daxbe"))

    found = compare(before, after)

    assert told(found) == [
        (SAME, 4, 1, True),
        (SAME, 1, 2, False),
        (ADDED, None, 3, False),
        (SAME, 2, 4, False),
        (REMOVED, 3, None, False),
        (SAME, 5, 5, False),
    ]


def test_a_block_that_moved_and_changed_is_both():
    before = version(block("a", "Một hai."), block("b", "Ba."), block("c", "Bốn."))
    after = version(block("b", "Ba."), block("c", "Bốn."), block("a", "Một hai ba."))

    assert told(compare(before, after)) == [
        (SAME, 2, 1, False),
        (SAME, 3, 2, False),
        (CHANGED, 1, 3, True),
    ]


def test_without_ids_blocks_are_known_by_their_words():
    before = version(text("Chợ họp từ sáng sớm."), text("Đường lên xã dễ đi."))
    after = version(heading("Mới"), text("Đường lên xã dễ đi."), text("Chợ phiên họp từ sáng sớm."))

    assert [b.change for b in compare(before, after).blocks] == [ADDED, SAME, CHANGED]


def test_a_block_of_other_words_under_no_id_is_another_block():
    found = compare(version(text("Một hai ba.")), version(text("Hoàn toàn khác hẳn rồi.")))

    assert sorted(b.change for b in found.blocks) == [ADDED, REMOVED]


def test_another_picture_with_the_same_words_is_a_change():
    before = version({"id": "p", **picture(1, alt="Cổng chợ")})
    after = version({"id": "p", **picture(2, alt="Cổng chợ")})

    [found] = compare(before, after).blocks
    assert (found.change, found.other_media) == (CHANGED, True)


def test_another_link_under_the_same_words_is_a_change():
    before = version(block("a", 'Xem <a href="https://a.vn/1">trang tỉnh</a>.'))
    after = version(block("a", 'Xem <a href="https://b.vn/2">trang tỉnh</a>.'))

    [found] = compare(before, after).blocks
    assert found.change is CHANGED
    assert Stretch(REMOVED, "trang tỉnh", "https://a.vn/1") in found.passages[0].stretches
    assert Stretch(ADDED, "trang tỉnh", "https://b.vn/2") in found.passages[0].stretches


def test_cells_and_quotations_are_compared_passage_by_passage():
    before = version(
        {"id": "t", **table(("Năm", "Lượt"), ("2024", "1.250"), ("2025", "1.800"))},
        {"id": "q", **quote("Chợ là hồn của bản.", "Bà Inh", "Hội xuân")},
    )
    after = version(
        {"id": "t", **table(("Năm", "Lượt"), ("2024", "1.250"), ("2025", "1.900"))},
        {"id": "q", **quote("Chợ là hồn của bản.", "Bà Lò Thị Inh", "Hội xuân")},
    )

    found = compare(before, after)

    changed = [
        (passage.role, passage.stretches)
        for each in found.blocks
        for passage in each.passages
        if passage.change is not SAME
    ]
    assert changed == [
        (Role.CELL, (Stretch(SAME, "1."), Stretch(REMOVED, "800"), Stretch(ADDED, "900"))),
        (Role.NAME, (Stretch(SAME, "Bà "), Stretch(ADDED, "Lò Thị "), Stretch(SAME, "Inh"))),
    ]


def test_scripts_without_spaces_are_compared_by_their_letters():
    chinese = compare(
        version(block("a", "口岸早上七点开门。"), language="zh-Hans"),
        version(block("a", "口岸早上八点开门。"), language="zh-Hans"),
    )
    lao = compare(
        version(block("a", "ດ່ານເປີດເຊົ້າ"), language="lo"),
        version(block("a", "ດ່ານປິດເຊົ້າ"), language="lo"),
    )

    assert (REMOVED, "七") in stretches(chinese)
    assert (ADDED, "八") in stretches(chinese)
    assert stretches(lao)[0] == (SAME, "ດ່ານ")
    assert stretches(lao)[-1][0] is SAME


@pytest.mark.survey
def test_two_megabytes_are_compared_in_seconds():
    dice = random.Random(7)  # noqa: S311 -- words to compare, no secret
    words = ["chợ", "phiên", "vùng", "biên", "hội", "xuân", "mở", "cửa"]
    sentences = [" ".join(dice.choices(words, k=12)) + "." for _ in range(40_000)]
    changed = list(sentences)
    for place in range(0, 40_000, 400):
        changed[place] = "Câu này khác hẳn."
    started = time.process_time()

    found = compare(
        version(block("a", " ".join(sentences))), version(block("a", " ".join(changed)))
    )
    scrambled = compare(
        version(block("a", "a b " * 250_000)), version(block("a", "b c " * 250_000))
    )
    seconds = time.process_time() - started

    assert len(" ".join(sentences)) > 2_000_000
    assert found.blocks[0].change is scrambled.blocks[0].change is CHANGED
    assert seconds < 60


def test_thousands_of_blocks_in_another_order():
    keys = [f"k{number}" for number in range(2_000)]
    before = version(*(block(key, f"Đoạn {key}.") for key in keys))
    after = version(*(block(key, f"Đoạn {key}.") for key in reversed(keys)))
    started = time.process_time()

    found = compare(before, after)

    assert sum(not b.moved for b in found.blocks) == 1
    assert time.process_time() - started < 30


PARAGRAPHS = st.lists(st.text("ab c.ơ谊ລ", min_size=1, max_size=30), max_size=6)


@settings(max_examples=150)
@given(PARAGRAPHS, PARAGRAPHS, st.booleans())
def test_both_states_can_be_read_back_from_the_comparison(old, new, with_ids):
    def made(paragraphs, shift):
        return version(
            *(
                {**text(words), **({"id": f"i{n * shift % 7}"} if with_ids else {})}
                for n, words in enumerate(paragraphs)
            )
        )

    before, after = made(old, 1), made(new, 3)

    found = compare(before, after)

    for state, place, gone in ((before, "before", ADDED), (after, "after", REMOVED)):
        blocks = sorted(
            (b for b in found.blocks if getattr(b, place) is not None),
            key=lambda b, place=place: getattr(b, place),
        )
        assert [getattr(b, place) for b in blocks] == list(range(1, len(state.parts) + 1))
        read = [
            "".join(s.words for s in passage.stretches if s.change is not gone)
            for b in blocks
            for passage in b.passages
        ]
        said = [p.text for p in state.passages if p.block != "title"]
        assert [words for words in read if words] == said
    assert compare(before, before).is_same
