"""Decisions about clearances and releases as plain functions."""
