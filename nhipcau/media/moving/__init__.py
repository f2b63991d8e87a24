"""Audio and video over paths, through PyAV: looked at and made into renditions.

Pure Python over files: no Django, no rows, no words for people. `isolated` is the door: each
piece of work runs in a process of its own, under limits, and ends in an outcome or in NotPlayable.
"""
