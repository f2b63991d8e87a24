"""Finished pages, kept with the tags of all that they show."""
