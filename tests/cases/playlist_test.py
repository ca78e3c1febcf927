"""`harmonic playlist` and `harmonic today` on a small library, as a listener uses them."""
import json
import unittest

from house import Case, harmonic, make_sound

# title: (frequency, artist, genre, year)
SONGS = {"Alpha": (220, "Ann", "Rock", 1999), "Beta & co": (330, "Bob", "Jazz", 2004),
         "Gamma 100%": (440, "Ann", "Rock", 2010), "Delta": (550, "Cleo", "Folk", 1985),
         "Été": (660, "Bob", "Rock", 2020)}


class Playlists(Case):
    def setUp(self):
        super().setUp()
        self.music = self.folder / "music"
        for title, (frequency, artist, genre, year) in SONGS.items():
            (self.music / artist).mkdir(parents=True, exist_ok=True)
            make_sound(self.music / artist / f"{title}.flac", 3, frequency, title=title, artist=artist, genre=genre,
                       date=str(year))
        self.assertEqual(self.scan(self.music)["songs"], len(SONGS))

    def playlist(self, *arguments):
        run = harmonic("playlist", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def titles(self, name):
        return [song["title"] for song in self.playlist("show", name)["songs"]]

    def refused(self, code, *arguments):
        run = harmonic("playlist", *arguments, "--data", self.data)
        self.assertEqual(run.returncode, code, run.stderr)
        self.assertTrue(run.stderr.startswith("harmonic playlist: "), run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
        return run.stderr

    def test_rules_are_live_and_files_come_and_go(self):
        made = self.playlist("new", "Rock", "--rule", "genre is Rock", "--rule", "year > 1990", "--sort", "-year")
        self.assertEqual((made["name"], made["songs"]), ("Rock", 3))
        self.assertEqual(self.titles("rock"), ["Été", "Gamma 100%", "Alpha"])
        self.playlist("new", "Road", "delta", "Beta & co")
        self.playlist("add", "Road", "Alpha")
        self.assertEqual(self.titles("Road"), ["Delta", "Beta & co", "Alpha"])
        self.playlist("new", "Rest", "--rule", "not in playlist Road")
        self.assertEqual(self.titles("Rest"), ["Gamma 100%", "Été"])

        with self.subTest("names, and taking back"):
            self.assertEqual(self.playlist("rename", "Road", "Street")["rules_changed"], 1)
            self.assertEqual(self.titles("Rest"), ["Gamma 100%", "Été"])
            self.playlist("remove", "Street", "Delta")
            self.assertEqual(self.titles("Street"), ["Beta & co", "Alpha"])
            self.playlist("delete", "Rock")
            self.assertEqual([one["name"] for one in self.playlist("list")["playlists"]], ["Rest", "Street"])
            self.assertEqual(self.playlist("undo"), {"undone": ["Rock"]})
            self.assertEqual(self.playlist("undo"), {"undone": ["Street"]})
            self.assertEqual(self.titles("Street"), ["Delta", "Beta & co", "Alpha"])
            self.assertEqual(len(self.titles("Rock")), 3)

        with self.subTest("out into files and in again"):
            for ending in ("m3u8", "xspf"):
                file = self.music / f"street.{ending}"
                self.playlist("export", "Street", file)
                # The folder moves as a whole: what stands in the file is relative.
                self.assertNotIn(str(self.music), file.read_text())
                again = self.playlist("import", file, "--name", ending)["imported"][0]
                self.assertEqual((again["songs"], again["by_path"], again["missing"]), (3, 3, []))
                self.assertEqual(self.titles(ending), self.titles("Street"))
            rules = self.folder / "rock.nsp"
            self.playlist("export", "Rock", rules)
            self.assertEqual(json.loads(rules.read_text())["name"], "Rock")
            self.assertIn("already", self.refused(3, "import", rules))
            self.playlist("import", rules, "--replace")
            self.assertEqual(self.titles("Rock"), ["Été", "Gamma 100%", "Alpha"])
            self.assertIn("no rules", self.refused(3, "export", "Street", self.folder / "street.nsp"))
            self.assertIn("already", self.refused(3, "export", "Rock", rules))

        with self.subTest("a foreign file: by path, by title and artist, and what is missing by name"):
            file = self.folder / "foreign.m3u8"
            file.write_text(f"#EXTM3U\n#EXTINF:3,Ann - Alpha\nC:\\Music\\alpha.mp3\n"
                            f"{(self.music / 'Cleo/Delta.flac').as_uri()}\n"
                            f"#EXTINF:200,Nobody - Nothing\nnothing.mp3\n")
            told = self.playlist("import", file)["imported"][0]
            self.assertEqual((told["by_path"], told["by_tags"], told["missing"]), (1, 1, ["Nobody - Nothing"]))
            self.assertEqual(self.titles("foreign"), ["Alpha", "Delta"])
            run = harmonic("playlist", "import", file, "--replace", "--data", self.data)
            self.assertIn("not in the library: Nobody - Nothing", run.stdout)

        with self.subTest("a song goes and comes"):
            moved = self.folder / "away.flac"
            (self.music / "Cleo/Delta.flac").rename(moved)
            self.scan(self.music)
            shown = self.playlist("show", "Street")
            self.assertEqual([song["title"] for song in shown["songs"]], ["Beta & co", "Alpha"])
            self.assertTrue(shown["missing"][0].endswith("Delta.flac"), shown)
            moved.rename(self.music / "Cleo/Delta.flac")
            make_sound(self.music / "new.flac", 3, 770, title="New", artist="Dan", genre="Rock", date="2024")
            self.scan(self.music)
            self.assertEqual(self.titles("Street"), ["Delta", "Beta & co", "Alpha"])
            self.assertEqual(self.titles("Rock")[0], "New")

    def test_what_cannot_be_is_told_in_one_line(self):
        self.assertIn("no playlist 'x'", self.refused(4, "show", "x"))
        self.assertIn("there is no field 'colour'", self.refused(3, "new", "a", "--rule", "colour is red"))
        self.assertIn("circle", self.refused(3, "new", "a", "--rule", "in playlist a"))
        self.assertIn("refers to the playlist 'b'", self.refused(4, "new", "a", "--rule", "in playlist b"))
        self.assertIn("no song", self.refused(4, "new", "a", "Nowhere"))
        for name, other in (("a", "b"), ("b", "a")):
            (self.folder / f"{name}.nsp").write_text(json.dumps({"all": [{"inPlaylist": {"name": other}}]}))
        self.assertIn("'a' -> 'b' -> 'a'", self.refused(3, "import", self.folder / "a.nsp", self.folder / "b.nsp"))
        (self.folder / "cut.nsp").write_text('{"all": [{"is": {"genre": "Ro')
        (self.folder / "cut.xspf").write_text("<playlist><trackList>")
        (self.folder / "foreign.m3u").write_text("nothing.mp3\n")
        self.assertIn("cut.nsp", self.refused(3, "import", self.folder / "cut.nsp"))
        self.assertIn("cut.xspf", self.refused(3, "import", self.folder / "cut.xspf"))
        self.assertIn("none of the 1 songs", self.refused(4, "import", self.folder / "foreign.m3u"))
        self.assertIn(".m3u8", self.refused(3, "import", self.folder / "data"))
        self.assertEqual(self.playlist("list"), {"playlists": []})
        self.assertIn("no change", self.refused(4, "undo"))

    def today(self, *arguments):
        run = harmonic("today", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def test_the_lists_of_the_day_stay(self):
        first = self.today()
        self.assertEqual([one["part"] for one in first["lists"]], ["morning", "afternoon", "evening", "night"])
        for one in first["lists"]:
            self.assertRegex(one["title"], rf"^\w+day {one['part']}, ")
            self.assertTrue(one["songs"])
        sad = self.today("--mood", "sad")["lists"]
        self.assertRegex(sad[0]["title"], r"^\w+day, sad$")
        make_sound(self.music / "new.flac", 3, 770, title="New", artist="Dan")
        self.scan(self.music)
        if self.today()["day"] == first["day"]:  # unless it is midnight
            self.assertEqual(self.today()["lists"], first["lists"])
        run = harmonic("today", "--data", self.data)
        self.assertIn(first["lists"][0]["songs"][0]["title"], run.stdout)
        self.assertEqual(harmonic("today", "--mood", "merry", "--data", self.data).returncode, 2)
        gone = harmonic("today", "--data", self.folder / "none")
        self.assertEqual(gone.returncode, 4)
        self.assertIn("harmonic scan", gone.stderr)


if __name__ == "__main__":
    unittest.main()
