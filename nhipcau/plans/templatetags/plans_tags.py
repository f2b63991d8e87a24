"""How the room says a task's time: stands in every line of every list, so it is no template."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nhipcau.plans.models import Task

register = template.Library()


@register.simple_tag
def time_of(task: Task, today: date) -> SafeString:
    """The time as printed, or that of the plan; and when its last day has passed, which it was."""
    due = "" if task.ends_on is None else f"{task.ends_on:%d/%m/%Y}"
    said = SafeString("")
    if task.timing_words:
        said = format_html('<span class="chip time">{}</span>', task.timing_words)
    elif task.time_is_inherited and due:
        words = _("with the plan, to %(day)s") % {"day": due}
        said = format_html('<span class="by-plan">{}</span>', words)
    if task.ends_on is None or task.ends_on >= today or task.time_is_inherited:
        return said
    words = _("ended %(day)s") % {"day": due}
    return format_html('{} <span class="chip late">{}</span>', said, words)
