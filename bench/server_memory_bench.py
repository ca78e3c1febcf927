#!/usr/bin/env python3
"""How much memory `harmonic serve` takes for itself with a library of 100,000 songs.

  bench/server_memory_bench.py [--build build/release] [--songs 100000] [--limit 120] [--json]

Makes the library with harmonic_shelf (names, tags and 203 features of every song, as a scan of a tagged
collection leaves them), starts the server on it, asks for a list of a mood, the map, the songs and a journey,
and changes a song so that everything is read again. Told in MB (10^6 bytes):
  private   RssAnon of /proc/PID/status: what the server holds and shares with nobody, where the limit lies
  peak      the most that it held, looked at every 5 ms
  resident  VmHWM: the most with the libraries' pages and the database's, which the system can take back
"""
import argparse
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/cases"))
import house  # noqa: E402
from serve_test import Live  # noqa: E402

ANSWERS = {"map": "/api/map", "songs": "/api/songs", "one song": "/api/songs/1", "today": "/api/today"}


class Watch:
    """Looks at a process until it is closed."""

    def __init__(self, pid):
        self.status = pathlib.Path(f"/proc/{pid}/status")
        self.most, self.ends = 0.0, threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def field(self, name):
        found = [line for line in self.status.read_text().splitlines() if line.startswith(name + ":")]
        return int(found[0].split()[1]) * 1024 / 1e6 if found else 0.0  # a process that has just ended

    def look(self):
        while not self.ends.wait(0.005):
            self.most = max(self.most, self.field("RssAnon"))

    def peak(self):
        """Since the last call."""
        most, self.most = max(self.most, self.field("RssAnon")), 0.0
        return most

    def close(self):
        self.ends.set()
        self.thread.join()


def ask_for_a_list(port, valence):
    live = Live(port)
    live.send(1, json.dumps({"type": "mood", "valence": valence, "arousal": 0.4}).encode())
    while (live.queue()["target"] or {}).get("valence") != valence:
        pass
    live.socket.close()


def get(port, path):
    with urllib.request.urlopen(f"http://localhost:{port}{path}", timeout=300) as answer:
        return len(answer.read())


def change_a_song(server, data):
    before = server.get_json("/api/status")["revision"]
    with sqlite3.connect(data / "library.sqlite", timeout=20) as library:
        library.execute("UPDATE songs SET title = 'Another title' WHERE id = 1")
    library.close()
    while server.get_json("/api/status")["revision"] == before:
        time.sleep(0.05)


def measure(data, songs):
    rows = []
    with house.Server("--data", data) as server:
        watch = Watch(server.process.pid)

        def step(name, act):
            began = time.monotonic()
            act()
            seconds = time.monotonic() - began
            time.sleep(0.3)
            rows.append({"after": name, "private": watch.field("RssAnon"), "peak": watch.peak(),
                         "resident": watch.field("VmHWM"), "seconds": seconds})

        step("start", lambda: server.wait_for_songs(songs))
        step("a list", lambda: ask_for_a_list(server.port, 0.5))
        for name, path in ANSWERS.items():
            step(name, lambda path=path: get(server.port, path))
        ends = {"from": {"valence": -0.5, "arousal": 0.5}, "to": "calm", "songs": 8}
        step("a journey", lambda: server.call("POST", "/api/journey", ends))
        step("reading all again", lambda: change_a_song(server, data))
        step("another list", lambda: ask_for_a_list(server.port, -0.5))
        watch.close()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--songs", type=int, default=100_000)
    parser.add_argument("--limit", type=float, default=120.0, help="MB")
    parser.add_argument("--data", type=pathlib.Path, help="a library that was made before, or where to make it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if "HARMONIC_BINARY" not in os.environ:
        house.BINARY = options.build.resolve() / "harmonic"
    with tempfile.TemporaryDirectory(prefix="harmonic-memory-") as scratch:
        data = options.data or pathlib.Path(scratch) / "data"
        if not (data / "library.sqlite").exists():
            sound = house.make_sound(pathlib.Path(scratch) / "sound.ogg", seconds=2)
            subprocess.run([options.build / "harmonic_shelf", data, str(options.songs), sound, "whole"], check=True)
        rows = measure(data, options.songs)
    worst = max(row["private"] for row in rows)
    if options.json:
        print(json.dumps({"steps": rows, "worst": worst, "of_limit": worst / options.limit}))
    else:
        print(f"{'MB after':<20}{'private':>9}{'peak':>9}{'resident':>10}{'seconds':>9}")
        for row in rows:
            print(f"{row['after']:<20}{row['private']:>9.1f}{row['peak']:>9.1f}{row['resident']:>10.1f}"
                  f"{row['seconds']:>9.2f}")
        print(f"at rest at most {worst:.1f} MB of {options.limit:.0f}: {worst / options.limit:.2f} of the limit")
    return 0 if worst <= options.limit else 1


if __name__ == "__main__":
    sys.exit(main())
