#!/usr/bin/env python3
"""Django's own door, for developers; everybody else uses the command `nhipcau`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    execute_from_command_line(sys.argv)
