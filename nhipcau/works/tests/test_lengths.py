from nhipcau.translation.proofreading.checks.length import SYLLABLES
from nhipcau.works.enums import WorkKind


def test_lengths_are_known_of_kinds_that_exist():
    assert set(SYLLABLES) <= set(WorkKind.values)
