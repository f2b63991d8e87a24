"""News for the edge: something was put, in this transaction."""

from __future__ import annotations

from django.dispatch import Signal

news_put = Signal()  # message
