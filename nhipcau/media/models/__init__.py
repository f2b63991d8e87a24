"""The tables of the media room."""

from nhipcau.media.models.files import PublicCopy, PublicHolding, StoredFile
from nhipcau.media.models.items import AltText, Derivative, MediaFile, MediaItem
from nhipcau.media.models.uploads import StorageQuota, Upload
from nhipcau.media.models.wagtails import Attachment, Picture, PictureSize

__all__ = [
    "AltText",
    "Attachment",
    "Derivative",
    "MediaFile",
    "MediaItem",
    "Picture",
    "PictureSize",
    "PublicCopy",
    "PublicHolding",
    "StorageQuota",
    "StoredFile",
    "Upload",
]
