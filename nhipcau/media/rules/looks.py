"""Perceptual hashes: how they are stored, and how alike two pictures look."""

from __future__ import annotations

ALIKE = 6  # of 64 bits


def quarters(look: int) -> tuple[int, int, int, int]:
    """Four numbers of 16 bits; pictures within three bits of each other share at least one."""
    return (look >> 48 & 0xFFFF, look >> 32 & 0xFFFF, look >> 16 & 0xFFFF, look & 0xFFFF)


def signed(look: int) -> int:
    """As a database keeps 64 bits."""
    return look - (1 << 64) if look >> 63 else look


def distance(one: int, other: int) -> int:
    """In how many bits two hashes (signed or not) differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()
