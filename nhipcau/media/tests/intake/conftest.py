import pytest

from nhipcau.media.intake import isolated
from nhipcau.media.intake.limits import DEFAULT
from nhipcau.media.intake.refusals import Refused


class Taken:
    def __init__(self, told, path):
        self.__dict__.update(told)
        self.path = path
        self.data = path.read_bytes()


@pytest.fixture
def take(tmp_path):
    """Clean bytes or a file in this process: what `take_in` does in one of its own."""

    def taken(given, limits=DEFAULT):
        source = given
        if isinstance(given, bytes):
            source = tmp_path / "given"
            source.write_bytes(given)
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        order = {"source": str(source), "folder": str(folder), "wanted": []}
        told = isolated._clean(order, limits)
        return Taken(told, folder / isolated.CLEANED)

    return taken


@pytest.fixture
def refused(take):
    """Why the file is refused, as its code and the values of the sentence."""

    def why(given, limits=DEFAULT):
        with pytest.raises(Refused) as refusal:
            take(given, limits)
        return refusal.value.why, refusal.value.values

    return why
