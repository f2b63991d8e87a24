"""Words that come from elsewhere: a Word document, or what was copied there and pasted here.

    brought = read_word(path)        in a process of its own; raises NotTaken
    brought = read_paste(html)       raises NotTaken
    brought.title, brought.notices   sentences by intake.sentences.sentence
    brought.pictures                 bytes to be given to the media library
    brought.body(numbers)            raw StreamField JSON, with the pictures' numbers there

Both come down to one `Story`, which is written as blocks in one place. No word is lost: what has
no place in a body is told in a notice. Nothing of what a document can do is taken along.
"""

from nhipcau.translation.intake.brought import Brought, BroughtPicture
from nhipcau.translation.intake.errors import NotTaken, Reason
from nhipcau.translation.intake.isolated import read_word
from nhipcau.translation.intake.notices import Notice, NoticeKind
from nhipcau.translation.intake.paste import read_paste

__all__ = [
    "Brought",
    "BroughtPicture",
    "NotTaken",
    "Notice",
    "NoticeKind",
    "Reason",
    "read_paste",
    "read_word",
]
