"""The tables of the media room."""

from nhipcau.media.models.files import (
    PublicCopy,
    PublicHolding,
    SignedCopy,
    StoredFile,
    showing,
)
from nhipcau.media.models.items import AltText, Derivative, MediaFile, MediaItem
from nhipcau.media.models.moving import (
    MediaRendition,
    MovingFile,
    SpokenWriter,
    Subtitles,
    SubtitlesSave,
    Transcript,
)
from nhipcau.media.models.uploads import StorageQuota, Upload
from nhipcau.media.models.wagtails import Attachment, Picture, PictureSize

__all__ = [
    "AltText",
    "Attachment",
    "Derivative",
    "MediaFile",
    "MediaItem",
    "MediaRendition",
    "MovingFile",
    "Picture",
    "PictureSize",
    "PublicCopy",
    "PublicHolding",
    "SignedCopy",
    "SpokenWriter",
    "StorageQuota",
    "StoredFile",
    "Subtitles",
    "SubtitlesSave",
    "Transcript",
    "Upload",
    "showing",
]
