"""`harmonic beliefs` and `harmonic ban`: what a listener's plays told, and what he never wants to hear."""
import json
import unittest

from house import Case, Server, harmonic, make_sound

SAD = {"valence": -0.6, "arousal": -0.6}
HAPPY = {"valence": 0.7, "arousal": 0.6}


class Beliefs(Case):
    def setUp(self):
        super().setUp()
        music = self.folder / "music"
        music.mkdir()
        # Two kinds of song that differ in loudness, by 20 LU.
        for i in range(6):
            loud = i % 2 == 0
            make_sound(music / f"{i}.ogg", seconds=6, frequency=220 + 20 * i,
                       codec=("-af", "volume=0dB" if loud else "volume=-20dB"),
                       title=f"{'loud' if loud else 'soft'} {i}", artist=f"Artist {i % 3}")
        self.scan(music)

    def run_it(self, *arguments, code=0):
        run = harmonic(*arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        if code != 0:
            self.assertEqual(run.stderr.count("\n"), 1, run.stderr)
            return run.stderr
        return json.loads(run.stdout)

    def listen(self, server, count, mood, wanted, start):
        """Plays all songs in turn; those whose title begins with `wanted` are heard to the end."""
        songs = server.get_json("/api/songs")["songs"]
        for i in range(count):
            song = songs[i % len(songs)]
            ends = song["title"].startswith(wanted)
            status, _, body = server.call("POST", "/api/plays", {
                "song": song["id"], "started_at": start + 60_000 * i, "heard_ms": 6000 if ends else 300,
                "outcome": "finished" if ends else "skipped", "mood": mood})
            self.assertEqual(status, 201, body)

    def words(self):
        return {belief["mood"]: belief["prefers"] for belief in self.run_it("beliefs", "show")["beliefs"]}

    def the_familiar_is_told_from_the_new(self):
        """What was heard to the end so far is all that begins with "soft"."""
        def asked(share):
            return self.run_it("recommend", "--emotion", "happy", "--count", 2, "--familiar", share)["songs"]

        known, new = asked("known"), asked("new")
        self.assertEqual([song["title"][:4] for song in known], ["soft"] * 2)
        self.assertEqual([song["title"][:4] for song in new], ["loud"] * 2)
        for song in new:
            self.assertIn("new to you", song["reasons"])
        for share in ("mixed", 0.5):
            self.assertEqual(sorted(song["title"][:4] for song in asked(share)), ["loud", "soft"])
        self.assertIn("--familiar", harmonic("recommend", "--emotion", "happy", "--familiar", "loud").stderr)

    def test_what_plays_tell_can_be_shown_reset_and_carried_elsewhere(self):
        self.assertIn("listened", self.run_it("beliefs", "show", "--listener", "nobody", code=4))
        with Server("--data", self.data) as server:
            self.assertEqual(self.run_it("beliefs", "show")["beliefs"], [])
            self.listen(server, 24, SAD, "soft", 1_700_000_000_000)
            self.assertEqual(self.run_it("beliefs", "show")["songs"], 24, "what the server stored is to be seen beside it")
            self.assertIn("soft", self.words()["sad and calm"])
            self.the_familiar_is_told_from_the_new()
            self.listen(server, 24, HAPPY, "loud", 1_700_010_000_000)
        told = self.run_it("beliefs", "show")
        self.assertEqual(told["songs"], 48)
        self.assertIn("loud", self.words()["happy and lively"])
        wished = self.run_it("recommend", "--valence", -0.6, "--arousal", -0.6, "--weights", "*,wish=1")["songs"]
        self.assertIn("soft", wished[0]["title"])
        self.assertIn("hear to the end in this mood", " ".join(wished[0]["reasons"]))
        run = harmonic("beliefs", "show", "--data", self.data)
        self.assertIn("When you are happy and lively you let ", run.stdout)
        self.assertIn("(24 songs, ", run.stdout)

        saved = self.folder / "ann.wishes"
        self.run_it("beliefs", "export", saved)
        self.run_it("beliefs", "reset")
        self.assertEqual(self.run_it("beliefs", "show"), {"listener": "listener", "songs": 0, "beliefs": []})
        run = harmonic("beliefs", "show", "--data", self.data)
        self.assertIn("nothing is believed", run.stdout)
        self.run_it("beliefs", "reset", "--undo")
        self.assertEqual(self.run_it("beliefs", "show"), told)
        self.assertIn("take back", self.run_it("beliefs", "reset", "--undo", code=4))

        self.run_it("beliefs", "reset")
        self.run_it("beliefs", "import", saved)
        self.assertIn("loud", self.words()["happy and lively"])
        saved.write_bytes(saved.read_bytes()[:-3])
        self.assertIn("damaged", self.run_it("beliefs", "import", saved, code=6))
        self.assertIn("no file", self.run_it("beliefs", "import", self.folder / "none", code=4))

    def test_bans_are_kept_listed_and_lifted(self):
        song = self.run_it("recommend", "--emotion", "happy")["songs"][0]
        self.run_it("ban", "artist", "Artist 1")
        self.run_it("ban", "song", song["id"])
        self.assertIn("song 4242", self.run_it("ban", "song", 4242, code=4))
        self.assertEqual(self.run_it("ban", "list"),
                         {"artists": ["Artist 1"],
                          "songs": [{"id": song["id"], "title": song["title"], "artist": song["artist"]}]})
        offered = self.run_it("recommend", "--emotion", "happy")["songs"]
        self.assertGreater(len(offered), 0)
        self.assertNotIn("Artist 1", {one["artist"] for one in offered})
        self.assertNotIn(song["id"], {one["id"] for one in offered})
        self.run_it("ban", "lift", "--artist", "Artist 1")
        self.assertIn("has not banned", self.run_it("ban", "lift", "--artist", "Artist 1", code=4))
        self.run_it("ban", "lift", "--song", song["id"])
        self.assertEqual(self.run_it("ban", "list"), {"artists": [], "songs": []})
        self.assertIn("--artist", self.run_it("ban", "lift", code=3))
        self.assertIn("no library", harmonic("ban", "list", "--data", self.folder / "nowhere").stderr)

    def test_eval_says_what_is_missing(self):
        run = harmonic("eval", "bandit", "--data", self.folder / "nowhere", "--cache", self.folder / "cache")
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertIn("emotify.tar", run.stderr)


if __name__ == "__main__":
    unittest.main()
