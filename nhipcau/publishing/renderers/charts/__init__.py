"""A few kinds of charts that do not mislead.

Every axis starts from nought, numbers stand beside their marks, series differ by pattern and
shape as well as by colour, gaps stay gaps.
"""

from nhipcau.publishing.renderers.charts.drawing import Drawing, draw
from nhipcau.publishing.renderers.charts.honesty import NotHonest
from nhipcau.publishing.renderers.charts.numbers import shown
from nhipcau.publishing.renderers.charts.words import alternative

__all__ = ["Drawing", "NotHonest", "alternative", "draw", "shown"]
