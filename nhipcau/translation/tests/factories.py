"""Subjects and versions for tests, here and in the rooms above."""

from nhipcau.people.tests.factories import AT, make_person, make_unit
from nhipcau.registry.models import Language
from nhipcau.translation.actions import approve, hand_in, start_subject, start_version

SCRIPTS = {"vi": "Latn", "en": "Latn", "zh-Hans": "Hans", "lo": "Laoo", "km": "Khmr"}


def make_language(tag="vi", *, mode="written"):
    return Language.objects.get_or_create(
        tag=tag,
        defaults={
            "name": tag,
            "english_name": tag,
            "own_name": tag,
            "script": SCRIPTS.get(tag, "Latn" if mode == "written" else ""),
            "mode": mode,
        },
    )[0]


def make_subject(*, by=None, unit=None, kind="work"):
    return start_subject(
        kind=kind, unit=unit or make_unit(), by=by or make_person("Hoàng Văn Tác"), at=AT
    )


def make_version(
    *, by=None, subject=None, tag="vi", title="Lễ hội Lồng Tồng đầu xuân", approved=False, **words
):
    """A version with a first revision; `approved` has somebody else clear it."""
    by = by or make_person("Hoàng Văn Tác")
    version = start_version(
        subject=subject or make_subject(by=by),
        language=make_language(tag),
        by=by,
        at=AT,
        title=title,
        **words,
    )
    if approved:
        clear(version)
    return version


def clear(version, *, by=None):
    """Hand in and approve the newest words, as a clearance does at its end."""
    revision = hand_in(version=version, by=make_person("Lý Thị Nộp"), at=AT)
    approve(version=version, revision=revision, by=by or make_person("Lê Văn Duyệt"), at=AT)
    version.refresh_from_db()
    return revision
