"""What is made of sound and film, and how much of the machine that may use."""

from __future__ import annotations

from config import env


def _rates(name: str, *, default: str, help: str) -> list[tuple[str, int]]:  # noqa: A002
    """“720:2200, 480:1000”: pairs of a form and its kbit/s."""
    pairs = []
    for word in env.words(name, default=default, help=help):
        form, _, kbps = word.partition(":")
        if not kbps.strip().isdecimal() or not int(kbps):
            raise env.SettingUnusable(
                f"{name} có “{word}”; mỗi phần viết theo dạng tên:kbit/s.",
                f"{name} says “{word}”; each part is a form:kbit/s.",
            )
        pairs.append((form.strip(), int(kbps)))
    return pairs


def _heights(pairs: list[tuple[str, int]]) -> list[tuple[int, int]]:
    if any(not height.isdecimal() or not 120 <= int(height) <= 4320 for height, _ in pairs):
        raise env.SettingUnusable(
            "NHIPCAU_VIDEO_SIZES: mỗi cỡ là số dòng của hình, từ 120 đến 4320.",
            "NHIPCAU_VIDEO_SIZES: a size is a number of lines, 120 to 4320.",
        )
    return [(int(height), kbps) for height, kbps in pairs]


def _codecs(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if any(form not in {"aac", "opus", "mp3"} for form, _ in pairs):
        raise env.SettingUnusable(
            "NHIPCAU_AUDIO_FORMS: dạng âm thanh là aac, opus hoặc mp3.",
            "NHIPCAU_AUDIO_FORMS: a form is aac, opus or mp3.",
        )
    return pairs


MOVING_VIDEO_SIZES = _heights(
    _rates(
        "NHIPCAU_VIDEO_SIZES",
        default="480:1000,720:2200",
        help="Web renditions of films: lines of the shorter side, most kbit/s of the picture.",
    )
)
MOVING_VIDEO_SOUND_KBPS = env.number(
    "NHIPCAU_VIDEO_SOUND_KBPS", default=96, help="kbit/s of the sound of films (AAC).", least=16
)
MOVING_AUDIO_FORMS = _codecs(
    _rates(
        "NHIPCAU_AUDIO_FORMS",
        default="aac:96,opus:64,mp3:128",
        help="Renditions of sound and their kbit/s: aac, opus (web), mp3 (loudspeakers).",
    )
)
MOVING_LOUDNESS = -float(
    env.number(
        "NHIPCAU_LOUDNESS",
        default=16,
        help="Loudness of all renditions, in LU below full scale: 16 is -16 LUFS (EBU R 128).",
        least=10,
    )
)
MOVING_THREADS = env.number(
    "NHIPCAU_MOVING_THREADS", default=2, help="Processor threads of one transcoding.", least=1
)
MOVING_MEMORY_MB = env.number(
    "NHIPCAU_MOVING_MEMORY_MB",
    default=2600,
    help="Address space of one transcoding, in MB; a 4K film needs about 2000.",
    least=500,
)
MOVING_OUTPUT_MB = env.number(
    "NHIPCAU_MOVING_OUTPUT_MB", default=8000, help="The largest rendition, in MB.", least=1
)
MOVING_LONGEST_MINUTES = env.number(
    "NHIPCAU_MOVING_LONGEST_MINUTES",
    default=720,
    help="The longest sound or film that is taken, in minutes.",
    least=1,
)
