"""The files that leave with a bundle: its forms, and what its words show in every size."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from nhipcau.media.models import Derivative, StoredFile
from nhipcau.media.rules.credentials import Said
from nhipcau.publishing.models import Bundle, BundleItem, BundleVersion, Rendition
from nhipcau.publishing.queries.inspection import items_in, raw_body
from nhipcau.translation.rules.media_numbers import media_in


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that leaves with a subject: a form, or what its words show.

    `made_of` is the original of a smaller size, of which the credential tells.
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
    """Every file that leaves with the bundle: forms, and what the words show in all sizes."""
    leaving: list[Leaving] = []
    items = (
        BundleItem.objects.filter(bundle=bundle)
        .select_related("subject__unit")
        .prefetch_related("renditions__file")
    )
    issuers = {item.subject_id: item.subject.unit.label for item in items}
    for item in items:
        leaving += [
            Leaving(
                item.subject_id,
                form.file,
                form.name,
                form.media_type,
                Said(str(item.subject), item.subject.unit.label),
                rendition=form,
            )
            for form in item.renditions.all()
            if form.file is not None
        ]
    chosen = BundleVersion.objects.filter(item__bundle=bundle).select_related("item", "revision")
    bodies = [(each.item.subject_id, raw_body(each.revision.content)) for each in chosen]
    media = items_in(body for _subject, body in bodies)
    sizes: dict[int, list[Derivative]] = {}
    for made in Derivative.objects.filter(
        file__in=[item.current_id for item in media.values() if item.current_id]
    ).select_related("stored"):
        sizes.setdefault(made.file_id, []).append(made)
    seen: set[tuple[int, str]] = set()
    for subject_id, body in bodies:
        for number, key in media_in(body):
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


def _name_of(made: Derivative) -> str:
    return f"{made.spec.rpartition('.')[0] or made.spec}.{made.mime.rpartition('/')[2]}"
