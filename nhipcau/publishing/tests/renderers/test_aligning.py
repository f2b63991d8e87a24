"""Two languages, part beside part."""

from dataclasses import replace

from nhipcau.publishing.renderers.parallel.aligning import aligned
from nhipcau.publishing.tests import specimens
from nhipcau.translation.manuscript import Figure, Heading, Paragraph, Run


def p(text):
    return Paragraph((Run(text),))


def test_equal_versions_stand_side_by_side():
    left = specimens.vietnamese().blocks
    right = tuple(replace(b, text="x") if isinstance(b, Heading) else b for b in left)

    assert aligned(left, right) == list(zip(left, right, strict=True))


def test_a_missing_part_leaves_a_gap_and_nothing_slips():
    blocks = [Heading(2, "a"), p("một"), Figure("pictures/1"), p("hai"), Heading(2, "b"), p("ba")]
    without = [block for block in blocks if not isinstance(block, Figure)]

    pairs = aligned(blocks, without)

    assert (blocks[2], None) in pairs
    assert all(one == other for one, other in pairs if one and other)


def test_other_kinds_are_never_beside_each_other():
    assert aligned([p("a")], [Heading(2, "a")]) in (
        [(p("a"), None), (None, Heading(2, "a"))],
        [(None, Heading(2, "a")), (p("a"), None)],
    )


def test_nothing_is_lost_whatever_the_lengths():
    left = [p(str(n)) for n in range(400)]
    right = [Heading(2, "x"), *[p(str(n)) for n in range(50)]]

    pairs = aligned(left, right)

    assert [one for one, _ in pairs if one] == left
    assert [other for _, other in pairs if other] == right
    assert aligned([], []) == []
    assert aligned([], right) == [(None, block) for block in right]
