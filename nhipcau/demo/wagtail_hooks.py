"""The style of the line that marks the sample on every page of the desk."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def style_of_the_mark() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("demo/mark.css"))
