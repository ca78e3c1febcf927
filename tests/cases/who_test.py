"""`harmonic who`: enrolling, asking, forgetting, damage; on ORL's faces, which nothing was trained on."""
import json
import shutil
import stat
import subprocess
import unittest

from house import BINARY, ROOT, Case, harmonic, lines_of, shared_archive

ENROLLED, STRANGERS = ("s1", "s5", "s9", "s13"), ("s21", "s31")
FILE = "listeners.who"


def as_png(pgm, into):
    """The program reads no grey maps; twice the size, as a camera would give them."""
    png = into / f"{pgm.parent.name}_{pgm.stem}.png"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(pgm), "-vf", "scale=iw*2:ih*2", str(png)], check=True)
    return png


class Who(Case):
    def setUp(self):
        super().setUp()
        if not list((ROOT / "models/blazeface").glob("*.onnx")):
            self.skipTest("the face finder's weights are not here; tools/fetch_models.sh brings them")
        self.pictures = {}
        orl = shared_archive("faces/orl_att_faces.tar.zst", self.folder)
        root = next(orl.rglob("s1")).parent
        for person in ENROLLED + STRANGERS:
            self.pictures[person] = [as_png(root / person / f"{i}.pgm", self.folder) for i in (1, 2, 4, 5, 6, 7, 8)]  # 3 of s1 is turned away

    def who(self, *arguments, code=0):
        run = harmonic("who", *arguments, "--data", self.data, "--json")
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        self.assertNotIn("what():", run.stderr)
        return run

    def ask(self, *pictures):
        """Answers; a face that is turned away gets none, and that is right."""
        run = harmonic("who", *pictures, "--data", self.data, "--json")
        self.assertIn(run.returncode, (0, 3), run.stderr)
        said = lines_of(run.stdout)
        for one in said:
            self.assertIn("turned_away" if "error" in one else "name", one.get("error", one))
        return [one for one in said if "error" not in one]

    def enrol_all(self):
        for person in ENROLLED:
            self.who("--enrol", person, *self.pictures[person][:5])

    def test_knows_the_enrolled_and_not_the_others(self):
        self.enrol_all()
        listed = json.loads(self.who("--list").stdout)["listeners"]
        self.assertEqual([one["name"] for one in listed], sorted(ENROLLED))
        right = 0
        for person in ENROLLED:
            for answer in self.ask(*self.pictures[person][5:]):
                self.assertIn(answer["name"], (person, None))
                self.assertEqual(answer["name"] is not None, answer["score"] >= answer["threshold"])
                right += answer["name"] == person
        self.assertGreaterEqual(right, 6, "of 8 questions about listeners")
        for person in STRANGERS:
            for answer in self.ask(*self.pictures[person]):
                self.assertIsNone(answer["name"], answer)

    # Two at once: each reads the file, changes it and writes it again.
    def test_of_listeners_who_enrol_at_once_none_is_lost(self):
        runs = [subprocess.Popen([BINARY, "who", "--enrol", person, self.pictures[person][0], "--data", self.data],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for person in ENROLLED]
        for run in runs:
            self.assertEqual(run.wait(timeout=120), 0, run.stderr.read())
            run.stderr.close()
        listed = json.loads(self.who("--list").stdout)["listeners"]
        self.assertEqual([one["name"] for one in listed], sorted(ENROLLED))

    def test_keeps_no_picture_and_forgets_everything(self):
        self.enrol_all()
        file = self.data / FILE
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual([one.name for one in self.data.iterdir()], [FILE])
        pictures = sum(one.stat().st_size for person in ENROLLED for one in self.pictures[person][:5])
        self.assertLess(file.stat().st_size, pictures / 4)
        self.who("--forget", "s1")
        self.assertNotIn(b"s1\x05", file.read_bytes())
        answers = self.ask(*self.pictures["s1"])
        self.assertNotIn("s1", [answer["name"] for answer in answers])
        self.who("--forget", "s1", code=4)
        for person in ENROLLED[1:]:
            self.who("--forget", person)
        self.assertEqual(list(self.data.iterdir()), [])
        self.who(self.pictures["s1"][0], code=4)

    def test_a_damaged_file_is_said_and_left_alone(self):
        self.who("--enrol", "Ann", *self.pictures["s1"][:2])
        file = self.data / FILE
        damaged = bytearray(file.read_bytes())
        damaged[len(damaged) // 2] ^= 4
        file.write_bytes(damaged)
        for arguments in (["--list"], [self.pictures["s1"][0]], ["--forget", "Ann"],
                          ["--enrol", "Ben", self.pictures["s5"][0]]):
            self.assertIn(FILE, self.who(*arguments, code=6).stderr)
        self.assertEqual(file.read_bytes(), bytes(damaged))

    def test_refuses_what_shows_no_face(self):
        blank = self.folder / "blank.png"
        subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=gray:s=200x200", "-frames:v", "1",
                        str(blank)], check=True)
        refused = self.who("--enrol", "Ann", self.pictures["s1"][0], blank, code=3)
        self.assertIn("blank.png", refused.stderr)
        self.assertFalse((self.data / FILE).exists(), "half an enrolment was kept")
        self.who("--enrol", "Ann", self.pictures["s1"][0])
        answers = lines_of(self.who(blank, self.pictures["s1"][0], code=3).stdout)
        self.assertIn("error", answers[0])
        self.assertEqual(answers[1]["name"], "Ann")

    def test_a_missing_or_changed_model_is_said(self):
        share = self.folder / "share"
        (share / "models").mkdir(parents=True)
        shutil.copytree(ROOT / "models/blazeface", share / "models/blazeface")
        ask = [BINARY, "who", "--enrol", "Ann", self.pictures["s1"][0], "--data", self.data]
        for code in (4, 6):
            run = subprocess.run([*map(str, ask)], capture_output=True, text=True, env={"HARMONIC_SHARE": str(share)})
            self.assertEqual(run.returncode, code, run.stderr)
            shutil.copytree(ROOT / "models/identity", share / "models/identity", dirs_exist_ok=True)
            with open(share / "models/identity/embedding.bin", "ab") as weights:
                weights.write(b"x")


