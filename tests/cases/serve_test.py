"""`harmonic serve` as players and hostile neighbours see it; plays survive kill -9."""
import base64
import json
import os
import socket
import struct
import subprocess
import time
import unittest

from house import Case, Server, harmonic, make_sound


class Live:
    """A WebSocket client just able to send good and bad frames (RFC 6455)."""

    def __init__(self, port, origin=None):
        self.socket = socket.create_connection(("localhost", port), timeout=10)
        key = base64.b64encode(os.urandom(16)).decode()
        origin = f"Origin: {origin}\r\n" if origin else ""
        self.socket.sendall((f"GET /api/live HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n{origin}"
                             "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        self.head = b""
        while b"\r\n\r\n" not in self.head:
            self.head += self.socket.recv(1)
        self.status = int(self.head.split()[1])

    def frame(self, opcode, payload, length=None, final=True):
        head = bytes([(0x80 if final else 0) | opcode])
        size = len(payload) if length is None else length
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        return head + b"\0\0\0\0" + payload

    def send(self, *frame, **more):
        self.socket.sendall(self.frame(*frame, **more))

    def exactly(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise ConnectionError("closed")
            data += part
        return data

    def receive(self):
        first, second = self.exactly(2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", self.exactly(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self.exactly(8))
        return first & 0x0F, self.exactly(size)

    def close_code(self, seconds=10):
        """The code with which the server ends the talk; None when it only hangs up."""
        self.socket.settimeout(seconds)
        try:
            while True:
                opcode, payload = self.receive()
                if opcode == 8:
                    return struct.unpack(">H", payload[:2])[0]
        except (ConnectionError, socket.timeout) as reason:
            if isinstance(reason, socket.timeout):
                raise AssertionError("the server keeps a hostile client")
            return None

    def queue(self):
        """The next queue that the server sends."""
        while True:
            opcode, payload = self.receive()
            message = json.loads(payload) if opcode == 1 else {}
            if message.get("type") == "queue":
                return message


class Serve(Case):
    def setUp(self):
        super().setUp()
        self.music = self.folder / "music"
        self.music.mkdir()
        for number in range(3):
            make_sound(self.music / f"{number}.ogg", frequency=300 + 100 * number, title=f"Song {number}",
                       artist=f"Artist {number}")
        self.scan(self.music)

    def serve(self):
        return Server("--data", self.data, "--music", self.music)

    def live(self, server, origin=None):
        live = Live(server.port, origin)
        self.addCleanup(live.socket.close)
        return live

    def test_songs_stream_in_ranges(self):
        with self.serve() as server:
            songs = server.get_json("/api/songs")["songs"]
            self.assertEqual(sorted(song["title"] for song in songs), ["Song 0", "Song 1", "Song 2"])
            song = next(song for song in songs if song["title"] == "Song 1")
            file = (self.music / "1.ogg").read_bytes()
            path = f"/api/songs/{song['id']}/stream"
            status, headers, body = server.call("GET", path)
            self.assertEqual((status, body, headers["Accept-Ranges"]), (200, file, "bytes"))
            for asked, status, first, last in (("bytes=0-99", 206, 0, 99), ("bytes=100-", 206, 100, len(file) - 1),
                                               ("bytes=-50", 206, len(file) - 50, len(file) - 1)):
                answer, headers, body = server.call("GET", path, headers={"Range": asked})
                self.assertEqual((answer, headers["Content-Range"]), (status, f"bytes {first}-{last}/{len(file)}"))
                self.assertEqual(body, file[first:last + 1])
            status, headers, _ = server.call("GET", path, headers={"Range": f"bytes={len(file)}-"})
            self.assertEqual((status, headers["Content-Range"]), (416, f"bytes */{len(file)}"))
            self.assertEqual(server.call("GET", "/api/songs/999999/stream")[0], 404)

    def test_a_track_of_a_cue_sheet_is_a_song_that_plays(self):
        """An album in one FLAC: its songs are listed, and each is sent as the sound that ffmpeg cuts out."""
        album = make_sound(self.music / "album.flac", 20, 330, ["-c:a", "flac", "-sample_fmt", "s16", "-ac", "2"], album="Whole")
        (self.music / "album.cue").write_text(
            'PERFORMER "Ann"\nTITLE "Cut"\nFILE "album.wav" WAVE\n  TRACK 01 AUDIO\n    TITLE "Low"\n'
            '    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    TITLE "High"\n    INDEX 01 00:07:30\n')
        self.scan(self.music)
        with self.serve() as server:
            songs = {song["title"]: song for song in server.get_json("/api/songs")["songs"]}
            self.assertEqual(set(songs), {"Song 0", "Song 1", "Song 2", "Low", "High"})
            song = songs["High"]
            self.assertEqual((song["artist"], song["album"], song["media_type"]), ("Ann", "Cut", "audio/wav"))
            self.assertEqual(song["duration_ms"], 12600)
            path = f"/api/songs/{song['id']}/stream"
            _, headers, body = server.call("GET", path)
            self.assertEqual(headers["Content-Type"], "audio/wav")
            cut = subprocess.run(["ffmpeg", "-v", "error", "-i", album, "-af", "atrim=start_sample=326340", "-f", "s16le",
                                  "-c:a", "pcm_s16le", "-"], capture_output=True, check=True).stdout
            self.assertEqual(body[44:], cut)
            status, _, piece = server.call("GET", path, headers={"Range": "bytes=1000044-1000143"})
            self.assertEqual((status, piece), (206, cut[1000000:1000100]))

    def test_a_cue_sheet_inside_a_file_tells_its_songs_apart_too(self):
        sheet = 'PERFORMER "Ann"\nFILE "x.wav" WAVE\n' + "".join(
            f'TRACK {n} AUDIO\nTITLE "{title}"\nINDEX 01 00:{start}:00\n' for n, title, start in ((1, "Low", "00"), (2, "High", "07")))
        album = make_sound(self.music / "album.flac", 20, 330, ["-c:a", "flac", "-sample_fmt", "s16", "-ac", "2"], CUESHEET=sheet)
        self.scan(self.music)
        self.assertEqual(self.scan(self.music)["unchanged"], 5)
        with self.serve() as server:
            songs = {song["title"]: song for song in server.get_json("/api/songs")["songs"]}
            self.assertEqual(set(songs), {"Song 0", "Song 1", "Song 2", "Low", "High"})
            _, _, body = server.call("GET", f"/api/songs/{songs['Low']['id']}/stream")
            cut = subprocess.run(["ffmpeg", "-v", "error", "-i", album, "-t", "7", "-f", "s16le", "-c:a", "pcm_s16le", "-"],
                                 capture_output=True, check=True).stdout
            self.assertEqual(body[44:], cut)

    def test_the_page_is_there_and_nothing_above_it(self):
        with self.serve() as server:
            status, headers, body = server.call("GET", "/")
            self.assertEqual(status, 200)
            self.assertIn(b"<script", body)
            self.assertIn("default-src", headers["Content-Security-Policy"])
            for path in ("/../../CMakeLists.txt", "/%2e%2e/%2e%2e/CMakeLists.txt", "/assets/../../package.json"):
                self.assertIn(server.call("GET", path)[0], (400, 403, 404), path)

    # A page on another site must not steer the camera or the library through the listener's browser.
    def test_other_sites_are_refused(self):
        with self.serve() as server:
            song = server.get_json("/api/songs")["songs"][0]["id"]
            self.assertEqual(server.call("PUT", f"/api/songs/{song}/like", headers={"Origin": "https://evil.example"})[0], 403)
            self.assertEqual(server.call("GET", "/api/songs", headers={"Host": "evil.example"})[0], 403)
            self.assertEqual(self.live(server, origin="https://evil.example").status, 403)
            self.assertEqual(self.live(server, origin=f"http://localhost:{server.port}").status, 101)

    def test_a_hand_set_mood_fills_the_queue(self):
        with self.serve() as server:
            live = self.live(server)
            live.send(1, b'{"type": "mood", "valence": 0.7, "arousal": 0.4}')
            queue = live.queue()
            while not queue["target"]:
                queue = live.queue()
            self.assertAlmostEqual(queue["target"]["valence"], 0.7, places=3)
            self.assertEqual(len(queue["songs"]), 3)
            self.assertTrue(all(song["reasons"] for song in queue["songs"]))
            # What is banned in another window is gone from the list, and nobody has to ask.
            banned = harmonic("ban", "artist", "Artist 1", "--data", self.data)
            self.assertEqual(banned.returncode, 0, banned.stderr)
            while "Artist 1" in {song["artist"] for song in queue["songs"]}:
                queue = live.queue()  # gives up after 10 s
            self.assertEqual(len(queue["songs"]), 2)

    def test_hostile_clients_are_dropped_and_others_go_on(self):
        with self.serve() as server:
            good = self.live(server)
            hostile = {
                "no JSON": lambda live: live.send(1, b"rubbish {{{"),
                "no known message": lambda live: live.send(1, b'{"type": "dance"}'),
                "text that is no UTF-8": lambda live: live.send(1, b"\xff\xfe\xfd"),
                "a reserved opcode": lambda live: live.send(0xB, b"?"),
                "a frame said to be 4 GiB": lambda live: live.send(2, b"x" * 1000, length=1 << 32),
                "2 MiB in one message": lambda live: live.send(2, b"\0" * (2 << 20)),
                "fragments without end": lambda live: [live.send(2, b"\0" * 65000, final=False)] +
                    [live.send(0, b"\0" * 65000, final=False) for _ in range(40)],
            }
            for name, act in hostile.items():
                with self.subTest(name):
                    live = self.live(server)
                    try:
                        act(live)
                    except (BrokenPipeError, ConnectionResetError):
                        pass
                    self.assertIn(live.close_code(), (None, 1002, 1003, 1007, 1008, 1009))
            # a picture that is none is an answer, not a reason to hang up
            good.send(2, struct.pack("<d", 1.0) + b"\xff\xd8 not a picture")
            good.send(1, b'{"type": "mood", "valence": -0.5, "arousal": -0.5}')
            self.assertEqual(good.queue()["type"], "queue")
            self.assertEqual(server.call("GET", "/api/status")[0], 200)

    def test_kill_while_playing_keeps_every_play_that_was_answered(self):
        with self.serve() as server:
            song = server.get_json("/api/songs")["songs"][0]["id"]
            for number in range(5):
                status, _, _ = server.call("POST", "/api/plays", {
                    "song": song, "started_at": int(time.time() * 1000) + number, "heard_ms": 4000,
                    "outcome": "finished"})
                self.assertEqual(status, 201)
                # The failure: a program beside the server that believed itself alone took the log away under it.
                beside = harmonic("beliefs", "show", "--data", self.data, "--json")
                self.assertEqual(json.loads(beside.stdout)["songs"], number + 1, beside.stderr)
            self.assertEqual(server.call("PUT", f"/api/songs/{song}/like")[0], 200)
            stream = socket.create_connection(("localhost", server.port))
            stream.sendall(f"GET /api/songs/{song}/stream HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode())
            stream.recv(100)
            server.kill()
            stream.close()
        with self.serve() as server:
            found = server.get_json(f"/api/songs/{song}")
            self.assertEqual((found["plays"], found["liked"]), (5, True))

    def test_bad_plays_are_refused(self):
        with self.serve() as server:
            song = server.get_json("/api/songs")["songs"][0]["id"]
            good = {"song": song, "started_at": 1_700_000_000_000, "heard_ms": 1000, "outcome": "finished"}
            for change, status in (({"song": 10 ** 9}, 404), ({"outcome": "danced"}, 400), ({"heard_ms": -1}, 400),
                                   ({"started_at": "now"}, 400), ({"song": None}, 400)):
                self.assertEqual(server.call("POST", "/api/plays", {**good, **change})[0], status, change)

    def test_a_taken_port_is_said_in_one_line(self):
        with self.serve() as server:
            second = harmonic("serve", "--data", self.data, "--port", server.port, "--no-browser", timeout=30)
            self.assertEqual(second.returncode, 5)
            self.assertIn(str(server.port), second.stderr)


if __name__ == "__main__":
    unittest.main()
