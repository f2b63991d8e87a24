"""modelsearch's own tests of backends over ours.

    .venv/bin/python -m nhipcau.search.tests.suite

Prints what passed and what was left out and why, as JSON in the last line.
"""

import json
import os
import shutil
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.search.tests.suite.settings"  # noqa: TID251 -- a program of its own
django.setup()

from django.conf import settings  # noqa: E402 -- after the settings are known
from django.test.runner import DiscoverRunner  # noqa: E402 -- as above


class Runner(DiscoverRunner):
    def suite_result(self, suite, result, **kwargs):
        failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
        left_out = {str(test): why for test, why in result.skipped}
        told = {
            "ran": result.testsRun,
            "passed": result.testsRun - failed - len(left_out),
            "left out": left_out,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return failed


try:
    sys.exit(bool(Runner(interactive=False).run_tests(["nhipcau.search.tests.suite.tests"])))
finally:
    shutil.rmtree(settings.DATA, ignore_errors=True)
