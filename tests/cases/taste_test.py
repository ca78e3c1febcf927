"""What many listeners play: measured on published histories, learned from files, asked for one listener."""
import json
import pathlib
import subprocess
import unittest

from house import BINARY, Case, Server, harmonic, shared_archive

MUSIC = pathlib.Path("/usr/share/games/singularity/music")
METHODS = ["popularity", "random", "neighbours", "ease", "ials", "ours"]
FIGURES = {"recall@20", "recall@50", "ndcg@10", "ndcg@20", "ndcg@100", "map@500", "novelty", "coverage"}


class Taste(Case):
    def make_data(self):
        """A folder with the first 150 listeners of HetRec's Last.fm."""
        whole = shared_archive("music/taste.tar.zst", self.folder)
        lines = (whole / "taste/hetrec2011-lastfm-2k/user_artists.dat").read_text().splitlines()
        small = self.folder / "small/taste/hetrec2011-lastfm-2k"
        small.mkdir(parents=True)
        few = [line for line in lines if not line[0].isdigit() or int(line.split("\t")[0]) <= 170]
        (small / "user_artists.dat").write_text("\n".join(few) + "\n")
        return self.folder / "small"

    def test_eval_measures_and_is_the_same_twice(self):
        data = self.make_data()
        arguments = ("eval", "taste", "--data", data, "--only", "hetrec", "--seeds", 2, "--json")
        picture = self.folder / "taste.png"
        run = harmonic(*arguments, "--jobs", 2, "--draw", picture)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("hetrec: 12 of 12", run.stderr)
        figures = json.loads(run.stdout)["hetrec"]
        self.assertEqual(list(figures), METHODS)
        for method, of_method in figures.items():
            self.assertLessEqual(FIGURES, set(of_method), method)
            for name in FIGURES - {"novelty"}:
                self.assertTrue(0 <= of_method[name] <= 1, (method, name))
            low, high = of_method["interval"]["ndcg@20"]
            self.assertTrue(low <= of_method["ndcg@20"] <= high)
        self.assertLess(figures["random"]["ndcg@20"], figures["popularity"]["ndcg@20"])
        self.assertLess(1.5 * figures["popularity"]["ndcg@20"], figures["ours"]["ndcg@20"])
        self.assertAlmostEqual(sum(figures["ours"]["shares"].values()), 1, 3)
        self.assertEqual(picture.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        again = json.loads(harmonic(*arguments).stdout)["hetrec"]
        for method in METHODS:
            self.assertEqual(figures[method]["interval"], again[method]["interval"], method)

        few = harmonic("eval", "taste", "--data", data, "--only", "hetrec", "--seeds", 1, "--json",
                       "--households", "2,10")
        self.assertEqual(few.returncode, 0, few.stderr)
        two, ten = json.loads(few.stdout)["hetrec"]
        self.assertEqual((two["listeners"], ten["listeners"]), (2, 10))
        self.assertGreater(two["households"], ten["households"])
        ndcg = {name: figures["ndcg@20"][0] for name, figures in ten["methods"].items()}
        self.assertLess(ndcg["random"], ndcg["popularity"])
        self.assertLess(ndcg["random"], ndcg["company"])

    def test_eval_says_what_is_missing(self):
        run = harmonic("eval", "taste", "--data", self.folder / "nowhere")
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertIn("taste.tar.zst", run.stderr)
        self.assertEqual(run.stderr.count("\n"), 1, run.stderr)

    def test_a_history_gets_songs_of_its_kind(self):
        self.folder.joinpath("plays.tsv").write_text("".join(
            f"l{listener}\t{'loud' if listener % 2 else 'calm'}\tsong {(listener + i) % 9}".replace(
                "\tsong", " song") + "\t2\n" for listener in range(40) for i in range(4)))
        model = self.folder / "taste.model"
        train = harmonic("taste", "train", "--plays", self.folder / "plays.tsv", "--out", model,
                         "--dimensions", 4)
        self.assertEqual(train.returncode, 0, train.stderr)
        self.assertIn("40 listeners, 18 songs", train.stdout)
        if (trainer := BINARY.with_name("harmonic-train")).exists():  # where libtorch is
            same = self.folder / "same.model"
            subprocess.run([trainer, "taste", "--plays", self.folder / "plays.tsv", "--out", same,
                            "--dimensions", "4"], check=True, capture_output=True)
            self.assertEqual(same.read_bytes(), model.read_bytes())
        history = self.folder / "ann.tsv"
        history.write_text("ann\tcalm song 1\t1\nann\tcalm song 2\t5\n")
        asked = harmonic("taste", "suggest", "--model", model, "--history", history, "--count", 3)
        self.assertEqual(asked.returncode, 0, asked.stderr)
        songs = [line.split("\t")[1] for line in asked.stdout.splitlines()]
        self.assertEqual(len(songs), 3)
        self.assertTrue(all(song.startswith("calm") for song in songs), songs)
        self.assertFalse({"calm song 1", "calm song 2"} & set(songs))

        history.write_text("ann\tcalm song 1\tmany\nann\tcalm song 1\tmany\n")
        wrong = harmonic("taste", "suggest", "--model", model, "--history", history)
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("ann.tsv:2:", wrong.stderr)
        model.write_bytes(model.read_bytes()[:-1])
        torn = harmonic("taste", "suggest", "--model", model, "--history", self.folder / "plays.tsv")
        self.assertEqual(torn.returncode, 6)
        self.assertIn("damaged", torn.stderr)

    def two_listeners_play(self, server, songs):
        """Ann three songs, Bob these and a fourth, each in a history of its own."""
        for name, count in (("Ann", 3), ("Bob", 4)):
            status, _, body = server.call("POST", "/api/listener", {"name": name})
            self.assertEqual(status, 200, body)
            for song in songs[:count] * 3:
                status, _, body = server.call("POST", f"/api/plays?listener={name}", {
                    "song": song, "started_at": 1_700_000_000_000, "heard_ms": 60000, "outcome": "finished"})
                self.assertEqual(status, 201, body)

    def they_agree_while_the_server_runs(self, server, asked, fourth):
        """On the command line; the song of Bob's comes to Ann with a reason, and goes when he takes it back."""
        def together(action, name):
            run = harmonic("taste", "together", action, "--listener", name, "--data", self.data, "--json")
            self.assertEqual(run.returncode, 0, run.stderr)
            return json.loads(run.stdout)

        def reasons_for_ann():
            run = harmonic(*asked, "--listener", "Ann")
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertNotIn("Bob", run.stdout)
            return next(song["reasons"] for song in json.loads(run.stdout)["songs"] if song["id"] == fourth["id"])

        alike = "listeners alike on this server play it"
        self.assertNotIn(alike, reasons_for_ann(), "nobody was asked")
        self.assertEqual(together("show", "Ann"), {"listener": "Ann", "agreed": False, "others": 0})
        together("on", "Bob")
        self.assertNotIn(alike, reasons_for_ann(), "Ann did not agree")
        self.assertEqual(together("on", "Ann"), {"listener": "Ann", "agreed": True, "others": 1})
        self.assertIn(alike, reasons_for_ann())
        told = json.loads(server.call("GET", "/api/listener?listener=Ann")[2])
        self.assertEqual(told["together"], {"agreed": True, "others": 1}, "the server knows at once")
        together("off", "Bob")
        self.assertNotIn(alike, reasons_for_ann(), "Bob took it back")
        nobody = harmonic("taste", "together", "on", "--listener", "Eve", "--data", self.data)
        self.assertEqual(nobody.returncode, 4, nobody.stderr)
        self.assertIn("Eve", nobody.stderr)

    def test_the_library_goes_by_what_listeners_alike_play(self):
        if not MUSIC.is_dir():
            self.skipTest("singularity-music is not installed")
        self.scan(MUSIC)
        asked = ("recommend", "--emotion", "happy", "--count", 50, "--data", self.data, "--json")
        songs = json.loads(harmonic(*asked).stdout)["songs"]
        self.assertEqual({song["shares"]["taste"] for song in songs}, {0.03}, "nothing is known yet")
        mine, alike = songs[-1], songs[-2]
        rows = [f'"{song["artist"]}",,"{song["title"]}",' for song in songs]
        for listener in range(30):
            kept = rows[-2:] if listener % 2 else rows[:-2]
            (self.folder / f"l{listener}.csv").write_text("artist,album,track,time\n" + "\n".join(kept) + "\n")
        train = harmonic("taste", "train", "--data", self.data, "--dimensions", 2, "--plays",
                         *sorted(self.folder.glob("l*.csv")))
        self.assertEqual(train.returncode, 0, train.stderr)
        with Server("--data", self.data) as server:
            for _ in range(3):
                status, _, body = server.call("POST", "/api/plays", {
                    "song": mine["id"], "started_at": 1_700_000_000_000, "heard_ms": 60000, "outcome": "finished"})
                self.assertIn(status, (200, 201, 204), body)
            self.two_listeners_play(server, [song["id"] for song in songs])
            self.they_agree_while_the_server_runs(server, asked, songs[3])
        after = {song["id"]: song for song in json.loads(harmonic(*asked).stdout)["songs"]}
        taste = {number: song["shares"]["taste"] for number, song in after.items()}
        self.assertEqual(max((number for number in taste if number != mine["id"]), key=taste.get), alike["id"])
        self.assertTrue(any("taste" in reason for reason in after[alike["id"]]["reasons"]), after[alike["id"]])
        self.assertTrue(all(taste[number] < 0.03 for number in taste if number not in (mine["id"], alike["id"])))

        model = self.data / "taste.model"
        model.write_bytes(model.read_bytes()[:-9])
        torn = harmonic(*asked)
        self.assertEqual(torn.returncode, 6, torn.stderr)
        self.assertIn("taste.model", torn.stderr)
        self.assertEqual(torn.stderr.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
