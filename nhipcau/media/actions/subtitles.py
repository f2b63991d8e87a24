"""Subtitles and transcripts: begun, saved by themselves, brought from files, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nhipcau.audit.actions import record
from nhipcau.kernel.actor import Actor
from nhipcau.media.errors import CuesRefused, SavedMeanwhile
from nhipcau.media.models import MediaItem, SpokenWriter, Subtitles, SubtitlesSave, Transcript
from nhipcau.media.moving.cues import Cue, Fault, as_words, read
from nhipcau.media.rules.cues import checked_cues
from nhipcau.people.models import Person
from nhipcau.registry.models import Language

# What one person saves within this time is one row of the history and one line of the diary.
ONE_SITTING = timedelta(minutes=10)
MOST_WORDS = 1_000_000
MOST_BYTES = 5_000_000


@transaction.atomic
def begin_subtitles(
    *, item: MediaItem, language: Language, kind: str, by: Actor, at: datetime
) -> Subtitles:
    """Empty subtitles of an item in a language; those that exist are answered as they are."""
    subtitles, is_new = Subtitles.objects.get_or_create(
        item=item,
        language=language,
        kind=kind,
        defaults={
            "changed_at": at,
            "changed_by_key": by.actor_key,
            "changed_by_name": by.actor_name,
        },
    )
    if is_new:
        record(
            event="media.subtitles.begun",
            target=item,
            by=by,
            at=at,
            after={"language": language.tag},
        )
    return subtitles


@transaction.atomic
def save_cues(
    *,
    subtitles: Subtitles,
    cues: Sequence[Mapping[str, Any]],
    seen: int,
    by: Actor,
    at: datetime,
) -> Subtitles:
    """Save what the editor holds; `seen` is the revision that its page has.

    Raises SavedMeanwhile when somebody saved after that, CuesRefused for what are no cues;
    nothing is changed then.
    """
    locked = Subtitles.objects.select_for_update().get(pk=subtitles.pk)
    if locked.revision != seen:
        raise SavedMeanwhile(
            _("%(who)s has saved these subtitles meanwhile.") % {"who": locked.changed_by_name}
        )
    return _keep(locked, checked_cues(cues), by=by, at=at)


@transaction.atomic
def bring_subtitles(
    *,
    subtitles: Subtitles,
    data: bytes,
    pass_over: bool,
    by: Actor,
    at: datetime,
) -> tuple[Subtitles, list[Fault]]:
    """Put the cues of a .vtt or .srt file in the place of the present ones, which stay on record.

    Answers them and what was odd about the file. Raises CuesRefused with every broken line,
    unless `pass_over` says to leave those out; and when nothing would be left.
    """
    if len(data) > MOST_BYTES:
        raise CuesRefused(_("A file of subtitles is smaller than 5 MB."))
    found = read(data)
    if not found.cues or not (found.is_sound or pass_over):
        raise CuesRefused(
            _("The file was not taken over: some of its lines cannot be read.")
            if found.cues
            else _("There is no subtitle in this file that can be read."),
            faults=found.faults,
            some_are_sound=bool(found.cues),
        )
    locked = Subtitles.objects.select_for_update().get(pk=subtitles.pk)
    record(
        event="media.subtitles.brought",
        target=locked.item,
        by=by,
        at=at,
        after={"language": locked.language.tag, "cues": len(found.cues)},
    )
    kept = _keep(locked, found.cues, by=by, at=at, is_own_row=True)
    return kept, found.faults


@transaction.atomic
def take_back_save(*, save: SubtitlesSave, by: Actor, at: datetime) -> Subtitles:
    """Let earlier subtitles stand again, as a new revision."""
    locked = Subtitles.objects.select_for_update().get(pk=save.subtitles_id)
    cues = [Cue(one["start"], one["end"], one["text"]) for one in save.cues]
    return _keep(locked, cues, by=by, at=at, is_own_row=True)


def _keep(
    subtitles: Subtitles,
    cues: Sequence[Cue],
    *,
    by: Actor,
    at: datetime,
    is_own_row: bool = False,
) -> Subtitles:
    subtitles.cues = [{"start": cue.start, "end": cue.end, "text": cue.text} for cue in cues]
    subtitles.revision += 1
    subtitles.changed_at = at
    subtitles.changed_by_key, subtitles.changed_by_name = by.actor_key, by.actor_name
    subtitles.save()
    _note_hand(subtitles.item, subtitles.language, by)
    last = subtitles.saves.first()
    is_same_sitting = (
        not is_own_row
        and last is not None
        and last.saved_by_key == by.actor_key
        and at - last.begun_at < ONE_SITTING
    )
    if is_same_sitting and last is not None:
        last.revision, last.cues, last.saved_at = subtitles.revision, subtitles.cues, at
        last.save()
        return subtitles
    SubtitlesSave.objects.create(
        subtitles=subtitles,
        revision=subtitles.revision,
        cues=subtitles.cues,
        begun_at=at,
        saved_at=at,
        saved_by_key=by.actor_key,
        saved_by_name=by.actor_name,
    )
    record(
        event="media.subtitles.saved",
        target=subtitles.item,
        by=by,
        at=at,
        after={"language": subtitles.language.tag, "revision": subtitles.revision},
    )
    return subtitles


@transaction.atomic
def save_transcript(
    *, item: MediaItem, language: Language, text: str, seen: int, by: Actor, at: datetime
) -> Transcript:
    """Save typed words. Raises SavedMeanwhile, CuesRefused for a text without end."""
    if len(text) > MOST_WORDS:
        raise CuesRefused(_("A transcript has at most a million characters."))
    return _write(item, language, text.strip(), None, seen=seen, by=by, at=at)


@transaction.atomic
def transcript_of_subtitles(*, subtitles: Subtitles, by: Actor, at: datetime) -> Transcript:
    """The words of the subtitles as the transcript of their language, in place of what stands."""
    cues = [Cue(one["start"], one["end"], one["text"]) for one in subtitles.cues]
    return _write(
        subtitles.item,
        subtitles.language,
        as_words(cues),
        subtitles.revision,
        seen=None,
        by=by,
        at=at,
    )


def _write(
    item: MediaItem,
    language: Language,
    text: str,
    made_from: int | None,
    *,
    seen: int | None,
    by: Actor,
    at: datetime,
) -> Transcript:
    transcript, _is_new = Transcript.objects.select_for_update().get_or_create(
        item=item, language=language, defaults={"changed_at": at}
    )
    if seen is not None and transcript.revision != seen:
        raise SavedMeanwhile(
            _("%(who)s has saved this transcript meanwhile.") % {"who": transcript.changed_by_name}
        )
    transcript.text, transcript.made_from = text, made_from
    transcript.revision += 1
    transcript.changed_at = at
    transcript.changed_by_key, transcript.changed_by_name = by.actor_key, by.actor_name
    transcript.save()
    _note_hand(item, language, by)
    record(
        event="media.transcript.saved", target=item, by=by, at=at, after={"language": language.tag}
    )
    return transcript


def _note_hand(item: MediaItem, language: Language, by: Actor) -> None:
    """Whoever saved it once has written it: nobody clears a text that leaves with own words."""
    if isinstance(by, Person):
        SpokenWriter.objects.get_or_create(item=item, language=language, person=by)
