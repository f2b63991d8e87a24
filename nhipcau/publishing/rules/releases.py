"""What kind a release is, who holds its files, and how long these stay public."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from nhipcau.publishing.enums import ReleaseKind


def kind_of_release(*, earlier: int, changes_public_words: bool) -> ReleaseKind:
    """The first of its subject, a correction of public words, or a further language."""
    if changes_public_words:
        return ReleaseKind.CORRECTION
    return ReleaseKind.ADDITION if earlier else ReleaseKind.FIRST


def holder_of(bundle_id: int, subject_id: int) -> str:
    """Under which name a release's files are staged: known before the release has a row."""
    return f"release:{bundle_id}:{subject_id}"


def is_still_needed(
    *, shown: bool, made_of: AbstractSet[int], public: AbstractSet[int], is_replaced: bool = False
) -> bool:
    """Whether a released file stays before the public: as long as public words need it.

    What words show stays while a public text of its release shows it (`shown`). A form stays while
    every text that it was made of is public just so (`made_of` and `public` are revisions), and
    the same form of the same texts has not left anew. The rule holds alike for a correction and a
    withdrawal; what another release holds stays for that one (decision 14).
    """
    return shown or (bool(made_of) and made_of <= public and not is_replaced)
