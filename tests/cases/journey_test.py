"""`harmonic journey` and `harmonic eval journey` on the small demo library: real music of Debian packages."""
import json
import math
import pathlib
import unittest

from house import Case, harmonic
from recommend_test import MUSIC


def away(one, other):
    return math.hypot(one["valence"] - other["valence"], one["arousal"] - other["arousal"])


class Journey(Case):
    def setUp(self):
        super().setUp()
        if not all(folder.is_dir() for folder in MUSIC):
            self.skipTest("the demo packages singularity-music and amoebax-data are not installed")

    def journey(self, *arguments):
        run = harmonic("journey", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def refused(self, *arguments):
        run = harmonic("journey", *arguments, "--data", self.data)
        self.assertNotEqual(run.returncode, 0)
        self.assertEqual(run.stdout, "")
        return run

    def test_it_leads_from_here_to_there(self):
        with self.subTest("no library yet"):
            run = self.refused("--from", "sad", "--to", "calm")
            self.assertEqual(run.returncode, 4)
            self.assertIn("harmonic scan", run.stderr)
        self.scan(*MUSIC)
        made = self.journey("--from", "sad", "--to", "happy", "--songs", 6)
        self.assertGreaterEqual(len(made["songs"]), 2)
        self.assertEqual(made["asked"], 6)
        for before, song in zip(made["songs"], made["songs"][1:]):
            self.assertLess(away(song, made["to"]), away(before, made["to"]))
            self.assertLessEqual(away(song, before), made["bound"] + 1e-5)
        self.assertIn("toward happy", made["songs"][1]["reasons"][0])
        self.assertEqual(len(made["songs"]) < 6, any(note.startswith("only") for note in made["notes"]))
        with self.subTest("the same question has the same answer"):
            self.assertEqual(self.journey("--from", "sad", "--to", "happy", "--songs", 6), made)
        with self.subTest("more than there is: as many as there are, and it says so"):
            many = self.journey("--from", "sad", "--to", "happy", "--songs", 60)
            self.assertLess(len(many["songs"]), 60)
            self.assertIn("only", many["notes"][0])
            self.assertEqual(len({song["id"] for song in many["songs"]}), len(many["songs"]))
        with self.subTest("minutes"):
            timed = self.journey("--from", "sad", "--to", "calm", "--minutes", 10)
            self.assertEqual(sum(song["duration_ms"] for song in timed["songs"]), timed["length_ms"])
            self.assertTrue(any(note.startswith("only") for note in timed["notes"])
                            or abs(timed["length_ms"] - 600_000) < 240_000, timed["notes"])
        with self.subTest("a bend, and a picture of it"):
            picture = self.folder / "way.png"
            bent = self.journey("--from", "-0.6,-0.3", "--to", "lift", "--via", "-0.4,0.2", "--via", "0,0.5",
                                "--draw", picture)
            self.assertGreater(len(bent["curve"]), 2)
            self.assertTrue(any(away(point, {"valence": -0.4, "arousal": 0.2}) < 1e-5 for point in bent["curve"]))
            self.assertEqual(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        with self.subTest("a listener changes where calm is, in a file or in the data folder"):
            mine = self.folder / "mine.txt"
            mine.write_text("any calm -0.1 -0.9 # deeper\n")
            by_file = self.journey("--from", "sad", "--to", "calm", "--targets", mine)
            self.assertEqual(by_file["to"], {"valence": -0.1, "arousal": -0.9})
            (self.data / "targets.txt").write_text(mine.read_text() + "\nhapy lift 0 0\n")
            run = self.refused("--from", "sad", "--to", "calm")
            self.assertEqual(run.returncode, 3)
            self.assertIn("targets.txt:3", run.stderr)
            (self.data / "targets.txt").write_text(mine.read_text())
            self.assertEqual(self.journey("--from", "sad", "--to", "calm"), by_file)
            (self.data / "targets.txt").unlink()
            self.assertEqual(self.refused("--from", "sad", "--to", "calm", "--targets", self.folder / "none").returncode, 4)
        with self.subTest("for people"):
            run = harmonic("journey", "--from", "sad", "--to", "happy", "--data", self.data)
            self.assertEqual(run.returncode, 0)
            self.assertIn("  1. ", run.stdout)
            self.assertIn("toward happy", run.stdout)
        for wrong in (["--from", "sad"], ["--from", "sad", "--to", "bliss"], ["--from", "1.2,0", "--to", "sad"],
                      ["--from", "sad", "--to", "0.1,nan"], ["--from", "sad", "--to", "calm", "--songs", "0"],
                      ["--from", "sad", "--to", "calm", "--songs", "5", "--minutes", "5"]):
            with self.subTest(wrong=wrong):
                self.assertEqual(self.refused(*wrong).returncode, 2)
        with self.subTest("a thousand random starts keep the promise"):
            for library in (["--data", self.data], ["--synthetic", 500]):
                run = harmonic("eval", "journey", *library, "--starts", 1000, "--json")
                self.assertEqual(run.returncode, 0, run.stderr)
                figures = json.loads(run.stdout)
                self.assertGreater(figures["journey"]["steps"], 500)
                self.assertGreaterEqual(figures["journey"]["nearer"], 0.9)
                self.assertEqual(figures["over_bound"], 0)


if __name__ == "__main__":
    unittest.main()
