"""The sample's sound and film: a call sign of five notes, and a slow look over the tea hills."""

from __future__ import annotations

import cmath
import math
import wave
from array import array
from fractions import Fraction
from io import BytesIO

import av
from PIL import Image

from nhipcau.demo.drawing.scenes import tea_hills

RATE = 24_000
NOTES = (392.00, 440.00, 523.25, 587.33, 783.99)  # sol la do re sol: five tones, as folk songs
NOTE_SECONDS, RING_SECONDS = 0.55, 1.6
FILM_SIZE = (640, 360)
FILM_SECONDS, FRAMES = 6, 8  # frames a second


def call_sign() -> bytes:
    """A short tune as WAV."""
    length = round(RATE * (NOTE_SECONDS * len(NOTES) + RING_SECONDS))
    samples = [0.0] * length
    for place, pitch in enumerate(NOTES):
        start = round(RATE * NOTE_SECONDS * place)
        # A tone and its octave as pointers that turn and shrink from sample to sample.
        tone, octave = complex(0.22), complex(0.22 * 0.3)
        turned = cmath.exp(complex(-2.8, math.tau * pitch) / RATE)
        turned_twice = cmath.exp(complex(-2.8, 2 * math.tau * pitch) / RATE)
        for each in range(round(RATE * RING_SECONDS)):
            swell = min(1.0, each * 60 / RATE)
            samples[start + each] += swell * (tone.imag + octave.imag)
            tone *= turned
            octave *= turned_twice
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        whole = (round(max(-1.0, min(1.0, each)) * 32_000) for each in samples)
        file.writeframes(array("h", whole).tobytes())
    return written.getvalue()


def over_the_hills() -> bytes:
    """A film without sound as MP4: from one side of the hills to the other."""
    hills = tea_hills().image.resize((960, 600), Image.Resampling.BOX)
    wide, high = FILM_SIZE
    written = BytesIO()
    with av.open(written, "w", format="mp4") as film:
        stream = film.add_stream(
            "libx264", rate=FRAMES, options={"crf": "26", "preset": "veryfast"}
        )
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuv420p"
        stream.time_base = Fraction(1, FRAMES)
        stream.thread_count = 1
        count = FILM_SECONDS * FRAMES
        for place in range(count):
            share = place / (count - 1)
            left, top = round(320 * share), round(120 + 60 * math.sin(share * math.pi))
            frame = av.VideoFrame(wide, high, "rgb24")
            frame.planes[0].update(hills.crop((left, top, left + wide, top + high)).tobytes())
            for packet in stream.encode(frame):
                film.mux(packet)
        for packet in stream.encode():
            film.mux(packet)
    return written.getvalue()
