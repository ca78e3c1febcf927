"""`harmonic similar`: songs of a small library that sound like one of them."""
import json
import unittest

from house import Case, harmonic, make_sound

# Two low tones and two high ones by each of two artists; the songs of a pair differ by a few hertz.
TONES = {"Low one": (110, "Ann"), "Low two": (113, "Ann"), "High one": (1760, "Bob"), "High two": (1790, "Ann"),
         "Low three": (116, "Bob"), "High three": (1820, "Bob")}


class Similar(Case):
    def make_library(self):
        music = self.folder / "music"
        music.mkdir()
        for title, (frequency, artist) in TONES.items():
            make_sound(music / f"{title}.flac", 4, frequency, title=title, artist=artist)
        self.assertEqual(self.scan(music)["songs"], len(TONES))
        return music

    def similar(self, *arguments):
        run = harmonic("similar", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def refused(self, code, *arguments):
        run = harmonic("similar", *arguments, "--data", self.data)
        self.assertEqual(run.returncode, code, run.stderr)
        self.assertEqual(run.stdout, "")
        self.assertTrue(run.stderr.startswith("harmonic similar: "), run.stderr)
        return run.stderr

    def test_low_tones_sound_like_low_ones(self):
        self.make_library()
        answer = self.similar("Low one")
        self.assertEqual(answer["song"]["title"], "Low one")
        songs = answer["songs"]
        self.assertEqual({song["title"] for song in songs}, set(TONES) - {"Low one"})
        self.assertEqual({song["title"] for song in songs[:2]}, {"Low two", "Low three"})
        likeness = [song["similarity"] for song in songs]
        self.assertEqual(likeness, sorted(likeness, reverse=True))
        self.assertTrue(all(-1.00001 <= value <= 1.00001 for value in likeness), likeness)

        with self.subTest("one song of an artist"):
            capped = self.similar("Low one", "--at-most-per-artist", 1)["songs"]
            first = {}
            for song in songs:
                first.setdefault(song["artist"], song)
            self.assertEqual(capped, list(first.values()))
        with self.subTest("by number, by part of title and artist, fewer"):
            number = answer["song"]["id"]
            self.assertEqual(self.similar(number)["songs"], songs)
            self.assertEqual(self.similar("ONE - ann", "--count", 2)["songs"], songs[:2])
        with self.subTest("for people"):
            run = harmonic("similar", "low one", "--count", 1, "--data", self.data)
            self.assertIn(f"1. {songs[0]['title']} - {songs[0]['artist']}", run.stdout)

        with self.subTest("a name that several songs have is answered with their numbers"):
            told = self.refused(3, "high")
            self.assertIn("3 songs", told)
            for title in ("High one - Bob", "High two - Ann", "High three - Bob"):
                self.assertIn(title, told)
            chosen = next(line for line in told.splitlines() if "High two" in line).split()[0]
            self.assertEqual(self.similar(chosen)["song"]["title"], "High two")
        with self.subTest("what is not there"):
            self.assertIn("Nowhere", self.refused(4, "Nowhere"))
            self.refused(4, "")
            self.assertEqual(harmonic("similar", "--data", self.data).returncode, 2)

    def test_what_was_not_heard_has_no_sound(self):
        music = self.folder / "music"
        music.mkdir()
        self.assertIn("harmonic scan", self.refused(4, "Low one"))
        self.assertFalse(self.data.exists())
        make_sound(music / "tone.flac", 2, title="Tone")
        run = harmonic("scan", music, "--tags-only", "--data", self.data)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("not known", self.refused(4, "Tone"))


if __name__ == "__main__":
    unittest.main()
