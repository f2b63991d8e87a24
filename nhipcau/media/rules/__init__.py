"""Decisions of the media room as plain functions: no rows, no clock."""
