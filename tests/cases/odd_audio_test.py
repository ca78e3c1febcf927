"""`harmonic hear` on the test files of tag readers: read rightly or refused in one line, within bounds."""
import concurrent.futures
import json
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import unittest

from house import BINARY, Case, lines_of, make_sound, shared_archive

SECONDS = 20  # of processor time for one file
BYTES = 2 << 30  # of address space
NO_SOUND = (".jpg", ".png", ".tiff", ".txt", ".json", ".xml", ".m3u", ".m3u8", ".7z", ".rar", ".mid", ".id3", ".apev2")
# What the projects that made the files expect of them.
KNOWN = {
    "beets/test/rsrc/full.mp3": {"title": "full", "artist": "the artist", "album": "the album", "genre": "the genre",
                                 "track": 2, "track_total": 3, "disc": 4, "disc_total": 5, "composer": "the composer"},
    "beets/test/rsrc/full.flac": {"title": "full", "artist": "the artist", "track": 2, "track_total": 3, "disc": 4},
    "beets/test/rsrc/full.ogg": {"title": "full", "artist": "the artist", "track": 2, "track_total": 3, "disc": 4},
    "beets/test/rsrc/full.opus": {"title": "full", "artist": "the artist", "track": 2, "track_total": 3, "disc": 4},
    "beets/test/rsrc/full.m4a": {"title": "full", "artist": "the artist", "track": 2, "track_total": 3, "disc": 4},
    "beets/test/rsrc/full.alac.m4a": {"title": "full", "artist": "the artist", "track": 2, "track_total": 3},
    "taglib/tests/data/gnre.m4a": {"genres": ["Ska"]},
    "taglib/tests/data/has-tags.m4a": {"artist": "Test Artist"},
}


def bounded():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hear(*arguments):
    return subprocess.run([BINARY, "hear", "--json", *map(str, arguments)], capture_output=True, text=True,
                          errors="replace", timeout=6 * SECONDS, preexec_fn=bounded)


def ffprobe(path):
    """What another program says of the file; nothing where it cannot read it."""
    run = subprocess.run(["ffprobe", "-v", "quiet", "-of", "json", "-show_format", "-show_streams", path],
                         capture_output=True, text=True, errors="replace", timeout=60)
    said = json.loads(run.stdout or "{}")
    tags = {}
    sounds = [part for part in said.get("streams", []) if part.get("codec_type") == "audio"]  # a picture has a title too
    for part in [said.get("format", {}), *sounds]:
        for name, value in part.get("tags", {}).items():
            tags.setdefault(name.lower(), value)
    return tags


class OddAudio(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="harmonic-odd-"))
        cls.addClassCleanup(shutil.rmtree, folder, ignore_errors=True)
        try:
            shared_archive("music/odd_audio.tar.zst", folder)
        except unittest.SkipTest:
            if "HARMONIC_SHARED" in os.environ:
                raise AssertionError("HARMONIC_SHARED is set, but music/odd_audio.tar.zst is not in it") from None
            raise
        cls.root = folder / "odd_audio"
        cls.files = sorted(path for path in cls.root.rglob("*") if path.is_file())

    def heard(self, path, *options):
        """The one JSON object about a file: what was read, or why not. Anything else is a failure."""
        run = hear(path, *options)
        self.assertIn(run.returncode, (0, 3), f"{path}: {run.returncode} {run.stderr[-300:]}")
        lines = lines_of(run.stdout)
        self.assertEqual(len(lines), 1, path)
        self.assertEqual("error" in lines[0], run.returncode == 3, path)
        if "error" in lines[0]:
            self.assertEqual(run.stderr.count("\n"), 1, f"{path}: {run.stderr}")
            self.assertGreater(len(lines[0]["error"]), 10, path)
        return lines[0]

    def test_every_file_is_heard_or_refused_within_bounds(self):
        self.assertGreater(len(self.files), 300)
        heard = 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            running = [(path, pool.submit(self.heard, path)) for path in self.files]
        for path, hearing in running:
            with self.subTest(file=str(path.relative_to(self.root))):
                said = hearing.result()
                if "error" in said:
                    continue
                heard += 1
                self.assertNotIn(path.suffix, NO_SOUND)
                self.assertTrue(-1 <= said["valence"] <= 1 and -1 <= said["arousal"] <= 1)
                self.assertLess(said["duration"], 3600)
        self.assertGreater(heard, 20)

    def test_tags_are_those_that_another_program_reads(self):
        compared = 0
        run = hear("--tags", *self.files)
        lines = lines_of(run.stdout)
        self.assertEqual(len(lines), len(self.files), run.stderr[-300:])
        for path, said in zip(self.files, lines):
            if "error" in said or path.name == "duplicate_tags.wav":  # its two tags contradict each other
                continue
            theirs = ffprobe(path)
            for name in ("title", "album"):
                with self.subTest(file=str(path.relative_to(self.root)), field=name):
                    other = theirs.get(name, "").strip()
                    if not other or ";" in other or "\ufffd" in other + said[name]:
                        continue  # it joins repeated fields
                    ours, other = " ".join(said[name].split()), " ".join(other.split())
                    if len(other) > len(ours) > 1000:  # as much as we keep
                        other = other[:len(ours)]
                    self.assertEqual(ours, other)
                    compared += 1
        self.assertGreater(compared, 60)

    def test_known_files_say_what_their_makers_expect(self):
        for name, expected in KNOWN.items():
            with self.subTest(file=name):
                said = self.heard(self.root / name, "--tags")
                self.assertEqual({field: said.get(field) for field in expected}, expected, said)


class Lying(Case):
    # A header of ten hours over two seconds of sound must cost two seconds.
    def test_a_length_of_ten_hours_is_refused_not_waited_for(self):
        honest = make_sound(self.folder / "honest.flac", 2, codec=["-c:a", "flac"]).read_bytes()
        total = int(10 * 3600 * 44100)
        at = 8 + 13  # STREAMINFO: the low 4 bits of byte 13 and bytes 14..17 count the samples
        lying = bytearray(honest)
        lying[at] = (lying[at] & 0xF0) | (total >> 32 & 0x0F)
        lying[at + 1:at + 5] = (total & 0xFFFFFFFF).to_bytes(4, "big")
        path = self.folder / "lying.flac"
        path.write_bytes(lying)
        run = hear(path)
        self.assertEqual(run.returncode, 3, run.stdout)
        self.assertIn("cut off", lines_of(run.stdout)[0]["error"])

    def test_a_wav_that_claims_four_gigabytes_is_refused(self):
        honest = make_sound(self.folder / "honest.wav", 2, codec=["-c:a", "pcm_s16le"]).read_bytes()
        at = honest.index(b"data") + 4
        path = self.folder / "lying.wav"
        path.write_bytes(honest[:at] + (0xFFFFFFF0).to_bytes(4, "little") + honest[at + 4:])
        run = hear(path)
        self.assertEqual(run.returncode, 3, run.stdout)
        self.assertIn("cut off", lines_of(run.stdout)[0]["error"])

    # A reader that calls itself for each box in a box runs out of stack.
    def test_boxes_in_boxes_without_end_are_refused(self):
        path = make_sound(self.folder / "boxes.m4a", 3, codec=["-c:a", "aac", "-movflags", "+faststart"])
        depth = 200_000
        path.write_bytes(path.read_bytes() + b"".join((8 * (depth - i)).to_bytes(4, "big") + b"moof"
                                                      for i in range(depth)))
        run = hear(path, "--tags")
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertIn("damaged", lines_of(run.stdout)[0]["error"])


if __name__ == "__main__":
    unittest.main()
