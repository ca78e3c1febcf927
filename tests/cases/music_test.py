"""What a song sounds like to many, as the commands tell it."""
import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from house import BINARY, harmonic, make_sound

TRAINER = BINARY.with_name("harmonic-train")

EMOTIONS = {"amazement", "solemnity", "tenderness", "nostalgia", "calmness", "power", "joyful_activation",
            "tension", "sadness"}

SONG_WIDTH, SONG_HEIGHT = 1200, 1010  # src/drawing/song_picture.h
WAVEFORM = 90, 110, 1080, 170  # its panel: left, top, width, height


class Hear(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_a_mood_has_a_doubt_and_emotions(self):
        song = make_sound(self.folder / "one.ogg", 8)
        run = harmonic("hear", song, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        heard = json.loads(run.stdout)
        for axis in ("valence", "arousal"):
            self.assertTrue(-1 <= heard[axis] <= 1)
            self.assertTrue(0 < heard[f"{axis}_doubt"] <= 1)
        self.assertEqual(set(heard["emotions"]), EMOTIONS)
        self.assertTrue(all(0 <= share <= 1 for share in heard["emotions"].values()))
        self.assertIn(heard["sounds_like"], ("classical", "rock", "electronic", "pop"))
        words = harmonic("hear", song).stdout
        self.assertIn("+-", words)
        self.assertRegex(words, r"feels +\w+")

    def test_the_same_song_twice_is_the_same_mood(self):
        song = make_sound(self.folder / "one.flac", 8, codec=["-c:a", "flac"])
        first, second = (json.loads(harmonic("hear", song, "--json").stdout) for _ in range(2))
        self.assertEqual(first, second)

    def test_a_song_on_one_picture(self):
        """Real songs: the picture has its size, and each song a waveform of its own."""
        first, second = (self.draw(piece) for piece in self.pieces())
        left, top, width, height = WAVEFORM
        rows = range(top, top + height)
        waves = [[picture[y][left:left + width] for y in rows] for picture in (first, second)]
        for wave in waves:
            inked = sum(pixel != (255, 255, 255) for row in wave for pixel in row) / (width * height)
            self.assertTrue(0.1 < inked < 0.99, inked)
        differ = sum(a != b for one, other in zip(*waves) for a, b in zip(one, other)) / (width * height)
        self.assertGreater(differ, 0.05)

    def pieces(self):
        """50 seconds of each of two real songs of the demo library."""
        listed = subprocess.run(["dpkg", "-L", "singularity-music"], capture_output=True, text=True, check=True).stdout
        songs = sorted(line for line in listed.splitlines() if line.endswith(".ogg"))[:2]
        for number, song in enumerate(songs):
            piece = self.folder / f"{number}.ogg"
            subprocess.run(["ffmpeg", "-v", "error", "-ss", "20", "-t", "50", "-i", song, "-c", "copy", piece], check=True)
            yield piece

    def draw(self, song):
        """The picture of a song as rows of (red, green, blue), decoded by ffmpeg."""
        out = song.with_suffix(".png")
        run = harmonic("hear", song, "--draw", out)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("LUFS", run.stdout)
        pixels = subprocess.run(["ffmpeg", "-v", "error", "-i", out, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                                capture_output=True, check=True).stdout
        self.assertEqual(len(pixels), SONG_WIDTH * SONG_HEIGHT * 3)
        colours = list(zip(pixels[0::3], pixels[1::3], pixels[2::3]))
        return [colours[y * SONG_WIDTH:(y + 1) * SONG_WIDTH] for y in range(SONG_HEIGHT)]

    def test_a_picture_that_cannot_be_made_is_told_once(self):
        song = make_sound(self.folder / "one.ogg", 8)
        away = self.folder / "nowhere" / "song.png"
        run = harmonic("hear", song, "--draw", away)
        self.assertEqual(run.returncode, 5, run.stderr)
        self.assertIn(f"{away} cannot be written", run.stderr)
        self.assertEqual((run.stderr.count("\n"), run.stdout), (1, ""))
        for arguments in ([song, song, "--draw", "x.png"], [self.folder / "album.cue", "--draw", "x.png"]):
            run = harmonic("hear", *arguments)
            self.assertEqual(run.returncode, 2, run.stderr)
            self.assertRegex(run.stderr, "one sound file")
        run = harmonic("hear", song, "--tags", "--draw", "x.png")
        self.assertEqual(run.returncode, 2, run.stderr)

    def test_loudness_is_that_of_ffmpeg(self):
        """A mono file is heard from two loudspeakers, which ffmpeg calls dual mono."""
        for name, options in {"two.flac": ["-ac", "2", "-c:a", "flac"], "two.ogg": ["-ac", "2", "-ar", "48000"],
                              "two.mp3": ["-ac", "2", "-af", "volume=-15dB"], "one.flac": ["-ac", "1"]}.items():
            song = make_sound(self.folder / name, 12, codec=options)
            heard = json.loads(harmonic("hear", song, "--json").stdout)["loudness_lufs"]
            self.assertAlmostEqual(heard, loudness_by_ffmpeg(song), delta=0.1, msg=name)

    def test_eval_says_what_is_missing(self):
        run = harmonic("eval", "music", "--data", self.folder / "nowhere", "--cache", self.folder / "cache")
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertRegex(run.stderr, r"nowhere|install the package")
        self.assertEqual(run.stderr.count("\n"), 1, run.stderr)

    def test_eval_ears_knows_tempo_and_key_of_what_is_played(self):
        pieces = self.folder / "data" / "midi" / "vgmidi" / "labelled" / "midi"
        pieces.mkdir(parents=True)
        (pieces / "bright.mid").write_bytes(piece(100, [0, 4, 7, 12, 5, 9, 12, 17, 7, 11, 14, 19, 0, 4, 7, 12]))
        (pieces / "dark.mid").write_bytes(piece(100, [0, 3, 7, 12, 5, 8, 12, 17, 7, 11, 14, 19, 0, 3, 7, 12]))
        run = harmonic("eval", "ears", "--data", self.folder / "data", "--cache", self.folder / "cache", "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        said = json.loads(run.stdout)
        self.assertEqual((said["tempo"]["pieces"], said["key"]["pieces"], said["mode"]["pieces"]), (6, 4, 2))
        self.assertEqual(said["tempo"]["within_4_percent_of_an_octave"], 1.0)
        self.assertEqual(said["key"]["follows"], 1.0)
        self.assertEqual(said["mode"]["right"], 1.0)


    @unittest.skipUnless(TRAINER.exists(), "the trainer is built where libtorch is")
    def test_the_tempo_is_taught_by_what_is_written(self):
        """Games that may teach, games that judge, and a folder of other music, each piece at its own tempo."""
        pieces = self.folder / "data" / "midi" / "vgmidi" / "labelled" / "midi"
        more = self.folder / "more"
        for folder, name, bpm in ((pieces, "Chrono_PC_One_A.mid", 84), (pieces, "Final Fantasy_PC_Two_B.mid", 120),
                                  (pieces, "Mana_SNES_Three_C.mid", 100), (more, "other.mid", 140)):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(piece(bpm, [0, 4, 7, 12, 5, 9, 12, 17], times=4))
        out = self.folder / "beat_weights.h"

        def train(*more_options):
            return subprocess.run([TRAINER, "tempo", "--data", self.folder / "data", "--cache", self.folder / "cache",
                                   "--out", out, *more_options], capture_output=True, text=True, check=False)

        run = train("--more", more)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("4 of 4 heard", run.stderr)
        self.assertRegex(run.stdout, r"games that taught nothing +100\.0 %, octaves equal 100\.0 % of 3")
        self.assertRegex(run.stdout, r"what taught the weights +\S+ %, octaves equal 100\.0 % of 9")
        first = out.read_text()
        self.assertEqual(first.count(","), 26, first)  # one in the type, 25 between the weights
        self.assertEqual(train("--more", more).returncode, 0)
        self.assertEqual(out.read_text(), first, "the same pieces, other weights")
        empty = self.folder / "empty"
        empty.mkdir()
        run = train("--more", empty)
        self.assertEqual((run.returncode, run.stderr.count("\n")), (4, 1), run.stderr)
        self.assertIn("holds no MIDI files", run.stderr)
        self.assertEqual(out.read_text(), first)

    @unittest.skipUnless(TRAINER.exists(), "the trainer is built where libtorch is")
    def test_the_notes_are_taught_by_what_is_played(self):
        pieces = self.folder / "data" / "midi" / "vgmidi" / "labelled" / "midi"
        pieces.mkdir(parents=True)
        for name, notes in (("Chrono_PC_One_A.mid", [0, 4, 7, 12, 5, 9]), ("Mana_SNES_Two_B.mid", [2, 7, 11, 14])):
            (pieces / name).write_bytes(piece(150, notes))
        out = self.folder / "note_weights.h"
        run = subprocess.run([TRAINER, "notes", "--data", self.folder / "data", "--cache", self.folder / "cache",
                              "--out", out, "--steps", "300"], capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("1 of 1 heard", run.stderr)
        found = re.findall(r"([\d.]+) % of (\d+) notes found", run.stdout)
        self.assertEqual([of for _, of in found], ["36", "12"], run.stdout)  # by three sound fonts, and by one
        self.assertGreater(float(found[0][0]), 50.0, run.stdout)
        self.assertIn("kNoteWeights{", out.read_text())
        run = subprocess.run([TRAINER, "notes", "--data", self.folder / "nothing", "--cache", self.folder / "cache",
                              "--out", out], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stderr.count("\n")), (4, 1), run.stderr)


def loudness_by_ffmpeg(song):
    meter = "ebur128=metadata=1:dualmono=true,ametadata=print:key=lavfi.r128.I:file=-"
    run = subprocess.run(["ffmpeg", "-v", "error", "-i", song, "-af", meter, "-f", "null", "-"], capture_output=True,
                         text=True, check=True)
    return float(run.stdout.strip().rsplit("=", 1)[1])


def piece(bpm, semitones, times=3):
    """A MIDI file that plays quarter notes `semitones` above middle C, `times` over."""
    track = b"\0\xff\x51\x03" + round(60e6 / bpm).to_bytes(3, "big")
    for step in semitones * times:
        track += bytes([0, 0x90, 60 + step, 96, 96, 0x80, 60 + step, 0])
    track += b"\0\xff\x2f\0"
    return (b"MThd" + (6).to_bytes(4, "big") + bytes([0, 0, 0, 1, 0, 96]) +
            b"MTrk" + len(track).to_bytes(4, "big") + track)


if __name__ == "__main__":
    unittest.main()
