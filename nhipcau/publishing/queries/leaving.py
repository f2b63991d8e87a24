"""The files that leave with a bundle: its forms, and what its words show in every size."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nhipcau.media.models import Derivative, MediaItem, StoredFile
from nhipcau.media.queries.playing import NOTHING_YET, WebCopies, web_copies
from nhipcau.media.rules.credentials import Said
from nhipcau.publishing.models import Bundle, BundleItem, BundleVersion, Rendition
from nhipcau.publishing.queries.inspection import raw_body
from nhipcau.publishing.queries.pins import MOVING, Shelf, shelf_of
from nhipcau.translation.rules.media_numbers import media_in

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Leaving:
    """A file that leaves with a subject: of a form, or what its words show.

    `content` is a kept file; or, of subtitles and transcripts, the bytes that become one when they
    leave. `role` tells the files of one form, the sizes of one picture, and the copies and words
    of one film apart, "" is the whole; `made_of` is the whole of another, of which the credential
    tells, whether it leaves itself or, as the original of a film, stays in the house.
    `language_id` is that of subtitles and transcripts.
    """

    subject_id: int
    content: StoredFile | bytes
    name: str
    media_type: str
    said: Said
    made_of: Leaving | None = None
    rendition: Rendition | None = None
    media_key: str = ""
    role: str = ""
    language_id: int | None = None

    @property
    def stored(self) -> StoredFile:
        """The kept file; TypeError for words that no file holds yet."""
        if isinstance(self.content, bytes):
            raise TypeError(f"{self.name} is kept as a file when it leaves.")
        return self.content

    @property
    def size_bytes(self) -> int:
        content = self.content
        return len(content) if isinstance(content, bytes) else content.size_bytes

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower()[:10] if "." in self.name else "bin"


def files_of(bundle: Bundle) -> list[Leaving]:
    """Every file that leaves with the bundle. Seven queries at most, whatever it holds.

    Four more where film or sound is among it.
    """
    chosen = list(
        BundleVersion.objects.filter(item__bundle=bundle).select_related(
            "item", "version", "revision"
        )
    )
    shelf = shelf_of(each.revision.content for each in chosen)
    return leaving_with(
        items=list(BundleItem.objects.filter(bundle=bundle).select_related("subject__unit")),
        chosen=chosen,
        forms=forms_in(bundle),
        shelf=shelf,
        copies=web_copies(shelf.moving.values()),
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
    shelf: Shelf,
    copies: Mapping[int, WebCopies],
) -> list[Leaving]:
    """The files that leave with what was read of a bundle: in the dry run, and at the release.

    Forms with all their files, then what the words show, each once for a subject: pictures in all
    sizes; of sound and film the copies for the web, and subtitles and transcript in the language
    of each text that shows it. Two queries, none for a bundle of words alone.
    """
    issuers = {item.subject_id: item.subject.unit.label for item in items}
    leaving = _forms(forms, {item.subject_id: str(item.subject) for item in items}, issuers)
    sizes = _sizes_of(shelf.items)
    # A dict, since what two texts show leaves once: the whole of it, and their own words.
    shown: dict[tuple[int, str, str], Leaving] = {}
    for each in chosen:
        subject_id = each.item.subject_id
        for number, key in media_in(raw_body(each.revision.content)):
            item = shelf.items.get(number)
            if item is None or item.current is None:
                continue
            file = item.current
            whole = Leaving(
                subject_id,
                file.stored,
                file.file_name,
                file.mime,
                Said(item.title, issuers[subject_id], item.licence),
                media_key=key,
            )
            parts = (
                _played(whole, item, copies.get(file.pk, NOTHING_YET), shelf, each)
                if is_playing(key, item)
                else _in_sizes(whole, sizes.get(file.pk, []))
            )
            for part in parts:
                shown.setdefault((subject_id, key, part.role), part)
    return [*leaving, *shown.values()]


def is_playing(key: str, item: MediaItem) -> bool:
    """Whether words play the item under this key; as a file it is handed out as it is."""
    return item.kind in MOVING and key.startswith(("video/", "audio/"))


def _in_sizes(whole: Leaving, sizes: Collection[Derivative]) -> Iterator[Leaving]:
    yield whole
    for made in sizes:
        yield dataclasses.replace(
            whole,
            content=made.stored,
            name=_name_of(made),
            media_type=made.mime,
            role=made.spec,
            made_of=whole,
        )


def _played(
    whole: Leaving, item: MediaItem, web: WebCopies, shelf: Shelf, shown_by: BundleVersion
) -> Iterator[Leaving]:
    """What readers play: never the original, whose size and loudness are as they came."""
    for copy in web.copies:
        yield dataclasses.replace(
            whole,
            content=copy.stored,
            name=_called(whole.name, copy.name),
            media_type=copy.media_type,
            role=copy.name,
            made_of=whole,
        )
    for words in shelf.words.get(item.pk, ()):
        if words.language_id == shown_by.version.language_id:
            role = f"{words.kind}.{words.tag}.{words.ending}"
            yield dataclasses.replace(
                whole,
                content=words.text.encode(),
                name=_called(whole.name, role),
                media_type=words.media_type,
                role=role,
                language_id=words.language_id,
            )


def _called(whole: str, part: str) -> str:
    """“le-hoi.video-480.mp4” of “le-hoi.mov”, so that whoever keeps it knows what it is."""
    stem = whole.rpartition(".")[0] or whole
    return f"{stem[: LONGEST_NAME - len(part) - 1]}.{part}"


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
                content=stored[other["sha256"]],
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
