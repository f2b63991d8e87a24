"""News for others, in the same transaction: something was put; a background task was given up."""

from __future__ import annotations

from django.dispatch import Signal

news_put = Signal()  # message

# Nobody runs the task again by itself, so whoever waits for it is told. A receiver may not raise.
task_given_up = Signal()  # path (module and name), arguments (a list), at
