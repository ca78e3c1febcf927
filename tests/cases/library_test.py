"""`harmonic hear` and `harmonic scan`: real sound in every format, damage, and kill -9."""
import json
import random
import shutil
import sqlite3
import subprocess
import time
import unittest

from house import BINARY, Case, harmonic, lines_of, make_sound

FORMATS = {
    "mp3": ["-c:a", "libmp3lame"],
    "flac": ["-c:a", "flac"],
    "ogg": ["-c:a", "libvorbis"],
    "opus": ["-c:a", "libopus"],
    "m4a": ["-c:a", "aac"],
    "wav": ["-c:a", "pcm_s16le"],
}


class Hear(Case):
    def test_every_format_by_content_not_by_name(self):
        files = []
        for number, (container, codec) in enumerate(FORMATS.items()):
            sound = make_sound(self.folder / f"{container}.{container}", 6, codec=codec, title="Tone",
                               artist="Ffmpeg")
            lying = self.folder / f"{container}.{list(FORMATS)[number - 1]}"  # each named as another
            files.append(sound.rename(lying))
        run = harmonic("hear", *files, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        for container, heard in zip(FORMATS, lines_of(run.stdout)):
            with self.subTest(container=container):
                self.assertEqual(heard["title"], "Tone")
                self.assertTrue(-1 <= heard["valence"] <= 1 and -1 <= heard["arousal"] <= 1)
                self.assertLess(heard["loudness_lufs"], 0)
                self.assertAlmostEqual(heard["bpm"], 120, delta=5)

    def test_the_same_sound_gives_the_same_figures(self):
        sound = make_sound(self.folder / "tone.ogg", 6)
        first, second = (harmonic("hear", sound, "--json").stdout for _ in range(2))
        self.assertEqual(first, second)

    def test_a_broken_file_is_named_and_the_others_are_heard(self):
        sound = make_sound(self.folder / "tone.ogg")
        words = self.folder / "words.mp3"
        words.write_text("no sound at all" * 100)
        run = harmonic("hear", words, sound, "--json")
        self.assertEqual(run.returncode, 3)
        broken, heard = lines_of(run.stdout)
        self.assertIn("error", broken)
        self.assertIn("valence", heard)


    def test_a_cue_sheet_tells_the_songs_of_a_file_apart(self):
        parts = [make_sound(self.folder / f"{hz}.wav", 6, hz, ["-c:a", "pcm_s16le"]) for hz in (330, 660)]
        album = self.folder / "album.wav"
        subprocess.run(["ffmpeg", "-v", "error", "-i", parts[0], "-i", parts[1], "-filter_complex",
                        "[0:a][1:a]concat=n=2:v=0:a=1", album], check=True)
        sheet = self.folder / "album.cue"
        sheet.write_text('PERFORMER "Ann"\nTITLE "Album"\nFILE "album.wav" WAVE\n  TRACK 01 AUDIO\n'
                         '    TITLE "Low"\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    TITLE "High"\n'
                         '    INDEX 01 00:06:00\n')
        run = harmonic("hear", sheet, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        songs = lines_of(run.stdout)
        self.assertEqual([(song["title"], song["artist"], song["album"], song["track"]) for song in songs],
                         [("Low", "Ann", "Album", 1), ("High", "Ann", "Album", 2)])
        for song, part in zip(songs, lines_of(harmonic("hear", *parts, "--json").stdout)):
            self.assertAlmostEqual(song["duration"], part["duration"], delta=0.01)
            self.assertAlmostEqual(song["loudness_lufs"], part["loudness_lufs"], delta=0.1)
            self.assertAlmostEqual(song["valence"], part["valence"], delta=0.05)
        album.unlink()
        run = harmonic("hear", sheet)
        self.assertEqual(run.returncode, 4)
        self.assertIn("album.wav", run.stderr)


class Scan(Case):
    def setUp(self):
        super().setUp()
        self.music = self.folder / "music"
        self.music.mkdir()

    def songs_in_database(self):
        with sqlite3.connect(f"file:{self.data}/library.sqlite?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            table = "song" if "song" in tables else "songs"
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def test_second_scan_decodes_nothing_and_a_changed_file_is_heard_again(self):
        for number in range(4):
            make_sound(self.music / f"{number}.ogg", frequency=300 + 50 * number)
        first = self.scan(self.music)
        self.assertEqual((first["songs"], first["decoded"], first["unchanged"], first["failed"]), (4, 4, 0, []))
        self.assertAlmostEqual(first["audio_seconds"], 16, delta=0.5)
        second = self.scan(self.music)
        self.assertEqual((second["songs"], second["decoded"], second["unchanged"]), (4, 0, 4))
        time.sleep(0.01)
        make_sound(self.music / "2.ogg", frequency=900)
        third = self.scan(self.music)
        self.assertEqual((third["songs"], third["decoded"], third["unchanged"]), (4, 1, 3))
        (self.music / "0.ogg").unlink()
        self.assertEqual(self.scan(self.music)["songs"], 3)

    # A library whose disk is not mounted must not be taken for one whose songs were deleted.
    def test_an_absent_folder_takes_no_songs_away(self):
        make_sound(self.music / "one.ogg")
        self.scan(self.music)
        away = self.folder / "unplugged"
        self.music.rename(away)
        run = harmonic("scan", self.music, "--data", self.data, "--json")
        self.assertEqual(run.returncode, 4)
        away.rename(self.music)
        self.assertEqual(self.scan(self.music)["decoded"], 0)

    def test_broken_files_are_listed_and_harm_nothing(self):
        good = make_sound(self.music / "good.ogg", 8)
        (self.music / "renamed.flac").write_bytes(good.read_bytes())  # Ogg called FLAC: a song
        (self.music / "empty.mp3").touch()
        (self.music / "truncated.ogg").write_bytes(good.read_bytes()[:60])
        (self.music / "words.ogg").write_text("not a song " * 500)
        (self.music / "cover.jpg").write_bytes(b"\xff\xd8\xff\xe0 no song either")
        (self.music / "notes.txt").write_text("kept beside the music")
        (self.music / "loop").symlink_to(self.music)
        (self.music / "dangling.ogg").symlink_to(self.music / "nowhere.ogg")
        (self.music / "we\udcffird.ogg").write_bytes(b"x" * 300)  # a name that is no UTF-8
        locked = self.music / "locked.ogg"
        locked.write_bytes(good.read_bytes())
        locked.chmod(0)
        report = self.scan(self.music)
        failed = {one["path"].rsplit("/", 1)[-1]: one["reason"] for one in report["failed"]}
        for name in ("empty.mp3", "truncated.ogg", "words.ogg"):
            self.assertTrue(failed.get(name), f"{name} is not listed with a reason: {failed}")
        for name in ("cover.jpg", "notes.txt", "good.ogg", "renamed.flac"):
            self.assertNotIn(name, failed)
        readable = 3 if "locked.ogg" not in failed else 2  # root reads a file of mode 0 all the same
        self.assertEqual(report["songs"], readable)
        again = self.scan(self.music)
        self.assertEqual(again["decoded"], 0)
        self.assertEqual(len(again["failed"]), len(report["failed"]))

    def test_kill_in_the_middle_loses_no_finished_song(self):
        original = make_sound(self.folder / "long.flac", 60, codec=["-c:a", "flac"])
        for number in range(24):
            shutil.copy(original, self.music / f"{number:02}.flac")
        dice = random.Random(4747)
        kept = 0
        for _ in range(8):
            scan = subprocess.Popen([BINARY, "scan", self.music, "--data", self.data, "--json"],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0.05, 0.8))
            scan.kill()
            scan.wait()
            if (self.data / "library.sqlite").exists():
                now = self.songs_in_database()
                self.assertGreaterEqual(now, kept)
                kept = now
        report = self.scan(self.music)
        self.assertEqual((report["songs"], report["failed"]), (24, []))
        self.assertEqual(report["decoded"], 24 - kept, "a finished song was decoded again")

    def test_a_data_folder_that_cannot_be(self):
        make_sound(self.music / "one.ogg")
        in_the_way = self.folder / "file"
        in_the_way.write_text("no folder")
        run = harmonic("scan", self.music, "--data", in_the_way / "data")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn(str(in_the_way), run.stderr)

    def test_a_corrupt_database_is_named_and_not_touched(self):
        make_sound(self.music / "one.ogg")
        self.data.mkdir()
        database = self.data / "library.sqlite"
        database.write_bytes(b"this was a database once " * 400)
        before = database.read_bytes()
        run = harmonic("scan", self.music, "--data", self.data)
        self.assertEqual(run.returncode, 6, run.stderr)
        self.assertIn("library.sqlite", run.stderr)
        self.assertEqual(database.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
