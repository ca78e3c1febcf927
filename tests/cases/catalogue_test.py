"""`harmonic catalogue`: songs that are known by name, and found again when a file of theirs appears."""
import json
import pathlib
import unittest

from house import Case, harmonic, make_sound, shared_archive

LIST = """S.No.,name,artist,Genre,Lastfm_url
1,Aadat (From Kalyug).opus,Atif Aslam,Sad,
2,Tum Hi Ho,"Arijit Singh, Mithoon",Sad,https://example.org/tum
3,Gallan Goodiyaan,Various,Happy,
4,Deva Shree,Somebody,Filmi,
4,Deva Shree,Somebody,Filmi,
"""


class Catalogue(Case):
    def setUp(self):
        super().setUp()
        self.file = self.folder / "hindi.csv"
        self.file.write_text(LIST)

    def catalogue(self, *arguments, code=0):
        run = harmonic("catalogue", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        self.assertNotIn("what():", run.stderr)
        return json.loads(run.stdout) if code == 0 else run.stderr

    def sad(self, *arguments):
        run = harmonic("recommend", "--emotion", "sad", "--data", self.data, "--json", *arguments)
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def test_a_listed_song_is_shown_until_its_file_appears(self):
        told = self.catalogue("import", self.file, "--word", "filmi=0.4,0.4")
        self.assertEqual(told, {"list": "hindi", "rows": 5, "songs": 4, "in_library": 0, "nameless": 0, "repeated": 1,
                                "moodless": 0, "unknown_words": {}, "stored": True})
        found = self.sad("--elsewhere", 2)
        self.assertEqual(found["songs"], [])
        links = {song["title"]: song["link"] for song in found["elsewhere"]}
        self.assertEqual(set(links), {"Aadat (From Kalyug).opus", "Tum Hi Ho"})
        self.assertEqual(links["Tum Hi Ho"], "https://example.org/tum")
        self.assertIn("query=Atif%20Aslam", links["Aadat (From Kalyug).opus"])

        music = self.folder / "music"
        music.mkdir()
        make_sound(music / "one.ogg", title="Tum hi ho", artist="Arijit Singh")
        self.scan(music)
        found = self.sad("--elsewhere", 9)
        self.assertEqual([song["title"] for song in found["songs"]], ["Tum hi ho"])
        self.assertNotIn("Tum Hi Ho", [song["title"] for song in found["elsewhere"]])
        self.assertEqual(self.catalogue("list"), {"lists": [{"list": "hindi", "songs": 4, "in_library": 1}]})
        self.assertEqual(self.sad()["elsewhere"], [], "only when asked for")

    def test_the_shared_hindi_list(self):
        lists = shared_archive("music/songs.tar.zst", self.folder)
        told = self.catalogue("import", next(lists.rglob("bollywood_moods.csv")), "--mood", "Genre")
        self.assertGreater(told["songs"], 1500)
        self.assertLess(told["moodless"], 0.2 * told["songs"])
        told = self.catalogue("import", next(lists.rglob("train.csv")), "--name", "deezer", "--scale", -2, 2)
        self.assertGreater(told["songs"], 10_000)
        self.assertEqual(told["moodless"], 0)
        self.assertEqual(len(self.sad("--elsewhere", 20)["elsewhere"]), 20)

    def test_a_dry_run_stores_nothing_and_a_list_can_be_removed(self):
        self.assertFalse(self.catalogue("import", self.file, "--dry-run")["stored"])
        self.assertEqual(self.catalogue("list"), {"lists": []})
        self.assertFalse(pathlib.Path(self.data).exists(), "asking makes no library")
        self.catalogue("import", self.file, "--name", "other")
        self.catalogue("remove", "other")
        self.assertIn("no list 'other'", self.catalogue("remove", "other", code=4))

    def test_bad_files_are_named_with_a_remedy(self):
        bad = self.folder / "bad.csv"
        for content, words in ((b"", "is empty"), (b"a,b\n1,2\n", "--title"), (b"title\n\"x", "quote"),
                               (b"\xff\xfe\x00t", "UTF-8")):
            bad.write_bytes(content)
            said = self.catalogue("import", bad, code=3)
            self.assertIn(str(bad), said)
            self.assertIn(words, said)
        self.assertIn("does not exist", self.catalogue("import", self.folder / "none.csv", code=4))
        self.assertIn("column 'Mood'", self.catalogue("import", self.file, "--mood", "Mood", code=3))
        self.assertIn("WORD=", self.catalogue("import", self.file, "--word", "filmi", code=3))
        self.assertEqual(self.catalogue("list"), {"lists": []})


if __name__ == "__main__":
    unittest.main()
