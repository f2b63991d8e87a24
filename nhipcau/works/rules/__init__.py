"""Decisions about works as plain functions."""
