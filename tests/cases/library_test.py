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
        """(songs that are stored, those of them that were heard)"""
        with sqlite3.connect(f"file:{self.data}/library.sqlite?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            return database.execute("SELECT count(*), count(valence) FROM songs").fetchone()

    def scan_until_killed(self, seconds, *arguments):
        scan = subprocess.Popen([BINARY, "scan", self.music, "--data", self.data, "--json", *arguments],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        scan.kill()
        scan.wait()
        try:
            return self.songs_in_database()
        except sqlite3.OperationalError:  # killed before the tables were made
            return 0, 0

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
        read = heard = 0
        for _ in range(10):
            now_read, now_heard = self.scan_until_killed(dice.uniform(0.05, 0.8))
            self.assertGreaterEqual(now_read, read)
            self.assertGreaterEqual(now_heard, heard)
            read, heard = now_read, now_heard
        report = self.scan(self.music)
        self.assertEqual((report["songs"], report["failed"]), (24, []))
        self.assertEqual(report["read"], 24 - read, "stored tags were read again")
        self.assertEqual(report["decoded"], 24 - heard, "a finished song was decoded again")

    def test_kill_while_tags_are_read_loses_no_stored_song(self):
        original = make_sound(self.folder / "short.wav", 1.2, codec=["-c:a", "pcm_s16le"]).read_bytes()
        count = 3000
        for number in range(count):
            (self.music / f"{number}.wav").write_bytes(original[:-4] + number.to_bytes(4, "little"))
        dice = random.Random(747)
        read = 0
        for _ in range(10):
            now_read, heard = self.scan_until_killed(dice.uniform(0.05, 0.5), "--tags-only")
            self.assertGreaterEqual(now_read, read)
            self.assertEqual(heard, 0)
            read = now_read
        report = self.scan(self.music, "--tags-only")
        self.assertEqual((report["songs"], report["unheard"], report["failed"]), (count, count, []))
        self.assertEqual(report["read"], count - read, "stored tags were read again")

    def test_tags_first_and_hearing_later(self):
        make_sound(self.music / "one.mp3", 6, title="One", artist="Somebody")
        first = self.scan(self.music, "--tags-only")
        self.assertEqual((first["songs"], first["read"], first["decoded"], first["unheard"]), (1, 1, 0, 1))
        run = harmonic("recommend", "--emotion", "happy", "--data", self.data)
        self.assertEqual(run.returncode, 4)
        self.assertIn("heard yet", run.stderr)
        second = self.scan(self.music)
        self.assertEqual((second["songs"], second["read"], second["decoded"], second["unheard"]), (1, 0, 1, 0))
        run = harmonic("recommend", "--emotion", "happy", "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        found = json.loads(run.stdout)
        self.assertEqual((found["unheard"], found["songs"][0]["title"]), (0, "One"))

    def test_moods_are_told_anew_without_the_music(self):
        make_sound(self.music / "one.ogg", 6)
        self.scan(self.music)
        with sqlite3.connect(self.data / "library.sqlite") as database:
            told = database.execute("SELECT valence, arousal, mood_version FROM songs").fetchone()
            database.execute("UPDATE songs SET valence = 1, arousal = 1, mood_version = 99")
        database.close()
        shutil.rmtree(self.music)
        run = harmonic("scan", "--moods", "--data", self.data, "--json")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(run.stdout)["rescored"], 1)
        with sqlite3.connect(self.data / "library.sqlite") as database:
            self.assertEqual(database.execute("SELECT valence, arousal, mood_version FROM songs").fetchone(), told)
        database.close()
        for wrong in (("scan", "--moods", self.music), ("scan",), ("scan", "--moods", "--tags-only")):
            self.assertEqual(harmonic(*wrong, "--data", self.data).returncode, 2, wrong)

    def test_moved_songs_keep_their_likes_and_are_not_heard_again(self):
        for number in range(3):
            make_sound(self.music / f"{number}.ogg", 6, frequency=300 + 50 * number)
        self.scan(self.music)

        def ids():
            with sqlite3.connect(f"file:{self.data}/library.sqlite?mode=ro", uri=True) as database:
                return {path.rsplit("/", 1)[-1]: song for song, path in
                        database.execute("SELECT id, path FROM songs WHERE missing = 0")}

        before = ids()
        (self.music / "0.ogg").rename(self.music / "renamed.ogg")
        (self.music / "album").mkdir()
        (self.music / "1.ogg").rename(self.music / "album" / "1.ogg")
        shutil.copy(self.music / "2.ogg", self.music / "copy.ogg")
        report = self.scan(self.music)
        self.assertEqual((report["songs"], report["moved"], report["missing"]), (4, 2, 0))
        self.assertEqual(report["decoded"], 1, "only the copy is a new song")
        after = ids()
        self.assertEqual((after["renamed.ogg"], after["1.ogg"], after["2.ogg"]),
                         (before["0.ogg"], before["1.ogg"], before["2.ogg"]))
        self.assertNotIn(after["copy.ogg"], before.values())

    def test_watching_follows_the_folder(self):
        sound = make_sound(self.folder / "one.ogg", 6)
        watcher = subprocess.Popen([BINARY, "scan", self.music, "--data", self.data, "--json", "--watch"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(watcher.stdout.close)
        self.addCleanup(watcher.kill)
        self.assertEqual(json.loads(watcher.stdout.readline())["songs"], 0)
        (self.music / "album").mkdir()
        bytes_of_it = sound.read_bytes()
        with open(self.music / "album" / "one.ogg", "wb") as copy:  # a slow copy, in three parts
            for part in range(3):
                copy.write(bytes_of_it[part * len(bytes_of_it) // 3:(part + 1) * len(bytes_of_it) // 3])
                copy.flush()
                time.sleep(0.7)
        report = json.loads(watcher.stdout.readline())
        while report["songs"] == 0:  # the new folder may have been seen before the file
            self.assertEqual(report["failed"], [], "half of a file was read")
            report = json.loads(watcher.stdout.readline())
        self.assertEqual((report["songs"], report["decoded"], report["failed"]), (1, 1, []))
        watcher.terminate()
        self.assertEqual(watcher.wait(20), 0)

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
