"""What is asked of the media room, by what it is about."""

from nhipcau.media.queries.files import Damage, Finding, damaged_files, path_of_file
from nhipcau.media.queries.provenance import why_nothing_is_signed

__all__ = ["Damage", "Finding", "damaged_files", "path_of_file", "why_nothing_is_signed"]
