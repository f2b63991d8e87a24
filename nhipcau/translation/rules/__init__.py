"""Decisions about versions as plain functions."""
