"""What is made of sound and film, and how far it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.conf import settings

from nhipcau.media.enums import RENDITION_UNSETTLED, RenditionState
from nhipcau.media.models import MediaRendition, MovingFile
from nhipcau.media.moving import recipes
from nhipcau.media.moving.limits import MEGABYTE, Limits
from nhipcau.media.moving.orders import look_from
from nhipcau.media.moving.recipes import Codec, Makes, Recipe

_CODECS = {"aac": Codec.AAC, "opus": Codec.OPUS, "mp3": Codec.MP3}


def offered_recipes() -> list[Recipe]:
    """Everything that the settings have made, in their order."""
    loudness = settings.MOVING_LOUDNESS
    return [
        recipes.poster(moment_ms=0),
        recipes.waveform(),
        recipes.waveform_picture(),
        *(
            recipes.audio(codec=_CODECS[form], kbps=kbps, loudness=loudness)
            for form, kbps in settings.MOVING_AUDIO_FORMS
        ),
        *(
            recipes.video(
                height=height,
                video_kbps=kbps,
                audio_kbps=settings.MOVING_VIDEO_SOUND_KBPS,
                loudness=loudness,
            )
            for height, kbps in settings.MOVING_VIDEO_SIZES
        ),
    ]


def work_limits() -> Limits:
    """What one transcoding may use of this machine."""
    return Limits(
        memory=settings.MOVING_MEMORY_MB * MEGABYTE,
        output_bytes=settings.MOVING_OUTPUT_MB * MEGABYTE,
        threads=settings.MOVING_THREADS,
        longest_seconds=settings.MOVING_LONGEST_MINUTES * 60.0,
    )


def recipes_for(moving: MovingFile) -> list[Recipe]:
    """What this file gets: its kind, its size, its poster's moment; [] while it is unknown."""
    if not moving.look:
        return []
    found = look_from(moving.look)
    moment = moving.poster_ms if moving.poster_ms is not None else recipes.usual_poster_ms(found)
    return [
        replace(
            recipe,
            moment_ms=moment if recipe.makes is Makes.POSTER else 0,
            up_to_cut=moving.takes_cut,
        )
        for recipe in recipes.wanted(found, offered_recipes())
    ]


def wanted_keys(moving: MovingFile) -> frozenset[str]:
    return frozenset(recipe.key for recipe in recipes_for(moving))


@dataclass(frozen=True, slots=True)
class MovingBoard:
    """A sound or film with everything that is made of it; `renditions` in the order of the work."""

    moving: MovingFile
    renditions: tuple[MediaRendition, ...]

    @property
    def is_busy(self) -> bool:
        return self.moving.looked_at is None or any(
            each.state in RENDITION_UNSETTLED for each in self.renditions
        )

    def first(self, names: Collection[str]) -> MediaRendition | None:
        """The first of `names` that is ready."""
        ready = {each.name: each for each in self.renditions if each.state == RenditionState.DONE}
        return next((ready[name] for name in names if name in ready), None)


def moving_board(moving: MovingFile) -> MovingBoard:
    """What the file's own settings ask for, not the leftovers of earlier recipes; one query."""
    keys = wanted_keys(moving)
    found = MediaRendition.objects.filter(
        original_id=moving.file.stored_id, recipe_key__in=keys
    ).select_related("result", "original")
    order = {recipe.key: place for place, recipe in enumerate(recipes_for(moving))}
    return MovingBoard(moving, tuple(sorted(found, key=lambda each: order[each.recipe_key])))


def places_before(rendition: MediaRendition) -> int:
    """How many renditions have their turn before this one; one query."""
    return (
        MediaRendition.objects.unsettled()
        .filter(turn_at__lt=rendition.turn_at)
        .exclude(pk=rendition.pk)
        .count()
    )
