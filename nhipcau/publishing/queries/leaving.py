"""The files that leave with a bundle: its forms, and what its words show in every size."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nhipcau.media.models import Derivative, MediaItem, StoredFile
from nhipcau.media.rules.credentials import Said
from nhipcau.publishing.models import Bundle, BundleItem, BundleVersion, Rendition
from nhipcau.publishing.queries.inspection import items_in, raw_body
from nhipcau.translation.rules.media_numbers import media_in


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that leaves with a subject: of a form, or what its words show.

    `role` tells the files of one form and the sizes of one picture apart, "" is the whole;
    `made_of` is the whole of another, of which the credential tells.
    """

    subject_id: int
    stored: StoredFile
    name: str
    media_type: str
    said: Said
    made_of: Leaving | None = None
    rendition: Rendition | None = None
    media_key: str = ""
    role: str = ""

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower()[:10] if "." in self.name else "bin"


def files_of(bundle: Bundle) -> list[Leaving]:
    """Every file that leaves with the bundle. Seven queries at most, whatever it holds."""
    chosen = list(
        BundleVersion.objects.filter(item__bundle=bundle).select_related("item", "revision")
    )
    return leaving_with(
        items=list(BundleItem.objects.filter(bundle=bundle).select_related("subject__unit")),
        chosen=chosen,
        forms=forms_in(bundle),
        media=items_in(raw_body(each.revision.content) for each in chosen),
    )


def forms_in(bundle: Bundle) -> list[Rendition]:
    """The forms of a bundle with their texts, in the order of their orders. Three queries."""
    return list(
        Rendition.objects.filter(
            pk__in=BundleItem.renditions.through.objects.filter(bundleitem__bundle=bundle).values(
                "rendition"
            )
        )
        .select_related("file")
        .prefetch_related("made_of__version")
        .order_by("pk")
    )


def leaving_with(
    *,
    items: Collection[BundleItem],
    chosen: Collection[BundleVersion],
    forms: Collection[Rendition],
    media: Mapping[int, MediaItem],
) -> list[Leaving]:
    """The files that leave with what was read of a bundle: in the dry run, and at the release.

    Forms with all their files, then what the words show in all sizes, each once for a subject. Two
    queries, none for a bundle of words alone.
    """
    issuers = {item.subject_id: item.subject.unit.label for item in items}
    leaving = _forms(forms, {item.subject_id: str(item.subject) for item in items}, issuers)
    sizes = _sizes_of(media)
    seen: set[tuple[int, str]] = set()
    for each in chosen:
        subject_id = each.item.subject_id
        for number, key in media_in(raw_body(each.revision.content)):
            shown = media.get(number)
            if shown is None or shown.current is None or (subject_id, key) in seen:
                continue
            seen.add((subject_id, key))
            file = shown.current
            whole = Leaving(
                subject_id,
                file.stored,
                file.file_name,
                file.mime,
                Said(shown.title, issuers[subject_id], shown.licence),
                media_key=key,
            )
            leaving.append(whole)
            leaving += [
                dataclasses.replace(
                    whole,
                    stored=made.stored,
                    name=_name_of(made),
                    media_type=made.mime,
                    role=made.spec,
                    made_of=whole,
                )
                for made in sizes.get(file.pk, [])
            ]
    return leaving


def _forms(
    forms: Collection[Rendition], titles: Mapping[int, str], issuers: Mapping[int, str]
) -> list[Leaving]:
    """Every file of every form that was made; what a form's drawing became names the drawing."""
    others = {other["sha256"] for form in forms for other in form.further}
    stored = {each.sha256: each for each in StoredFile.objects.filter(sha256__in=others)}
    leaving = []
    for form in forms:
        if form.file is None:
            continue
        subject_id = form.subject_id
        whole = Leaving(
            subject_id,
            form.file,
            form.name,
            form.media_type,
            Said(titles[subject_id], issuers[subject_id]),
            rendition=form,
        )
        leaving.append(whole)
        leaving += [
            dataclasses.replace(
                whole,
                stored=stored[other["sha256"]],
                name=other["name"],
                media_type=other["media_type"],
                role=other["role"],
                made_of=whole,
            )
            for other in form.further
            if other["sha256"] in stored  # else the dry run says that it is missing
        ]
    return leaving


def _sizes_of(media: Mapping[int, MediaItem]) -> dict[int, list[Derivative]]:
    """The sizes that are kept of the files of these items, by file."""
    files = [item.current_id for item in media.values() if item.current_id]
    sizes: dict[int, list[Derivative]] = {}
    if files:
        kept = Derivative.objects.filter(file__in=files).select_related("stored")
        for made in kept.order_by("pk"):
            sizes.setdefault(made.file_id, []).append(made)
    return sizes


def _name_of(made: Derivative) -> str:
    return f"{made.spec.rpartition('.')[0] or made.spec}.{made.mime.rpartition('/')[2]}"
