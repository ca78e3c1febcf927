"""`harmonic see` on real photographs and on what is none."""
import math
import os
import subprocess
import unittest

from house import EMOTIONS, FIXTURES, Case, harmonic, lines_of, shared_archive

ASTRONAUT = FIXTURES / "astronaut.png"


def one_colour(path, colour):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"color={colour}:s=640x480",
                    "-frames:v", "1", str(path)], check=True)
    return path


class See(Case):
    def check_face(self, face, width, height):
        x, y, w, h = face["box"]
        self.assertTrue(w > 0 and h > 0 and x < width and y < height and x + w > 0 and y + h > 0, face)
        self.assertTrue(0 < face["confidence"] <= 1)
        self.assertEqual(set(face["scores"]), set(EMOTIONS))
        self.assertTrue(math.isclose(sum(face["scores"].values()), 1, abs_tol=1e-4), face)
        for axis in ("valence", "arousal"):
            self.assertTrue(-1 <= face[axis] <= 1)

    def test_a_smiling_astronaut(self):
        for detector in ("blazeface", "haar", "lbp"):
            with self.subTest(detector=detector):
                run = harmonic("see", ASTRONAUT, "--json", "--detector", detector)
                self.assertEqual(run.returncode, 0, run.stderr)
                (seen,) = lines_of(run.stdout)
                self.assertEqual(seen["file"], str(ASTRONAUT))
                self.assertIsNone(seen["reason"])
                (face,) = seen["faces"]
                self.check_face(face, 512, 512)
                self.assertEqual(max(face["scores"], key=face["scores"].get), "happy")
                self.assertGreater(face["valence"], 0)
                # her face is in the upper middle of the picture
                x, y, w, h = face["box"]
                self.assertTrue(160 < x + w / 2 < 290 and 70 < y + h / 2 < 200, face["box"])

    def test_a_picture_is_drawn(self):
        drawn = self.folder / "drawn.png"
        run = harmonic("see", ASTRONAUT, "--draw", drawn)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(drawn.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    def test_no_face_is_no_reading(self):
        black = one_colour(self.folder / "black.jpg", "black")
        grey = one_colour(self.folder / "grey.png", "gray")
        run = harmonic("see", black, grey, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        dark, empty = lines_of(run.stdout)
        self.assertEqual((dark["reason"], dark["faces"]), ("too_dark", []))
        self.assertEqual((empty["reason"], empty["faces"]), ("no_face", []))

    def test_a_covered_face_is_no_reading(self):
        for part, box in (("eyes", "x=165:y=96:w=115:h=28"), ("mouth", "x=165:y=138:w=120:h=60")):
            with self.subTest(part=part):
                covered = self.folder / f"{part}.png"
                subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(ASTRONAUT), "-vf",
                                f"drawbox={box}:color=gray:t=fill", str(covered)], check=True)
                run = harmonic("see", covered, "--json")
                self.assertEqual(run.returncode, 0, run.stderr)
                (seen,) = lines_of(run.stdout)
                self.assertEqual((seen["reason"], seen["faces"]), ("covered", []))
                (face,) = seen["unread"]
                self.assertEqual(face["reason"], "covered")

    # OpenCV fills the missing rest of a truncated JPEG with grey and calls that a picture.
    def test_broken_pictures_are_named_and_the_others_still_read(self):
        whole = self.folder / "whole.jpg"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(ASTRONAUT), str(whole)], check=True)
        truncated = self.folder / "truncated.jpg"
        truncated.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
        empty = self.folder / "empty.png"
        empty.touch()
        words = self.folder / "words.jpg"
        words.write_text("this is no picture")
        run = harmonic("see", truncated, empty, words, whole, "--json")
        self.assertEqual(run.returncode, 3, run.stderr)
        seen = lines_of(run.stdout)
        self.assertEqual([bool(one["faces"]) for one in seen], [False, False, False, True])
        for one in seen[:3]:
            self.assertTrue(one["reason"], one)

    def test_shared_photographs(self):
        photos = shared_archive("faces/dlib_faces.tar.zst", self.folder) / "dlib_faces"
        files = sorted(photos.glob("*.jpg"))
        run = harmonic("see", *files, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        seen = {one["file"].rsplit("/", 1)[-1]: one for one in lines_of(run.stdout)}
        self.assertEqual(len(seen), len(files))
        for one in seen.values():
            self.assertTrue(one["faces"] or one["reason"], one)
            for face in one.get("unread", []):
                self.assertTrue(face["reason"], one)
                self.assertNotIn("scores", face)
            for face in one["faces"]:
                self.check_face(face, 10_000, 10_000)
        self.assertEqual(seen["dogs.jpg"]["faces"], [])
        self.assertGreaterEqual(len(seen["bald_guys.jpg"]["faces"]), 10)

    def test_aligned_takes_the_whole_picture_as_a_face(self):
        faces = shared_archive("faces/muxspace_pairs.tar.zst", self.folder)
        some = sorted(faces.rglob("*.jpg"))[:5]
        self.assertEqual(len(some), 5)
        run = harmonic("see", *some, "--aligned", "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        for one in lines_of(run.stdout):
            (face,) = one["faces"]
            self.check_face(face, 10_000, 10_000)

    # A film was once read into memory like a picture, and refused when it was larger than one may be.
    def test_a_film_may_be_larger_than_any_picture(self):
        film = self.folder / "long.mp4"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-loop", "1", "-i", str(ASTRONAUT), "-t", "1", "-r", "2",
                        "-c:v", "mpeg4", "-movflags", "+faststart", str(film)], check=True)
        os.truncate(film, 300 << 20)
        run = harmonic("see", film, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(len(lines_of(run.stdout)), 2)

    def test_a_film_gives_one_object_a_frame(self):
        film = self.folder / "film.avi"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-loop", "1", "-i", str(ASTRONAUT), "-t", "1", "-r", "5",
                        "-c:v", "mjpeg", "-q:v", "3", str(film)], check=True)
        run = harmonic("see", film, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        seen = lines_of(run.stdout)
        self.assertEqual(len(seen), 5)
        self.assertEqual([round(one["t"], 1) for one in seen], [0.0, 0.2, 0.4, 0.6, 0.8])
        self.assertTrue(all(one["faces"] for one in seen))


if __name__ == "__main__":
    unittest.main()
