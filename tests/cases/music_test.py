"""What a song sounds like to many, as the commands tell it."""
import json
import pathlib
import tempfile
import unittest

from house import harmonic, make_sound

EMOTIONS = {"amazement", "solemnity", "tenderness", "nostalgia", "calmness", "power", "joyful_activation",
            "tension", "sadness"}


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

    def test_eval_says_what_is_missing(self):
        run = harmonic("eval", "music", "--data", self.folder / "nowhere", "--cache", self.folder / "cache")
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertRegex(run.stderr, r"nowhere|install the package")
        self.assertEqual(run.stderr.count("\n"), 1, run.stderr)


if __name__ == "__main__":
    unittest.main()
