"""Small sounds and films for tests, made by Debian's ffmpeg, and what its tools say of ours.

The programs are not those that made our renditions: PyAV brings its own libraries.
"""

import json
import re
import shutil
import subprocess

import pytest

needs_programs = pytest.mark.skipif(
    not (shutil.which("ffmpeg") and shutil.which("exiftool")),
    reason="needs ffmpeg and exiftool (tools/setup.py: media)",
)
# What people and cameras write into files; none of it may leave.
PRIVATE = {
    "title": "Họp kín tại nhà ông Sáu",
    "artist": "Nguyễn Văn Riêng",
    "comment": "so dien thoai rieng",
    "location": "+21.8530+106.7610/",
    "creation_time": "2026-01-02T03:04:05Z",
    "encoder": "May quay rieng 9000",
}
_TAGS = [part for name, value in PRIVATE.items() for part in ("-metadata", f"{name}={value}")]


def run(*command):
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=True, timeout=120
    )


def ffmpeg(*arguments):
    run("ffmpeg", "-v", "error", "-nostdin", "-y", *arguments)


def sound(path, *, seconds=3, decibels=-30, private=True, channels=1, codec=()):
    """Pink noise with a hum, so loud; the container by the file's ending."""
    ffmpeg(
        "-f", "lavfi", "-i", f"anoisesrc=c=pink:a=0.5:r=48000:d={seconds}:seed=7",
        "-af", f"volume={decibels + 14}dB", "-ac", channels, *codec,
        *(_TAGS if private else ()), path,
    )  # fmt: skip
    return path


def film(
    path, *, seconds=3, size="320x240", rate=25, silent=False, rotate=0, index_first=True, more=()
):
    """Moving bars with a hum, with private tags all over."""
    noise = ["-f", "lavfi", "-i", f"sine=f=440:r=48000:d={seconds}"]
    ffmpeg(
        "-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds}",
        *([] if silent else noise),
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", rate,
        *([] if silent else ["-c:a", "aac", "-af", "volume=-20dB"]),
        *_TAGS, *(["-movflags", "+faststart"] if index_first else []), *more, path,
    )  # fmt: skip
    if rotate:
        # As phones do it: the picture lies on its side, and a matrix tells the player.
        lying = path.rename(path.with_name(f"lying{path.suffix}"))
        ffmpeg("-i", lying, "-c", "copy", "-metadata:s:v", f"rotate={rotate}", path)
        lying.unlink()
    return path


def cut(path, share):
    """Only the first part of the file, as after a line that went dead."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(int(size * share))
    return path


def probed(path):
    told = run(
        "ffprobe", "-v", "error", "-show_format", "-show_streams", "-print_format", "json", path
    ).stdout
    return json.loads(told)


def loudness(path):
    """Integrated LUFS and true peak as ffmpeg's own meter tells them at its end."""
    told = run(
        "ffmpeg", "-hide_banner", "-nostats", "-nostdin", "-i", path,
        "-vn", "-af", "ebur128=peak=true", "-f", "null", "-",
    ).stderr  # fmt: skip
    summary = told[told.rindex("Summary:") :]
    lufs = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    return float(lufs[1]), float(peak[1])


def told_by_exiftool(path):
    """Everything that exiftool reads out of the file, but what the file system says of it."""
    told = json.loads(run("exiftool", "-json", "-G", "-ee", path).stdout)[0]
    return {
        name: value
        for name, value in told.items()
        if not name.startswith(("File:", "ExifTool:")) and name != "SourceFile"
    }


def private_words(path):
    """Which of the private values, or of the encoder's marks, can be found in the bytes or tags."""
    told = json.dumps(told_by_exiftool(path), ensure_ascii=False)
    data = path.read_bytes()
    words = [*PRIVATE.values(), "21.853", "2026", "x264", "Lavf", "Lavc"]
    return [word for word in words if word in told or word.encode() in data]
