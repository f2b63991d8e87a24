"""Public words with the copies of their media that left with them: what a page is made of.

Files are those of the release, under the names that only it tells; what became of an item in the
library since changes nothing of what was released.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from nhipcau.media.models import Derivative, MediaFile, MediaItem
from nhipcau.media.queries import path_of_file
from nhipcau.media.queries.playing import SpokenWords, is_played
from nhipcau.media.rules.sizes import FORMS
from nhipcau.publishing.models import ReleasedFile, ReleasedVersion
from nhipcau.publishing.queries.inspection import manuscript_of, raw_body
from nhipcau.publishing.renderers.contract import MediaAddress, PictureFile, Track
from nhipcau.translation.manuscript import Manuscript
from nhipcau.translation.rules.media_numbers import media_in

_TRANSCRIPT = "transcript."
_POSTER = "poster.jpg"
_LINES = ("subtitles.", "captions.")
_SHOWN = frozenset(FORMS.values()) | {"image/gif", "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its widths, the narrowest first, each with its address; pixels of the whole."""

    widths: tuple[tuple[int, str], ...]
    width: int
    height: int
    bytes: int = 0

    def fitting(self, pixels: int) -> str:
        """The address of the narrowest copy that is not narrower than asked for, else the whole."""
        return next((address for width, address in self.widths if width >= pixels), self.whole)

    @property
    def whole(self) -> str:
        return self.widths[-1][1]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a public text for a renderer, and its media."""

    manuscript: Manuscript
    media: ReleasedMedia


class ReleasedMedia:
    """Media of a release by the keys of a manuscript: a MediaReader that gives addresses.

    `language` is the tag of the text: subtitles of others left with the other texts. What is kept
    as a file is never read here, so `picture` gives nothing.
    """

    def __init__(self, files: Iterable[ReleasedFile], sizes: Mapping[int, tuple[int, int]]) -> None:
        self.sizes = sizes
        self.files: dict[str, list[ReleasedFile]] = defaultdict(list)
        for file in files:
            self.files[file.media_key].append(file)

    def picture(self, key: str, *, widest: int) -> PictureFile | None:
        return None

    def address(self, key: str) -> MediaAddress | None:
        kind, _, number = key.partition("/")
        if kind == "poster":
            return self._poster(f"video/{number}")
        if kind == "picture":
            found = self.shown(key)
            return None if found is None else _picture_address(found)
        files = self.files.get(key, [])
        played = [file for file in files if is_played(file.media_type)]
        file = next(iter(played), None) or next((each for each in files if not each.role), None)
        if file is None:
            return None
        return MediaAddress(
            _address(file),
            file.media_type,
            bytes=file.stored.size_bytes,
            tracks=tuple(_track(each) for each in files if each.role.startswith(_LINES)),
        )

    def all_played(self, key: str) -> Sequence[ReleasedFile]:
        """Every copy that plays, as the release has them: the first is what a page plays."""
        return [file for file in self.files.get(key, []) if is_played(file.media_type)]

    def shown(self, key: str) -> Picture | None:
        """The picture under this key, or the poster of a film, in all its widths."""
        files = self.files.get(key, [])
        if key.startswith("video/"):
            files = [file for file in files if file.role == _POSTER]
        return _picture(files, self.sizes)

    def _poster(self, key: str) -> MediaAddress | None:
        found = self.shown(key)
        return None if found is None else _picture_address(found)


def _address(file: ReleasedFile) -> str:
    return f"/media/{file.public_copy.name}" if file.public_copy else ""


def _track(file: ReleasedFile) -> Track:
    language = file.language
    if language is None:
        return Track(_address(file), "", "")
    return Track(_address(file), language.tag, language.own_name or str(language))


def _picture(files: Sequence[ReleasedFile], sizes: Mapping[int, tuple[int, int]]) -> Picture | None:
    """The widths of one picture. Cuts for cards of other services are left out."""
    plain = [file for file in files if not file.role.startswith("cover")]
    shown = sorted(
        ((sizes[file.pk][0], file) for file in plain if file.pk in sizes and _is_shown(file)),
        key=lambda pair: (pair[0], pair[1].media_type != "image/webp"),
    )
    if not shown:
        whole = next(iter(plain), None)
        return None if whole is None else Picture(((0, _address(whole)),), 0, 0)
    width, widest = shown[-1]
    narrow: dict[int, ReleasedFile] = {}
    for pixels, file in shown:
        narrow.setdefault(pixels, file)
    middle = narrow.get(800) or widest
    return Picture(
        tuple((pixels, _address(file)) for pixels, file in narrow.items()),
        width,
        sizes[widest.pk][1],
        middle.stored.size_bytes,
    )


def _is_shown(file: ReleasedFile) -> bool:
    return file.media_type in _SHOWN


def _picture_address(found: Picture) -> MediaAddress:
    return MediaAddress(
        found.whole,
        "image/*",
        width=found.width,
        height=found.height,
        widths=found.widths[:-1],
        bytes=found.bytes,
    )


def _files_of(releases: Collection[int], keys: Collection[str]) -> list[ReleasedFile]:
    """The copies under these keys that left with these releases and are public. One query."""
    return list(
        ReleasedFile.objects.filter(
            release__in=releases, media_key__in=keys, public_copy__isnull=False
        )
        .select_related("public_copy", "stored", "language", "release")
        .order_by("pk")
    )


def _sizes_of(files: Sequence[ReleasedFile]) -> dict[int, tuple[int, int]]:
    """Width and height of these pictures by the key of the file. Two queries, none for none.

    A signed copy is another file than the one that was measured, so sizes are found by the item
    as it was on the day of the release, and by the name of the size.
    """
    items = {number for file in files if (number := _number(file))}
    if not items:
        return {}
    versions: dict[int, list[MediaFile]] = defaultdict(list)
    for version in MediaFile.objects.filter(item__in=items).order_by("-number"):
        versions[version.item_id].append(version)
    sizes = {
        (file, spec): (width or 0, height or 0)
        for file, spec, width, height in Derivative.objects.filter(
            file__item__in=items, width__isnull=False
        ).values_list("file", "spec", "width", "height")
    }
    found: dict[int, tuple[int, int]] = {}
    for file in files:
        then = next(
            (
                version
                for version in versions[_number(file)]
                if version.made_at <= file.release.released_at
            ),
            None,
        )
        if then is None:
            continue
        if not file.role and then.width:
            found[file.pk] = (then.width, then.height or 0)
        elif (then.pk, file.role) in sizes:
            found[file.pk] = sizes[then.pk, file.role]
    return found


def _number(file: ReleasedFile) -> int:
    number = file.media_key.partition("/")[2]
    return int(number) if number.isdigit() else 0


def pictures_of(wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], Picture]:
    """The pictures that stand for texts in a list, by (release, media key). Three queries."""
    wanted = {(release, key) for release, key in wanted if key}
    if not wanted:
        return {}
    files = _files_of({each for each, _key in wanted}, {key for _each, key in wanted})
    sizes = _sizes_of(files)
    grouped: dict[tuple[int, str], list[ReleasedFile]] = defaultdict(list)
    for file in files:
        grouped[file.release_id, file.media_key].append(file)
    found = {
        (release, key): ReleasedMedia(group, sizes).shown(key)
        for (release, key), group in grouped.items()
        if (release, key) in wanted
    }
    return {where: picture for where, picture in found.items() if picture is not None}


def reading_of(row: ReleasedVersion) -> Reading:
    """The words of a public text with their media.

    Seven queries, fewer where the words show nothing. `row` comes with its version, its version's
    language, source and unit, its revision and its release.
    """
    keys = {key for _number, key in media_in(raw_body(row.revision.content))}
    files = _files_of([row.release_id], keys) if keys else []
    own = [file for file in files if file.language_id in (None, row.language_id)]
    numbers = {int(number) for key in keys if (number := key.partition("/")[2]).isdigit()}
    items = {
        item.pk: item
        for item in (
            MediaItem.objects.filter(pk__in=numbers).select_related("current") if numbers else ()
        )
    }
    manuscript = manuscript_of(row.version, row.revision, items=items, words=_said(own, row))
    return Reading(manuscript, ReleasedMedia(own, _sizes_of(own)))


def _said(files: Iterable[ReleasedFile], row: ReleasedVersion) -> dict[int, list[SpokenWords]]:
    """The transcripts that left with the text, by item."""
    said: dict[int, list[SpokenWords]] = defaultdict(list)
    for file in files:
        if not file.role.startswith(_TRANSCRIPT):
            continue
        item = _number(file)
        words = path_of_file(file.stored).read_text(encoding="utf-8")
        said[item].append(
            SpokenWords(
                item_id=item,
                key=file.pk,
                language_id=row.language_id,
                tag=row.language.tag,
                language=str(row.language),
                kind=_TRANSCRIPT.rstrip("."),
                text=words,
                changed_at=row.release.released_at,
            )
        )
    return said
