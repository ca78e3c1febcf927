"""`harmonic recommend` on the small demo library: real music of Debian packages."""
import json
import pathlib
import unittest

from house import Case, harmonic

MUSIC = [pathlib.Path("/usr/share/games") / name for name in ("singularity/music", "amoebax/music")]


class Recommend(Case):
    def setUp(self):
        super().setUp()
        if not all(folder.is_dir() for folder in MUSIC):
            self.skipTest("the demo packages singularity-music and amoebax-data are not installed")

    def recommend(self, *arguments):
        run = harmonic("recommend", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def test_the_mood_leads_and_every_song_says_why(self):
        scanned = self.scan(*MUSIC)
        self.assertGreaterEqual(scanned["songs"], 20)
        answers = {emotion: self.recommend("--emotion", emotion, "--count", 5)
                   for emotion in ("happy", "sad", "angry", "neutral")}
        for emotion, answer in answers.items():
            self.assertEqual(len(answer["songs"]), 5, emotion)
            self.assertEqual(len({song["id"] for song in answer["songs"]}), 5, emotion)
            scores = [song["score"] for song in answer["songs"]]
            self.assertTrue(all(score == score for score in scores), scores)
            for song in answer["songs"]:
                self.assertTrue(song["reasons"] and all(song["reasons"]), song)
                self.assertTrue(pathlib.Path(song["path"]).exists())
                self.assertTrue(-1 <= song["valence"] <= 1 and -1 <= song["arousal"] <= 1)
        mean = {emotion: sum(song["valence"] for song in answer["songs"]) / 5
                for emotion, answer in answers.items()}
        self.assertGreater(mean["happy"], mean["sad"])
        self.assertGreater(answers["happy"]["target"]["valence"], 0)
        self.assertLess(answers["sad"]["target"]["valence"], 0)

        with self.subTest("a point set by hand, and strategies that move it"):
            matched = self.recommend("--valence", -0.6, "--arousal", 0.5, "--count", 3)
            self.assertAlmostEqual(matched["target"]["valence"], -0.6, places=4)
            lifted = self.recommend("--valence", -0.6, "--arousal", 0.5, "--strategy", "lift", "--count", 3)
            self.assertGreater(lifted["target"]["valence"], matched["target"]["valence"])
            calmed = self.recommend("--valence", -0.6, "--arousal", 0.5, "--strategy", "calm", "--count", 3)
            self.assertLess(calmed["target"]["arousal"], matched["target"]["arousal"])
        with self.subTest("the same question has the same answer"):
            self.assertEqual(self.recommend("--emotion", "happy", "--count", 5), answers["happy"])
        with self.subTest("more songs than there are"):
            everything = self.recommend("--emotion", "happy", "--count", 10_000)
            self.assertEqual(len(everything["songs"]), scanned["songs"])
        with self.subTest("the shares add up to the score, and weights and bounds are kept"):
            asked = self.recommend("--emotion", "happy", "--weights", "*,sound=1", "--per-artist", 1, "--count", 50)
            for song in asked["songs"]:
                self.assertAlmostEqual(sum(song["shares"].values()), song["score"], delta=1e-5)
                self.assertEqual(song["shares"]["sound"], song["score"])
            artists = [song["artist"] for song in asked["songs"]]
            self.assertEqual(len(set(artists)), len(artists))
        with self.subTest("a seed varies the order, each number in its own way"):
            drawn = [[song["id"] for song in self.recommend("--emotion", "happy", "--weights", "*,chance=1",
                                                            "--seed", seed)["songs"]] for seed in (1, 2, 1)]
            self.assertEqual(drawn[0], drawn[2])
            self.assertNotEqual(drawn[0], drawn[1])
        with self.subTest("a weight that does not exist"):
            run = harmonic("recommend", "--emotion", "happy", "--weights", "luck=1", "--data", self.data)
            self.assertEqual(run.returncode, 3, run.stderr)
            self.assertEqual(len(run.stderr.splitlines()), 1)
            self.assertIn("luck=1", run.stderr)


if __name__ == "__main__":
    unittest.main()
