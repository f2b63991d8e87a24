"""Manuscripts as data for typst, and the templates that all printed forms share."""
