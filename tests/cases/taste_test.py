"""What many listeners play: measured on published histories, learned from files, asked for one listener."""
import json
import unittest

from house import Case, harmonic, shared_archive

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
        run = harmonic(*arguments, "--jobs", 2)
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
        again = json.loads(harmonic(*arguments).stdout)["hetrec"]
        for method in METHODS:
            self.assertEqual(figures[method]["interval"], again[method]["interval"], method)

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


if __name__ == "__main__":
    unittest.main()
