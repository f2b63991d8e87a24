"""What is drawn is the same each time, and is what it says it is."""

import hashlib
from io import BytesIO
from xml.etree import ElementTree as ET

import av
import pytest
from PIL import Image

from nhipcau.demo.drawing.canvas import KEPT
from nhipcau.demo.drawing.maps import MAPS
from nhipcau.demo.drawing.moving import FILM_SECONDS, FILM_SIZE, call_sign, over_the_hills
from nhipcau.demo.drawing.scenes import SCENES


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", sorted(SCENES))
def test_a_scene_is_the_same_picture_each_time(name):
    first = SCENES[name]().png()

    assert digest(SCENES[name]().png()) == digest(first)
    picture = Image.open(BytesIO(first))
    assert picture.size == KEPT
    assert len(set(picture.resize((60, 40)).get_flattened_data())) > 20  # something is to be seen


def test_no_two_scenes_are_alike():
    assert len({digest(scene().png()) for scene in SCENES.values()}) == len(SCENES)


@pytest.mark.parametrize("name", sorted(MAPS))
@pytest.mark.parametrize(
    ("language", "words"), [("vi", "không thể hiện đường biên giới"), ("en", "shows no boundary")]
)
def test_a_sketch_says_what_it_is_in_its_language(name, language, words):
    root = ET.fromstring(MAPS[name](language))  # noqa: S314 -- what we wrote

    told = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any(words in line for line in told)
    assert not any("boundary" in line for line in told if language == "vi")


def test_the_call_sign_sounds_and_the_film_moves():
    sound, film = call_sign(), over_the_hills()

    assert digest(over_the_hills()) == digest(film)
    with av.open(BytesIO(sound)) as opened:
        assert 4 < opened.duration / 1_000_000 < 6
    with av.open(BytesIO(film)) as opened:
        stream = opened.streams.video[0]
        assert (stream.width, stream.height) == FILM_SIZE
        frames = [frame.to_image() for frame in opened.decode(video=0)]
        assert round(opened.duration / 1_000_000) == FILM_SECONDS
    assert frames[0].tobytes() != frames[-1].tobytes()
