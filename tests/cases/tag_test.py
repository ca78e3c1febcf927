"""`harmonic tag`: moods into files and out again; the sound and everything else stay."""
import hashlib
import json
import os
import subprocess
import unittest

from house import Case, harmonic, lines_of, make_sound

FORMATS = {
    "mp3": ["-c:a", "libmp3lame"],
    "flac": ["-c:a", "flac"],
    "ogg": ["-c:a", "libvorbis"],
    "opus": ["-c:a", "libopus"],
    "m4a": ["-c:a", "aac"],
    "wav": ["-c:a", "pcm_s16le"],
}


def decoded(path):
    """The digest of the sound as another program decodes it."""
    run = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-f", "s16le", "-"],
                         capture_output=True, check=True)
    return hashlib.sha256(run.stdout).hexdigest()


def tags_by_ffprobe(path):
    run = subprocess.run(["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", path],
                         capture_output=True, check=True)
    said = json.loads(run.stdout)
    tags = {}
    for part in [said["format"], *said["streams"]]:
        tags |= {name.upper(): value for name, value in part.get("tags", {}).items()}
    return tags


class Tag(Case):
    def setUp(self):
        super().setUp()
        self.music = self.folder / "music"
        self.music.mkdir()
        self.files = [make_sound(self.music / f"song.{name}", 5, codec=codec, title="Tone", artist="Ann")
                      for name, codec in FORMATS.items()]
        self.scan(self.music)

    def tag(self, *options):
        run = harmonic("tag", self.music, "--data", self.data, "--json", *options)
        self.assertEqual(run.returncode, 0, run.stderr)
        return lines_of(run.stdout)

    def test_written_in_every_format_and_undone_to_the_last_byte(self):
        before = {path: (path.read_bytes(), decoded(path), path.stat()) for path in self.files}
        would = self.tag("--dry-run")
        self.assertEqual(len(would), len(self.files))
        for path in self.files:
            self.assertEqual(path.read_bytes(), before[path][0], "a dry run wrote")
        self.files[0].chmod(0o640)
        wrote = self.tag()
        self.assertEqual([one["fields"] for one in wrote], [one["fields"] for one in would])
        self.assertTrue(all(one["changed"] for one in wrote))
        for path in self.files:
            with self.subTest(file=path.name):
                self.assertEqual(decoded(path), before[path][1])
                tags = tags_by_ffprobe(path)
                heard, = lines_of(harmonic("hear", "--tags", "--json", path).stdout)
                self.assertEqual((heard["title"], heard["artist"]), ("Tone", "Ann"))
                if path.suffix != ".wav":  # ffprobe shows a WAV's INFO, not its ID3
                    self.assertIn(tags.get("MOOD") or tags.get("TMOO"), ("Happy", "Energetic", "Tense", "Angry", "Sad",
                                                                         "Melancholic", "Sleepy", "Relaxed"))
                    self.assertTrue(-1 <= float(tags["HARMONIC_VALENCE"]) <= 1)
        self.assertEqual(self.files[0].stat().st_mode & 0o777, 0o640)
        self.assertEqual([path.name for path in self.music.iterdir() if path.name.startswith(".")], [])
        self.assertEqual(self.scan(self.music)["decoded"], 0, "the scan hears songs again for their tags")
        self.assertEqual([one["fields"] for one in self.tag()], [[]] * len(self.files), "a second run writes again")
        self.assertTrue(all(one["changed"] for one in self.tag("--undo")))
        for path in self.files:
            self.assertEqual(path.read_bytes(), before[path][0], path.name)
            self.assertEqual(path.stat().st_mtime_ns, before[path][2].st_mtime_ns)
        self.assertFalse(any(one["changed"] for one in self.tag("--undo")), "nothing is left to undo")

    def test_a_tempo_and_a_key_of_the_listener_stay(self):
        path = make_sound(self.music / "own.flac", 5, codec=["-c:a", "flac"], BPM="61", INITIALKEY="F#m", MOOD="Mine")
        self.scan(self.music)
        fields = {one["field"]: one for one in next(row for row in self.tag() if row["file"] == str(path))["fields"]}
        self.assertNotIn("BPM", fields)
        self.assertNotIn("INITIALKEY", fields)
        self.assertEqual(fields["MOOD"]["before"], "Mine")

    def test_what_another_program_wrote_since_is_not_undone(self):
        self.tag()
        changed = self.files[1]
        changed.write_bytes(changed.read_bytes() + b"more")
        kept = changed.read_bytes()
        run = harmonic("tag", changed, "--data", self.data, "--undo")
        self.assertEqual(run.returncode, 3, run.stdout)
        self.assertIn("another program", run.stderr)
        self.assertEqual(changed.read_bytes(), kept)

    def test_a_file_of_two_names_and_a_stranger_are_refused(self):
        os.link(self.files[0], self.folder / "other name")
        run = harmonic("tag", self.files[0], "--data", self.data)
        self.assertEqual(run.returncode, 3)
        self.assertIn("hard links", run.stderr)
        run = harmonic("tag", self.folder / "other name", "--data", self.data)
        self.assertEqual(run.returncode, 4)
        self.assertIn("scan", run.stderr)
        run = harmonic("tag", self.music, "--data", self.folder / "nothing")
        self.assertEqual(run.returncode, 4)
        self.assertFalse((self.folder / "nothing").exists())


if __name__ == "__main__":
    unittest.main()
