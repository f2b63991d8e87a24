"""Decisions of the portal as plain functions: no rows, no clock."""
