"""What is asked of the media room, by what it is about."""

from nhipcau.media.queries.files import Damage, Finding, damaged_files, path_of_file

__all__ = ["Damage", "Finding", "damaged_files", "path_of_file"]
