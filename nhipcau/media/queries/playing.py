"""What the public is given of a sound or film: copies for the web, and its words in a language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from nhipcau.media.enums import RenditionState, SubtitlesKind
from nhipcau.media.models import MediaRendition, MovingFile, StoredFile, Subtitles, Transcript
from nhipcau.media.moving.cues import Cue, as_vtt
from nhipcau.media.moving.orders import recipe_from
from nhipcau.media.queries.moving import recipes_for

TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """Lines (WebVTT) or words (plain text) of an item in one language, as they stand now.

    `kind` is one of SubtitlesKind or "transcript"; `key` is that of the row, `cues` are the lines
    with their times.
    """

    item_id: int
    key: int
    language_id: int
    tag: str
    language: str
    kind: str
    text: str
    changed_at: datetime
    cues: tuple[Cue, ...] = ()

    @property
    def is_transcript(self) -> bool:
        return self.kind == TRANSCRIPT

    @property
    def kind_label(self) -> str:
        """“Subtitles”, “Transcript”, to whoever reads."""
        return str(_("Transcript") if self.is_transcript else SubtitlesKind(self.kind).label)

    @property
    def ending(self) -> str:
        return "txt" if self.is_transcript else "vtt"

    @property
    def media_type(self) -> str:
        return "text/plain; charset=utf-8" if self.is_transcript else "text/vtt; charset=utf-8"


def spoken_words(items: Collection[int]) -> dict[int, list[SpokenWords]]:
    """The subtitles and transcripts of these items, by item, in a fixed order. Two queries.

    What holds no word yet is left out: it was begun, and nobody is given it.
    """
    found: dict[int, list[SpokenWords]] = defaultdict(list)
    for lines in Subtitles.objects.filter(item__in=items).select_related("language"):
        cues = tuple(
            Cue(cue["start"], cue["end"], cue["text"]) for cue in lines.cues if cue["text"]
        )
        if cues:
            found[lines.item_id].append(_words(lines, lines.kind, as_vtt(cues), cues))
    typed = Transcript.objects.filter(item__in=items).select_related("language")
    for words in typed.order_by("language__tag"):
        if words.text.strip():
            found[words.item_id].append(_words(words, TRANSCRIPT, words.text.strip() + "\n"))
    return dict(found)


def _words(
    row: Subtitles | Transcript, kind: str, text: str, cues: tuple[Cue, ...] = ()
) -> SpokenWords:
    return SpokenWords(
        row.item_id,
        row.pk,
        row.language_id,
        row.language.tag,
        str(row.language),
        kind,
        text,
        row.changed_at,
        cues,
    )


class WebState(StrEnum):
    """Whether the public can be given a sound or film."""

    READY = "ready"
    COMING = "coming"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WebCopy:
    """One rendition that is made: `name` is "video-480.mp4", "poster.jpg"."""

    name: str
    media_type: str
    stored: StoredFile


@dataclass(frozen=True, slots=True)
class WebCopies:
    """The renditions that a file's own settings ask for, in the order of the work."""

    state: WebState
    copies: tuple[WebCopy, ...] = ()

    @property
    def played(self) -> WebCopy | None:
        """What a page plays: the first that can be played, of those whose work is done."""
        return next((copy for copy in self.copies if is_played(copy.media_type)), None)


NOTHING_YET = WebCopies(WebState.COMING)


def moving_files(files: Collection[int]) -> dict[int, MovingFile]:
    """What is known of these versions of sounds and films, by the version's key. One query."""
    found = MovingFile.objects.filter(file__in=files).select_related("file")
    return {moving.file_id: moving for moving in found}


def web_copies(known: Iterable[MovingFile]) -> Mapping[int, WebCopies]:
    """The copies for the web of these sounds and films, by the file's key. One query, if any.

    Ready is what has all its copies, and something to play among them. What broke off and was not
    taken as it is, what no program can play and what failed or was cancelled is FAILED: somebody
    has to look after it.
    """
    asked = list(known)
    originals = {moving.file.stored_id for moving in asked}
    made = {
        (each.original_id, each.recipe_key): each
        for each in (
            MediaRendition.objects.filter(original__in=originals).select_related("result")
            if originals
            else ()
        )
    }
    return {moving.file_id: _copies(moving, made) for moving in asked}


def _copies(moving: MovingFile, made: Mapping[tuple[int, str], MediaRendition]) -> WebCopies:
    if moving.trouble:
        return WebCopies(WebState.FAILED)
    if moving.looked_at is None:
        return NOTHING_YET
    wanted = [made.get((moving.file.stored_id, recipe.key)) for recipe in recipes_for(moving)]
    copies = []
    state = WebState.READY
    for each in wanted:
        if each is None or each.state in {RenditionState.FAILED, RenditionState.CANCELLED}:
            return WebCopies(WebState.FAILED)
        if each.result is None:
            state = WebState.COMING
            continue
        recipe = recipe_from(each.recipe)
        copies.append(WebCopy(f"{recipe.name}.{recipe.suffix}", recipe.media_type, each.result))
    if state is WebState.READY and not any(is_played(copy.media_type) for copy in copies):
        return WebCopies(WebState.FAILED)
    return WebCopies(state, tuple(copies))


def is_played(media_type: str) -> bool:
    return media_type.startswith(("audio/", "video/"))