class Manners(Case):
    def test_exit_codes(self):
        absent = self.folder / "absent.jpg"
        for code, arguments in ((2, []), (2, ["--enrol", "Ann"]), (2, ["--list", absent]), (2, ["--forget", ""]),
                                (2, ["--list", "--forget", "Ann"]), (2, ["--enrol", "", absent]),
                                (3, ["--enrol", " Ann", absent]), (4, [absent]), (4, ["--enrol", "Ann", absent]),
                                (4, ["--forget", "Ann"]), (0, ["--list"])):
            with self.subTest(arguments=arguments):
                run = harmonic("who", *arguments, "--data", self.data)
                self.assertEqual(run.returncode, code, run.stdout + run.stderr)
                self.assertTrue(run.stderr.strip() or run.stdout.strip(), "says nothing")
        self.assertEqual(harmonic("eval", "who", "--data", absent).returncode, 4)
        nowhere = self.folder / "nowhere"
        self.assertEqual(harmonic("who", "--forget", "Ann", "--data", nowhere).returncode, 4)
        self.assertFalse(nowhere.exists(), "a folder was made to forget nobody")

    def test_a_server_that_is_to_offer_names_wants_somebody_enrolled(self):
        run = harmonic("serve", "--who", "--port", 0, "--no-browser", "--data", self.data)
        self.assertEqual(run.returncode, 4, run.stderr)
        self.assertIn("harmonic who --enrol", run.stderr)

    def test_help_says_that_it_is_opt_in_and_local(self):
        said = harmonic("who", "--help").stdout
        for word in ("harmonic who --enrol", "Opt-in", "Local", "switch anything", "let people in"):
            self.assertIn(word, said)


if __name__ == "__main__":
    unittest.main()
