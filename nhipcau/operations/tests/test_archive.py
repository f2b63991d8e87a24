"""One byte more, less or other, and the archive is no backup."""

import hashlib
import io
import json
import tarfile
import tracemalloc

import pytest

from nhipcau.operations.backup import archive

MEMBERS = {"database": b"D" * 5000, "media/private/ab/abcd": b"first", "media/b": b""}


@pytest.fixture
def backup(tmp_path):
    """A sound archive, as its members."""
    for name, content in MEMBERS.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    stream = io.BytesIO()
    writer = archive.Writer(stream, tmp_path / archive.MANIFEST)
    for name in MEMBERS:
        writer.add(name, tmp_path / "source" / name)
    writer.finish({"engine": "sqlite"})
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as tar:
        held = {member.name: tar.extractfile(member).read() for member in tar}
    return stream.getvalue(), held


def packed(held):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, content in held.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def unpacked(content, folder, **more):
    folder.mkdir()
    return archive.unpack(io.BytesIO(content), folder, **more)


def test_what_was_put_in_comes_out(backup, tmp_path):
    content, _ = backup

    summary = unpacked(content, tmp_path / "out")

    assert {name: (tmp_path / "out" / name).read_bytes() for name in MEMBERS} == MEMBERS
    assert (summary["format"], summary["engine"], summary["members"]) == (1, "sqlite", 3)


def test_only_what_is_wanted_is_written_but_everything_is_checked(backup, tmp_path):
    content, held = backup

    unpacked(content, tmp_path / "out", wanted=lambda name: name == "database")

    assert (tmp_path / "out" / "database").exists()
    assert not (tmp_path / "out" / "media").exists()
    with pytest.raises(archive.Damaged):
        unpacked(packed(held | {"media/b": b"x"}), tmp_path / "again", wanted=lambda name: False)


def with_a_mended_manifest(held):
    """A forger who mends the manifest's line as well: the summary still knows."""
    changed = held | {"media/b": b"forged"}
    lines = b""
    for line in held["manifest.jsonl"].splitlines():
        name = json.loads(line)["name"]
        digest = hashlib.sha256(changed[name]).hexdigest()
        lines += archive.manifest_line(name, len(changed[name]), digest)
    return changed | {"manifest.jsonl": lines}


def without(name):
    return lambda held: {key: value for key, value in held.items() if key != name}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda held: held | {"media/b": b"x"}, id="a file has other bytes"),
        pytest.param(lambda held: held | {"database": b"E" * 5000}, id="the database has"),
        pytest.param(without("media/b"), id="a file is missing"),
        pytest.param(without("manifest.jsonl"), id="no manifest"),
        pytest.param(without("summary.json"), id="no summary"),
        pytest.param(lambda held: {"media/c": b""} | held, id="a file too many"),
        pytest.param(lambda held: held | {"late": b""}, id="something after the end"),
        pytest.param(lambda held: {"media/../../x": b""} | held, id="a way out"),
        pytest.param(lambda held: {"/etc/passwd": b""} | held, id="an absolute path"),
        pytest.param(lambda held: {"keys/secret_key": b""} | held, id="a key"),
        pytest.param(lambda held: held | {"summary.json": b"[]"}, id="an odd summary"),
        pytest.param(lambda held: held | {"summary.json": b"{"}, id="half a summary"),
        pytest.param(with_a_mended_manifest, id="a mended manifest"),
        pytest.param(lambda held: {}, id="nothing at all"),
    ],
)
def test_every_change_is_seen_and_nothing_leaves_the_folder(backup, tmp_path, change):
    _, held = backup

    with pytest.raises(archive.Damaged):
        unpacked(packed(change(held)), tmp_path / "out")

    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("part", [0.0, 0.05, 0.4, 0.7, 0.9])
def test_every_cut_is_seen(backup, tmp_path, part):
    content, _ = backup
    whole = len(content.rstrip(b"\0"))

    with pytest.raises(archive.Damaged):
        unpacked(content[: int(whole * part)], tmp_path / "out")


def test_a_link_in_the_archive_is_refused(tmp_path):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)

    with pytest.raises(archive.Damaged):
        unpacked(stream.getvalue(), tmp_path / "out")


def test_memory_does_not_grow_with_the_number_of_files(tmp_path):
    (tmp_path / "one").write_bytes(b"x")

    def peak(count):
        tracemalloc.start()
        with (tmp_path / f"{count}.tar").open("wb") as stream:
            writer = archive.Writer(stream, tmp_path / f"{count}.jsonl")
            for number in range(count):
                writer.add(f"media/{number}", tmp_path / "one")
            writer.finish({})
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(2000) < peak(200) * 2


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    target = tmp_path / "b"

    with pytest.raises(RuntimeError), archive.whole_or_nothing(target) as stream:  # noqa: PT012 -- the crash comes in the middle
        stream.write(b"half")
        raise RuntimeError

    assert list(tmp_path.iterdir()) == []
    with archive.whole_or_nothing(target) as stream:
        stream.write(b"whole")
    assert target.read_bytes() == b"whole"
    with pytest.raises(FileExistsError), archive.whole_or_nothing(target) as stream:
        stream.write(b"other")
    assert target.read_bytes() == b"whole"
