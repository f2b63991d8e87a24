"""What is asked about versions. Each function tells its price in queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from wagtail.models import Revision

from nhipcau.media.models import AltText, MediaItem
from nhipcau.people.models import Person
from nhipcau.translation.enums import VersionState
from nhipcau.translation.errors import TextStopped
from nhipcau.translation.models import (
    Approval,
    Contribution,
    LanguageVersion,
    MediaUse,
    Remark,
    Stop,
    Subject,
)
from nhipcau.translation.rules.library_texts import Told, untold_pictures, with_told


def writers_of(version: LanguageVersion) -> frozenset[int]:
    """The ids of all persons who ever had a hand in the version's words. One query.

    Subtitles and transcripts in its language, of films and sounds that it shows, leave with it:
    whoever ever saved those is among them.
    """
    return _hands(Contribution.objects.filter(version=version), Q(version=version))


def writers_of_subject(subject: int) -> frozenset[int]:
    """The ids of all persons who had a hand in any words of the subject. One query.

    Those who wrote what its films and sounds say in the languages of its texts are among them.
    """
    return _hands(
        Contribution.objects.filter(version__subject=subject), Q(version__subject=subject)
    )


def _hands(wrote: QuerySet[Contribution], shown_by: Q) -> frozenset[int]:
    spoken = spoken_with(shown_by).values_list("item__spoken_writers__person", flat=True)
    return frozenset(wrote.values_list("person", flat=True).union(spoken))


def spoken_with(shown_by: Q) -> QuerySet[MediaUse]:
    """Films and sounds that words show, once for each who wrote what is said in that language.

    `shown_by` narrows the uses; the writer is `item__spoken_writers`, who counts for texts in the
    language that he or she wrote in and for no other. One query when it is read.
    """
    return MediaUse.objects.filter(shown_by, item__spoken_writers__language=F("version__language"))


def films_written_by(person: Person, version: LanguageVersion) -> list[str]:
    """Titles of what the version shows, in which the person wrote what is said. One query."""
    spoken = spoken_with(Q(version=version, item__spoken_writers__person=person))
    return list(spoken.values_list("item__title", flat=True).distinct().order_by("item__title"))


def standing_stop(subject: int) -> Stop | None:
    """The stop of the subject that nobody has lifted, with the persons. One query."""
    return (
        Stop.objects.filter(subject=subject, lifted_at__isnull=True)
        .select_related("subject__unit", "stopped_by", "confirmed_by")
        .first()
    )


def stopped_titles(subject: int | None = None) -> dict[str, str]:
    """Every title that stopped words ever had, and every slug, with the short id of the subject.

    Of one subject or of all. Files of forms are called by slugs.

    For what was written before the stop and is never changed. The longest first, so that a title
    within another one is not found before it. One query; two where anything is stopped.
    """
    texts = LanguageVersion.objects.filter(state=VersionState.STOPPED)
    if subject is not None:
        texts = texts.filter(subject=subject)
    names = dict(texts.values_list("pk", "subject__short_id"))
    if not names:
        return {}
    kept = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(LanguageVersion),
        object_id__in=[str(key) for key in names],
    )
    found: dict[str, str] = {}
    for key, content in kept.values_list("object_id", "content"):
        for name in ("title", "title_vi", "slug"):
            if title := (content.get(name) or "").strip():
                found[title] = names[int(key)]
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def without_titles(words: str, titles: Mapping[str, str]) -> str:
    """The words with these titles replaced by their short ids. No query."""
    for title, short_id in titles.items():
        words = words.replace(title, short_id)
    return words


def stopped_texts() -> QuerySet[LanguageVersion]:
    """Texts of an outer query's `subject` that were stopped, to be asked whether there are any."""
    return LanguageVersion.objects.filter(subject=OuterRef("subject"), state=VersionState.STOPPED)


def refuse_stopped(subject: int) -> None:
    """Raises TextStopped while a text of the subject is stopped. One query."""
    if is_stopped(subject):
        raise TextStopped(subject)


def is_stopped(subject: int) -> bool:
    """Whether a text of the subject is stopped. One query."""
    return LanguageVersion.objects.filter(subject=subject, state=VersionState.STOPPED).exists()


def versions_of(subject: Subject) -> QuerySet[LanguageVersion]:
    """The subject's versions, Vietnamese first, without their bodies. One query."""
    return (
        LanguageVersion.objects.filter(subject=subject)
        .select_related("language")
        .defer("body")
        .order_by(Case(When(language__tag="vi", then=0), default=1), "language__name", "mode")
    )


def keep_versions(
    subject: Subject, versions: Iterable[LanguageVersion]
) -> Sequence[LanguageVersion]:
    """Read these rows of `versions_of` and keep them on the subject, for `known_versions`."""
    kept: list[LanguageVersion] = list(versions)
    vars(subject)["versions_kept"] = kept
    return kept


def known_versions(subject: Subject) -> Sequence[LanguageVersion]:
    """As `versions_of`. One query; none where this object's versions were kept already."""
    kept: Sequence[LanguageVersion] | None = vars(subject).get("versions_kept")
    return list(versions_of(subject)) if kept is None else kept


def standing_approval(revision: Revision) -> Approval | None:
    """The revision's approval, when its words are still those that were approved. One query."""
    approval = Approval.objects.select_related("revision").filter(revision=revision).first()
    return approval if approval is not None and approval.holds else None


def open_remarks(version: LanguageVersion) -> QuerySet[Remark]:
    """Remarks that nobody has settled, oldest first, with their authors. One query."""
    return (
        Remark.objects.filter(version=version, answers__isnull=True, settled_at__isnull=True)
        .select_related("by")
        .order_by("at", "pk")
    )


def versions_showing(item: MediaItem) -> QuerySet[LanguageVersion]:
    """Versions that show the item, in their newest words or in approved ones. One query.

    `shows_approved` tells whether approved words do.
    """
    uses = MediaUse.objects.filter(item=item)
    approved = uses.filter(version=OuterRef("pk"), revision__approvals__isnull=False)
    return LanguageVersion.objects.filter(pk__in=uses.values("version")).annotate(
        shows_approved=Exists(approved)
    )


def with_library_texts(raw: Any, *, language_id: int) -> Any:
    """A raw body, with what the library says of pictures of which the body says nothing.

    The same object where nothing is to be taken over. No query without such pictures, else two.
    """
    numbers = set(untold_pictures(raw))
    told = told_of_pictures(numbers, languages=[language_id])[language_id] if numbers else {}
    return with_told(raw, told) if any(each != Told() for each in told.values()) else raw


def told_of_pictures(
    numbers: Collection[int], *, languages: Collection[int]
) -> dict[int, dict[int, Told]]:
    """What the library says of these pictures: by language, then by number. Two queries."""
    kept = AltText.objects.filter(item__in=numbers, language__in=languages)
    texts = {(each.language_id, each.item_id): each.text for each in kept}
    marked = MediaItem.objects.filter(pk__in=numbers, is_decorative=True)
    decorative = set(marked.values_list("pk", flat=True))
    return {
        language: {
            number: Told(texts.get((language, number), ""), number in decorative)
            for number in numbers
        }
        for language in languages
    }


def items_shown() -> QuerySet[MediaUse, int]:
    """The numbers of all items that some words show, for lists."""
    return MediaUse.objects.values_list("item_id", flat=True)
