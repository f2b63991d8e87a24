from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.audit.rules import Personal, hashed, is_signed, is_the_value, kept, sign
from nhipcau.kernel.canonical import canonical, plain

KEY = b"k" * 32
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(date(2026, 3, 2), "2026-03-02", id="a day"),
        pytest.param(NOON, "2026-03-02T05:00:00.000000Z", id="a moment"),
        pytest.param(
            NOON.astimezone(timezone(timedelta(hours=7))),
            "2026-03-02T05:00:00.000000Z",
            id="the same moment told elsewhere",
        ),
        pytest.param(Decimal("1E+3"), "1000", id="a decimal without exponent"),
        pytest.param(Decimal("1.50"), "1.50", id="a decimal with all its places"),
        pytest.param(UUID(int=7), "00000000-0000-0000-0000-000000000007", id="a uuid"),
        pytest.param({"b", "a"}, ["a", "b"], id="a set, sorted"),
        pytest.param((1, None, True), [1, None, True], id="a tuple"),
        pytest.param({1: {"x": date(2026, 1, 1)}}, {"1": {"x": "2026-01-01"}}, id="a mapping"),
        pytest.param("a\x00b", "a\ufffdb", id="a text that PostgreSQL would refuse"),
    ],
)
def test_values_become_plain(value, expected):
    assert plain(value) == expected


@pytest.mark.parametrize("value", [object(), b"bytes", datetime(2026, 3, 2), NOON.tzinfo])  # noqa: DTZ001 -- a naive time is what must be refused
def test_what_has_no_plain_form_is_refused(value):
    with pytest.raises(TypeError):
        plain(value)


def test_the_canonical_form_has_no_number_that_is_none():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical([float("nan")])


@given(
    st.dictionaries(st.text(), st.integers() | st.text() | st.none() | st.lists(st.booleans())),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_names_were_set_does_not_matter(values, chance):
    names = list(values)
    chance.shuffle(names)

    assert canonical({name: values[name] for name in names}) == canonical(values)


def test_a_personal_value_is_kept_as_a_hash_only():
    row = kept(
        {"email": Personal("lan@example.vn"), "unit": "Sở Ngoại vụ"},
        key=KEY,
        salts={"email": b"s" * 16},
    )

    assert row["unit"] == "Sở Ngoại vụ"
    assert set(row["email"]) == {"personal"}
    assert "lan" not in str(row)
    assert is_the_value(row["email"], "lan@example.vn", key=KEY)
    assert not is_the_value(row["email"], "Lan@example.vn", key=KEY)
    assert not is_the_value(row["email"], "lan@example.vn", key=b"x" * 32)
    assert is_the_value(row["unit"], "Sở Ngoại vụ", key=KEY)


def test_equal_personal_values_do_not_look_equal():
    assert hashed("0912", key=KEY, salt=b"1" * 16) != hashed("0912", key=KEY, salt=b"2" * 16)


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_personal_value_stays_empty(empty):
    assert hashed(empty, key=KEY, salt=b"1" * 16) == empty


def test_a_personal_value_does_not_show_in_a_traceback():
    assert repr(Personal("lan@example.vn")) == "Personal(…)"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("position", 4),
        ("hash", "0" * 64),
        ("at", "2026-03-02T05:00:00.000001Z"),
        ("signature", "AAAA"),
        ("signature", "not base64"),
        ("key", "AAAA"),
    ],
)
def test_a_head_is_signed_as_a_whole(field, value):
    import dataclasses

    head = sign(position=3, hash="a" * 64, at=NOON, key=Ed25519PrivateKey.generate())

    assert is_signed(head)
    assert not is_signed(dataclasses.replace(head, **{field: value}))
