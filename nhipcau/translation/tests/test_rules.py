"""Addresses and states, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.translation.enums import VersionState
from nhipcau.translation.rules.addresses import (
    SLUG_LENGTH,
    is_short_id,
    new_short_id,
    slug_of,
)
from nhipcau.translation.rules.states import STEPS, WRITABLE, may_become, may_write


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Lễ hội Lồng Tồng: Đồng Đăng 2026!", "le-hoi-long-tong-dong-dang-2026"),
        ("边境口岸 通关指南", "边境口岸-通关指南"),
        ("ບຸນປີໃໝ່ລາວ", "ບຸນປີໃໝ່ລາວ"),
        ("<script>alert('x')</script>", "script-alert-x-script"),
        ("../../etc/passwd", "etc-passwd"),
        ("!!! ???", ""),
    ],
)
def test_slugs(title, slug):
    assert slug_of(title) == slug


@given(st.text(max_size=300))
def test_slugs_are_short_and_harmless(title):
    slug = slug_of(title)

    assert len(slug) <= SLUG_LENGTH
    assert not set(slug) & set("/\\?#&<>\"'% .:")
    assert "\u202e" not in slug


def test_short_ids_hold_nothing_that_looks_alike():
    short = new_short_id(lambda letters: letters[-1])

    assert is_short_id(short)
    assert not any(is_short_id(text) for text in ("", "abc", "0123456", short + "2", short.upper()))


def test_every_state_has_its_steps():
    assert set(STEPS) == set(VersionState)
    assert all(may_become(state, VersionState.STOPPED) for state in STEPS if state != "stopped")
    assert {state for state in VersionState if may_write(state)} == WRITABLE
