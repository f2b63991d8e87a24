"""What kind a release is, and who holds its files."""

from __future__ import annotations

from nhipcau.publishing.enums import ReleaseKind


def kind_of_release(*, earlier: int, changes_public_words: bool) -> ReleaseKind:
    """The first of its subject, a correction of public words, or a further language."""
    if changes_public_words:
        return ReleaseKind.CORRECTION
    return ReleaseKind.ADDITION if earlier else ReleaseKind.FIRST


def holder_of(bundle_id: int, subject_id: int) -> str:
    """Under which name a release's files are staged: known before the release has a row."""
    return f"release:{bundle_id}:{subject_id}"
